import { beforeEach, describe, expect, it } from "vitest";
import { type Checked, type Read, sealNext, verifyChain } from "../../../src/db/audit-seal.ts";
import { createPrivacy } from "../../../src/db/privacy.ts";
import { sealAudit } from "../../../src/jobs/audit-seal.ts";
import { runScheduled } from "../../../src/jobs/index.ts";
import { zero } from "../../support/meter.ts";
import { openCounty, TEST_SECRET, type TestCounty } from "../../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
});

const moment = (iso: string) => new Date(`${iso}+08:00`);

/** What officials did, one row for each moment. */
const acts = (...moments: [id: string, iso: string][]) =>
  county.deps.d1.batch(
    moments.map(([id, iso]) =>
      county.deps.d1
        .prepare(
          "INSERT INTO audit VALUES (?, 'official/1', 'reveal-person', 'WY-0217-4486-1', '511781', ?, NULL, NULL)",
        )
        .bind(id, moment(iso).getTime()),
    ),
  );
const seal = (iso: string) => sealAudit(county.deps, moment(iso));
const parts = async () =>
  (
    await county.deps.d1.prepare("SELECT date, part, rows FROM audit_seal ORDER BY date, part").all()
  ).results.map(({ date, part, rows }) => `${date}/${part}: ${rows}`);

/** What a look at the whole chain finds. */
async function verified(privacy = county.deps.privacy, page?: number) {
  const read: Read = (query) => county.deps.db.all(query);
  const told: Checked[] = [];
  for await (const one of verifyChain(read, privacy, { page })) told.push(one);
  return told.map(({ seal: { date, part }, fault, uncovered }) => [
    `${date}/${part}`,
    fault?.kind ?? "ok",
    ...(fault && "count" in fault ? [fault.count, fault.id] : []),
    ...(uncovered > 0 ? [`uncovered ${uncovered}`] : []),
  ]);
}

describe("the chain over the audit", () => {
  it("seals what is older than five minutes, part by part, day by day", async () => {
    await acts(["a", "2026-01-25T10:00"], ["b", "2026-01-25T10:01"], ["c", "2026-01-25T10:06"]);
    expect(await seal("2026-01-25T10:10")).toBe(2);
    // No more often than each ten minutes.
    expect(await seal("2026-01-25T10:19")).toBe(0);
    expect(await seal("2026-01-25T10:21")).toBe(1);
    await acts(["d", "2026-01-25T23:59"], ["e", "2026-01-26T00:01"]);
    expect(await seal("2026-01-26T08:00")).toBe(1);
    expect(await seal("2026-01-26T08:10")).toBe(1);
    expect(await parts()).toEqual([
      "2026-01-25/1: 2",
      "2026-01-25/2: 1",
      "2026-01-25/3: 1",
      "2026-01-26/1: 1",
    ]);
    const whole = await verified();
    expect(whole).toEqual(
      ["2026-01-25/1", "2026-01-25/2", "2026-01-25/3", "2026-01-26/1"].map((part) => [part, "ok"]),
    );
    expect(await verified(county.deps.privacy, 1)).toEqual(whole);
  });

  it("costs two rows read at most while nothing is new", async () => {
    await acts(["a", "2026-01-25T10:00"]);
    await seal("2026-01-25T10:10");
    for (const iso of ["2026-01-25T10:15", "2026-01-25T10:30"]) {
      zero(county.meter);
      expect(await seal(iso)).toBe(0);
      expect(county.meter.read).toBeLessThanOrEqual(2);
      expect(county.meter.written).toBe(0);
    }
  });

  it("lets one of two runs at once make a part, and the other nothing", async () => {
    await acts(["a", "2026-01-25T10:00"], ["b", "2026-01-25T10:01"]);
    const done = await Promise.all([
      seal("2026-01-25T10:10"),
      seal("2026-01-25T10:11"),
      seal("2026-01-25T10:10"),
    ]);
    expect(done.toSorted()).toEqual([0, 0, 2]);
    expect(await verified()).toEqual([["2026-01-25/1", "ok"]]);
  });

  it("goes on at a moment with more rows than a part may have", async () => {
    const many = Array.from({ length: 7 }, (_, at): [string, string] => [`m${at}`, "2026-01-25T10:00:01"]);
    await acts(["a", "2026-01-25T10:00"], ...many, ["z", "2026-01-25T10:01"]);
    const now = moment("2026-01-25T10:30");
    const step = async () => {
      const [last] = await county.deps.db.query.auditSeal.findMany({
        orderBy: (t, { desc }) => [desc(t.uptoAt)],
        limit: 1,
      });
      return sealNext(
        county.deps,
        last && { ...last, afterAt: last.afterAt.getTime(), uptoAt: last.uptoAt.getTime(), recordedAt: 0 },
        { upto: now, now, zone: "Asia/Shanghai", bound: 3 },
      );
    };
    expect([await step(), await step(), await step(), await step()]).toEqual([1, 7, 1, 0]);
    expect((await verified()).map(([, state]) => state)).toEqual(["ok", "ok", "ok"]);
  });

  it("tells which day a row is missing from, was added to or was altered in, and refuses all three to begin with", async () => {
    await acts(
      ...["24", "25", "26", "27"].flatMap((day): [string, string][] => [
        [`a${day}`, `2026-01-${day}T10:00`],
        [`b${day}`, `2026-01-${day}T10:01`],
      ]),
    );
    for (const day of ["24", "25", "26", "27"]) await seal(`2026-01-${day}T12:00`);
    const { d1 } = county.deps;
    await expect(d1.prepare("UPDATE audit SET actor = 'nobody' WHERE id = 'a24'").run()).rejects.toThrow(
      "append-only",
    );
    await expect(d1.prepare("DELETE FROM audit WHERE id = 'a24'").run()).rejects.toThrow("append-only");
    await d1.batch([
      d1.prepare("DROP TRIGGER audit_never_changed"),
      d1.prepare("DROP TRIGGER audit_never_removed"),
    ]);
    await d1.prepare("UPDATE audit SET actor = 'nobody' WHERE id = 'a24'").run();
    await d1.prepare("DELETE FROM audit WHERE id = 'a25'").run();
    await acts(["mallory", "2026-01-26T10:00:30"]);
    expect(await verified()).toEqual([
      ["2026-01-24/1", "altered"],
      ["2026-01-25/1", "missing", 1, undefined],
      ["2026-01-26/1", "added", 1, "mallory"],
      ["2026-01-27/1", "ok"],
    ]);
  });

  it("tells when a part was taken out, and when one was made again without the key", async () => {
    await acts(["a", "2026-01-25T10:00"], ["b", "2026-01-25T10:20"], ["c", "2026-01-25T10:40"]);
    for (const iso of ["2026-01-25T10:10", "2026-01-25T10:30", "2026-01-25T10:50"]) await seal(iso);
    const { d1 } = county.deps;
    await d1.prepare("DELETE FROM audit_seal WHERE part = 2").run();
    expect(await verified()).toEqual([
      ["2026-01-25/1", "ok"],
      ["2026-01-25/3", "broken", "uncovered 1"],
    ]);
    await d1
      .prepare(
        "UPDATE audit_seal SET part = 2, after_at = (SELECT upto_at FROM audit_seal WHERE part = 1), rows = 2 WHERE part = 3",
      )
      .run();
    expect(await verified()).toEqual([
      ["2026-01-25/1", "ok"],
      ["2026-01-25/2", "altered"],
    ]);
  });

  it("is not held up by a row of tomorrow, and tells of one that came late", async () => {
    await acts(["a", "2026-01-25T10:00"], ["tomorrow", "2026-01-26T16:01"]);
    expect(await seal("2026-01-25T10:10")).toBe(1);
    await acts(["b", "2026-01-25T10:15"], ["late", "2026-01-25T09:59"]);
    expect(await seal("2026-01-25T10:30")).toBe(1);
    expect(await verified()).toEqual([
      ["2026-01-25/1", "added", 1, "late"],
      ["2026-01-25/2", "ok"],
    ]);
    expect(await seal("2026-01-26T16:30")).toBe(1);
  });

  it("still verifies what was sealed before the secret changed", async () => {
    await acts(["a", "2026-01-25T10:00"]);
    await seal("2026-01-25T10:10");
    const next = "bmV3LXRlc3Qtc2VjcmV0LW5ldmVyLXVzZWQtaW4tcHJvZDA";
    await acts(["b", "2026-01-25T10:20"]);
    const rotated = await createPrivacy(next, TEST_SECRET);
    await sealAudit({ ...county.deps, privacy: rotated }, moment("2026-01-25T10:30"));
    expect(await verified(rotated)).toEqual([
      ["2026-01-25/1", "ok"],
      ["2026-01-25/2", "ok"],
    ]);
    await expect(verified(await createPrivacy(next))).rejects.toThrow("unknown key");
  });

  it("is part of the minute's run, by the clock on the wall", async () => {
    await acts(["a", "2026-01-25T10:00"]);
    await runScheduled(county.deps, moment("2026-01-27T16:01"), () => moment("2026-01-25T10:03"));
    expect(await parts()).toEqual([]);
    await runScheduled(county.deps, moment("2026-01-25T10:10"));
    expect(await parts()).toEqual(["2026-01-25/1: 1"]);
  });
});
