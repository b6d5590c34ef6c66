import { words } from "./words.ts";

/*
 * The words of the duty roster: who is on, what is not covered, handover.
 */
export const ROSTER = {
  title: words("值班表", "值班表", "Duty roster"),
  asOf: (when: string) => words(`${when} 的安排`, `${when} 的安排`, `As planned at ${when}`),
  posts: {
    lead: words("带班领导", "帶班領導", "Officer in charge"),
    duty: words("值班员", "值班員", "Duty officer"),
  },
  gapsTitle: words(
    "48 小时内有时段没有人值班",
    "48 小時內有時段沒有人值班",
    "Nobody is on duty at times within 48 hours",
  ),
  gap: (from: string, to: string) => words(`${from} 至 ${to}`, `${from} 至 ${to}`, `${from} to ${to}`),
  gapOpen: (from: string) => words(`${from} 起`, `${from} 起`, `from ${from}`),
  gapNow: words("现在就没有人值班", "現在就沒有人值班", "nobody is on now"),
  gapHint: words(
    "带班领导和值班员都没有的时段算空缺。请马上补排；开始前 12 小时还空着的，会报给镇（街道）和县（区）。",
    "帶班領導和值班員都沒有的時段算空缺。請馬上補排；開始前 12 小時還空著的，會報給鎮（街道）和縣（區）。",
    "It is a gap when neither post is filled. Fill it at once: what is open 12 hours before it begins is reported to the town and the county.",
  ),
  covered: words(
    "48 小时内都有人值班。",
    "48 小時內都有人值班。",
    "Somebody is on duty throughout the next 48 hours.",
  ),
  notKept: words("还没有排过班。", "還沒有排過班。", "No shift has been planned yet."),
  toAdd: words("去排班", "去排班", "Add a shift"),

  now: words("现在值班", "現在值班", "On duty now"),
  nobody: words("现在没有人值班", "現在沒有人值班", "Nobody is on duty"),
  until: (when: string) => words(`到 ${when}`, `到 ${when}`, `until ${when}`),
  taken: (when: string) => words(`${when} 已接班`, `${when} 已接班`, `took over at ${when}`),
  notTaken: words("还没有接班", "還沒有接班", "has not taken over yet"),
  nextDay: words("次日", "次日", "next day"),
  left: words("已不在名单", "已不在名單", "no longer on the list"),
  unreachable: words("邮件退回，通知不到", "郵件退回，通知不到", "mail bounces: cannot be reached"),
  unknown: words("（不详）", "（不詳）", "(unknown)"),
  call: words("打电话", "打電話", "Call"),

  next: words("接下来 14 天", "接下來 14 天", "The next 14 days"),
  all: words("接下来的班次", "接下來的班次", "All shifts to come"),
  noneNext: words("后面还没有排班。", "後面還沒有排班。", "Nothing is planned yet."),
  later: (n: number) =>
    words(`14 天以后还有 ${n} 班`, `14 天以後還有 ${n} 班`, `${n} more after these 14 days`),
  today: words("今天", "今天", "today"),
  remove: words("删除", "刪除", "Remove"),
  cut: words("到此为止", "到此為止", "End now"),

  handover: words("交接班", "交接班", "Handover"),
  toTake: words("等待接班", "等待接班", "To be taken over"),
  take: words("接班", "接班", "Take over"),
  notes: words("交班说明", "交班說明", "Handover notes"),
  whichShift: words("哪一班", "哪一班", "Which shift"),
  note: words("交给下一班的事", "交給下一班的事", "What the next shift must know"),
  noteHint: words(
    "写编号和要办的事，例如：WY-0217-4486 明早要送药。写后不能改，可以再补一条。",
    "寫編號和要辦的事，例如：WY-0217-4486 明早要送藥。寫後不能改，可以再補一條。",
    "Case numbers and what is to be done, such as: WY-0217-4486 needs medicine in the morning. It cannot be changed; add another.",
  ),
  needNote: words("请写明交给下一班的事", "請寫明交給下一班的事", "Write what the next shift must know"),
  needShift: words("请选择哪一班", "請選擇哪一班", "Choose the shift"),
  noteButton: words("记下交班说明", "記下交班說明", "Write it down"),

  add: words("排班", "排班", "Add shifts"),
  person: words("谁值班", "誰值班", "Who"),
  choose: words("请选择", "請選擇", "Choose"),
  post: words("岗位", "崗位", "Post"),
  date: words("哪天上班", "哪天上班", "First day"),
  from: words("几点上班", "幾點上班", "From"),
  to: words("几点下班", "幾點下班", "To"),
  timesHint: words(
    "下班时间不晚于上班时间的，算到第二天；两个时间相同，就是一整天（24 小时）。一班最长 24 小时。",
    "下班時間不晚於上班時間的，算到第二天；兩個時間相同，就是一整天（24 小時）。一班最長 24 小時。",
    "An end that is not after the beginning is on the next day; the same time twice is a full day (24 hours), the longest a shift can be.",
  ),
  days: words("连排几天", "連排幾天", "For how many days in a row"),
  daysHint: words(
    "1 到 14 天，每天同一时间。有一天排不上，就都不排。",
    "1 到 14 天，每天同一時間。有一天排不上，就都不排。",
    "1 to 14, at the same time each day. If one day does not fit, none is added.",
  ),
  addButton: words("排上", "排上", "Add to the roster"),

  who: words("值班人员名单", "值班人員名單", "Who can be on duty"),
  people: words("加一名值班人员", "加一名值班人員", "Add somebody who can be on duty"),
  nobodyYet: words(
    "还没有值班人员。先加人，再排班。",
    "還沒有值班人員。先加人，再排班。",
    "There is nobody to choose from yet. Add somebody first.",
  ),
  peopleHint: words(
    "轮到值班时，本单位的通知发到这个邮箱。",
    "輪到值班時，本單位的通知發到這個郵箱。",
    "While on duty, this person hears of what concerns the unit at this address.",
  ),
  name: words("姓名", "姓名", "Name"),
  email: words("邮箱", "電子郵件", "E-mail"),
  phone: words("电话（可不填）", "電話（可不填）", "Phone (optional)"),
  needName: words("请填写姓名", "請填寫姓名", "Enter the name"),
  needEmail: words("请填写邮箱", "請填寫電子郵件", "Enter the e-mail address"),
  peopleButton: words("加入名单", "加入名單", "Add to the list"),

  past: words("最近 7 天", "最近 7 天", "The last 7 days"),
  nonePast: words(
    "最近 7 天没有值班记录。",
    "最近 7 天沒有值班記錄。",
    "There is no shift in the last 7 days.",
  ),
  wasUncovered: words("没有人值班", "沒有人值班", "nobody was on duty"),

  done: {
    add: words("已排上", "已排上", "Added to the roster"),
    off: words("已从值班表去掉", "已從值班表去掉", "Taken off the roster"),
    take: words("已接班", "已接班", "Taken over"),
    note: words("交班说明已记下", "交班說明已記下", "The handover note is written down"),
    contact: words("已加入值班人员名单", "已加入值班人員名單", "Added to the list"),
  },
  board: words("值班空缺", "值班空缺", "Gaps in the duty roster"),
  boardGap: (from: string) =>
    words(`${from} 起没有人值班`, `${from} 起沒有人值班`, `nobody on duty from ${from}`),
  toRoster: words("值班表、交接班", "值班表、交接班", "Duty roster and handover"),
};
