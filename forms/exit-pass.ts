import { defineRecordForm } from "../src/forms/define.ts";

/** 出入证: 每户3天一人1次、不超2小时 (003). Out and in are recorded; who is not back after two hours is looked for. */
export const exitPass = defineRecordForm({
  name: "exit-pass",
  version: 1,
  title: { "zh-Hans": "出入证", "zh-Hant": "出入證", en: "Exit passes" },
  intro: {
    "zh-Hans": "每户每 3 天一人外出 1 次，每次不超过 2 小时。",
    "zh-Hant": "每戶每 3 天一人外出 1 次，每次不超過 2 小時。",
    en: "One person of a household may go out once in 3 days, for 2 hours at most.",
  },
  record: {
    kinds: ["village", "grid", "enterprise", "checkpoint"],
    source: "Secondary (003)",
    noun: { "zh-Hans": "出入证", "zh-Hant": "出入證", en: "pass" },
    prefix: "CR",
    filed: { "zh-Hans": "已开具", "zh-Hant": "已開具", en: "issued" },
    subject: ["home"],
    quota: {
      max: 1,
      days: 3,
      message: {
        "zh-Hans": "这一户 3 天内已经开过出入证，不能再开。开错的可以先作废",
        "zh-Hant": "這一戶 3 天內已經開過出入證，不能再開。開錯的可以先作廢",
        en: "This household has had a pass within 3 days. One issued by mistake can be withdrawn first.",
      },
    },
    steps: [
      {
        name: "out",
        label: { "zh-Hans": "登记外出", "zh-Hant": "登記外出", en: "Record going out" },
        done: { "zh-Hans": "外出中", "zh-Hant": "外出中", en: "out" },
        from: ["filed"],
        by: "unit",
      },
      {
        name: "back",
        label: { "zh-Hans": "登记返回", "zh-Hant": "登記返回", en: "Record coming back" },
        done: { "zh-Hans": "已返回", "zh-Hant": "已返回", en: "back" },
        from: ["out"],
        by: "unit",
      },
    ],
    owes: [
      {
        in: "out",
        within: { minutes: 120 },
        from: "unit",
        what: { "zh-Hans": "返回", "zh-Hant": "返回", en: "coming back" },
      },
    ],
    figures: [
      {
        name: "issued",
        count: "flow",
        at: "filed",
        label: { "zh-Hans": "开具出入证", "zh-Hant": "開具出入證", en: "Passes issued" },
        measure: { "zh-Hans": "张", "zh-Hant": "張", en: "passes" },
      },
      {
        name: "trips",
        count: "flow",
        at: "out",
        label: { "zh-Hans": "持证外出", "zh-Hant": "持證外出", en: "Times gone out with a pass" },
        measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "times" },
      },
      {
        name: "out",
        count: "stock",
        in: ["out"],
        label: { "zh-Hans": "外出未归", "zh-Hant": "外出未歸", en: "People out now" },
        measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
      },
    ],
    order: 10,
  },
  groups: [
    {
      name: "pass",
      label: { "zh-Hans": "谁外出", "zh-Hant": "誰外出", en: "Who goes out" },
      fields: [
        {
          name: "home",
          type: "text",
          maxLength: 80,
          pii: true,
          example: "样本小区 3 栋 2 单元 501",
          label: { "zh-Hans": "哪一户", "zh-Hant": "哪一戶", en: "Which household" },
          hint: {
            "zh-Hans": "写到门牌号，每次写法要一样",
            "zh-Hant": "寫到門牌號，每次寫法要一樣",
            en: "With the number of the door, written the same way each time",
          },
          required: { "zh-Hans": "请填写是哪一户", "zh-Hant": "請填寫是哪一戶", en: "Enter the household" },
        },
        {
          name: "person",
          type: "text",
          maxLength: 40,
          pii: true,
          example: "样本甲",
          label: { "zh-Hans": "外出的人", "zh-Hant": "外出的人", en: "Who goes out" },
          required: {
            "zh-Hans": "请填写外出的人",
            "zh-Hant": "請填寫外出的人",
            en: "Enter who goes out",
          },
        },
        {
          name: "phone",
          type: "phone",
          pii: true,
          label: { "zh-Hans": "电话（可不填）", "zh-Hant": "電話（可不填）", en: "Phone (optional)" },
          hint: {
            "zh-Hans": "超过 2 小时没回来，打这个电话",
            "zh-Hant": "超過 2 小時沒回來，打這個電話",
            en: "Called where they are not back after 2 hours",
          },
        },
        {
          name: "purpose",
          type: "select_one",
          label: { "zh-Hans": "外出做什么", "zh-Hant": "外出做什麼", en: "What for" },
          required: {
            "zh-Hans": "请选择外出做什么",
            "zh-Hant": "請選擇外出做什麼",
            en: "Select what for",
          },
          choices: [
            {
              name: "shopping",
              label: { "zh-Hans": "采购生活用品", "zh-Hant": "採購生活用品", en: "Shopping" },
            },
            {
              name: "medical",
              label: { "zh-Hans": "就医、取药", "zh-Hant": "就醫、取藥", en: "Doctor or medicine" },
            },
            { name: "work", label: { "zh-Hans": "值班、上班", "zh-Hant": "值班、上班", en: "Duty or work" } },
            { name: "other", label: { "zh-Hans": "其他", "zh-Hant": "其他", en: "Something else" } },
          ],
        },
      ],
    },
  ],
});
