import { defineForm } from "../src/forms/define.ts";

/** 早晚两次观测: one person's temperature and how they feel, for one slot. Nothing is ever prefilled. */
export const reading = defineForm({
  name: "reading",
  version: 1,
  title: { "zh-Hans": "体温和身体情况", "zh-Hant": "體溫和身體情況", en: "Temperature and symptoms" },
  groups: [
    {
      name: "reading",
      label: { "zh-Hans": "这一次的情况", "zh-Hant": "這一次的情況", en: "This reading" },
      fields: [
        {
          name: "temperature",
          type: "temperature",
          label: { "zh-Hans": "体温（℃）", "zh-Hant": "體溫（℃）", en: "Temperature (°C)" },
          hint: {
            "zh-Hans": "刚量的体温，保留一位小数，例如 36.5",
            "zh-Hant": "剛量的體溫，保留一位小數，例如 36.5",
            en: "Just measured, with one decimal. For example, 36.5",
          },
          required: {
            "zh-Hans": "请填写刚量的体温",
            "zh-Hant": "請填寫剛量的體溫",
            en: "Enter the temperature just measured",
          },
        },
        {
          name: "symptoms",
          type: "yes_no",
          example: true,
          label: {
            "zh-Hans": "现在有发热、咳嗽、胸闷等不适吗",
            "zh-Hant": "現在有發熱、咳嗽、胸悶等不適嗎",
            en: "Fever, cough, tight chest or other symptoms now",
          },
          required: {
            "zh-Hans": "请选择现在有没有不适",
            "zh-Hant": "請選擇現在有沒有不適",
            en: "Select whether there are symptoms now",
          },
        },
        {
          name: "symptomText",
          type: "long_text",
          maxLength: 500,
          pii: true,
          example: "样本：有点咳嗽，没有胸闷",
          label: {
            "zh-Hans": "哪里不舒服（可不填）",
            "zh-Hant": "哪裡不舒服（可不填）",
            en: "What is wrong (optional)",
          },
          hint: {
            "zh-Hans": "例如：从昨晚起咳嗽，没有胸闷",
            "zh-Hant": "例如：從昨晚起咳嗽，沒有胸悶",
            en: "For example: coughing since last night, no tight chest",
          },
          relevant: { op: "eq", left: { field: "symptoms" }, right: { value: true } },
        },
        {
          name: "needsHelp",
          type: "yes_no",
          example: false,
          label: {
            "zh-Hans": "现在需要帮助吗",
            "zh-Hant": "現在需要幫助嗎",
            en: "Is help needed now",
          },
          hint: {
            "zh-Hans": "买药、买菜、看病等，会有人与您联系",
            "zh-Hant": "買藥、買菜、看病等，會有人與您聯絡",
            en: "Medicine, food, a doctor: somebody will be in touch",
          },
          required: {
            "zh-Hans": "请选择现在需不需要帮助",
            "zh-Hant": "請選擇現在需不需要幫助",
            en: "Select whether help is needed now",
          },
        },
      ],
    },
  ],
});
