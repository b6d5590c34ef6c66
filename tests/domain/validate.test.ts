import { describe, expect, expectTypeOf, it } from "vitest";
import { dailyReport, registration, tip } from "../../forms/index.ts";
import type { IdDocument, ValuesOf } from "../../src/forms/define.ts";
import { exampleOf } from "../../src/forms/describe.ts";
import { validate } from "../../src/forms/validate.ts";
import { amina, at, errorsOf, pathsOf, person, valuesOf } from "../support/forms-registration.ts";
import type { sampleForm } from "../support/forms-sample.ts";

describe("Amina's household", () => {
  it("of three is registered, each person typed", () => {
    const persons = [
      person(),
      { ...person(), name: "示例二", returnee: "no", document: { kind: "none" } },
      { ...person(), name: "示例三", document: undefined, temperature: "" },
    ];
    const values = valuesOf({ ...amina(), persons });
    expect(values.persons.map(({ name, returnee }) => [name, returnee])).toEqual([
      ["示例一", true],
      ["示例二", false],
      ["示例三", true],
    ]);
    expect(values.persons[1]?.document).toEqual({ kind: "none" });
    expect(values.persons[2]).not.toHaveProperty("document");
    expect(values.persons[2]).not.toHaveProperty("temperature");
  });

  it("with nothing filled in is told what is missing, in the form's order", () => {
    expect(pathsOf({})).toEqual([
      "unit",
      "filledBy",
      "origin",
      "leftOn",
      "arrivedAt",
      "transport",
      "persons",
      "address",
      "hasPhone",
    ]);
    expect(errorsOf(registration, {}, "zh-Hant")[0]?.message).toBe("請選擇所在的村（社區）");
  });

  it("of ten thousand is one clear error, and no row is looked at", () => {
    const row = new Proxy(
      {},
      {
        has: () => never(),
        get: () => never(),
        getOwnPropertyDescriptor: () => never(),
        ownKeys: () => never(),
      },
    );
    const never = (): never => {
      throw new Error("a row was looked at");
    };
    const errors = errorsOf(registration, { ...amina(), persons: Array(10_000).fill(row) });
    expect(errors).toEqual([
      { path: "persons", code: "too-many", message: "家里的人：一次最多填写 20 人，其余的请另填一份" },
    ]);
  });

  it("has between one and twenty persons, who are objects", () => {
    expect(pathsOf({ ...amina(), persons: Array(20).fill(person()) })).toEqual([]);
    expect(pathsOf({ ...amina(), persons: Array(21).fill(person()) })).toEqual(["persons"]);
    expect(pathsOf({ ...amina(), persons: [] })).toEqual(["persons"]);
    expect(pathsOf({ ...amina(), persons: { 0: person() } })).toEqual(["persons"]);
    expect(pathsOf({ ...amina(), persons: [person(), "示例", null] })).toEqual(["persons.1", "persons.2"]);
  });
});

describe("what is relevant", () => {
  it("drops an answer whose question no longer stands", () => {
    const values = valuesOf({ ...amina(), origin: "wuhan", transitWuhan: "yes", contactName: "示例" });
    expect(values).not.toHaveProperty("transitWuhan");
    expect(values).not.toHaveProperty("contactName");
    expect(values).not.toHaveProperty("source");
  });
  it("asks for a contact person where there is no phone", () => {
    const { phone: _, ...rest } = amina();
    expect(pathsOf({ ...rest, hasPhone: "no" })).toEqual(["contactName", "contactPhone"]);
    expect(pathsOf({ ...rest, hasPhone: "no", contactName: "示例", contactPhone: "0818-1234567" })).toEqual(
      [],
    );
  });
  it("takes the source from Wu the grid worker", () => {
    expect(valuesOf({ ...amina(), filledBy: "grid_worker", source: "door_check" }).source).toBe("door_check");
    expect(valuesOf({ ...amina(), filledBy: "grid_worker" }).source).toBeUndefined();
    expect(valuesOf({ ...amina(), filledBy: "self", source: "door_check" }).source).toBeUndefined();
  });
});

describe("the daily report", () => {
  it("of zero is one deliberate answer, and its counts are 0", () => {
    expect(validate(dailyReport, { zero: "yes", returnees: "7" }, at)).toEqual({
      ok: true,
      values: { zero: true, returnees: 0, wuhan: 0, symptomatic: 0 },
    });
  });
  it("with three zeros is not a zero report", () => {
    const errors = errorsOf(dailyReport, { zero: false, returnees: 0, wuhan: 0, symptomatic: 0 });
    expect(errors).toMatchObject([{ path: "zero", code: "constraint" }]);
    expect(errors[0]?.message).toContain("零报告要单独选择");
  });
  it("has no more from Wuhan than in all", () => {
    expect(errorsOf(dailyReport, { zero: false, returnees: 1, wuhan: 2, symptomatic: 0 })).toMatchObject([
      { path: "wuhan" },
    ]);
  });
  it("says only what is missing while counts are missing", () => {
    expect(
      errorsOf(dailyReport, { zero: false, returnees: "0", wuhan: "0" }).map(({ path }) => path),
    ).toEqual(["symptomatic"]);
  });
});

describe("Mallory", () => {
  it.each([null, undefined, [], "x", 1, true])("who sends %j instead of answers gets one error", (input) => {
    expect(errorsOf(registration, input, "en")).toEqual([
      { path: "", code: "type", message: "The content is not in the right form" },
    ]);
  });
  it("cannot reach what every object inherits", () => {
    const input = JSON.parse(
      `{"__proto__":{"unit":"511781100201"},"constructor":{"name":"x"},"persons":[{"__proto__":{"name":"示例"}}]}`,
    );
    expect(pathsOf(input)).toContain("unit");
    expect(pathsOf(input)).toContain("persons.0.name");
    expect(({} as Record<string, unknown>).unit).toBeUndefined();
    expect(
      validate(registration, Object.assign(JSON.parse('{"__proto__":{"admin":true}}'), amina()), at),
    ).toMatchObject({ ok: true });
  });
  it("nests without end and is not followed", () => {
    let deep: unknown = "x";
    for (let level = 0; level < 50_000; level++) deep = { name: deep, persons: [deep] };
    expect(pathsOf({ ...amina(), junk: deep, address: deep })).toEqual(["address"]);
  });
  it.each(["511781", "511781100"])("cannot register a household at %s, which is no village", (unit) => {
    expect(errorsOf(registration, { ...amina(), unit })).toMatchObject([{ path: "unit", code: "choice" }]);
  });
  it("may leave a tip about the county as a whole", () => {
    expect(validate(tip, { ...exampleOf(tip, at), unit: "511781" }, at)).toMatchObject({ ok: true });
  });
});

it("infers the typed answers of each form from its file", () => {
  type Registration = ValuesOf<typeof registration>;
  expectTypeOf<Registration["unit"]>().toEqualTypeOf<string>();
  expectTypeOf<Registration["origin"]>().toEqualTypeOf<
    "wuhan" | "hubei" | "other_province" | "same_province"
  >();
  expectTypeOf<Registration["transitWuhan"]>().toEqualTypeOf<boolean | undefined>();
  expectTypeOf<Registration["phone"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Registration["persons"][number]["name"]>().toEqualTypeOf<string>();
  expectTypeOf<Registration["persons"][number]["symptoms"]>().toEqualTypeOf<boolean>();
  expectTypeOf<Registration["persons"][number]["temperature"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Registration["persons"][number]["document"]>().toEqualTypeOf<IdDocument | undefined>();
  expectTypeOf<"name" extends keyof Registration ? true : false>().toEqualTypeOf<false>();
  expectTypeOf<ValuesOf<typeof tip>["about"]>().toEqualTypeOf<string | undefined>();
  type Report = ValuesOf<typeof dailyReport>;
  expectTypeOf<Report["zero"]>().toEqualTypeOf<boolean>();
  expectTypeOf<Report["returnees"]>().toEqualTypeOf<number>();
  expectTypeOf<Report["visited"]>().toEqualTypeOf<number | undefined>();
  type Means = ValuesOf<typeof sampleForm>["means"];
  expectTypeOf<Means>().toEqualTypeOf<("leaflets" | "screens" | "recordings")[]>();

  const values: Registration = valuesOf(amina());
  expect(values.persons[0]?.document?.kind).toBe("id_card");
});
