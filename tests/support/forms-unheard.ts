/* Two form files as somebody would write them who adds a statistic and something to file, and nothing else. */
const words = (hans: string, hant: string, en: string) =>
  JSON.stringify({ "zh-Hans": hans, "zh-Hant": hant, en });

/** 施工队进场: decided by the town, out again within half an hour; one crew of a company within seven days. */
export const crewEntry = `
import { defineRecordForm } from "../src/forms/define.ts";

export const crewEntry = defineRecordForm({
  name: "crew-entry",
  version: 1,
  title: ${words("施工队进场", "施工隊進場", "Crews on site")},
  record: {
    kinds: ["village"],
    source: "示例",
    noun: ${words("施工队", "施工隊", "crew")},
    prefix: "SG",
    filed: ${words("等镇里同意", "等鎮裡同意", "waiting for the town")},
    subject: ["company"],
    quota: { max: 1, days: 7, message: ${words("这家公司 7 天内来过一队", "這家公司 7 天內來過一隊", "This company has sent a crew within 7 days")} },
    steps: [
      {
        name: "admitted",
        label: ${words("同意进场", "同意進場", "Admit")},
        done: ${words("在场", "在場", "on site")},
        from: ["filed"],
        by: "above",
        fields: [
          { name: "most", type: "integer", min: 1, max: 99, label: ${words("最多几人", "最多幾人", "People at most")}, required: ${words("请填写最多几人", "請填寫最多幾人", "Enter how many at most")} },
        ],
      },
      {
        name: "gone",
        label: ${words("登记离场", "登記離場", "Record leaving")},
        done: ${words("已离场", "已離場", "gone")},
        from: ["admitted"],
        by: "unit",
      },
    ],
    owes: [
      { in: "filed", within: { minutes: 45 }, from: "above", what: ${words("同意进场", "同意進場", "admitting")} },
      { in: "admitted", within: { minutes: 30 }, from: "unit", what: ${words("离场", "離場", "leaving")} },
    ],
    figures: [
      {
        name: "outside",
        count: "flow",
        at: "filed",
        where: { op: "eq", left: { field: "elsewhere" }, right: { value: true } },
        label: ${words("外地施工队", "外地施工隊", "Crews from elsewhere")},
        measure: ${words("队", "隊", "crews")},
      },
      {
        name: "inside",
        count: "stock",
        in: ["admitted"],
        sum: "people",
        label: ${words("在场工人", "在場工人", "Workers on site")},
        measure: ${words("人", "人", "persons")},
      },
    ],
  },
  groups: [
    {
      name: "crew",
      label: ${words("施工队", "施工隊", "The crew")},
      fields: [
        { name: "company", type: "text", maxLength: 40, pii: true, example: "样本建筑公司", label: ${words("哪家公司", "哪家公司", "Which company")}, required: ${words("请填写哪家公司", "請填寫哪家公司", "Enter the company")} },
        { name: "people", type: "integer", min: 1, max: 99, label: ${words("几个人", "幾個人", "How many people")}, required: ${words("请填写几个人", "請填寫幾個人", "Enter how many people")} },
        { name: "elsewhere", type: "yes_no", label: ${words("从外地来", "從外地來", "From elsewhere")}, required: ${words("请选择是否从外地来", "請選擇是否從外地來", "Say whether from elsewhere")} },
      ],
    },
  ],
});
`;

/** 食堂留样: counted by every school, by a clock time. @param due HH:MM */
export const mealSamples = (due: string) => `
import { defineCountForm } from "../src/forms/define.ts";

export const mealSamples = defineCountForm({
  name: "meal-samples",
  version: 1,
  title: ${words("食堂留样", "食堂留樣", "Meal samples")},
  count: { kinds: ["school"], source: "示例", due: { at: "${due}" } },
  groups: [
    {
      name: "day",
      label: ${words("今天", "今天", "Today")},
      fields: [
        { name: "samples", type: "integer", count: "flow", min: 0, max: 999, label: ${words("留样", "留樣", "Samples kept")}, measure: ${words("份", "份", "samples")} },
      ],
    },
  ],
});
`;

/** A bureau's table of what the two above count. */
export const canteens = `
import { defineTable } from "../src/forms/define-table.ts";

export const canteens = defineTable({
  name: "canteens",
  title: ${words("食堂留样统计表", "食堂留樣統計表", "Meal samples, by school")},
  bureau: ${words("市场监管局", "市場監管局", "Market bureau")},
  units: ["county"],
  rows: { level: "leaves", kinds: ["school"] },
  rowLabel: ${words("学校", "學校", "School")},
  cutOff: "12:00",
  from: "midnight",
  columns: [
    { figure: "meal-samples.samples", window: true, label: ${words("留样", "留樣", "Samples")} },
    { figure: "crew-entry.inside", label: ${words("在场人员", "在場人員", "On site")} },
  ],
});
`;
