import type { Outcome } from "./schedule.ts";
import { addPoints, type Points } from "./stops.ts";

/*
 * What is said of a run: progress, each failing seed at once, where it was stopped, and the sum in the last line.
 */
export type Report = {
  add(outcome: Outcome & { seed: number }): void;
  /** @returns the exit code */
  end(): number;
};

const SHOWN = 12;

export function openReport(schedules: number, say: (line: string) => void = console.log): Report {
  const begin = performance.now();
  const sum = {
    done: 0,
    owed: 0,
    delivered: 0,
    lost: 0,
    doubled: 0,
    wrong: 0,
    unknown: 0,
    spared: 0,
    stops: 0,
    atWork: 0,
    again: 0,
  };
  const points: Points = {};
  const failed: number[] = [];
  return {
    add({ seed, ...outcome }) {
      sum.done += 1;
      for (const name of ["owed", "delivered", "unknown", "spared", "stops", "atWork", "again"] as const)
        sum[name] += outcome[name];
      for (const name of ["lost", "doubled", "wrong"] as const) sum[name] += outcome[name].length;
      addPoints(points, outcome.points);
      const faults = (["lost", "doubled", "wrong"] as const).flatMap((name) =>
        outcome[name].map((one) => `${name}: ${one}`),
      );
      if (faults.length > 0) {
        failed.push(seed);
        say(`seed ${seed} failed: npm run crash-test -- --schedules 1 --seed ${seed} plays it again`);
        for (const fault of faults.slice(0, SHOWN)) say(`  ${fault}`);
        if (faults.length > SHOWN) say(`  and ${faults.length - SHOWN} more`);
      }
      if (schedules >= 20 && sum.done % Math.ceil(schedules / 10) === 0)
        say(`${sum.done} schedules, ${seconds(begin)} s, stopped ${sum.stops} times`);
    },
    end() {
      const all = Object.entries(points);
      const missed = all.filter(([, { stopped }]) => stopped === 0).map(([name]) => name);
      say(
        `stopped ${sum.stops} times at ${all.length - missed.length} of ${all.length} points, in ${seconds(begin)} s`,
      );
      if (schedules >= 1000) for (const name of missed) say(`  never stopped at ${name}`);
      say(
        `${sum.unknown} shown as unknown once their key had died, ${sum.spared} met before anybody could be told`,
      );
      say(
        `${sum.atWork} posts met their key still at work, ${sum.again} webhooks came again and were dropped`,
      );
      if (failed.length > 0)
        say(
          `failed: ${failed.slice(0, 20).join(", ")}${failed.length > 20 ? ", …" : ""}; wrong ${sum.wrong}`,
        );
      say(
        `schedules ${sum.done}, owed ${sum.owed}, delivered ${sum.delivered}, lost ${sum.lost}, doubled ${sum.doubled}`,
      );
      return failed.length > 0 ? 1 : 0;
    },
  };
}

const seconds = (begin: number) => ((performance.now() - begin) / 1000).toFixed(0);
