import { defineCountForm } from "../src/forms/define.ts";

/** 晨检、午检和因病缺勤 (001). */
export const schoolDay = defineCountForm({
  name: "school-day",
  version: 1,
  title: { "zh-Hans": "学校晨检和缺勤", "zh-Hant": "學校晨檢和缺勤", en: "School day" },
  count: { kinds: ["school"], source: "Mechanisms, secondary 001" },
  groups: [
    {
      name: "day",
      label: { "zh-Hans": "当天完成的", "zh-Hant": "當天完成的", en: "Done that day" },
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
          label: { "zh-Hans": "晨检、午检发热", "zh-Hant": "晨檢、午檢發熱", en: "Fever found at a check" },
          measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "findings" },
        },
      ],
    },
    {
      name: "standing",
      label: { "zh-Hans": "现在有的", "zh-Hant": "現在有的", en: "What there is now" },
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
  ],
});
