import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareSlots,
  entryState,
  firstSlot,
  latestSlot,
  nextSlot,
  openSlot,
  previousSlot,
  type Slot,
  slotCloses,
  slotOpens,
  slotsBetween,
} from "../../src/domain/follow-up.ts";
import { MINUTE, momentOf } from "../../src/domain/time.ts";

const CN = "Asia/Shanghai";
const at = (date: string, clock: string, zone = CN) => momentOf(date, clock, zone);

describe("the slots of a day", () => {
  it("owes Amina the evening first when she is enrolled at noon", () => {
    expect(firstSlot(at("2026-01-26", "12:00"), CN)).toEqual({ date: "2026-01-26", part: "evening" });
  });

  it("owes her the morning when she is enrolled a minute before noon", () => {
    expect(firstSlot(at("2026-01-26", "11:59"), CN)).toEqual({ date: "2026-01-26", part: "morning" });
  });

  it("owes her tomorrow's morning when she is enrolled at 23:00", () => {
    expect(firstSlot(at("2026-01-31", "23:00"), CN)).toEqual({ date: "2026-02-01", part: "morning" });
  });

  it("takes Bashir's morning reading as late until noon of the next day, and not after", () => {
    const morning: Slot = { date: "2026-01-26", part: "morning" };
    const state = (date: string, clock: string) => entryState(morning, at(date, clock), CN, morning);
    expect(state("2026-01-26", "05:59")).toBe("not-yet");
    expect(state("2026-01-26", "06:00")).toBe("on-time");
    expect(state("2026-01-26", "11:59")).toBe("on-time");
    expect(state("2026-01-26", "12:00")).toBe("late");
    expect(state("2026-01-27", "11:59")).toBe("late");
    expect(state("2026-01-27", "12:00")).toBe("too-late");
  });

  it("counts no entry before the first slot nor after the last", () => {
    const first: Slot = { date: "2026-01-26", part: "evening" };
    const last: Slot = { date: "2026-02-09", part: "evening" };
    expect(
      entryState({ date: "2026-01-26", part: "morning" }, at("2026-01-26", "13:00"), CN, first, last),
    ).toBe("before-first");
    expect(
      entryState({ date: "2026-02-10", part: "morning" }, at("2026-02-10", "07:00"), CN, first, last),
    ).toBe("after-last");
  });

  it("is right at every minute of a day, at month ends, on the leap day and where clocks change", () => {
    const days: [string, string][] = [
      [CN, "2026-01-31"],
      [CN, "2024-02-29"],
      ["Europe/Berlin", "2026-03-29"],
      ["America/New_York", "2026-11-01"],
      ["Australia/Lord_Howe", "2026-04-05"],
    ];
    for (const [zone, date] of days) {
      const midnight = at(date, "00:00", zone).getTime();
      const end = at(date, "24:00", zone).getTime();
      for (let now = midnight; now < end; now += MINUTE) {
        const moment = new Date(now);
        const first = firstSlot(moment, zone);
        const open = openSlot(moment, zone);
        expect(slotCloses(first, zone) > moment).toBe(true);
        expect(slotCloses(previousSlot(first), zone) <= moment).toBe(true);
        if (open) {
          expect(first).toEqual(open);
          expect(latestSlot(moment, zone)).toEqual(open);
          expect(entryState(open, moment, zone, open)).toBe("on-time");
        } else {
          expect(slotOpens(first, zone) > moment).toBe(true);
          expect(["late", "too-late"]).toContain(
            entryState(latestSlot(moment, zone), moment, zone, latestSlot(moment, zone)),
          );
        }
      }
    }
  }, 60_000);

  it("walks forth and back through any day to the same slot, always in order", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
        fc.integer({ min: 1, max: 28 }),
        (moment, days) => {
          const start = firstSlot(moment, CN);
          let slot = start;
          for (let step = 0; step < days; step++) {
            expect(compareSlots(slot, nextSlot(slot))).toBe(-1);
            slot = nextSlot(slot);
          }
          expect(slotsBetween(start, slot)).toHaveLength(days + 1);
          for (let step = 0; step < days; step++) slot = previousSlot(slot);
          expect(slot).toEqual(start);
        },
      ),
    );
  });
});
