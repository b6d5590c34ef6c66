import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { D1Door } from "../../src/cli/d1.ts";
import { dropLetter, listLetters, retryLetter } from "../../src/cli/letters.ts";
import { countOpen, setAside } from "../../src/db/dead-letter.ts";
import { runBatch } from "../../src/db/store.ts";
import { haltObligation } from "../../src/db/sweep.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { CAST, minute, owe, seedCast } from "../support/alarm.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

/*
 * The technician's hand on what was set aside; the door is the one wrangler's text goes through, on the test's database.
 */
let county: TestCounty;
let door: D1Door;
let tip: string;
const at = (clock: string) => `2026-01-25T${clock}:00+08:00`;
const run = (statement: ReturnType<typeof sql>) => county.deps.db.run(statement);
const said = (work: Promise<unknown>) =>
  work.then(
    () => "",
    (error: Error) => error.message,
  );
const readers = (mails: { to: string }[]) => mails.map(({ to }) => to);

beforeEach(async () => {
  county = await openCounty(at("10:00"));
  const { d1 } = county.deps;
  door = {
    query: async <Row>(text: string) => (await d1.prepare(text).all<Row>()).results,
    execute: async (texts) => void (await d1.batch(texts.map((text) => d1.prepare(text)))),
    close: async () => undefined,
  };
  await seedCast(county);
  tip = await owe(county, "tip", CAST.bashir.unitCode, "T-4471-0932", at("10:00"), at("12:00"));
});

describe("something owed that was set aside", () => {
  beforeEach(async () => {
    const { db } = county.deps;
    const letter = setAside(db, { id: `obligation/${tip}`, problem: "refused", now: new Date(at("10:00")) });
    await runBatch(db, [haltObligation(db, tip), letter]);
  });

  it("is listed with its moment and why, and tells nobody until somebody has seen to it", async () => {
    expect(await listLetters(door)).toEqual([`2026-01-25T02:00:00.000Z  refused  obligation/${tip}`]);
    expect(await minute(county, at("10:01"))).toEqual([]);
  });

  it("takes its steps again once it is retried, and is an alarm no more", async () => {
    await retryLetter(door, `obligation/${tip}`, new Date(at("10:05")));
    expect([await listLetters(door), await countOpen(county.deps.db)]).toEqual([[], 0]);
    expect(readers(await minute(county, at("10:05")))).toEqual(["bashir"]);
  });

  it("stays halted when it is dropped", async () => {
    await dropLetter(door, `obligation/${tip}`, new Date(at("10:05")));
    expect(await countOpen(county.deps.db)).toBe(0);
    expect(await minute(county, at("14:00"))).toEqual([]);
  });

  it("is let go of when what it was about is gone, and by its own id alone", async () => {
    await run(sql`DELETE FROM obligation WHERE id = ${tip}`);
    expect(await said(retryLetter(door, `obligation/${tip}`, new Date()))).toContain("is gone");
    for (const id of ["", "obligation/", "示例", "obligation/' OR 1 --", tip])
      expect(await said(dropLetter(door, id, new Date()))).toBe(
        "There is no such letter open. Nothing was written.",
      );
    expect(await countOpen(county.deps.db)).toBe(1);
  });
});

describe("a message that could not be written", () => {
  it("stops nobody else, is an alarm, and leaves once Bashir's card is mended and it is retried", async () => {
    const { db } = county.deps;
    const [card] = await db.all<{ sealed: string }>(sql`SELECT sealed FROM contact WHERE id = 'bashir'`);
    await owe(county, "tip", CAST.amina.unitCode, "T-1000-0001", at("10:00"), at("12:00"));
    await run(sql`UPDATE contact SET sealed = substr(sealed, 1, 30) || 'AAAA' WHERE id = 'bashir'`);
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await runScheduled(county.deps, new Date(at("10:01")));
    log.mockRestore();
    const [line] = await listLetters(door);
    expect(line).toContain("  poison  outbox/digest/");
    expect(
      await db.all(sql`SELECT DISTINCT contact_id AS who FROM outbox WHERE state = 'sent'`),
    ).toContainEqual({
      who: "amina",
    });

    await run(sql`UPDATE contact SET sealed = ${card?.sealed} WHERE id = 'bashir'`);
    await retryLetter(door, line?.split("  ")[2] ?? "", new Date(at("10:06")));
    expect(readers(await minute(county, at("10:06")))).toContain("bashir");
    expect(await minute(county, at("10:07"))).toEqual([]);
    expect(await listLetters(door)).toEqual([]);
  });

  it("is not sent again when it may have left", async () => {
    await minute(county, at("10:01"));
    const { db } = county.deps;
    await run(sql`UPDATE outbox_batch SET state = 'unknown', problem = 'poison'`);
    await run(sql`UPDATE outbox SET state = 'unknown', problem = 'poison'`);
    const [batch] = await db.all<{ id: string }>(sql`SELECT id FROM outbox_batch`);
    const id = `batch/${batch?.id}`;
    await runBatch(db, [setAside(db, { id, problem: "poison", now: new Date(at("10:02")) })]);
    expect(await said(retryLetter(door, id, new Date(at("10:03"))))).toContain("may have left already");
    expect(await minute(county, at("10:03"))).toEqual([]);
    await dropLetter(door, id, new Date(at("10:04")));
    expect(await countOpen(db)).toBe(0);
  });

  it("leaves again with a batch whose bytes no longer opened and that never left", async () => {
    const { db } = county.deps;
    await minute(county, at("10:01"));
    await run(sql`UPDATE outbox_batch SET state = 'failed', problem = 'poison'`);
    await run(sql`UPDATE outbox SET state = 'failed', problem = 'poison'`);
    const [batch] = await db.all<{ id: string }>(sql`SELECT id FROM outbox_batch`);
    const id = `batch/${batch?.id}`;
    await runBatch(db, [setAside(db, { id, problem: "poison", now: new Date(at("10:02")) })]);
    await retryLetter(door, id, new Date(at("10:03")));
    expect(readers(await minute(county, at("10:03")))).toEqual(["bashir"]);
  });
});
