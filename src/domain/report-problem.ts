import type { Lang, Words } from "../forms/define.ts";
import { problem } from "./problem.ts";

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
  wrongKind: answer("template", "wrong-kind", {
    "zh-Hans": "这个模板不是给这类单位用的",
    "zh-Hant": "這個範本不是給這類單位用的",
    en: "This template is not meant for a unit of this kind",
  }),
};
