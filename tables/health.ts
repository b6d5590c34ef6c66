import { defineTable } from "../src/forms/define-table.ts";

/** 卫生健康局: who came back, who is observed and who was released, by town, at 24时. */
export const health = defineTable({
  name: "health",
  title: {
    "zh-Hans": "返乡人员医学观察日报表",
    "zh-Hant": "返鄉人員醫學觀察日報表",
    en: "Returnees and medical observation, by town",
  },
  bureau: { "zh-Hans": "卫生健康局", "zh-Hant": "衛生健康局", en: "Health bureau" },
  units: ["county", "town"],
  rows: { level: "children" },
  rowLabel: { "zh-Hans": "单位", "zh-Hant": "單位", en: "Unit" },
  cutOff: "24:00",
  from: "last-cut-off",
  order: 10,
  columns: [
    {
      label: { "zh-Hans": "返乡人员", "zh-Hant": "返鄉人員", en: "Returnees" },
      columns: [
        {
          figure: "registered.returnees",
          label: { "zh-Hans": "累计", "zh-Hant": "累計", en: "All" },
        },
        {
          figure: "registered.returnees",
          window: true,
          label: { "zh-Hans": "当日", "zh-Hant": "當日", en: "That day" },
        },
        {
          figure: "registered.wuhanDirection",
          label: { "zh-Hans": "武汉方向", "zh-Hant": "武漢方向", en: "From Wuhan's direction" },
        },
        {
          figure: "registered.symptomatic",
          label: { "zh-Hans": "登记时有症状", "zh-Hant": "登記時有症狀", en: "Ill at registration" },
        },
      ],
    },
    {
      label: { "zh-Hans": "医学观察", "zh-Hant": "醫學觀察", en: "Medical observation" },
      columns: [
        {
          figure: "observation.cumulative",
          label: { "zh-Hans": "累计", "zh-Hant": "累計", en: "All" },
        },
        {
          figure: "observation.observing",
          label: { "zh-Hans": "观察中", "zh-Hant": "觀察中", en: "Observed now" },
        },
        {
          figure: "observation.byKind.home",
          label: { "zh-Hans": "居家", "zh-Hant": "居家", en: "At home" },
        },
        {
          figure: "observation.byKind.central",
          label: { "zh-Hans": "集中", "zh-Hant": "集中", en: "Central site" },
        },
        {
          figure: "observation.byKind.hospital",
          label: { "zh-Hans": "住院", "zh-Hant": "住院", en: "Hospital" },
        },
        {
          figure: "observation.symptomatic",
          label: { "zh-Hans": "其中有症状", "zh-Hant": "其中有症狀", en: "Of them ill" },
        },
      ],
    },
    {
      label: { "zh-Hans": "解除观察", "zh-Hant": "解除觀察", en: "Released" },
      columns: [
        {
          figure: "observation.released",
          label: { "zh-Hans": "累计", "zh-Hant": "累計", en: "All" },
        },
        {
          figure: "observation.released",
          window: true,
          label: { "zh-Hans": "当日", "zh-Hant": "當日", en: "That day" },
        },
      ],
    },
    {
      figure: "readings.shareOnTime.share",
      as: "share",
      label: { "zh-Hans": "体温按时率", "zh-Hant": "體溫按時率", en: "Readings on time" },
    },
  ],
});
