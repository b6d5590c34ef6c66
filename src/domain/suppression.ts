/*
 * Which cells of published tables stay dark. A small cell can be worked out from its total and its neighbours, and
 * from two answers a minute apart; so small cells are suppressed, the others are rounded down to a step, and more are
 * suppressed until whoever does the sums is left with too wide a range for every dark cell.
 */

/** A total and the cells it is the sum of, by name. Two sums may share one cell; together they form no circle. */
export type Sum = { total: string; parts: readonly string[] };

export type Rules = {
  /** Cells under this are never published. */
  below: number;
  /** Published cells are rounded down to a multiple; 1 publishes them as they are. */
  step: number;
  /** At least this far apart are the least and the greatest value that a dark cell can have for a reader. */
  width: number;
};

/** A range of values, both ends included. */
export type Range = { least: number; greatest: number };

/**
 * What may be published of each cell: its value rounded down, or null.
 * @param cells true values by name @param dark names that are never published though a reader can sum them, such as
 * the rest of a total of which one part is published
 */
export function protect(
  cells: ReadonlyMap<string, number>,
  sums: readonly Sum[],
  rules: Rules,
  dark: ReadonlySet<string> = new Set(),
): Map<string, number | null> {
  const hidden = new Set(
    [...cells].filter(([name, value]) => dark.has(name) || value < rules.below).map(nameOf),
  );
  for (;;) {
    const ranges = feasible(
      sums,
      new Map([...cells].map((cell) => [cell[0], seen(cell, hidden, dark, rules)])),
    );
    const narrow = [...hidden].find((name) => widthOf(ranges.get(name)) < rules.width);
    const next = narrow === undefined ? undefined : nextToHide(narrow, cells, sums, hidden);
    if (next === undefined) break;
    hidden.add(next);
  }
  return new Map(
    [...cells].map(([name, value]) => [name, hidden.has(name) ? null : value - (value % rules.step)]),
  );
}

/**
 * The narrowest ranges that the sums leave for each cell. Exact where the sums form no circle, because then a value
 * that each sum allows by itself is allowed by all of them together.
 */
export function feasible(sums: readonly Sum[], known: ReadonlyMap<string, Range>): Map<string, Range> {
  const ranges = new Map(known);
  const range = (name: string) => ranges.get(name) ?? { least: 0, greatest: Number.POSITIVE_INFINITY };
  let changed = true;
  const narrow = (name: string, least: number, greatest: number) => {
    const now = range(name);
    const next = { least: Math.max(now.least, least), greatest: Math.min(now.greatest, greatest) };
    if (next.least === now.least && next.greatest === now.greatest) return;
    ranges.set(name, next);
    changed = true;
  };
  while (changed) {
    changed = false;
    for (const { total, parts } of sums) {
      const whole = (except?: string) =>
        parts.reduce(
          (sum, part) =>
            part === except
              ? sum
              : { least: sum.least + range(part).least, greatest: sum.greatest + range(part).greatest },
          { least: 0, greatest: 0 },
        );
      const all = whole();
      narrow(total, all.least, all.greatest);
      for (const part of parts) {
        const others = whole(part);
        narrow(part, range(total).least - others.greatest, range(total).greatest - others.least);
      }
    }
  }
  return ranges;
}

/** What a reader knows of a cell before any sum; generously, that a dark cell was dark by itself or for another's sake. */
function seen(
  [name, value]: [string, number],
  hidden: ReadonlySet<string>,
  dark: ReadonlySet<string>,
  { below, step }: Rules,
): Range {
  const published = value - (value % step);
  if (!hidden.has(name)) return { least: published, greatest: published + step - 1 };
  if (dark.has(name)) return { least: 0, greatest: Number.POSITIVE_INFINITY };
  return value < below
    ? { least: 0, greatest: below - 1 }
    : { least: below, greatest: Number.POSITIVE_INFINITY };
}

/**
 * The smallest published cell in a sum with the narrow one, a total only after every part; where all of these are dark
 * already, the same among the sums that touch them, and so on outwards.
 */
function nextToHide(
  narrow: string,
  cells: ReadonlyMap<string, number>,
  sums: readonly Sum[],
  hidden: ReadonlySet<string>,
): string | undefined {
  const reached = new Set([narrow]);
  const open = (names: string[]) =>
    names
      .filter((name) => !hidden.has(name))
      .sort((a, b) => (cells.get(a) ?? 0) - (cells.get(b) ?? 0) || (a < b ? -1 : 1))[0];
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    const near = sums.filter(({ total, parts }) => [total, ...parts].some((name) => reached.has(name)));
    const found = open(near.flatMap((sum) => [...sum.parts])) ?? open(near.map((sum) => sum.total));
    if (found !== undefined) return found;
    for (const { total, parts } of near) for (const name of [total, ...parts]) reached.add(name);
  }
  return undefined;
}

const nameOf = ([name]: [string, number]) => name;
const widthOf = (range: Range | undefined) =>
  range ? range.greatest - range.least : Number.POSITIVE_INFINITY;
