import type { BoardKind, Count, Heard, LadderState } from "../../domain/board.ts";
import { unitOfCode } from "../../domain/unit.ts";
import type { Lang, Words } from "../../forms/define.ts";
import { words } from "../words.ts";

/* The words of the board. */
export const BOARD = {
  of: (unit: string) => words(`${unit}待办`, `${unit}待辦`, `${unit}: what is owed`),
  asOf: (when: string) => words(`截至 ${when}`, `截至 ${when}`, `As of ${when}`),
  lastSweep: (when: string) =>
    words(`系统最近一次巡查 ${when}`, `系統最近一次巡查 ${when}`, `Last sweep ${when}`),
  reload: words("刷新", "重新整理", "Reload"),
  pause: words("暂停自动刷新", "暫停自動更新", "Pause updates"),
  resume: words("继续自动刷新", "繼續自動更新", "Resume updates"),
  lost: words(
    "连接中断，下面仍是 {} 的数据。请检查网络，或重新登录。",
    "連接中斷，下面仍是 {} 的資料。請檢查網路，或重新登入。",
    "Connection lost: what you see is from {}. Check the network, or sign in again.",
  ),
  back: words("已恢复，截至 {}", "已恢復，截至 {}", "Connected again, as of {}"),
  changed: words("待办有变化，截至 {}", "待辦有變化，截至 {}", "The board has changed, as of {}"),
  silentTitle: words("警报已停", "警報已停", "Alarms have stopped"),
  silent: (when: string) =>
    words(
      `系统上一次正常巡查是 ${when}。在恢复以前，逾期不会自动提醒任何人，请电话催办，并立即联系管理员。`,
      `系統上一次正常巡查是 ${when}。在恢復以前，逾期不會自動提醒任何人，請電話催辦，並立即聯絡管理員。`,
      `The last good sweep was at ${when}. Until it is mended nobody is told of anything overdue: telephone, and call the administrator now.`,
    ),
  never: words("从来没有", "從來沒有", "never"),

  figures: {
    overdue: words("现在逾期", "現在逾期", "Overdue now"),
    soon: words("两小时内到期", "兩小時內到期", "Due within two hours"),
    reports: words("今天未报单位", "今天未報單位", "Units yet to report today"),
    response: words("发热不适待办", "發熱不適待辦", "Fevers to answer"),
    registration: words("登记待核实", "登記待核實", "To verify"),
    tip: words("线索待核实", "線索待核實", "Tips open"),
  },
  ofExpected: (n: string) => words(`应报 ${n}`, `應報 ${n}`, `of ${n}`),
  ofWhich: (n: number) => words(`逾期 ${n}`, `逾期 ${n}`, `${n} overdue`),

  filters: words("筛选", "篩選", "Filter"),
  all: words("全部", "全部", "All"),
  whole: (unit: string) => words(`返回${unit}`, `返回${unit}`, `Back to ${unit}`),
  overdue: words("逾期的", "逾期的", "Overdue"),
  none: (when: string) =>
    words(`${when}，没有逾期的事项`, `${when}，沒有逾期的事項`, `Nothing is overdue at ${when}`),
  noneFound: (when: string) =>
    words(
      `${when}，没有找到逾期的事项；事项太多，未能逐一清点。`,
      `${when}，沒有找到逾期的事項；事項太多，未能逐一清點。`,
      `Nothing overdue was found at ${when}; there is too much to look at everything.`,
    ),
  longest: (span: string) => words(`最久 ${span}`, `最久 ${span}`, `longest ${span}`),
  more: (n: string) => words(`查看全部 ${n} 项`, `查看全部 ${n} 項`, `See all ${n}`),
  firstOnly: (n: number) =>
    words(
      `只列出最久的 ${n} 项，可按乡镇缩小范围。`,
      `只列出最久的 ${n} 項，可按鄉鎮縮小範圍。`,
      `Only the ${n} longest are listed. Narrow by town.`,
    ),
  partly: words(
    "人数太多，只查了一部分，实际不止这些。",
    "人數太多，只查了一部分，實際不止這些。",
    "Too many to look at: there are more than these.",
  ),

  next: words("接下来到期的", "接下來到期的", "Due next"),
  noneNext: words(
    "两小时内没有到期的事项。",
    "兩小時內沒有到期的事項。",
    "Nothing falls due within two hours.",
  ),
  reportsSoon: (n: number) =>
    words(
      `还有 ${n} 个单位的日报告两小时内到期`,
      `還有 ${n} 個單位的日報告兩小時內到期`,
      `${n} daily reports fall due within two hours`,
    ),

  heads: {
    what: words("事项", "事項", "What"),
    where: words("单位", "單位", "Where"),
    due: words("时限", "時限", "Due"),
    ladder: words("提醒到哪一级", "提醒到哪一級", "Who was told"),
    act: words("办理", "辦理", "Act"),
  },
  look: words("查看", "查看", "Look"),
  supervise: words("督办", "督辦", "Open a ticket"),

  places: {
    towns: words("各乡镇逾期", "各鄉鎮逾期", "Overdue by town"),
    villages: words("各村（社区）逾期", "各村（社區）逾期", "Overdue by village"),
  },
  placeCount: (n: number) => words(`${n} 个单位有逾期`, `${n} 個單位有逾期`, `${n} with something overdue`),
  place: words("单位", "單位", "Unit"),
  total: words("合计", "合計", "Total"),

  silences: words("送不到的警报", "送不到的警報", "Alerts that did not arrive"),
  silence: {
    failed: words("警报没有送到", "警報沒有送到", "an alert did not arrive"),
    unknown: words("警报是否送到不明", "警報是否送到不明", "nobody knows whether an alert arrived"),
    contact: words("联系人失联，收不到警报", "聯絡人失聯，收不到警報", "a contact can no longer be reached"),
  },
  silencesHint: words(
    "以下单位没有收到提醒，请电话告知，并更正联系方式。",
    "以下單位沒有收到提醒，請電話告知，並更正聯絡方式。",
    "These units did not hear. Telephone them, and mend the address.",
  ),
  moreSilences: words("还有其他的", "還有其他的", "There are others"),

  told: (whom: string) => words(`已告知${whom}`, `已告知${whom}`, `Told: ${whom}`),
  untold: words("还没有告知任何人", "還沒有告知任何人", "Nobody told yet"),
  tells: (when: string, whom: string) =>
    words(`${when} 告知${whom}`, `${when} 告知${whom}`, `${when}: ${whom}`),
  tellsAgain: (when: string, whom: string) =>
    words(`${when} 再次告知${whom}`, `${when} 再次告知${whom}`, `${when}: ${whom} again`),
  shouldTell: (when: string, whom: string) =>
    words(`${when} 应告知${whom}`, `${when} 應告知${whom}`, `${when}: ${whom}, not told yet`),
  held: (when: string) =>
    words(`已签收，${when} 前不再上报`, `已簽收，${when} 前不再上報`, `acknowledged until ${when}`),
  lapses: (when: string) => words(`${when} 记为漏报`, `${when} 記為漏報`, `${when}: counts as missed`),
  ended: words("不再自动提醒", "不再自動提醒", "no more reminders"),
};

/** What a kind is called on the board, and what its button says. */
export const KINDS: Record<BoardKind, { name: Words; act: Words }> = {
  cluster: {
    name: words("聚集性情况", "聚集性情況", "Clusters"),
    act: words("去确认", "去確認", "Acknowledge"),
  },
  response: { name: words("发热、不适", "發熱、不適", "Fevers"), act: words("去处置", "去處置", "Answer") },
  tip: { name: words("线索", "線索", "Tips"), act: words("去核实", "去核實", "Verify") },
  registration: {
    name: words("返乡登记", "返鄉登記", "Registrations"),
    act: words("去核实", "去核實", "Verify"),
  },
  listed: {
    name: words("名单待查找", "名單待查找", "Listed persons"),
    act: words("去查找", "去查找", "Look for them"),
  },
  decision: {
    name: words("待审批、处置的登记", "待審批、處置的登記", "Records to decide on"),
    act: words("去办理", "去辦理", "Decide"),
  },
  record: {
    name: words("登记事项", "登記事項", "Records"),
    act: words("去办理", "去辦理", "Settle it"),
  },
  count: { name: words("统计表", "統計表", "Counts"), act: words("去填报", "去填報", "Fill it in") },
  ticket: { name: words("督办件", "督辦件", "Tickets"), act: words("去答复", "去答覆", "Answer") },
  letter: {
    name: words("协查函待复", "協查函待覆", "Letters unanswered"),
    act: words("去催办", "去催辦", "Chase it"),
  },
  reply: {
    name: words("协查函回复", "協查函回覆", "Replies to letters"),
    act: words("去阅办", "去閱辦", "Read it"),
  },
  release: { name: words("解除观察", "解除觀察", "Releases"), act: words("去解除", "去解除", "Release") },
  "follow-up": {
    name: words("早晚体温", "早晚體溫", "Readings"),
    act: words("去补报", "去補報", "Enter it"),
  },
  "daily-report": {
    name: words("日报告", "日報告", "Daily reports"),
    act: words("去填报", "去填報", "Report"),
  },
  roster: { name: words("值班空缺", "值班空缺", "Duty gaps"), act: words("去排班", "去排班", "Fill it") },
  "care-role": {
    name: words("包保人员", "包保人員", "Care teams"),
    act: words("去落实", "去落實", "Name them"),
  },
};

/** 12, 200+. */
export const countWords = ({ n, atLeast }: Count): string => (atLeast ? `${n}+` : `${n}`);

/** 已告知本单位、镇；10:30 告知县. @param clock a moment in milliseconds as words */
export function ladderWords(
  { told, next, heldUntil, lapsesAt }: LadderState,
  {
    lang,
    unitCode,
    now,
    clock,
  }: { lang: Lang; unitCode: string; now: number; clock: (at: number) => string },
): string {
  const who = (one: Heard) => heardWords(one, unitCode, lang);
  const first =
    told.length > 0
      ? BOARD.told([...new Set(told.map(who))].join(lang === "en" ? ", " : "、"))
      : BOARD.untold;
  const rest = heldUntil
    ? [BOARD.held(clock(heldUntil))]
    : next
      ? [
          (next.at <= now ? BOARD.shouldTell : next.again ? BOARD.tellsAgain : BOARD.tells)(
            clock(next.at),
            who(next.who),
          ),
        ]
      : lapsesAt
        ? [BOARD.lapses(clock(lapsesAt))]
        : [BOARD.ended];
  return [first, ...rest].map((one) => one[lang]).join(lang === "en" ? "; " : "；");
}

function heardWords({ unit, role }: Heard, own: string, lang: Lang): string {
  if (role === "grid") return WHO.gridWorker[lang];
  const kind = unit === own ? "own" : (unitOfCode(unit)?.kind ?? "own");
  const place = WHO[kind][lang];
  const office = role && Object.hasOwn(OFFICE, role) ? OFFICE[role]?.[lang] : undefined;
  return office ? (lang === "en" ? `${office} of ${place}` : `${place}${office}`) : place;
}

const WHO = {
  own: words("本单位", "本單位", "the unit"),
  gridWorker: words("网格员", "網格員", "the grid worker"),
  county: words("县", "縣", "the county"),
  town: words("镇", "鎮", "the town"),
  village: words("村", "村", "the village"),
  grid: words("网格", "網格", "the grid"),
  school: words("学校", "學校", "the school"),
  enterprise: words("企业", "企業", "the enterprise"),
  bureau: words("部门", "部門", "the bureau"),
  checkpoint: words("卡点", "卡點", "the checkpoint"),
};
const OFFICE: Record<string, Words> = {
  duty: words("值班员", "值班員", "duty officer"),
  head: words("负责人", "負責人", "head"),
  inspector: words("督查员", "督查員", "inspector"),
};
