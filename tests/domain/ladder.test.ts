import { describe, expect, it } from "vitest";
import {
  chainOf,
  ladderOf,
  momentOfStep,
  OBLIGATION_KINDS,
  standIns,
  stepAfter,
  unitOfRung,
} from "../../src/domain/ladder.ts";

const clocks = {
  LADDER_TOWN_MINUTES: 30,
  LADDER_COUNTY_MINUTES: 60,
  FOLLOW_UP_VILLAGE_MINUTES: 60,
  FOLLOW_UP_TOWN_MINUTES: 120,
  LADDER_REPEAT_MINUTES: 240,
  LADDERS: {},
};
const times = {
  openedAt: new Date("2026-01-25T10:00:00+08:00"),
  dueAt: new Date("2026-01-25T12:00:00+08:00"),
};

describe("who hears, and when", () => {
  it("calls Bashir at the due time, Li's town 30 minutes later and Zhou's county an hour after that", () => {
    const calls = ladderOf("daily-report", clocks).map((step) => [
      step.to,
      step.tone,
      momentOfStep(step, times).toISOString(),
    ]);
    expect(calls).toEqual([
      ["unit", "overdue", "2026-01-25T04:00:00.000Z"],
      ["town", "overdue", "2026-01-25T04:30:00.000Z"],
      ["county", "overdue", "2026-01-25T05:30:00.000Z"],
    ]);
  });

  it("tells of what will be sealed off once, and Li's town where the village has nobody to hear it", () => {
    const ladder = ladderOf("retention", clocks);
    expect(ladder.map(({ to, tone }) => `${to} ${tone}`)).toEqual([
      "unit notice",
      "town notice",
      "county notice",
    ]);
    expect(stepAfter(ladder, 0)).toBe(ladder.length);
    expect(standIns(ladder, 0)).toEqual([1, 2]);
  });

  it("tells Amina of a new registration when it is opened, before anybody calls it overdue", () => {
    for (const kind of ["registration", "tip"] as const) {
      const [first, ...rest] = ladderOf(kind, clocks);
      expect(first).toMatchObject({ to: "unit", tone: "notice" });
      expect(first && momentOfStep(first, times)).toEqual(times.openedAt);
      expect(rest.filter(({ tone }) => tone === "overdue").map(({ to }) => to)).toEqual([
        "unit",
        "town",
        "county",
      ]);
    }
  });

  it("follows the settings", () => {
    const slow = { ...clocks, LADDER_TOWN_MINUTES: 5, LADDER_COUNTY_MINUTES: 0 };
    expect(ladderOf("daily-report", slow).map(({ after }) => after)).toEqual([0, 5, 5]);
  });

  it("never goes back down and always ends, whichever step is taken", () => {
    for (const kind of OBLIGATION_KINDS) {
      const ladder = ladderOf(kind, clocks);
      for (let at = 0; at < ladder.length; at++) {
        expect(stepAfter(ladder, at)).toBeGreaterThan(at);
        expect(stepAfter(ladder, at)).toBeLessThanOrEqual(ladder.length);
      }
    }
  });
});

describe("where a step reaches nobody", () => {
  it("lets the town and then the county stand in for a village without a contact", () => {
    const ladder = ladderOf("daily-report", clocks);
    expect(standIns(ladder, 0).map((at) => ladder[at]?.to)).toEqual(["town", "county"]);
    expect(standIns(ladder, 2)).toEqual([]);
  });

  it("does not let a notice turn into an early alarm", () => {
    const ladder = ladderOf("registration", clocks);
    expect(standIns(ladder, 0).map((at) => ladder[at]?.tone)).toEqual(["notice", "notice"]);
  });

  it("skips the stand-ins when the village itself was told", () => {
    const ladder = ladderOf("tip", clocks);
    expect(ladder[stepAfter(ladder, 0)]).toMatchObject({ to: "unit", tone: "overdue" });
  });
});

describe("which unit a rung is", () => {
  it("finds the town and the county in a village's code", () => {
    expect(unitOfRung("511781100002", "town")).toBe("511781100");
    expect(unitOfRung("511781100S01", "town")).toBe("511781100");
    expect(unitOfRung("511781100002", "county")).toBe("511781");
  });

  it("names each unit of the chain once, for a village, a town, a bureau and the county", () => {
    expect(chainOf("511781100002")).toEqual(["511781100002", "511781100", "511781"]);
    expect(chainOf("511781100")).toEqual(["511781100", "511781"]);
    expect(chainOf("511781B01")).toEqual(["511781B01", "511781"]);
    expect(chainOf("511781")).toEqual(["511781"]);
  });
});
