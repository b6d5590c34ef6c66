import { beforeEach, describe, expect, it } from "vitest";
import { endObservation, respond } from "../../src/http/submit-observation.ts";
import { type ReadingSubmission, submitReadings } from "../../src/http/submit-reading.ts";
import { minute, seedCast } from "../support/alarm.ts";
import { amina, bashir, chen, clientId, household } from "../support/cast.ts";
import { freshId, observe, read, VILLAGE } from "../support/follow-up.ts";
import { zero } from "../support/meter.ts";
import { problemFrom, register, rowsOf } from "../support/records.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
let home: string;
let person: string;
const at = (date: string, clock: string) => `2026-01-${date}T${clock}:00+08:00`;
const millis = (iso: string) => new Date(iso).getTime();
const followUp = async () =>
  (await rowsOf(county, "obligation")).find((row) => row.id === `follow-up/${person}`);
const ofKind = async (kind: string) =>
  (await rowsOf(county, "obligation")).filter((row) => row.kind === kind);

beforeEach(async () => {
  county = await openCounty(at("25", "10:00"), { CARE_ROLES: "" });
  await seedCast(county);
  home = await observe(county, [amina(), bashir()]);
  person = `${home}-1`;
});

const TABLES = ["submission", "reading", "obligation", "transition", "outbox", "signal"];
const counts = () => Promise.all(TABLES.map(async (table) => (await rowsOf(county, table)).length));

/** What one thing costs by D1's own count. */
const cost = async (work: () => Promise<unknown>) => {
  zero(county.meter);
  await work();
  const { read: rowsRead, written, batches, queries } = county.meter;
  return { read: rowsRead, written, batches, queries };
};
/** No more than so many rows. */
const within = (most: { read: number; written: number }, spent: { read: number; written: number }) =>
  expect(spent.read <= most.read && spent.written <= most.written ? most : spent).toEqual(most);
const A_READING = { read: 10, written: 6 };

describe("Amina is read", () => {
  it("in one batch that reads at most 10 rows and writes at most 6", async () => {
    for (const iso of [at("25", "10:30"), at("25", "18:00"), at("26", "11:59")]) {
      county.setNow(iso);
      const spent = await cost(async () =>
        expect(await read(county, person, { scope: VILLAGE })).toMatchObject({
          version: 1,
          late: false,
          abnormal: false,
        }),
      );
      expect(spent.batches).toBe(1);
      within(A_READING, spent);
    }
  });

  it("in no more when it corrects the tenth, comes again, is refused or says something else", async () => {
    const once: Partial<ReadingSubmission> = { clientId: clientId(77), temperature: 36.7, scope: VILLAGE };
    for (let version = 1; version < 10; version++) await read(county, person);
    within(A_READING, await cost(() => read(county, person, once)));
    county.setNow(at("25", "10:05"));
    within({ read: 10, written: 0 }, await cost(() => read(county, person, once)));
    for (const wrong of [
      { ...once, temperature: 36.8 },
      { scope: "511781101" },
      { household: "WY-0000-0000" },
      { slot: "2026-01-24/evening" },
    ])
      within({ read: 10, written: 0 }, await cost(() => problemFrom(read(county, person, wrong))));
  });

  it("in no more when she is late, though those who were told must hear that it came", async () => {
    await minute(county, at("25", "13:00"));
    county.setNow(at("25", "18:00"));
    const late = { slot: "2026-01-25/morning" };
    within(A_READING, await cost(() => read(county, person, late)));
    // Where the evening's came first, the obligation steps over it.
    await read(county, `${home}-2`);
    within({ read: 11, written: 6 }, await cost(() => read(county, `${home}-2`, late)));
    expect((await rowsOf(county, "transition")).filter(({ kind }) => kind === "recovered")).toHaveLength(2);
  });

  it("and her obligation rolls on to the evening, to the next morning, and so on", async () => {
    expect(await followUp()).toMatchObject({
      due_at: millis(at("25", "12:00")),
      next_due_at: millis(at("25", "12:00")),
    });
    await read(county, person);
    expect(await followUp()).toMatchObject({
      due_at: millis(at("25", "23:00")),
      next_due_at: millis(at("25", "23:00")),
    });
    county.setNow(at("25", "17:00"));
    await read(county, person);
    expect(await followUp()).toMatchObject({ due_at: millis(at("26", "12:00")), step: 0, met_at: null });
  });

  it("and what she said is sealed", async () => {
    await read(county, person, { symptoms: true, symptomText: "咳嗽（示例）" });
    const [row] = await rowsOf(county, "reading");
    expect(row).toMatchObject({ temperature: 365, symptoms: 1, abnormal: 1, slot: "2026-01-25/morning" });
    expect(JSON.stringify(row)).not.toContain("咳嗽");
  });

  it("once, however often the same submission arrives, and later too", async () => {
    const once: Partial<ReadingSubmission> = { clientId: clientId(77), temperature: 36.7 };
    const first = await read(county, person, once);
    const before = await counts();
    expect(await read(county, person, once)).toEqual(first);
    county.setNow(at("25", "18:00")); // the evening's slot is open by now
    expect(await read(county, person, once)).toEqual(first);
    const many = await Promise.all(Array.from({ length: 20 }, () => read(county, person, once)));
    expect(many.every((receipt) => receipt.slot === first.slot && receipt.version === 1)).toBe(true);
    expect(await counts()).toEqual(before);
    // As it was stored before the versions stood with the submissions.
    await county.deps.d1.prepare("UPDATE submission SET version = NULL").run();
    county.setNow(at("25", "11:00"));
    expect(await read(county, person, once)).toEqual(first);
    expect(await problemFrom(read(county, person, { ...once, temperature: 36.8 }))).toMatchObject({
      code: "content-differs",
      status: 409,
    });
    expect(await counts()).toEqual(before);
  });

  it("by two grid workers in the same second: one reading and one superseding correction", async () => {
    const [one, two] = await Promise.all([
      read(county, person, { temperature: 36.4 }),
      read(county, person, { temperature: 36.9 }),
    ]);
    expect([one.version, two.version].sort()).toEqual([1, 2]);
    expect([one.corrected, two.corrected].sort()).toEqual([false, true]);
    expect((await rowsOf(county, "reading")).map(({ version, slot }) => [version, slot])).toEqual([
      [1, "2026-01-25/morning"],
      [2, "2026-01-25/morning"],
    ]);
    expect(await followUp()).toMatchObject({ due_at: millis(at("25", "23:00")) });
  });
});

describe("what is refused leaves nothing behind", () => {
  const refused = async (more: Partial<ReadingSubmission>, wanted: object, id = person) => {
    const before = await counts();
    expect(await problemFrom(read(county, id, more))).toMatchObject(wanted);
    expect(await counts()).toEqual(before);
  };

  it("a reading in the future, before its slot, of a slot not yet open, of one that is no slot", async () => {
    await refused(
      { takenAt: new Date(at("25", "10:03")) },
      { status: 422, errors: [{ path: "takenAt", code: "future" }] },
    );
    await refused({ slot: "2026-01-25/evening" }, { errors: [{ path: "slot", code: "not-yet" }] });
    await refused({ slot: "2026-01-25/noon" }, { errors: [{ path: "slot", code: "format" }] });
    await refused({ slot: "2026-02-30/morning" }, { errors: [{ path: "slot", code: "format" }] });
    await refused(
      { slot: "2026-01-25/morning", takenAt: new Date(at("25", "05:00")) },
      { errors: [{ path: "takenAt", code: "before-slot" }] },
    );
  });

  it("one older than the late window", async () => {
    county.setNow(at("26", "11:59"));
    expect(await read(county, person, { slot: "2026-01-25/morning" })).toMatchObject({ late: true });
    county.setNow(at("26", "12:00"));
    await refused(
      { slot: "2026-01-25/morning" },
      { status: 422, errors: [{ path: "slot", code: "too-late" }] },
    );
    await refused({ takenAt: new Date(at("25", "09:00")) }, { errors: [{ path: "slot", code: "too-late" }] });
  });

  it("one before the first slot and one after the last", async () => {
    await refused(
      { slot: "2026-01-24/evening" },
      { status: 422, errors: [{ path: "slot", code: "not-yet" }] },
    );
    county.setNow("2026-02-08T09:00:00+08:00");
    await refused({}, { status: 422, errors: [{ path: "slot", code: "after-last" }] });
  });

  it("one for a member of another household, another village, nobody at all, and before the verification", async () => {
    const other = await observe(county, [chen({ temperature: 36.6 })], { unit: "511781101001" });
    await refused({ household: home }, { status: 404, code: "person-not-found" }, `${other}-1`);
    await refused({ scope: VILLAGE }, { code: "person-not-found" }, `${other}-1`);
    await refused({ scope: "511781100" }, { code: "person-not-found" }, `${other}-1`);
    await refused({}, { code: "person-not-found" }, "WY-0000-0000-1");
    const { caseNumber } = await register(county.deps, household([bashir()], { phone: "13700000000" }), 999);
    await refused({}, { status: 409, code: "not-observed" }, `${caseNumber}-1`);
    expect(await read(county, `${other}-1`, { scope: "511781101" })).toMatchObject({ version: 1 });
  });

  it("one after the observation has ended", async () => {
    const end = {
      id: person,
      scope: VILLAGE,
      actor: "link",
      by: "李示例",
      reason: "转外县（示例）",
    } as const;
    await endObservation(county.deps, { ...end, ending: "transferred" });
    await refused({}, { status: 409, code: "observation-ended" });
    expect(await read(county, `${home}-2`)).toMatchObject({ version: 1 });
  });
});

describe("Chen's fever", () => {
  it("is 37.3 °C and not 37.2; a symptom is one at any temperature", async () => {
    expect(await read(county, person, { temperature: 37.2 })).toMatchObject({ abnormal: false });
    expect(await ofKind("response")).toEqual([]);
    expect(await read(county, person, { temperature: 37.3 })).toMatchObject({ abnormal: true });
    expect(await read(county, `${home}-2`, { symptoms: true })).toMatchObject({ abnormal: true });
    expect(await ofKind("response")).toHaveLength(2);
  });

  it("is told to village, town and county on the submission itself, and a response is owed in two hours", async () => {
    await minute(county, at("25", "10:01"));
    await read(county, person, { temperature: 38.2 });
    expect(await ofKind("response")).toEqual([
      expect.objectContaining({
        id: `response/${person}/2026-01-25/morning`,
        due_at: millis(at("25", "12:01")),
        unit_code: VILLAGE,
      }),
    ]);
    const mails = await minute(county, at("25", "10:02"));
    expect(mails.map(({ to }) => to)).toEqual(["amina", "li", "zhou"]);
    expect(mails[0]?.subject).toBe("【万源市报备】紧急 1 项");
    expect(mails[0]?.text).toContain(`观察对象 ${person}`);
    expect(mails[0]?.text).not.toContain("38.2");
    expect(await minute(county, at("25", "10:03"))).toEqual([]);
  });

  it("costs 21 rows read and 15 written, and a few for each who is told and for each symptomatic neighbour", async () => {
    const told = 3;
    const spent = await cost(() => read(county, person, { temperature: 38.2 }));
    expect(spent.batches).toBe(1);
    expect((await rowsOf(county, "outbox")).length).toBe(told);
    within({ read: 21 + 3 * told + 2, written: 15 + told }, spent);
    county.setNow(at("25", "10:05"));
    within(
      { read: 20, written: 0 },
      await cost(() => problemFrom(read(county, person, { temperature: 38, scope: "511781101" }))),
    );
    // The first normal one gives the observation its end again, and wakes the release and the follow-up.
    county.setNow(at("25", "18:00"));
    within({ read: 11, written: 9 }, await cost(() => read(county, person)));
    county.setNow(at("26", "09:00"));
    within(A_READING, await cost(() => read(county, person)));
  });

  it("is told once when it is corrected to another fever, and stays owed until a person says what was done", async () => {
    await minute(county, at("25", "10:01"));
    await read(county, person, { temperature: 38.2 });
    await read(county, person, { temperature: 38.4 });
    expect((await rowsOf(county, "outbox")).filter(({ kind }) => kind === "urgent")).toHaveLength(3);
    await read(county, `${home}-2`);
    const obligationId = `response/${person}/2026-01-25/morning`;
    const answer = (scope: string) =>
      respond(county.deps, { obligationId, scope, actor: "link", text: "已送发热门诊（示例）" });
    expect(await problemFrom(answer("511781101001"))).toMatchObject({ code: "case-not-found" });
    await minute(county, at("25", "10:02"));
    expect((await minute(county, at("25", "12:01"))).map(({ to }) => to)).toEqual(["amina"]);
    await answer(VILLAGE);
    expect(await problemFrom(answer(VILLAGE))).toMatchObject({ code: "already-settled" });
    expect((await ofKind("response"))[0]?.met_at).toBe(millis(at("25", "12:01")));
    expect((await minute(county, at("25", "12:02"))).map(({ to }) => to)).toEqual(["amina"]);
  });
});

describe("many at once", () => {
  const sent = (observationId: string, more: Partial<ReadingSubmission> = {}): ReadingSubmission => ({
    ...{
      clientId: freshId(),
      observationId,
      temperature: 36.5,
      symptoms: false,
      needsHelp: false,
      door: "api",
    },
    ...more,
  });

  it("are answered each for itself: what is refused keeps no other from being stored", async () => {
    const twice = sent(person, { temperature: 36.6 });
    const results = await submitReadings(county.deps, [
      sent(person),
      sent("WY-0000-0000-1"),
      sent(`${home}-2`, { slot: "2026-01-25/evening" }),
      twice,
      twice,
      { ...twice, temperature: 36.9 },
      sent(`${home}-2`, { temperature: 37.5 }),
    ]);
    expect(results.map((one) => (one.ok ? one.receipt.version : one.problem.code))).toEqual([
      ...[1, "person-not-found", "invalid", 2, 2, "content-differs", 1],
    ]);
    expect(await rowsOf(county, "reading")).toHaveLength(3);
    expect(await ofKind("response")).toHaveLength(1);
  });

  it("hold and lift like one by one, and cost a few rows each however many are observed", async () => {
    const others: string[] = [];
    for (let n = 0; n < 15; n++) others.push(`${await observe(county, [bashir()])}-1`);
    const held = async () =>
      (await rowsOf(county, "observation"))
        .filter(({ last_due_at }) => last_due_at === null)
        .map(({ id }) => id);
    await submitReadings(county.deps, [
      sent(person, { temperature: 38 }),
      sent(`${home}-2`, { symptoms: true }),
    ]);
    expect((await held()).sort()).toEqual([person, `${home}-2`]);
    expect((await ofKind("release")).filter(({ next_due_at }) => next_due_at === null)).toHaveLength(2);
    zero(county.meter);
    await submitReadings(county.deps, [sent(person), ...others.map((id) => sent(id))]);
    within({ read: 10 * 16, written: 6 * 16 }, county.meter);
    expect(await held()).toEqual([`${home}-2`]);
    expect((await ofKind("release")).filter(({ next_due_at }) => next_due_at === null)).toHaveLength(1);
  });

  it("cost at most 10 rows read each and 3 the list, two or many, and no more when they come again", async () => {
    const others: string[] = [];
    for (let n = 0; n < 10; n++) others.push(`${await observe(county, [bashir()])}-1`);
    for (const ids of [others.slice(0, 2), others.slice(2)]) {
      const list = ids.map((id) => sent(id, { scope: VILLAGE }));
      const most = { read: 10 * ids.length + 3, written: 6 * ids.length };
      const spent = await cost(() => submitReadings(county.deps, list));
      expect(spent.batches).toBe(1);
      within(most, spent);
      within({ ...most, written: 0 }, await cost(() => submitReadings(county.deps, list)));
      const corrected = ids.map((id) => sent(id, { temperature: 36.8 }));
      within(most, await cost(() => submitReadings(county.deps, corrected)));
    }
  });

  it("with a number that none of ours can be: it is nobody's, and the others are stored", async () => {
    const odd = ["' OR 1=1 --", "WY'-0000", "x".repeat(300), "阿米娜", ""];
    const results = await submitReadings(
      county.deps,
      [...odd, person].map((id) => sent(id)),
    );
    expect(results.map((one) => (one.ok ? one.receipt.version : one.problem.code))).toEqual([
      ...odd.map(() => "person-not-found"),
      1,
    ]);
    expect(await problemFrom(read(county, "' OR 1=1 --"))).toMatchObject({ code: "person-not-found" });
  });

  it("keep each its own words, sealed", async () => {
    await submitReadings(county.deps, [
      sent(person, { symptoms: true, symptomText: "咳嗽（示例）", actor: "one" }),
      sent(`${home}-2`, { symptoms: true, symptomText: 'it\'s "odd" (sample)', actor: "two" }),
    ]);
    const rows = await rowsOf(county, "reading");
    const opened = await Promise.all(
      rows.map((row) => county.deps.privacy.open(String(row.sealed), String(row.submission_id), "reading")),
    );
    expect(opened).toEqual([
      { symptomText: "咳嗽（示例）", actor: "one" },
      { symptomText: 'it\'s "odd" (sample)', actor: "two" },
    ]);
  });

  it("of 501 are refused as a whole, 500 are taken in one batch", async () => {
    const list = Array.from({ length: 501 }, (_, n) => sent(person, { temperature: 36 + (n % 10) / 10 }));
    expect(await problemFrom(submitReadings(county.deps, list))).toMatchObject({
      code: "too-many",
      status: 422,
    });
    expect(await rowsOf(county, "reading")).toEqual([]);
    zero(county.meter);
    const results = await submitReadings(county.deps, list.slice(1));
    expect(results.every((one) => one.ok)).toBe(true);
    expect(county.meter.batches).toBe(1);
    expect(await rowsOf(county, "reading")).toHaveLength(500);
  });
});
