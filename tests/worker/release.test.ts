import { beforeEach, describe, expect, it } from "vitest";
import { findRelease } from "../../src/db/person.ts";
import { listDueForRelease, listRound } from "../../src/db/round.ts";
import { makeReceiptCode } from "../../src/domain/identity.ts";
import {
  acknowledgeMeasures,
  assignCareRole,
  endObservation,
  movePlacement,
  openObservations,
  releaseCodeOf,
  releaseIndexOf,
} from "../../src/http/submit-observation.ts";
import { minute, seedCast } from "../support/alarm.ts";
import { amina, bashir, dawa, household } from "../support/cast.ts";
import { observe, read, VILLAGE } from "../support/follow-up.ts";
import { problemFrom, register, rowsOf } from "../support/records.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
const at = (date: string, clock: string) => `2026-${date}T${clock}:00+08:00`;
const millis = (iso: string) => new Date(iso).getTime();
const owed = async (id: string) => (await rowsOf(county, "obligation")).find((row) => row.id === id);
const observation = async (id: string) => (await rowsOf(county, "observation")).find((row) => row.id === id);

describe("the village verifies a household", () => {
  beforeEach(async () => {
    county = await openCounty(at("01-25", "12:00"));
    await seedCast(county);
  });

  it("and everyone in it is observed for fourteen days from day 0, those who stayed at home from their return", async () => {
    const home = await observe(county, [dawa(), bashir({ returnee: false })]);
    expect(await observation(`${home}-1`)).toMatchObject({
      kind: "home",
      day0: "2026-01-24",
      day0_rule: "last_exposure",
      day0_evidence: "own_word",
      until_date: "2026-02-07",
      first_slot: "2026-01-25/evening",
      last_slot: "2026-02-07/evening",
      returnee: 1,
      ended_at: null,
    });
    expect(await observation(`${home}-2`)).toMatchObject({ day0: "2026-01-25", returnee: 0 });
    const kinds = (await rowsOf(county, "obligation")).map(({ kind }) => kind).sort();
    expect(kinds).toEqual([
      ...["care-role", "care-role", "care-role", "follow-up", "follow-up"],
      ...["registration", "release", "release"],
    ]);
  });

  it("and of two who verify at once one is heard and opens one observation a person", async () => {
    const { caseNumber } = await register(county.deps, household([amina(), bashir()]));
    const verify = () =>
      openObservations(county.deps, {
        caseNumber,
        scope: VILLAGE,
        actor: "wu",
        outcome: "found",
        kind: "central",
      });
    const answers = await Promise.allSettled(Array.from({ length: 5 }, verify));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await rowsOf(county, "observation")).toHaveLength(2);
    expect(await problemFrom(verify())).toMatchObject({ code: "already-settled", status: 409 });
  });

  it("and one found wrong is closed, one moved on transferred: nothing is owed for them", async () => {
    for (const [client, outcome, ending] of [
      [1, "wrong", "closed"],
      [2, "moved", "transferred"],
    ] as const) {
      const home = household([bashir()], { phone: `1390000000${client}` });
      const { caseNumber } = await register(county.deps, home, client);
      await openObservations(county.deps, { caseNumber, scope: VILLAGE, actor: "wu", outcome });
      expect(await observation(`${caseNumber}-1`)).toMatchObject({
        ending,
        ended_at: millis(at("01-25", "12:00")),
      });
      expect(await owed(`follow-up/${caseNumber}-1`)).toBeUndefined();
    }
    expect((await rowsOf(county, "obligation")).every(({ kind }) => kind === "registration")).toBe(true);
  });

  it("but not with a day 0 that does not exist, lies ahead or long ago: nothing is half-written", async () => {
    const { caseNumber } = await register(county.deps, household([amina()]));
    for (const [day0, code] of [
      ["2026-02-30", "date"],
      ["2026-01-26", "future"],
      ["2025-11-01", "too-old"],
    ] as const) {
      const verify = openObservations(county.deps, {
        caseNumber,
        scope: VILLAGE,
        actor: "wu",
        outcome: "found",
        day0,
      });
      expect(await problemFrom(verify)).toMatchObject({ status: 422, errors: [{ path: "day0", code }] });
    }
    expect(await rowsOf(county, "observation")).toEqual([]);
    expect((await owed(`registration/${caseNumber}`))?.met_at).toBeNull();
  });

  it("and a role of the care team is owed until somebody is named, by a phone that can be reached", async () => {
    const home = await observe(county, [amina()]);
    const name = (role: string, phone = "13800138000", email?: string) =>
      assignCareRole(county.deps, {
        ...{ householdId: home, role, name: "张示例", phone, scope: VILLAGE, actor: "wu", email },
      });
    expect(await problemFrom(name("general"))).toMatchObject({ errors: [{ path: "role" }] });
    expect(await problemFrom(name("doctor", "12"))).toMatchObject({ errors: [{ path: "phone" }] });
    await name("doctor", "13800138000", "doctor@sample.example");
    expect((await owed(`care-role/${home}/doctor`))?.met_at).toBe(millis(at("01-25", "12:00")));
    expect((await owed(`care-role/${home}/relative`))?.met_at).toBeNull();
    expect(JSON.stringify(await rowsOf(county, "care_role"))).not.toMatch(/张示例|13800138000/);
    await minute(county, at("01-25", "12:00"));
    county.setNow(at("01-25", "18:00"));
    await read(county, `${home}-1`, { temperature: 38 });
    const urgent = await minute(county, at("01-25", "18:00"));
    expect(urgent.filter(({ subject }) => subject.includes("紧急")).map(({ to }) => to)).toEqual([
      ...["amina", "doctor", "li", "zhou"],
    ]);
    expect((await minute(county, at("01-26", "12:00"))).map(({ to }) => to)).toContain("amina");
  });

  it("and the household acknowledges the measures once, and may be moved to hospital", async () => {
    const home = await observe(county, [amina()]);
    await acknowledgeMeasures(county.deps, { householdId: home });
    county.setNow(at("01-25", "13:00"));
    await acknowledgeMeasures(county.deps, { householdId: home });
    expect((await observation(`${home}-1`))?.measures_ack_at).toBe(millis(at("01-25", "12:00")));
    expect(
      await problemFrom(acknowledgeMeasures(county.deps, { householdId: "WY-0000-0000" })),
    ).toMatchObject({
      code: "not-observed",
    });
    const move = { id: `${home}-1`, scope: VILLAGE, actor: "wu", kind: "hospital" } as const;
    await movePlacement(county.deps, move);
    await movePlacement(county.deps, { ...move, kind: "central" });
    expect((await rowsOf(county, "placement")).map(({ version, kind }) => [version, kind])).toEqual([
      [1, "hospital"],
      [2, "central"],
    ]);
    expect((await listRound(county.deps, VILLAGE, county.deps.now(), "Asia/Shanghai"))[0]).toMatchObject({
      kind: "central",
      name: "阿*",
    });
  });
});

describe("Dawa's fourteen days", () => {
  let person: string;
  const release = () =>
    endObservation(county.deps, {
      id: person,
      scope: VILLAGE,
      actor: "li",
      by: "李示例",
      ending: "released",
    });
  const due = async () =>
    (await listDueForRelease(county.deps, VILLAGE, county.deps.now())).map(
      ({ observationId }) => observationId,
    );

  beforeEach(async () => {
    county = await openCounty(at("02-06", "10:00"), { CARE_ROLES: "" });
    await seedCast(county);
    person = `${await observe(county, [dawa()], { day0: "2026-01-24" })}-1`; // until the end of 7 February
    await minute(county, at("02-06", "10:01"));
    for (const [date, clock] of [
      ["02-06", "10:02"],
      ["02-06", "18:00"],
      ["02-07", "07:00"],
    ] as const)
      await readAt(at(date, clock), 36.4);
  });

  async function readAt(iso: string, temperature: number) {
    county.setNow(iso);
    await read(county, person, { temperature });
  }

  it("are over at midnight: not a minute before, and a person releases by name, once", async () => {
    await readAt(at("02-07", "18:00"), 36.5);
    county.setNow(at("02-07", "23:59"));
    expect(await problemFrom(release())).toMatchObject({ code: "release-too-early", status: 409 });
    expect(await due()).toEqual([]);
    county.setNow(at("02-08", "00:00"));
    expect(await due()).toEqual([person]);
    const nameless = { id: person, scope: VILLAGE, actor: "li", by: " ", ending: "released" } as const;
    expect(await problemFrom(endObservation(county.deps, nameless))).toMatchObject({
      errors: [{ path: "by" }],
    });
    expect(
      await problemFrom(endObservation(county.deps, { ...nameless, by: "李", scope: "511781101" })),
    ).toMatchObject({
      code: "person-not-found",
    });
    await release();
    expect(await problemFrom(release())).toMatchObject({ code: "already-settled", status: 409 });
    expect(await observation(person)).toMatchObject({
      ending: "released",
      ended_at: millis(at("02-08", "00:00")),
    });
    expect(await owed(`follow-up/${person}`)).toMatchObject({
      met_at: millis(at("02-08", "00:00")),
      next_due_at: null,
    });
    expect(await owed(`release/${person}`)).toMatchObject({ met_at: millis(at("02-08", "00:00")) });
    expect(await due()).toEqual([]);
    expect(JSON.stringify(await observation(person))).not.toContain("李示例");
  });

  it("carry a code that verifies, and no other does", async () => {
    county.setNow(at("02-08", "09:00"));
    await release();
    const code = await releaseCodeOf(county.deps, person);
    expect(code).toMatch(/^\d{16}$/);
    const found = await findRelease(county.deps.db, await releaseIndexOf(county.deps, code));
    expect(found).toMatchObject({ observationId: person, untilDate: "2026-02-07" });
    expect(
      await findRelease(
        county.deps.db,
        await releaseIndexOf(county.deps, makeReceiptCode("123456789012345")),
      ),
    ).toBeUndefined();
    expect(await problemFrom(releaseIndexOf(county.deps, "12"))).toMatchObject({ code: "code-unknown" });
    expect(JSON.stringify(await observation(person))).not.toContain(code);
  });

  it("are not released in 24 hours: the village hears, then the town, then the county", async () => {
    await readAt(at("02-07", "18:00"), 36.5);
    const releases = async (iso: string) =>
      (await minute(county, iso)).filter(({ text }) => text.includes("期满")).map(({ to }) => to);
    expect(await releases(at("02-08", "00:00"))).toEqual(["amina"]);
    expect(await releases(at("02-08", "23:59"))).toEqual([]);
    expect(await releases(at("02-09", "00:00"))).toEqual(["amina"]);
    expect(await releases(at("02-09", "00:30"))).toEqual(["li"]);
    expect(await releases(at("02-09", "01:30"))).toEqual(["zhou"]);
    county.setNow(at("02-09", "02:00"));
    await release();
    expect(await releases(at("02-09", "02:01"))).toEqual(["amina", "li", "zhou"]);
  });

  it("stay open with a fever on the last evening, slot after slot, until a reading is normal", async () => {
    await readAt(at("02-07", "18:00"), 37.3);
    expect(await observation(person)).toMatchObject({ last_due_at: null });
    expect(await owed(`follow-up/${person}`)).toMatchObject({ due_at: millis(at("02-08", "12:00")) });
    county.setNow(at("02-08", "00:00"));
    expect(await due()).toEqual([]);
    expect(await problemFrom(release())).toMatchObject({ code: "release-held", status: 409 });
    const releases = (await minute(county, at("02-08", "00:01"))).filter(({ text }) => text.includes("期满"));
    expect(releases).toEqual([]);
    await readAt(at("02-08", "07:00"), 37.6);
    expect(await owed(`follow-up/${person}`)).toMatchObject({ due_at: millis(at("02-08", "23:00")) });
    await readAt(at("02-08", "18:00"), 36.8);
    expect(await owed(`follow-up/${person}`)).toMatchObject({ next_due_at: null, met_at: null });
    expect(await due()).toEqual([person]);
    expect(await owed(`release/${person}`)).toMatchObject({
      next_due_at: millis(at("02-08", "18:00")),
      due_at: millis(at("02-09", "18:00")),
    });
    await release();
  });

  it("stay open after a fever entered late, and wake the follow-up for the slot to come", async () => {
    await readAt(at("02-07", "18:00"), 36.5);
    expect(await owed(`follow-up/${person}`)).toMatchObject({ next_due_at: null });
    county.setNow(at("02-08", "13:00"));
    await read(county, person, { slot: "2026-02-07/evening", temperature: 38 });
    expect(await owed(`follow-up/${person}`)).toMatchObject({
      due_at: millis(at("02-08", "23:00")),
      next_due_at: millis(at("02-08", "23:00")),
    });
    expect(await problemFrom(release())).toMatchObject({ code: "release-held" });
    // Corrected: it was a slip of the finger.
    await read(county, person, { slot: "2026-02-07/evening", temperature: 36.5 });
    await release();
  });

  it("ask for no further slot once a slip of the finger on the last evening is corrected", async () => {
    await readAt(at("02-07", "18:00"), 39.5);
    await readAt(at("02-07", "18:01"), 36.5);
    expect(await observation(person)).toMatchObject({ last_due_at: millis(at("02-07", "23:00")) });
    expect(await owed(`follow-up/${person}`)).toMatchObject({ next_due_at: null, met_at: null });
    const later = await minute(county, at("02-08", "12:00"));
    expect(later.filter(({ text }) => text.includes("体温"))).toEqual([]);
  });

  it("are not held by an old fever when a newer reading is normal", async () => {
    await readAt(at("02-07", "09:00"), 36.5);
    await read(county, person, { slot: "2026-02-06/evening", temperature: 38 });
    expect(await observation(person)).toMatchObject({ last_due_at: millis(at("02-07", "23:00")) });
  });
});
