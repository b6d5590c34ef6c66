import { defineForm } from "../src/forms/define.ts";

/** 日报告、零报告: what a unit states every day; zero is its own deliberate answer. */
export const dailyReport = defineForm({
  name: "daily-report",
  version: 1,
  title: { "zh-Hans": "每日疫情报告", "zh-Hant": "每日疫情報告", en: "Daily report" },
  intro: {
    "zh-Hans": "每天都要报告，没有新情况也要报“零报告”。",
    "zh-Hant": "每天都要報告，沒有新情況也要報「零報告」。",
    en: "Every unit reports every day. If there is nothing new, send a zero report.",
  },
  groups: [
    {
      name: "counts",
      label: { "zh-Hans": "今天的情况", "zh-Hant": "今天的情況", en: "Today" },
      fields: [
        {
          name: "zero",
          type: "yes_no",
          example: false,
          label: {
            "zh-Hans": "今天是零报告吗",
            "zh-Hant": "今天是零報告嗎",
            en: "Is this a zero report",
          },
          hint: {
            "zh-Hans": "今天没有新返乡人员、也没有人不适，选“是”",
            "zh-Hant": "今天沒有新返鄉人員、也沒有人不適，選「是」",
            en: "Choose Yes if nobody came back today and nobody has symptoms",
          },
          required: {
            "zh-Hans": "请选择今天是不是零报告",
            "zh-Hant": "請選擇今天是不是零報告",
            en: "Select whether this is a zero report",
          },
          constraint: {
            rule: {
              op: "or",
              rules: [
                { op: "eq", left: { field: "." }, right: { value: true } },
                { op: "gt", left: { field: "returnees" }, right: { value: 0 } },
                { op: "gt", left: { field: "wuhan" }, right: { value: 0 } },
                { op: "gt", left: { field: "symptomatic" }, right: { value: 0 } },
              ],
            },
            message: {
              "zh-Hans": "三项人数都是 0。零报告要单独选择，请选“是”",
              "zh-Hant": "三項人數都是 0。零報告要單獨選擇，請選「是」",
              en: "All three counts are 0. A zero report must be chosen as such: select Yes.",
            },
          },
        },
        {
          name: "returnees",
          type: "integer",
          min: 0,
          max: 99_999,
          calculation: "returnees",
          otherwise: 0,
          example: 3,
          label: {
            "zh-Hans": "今天新登记的返乡人员（人）",
            "zh-Hant": "今天新登記的返鄉人員（人）",
            en: "Returnees registered today",
          },
          hint: {
            "zh-Hans": "没有就填 0，例如 3",
            "zh-Hant": "沒有就填 0，例如 3",
            en: "Enter 0 if there are none. For example, 3",
          },
          required: {
            "zh-Hans": "请填写今天新登记的返乡人数",
            "zh-Hant": "請填寫今天新登記的返鄉人數",
            en: "Enter how many returnees were registered today",
          },
          relevant: { op: "eq", left: { field: "zero" }, right: { value: false } },
        },
        {
          name: "wuhan",
          type: "integer",
          min: 0,
          max: 99_999,
          calculation: "wuhan",
          otherwise: 0,
          example: 1,
          label: {
            "zh-Hans": "其中从武汉回来或经过武汉的（人）",
            "zh-Hant": "其中從武漢回來或經過武漢的（人）",
            en: "Of these, from or through Wuhan",
          },
          required: {
            "zh-Hans": "请填写其中从武汉回来或经过武汉的人数，没有就填 0",
            "zh-Hant": "請填寫其中從武漢回來或經過武漢的人數，沒有就填 0",
            en: "Enter how many came from or through Wuhan; 0 if none",
          },
          relevant: { op: "eq", left: { field: "zero" }, right: { value: false } },
          constraint: {
            rule: { op: "le", left: { field: "." }, right: { field: "returnees" } },
            message: {
              "zh-Hans": "从武汉回来的人数不能多于返乡总人数",
              "zh-Hant": "從武漢回來的人數不能多於返鄉總人數",
              en: "Those from Wuhan cannot be more than all returnees",
            },
          },
        },
        {
          name: "symptomatic",
          type: "integer",
          min: 0,
          max: 99_999,
          calculation: "symptomatic",
          otherwise: 0,
          example: 0,
          label: {
            "zh-Hans": "今天登记的人中有发热、咳嗽等不适的（人）",
            "zh-Hant": "今天登記的人中有發熱、咳嗽等不適的（人）",
            en: "People registered today who have symptoms",
          },
          hint: {
            "zh-Hans": "体温 37.3 ℃ 及以上算发热",
            "zh-Hant": "體溫 37.3 ℃ 及以上算發熱",
            en: "37.3 °C or more counts as fever",
          },
          required: {
            "zh-Hans": "请填写有不适的人数，没有就填 0",
            "zh-Hant": "請填寫有不適的人數，沒有就填 0",
            en: "Enter how many have symptoms; 0 if none",
          },
          relevant: { op: "eq", left: { field: "zero" }, right: { value: false } },
        },
        {
          name: "visited",
          type: "integer",
          min: 0,
          max: 999_999,
          example: 46,
          label: {
            "zh-Hans": "今天走访户数（可不填）",
            "zh-Hant": "今天走訪戶數（可不填）",
            en: "Households visited today (optional)",
          },
          hint: { "zh-Hans": "例如 46", "zh-Hant": "例如 46", en: "For example, 46" },
        },
        {
          name: "reason",
          type: "text",
          maxLength: 200,
          pii: true,
          example: "样本：核对后补登一户",
          label: {
            "zh-Hans": "数字与系统不一致或需更正的，请说明原因",
            "zh-Hant": "數字與系統不一致或需更正的，請說明原因",
            en: "Why it differs from the figures already held, or why it is corrected",
          },
          hint: {
            "zh-Hans": "数字一致、不是更正的，不用填",
            "zh-Hant": "數字一致、不是更正的，不用填",
            en: "Leave it empty if the figures agree and nothing is corrected",
          },
        },
        {
          name: "note",
          type: "long_text",
          maxLength: 1000,
          pii: true,
          example: "样本：村口卡点今天换班两次",
          label: {
            "zh-Hans": "其他情况（可不填）",
            "zh-Hant": "其他情況（可不填）",
            en: "Anything else (optional)",
          },
          hint: {
            "zh-Hans": "例如：村口卡点今天换班两次",
            "zh-Hant": "例如：村口卡點今天換班兩次",
            en: "For example: the checkpoint changed shifts twice today",
          },
        },
      ],
    },
  ],
});
