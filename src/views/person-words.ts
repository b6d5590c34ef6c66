import type { Part, Slot } from "../domain/follow-up.ts";
import type { ObservationKind } from "../domain/observation.ts";
import type { Stage } from "../domain/person.ts";
import { addDays } from "../domain/time.ts";
import type { Lang, Words } from "../forms/define.ts";
import { dayWords } from "./moment.ts";
import { words } from "./words.ts";

/*
 * The words of a household's own page while it is under observation and afterwards. Old people read them, perhaps aloud
 * to somebody: short sentences, one thing to do at a time.
 */
const PARTS: Record<Part, Words> = {
  morning: words("早测", "早測", "morning"),
  evening: words("晚测", "晚測", "evening"),
};
const LATE_PARTS: Record<Part, Words> = {
  morning: words("补早测", "補早測", "late entry for the morning"),
  evening: words("补晚测", "補晚測", "late entry for the evening"),
};

/** A slot by its day: 今天晚测, 1月26日早测; in English "evening of 26 January", "this evening". */
export function slotWords({ date, part }: Slot, lang: Lang, today: string): string {
  if (lang !== "en") return `${nearDay(date, lang, today)}${PARTS[part][lang]}`;
  if (date === today) return `this ${PARTS[part].en}`;
  if (date === addDays(today, 1)) return `tomorrow ${PARTS[part].en}`;
  if (date === addDays(today, -1)) return `yesterday ${PARTS[part].en}`;
  return `${PARTS[part].en} of ${dayWords(date, lang, today)}`;
}
/** A late one: 补早测（今天）, late entry for the morning (yesterday). */
export const lateWords = ({ date, part }: Slot, lang: Lang, today: string): string =>
  lang === "en"
    ? `${LATE_PARTS[part].en} (${nearDay(date, lang, today)})`
    : `${LATE_PARTS[part][lang]}（${nearDay(date, lang, today)}）`;

export function nearDay(date: string, lang: Lang, today: string): string {
  if (date === today) return words("今天", "今天", "today")[lang];
  if (date === addDays(today, 1)) return words("明天", "明天", "tomorrow")[lang];
  if (date === addDays(today, -1)) return words("昨天", "昨天", "yesterday")[lang];
  return dayWords(date, lang, today);
}

export const WATCH = {
  page: words("体温和观察", "體溫和觀察", "Temperature and observation"),
  number: words("登记编号", "登記編號", "Case number"),
  dayOf: (day: number, days: number) =>
    words(`观察第 ${day} 天（共 ${days} 天）`, `觀察第 ${day} 天（共 ${days} 天）`, `Day ${day} of ${days}`),
  until: (date: string) =>
    words(`到${date} 24 时为止`, `到${date} 24 時為止`, `observed until the end of ${date}`),
  kinds: {
    home: words("居家医学观察", "居家醫學觀察", "Observation at home"),
    central: words("集中医学观察", "集中醫學觀察", "Observation at a central site"),
    hospital: words("医院留观", "醫院留觀", "Observation in hospital"),
  } satisfies Record<ObservationKind, Words>,
  stages: {
    observing: words("观察中", "觀察中", "Under observation"),
    due: words("观察期已满，等待解除", "觀察期已滿，等待解除", "The observation is over; the release is due"),
    held: words(
      "最近一次异常，观察继续",
      "最近一次異常，觀察繼續",
      "The last reading was abnormal; observation goes on",
    ),
    merged: words("已并入另一条登记", "已併入另一條登記", "Merged into another registration"),
    released: words("已解除观察", "已解除觀察", "Released"),
    transferred: words("已转到别处", "已轉到別處", "Transferred elsewhere"),
    closed: words("报备已结束", "報備已結束", "Closed"),
  } satisfies Record<Stage, Words>,
  dueHelp: words(
    "工作人员核对后会给您解除，不用再做什么。解除以前请照旧在家，身体不适请告诉村（社区）。",
    "工作人員核對後會給您解除，不用再做什麼。解除以前請照舊在家，身體不適請告訴村（社區）。",
    "Staff will check and release you; there is nothing more to do. Please stay at home until then.",
  ),

  // The turn that is asked for
  askBy: (when: string) => words(`${when} 前填好`, `${when} 前填好`, `Enter it before ${when}`),
  askLate: (when: string) =>
    words(
      `已过时间，可以补到${when}，会记为补报。`,
      `已過時間，可以補到${when}，會記為補報。`,
      `The time has passed. You can still enter it until ${when}; it is marked as late.`,
    ),
  measureFirst: words(
    "先量体温，再填。每人一张，量好一个填一个也可以。",
    "先量體溫，再填。每人一張，量好一個填一個也可以。",
    "Measure first, then fill in. One card a person; whoever is not measured yet can be left blank.",
  ),
  lateHint: words(
    "那一次量的体温；那次没量的，现在量了填。例如 36.5",
    "那一次量的體溫；那次沒量的，現在量了填。例如 36.5",
    "What was measured then; if nothing was, measure now. For example, 36.5",
  ),
  returnee: words("从外地回来", "從外地回來", "Came back from elsewhere"),
  atHome: words("一直在家", "一直在家", "Lives at home"),
  send: words("提交", "提交", "Send"),
  sendCorrection: words("提交改正", "提交改正", "Send the correction"),
  correct: words("改正", "改正", "Correct"),
  correctWhose: (who: string) => words(`改正 ${who}`, `改正 ${who}`, `Correct ${who}`),
  correctTitle: (slot: string) => words(`改正${slot}`, `改正${slot}`, `Correct ${slot}`),
  correctWas: (what: string) =>
    words(
      `原来填的是：${what}。请把这一次全部重填，原来的会保留备查。`,
      `原來填的是：${what}。請把這一次全部重填，原來的會保留備查。`,
      `It says: ${what}. Fill in the whole card again; the old one is kept on record.`,
    ),
  keepIt: words("不改了", "不改了", "Leave it as it is"),

  // What is done
  filled: (slot: string) => words(`${slot}已填`, `${slot}已填`, `Entered for ${slot}`),
  at: (clock: string) => words(`${clock} 已填`, `${clock} 已填`, `entered at ${clock}`),
  byStaff: words("工作人员代填", "工作人員代填", "entered by staff"),
  late: words("补报", "補報", "late"),
  well: words("没有不适", "沒有不適", "no symptoms"),
  unwell: words("有不适", "有不適", "symptoms"),
  fever: words("发热", "發熱", "fever"),
  help: words("需要帮助", "需要幫助", "needs help"),
  missing: words("没填", "沒填", "missing"),
  pending: words("待填", "待填", "to come"),
  thanks: words("已收到，谢谢", "已收到，謝謝", "Received, thank you"),
  stillMissing: (n: number, when: string) =>
    words(
      `还有 ${n} 人没填，请在${when} 前填好。`,
      `還有 ${n} 人沒填，請在${when} 前填好。`,
      `${n === 1 ? "1 person is" : `${n} people are`} still missing. Please enter them before ${when}.`,
    ),
  helpNoted: words(
    "您选了“需要帮助”，村（社区）会看到。急用请打电话。",
    "您選了「需要幫助」，村（社區）會看到。急用請打電話。",
    "You asked for help; the village sees it. If it is urgent, please call.",
  ),
  nextTime: words("下一次", "下一次", "Next time"),
  nextAt: (slot: string, from: string, to: string) =>
    words(
      `${slot}，${from} 至 ${to} 填`,
      `${slot}，${from} 至 ${to} 填`,
      `${slot[0]?.toUpperCase()}${slot.slice(1)}, between ${from} and ${to}`,
    ),
  nothingNow: words("现在不用填", "現在不用填", "Nothing to enter now"),
  allDone: words("都填好了", "都填好了", "Everything is entered"),
  noMore: words(
    "观察期的体温都填完了。",
    "觀察期的體溫都填完了。",
    "All readings of the observation have been entered.",
  ),
  otherTurns: words("还可以补填", "還可以補填", "You can still enter"),
  otherUntil: (n: number, when: string) =>
    words(`${n} 人没填，可补到${when}`, `${n} 人沒填，可補到${when}`, `${n} missing, until ${when}`),

  // Fever or a symptom
  alarm: words("您填报了发热或其他不适", "您填報了發熱或其他不適", "You reported fever or other symptoms"),
  told: words(
    "正在通知村（社区）、镇、县和您的包保人员。",
    "正在通知村（社區）、鎮、縣和您的包保人員。",
    "The village, the town, the county and your care team are being told now.",
  ),
  answerBy: (when: string) =>
    words(
      `${when} 前会有人与您联系；到时没人联系，上级会收到提醒。`,
      `${when} 前會有人與您聯絡；到時沒人聯絡，上級會收到提醒。`,
      `Somebody will contact you before ${when}; if not, the level above is alerted.`,
    ),
  answerOverdue: (when: string) =>
    words(
      `应在${when} 前与您联系，已逾期，上级会收到提醒。请打电话。`,
      `應在${when} 前與您聯絡，已逾期，上級會收到提醒。請打電話。`,
      `You should have been contacted before ${when}: this is overdue and the level above is alerted. Please call.`,
    ),
  answered: (when: string) =>
    words(`工作人员已在 ${when} 处理。`, `工作人員已在 ${when} 處理。`, `Staff dealt with it at ${when}.`),
  advice: [
    words(
      "不要出门，不要自己乘车去医院。",
      "不要出門，不要自己乘車去醫院。",
      "Do not go out, and do not travel to a hospital by yourself.",
    ),
    words(
      "戴好口罩，一个人待在一间屋里，等工作人员联系。",
      "戴好口罩，一個人待在一間屋裡，等工作人員聯絡。",
      "Wear a mask, stay in a room of your own and wait to be contacted.",
    ),
    words("病情加重，请打 120。", "病情加重，請打 120。", "If it gets worse, call 120."),
  ],
  call: words("打值班电话", "打值班電話", "Call the duty phone"),

  // The measures
  measures: words("四条措施", "四條措施", "Four measures"),
  measuresLead: words(
    "观察期间，全家请做到：",
    "觀察期間，全家請做到：",
    "While under observation, everyone in the household:",
  ),
  acknowledge: words("我们看过了，会做到", "我們看過了，會做到", "We have read this and will keep to it"),
  acknowledged: (when: string) =>
    words(`您家已在 ${when} 确认`, `您家已在 ${when} 確認`, `Your household confirmed this on ${when}`),
  notAcknowledged: words(
    "还有一件事：请看一遍四条措施",
    "還有一件事：請看一遍四條措施",
    "One more thing: please read the four measures",
  ),

  // History and standing
  history: words("填过的体温", "填過的體溫", "Readings so far"),
  historyOf: words("时间", "時間", "When"),
  none: words("还没有填过。", "還沒有填過。", "Nothing has been entered yet."),
  standing: words("观察情况", "觀察情況", "The observation"),
  unit: words("管理单位", "管理單位", "Looked after by"),
  kind: words("方式", "方式", "Kind"),
  verified: words("核实时间", "核實時間", "Verified"),
  verifiedAt: (when: string) => words(`${when} 已核实`, `${when} 已核實`, `Verified ${when}`),
  masked: words(
    "为保护隐私，这里只显示姓。要改正报备内容，请告诉工作人员。",
    "為保護隱私，這裡只顯示姓。要改正報備內容，請告訴工作人員。",
    "Only the first character of a name is shown here. To correct a registration, tell the staff.",
  ),
  stateLine: (who: string, what: string) => words(`${who}：${what}`, `${who}：${what}`, `${who}: ${what}`),

  // Afterwards
  over: words("医学观察已结束", "醫學觀察已結束", "The observation has ended"),
  releasedAll: words("医学观察已解除", "醫學觀察已解除", "Released from observation"),
  endedAt: (when: string) => words(`${when}`, `${when}`, when),
  afterRelease: words(
    "不用再填体温。以后有发热、咳嗽，请告诉村（社区）。",
    "不用再填體溫。以後有發熱、咳嗽，請告訴村（社區）。",
    "No more readings are needed. If fever or a cough comes later, tell the village.",
  ),
  afterTransfer: words(
    "您已转到别处，由那里负责。这里不用再填。",
    "您已轉到別處，由那裡負責。這裡不用再填。",
    "Another place looks after you now. Nothing more is entered here.",
  ),
  afterMerge: words(
    "体温、观察和解除都按另一条登记办，这里不用再填，填过的都留着。有疑问请问村（社区）。",
    "體溫、觀察和解除都按另一條登記辦，這裡不用再填，填過的都留著。有疑問請問村（社區）。",
    "Readings, observation and the release go by the other registration. Nothing more is entered here; what was entered is kept. Ask the village if in doubt.",
  ),
  afterClose: words(
    "这份报备已经结束，不用再填。有疑问请问村（社区）。",
    "這份報備已經結束，不用再填。有疑問請問村（社區）。",
    "This registration is closed; nothing more is entered. Ask the village if in doubt.",
  ),
  seeRelease: words("看解除告知单", "看解除告知單", "See the release notice"),
  reportNow: words("现在报一次体温", "現在報一次體溫", "Report a temperature now"),

  // Refusals
  stale: words(
    "这一次已经过了补报时间，没有记下。下面是现在可以填的。",
    "這一次已經過了補報時間，沒有記下。下面是現在可以填的。",
    "It is too late for that reading, and it was not recorded. Below is what can be entered now.",
  ),
  sentBefore: words(
    "刚才已经填过，和现在的不一样。要改成现在的，请再按一次“提交”。",
    "剛才已經填過，和現在的不一樣。要改成現在的，請再按一次「提交」。",
    "You sent something else a moment ago. To change it to this, press “Send” once more.",
  ),
  nobody: words("请至少填一个人的体温", "請至少填一個人的體溫", "Enter at least one person’s temperature"),
};
