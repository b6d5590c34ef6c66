import type { RecordRules } from "../forms/define.ts";
import { addDays, localDate, momentOf } from "./time.ts";

/* 每户 3 天 1 次: how many records of one subject may happen within so many local days. */
type Quota = NonNullable<RecordRules["quota"]>;

/**
 * The moments in between which records of the same subject can share a window with one of this moment: from the first of
 * its days to the last, for what is filed late stands before what was filed in time. `to` is not included.
 */
export function quotaSpan({ days }: Quota, occurredAt: Date, zone: string): { from: Date; to: Date } {
  const day = localDate(occurredAt, zone);
  return {
    from: momentOf(addDays(day, 1 - days), "00:00", zone),
    to: momentOf(addDays(day, days), "00:00", zone),
  };
}

/** Whether one more at this moment would make more than `max` in any `days` local days in a row. */
export function overQuota(
  { max, days }: Quota,
  occurredAt: Date,
  recent: readonly Date[],
  zone: string,
): boolean {
  const day = localDate(occurredAt, zone);
  const others = recent.map((at) => localDate(at, zone));
  for (let ahead = 0; ahead < days; ahead++) {
    const last = addDays(day, ahead);
    const first = addDays(last, 1 - days);
    if (others.filter((other) => other >= first && other <= last).length >= max) return true;
  }
  return false;
}
