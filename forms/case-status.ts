import { defineCountForm } from "../src/forms/define.ts";

/** County, bureau and town may all fill it in, and sums go over all of them. */
const ONCE = {
  "zh-Hans": "每个病例只由一个单位填，上级、下级和部门之间不要重复：全县的数是各单位相加。",
  "zh-Hant": "每個病例只由一個單位填，上級、下級和部門之間不要重複：全縣的數是各單位相加。",
  en: "Each case is entered by one unit only: the county's figure is the sum over its units.",
};

/** 确诊、疑似: what the CDC and the health bureau state (002, 003, 004). Never the statutory report, which goes its own way. */
export const caseStatus = defineCountForm({
  name: "case-status",
  version: 1,
  title: { "zh-Hans": "确诊和疑似情况", "zh-Hant": "確診和疑似情況", en: "Cases" },
  intro: {
    "zh-Hans": `以疾控、卫健部门确认的为准。${ONCE["zh-Hans"]}没有的请填 0：报告里“暂未发现”要有填过的 0 才说。不代替网络直报。`,
    "zh-Hant": `以疾控、衛健部門確認的為準。${ONCE["zh-Hant"]}沒有的請填 0：報告裡「暫未發現」要有填過的 0 才說。不代替網絡直報。`,
    en: `Only what the CDC or the health bureau has confirmed. ${ONCE.en} Enter 0 where there are none: a report says so only where 0 was entered. It does not replace statutory reporting.`,
  },
  count: { kinds: ["county", "bureau", "town"], source: "Figures 002, 003, 004", note: ONCE, order: 50 },
  groups: [
    {
      name: "standing",
      label: { "zh-Hans": "现在有的", "zh-Hant": "現在有的", en: "What there is now" },
      fields: [
        {
          name: "confirmed",
          type: "integer",
          count: "stock",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "确诊病例", "zh-Hant": "確診病例", en: "Confirmed cases" },
          measure: { "zh-Hans": "例", "zh-Hant": "例", en: "cases" },
        },
        {
          name: "suspected",
          type: "integer",
          count: "stock",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "疑似病例", "zh-Hant": "疑似病例", en: "Suspected cases" },
          measure: { "zh-Hans": "例", "zh-Hant": "例", en: "cases" },
        },
        {
          name: "contactsOfConfirmed",
          type: "integer",
          count: "stock",
          min: 0,
          max: 99_999,
          label: {
            "zh-Hans": "与确诊病人密切接触的人",
            "zh-Hant": "與確診病人密切接觸的人",
            en: "Close contacts of confirmed cases",
          },
          measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
        },
      ],
    },
  ],
});
