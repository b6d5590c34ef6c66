import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diaryOf } from "../../src/domain/diary.ts";
import {
  LATE_WINDOW,
  latestSlot,
  parseSlot,
  slotCloses,
  slotKey,
  slotsBetween,
} from "../../src/domain/follow-up.ts";

const ZONE = "Asia/Shanghai";
const at = (local: string) => new Date(`${local}:00+08:00`);
const amina = { firstSlot: "2026-01-25/evening", lastDueAt: at("2026-02-07T23:00"), endedAt: null };
const read = (slot: string) => ({ slot });

describe("Amina's slots as a table", () => {
  it("says of each slot what can be said of it now, newest day first", () => {
    const readings = [read("2026-01-25/evening"), read("2026-01-27/morning")];
    expect(diaryOf(amina, readings, at("2026-01-27T18:00"), ZONE)).toEqual([
      {
        date: "2026-01-27",
        morning: { state: "read", read: readings[1] },
        evening: { state: "open" },
      },
      { date: "2026-01-26", morning: { state: "missed" }, evening: { state: "overdue" } },
      { date: "2026-01-25", evening: { state: "read", read: readings[0] } },
    ]);
  });

  it("is empty before her first slot", () => {
    expect(diaryOf(amina, [], at("2026-01-25T13:00"), ZONE)).toEqual([]);
  });

  it("owes nothing after Dawa was released, yet keeps a reading made before", () => {
    const dawa = { ...amina, endedAt: at("2026-01-26T08:00") };
    const diary = diaryOf(dawa, [read("2026-01-26/morning")], at("2026-01-28T09:00"), ZONE);
    expect(diary).toEqual([
      { date: "2026-01-26", morning: { state: "read", read: read("2026-01-26/morning") } },
      { date: "2026-01-25", evening: { state: "missed" } },
    ]);
  });

  it("goes on beyond the last day while Chen's fever holds it open", () => {
    const chen = { ...amina, lastDueAt: null };
    expect(diaryOf(chen, [], at("2026-02-09T09:00"), ZONE)[0]).toEqual({
      date: "2026-02-09",
      morning: { state: "open" },
    });
    expect(diaryOf(amina, [], at("2026-02-09T09:00"), ZONE)[0]?.date).toBe("2026-02-07");
  });

  it("names every slot owed so far once, whichever were read, at any minute", () => {
    const moments = fc.integer({
      min: at("2026-01-25T17:00").getTime(),
      max: at("2026-02-20T23:59").getTime(),
    });
    fc.assert(
      fc.property(moments, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (moment, which) => {
        const now = new Date(moment);
        const first = parseSlot(amina.firstSlot);
        if (!first) throw new Error("no slot");
        const owed = slotsBetween(first, latestSlot(now, ZONE)).filter(
          (slot) => slotCloses(slot, ZONE) <= amina.lastDueAt,
        );
        const readings = owed.filter((_, place) => which[place]).map((slot) => read(slotKey(slot)));
        const cells = diaryOf(amina, readings, now, ZONE).flatMap((day) =>
          (["morning", "evening"] as const).flatMap((part) => {
            const cell = day[part];
            return cell ? [{ slot: { date: day.date, part }, ...cell }] : [];
          }),
        );
        expect(cells.map(({ slot }) => slotKey(slot)).sort()).toEqual(owed.map(slotKey).sort());
        expect(cells.filter(({ state }) => state === "read")).toHaveLength(readings.length);
        for (const { slot, state } of cells) {
          const closes = slotCloses(slot, ZONE).getTime();
          if (state === "open") expect(closes).toBeGreaterThan(moment);
          if (state === "overdue") expect(closes + LATE_WINDOW).toBeGreaterThan(moment);
          if (state === "missed") expect(closes + LATE_WINDOW).toBeLessThanOrEqual(moment);
        }
      }),
      { numRuns: 200 },
    );
  });
});
