import { defineTable } from "../src/forms/define-table.ts";

/** 教育局: the morning check of every school, at noon. */
export const education = defineTable({
  name: "education",
  title: {
    "zh-Hans": "学校晨午检情况统计表",
    "zh-Hant": "學校晨午檢情況統計表",
    en: "Morning checks, by school",
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
  columns: [
    {
      figure: "school-day.students",
      label: { "zh-Hans": "应到学生", "zh-Hant": "應到學生", en: "Students" },
    },
    {
      figure: "school-day.staff",
      label: { "zh-Hans": "教职工", "zh-Hant": "教職工", en: "Staff" },
    },
    {
      figure: "school-day.present",
      window: true,
      label: { "zh-Hans": "晨检人数", "zh-Hant": "晨檢人數", en: "Checked" },
    },
    {
      figure: "school-day.absent",
      window: true,
      label: { "zh-Hans": "因病缺勤", "zh-Hant": "因病缺勤", en: "Absent, ill" },
    },
    {
      figure: "school-day.fever",
      window: true,
      label: { "zh-Hans": "发热", "zh-Hant": "發熱", en: "Fever" },
    },
  ],
});
