import { beforeEach, describe, expect, it } from "vitest";
import { findHousehold, listWaiting } from "../../src/db/household.ts";
import { verifyHousehold } from "../../src/http/submit.ts";
import { amina, household } from "../support/cast.ts";
import { zero } from "../support/meter.ts";
import { problemFrom, register, rowsOf } from "../support/records.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
});

describe("Wu verifies a household", () => {
  const owedRegistrations = async () =>
    (await rowsOf(county, "obligation")).filter(({ kind }) => kind === "registration");
  const verify = (id: string, more: Partial<Parameters<typeof verifyHousehold>[1]> = {}) =>
    verifyHousehold(county.deps, {
      ...{ id, unitCode: "511781100001", actor: "link-hash", outcome: "found", lang: "en" },
      ...more,
    });

  it("and the obligation is met in the same batch, with a line in the history", async () => {
    const { caseNumber } = await register(county.deps, household([amina()]));
    county.setNow("2026-01-25T11:00:00+08:00");
    zero(county.meter);
    await verify(caseNumber, { note: "本人在家（示例）", occurredAt: new Date("2026-01-25T10:45:00+08:00") });
    expect(county.meter.batches).toBe(1);
    const at = new Date("2026-01-25T10:45:00+08:00");
    const now = new Date("2026-01-25T11:00:00+08:00");
    expect(await findHousehold(county.deps, caseNumber)).toMatchObject({
      verifiedAt: at,
      verifiedRecordedAt: now,
      verifyOutcome: "found",
      verification: { actor: "link-hash", note: "本人在家（示例）" },
    });
    expect(await owedRegistrations()).toEqual([
      expect.objectContaining({ met_at: at.getTime(), met_recorded_at: now.getTime(), next_due_at: null }),
    ]);
    expect(await rowsOf(county, "audit")).toEqual([
      expect.objectContaining({
        actor: "link-hash",
        act: "verify-household/found",
        subject_id: caseNumber,
        unit_code: "511781100001",
        recorded_at: now.getTime(),
      }),
    ]);
    expect(await listWaiting(county.deps, "511781", 10)).toEqual([]);
  });

  it("and of ten who say so at once one is heard", async () => {
    const { caseNumber } = await register(county.deps, household([amina()]));
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) => verify(caseNumber, { actor: `hash-${at}` })),
    );
    expect(answers.filter((answer) => answer.status === "fulfilled")).toHaveLength(1);
    expect(await rowsOf(county, "audit")).toHaveLength(1);
    const winner = (await findHousehold(county.deps, caseNumber))?.verification?.actor;
    expect((await rowsOf(county, "audit"))[0]?.actor).toBe(winner);
    expect(await problemFrom(verify(caseNumber))).toMatchObject({ code: "already-settled", status: 409 });
  });

  it("but not a household outside his village, and not one that does not exist", async () => {
    const { caseNumber } = await register(county.deps, household([amina()]));
    for (const [id, unitCode] of [
      [caseNumber, "511781100002"],
      [caseNumber, "511781101"],
      [caseNumber, ""],
      ["WY-0000-0000", "511781"],
    ] as const) {
      expect(await problemFrom(verify(id, { unitCode }))).toMatchObject({
        code: "case-not-found",
        status: 404,
      });
    }
    expect((await owedRegistrations())[0]?.met_at).toBeNull();
    expect(await rowsOf(county, "audit")).toEqual([]);
    await verify(caseNumber, { unitCode: "511781" });
    expect((await owedRegistrations())[0]?.met_at).not.toBeNull();
  });

  it("but not tomorrow, and not before the registration", async () => {
    const { caseNumber } = await register(county.deps, household([amina()]));
    for (const [iso, code] of [
      ["2026-01-26T10:00:00+08:00", "future"],
      ["2026-01-25T09:00:00+08:00", "before-registration"],
    ] as const) {
      expect(await problemFrom(verify(caseNumber, { occurredAt: new Date(iso) }))).toMatchObject({
        status: 422,
        errors: [{ path: "occurredAt", code }],
      });
    }
    expect((await findHousehold(county.deps, caseNumber))?.verifiedAt).toBeNull();
  });
});
