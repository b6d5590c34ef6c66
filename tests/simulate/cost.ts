/** What some kind of work cost by D1's own count. `things` are readings, or obligations that a sweep moved. */
export type Cost = {
  times: number;
  things: number;
  read: number;
  written: number;
  mostRead: number;
  mostWritten: number;
};
export type Costs = Record<string, Cost>;

export function addCost(costs: Costs, name: string, things: number, read: number, written: number): void {
  const sum = costs[name] ?? { times: 0, things: 0, read: 0, written: 0, mostRead: 0, mostWritten: 0 };
  costs[name] = {
    times: sum.times + 1,
    things: sum.things + things,
    read: sum.read + read,
    written: sum.written + written,
    mostRead: Math.max(sum.mostRead, read / Math.max(things, 1)),
    mostWritten: Math.max(sum.mostWritten, written / Math.max(things, 1)),
  };
}

export function mergeCosts(costs: Costs, more: Costs): void {
  for (const [name, cost] of Object.entries(more)) {
    const sum = costs[name];
    costs[name] = sum
      ? {
          times: sum.times + cost.times,
          things: sum.things + cost.things,
          read: sum.read + cost.read,
          written: sum.written + cost.written,
          mostRead: Math.max(sum.mostRead, cost.mostRead),
          mostWritten: Math.max(sum.mostWritten, cost.mostWritten),
        }
      : cost;
  }
}

type Budget = {
  what: string;
  /** Rows for each thing, at most; or on the average of a run where `most` says what a single one may cost. */
  read: number;
  written: number;
  most?: { read: number; written: number };
  together?: true;
};
/**
 * DESIGN.md's promises: rows read and written for each thing. Sweeps of many are held to it together: one that
 * also tells of recoveries pays for those besides. What a reading sets off has budgets of its own: a fever writes what is
 * owed and a message to each who is told, and counts the neighbours; the first normal one after it wakes what had rested.
 * A list may hold a fever, and so may what is sent again.
 */
const BUDGETS: Record<string, Budget> = {
  "reading/normal": { what: "a reading", read: 10, written: 6 },
  "reading/late": { what: "a late reading", read: 10, written: 6, most: { read: 15, written: 10 } },
  "reading/corrected": { what: "a correction", read: 10, written: 6, most: { read: 15, written: 6 } },
  "reading/again": { what: "a reading sent again", read: 10, written: 0, most: { read: 40, written: 0 } },
  "reading/refused": { what: "a reading refused", read: 10, written: 0, most: { read: 40, written: 0 } },
  "reading/list": { what: "a reading within a list", read: 11, written: 6, most: { read: 75, written: 36 } },
  "reading/better": {
    what: "the first normal one after a fever",
    read: 12,
    // The release that it opens stands in the index of what is open by kind too.
    written: 9,
    most: { read: 15, written: 11 },
  },
  "reading/abnormal": {
    ...{ what: "a reading of fever or symptoms", read: 45, written: 24 },
    most: { read: 75, written: 36 },
  },
  "sweep/idle": { what: "an idle sweep", read: 5, written: 0 },
  "sweep/few": {
    what: "a sweep of fewer than 10, for each",
    read: 8,
    written: 8,
    most: { read: 16, written: 8 },
  },
  // A single one may tell more recoveries, or roll more slots on, than it finds overdue.
  "sweep/many": {
    what: "a sweep of 10 or more, for each",
    read: 8,
    written: 8,
    most: { read: 8, written: 8 },
  },
};
const OTHERS: Record<string, string> = {};

/** A line for each kind of work, and what went over its budget. */
export function costLines(costs: Costs): { lines: string[]; over: string[] } {
  const over: string[] = [];
  const lines = [...Object.keys(BUDGETS), ...Object.keys(OTHERS)].flatMap((name) => {
    const cost = costs[name];
    if (!cost) return [];
    const budget = BUDGETS[name];
    const each = (rows: number) => (rows / Math.max(cost.things || cost.times, 1)).toFixed(1);
    const what = budget?.what ?? OTHERS[name] ?? name;
    const [read, written] =
      budget?.together || budget?.most
        ? [cost.read / cost.things, cost.written / cost.things]
        : [cost.mostRead, cost.mostWritten];
    const most = budget?.most;
    const within =
      budget === undefined ||
      (read <= budget.read &&
        written <= budget.written &&
        (!most || (cost.mostRead <= most.read && cost.mostWritten <= most.written)));
    if (!within)
      over.push(
        `${what} cost ${read.toFixed(1)} rows read and ${written.toFixed(1)} written, at most ${cost.mostRead} and ${cost.mostWritten}`,
      );
    return [
      `${what.padEnd(42)} ${String(cost.times).padStart(8)} times  read ${each(cost.read)} (most ${cost.mostRead.toFixed(1)})  written ${each(cost.written)} (most ${cost.mostWritten.toFixed(1)})${
        budget
          ? `  budget ${budget.read} / ${budget.written}${most ? ` (most ${most.read} / ${most.written})` : ""}${within ? "" : "  OVER"}`
          : ""
      }`,
    ];
  });
  return { lines, over };
}
