import { defineRecordForm } from "../src/forms/define.ts";

/** 红白事报批 (003), 劝停酒席 (001): the village files it, the town decides, and what became of it is on record. */
export const banquet = defineRecordForm({
  name: "banquet",
  version: 1,
  title: { "zh-Hans": "红白事报批", "zh-Hant": "紅白事報批", en: "Weddings and funerals" },
  intro: {
    "zh-Hans": "先报批，后办理。喜事缓办，丧事简办，严格控制桌数和人数。",
    "zh-Hant": "先報批，後辦理。喜事緩辦，喪事簡辦，嚴格控制桌數和人數。",
    en: "Approval comes first. Weddings are put off, funerals kept small, with as few tables and guests as can be.",
  },
  record: {
    kinds: ["village"],
    source: "Secondary (003)",
    noun: { "zh-Hans": "红白事", "zh-Hant": "紅白事", en: "banquet" },
    prefix: "HB",
    filed: { "zh-Hans": "待审批", "zh-Hant": "待審批", en: "waiting for approval" },
    steps: [
      {
        name: "approved",
        label: { "zh-Hans": "同意办理", "zh-Hant": "同意辦理", en: "Approve" },
        done: { "zh-Hans": "已同意", "zh-Hant": "已同意", en: "approved" },
        from: ["filed"],
        by: "above",
        fields: [
          {
            name: "allowedTables",
            type: "integer",
            min: 0,
            max: 300,
            label: { "zh-Hans": "最多办几桌", "zh-Hant": "最多辦幾桌", en: "Tables at most" },
            hint: {
              "zh-Hans": "只办仪式、不摆酒席的填 0",
              "zh-Hant": "只辦儀式、不擺酒席的填 0",
              en: "0 for a ceremony without a meal",
            },
            required: {
              "zh-Hans": "请填写最多办几桌",
              "zh-Hant": "請填寫最多辦幾桌",
              en: "Enter how many tables at most",
            },
          },
        ],
      },
      {
        name: "refused",
        label: { "zh-Hans": "不同意办理", "zh-Hant": "不同意辦理", en: "Refuse" },
        done: { "zh-Hans": "未同意", "zh-Hant": "未同意", en: "refused" },
        from: ["filed"],
        by: "above",
        fields: [
          {
            name: "why",
            type: "text",
            maxLength: 200,
            pii: true,
            example: "样本：疫情期间喜事一律缓办",
            label: { "zh-Hans": "不同意的理由", "zh-Hant": "不同意的理由", en: "Why it is refused" },
            hint: {
              "zh-Hans": "村里照此答复主家，例如：疫情期间喜事一律缓办",
              "zh-Hant": "村裡照此答覆主家，例如：疫情期間喜事一律緩辦",
              en: "What the village tells the family, for example: weddings are put off until the epidemic is over",
            },
            required: {
              "zh-Hans": "请写明不同意的理由",
              "zh-Hant": "請寫明不同意的理由",
              en: "Give the reason",
            },
          },
        ],
      },
      {
        name: "held",
        label: { "zh-Hans": "登记办理情况", "zh-Hant": "登記辦理情況", en: "Record how it was held" },
        done: { "zh-Hans": "已办理", "zh-Hant": "已辦理", en: "held" },
        from: ["approved"],
        by: "unit",
        fields: [
          {
            name: "heldTables",
            type: "integer",
            min: 0,
            max: 300,
            label: { "zh-Hans": "实际办了几桌", "zh-Hant": "實際辦了幾桌", en: "Tables there were" },
            required: {
              "zh-Hans": "请填写实际办了几桌，没有摆酒席的填 0",
              "zh-Hant": "請填寫實際辦了幾桌，沒有擺酒席的填 0",
              en: "Enter how many tables there were, 0 without a meal",
            },
          },
          {
            name: "heldPeople",
            type: "integer",
            min: 0,
            max: 3_000,
            label: { "zh-Hans": "实际来了多少人", "zh-Hant": "實際來了多少人", en: "People who came" },
            required: {
              "zh-Hans": "请填写实际来了多少人",
              "zh-Hant": "請填寫實際來了多少人",
              en: "Enter how many people came",
            },
          },
        ],
      },
      {
        name: "calledOff",
        label: { "zh-Hans": "登记不办了", "zh-Hant": "登記不辦了", en: "Record that it is called off" },
        done: { "zh-Hans": "已取消", "zh-Hant": "已取消", en: "called off" },
        from: ["filed", "approved"],
        by: "unit",
      },
    ],
    owes: [
      {
        in: "filed",
        within: { minutes: 1_440 },
        from: "above",
        what: { "zh-Hans": "审批", "zh-Hant": "審批", en: "decision" },
      },
      {
        in: "approved",
        within: { field: "date", days: 1 },
        from: "unit",
        what: { "zh-Hans": "登记结果", "zh-Hant": "登記結果", en: "outcome" },
      },
    ],
    figures: [
      {
        name: "filed",
        count: "flow",
        at: "filed",
        label: { "zh-Hans": "报批红白事", "zh-Hant": "報批紅白事", en: "Banquets filed" },
        measure: { "zh-Hans": "起", "zh-Hant": "起", en: "banquets" },
      },
      {
        name: "waiting",
        count: "stock",
        in: ["filed"],
        label: { "zh-Hans": "待审批红白事", "zh-Hant": "待審批紅白事", en: "Banquets waiting for approval" },
        measure: { "zh-Hans": "起", "zh-Hant": "起", en: "banquets" },
      },
      {
        name: "approved",
        count: "flow",
        at: "approved",
        label: { "zh-Hans": "同意办理红白事", "zh-Hant": "同意辦理紅白事", en: "Banquets approved" },
        measure: { "zh-Hans": "起", "zh-Hant": "起", en: "banquets" },
      },
      {
        name: "refused",
        count: "flow",
        at: "refused",
        label: { "zh-Hans": "未同意红白事", "zh-Hant": "未同意紅白事", en: "Banquets refused" },
        measure: { "zh-Hans": "起", "zh-Hant": "起", en: "banquets" },
      },
      {
        name: "calledOff",
        count: "flow",
        at: "calledOff",
        label: { "zh-Hans": "报批后取消", "zh-Hant": "報批後取消", en: "Banquets called off after filing" },
        measure: { "zh-Hans": "起", "zh-Hant": "起", en: "banquets" },
      },
      {
        name: "tablesAsked",
        count: "flow",
        at: "filed",
        sum: "tables",
        label: { "zh-Hans": "报批桌数", "zh-Hant": "報批桌數", en: "Tables asked for" },
        measure: { "zh-Hans": "桌", "zh-Hant": "桌", en: "tables" },
      },
      {
        name: "tablesHeld",
        count: "flow",
        at: "held",
        sum: "heldTables",
        label: { "zh-Hans": "实办桌数", "zh-Hant": "實辦桌數", en: "Tables there were" },
        measure: { "zh-Hans": "桌", "zh-Hant": "桌", en: "tables" },
      },
    ],
    order: 20,
  },
  groups: [
    {
      name: "event",
      label: { "zh-Hans": "办什么事", "zh-Hant": "辦什麼事", en: "What is planned" },
      fields: [
        {
          name: "kind",
          type: "select_one",
          label: { "zh-Hans": "红事还是白事", "zh-Hant": "紅事還是白事", en: "Wedding or funeral" },
          required: {
            "zh-Hans": "请选择红事还是白事",
            "zh-Hant": "請選擇紅事還是白事",
            en: "Select which it is",
          },
          choices: [
            {
              name: "joyful",
              label: {
                "zh-Hans": "红事（婚嫁、满月、寿宴等）",
                "zh-Hant": "紅事（婚嫁、滿月、壽宴等）",
                en: "A wedding, birth or birthday",
              },
            },
            {
              name: "funeral",
              label: { "zh-Hans": "白事（丧葬）", "zh-Hant": "白事（喪葬）", en: "A funeral" },
            },
          ],
        },
        {
          name: "date",
          type: "date",
          label: { "zh-Hans": "哪天办", "zh-Hant": "哪天辦", en: "On which day" },
          hint: {
            "zh-Hans": "办几天的填正席那天",
            "zh-Hant": "辦幾天的填正席那天",
            en: "Where it lasts for days, the day of the main meal",
          },
          required: { "zh-Hans": "请填写哪天办", "zh-Hant": "請填寫哪天辦", en: "Enter the day" },
          constraint: [
            {
              rule: { op: "ge", left: { field: "." }, right: { today: -3 } },
              message: {
                "zh-Hans": "不能早于 3 天前，请核对日期",
                "zh-Hant": "不能早於 3 天前，請核對日期",
                en: "The day cannot be more than 3 days ago",
              },
            },
            {
              rule: { op: "le", left: { field: "." }, right: { today: 90 } },
              message: {
                "zh-Hans": "只能报 90 天以内的，请核对日期",
                "zh-Hant": "只能報 90 天以內的，請核對日期",
                en: "The day must be within the next 90 days",
              },
            },
          ],
        },
        {
          name: "tables",
          type: "integer",
          min: 0,
          max: 300,
          example: 5,
          label: { "zh-Hans": "打算办几桌", "zh-Hant": "打算辦幾桌", en: "Tables planned" },
          required: {
            "zh-Hans": "请填写打算办几桌，不摆酒席的填 0",
            "zh-Hant": "請填寫打算辦幾桌，不擺酒席的填 0",
            en: "Enter how many tables are planned, 0 without a meal",
          },
        },
        {
          name: "people",
          type: "integer",
          min: 1,
          max: 3_000,
          example: 40,
          label: { "zh-Hans": "大约多少人", "zh-Hant": "大約多少人", en: "About how many people" },
          required: {
            "zh-Hans": "请填写大约多少人",
            "zh-Hant": "請填寫大約多少人",
            en: "Enter about how many people",
          },
        },
        {
          name: "outside",
          type: "yes_no",
          label: {
            "zh-Hans": "有外地回来的人参加",
            "zh-Hant": "有外地回來的人參加",
            en: "Somebody is coming from elsewhere",
          },
          hint: {
            "zh-Hans": "14 天内从湖北或外省回来的",
            "zh-Hant": "14 天內從湖北或外省回來的",
            en: "Back from Hubei or another province within 14 days",
          },
          required: {
            "zh-Hans": "请选择有没有外地回来的人参加",
            "zh-Hant": "請選擇有沒有外地回來的人參加",
            en: "Say whether anybody is coming from elsewhere",
          },
        },
      ],
    },
    {
      name: "family",
      label: { "zh-Hans": "主家", "zh-Hant": "主家", en: "Whose it is" },
      fields: [
        {
          name: "host",
          type: "text",
          maxLength: 40,
          pii: true,
          example: "样本甲",
          label: { "zh-Hans": "主家姓名", "zh-Hant": "主家姓名", en: "Name of the host" },
          required: {
            "zh-Hans": "请填写主家姓名",
            "zh-Hant": "請填寫主家姓名",
            en: "Enter the name of the host",
          },
        },
        {
          name: "phone",
          type: "phone",
          pii: true,
          label: { "zh-Hans": "联系电话", "zh-Hant": "聯絡電話", en: "Phone" },
          hint: {
            "zh-Hans": "手机 11 位；座机请加区号",
            "zh-Hant": "手機 11 位；座機請加區號",
            en: "A mobile has 11 digits; put the area code before a landline",
          },
          required: {
            "zh-Hans": "请填写联系电话",
            "zh-Hant": "請填寫聯絡電話",
            en: "Enter a phone number",
          },
        },
        {
          name: "place",
          type: "text",
          maxLength: 80,
          pii: true,
          example: "样本村 2 组 5 号",
          label: { "zh-Hans": "办在哪里（可不填）", "zh-Hant": "辦在哪裡（可不填）", en: "Where (optional)" },
          hint: {
            "zh-Hans": "例如：家里、村文化广场",
            "zh-Hant": "例如：家裡、村文化廣場",
            en: "For example: at home, on the village square",
          },
        },
      ],
    },
  ],
});
