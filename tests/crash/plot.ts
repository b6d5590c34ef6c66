import { MINUTE } from "../../src/domain/time.ts";
import type { Chance } from "../simulate/chance.ts";
import { VILLAGES } from "./county.ts";

/*
 * What happens in a schedule, made before it begins: rounds on the county's clock, and in each what is going on at once.
 */
export const START = Date.parse("2026-01-25T15:30:00+08:00");
const TODAY = "2026-01-25";

export type Registration = {
  number: number;
  village: string;
  ill: boolean;
  round: number;
  verified?: number;
};
export type Report = { number: number; village: string; day: string; round: number };
export type Round = { at: number; sweeps: number; drains: number; hooks: number };
export type Plot = {
  rounds: Round[];
  registrations: Registration[];
  /** Local days for which each village owes a report, by 16:00. */
  days: string[];
  reports: Report[];
};

/** @param full everybody does something, and the clock stands still for a day */
export function makePlot(chance: Chance, full = false): Plot {
  const count = full ? 10 : chance.whole(6, 10);
  // The clock stands still for a day in one schedule of four: keys of the mail server die.
  const leap = chance.happens(0.25) || full ? chance.whole(2, count - 1) : -1;
  let at = START;
  const rounds = Array.from({ length: count }, (_, round): Round => {
    if (round === leap) at += chance.pick([23 * 60 + 4, 23 * 60 + 30, 24 * 60 + 5, 25 * 60]) * MINUTE;
    else if (round > 0)
      at +=
        MINUTE *
        chance.weigh([
          [1, 4],
          [chance.whole(2, 6), 6],
          [chance.whole(10, 40), 5],
          [chance.whole(60, 150), 2],
        ]);
    const sweeps = chance.weigh([
      [0, 2],
      [1, 6],
      [2, 3],
    ]);
    return { at, sweeps, drains: chance.happens(0.85) ? 3 : 0, hooks: chance.whole(0, 3) };
  });
  const round = () => chance.whole(0, count - 1);
  const registrations = Array.from({ length: full ? 2 : chance.whole(1, 2) }, (_, number): Registration => {
    const begins = chance.whole(0, Math.floor(count / 2));
    return {
      number,
      // Of a full scene's two one is ill, and one lives where somebody may be hard to reach.
      village: full ? (VILLAGES[1 + number] ?? VILLAGES[0]) : chance.pick(VILLAGES),
      ill: full ? number === 0 : chance.happens(0.5),
      round: begins,
      ...(chance.happens(0.5) || (full && number === 0)
        ? { verified: chance.whole(begins + 1, count - 1) }
        : {}),
    };
  });
  const reports = VILLAGES.flatMap((village, at): Report[] =>
    chance.happens(0.6) || full ? [{ number: at, village, day: TODAY, round: round() }] : [],
  );
  return { rounds, registrations, days: leap < 0 ? [TODAY] : [TODAY, "2026-01-26"], reports };
}
