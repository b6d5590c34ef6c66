import { openDb, type Store } from "../../src/db/store.ts";
import { parseSettings } from "../../src/env.ts";
import type { Deps } from "../../src/http/factory.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { type Meter, metered, zero } from "../support/meter.ts";

/** What an idle sweep costs, and one that finds 1,000 or 20,000 overdue obligations, by D1's own count. */
export async function sweeps({ d1, privacy, newId }: Store & { d1: D1Database; newId: () => string }) {
  const meter: Meter = { queries: 0, batches: 0, read: 0, written: 0 };
  const counting = metered(d1, meter);
  const settings = parseSettings({
    COUNTY_CODE: "511781",
    PUBLIC_URL: "http://127.0.0.1",
    MASTER_SECRET: "-".repeat(43),
    DEV: "1",
  });
  const db = openDb(counting);
  const deps: Deps = { d1: counting, db, privacy, settings, now: () => new Date(), newId };
  await d1.exec("DELETE FROM obligation");
  console.log("\nsweep of overdue     milliseconds    rows read    rows written    a row: read  written");
  for (const overdue of [0, 1_000, 20_000]) {
    const due = Date.now();
    await d1
      .prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
        INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at)
        SELECT 'daily-report/bench-' || ?2 || '/' || i, 'daily-report',
          code, 'bench', ?1, ?1, ?1, ?1
        FROM n JOIN (SELECT code, ROW_NUMBER() OVER (ORDER BY code) - 1 AS at FROM unit WHERE kind = 'village')
          ON at = i % 298
        WHERE ?2 > 0`)
      .bind(due, overdue)
      .run();
    zero(meter);
    const begin = performance.now();
    await sweepOverdue(deps, new Date(due));
    const took = performance.now() - begin;
    const each = (rows: number) => (overdue ? (rows / overdue).toFixed(1) : "-").padStart(9);
    console.log(
      [
        String(overdue).padStart(16),
        took.toFixed(0).padStart(16),
        String(meter.read).padStart(12),
        String(meter.written).padStart(15),
        each(meter.read).padStart(14),
        each(meter.written),
      ].join(" "),
    );
  }
}
