import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryState, parseSlot } from "../../src/domain/follow-up.ts";
import {
  alarming,
  dueMoments,
  historyOf,
  nextTurn,
  progressOf,
  type Standing,
  type TakenReading,
  turnsNow,
  turnToAsk,
} from "../../src/domain/person.ts";
import { momentOf } from "../../src/domain/time.ts";

const ZONE = "Asia/Shanghai";
const at = (iso: string) => new Date(`${iso}:00+08:00`);
/** Amina, found at home on 25 January at 13:00: evening first, fourteen days from that day. */
const amina: Standing = {
  id: "WY-0217-4486-1",
  kind: "home",
  day0: "2026-01-25",
  untilDate: "2026-02-08",
  firstSlot: "2026-01-25/evening",
  firstDueAt: at("2026-01-25T23:00"),
  lastDueAt: at("2026-02-08T23:00"),
  openedAt: at("2026-01-25T13:00"),
  measuresAckAt: null,
  endedAt: null,
  ending: null,
};
const bashir: Standing = { ...amina, id: "WY-0217-4486-2" };
const read = (one: Standing, slot: string, more: Partial<TakenReading> = {}): TakenReading => {
  const { date = "", part = "morning" } = parseSlot(slot) ?? {};
  return {
    observationId: one.id,
    slot,
    dueAt: momentOf(date, part === "morning" ? "12:00" : "23:00", ZONE),
    version: 1,
    temperature: 365,
    symptoms: false,
    needsHelp: false,
    abnormal: false,
    late: false,
    door: "person",
    recordedAt: momentOf(date, part === "morning" ? "08:00" : "18:00", ZONE),
    ...more,
  };
};
const keys = (standing: Standing[], readings: TakenReading[], iso: string) =>
  turnsNow(standing, readings, at(iso), ZONE).map(({ key, missing }) => `${key} ${missing.length}`);

describe("what a household can enter now", () => {
  it("begins with the first slot owed, open from its first minute on", () => {
    expect(keys([amina], [], "2026-01-25T16:59")).toEqual([]);
    expect(keys([amina], [], "2026-01-25T17:00")).toEqual(["2026-01-25/evening 1"]);
  });

  it("keeps a missed slot for twenty-four hours after its end, half-open", () => {
    expect(keys([amina], [], "2026-01-26T18:00")).toEqual([
      "2026-01-26/evening 1",
      "2026-01-26/morning 1",
      "2026-01-25/evening 1",
    ]);
    expect(keys([amina], [], "2026-01-26T22:59")).toContain("2026-01-25/evening 1");
    expect(keys([amina], [], "2026-01-26T23:00")).not.toContain("2026-01-25/evening 1");
  });

  it("counts who is missing, and asks for the newest slot alone unless another is named", () => {
    const readings = [read(amina, "2026-01-26/morning")];
    const turns = turnsNow([amina, bashir], readings, at("2026-01-26T13:00"), ZONE);
    expect(turnToAsk(turns)).toMatchObject({ key: "2026-01-26/morning", late: true, missing: [bashir.id] });
    const done = turnsNow(
      [amina, bashir],
      [...readings, read(bashir, "2026-01-26/morning")],
      at("2026-01-26T13:00"),
      ZONE,
    );
    expect(turnToAsk(done)).toBeUndefined();
    expect(turnToAsk(done, "2026-01-25/evening")?.missing).toHaveLength(2);
  });

  it("ends with the last evening, but goes on while the last reading is abnormal", () => {
    expect(keys([amina], [], "2026-02-09T09:00")).toEqual(["2026-02-08/evening 1", "2026-02-08/morning 1"]);
    expect(nextTurn([amina], at("2026-02-09T09:00"), ZONE)).toBeUndefined();
    const held = { ...amina, lastDueAt: null };
    expect(keys([held], [], "2026-02-09T09:00")[0]).toBe("2026-02-09/morning 1");
    expect(nextTurn([held], at("2026-02-09T09:00"), ZONE)?.slot).toEqual({
      date: "2026-02-09",
      part: "evening",
    });
  });

  it("asks nothing of whoever is released", () => {
    const dawa: Standing = { ...amina, ending: "released", endedAt: at("2026-02-09T09:00") };
    expect(keys([dawa], [], "2026-02-09T09:30")).toEqual([]);
    expect(nextTurn([dawa], at("2026-02-09T09:30"), ZONE)).toBeUndefined();
  });

  it("offers exactly the slots that an entry counts for, at any minute of the fourteen days and after", () => {
    const [first, last] = [parseSlot(amina.firstSlot), parseSlot("2026-02-08/evening")];
    if (!first || !last) throw new Error("no slot");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 18 * 24 * 60 }), (minutes) => {
        const now = new Date(amina.openedAt.getTime() + minutes * 60_000);
        const offered = turnsNow([amina], [], now, ZONE);
        for (const { slot, late } of offered)
          expect(entryState(slot, now, ZONE, first, last)).toBe(late ? "late" : "on-time");
        expect(offered.length).toBeLessThanOrEqual(3);
        const next = nextTurn([amina], now, ZONE);
        if (next) expect(next.opens.getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });
});

describe("where an observation stands", () => {
  it("counts its days from day 0 and says when the release is due, held or done", () => {
    const stage = (one: Standing, iso: string) => progressOf(one, at(iso), ZONE);
    expect(stage(amina, "2026-01-25T23:59")).toEqual({ stage: "observing", day: 0, days: 14 });
    expect(stage(amina, "2026-02-08T23:59")).toEqual({ stage: "observing", day: 14, days: 14 });
    expect(stage(amina, "2026-02-09T00:00").stage).toBe("due");
    expect(stage({ ...amina, lastDueAt: null }, "2026-02-09T00:00").stage).toBe("held");
    expect(stage({ ...amina, ending: "transferred" }, "2026-01-27T00:00").stage).toBe("transferred");
  });

  it("alarms for Chen's newest reading only: a normal one after the fever ends the advice", () => {
    const fever = read(amina, "2026-01-26/morning", { abnormal: true, temperature: 373 });
    expect(alarming([amina], [fever])).toEqual([fever]);
    expect(alarming([amina], [read(amina, "2026-01-26/evening"), fever])).toEqual([]);
    expect(alarming([{ ...amina, endedAt: at("2026-01-26T13:00") }], [fever])).toEqual([]);
  });

  it("keeps a history of every slot owed, newest first, with what is missing", () => {
    const readings = [read(amina, "2026-01-25/evening")];
    const rows = historyOf([amina, bashir], readings, at("2026-01-26T09:00"), ZONE);
    expect(
      rows.map(({ key, cells }) => [key, ...cells.map((cell) => cell.reading?.temperature ?? cell.owed)]),
    ).toEqual([
      ["2026-01-26/morning", true, true],
      ["2026-01-25/evening", 365, true],
    ]);
    expect(dueMoments([amina], at("2026-01-26T09:00"), ZONE)).toEqual([
      at("2026-01-25T23:00"),
      at("2026-01-26T12:00"),
    ]);
    expect(historyOf([], [], at("2026-01-26T09:00"), ZONE)).toEqual([]);
  });
});
