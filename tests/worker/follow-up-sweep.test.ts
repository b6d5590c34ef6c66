import { beforeEach, describe, expect, it } from "vitest";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { enter, minute, seedCast } from "../support/alarm.ts";
import { amina, bashir, chen, dawa } from "../support/cast.ts";
import { observe, read, VILLAGE } from "../support/follow-up.ts";
import { zero } from "../support/meter.ts";
import { rowsOf } from "../support/records.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
let person: string;
const WU = { unitCode: VILLAGE, email: "grid@sample.example", role: "grid" } as const;
const day = (date: string, clock: string) => `2026-01-${date}T${clock}:00+08:00`;
const who = (mails: { to: string }[]) => mails.map(({ to }) => to);
const millis = (iso: string) => new Date(iso).getTime();
const followUp = async (id = person) =>
  (await rowsOf(county, "obligation")).find((row) => row.id === `follow-up/${id}`);

/** Bashir is under observation since ten in the morning of the 25th; the village's care team and verification are not the point. */
beforeEach(async () => {
  county = await openCounty(day("25", "10:00"), { CARE_ROLES: "" });
  await seedCast(county);
  await enter(county, "grid", WU);
  person = `${await observe(county, [bashir()])}-1`;
  await minute(county, day("25", "10:01"));
});

describe("Bashir's morning reading does not come", () => {
  it("tells the grid worker as the slot ends, the village an hour later, the town two hours after that", async () => {
    expect(await minute(county, day("25", "11:59"))).toEqual([]);
    const [digest, ...others] = await minute(county, day("25", "12:00"));
    expect([digest?.to, others]).toEqual(["grid", []]);
    expect(digest?.text).toContain(person);
    expect(digest?.text).not.toContain("巴希尔");
    expect(await minute(county, day("25", "12:59"))).toEqual([]);
    expect(who(await minute(county, day("25", "13:00")))).toEqual(["amina"]);
    expect(await minute(county, day("25", "14:59"))).toEqual([]);
    expect(who(await minute(county, day("25", "15:00")))).toEqual(["li"]);
    expect(await minute(county, day("25", "22:59"))).toEqual([]);
  });

  it("keeps the lapse and begins the evening's ladder anew", async () => {
    await minute(county, day("25", "12:00"));
    await minute(county, day("25", "15:00"));
    expect(who(await minute(county, day("25", "23:00")))).toEqual(["grid"]);
    const lapses = (await rowsOf(county, "transition")).filter(({ kind }) => kind === "lapse");
    expect(lapses).toEqual([
      expect.objectContaining({ owed_at: millis(day("25", "12:00")), told: "[]", step: 3 }),
    ]);
    expect(await followUp()).toMatchObject({ due_at: millis(day("25", "23:00")), step: 1, met_at: null });
    expect(who(await minute(county, day("26", "00:00")))).toEqual(["amina"]);
  });

  it("tells the village at once where there is no grid worker, and its town two hours later than that hour", async () => {
    county = await openCounty(day("25", "10:00"), { CARE_ROLES: "" });
    await seedCast(county);
    await observe(county, [bashir()]);
    await minute(county, day("25", "10:01"));
    expect(who(await minute(county, day("25", "12:00")))).toEqual(["amina"]);
    expect(await minute(county, day("25", "13:00"))).toEqual([]);
    expect(who(await minute(county, day("25", "15:00")))).toEqual(["li"]);
  });

  it("is told to nobody when the reading comes a minute before noon", async () => {
    county.setNow(day("25", "11:59"));
    await read(county, person);
    for (const clock of ["12:00", "13:00", "15:00"])
      expect(await minute(county, day("25", clock))).toEqual([]);
    expect(await followUp()).toMatchObject({ due_at: millis(day("25", "23:00")), step: 0 });
  });

  it("is told to nobody when the reading comes between the sweep and the mail", async () => {
    county.setNow(day("25", "12:00"));
    await sweepOverdue(county.deps, county.deps.now());
    await read(county, person);
    expect(await minute(county, day("25", "12:00"))).toEqual([]);
    expect(await minute(county, day("25", "12:01"))).toEqual([]);
  });

  it("walks every slot's ladder in order after a cron that slept a day and a half", async () => {
    const mails = await minute(county, day("26", "23:00"));
    expect(who(mails)).toEqual(["amina", "grid", "li"]);
    const steps = (await rowsOf(county, "transition"))
      .filter(({ obligation_id }) => obligation_id === `follow-up/${person}`)
      .sort((a, b) => Number(a.from_version) - Number(b.from_version))
      .flatMap(({ kind, step, told, owed_at }) => [
        ...(JSON.parse(String(told)) as [string, string, number][]).map(([, tone, taken]) => [
          tone,
          taken,
          owed_at,
        ]),
        ...(kind === "lapse" ? [[kind, step, owed_at]] : []),
      ]);
    const slot = (date: string, clock: string) => millis(day(date, clock));
    const ladder = (owed: number) => [
      ["overdue", 0, owed],
      ["overdue", 1, owed],
      ["overdue", 2, owed],
      ["lapse", 3, owed],
    ];
    expect(steps).toEqual([
      ...ladder(slot("25", "12:00")),
      ...ladder(slot("25", "23:00")),
      ...ladder(slot("26", "12:00")),
      ["overdue", 0, slot("26", "23:00")],
    ]);
    // Each of the three is told of each slot once: four to the grid worker, three to the village, three to the town.
    const told = (await rowsOf(county, "alert")).filter(({ kind }) => kind === "overdue");
    expect(told.map(({ contact_id }) => contact_id).sort()).toEqual([
      ...["amina", "amina", "amina"],
      ...["grid", "grid", "grid", "grid"],
      ...["li", "li", "li"],
    ]);
    expect(await minute(county, day("26", "23:01"))).toEqual([]);
  });
});

describe("the late entry", () => {
  it("recovers exactly those who were told of this slot", async () => {
    await minute(county, day("25", "12:00"));
    await minute(county, day("25", "13:00"));
    county.setNow(day("25", "14:00"));
    expect(await read(county, person)).toMatchObject({ late: true, slot: "2026-01-25/morning" });
    const mails = await minute(county, day("25", "14:00"));
    expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
      ["amina", "【万源市报备】已补办 1 项"],
      ["grid", "【万源市报备】已补办 1 项"],
    ]);
    expect(mails[0]?.text).toContain("应于 1月25日 12:00 前填报，已于 1月25日 14:00 补报");
    for (const clock of ["14:01", "15:00", "22:59"])
      expect(await minute(county, day("25", clock))).toEqual([]);
  });

  it("recovers a slot that has lapsed already, while the next one is missed", async () => {
    for (const clock of ["12:00", "13:00", "23:00"]) await minute(county, day("25", clock));
    county.setNow(day("25", "23:30"));
    await read(county, person, { slot: "2026-01-25/morning" });
    expect(who(await minute(county, day("25", "23:31")))).toEqual(["amina", "grid", "li"]);
    expect(await followUp()).toMatchObject({ due_at: millis(day("25", "23:00")) });
    expect(who(await minute(county, day("26", "00:00")))).toEqual(["amina"]);
  });

  it("is said once when it is corrected", async () => {
    await minute(county, day("25", "12:00"));
    county.setNow(day("25", "12:10"));
    await read(county, person, { temperature: 36.4 });
    await read(county, person, { temperature: 36.6 });
    expect(who(await minute(county, day("25", "12:11")))).toEqual(["grid"]);
    expect(await minute(county, day("25", "12:12"))).toEqual([]);
  });

  it("of the evening, entered in its hours, does not hide that the morning is missing", async () => {
    for (const clock of ["12:00", "13:00", "15:00"]) await minute(county, day("25", clock));
    county.setNow(day("25", "18:00"));
    await read(county, person);
    expect(await followUp()).toMatchObject({ due_at: millis(day("25", "12:00")) });
    expect(await minute(county, day("25", "23:00"))).toEqual([]); // the evening has its reading: on to tomorrow
    expect(await followUp()).toMatchObject({ due_at: millis(day("26", "12:00")), step: 0 });
  });
});

describe("the last day", () => {
  it("ends the slots, and is due for release at midnight; released, nobody hears more", async () => {
    county.setNow("2026-02-07T18:00:00+08:00"); // left on the 24th: fourteen days end on 7 February
    await county.deps.d1.exec(
      `UPDATE obligation SET due_at = ${millis("2026-02-07T23:00:00+08:00")}, next_due_at = ${millis("2026-02-07T23:00:00+08:00")} WHERE kind = 'follow-up'`,
    );
    await read(county, person);
    expect(await followUp()).toMatchObject({ next_due_at: null, met_at: null });
    expect(await minute(county, "2026-02-07T23:59:00+08:00")).toEqual([]);
    const [notice, ...others] = await minute(county, "2026-02-08T00:00:00+08:00");
    expect([notice?.to, others]).toEqual(["amina", []]);
    expect(notice?.text).toContain(`观察期满人员 ${person}`);
    expect(who(await minute(county, "2026-02-09T00:00:00+08:00"))).toEqual(["amina"]);
  });
});

describe("what a sweep of missed slots costs", () => {
  it("reads and writes at most eight rows for each, at every step", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 10; n++) {
      const home = await observe(county, [amina(), chen({ temperature: 36.6 }), dawa()]);
      ids.push(...[1, 2, 3].map((place) => `${home}-${place}`));
    }
    await minute(county, day("25", "10:05"));
    for (const clock of ["12:00", "13:00", "15:00", "23:00"]) {
      const now = new Date(day("25", clock));
      zero(county.meter);
      const steps = await sweepOverdue(county.deps, now);
      expect(steps).toBe(clock === "23:00" ? 62 : 31);
      expect(county.meter.read, clock).toBeLessThanOrEqual(8 * steps + 10);
      expect(county.meter.written, clock).toBeLessThanOrEqual(8 * steps);
    }
    expect(ids).toHaveLength(30);
  });
});
