import { describe, expect, it } from "vitest";
import { ProblemError } from "../../src/domain/problem.ts";
import {
  checkExcuse,
  dueMomentFor,
  planReport,
  type ReportContext,
  type ReportValues,
  reportState,
  type StandingReport,
} from "../../src/domain/unit-report.ts";

const settings = {
  REPORT_DUE: "16:00",
  REPORT_DUE_BY_KIND: { school: "09:30", enterprise: "24:00" },
  TIME_ZONE: "Asia/Shanghai",
};
const at = (clock: string, date = "2026-01-25") => new Date(`${date}T${clock}:00+08:00`);
const nothing = { returnees: 0, wuhan: 0, symptomatic: 0 };
const context = (more: Partial<ReportContext> = {}): ReportContext => ({
  now: at("15:00"),
  lang: "en",
  settings,
  unit: { code: "511781100001", kind: "village" },
  date: "2026-01-25",
  known: nothing,
  ...more,
});
const three: ReportValues = { zero: false, returnees: 3, wuhan: 1, symptomatic: 0 };
const standing = (more: Partial<StandingReport> = {}): StandingReport => ({
  version: 1,
  zero: true,
  counts: nothing,
  recordedAt: at("14:00"),
  firstRecordedAt: at("14:00"),
  ...more,
});

function faultOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error("nothing was refused");
}
const paths = (work: () => unknown) => faultOf(work).errors?.map(({ path }) => path);

describe("when a report is due", () => {
  it("gives each kind of unit its own clock, midnight being the next day's first moment", () => {
    expect(dueMomentFor("village", "2026-01-25", settings)).toEqual(at("16:00"));
    expect(dueMomentFor("school", "2026-01-25", settings)).toEqual(at("09:30"));
    expect(dueMomentFor("enterprise", "2026-01-25", settings)).toEqual(at("00:00", "2026-01-26"));
  });
});

describe("what a unit's day came to", () => {
  const dueAt = at("16:00");
  it.each([
    ["Amina's village at 15:59", { dueAt, firstRecordedAt: at("15:59"), version: 1 }, "on-time"],
    ["Amina's village at 16:00 sharp", { dueAt, firstRecordedAt: at("16:00"), version: 1 }, "on-time"],
    ["Bashir's village at 16:01", { dueAt, firstRecordedAt: at("16:01"), version: 1 }, "late"],
    ["a report corrected once", { dueAt, firstRecordedAt: at("15:00"), version: 2 }, "corrected"],
    ["an excused school", { dueAt, excusedAt: at("08:00") }, "excused"],
    [
      "an excused school that reported all the same",
      { dueAt, excusedAt: at("08:00"), firstRecordedAt: at("09:00") },
      "on-time",
    ],
  ])("calls %s by its state", (_, day, state) => {
    expect(reportState(day, at("17:00"))).toBe(state);
  });

  it("calls a silent village pending until the due moment and missing from it on", () => {
    expect(reportState({ dueAt }, at("15:59"))).toBe("pending");
    expect(reportState({ dueAt }, at("16:00"))).toBe("missing");
  });
});

describe("planning Wu's report", () => {
  it("writes a zero report with three noughts", () => {
    expect(planReport({ zero: true }, context())).toMatchObject({
      act: "write",
      zero: true,
      counts: nothing,
      corrects: false,
      onlyFirst: true,
      dueAt: at("16:00"),
    });
  });

  it("takes the figures that the service knows without a reason", () => {
    const known = { returnees: 3, wuhan: 1, symptomatic: 0 };
    expect(planReport(three, context({ known }))).toMatchObject({ counts: known, known, said: {} });
  });

  it.each([
    ["a figure above what is known", three, nothing],
    [
      "a zero report although somebody registered",
      { zero: true },
      { returnees: 1, wuhan: 0, symptomatic: 0 },
    ],
    ["a reason of blanks only", { ...three, reason: "  " }, nothing],
  ])("asks for a reason for %s", (_, values, known) => {
    expect(paths(() => planReport(values, context({ known })))).toEqual(["reason"]);
  });

  it("says what the service knows in the reader's language", () => {
    const fault = faultOf(() => planReport(three, context({ lang: "zh-Hant" })));
    expect(fault.errors?.[0]?.message).toContain("返鄉人員 0 人");
  });

  it("answers the same figures again as already reported", () => {
    expect(planReport({ zero: true }, context({ standing: standing() }))).toMatchObject({ act: "already" });
  });

  it("takes other figures for a correction, with a reason alone", () => {
    const known = { returnees: 3, wuhan: 1, symptomatic: 0 };
    const ctx = context({ known, standing: standing() });
    expect(paths(() => planReport(three, ctx))).toEqual(["reason"]);
    expect(planReport({ ...three, reason: "漏报两户（示例）" }, ctx)).toMatchObject({
      act: "write",
      corrects: true,
      onlyFirst: false,
      said: { reason: "漏报两户（示例）" },
    });
  });

  it("counts a changed note or a changed number of visits as a correction", () => {
    const ctx = context({ standing: standing() });
    expect(paths(() => planReport({ zero: true, note: "示例" }, ctx))).toEqual(["reason"]);
    expect(paths(() => planReport({ zero: true, visited: 12 }, ctx))).toEqual(["reason"]);
  });

  it.each(["2026-01-26", "2025-12-24", "2026-02-30", "", "yesterday", "2026-1-5"])(
    "refuses the day %j and names the days that are open",
    (date) => {
      const fault = faultOf(() => planReport({ zero: true }, context({ date })));
      expect([fault.code, fault.status]).toEqual(["report-date", 422]);
      expect(fault.title.en).toContain("2025-12-25 to 2026-01-25");
    },
  );

  it("takes today and the thirty-first day before it", () => {
    for (const date of ["2026-01-25", "2025-12-25"])
      expect(planReport({ zero: true }, context({ date })).act).toBe("write");
  });

  it("goes by the county's own day, not the day in Greenwich", () => {
    const now = new Date("2026-01-24T16:30:00Z");
    expect(planReport({ zero: true }, context({ now })).act).toBe("write");
  });
});

describe("excusing a school", () => {
  const ask = (more: Partial<{ from: string; to: string; reason: string }> = {}, now = at("09:00")) =>
    checkExcuse(
      { from: "2026-01-25", to: "2026-01-27", reason: " 放假（示例） ", ...more },
      { now, settings, lang: "en", unit: { kind: "school" } },
    );

  it("is granted before today's due moment", () => {
    expect(ask()).toEqual({ from: "2026-01-25", to: "2026-01-27", reason: "放假（示例）" });
  });

  it.each([
    ["today after the due moment", {}, at("09:30"), ["from"]],
    ["yesterday", { from: "2026-01-24" }, undefined, ["from"]],
    ["a day that does not exist", { from: "2026-02-30", to: "2026-02-31" }, undefined, ["from", "to"]],
    ["the end before the beginning", { to: "2026-01-24" }, undefined, ["to"]],
    ["thirty-two days", { to: "2026-02-25" }, undefined, ["to"]],
    ["a day in three years", { from: "2029-01-25", to: "2029-01-25" }, undefined, ["from"]],
    ["no reason", { reason: " " }, undefined, ["reason"]],
    ["a reason of 201 characters", { reason: "长".repeat(201) }, undefined, ["reason"]],
    ["half a surrogate for a reason", { reason: "a\ud800" }, undefined, ["reason"]],
  ])("is refused for %s", (_, more, now, expected) => {
    expect(paths(() => ask(more, now))).toEqual(expected);
  });
});
