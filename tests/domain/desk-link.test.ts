import { describe, expect, it } from "vitest";
import { deskPath } from "../../src/domain/desk-link.ts";
import { OBLIGATION_KINDS, type ObligationKind } from "../../src/domain/ladder.ts";

const V = "511781100001";
const LED: [ObligationKind, string, string, string][] = [
  ["daily-report", V, "2026-01-25", `/units/${V}/report?date=2026-01-25`],
  ["registration", V, "WY-0217-4486", `/units/${V}/case/WY-0217-4486`],
  ["tip", V, "T-4471-0932", "/tips/T-4471-0932"],
  ["follow-up", V, "WY-0217-4486-1", `/units/${V}/round#f-WY-0217-4486-1.temperature`],
  [
    "response",
    V,
    "WY-0217-4486-1/2026-01-26/evening",
    `/units/${V}/response/WY-0217-4486-1/2026-01-26/evening`,
  ],
  ["cluster", "511781B01", `${V}/2026-01-26/cdc`, `/units/511781B01/cluster/${V}/2026-01-26/cdc`],
  ["release", V, "WY-0217-4486-1", `/units/${V}/release/WY-0217-4486-1`],
  ["care-role", V, "WY-0217-4486/doctor", `/units/${V}/care/WY-0217-4486/doctor`],
  ["roster", V, `${V}/2026-01-26T08:00`, `/units/${V}/roster`],
  ["ticket", V, `DB-0217-0031/${V}`, "/tickets/DB-0217-0031"],
  ["retention", V, `2026-02-26/${V}`, `/people?state=released&unit=${V}`],
  ["listed", V, "PC-0127-0031/17", `/units/${V}/listed/PC-0127-0031/17`],
  ["letter", "511781100", "XH-0127-0031", "/letters/XH-0127-0031"],
  ["reply", "511781100", "XH-0127-0031/2", "/letters/XH-0127-0031"],
  [
    "count",
    "511781100S01",
    "morning-check/2020-01-27",
    "/units/511781100S01/counts/morning-check?date=2020-01-27",
  ],
  [
    "record",
    "511781100001",
    "exit-pass/CR-0217-4486/2",
    "/units/511781100001/records/exit-pass/CR-0217-4486",
  ],
  ["decision", "511781100", "banquet/YX-0217-4486/1", "/units/511781100/records/banquet/YX-0217-4486"],
];

describe("what is owed leads to the page that settles it", () => {
  it.each(LED)("%s", (kind, unit, subject, path) => expect(deskPath(kind, unit, subject)).toBe(path));

  it("for every kind", () => expect(LED.map(([kind]) => kind)).toEqual([...OBLIGATION_KINDS]));

  it("whatever a county calls a care role", () =>
    expect(deskPath("care-role", V, "WY-0217-4486/片区 长?")).toBe(
      `/units/${V}/care/WY-0217-4486/%E7%89%87%E5%8C%BA%20%E9%95%BF%3F`,
    ));
});
