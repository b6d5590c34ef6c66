import { words } from "./words.ts";

/*
 * The words of a unit's pages about one household, one tip, and an excuse.
 */
export const CASE = {
  title: (id: string) => words(`登记 ${id}`, `登記 ${id}`, `Registration ${id}`),
  registered: (when: string) => words(`${when} 登记`, `${when} 登記`, `registered at ${when}`),
  unit: words("所在村（社区）", "所在村（社區）", "Village or community"),
  from: words("从哪里回来", "從哪裡回來", "Came from"),
  leftOn: words("离开日期", "離開日期", "Left on"),
  arrived: words("到家时间", "到家時間", "Arrived home"),
  transit: words("途经武汉", "途經武漢", "Through Wuhan"),
  filledBy: words("由谁填写", "由誰填寫", "Filled in by"),
  yes: words("是", "是", "Yes"),
  no: words("否", "否", "No"),
  persons: words("同住的人", "同住的人", "Who lives there"),
  person: words("姓名", "姓名", "Name"),
  returnee: words("返乡", "返鄉", "Came back"),
  atHome: words("一直在家", "一直在家", "Stayed at home"),
  area: words("重点地区居住或旅行史", "重點地區居住或旅行史", "Was in an affected area"),
  contact: words("与病人有接触", "與病人有接觸", "Had contact with a patient"),
  symptoms: words("有不适", "有不適", "Has symptoms"),
  temperature: (celsius: string) => words(`体温 ${celsius} ℃`, `體溫 ${celsius} ℃`, `${celsius} °C`),
  fever: words("发热", "發熱", "fever"),
  nothingSaid: words("无异常", "無異常", "Nothing to note"),
  repeated: words("以前登记过", "以前登記過", "Registered before"),
  samePhone: (id: string) =>
    words(`与登记 ${id} 的电话相同`, `與登記 ${id} 的電話相同`, `Same phone as registration ${id}`),
  reveal: words("显示联系方式", "顯示聯絡方式", "Show how to reach them"),
  revealHint: words(
    "姓名、住址和电话默认不显示。查看会记录下来：谁、什么时候、为了什么。",
    "姓名、住址和電話預設不顯示。查看會記錄下來：誰、什麼時候、為了什麼。",
    "Names, address and phone are hidden. Looking at them is put on record: who, when, and what for.",
  ),
  purpose: words("为什么要看", "為什麼要看", "What you need it for"),
  purposes: {
    visit: words("上门核实", "上門核實", "To visit"),
    call: words("打电话核实", "打電話核實", "To call"),
    aid: words("送医或送生活物资", "送醫或送生活物資", "To bring help or take to hospital"),
  },
  choosePurpose: words("请选择为什么要看", "請選擇為什麼要看", "Choose what you need it for"),
  revealed: words(
    "查看已记录。请勿拍照、截图或转发。",
    "查看已記錄。請勿拍照、截圖或轉發。",
    "This look is on record. Do not photograph or forward it.",
  ),
  address: words("住址", "住址", "Address"),
  phone: words("电话", "電話", "Phone"),
  contactPerson: words("联系人", "聯絡人", "Contact person"),
  note: words("备注", "備註", "Note"),
  notGiven: words("没有填写", "沒有填寫", "Not given"),
  verifyTitle: words("核实这一户", "核實這一戶", "Verify this household"),
  verify: words("核实结果", "核實結果", "What you found"),
  reach: words("联系方式", "聯絡方式", "How to reach them"),
  outcomes: {
    found: words("已见到人，情况属实", "已見到人，情況屬實", "Found, and as stated"),
    wrong: words("情况不符或查无此人", "情況不符或查無此人", "Not as stated, or nobody there"),
    moved: words("人已离开，去了别处", "人已離開，去了別處", "They have moved on"),
  },
  chooseOutcome: words("请选择核实结果", "請選擇核實結果", "Choose what you found"),
  verifyNote: words("说明（可不填）", "說明（可不填）", "Note (optional)"),
  verifyButton: words("提交核实结果", "提交核實結果", "Send what you found"),
  settled: (when: string) => words(`已在 ${when} 核实`, `已在 ${when} 核實`, `Verified at ${when}`),
  settledTitle: words("这件事已经有人办好了", "這件事已經有人辦好了", "Somebody has already settled this"),
  settledFirst: words(
    "以先提交的为准，您这一次没有记录。",
    "以先提交的為準，您這一次沒有記錄。",
    "The first answer stands; yours was not recorded.",
  ),
  verifiedDone: (id: string) =>
    words(`${id} 的核实结果已收到`, `${id} 的核實結果已收到`, `Received: what was found about ${id}`),
};

export const TIP = {
  verifyTitle: words("核实这条线索", "核實這條線索", "Verify this tip"),
  title: (id: string) => words(`线索 ${id}`, `線索 ${id}`, `Tip ${id}`),
  category: words("类别", "類別", "Category"),
  unit: words("涉及的单位", "涉及的單位", "Unit concerned"),
  place: words("地点", "地點", "Place"),
  about: words("涉及什么人", "涉及什麼人", "About whom"),
  text: words("内容", "內容", "What was said"),
  added: (when: string) => words(`${when} 补充`, `${when} 補充`, `Added at ${when}`),
  sender: words(
    "提供线索的人受保护，这里不显示是谁。请勿打听。查看线索会记录下来。",
    "提供線索的人受保護，這裡不顯示是誰。請勿打聽。查看線索會記錄下來。",
    "Whoever left this tip is protected and not shown here. Do not ask around. Opening a tip is put on record.",
  ),
  reach: words("显示线索提供人的联系方式", "顯示線索提供人的聯絡方式", "Show how to reach the sender"),
  reachHint: words(
    "只在要向提供人核对时查看。查看会记录下来。",
    "只在要向提供人核對時查看。查看會記錄下來。",
    "Only where you must check something with the sender. Looking is put on record.",
  ),
  reachable: words("提供人的联系方式", "提供人的聯絡方式", "How to reach the sender"),
  outcomes: {
    true: words("属实", "屬實", "True"),
    untrue: words("不属实", "不屬實", "Not true"),
    unclear: words("暂时无法查实", "暫時無法查實", "Cannot be established"),
  },
  answer: words("给提供人的公开答复", "給提供人的公開答覆", "Public answer to the sender"),
  answerHint: words(
    "凭查询码能看到。不要写姓名、电话和住址。",
    "憑查詢碼能看到。不要寫姓名、電話和住址。",
    "Shown to whoever has the code. No names, phones or addresses.",
  ),
  needAnswer: words("请写给提供人的答复", "請寫給提供人的答覆", "Write the answer to the sender"),
  note: words("内部说明（可不填）", "內部說明（可不填）", "Internal note (optional)"),
};

export const EXCUSE = {
  title: words("为下级单位办理免报", "為下級單位辦理免報", "Excuse a unit below"),
  hint: words(
    "只能提前免报，一次最多 31 天。免报期间，日报和每天要填的统计表都不催报，汇总里单列。",
    "只能提前免報，一次最多 31 天。免報期間，日報和每天要填的統計表都不催報，彙總裡單列。",
    "In advance only, for at most 31 days at a time. No reminders go out for daily reports or for counts owed each day, and the summary shows it apart.",
  ),
  unit: words("免报的单位", "免報的單位", "Unit to excuse"),
  choose: words("请选择", "請選擇", "Choose"),
  chooseError: words("请选择单位", "請選擇單位", "Choose the unit"),
  from: words("从哪天开始", "從哪天開始", "First day"),
  to: words("到哪天为止", "到哪天為止", "Last day"),
  reason: words("原因", "原因", "Reason"),
  reasonHint: words(
    "例如：学校放假，校内无人",
    "例如：學校放假，校內無人",
    "For example: the school is closed and empty",
  ),
  button: words("确认免报", "確認免報", "Excuse"),
  done: (name: string, from: string, to: string) =>
    words(
      `${name} 从 ${from} 到 ${to} 免报`,
      `${name} 從 ${from} 到 ${to} 免報`,
      `${name} is excused from ${from} to ${to}`,
    ),
};
