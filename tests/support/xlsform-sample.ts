import { defineForm } from "../../src/forms/define.ts";

const words = (text: string) => ({
  "zh-Hans": `${text}（简）`,
  "zh-Hant": `${text}（繁）`,
  en: `${text} in English`,
});

/** Everything that a form file can say, so that an export shows it. */
export const everything = defineForm({
  name: "every-thing",
  version: 12,
  title: words("示例"),
  intro: words("开头"),
  groups: [
    {
      name: "plain",
      label: words("一"),
      hint: words("提示"),
      fields: [
        {
          name: "free",
          type: "text",
          label: words("文字"),
          pii: true,
          autocomplete: "name",
          example: "示例 “引号” 'a' \"b\"",
        },
        { name: "lines", type: "long_text", maxLength: 1000, label: words("长"), hint: words("提示") },
        {
          name: "whole",
          type: "integer",
          min: -5,
          label: words("整数"),
          count: "stock",
          measure: words("只"),
        },
        { name: "bare", type: "integer", label: words("整数"), otherwise: 3 },
        {
          name: "own",
          type: "integer",
          label: words("整数"),
          constraint: {
            rule: {
              op: "and",
              rules: [
                { op: "ge", left: { field: "." }, right: { value: 1 } },
                { op: "le", left: { field: "." }, right: { value: 5 } },
              ],
            },
            message: words("一到五"),
          },
        },
        { name: "part", type: "decimal", max: 2.5, label: words("小数"), example: 1.5 },
        { name: "day", type: "date", label: words("日"), example: "2020-01-23" },
        {
          name: "moment",
          type: "datetime",
          label: words("时"),
          constraint: [
            { rule: { op: "le", left: { field: "." }, right: { now: 90 } }, message: words("不晚于") },
            { rule: { op: "ge", left: { field: "." }, right: { today: -2 } }, message: words("不早于") },
            {
              rule: {
                op: "or",
                rules: [
                  { op: "ne", left: { field: "day" }, right: { value: "2020-01-01" } },
                  { op: "answered", field: "free" },
                ],
              },
              message: words("二者"),
            },
          ],
        },
        {
          name: "one",
          type: "select_one",
          label: words("单选"),
          choices: [
            { name: "a", label: words("甲") },
            { name: "b", label: words("乙") },
          ],
        },
        {
          name: "many",
          type: "select_multiple",
          label: words("多选"),
          choices: [
            { name: "a", label: words("甲") },
            { name: "c", label: words("丙") },
          ],
          example: ["a", "c"],
        },
        { name: "yes", type: "yes_no", label: words("是否"), otherwise: false, calculation: "figure" },
        {
          name: "phone",
          type: "phone",
          label: words("电话"),
          relevant: {
            op: "and",
            rules: [
              { op: "selected", field: "many", choice: "c" },
              { op: "not", rule: { op: "eq", left: { field: "yes" }, right: { value: true } } },
            ],
          },
          constraint: {
            rule: { op: "ne", left: { field: "." }, right: { value: "110" } },
            message: words("不是报警电话"),
          },
        },
        { name: "place", type: "unit", level: "town", label: words("地方"), required: words("必填") },
        { name: "heat", type: "temperature", label: words("体温") },
        {
          name: "paper",
          type: "id_document",
          pii: true,
          label: words("证件"),
          hint: words("提示"),
          required: words("必填"),
          example: { kind: "none" },
          relevant: { op: "answered", field: "heat" },
        },
      ],
    },
    {
      name: "rows",
      label: words("多行"),
      repeat: { min: 0, max: 3, noun: words("行") },
      fields: [
        { name: "inner", type: "text", label: words("文字") },
        {
          name: "one",
          type: "select_one",
          label: words("另一单选"),
          relevant: { op: "answered", field: "paper" },
          choices: [
            { name: "x", label: words("甲") },
            { name: "y", label: words("乙") },
          ],
        },
        {
          name: "last",
          type: "text",
          label: words("文字"),
          relevant: { op: "eq", left: { field: "inner" }, right: { field: "free" } },
        },
      ],
    },
  ],
});
