import { beforeEach, describe, expect, it } from "vitest";
import { findBatch } from "../../src/db/batch.ts";
import { applyPiece, checkPiece } from "../../src/db/batch-step.ts";
import { LI, post, seedKeys, ZHOU } from "../support/api.ts";
import { listed, listFile } from "../support/batch.ts";
import { deskOf } from "../support/desk.ts";
import { zero } from "../support/meter.ts";
import { rowsOf } from "../support/records.ts";
import { sampleId } from "../support/sheet.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/*
 * POST /api/v1/batches: a bureau's program sends its list, in bounded requests, and asks how it stands.
 */
let county: TestCounty;
beforeEach(async () => {
  county = await openCounty("2026-01-27T10:00:00+08:00");
  await seedUnits(county);
  await seedKeys(county);
});
const key = (name: string) => ({ Authorization: `Bearer ${name}` });
const sends = (body: unknown, who = ZHOU) => county.fetch("/api/v1/batches", post(body, key(who)));
const asks = (path: string, who = ZHOU) => county.fetch(`/api/v1/batches/${path}`, { headers: key(who) });
type Told = {
  id: string;
  state: string;
  rows: number;
  results: Record<"new" | "known" | "conflicting" | "rejected", number>;
  progress: { lastRow: number; stored: number; checked: number; applied: number };
};
const sum = ({ results }: Told) => Object.values(results).reduce((all, n) => all + n, 0);
const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => {
    const [, name, idDocument, phone, town, village, address] = listed(n);
    return { name, idDocument, phone, town, village, address };
  });

it("takes ten thousand rows, one in twenty spoiled, in bounded requests, and loses none of the good ones", async () => {
  const spoil = (n: number, row: ReturnType<typeof rows>[number]) =>
    n % 20 !== 7
      ? row
      : n % 40 === 7
        ? { ...row, idDocument: "5.11781E+17", phone: "", village: "", town: "", address: "" }
        : { ...row, name: "" };
  const list = rows(10_000).map((row, n) => spoil(n, row));
  zero(county.meter);
  const began = performance.now();
  const answer = await sends({ source: "education", label: "示例大名单", rows: list });
  expect(answer.status).toBe(201);
  const received = { ms: performance.now() - began, ...county.meter };
  let told = (await answer.json()) as Told;
  expect(told).toMatchObject({ state: "checking", rows: 10_000, progress: { stored: 10_000, checked: 500 } });
  // Twenty pieces of two statements, and the first that is checked.
  expect(received.queries).toBeLessThanOrEqual(60);
  const costs: number[] = [];
  const queries: number[] = [];
  while (told.state === "checking") {
    zero(county.meter);
    told = await (await asks(told.id)).json();
    costs.push(county.meter.read, county.meter.written);
    queries.push(county.meter.queries);
  }
  expect(queries).toHaveLength(19);
  expect(Math.max(...queries)).toBeLessThanOrEqual(12);
  expect(Math.max(...costs)).toBeLessThanOrEqual(500 * 12);
  expect(told).toMatchObject({ state: "ready", results: { new: 9_500, known: 0, rejected: 500 } });
  expect(sum(told)).toBe(10_000);

  // Agreed to at the desk, written out piece by piece; a crash in between writes nothing twice and loses nothing.
  const clerk = await deskOf(county).signIn("clerk", "511781");
  const { version } = (await findBatch(county.deps, told.id)) ?? {};
  await clerk.post(`/desk/batches/${told.id}/confirm`, { version: `${version}` });
  const { deps } = county;
  const now = deps.now();
  const stale = await findBatch(deps, told.id);
  if (!stale) throw new Error("no such list");
  await Promise.all([0, 1, 2].map(() => applyPiece(deps, stale, { now, settings: deps.settings })));
  expect((await findBatch(deps, told.id))?.appliedUpTo).toBeLessThan(600);
  for (let step = 0; step < 19; step++) {
    zero(county.meter);
    told = await (await asks(told.id)).json();
    expect(county.meter.written).toBeLessThanOrEqual(500 * 8);
  }
  expect(told.state).toBe("open");
  const count = await deps.d1
    .prepare("SELECT COUNT(*) AS n FROM obligation WHERE kind = 'listed'")
    .first<{ n: number }>();
  expect(count?.n).toBe(9_500);
}, 60_000);

it("does a piece once, however many are at it, and leaves it undone when it breaks off", async () => {
  const { id } = (await (await sends({ source: "health", label: "示例", rows: rows(1_200) })).json()) as Told;
  const { deps } = county;
  const one = await findBatch(deps, id);
  if (!one) throw new Error("no such list");
  const step = { today: "2026-01-27", settings: deps.settings };
  await Promise.all([1, 2, 3].map(() => checkPiece(deps, one, step)));
  const after = await findBatch(deps, id);
  expect([after?.checkedUpTo, after?.newRows]).toEqual([1_000, 1_000]);
  // The database fails in the middle of the batch: nothing of the piece stands.
  const { d1 } = deps;
  await d1
    .prepare(
      "CREATE TRIGGER fails BEFORE UPDATE OF checked_up_to ON batch BEGIN SELECT RAISE(ABORT, '示例'); END",
    )
    .run();
  if (!after) throw new Error("no such list");
  await expect(checkPiece(deps, after, step)).rejects.toThrow();
  expect((await rowsOf(county, "batch_row")).filter(({ result }) => result !== null)).toHaveLength(1_000);
  await d1.prepare("DROP TRIGGER fails").run();
  await checkPiece(deps, after, step);
  expect((await findBatch(deps, id))?.newRows).toBe(1_200);
});

it("is not slowed by a list in which everybody is the same person, or has the school's number", async () => {
  const same = rows(2_000).map((row, n) =>
    n % 2 ? { ...row, phone: "13900000000" } : { ...row, ...rows(1)[0] },
  );
  let told = (await (await sends({ source: "education", label: "示例", rows: same })).json()) as Told;
  while (told.state === "checking") {
    zero(county.meter);
    told = await (await asks(told.id)).json();
    expect(county.meter.read).toBeLessThanOrEqual(500 * 12);
  }
  expect(told.results).toEqual({ new: 1_001, known: 999, conflicting: 0, rejected: 0 });
});

it("takes the file itself, matches what it knows, and leaves the rest to a person at the desk", async () => {
  const send = (bytes: Uint8Array, type = "text/csv") =>
    county.fetch(`/api/v1/batches?${new URLSearchParams({ source: "education", label: "示例" })}`, {
      method: "POST",
      headers: { ...key(LI), "Content-Type": type },
      body: new Uint8Array(bytes),
    });
  const file = listFile([listed(0), listed(1)], "gb18030");
  const first = await send(file);
  expect(first.status).toBe(201);
  const told = (await first.json()) as Told;
  expect(told).toMatchObject({ state: "ready", results: { new: 2 } });
  const again = await send(file);
  expect([again.status, ((await again.json()) as Told).id]).toEqual([201, told.id]);
  const odd = (await (
    await send(listFile([listed(2)], "utf-8", ["甲", "乙", "丙", "丁", "戊", "己", "庚"]))
  ).json()) as Told;
  expect(odd.state).toBe("columns");
  expect((await send(file, "image/png")).status).toBe(415);
});

it("tells the rows, a page at a time, without a word of who they are", async () => {
  const list = [...rows(600), { ...rows(1)[0], name: "示例末", idDocument: "5.1E+17", phone: "" }];
  const { id } = (await (await sends({ source: "police", label: "示例", rows: list })).json()) as Told;
  await asks(id);
  const first = (await (await asks(`${id}/rows`)).json()) as { rows: { row: number }[]; next: number };
  expect([first.rows.length, first.next]).toEqual([500, 500]);
  const text = await (await asks(`${id}/rows?after=500`)).text();
  expect(text).not.toMatch(/示例|139100/);
  expect(text).not.toContain(sampleId(1));
  const last = JSON.parse(text) as { rows: unknown[]; next: null };
  expect(last.next).toBeNull();
  expect(last.rows.at(-1)).toEqual({
    ...{ row: 601, result: "new", faults: [{ column: "B", code: "exponent" }], unit: "511781100001" },
    ...{ outcome: null, outcomeAt: null, registered: null },
  });
  expect((await asks(`${id}/rows?result=lost`)).status).toBe(422);
  expect((await asks(`${id}/rows?after=x`)).status).toBe(400);
});

describe("what is refused", () => {
  it("keeps a key to its subtree", async () => {
    const { id } = (await (await sends({ source: "health", label: "示例", rows: rows(2) })).json()) as Told;
    for (const path of [id, `${id}/rows`, "PC-0000-0000", "x"])
      expect((await asks(path, LI)).status).toBe(404);
    expect((await sends({ source: "health", label: "示例", unit: "511781", rows: rows(2) }, LI)).status).toBe(
      403,
    );
    expect((await county.fetch(`/api/v1/batches/${id}`)).status).toBe(401);
    expect((await county.fetch("/api/v1/batches", post({ rows: [] }))).status).toBe(401);
  });

  it.each([
    ["no source", { label: "示例", rows: [{ name: "示例", phone: "13900000001" }] }, 422],
    [
      "a unit that is no text",
      { source: "health", label: "示例", unit: { toString: 1 }, rows: rows(1) },
      403,
    ],
    [
      "a unit that is not there",
      { source: "health", label: "示例", unit: "511781999999", rows: rows(1) },
      422,
    ],
    ["no label", { source: "health", rows: [{ name: "示例", phone: "13900000001" }] }, 422],
    ["no rows", { source: "health", label: "示例", rows: [] }, 422],
    ["rows that are no objects", { source: "health", label: "示例", rows: ["示例"] }, 422],
    ["a field nobody knows", { source: "health", label: "示例", rows: [{ name: "示例", salary: "1" }] }, 422],
    [
      "a value that is no text",
      { source: "health", label: "示例", rows: [{ name: ["示例"], phone: "1" }] },
      422,
    ],
    ["nothing to look by", { source: "health", label: "示例", rows: [{ name: "示例" }] }, 422],
    [
      "too many",
      { source: "health", label: "示例", rows: Array(10_001).fill({ name: "示", phone: "1" }) },
      413,
    ],
  ])("says what to mend, and writes nothing: %s", async (_, body, status) => {
    const answer = await sends(body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("Content-Type")).toContain("application/problem+json");
    expect(await rowsOf(county, "batch")).toEqual([]);
  });
});
