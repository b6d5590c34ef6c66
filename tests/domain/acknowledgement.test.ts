import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acknowledge } from "../../src/domain/acknowledgement.ts";
import { HOUR, MINUTE } from "../../src/domain/time.ts";

const NOW = new Date("2026-01-25T16:35:00+08:00").getTime();
const at = (clock: string) => new Date(`2026-01-25T${clock}:00+08:00`).getTime();
const moment = fc.integer({ min: NOW - 48 * HOUR, max: NOW + 48 * HOUR });
const minutes = fc.integer({ min: 5, max: 1440 });

describe("Li says that he has seen it", () => {
  it("and the county hears an hour later than it would have, the steps after that as much later", () => {
    expect(acknowledge({ nextDueAt: at("17:00"), settled: false }, NOW, 60)).toEqual({
      nextDueAt: at("17:35"),
      heldFor: 35 * MINUTE,
      ackUntil: at("17:35"),
    });
  });

  it("and a step that is later anyway stays where it is", () => {
    expect(acknowledge({ nextDueAt: at("19:00"), settled: false }, NOW, 60)).toEqual({
      nextDueAt: at("19:00"),
      heldFor: 0,
      ackUntil: at("17:35"),
    });
  });

  it("and a step that no sweep has taken yet waits too", () => {
    expect(acknowledge({ nextDueAt: at("16:30"), settled: false }, NOW, 60)).toMatchObject({
      nextDueAt: at("17:35"),
      heldFor: 65 * MINUTE,
    });
  });

  it("and nothing changes where it is met, excused or at the ladder's end", () => {
    expect(acknowledge({ nextDueAt: at("17:00"), settled: true }, NOW, 60)).toBeUndefined();
    expect(acknowledge({ nextDueAt: null, settled: false }, NOW, 60)).toBeUndefined();
  });

  it("and a missed slot still lapses with the close of the next one", () => {
    const nextSlotClose = at("17:00");
    expect(acknowledge({ nextDueAt: at("16:40"), settled: false, nextSlotClose }, NOW, 60)).toEqual({
      nextDueAt: nextSlotClose,
      heldFor: 20 * MINUTE,
      ackUntil: nextSlotClose,
    });
    expect(acknowledge({ nextDueAt: nextSlotClose, settled: false, nextSlotClose }, NOW, 60)?.heldFor).toBe(
      0,
    );
    expect(
      acknowledge({ nextDueAt: nextSlotClose, settled: false, nextSlotClose }, nextSlotClose, 60),
    ).toBeUndefined();
  });
});

describe("whatever is acknowledged, whenever", () => {
  it("climbs on: no later than the wait allows, or when it would have anyway", () => {
    fc.assert(
      fc.property(moment, minutes, (nextDueAt, wait) => {
        const held = acknowledge({ nextDueAt, settled: false }, NOW, wait);
        expect(held).toBeDefined();
        expect(Number.isFinite(held?.nextDueAt)).toBe(true);
        expect(held?.nextDueAt).toBe(Math.max(nextDueAt, NOW + wait * MINUTE));
        expect(held?.heldFor).toBe((held?.nextDueAt ?? 0) - nextDueAt);
        expect(held?.ackUntil).toBe(NOW + wait * MINUTE);
      }),
    );
  });

  it("never brings a step forward, and never takes a slot past the close of the next", () => {
    fc.assert(
      fc.property(moment, minutes, moment, (nextDueAt, wait, close) => {
        const nextSlotClose = Math.max(nextDueAt, close);
        const held = acknowledge({ nextDueAt, settled: false, nextSlotClose }, NOW, wait);
        expect(held === undefined).toBe(nextSlotClose <= NOW);
        if (!held) return;
        expect(held.heldFor).toBeGreaterThanOrEqual(0);
        expect(held.nextDueAt).toBeGreaterThanOrEqual(nextDueAt);
        expect(held.nextDueAt).toBeLessThanOrEqual(nextSlotClose);
        expect(held.ackUntil).toBeLessThanOrEqual(nextSlotClose);
      }),
    );
  });

  it("pressed again and again by one after another it is never further off than one wait from the last press", () => {
    fc.assert(
      fc.property(moment, fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 20 }), (first, gaps) => {
        let nextDueAt = first;
        let now = NOW;
        for (const gap of gaps) {
          now += gap * MINUTE;
          nextDueAt = acknowledge({ nextDueAt, settled: false }, now, 60)?.nextDueAt ?? nextDueAt;
          expect(nextDueAt).toBeLessThanOrEqual(Math.max(first, now + 60 * MINUTE));
        }
      }),
    );
  });
});
