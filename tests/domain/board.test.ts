import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BOARD_KINDS,
  type BoardKind,
  boardOf,
  type Climbing,
  type Found,
  ladderState,
  type Open,
  placeDepth,
  type Reports,
  SOON,
} from "../../src/domain/board.ts";
import { type LadderStep, ladderOf } from "../../src/domain/ladder.ts";
import { MINUTE } from "../../src/domain/time.ts";

/*
 * What the board says of a subtree, and of how far each thing has climbed.
 */
const settings = {
  LADDER_TOWN_MINUTES: 30,
  LADDER_COUNTY_MINUTES: 60,
  LADDER_REPEAT_MINUTES: 240,
  FOLLOW_UP_VILLAGE_MINUTES: 60,
  FOLLOW_UP_TOWN_MINUTES: 120,
  LADDERS: {},
};
const NOW = Date.parse("2026-01-25T10:00:00+08:00");
const V1 = "511781100001";
const V2 = "511781101001";
const NONE: Reports = {
  date: "2026-01-25",
  expected: 0,
  reported: 0,
  excused: 0,
  soon: 0,
  overdue: [],
  bounded: false,
};
const open = (unitCode: string, minutes: number, id = `${unitCode}/${minutes}`): Open => ({
  ...{ id, unitCode },
  dueAt: NOW + minutes * MINUTE,
});
const found = (...rows: Open[]): Found => ({ rows, bounded: false });
const county = (lists: Partial<Record<BoardKind, Found>>, reports = NONE) =>
  boardOf(lists, reports, { now: NOW, depth: 9 });

describe("the board", () => {
  it("puts fevers before reports, and of each kind the longest owed first", () => {
    const { groups, next } = county({
      "daily-report": found(open(V1, -600)),
      response: found(open(V1, -5), open(V2, -90), open(V2, 30)),
      tip: found(open(V1, 119), open(V1, 121)),
    });
    expect(
      groups.map(({ kind, overdue }) => [kind, overdue.map(({ dueAt }) => (dueAt - NOW) / MINUTE)]),
    ).toEqual([
      ["response", [-90, -5]],
      ["daily-report", [-600]],
    ]);
    expect(next.map(({ kind }) => kind)).toEqual(["response", "tip"]);
  });

  it("counts what is due at this very minute as overdue, and what is due in two hours as next", () => {
    const { overdue, soon } = county({
      tip: found(open(V1, 0), open(V1, SOON / MINUTE), open(V1, SOON / MINUTE + 1)),
    });
    expect([overdue.n, soon.n]).toEqual([1, 1]);
  });

  it("says 'at least' of what was not counted to its end, and so does every sum of it", () => {
    const {
      overdue,
      groups,
      places,
      open: waiting,
    } = county({
      registration: { rows: [open(V1, -1)], bounded: true },
      tip: found(open(V1, -1)),
    });
    expect(overdue).toEqual({ n: 2, atLeast: true });
    expect(groups.map(({ count }) => count.atLeast)).toEqual([false, true]);
    expect(places[0]?.total).toEqual({ n: 2, atLeast: true });
    expect(waiting).toMatchObject({ registration: { atLeast: true }, tip: { n: 1, atLeast: false } });
  });

  it("counts to the end where a list in order goes on to what is not due yet", () => {
    const rows = [open(V1, -3), open(V1, 4)];
    expect(county({ tip: { rows, bounded: true, inOrder: true } }).overdue).toEqual({ n: 1, atLeast: false });
    expect(county({ tip: { rows, bounded: true } }).overdue).toEqual({ n: 1, atLeast: true });
    const older = { rows: [open(V1, -1500)], bounded: true, inOrder: true };
    expect(county({ "daily-report": older }, { ...NONE, overdue: [V2] }).overdue).toEqual({
      n: 2,
      atLeast: true,
    });
  });

  it("never calls a kind empty that it could not look through", () => {
    const { groups } = county({ "follow-up": { rows: [], bounded: true } });
    expect(groups).toEqual([{ kind: "follow-up", overdue: [], count: { n: 0, atLeast: true } }]);
  });

  it("counts a storm of reports in full, by town, though the list holds the first of them", () => {
    const silent = Array.from(
      { length: 300 },
      (_, at) => `511781${100 + (at % 3)}${String(at).padStart(3, "0")}`,
    );
    const { groups, places } = county(
      {
        "daily-report": {
          rows: [open(V1, -1500), open(V1, -60, `daily-report/2026-01-25/${V1}`)],
          ...{ bounded: true, inOrder: true },
        },
      },
      { ...NONE, expected: 331, reported: 31, overdue: silent },
    );
    expect(groups[0]?.count).toEqual({ n: 301, atLeast: false });
    expect(places.map(({ code, counts }) => [code, counts["daily-report"]?.n])).toEqual([
      ["511781100", 100],
      ["511781101", 100],
      ["511781102", 100],
    ]);
  });

  it("has a table of towns for a county, of villages for a town, and none below", () => {
    expect(["511781", "511781100", V1, `${V1}A1`, "511781B01"].map(placeDepth)).toEqual([
      9,
      12,
      undefined,
      undefined,
      undefined,
    ]);
    const { places } = boardOf(
      { tip: found(open(`${V1}A1`, -1), open(`${V1}S01`, -1), open(V2, -1)) },
      NONE,
      {
        now: NOW,
        depth: 12,
      },
    );
    expect(places.map(({ code, total }) => [code, total.n])).toEqual([
      [V1, 2],
      [V2, 1],
    ]);
  });

  it("loses and doubles nothing, whatever is found", () => {
    const row = fc.record({
      id: fc.uuid(),
      unitCode: fc.constantFrom(V1, V2, `${V1}A1`, "511781B01"),
      dueAt: fc.integer({ min: NOW - 10 * SOON, max: NOW + 2 * SOON }),
    });
    const lists = fc.dictionary(
      fc.constantFrom(...BOARD_KINDS),
      fc.record({ rows: fc.array(row, { maxLength: 20 }), bounded: fc.boolean() }),
    );
    fc.assert(
      fc.property(lists, (all) => {
        const board = county(all as Partial<Record<BoardKind, Found>>);
        const rows = Object.values(all).flatMap((one) => one.rows);
        const late = rows.filter(({ dueAt }) => dueAt <= NOW).length;
        expect(board.overdue.n).toBe(late);
        expect(board.groups.reduce((sum, { overdue }) => sum + overdue.length, 0)).toBe(late);
        expect(board.places.reduce((sum, { total }) => sum + total.n, 0)).toBe(late);
        expect(board.next.length).toBe(rows.filter(({ dueAt }) => dueAt > NOW && dueAt <= NOW + SOON).length);
        for (const { overdue } of board.groups)
          expect(overdue).toEqual(overdue.toSorted((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1)));
      }),
    );
  });
});

describe("how far something has climbed", () => {
  const owed = (more: Partial<Climbing> = {}): Climbing => ({
    ...{ unitCode: V1, openedAt: NOW - 240 * MINUTE, dueAt: NOW - 120 * MINUTE, step: 0, nextDueAt: null },
    ...{ heldFor: 0, ackUntil: null, told: [] },
    ...more,
  });
  const state = (more: Partial<Climbing>, kind: BoardKind = "daily-report") =>
    ladderState(owed(more), ladderOf(kind, settings), NOW);

  it("names the village and the town as told, and the county as next, with the time", () => {
    expect(state({ step: 2, nextDueAt: NOW + 30 * MINUTE })).toEqual({
      told: [{ unit: V1 }, { unit: "511781100" }],
      next: { who: { unit: "511781" }, at: NOW + 30 * MINUTE, again: false },
    });
  });

  it("takes a stand-in for told only where a sweep has named it", () => {
    // A tip's notices to town and county are for where the one below has nobody.
    expect(state({ step: 3, nextDueAt: NOW }, "tip").told).toEqual([{ unit: V1 }]);
    expect(state({ step: 3, nextDueAt: NOW, told: [V1, "511781100"] }, "tip").told).toEqual([
      { unit: V1 },
      { unit: "511781100" },
    ]);
  });

  it("passes over a rung that names nobody new: a town's own report goes on to the county", () => {
    const { next } = state({
      unitCode: "511781100",
      step: 1,
      nextDueAt: NOW + MINUTE,
      dueAt: NOW - 29 * MINUTE,
    });
    expect(next).toEqual({ who: { unit: "511781" }, at: NOW + 61 * MINUTE, again: false });
  });

  it("says that the county is told again, and when nothing more is said", () => {
    const told = ["511781"];
    expect(state({ step: 6, nextDueAt: NOW + MINUTE, told }, "tip").next).toEqual({
      ...{ who: { unit: "511781" }, at: NOW + MINUTE, again: true },
    });
    expect(state({ step: 12, told }, "tip").next).toBeUndefined();
  });

  it("is held while an acknowledgement lasts, and no longer", () => {
    const more = { step: 1, nextDueAt: NOW + MINUTE };
    expect(state({ ...more, ackUntil: NOW + MINUTE }).heldUntil).toBe(NOW + MINUTE);
    expect(state({ ...more, ackUntil: NOW })).not.toHaveProperty("heldUntil");
  });

  it("says when a missed reading counts as missed for good", () => {
    const after = { step: 3, nextDueAt: NOW + 60 * MINUTE };
    expect(state(after, "follow-up")).toEqual({
      told: [{ unit: V1, role: "grid" }, { unit: V1 }, { unit: "511781100" }],
      lapsesAt: NOW + 60 * MINUTE,
    });
  });

  it("stands before any ladder and step that settings could make", () => {
    const step = fc.record({
      after: fc.integer({ min: 0, max: 600 }),
      anchor: fc.constantFrom("opened", "due"),
      tone: fc.constantFrom("notice", "overdue"),
      to: fc.constantFrom("unit", "grid", "town", "county"),
    }) as fc.Arbitrary<LadderStep>;
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 6 }),
        fc.nat(20),
        fc.option(fc.integer({ min: 0, max: 2 * NOW })),
        fc.constantFrom(V1, "511781", "511781100", `${V1}A1`),
        (ladder, at, nextDueAt, unitCode) => {
          const { told, next } = ladderState(owed({ step: at, nextDueAt, unitCode }), ladder, NOW);
          expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(told.length);
          if (nextDueAt === null) expect(next).toBeUndefined();
          else if (next) expect(next.at).toBeGreaterThanOrEqual(nextDueAt);
        },
      ),
    );
  });
});
