import { describe, expect, it } from "vitest";
import { ProblemError } from "../../src/domain/problem.ts";
import {
  PERSON_LINK_DAYS,
  planRegistration,
  type RegistrationContext,
  type RegistrationValues,
  verificationMoment,
} from "../../src/domain/registration.ts";
import { canonicalJson, readClientId } from "../../src/domain/submission.ts";
import { DAY } from "../../src/domain/time.ts";
import { parseSettings } from "../../src/env.ts";
import { amina, bashir, chen, clientId, dawa, household } from "../support/cast.ts";

const settings = parseSettings({
  COUNTY_CODE: "511781",
  PUBLIC_URL: "https://baobei.example",
  MASTER_SECRET: "x".repeat(43),
  DEV: "1",
});
const now = new Date("2026-01-25T10:00:00+08:00");
const plan = (values: RegistrationValues, more: Partial<RegistrationContext> = {}) =>
  planRegistration(values, {
    now,
    settings,
    arrival: { id: "s", form: "registration", formVersion: 1, door: "page", contentHash: "c" },
    clientId: clientId(1),
    caseNumber: "WY-0217-4486",
    unitCode: values.unit,
    ...more,
  });
/** The errors of the problem that `work` throws. */
function errorsOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.errors;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("what a registration becomes", () => {
  it("gives Amina's village two hours from her registration when she was home before", () => {
    const { household: home, obligation } = plan(household([amina()]));
    expect(home.verifyDueAt.toISOString()).toBe("2026-01-25T04:00:00.000Z");
    expect(obligation).toMatchObject({
      id: "registration/WY-0217-4486",
      kind: "registration",
      unitCode: "511781100001",
      subjectId: "WY-0217-4486",
      openedAt: now,
      dueAt: home.verifyDueAt,
      recordedAt: now,
    });
  });

  it("counts the two hours from the arrival when that is later than the registration", () => {
    const values = household([amina()], { arrivedAt: "2026-01-25T02:30:00.000Z" });
    expect(plan(values).household.verifyDueAt.toISOString()).toBe("2026-01-25T04:30:00.000Z");
  });

  it("takes the minutes of verification from the settings", () => {
    const hour = { ...settings, VERIFY_MINUTES: 60 };
    const due = plan(household([amina()]), { settings: hour }).household.verifyDueAt;
    expect(due.toISOString()).toBe("2026-01-25T03:00:00.000Z");
  });

  it.each([
    [37.2, 372, false],
    [37.3, 373, true],
    [37.4, 374, true],
    [36.9, 369, false],
  ])("takes Chen's %s °C as %s tenths; alarm: %s", (temperature, tenths, alarm) => {
    const { persons, urgent } = plan(household([amina(), chen({ temperature })]));
    expect(persons[1]).toMatchObject({ temperature: tenths, symptomatic: alarm });
    expect(urgent).toBe(alarm);
  });

  it("raises the alarm for a cough without fever, and for nobody who has neither", () => {
    expect(plan(household([bashir({ symptoms: true })])).urgent).toBe(true);
    expect(plan(household([amina(), bashir(), dawa()])).urgent).toBe(false);
  });

  it("numbers the persons of a household after its case number, in the order typed", () => {
    const { persons, household: home } = plan(household([amina(), bashir(), dawa()]));
    expect(persons.map((one) => one.id)).toEqual(["WY-0217-4486-1", "WY-0217-4486-2", "WY-0217-4486-3"]);
    expect(persons.map((one) => one.details.name)).toEqual(["阿米娜·示例", "巴希尔·示例", "达娃·示例"]);
    expect(home.persons).toBe(3);
  });

  it("keeps every personal word in the details that are sealed", () => {
    const { household: home, persons } = plan(household([amina()]));
    const { details, phone, ...clear } = home;
    expect(details).toMatchObject({ address: "示例一组 12 号", phone: "13900000001", originPlace: "示例区" });
    expect(phone).toBe("13900000001");
    expect(JSON.stringify(clear)).not.toMatch(/示例|1390000|G9999/);
    const { details: own, documentKey, ...rest } = persons[0] ?? {};
    expect(own).toEqual({ name: "阿米娜·示例", document: amina().document });
    expect(documentKey).toContain(amina().document?.number);
    expect(JSON.stringify(rest)).not.toMatch(/示例|999999/);
  });

  it("says that a family reported itself when nobody chose a source", () => {
    expect(plan(household([amina()])).household.source).toBe("self_report");
    const byWu = household([amina()], { filledBy: "grid_worker", source: "door_check" });
    expect(plan(byWu).household.source).toBe("door_check");
  });

  it("refuses one document on two members of a household, naming the second", () => {
    const twice = household([amina(), bashir(), dawa({ document: amina().document })]);
    expect(errorsOf(() => plan(twice, { lang: "en" }))).toEqual([
      {
        path: "persons.2.document",
        code: "repeated",
        message: "This document number is the same as that of person 1. Check both.",
      },
    ]);
    expect(errorsOf(() => plan(twice))?.[0]?.message).toBe("证件号码与第 1 人相同，请核对");
  });

  it("lets a whole household register without any document", () => {
    const none = { kind: "none" } as const;
    const { persons } = plan(household([amina({ document: none }), bashir({ document: none })]));
    expect(persons.map((one) => one.documentKey)).toEqual([null, null]);
    expect(persons[0]?.details).toEqual({ name: "阿米娜·示例" });
  });

  it("lets the person's link end sixty days on", () => {
    expect(plan(household([amina()])).link.expiresAt.getTime() - now.getTime()).toBe(PERSON_LINK_DAYS * DAY);
  });
});

describe("when Wu says that he verified a household", () => {
  const recordedAt = new Date("2026-01-25T10:00:30+08:00");
  const later = new Date("2026-01-25T11:00:00+08:00");
  const at = (iso: string | undefined) =>
    verificationMoment(iso === undefined ? undefined : new Date(iso), { recordedAt, now: later, lang: "en" });

  it("takes now when he names no time, and his time when he does", () => {
    expect(at(undefined)).toEqual(later);
    expect(at("2026-01-25T10:40:00+08:00").toISOString()).toBe("2026-01-25T02:40:00.000Z");
  });

  it("takes the minute of the registration as the registration itself", () => {
    expect(at("2026-01-25T10:00:00+08:00")).toEqual(recordedAt);
  });

  it.each([
    ["2026-01-25T11:00:01+08:00", "future", "The time of verification must not be in the future"],
    ["not a time", "future", "The time of verification must not be in the future"],
    [
      "2026-01-25T09:59:59+08:00",
      "before-registration",
      "The time of verification must not be before the registration",
    ],
  ])("refuses %s", (iso, code, message) => {
    expect(errorsOf(() => at(iso))).toEqual([{ path: "occurredAt", code, message }]);
  });
});

describe("a submission's identity", () => {
  it("is the same text for the same content in any order, without what is undefined", () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: "x" })).toBe('{"a":"x","b":[{"d":1}]}');
    expect(canonicalJson({ a: "x", b: [{ d: 1 }] })).toBe(canonicalJson({ b: [{ d: 1 }], a: "x" }));
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  });

  it("takes a UUID in either case and refuses everything else", () => {
    expect(readClientId(" 7E57C11E-0000-4000-8000-00000000000A ")).toBe(
      "7e57c11e-0000-4000-8000-00000000000a",
    );
    for (const broken of ["", "1", "x".repeat(36), `${clientId(1)}0`, "'; DROP TABLE submission; --"]) {
      expect(errorsOf(() => readClientId(broken, "en"))).toEqual([
        { path: "clientId", code: "uuid", message: "Reload the page and send again." },
      ]);
    }
  });
});
