import type { ObligationKind } from "../domain/ladder.ts";
import type { Lang } from "../forms/define.ts";
import type { Tone } from "./messages.ts";

/** What is owed, in verbs: to be done, not done so far, done. */
type Deed = { due: string; open: string; done: string };
const deed = (due: string, open: string, done: string): Deed => ({ due, open, done });

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
  state: Record<Tone, (deed: Deed, due: string, met: string) => string>;
  more: (n: number) => string;
  detected: (at: string) => string;
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
    },
    where: (unit, parent) => `${unit}（${parent}）`,
    line: (what, where, state) => `${what}，${where}，${state}`,
    deed: {
      "daily-report": deed("上报", "至今没有收到", "补报"),
      registration: deed("核实", "至今未核实", "核实"),
      tip: deed("核实", "至今未核实", "核实"),
      "follow-up": deed("填报", "至今没有收到", "补报"),
      response: deed("处置发热或不适", "至今未处置", "处置"),
      cluster: deed("确认收到", "至今未确认", "确认"),
      release: deed("办理解除", "至今未办理", "办理"),
      "care-role": deed("落实", "至今未落实", "落实"),
    },
    state: {
      urgent: () => "有发热或其他不适，请立即联系核实",
      overdue: (deed, due) => `应于 ${due} 前${deed.due}，${deed.open}`,
      notice: (deed, due) => `请于 ${due} 前${deed.due}`,
      recovered: (deed, due, met) => `应于 ${due} 前${deed.due}，已于 ${met} ${deed.done}`,
    },
    more: (n) => `另有 ${n} 项，请打开链接查看`,
    detected: (at) => `系统发现时间：${at}`,
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
    },
    where: (unit, parent) => `${unit}（${parent}）`,
    line: (what, where, state) => `${what}，${where}，${state}`,
    deed: {
      "daily-report": deed("上報", "至今沒有收到", "補報"),
      registration: deed("核實", "至今未核實", "核實"),
      tip: deed("核實", "至今未核實", "核實"),
      "follow-up": deed("填報", "至今沒有收到", "補報"),
      response: deed("處置發熱或不適", "至今未處置", "處置"),
      cluster: deed("確認收到", "至今未確認", "確認"),
      release: deed("辦理解除", "至今未辦理", "辦理"),
      "care-role": deed("落實", "至今未落實", "落實"),
    },
    state: {
      urgent: () => "有發熱或其他不適，請立即聯絡核實",
      overdue: (deed, due) => `應於 ${due} 前${deed.due}，${deed.open}`,
      notice: (deed, due) => `請於 ${due} 前${deed.due}`,
      recovered: (deed, due, met) => `應於 ${due} 前${deed.due}，已於 ${met} ${deed.done}`,
    },
    more: (n) => `另有 ${n} 項，請打開連結查看`,
    detected: (at) => `系統發現時間：${at}`,
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
    },
    where: (unit, parent) => `${unit} (${parent})`,
    line: (what, where, state) => `${what}, ${where}: ${state}`,
    deed: {
      "daily-report": deed("report", "nothing has arrived", "received"),
      registration: deed("verification", "not verified yet", "verified"),
      tip: deed("verification", "not verified yet", "verified"),
      "follow-up": deed("reading", "nothing has arrived", "received"),
      response: deed("response to fever or symptoms", "none recorded yet", "recorded"),
      cluster: deed("acknowledgement", "not acknowledged yet", "acknowledged"),
      release: deed("release", "not released yet", "released"),
      "care-role": deed("appointment", "nobody appointed yet", "appointed"),
    },
    state: {
      urgent: () => "fever or other symptoms, make contact at once",
      overdue: (deed, due) => `${deed.due} was due by ${due}, ${deed.open}`,
      notice: (deed, due) => `${deed.due} due by ${due}`,
      recovered: (deed, due, met) => `${deed.due} was due by ${due}, ${deed.done} at ${met}`,
    },
    more: (n) => `And ${n} more: open the link`,
    detected: (at) => `Seen by the service at ${at}`,
    open: "Open the link to act. It is for your unit only, do not pass it on:",
    foot: "This message names cases and units only. It holds no personal data.",
  },
};
