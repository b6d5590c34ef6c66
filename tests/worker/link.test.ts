import { beforeEach, describe, expect, it } from "vitest";
import {
  type LinkPurpose,
  mintLink,
  openLink,
  revocation,
  revokeLink,
  unitLinkToken,
} from "../../src/db/link.ts";
import { hashToken } from "../../src/db/privacy.ts";
import { runBatch } from "../../src/db/store.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { zero } from "../support/meter.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
});

const at = (iso: string) => new Date(iso);
async function mint(purpose: LinkPurpose, nonce: string, more: { expiresAt?: Date; recordedAt?: Date } = {}) {
  const { token, statement } = await mintLink(county.deps, {
    ...{ purpose, unitCode: "511781100001", subjectId: "P-0031", nonce, recordedAt: county.deps.now() },
    ...more,
  });
  await runBatch(county.deps.db, [statement]);
  return token;
}
const open = (token: string, purpose: LinkPurpose = "poster") =>
  openLink(county.deps, token, purpose, county.deps.now());
const codeFrom = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof ProblemError ? [error.problem.code, error.problem.status] : error;
};

describe("a link", () => {
  it("is 22 characters that open its unit and its posting point, and is stored as a hash", async () => {
    const token = await mint("poster", "n-1");
    expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(await open(token)).toEqual({ unitCode: "511781100001", subjectId: "P-0031" });
    const { results } = await county.deps.d1.prepare("SELECT * FROM link").all();
    expect(results).toEqual([expect.objectContaining({ token_hash: await hashToken(token), nonce: "n-1" })]);
    expect(JSON.stringify(results)).not.toContain(token);
  });

  it("opens one kind of door only", async () => {
    const token = await mint("poster", "n-1");
    expect(await codeFrom(open(token, "unit"))).toEqual(["link-unknown", 404]);
    expect(await codeFrom(open(token, "person"))).toEqual(["link-unknown", 404]);
  });

  it("that Mallory makes up is refused, and the database is not asked when it cannot be one", async () => {
    const token = await mint("poster", "n-1");
    zero(county.meter);
    for (const broken of [
      "",
      "x",
      `${token}x`,
      token.slice(1),
      "../../etc/passwd",
      `${token.slice(0, 21)}=`,
    ]) {
      expect(await codeFrom(open(broken))).toEqual(["link-unknown", 404]);
    }
    expect(county.meter.queries).toBe(0);
    expect(await codeFrom(open("A".repeat(22)))).toEqual(["link-unknown", 404]);
    expect(county.meter.queries).toBe(1);
  });

  it("ends at its moment, not a minute before", async () => {
    const token = await mint("poster", "n-1", { expiresAt: at("2026-01-25T12:00:00+08:00") });
    county.setNow("2026-01-25T11:59:59+08:00");
    expect((await open(token)).unitCode).toBe("511781100001");
    county.setNow("2026-01-25T12:00:00+08:00");
    expect(await codeFrom(open(token))).toEqual(["link-expired", 410]);
  });

  it("taken out of use stays out of use, since the first time it was", async () => {
    const token = await mint("poster", "n-1");
    expect(await revokeLink(county.deps, token, at("2026-01-25T10:00:00+08:00"))).toBe(true);
    expect(await codeFrom(open(token))).toEqual(["link-revoked", 410]);
    expect(await revokeLink(county.deps, token, at("2026-01-25T11:00:00+08:00"))).toBe(false);
    const row = await county.deps.d1.prepare("SELECT revoked_at FROM link").first();
    expect(row).toEqual({ revoked_at: at("2026-01-25T10:00:00+08:00").getTime() });
    expect(await revokeLink(county.deps, "A".repeat(22), county.deps.now())).toBe(false);
  });

  it("of a unit's own goes with all the others of that unit, and with no poster and no other unit's", async () => {
    const [first, second, poster] = [
      await mint("unit", "n-1"),
      await mint("unit", "n-2"),
      await mint("poster", "n-3"),
    ];
    const { token: other, statement } = await mintLink(county.deps, {
      ...{ purpose: "unit", unitCode: "511781100002", nonce: "n-4", recordedAt: county.deps.now() },
    });
    await runBatch(county.deps.db, [statement]);
    await revocation(county.deps.db, { unitCode: "511781100001" }, county.deps.now());
    for (const token of [first, second])
      expect(await codeFrom(open(token, "unit"))).toEqual(["link-revoked", 410]);
    expect((await open(poster)).subjectId).toBe("P-0031");
    expect((await open(other, "unit")).unitCode).toBe("511781100002");
  });

  it("of a unit that does not exist is refused by the database", async () => {
    const { statement } = await mintLink(county.deps, {
      ...{ purpose: "unit", unitCode: "999999", nonce: "n", recordedAt: county.deps.now() },
    });
    await expect(runBatch(county.deps.db, [statement])).rejects.toThrow(/FOREIGN KEY/);
  });
});

describe("the link in a unit's messages", () => {
  it("is the newest in use", async () => {
    expect(await unitLinkToken(county.deps, "511781100001", county.deps.now())).toBeUndefined();
    await mint("poster", "n-0");
    expect(await unitLinkToken(county.deps, "511781100001", county.deps.now())).toBeUndefined();
    const first = await mint("unit", "n-1", { recordedAt: at("2026-01-20T00:00:00+08:00") });
    expect(await unitLinkToken(county.deps, "511781100001", county.deps.now())).toBe(first);
    const second = await mint("unit", "n-2", { recordedAt: at("2026-01-21T00:00:00+08:00") });
    expect(await unitLinkToken(county.deps, "511781100001", county.deps.now())).toBe(second);
    await revokeLink(county.deps, second, county.deps.now());
    expect(await unitLinkToken(county.deps, "511781100001", county.deps.now())).toBe(first);
    expect(await unitLinkToken(county.deps, "511781100002", county.deps.now())).toBeUndefined();
    expect((await open(first, "unit")).unitCode).toBe("511781100001");
  });

  it("is none that has ended", async () => {
    await mint("unit", "n-1", { expiresAt: at("2026-01-25T09:00:00+08:00") });
    expect(await unitLinkToken(county.deps, "511781100001", county.deps.now())).toBeUndefined();
  });

  it("cannot be derived for a person: nothing is kept to derive it from", async () => {
    const token = await mint("person", "client-id");
    expect((await open(token, "person")).subjectId).toBe("P-0031");
    expect(await county.deps.d1.prepare("SELECT nonce FROM link").first()).toEqual({ nonce: null });
  });
});
