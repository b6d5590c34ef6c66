import { usualMoment } from "../db/figures.ts";
import { countSeries, type Series } from "../db/series.ts";
import { countSplit } from "../db/series-split.ts";
import { childrenAsOf, withinSubtree } from "../db/unit.ts";
import { localIso, readAsOf, requireKnown } from "../domain/as-of.ts";
import { COUNT_UNITS, findIndicator, INDICATORS, type Indicator } from "../domain/indicator.ts";
import { findTyped, TYPED, type TypedIndicator } from "../domain/indicator-typed.ts";
import { problem } from "../domain/problem.ts";
import { bucketJson, readBuckets, valueJson } from "../domain/series.ts";
import { seriesProblem } from "../domain/series-problem.ts";
import type { Lang, Words } from "../forms/define.ts";
import { answerJson, PRIVATE } from "../http/answer.ts";
import { readScope } from "../http/bearer.ts";
import { factory } from "../http/factory.ts";
import { unitNamed } from "../http/figures.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { queryOnce } from "../http/query.ts";

/** What the figures mean, for anybody, and each of them by day or hour, for whoever holds a key. */
export const apiSeriesRoutes = factory
  .createApp()
  .get("/indicators", async (c) => {
    const { lang } = c.var;
    const text = JSON.stringify({
      lang,
      indicators: [...INDICATORS, ...TYPED].map((one) => described(one, lang)),
    });
    return answerJson(c, text, {
      "Cache-Control": "public, max-age=3600",
      "Content-Language": lang,
      Vary: "Accept-Language",
    });
  })
  .get("/series", async (c) => {
    if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
    const { deps, lang } = c.var;
    const zone = deps.settings.TIME_ZONE;
    const scope = await readScope(c);
    if (scope === undefined) throw seriesProblem.keyNeeded();
    const said = queryOnce(c, ["indicator", "unit", "asOf", "by", "from", "to", "split"]);
    const { indicator: id = "", unit: named, asOf: moment, by: asked, from, to, split } = said;
    const code = named || scope;
    if (!withinSubtree(code, scope)) throw problem.outOfScope();
    const indicator = findIndicator(id) ?? findTyped(id);
    if (!indicator) throw problem.answer("indicator", "unknown", NO_INDICATOR, lang);
    if (split && split !== "units") throw problem.answer("split", "unknown", NO_SPLIT, lang);
    const now = deps.now();
    const asOf = moment ? readAsOf(moment, { now, lang }) : await usualMoment(deps.db, code, now);
    const unit = await unitNamed(c, code);
    requireKnown(asOf, unit.recordedAt, { zone, lang });
    const { by, buckets } = readBuckets({ by: asked, from, to }, { asOf, zone, lang });
    if (indicator.series === null || (by === "hour" && indicator.series === "days"))
      throw seriesProblem.noSeries(by);
    const question = { buckets, asOf, since: unit.recordedAt, zone };
    const children = split ? await childrenAsOf(deps.db, unit.code, asOf) : [];
    const { total, direct, parts } = split
      ? await countSplit(deps.db, unit, children, indicator, question)
      : { total: await countSeries(deps.db, unit, indicator, question) };
    const { before, values } = total;
    const part = (series: Series) => ({ before: series.before, values: series.values.map(valueJson) });
    const text = JSON.stringify({
      indicator: described(indicator, lang),
      unit: { code: unit.code, name: unit.name, kind: unit.kind },
      by,
      timeZone: zone,
      asOf: localIso(asOf, zone),
      before,
      buckets: buckets.map((bucket, at) => bucketJson(bucket, values[at] ?? null, { asOf, zone })),
      ...(parts &&
        direct && {
          units: parts.map(({ unit: { code, name, kind }, series }) => ({
            code,
            name,
            kind,
            ...part(series),
          })),
          direct: part(direct),
        }),
    });
    return answerJson(c, text, { ...PRIVATE, "Content-Language": lang });
  });

/** An indicator in one language. */
const described = ({ name, definition, unit, ...facts }: Indicator | TypedIndicator, lang: Lang) => ({
  id: facts.id,
  name: name[lang],
  definition: definition[lang],
  unit,
  unitName: ("measure" in facts ? facts.measure : COUNT_UNITS[unit as keyof typeof COUNT_UNITS])[lang],
  kind: facts.kind,
  window: facts.window,
  numerator: facts.numerator ?? null,
  denominator: facts.denominator ?? null,
  moments: facts.moments,
  source: facts.source,
  paths: facts.paths,
  series: facts.series === "moments" ? ["day", "hour"] : facts.series === "days" ? ["day"] : [],
});

const NO_SPLIT: Words = {
  "zh-Hans": "split 只能是 units（按下一级单位）",
  "zh-Hant": "split 只能是 units（按下一級單位）",
  en: "split is units: by the units right below",
};
const NO_INDICATOR: Words = {
  "zh-Hans": "没有这个指标，全部指标见 /api/v1/indicators",
  "zh-Hant": "沒有這個指標，全部指標見 /api/v1/indicators",
  en: "There is no such indicator: /api/v1/indicators lists all",
};
