import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countForms } from "../../forms/counts.ts";
import { recordForms } from "../../forms/records.ts";
import { WINDOW } from "../../src/domain/figure-book.ts";
import { filledForms } from "../../src/domain/filled-form.ts";
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
import { unitOfCode } from "../../src/domain/unit.ts";
import { coveredBy, unitValues } from "../../src/domain/unit-figure.ts";
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

  it("speaks of who filled the form in since the window began, and beside a sum of all days of who ever did", () => {
    const unit = (name: string, now?: Counts, before?: Counts) => ({
      ...{ code: name, name, kind: "village", entered: true, closed: false },
      asOf: now && { supplies: now },
      from: before && { supplies: before },
    });
    const units = [
      unit("today", { masksHandedOut: 5 }, { masksHandedOut: 2 }),
      unit("before", { masksHandedOut: 2 }, { masksHandedOut: 2 }),
      unit("never"),
    ];
    const of = (...figures: string[]) => filledForms(figures, units, [supplies])[0];
    const missing = (...names: string[]) => names.map((name) => ({ code: name, name }));
    const [all, window] = ["supplies.masksHandedOut", "supplies.masksHandedOut@window"];
    expect(of(all, window)).toMatchObject({
      units: 3,
      filled: 1,
      ever: 2,
      missing: missing("before", "never"),
    });
    expect(of(window)).toMatchObject({ window: true, filled: 1, ever: null });
    expect(of(all)).toMatchObject({ window: false, filled: 2, ever: null, missing: missing("never") });
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
    const units = ["units.checkpoints", "units.grids"];
    expect(TYPED.map(({ id }) => id)).toEqual([...ids, ...records, ...units]);
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

describe("what is a unit itself", () => {
  type Posts = { code: string; typed?: number; entered?: boolean; closed?: boolean };
  const unit = ({ code, typed, entered = true, closed = false }: Posts) => ({
    ...{ code, name: code, kind: unitOfCode(code)?.kind ?? "", entered, closed, from: undefined },
    asOf: typed === undefined ? undefined : { screening: { checkpoints: typed } },
  });
  const stands = (units: ReturnType<typeof unit>[], of = units) =>
    unitValues(of, coveredBy(units))["units.checkpoints"];
  const post = (code: string, more: Partial<Posts> = {}) => unit({ code, ...more });

  it("is counted, and typed only of where none was ever entered", () => {
    const typed = [unit({ code: "511781", typed: 18 }), unit({ code: "511781100", typed: 5 })];
    expect(stands([unit({ code: "511781" })])).toBe(null);
    expect(stands(typed)).toBe(23);
    // What is not entered yet at that moment is not there.
    expect(stands([...typed, post("511781101C01", { entered: false })])).toBe(23);
    expect(stands([...typed, post("511781101C01")])).toBe(6);
    expect(stands([...typed, post("511781100C01"), post("511781100C02")])).toBe(2);
    // Closed is none, not what was typed of another day.
    expect(stands([...typed, post("511781100C01", { closed: true })])).toBe(0);
  });

  it("adds up: whatever was entered and typed, towns and the county's own make the county's", () => {
    const codes = ["511781", "511781100", "511781100001", "511781101", "511781100C01", "511781101C01"];
    const one = fc.record({
      ...{ entered: fc.boolean(), closed: fc.boolean(), typed: fc.option(fc.nat(9), { nil: undefined }) },
    });
    fc.assert(
      fc.property(fc.tuple(...codes.map(() => one)), (all) => {
        const units = all.map((facts, at) => unit({ code: codes[at] ?? "", ...facts }));
        const part = (code: string) =>
          stands(
            units,
            units.filter((of) => of.code.startsWith(code)),
          ) ?? 0;
        const own = stands(units, units.slice(0, 1)) ?? 0;
        expect(part("511781100") + part("511781101") + own).toBe(stands(units) ?? 0);
        // A town asked by itself says what the county says of it.
        const town = units.filter((of) => of.code.startsWith("511781100"));
        expect(stands(town)).toBe(stands(units, town));
      }),
    );
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

  it.each([
    ["１２", 12],
    ["1,200", 1_200],
    ["１，２００", 1_200],
    ["2万", 20_000],
    ["1.83 萬", 18_300],
    ["20万", "range"],
    ["-3", "range"],
    ["1,20", "type"],
    ["1.5", "type"],
    ["1.23456万", "type"],
    ["300余", "type"],
    ["万", "type"],
  ])("is filled in as a clerk writes numbers: %s is %j", (masksInStore, meant) => {
    const read = validate(entryForm(supplies), { masksInStore }, { ...at, lang: "zh-Hans" });
    expect(read.ok ? Object(read.values).masksInStore : read.errors[0]?.code).toBe(meant);
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
