import { defineCountForm } from "../src/forms/define.ts";

/** 午检 (001): the same after the break; who was found in the morning is not counted again. */
export const noonCheck = defineCountForm({
  name: "noon-check",
  version: 1,
  title: { "zh-Hans": "学校午检", "zh-Hant": "學校午檢", en: "Noon check" },
  count: {
    kinds: ["school"],
    source: "Mechanisms, secondary 001",
    due: { at: "15:00" },
    order: 6,
  },
  groups: [
    {
      name: "day",
      label: { "zh-Hans": "今天午检", "zh-Hant": "今天午檢", en: "This noon" },
      hint: {
        "zh-Hans": "没有的填 0。晨检已经填过的人不再填。",
        "zh-Hant": "沒有的填 0。晨檢已經填過的人不再填。",
        en: "Enter 0 where there was none. Who was counted in the morning is not counted again.",
      },
      fields: [
        {
          name: "present",
          type: "integer",
          count: "flow",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "参加午检", "zh-Hant": "參加午檢", en: "Checked at noon" },
          measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "checks" },
        },
        {
          name: "absent",
          type: "integer",
          count: "flow",
          min: 0,
          max: 99_999,
          label: {
            "zh-Hans": "晨检后因病离校",
            "zh-Hant": "晨檢後因病離校",
            en: "Gone home ill since the morning",
          },
          measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "absences" },
        },
        {
          name: "fever",
          type: "integer",
          count: "flow",
          min: 0,
          max: 99_999,
          label: {
            "zh-Hans": "午检新发现发热",
            "zh-Hant": "午檢新發現發熱",
            en: "Fever newly found at noon",
          },
          measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "findings" },
        },
      ],
    },
  ],
});
