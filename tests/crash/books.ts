import { MINUTE } from "../../src/domain/time.ts";
import { COUNTY, type County, type Ear, TOWN, VILLAGES } from "./county.ts";
import type { Tone } from "./letters.ts";
import type { Doings, Task } from "./perform.ts";
import type { Invocation } from "./turns.ts";

/*
 * Who must have been told of what, by the rules of the ladder in plain words and by what people did. Nothing here looks
 * into the database or into the code it judges.
 */
export type Owing = {
  id: string;
  village: string;
  opened: number;
  due: number;
  kind: "report" | "registration";
  ill: boolean;
  /** After so many turns it stood in the database. */
  since: number;
  /** When it was met: between these moments, and after so many turns at the earliest. */
  met?: { from: number; to: number; turn: number };
};
/** One recipient, one thing owed, one tone. */
export type Told = {
  ear: string;
  obligation: string;
  tone: Tone;
  /** Must be told; otherwise it may have been met before anybody could be told. */
  must: boolean;
  /** It was met, and the recipient could have been told. */
  met: boolean;
  most: number;
  /** A graver tone that says as much. */
  or?: Tone;
};

export function owingsOf(days: string[], { cases, reported }: Doings): Owing[] {
  const reports = days.flatMap((day) =>
    VILLAGES.map((village): Owing => {
      const came = reported.find(({ report }) => report.village === village && report.day === day);
      const opened = Date.parse(`${day}T00:00:00+08:00`);
      const id = `daily-report/${day}/${village}`;
      const due = Date.parse(`${day}T16:00:00+08:00`);
      return { id, village, opened, due, kind: "report", ill: false, since: 0, ...metBy(came?.task) };
    }),
  );
  const registrations = [...cases.values()].map(
    ({ registration, number, recordedAt, sent, verified }): Owing => {
      const { village, ill } = registration;
      const due = recordedAt + 120 * MINUTE;
      const since = sent.answered?.over ?? 0;
      const common = { village, opened: recordedAt, due, kind: "registration" as const, ill, since };
      return { id: `registration/${number}`, ...common, ...metBy(verified) };
    },
  );
  return [...reports, ...registrations];
}

function metBy(task: Task | undefined): Pick<Owing, "met"> {
  const [first] = task?.tries ?? [];
  if (!task?.answered || !first) return {};
  return { met: { from: first.at, to: task.answered.at, turn: first.begun } };
}

/** Everything that must or may be told. What is not among it must not. */
export function toldsOf(
  owings: Owing[],
  county: County,
  invocations: Invocation[],
  repeats: boolean,
): Told[] {
  return owings.flatMap((owing) => {
    const rungs = [owing.village, TOWN, COUNTY].map((unit) => county.ears.filter((ear) => ear.unit === unit));
    return rungs.flatMap((ears, rung) =>
      ears.flatMap((ear): Told[] => {
        const told = { ear: ear.id, obligation: owing.id, met: isWell(ear) && owing.met !== undefined };
        const after = [0, 30, 90];
        const at = owing.due + (after[rung] ?? 0) * MINUTE;
        const early = owing.due + (after[lowest(rungs, rung)] ?? 0) * MINUTE;
        const list: Told[] = [];
        if (owing.ill) list.push({ ...told, tone: "urgent", must: isWell(ear), most: 1 });
        if (owing.kind === "registration" && lowest(rungs, rung) === 0) {
          // Who stands in for nobody is told at once; who stands in for a dead address, once that is known.
          const first = rung === 0 || rungs.slice(0, rung).every(({ length }) => length === 0);
          const must = first && isWell(ear) && isOwed(owing, ear, owing.opened, invocations);
          list.push({ ...told, tone: "notice", must, most: 1, or: "overdue" });
        }
        if (!owing.met || early <= owing.met.to) {
          const must = isWell(ear) && isOwed(owing, ear, at, invocations);
          const most = rung === 2 && owing.kind === "registration" && repeats ? 7 : 1;
          list.push({ ...told, tone: "overdue", must, most });
        }
        return list;
      }),
    );
  });
}

const isWell = ({ mood }: Ear) => mood === "well";

/** The rung whose moment this one may be told at: the lowest below it from which on nobody can be told. */
function lowest(rungs: Ear[][], rung: number): number {
  let low = rung;
  while (low > 0 && !(rungs[low - 1] as Ear[]).some(isWell)) low -= 1;
  return low;
}

/**
 * Whether somebody must be told of what fell due at a moment: nobody ever met it, or a whole sweep and after it a whole
 * drain have gone by in between. A webhook may have to wait for the one before it.
 */
function isOwed({ met, since }: Owing, { channel }: Ear, at: number, invocations: Invocation[]): boolean {
  if (!met) return true;
  if (met.from < at || channel !== "mail" || isQuiet(met.from)) return false;
  const swept = invocations.filter(
    (one) =>
      one.stage === "sweep" &&
      one.state === "ended" &&
      one.at >= at &&
      one.begun > since &&
      isBefore(one, met.turn),
  );
  return swept.some((sweep) =>
    invocations.some(
      (one) =>
        one.stage === "drain" &&
        one.state === "ended" &&
        one.begun > (sweep.over ?? 0) &&
        one.at >= sweep.at &&
        isBefore(one, met.turn),
    ),
  );
}

/** Words may wait from eight in the evening to seven in the morning, where the county has asked for it. */
function isQuiet(at: number): boolean {
  const hour = new Date(at + 8 * 60 * MINUTE).getUTCHours();
  return hour >= 20 || hour < 8;
}

const isBefore = ({ over = Infinity }: Invocation, turn: number) => over < turn;
