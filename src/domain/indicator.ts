import type { Words } from "../forms/define.ts";
import { WORDS } from "./indicator-words.ts";

/*
 * One catalogue of every figure that a summary states: what it counts, from which moments, and where it stands. Whatever
 * says a figure takes its words from here.
 */
export type IndicatorId = keyof typeof WORDS;
export type CountUnit = keyof typeof COUNT_UNITS;
export type Indicator = {
  id: IndicatorId;
  /** Where it stands in a summary; `*` is any key. The same under `byTown`, `direct` and each of `readings.slots`. */
  paths: string[];
  name: Words;
  definition: Words;
  unit: CountUnit;
  /** flow: what came within a window; stock: what stands at a moment, and may go down; share: one by another. */
  kind: "flow" | "stock" | "share";
  /** What a summary's figure speaks for: all up to its moment, the local day of it, or the moment alone. */
  window: "all" | "day" | "moment";
  /** Only of a share: the ids of what is divided by what. */
  numerator?: IndicatorId;
  denominator?: IndicatorId;
  /** Columns of the moments that decide, as the schema names them. */
  moments: string[];
  /** Where in DOMAIN.md it comes from. */
  source: string;
  /** moments: a series by hour or day; days: by day alone, for the day it speaks of; null: none can be told exactly. */
  series: "moments" | "days" | null;
};

export const COUNT_UNITS = {
  units: { "zh-Hans": "个单位", "zh-Hant": "個單位", en: "units" },
  reports: { "zh-Hans": "份报告", "zh-Hant": "份報告", en: "reports" },
  persons: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
  households: { "zh-Hans": "户", "zh-Hant": "戶", en: "households" },
  tips: { "zh-Hans": "条线索", "zh-Hant": "條線索", en: "tips" },
  lists: { "zh-Hans": "批次", "zh-Hant": "批次", en: "lists" },
  letters: { "zh-Hans": "封", "zh-Hant": "封", en: "letters" },
  readings: { "zh-Hans": "次测量", "zh-Hant": "次測量", en: "readings" },
  share: { "zh-Hans": "比例", "zh-Hant": "比例", en: "share" },
} satisfies Record<string, Words>;

type More = Partial<Indicator>;
const make = (id: IndicatorId, facts: Omit<Indicator, "id" | "paths" | "name" | "definition"> & More) => ({
  ...{ id, paths: [id as string], ...wordsOf(id), ...facts },
});
const flow = (id: IndicatorId, unit: CountUnit, moments: string[], source: string, more: More = {}) =>
  make(id, { unit, moments, source, kind: "flow", window: "all", series: "moments", ...more });
const stock = (id: IndicatorId, unit: CountUnit, moments: string[], source: string, more: More = {}) =>
  make(id, { unit, moments, source, kind: "stock", window: "moment", series: "moments", ...more });
const daily = (id: IndicatorId, unit: CountUnit, moments: string[], source: string, more: More = {}) =>
  make(id, { unit, moments, source, kind: "flow", window: "day", series: "days", ...more });
const share = (id: IndicatorId, by: [IndicatorId, IndicatorId], source: string, more: More = {}) =>
  make(id, {
    ...{ unit: "share", moments: [], source, kind: "share", window: "all", series: "moments" },
    ...{ numerator: by[0], denominator: by[1], ...more },
  });

const REPORTS = "Mechanisms 1";
const TWO_HOURS = "Mechanisms 2";
const RETURNEES = "Figures 000, 001, 002, 004";
const OBSERVED = "Figures 000, 003, 004; Mechanisms 12";
const SLOTS = "Mechanisms 10; Facts from outside, slots";

/** Who was found to be another's duplicate, or none, counts from then on, until it is undone. */
const FOUND = ["duplicateFinding.recordedAt", "duplicateFinding.undoneAt"];
const PERSON = ["person.recordedAt", ...FOUND];
const HOUSEHOLD = ["household.recordedAt"];
const VERIFIED = ["household.recordedAt", "household.verifiedRecordedAt", "household.verifyDueAt"];
const IN_TIME = ["household.verifiedRecordedAt", "household.verifiedAt", "household.verifyDueAt"];
const TIP = ["tip.recordedAt"];
const TIP_VERIFIED = ["tip.recordedAt", "tip.verifiedRecordedAt", "tip.verifyDueAt"];
const TIP_IN_TIME = ["tip.verifiedRecordedAt", "tip.verifiedAt", "tip.verifyDueAt"];
const OWED = ["obligation.recordedAt"];
const GIVEN = ["obligation.recordedAt", "report.recordedAt"];
const DUE = [...OWED, "obligation.dueAt", "report.recordedAt"];
const UNGIVEN = [...OWED, "obligation.dueAt", "obligation.excusedAt", "report.recordedAt"];
const OPENED = ["observation.recordedAt", ...FOUND];
const OPEN = ["observation.recordedAt", "observation.endedRecordedAt", ...FOUND];
const ENDED = ["observation.endedRecordedAt", ...FOUND];
const FELL_ILL = ["observation.recordedAt", "reading.recordedAt", ...FOUND];
const PLACED = [...OPEN, "placement.recordedAt", "placement.occurredAt"];
const READ = ["reading.recordedAt", "reading.dueAt", ...FOUND];
const SICK = [...OPEN, "reading.recordedAt", "reading.dueAt"];
const SLOT = [...SICK, "observation.firstDueAt", "observation.plannedDueAt", "observation.endedAt"];

const LISTED = ["batch.confirmedAt"];
const LISTS = "Mechanisms 6; Figures 002";
const LETTERS = "Mechanisms 7; Figures 003";

/** Every figure, in the order of the summary. Figures that are one and the same have one indicator with two paths. */
export const INDICATORS: Indicator[] = [
  stock("completeness.units", "units", ["unit.recordedAt", "unit.closedAt"], "Words: unit"),
  daily("completeness.reported", "units", GIVEN, REPORTS),
  share("completeness.share", ["completeness.reported", "dailyReports.owed"], REPORTS, {
    ...{ window: "day", series: "days" },
  }),

  daily("dailyReports.owed", "reports", OWED, REPORTS, { paths: ["dailyReports.owed", "completeness.owed"] }),
  daily("dailyReports.pending", "reports", UNGIVEN, REPORTS),
  daily("dailyReports.expected", "reports", UNGIVEN, REPORTS),
  daily("dailyReports.zero", "reports", GIVEN, REPORTS),
  daily("dailyReports.nonZero", "reports", GIVEN, REPORTS),
  daily("dailyReports.excused", "reports", UNGIVEN, REPORTS),
  daily("dailyReports.overdue", "reports", UNGIVEN, REPORTS),
  daily("dailyReports.onTime", "reports", DUE, REPORTS),
  daily("dailyReports.late", "reports", DUE, REPORTS),
  daily("dailyReports.corrected", "reports", GIVEN, REPORTS),

  flow("registered.cumulative", "persons", PERSON, RETURNEES),
  flow("registered.today", "persons", PERSON, "Figures 000", { window: "day" }),
  flow("registered.households", "households", HOUSEHOLD, "Mechanisms 5"),
  flow("registered.returnees", "persons", PERSON, RETURNEES),
  flow("registered.byOrigin.wuhan", "persons", PERSON, "Figures 000, 004"),
  flow("registered.byOrigin.hubei", "persons", PERSON, "Figures 000, 004"),
  flow("registered.byOrigin.other_province", "persons", PERSON, "Figures 002"),
  flow("registered.byOrigin.same_province", "persons", PERSON, "Words: returnee"),
  flow("registered.fromHubei", "persons", PERSON, "Figures 000, 004"),
  flow("registered.transitWuhan", "persons", PERSON, "Figures 002"),
  flow("registered.wuhanDirection", "persons", PERSON, "Figures 002"),
  flow("registered.measured", "persons", PERSON, "Figures 004"),
  flow("registered.symptomatic", "persons", PERSON, "Figures 000; Mechanisms 11"),
  flow("registered.duplicatesFlagged", "persons", PERSON, "Mechanisms 6"),
  flow("registered.bySource", "persons", PERSON, "Mechanisms 7", {
    ...{ paths: ["registered.bySource.*"], series: null },
  }),
  flow("registered.byPostingPoint.households", "households", HOUSEHOLD, "Mechanisms 4", {
    ...{ paths: ["registered.byPostingPoint.*.households"], series: null },
  }),
  flow("registered.byPostingPoint.persons", "persons", PERSON, "Mechanisms 4", {
    ...{ paths: ["registered.byPostingPoint.*.persons"], series: null },
  }),

  flow("verification.due", "households", HOUSEHOLD, TWO_HOURS),
  flow("verification.verified", "households", ["household.verifiedRecordedAt"], TWO_HOURS),
  stock("verification.waiting", "households", VERIFIED, TWO_HOURS),
  stock("verification.overdue", "households", VERIFIED, TWO_HOURS),
  flow("verification.withinTwoHours.numerator", "households", IN_TIME, TWO_HOURS),
  flow("verification.withinTwoHours.denominator", "households", VERIFIED, TWO_HOURS),
  share(
    "verification.withinTwoHours.share",
    ["verification.withinTwoHours.numerator", "verification.withinTwoHours.denominator"],
    TWO_HOURS,
  ),

  flow("tips.received", "tips", TIP, "Mechanisms 8"),
  stock("tips.open", "tips", ["tip.recordedAt", "tip.verifiedRecordedAt"], "Mechanisms 8"),
  flow("tips.verified", "tips", ["tip.verifiedRecordedAt"], "Mechanisms 8"),
  stock("tips.overdue", "tips", TIP_VERIFIED, TWO_HOURS),
  flow("tips.withinTwoHours.numerator", "tips", TIP_IN_TIME, TWO_HOURS),
  flow("tips.withinTwoHours.denominator", "tips", TIP_VERIFIED, TWO_HOURS),
  share(
    "tips.withinTwoHours.share",
    ["tips.withinTwoHours.numerator", "tips.withinTwoHours.denominator"],
    TWO_HOURS,
  ),

  flow("observation.cumulative", "persons", OPENED, OBSERVED),
  stock("observation.observing", "persons", OPEN, OBSERVED),
  stock("observation.byKind.home", "persons", PLACED, "Figures 003, 004", { series: null }),
  stock("observation.byKind.central", "persons", PLACED, "Figures 003", { series: null }),
  stock("observation.byKind.hospital", "persons", PLACED, "Figures 004", { series: null }),
  stock("observation.householdMembers", "persons", OPEN, "Mechanisms 10"),
  stock("observation.symptomatic", "persons", SICK, "Figures 000; Mechanisms 11", {
    series: null,
  }),
  stock("observation.contacts", "persons", OPEN, "Figures 000, 003"),
  stock("observation.contactsCentral", "persons", PLACED, "Figures 003", { series: null }),
  flow("observation.fellIll", "persons", FELL_ILL, "Mechanisms 11"),
  flow("observation.opened", "persons", OPENED, OBSERVED),
  flow("observation.openedToday", "persons", OPENED, "Figures 000", { window: "day" }),
  flow("observation.released", "persons", ENDED, OBSERVED),
  flow("observation.releasedToday", "persons", ENDED, OBSERVED, { window: "day" }),
  flow("observation.transferred", "persons", ENDED, "Figures; Mechanisms 7"),
  flow("observation.closed", "persons", ENDED, "Figures"),

  daily("readings.expected", "readings", SLOT, SLOTS),
  daily("readings.received", "readings", READ, SLOTS),
  daily("readings.onTime", "readings", READ, SLOTS, {
    paths: ["readings.onTime", "readings.shareOnTime.numerator"],
  }),
  daily("readings.late", "readings", READ, SLOTS),
  daily("readings.missed", "readings", SLOT, SLOTS),
  daily("readings.pending", "readings", SLOT, SLOTS),
  daily("readings.shareOnTime.denominator", "readings", SLOT, SLOTS),
  share("readings.shareOnTime.share", ["readings.onTime", "readings.shareOnTime.denominator"], SLOTS, {
    ...{ window: "day", series: "days" },
  }),

  flow("batches.education.received", "lists", LISTED, LISTS),
  flow("batches.education.persons", "persons", LISTED, LISTS),
  flow("batches.health.received", "lists", LISTED, LISTS),
  flow("batches.health.persons", "persons", LISTED, LISTS),
  flow("letters.sent", "letters", ["letter.recordedAt"], LETTERS),
  flow("letters.answered", "letters", ["letter.answeredAt"], LETTERS),
];

const byId = new Map<string, Indicator>(INDICATORS.map((one) => [one.id, one]));

/** An indicator by its id. */
export const findIndicator = (id: string): Indicator | undefined => byId.get(id);

/** What a leaf of a summary says, by the keys that lead to it; more than one would be a fault of the catalogue. */
export function indicatorsAt(keys: string[]): Indicator[] {
  let path = keys;
  if (path[0] === "direct") path = path.slice(1);
  if (path[0] === "byTown") path = path.slice(2);
  if (path[0] === "readings" && path[1] === "slots") path = ["readings", ...path.slice(3)];
  return INDICATORS.filter(({ paths }) => paths.some((pattern) => fits(pattern.split("."), path)));
}

const fits = (pattern: string[], path: string[]) =>
  pattern.length === path.length && pattern.every((key, at) => key === "*" || key === path[at]);

function wordsOf(id: IndicatorId): Pick<Indicator, "name" | "definition"> {
  const [name, definition] = WORDS[id].trim().split("\n").map(inThree);
  if (!name || !definition) throw new Error(`the words of ${id} are not complete`);
  return { name, definition };
}

function inThree(line: string): Words {
  const [hans = "", hant = "", en = ""] = line.split(" | ").map((words) => words.trim());
  return { "zh-Hans": hans, "zh-Hant": hant, en };
}
