import type { FigureId, FigureValue } from "./figure-book.ts";
import type { TypedIndicator } from "./indicator-typed.ts";
import type { UnitTotals } from "./typed-count.ts";
import { type UnitKind, unitOfCode } from "./unit.ts";

/*
 * 卡点、网格: what is a unit itself is counted and not typed. A number that a unit typed of them stands only while none was
 * ever entered below it, so that nothing is in both: where checkpoints were entered as units they are counted, elsewhere what
 * was typed is taken.
 */
type Counted = Pick<TypedIndicator, "name" | "measure" | "source"> & {
  id: TypedIndicator["id"];
  kind: UnitKind;
  /** The count form and its field that ask for the same. */
  typed: readonly [form: string, field: string];
};

const COUNTED: readonly Counted[] = [
  {
    ...{ id: "units.checkpoints", kind: "checkpoint", typed: ["screening", "checkpoints"] },
    name: { "zh-Hans": "卡点", "zh-Hant": "卡點", en: "Checkpoints" },
    measure: { "zh-Hans": "个", "zh-Hant": "個", en: "checkpoints" },
    source: "Figures 003; Words: checkpoint",
  },
  {
    ...{ id: "units.grids", kind: "grid", typed: ["organisation", "villageGrids"] },
    name: { "zh-Hans": "村级网格", "zh-Hant": "村級網格", en: "Village grids" },
    measure: { "zh-Hans": "个", "zh-Hant": "個", en: "grids" },
    source: "Figures 002; Mechanisms 9",
  },
];

/** Each of them as an indicator, beside what is typed. */
export const UNIT_INDICATORS: readonly TypedIndicator[] = COUNTED.map(({ id, name, measure, source }) => ({
  ...{ id, name, measure, source, paths: [], unit: "items", kind: "stock", window: "moment", series: null },
  moments: ["unit.recordedAt", "unit.closedAt", "report.recordedAt"],
  definition: {
    "zh-Hans": `已录入、未撤销的${name["zh-Hans"]}单位数；下面从未录入过${name["zh-Hans"]}单位的，用它自己填的数。既没有录入也没有填过的是未知，不是零。`,
    "zh-Hant": `已錄入、未撤銷的${name["zh-Hant"]}單位數；下面從未錄入過${name["zh-Hant"]}單位的，用它自己填的數。既沒有錄入也沒有填過的是未知，不是零。`,
    en: `${name.en} that were entered as units and are not closed; of a unit below which none was ever entered, the number it typed. Unknown (null), not zero, where there is neither.`,
  },
}));

/** By figure, the codes of units in or below which one was ever entered: what these typed of it is not counted. */
export type Covered = ReadonlyMap<FigureId, ReadonlySet<string>>;

/** @param units every unit of the subtree that is asked of */
export function coveredBy(units: readonly Pick<UnitTotals, "code" | "kind" | "entered">[]): Covered {
  return new Map(
    COUNTED.map(({ id, kind }) => {
      const codes = new Set<string>();
      for (const unit of units)
        if (unit.kind === kind && unit.entered)
          for (let code: string | null = unit.code; code; code = unitOfCode(code)?.parent ?? null)
            codes.add(code);
      return [id, codes];
    }),
  );
}

/** What stands of each as of the moment, of these units together; null where nothing is known. */
export function unitValues(units: readonly UnitTotals[], covered: Covered): Record<FigureId, FigureValue> {
  return Object.fromEntries(
    COUNTED.map(({ id, kind, typed: [form, field] }) => {
      const known = units.flatMap((unit): number[] => {
        if (unit.kind === kind && unit.entered) return [unit.closed ? 0 : 1];
        const typed = covered.get(id)?.has(unit.code) ? undefined : unit.asOf?.[form]?.[field];
        return typed === undefined ? [] : [typed];
      });
      return [id, known.length === 0 ? null : known.reduce((sum, n) => sum + n, 0)];
    }),
  );
}
