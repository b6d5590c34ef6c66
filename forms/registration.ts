import { defineForm } from "../src/forms/define.ts";

/** 返乡人员报备: one household, the persons who came back and those who live with them. */
export const registration = defineForm({
  name: "registration",
  version: 1,
  title: { "zh-Hans": "返乡人员报备", "zh-Hant": "返鄉人員報備", en: "Report a return home" },
  intro: {
    "zh-Hans": "一户填一份，约需三分钟。所填信息只用于疫情防控。",
    "zh-Hant": "一戶填一份，約需三分鐘。所填資訊只用於疫情防控。",
    en: "One form for each household. It takes about three minutes. Your answers are used only to control the epidemic.",
  },
  groups: [
    {
      name: "where",
      label: { "zh-Hans": "回到哪里", "zh-Hant": "回到哪裡", en: "Where you are now" },
      fields: [
        {
          name: "unit",
          type: "unit",
          level: "village",
          label: {
            "zh-Hans": "现在住在哪个村（社区）",
            "zh-Hant": "現在住在哪個村（社區）",
            en: "Village or community you are living in now",
          },
          hint: {
            "zh-Hans": "先选乡镇（街道），再选村（社区）",
            "zh-Hant": "先選鄉鎮（街道），再選村（社區）",
            en: "Choose the town first, then the village or community",
          },
          required: {
            "zh-Hans": "请选择所在的村（社区）",
            "zh-Hant": "請選擇所在的村（社區）",
            en: "Choose the village or community",
          },
        },
        {
          name: "filledBy",
          type: "select_one",
          example: "family",
          label: { "zh-Hans": "由谁填写", "zh-Hant": "由誰填寫", en: "Who is filling in this form" },
          required: {
            "zh-Hans": "请选择由谁填写",
            "zh-Hant": "請選擇由誰填寫",
            en: "Select who is filling in this form",
          },
          choices: [
            { name: "self", label: { "zh-Hans": "本人", "zh-Hant": "本人", en: "The person who came back" } },
            { name: "family", label: { "zh-Hans": "家人", "zh-Hant": "家人", en: "A family member" } },
            { name: "neighbour", label: { "zh-Hans": "邻居", "zh-Hant": "鄰居", en: "A neighbour" } },
            { name: "grid_worker", label: { "zh-Hans": "网格员", "zh-Hant": "網格員", en: "A grid worker" } },
            {
              name: "unit",
              label: {
                "zh-Hans": "村（社区）或单位工作人员",
                "zh-Hant": "村（社區）或單位工作人員",
                en: "Staff of a village, community or other unit",
              },
            },
          ],
        },
        {
          name: "source",
          type: "select_one",
          label: { "zh-Hans": "信息来源", "zh-Hant": "資訊來源", en: "How this became known" },
          hint: {
            "zh-Hans": "工作人员填写；不选即为本人主动报备",
            "zh-Hant": "工作人員填寫；不選即為本人主動報備",
            en: "For staff. Leave it open if they reported themselves.",
          },
          relevant: {
            op: "or",
            rules: [
              { op: "selected", field: "filledBy", choice: "grid_worker" },
              { op: "selected", field: "filledBy", choice: "unit" },
            ],
          },
          choices: [
            {
              name: "self_report",
              label: { "zh-Hans": "本人主动报备", "zh-Hant": "本人主動報備", en: "Reported by themselves" },
            },
            {
              name: "door_check",
              label: { "zh-Hans": "上门排查", "zh-Hant": "上門排查", en: "Found at the door" },
            },
            {
              name: "big_data",
              label: { "zh-Hans": "大数据核查", "zh-Hant": "大數據核查", en: "Data check" },
            },
            {
              name: "letter",
              label: {
                "zh-Hans": "外地发函协查",
                "zh-Hant": "外地發函協查",
                en: "Letter from another county",
              },
            },
            {
              name: "bureau_list",
              label: {
                "zh-Hans": "部门反馈名单",
                "zh-Hant": "部門反饋名單",
                en: "List sent by a bureau",
              },
            },
            {
              name: "checkpoint",
              label: { "zh-Hans": "卡点登记", "zh-Hant": "卡點登記", en: "Checkpoint" },
            },
          ],
        },
      ],
    },
    {
      name: "trip",
      label: { "zh-Hans": "行程", "zh-Hant": "行程", en: "The journey" },
      fields: [
        {
          name: "origin",
          type: "select_one",
          example: "hubei",
          label: { "zh-Hans": "从哪里回来", "zh-Hant": "從哪裡回來", en: "Where the journey began" },
          required: {
            "zh-Hans": "请选择从哪里回来",
            "zh-Hant": "請選擇從哪裡回來",
            en: "Select where the journey began",
          },
          choices: [
            { name: "wuhan", label: { "zh-Hans": "武汉市", "zh-Hant": "武漢市", en: "Wuhan" } },
            {
              name: "hubei",
              label: {
                "zh-Hans": "湖北省其他地方",
                "zh-Hant": "湖北省其他地方",
                en: "Elsewhere in Hubei",
              },
            },
            {
              name: "other_province",
              label: { "zh-Hans": "其他省（区、市）", "zh-Hant": "其他省（區、市）", en: "Another province" },
            },
            {
              name: "same_province",
              label: {
                "zh-Hans": "本省其他市县",
                "zh-Hant": "本省其他市縣",
                en: "Elsewhere in this province",
              },
            },
          ],
        },
        {
          name: "originPlace",
          type: "text",
          maxLength: 60,
          example: "孝感市云梦县",
          label: {
            "zh-Hans": "具体是哪个市、县（可不填）",
            "zh-Hant": "具體是哪個市、縣（可不填）",
            en: "Which city or county (optional)",
          },
          hint: {
            "zh-Hans": "例如：孝感市云梦县",
            "zh-Hant": "例如：孝感市雲夢縣",
            en: "For example, Yunmeng, Xiaogan",
          },
        },
        {
          name: "leftOn",
          type: "date",
          label: {
            "zh-Hans": "哪一天离开当地",
            "zh-Hant": "哪一天離開當地",
            en: "Date you left that place",
          },
          hint: {
            "zh-Hans": "例如：2020年1月23日，写作 2020-01-23",
            "zh-Hant": "例如：2020年1月23日，寫作 2020-01-23",
            en: "For example, 2020-01-23",
          },
          required: {
            "zh-Hans": "请填写离开当地的日期",
            "zh-Hant": "請填寫離開當地的日期",
            en: "Enter the date you left that place",
          },
          constraint: [
            {
              rule: { op: "le", left: { field: "." }, right: { today: 0 } },
              message: {
                "zh-Hans": "离开日期不能晚于今天",
                "zh-Hant": "離開日期不能晚於今天",
                en: "The date you left must not be in the future",
              },
            },
            {
              rule: { op: "ge", left: { field: "." }, right: { today: -365 } },
              message: {
                "zh-Hans": "离开日期在一年以前，请核对年份",
                "zh-Hant": "離開日期在一年以前，請核對年份",
                en: "The date you left is more than a year ago. Check the year.",
              },
            },
          ],
        },
        {
          name: "transitWuhan",
          type: "yes_no",
          label: {
            "zh-Hans": "途中经过武汉吗",
            "zh-Hant": "途中經過武漢嗎",
            en: "Did you pass through Wuhan on the way",
          },
          hint: {
            "zh-Hans": "在武汉转车、停留都算",
            "zh-Hant": "在武漢轉車、停留都算",
            en: "Changing trains or any stop there counts",
          },
          required: {
            "zh-Hans": "请选择途中是否经过武汉",
            "zh-Hant": "請選擇途中是否經過武漢",
            en: "Select whether you passed through Wuhan",
          },
          relevant: { op: "ne", left: { field: "origin" }, right: { value: "wuhan" } },
        },
        {
          name: "arrivedAt",
          type: "datetime",
          label: {
            "zh-Hans": "什么时候到家",
            "zh-Hant": "什麼時候到家",
            en: "When you arrived home",
          },
          hint: {
            "zh-Hans": "日期和时间，记不清时填大概的时间，例如 2020-01-23 14:30",
            "zh-Hant": "日期和時間，記不清時填大概的時間，例如 2020-01-23 14:30",
            en: "Date and time; roughly is enough. For example, 2020-01-23 14:30",
          },
          required: {
            "zh-Hans": "请填写到家的日期和时间",
            "zh-Hant": "請填寫到家的日期和時間",
            en: "Enter the date and time you arrived home",
          },
          constraint: [
            {
              rule: { op: "le", left: { field: "." }, right: { now: 0 } },
              message: {
                "zh-Hans": "到家时间不能晚于现在；还没到家的，请到家后再报备",
                "zh-Hant": "到家時間不能晚於現在；還沒到家的，請到家後再報備",
                en: "The time you arrived must not be in the future. If you are still on the way, report when you are home.",
              },
            },
            {
              rule: { op: "ge", left: { field: "." }, right: { field: "leftOn" } },
              message: {
                "zh-Hans": "到家时间不能早于离开当地的日期",
                "zh-Hant": "到家時間不能早於離開當地的日期",
                en: "The time you arrived must not be before the date you left",
              },
            },
          ],
        },
        {
          name: "transport",
          type: "select_one",
          label: { "zh-Hans": "乘坐什么回来", "zh-Hant": "乘坐什麼回來", en: "How you travelled" },
          hint: {
            "zh-Hans": "换乘过的，选最后一程",
            "zh-Hant": "換乘過的，選最後一程",
            en: "If you changed, choose the last leg",
          },
          required: {
            "zh-Hans": "请选择乘坐的交通工具",
            "zh-Hant": "請選擇乘坐的交通工具",
            en: "Select how you travelled",
          },
          choices: [
            { name: "train", label: { "zh-Hans": "火车、高铁", "zh-Hant": "火車、高鐵", en: "Train" } },
            { name: "plane", label: { "zh-Hans": "飞机", "zh-Hant": "飛機", en: "Plane" } },
            { name: "coach", label: { "zh-Hans": "客运汽车", "zh-Hant": "客運汽車", en: "Coach" } },
            { name: "car", label: { "zh-Hans": "私家车", "zh-Hant": "私家車", en: "Car" } },
            { name: "other", label: { "zh-Hans": "其他", "zh-Hant": "其他", en: "Other" } },
          ],
        },
        {
          name: "transportNumber",
          type: "text",
          maxLength: 60,
          pii: true,
          example: "G309 次 7 车厢",
          label: {
            "zh-Hans": "车次、航班号或车牌号（可不填）",
            "zh-Hant": "車次、航班號或車牌號（可不填）",
            en: "Train, flight or plate number (optional)",
          },
          hint: {
            "zh-Hans": "例如：G309 次 7 车厢",
            "zh-Hant": "例如：G309 次 7 車廂",
            en: "For example, G309, carriage 7",
          },
        },
      ],
    },
    {
      name: "persons",
      label: { "zh-Hans": "家里的人", "zh-Hant": "家裡的人", en: "The people in the household" },
      hint: {
        "zh-Hans": "回来的人和同住的家人都要填",
        "zh-Hant": "回來的人和同住的家人都要填",
        en: "Everyone who came back, and everyone who lives with them",
      },
      repeat: { min: 1, max: 20, noun: { "zh-Hans": "人", "zh-Hant": "人", en: "person" } },
      fields: [
        {
          name: "name",
          type: "text",
          maxLength: 50,
          pii: true,
          autocomplete: "name",
          example: "示例一",
          label: { "zh-Hans": "姓名", "zh-Hant": "姓名", en: "Full name" },
          hint: {
            "zh-Hans": "与证件上的一致",
            "zh-Hant": "與證件上的一致",
            en: "As it stands on the document",
          },
          required: { "zh-Hans": "请填写姓名", "zh-Hant": "請填寫姓名", en: "Enter the full name" },
        },
        {
          name: "returnee",
          type: "yes_no",
          example: true,
          label: {
            "zh-Hans": "是这次从外地回来的吗",
            "zh-Hant": "是這次從外地回來的嗎",
            en: "Did this person come back on this journey",
          },
          hint: {
            "zh-Hans": "一直在家的同住家人选“否”",
            "zh-Hant": "一直在家的同住家人選「否」",
            en: "Choose No for family members who were at home all along",
          },
          required: {
            "zh-Hans": "请选择是不是这次从外地回来的",
            "zh-Hant": "請選擇是不是這次從外地回來的",
            en: "Select whether this person came back on this journey",
          },
        },
        {
          name: "document",
          type: "id_document",
          pii: true,
          label: {
            "zh-Hans": "证件（可不填）",
            "zh-Hant": "證件（可不填）",
            en: "Identity document (optional)",
          },
          hint: {
            "zh-Hans": "没有证件也可以报备；身份证号为 18 位，末位可能是 X",
            "zh-Hant": "沒有證件也可以報備；身份證號為 18 位，末位可能是 X",
            en: "You can report without one. An ID card number has 18 characters; the last may be X.",
          },
        },
        {
          name: "area",
          type: "yes_no",
          label: {
            "zh-Hans": "近 14 天内，在疫情重点地区居住或旅行过吗",
            "zh-Hant": "近 14 天內，在疫情重點地區居住或旅行過嗎",
            en: "In the last 14 days, did this person live in or travel to an affected area",
          },
          required: {
            "zh-Hans": "请选择有没有疫情重点地区居住史或旅行史",
            "zh-Hant": "請選擇有沒有疫情重點地區居住史或旅行史",
            en: "Select whether this person lived in or travelled to an affected area",
          },
        },
        {
          name: "contact",
          type: "yes_no",
          label: {
            "zh-Hans": "近 14 天内，接触过确诊或疑似病人吗",
            "zh-Hant": "近 14 天內，接觸過確診或疑似病人嗎",
            en: "In the last 14 days, was this person in contact with a confirmed or suspected case",
          },
          required: {
            "zh-Hans": "请选择有没有接触过确诊或疑似病人",
            "zh-Hant": "請選擇有沒有接觸過確診或疑似病人",
            en: "Select whether this person was in contact with a case",
          },
        },
        {
          name: "symptoms",
          type: "yes_no",
          label: {
            "zh-Hans": "现在有发热、咳嗽、胸闷等不适吗",
            "zh-Hant": "現在有發熱、咳嗽、胸悶等不適嗎",
            en: "Does this person now have fever, a cough, a tight chest or other discomfort",
          },
          required: {
            "zh-Hans": "请选择现在有没有不适",
            "zh-Hant": "請選擇現在有沒有不適",
            en: "Select whether this person has symptoms now",
          },
        },
        {
          name: "temperature",
          type: "temperature",
          label: { "zh-Hans": "体温（可不填）", "zh-Hant": "體溫（可不填）", en: "Temperature (optional)" },
          hint: {
            "zh-Hans": "刚量的体温，单位 ℃，例如 36.5；没量就不填",
            "zh-Hant": "剛量的體溫，單位 ℃，例如 36.5；沒量就不填",
            en: "As just measured, in °C, for example 36.5. Leave it empty if not measured.",
          },
        },
      ],
    },
    {
      name: "reach",
      label: { "zh-Hans": "住址和联系方式", "zh-Hant": "住址和聯絡方式", en: "Address and contact" },
      fields: [
        {
          name: "address",
          type: "text",
          maxLength: 100,
          pii: true,
          autocomplete: "street-address",
          example: "示例村三组 12 号",
          label: { "zh-Hans": "详细住址", "zh-Hant": "詳細住址", en: "Address" },
          hint: {
            "zh-Hans": "写到门牌或能找到的地方，例如：三组 12 号，小学东边第二家",
            "zh-Hant": "寫到門牌或能找到的地方，例如：三組 12 號，小學東邊第二家",
            en: "So that the door can be found, for example: Group 3, No. 12, second house east of the school",
          },
          required: { "zh-Hans": "请填写详细住址", "zh-Hant": "請填寫詳細住址", en: "Enter the address" },
        },
        {
          name: "hasPhone",
          type: "yes_no",
          example: true,
          label: {
            "zh-Hans": "这一户有电话吗",
            "zh-Hant": "這一戶有電話嗎",
            en: "Is there a phone in this household",
          },
          required: {
            "zh-Hans": "请选择有没有电话",
            "zh-Hant": "請選擇有沒有電話",
            en: "Select whether there is a phone",
          },
        },
        {
          name: "phone",
          type: "phone",
          pii: true,
          autocomplete: "tel",
          label: { "zh-Hans": "电话号码", "zh-Hant": "電話號碼", en: "Phone number" },
          hint: {
            "zh-Hans": "手机 11 位；座机请加区号，例如 0818-1234567",
            "zh-Hant": "手機 11 位；座機請加區號，例如 0818-1234567",
            en: "A mobile has 11 digits; put the area code before a landline, for example 0818-1234567",
          },
          required: {
            "zh-Hans": "请填写电话号码",
            "zh-Hant": "請填寫電話號碼",
            en: "Enter the phone number",
          },
          relevant: { op: "eq", left: { field: "hasPhone" }, right: { value: true } },
        },
        {
          name: "contactName",
          type: "text",
          maxLength: 50,
          pii: true,
          example: "示例联系人",
          label: { "zh-Hans": "联系人姓名", "zh-Hant": "聯絡人姓名", en: "Contact person" },
          hint: {
            "zh-Hans": "能找到这一户的亲属、邻居或村干部",
            "zh-Hant": "能找到這一戶的親屬、鄰居或村幹部",
            en: "A relative, neighbour or village official who can reach this household",
          },
          required: {
            "zh-Hans": "请填写联系人姓名",
            "zh-Hant": "請填寫聯絡人姓名",
            en: "Enter the name of a contact person",
          },
          relevant: { op: "eq", left: { field: "hasPhone" }, right: { value: false } },
        },
        {
          name: "contactPhone",
          type: "phone",
          pii: true,
          label: { "zh-Hans": "联系人电话", "zh-Hant": "聯絡人電話", en: "Contact person's phone" },
          hint: {
            "zh-Hans": "手机 11 位；座机请加区号",
            "zh-Hant": "手機 11 位；座機請加區號",
            en: "A mobile has 11 digits; put the area code before a landline",
          },
          required: {
            "zh-Hans": "请填写联系人电话",
            "zh-Hant": "請填寫聯絡人電話",
            en: "Enter the contact person's phone",
          },
          relevant: { op: "eq", left: { field: "hasPhone" }, right: { value: false } },
        },
        {
          name: "note",
          type: "long_text",
          maxLength: 1000,
          pii: true,
          example: "样本：请上门前先打电话",
          label: {
            "zh-Hans": "其他要说明的（可不填）",
            "zh-Hant": "其他要說明的（可不填）",
            en: "Anything else (optional)",
          },
          hint: {
            "zh-Hans": "例如：老人行动不便，请上门前先打电话",
            "zh-Hant": "例如：老人行動不便，請上門前先打電話",
            en: "For example: an elderly person who cannot come to the door; please call first",
          },
        },
      ],
    },
  ],
});
