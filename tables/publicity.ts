import { defineTable } from "../src/forms/define-table.ts";

const DAY = { "zh-Hans": "当日", "zh-Hant": "當日", en: "That day" };
const ALL = { "zh-Hans": "累计", "zh-Hant": "累計", en: "So far" };

/** 宣传部: what was posted, handed out and said, that day and so far, by town, at 18:00. */
export const publicity = defineTable({
  name: "publicity",
  title: {
    "zh-Hans": "宣传发动情况统计表",
    "zh-Hant": "宣傳發動情況統計表",
    en: "Publicity, by town",
  },
  bureau: { "zh-Hans": "宣传部", "zh-Hant": "宣傳部", en: "Publicity department" },
  units: ["county", "town"],
  rows: { level: "children" },
  rowLabel: { "zh-Hans": "单位", "zh-Hant": "單位", en: "Unit" },
  cutOff: "18:00",
  from: "last-cut-off",
  order: 30,
  columns: [
    {
      label: { "zh-Hans": "公告", "zh-Hant": "公告", en: "Notices" },
      columns: [
        { figure: "publicity.notices", window: true, label: DAY },
        { figure: "publicity.notices", label: ALL },
      ],
    },
    {
      label: { "zh-Hans": "宣传单", "zh-Hant": "宣傳單", en: "Leaflets" },
      columns: [
        { figure: "publicity.leaflets", window: true, label: DAY },
        { figure: "publicity.leaflets", label: ALL },
      ],
    },
    {
      label: { "zh-Hans": "标语横幅", "zh-Hant": "標語橫幅", en: "Banners" },
      columns: [
        { figure: "publicity.banners", window: true, label: DAY },
        { figure: "publicity.banners", label: ALL },
      ],
    },
    {
      label: { "zh-Hans": "入户走访", "zh-Hant": "入戶走訪", en: "Home visits" },
      columns: [
        { figure: "publicity.visits", window: true, label: DAY },
        { figure: "publicity.visits", label: ALL },
      ],
    },
    {
      label: { "zh-Hans": "群发信息", "zh-Hant": "群發訊息", en: "Messages" },
      columns: [
        { figure: "publicity.messages", window: true, label: DAY },
        { figure: "publicity.messages", label: ALL },
      ],
    },
    {
      label: { "zh-Hans": "现有", "zh-Hant": "現有", en: "Standing" },
      columns: [
        {
          figure: "publicity.screens",
          label: { "zh-Hans": "电子显示屏", "zh-Hant": "電子顯示屏", en: "Screens" },
        },
        {
          figure: "publicity.loudspeakers",
          label: { "zh-Hans": "小喇叭", "zh-Hant": "小喇叭", en: "Loudspeakers" },
        },
      ],
    },
  ],
});
