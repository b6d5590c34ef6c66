import { describe, expect, it } from "vitest";
import { checkRole, planCareRoles, planContact, rolesFor, roleWords } from "../../src/domain/care-team.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { parseSettings } from "../../src/env.ts";

const settings = (more: Record<string, string> = {}) =>
  parseSettings({
    COUNTY_CODE: "511781",
    PUBLIC_URL: "https://baobei.example",
    MASTER_SECRET: "x".repeat(43),
    DEV: "1",
    ...more,
  });
const pathOf = (work: () => unknown) => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof ProblemError ? error.problem.errors?.[0]?.path : error;
  }
};

describe("三包一 and 五包一", () => {
  it("are three roles unless a unit has its own, the closest prefix first", () => {
    expect(rolesFor("511781100001", settings())).toEqual(["village_cadre", "doctor", "relative"]);
    const own = settings({
      CARE_ROLES_BY_UNIT:
        '{"511781100":"county_leader, town_cadre,village_cadre,doctor,police","511781100001":"doctor"}',
    });
    expect(rolesFor("511781100002", own)).toHaveLength(5);
    expect(rolesFor("511781100001", own)).toEqual(["doctor"]);
    expect(rolesFor("511781101001", own)).toHaveLength(3);
  });

  it("are each owed within a day", () => {
    const now = new Date("2026-01-25T10:00:00+08:00");
    const owed = planCareRoles("WY-0217-4486", "511781100001", { now, settings: settings() });
    expect(owed.map(({ id, dueAt, nextDueAt }) => [id, dueAt.toISOString(), nextDueAt])).toEqual(
      ["village_cadre", "doctor", "relative"].map((role) => [
        `care-role/WY-0217-4486/${role}`,
        "2026-01-26T02:00:00.000Z",
        new Date("2026-01-26T02:00:00.000Z"),
      ]),
    );
  });

  it("are refused by a setting that is no list", () => {
    expect(() => settings({ CARE_ROLES_BY_UNIT: "[" })).toThrow(/CARE_ROLES_BY_UNIT/);
    expect(() => settings({ CARE_ROLES_BY_UNIT: '{"x":"doctor"}' })).toThrow(/CARE_ROLES_BY_UNIT/);
    expect(settings({ CARE_ROLES: "" }).CARE_ROLES).toEqual([]);
  });

  it("have words, and one that a county made up stands for itself", () => {
    expect([roleWords("doctor", "zh-Hant"), roleWords("doctor", "en"), roleWords("邻长", "en")]).toEqual([
      ...["醫生", "Doctor", "邻长"],
    ]);
    expect(roleWords("constructor", "en")).toBe("constructor");
  });
});

describe("somebody named for a role", () => {
  it("has a phone that can be reached, and perhaps an address", () => {
    expect(planContact({ name: "示例", phone: "138 0013 8000", email: " " })).toEqual({
      ...{ name: "示例", phone: "13800138000" },
    });
    expect(planContact({ name: "示例", phone: "13800138000", email: "a@sample.example" }).email).toBe(
      "a@sample.example",
    );
    expect(pathOf(() => planContact({ name: "示例", phone: "1" }))).toBe("phone");
    for (const email of ["a", "a@b", "a b@c.example", "<a@c.example>"])
      expect(pathOf(() => planContact({ name: "示例", phone: "13800138000", email }))).toBe("email");
  });

  it("fills a role that the unit has", () => {
    expect(checkRole("doctor", "511781100001", settings())).toBe("doctor");
    expect(pathOf(() => checkRole("police", "511781100001", settings()))).toBe("role");
  });
});
