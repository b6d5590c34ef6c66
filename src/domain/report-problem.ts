import type { Lang, Words } from "../forms/define.ts";
import { of, problem } from "./problem.ts";

/* What can go wrong with the question for a situation report: the catalogue of problem.ts, continued. */
const answer =
  (path: string, code: string, words: Words) =>
  (lang: Lang, name = path) =>
    problem.answer(name, code, words, lang);

export const reportProblem = {
  noTemplate: (ids: readonly string[]) =>
    answer("template", "unknown", {
      "zh-Hans": `没有这个模板，可用的是：${ids.join("、")}`,
      "zh-Hant": `沒有這個範本，可用的是：${ids.join("、")}`,
      en: `There is no such template. There are: ${ids.join(", ")}`,
    }),
  noLanguage: answer("lang", "unknown", {
    "zh-Hans": "情况汇报只有简体（zh-Hans）和繁体（zh-Hant）",
    "zh-Hant": "情況彙報只有簡體（zh-Hans）和繁體（zh-Hant）",
    en: "Situation reports are written in zh-Hans or zh-Hant",
  }),
  noLate: answer("late", "unknown", {
    "zh-Hans": "late 只能写 true 或 false",
    "zh-Hant": "late 只能寫 true 或 false",
    en: "late is true or false",
  }),
  altered: () =>
    of(
      "report-altered",
      409,
      "这份汇报保存的内容被改动过，打不开；请报告管理员",
      "這份彙報儲存的內容被改動過，打不開；請報告管理員",
      "What is stored of this report was altered and cannot be opened. Tell the administrator.",
    ),
  wrongKind: answer("template", "wrong-kind", {
    "zh-Hans": "这个模板不是给这类单位用的",
    "zh-Hant": "這個範本不是給這類單位用的",
    en: "This template is not meant for a unit of this kind",
  }),
};
