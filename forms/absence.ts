import { defineRecordForm } from "../src/forms/define.ts";

/** 因病缺勤登记和随访 (001): each pupil or teacher who stays away ill, asked after every day until back at school. */
export const absence = defineRecordForm({
  name: "absence",
  version: 1,
  title: { "zh-Hans": "因病缺勤登记", "zh-Hant": "因病缺勤登記", en: "Absent through illness" },
  intro: {
    "zh-Hans": "登记后 24 小时内随访，以后每天一次，直到返校。发现流感样疫情，2 小时内另行报告。",
    "zh-Hant": "登記後 24 小時內隨訪，以後每天一次，直到返校。發現流感樣疫情，2 小時內另行報告。",
    en: "Ask after them within 24 hours, then every day until they are back. A flu-like outbreak is reported within 2 hours, apart from this.",
  },
  record: {
    kinds: ["school"],
    source: "Secondary (001)",
    noun: { "zh-Hans": "因病缺勤", "zh-Hant": "因病缺勤", en: "absence" },
    prefix: "QQ",
    filed: { "zh-Hans": "待随访", "zh-Hant": "待隨訪", en: "to be asked after" },
    steps: [
      {
        name: "followed",
        label: { "zh-Hans": "登记随访", "zh-Hant": "登記隨訪", en: "Record how they are" },
        done: { "zh-Hans": "随访中", "zh-Hant": "隨訪中", en: "asked after" },
        from: ["filed", "followed"],
        by: "unit",
        fields: [
          {
            name: "condition",
            type: "select_one",
            label: { "zh-Hans": "现在怎么样", "zh-Hant": "現在怎麼樣", en: "How they are" },
            required: {
              "zh-Hans": "请选择现在怎么样",
              "zh-Hant": "請選擇現在怎麼樣",
              en: "Select how they are",
            },
            choices: [
              { name: "better", label: { "zh-Hans": "好转", "zh-Hant": "好轉", en: "Better" } },
              { name: "same", label: { "zh-Hans": "没有变化", "zh-Hant": "沒有變化", en: "The same" } },
              { name: "worse", label: { "zh-Hans": "加重", "zh-Hant": "加重", en: "Worse" } },
              {
                name: "hospital",
                label: {
                  "zh-Hans": "已就医或住院",
                  "zh-Hant": "已就醫或住院",
                  en: "With a doctor or in hospital",
                },
              },
            ],
          },
          {
            name: "note",
            type: "text",
            maxLength: 200,
            pii: true,
            example: "样本：已退烧，在家休息",
            label: { "zh-Hans": "情况（可不填）", "zh-Hant": "情況（可不填）", en: "More (optional)" },
            hint: {
              "zh-Hans": "例如：已退烧；在哪家医院、什么诊断",
              "zh-Hant": "例如：已退燒；在哪家醫院、什麼診斷",
              en: "For example: no fever any more; which hospital, what diagnosis",
            },
          },
        ],
      },
      {
        name: "returned",
        label: { "zh-Hans": "登记返校", "zh-Hant": "登記返校", en: "Record coming back" },
        done: { "zh-Hans": "已返校", "zh-Hant": "已返校", en: "back at school" },
        from: ["filed", "followed"],
        by: "unit",
        fields: [
          {
            name: "certificate",
            type: "yes_no",
            label: {
              "zh-Hans": "看过病愈证明",
              "zh-Hant": "看過病癒證明",
              en: "A doctor's note was seen",
            },
            required: {
              "zh-Hans": "请选择有没有看过病愈证明",
              "zh-Hant": "請選擇有沒有看過病癒證明",
              en: "Say whether a doctor's note was seen",
            },
          },
        ],
      },
    ],
    owes: [
      {
        in: "filed",
        within: { minutes: 1_440 },
        from: "unit",
        what: { "zh-Hans": "随访", "zh-Hant": "隨訪", en: "asking after" },
      },
      {
        in: "followed",
        within: { minutes: 1_440 },
        from: "unit",
        what: { "zh-Hans": "随访", "zh-Hant": "隨訪", en: "asking after" },
      },
    ],
    figures: [
      {
        name: "filed",
        count: "flow",
        at: "filed",
        label: { "zh-Hans": "登记因病缺勤", "zh-Hant": "登記因病缺勤", en: "Absences recorded" },
        measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "absences" },
      },
      {
        name: "fever",
        count: "flow",
        at: "filed",
        where: { op: "eq", left: { field: "fever" }, right: { value: true } },
        label: { "zh-Hans": "发热缺勤", "zh-Hant": "發熱缺勤", en: "Absences with fever" },
        measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "absences" },
      },
      {
        name: "ill",
        count: "stock",
        in: ["filed", "followed"],
        label: { "zh-Hans": "因病未返校", "zh-Hant": "因病未返校", en: "Ill and not back yet" },
        measure: { "zh-Hans": "人", "zh-Hant": "人", en: "persons" },
      },
      {
        name: "followed",
        count: "flow",
        at: "followed",
        label: { "zh-Hans": "缺勤随访", "zh-Hant": "缺勤隨訪", en: "Times asked after" },
        measure: { "zh-Hans": "次", "zh-Hant": "次", en: "times" },
      },
      {
        name: "returned",
        count: "flow",
        at: "returned",
        label: { "zh-Hans": "病愈返校", "zh-Hant": "病癒返校", en: "Back at school" },
        measure: { "zh-Hans": "人次", "zh-Hant": "人次", en: "returns" },
      },
    ],
    order: 30,
  },
  groups: [
    {
      name: "who",
      label: { "zh-Hans": "谁缺勤", "zh-Hant": "誰缺勤", en: "Who is absent" },
      fields: [
        {
          name: "role",
          type: "select_one",
          label: { "zh-Hans": "学生还是教职工", "zh-Hant": "學生還是教職工", en: "Pupil or staff" },
          required: {
            "zh-Hans": "请选择学生还是教职工",
            "zh-Hant": "請選擇學生還是教職工",
            en: "Select pupil or staff",
          },
          choices: [
            { name: "student", label: { "zh-Hans": "学生", "zh-Hant": "學生", en: "Pupil" } },
            { name: "staff", label: { "zh-Hans": "教职工", "zh-Hant": "教職工", en: "Staff" } },
          ],
        },
        {
          name: "name",
          type: "text",
          maxLength: 40,
          pii: true,
          example: "样本学生甲",
          label: { "zh-Hans": "姓名", "zh-Hant": "姓名", en: "Name" },
          required: { "zh-Hans": "请填写姓名", "zh-Hant": "請填寫姓名", en: "Enter the name" },
        },
        {
          name: "className",
          type: "text",
          maxLength: 40,
          pii: true,
          example: "样本三年级 2 班",
          label: { "zh-Hans": "班级或科室", "zh-Hant": "班級或科室", en: "Class or office" },
          hint: {
            "zh-Hans": "例如：三年级 2 班",
            "zh-Hant": "例如：三年級 2 班",
            en: "For example: year 3, class 2",
          },
          required: {
            "zh-Hans": "请填写班级或科室",
            "zh-Hant": "請填寫班級或科室",
            en: "Enter the class or office",
          },
        },
        {
          name: "phone",
          type: "phone",
          pii: true,
          label: {
            "zh-Hans": "家长或本人电话",
            "zh-Hant": "家長或本人電話",
            en: "Phone of a parent, or their own",
          },
          hint: {
            "zh-Hans": "随访打这个电话",
            "zh-Hant": "隨訪打這個電話",
            en: "The number to ask after them",
          },
          required: {
            "zh-Hans": "请填写随访用的电话",
            "zh-Hant": "請填寫隨訪用的電話",
            en: "Enter the number to ask after them",
          },
        },
      ],
    },
    {
      name: "illness",
      label: { "zh-Hans": "病情", "zh-Hant": "病情", en: "The illness" },
      fields: [
        {
          name: "since",
          type: "date",
          label: { "zh-Hans": "哪天开始缺勤", "zh-Hant": "哪天開始缺勤", en: "Absent since" },
          required: {
            "zh-Hans": "请填写哪天开始缺勤",
            "zh-Hant": "請填寫哪天開始缺勤",
            en: "Enter the first day of absence",
          },
          constraint: [
            {
              rule: { op: "le", left: { field: "." }, right: { today: 0 } },
              message: {
                "zh-Hans": "不能晚于今天，请核对日期",
                "zh-Hant": "不能晚於今天，請核對日期",
                en: "The day cannot be after today",
              },
            },
            {
              rule: { op: "ge", left: { field: "." }, right: { today: -60 } },
              message: {
                "zh-Hans": "不能早于 60 天前，请核对日期",
                "zh-Hant": "不能早於 60 天前，請核對日期",
                en: "The day cannot be more than 60 days ago",
              },
            },
          ],
        },
        {
          name: "fever",
          type: "yes_no",
          label: {
            "zh-Hans": "发热（37.3℃ 及以上）",
            "zh-Hant": "發熱（37.3℃ 及以上）",
            en: "Fever (37.3 °C or more)",
          },
          required: {
            "zh-Hans": "请选择有没有发热",
            "zh-Hant": "請選擇有沒有發熱",
            en: "Say whether there is fever",
          },
        },
        {
          name: "symptoms",
          type: "select_multiple",
          label: { "zh-Hans": "其他症状", "zh-Hant": "其他症狀", en: "Other symptoms" },
          hint: { "zh-Hans": "可以多选", "zh-Hant": "可以多選", en: "More than one can be chosen" },
          required: {
            "zh-Hans": "请选择症状，都没有的选“以上都没有”",
            "zh-Hant": "請選擇症狀，都沒有的選「以上都沒有」",
            en: "Select the symptoms, or none of these",
          },
          choices: [
            { name: "cough", label: { "zh-Hans": "咳嗽", "zh-Hant": "咳嗽", en: "Cough" } },
            { name: "sore_throat", label: { "zh-Hans": "咽痛", "zh-Hant": "咽痛", en: "Sore throat" } },
            { name: "tightness", label: { "zh-Hans": "胸闷", "zh-Hant": "胸悶", en: "Tight chest" } },
            { name: "tired", label: { "zh-Hans": "乏力", "zh-Hant": "乏力", en: "Weakness" } },
            {
              name: "stomach",
              label: { "zh-Hans": "呕吐、腹泻", "zh-Hant": "嘔吐、腹瀉", en: "Vomiting or diarrhoea" },
            },
            { name: "other", label: { "zh-Hans": "其他", "zh-Hant": "其他", en: "Something else" } },
            {
              name: "none",
              label: { "zh-Hans": "以上都没有", "zh-Hant": "以上都沒有", en: "None of these" },
            },
          ],
        },
        {
          name: "exposed",
          type: "yes_no",
          label: {
            "zh-Hans": "14 天内到过湖北，或接触过从湖北回来的人",
            "zh-Hant": "14 天內到過湖北，或接觸過從湖北回來的人",
            en: "In Hubei within 14 days, or with somebody who was",
          },
          required: {
            "zh-Hans": "请选择到没到过、接没接触过",
            "zh-Hant": "請選擇到沒到過、接沒接觸過",
            en: "Say whether they were in Hubei or with somebody who was",
          },
        },
      ],
    },
  ],
});
