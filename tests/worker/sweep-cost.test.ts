import { beforeEach, describe, expect, it } from "vitest";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { CAST, type CastName, owe, seedCast } from "../support/alarm.ts";
import { zero } from "../support/meter.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

/*
 * DESIGN.md: a sweep of n overdue reads at most 8 n rows and writes at most 8 n, an idle one 5 and none. That holds with
 * three recipients for a single thing overdue, and four more for each further one; beyond, each is one row written more,
 * its message. Reading costs the same however many hear.
 */
const DAY = "2026-01-25";
const at = (clock: string) => `${DAY}T${clock}:00+08:00`;
let county: TestCounty;

beforeEach(async () => {
  county = await openCounty(at("10:00"));
});

async function costOf(clock: string): Promise<{ moved: number; read: number; written: number }> {
  zero(county.meter);
  const moved = await sweepOverdue(county.deps, new Date(at(clock)));
  const { read, written } = county.meter;
  return { moved, read, written };
}

it("reads at most five rows and writes none in an idle minute", async () => {
  await seedCast(county);
  await owe(county, "daily-report", CAST.bashir.unitCode, DAY, at("00:00"), at("16:00"));
  const { read, written } = await costOf("15:00");
  expect(read).toBeLessThanOrEqual(5);
  expect(written).toBe(0);
});

describe("of n villages whose report is overdue", () => {
  const cases: [
    name: string,
    villages: number,
    contacts: number,
    above: CastName[],
    clock: string,
    messages: number,
  ][] = [
    ["one, with a contact", 1, 1, ["li", "zhou"], "16:00", 1],
    ["one, with two contacts", 1, 2, ["li", "zhou"], "16:00", 2],
    ["one, with nobody to tell but the town", 1, 0, ["li", "zhou"], "16:00", 1],
    ["one, with nobody to tell but the county", 1, 0, ["zhou"], "16:00", 1],
    ["one, with nobody to tell at all", 1, 0, [], "16:00", 0],
    ["one, seen two hours late, village, town and county at once", 1, 1, ["li", "zhou"], "18:00", 3],
    ["one, with four contacts", 1, 4, ["li", "zhou"], "16:00", 4],
    ["one, with nine contacts", 1, 9, ["li", "zhou"], "16:00", 9],
    ["one, with two contacts, seen two hours late", 1, 2, ["li", "zhou"], "18:00", 4],
    ["two, seen two hours late", 2, 1, ["li", "zhou"], "18:00", 4],
    ["10, each with a contact", 10, 1, ["li", "zhou"], "16:00", 10],
    ["10, seen two hours late", 10, 1, ["li", "zhou"], "18:00", 12],
    ["50, each with two contacts", 50, 2, ["li", "zhou"], "16:00", 100],
    ["50, with nobody to tell, handed to the town", 50, 0, ["li", "zhou"], "16:00", 1],
    ["500, each with a contact", 500, 1, ["li", "zhou"], "16:00", 500],
    ["500, seen two hours late", 500, 1, ["li", "zhou"], "18:00", 502],
    ["500, with nobody to tell, handed to the county", 500, 0, ["zhou"], "16:00", 1],
  ];
  for (const [name, villages, contacts, above, clock, messages] of cases) {
    it(name, async () => {
      await seedCast(county, above);
      // What is not due yet stands right behind what is.
      await owe(county, "daily-report", CAST.amina.unitCode, DAY, at("00:00"), at("20:00"));
      await manyUnits(villages, contacts);
      const { moved, read, written } = await costOf(clock);
      expect(moved).toBe(villages);
      expect(await waiting()).toBe(messages);
      expect(read).toBeLessThanOrEqual(8 * villages);
      expect(written).toBeLessThanOrEqual(8 * villages + Math.max(0, messages - 4 * villages + 1));
      const again = await costOf(clock);
      expect([again.moved, again.written]).toEqual([0, 0]);
      expect(again.read).toBeLessThanOrEqual(5);
    });
  }

  it("one more step up, an hour and a half later, is no dearer than the first", async () => {
    await seedCast(county, ["li", "zhou"]);
    await manyUnits(50, 1);
    await costOf("16:00");
    for (const clock of ["16:30", "17:30"]) {
      const { moved, read, written } = await costOf(clock);
      expect(moved).toBe(50);
      expect(read).toBeLessThanOrEqual(8 * 50);
      expect(written).toBeLessThanOrEqual(8 * 50);
    }
  });
});

const waiting = async () =>
  (
    await county.deps.d1
      .prepare("SELECT count(*) AS n FROM outbox WHERE state = 'ready'")
      .first<{ n: number }>()
  )?.n;

/** Villages of the second town, each with so many contacts and a report owed at 16:00; in a few statements. */
async function manyUnits(n: number, contacts: number): Promise<void> {
  const { d1 } = county.deps;
  const codes = Array.from({ length: n }, (_, i) => `511781100${String(i + 100).padStart(3, "0")}`);
  const numbers = JSON.stringify(codes);
  const due = new Date(at("16:00")).getTime();
  await d1.batch([
    d1
      .prepare(
        "INSERT INTO unit (code, name, kind, parent, recorded_at) SELECT value, '示例村', 'village', '511781100', 0 FROM json_each(?)",
      )
      .bind(numbers),
    d1
      .prepare(
        "INSERT INTO contact (id, unit_code, role, lang, address_index, sealed, recorded_at) SELECT 'c' || c.value || '-' || u.value, u.value, 'contact', 'zh-Hans', c.value || u.value, '', 0 FROM json_each(?1) AS u CROSS JOIN json_each(?2) AS c",
      )
      .bind(numbers, JSON.stringify(Array.from({ length: contacts }, (_, i) => i))),
    d1
      .prepare(
        "INSERT INTO obligation (id, kind, unit_code, subject_id, opened_at, due_at, next_due_at, recorded_at) SELECT 'daily-report/2026-01-25/' || value, 'daily-report', value, '2026-01-25', 0, ?2, ?2, 0 FROM json_each(?1)",
      )
      .bind(numbers, due),
  ]);
}
