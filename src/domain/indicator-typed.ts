import { countForms } from "../../forms/counts.ts";
import { recordForms } from "../../forms/records.ts";
import { countFields } from "../forms/count.ts";
import type { CountField, CountForm, Words } from "../forms/define.ts";
import { shortLabel } from "../forms/words.ts";
import { recordIndicators } from "./indicator-record.ts";
import { UNIT_INDICATORS } from "./unit-figure.ts";

/*
 * Every field of a count form as an indicator, `<form>.<field>`, and beside them every figure of a record form: made from the
 * form files, so that a new one needs no more; and what is a unit itself (unit-figure.ts).
 */
export type TypedIndicator = {
  id: `${string}.${string}`;
  /** None: no summary states it. */
  paths: string[];
  name: Words;
  definition: Words;
  unit: "items";
  /** What it is counted in: 份, copies. */
  measure: Words;
  kind: "flow" | "stock";
  window: "all" | "moment";
  numerator?: undefined;
  denominator?: undefined;
  moments: string[];
  source: string;
  /** What is entered for a day has no series of its own: a correction would change days gone by. */
  series: "moments" | null;
  /** Only of a record form's figure. */
  record?: { form: string; figure: string };
};

export const typedIndicators = (forms: readonly CountForm[]): TypedIndicator[] =>
  forms.flatMap((form) => countFields(form).map((field) => indicatorOf(form, field)));

/** Those of the forms that the service has. */
export const TYPED: readonly TypedIndicator[] = [
  ...typedIndicators(countForms),
  ...recordIndicators(recordForms),
  ...UNIT_INDICATORS,
];

/** The indicator of a typed count, of records or of units by its id. */
export const findTyped = (id: string): TypedIndicator | undefined => TYPED.find((one) => one.id === id);

function indicatorOf(form: CountForm, field: CountField): TypedIndicator {
  return {
    id: `${form.name}.${field.name}`,
    paths: [],
    name: {
      "zh-Hans": shortLabel(field, "zh-Hans"),
      "zh-Hant": shortLabel(field, "zh-Hant"),
      en: shortLabel(field, "en"),
    },
    definition: defined(form, field),
    ...{ unit: "items", measure: field.measure, kind: field.count },
    window: field.count === "flow" ? "all" : "moment",
    moments: ["report.recordedAt"],
    source: form.count.source,
    series: null,
  };
}

function defined({ title, count: { note } }: CountForm, { count }: CountField): Words {
  const { hans, hant, en } =
    count === "flow"
      ? {
          hans: "逐日填的数之和，每天以最后一版为准",
          hant: "逐日填的數之和，每天以最後一版為準",
          en: `What units entered day by day in “${title.en}”, added up; of each day the last version counts`,
        }
      : {
          hans: "最近一天填的数之和",
          hant: "最近一天填的數之和",
          en: `What each unit entered last in “${title.en}”, summed over units`,
        };
  const [noteHans, noteHant] = [note?.["zh-Hans"] ?? "", note?.["zh-Hant"] ?? ""];
  return {
    "zh-Hans": `各单位在“${title["zh-Hans"]}”表里${hans}；没有单位填过的是未知，不是零。${noteHans}`,
    "zh-Hant": `各單位在「${title["zh-Hant"]}」表裡${hant}；沒有單位填過的是未知，不是零。${noteHant}`,
    en: `${en}. Unknown (null), not zero, where no unit ever entered it.${note ? ` ${note.en}` : ""}`,
  };
}
