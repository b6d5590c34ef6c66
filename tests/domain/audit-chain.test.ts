import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AuditRow,
  digestOf,
  faultOf,
  partAfter,
  type Seal,
  sealedBytes,
  takenBy,
} from "../../src/domain/audit-chain.ts";

const ZONE = "Asia/Shanghai";
const at = (iso: string) => ({ recordedAt: Date.parse(`${iso}+08:00`) });

const row = (id: string, more: Partial<AuditRow> = {}): AuditRow => ({
  ...{ id, actor: "official/1", act: "reveal-person", subjectId: "WY-0217-4486-1" },
  ...{ unitCode: "511781100001", detail: null, sealed: null, ...at("2026-01-25T10:00") },
  ...more,
});
const sign = async (bytes: Uint8Array) =>
  Buffer.from(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toString("base64url");
const digests = (rows: AuditRow[]) =>
  Promise.all(rows.map(async (one) => ({ id: one.id, digest: await digestOf(one) })));

/** The first part of a day over these rows. */
async function sealed(rows: AuditRow[]): Promise<Seal> {
  const seal = { date: "2026-01-25", part: 1, afterAt: -1, uptoAt: 5, rows: rows.length, recordedAt: 9 };
  const bytes = sealedBytes(
    "",
    seal,
    (await digests(rows)).map(({ digest }) => digest),
  );
  return { ...seal, hash: await sign(bytes) };
}

describe("where a part of the chain ends", () => {
  it("ends with the first row's own day", () => {
    const rows = [at("2026-01-25T23:59:59.999"), at("2026-01-26T00:00"), at("2026-01-26T00:01")];
    expect(takenBy(rows, false, ZONE)).toBe(1);
    expect(takenBy(rows.slice(1), false, ZONE)).toBe(2);
    expect(takenBy([], false, ZONE)).toBe(0);
  });

  it("takes no moment in part while more stand behind", () => {
    const rows = [at("2026-01-25T10:00"), at("2026-01-25T10:01"), at("2026-01-25T10:01")];
    expect(takenBy(rows, true, ZONE)).toBe(1);
    expect(takenBy(rows.slice(1), true, ZONE)).toBe(0);
    expect(takenBy(rows.slice(1), false, ZONE)).toBe(2);
  });

  it("counts parts anew each day", () => {
    expect(partAfter(undefined, "2026-01-25")).toBe(1);
    expect(partAfter({ date: "2026-01-25", part: 4 }, "2026-01-25")).toBe(5);
    expect(partAfter({ date: "2026-01-25", part: 4 }, "2026-01-26")).toBe(1);
  });
});

describe("a part looked at again", () => {
  const rows = ["a", "b", "c"].map((id) => row(id));

  it("holds while nobody touched it", async () => {
    expect(await faultOf(await sealed(rows), undefined, await digests(rows), sign)).toBeUndefined();
  });

  it("tells that a row is missing, that one was added and which, and that one was altered", async () => {
    const seal = await sealed(rows);
    const told = async (found: AuditRow[]) => faultOf(seal, undefined, await digests(found), sign);
    expect(await told(rows.slice(1))).toEqual({ kind: "missing", count: 1 });
    expect(await told([...rows, row("mallory")])).toEqual({ kind: "added", count: 1, id: "mallory" });
    expect(await told([...rows, row("m"), row("n")])).toEqual({ kind: "added", count: 2 });
    expect(await told([row("a"), row("b", { unitCode: "511781100002" }), row("c")])).toEqual({
      kind: "altered",
    });
    // One out, another in: as many as before.
    expect(await told([row("a"), row("b"), row("mallory")])).toEqual({ kind: "altered" });
  });

  it("tells that the part before it was taken away", async () => {
    const seal = { ...(await sealed(rows)), part: 2 };
    expect(await faultOf(seal, undefined, await digests(rows), sign)).toEqual({ kind: "broken" });
    const later = { ...(await sealed(rows)), afterAt: 4 };
    expect(await faultOf(later, undefined, await digests(rows), sign)).toEqual({ kind: "broken" });
  });

  it("stands by every column of every row, whatever is written in it", async () => {
    const text = fc.string({ unit: "binary" });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("id", "actor", "act", "subjectId", "unitCode", "detail", "sealed"),
        text,
        text,
        async (column, before, after) => {
          const [one, other] = await Promise.all(
            [before, after].map((value) => digestOf(row("a", { [column]: value }))),
          );
          expect(Buffer.from(one as Uint8Array).equals(other as Uint8Array)).toBe(before === after);
        },
      ),
      { numRuns: 200 },
    );
  });
});
