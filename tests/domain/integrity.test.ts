import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSilent, SILENCE } from "../../src/domain/heartbeat.ts";
import {
  couldHear,
  isWideDue,
  type Move,
  readAudit,
  saidOf,
  smallestAudiences,
  withoutMessage,
} from "../../src/domain/integrity.ts";
import { HOUR, MINUTE } from "../../src/domain/time.ts";

const NOW = new Date("2026-01-25T16:00:00+08:00");
const move = (more: Partial<Move> = {}): Move => ({
  obligationId: "registration/WY-0217-4486",
  fromVersion: 0,
  wave: "w-1",
  audiences: ["511781100002"],
  recordedAt: NOW.getTime(),
  ...more,
});
const bashir = {
  unitCode: "511781100002",
  role: "contact",
  channel: "mail",
  recordedAt: NOW.getTime() - HOUR,
};

describe("a word that was lost", () => {
  it("is a move that no message of its own wave tells of", () => {
    const tells: [string, number][] = [["registration/WY-0217-4486", 0]];
    expect(withoutMessage([move()], [{ wave: "w-1", tells }])).toEqual([]);
    expect(withoutMessage([move()], [{ wave: "w-2", tells }])).toEqual([move()]);
    expect(withoutMessage([move({ fromVersion: 1 })], [{ wave: "w-1", tells }])).toHaveLength(1);
    expect(withoutMessage([move()], [])).toEqual([move()]);
  });

  it("is none where nobody was to be told, or nobody could be", () => {
    expect(withoutMessage([move({ audiences: [] })], [])).toEqual([]);
    expect(couldHear(move(), [])).toBe(false);
    expect(couldHear(move(), [bashir])).toBe(true);
  });

  it("counts those alone whom the step names, and who were there by then", () => {
    const grid = move({ audiences: ["511781100002/grid"] });
    expect(couldHear(grid, [bashir])).toBe(false);
    expect(couldHear(grid, [{ ...bashir, role: "grid" }])).toBe(true);
    expect(couldHear(move(), [{ ...bashir, role: "inspector" }])).toBe(false);
    expect(couldHear(move({ audiences: ["511781100002/head+wecom"] }), [{ ...bashir, role: "head" }])).toBe(
      false,
    );
    expect(couldHear(move(), [{ ...bashir, recordedAt: NOW.getTime() + 1 }])).toBe(false);
    expect(couldHear(move({ audiences: ["511781100001", "511781100002"] }), [bashir])).toBe(true);
  });
});

describe("what the audit keeps in mind", () => {
  it("comes back as it was written, and counts as nothing when it is not its own", () => {
    const state = {
      found: { untold: 2 },
      wide: { at: 5, found: { "unit-unheard": 1 } },
      cursor: [5, "tip/T-4471-0932", 0] as [number, string, number],
    };
    expect(readAudit(JSON.stringify(state))).toEqual(state);
    expect(readAudit('{"found":{"示例":1,"untold":0},"wide":null,"cursor":null}')).toEqual({
      found: {},
      wide: null,
      cursor: null,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (detail) => {
        const read = readAudit(detail);
        if (read) expect(Object.keys(read)).toEqual(["found", "wide", "cursor"]);
      }),
    );
    expect(readAudit(undefined)).toBeUndefined();
  });

  it("looks at every unit each hour, each five minutes while something is wrong, and when a clock was set back", () => {
    const since = (minutes: number, found = {}) =>
      isWideDue({ found: {}, wide: { at: NOW.getTime() - minutes * MINUTE, found }, cursor: null }, NOW);
    expect([since(59), since(60), since(4, { "unit-unheard": 1 }), since(5, { "unit-unheard": 1 })]).toEqual([
      false,
      true,
      false,
      true,
    ]);
    expect(since(-1)).toBe(true);
    expect(isWideDue(undefined, NOW)).toBe(true);
  });
});

it("tells a monitor which stage failed and what was found, and nothing else", () => {
  expect(saidOf(["sweep"], { "stale-due": 3, "ready-old": 1 })).toBe("fault sweep\nstale-due 3\nready-old 1");
});

it("asks of several ladders only those that climb over the fewest", () => {
  const step = (to: "grid" | "unit" | "town" | "county" | "nobody") =>
    ({ after: 0, anchor: "due", tone: "overdue", to }) as const;
  const sets = (...ladders: Parameters<typeof step>[0][][]) =>
    smallestAudiences(
      ladders.map((ladder) => ladder.map(step)),
      ({ to }) => to,
    );
  expect(sets(["unit", "town", "county"], ["unit", "town"])).toEqual([["unit", "town"]]);
  expect(sets(["unit", "town"], ["town", "unit"])).toEqual([["unit", "town"]]);
  expect(sets(["unit", "county"], ["grid", "unit", "nobody"])).toEqual([
    ["unit", "county"],
    ["grid", "unit"],
  ]);
});

it("calls the cron silent after three minutes, whichever way a clock is wrong", () => {
  const at = (passed: number) => isSilent(new Date(NOW.getTime() - passed), NOW);
  expect([at(0), at(SILENCE), at(SILENCE + 1), at(-SILENCE), at(-SILENCE - 1)]).toEqual([
    false,
    false,
    true,
    false,
    true,
  ]);
  expect(isSilent(undefined, NOW)).toBe(true);
});
