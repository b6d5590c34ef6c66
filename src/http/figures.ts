import { readFigures, usualMoment } from "../db/figures.ts";
import { countingLate } from "../db/late.ts";
import { lastRunOf, personsOf, runsAmong } from "../db/rollup.ts";
import { countTogether } from "../db/store.ts";
import { findUnit, type Unit } from "../db/unit.ts";
import { dayOf, requireKnown, settledQuarter } from "../domain/as-of.ts";
import { lateSums } from "../domain/figure-shelf.ts";
import { problem } from "../domain/problem.ts";
import { publicSummary, publicTownSummary } from "../domain/public-summary.ts";
import { LARGE_PERSONS } from "../domain/rollup-run.ts";
import { type Summary, summarise } from "../domain/summary.ts";
import { MINUTE } from "../domain/time.ts";
import { unitOfCode } from "../domain/unit.ts";
import { answerJson } from "./answer.ts";
import type { AppContext } from "./factory.ts";
import { keptText } from "./kept.ts";

/** A unit that somebody asks figures of. Throws unitNotFound. */
export async function unitNamed(c: AppContext, code: string): Promise<Unit> {
  const unit = unitOfCode(code) && (await findUnit(c.var.deps.db, code));
  if (!unit) throw problem.unitNotFound();
  return unit;
}

/**
 * All that is known of a unit as of a moment. Throws `invalid` on asOf before the unit was entered.
 * @param more from: after which "today" begins, local midnight if left out; late: say what was recorded after `asOf` too
 */
export async function summaryOf(
  c: AppContext,
  unit: Unit,
  asOf: Date,
  { from, late = false }: { from?: Date | undefined; late?: boolean } = {},
): Promise<Summary> {
  const { deps, lang } = c.var;
  const zone = deps.settings.TIME_ZONE;
  requireKnown(asOf, unit.recordedAt, { zone, lang });
  const day = dayOf(asOf, zone);
  const question = { asOf, date: day.date, from: from ?? day.from, zone };
  const said = summarise(await readFigures(deps.db, unit, question), question);
  if (!late) return said;
  const [arrivals] = await countTogether(deps.db, countingLate(deps.db, unit, { asOf, now: deps.now() }));
  return { ...said, recordedAfter: lateSums(arrivals) };
}

/**
 * What anybody may know, as of the last settled quarter of an hour up to `exact`: it no longer changes, so it is made once
 * and may be kept until the next.
 */
export async function answerPublic(
  c: AppContext,
  { code, exact, asked }: { code: string; exact: Date; asked: boolean },
): Promise<Response> {
  const now = c.var.deps.now();
  const asOf = settledQuarter(exact, now);
  const next = settledQuarter(now, now).getTime() + 16 * MINUTE;
  const seconds = Math.max(1, Math.ceil((next - now.getTime()) / 1000));
  const key = `summary/${encodeURIComponent(code)}/${asOf.getTime()}`;
  // No cache is asked for what can be no unit's code, however long it is.
  if (!unitOfCode(code)) throw problem.unitNotFound();
  const { text, keep } = await keptText(c, { key, seconds }, async () => {
    const unit = await unitNamed(c, code);
    // A county's first quarter of an hour: nothing is settled yet, and whoever has just opened it wants to see it.
    const fresh = !asked && asOf < unit.recordedAt;
    // A large county whose last quarter is still being rolled up says what it said before, and nobody keeps that.
    const { db, settings } = c.var.deps;
    const usual = asked ? await publicMoment(c, asOf, now) : await usualMoment(db, settings.COUNTY_CODE, now);
    const moment = fresh ? now : usual < asOf ? usual : asOf;
    return { text: JSON.stringify(await publicAnswer(c, unit, moment)), keep: moment === asOf };
  });
  return answerJson(c, text, { "Cache-Control": keep ? `public, max-age=${seconds}` : "public, no-cache" });
}

/**
 * As of when the public is answered that asks for a moment: that one. In a large county, where a recount of any moment is
 * nobody's to order without a key, only one that was rolled up; of what is not rolled up yet the last that was. Throws
 * `invalid` on asOf for what lies between.
 */
async function publicMoment(c: AppContext, asOf: Date, now: Date): Promise<Date> {
  const { deps, lang } = c.var;
  const { db, settings } = deps;
  const last = await lastRunOf(db, settings.COUNTY_CODE);
  // Before the first run of a new edition only its size is known.
  if ((last?.persons ?? (await personsOf(db, settings.COUNTY_CODE))) <= LARGE_PERSONS) return asOf;
  if (last && asOf >= last.at) return usualMoment(db, settings.COUNTY_CODE, now);
  if ((await runsAmong(db, [asOf])).size > 0) return asOf;
  throw problem.answer("asOf", "not-rolled-up", NOT_ROLLED_UP, lang);
}

const NOT_ROLLED_UP = {
  "zh-Hans": "这个时刻没有汇总留存；请换一个整刻钟的时刻，或用密钥查询",
  "zh-Hant": "這個時刻沒有彙總留存；請換一個整刻鐘的時刻，或用密鑰查詢",
  en: "No roll-up was kept of this moment. Ask for another quarter of an hour, or with a key.",
};

/** A county's public figures, or a town's line of them; nothing below a town is public. */
async function publicAnswer(c: AppContext, unit: Unit, asOf: Date): Promise<object> {
  if (unit.kind === "county") return publicSummary(await summaryOf(c, unit, asOf));
  const county = unit.kind === "town" ? unitOfCode(unit.code)?.parent : undefined;
  if (!county) throw problem.keyNeeded();
  const { deps, lang } = c.var;
  requireKnown(asOf, unit.recordedAt, { zone: deps.settings.TIME_ZONE, lang });
  const town = publicTownSummary(await summaryOf(c, await unitNamed(c, county), asOf), unit.code);
  if (!town) throw problem.keyNeeded();
  return town;
}
