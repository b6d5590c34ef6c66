import { beforeEach, describe, expect, it } from "vitest";
import { addContact } from "../../src/db/contact.ts";
import { findHousehold, listWaiting } from "../../src/db/household.ts";
import { openLink } from "../../src/db/link.ts";
import { runBatch } from "../../src/db/store.ts";
import { deriveDigits } from "../../src/db/submission.ts";
import { checkCaseNumber, makeCaseNumber } from "../../src/domain/identity.ts";
import type { RegistrationValues } from "../../src/domain/registration.ts";
import { submitRegistration } from "../../src/http/submit.ts";
import { amina, bashir, chen, clientId, dawa, household } from "../support/cast.ts";
import { zero } from "../support/meter.ts";
import { countsOf, NOTHING, problemFrom, register, rowsOf } from "../support/records.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
});

describe("Amina registers", () => {
  it("in one batch that reads at most 10 rows and writes at most 14", async () => {
    zero(county.meter);
    await register(county.deps, household([amina()]));
    expect(county.meter.batches).toBe(1);
    expect(county.meter.queries).toBe(5);
    expect(county.meter.read).toBeLessThanOrEqual(10);
    expect(county.meter.written).toBeLessThanOrEqual(14);
  });

  it("in no more when the same phone and document were registered two hundred times before", {
    timeout: 60_000,
  }, async () => {
    for (let client = 1; client <= 200; client++) await register(county.deps, household([amina()]), client);
    zero(county.meter);
    await register(county.deps, household([amina()]), 201);
    expect(county.meter).toMatchObject({ batches: 1, queries: 5 });
    expect(county.meter.read).toBeLessThanOrEqual(10);
    expect(county.meter.written).toBeLessThanOrEqual(14);
  });

  it("with her family of three in one batch still", async () => {
    zero(county.meter);
    const receipt = await register(county.deps, household([amina(), bashir(), dawa()]));
    expect(county.meter.batches).toBe(1);
    expect(county.meter.written).toBeLessThanOrEqual(14 + 2 * 3);
    expect(receipt.persons).toBe(3);
    expect((await rowsOf(county, "person")).map((row) => row.id)).toEqual(
      [1, 2, 3].map((place) => `${receipt.caseNumber}-${place}`),
    );
  });

  it("and twenty persons fit into a household", async () => {
    const twenty = Array.from({ length: 20 }, () => bashir());
    const { caseNumber } = await register(county.deps, household(twenty));
    expect((await findHousehold(county.deps, caseNumber))?.people.map((one) => one.id)).toEqual(
      twenty.map((_, at) => `${caseNumber}-${at + 1}`),
    );
  });

  it("and gets a case number that checks, a promise of two hours and her own link", async () => {
    const receipt = await register(county.deps, household([amina()]));
    expect(checkCaseNumber(receipt.caseNumber)).toBe(receipt.caseNumber);
    expect(receipt).toMatchObject({
      persons: 1,
      unitCode: "511781100001",
      recordedAt: new Date("2026-01-25T10:00:00+08:00"),
      verifyDueAt: new Date("2026-01-25T12:00:00+08:00"),
      urgent: false,
    });
    expect(await openLink(county.deps, receipt.token, "person", county.deps.now())).toEqual({
      unitCode: "511781100001",
      subjectId: receipt.caseNumber,
    });
    const [link] = await rowsOf(county, "link");
    expect(link).toMatchObject({ nonce: null, purpose: "person" });
    expect(link?.token_hash).not.toBe(receipt.token);
  });

  it("and her village owes a verification", async () => {
    const { caseNumber, verifyDueAt } = await register(county.deps, household([amina()]));
    expect(await rowsOf(county, "obligation")).toEqual([
      expect.objectContaining({
        id: `registration/${caseNumber}`,
        unit_code: "511781100001",
        due_at: verifyDueAt.getTime(),
        met_at: null,
      }),
    ]);
    expect(await listWaiting(county.deps, "511781100", 10)).toEqual([
      expect.objectContaining({
        id: caseNumber,
        details: expect.objectContaining({ address: "示例一组 12 号", phone: "13900000001" }),
        people: [expect.objectContaining({ name: "阿米娜·示例", temperature: 365, symptomatic: false })],
      }),
    ]);
    for (const elsewhere of ["511781101", ""])
      expect(await listWaiting(county.deps, elsewhere, 10)).toEqual([]);
  });

  it("at a poster, which is counted apart", async () => {
    const values = household([amina()]);
    await submitRegistration(county.deps, {
      ...{
        clientId: clientId(1),
        values,
        door: "poster",
        unitCode: "511781100002",
        postingPointId: "P-0031",
      },
    });
    expect((await rowsOf(county, "household"))[0]).toMatchObject({
      posting_point_id: "P-0031",
      unit_code: "511781100002",
    });
    expect((await rowsOf(county, "submission"))[0]).toMatchObject({ door: "poster", form: "registration" });
  });
});

describe("the same submission again", () => {
  it("answers as the first time, an hour later too", async () => {
    const values = household([amina(), chen()]);
    const first = await register(county.deps, values);
    const before = await countsOf(county);
    county.setNow("2026-01-25T11:00:00+08:00");
    expect(await register(county.deps, structuredClone(values))).toEqual(first);
    expect(first.urgent).toBe(true);
    expect(await countsOf(county)).toEqual(before);
  });

  it("is the same with its client id in capitals and its answers in another order", async () => {
    const { persons, ...rest } = household([amina()]);
    const first = await register(county.deps, { ...rest, persons });
    const again = Object.fromEntries(Object.entries({ persons, ...rest }).reverse()) as RegistrationValues;
    const request = { values: again, door: "api", unitCode: again.unit } as const;
    expect(
      await submitRegistration(county.deps, { ...request, clientId: clientId(1).toUpperCase() }),
    ).toEqual(first);
  });

  it("with other content is refused, and the first stands", async () => {
    const { caseNumber } = await register(county.deps, household([amina()]));
    const problem = await problemFrom(register(county.deps, household([amina({ name: "别人·示例" })])));
    expect(problem).toMatchObject({ code: "content-differs", status: 409 });
    const elsewhere = household([amina()], { unit: "511781100002" });
    expect(await problemFrom(register(county.deps, elsewhere))).toMatchObject({ code: "content-differs" });
    expect((await findHousehold(county.deps, caseNumber))?.people[0]?.name).toBe("阿米娜·示例");
    expect(await rowsOf(county, "household")).toHaveLength(1);
  });

  it("four hundred times at once is stored once, and all get one receipt", async () => {
    const values = household([amina(), bashir()]);
    const receipts = await Promise.all(Array.from({ length: 400 }, () => register(county.deps, values)));
    for (const receipt of receipts) expect(receipt).toEqual(receipts[0]);
    expect(await countsOf(county)).toEqual([1, 1, 2, 1, 1, 0, 0, 0]);
  }, 60_000);
});

describe("the case number", () => {
  const numberOf = async (client: number, attempt: number) =>
    makeCaseNumber(
      "WY",
      await deriveDigits(county.deps.privacy, "case-number", `${clientId(client)}/${attempt}`, 7),
    );
  const take = async (id: string) =>
    county.deps.d1
      .prepare(
        `INSERT INTO household (id, submission_id, unit_code, filled_by, source, origin, transit_wuhan, arrived_at,
           persons, sealed, recorded_at, verify_due_at)
         VALUES (?, 'x', '511781100001', 'self', 'self_report', 'hubei', 0, 0, 0, 'x', 0, 0)`,
      )
      .bind(id)
      .run();

  it("is drawn again when another household has it", async () => {
    await take(await numberOf(1, 0));
    await take(await numberOf(1, 1));
    const receipt = await register(county.deps, household([amina()]));
    expect(receipt.caseNumber).toBe(await numberOf(1, 2));
    expect(await register(county.deps, household([amina()]))).toEqual(receipt);
    expect(await rowsOf(county, "person")).toHaveLength(1);
  });

  it("is not drawn for ever", async () => {
    for (let attempt = 0; attempt < 5; attempt++) await take(await numberOf(1, attempt));
    expect(await problemFrom(register(county.deps, household([amina()])))).toMatchObject({ status: 503 });
    expect(await rowsOf(county, "submission")).toHaveLength(0);
  });
});

describe("what cannot be taken", () => {
  it("is an unknown unit: a clear error beside the question, and nothing written", async () => {
    const values = household([chen()], { unit: "511781999999" });
    expect(await problemFrom(register(county.deps, values))).toMatchObject({
      status: 422,
      errors: [{ path: "unit", code: "unit-not-found", message: "There is no such unit. Choose another." }],
    });
    expect(await countsOf(county)).toEqual(NOTHING);
  });

  it("is a client id that is none, or one document on two persons", async () => {
    const values = household([amina(), dawa({ document: amina().document })]);
    expect(await problemFrom(register(county.deps, values))).toMatchObject({
      status: 422,
      errors: [{ path: "persons.1.document", code: "repeated" }],
    });
    const request = {
      clientId: "7",
      values: household([amina()]),
      door: "api",
      unitCode: "511781100001",
    } as const;
    expect(await problemFrom(submitRegistration(county.deps, request))).toMatchObject({
      errors: [{ path: "clientId", code: "uuid" }],
    });
    expect(await countsOf(county)).toEqual(NOTHING);
  });
});

describe("a person already registered", () => {
  it("is linked to the earliest by document and by phone, and the receipt says nothing of it", async () => {
    const first = await register(county.deps, household([amina()]));
    county.setNow("2026-01-25T10:30:00+08:00");
    const second = await register(
      county.deps,
      household([bashir(), amina({ name: "阿米娜（又一次）·示例" })]),
      2,
    );
    county.setNow("2026-01-25T10:40:00+08:00");
    const third = await register(county.deps, household([amina()], { phone: "13900000002" }), 3);
    const again = await findHousehold(county.deps, second.caseNumber);
    expect(again?.samePhoneAs).toBe(first.caseNumber);
    expect(again?.people.map((one) => one.duplicateOf)).toEqual([null, `${first.caseNumber}-1`]);
    const last = await findHousehold(county.deps, third.caseNumber);
    expect(last?.samePhoneAs).toBeNull();
    expect(last?.people[0]?.duplicateOf).toBe(`${first.caseNumber}-1`);
    expect((await findHousehold(county.deps, first.caseNumber))?.people[0]?.duplicateOf).toBeNull();
    expect(Object.keys(second).sort()).toEqual(Object.keys(first).sort());
  });

  it("twice at once has exactly one first", async () => {
    const receipts = await Promise.all(
      Array.from({ length: 30 }, (_, client) => register(county.deps, household([amina()]), client + 1)),
    );
    const rows = await rowsOf(county, "person");
    const firsts = rows.filter((row) => row.duplicate_of === null);
    expect(rows).toHaveLength(receipts.length);
    expect(firsts).toHaveLength(1);
    const homes = await rowsOf(county, "household");
    expect(homes.filter((row) => row.same_phone_as === null)).toHaveLength(1);
  });
});

describe("Chen registers with 37.3 °C", () => {
  it("and the village, its town and the county hear at once", async () => {
    const { deps } = county;
    const recordedAt = deps.now();
    for (const [at, unitCode] of ["511781100001", "511781100", "511781", "511781101"].entries()) {
      const entry = { id: `c-${at}`, unitCode, role: "contact", lang: "zh-Hans", recordedAt } as const;
      const { statement } = await addContact(deps, {
        ...entry,
        name: `李示例${at}`,
        email: `li${at}@example.test`,
      });
      await runBatch(deps.db, [statement]);
    }
    const receipt = await register(county.deps, household([chen()]));
    expect(receipt.urgent).toBe(true);
    const outbox = await rowsOf(county, "outbox");
    expect(outbox.map((row) => row.contact_id).sort()).toEqual(["c-0", "c-1", "c-2"]);
    expect(outbox.every((row) => row.kind === "urgent" && row.ready_at === recordedAt.getTime())).toBe(true);
    expect(await rowsOf(county, "transition")).toEqual([
      expect.objectContaining({ obligation_id: `registration/${receipt.caseNumber}`, kind: "urgent" }),
    ]);
    expect((await rowsOf(county, "person"))[0]).toMatchObject({
      symptomatic: 1,
      temperature: 373,
      symptoms: 0,
    });
  });

  it("at 37.2 °C nobody is woken", async () => {
    expect((await register(county.deps, household([chen({ temperature: 37.2 })]))).urgent).toBe(false);
    expect(await rowsOf(county, "transition")).toEqual([]);
  });
});
