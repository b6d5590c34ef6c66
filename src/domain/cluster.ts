import type { Settings } from "../env.ts";
import { HOUR } from "./time.ts";
import { unitOfCode } from "./unit.ts";

/*
 * 聚集性: several symptomatic people in one school, enterprise or village within two days are told to two recipients
 * within two hours, and each acknowledges for itself (DOMAIN.md 3).
 */
export type Recipient = "cdc" | "education" | "health";

/** One signal as it is counted: a person (count 1), or what a unit's report said of a day (subject report/<date>). */
export type Signal = { subjectId: string; count: number };

/** The unit that a cluster is counted for: a school, an enterprise, a village; a grid counts to its village. */
export function clusterUnitOf(unitCode: string): string | undefined {
  const unit = unitOfCode(unitCode);
  if (unit?.kind === "grid") return unit.parent ?? undefined;
  return unit && (CLUSTER_KINDS as readonly string[]).includes(unit.kind) ? unitCode : undefined;
}

/**
 * How many are symptomatic: people known one by one, or what the unit reported of its days, whichever is more. A village
 * reports the very people it registered, so the two are never added.
 */
export function clusterSize(signals: Signal[]): number {
  const reported = new Map<string, number>();
  const people = new Set<string>();
  for (const { subjectId, count } of signals) {
    if (isReport(subjectId)) reported.set(subjectId, Math.max(count, reported.get(subjectId) ?? 0));
    else people.add(subjectId);
  }
  return Math.max(
    people.size,
    [...reported.values()].reduce((sum, count) => sum + count, 0),
  );
}

export const REPORT_SIGNAL = "report/";
const isReport = (subjectId: string) => subjectId.startsWith(REPORT_SIGNAL);

/** The kinds of unit that a cluster is counted in. */
export const CLUSTER_KINDS = ["school", "enterprise", "village"] as const;

type Bureaus = Pick<Settings, "COUNTY_CODE" | "CLUSTER_CDC" | "CLUSTER_EDUCATION" | "CLUSTER_HEALTH">;

/** Who must know of a cluster, and the code of the unit that owes it: the CDC, and education for a school or health for any other. */
export function recipientsOf(unitCode: string, settings: Bureaus): { recipient: Recipient; code: string }[] {
  const school = unitOfCode(unitCode)?.kind === "school" ? 1 : 0;
  return recipientChoices(settings)
    .filter((choice) => choice.school === school)
    .map(({ recipient, code }) => ({ recipient, code }));
}

/** The same for schools (1) and all others (0), as the database chooses among them. */
export function recipientChoices(settings: Bureaus): { school: 0 | 1; recipient: Recipient; code: string }[] {
  const bureau = (number: string) => `${settings.COUNTY_CODE}B${number}`;
  const cdc = { recipient: "cdc", code: settings.CLUSTER_CDC ?? bureau("01") } as const;
  return [
    { school: 0, ...cdc },
    { school: 1, ...cdc },
    { school: 1, recipient: "education", code: settings.CLUSTER_EDUCATION ?? bureau("02") },
    { school: 0, recipient: "health", code: settings.CLUSTER_HEALTH ?? bureau("03") },
  ];
}

/** From when on signals are counted together. */
export const clusterFrom = (now: Date, settings: Pick<Settings, "CLUSTER_HOURS">): Date =>
  new Date(now.getTime() - settings.CLUSTER_HOURS * HOUR);

/** What a cluster's subject says: <unit>/<date>/<recipient>. */
export function readClusterSubject(subjectId: string): {
  unitCode: string;
  date: string;
  recipient: Recipient;
} {
  const [unitCode = "", date = "", recipient = "cdc"] = subjectId.split("/");
  return { unitCode, date, recipient: recipient as Recipient };
}
