import type { Lang, RecordFigure, RecordForm } from "../forms/define.ts";
import { allFields, stateWords } from "../forms/record.ts";
import type { TypedIndicator } from "./indicator-typed.ts";

/* Every figure of a record form as an indicator, `<form>.<figure>`: made from the form files, so that a new one needs no more. */

export const recordIndicators = (forms: readonly RecordForm[]): TypedIndicator[] =>
  forms.flatMap((form) => form.record.figures.map((figure) => indicatorOf(form, figure)));

function indicatorOf(form: RecordForm, figure: RecordFigure): TypedIndicator {
  return {
    id: `${form.name}.${figure.name}`,
    paths: [],
    name: figure.label,
    definition: {
      "zh-Hans": defined(form, figure, "zh-Hans"),
      "zh-Hant": defined(form, figure, "zh-Hant"),
      en: defined(form, figure, "en"),
    },
    ...{ unit: "items", measure: figure.measure, kind: figure.count },
    window: figure.count === "flow" ? "all" : "moment",
    moments: ["recordEvent.recordedAt"],
    source: form.record.source,
    series: "moments",
    record: { form: form.name, figure: figure.name },
  };
}

function defined(form: RecordForm, figure: RecordFigure, lang: Lang): string {
  const said = WORDS[lang];
  const states = figure.count === "flow" ? [figure.at] : figure.in;
  const named = states.map((state) => stateWords(form, state)[lang]);
  const sum = allFields(form).find(({ name }) => name === figure.sum)?.label[lang];
  return said(form.title[lang], named, {
    flow: figure.count === "flow",
    some: figure.where !== undefined,
    sum,
  });
}

type How = { flow: boolean; some: boolean; sum: string | undefined };
const WORDS: Record<Lang, (form: string, states: string[], how: How) => string> = {
  "zh-Hans": (form, states, { flow, some, sum }) =>
    `“${form}”里${flow ? "记下" : "这一时刻处于"}${states.map((one) => `“${one}”`).join("、")}的${some ? "、其中符合本项的" : ""}${
      sum ? `，“${sum}”之和` : "件数"
    }，作废的不算；还没有单位登记过的是未知，不是零。`,
  "zh-Hant": (form, states, { flow, some, sum }) =>
    `「${form}」裡${flow ? "記下" : "這一時刻處於"}${states.map((one) => `「${one}」`).join("、")}的${some ? "、其中符合本項的" : ""}${
      sum ? `，「${sum}」之和` : "件數"
    }，作廢的不算；還沒有單位登記過的是未知，不是零。`,
  en: (form, states, { flow, some, sum }) =>
    `${sum ? `“${sum}” summed over the records` : "Records"} of “${form}” ${flow ? "marked" : "that stand as"} ${states
      .map((one) => `“${one}”`)
      .join(
        " or ",
      )}${some ? ", those that this figure is about" : ""}; withdrawn ones are taken back. Unknown (null), not zero, until a unit files the first.`,
};
