import type { Settings } from "../env.ts";
import { type NewObligation, planObligation } from "./obligation.ts";
import { DAY, localClock, localDate } from "./time.ts";

/*
 * 封存: personal data is sealed off some days after a matter is over. The counts stay: what is sealed off is who it was,
 * where they live and what was said, never that somebody was there. Nothing here can be undone, so a unit is told a week
 * before, and whatever an open ticket is about is spared.
 */

/** Days of notice, whatever RETENTION_DAYS says. */
export const NOTICE_DAYS = 7;

/** What stands in the place of a name or a text. */
export const SEALED_OFF = "已封存";

/** The job works between two and five at night, local time: nobody's page changes under their eyes. */
export function isNight(now: Date, zone: string): boolean {
  const clock = localClock(now, zone);
  return clock >= "02:00" && clock < "05:00";
}

/** Whoever was over at this moment or before is told of now. */
export const overBefore = (now: Date, { RETENTION_DAYS }: Pick<Settings, "RETENTION_DAYS">): Date =>
  new Date(now.getTime() - Math.max(RETENTION_DAYS - NOTICE_DAYS, 0) * DAY);

/** When it is sealed off: the setting's days after it was over, and never less than a week after it was told. */
export const sealOffAt = (
  overAt: Date,
  toldAt: Date,
  { RETENTION_DAYS }: Pick<Settings, "RETENTION_DAYS">,
): Date => new Date(Math.max(overAt.getTime() + RETENTION_DAYS * DAY, toldAt.getTime() + NOTICE_DAYS * DAY));

/** One notice a unit and local day, however many matters it is about: it names the day, nobody. */
export function planNotice(
  unitCode: string,
  sealOff: Date,
  { now, settings }: { now: Date; settings: Settings },
): NewObligation {
  const subjectId = `${localDate(sealOff, settings.TIME_ZONE)}/${unitCode}`;
  return planObligation(
    { kind: "retention", unitCode, subjectId, openedAt: now, dueAt: sealOff },
    { now, settings },
  );
}
