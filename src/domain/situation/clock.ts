import { cutOffOf } from "../cut-off.ts";

/*
 * How a report says its moment: 1月27日12时, 9时30分, 2020年1月28日18:00. Midnight is 24时 of the day that ends there
 * (DOMAIN.md, Figures), however it was asked.
 */

/** hour: month, day and hour as most reports say it; clock: with the year and a colon, as the town's says it. */
export type ClockStyle = "hour" | "clock";

/** A moment in a report's words, to the minute, on the zone's clocks. */
export function momentWords(
  at: Date,
  style: ClockStyle,
  { zone, hant }: { zone: string; hant: boolean },
): string {
  const cut = cutOffOf(at, zone);
  const [year, month, day] = cut.date.split("-").map(Number);
  const [hour, minute = ""] = cut.clock.split(":");
  if (style === "clock") return `${year}年${month}月${day}日${Number(hour)}:${minute}`;
  const minutes = minute === "00" ? "" : `${Number(minute)}分`;
  return `${month}月${day}日${Number(hour)}${hant ? "時" : "时"}${minutes}`;
}
