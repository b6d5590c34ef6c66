import { usualMoment } from "../db/figures.ts";
import { dayOf, localIso } from "../domain/as-of.ts";
import { dataValueSet } from "../domain/data-value-set.ts";
import { problem } from "../domain/problem.ts";
import { localDate } from "../domain/time.ts";
import type { Words } from "../forms/define.ts";
import { answerJson, PRIVATE } from "../http/answer.ts";
import { requireScope } from "../http/bearer.ts";
import { csvOfTable } from "../http/desk/table-file.ts";
import { tableAsked, usualOf } from "../http/desk/tables.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { openBook } from "../http/figure-book.ts";
import { figuresAsked } from "../http/figures-asked.ts";
import { frameOf } from "../http/frame.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { type OpenTable, openTable } from "../http/tables.ts";

/** The bureaus' tables and the figures of a day as DHIS2 takes them, for whoever holds a key. */
export const apiTableRoutes = factory
  .createApp()
  .get("/tables/:table", async (c) => {
    const scope = await keyHolder(c);
    const definition = tableAsked(c);
    const { deps, lang } = c.var;
    const { format = "json" } = c.req.query();
    if (format !== "json" && format !== "csv") throw problem.answer("format", "unknown", NO_FORMAT, lang);
    const now = deps.now();
    const zone = deps.settings.TIME_ZONE;
    const place = await figuresAsked(c, scope, () => usualOf(definition, now, zone));
    const table = await openTable(deps, definition, place);
    if (format === "json") return answerJson(c, JSON.stringify(tableJson(c, table)), headersOf(lang));
    const { county } = await frameOf(c);
    const csv = csvOfTable(table, { county, by: "", lang, zone, now, today: localDate(now, zone) });
    return c.body(csv, 200, { ...headersOf(lang), "Content-Type": "text/csv; charset=utf-8" });
  })
  .get("/data-value-sets", async (c) => {
    const scope = await keyHolder(c);
    const { deps } = c.var;
    const now = deps.now();
    const zone = deps.settings.TIME_ZONE;
    // A period of DHIS2 is a whole day: the window is the day's own, whatever is asked.
    const { unit, asOf } = await figuresAsked(c, scope, async ({ code }) => ({
      ...{ asOf: await usualMoment(deps.db, code, now), from: (at: Date) => dayOf(at, zone).from },
    }));
    const book = await openBook(deps, unit, { asOf, from: dayOf(asOf, zone).from, zone });
    return answerJson(c, JSON.stringify(dataValueSet(book, zone)), PRIVATE);
  });

async function keyHolder(c: AppContext): Promise<string> {
  if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
  return requireScope(c);
}

const headersOf = (lang: string) => ({ ...PRIVATE, "Content-Language": lang });

/** A table as programs read it: values stand in the order of the columns, null where nothing is known. */
function tableJson(c: AppContext, { definition, unit, asOf, from, filled, completeness, forms }: OpenTable) {
  const { deps, lang } = c.var;
  const zone = deps.settings.TIME_ZONE;
  return {
    table: {
      ...{ name: definition.name, title: definition.title[lang], bureau: definition.bureau[lang] },
      cutOff: definition.cutOff,
    },
    unit: { code: unit.code, name: unit.name, kind: unit.kind },
    timeZone: zone,
    asOf: localIso(asOf, zone),
    from: localIso(from, zone),
    completeness,
    forms: forms.map(({ form, title, window, ...of }) => ({ form, title: title[lang], window, ...of })),
    columns: filled.columns.map(({ id, label, group, as = "number" }) => ({
      ...{ figure: id, label: label[lang], group: group?.[lang] ?? null, as },
    })),
    rows: filled.rows,
    rest: filled.rest ?? null,
    total: filled.total,
  };
}

const NO_FORMAT: Words = {
  "zh-Hans": "format 只能是 json 或 csv",
  "zh-Hant": "format 只能是 json 或 csv",
  en: "format is json or csv",
};
