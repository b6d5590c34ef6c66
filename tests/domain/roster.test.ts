import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProblemError } from "../../src/domain/problem.ts";
import {
  type AskedShift,
  gapStart,
  gaps,
  LONGEST_SHIFT,
  onDuty,
  planGap,
  planShift,
  refuseClashes,
  rosterGaps,
  SHIFT_BOUND,
  type Shift,
  type Span,
  spanFault,
} from "../../src/domain/roster.ts";
import { addDays, DAY, HOUR, localClock, localDate, MINUTE } from "../../src/domain/time.ts";
import { parseSettings } from "../../src/env.ts";

const ZONE = "Asia/Shanghai";
const NOW = new Date("2026-01-25T10:00:00+08:00");
const at = (clock: string, day = 25) => new Date(`2026-01-${day}T${clock}:00+08:00`);
const span = (from: Date, to: Date): Span => ({ startsAt: from, endsAt: to });
const asked = (more: Partial<AskedShift> = {}): AskedShift => ({
  ...{ person: "amina", post: "duty", date: "2026-01-26", from: "08:00", to: "20:00" },
  ...more,
});
const plan = (more: Partial<AskedShift> = {}, zone = ZONE, now = NOW) =>
  planShift(asked(more), { now, zone, people: ["amina", "bashir"] });
/** The paths and codes that a refusal names. */
const refused = (work: () => unknown) => {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problem.errors?.map(({ path, code }) => `${path} ${code}`);
  }
};

const hours = fc.integer({ min: 0, max: 200 }).map((n) => new Date(NOW.getTime() + n * 30 * MINUTE));
const spans = fc.array(
  fc.tuple(hours, fc.integer({ min: 1, max: 48 })).map(([startsAt, n]) => ({
    startsAt,
    endsAt: new Date(startsAt.getTime() + n * 30 * MINUTE),
  })),
  { maxLength: 12 },
);

describe("gaps", () => {
  it("are exactly the half hours in which nobody is on, in order and apart", () => {
    fc.assert(
      fc.property(spans, hours, hours, (shifts, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const found = gaps(shifts, from, to);
        for (let now = +from; now < +to; now += 30 * MINUTE) {
          const moment = new Date(now);
          expect(onDuty(found, moment).length).toBe(onDuty(shifts, moment).length === 0 ? 1 : 0);
        }
        for (const [index, gap] of found.entries()) {
          expect(gap.startsAt < gap.endsAt && gap.startsAt >= from && gap.endsAt <= to).toBe(true);
          const next = found[index + 1];
          if (next) expect(gap.endsAt < next.startsAt).toBe(true);
        }
      }),
    );
  });

  it("begin where a shift ends, however late they are asked for", () => {
    fc.assert(
      fc.property(spans, hours, (shifts, now) => {
        for (const { startsAt } of rosterGaps(shifts, now))
          expect(shifts.some(({ endsAt }) => +endsAt === +startsAt)).toBe(true);
        // Asked again half an hour later, what has not ended keeps its beginning.
        const later = rosterGaps(shifts, new Date(+now + 30 * MINUTE)).map(({ startsAt }) => +startsAt);
        for (const { startsAt, endsAt } of rosterGaps(shifts, now))
          if (+endsAt > +now + 30 * MINUTE) expect(later).toContain(+startsAt);
      }),
    );
  });

  it("are none before a roster's first shift, nor beyond two days", () => {
    expect(rosterGaps([], NOW)).toEqual([]);
    expect(rosterGaps([span(at("08:00", 27), at("20:00", 27))], NOW)).toEqual([]);
    const first = span(at("20:00"), at("08:00", 26));
    expect(rosterGaps([first], NOW)).toEqual([span(at("08:00", 26), at("10:00", 27))]);
  });

  it("end where the next shift begins, to the millisecond", () => {
    const [night, day] = [span(at("20:00"), at("08:00", 26)), span(at("08:00", 26), at("20:00", 26))];
    expect(onDuty([night, day], at("08:00", 26))).toEqual([day]);
    expect(gaps([day, night], at("20:00"), at("20:00", 26))).toEqual([]);
    expect(gaps([night, day], NOW, NOW)).toEqual([]);
  });

  it("are due half a day before they begin, and half an hour from now at the earliest", () => {
    const settings = parseSettings({
      COUNTY_CODE: "511781",
      PUBLIC_URL: "https://baobei.example",
      MASTER_SECRET: "x".repeat(43),
      DEV: "1",
    });
    const due = (startsAt: Date) => planGap("511781100001", startsAt, { now: NOW, settings });
    const far = due(at("20:00", 26));
    expect(far.id).toBe(`roster/511781100001/${at("20:00", 26).getTime()}`);
    expect(gapStart(`${far.id}/2`)).toEqual(at("20:00", 26));
    expect(far.subjectId).toBe("511781100001/2026-01-26T20:00");
    expect([far.dueAt, far.nextDueAt, far.openedAt]).toEqual([at("08:00", 26), NOW, NOW]);
    expect(due(at("12:00")).dueAt).toEqual(at("10:30"));
    expect(due(at("08:00")).dueAt).toEqual(at("10:30"));
  });
});

describe("a shift as it is asked for", () => {
  it("runs past midnight where it ends no later than it begins; the same time twice is a full day", () => {
    expect(plan()).toEqual([{ contactId: "amina", post: "duty", ...span(at("08:00", 26), at("20:00", 26)) }]);
    expect(plan({ from: "20:00", to: "08:00" })).toMatchObject([span(at("20:00", 26), at("08:00", 27))]);
    expect(plan({ from: "08:00", to: "08:00" })).toMatchObject([span(at("08:00", 26), at("08:00", 27))]);
    expect(plan({ from: "00:00", to: "24:00" })).toMatchObject([span(at("00:00", 26), at("00:00", 27))]);
    // The last day of a year, and one that is already running.
    expect(plan({ date: "2026-01-31", from: "20:00", to: "08:00" })[0]?.endsAt.toISOString()).toBe(
      "2026-02-01T00:00:00.000Z",
    );
    expect(plan({ date: "2026-01-24", from: "20:00", to: "12:00" })).toHaveLength(1);
  });

  it("repeats at the same time by the wall's clock, day after day, one after the other", () => {
    const week = plan({ from: "08:00", to: "08:00", days: "14" });
    expect(week).toHaveLength(14);
    for (const [index, { startsAt, endsAt }] of week.entries()) {
      expect(localDate(startsAt, ZONE)).toBe(addDays("2026-01-26", index));
      expect(week[index + 1]?.startsAt ?? endsAt).toEqual(endsAt);
    }
  });

  it("is what the clocks on the wall say in any zone and season, never longer than their day", () => {
    const zones = [
      "Asia/Shanghai",
      "America/New_York",
      "Europe/London",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
    ];
    const clocks = fc
      .integer({ min: 0, max: 47 })
      .map((n) => `${String(Math.floor(n / 2)).padStart(2, "0")}:${n % 2 ? "30" : "00"}`);
    const days = fc.integer({ min: 0, max: 364 }).map((n) => addDays("2026-01-01", n));
    fc.assert(
      fc.property(days, clocks, clocks, fc.constantFrom(...zones), (date, from, to, zone) => {
        const now = new Date(Date.parse(`${date}T00:00:00Z`) - 2 * DAY);
        let shifts: Shift[] = [];
        const errors = refused(() => {
          shifts = plan({ date, from, to, days: "2" }, zone, now);
        });
        // Nothing but an hour that the clock leaps over can spoil it.
        if (errors?.length) return expect(["to order", "to short"]).toContain(errors[0]);
        expect(shifts).toHaveLength(2);
        for (const { startsAt, endsAt } of shifts) {
          expect(endsAt > startsAt && +endsAt - +startsAt <= SHIFT_BOUND).toBe(true);
          if (localClock(endsAt, zone) === to && localClock(startsAt, zone) === from)
            expect(localDate(endsAt, zone)).toBe(
              to > from ? localDate(startsAt, zone) : addDays(localDate(startsAt, zone), 1),
            );
        }
        expect(shifts[0] && shifts[1] && shifts[0].endsAt <= shifts[1].startsAt).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("lasts an hour more on the night that clocks go back, and an hour less when they go forward", () => {
    const now = new Date("2026-03-01T00:00:00Z");
    const length = (date: string) => {
      const [one] = plan({ date, from: "08:00", to: "08:00" }, "America/New_York", now);
      return one && (+one.endsAt - +one.startsAt) / HOUR;
    };
    expect(length("2026-03-07")).toBe(23);
    expect(length("2026-03-09")).toBe(24);
    const autumn = new Date("2026-10-20T00:00:00Z");
    const [long] = plan({ date: "2026-10-31", from: "08:00", to: "08:00" }, "America/New_York", autumn);
    expect(long && (+long.endsAt - +long.startsAt) / HOUR).toBe(25);
  });

  it.each<[string, Partial<AskedShift>, string[]]>([
    ["nobody chosen", { person: "" }, ["person format"]],
    ["somebody of another unit", { person: "wu" }, ["person format"]],
    ["no such post", { post: "constructor" }, ["post format"]],
    ["a day that does not exist", { date: "2026-02-30" }, ["date format"]],
    ["no day", { date: "" }, ["date format"]],
    ["times that no clock shows", { from: "25:00", to: "33:00" }, ["from format", "to format"]],
    ["a beginning at 24:00", { from: "24:00" }, ["from format"]],
    ["fifteen days", { days: "15" }, ["days format"]],
    ["no day at all", { days: "0" }, ["days format"]],
    ["half a day more", { days: "1.5" }, ["days format"]],
    ["a shift that is over", { date: "2026-01-24" }, ["date past"]],
    ["one that ends this very moment", { date: "2026-01-25", from: "02:00", to: "10:00" }, ["date past"]],
    ["one beyond sixty days", { date: "2026-03-27", from: "12:00" }, ["date far"]],
    ["the last day of a row beyond sixty days", { date: "2026-03-25", days: "4" }, ["date far"]],
    ["ten minutes", { from: "08:00", to: "08:10" }, ["to short"]],
    [
      "everything wrong",
      asked({ person: "", post: "", date: "x", from: "", to: "", days: "x" }),
      [...["person format", "post format", "date format", "from format", "to format", "days format"]],
    ],
  ])("is refused with %s", (_, more, errors) => expect(refused(() => plan(more))).toEqual(errors));

  it("never survives an end before its beginning, nor 25 hours", () => {
    const fault = (from: Date, to: Date) => spanFault(span(from, to), { now: NOW, zone: ZONE });
    expect(fault(at("20:00"), at("20:00"))).toBe("order");
    expect(fault(at("20:00"), at("19:59"))).toBe("order");
    expect(fault(at("20:00"), new Date(Number.NaN))).toBe("order");
    expect(fault(at("20:00"), new Date(+at("20:00") + LONGEST_SHIFT))).toBeUndefined();
    expect(fault(at("20:00"), at("21:00", 26))).toBe("long");
    // 02:00 to 03:00 in New York's spring is no time at all.
    expect(
      refused(() =>
        plan({ date: "2026-03-08", from: "02:30", to: "03:00" }, "America/New_York", new Date("2026-03-01")),
      ),
    ).toEqual(["to order"]);
  });
});

describe("what stands in the way", () => {
  const night: Shift = { contactId: "bashir", post: "duty", ...span(at("20:00", 26), at("08:00", 27)) };
  const why = (shift: Shift) => refused(() => refuseClashes([shift], [night], { zone: ZONE }));

  it("is another of the same post, or the same person in the other post, only while both would be on", () => {
    expect(why({ ...night, contactId: "amina" })).toEqual(["date filled"]);
    expect(why({ ...night, post: "lead" })).toEqual(["person busy"]);
    expect(why({ ...night, contactId: "amina", post: "lead" })).toEqual([]);
    expect(why({ ...night, ...span(at("08:00", 27), at("20:00", 27)) })).toEqual([]);
    expect(why({ ...night, ...span(at("08:00", 26), at("20:00", 26)) })).toEqual([]);
  });

  it("is named by its days", () => {
    const week = plan({ from: "18:00", to: "22:00", days: "3", person: "amina" });
    expect(() => refuseClashes(week, [night], { zone: ZONE })).toThrow(ProblemError);
    try {
      refuseClashes(week, [night], { zone: ZONE, lang: "en" });
    } catch (error) {
      expect((error as ProblemError).problem.errors?.[0]?.message).toContain("(2026-01-26)");
    }
  });
});
