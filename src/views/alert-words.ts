import type { AlertTone, ContactRole, MessageState } from "../domain/alert.ts";
import { roleWords } from "../domain/care-team.ts";
import type { DeliveryKind } from "../domain/delivery.ts";
import type { ChannelKind, ObligationKind } from "../domain/ladder.ts";
import type { OwedOfForm } from "../domain/owed-form.ts";
import { owedByTitle } from "../domain/owed-title.ts";
import type { Lang, Words } from "../forms/define.ts";
import { dayWords } from "./moment.ts";
import { words } from "./words.ts";

/*
 * The words of an alert's own page: what it told, how it went, who else was told, and 签收.
 */
export const ALERT = {
  page: words("提醒", "提醒", "Alert"),
  titles: {
    urgent: words("紧急提醒", "緊急提醒", "Urgent alert"),
    overdue: words("逾期提醒", "逾期提醒", "Overdue"),
    notice: words("新任务", "新任務", "New to do"),
    recovered: words("已补办", "已補辦", "Done after all"),
  } satisfies Record<AlertTone, Words>,
  things: (n: number, more: boolean) =>
    words(
      `${n} 项${more ? "以上" : ""}`,
      `${n} 項${more ? "以上" : ""}`,
      `${more ? "more than " : ""}${n} ${n === 1 ? "matter" : "matters"}`,
    ),
  roles: {
    contact: words("联络员", "聯絡員", "contact"),
    duty: words("值班员", "值班員", "duty officer"),
    head: words("负责人", "負責人", "head"),
    grid: words("网格员", "網格員", "grid worker"),
    care: words("包保人员", "包保人員", "care team"),
    inspector: words("督查员", "督查員", "inspector"),
  } satisfies Record<ContactRole, Words>,
  channels: {
    mail: words("电子邮件", "電子郵件", "email"),
    webhook: words("接口推送", "介面推送", "webhook"),
    wecom: words("企业微信群", "企業微信群", "WeCom group"),
    dingtalk: words("钉钉群", "釘釘群", "DingTalk group"),
    feishu: words("飞书群", "飛書群", "Feishu group"),
  } satisfies Record<ChannelKind, Words>,

  // 签收
  acknowledge: words("我已知悉，正在处理", "我已知悉，正在處理", "I have seen it and am on it"),
  open: (n: number) => words(`还有 ${n} 项没有办结`, `還有 ${n} 項沒有辦結`, `${n} still open`),
  acknowledgeHelp: (minutes: number) =>
    words(
      `签收后 ${minutes} 分钟内不再向上一级提醒；到时还没办结的，继续逐级提醒。签收不等于办结。`,
      `簽收後 ${minutes} 分鐘內不再向上一級提醒；到時還沒辦結的，繼續逐級提醒。簽收不等於辦結。`,
      `For ${minutes} minutes nobody above is told. What is still open then goes on up. It does not count as done.`,
    ),
  acknowledgeEnd: words(
    "已通知到最上一级，不再自动提醒；签收只作记录。签收不等于办结。",
    "已通知到最上一級，不再自動提醒；簽收只作記錄。簽收不等於辦結。",
    "The highest level has been told; no more reminders come by themselves. Acknowledging is for the record only and does not count as done.",
  ),
  acknowledged: (when: string) => words(`${when} 已签收`, `${when} 已簽收`, `Acknowledged at ${when}`),
  heldUntil: (when: string) =>
    words(
      `${when} 以前不再向上一级提醒。到时还没办结的，继续逐级提醒。`,
      `${when} 以前不再向上一級提醒。到時還沒辦結的，繼續逐級提醒。`,
      `Until ${when} nobody above is told. What is still open then goes on up.`,
    ),
  heldNoMore: words(
    "暂缓的时间已过，还没办结的已继续逐级提醒。",
    "暫緩的時間已過，還沒辦結的已繼續逐級提醒。",
    "That time has passed: what is still open goes on up.",
  ),
  nothingLeft: words(
    "都已办结，不用签收。",
    "都已辦結，不用簽收。",
    "Everything is done. There is nothing to acknowledge.",
  ),
  allDone: words("现在都已办结。", "現在都已辦結。", "Everything is done by now."),
  toUnit: words("打开本单位页面办理", "打開本單位頁面辦理", "Open the page of the unit to act"),

  // What it told
  lines: words("提醒的事项", "提醒的事項", "What it tells"),
  moreLines: (n: number, more: boolean) =>
    words(
      `另有 ${n} 项${more ? "以上" : ""}没有列出，请在本单位页面查看。`,
      `另有 ${n} 項${more ? "以上" : ""}沒有列出，請在本單位頁面查看。`,
      `And ${more ? "more than " : ""}${n} more: see the page of the unit.`,
    ),
  where: (unit: string, parent: string) =>
    words(`${unit}（${parent}）`, `${unit}（${parent}）`, `${unit}, ${parent}`),
  met: (when: string) => words(`${when} 已办结`, `${when} 已辦結`, `Done at ${when}`),
  excused: words("已免除", "已免除", "Excused"),
  lapsed: words("这一次已过，没有收到", "這一次已過，沒有收到", "This turn has passed with nothing received"),
  held: (when: string) =>
    words(`已签收，${when} 以前不再提醒`, `已簽收，${when} 以前不再提醒`, `acknowledged until ${when}`),
  next: (when: string) => words(`下次提醒 ${when}`, `下次提醒 ${when}`, `next reminder at ${when}`),

  // How it went
  story: words("这条提醒的经过", "這條提醒的經過", "How this alert went"),
  detected: words("系统发现", "系統發現", "Detected"),
  ready: words("可以发出", "可以發出", "Ready to leave"),
  quiet: words("免打扰时段顺延", "免打擾時段順延", "put off by quiet hours"),
  sent: words("发出", "發出", "Sent"),
  delivered: words("送达", "送達", "Delivered"),
  standing: words("现在", "現在", "Now"),
  attempts: words("投递次数", "投遞次數", "Attempts"),
  firstAttempt: (n: number, when: string) =>
    words(
      `${n} 次，第一次 ${when}`,
      `${n} 次，第一次 ${when}`,
      n === 1 ? `1, at ${when}` : `${n}, the first at ${when}`,
    ),
  events: words("邮件服务的回执", "郵件服務的回執", "What the mail service said"),
  kinds: {
    sent: words("已接收", "已接收", "accepted"),
    delivered: words("已送达", "已送達", "delivered"),
    delayed: words("暂时送不到，还在重试", "暫時送不到，還在重試", "delayed, still trying"),
    bounced: words("被退回", "被退回", "bounced"),
    complained: words("被标为垃圾邮件", "被標為垃圾郵件", "marked as spam"),
    failed: words("没能发出", "沒能發出", "could not be sent"),
    suppressed: words("在停发名单上", "在停發名單上", "suppressed"),
  } satisfies Record<DeliveryKind, Words>,
  merged: words("合并", "合併", "Merged"),
  mergedCount: (n: number) =>
    words(
      `另有 ${n} 条同时的提醒并入这一条`,
      `另有 ${n} 條同時的提醒併入這一條`,
      `${n} more of the same moment left with it`,
    ),

  // Who else was told
  told: (n: number) => words(`告诉过谁（${n}）`, `告訴過誰（${n}）`, `Who was told (${n})`),
  partly: words(
    "人数太多，没有全部列出。",
    "人數太多，沒有全部列出。",
    "Too many were told to list them all.",
  ),
  step: (n: number) => words(`第 ${n} 步`, `第 ${n} 步`, `step ${n}`),
  again: (n: number) => words(`第 ${n} 次重复`, `第 ${n} 次重複`, `repeated, no. ${n}`),
  this: words("本条", "本條", "this alert"),
  states: {
    ready: words("等待发出", "等待發出", "waiting to leave"),
    sending: words("正在发出", "正在發出", "leaving"),
    sent: words("已发出，还没有送达回执", "已發出，還沒有送達回執", "sent, not confirmed as delivered"),
    delivered: words("已送达", "已送達", "delivered"),
    failed: words("没有送到", "沒有送到", "failed"),
    unknown: words(
      "不知道有没有送到，不会自动重发",
      "不知道有沒有送到，不會自動重發",
      "not known; it is not sent again by itself",
    ),
    cancelled: words("没有发出：事情已经办结", "沒有發出：事情已經辦結", "not sent: nothing was left to say"),
    merged: words("已并入另一条", "已併入另一條", "merged into another"),
  } satisfies Record<MessageState, Words>,
};

/** A machine word of outbox.problem in plain ones; one that nobody foresaw stands for itself. */
export function problemWords(problem: string, lang: Lang): string {
  if (Object.hasOwn(PROBLEMS, problem)) return (PROBLEMS[problem] as Words)[lang];
  const target = /^target-(.+)$/.exec(problem)?.[1];
  if (target) return NO_TARGET(target)[lang];
  const code = /^(?:http|bot|refused)-(.+)$/.exec(problem)?.[1];
  return code ? REFUSED(code)[lang] : problem;
}
const PROBLEMS: Record<string, Words> = {
  "no-address": words("没有可用的地址", "沒有可用的地址", "there is no address to reach"),
  "bounced-permanent": words(
    "地址不通，被退回",
    "地址不通，被退回",
    "the address does not exist: it bounced",
  ),
  "bounced-transient": words(
    "对方暂时收不了，被退回",
    "對方暫時收不了，被退回",
    "the mailbox could not take it: it bounced",
  ),
  suppressed: words("地址在停发名单上", "地址在停發名單上", "the address is on the suppression list"),
  complained: words("收件人标为垃圾邮件", "收件人標為垃圾郵件", "the recipient marked it as spam"),
  failed: words("邮件服务没能发出", "郵件服務沒能發出", "the mail service could not send it"),
  "key-expired": words("多次投递没有结果", "多次投遞沒有結果", "no answer to any attempt"),
  "key-taken": words(
    "邮件服务说已收过不同的内容",
    "郵件服務說已收過不同的內容",
    "the mail service had other content under its key",
  ),
  redirect: words(
    "对方转到别处，没有跟随",
    "對方轉到別處，沒有跟隨",
    "it points elsewhere, which is not followed",
  ),
  poison: words("内容打不开，已搁置", "內容打不開，已擱置", "its content does not open: set aside"),
};
const NO_TARGET = (fault: string) =>
  words(`地址不能投递（${fault}）`, `地址不能投遞（${fault}）`, `the address cannot be posted to (${fault})`);
const REFUSED = (code: string) => words(`对方拒收（${code}）`, `對方拒收（${code}）`, `refused (${code})`);

/**
 * What is owed, in words that name nobody: a form, a day, a case or person number, a unit, a role.
 * @param subjectId the obligation's subject; what its id says behind the kind will do
 * @param form what its form says of it; on pages that do not know the forms, what the form is called
 */
export function thingWords(
  { kind, subjectId, about }: { kind: ObligationKind; subjectId: string; about: string | null },
  lang: Lang,
  today: string,
  form: OwedOfForm | undefined = owedByTitle({ kind, subjectId }),
): string {
  if (form) return formWords(form, kind, lang, today);
  const [id = "", ...others] = subjectId.split("/");
  const rest = others.join("/");
  const subjects: Partial<Record<ObligationKind, () => string>> = {
    "daily-report": () => dayWords(id, lang, today),
    retention: () => dayWords(id, lang, today),
    cluster: () => about ?? id,
    roster: () => `${dayWords(rest.slice(0, 10), lang, today)} ${rest.slice(11, 16)}`,
    "care-role": () => `${id} ${roleWords(rest, lang)}`,
    listed: () => listedWords(id, rest)[lang],
    count: () => dayWords(others[0] ?? "", lang, today),
    record: () => others[0] ?? "",
    decision: () => others[0] ?? "",
  };
  return THINGS[kind](subjects[kind]?.() ?? id)[lang];
}
/** 学校晨检（今天）, 出入证 CR-0217-4486：返回 */
function formWords({ name, id, what }: OwedOfForm, kind: ObligationKind, lang: Lang, today: string): string {
  const named = `${name[lang].slice(0, 1).toUpperCase()}${name[lang].slice(1)}`;
  if (kind === "count") return `${named}${lang === "en" ? ", " : " "}${dayWords(id, lang, today)}`;
  const deed = what ?? (kind === "decision" ? DECIDE : undefined);
  return `${named} ${id}${deed ? `${lang === "en" ? ": " : "："}${deed[lang]}` : ""}`;
}
const DECIDE = words("审批或处置", "審批或處置", "decision");

/** PC-0127-0031 第 17 行 */
export const listedWords = (batch: string, row: string): Words =>
  words(`${batch} 第 ${row} 行`, `${batch} 第 ${row} 行`, `${batch}, row ${row}`);
const THINGS: Record<ObligationKind, (subject: string) => Words> = {
  "daily-report": (day) => words(`${day}的日报告`, `${day}的日報告`, `Daily report of ${day}`),
  registration: (id) => words(`核实返乡登记 ${id}`, `核實返鄉登記 ${id}`, `Verify registration ${id}`),
  tip: (id) => words(`核实线索 ${id}`, `核實線索 ${id}`, `Look into tip ${id}`),
  "follow-up": (id) => words(`早晚体温 ${id}`, `早晚體溫 ${id}`, `Temperature reading of ${id}`),
  response: (id) =>
    words(`处置发热或不适 ${id}`, `處置發熱或不適 ${id}`, `Respond to fever or symptoms of ${id}`),
  cluster: (unit) =>
    words(`确认聚集性发热 ${unit}`, `確認聚集性發熱 ${unit}`, `Confirm the cluster of fever in ${unit}`),
  release: (id) => words(`办理解除观察 ${id}`, `辦理解除觀察 ${id}`, `Release ${id} from observation`),
  "care-role": (id) => words(`落实包保人员 ${id}`, `落實包保人員 ${id}`, `Name the care team: ${id}`),
  roster: (from) => words(`${from} 起无人值班`, `${from} 起無人值班`, `Nobody on duty from ${from}`),
  letter: (id) => words(`协查函 ${id} 待复`, `協查函 ${id} 待覆`, `Answer to letter ${id}`),
  reply: (id) =>
    words(`阅办协查函 ${id} 的回复`, `閱辦協查函 ${id} 的回覆`, `Read the reply to letter ${id}`),
  ticket: (id) => words(`答复督办件 ${id}`, `答覆督辦件 ${id}`, `Answer ticket ${id}`),
  listed: (row) => words(`查找登记：名单 ${row}`, `查找登記：名單 ${row}`, `Find and register: list ${row}`),
  count: (day) => words(`${day}的统计表`, `${day}的統計表`, `Counts of ${day}`),
  record: (id) => words(`办理登记事项 ${id}`, `辦理登記事項 ${id}`, `Settle ${id}`),
  decision: (id) => words(`审批或处置登记事项 ${id}`, `審批或處置登記事項 ${id}`, `Decide on ${id}`),
  retention: (day) =>
    words(`${day}封存个人信息`, `${day}封存個人資料`, `Personal data is sealed off on ${day}`),
};
