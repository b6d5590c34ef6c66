import { defineRecordForm } from "../../src/forms/define.ts";

const words = (zh: string, en: string) => ({ "zh-Hans": zh, "zh-Hant": zh, en });

/**
 * 酒席报批, a record form that the service does not have: decided by the unit above, with a sum, a rule and a date that it is
 * owed by. A refused one can be filed again by its own step.
 */
export const banquet = defineRecordForm({
  name: "sample-banquet",
  version: 1,
  title: words("示例酒席", "Sample banquets"),
  record: {
    kinds: ["village", "enterprise"],
    source: "Sample",
    noun: words("酒席", "banquet"),
    prefix: "QB",
    filed: words("待批", "awaiting a decision"),
    subject: ["host", "heldOn"],
    quota: { max: 1, days: 3, message: words("这一家已经报过", "This family has filed one already") },
    steps: [
      {
        name: "approved",
        label: words("同意", "Approve"),
        done: words("已同意", "approved"),
        from: ["filed", "again"],
        by: "above",
        when: { op: "le", left: { field: "tables" }, right: { value: 20 } },
        fields: [{ name: "limit", type: "integer", min: 0, max: 99, label: words("限几桌", "At most") }],
      },
      {
        name: "refused",
        label: words("不同意", "Refuse"),
        done: words("不同意", "refused"),
        from: ["filed", "again"],
        by: "above",
        fields: [{ name: "why", type: "text", pii: true, label: words("理由", "Why"), required: true }],
      },
      {
        name: "again",
        label: words("再报", "File again"),
        done: words("再报待批", "filed again"),
        from: ["refused"],
        by: "unit",
        fields: [{ name: "tables", type: "integer", min: 1, max: 99, label: words("桌数", "Tables") }],
      },
      {
        name: "held",
        label: words("已办", "Held"),
        done: words("已办", "held"),
        from: ["approved"],
        by: "unit",
      },
    ],
    owes: [
      { in: "filed", within: { minutes: 240 }, from: "above", what: words("审批", "decision") },
      { in: "again", within: { minutes: 240 }, from: "above", what: words("审批", "decision") },
      {
        in: "approved",
        when: { op: "gt", left: { field: "tables" }, right: { value: 5 } },
        within: { field: "heldOn", days: 1 },
        from: "unit",
        what: words("回报", "report"),
      },
    ],
    figures: [
      { name: "filed", count: "flow", at: "filed", label: words("报批", "Filed"), measure: words("起", "") },
      {
        ...{ name: "tables", count: "stock", in: ["approved", "held"], sum: "tables" },
        ...{ label: words("同意桌数", "Tables"), measure: words("桌", "tables") },
      },
      {
        ...{ name: "large", count: "flow", at: "approved" },
        where: { op: "ge", left: { field: "tables" }, right: { value: 10 } },
        ...{ label: words("大酒席", "Large ones"), measure: words("起", "") },
      },
    ],
  },
  groups: [
    {
      name: "banquet",
      label: words("酒席", "The banquet"),
      fields: [
        {
          name: "host",
          type: "text",
          pii: true,
          required: true,
          example: "样本甲",
          label: words("主人", "Host"),
        },
        { name: "phone", type: "phone", pii: true, label: words("电话", "Phone") },
        { name: "heldOn", type: "date", required: true, label: words("哪天办", "Held on") },
        { name: "tables", type: "integer", min: 1, max: 99, required: true, label: words("桌数", "Tables") },
      ],
    },
  ],
});
