import type { Owing, Told } from "./books.ts";
import type { County } from "./county.ts";
import type { Letter } from "./letters.ts";

/*
 * What was owed against what the servers hold.
 */
export type Tally = {
  owed: number;
  delivered: number;
  lost: string[];
  doubled: string[];
  /** Told and never owed, or told in other words than the books say. */
  wrong: string[];
  /** Not delivered, and shown as unknown: the key had died. */
  unknown: number;
  /** Met before anybody could be told. */
  spared: number;
};
/** The service's own books: which message told what. */
export type AlertRow = {
  outboxId: string;
  obligation: string;
  tone: string;
  step: number;
  again: number;
  dueAt: number;
  ear: string;
  state: string;
  problem: string | null;
  /** Other words to the same recipient went into it. */
  merged: number;
};

export function tally(
  tolds: Told[],
  owings: Owing[],
  letters: Letter[],
  alerts: AlertRow[],
  county: County,
): Tally {
  const sum: Tally = { owed: 0, delivered: 0, lost: [], doubled: [], wrong: [], unknown: 0, spared: 0 };
  const rows = new Map<string, AlertRow[]>();
  for (const row of alerts) rows.set(row.outboxId, [...(rows.get(row.outboxId) ?? []), row]);
  const heard = new Map<string, number>();
  const exact = new Map<string, number>();
  const covered = new Set<string>();
  for (const letter of letters) {
    const own = rows.get(letter.outboxId) ?? [];
    const says = new Set(letter.items.map(({ tone, obligation }) => `${tone} ${obligation}`));
    const books = new Set(own.map(({ tone, obligation }) => `${tone} ${obligation}`));
    const strange = [...says].filter((one) => !books.has(one));
    const silent = [...books].filter((one) => !says.has(one));
    if (own.length === 0 || strange.length + silent.length > 0)
      sum.wrong.push(`message ${letter.outboxId} says ${[...says]} and the books say ${[...books]}`);
    for (const one of says) add(heard, `${letter.ear} ${one}`);
    for (const { tone, obligation, dueAt, step, again, merged } of own) {
      add(exact, `${letter.ear} ${tone} ${obligation} of ${dueAt}, step ${step}, ${again}`);
      // Several words about one thing leave as one, the gravest: whoever is called at once is told by when it is due.
      if (merged && tone === "urgent")
        for (const less of ["notice", "overdue"]) covered.add(`${letter.ear} ${less} ${obligation}`);
    }
  }
  for (const [what, times] of exact) if (times > 1) sum.doubled.push(`${what}: ${times} times`);

  const unknowns = new Set(
    alerts
      .filter(({ state, problem }) => state === "unknown" && problem === "key-expired")
      .map(({ ear, tone, obligation }) => `${ear} ${tone} ${obligation}`),
  );
  const expected = [...tolds, ...recoveries(owings, tolds, heard, unknowns, county)];
  const known = new Set<string>();
  for (const { ear, tone, obligation, must, met, most, or } of expected) {
    const name = `${ear} ${tone} ${obligation}`;
    known.add(name);
    const times = heard.get(name) ?? 0;
    const other = or ? `${ear} ${or} ${obligation}` : name;
    if (times > most) sum.doubled.push(`${name}: ${times} messages`);
    if (times > 0 || (must && covered.has(name))) sum.delivered += 1;
    else if (unknowns.has(name) || unknowns.has(other)) sum.unknown += 1;
    else if (must && !heard.has(other)) sum.lost.push(name);
    else if (!must && met) sum.spared += 1;
  }
  sum.owed = sum.delivered + sum.lost.length;
  for (const name of heard.keys()) if (!known.has(name)) sum.wrong.push(`${name} was told and is not owed`);
  return sum;
}

/** Whoever was told that something is overdue hears once that it was met, if it was. */
function recoveries(
  owings: Owing[],
  tolds: Told[],
  heard: Map<string, number>,
  unknowns: Set<string>,
  { ears }: County,
): Told[] {
  return tolds.flatMap(({ ear, obligation, tone }): Told[] => {
    const name = `${ear} overdue ${obligation}`;
    const met = owings.find(({ id }) => id === obligation)?.met;
    if (tone !== "overdue" || !met || !(heard.has(name) || unknowns.has(name))) return [];
    const well = ears.find(({ id }) => id === ear)?.mood === "well";
    return [{ ear, obligation, tone: "recovered", must: well && !unknowns.has(name), met: false, most: 1 }];
  });
}

const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
