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

/**
 * DESIGN.md's promises: rows read and written for each thing, at most. Sweeps of many are held to it together: one that
 * also tells of recoveries pays for those besides.
 */
const BUDGETS: Record<string, { what: string; read: number; written: number; together?: true }> = {
  "reading/normal": { what: "a reading", read: 10, written: 6 },
  "sweep/idle": { what: "an idle sweep", read: 5, written: 0 },
  "sweep/many": { what: "a sweep of 100 overdue or more, for each", read: 8, written: 8, together: true },
};
const OTHERS: Record<string, string> = {
  "reading/late": "a late reading",
  "reading/corrected": "a correction",
  "reading/abnormal": "a reading of fever or symptoms",
  "reading/better": "the first normal one after it",
  "reading/again": "a reading sent again",
  "reading/refused": "a reading refused",
  "reading/list": "a reading within a list",
  "sweep/few": "a sweep of fewer overdue, for each",
  "sweep/recovered": "a sweep that tells recoveries alone",
};

/** A line for each kind of work, and what went over its budget. */
export function costLines(costs: Costs): { lines: string[]; over: string[] } {
  const over: string[] = [];
  const lines = [...Object.keys(BUDGETS), ...Object.keys(OTHERS)].flatMap((name) => {
    const cost = costs[name];
    if (!cost) return [];
    const budget = BUDGETS[name];
    const each = (rows: number) => (rows / Math.max(cost.things || cost.times, 1)).toFixed(1);
    const what = budget?.what ?? OTHERS[name] ?? name;
    const [read, written] = budget?.together
      ? [cost.read / cost.things, cost.written / cost.things]
      : [cost.mostRead, cost.mostWritten];
    const within = budget === undefined || (read <= budget.read && written <= budget.written);
    if (!within) over.push(`${what} cost ${read.toFixed(1)} rows read and ${written.toFixed(1)} written`);
    return [
      `${what.padEnd(42)} ${String(cost.times).padStart(8)} times  read ${each(cost.read)} (most ${cost.mostRead.toFixed(1)})  written ${each(cost.written)} (most ${cost.mostWritten.toFixed(1)})${
        budget ? `  budget ${budget.read} / ${budget.written}${within ? "" : "  OVER"}` : ""
      }`,
    ];
  });
  return { lines, over };
}
