import { defineRecordForm, type Rule } from "../src/forms/define.ts";

const suspect: Rule = { op: "eq", left: { field: "suspicious" }, right: { value: true } };
const motorised: Rule = { op: "ne", left: { field: "by" }, right: { value: "foot" } };
const fromHubei: Rule = {
  op: "or",
  rules: [
    { op: "selected", field: "from", choice: "wuhan" },
    { op: "selected", field: "from", choice: "hubei" },
  ],
};
const turnedBack: Rule = { op: "selected", field: "result", choice: "turned" };
/** Suspicious, from elsewhere, and let through into this county: their village has to expect them. */
const arrives: Rule = {
  op: "and",
  rules: [
    suspect,
    { op: "selected", field: "direction", choice: "in" },
    { op: "selected", field: "result", choice: "passed" },
    { op: "ne", left: { field: "from" }, right: { value: "local" } },
  ],
};
const reachable: Rule = { op: "eq", left: { field: "hasPhone" }, right: { value: true } };
const through: Rule = { op: "eq", left: { field: "hasPhone" }, right: { value: false } };

/** 卡点登记 (000, 002, 003, 004): everybody who passes is counted; who is suspicious is registered and decided upon from above. */
export const checkpoint = defineRecordForm({
  name: "checkpoint",
  version: 1,
  title: { "zh-Hans": "卡点登记", "zh-Hant": "卡點登記", en: "Checkpoint" },
  intro: {
    "zh-Hans":
      "一车记一条，步行的一人记一条。发热、有不适、接触过病人或去过疫情重点地区的算可疑，每人各记一条。“湖北”指武汉以外。",
    "zh-Hant":
      "一車記一條，步行的一人記一條。發熱、有不適、接觸過病人或去過疫情重點地區的算可疑，每人各記一條。「湖北」指武漢以外。",
    en: "One entry for each vehicle, or for each person on foot. Fever, symptoms, contact with a case or a stay in an affected area are suspicious: one entry for each such person.",
  },
  record: {
    kinds: ["checkpoint", "village", "town", "grid", "enterprise", "bureau"],
    source: "Secondary (000, 002, 003, 004)",
    noun: { "zh-Hans": "过卡记录", "zh-Hant": "過卡記錄", en: "checkpoint entry" },
    prefix: "KD",
    filed: { "zh-Hans": "已登记", "zh-Hant": "已登記", en: "recorded" },
    steps: [
      {
        name: "handed",
        label: { "zh-Hans": "交由处置", "zh-Hant": "交由處置", en: "Hand over" },
        done: { "zh-Hans": "已交由处置", "zh-Hant": "已交由處置", en: "handed over" },
        from: ["filed"],
        by: "above",
        when: suspect,
        fields: [
          {
            name: "handedTo",
            type: "select_one",
            label: { "zh-Hans": "交给谁", "zh-Hant": "交給誰", en: "To whom" },
            required: { "zh-Hans": "请选择交给谁", "zh-Hant": "請選擇交給誰", en: "Select to whom" },
            choices: [
              {
                name: "clinic",
                label: { "zh-Hans": "发热门诊", "zh-Hant": "發熱門診", en: "Fever clinic" },
              },
              {
                name: "cdc",
                label: { "zh-Hans": "疾控中心", "zh-Hant": "疾控中心", en: "Disease control" },
              },
              {
                name: "village",
                label: {
                  "zh-Hans": "村（社区）接回观察",
                  "zh-Hant": "村（社區）接回觀察",
                  en: "The village, to be observed at home",
                },
              },
              {
                name: "elsewhere",
                label: { "zh-Hans": "外地", "zh-Hant": "外地", en: "Another county" },
              },
            ],
          },
          {
            name: "found",
            type: "long_text",
            maxLength: 500,
            pii: true,
            example: "样本：复测体温 37.8 ℃，已由救护车接走",
            label: {
              "zh-Hans": "情况（可不填）",
              "zh-Hant": "情況（可不填）",
              en: "What was found (optional)",
            },
          },
        ],
      },
      {
        name: "cleared",
        label: { "zh-Hans": "排除可疑", "zh-Hant": "排除可疑", en: "Rule out" },
        done: { "zh-Hans": "已排除", "zh-Hant": "已排除", en: "ruled out" },
        from: ["filed"],
        by: "above",
        when: suspect,
        fields: [
          {
            name: "grounds",
            type: "text",
            maxLength: 200,
            pii: true,
            example: "样本：复测体温正常，没有接触史",
            label: { "zh-Hans": "凭什么排除", "zh-Hant": "憑什麼排除", en: "On what grounds" },
            required: {
              "zh-Hans": "请填写凭什么排除",
              "zh-Hant": "請填寫憑什麼排除",
              en: "Enter on what grounds",
            },
          },
        ],
      },
    ],
    owes: [
      {
        in: "filed",
        when: suspect,
        within: { minutes: 120 },
        from: "above",
        what: {
          "zh-Hans": "处置可疑人员",
          "zh-Hant": "處置可疑人員",
          en: "a decision on somebody suspicious",
        },
      },
    ],
    figures: [
      {
        name: "vehicles",
        count: "flow",
        at: "filed",
        where: motorised,
        label: { "zh-Hans": "检查车辆", "zh-Hant": "檢查車輛", en: "Vehicles stopped" },
        measure: { "zh-Hans": "辆次", "zh-Hant": "輛次", en: "vehicles" },
      },
      {
        name: "people",
        count: "flow",
        at: "filed",
        sum: "people",
        label: { "zh-Hans": "排查人员", "zh-Hant": "排查人員", en: "People screened" },
        measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "persons" },
      },
      {
        name: "hubei",
        count: "flow",
        at: "filed",
        sum: "people",
        where: fromHubei,
        label: { "zh-Hans": "湖北来的", "zh-Hant": "湖北來的", en: "From Hubei" },
        measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "persons" },
      },
      {
        name: "suspicious",
        count: "flow",
        at: "filed",
        where: suspect,
        label: { "zh-Hans": "可疑人员", "zh-Hant": "可疑人員", en: "Suspicious" },
        measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
      },
      {
        name: "registered",
        count: "flow",
        at: "filed",
        where: arrives,
        label: { "zh-Hans": "转村登记", "zh-Hant": "轉村登記", en: "Passed on to a village" },
        measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
      },
      {
        name: "turned",
        count: "flow",
        at: "filed",
        sum: "people",
        where: turnedBack,
        label: { "zh-Hans": "劝返", "zh-Hant": "勸返", en: "Turned back" },
        measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "persons" },
      },
      {
        name: "waiting",
        count: "stock",
        in: ["filed"],
        where: suspect,
        label: { "zh-Hans": "可疑待处置", "zh-Hant": "可疑待處置", en: "Suspicious, not decided upon" },
        measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
      },
    ],
    rapid: {
      keep: ["direction"],
      starts: { people: 1, by: "car", direction: "in", result: "passed", hasPhone: true },
    },
    registers: {
      when: arrives,
      values: {
        unit: { field: "to" },
        filledBy: { value: "unit" },
        source: { value: "checkpoint" },
        origin: { field: "from" },
        leftOn: { field: "leftOn" },
        transitWuhan: { field: "transitWuhan" },
        arrivedAt: { happened: "moment" },
        transport: { field: "by", as: { car: "car", coach: "coach", truck: "other", foot: "other" } },
        transportNumber: { field: "plate" },
        address: { field: "address" },
        hasPhone: { field: "hasPhone" },
        phone: { field: "phone" },
        contactName: { field: "contactName" },
        contactPhone: { field: "contactPhone" },
      },
      person: {
        name: { field: "name" },
        returnee: { value: true },
        document: { field: "document" },
        area: { holds: { op: "or", rules: [fromHubei, { op: "selected", field: "why", choice: "area" }] } },
        contact: { holds: { op: "selected", field: "why", choice: "contact" } },
        symptoms: {
          holds: {
            op: "or",
            rules: [
              { op: "selected", field: "why", choice: "fever" },
              { op: "selected", field: "why", choice: "symptoms" },
            ],
          },
        },
        temperature: { field: "temperature" },
      },
    },
    order: 5,
  },
  groups: [
    {
      name: "pass",
      label: { "zh-Hans": "过卡", "zh-Hant": "過卡", en: "Who passes" },
      fields: [
        {
          name: "people",
          type: "integer",
          min: 1,
          max: 80,
          label: { "zh-Hans": "人数", "zh-Hant": "人數", en: "People" },
          required: { "zh-Hans": "请填写人数", "zh-Hant": "請填寫人數", en: "Enter how many people" },
        },
        {
          name: "by",
          type: "select_one",
          label: { "zh-Hans": "车型", "zh-Hant": "車型", en: "Vehicle" },
          required: { "zh-Hans": "请选择车型", "zh-Hant": "請選擇車型", en: "Select the vehicle" },
          choices: [
            { name: "car", label: { "zh-Hans": "小车", "zh-Hant": "小車", en: "Car" } },
            { name: "truck", label: { "zh-Hans": "货车", "zh-Hant": "貨車", en: "Truck" } },
            { name: "coach", label: { "zh-Hans": "客车", "zh-Hant": "客車", en: "Coach" } },
            { name: "foot", label: { "zh-Hans": "步行", "zh-Hant": "步行", en: "Foot" } },
          ],
        },
        {
          name: "direction",
          type: "select_one",
          label: { "zh-Hans": "方向", "zh-Hant": "方向", en: "Going" },
          required: { "zh-Hans": "请选择方向", "zh-Hant": "請選擇方向", en: "Select the direction" },
          choices: [
            { name: "in", label: { "zh-Hans": "进", "zh-Hant": "進", en: "In" } },
            { name: "out", label: { "zh-Hans": "出", "zh-Hant": "出", en: "Out" } },
            { name: "through", label: { "zh-Hans": "过境", "zh-Hant": "過境", en: "Through" } },
          ],
        },
        {
          name: "result",
          type: "select_one",
          label: { "zh-Hans": "处理", "zh-Hant": "處理", en: "Result" },
          required: { "zh-Hans": "请选择怎样处理", "zh-Hant": "請選擇怎樣處理", en: "Select the result" },
          choices: [
            { name: "passed", label: { "zh-Hans": "放行", "zh-Hant": "放行", en: "Let through" } },
            { name: "turned", label: { "zh-Hans": "劝返", "zh-Hant": "勸返", en: "Turned back" } },
          ],
        },
        {
          name: "plate",
          type: "text",
          maxLength: 12,
          pii: true,
          example: "川S00001",
          label: { "zh-Hans": "车牌", "zh-Hant": "車牌", en: "Plate" },
          hint: { "zh-Hans": "可不填", "zh-Hant": "可不填", en: "Optional" },
          relevant: motorised,
        },
        {
          name: "from",
          type: "select_one",
          label: { "zh-Hans": "从哪来", "zh-Hant": "從哪來", en: "From" },
          required: {
            "zh-Hans": "请选择从哪里来",
            "zh-Hant": "請選擇從哪裡來",
            en: "Select where they come from",
          },
          choices: [
            { name: "wuhan", label: { "zh-Hans": "武汉", "zh-Hant": "武漢", en: "Wuhan" } },
            { name: "hubei", label: { "zh-Hans": "湖北", "zh-Hant": "湖北", en: "Else in Hubei" } },
            { name: "other_province", label: { "zh-Hans": "外省", "zh-Hant": "外省", en: "Other province" } },
            { name: "same_province", label: { "zh-Hans": "本省", "zh-Hant": "本省", en: "This province" } },
            { name: "local", label: { "zh-Hans": "本县", "zh-Hant": "本縣", en: "This county" } },
          ],
        },
        {
          name: "suspicious",
          type: "yes_no",
          label: { "zh-Hans": "可疑", "zh-Hant": "可疑", en: "Suspicious" },
          required: {
            "zh-Hans": "请选择有没有可疑",
            "zh-Hant": "請選擇有沒有可疑",
            en: "Select whether anybody is suspicious",
          },
        },
      ],
    },
    {
      name: "suspect",
      label: { "zh-Hans": "可疑人员", "zh-Hant": "可疑人員", en: "Who is suspicious" },
      fields: [
        {
          name: "why",
          type: "select_multiple",
          label: { "zh-Hans": "哪里可疑", "zh-Hant": "哪裡可疑", en: "Why" },
          required: { "zh-Hans": "请选择哪里可疑", "zh-Hant": "請選擇哪裡可疑", en: "Select why" },
          relevant: suspect,
          choices: [
            { name: "fever", label: { "zh-Hans": "发热", "zh-Hant": "發熱", en: "Fever" } },
            {
              name: "symptoms",
              label: { "zh-Hans": "咳嗽等不适", "zh-Hant": "咳嗽等不適", en: "Cough or other symptoms" },
            },
            {
              name: "contact",
              label: { "zh-Hans": "接触过病人", "zh-Hant": "接觸過病人", en: "Contact with a case" },
            },
            {
              name: "area",
              label: {
                "zh-Hans": "去过疫情重点地区",
                "zh-Hant": "去過疫情重點地區",
                en: "Was in an affected area",
              },
            },
          ],
        },
        {
          name: "temperature",
          type: "temperature",
          label: { "zh-Hans": "体温（可不填）", "zh-Hant": "體溫（可不填）", en: "Temperature (optional)" },
          relevant: suspect,
        },
        {
          name: "name",
          type: "text",
          maxLength: 50,
          pii: true,
          example: "示例一",
          label: { "zh-Hans": "姓名", "zh-Hant": "姓名", en: "Full name" },
          required: { "zh-Hans": "请填写姓名", "zh-Hant": "請填寫姓名", en: "Enter the full name" },
          relevant: suspect,
        },
        {
          name: "document",
          type: "id_document",
          pii: true,
          label: { "zh-Hans": "证件（可不填）", "zh-Hant": "證件（可不填）", en: "Document (optional)" },
          relevant: suspect,
        },
        {
          name: "hasPhone",
          type: "yes_no",
          example: true,
          label: { "zh-Hans": "本人有电话", "zh-Hant": "本人有電話", en: "Has a phone" },
          required: {
            "zh-Hans": "请选择本人有没有电话",
            "zh-Hant": "請選擇本人有沒有電話",
            en: "Select whether they have a phone",
          },
          relevant: suspect,
        },
        {
          name: "phone",
          type: "phone",
          pii: true,
          label: { "zh-Hans": "电话", "zh-Hant": "電話", en: "Phone" },
          required: { "zh-Hans": "请填写电话", "zh-Hant": "請填寫電話", en: "Enter the phone number" },
          relevant: { op: "and", rules: [suspect, reachable] },
        },
        {
          name: "contactName",
          type: "text",
          maxLength: 50,
          pii: true,
          example: "示例联系人",
          label: { "zh-Hans": "联系人", "zh-Hant": "聯絡人", en: "Contact person" },
          required: {
            "zh-Hans": "请填写联系人姓名",
            "zh-Hant": "請填寫聯絡人姓名",
            en: "Enter the name of a contact person",
          },
          relevant: { op: "and", rules: [suspect, through] },
        },
        {
          name: "contactPhone",
          type: "phone",
          pii: true,
          label: { "zh-Hans": "联系人电话", "zh-Hant": "聯絡人電話", en: "Contact person's phone" },
          required: {
            "zh-Hans": "请填写联系人电话",
            "zh-Hant": "請填寫聯絡人電話",
            en: "Enter the contact person's phone",
          },
          relevant: { op: "and", rules: [suspect, through] },
        },
        {
          name: "to",
          type: "unit",
          level: "village",
          label: { "zh-Hans": "去哪个村（社区）", "zh-Hant": "去哪個村（社區）", en: "To which village" },
          required: {
            "zh-Hans": "请选择去哪个村（社区）",
            "zh-Hant": "請選擇去哪個村（社區）",
            en: "Select the village",
          },
          relevant: arrives,
        },
        {
          name: "address",
          type: "text",
          maxLength: 100,
          pii: true,
          example: "示例村三组 12 号",
          label: { "zh-Hans": "住哪里", "zh-Hant": "住哪裡", en: "Address there" },
          required: { "zh-Hans": "请填写住哪里", "zh-Hant": "請填寫住哪裡", en: "Enter the address" },
          relevant: arrives,
        },
        {
          name: "leftOn",
          type: "date",
          label: { "zh-Hans": "哪天离开当地", "zh-Hant": "哪天離開當地", en: "Left that place on" },
          required: {
            "zh-Hans": "请填写哪天离开当地",
            "zh-Hant": "請填寫哪天離開當地",
            en: "Enter the date they left that place",
          },
          relevant: arrives,
          constraint: [
            {
              rule: { op: "le", left: { field: "." }, right: { today: 0 } },
              message: {
                "zh-Hans": "离开日期不能晚于今天",
                "zh-Hant": "離開日期不能晚於今天",
                en: "The date must not be in the future",
              },
            },
            {
              rule: { op: "ge", left: { field: "." }, right: { today: -365 } },
              message: {
                "zh-Hans": "离开日期在一年以前，请核对年份",
                "zh-Hant": "離開日期在一年以前，請核對年份",
                en: "The date is more than a year ago. Check the year.",
              },
            },
          ],
        },
        {
          name: "transitWuhan",
          type: "yes_no",
          label: { "zh-Hans": "途经武汉", "zh-Hant": "途經武漢", en: "By way of Wuhan" },
          required: {
            "zh-Hans": "请选择途中是否经过武汉",
            "zh-Hant": "請選擇途中是否經過武漢",
            en: "Select whether they passed through Wuhan",
          },
          relevant: {
            op: "and",
            rules: [arrives, { op: "ne", left: { field: "from" }, right: { value: "wuhan" } }],
          },
        },
      ],
    },
  ],
});
