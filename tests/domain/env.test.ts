import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSettings } from "../../src/env.ts";

const county = {
  COUNTY_CODE: "511781",
  PUBLIC_URL: "https://report.example",
  MASTER_SECRET: "0".repeat(43),
  RESEND_API_KEY: "re_sample_key",
};

const MAIL =
  "must be an address, alerts@report.example.gov.cn, or a name and one, County <alerts@report.example.gov.cn>";

/** What Zhou's technician reads when a setting is wrong. */
function said(env: Record<string, unknown>): string {
  try {
    parseSettings(env);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("a county's settings", () => {
  it("hold the standard wherever nothing is set", () => {
    expect(parseSettings({ ...county, PUBLIC_URL: "https://report.example//" })).toMatchObject({
      PUBLIC_URL: "https://report.example",
      CASE_PREFIX: "WY",
      REPORT_DUE: "16:00",
      REPORT_DUE_BY_KIND: {},
      VERIFY_MINUTES: 120,
      CARE_ROLES: ["village_cadre", "doctor", "relative"],
      CARE_ROLES_BY_UNIT: {},
    });
  });

  it("take numbers as the text a deployment gives, and lists and JSON as what they mean", () => {
    const set = {
      VERIFY_MINUTES: "90",
      CARE_ROLES: "doctor, police,,doctor",
      REPORT_DUE_BY_KIND: '{"school":"09:30"}',
      CARE_ROLES_BY_UNIT: '{"511781100":"doctor, official"}',
    };
    expect(parseSettings({ ...county, ...set })).toMatchObject({
      VERIFY_MINUTES: 90,
      CARE_ROLES: ["doctor", "police"],
      REPORT_DUE_BY_KIND: { school: "09:30" },
      CARE_ROLES_BY_UNIT: { "511781100": ["doctor", "official"] },
    });
  });

  it.each([
    "alerts@report.example",
    "示例县疫情办 <alerts@report.example>",
    '"County, office" <alerts@report.example>',
  ])("take %s as the sender, and a zone by its name", (sender) => {
    const set = { MAIL_FROM: sender, TIME_ZONE: "Asia/Urumqi" };
    expect(parseSettings({ ...county, ...set })).toMatchObject(set);
  });

  it("name everything that is missing in one sentence", () => {
    expect(said({})).toBe(
      "Settings: COUNTY_CODE is missing; PUBLIC_URL is missing; MASTER_SECRET is missing. See the README's table of settings.",
    );
    expect(said({ ...county, RESEND_API_KEY: undefined })).toContain("RESEND_API_KEY is missing");
  });

  it.each([
    ["COUNTY_CODE", "5117", "must be the county's six-digit division code"],
    ["PUBLIC_URL", "report.example", "must be an address such as https://report.example.gov.cn"],
    ["MASTER_SECRET", "short", "must be 32 random bytes, base64url"],
    ["REPORT_DUE", "25:00", "must be a clock time such as 16:00"],
    ["REPORT_DUE_BY_KIND", '{"school":"9"}', 'must be JSON such as {"school":"09:30"}'],
    ["OBSERVATION_DAYS", "a fortnight", "must be a whole number from 1 to 60"],
    ["FOLLOW_UP_TOWN_MINUTES", "301", "must be a whole number from 0 to 300"],
    ["DAY0_RULE", "never", "must be last_exposure, left_area or start"],
    ["TIME_ZONE", "Beijing", "must be a time zone such as Asia/Shanghai"],
    ["TIME_ZONE", "", "must be a time zone such as Asia/Shanghai"],
    ["MAIL_FROM", "County office", MAIL],
    ["MAIL_FROM", "示例 <alerts@report.example", MAIL],
    ["MAIL_FROM", "<alerts@report.example>", MAIL],
    ["MAIL_FROM", "示例 <a b@report.example>", MAIL],
    ["MAIL_FROM", "alerts@report.example, x@y.example", MAIL],
    ["MAIL_FROM", "示例\n <alerts@report.example>", MAIL],
    ["HOTLINE", 5, "must be text"],
  ])("say what %s must be when it is %j", (name, value, must) => {
    expect(said({ ...county, [name]: value })).toBe(
      `Settings: ${name} ${must}. See the README's table of settings.`,
    );
  });

  it("are never answered in a library's words, and never with the value", () => {
    const names = fc.constantFrom(...Object.keys(parseSettings({ ...county, CLUSTER_CDC: "511781" })));
    const values = fc.oneof(
      fc.string().map((text) => `示例${text}`),
      fc.constantFrom("", null, "-1", "1.5", "{}", 7, ["示例"]),
    );
    fc.assert(
      fc.property(names, values, (name, value) => {
        const words = said({ ...county, [name]: value });
        expect(words).not.toMatch(/invalid|expected|too (big|small)|示例/i);
        if (words) expect(words).toMatch(/^Settings: [A-Z0-9_]+ must /);
      }),
    );
  });
});
