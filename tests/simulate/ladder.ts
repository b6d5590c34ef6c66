import type { Act, Cron } from "./acts.ts";
import { closesAt } from "./clock.ts";
import type { County } from "./county.ts";
import { type Debt, owes, type Walked, type Watched } from "./watched.ts";

/*
 * Who must hear of what, worked out for each thing by itself from the moments that the cron really came. A word is owed
 * when a sweep comes to its rung before it was met, and is told when a drain comes before it was met.
 */
type Tone = "notice" | "overdue";
type To = "grid" | "unit" | "town" | "county";
type Rung = { after: number; from: "opened" | "due"; tone: Tone; to: To; standIn?: true };
const OVERDUE: Rung[] = [
  { after: 0, from: "due", tone: "overdue", to: "unit" },
  { after: 30, from: "due", tone: "overdue", to: "town" },
  { after: 90, from: "due", tone: "overdue", to: "county" },
];
/** What concerns a person's health the last rung hears every four hours, six times more, from when it first heard. */
const AGAIN = new Set(["registration", "cluster", "release", "response"]);
const NOTICE: Rung[] = [
  { after: 0, from: "opened", tone: "notice", to: "unit" },
  { after: 0, from: "opened", tone: "notice", to: "town", standIn: true },
  { after: 0, from: "opened", tone: "notice", to: "county", standIn: true },
];
const LADDERS: Record<Debt["kind"] | "release" | "follow-up", Rung[]> = {
  registration: [...NOTICE, ...OVERDUE],
  cluster: [...NOTICE, ...OVERDUE],
  release: [...NOTICE, ...OVERDUE],
  response: OVERDUE,
  "care-role": OVERDUE,
  "follow-up": [
    { after: 0, from: "due", tone: "overdue", to: "grid" },
    { after: 60, from: "due", tone: "overdue", to: "unit" },
    { after: 180, from: "due", tone: "overdue", to: "town" },
  ],
};

/** What must stand in the database: "obligation|due minute|contact|kind|minute it was told", and how often; lapses as "person|slot". */
export type Owed = { alerts: Map<string, number>; missed: number; lapses: Set<string> };

export function owedBy({ watched, debts, cries, acts }: Walked, county: County): Owed {
  const crons = cronsIn(acts);
  const heard = listenersOf(county);
  const alerts = new Map<string, number>();
  const lapses = new Set<string>();
  let missed = 0;
  const owe = (id: string, due: number, ear: string, kind: string, at: number) => {
    const name = `${id}|${due}|${ear}|${kind}|${at}`;
    alerts.set(name, (alerts.get(name) ?? 0) + 1);
  };

  for (const debt of debts.values()) {
    const told = tell(debt.kind, { ...debt, fromKey: debt.openKey, untilKey: Infinity });
    recover(debt.id, debt.due, told, debt.metKey, debt.metAt);
  }
  for (const { debt, due, ear, key, at } of cries) {
    const drain = crons.drained(key, at);
    if (drain) owe(debt, due, ear, "urgent", drain.now);
  }
  for (const one of watched.values()) {
    followUp(one);
    release(one);
  }
  return { alerts, missed, lapses };

  /** Takes the rungs of one thing; returns who was told that it is overdue before it was met. */
  function tell(
    ladder: keyof typeof LADDERS,
    owed: {
      id: string;
      unit: string;
      opened: number;
      due: number;
      fromKey: number;
      untilKey: number;
      metKey: number;
    },
  ): Set<string> {
    const overdue = new Set<string>();
    // Several words about one thing that leave at one moment are one, the graver.
    const said = new Map<string, { ear: string; tone: Tone; at: number }>();
    for (const { after, from, tone, ears } of heard(owed.unit, ladder)) {
      const sweep = crons.swept(owed.fromKey, (from === "due" ? owed.due : owed.opened) + after);
      if (!sweep || sweep.key > Math.min(owed.untilKey, owed.metKey)) break;
      const drain = crons.drained(sweep.key, sweep.now, true);
      if (!drain || drain.key > owed.metKey) continue;
      for (const ear of ears) {
        const name = `${drain.key} ${ear}`;
        if (said.get(name)?.tone !== "overdue") said.set(name, { ear, tone, at: drain.now });
        if (tone === "overdue") overdue.add(ear);
      }
    }
    for (const { ear, tone, at } of said.values()) owe(owed.id, owed.due, ear, tone, at);
    return overdue;
  }

  function recover(id: string, due: number, told: Set<string>, metKey: number, metAt: number): void {
    if (told.size === 0 || metKey === Infinity) return;
    const sweep = crons.swept(metKey, metAt);
    const drain = sweep && crons.drained(sweep.key, sweep.now, true);
    if (drain) for (const ear of told) owe(id, due, ear, "recovered", drain.now);
  }

  function followUp(one: Watched): void {
    const unit = one.village;
    for (let slot = one.first; slot <= one.last || one.held.length > 0; slot++) {
      const due = closesAt(slot);
      if (slot > one.last && (due > crons.end || !one.held.some(({ to }) => to >= due))) break;
      if (!owes(one, slot)) continue;
      const read = one.slots.get(slot);
      const readKey = read?.key ?? Infinity;
      const metKey = Math.min(readKey, one.endedKey);
      const id = `follow-up/${one.id}`;
      const told = tell("follow-up", {
        id,
        unit,
        opened: 0,
        due,
        fromKey: one.openedKey,
        untilKey: Infinity,
        metKey,
      });
      // The end makes no missed slot good; a late entry does, and a sweep of any moment tells of it.
      if (read && readKey < one.endedKey) recover(id, due, told, readKey, -Infinity);
      const lapse = crons.swept(one.openedKey, closesAt(slot + 1));
      if (lapse && lapse.key < metKey) lapses.add(`${one.id}|${slot}`);
      const noticed = crons.swept(one.openedKey, due);
      if (noticed && noticed.key < metKey) missed += 1;
    }
  }

  function release(one: Watched): void {
    const id = `release/${one.id}`;
    const told = new Set<string>();
    for (const phase of one.release) {
      const each = tell("release", { id, unit: one.village, ...phase, metKey: one.endedKey });
      for (const ear of each) told.add(ear);
    }
    const due = one.release.at(-1)?.due;
    if (due !== undefined && one.endedAt !== undefined) recover(id, due, told, one.endedKey, one.endedAt);
  }
}

/** Rungs as they are really taken: who is there to hear, and the next one up at once where nobody is. */
function listenersOf(county: County) {
  const known = new Map<string, { after: number; from: "opened" | "due"; tone: Tone; ears: string[] }[]>();
  const at = (unit: string | undefined, grid: boolean) =>
    county.ears.filter((ear) => ear.unit === unit && (ear.role === "grid") === grid).map(({ id }) => id);
  const earsOf = (unit: string, to: To): string[] => {
    if (to === "grid" || to === "unit") return at(unit, to === "grid");
    const digits = to === "town" ? 9 : 6;
    return at(unit.length > digits ? unit.slice(0, digits) : undefined, false);
  };
  return (unit: string, ladder: keyof typeof LADDERS) => {
    const name = `${ladder} ${unit}`;
    const standing = known.get(name);
    if (standing) return standing;
    const rungs = LADDERS[ladder];
    const taken = [];
    for (let step = 0; step < rungs.length; ) {
      const { after, from, tone } = rungs[step] as Rung;
      const upwards = rungs
        .map((_, place) => place)
        .filter((place) => place >= step && rungs[place]?.tone === tone);
      const hearing = upwards.find((place) => earsOf(unit, (rungs[place] as Rung).to).length > 0);
      taken.push({
        after,
        from,
        tone,
        ears: hearing === undefined ? [] : earsOf(unit, (rungs[hearing] as Rung).to),
      });
      step = (hearing ?? step) + 1;
      while (rungs[step]?.standIn) step += 1;
    }
    const last = taken.at(-1);
    if (last && AGAIN.has(ladder))
      for (let time = 1; time <= 6; time++) taken.push({ ...last, after: last.after + time * 240 });
    known.set(name, taken);
    return taken;
  };
}

/** When the cron came: `swept` the first sweep after a key for a moment not before `at`; `drained` the same for a drain. */
function cronsIn(acts: Act[]) {
  const all = acts.filter((act): act is Cron => act.do === "cron");
  const search = (crons: Cron[]) => {
    // The latest moment that any of them so far stood for never falls, so it can be halved.
    const latest: number[] = [];
    for (const { now } of crons) latest.push(Math.max(now, latest.at(-1) ?? -Infinity));
    const firstFrom = (list: readonly number[], least: number) => {
      let [from, to] = [0, list.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if ((list[middle] as number) >= least) to = middle;
        else from = middle + 1;
      }
      return from;
    };
    const keys = crons.map(({ key }) => key);
    return (key: number, at: number, itself = false): Cron | undefined => {
      let place = Math.max(firstFrom(keys, key), firstFrom(latest, at));
      while (
        crons[place] &&
        ((crons[place] as Cron).now < at || (!itself && (crons[place] as Cron).key === key))
      )
        place += 1;
      return crons[place];
    };
  };
  return {
    end: all.at(-1)?.now ?? 0,
    swept: search(all.filter(({ sweep }) => sweep)),
    drained: search(all.filter(({ drain }) => drain)),
  };
}
