import type { Place, Summary } from "./summary.ts";
import { protect, type Rules, type Sum } from "./suppression.ts";

/*
 * What anybody may know: counts only, none under five, and none that can be worked out. Published counts are rounded
 * down to a step of five, because any past quarter hour may be asked: exact counts of 57 at 10:30 and 58 at 10:45 would
 * say that one person registered in between. Nothing below a town is said, and a town asked by itself says what the
 * county's table says of it, so that asking one by one tells no more than asking once.
 */
export const PUBLIC_RULES: Rules = { below: 5, step: 5, width: 3 };
/** Shares are made of published counts, so they tell nothing new; under this denominator rounding would mislead. */
const SHARE_FROM = 50;

type Cell = number | null;
type PublicShare = { numerator: Cell; denominator: Cell; share: number | null };
type TownFigures = { registered: { cumulative: Cell }; tips: { received: Cell } };

type Head = {
  audience: "public";
  unit: Place;
  asOf: string;
  /** Cells under this are null; the others are rounded down to a multiple of `roundedDownTo`. */
  suppressedBelow: number;
  roundedDownTo: number;
};

/** The county's public summary. null is "not published", never zero. */
export type PublicSummary = Head & {
  completeness: { units: number; owed: Cell; reported: Cell; share: number | null };
  dailyReports: { date: string } & Record<
    | "owed"
    | "pending"
    | "expected"
    | "zero"
    | "nonZero"
    | "excused"
    | "overdue"
    | "onTime"
    | "late"
    | "corrected",
    Cell
  >;
  registered: {
    cumulative: Cell;
    today: Cell;
    households: Cell;
    returnees: Cell;
    byOrigin: Record<keyof Summary["registered"]["byOrigin"], Cell>;
    transitWuhan: Cell;
    symptomatic: Cell;
    window: { from: string; to: string };
    bySource: Record<string, Cell>;
  };
  verification: Record<"due" | "verified" | "waiting" | "overdue", Cell> & { withinTwoHours: PublicShare };
  tips: Record<"received" | "open" | "verified" | "overdue", Cell> & { withinTwoHours: PublicShare };
  byTown: (Place & TownFigures)[];
  /** The rest: what stands on the county itself and on units directly below it that are no towns. */
  direct: TownFigures;
};
/** A town's public summary: its line of the county's table. */
export type PublicTownSummary = Head & TownFigures;

/** The public summary of a county out of its full one. */
export function publicSummary(full: Summary): PublicSummary {
  const { cells, sums, dark } = tablesOf(full);
  const published = protect(cells, sums, PUBLIC_RULES, dark);
  const cell = (name: string) => published.get(name) ?? null;
  const record = <K extends string>(group: string, names: readonly K[]) =>
    Object.fromEntries(names.map((name) => [name, cell(`${group}/${name}`)])) as Record<K, Cell>;
  const town = (code: string): TownFigures => ({
    registered: { cumulative: cell(`registered/town/${code}`) },
    tips: { received: cell(`tips/town/${code}`) },
  });
  const reported = cell("dailyReports/reported");
  return {
    ...headOf(full, full.unit),
    completeness: {
      units: full.completeness.units,
      owed: cell("dailyReports/owed"),
      reported,
      share: publicShare(reported, cell("dailyReports/owed")).share,
    },
    dailyReports: {
      date: full.dailyReports.date,
      ...record("dailyReports", ["owed", "pending", "expected", "zero", "nonZero", "excused", "overdue"]),
      ...record("dailyReports", ["onTime", "late", "corrected"]),
    },
    registered: {
      ...record("registered", ["cumulative", "today"]),
      households: cell("verification/due"),
      returnees: cell("registered/returnees"),
      byOrigin: record("origin", ["wuhan", "hubei", "other_province", "same_province"]),
      ...record("registered", ["transitWuhan", "symptomatic"]),
      window: full.registered.window,
      bySource: record("source", Object.keys(full.registered.bySource)),
    },
    verification: {
      ...record("verification", ["due", "verified", "waiting", "overdue"]),
      withinTwoHours: publicShare(cell("verification/inTime"), cell("verification/settled")),
    },
    tips: {
      ...record("tips", ["received", "open", "verified", "overdue"]),
      // A printed denominator would close a circle with `open`, so it is the sum of what is printed anyway.
      withinTwoHours: publicShare(cell("tips/inTime"), sumOf(cell("tips/verified"), cell("tips/overdue"))),
    },
    byTown: townsOf(full).map(({ code, name, kind }) => ({ code, name, kind, ...town(code) })),
    direct: town("direct"),
  };
}

/** What the county's public summary says of one of its towns; undefined for anything that is no town of it. */
export function publicTownSummary(full: Summary, code: string): PublicTownSummary | undefined {
  const found = publicSummary(full).byTown.find((town) => town.code === code);
  if (!found) return undefined;
  const { registered, tips, ...place } = found;
  return { ...headOf(full, place), registered, tips };
}

const headOf = (full: Summary, unit: Place): Head => ({
  audience: "public",
  unit,
  asOf: full.asOf,
  suppressedBelow: PUBLIC_RULES.below,
  roundedDownTo: PUBLIC_RULES.step,
});

/**
 * Every count that is published or could be summed from published ones, and how they hang together: a forest, so that
 * `feasible` is exact. `dark` are the remainders that nobody prints but anybody can subtract.
 */
export function tablesOf(full: Summary): { cells: Map<string, number>; sums: Sum[]; dark: Set<string> } {
  const cells = new Map<string, number>();
  const sums: Sum[] = [];
  const dark = new Set<string>();
  const put = (group: string, values: Record<string, number>) => {
    for (const [name, value] of Object.entries(values)) cells.set(`${group}/${name}`, value);
    return Object.keys(values).map((name) => `${group}/${name}`);
  };
  const sum = (total: string, parts: string[]) => sums.push({ total, parts });
  const rest = (total: string, parts: string[]) => {
    const name = `rest of ${total} without ${parts.join(" ")}`;
    const taken = parts.reduce((all, part) => all + (cells.get(part) ?? 0), 0);
    cells.set(name, (cells.get(total) ?? 0) - taken);
    dark.add(name);
    sum(total, [...parts, name]);
  };

  const { registered, verification, tips, dailyReports: days } = full;
  const { cumulative, today, returnees, transitWuhan, symptomatic } = registered;
  // A day on which more were merged than came is published as one on which nobody came.
  put("registered", { cumulative, today: Math.max(0, today), returnees, transitWuhan, symptomatic });
  sum("registered/returnees", put("origin", registered.byOrigin));
  sum("registered/cumulative", put("source", registered.bySource));
  rest("registered/cumulative", ["registered/today"]);
  rest("registered/cumulative", ["registered/returnees"]);
  rest("registered/cumulative", ["registered/symptomatic"]);
  rest("registered/returnees", ["registered/transitWuhan"]);

  const { due, verified, waiting, overdue } = verification;
  const { numerator: inTime, denominator: settled } = verification.withinTwoHours;
  put("verification", { due, verified, waiting, overdue, inTime, settled });
  sum("verification/due", ["verification/settled", "verification/waiting"]);
  sum("verification/settled", ["verification/verified", "verification/overdue"]);
  rest("verification/verified", ["verification/inTime"]);

  put("tips", { received: tips.received, open: tips.open, verified: tips.verified, overdue: tips.overdue });
  put("tips", { inTime: tips.withinTwoHours.numerator });
  sum("tips/received", ["tips/open", "tips/verified"]);
  rest("tips/open", ["tips/overdue"]);
  rest("tips/verified", ["tips/inTime"]);

  const { owed, pending, expected, zero, nonZero, excused, onTime, late, corrected } = days;
  put("dailyReports", { owed, pending, expected, zero, nonZero, excused, overdue: days.overdue });
  put("dailyReports", { onTime, late, corrected, reported: zero + nonZero });
  sum("dailyReports/owed", ["dailyReports/expected", "dailyReports/pending"]);
  sum("dailyReports/expected", ["dailyReports/reported", "dailyReports/excused", "dailyReports/overdue"]);
  sum("dailyReports/reported", ["dailyReports/zero", "dailyReports/nonZero"]);
  sum("dailyReports/reported", ["dailyReports/onTime", "dailyReports/late"]);
  rest("dailyReports/reported", ["dailyReports/corrected"]);

  const towns = townsOf(full);
  const byTown = (
    group: "registered" | "tips",
    of: (town: (typeof towns)[number]) => number,
    total: number,
  ) => {
    const named = Object.fromEntries(towns.map((town) => [town.code, of(town)]));
    const direct = total - Object.values(named).reduce((all, one) => all + one, 0);
    return put(`${group}/town`, { ...named, direct });
  };
  sum(
    "registered/cumulative",
    byTown("registered", (town) => town.registered.cumulative, cumulative),
  );
  sum(
    "tips/received",
    byTown("tips", (town) => town.tips.received, tips.received),
  );
  return { cells, sums, dark };
}

const townsOf = (full: Summary) => full.byTown.filter((child) => child.kind === "town");

const sumOf = (a: Cell, b: Cell): Cell => (a === null || b === null ? null : a + b);

function publicShare(numerator: Cell, denominator: Cell): PublicShare {
  const known = numerator !== null && denominator !== null && denominator >= SHARE_FROM;
  return {
    numerator,
    denominator,
    share: known ? Math.min(1, Math.round((numerator / denominator) * 100) / 100) : null,
  };
}
