import type { Chance } from "../simulate/chance.ts";
import type { Invocation, Stage } from "./turns.ts";

/*
 * Where a run can be stopped, and where it is. A point is a line of the work by what it does to the database or the
 * line, and a side of it: before, after, or after so many statements of a batch.
 */
export type Side = "before" | "after" | `cut ${number}`;
/** `error` leaves the invocation alive: only the answer of the database is lost, before or after it has done it. */
export type Verdict = { side: Side; error?: true } | undefined;
export type Points = Record<string, { seen: number; stopped: number }>;

export type Stops = {
  points: Points;
  /** How often anybody was stopped. */
  stopped: () => number;
  /** Wherever it could have been stopped, in order. */
  places: Place[];
  /** From now on nobody is stopped. */
  rest(): void;
  /** Asked at every halt. @param statements of a batch, else 1 */
  ask(invocation: Invocation, shape: string, statements: number): Verdict;
  /** Told by whoever asked last: nothing was found and nothing changed. */
  idled(): void;
};
/** @property step the how-manieth halt of the run */
export type Place = { step: number; side: Side; point: string; idle: boolean };

/** How a run is to be stopped: not at all, at one place that another run has passed, or by chance. */
export type Aim =
  | { kind: "never" }
  | { kind: "place"; step: number; side: Side }
  | { kind: "chance"; chance: Chance; share: number; errors: number };

export function openStops(aim: Aim): Stops {
  const points: Points = {};
  const places: Place[] = [];
  let step = 0;
  let stopped = 0;
  let resting = false;
  return {
    points,
    places,
    stopped: () => stopped,
    rest() {
      resting = true;
    },
    ask({ stage }, shape, statements) {
      step += 1;
      if (resting) return undefined;
      const sides: Side[] = ["before", "after"];
      for (let done = 1; done < statements; done++) sides.push(`cut ${done}`);
      for (const side of sides) {
        pointAt(points, stage, shape, side).seen += 1;
        places.push({ step, side, point: nameOf(stage, shape, side), idle: false });
      }
      const verdict = verdictOf(aim, step, sides, pointAt(points, stage, shape, "before").seen);
      if (verdict && !verdict.error) {
        pointAt(points, stage, shape, verdict.side).stopped += 1;
        stopped += 1;
      }
      return verdict;
    },
    idled() {
      for (let at = places.length - 1; places[at]?.step === step; at--) (places[at] as Place).idle = true;
    },
  };
}

/** Places to walk to: of each point some where something was done, each of another run where there are so many. */
export function choosePlaces<Run>(runs: { run: Run; places: Place[] }[]): (Place & { run: Run })[] {
  const chosen: (Place & { run: Run })[] = [];
  const count = new Map<string, number>();
  for (const idle of [false, true])
    for (const { run, places } of runs) {
      const here = new Set<string>();
      for (const place of places) {
        const so = count.get(place.point) ?? 0;
        const most = idle ? 1 : place.side.startsWith("cut") ? 2 : 3;
        if (place.idle !== idle || so >= most || here.has(place.point)) continue;
        here.add(place.point);
        count.set(place.point, so + 1);
        chosen.push({ ...place, run });
      }
    }
  return chosen;
}

function verdictOf(aim: Aim, step: number, sides: Side[], seen: number): Verdict {
  if (aim.kind === "never") return undefined;
  if (aim.kind === "place") return aim.step === step ? { side: aim.side } : undefined;
  const { chance, share, errors } = aim;
  // What is met for the first time is seldom: it is stopped at more often.
  if (chance.happens(seen === 1 ? 2 * share : share)) return { side: chance.pick(sides) };
  if (chance.happens(errors)) return { side: chance.pick(["before", "after"]), error: true };
  return undefined;
}

function pointAt(points: Points, stage: Stage, shape: string, side: Side) {
  const name = nameOf(stage, shape, side);
  points[name] ??= { seen: 0, stopped: 0 };
  return points[name];
}
const nameOf = (stage: Stage, shape: string, side: Side) => `${stage}: ${shape} (${side})`;

/** Adds what another run has seen. */
export function addPoints(sum: Points, more: Points): void {
  for (const [name, { seen, stopped }] of Object.entries(more)) {
    sum[name] ??= { seen: 0, stopped: 0 };
    sum[name].seen += seen;
    sum[name].stopped += stopped;
  }
}

/** A statement by its verb and table: what stays the same when its wording is changed. */
export function shapeOf(query: string): string {
  const text = query.replace(/\s+/g, " ").replaceAll('"', "").trim();
  const [, insert] = /\bINSERT INTO (\w+)/i.exec(text) ?? [];
  if (insert) return `INSERT ${insert}`;
  const [, update] = /^(?:WITH .*\) )?UPDATE (\w+)/i.exec(text) ?? [];
  if (update) return `UPDATE ${update}`;
  const [, gone] = /^DELETE FROM (\w+)/i.exec(text) ?? [];
  if (gone) return `DELETE ${gone}`;
  const [, from] = /\bFROM (?:\(\s*)*(?:SELECT .*? FROM )?(\w+)/i.exec(text) ?? [];
  return `SELECT ${from ?? "1"}`;
}
