import { sql } from "drizzle-orm";
import { recordActIf } from "../db/audit.ts";
import { beat, lastBeat } from "../db/heartbeat.ts";
import { sealOffLetters } from "../db/letter-seal.ts";
import { meetObligation } from "../db/obligation.ts";
import { sealOffRecords } from "../db/record-seal-off.ts";
import {
  dueForSealing,
  hasOpenTicket,
  householdsOver,
  listForSealing,
  type Mark,
  mergedOver,
  putOff,
  sealedOff,
  sealingLeft,
  tipsOver,
} from "../db/retention.ts";
import { observedBetween, sealOffHousehold, sealOffTickets, sealOffTip, subjectsOf } from "../db/seal-off.ts";
import { runBatch, type Statement } from "../db/store.ts";
import { isNight, overBefore, planNotice, sealOffAt } from "../domain/retention.ts";
import { addDays, DAY, localDate, momentOf } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";

/** Endings looked at, and matters sealed off, in one minute's run: 3,600 a night. D1 takes 1,000 queries a run in all. */
const LOOKED = 200;
const SEALED = 20;

/**
 * Tells units of what will be sealed off in a week, and seals off what is due. Works at night, a bounded batch a minute,
 * each matter in a transaction of its own: it may stop anywhere and goes on where it was. A run by day costs nothing.
 */
export async function sealOffOld(deps: Deps, now: Date, wall = now): Promise<void> {
  if (!isNight(now, deps.settings.TIME_ZONE)) return;
  await tellOver(deps, now, wall);
  const due = await dueForSealing(deps.db, now, SEALED);
  for (const one of due) {
    try {
      await sealOff(deps, one, now, wall);
    } catch (error) {
      // What cannot be opened must not keep the others from being sealed off; it is tried again each night.
      console.error(
        JSON.stringify({ fault: error instanceof Error ? error.name : typeof error, stage: "retention" }),
      );
      await runBatch(deps.db, [putOff(deps.db, one.subjectId, new Date(now.getTime() + DAY))]);
    }
  }
  await meetNotices(deps, due, now);
  await sealOffRecords(deps, new Date(now.getTime() - deps.settings.RETENTION_DAYS * DAY), wall);
}

type Marks = { households: Mark; tips: Mark; merged: Mark };
const BEGINNING: Mark = { at: 0, id: "" };

async function tellOver({ db, settings }: Deps, now: Date, wall: Date): Promise<void> {
  const marks = marksIn((await lastBeat(db, "retention"))?.detail);
  const until = overBefore(now, settings);
  const night = momentOf(localDate(now, settings.TIME_ZONE), "00:00", settings.TIME_ZONE).getTime();
  const from = marks.merged.at === night ? marks.merged : { at: night, id: "" };
  const [homes, tips, merged] = await Promise.all([
    householdsOver(db, marks.households, until, LOOKED),
    tipsOver(db, marks.tips, until, LOOKED),
    mergedOver(db, from, until, LOOKED),
  ]);
  if (homes.mark === marks.households && tips.mark === marks.tips && merged.mark === from) return;
  const over = [...homes.over, ...tips.over, ...merged.over];
  const notices = over.map(({ unitCode, overAt }) =>
    planNotice(unitCode, sealOffAt(overAt, now, settings), { now, settings }),
  );
  const detail = JSON.stringify({
    ...{ households: homes.mark, tips: tips.mark, merged: merged.mark },
  } satisfies Marks);
  await runBatch(db, [
    ...listForSealing(db, over, notices, { now, settings }),
    beat(db, "retention", { ranAs: now, wall }, detail),
  ]);
}

function marksIn(detail: string | undefined): Marks {
  return {
    households: BEGINNING,
    tips: BEGINNING,
    merged: BEGINNING,
    ...(detail ? (JSON.parse(detail) as Marks) : {}),
  };
}

async function sealOff(
  deps: Deps,
  { subjectId, unitCode }: { subjectId: string; unitCode: string },
  now: Date,
  wall: Date,
): Promise<void> {
  const { db } = deps;
  const [kind, id = ""] = subjectId.split("/");
  const subjects = await subjectsOf(deps, subjectId);
  if (await hasOpenTicket(db, subjects)) {
    await runBatch(db, [putOff(db, subjectId, new Date(now.getTime() + DAY))]);
    return;
  }
  const waiting = sql`SELECT 1 FROM retention WHERE subject_id = ${subjectId} AND sealed_off_at IS NULL`;
  await runBatch(db, [
    recordActIf(
      db,
      {
        id: `seal-off/${subjectId}`,
        // At the time it really is: a run that comes late must not write behind what the chain has sealed.
        ...{ actor: "retention", act: "seal-off", subjectId: id, unitCode, recordedAt: wall },
      },
      waiting,
    ),
    ...(kind === "tip" ? await sealOffTip(deps, id, now) : await household(deps, id, now)),
    ...(await sealOffTickets(deps, subjects)),
    sealedOff(db, subjectId, now),
  ]);
}

async function household(deps: Deps, id: string, now: Date): Promise<Statement[]> {
  const slots = await observedBetween(deps.db, id, now, deps.settings.TIME_ZONE);
  const [statements, letters] = await Promise.all([
    sealOffHousehold(deps, id, { at: now, slots }),
    sealOffLetters(deps, id, now),
  ]);
  return [...statements, ...letters];
}

/** A day's notice is met once nothing of that unit and day is left. */
async function meetNotices(
  { db, settings }: Deps,
  due: { unitCode: string; dueAt: Date }[],
  now: Date,
): Promise<void> {
  const zone = settings.TIME_ZONE;
  const days = new Map(
    due.map(({ unitCode, dueAt }) => [`${localDate(dueAt, zone)}/${unitCode}`, unitCode] as const),
  );
  for (const [key, unitCode] of days) {
    const date = key.slice(0, 10);
    const [from, to] = [momentOf(date, "00:00", zone), momentOf(addDays(date, 1), "00:00", zone)];
    if (!(await sealingLeft(db, unitCode, from, to)))
      await runBatch(db, [meetObligation(db, `retention/${key}`, { metAt: now, recordedAt: now })]);
  }
}
