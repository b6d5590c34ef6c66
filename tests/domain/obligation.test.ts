import { describe, expect, it } from "vitest";
import { obligationId, planObligation } from "../../src/domain/obligation.ts";
import { parseSettings } from "../../src/env.ts";

const settings = parseSettings({
  COUNTY_CODE: "511781",
  PUBLIC_URL: "https://baobei.example",
  MASTER_SECRET: "x".repeat(43),
  DEV: "1",
});
const at = (clock: string) => new Date(`2026-01-25T${clock}+08:00`);
const dueAt = at("16:00:00");

describe("planning what is owed", () => {
  it("looks again at a daily report when it is due, not before", () => {
    const row = planObligation(
      {
        kind: "daily-report",
        unitCode: "511781100001",
        subjectId: "2026-01-25",
        openedAt: at("00:00:00"),
        dueAt,
      },
      { now: at("00:01:00"), settings },
    );
    expect(row).toEqual({
      id: "daily-report/2026-01-25/511781100001",
      kind: "daily-report",
      unitCode: "511781100001",
      subjectId: "2026-01-25",
      openedAt: at("00:00:00"),
      dueAt,
      nextDueAt: dueAt,
      recordedAt: at("00:01:00"),
    });
  });

  it("looks at a registration at once, so that the village hears of it", () => {
    const row = planObligation(
      {
        kind: "registration",
        unitCode: "511781100001",
        subjectId: "WY-0217-4486",
        openedAt: at("14:00:00"),
        dueAt,
      },
      { now: at("14:00:00"), settings },
    );
    expect(row.nextDueAt).toEqual(at("14:00:00"));
    expect(row.id).toBe(obligationId("registration", "WY-0217-4486", "511781100001"));
  });
});
