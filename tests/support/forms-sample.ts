import { defineForm, type Words } from "../../src/forms/define.ts";

const words = (hans: string, hant: string, en: string): Words => ({
  "zh-Hans": `样本${hans}`,
  "zh-Hant": `樣本${hant}`,
  en: `Sample ${en}`,
});
const choices = [
  { name: "leaflets", label: words("1", "1", "1") },
  { name: "screens", label: words("2", "2", "2") },
  { name: "recordings", label: words("3", "3", "3") },
] as const;

/** A form that no county has: every type of field, plain and in rows, so that tests reach all of them. */
export const sampleForm = defineForm({
  name: "sample",
  version: 1,
  title: words("表", "表", "form"),
  groups: [
    {
      name: "all",
      label: words("题", "全部", "all"),
      fields: [
        { name: "title", type: "text", label: words("文字", "文字", "text"), required: true, pii: true },
        { name: "remark", type: "long_text", label: words("说明", "其他", "remark") },
        { name: "count", type: "integer", label: words("整数", "整數", "count"), required: true },
        { name: "share", type: "decimal", min: 0, max: 100, label: words("小数", "小數", "share") },
        { name: "opened", type: "date", label: words("日期", "日期", "date"), required: true },
        {
          name: "closed",
          type: "datetime",
          label: words("时间", "時刻", "moment"),
          constraint: [
            {
              rule: { op: "ge", left: { field: "." }, right: { field: "opened" } },
              message: words("早于开始", "早於日期", "is before the date"),
            },
          ],
        },
        {
          name: "means",
          type: "select_multiple",
          choices,
          label: words("方式", "方式", "means"),
          required: true,
        },
        { name: "first", type: "select_one", choices, label: words("首选", "首位", "first") },
        {
          name: "screens",
          type: "integer",
          min: 1,
          otherwise: 0,
          required: true,
          relevant: { op: "selected", field: "means", choice: "screens" },
          label: words("块数", "幕數", "screens"),
        },
        { name: "town", type: "unit", level: "town", label: words("镇", "鎮", "town") },
      ],
    },
    {
      name: "visits",
      label: words("走访", "走訪", "visits"),
      repeat: { min: 0, max: 5, noun: words("次", "次", "visit") },
      fields: [
        { name: "by", type: "select_multiple", choices, label: words("谁", "何人", "by whom") },
        { name: "found", type: "yes_no", label: words("见到", "見到", "found"), required: true },
        {
          name: "phone",
          type: "phone",
          pii: true,
          label: words("电话", "電話", "phone"),
          relevant: {
            op: "and",
            rules: [
              { op: "eq", left: { field: "found" }, right: { value: true } },
              { op: "gt", left: { field: "count" }, right: { value: 0 } },
              { op: "not", rule: { op: "answered", field: "remark" } },
            ],
          },
        },
        { name: "temperature", type: "temperature", label: words("体温", "體溫", "temperature") },
        { name: "card", type: "id_document", pii: true, label: words("证件", "證件", "document") },
      ],
    },
  ],
});
