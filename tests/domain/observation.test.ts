import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSlot, slotCloses } from "../../src/domain/follow-up.ts";
import {
  canRelease,
  checkEnding,
  dayNumber,
  lastDayOver,
  MEASURES,
  type ObservationOrder,
  planObservations,
} from "../../src/domain/observation.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { addDays, localDate, MINUTE, momentOf } from "../../src/domain/time.ts";
import { parseSettings } from "../../src/env.ts";

const CN = "Asia/Shanghai";
const settings = parseSettings({
  COUNTY_CODE: "511781",
  PUBLIC_URL: "https://baobei.example",
  MASTER_SECRET: "x".repeat(43),
  DEV: "1",
});
const order: ObservationOrder = { kind: "home", day0Rule: "last_exposure", evidence: "own_word" };
const home = {
  id: "WY-0217-4486",
  unitCode: "511781100001",
  leftOn: "2026-01-23",
  arrivedAt: momentOf("2026-01-24", "09:00", CN),
  persons: [
    { id: "WY-0217-4486-1", returnee: true },
    { id: "WY-0217-4486-2", returnee: false },
  ],
};
const plan = (now: Date, more: Partial<ObservationOrder> = {}, zone = CN) =>
  planObservations(
    home,
    { ...order, ...more },
    { now, settings: { ...settings, TIME_ZONE: zone }, lang: "en" },
  );
const noon = momentOf("2026-01-25", "12:00", CN);
const codeOf = (work: () => void) => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : error;
  }
};

describe("day 0", () => {
  it("is the day Dawa left the area, and for those at home the day she came back", () => {
    const days = plan(noon).map(({ observation }) => observation.day0);
    expect(days).toEqual(["2026-01-23", "2026-01-24"]);
    expect(plan(noon, { day0Rule: "left_area" }).map(({ observation }) => observation.day0)).toEqual(days);
    expect(plan(noon, { day0Rule: "start" }).map(({ observation }) => observation.day0)).toEqual([
      "2026-01-25",
      "2026-01-25",
    ]);
  });

  it("may be given by the official, for everybody, with the rule and the evidence kept", () => {
    for (const { observation } of plan(noon, { day0: " 2026-01-20 ", evidence: "ticket" }))
      expect(observation).toMatchObject({
        ...{ day0: "2026-01-20", untilDate: "2026-02-03" },
        ...{ day0Rule: "last_exposure", day0Evidence: "ticket" },
      });
  });

  it("cannot lie ahead, long ago or nowhere", () => {
    for (const day0 of ["2026-01-26", "2025-11-25", "2026-02-30", "20260125"])
      expect(codeOf(() => plan(noon, { day0 }))).toBe("invalid");
    expect(codeOf(() => plan(noon, { day0: "2025-11-26" }))).toBeUndefined();
  });
});

describe("fourteen days", () => {
  it("owe Amina, enrolled at noon, the evening first and the evening of the fourteenth day last", () => {
    const [first] = plan(noon);
    expect(first?.observation).toMatchObject({
      firstSlot: "2026-01-25/evening",
      lastSlot: "2026-02-06/evening",
      untilDate: "2026-02-06",
      firstDueAt: momentOf("2026-01-25", "23:00", CN),
      lastDueAt: momentOf("2026-02-06", "23:00", CN),
    });
    expect(first?.obligations.map(({ id, dueAt, nextDueAt }) => [id, dueAt, nextDueAt])).toEqual([
      ["follow-up/WY-0217-4486-1", momentOf("2026-01-25", "23:00", CN), momentOf("2026-01-25", "23:00", CN)],
      ["release/WY-0217-4486-1", momentOf("2026-02-08", "00:00", CN), momentOf("2026-02-07", "00:00", CN)],
    ]);
  });

  it("already over owe no reading and a release at once", () => {
    const late = momentOf("2026-02-10", "09:00", CN);
    const [first] = plan(late);
    expect(first?.obligations.map(({ kind, nextDueAt }) => [kind, nextDueAt])).toEqual([["release", late]]);
  });

  it("ended as they were opened owe nothing", () => {
    const context = { now: noon, settings };
    for (const ending of ["closed", "transferred"] as const)
      for (const { observation, obligations } of planObservations(home, order, context, ending)) {
        expect(observation).toMatchObject({ ending, endedAt: noon, openedAt: noon });
        expect(obligations).toEqual([]);
      }
  });

  it("are right for every minute of a day, at month ends, on the leap day and where clocks change", () => {
    const days: [string, string][] = [
      [CN, "2026-01-31"],
      [CN, "2024-02-29"],
      ["Europe/Berlin", "2026-03-29"],
      ["America/New_York", "2026-11-01"],
    ];
    for (const [zone, date] of days) {
      const end = momentOf(date, "24:00", zone).getTime();
      for (let at = momentOf(date, "00:00", zone).getTime(); at < end; at += 7 * MINUTE) {
        const now = new Date(at);
        const [one] = plan(now, { day0: date }, zone);
        if (!one) throw new Error("nobody");
        const { firstSlot, lastSlot, firstDueAt, plannedDueAt, untilDate } = one.observation;
        expect(untilDate).toBe(addDays(date, 14));
        expect(firstDueAt > now).toBe(true);
        expect([localDate(plannedDueAt, zone), lastSlot]).toEqual([untilDate, `${untilDate}/evening`]);
        expect(slotCloses(parseSlot(firstSlot) ?? { date, part: "morning" }, zone)).toEqual(firstDueAt);
        expect(lastDayOver(untilDate, zone) > plannedDueAt).toBe(true);
      }
    }
  });
});

describe("the end", () => {
  const standing = { untilDate: "2026-02-06", endedAt: null, lastDueAt: noon };
  const at = (date: string, clock: string) => ({ now: momentOf(date, clock, CN), zone: CN });

  it("comes at midnight after the last day, never before", () => {
    fc.assert(
      fc.property(fc.integer({ min: -3000, max: 3000 }), (minutes) => {
        const now = new Date(momentOf("2026-02-07", "00:00", CN).getTime() + minutes * MINUTE);
        expect(canRelease(standing, now, CN)).toBe(minutes >= 0);
        expect(codeOf(() => checkEnding(standing, "released", { now, zone: CN }))).toBe(
          minutes >= 0 ? undefined : "release-too-early",
        );
      }),
    );
  });

  it("is held by a last reading that is abnormal, and comes once", () => {
    const later = at("2026-02-08", "09:00");
    expect(codeOf(() => checkEnding({ ...standing, lastDueAt: null }, "released", later))).toBe(
      "release-held",
    );
    expect(canRelease({ ...standing, lastDueAt: null }, later.now, CN)).toBe(false);
    expect(codeOf(() => checkEnding({ ...standing, endedAt: noon }, "released", later))).toBe(
      "already-settled",
    );
    expect(codeOf(() => checkEnding(standing, "transferred", at("2026-01-26", "09:00")))).toBeUndefined();
  });
});

it("counts day 0 as nought and the last day as fourteen, over a month's end", () => {
  expect([dayNumber("2026-01-25", "2026-01-25"), dayNumber("2026-01-25", "2026-02-08")]).toEqual([0, 14]);
});

it("has four measures in three languages", () => {
  expect(MEASURES).toHaveLength(4);
  for (const words of MEASURES) expect(Object.values(words).every((text) => text.length > 10)).toBe(true);
});
