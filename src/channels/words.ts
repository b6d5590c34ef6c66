import type { ObligationKind } from "../domain/ladder.ts";
import type { Lang } from "../forms/define.ts";
import type { How, Tone } from "./messages.ts";

/** What is owed, in verbs: to be done, not done so far, done, of several units: have not done. */
type Deed = { due: string; open: string; done: string; not: string };
const deed = (due: string, open: string, done: string, not: string): Deed => ({ due, open, done, not });

/** Every word that is sent. */
export type MessageWords = {
  subject: (county: string, counts: string[]) => string;
  count: Record<Tone, (n: number) => string>;
  greeting: (unit: string) => string;
  title: Record<Tone, (n: number) => string>;
  what: Record<ObligationKind, (subject: string) => string>;
  where: (unit: string, parent: string) => string;
  /** One item: what, where, and how it stands. */
  line: (what: string, where: string, state: string) => string;
  deed: Record<ObligationKind, Deed>;
  /** The same of what a form names itself: 返回, coming back. */
  formDeed: (what: string) => Deed;
  /** `why`: what makes it urgent. */
  state: Record<Tone, (deed: Deed, due: string, met: string, why: string) => string>;
  /** Why at once: fever or symptoms, but for a tip. */
  urgent: { fever: string; tip: string };
  /** Most units of one above them are silent: one line for all of them. */
  storm: (unit: string, n: { silent: number; of: number }, deed: Deed, what: string, due: string) => string;
  /** Before a line that was said before. */
  again: (n: number, line: string) => string;
  /** Who was told before, each with when and how it went; `more` were told too. */
  told: (before: string[], more: number) => string;
  toldOne: (unit: string, at: string, how: string) => string;
  how: Record<How, string>;
  more: (n: number) => string;
  times: (detected: string, sent: string) => string;
  /** Above the link to the alert's own page. */
  story: string;
  /** Above the link to act by. */
  open: string;
  foot: string;
};

export const MESSAGE_WORDS: Record<Lang, MessageWords> = {
  "zh-Hans": {
    subject: (county, counts) => `【${county}报备】${counts.join("，")}`,
    count: {
      urgent: (n) => `紧急 ${n} 项`,
      overdue: (n) => `逾期 ${n} 项`,
      notice: (n) => `新任务 ${n} 项`,
      recovered: (n) => `已补办 ${n} 项`,
    },
    greeting: (unit) => `${unit}：`,
    title: {
      urgent: (n) => `紧急，请立即处置（${n} 项）`,
      overdue: (n) => `逾期未办（${n} 项）`,
      notice: (n) => `新任务（${n} 项）`,
      recovered: (n) => `此前逾期，现已补办（${n} 项）`,
    },
    what: {
      "daily-report": (day) => `${day}的日报告`,
      registration: (id) => `返乡登记 ${id}`,
      tip: (id) => `线索 ${id}`,
      "follow-up": (id) => `早晚体温随访 ${id}`,
      response: (id) => `观察对象 ${id}`,
      cluster: (unit) => `聚集性发热 ${unit}`,
      release: (id) => `观察期满人员 ${id}`,
      "care-role": (id) => `包保人员 ${id}`,
      roster: (at) => `值班空缺（${at} 起）`,
      ticket: (id) => `督办件 ${id}`,
      letter: (id) => `协查函 ${id}`,
      reply: (id) => `协查函 ${id} 的回复`,
      listed: (row) => `名单 ${row}`,
      count: (form) => form,
      record: (id) => id,
      decision: (id) => id,
      retention: (day) => `${day}到期的个人信息封存`,
    },
    where: (unit, parent) => `${unit}（${parent}）`,
    line: (what, where, state) => `${what}，${where}，${state}`,
    deed: {
      "daily-report": deed("上报", "至今没有收到", "补报", "未报"),
      registration: deed("核实", "至今未核实", "核实", "未核实"),
      tip: deed("核实", "至今未核实", "核实", "未核实"),
      "follow-up": deed("填报", "至今没有收到", "补报", "未报"),
      response: deed("处置发热或不适", "至今未处置", "处置", "未处置"),
      cluster: deed("确认收到", "至今未确认", "确认", "未确认"),
      release: deed("办理解除", "至今未办理", "办理", "未办理"),
      "care-role": deed("落实", "至今未落实", "落实", "未落实"),
      roster: deed("排定值班人员", "至今未排定", "排定", "未排班"),
      ticket: deed("答复", "至今未答复", "答复", "未答复"),
      letter: deed("由对方答复", "至今没有答复", "收到答复", "没有收到答复"),
      reply: deed("阅办", "至今未阅办", "阅办", "未阅办"),
      listed: deed("查找登记", "至今没有结果", "办结", "没有结果"),
      count: deed("填报", "至今没有收到", "补报", "未报"),
      record: deed("办理", "至今未办理", "办理", "未办理"),
      decision: deed("办理", "至今未办理", "办理", "未办理"),
      retention: deed("封存", "尚未封存", "封存", "未封存"),
    },
    formDeed: (what) => deed(what, `至今未${what}`, what, `未${what}`),
    state: {
      urgent: (deed, due, _met, why) => `${why}，最迟 ${due} 前${deed.due}`,
      overdue: (deed, due) => `应于 ${due} 前${deed.due}，${deed.open}`,
      notice: (deed, due) => `请于 ${due} 前${deed.due}`,
      recovered: (deed, due, met) => `应于 ${due} 前${deed.due}，已于 ${met} ${deed.done}`,
    },
    urgent: { fever: "有发热或其他不适，请立即联系核实", tip: "请立即处置" },
    storm: (unit, n, deed, what, due) =>
      `${unit}：${n.of} 个单位中 ${n.silent} 个${deed.not}（${what}，应于 ${due} 前${deed.due}）`,
    again: (n, line) => `第 ${n} 次提醒：${line}`,
    told: (before, more) => `此前已通知：${before.join("、")}${more > 0 ? `等，另有 ${more} 次` : ""}`,
    toldOne: (unit, at, how) => `${unit}（${at} ${how}）`,
    how: {
      sent: "已发出，未签收",
      delivered: "已送达，未签收",
      failed: "未送达",
      unknown: "是否送达不明",
      acknowledged: "已签收",
    },
    more: (n) => `另有 ${n} 项，请打开链接查看`,
    times: (detected, sent) => `系统发现时间：${detected}；发出时间：${sent}`,
    story: "查看本次警报的经过并签收：",
    open: "请打开链接办理。链接只供本单位使用，请勿转发：",
    foot: "本消息只写编号和单位，不含个人信息。",
  },
  "zh-Hant": {
    subject: (county, counts) => `【${county}報備】${counts.join("，")}`,
    count: {
      urgent: (n) => `緊急 ${n} 項`,
      overdue: (n) => `逾期 ${n} 項`,
      notice: (n) => `新任務 ${n} 項`,
      recovered: (n) => `已補辦 ${n} 項`,
    },
    greeting: (unit) => `${unit}：`,
    title: {
      urgent: (n) => `緊急，請立即處置（${n} 項）`,
      overdue: (n) => `逾期未辦（${n} 項）`,
      notice: (n) => `新任務（${n} 項）`,
      recovered: (n) => `此前逾期，現已補辦（${n} 項）`,
    },
    what: {
      "daily-report": (day) => `${day}的日報告`,
      registration: (id) => `返鄉登記 ${id}`,
      tip: (id) => `線索 ${id}`,
      "follow-up": (id) => `早晚體溫隨訪 ${id}`,
      response: (id) => `觀察對象 ${id}`,
      cluster: (unit) => `聚集性發熱 ${unit}`,
      release: (id) => `觀察期滿人員 ${id}`,
      "care-role": (id) => `包保人員 ${id}`,
      roster: (at) => `值班空缺（${at} 起）`,
      ticket: (id) => `督辦件 ${id}`,
      letter: (id) => `協查函 ${id}`,
      reply: (id) => `協查函 ${id} 的回覆`,
      listed: (row) => `名單 ${row}`,
      count: (form) => form,
      record: (id) => id,
      decision: (id) => id,
      retention: (day) => `${day}到期的個人資料封存`,
    },
    where: (unit, parent) => `${unit}（${parent}）`,
    line: (what, where, state) => `${what}，${where}，${state}`,
    deed: {
      "daily-report": deed("上報", "至今沒有收到", "補報", "未報"),
      registration: deed("核實", "至今未核實", "核實", "未核實"),
      tip: deed("核實", "至今未核實", "核實", "未核實"),
      "follow-up": deed("填報", "至今沒有收到", "補報", "未報"),
      response: deed("處置發熱或不適", "至今未處置", "處置", "未處置"),
      cluster: deed("確認收到", "至今未確認", "確認", "未確認"),
      release: deed("辦理解除", "至今未辦理", "辦理", "未辦理"),
      "care-role": deed("落實", "至今未落實", "落實", "未落實"),
      roster: deed("排定值班人員", "至今未排定", "排定", "未排班"),
      ticket: deed("答覆", "至今未答覆", "答覆", "未答覆"),
      letter: deed("由對方答覆", "至今沒有答覆", "收到答覆", "沒有收到答覆"),
      reply: deed("閱辦", "至今未閱辦", "閱辦", "未閱辦"),
      listed: deed("查找登記", "至今沒有結果", "辦結", "沒有結果"),
      count: deed("填報", "至今沒有收到", "補報", "未報"),
      record: deed("辦理", "至今未辦理", "辦理", "未辦理"),
      decision: deed("辦理", "至今未辦理", "辦理", "未辦理"),
      retention: deed("封存", "尚未封存", "封存", "未封存"),
    },
    formDeed: (what) => deed(what, `至今未${what}`, what, `未${what}`),
    state: {
      urgent: (deed, due, _met, why) => `${why}，最遲 ${due} 前${deed.due}`,
      overdue: (deed, due) => `應於 ${due} 前${deed.due}，${deed.open}`,
      notice: (deed, due) => `請於 ${due} 前${deed.due}`,
      recovered: (deed, due, met) => `應於 ${due} 前${deed.due}，已於 ${met} ${deed.done}`,
    },
    urgent: { fever: "有發熱或其他不適，請立即聯絡核實", tip: "請立即處置" },
    storm: (unit, n, deed, what, due) =>
      `${unit}：${n.of} 個單位中 ${n.silent} 個${deed.not}（${what}，應於 ${due} 前${deed.due}）`,
    again: (n, line) => `第 ${n} 次提醒：${line}`,
    told: (before, more) => `此前已通知：${before.join("、")}${more > 0 ? `等，另有 ${more} 次` : ""}`,
    toldOne: (unit, at, how) => `${unit}（${at} ${how}）`,
    how: {
      sent: "已發出，未簽收",
      delivered: "已送達，未簽收",
      failed: "未送達",
      unknown: "是否送達不明",
      acknowledged: "已簽收",
    },
    more: (n) => `另有 ${n} 項，請打開連結查看`,
    times: (detected, sent) => `系統發現時間：${detected}；發出時間：${sent}`,
    story: "查看本次警報的經過並簽收：",
    open: "請打開連結辦理。連結只供本單位使用，請勿轉發：",
    foot: "本訊息只寫編號和單位，不含個人資料。",
  },
  en: {
    subject: (county, counts) => `[${county} Baobei] ${counts.join(", ")}`,
    count: {
      urgent: (n) => `${n} urgent`,
      overdue: (n) => `${n} overdue`,
      notice: (n) => `${n} new`,
      recovered: (n) => `${n} recovered`,
    },
    greeting: (unit) => `To ${unit}:`,
    title: {
      urgent: (n) => `Urgent, act now (${n})`,
      overdue: (n) => `Overdue (${n})`,
      notice: (n) => `New to do (${n})`,
      recovered: (n) => `Was overdue, now done (${n})`,
    },
    what: {
      "daily-report": (day) => `Daily report of ${day}`,
      registration: (id) => `Registration ${id}`,
      tip: (id) => `Tip ${id}`,
      "follow-up": (id) => `Temperature reading of ${id}`,
      response: (id) => `Person under observation ${id}`,
      cluster: (unit) => `Cluster of fever in ${unit}`,
      release: (id) => `Release of ${id} from observation`,
      "care-role": (id) => `Care team role of ${id}`,
      roster: (at) => `Duty roster gap from ${at}`,
      ticket: (id) => `Ticket ${id}`,
      letter: (id) => `Letter ${id}`,
      reply: (id) => `Reply to letter ${id}`,
      listed: (row) => `List ${row}`,
      count: (form) => form,
      record: (id) => id,
      decision: (id) => id,
      retention: (day) => `Sealing off of personal data due on ${day}`,
    },
    where: (unit, parent) => `${unit} (${parent})`,
    line: (what, where, state) => `${what}, ${where}: ${state}`,
    deed: {
      "daily-report": deed("report", "nothing has arrived", "received", "have not reported"),
      registration: deed("verification", "not verified yet", "verified", "have not verified"),
      tip: deed("verification", "not verified yet", "verified", "have not verified"),
      "follow-up": deed("reading", "nothing has arrived", "received", "have not reported"),
      response: deed("response to fever or symptoms", "none recorded yet", "recorded", "have not responded"),
      cluster: deed("acknowledgement", "not acknowledged yet", "acknowledged", "have not acknowledged"),
      release: deed("release", "not released yet", "released", "have not released"),
      "care-role": deed("appointment", "nobody appointed yet", "appointed", "have not appointed"),
      roster: deed("someone on duty", "nobody is on the roster yet", "on the roster", "have gaps"),
      ticket: deed("answer", "not answered yet", "answered", "have not answered"),
      letter: deed("answer of the other county", "not answered yet", "answered", "have no answer"),
      reply: deed("reading", "not read yet", "read", "have not read it"),
      listed: deed("finding and registering", "no result yet", "answered", "have no result"),
      count: deed("this form", "nothing has arrived", "received", "have not reported"),
      record: deed("settling", "not settled", "settled", "have not settled it"),
      decision: deed("settling", "not settled", "settled", "have not settled it"),
      retention: deed("sealing off", "not sealed off yet", "sealed off", "are not sealed off"),
    },
    formDeed: (what) => deed(what, "not done yet", "done", "have not done it"),
    state: {
      urgent: (deed, due, _met, why) => `${why}; ${deed.due} due by ${due}`,
      overdue: (deed, due) => `${deed.due} was due by ${due}, ${deed.open}`,
      notice: (deed, due) => `${deed.due} due by ${due}`,
      recovered: (deed, due, met) => `${deed.due} was due by ${due}, ${deed.done} at ${met}`,
    },
    urgent: { fever: "fever or other symptoms, make contact at once", tip: "act at once" },
    storm: (unit, n, deed, what, due) =>
      `${unit}: ${n.silent} of ${n.of} units ${deed.not} (${what}, ${deed.due} was due by ${due})`,
    again: (n, line) => `Reminder ${n}: ${line}`,
    told: (before, more) => `Told before: ${before.join("; ")}${more > 0 ? `; and ${more} more` : ""}`,
    toldOne: (unit, at, how) => `${unit} (${at}, ${how})`,
    how: {
      sent: "sent, not acknowledged",
      delivered: "delivered, not acknowledged",
      failed: "not delivered",
      unknown: "delivery unknown",
      acknowledged: "acknowledged",
    },
    more: (n) => `And ${n} more: open the link`,
    times: (detected, sent) => `Seen by the service at ${detected}; sent at ${sent}`,
    story: "See what became of this alert and acknowledge it:",
    open: "Open the link to act. It is for your unit only, do not pass it on:",
    foot: "This message names cases and units only. It holds no personal data.",
  },
};
