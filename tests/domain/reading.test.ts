import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LATE_WINDOW, openTurns, parseSlot, slotCloses, slotOpens } from "../../src/domain/follow-up.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { isAbnormal, planReading } from "../../src/domain/reading.ts";
import { HOUR, momentOf } from "../../src/domain/time.ts";

const CN = "Asia/Shanghai";
const well = { temperature: 36.5, symptoms: false, needsHelp: false };
const at = (date: string, clock: string) => momentOf(date, clock, CN);
const plan = (now: Date, sent: { slot?: string; takenAt?: Date } = {}, values = well) =>
  planReading(values, { observationId: "WY-0217-4486-1", ...sent }, { now, zone: CN, lang: "en" });
const faultOf = (work: () => unknown) => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [fault] = error.problem.errors ?? [];
    return fault && [fault.path, fault.code];
  }
};

describe("Chen's temperature", () => {
  it.each([
    [372, false, false],
    [373, false, true],
    [374, false, true],
    [350, true, true],
    [365, false, false],
  ])("%i tenths with symptoms %s is abnormal: %s", (tenths, symptoms, abnormal) => {
    expect(isAbnormal(tenths, symptoms)).toBe(abnormal);
  });

  it("is kept in tenths without a slip of the decimals", () => {
    for (let tenths = 340; tenths <= 430; tenths++) {
      const planned = plan(at("2026-01-26", "08:00"), {}, { ...well, temperature: tenths / 10 });
      expect(planned.temperature).toBe(tenths);
      expect(planned.abnormal).toBe(tenths >= 373);
    }
  });
});

describe("the slot a reading speaks for", () => {
  it("is the one whose hours began last, late once they are over", () => {
    const slots = (clock: string, date = "2026-01-26") => {
      const { slot, late } = plan(at(date, clock));
      return [slot, late];
    };
    expect(slots("06:00")).toEqual(["2026-01-26/morning", false]);
    expect(slots("11:59")).toEqual(["2026-01-26/morning", false]);
    expect(slots("12:00")).toEqual(["2026-01-26/morning", true]);
    expect(slots("17:00")).toEqual(["2026-01-26/evening", false]);
    expect(slots("05:59")).toEqual(["2026-01-25/evening", true]);
  });

  it("is the one it was taken in when a phone without signal sends it later", () => {
    const sent = plan(at("2026-01-26", "18:00"), { takenAt: at("2026-01-26", "07:00") });
    expect([sent.slot, sent.late, sent.later]).toEqual([
      "2026-01-26/morning",
      true,
      [at("2026-01-26", "23:00")],
    ]);
  });

  it("forgives a phone whose clock is a minute ahead, and no more than two", () => {
    const now = at("2026-01-26", "08:00");
    expect(plan(now, { takenAt: at("2026-01-26", "08:01") }).takenAt).toEqual(now);
    expect(faultOf(() => plan(now, { takenAt: at("2026-01-26", "08:03") }))).toEqual(["takenAt", "future"]);
    expect(faultOf(() => plan(now, { takenAt: new Date(Number.NaN) }))).toEqual(["takenAt", "future"]);
  });

  it("is refused when it is none, not yet open, or past its day", () => {
    const now = at("2026-01-26", "12:30");
    expect(faultOf(() => plan(now, { slot: "2026-01-26/evening" }))).toEqual(["slot", "not-yet"]);
    expect(faultOf(() => plan(now, { slot: "2026-01-25/morning" }))).toEqual(["slot", "too-late"]);
    expect(faultOf(() => plan(now, { slot: "2026-01-25/evening" }))).toBeUndefined();
    for (const slot of ["", "2026-01-26", "2026-01-26/noon", "2026-02-30/morning", "2026-01-26/morning/x"])
      expect(faultOf(() => plan(now, { slot }))).toEqual(["slot", "format"]);
  });

  it("takes an entry exactly while one of the open turns names it, at any minute", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
        (now) => {
          const turns = openTurns(now, CN);
          expect(plan(now).slot).toBe(turns[0]?.slot);
          for (const { slot, late, dueAt } of turns) {
            const planned = plan(now, { slot });
            expect([planned.late, planned.dueAt]).toEqual([late, dueAt]);
            expect(planned.later).toHaveLength(turns.findIndex((turn) => turn.slot === slot));
          }
          const last = turns.at(-1)?.slot ?? "";
          const closes = slotCloses(parseSlot(last) ?? { date: "", part: "morning" }, CN);
          expect(closes.getTime() + LATE_WINDOW).toBeGreaterThan(now.getTime());
          expect(slotOpens(parseSlot(turns[0]?.slot ?? "") ?? { date: "", part: "morning" }, CN) <= now).toBe(
            true,
          );
          expect(turns.length).toBeLessThanOrEqual(Math.ceil((24 * HOUR + LATE_WINDOW) / (12 * HOUR)));
        },
      ),
    );
  });
});
