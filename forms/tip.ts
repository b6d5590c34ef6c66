import { defineForm } from "../src/forms/define.ts";

/** 线索举报: a citizen's lead on someone not registered, or on a breach; a name is never asked. */
export const tip = defineForm({
  name: "tip",
  version: 1,
  title: { "zh-Hans": "提供线索", "zh-Hant": "提供線索", en: "Leave a tip" },
  intro: {
    "zh-Hans": "不用留姓名。提交后会给您一个 16 位查询码，凭它查看处理结果。",
    "zh-Hant": "不用留姓名。提交後會給您一個 16 位查詢碼，憑它查看處理結果。",
    en: "You need not give your name. You get a code of 16 digits with which you can see what was done.",
  },
  groups: [
    {
      name: "what",
      label: { "zh-Hans": "线索内容", "zh-Hant": "線索內容", en: "What you know" },
      fields: [
        {
          name: "category",
          type: "select_one",
          example: "unregistered",
          label: { "zh-Hans": "是哪一类情况", "zh-Hant": "是哪一類情況", en: "What is it about" },
          required: {
            "zh-Hans": "请选择是哪一类情况",
            "zh-Hant": "請選擇是哪一類情況",
            en: "Select what it is about",
          },
          choices: [
            {
              name: "unregistered",
              label: {
                "zh-Hans": "有人从外地回来没有报备",
                "zh-Hant": "有人從外地回來沒有報備",
                en: "Someone came back and has not reported",
              },
            },
            {
              name: "breach",
              label: {
                "zh-Hans": "居家观察期间外出",
                "zh-Hant": "居家觀察期間外出",
                en: "Someone under home observation goes out",
              },
            },
            {
              name: "symptoms",
              label: {
                "zh-Hans": "有人发热、咳嗽没有就医",
                "zh-Hant": "有人發熱、咳嗽沒有就醫",
                en: "Someone is ill and has not seen a doctor",
              },
            },
            {
              name: "gathering",
              label: {
                "zh-Hans": "聚餐、打牌等聚集活动",
                "zh-Hant": "聚餐、打牌等聚集活動",
                en: "A banquet, card game or other gathering",
              },
            },
            {
              name: "rumour",
              label: { "zh-Hans": "传播谣言", "zh-Hant": "傳播謠言", en: "A rumour is being spread" },
            },
            { name: "other", label: { "zh-Hans": "其他", "zh-Hant": "其他", en: "Something else" } },
          ],
        },
        {
          name: "unit",
          type: "unit",
          level: "any",
          label: { "zh-Hans": "在什么地方", "zh-Hant": "在什麼地方", en: "Where is it" },
          hint: {
            "zh-Hans": "选到知道的一级就行；说不清就选全县（市、区）",
            "zh-Hant": "選到知道的一級就行；說不清就選全縣（市、區）",
            en: "Choose as far as you know; choose the county if you are not sure",
          },
          required: {
            "zh-Hans": "请选择地方，说不清就选全县（市、区）",
            "zh-Hant": "請選擇地方，說不清就選全縣（市、區）",
            en: "Choose a place, or the county if you are not sure",
          },
        },
        {
          name: "place",
          type: "text",
          maxLength: 100,
          pii: true,
          example: "示例小区 3 栋",
          label: {
            "zh-Hans": "具体位置（可不填）",
            "zh-Hant": "具體位置（可不填）",
            en: "Exact place (optional)",
          },
          hint: {
            "zh-Hans": "例如：示例小区 3 栋，或村口小卖部旁",
            "zh-Hant": "例如：示例小區 3 棟，或村口小賣部旁",
            en: "For example: Sample Estate, block 3, or beside the village shop",
          },
        },
        {
          name: "text",
          type: "long_text",
          maxLength: 2000,
          pii: true,
          example: "样本：昨晚看到 3 楼有人拖着行李回来，好像还没有报备。",
          label: { "zh-Hans": "详细情况", "zh-Hant": "詳細情況", en: "What happened" },
          hint: {
            "zh-Hans": "什么时候、看到或听说了什么，例如：昨晚看到 3 楼有人拖着行李回来",
            "zh-Hant": "什麼時候、看到或聽說了什麼，例如：昨晚看到 3 樓有人拖著行李回來",
            en: "When, and what you saw or heard. For example: last night someone came back to the 3rd floor with luggage",
          },
          required: {
            "zh-Hans": "请写明看到或听说的情况",
            "zh-Hant": "請寫明看到或聽說的情況",
            en: "Describe what you saw or heard",
          },
        },
        {
          name: "about",
          type: "text",
          maxLength: 100,
          pii: true,
          example: "住 3 楼的一位年轻人（样本）",
          label: {
            "zh-Hans": "涉及什么人（可不填）",
            "zh-Hant": "涉及什麼人（可不填）",
            en: "Who it is about (optional)",
          },
          hint: {
            "zh-Hans": "姓名、称呼或大概的样子都可以",
            "zh-Hant": "姓名、稱呼或大概的樣子都可以",
            en: "A name, what they are called, or roughly what they look like",
          },
        },
      ],
    },
    {
      name: "reach",
      label: { "zh-Hans": "怎样联系您", "zh-Hant": "怎樣聯絡您", en: "How to reach you" },
      fields: [
        {
          name: "reachable",
          type: "text",
          maxLength: 100,
          pii: true,
          example: "13800138000",
          label: {
            "zh-Hans": "您的电话或邮箱（可不填）",
            "zh-Hant": "您的電話或電子郵件（可不填）",
            en: "Your phone or e-mail (optional)",
          },
          hint: {
            "zh-Hans": "只在需要核实时联系您，不会告诉被举报的人",
            "zh-Hant": "只在需要核實時聯絡您，不會告訴被舉報的人",
            en: "Used only if something must be checked, and never told to the person it is about",
          },
        },
      ],
    },
  ],
});
