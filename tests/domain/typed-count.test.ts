import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countForms } from "../../forms/counts.ts";
import { recordForms } from "../../forms/records.ts";
import { WINDOW } from "../../src/domain/figure-book.ts";
import { COUNT_UNITS, findIndicator } from "../../src/domain/indicator.ts";
import { findTyped, TYPED, typedIndicators } from "../../src/domain/indicator-typed.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { addDays } from "../../src/domain/time.ts";
import {
  type CountedDay,
  type Counts,
  checkCountDate,
  formTotals,
  planEntry,
  totalsOf,
  typedValues,
  withDay,
} from "../../src/domain/typed-count.ts";
import { countFields, entryForm } from "../../src/forms/count.ts";
import { LANGS } from "../../src/forms/define.ts";
import { exampleOf, jsonSchema } from "../../src/forms/describe.ts";
import { validate } from "../../src/forms/validate.ts";
import { countPaths, countSchemas } from "../../src/http/openapi-counts.ts";
import { supplies } from "../support/forms-unseen.ts";

const TODAY = "2026-01-25";
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error("nothing was refused");
};
const plan = (values: Record<string, unknown>, more: Partial<Parameters<typeof planEntry>[1]> = {}) =>
  planEntry(values, { form: supplies, date: TODAY, today: TODAY, lang: "en", ...more });

describe("what a unit's days come to", () => {
  const maybe = fc.option(fc.nat({ max: 500 }), { nil: undefined });
  const entry = fc.record({ day: fc.nat({ max: 9 }), masksHandedOut: maybe, masksInStore: maybe });

  it("is the sum of the last version of each day, and of a stock the latest day that answered it", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
        let days: CountedDay[] = [];
        for (const { day, ...typed } of entries) {
          const counts = Object.fromEntries(Object.entries(typed).filter(([, n]) => n !== undefined));
          days = withDay(days, { date: addDays(TODAY, -day), counts: counts as Counts });
        }
        const last = new Map(entries.map((one) => [one.day, one]));
        const flows = [...last.values()].flatMap(({ masksHandedOut: n }) => (n === undefined ? [] : [n]));
        const stock = [...last.values()]
          .toSorted((a, b) => a.day - b.day)
          .find(({ masksInStore }) => masksInStore !== undefined);
        const totals = totalsOf(supplies, days);
        // Unknown where nobody answered; zero only where somebody said so.
        expect(totals.masksHandedOut).toBe(flows.length ? flows.reduce((sum, n) => sum + n, 0) : undefined);
        expect(totals.masksInStore).toBe(stock?.masksInStore);
      }),
    );
  });

  it("is summed over units: null where none ever answered, zero where one said zero", () => {
    const of = (now?: Counts, before?: Counts) => ({
      asOf: now && { supplies: now },
      from: before && { supplies: before },
    });
    const values = (...units: ReturnType<typeof of>[]) => typedValues(units, [supplies]);
    const [sent, window, store] = ["masksHandedOut", "masksHandedOut@window", "masksInStore"].map(
      (name) => `supplies.${name}`,
    ) as [string, string, string];
    expect(values(of(), of())).toEqual({ [sent]: null, [window]: null, [store]: null });
    expect(values(of({ masksHandedOut: 0 }), of())).toEqual({ [sent]: 0, [window]: 0, [store]: null });
    expect(
      values(
        of({ masksHandedOut: 30, masksInStore: 5 }, { masksHandedOut: 10, masksInStore: 9 }),
        of({ masksHandedOut: 7 }),
      ),
    ).toEqual({ [sent]: 37, [window]: 27, [store]: 5 });
    // An earlier day corrected to less, and one withdrawn.
    expect(values(of({ masksHandedOut: 4 }, { masksHandedOut: 10 }))[window]).toBe(-6);
    expect(values(of({}, { masksHandedOut: 10 }))).toEqual({ [sent]: null, [window]: -10, [store]: null });
  });

  it("tells a day on which Wu entered 0 from one on which he entered nothing", () => {
    const yesterday: CountedDay = { date: "2026-01-24", counts: { masksHandedOut: 3 } };
    const since = (...more: CountedDay[]) =>
      typedValues(
        [{ asOf: formTotals(supplies, [yesterday, ...more]), from: formTotals(supplies, [yesterday]) }],
        [supplies],
      )["supplies.masksHandedOut@window"];
    expect(since()).toBeNull();
    expect(since({ date: TODAY, counts: { masksInStore: 5 } })).toBeNull();
    expect(since({ date: TODAY, counts: { masksHandedOut: 0 } })).toBe(0);
  });
});

describe("an entry", () => {
  it("keeps only what was answered, zero among it", () => {
    expect(plan({ masksHandedOut: 0, other: 7 })).toEqual({
      ...{ act: "write", version: 1, counts: { masksHandedOut: 0 }, said: {} },
    });
  });

  it("with nothing in it is refused, at the first count", () => {
    expect(refusal(() => plan({})).errors).toMatchObject([{ path: "masksHandedOut", code: "required" }]);
  });

  it("that corrects a day needs a reason, and may take an answer back", () => {
    const standing = { version: 2, counts: { masksHandedOut: 30 } };
    expect(refusal(() => plan({ masksHandedOut: 20 }, { standing })).errors).toMatchObject([
      { path: "reason", code: "correction-reason" },
    ]);
    expect(plan({ reason: " 示例 " }, { standing })).toEqual({
      ...{ act: "write", version: 3, counts: {}, said: { reason: "示例" } },
    });
    expect(plan({ masksHandedOut: 30, reason: "x" }, { standing })).toEqual({ act: "already", version: 2 });
    // Empty is not what zero is.
    expect(plan({ masksHandedOut: 30, masksInStore: 0, reason: "x" }, { standing }).act).toBe("write");
  });

  it.each(["2026-01-26", "2025-12-24", "2026-02-30", "", "昨天", "2026-1-5", "constructor"])(
    "for the day %j is refused with the days that are open",
    (date) => {
      const { code, status, title } = refusal(() => checkCountDate(date, TODAY));
      expect([code, status]).toEqual(["count-date", 422]);
      expect(title.en).toBe("Only the days from 2025-12-25 to 2026-01-25 can be entered");
    },
  );
});

describe("the catalogue of typed counts", () => {
  it("has one indicator for every field of every count form and every figure of records, in three languages", () => {
    const ids = countForms.flatMap((form) => countFields(form).map(({ name }) => `${form.name}.${name}`));
    const records = recordForms.flatMap(({ name, record }) =>
      record.figures.map((one) => `${name}.${one.name}`),
    );
    expect(TYPED.map(({ id }) => id)).toEqual([...ids, ...records]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => findIndicator(id))).toEqual([]);
    for (const one of TYPED) {
      for (const words of [one.name, one.definition, one.measure])
        for (const lang of LANGS) expect(words[lang], `${one.id} ${lang}`).toMatch(/\S/);
      expect(`${one.name.en}${one.definition.en}${one.measure.en}`, one.id).not.toMatch(/\p{Script=Han}/u);
      expect(Object.keys(COUNT_UNITS)).not.toContain(one.unit);
    }
    expect(findTyped("publicity.leaflets")).toMatchObject({ kind: "flow", measure: { "zh-Hans": "份" } });
    expect(findTyped("screening.checkpoints")?.kind).toBe("stock");
    expect(findTyped(`publicity.leaflets${WINDOW}`)).toBeUndefined();
  });

  it("names no count as the engine names a correction's reason", () => {
    for (const form of countForms) expect(countFields(form).map(({ name }) => name)).not.toContain("reason");
  });
});

describe("a form nobody here has seen, added as one file", () => {
  const at = { now: new Date(`${TODAY}T10:00:00+08:00`), zone: "Asia/Shanghai" };
  const where = { ...at, lang: "en" as const, county: "511781", village: "511781100001" };

  it("is validated, described and exemplified", () => {
    const form = entryForm(supplies);
    const example = exampleOf(form, { ...at, unit: "511781100001" });
    expect(validate(form, example, { ...at, lang: "en" })).toMatchObject({ ok: true });
    const wrong = validate(form, { masksHandedOut: -1, masksInStore: 1.5 }, { ...at, lang: "zh-Hans" });
    expect(wrong).toMatchObject({
      ok: false,
      errors: [{ path: "masksHandedOut" }, { path: "masksInStore" }],
    });
    expect(jsonSchema(form, "zh-Hant")).toMatchObject({
      properties: {
        masksInStore: { description: "單位：隻；當天實有的，以最近一天為準。", minimum: 0, maximum: 99_999 },
      },
      required: [],
    });
  });

  it("has indicators and a door of its own in the document", () => {
    expect(typedIndicators([supplies])).toMatchObject([
      { id: "supplies.masksHandedOut", kind: "flow", window: "all", name: { en: "Masks handed out" } },
      { id: "supplies.masksInStore", kind: "stock", window: "moment" },
    ]);
    const paths = countPaths({ ...where, exampleId: "x" }, () => ({}), [supplies]);
    expect(Object.keys(paths)).toEqual(["/api/v1/counts/supplies/{unit}/{date}"]);
    expect(JSON.stringify(paths)).toContain('"operationId":"createSuppliesCounts"');
    expect(Object.keys(countSchemas("en", [supplies]))).toEqual(["SuppliesCounts", "CountReceipt"]);
  });
});
