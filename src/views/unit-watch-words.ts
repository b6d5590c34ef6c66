import { FEVER_TENTHS } from "../domain/registration.ts";
import { words } from "./words.ts";

/*
 * The words of observation behind a unit's door: fevers, clusters, releases, care teams, and one person's fourteen days.
 */
export const WATCH = {
  /** °C from which a temperature is called a fever. */
  feverFrom: FEVER_TENTHS / 10,
  celsius: (t: string) => words(`${t} ℃`, `${t} ℃`, `${t} °C`),
  fever: (t: string) => words(`发热 ${t} ℃`, `發熱 ${t} ℃`, `fever ${t} °C`),
  ill: words("有不适", "有不適", "symptoms"),
  needs: words("需要帮助", "需要幫助", "needs help"),
  unanswered: words("有异常还没有处置", "有異常還沒有處置", "Something abnormal has not been answered yet"),
  kinds: {
    home: words("居家观察", "居家觀察", "at home"),
    central: words("集中观察", "集中觀察", "at a central site"),
    hospital: words("医院观察", "醫院觀察", "in hospital"),
  },

  followUp: words("医学观察", "醫學觀察", "Observation"),
  observing: words("正在观察", "正在觀察", "Observing"),
  reported: words("这一次已报", "這一次已報", "Done"),
  dueNow: words("这一次还没报", "這一次還沒報", "Due now"),
  overdueNow: words("这一次逾期未报", "這一次逾期未報", "Overdue"),
  missed: words("上一次漏报", "上一次漏報", "Missed last time"),
  noneObserved: words("现在没有人在观察。", "現在沒有人在觀察。", "Nobody is under observation now."),
  roundButton: words("上门测温、填报", "上門測溫、填報", "Go on the temperature round"),

  responses: words("发热和不适，等待处置", "發熱和不適，等待處置", "Fevers and symptoms to answer"),
  responsesHint: words(
    "请在到期前联系本人或上门，写下怎样处置的。没有处置的一直列在这里。",
    "請在到期前聯絡本人或上門，寫下怎樣處置的。沒有處置的一直列在這裡。",
    "Contact or visit before the due time and write down what was done. It stays listed until then.",
  ),
  clusters: words("聚集性情况，等待确认收到", "聚集性情況，等待確認收到", "Clusters to acknowledge"),
  clusterOf: (name: string, n: number) =>
    words(
      `${name}：${n} 人有发热或不适`,
      `${name}：${n} 人有發熱或不適`,
      `${name}: ${n} with fever or symptoms`,
    ),
  releases: words("观察期满，等待解除", "觀察期滿，等待解除", "Due for release"),
  until: (day: string) => words(`观察到 ${day}`, `觀察到 ${day}`, `until ${day}`),
  care: words("包保人员没有落实", "包保人員沒有落實", "Care teams with a gap"),
  careOf: (role: string) => words(`还缺${role}`, `還缺${role}`, `Missing: ${role}`),

  recipients: {
    cdc: words("疾控中心", "疾控中心", "CDC"),
    education: words("教育局", "教育局", "Education bureau"),
    health: words("卫健局", "衛健局", "Health bureau"),
  },

  done: {
    response: words("处置情况已记录", "處置情況已記錄", "What was done is on record"),
    cluster: words("已确认收到", "已確認收到", "Acknowledged"),
    released: words("已解除观察", "已解除觀察", "Released from observation"),
    transferred: words("已移送，观察结束", "已移送，觀察結束", "Transferred; this observation has ended"),
    closed: words("观察已终止", "觀察已終止", "Closed; this observation has ended"),
    care: words("包保人员已落实", "包保人員已落實", "The care team role is filled"),
    move: words("观察地点已更改", "觀察地點已更改", "The place of observation was changed"),
  },
  settled: (when: string, who: string) =>
    words(
      `${when}${who ? ` 由${who}` : ""}办理。`,
      `${when}${who ? ` 由${who}` : ""}辦理。`,
      `Settled at ${when}${who ? ` by ${who}` : ""}.`,
    ),
};

export const RESPOND = {
  title: words("记录处置情况", "記錄處置情況", "Record what was done"),
  person: words("观察对象", "觀察對象", "Person"),
  unit: words("所在村（社区）", "所在村（社區）", "Village or community"),
  slot: words("哪一次", "哪一次", "Slot"),
  reading: words("体温和症状", "體溫和症狀", "Reading"),
  said: words("症状说明", "症狀說明", "Symptoms"),
  at: words("填报时间", "填報時間", "Entered"),
  due: words("处置期限", "處置期限", "Answer due"),
  text: words("怎样处置的", "怎樣處置的", "What was done"),
  textHint: words(
    "例如：已电话联系，由卫生院接去发热门诊，同住家人单独隔开",
    "例如：已電話聯絡，由衛生院接去發熱門診，同住家人單獨隔開",
    "For example: called; the health centre took them to the fever clinic; the family keeps apart",
  ),
  needText: words("请写明怎样处置的", "請寫明怎樣處置的", "Write what was done"),
  by: words("处置人姓名", "處置人姓名", "Your name"),
  needBy: words("请填写姓名", "請填寫姓名", "Enter your name"),
  button: words("提交处置情况", "提交處置情況", "Send what was done"),
  answered: words("这件事已经处置", "這件事已經處置", "This has been answered"),
  clusterTitle: words("确认收到聚集性情况", "確認收到聚集性情況", "Acknowledge a cluster"),
  recipient: words("接收单位", "接收單位", "Recipient"),
  place: words("发生单位", "發生單位", "Where"),
  size: words("有发热或不适的人数", "有發熱或不適的人數", "With fever or symptoms"),
  window: (hours: number) => words(`${hours} 小时内`, `${hours} 小時內`, `within ${hours} hours`),
  found: words("发现时间", "發現時間", "Found"),
  ackText: words("准备怎样处理", "準備怎樣處理", "What you will do"),
  ackHint: words(
    "另一个接收单位要自己确认，这里只代表本单位。",
    "另一個接收單位要自己確認，這裡只代表本單位。",
    "The other recipient acknowledges for itself; this speaks for your unit alone.",
  ),
  needAck: words("请写明准备怎样处理", "請寫明準備怎樣處理", "Write what you will do"),
  ackButton: words("确认收到", "確認收到", "Acknowledge"),
};

export const RELEASE = {
  title: words("解除观察", "解除觀察", "Release from observation"),
  hint: words(
    "解除后住户可以查看、打印解除告知书，上面有您的姓名。",
    "解除後住戶可以查看、列印解除告知書，上面有您的姓名。",
    "The household can then show or print a release page, which carries your name.",
  ),
  by: words("解除人姓名", "解除人姓名", "Name of the official who releases"),
  needBy: words("请填写解除人姓名", "請填寫解除人姓名", "Enter the official's name"),
  note: words("说明（可不填）", "說明（可不填）", "Note (optional)"),
  button: words("解除观察", "解除觀察", "Release"),
  notYet: words("现在还不能解除", "現在還不能解除", "It is too early to release"),
  early: (day: string) =>
    words(
      `观察期到 ${day} 24 时为止，过后在这里解除。`,
      `觀察期到 ${day} 24 時為止，過後在這裡解除。`,
      `The observation lasts until the end of ${day}. Come back after that to release.`,
    ),
  ended: words("这次观察已经结束", "這次觀察已經結束", "This observation has ended"),
};

export const CARE = {
  title: words("落实包保人员", "落實包保人員", "Fill a care team role"),
  role: words("角色", "角色", "Role"),
  household: words("登记编号", "登記編號", "Case number"),
  name: words("姓名", "姓名", "Name"),
  phone: words("电话", "電話", "Phone"),
  email: words("邮箱（可不填）", "電子郵件（可不填）", "E-mail (optional)"),
  emailHint: words(
    "填了邮箱，这一户有人发热时会同时通知到。",
    "填了電子郵件，這一戶有人發熱時會同時通知到。",
    "With an address they hear at once when somebody of this household has a fever.",
  ),
  needName: words("请填写姓名", "請填寫姓名", "Enter the name"),
  needPhone: words("请填写电话", "請填寫電話", "Enter the phone number"),
  button: words("保存", "保存", "Save"),
  change: words("换人", "換人", "Change"),
  fill: words("落实", "落實", "Fill it"),
  team: words("包保人员", "包保人員", "Care team"),
  missing: words("还没有落实", "還沒有落實", "Nobody yet"),
};

/** What is asked at the door once somebody is found, and one person's observation. */
export const OBSERVE = {
  title: (id: string) => words(`医学观察 ${id}`, `醫學觀察 ${id}`, `Observation ${id}`),
  section: words("医学观察", "醫學觀察", "Observation"),
  openHint: words(
    "以下只在“已见到人”时填写，提交后全家开始医学观察。",
    "以下只在「已見到人」時填寫，提交後全家開始醫學觀察。",
    "Only where they were found: observation of everyone in the household begins when you send this.",
  ),
  kind: words("在哪里观察", "在哪裡觀察", "Where they are observed"),
  kinds: {
    home: words("居家观察", "居家觀察", "At home"),
    central: words("集中观察点", "集中觀察點", "At a central site"),
    hospital: words("医院留观", "醫院留觀", "In hospital"),
  },
  rule: words("从哪天开始算", "從哪天開始算", "What the fourteen days are counted from"),
  rules: {
    last_exposure: words("最后一次接触或暴露", "最後一次接觸或暴露", "The last exposure"),
    left_area: words("离开疫情地区", "離開疫情地區", "Leaving the affected area"),
    start: words("开始观察的当天", "開始觀察的當天", "The start of observation"),
  },
  day0: words("起算日期", "起算日期", "Day 0"),
  day0Hint: (left: string, arrived: string) =>
    words(
      `不填就按登记计算：返乡人员从${left || arrived}起，一直在家的从${arrived}起。`,
      `不填就按登記計算：返鄉人員從${left || arrived}起，一直在家的從${arrived}起。`,
      `Left empty it follows the registration: ${left || arrived} for those who came back, ${arrived} for those who stayed at home.`,
    ),
  evidence: words("依据", "依據", "Evidence"),
  evidences: {
    own_word: words("本人自述", "本人自述", "Their own word"),
    ticket: words("车票、机票", "車票、機票", "A ticket"),
    phone_record: words("手机行程记录", "手機行程記錄", "Phone records"),
    official: words("有关部门通报", "有關部門通報", "Official notice"),
  },
  choose: words("请选择", "請選擇", "Choose one"),
  stage: {
    observing: (n: number, of: number) =>
      words(`第 ${n} 天，共 ${of} 天`, `第 ${n} 天，共 ${of} 天`, `Day ${n} of ${of}`),
    due: words("观察期满，等待解除", "觀察期滿，等待解除", "The last day is over: due for release"),
    held: words(
      "观察期满，但最近一次异常，继续观察",
      "觀察期滿，但最近一次異常，繼續觀察",
      "The last day is over, but the last reading was abnormal: it goes on",
    ),
    merged: (into: string) =>
      words(
        `已并入 ${into}，按那一条随访`,
        `已併入 ${into}，按那一條隨訪`,
        `Merged into ${into}, and followed up there`,
      ),
    released: words("已解除", "已解除", "Released"),
    transferred: words("已移送", "已移送", "Transferred"),
    closed: words("已终止", "已終止", "Closed"),
  },
  countedFrom: words("起算", "起算", "Day 0"),
  lastDay: words("观察到", "觀察到", "Last day"),
  place: words("观察地点", "觀察地點", "Place"),
  moved: (kind: string, when: string) =>
    words(`${when} 转为${kind}`, `${when} 轉為${kind}`, `${when}: moved to ${kind}`),
  measures: words("四条措施", "四條措施", "The four measures"),
  acknowledged: (when: string) =>
    words(`${when} 住户已确认`, `${when} 住戶已確認`, `Acknowledged by the household at ${when}`),
  notAcknowledged: words("住户还没有确认", "住戶還沒有確認", "Not acknowledged yet"),
  ended: words("结束", "結束", "Ended"),
  endedBy: (when: string, by: string) =>
    words(`${when}，${by}`, `${when}，${by}`, by ? `${when}, ${by}` : when),
  reason: words("原因", "原因", "Reason"),
  readings: (n: number) =>
    words(`已有 ${n} 次体温`, `已有 ${n} 次體溫`, n === 1 ? "1 reading so far" : `${n} readings so far`),
  caption: words("历次体温", "歷次體溫", "Readings"),
  day: words("日期", "日期", "Day"),
  morning: words("早测", "早測", "Morning"),
  evening: words("晚测", "晚測", "Evening"),
  late: words("补报", "補報", "late"),
  corrected: words("有更正", "有更正", "corrected"),
  missed: words("漏报", "漏報", "missed"),
  overdue: words("逾期", "逾期", "overdue"),
  open: words("待报", "待報", "due"),
  notOwed: words("—", "—", "—"),
  notOwedSaid: words("不用报", "不用報", "nothing owed"),
  more: words("查看和办理", "查看和辦理", "See and act"),
  moveTitle: words("更改观察地点", "更改觀察地點", "Change the place of observation"),
  moveTo: words("转到哪里", "轉到哪裡", "Moved to"),
  moveButton: words("更改", "更改", "Change it"),
  endTitle: words("不再在这里观察", "不再在這裡觀察", "End it without a release"),
  endHint: words(
    "观察期满的请用“解除观察”。",
    "觀察期滿的請用「解除觀察」。",
    "Once the last day is over, use Release instead.",
  ),
  ending: words("怎样结束", "怎樣結束", "How it ends"),
  endings: {
    transferred: words("移送外地或其他单位", "移送外地或其他單位", "Transferred elsewhere"),
    closed: words("终止（登记有误等）", "終止（登記有誤等）", "Closed (registered in error, for one)"),
  },
  chooseEnding: words("请选择怎样结束", "請選擇怎樣結束", "Choose how it ends"),
  needReason: words("请写明原因", "請寫明原因", "Give the reason"),
  endBy: words("办理人姓名", "辦理人姓名", "Your name"),
  endButton: words("结束观察", "結束觀察", "End the observation"),
  letter: words("写协查函", "寫協查函", "Write to the other county"),
  letterHint: words(
    "人在外县的，请当地协助查找、接续观察。",
    "人在外縣的，請當地協助查找、接續觀察。",
    "If they are in another county, ask it to find them and go on with the observation.",
  ),
  letterAtDesk: words(
    "人在外县的，请镇（街道）经办人登录工作台发协查函。",
    "人在外縣的，請鎮（街道）經辦人登入工作臺發協查函。",
    "If they are in another county, have your town’s clerk write to it at the desk.",
  ),
};
