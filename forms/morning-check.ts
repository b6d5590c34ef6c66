import { defineCountForm } from "../src/forms/define.ts";

/** 晨检 (001): every pupil and teacher, every morning, and who stayed away ill. */
export const morningCheck = defineCountForm({
  name: "morning-check",
  version: 1,
  title: { "zh-Hans": "学校晨检", "zh-Hant": "學校晨檢", en: "Morning check" },
  count: {
    kinds: ["school"],
    source: "Mechanisms, secondary 001",
    due: { at: "10:00" },
    order: 5,
  },
  groups: [
    {
      name: "standing",
      label: { "zh-Hans": "应到", "zh-Hant": "應到", en: "Who should be there" },
      fields: [
        {
          name: "students",
          type: "integer",
          count: "stock",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "应到学生", "zh-Hant": "應到學生", en: "Students" },
          measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
        },
        {
          name: "staff",
          type: "integer",
          count: "stock",
          min: 0,
          max: 9_999,
          label: { "zh-Hans": "教职工", "zh-Hant": "教職工", en: "Staff" },
          measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
        },
      ],
    },
    {
      name: "day",
      label: { "zh-Hans": "今天晨检", "zh-Hant": "今天晨檢", en: "This morning" },
      hint: {
        "zh-Hans": "没有的填 0。谁因病缺勤，在“因病缺勤登记”里逐人登记、随访。",
        "zh-Hant": "沒有的填 0。誰因病缺勤，在「因病缺勤登記」裡逐人登記、隨訪。",
        en: "Enter 0 where there was none. Who is absent is recorded one by one under “Absent through illness”.",
      },
      fields: [
        {
          name: "present",
          type: "integer",
          count: "flow",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "参加晨检", "zh-Hant": "參加晨檢", en: "Checked in the morning" },
          measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "checks" },
        },
        {
          name: "absent",
          type: "integer",
          count: "flow",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "因病缺勤", "zh-Hant": "因病缺勤", en: "Absent through illness" },
          measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "absences" },
        },
        {
          name: "fever",
          type: "integer",
          count: "flow",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "晨检发热", "zh-Hant": "晨檢發熱", en: "Fever found in the morning" },
          measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "findings" },
        },
      ],
    },
  ],
});
