import { defineRecordForm } from "../src/forms/define.ts";

/** 发热门诊、预检分诊室 (004): 向社会公布联系方式和地址. What stands here anybody may read at /lists/fever-clinic. */
export const feverClinic = defineRecordForm({
  name: "fever-clinic",
  version: 1,
  title: { "zh-Hans": "发热门诊", "zh-Hant": "發熱門診", en: "Fever clinics" },
  intro: {
    "zh-Hans": "登记后向社会公布。电话和接诊时间变了请登记变更；停诊了请登记停诊。",
    "zh-Hant": "登記後向社會公布。電話和接診時間變了請登記變更；停診了請登記停診。",
    en: "What is entered here everybody can read. Record a change of phone or hours, and a clinic that has closed.",
  },
  record: {
    kinds: ["county", "town", "bureau"],
    source: "Secondary (004)",
    noun: { "zh-Hans": "发热门诊", "zh-Hant": "發熱門診", en: "clinic" },
    prefix: "FR",
    filed: { "zh-Hans": "接诊中", "zh-Hant": "接診中", en: "open" },
    steps: [
      {
        name: "changed",
        label: { "zh-Hans": "登记变更", "zh-Hant": "登記變更", en: "Record a change" },
        done: { "zh-Hans": "接诊中", "zh-Hant": "接診中", en: "open" },
        from: ["filed", "changed"],
        by: "unit",
        fields: [
          {
            name: "telephone",
            type: "phone",
            label: { "zh-Hans": "现在的电话", "zh-Hant": "現在的電話", en: "Phone now" },
            required: { "zh-Hans": "请填写电话", "zh-Hant": "請填寫電話", en: "Enter the phone number" },
          },
          {
            name: "hours",
            type: "text",
            maxLength: 60,
            example: "每天 8:00–18:00",
            label: { "zh-Hans": "现在的接诊时间", "zh-Hant": "現在的接診時間", en: "Hours now" },
            hint: {
              "zh-Hans": "例如：每天 8:00–18:00，或 24 小时",
              "zh-Hant": "例如：每天 8:00–18:00，或 24 小時",
              en: "For example: every day 8:00–18:00, or day and night",
            },
            required: {
              "zh-Hans": "请填写接诊时间",
              "zh-Hant": "請填寫接診時間",
              en: "Enter the hours",
            },
          },
        ],
      },
      {
        name: "closed",
        label: { "zh-Hans": "登记停诊", "zh-Hant": "登記停診", en: "Record that it has closed" },
        done: { "zh-Hans": "已停诊", "zh-Hant": "已停診", en: "closed" },
        from: ["filed", "changed"],
        by: "unit",
      },
    ],
    // Situation reports state what stands where any was ever filed, and what was typed where none was: so both are counted.
    figures: [
      {
        name: "clinics",
        count: "stock",
        in: ["filed", "changed"],
        where: { op: "selected", field: "kind", choice: "clinic" },
        label: { "zh-Hans": "公布的发热门诊", "zh-Hant": "公布的發熱門診", en: "Fever clinics made public" },
        measure: { "zh-Hans": "个", "zh-Hant": "個", en: "clinics" },
      },
      {
        name: "clinicsFiled",
        count: "flow",
        at: "filed",
        where: { op: "selected", field: "kind", choice: "clinic" },
        label: {
          "zh-Hans": "公布过的发热门诊",
          "zh-Hant": "公布過的發熱門診",
          en: "Fever clinics ever made public",
        },
        measure: { "zh-Hans": "个", "zh-Hant": "個", en: "clinics" },
      },
      {
        name: "triage",
        count: "stock",
        in: ["filed", "changed"],
        where: { op: "selected", field: "kind", choice: "triage" },
        label: {
          "zh-Hans": "公布的预检分诊室",
          "zh-Hant": "公布的預檢分診室",
          en: "Triage rooms made public",
        },
        measure: { "zh-Hans": "个", "zh-Hant": "個", en: "rooms" },
      },
      {
        name: "triageFiled",
        count: "flow",
        at: "filed",
        where: { op: "selected", field: "kind", choice: "triage" },
        label: {
          "zh-Hans": "公布过的预检分诊室",
          "zh-Hant": "公布過的預檢分診室",
          en: "Triage rooms ever made public",
        },
        measure: { "zh-Hans": "个", "zh-Hant": "個", en: "rooms" },
      },
    ],
    open: {
      fields: ["name", "kind", "address", "telephone", "hours"],
      intro: {
        "zh-Hans": "有发热、干咳、鼻塞、流涕等症状，请戴好口罩，先打电话，再去就诊，路上不要乘公共交通工具。",
        "zh-Hant": "有發熱、乾咳、鼻塞、流涕等症狀，請戴好口罩，先打電話，再去就診，路上不要乘公共交通工具。",
        en: "With fever, a dry cough, or a blocked or running nose: put on a mask, call first, then go. Do not take a bus or train.",
      },
      empty: {
        "zh-Hans": "还没有公布发热门诊。病情急的请拨打 120。",
        "zh-Hant": "還沒有公布發熱門診。病情急的請撥打 120。",
        en: "No fever clinic has been made public yet. In an emergency call 120.",
      },
    },
    order: 50,
  },
  groups: [
    {
      name: "clinic",
      label: { "zh-Hans": "门诊", "zh-Hant": "門診", en: "The clinic" },
      fields: [
        {
          name: "name",
          type: "text",
          maxLength: 60,
          example: "样本县人民医院",
          label: { "zh-Hans": "医疗机构", "zh-Hant": "醫療機構", en: "Hospital" },
          required: {
            "zh-Hans": "请填写医疗机构名称",
            "zh-Hant": "請填寫醫療機構名稱",
            en: "Enter the name of the hospital",
          },
        },
        {
          name: "kind",
          type: "select_one",
          label: { "zh-Hans": "类别", "zh-Hant": "類別", en: "Kind" },
          required: { "zh-Hans": "请选择类别", "zh-Hant": "請選擇類別", en: "Select the kind" },
          choices: [
            { name: "clinic", label: { "zh-Hans": "发热门诊", "zh-Hant": "發熱門診", en: "Fever clinic" } },
            {
              name: "triage",
              label: { "zh-Hans": "预检分诊室", "zh-Hant": "預檢分診室", en: "Triage room" },
            },
          ],
        },
        {
          name: "address",
          type: "text",
          maxLength: 100,
          example: "样本镇样本路 1 号",
          label: { "zh-Hans": "地址", "zh-Hant": "地址", en: "Address" },
          hint: {
            "zh-Hans": "写到门牌号和入口，例如：样本路 1 号，急诊楼东侧",
            "zh-Hant": "寫到門牌號和入口，例如：樣本路 1 號，急診樓東側",
            en: "With the number and the entrance, for example: 1 Sample Road, east of the emergency building",
          },
          required: { "zh-Hans": "请填写地址", "zh-Hant": "請填寫地址", en: "Enter the address" },
        },
        {
          name: "telephone",
          type: "phone",
          example: "0818-1234567",
          label: { "zh-Hans": "电话", "zh-Hant": "電話", en: "Phone" },
          hint: {
            "zh-Hans": "群众打得通的电话；座机请加区号",
            "zh-Hant": "群眾打得通的電話；座機請加區號",
            en: "One that is answered; put the area code before a landline",
          },
          required: { "zh-Hans": "请填写电话", "zh-Hant": "請填寫電話", en: "Enter the phone number" },
        },
        {
          name: "hours",
          type: "text",
          maxLength: 60,
          example: "24 小时",
          label: { "zh-Hans": "接诊时间", "zh-Hant": "接診時間", en: "Hours" },
          hint: {
            "zh-Hans": "例如：24 小时，或每天 8:00–18:00",
            "zh-Hant": "例如：24 小時，或每天 8:00–18:00",
            en: "For example: day and night, or every day 8:00–18:00",
          },
          required: { "zh-Hans": "请填写接诊时间", "zh-Hant": "請填寫接診時間", en: "Enter the hours" },
        },
      ],
    },
  ],
});
