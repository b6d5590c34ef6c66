import { defineRecordForm } from "../src/forms/define.ts";

/** 单位人员外出摸底 (000): who of an employer's people is away, where, and who is not back on the day that was named. */
export const travelSurvey = defineRecordForm({
  name: "travel-survey",
  version: 1,
  title: { "zh-Hans": "单位人员外出摸底", "zh-Hant": "單位人員外出摸底", en: "Staff who are away" },
  intro: {
    "zh-Hans": "本单位职工去了外地、还要回来上班的，每人登记一次。",
    "zh-Hant": "本單位職工去了外地、還要回來上班的，每人登記一次。",
    en: "Each of your staff who went elsewhere and will come back to work, entered once.",
  },
  record: {
    kinds: ["enterprise", "bureau", "school"],
    source: "Secondary (000)",
    noun: { "zh-Hans": "外出人员", "zh-Hant": "外出人員", en: "traveller" },
    prefix: "WC",
    filed: { "zh-Hans": "在外", "zh-Hant": "在外", en: "away" },
    steps: [
      {
        name: "back",
        label: { "zh-Hans": "登记返回", "zh-Hant": "登記返回", en: "Record coming back" },
        done: { "zh-Hans": "已返回", "zh-Hant": "已返回", en: "back" },
        from: ["filed", "extended"],
        by: "unit",
        fields: [
          {
            name: "observed",
            type: "yes_no",
            label: {
              "zh-Hans": "要居家观察 14 天",
              "zh-Hant": "要居家觀察 14 天",
              en: "Home observation for 14 days",
            },
            hint: {
              "zh-Hans": "从湖北回来或途经湖北的都要。请本人再向居住的村（社区）报备",
              "zh-Hant": "從湖北回來或途經湖北的都要。請本人再向居住的村（社區）報備",
              en: "Whoever was in Hubei or passed through. They also report to the village they live in.",
            },
            required: {
              "zh-Hans": "请选择要不要居家观察",
              "zh-Hant": "請選擇要不要居家觀察",
              en: "Say whether there is home observation",
            },
          },
        ],
      },
      {
        name: "extended",
        label: { "zh-Hans": "推迟返回", "zh-Hant": "推遲返回", en: "Put off coming back" },
        done: { "zh-Hans": "推迟返回", "zh-Hant": "推遲返回", en: "coming back later" },
        from: ["filed", "extended"],
        by: "unit",
        fields: [
          {
            name: "laterOn",
            type: "date",
            label: { "zh-Hans": "改到哪天回来", "zh-Hant": "改到哪天回來", en: "Now back on" },
            required: {
              "zh-Hans": "请填写改到哪天回来",
              "zh-Hant": "請填寫改到哪天回來",
              en: "Enter the new day of coming back",
            },
            constraint: {
              rule: { op: "le", left: { field: "." }, right: { today: 180 } },
              message: {
                "zh-Hans": "只能填 180 天以内的，请核对日期",
                "zh-Hant": "只能填 180 天以內的，請核對日期",
                en: "The day must be within the next 180 days",
              },
            },
          },
        ],
      },
    ],
    owes: [
      {
        in: "filed",
        within: { field: "backOn", days: 0 },
        from: "unit",
        what: { "zh-Hans": "返回", "zh-Hant": "返回", en: "coming back" },
      },
      {
        in: "extended",
        within: { field: "laterOn", days: 0 },
        from: "unit",
        what: { "zh-Hans": "返回", "zh-Hant": "返回", en: "coming back" },
      },
    ],
    figures: [
      {
        name: "filed",
        count: "flow",
        at: "filed",
        label: { "zh-Hans": "摸底外出人员", "zh-Hant": "摸底外出人員", en: "Staff found to be away" },
        measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
      },
      {
        name: "hubei",
        count: "flow",
        at: "filed",
        where: {
          op: "or",
          rules: [
            { op: "selected", field: "to", choice: "wuhan" },
            { op: "selected", field: "to", choice: "hubei" },
          ],
        },
        label: {
          "zh-Hans": "去湖北的（含武汉）",
          "zh-Hant": "去湖北的（含武漢）",
          en: "Of these in Hubei, Wuhan included",
        },
        measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
      },
      {
        name: "away",
        count: "stock",
        in: ["filed", "extended"],
        label: { "zh-Hans": "外出未返回", "zh-Hant": "外出未返回", en: "Staff not back yet" },
        measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
      },
      {
        name: "observed",
        count: "flow",
        at: "back",
        where: { op: "eq", left: { field: "observed" }, right: { value: true } },
        label: {
          "zh-Hans": "返回后居家观察",
          "zh-Hant": "返回後居家觀察",
          en: "Observed at home after coming back",
        },
        measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
      },
    ],
    order: 40,
  },
  groups: [
    {
      name: "who",
      label: { "zh-Hans": "谁外出", "zh-Hant": "誰外出", en: "Who is away" },
      fields: [
        {
          name: "name",
          type: "text",
          maxLength: 40,
          pii: true,
          example: "样本职工甲",
          label: { "zh-Hans": "姓名", "zh-Hant": "姓名", en: "Name" },
          required: { "zh-Hans": "请填写姓名", "zh-Hant": "請填寫姓名", en: "Enter the name" },
        },
        {
          name: "phone",
          type: "phone",
          pii: true,
          label: { "zh-Hans": "手机或电话", "zh-Hant": "手機或電話", en: "Phone" },
          required: { "zh-Hans": "请填写电话", "zh-Hant": "請填寫電話", en: "Enter a phone number" },
        },
      ],
    },
    {
      name: "journey",
      label: { "zh-Hans": "去了哪里", "zh-Hant": "去了哪裡", en: "Where they went" },
      fields: [
        {
          name: "to",
          type: "select_one",
          example: "other",
          label: { "zh-Hans": "去了哪里", "zh-Hant": "去了哪裡", en: "Where they went" },
          required: {
            "zh-Hans": "请选择去了哪里",
            "zh-Hant": "請選擇去了哪裡",
            en: "Select where they went",
          },
          choices: [
            { name: "wuhan", label: { "zh-Hans": "武汉", "zh-Hant": "武漢", en: "Wuhan" } },
            {
              name: "hubei",
              label: { "zh-Hans": "湖北其他地方", "zh-Hant": "湖北其他地方", en: "Elsewhere in Hubei" },
            },
            { name: "other", label: { "zh-Hans": "其他地方", "zh-Hant": "其他地方", en: "Elsewhere" } },
          ],
        },
        {
          name: "transit",
          type: "yes_no",
          label: { "zh-Hans": "途经湖北", "zh-Hant": "途經湖北", en: "Passes through Hubei" },
          required: {
            "zh-Hans": "请选择途不途经湖北",
            "zh-Hant": "請選擇途不途經湖北",
            en: "Say whether they pass through Hubei",
          },
          relevant: { op: "selected", field: "to", choice: "other" },
        },
        {
          name: "leftOn",
          type: "date",
          label: { "zh-Hans": "哪天走的", "zh-Hant": "哪天走的", en: "Left on" },
          required: {
            "zh-Hans": "请填写哪天走的",
            "zh-Hant": "請填寫哪天走的",
            en: "Enter the day they left",
          },
          constraint: {
            rule: { op: "ge", left: { field: "." }, right: { today: -365 } },
            message: {
              "zh-Hans": "不能早于一年前，请核对日期",
              "zh-Hant": "不能早於一年前，請核對日期",
              en: "The day cannot be more than a year ago",
            },
          },
        },
        {
          name: "backOn",
          type: "date",
          label: { "zh-Hans": "打算哪天回来", "zh-Hant": "打算哪天回來", en: "Back on" },
          hint: {
            "zh-Hans": "到了这天还没有登记返回，会提醒本单位",
            "zh-Hant": "到了這天還沒有登記返回，會提醒本單位",
            en: "Where no return is on record by the end of this day, your unit is reminded",
          },
          required: {
            "zh-Hans": "请填写打算哪天回来",
            "zh-Hant": "請填寫打算哪天回來",
            en: "Enter the day they mean to be back",
          },
          constraint: [
            {
              rule: { op: "ge", left: { field: "." }, right: { field: "leftOn" } },
              message: {
                "zh-Hans": "不能早于走的那天，请核对日期",
                "zh-Hant": "不能早於走的那天，請核對日期",
                en: "The day cannot be before the day they left",
              },
            },
            {
              rule: { op: "le", left: { field: "." }, right: { today: 180 } },
              message: {
                "zh-Hans": "只能填 180 天以内的，请核对日期",
                "zh-Hant": "只能填 180 天以內的，請核對日期",
                en: "The day must be within the next 180 days",
              },
            },
          ],
        },
      ],
    },
  ],
});
