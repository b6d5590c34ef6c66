import { createApiKey } from "../../src/db/api-key.ts";
import { openObligation } from "../../src/db/obligation.ts";
import { runBatch } from "../../src/db/store.ts";
import { planObligation } from "../../src/domain/obligation.ts";
import { addDays, momentOf } from "../../src/domain/time.ts";
import type { TestCounty } from "./worker.ts";

/** Zhou's key for the whole county and Li's for the town 太平镇. */
export const ZHOU = "zhou-sample-key-0000000";
export const LI = "li-sample-key-000000000";

export async function seedKeys({ deps }: TestCounty): Promise<void> {
  const recordedAt = new Date("2026-01-20T00:00:00+08:00");
  const keys = [
    { key: ZHOU, scope: "511781", label: "county" },
    { key: LI, scope: "511781100", label: "town" },
  ];
  const made = await Promise.all(keys.map((row) => createApiKey(deps.db, { ...row, recordedAt })));
  await runBatch(
    deps.db,
    made.map(({ statement }) => statement),
  );
}

/** What these units owe for a local day, due at 16:00, known since noon of the day before. */
export async function oweReports({ deps }: TestCounty, date: string, units: string[]): Promise<void> {
  const zone = deps.settings.TIME_ZONE;
  const openedAt = momentOf(addDays(date, -1), "12:00", zone);
  const rows = units.map((unitCode) =>
    planObligation(
      { kind: "daily-report", unitCode, subjectId: date, openedAt, dueAt: momentOf(date, "16:00", zone) },
      { now: openedAt, settings: deps.settings },
    ),
  );
  await runBatch(
    deps.db,
    rows.map((row) => openObligation(deps.db, row)),
  );
}

export const withKey = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } });

/** A JSON post as a client sends it; `headers` add or replace. */
export const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  headers: { "Content-Type": "application/json", ...headers },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

/** How many rows each table has that a submission could write. */
export async function countRows({ deps }: TestCounty): Promise<Record<string, number>> {
  const tables = ["submission", "household", "person", "tip", "tip_message", "report", "obligation", "link"];
  const counts = tables.map((name) => `(SELECT COUNT(*) FROM ${name}) AS ${name}`);
  const row = await deps.d1
    .prepare(
      `SELECT ${counts.join(", ")}, (SELECT COUNT(*) FROM outbox) AS outbox, (SELECT COUNT(*) FROM audit) AS audit`,
    )
    .first<Record<string, number>>();
  return row ?? {};
}
