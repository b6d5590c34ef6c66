import { defineTable } from "../src/forms/define-table.ts";

/** 教育局: the morning check of every school, at noon. */
export const education = defineTable({
  name: "education",
  title: {
    "zh-Hans": "学校晨午检情况统计表",
    "zh-Hant": "學校晨午檢情況統計表",
    en: "Morning and noon checks, by school",
  },
  bureau: { "zh-Hans": "教育局", "zh-Hant": "教育局", en: "Education bureau" },
  note: {
    "zh-Hans": "当日数为上次截止（前一日 12:00）之后报来的。没有填过的学校为“—”。",
    "zh-Hant": "當日數為上次截止（前一日 12:00）之後報來的。沒有填過的學校為「—」。",
    en: "A day's counts are those given since the cut-off before, noon of the day before. A school that never filled in the form shows —.",
  },
  units: ["county", "town", "school"],
  rows: { level: "leaves", kinds: ["school"] },
  rowLabel: { "zh-Hans": "学校", "zh-Hant": "學校", en: "School" },
  cutOff: "12:00",
  from: "last-cut-off",
  order: 20,
  columns: [
    {
      figure: "morning-check.students",
      label: { "zh-Hans": "应到学生", "zh-Hant": "應到學生", en: "Students" },
    },
    {
      figure: "morning-check.staff",
      label: { "zh-Hans": "教职工", "zh-Hant": "教職工", en: "Staff" },
    },
    {
      figure: "morning-check.present",
      window: true,
      label: { "zh-Hans": "晨检人数", "zh-Hant": "晨檢人數", en: "Checked" },
    },
    {
      figure: "morning-check.absent",
      window: true,
      label: { "zh-Hans": "因病缺勤", "zh-Hant": "因病缺勤", en: "Absent, ill" },
    },
    {
      figure: "morning-check.fever",
      window: true,
      label: { "zh-Hans": "晨检发热", "zh-Hant": "晨檢發熱", en: "Fever, morning" },
    },
    {
      figure: "noon-check.present",
      window: true,
      label: { "zh-Hans": "午检人数", "zh-Hant": "午檢人數", en: "Checked at noon" },
    },
    {
      figure: "noon-check.fever",
      window: true,
      label: { "zh-Hans": "午检发热", "zh-Hant": "午檢發熱", en: "Fever, noon" },
    },
    {
      figure: "absence.ill",
      label: { "zh-Hans": "因病未返校", "zh-Hant": "因病未返校", en: "Ill, not back" },
    },
  ],
});
