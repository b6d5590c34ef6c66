import { defineRecordForm } from "../../src/forms/define.ts";

/** A record form that the service does not have: parties at a post, with every kind of figure that there is. */
export const post = defineRecordForm({
  name: "sample-post",
  version: 1,
  title: { "zh-Hans": "示例关口", "zh-Hant": "示例關口", en: "Sample post" },
  record: {
    kinds: ["town", "village"],
    source: "sample",
    noun: { "zh-Hans": "关口登记", "zh-Hant": "關口登記", en: "party" },
    prefix: "SP",
    filed: { "zh-Hans": "已到", "zh-Hant": "已到", en: "arrived" },
    steps: [
      {
        name: "seen",
        label: { "zh-Hans": "看过一次", "zh-Hant": "看過一次", en: "Seen once more" },
        done: { "zh-Hans": "看过", "zh-Hant": "看過", en: "seen" },
        from: ["filed", "seen"],
        by: "unit",
      },
      {
        name: "left",
        label: { "zh-Hans": "登记离开", "zh-Hant": "登記離開", en: "Record leaving" },
        done: { "zh-Hans": "已离开", "zh-Hant": "已離開", en: "gone" },
        from: ["filed", "seen"],
        by: "unit",
      },
    ],
    figures: [
      { name: "parties", count: "flow", at: "filed", ...words("到达批次", "到達批次", "Parties") },
      {
        name: "persons",
        count: "flow",
        at: "filed",
        sum: "size",
        ...words("到达人数", "到達人數", "Persons"),
      },
      { name: "looks", count: "flow", at: "seen", ...words("看过次数", "看過次數", "Looks") },
      {
        name: "large",
        count: "flow",
        at: "filed",
        where: { op: "ge", left: { field: "size" }, right: { value: 5 } },
        ...words("五人以上", "五人以上", "Parties of five and more"),
      },
      {
        name: "here",
        count: "stock",
        in: ["filed", "seen"],
        ...words("现有批次", "現有批次", "Parties here"),
      },
      {
        name: "heads",
        count: "stock",
        in: ["filed", "seen"],
        sum: "size",
        ...words("现有人数", "現有人數", "Persons here"),
      },
    ],
  },
  groups: [
    {
      name: "party",
      label: { "zh-Hans": "来的人", "zh-Hant": "來的人", en: "Who came" },
      fields: [
        {
          name: "size",
          type: "integer",
          min: 0,
          max: 99,
          required: true,
          label: { "zh-Hans": "人数", "zh-Hant": "人數", en: "How many" },
        },
      ],
    },
  ],
});

function words(hans: string, hant: string, en: string) {
  return {
    label: { "zh-Hans": hans, "zh-Hant": hant, en },
    measure: { "zh-Hans": "次", "zh-Hant": "次", en: "times" },
  };
}
