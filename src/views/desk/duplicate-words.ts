import type { CutShort, DuplicateReason, Finding, MergeFault } from "../../domain/duplicate.ts";
import type { Words } from "../../forms/define.ts";
import { words } from "../words.ts";

/* 疑似重复: the words of two persons who may be one. */
export const DUPLICATE = {
  title: words("疑似重复", "疑似重複", "Possible duplicates"),
  lead: words(
    "可能是同一个人登记了不止一次。系统只提示，是不是同一人由工作人员核对后决定，决定可以撤销。",
    "可能是同一個人登記了不止一次。系統只提示，是不是同一人由工作人員核對後決定，決定可以撤銷。",
    "One person may have been registered more than once. The service only points them out; officials decide, and can undo it.",
  ),
  townsOnly: words(
    "只列出两人都在本单位范围内的；分在两个乡镇的由县级核对。",
    "只列出兩人都在本單位範圍內的；分在兩個鄉鎮的由縣級核對。",
    "Only those who are both yours are listed; those of two towns are the county's to settle.",
  ),
  tabs: {
    open: words("待核对", "待核對", "To settle"),
    settled: words("已处理", "已處理", "Settled"),
  },
  none: {
    open: words("没有待核对的。", "沒有待核對的。", "Nothing to settle."),
    settled: words("还没有处理过的。", "還沒有處理過的。", "Nothing has been settled yet."),
  },
  count: (n: number, most: boolean) =>
    words(
      `${n}${most ? "+" : ""} 对待核对`,
      `${n}${most ? "+" : ""} 對待核對`,
      `${n}${most ? "+" : ""} to settle`,
    ),
  columns: {
    two: words("两条登记", "兩條登記", "The two"),
    why: words("为什么提示", "為什麼提示", "Why"),
    since: words("时间", "時間", "When"),
    finding: words("结果", "結果", "Finding"),
  },
  compare: words("核对", "核對", "Compare"),
  why: {
    id: words("证件号码相同", "證件號碼相同", "Same document"),
    phone: words(
      "电话相同，姓名或出生日期也相同",
      "電話相同，姓名或出生日期也相同",
      "Same phone, and same name or day of birth",
    ),
    name: words(
      "同村同姓名，出生年份相同",
      "同村同姓名，出生年份相同",
      "Same name and year of birth in one village",
    ),
    hand: words("工作人员指出", "工作人員指出", "Pointed out by an official"),
  } satisfies Record<DuplicateReason, Words>,
  notPointed: words(
    "系统没有提示这两条登记。",
    "系統沒有提示這兩條登記。",
    "The service did not point at these two.",
  ),
  older: words("更早的", "更早的", "Earlier ones"),
  findings: {
    same: words("已合并", "已合併", "Merged"),
    distinct: words("不是同一人", "不是同一人", "Not the same person"),
  } satisfies Record<Finding, Words>,
  undone: words("已撤销", "已撤銷", "Undone"),

  pair: words("是不是同一个人", "是不是同一個人", "Are they one person?"),
  field: words("项目", "項目", "What"),
  same: words("相同", "相同", "same"),
  differs: words("不同", "不同", "differs"),
  standsNow: words("保留的一条", "保留的一條", "Stands"),
  facts: {
    unit: words("单位", "單位", "Unit"),
    name: words("姓名", "姓名", "Name"),
    document: words("证件", "證件", "Document"),
    phone: words("电话", "電話", "Phone"),
    address: words("住址", "住址", "Address"),
    registered: words("登记时间", "登記時間", "Registered"),
    by: words("由谁登记", "由誰登記", "Registered by"),
    origin: words("从哪里回来", "從哪裡回來", "Came from"),
    arrived: words("到家时间", "到家時間", "Arrived home"),
    verified: words("核实", "核實", "Verification"),
    observation: words("医学观察", "醫學觀察", "Observation"),
    readings: words("体温记录", "體溫記錄", "Readings"),
    tips: words("关联的线索", "關聯的線索", "Linked tips"),
    marks: words("标记", "標記", "Marks"),
  },
  none_: words("无", "無", "None"),
  hidden: words("未显示", "未顯示", "hidden"),
  notYet: words("未核实", "未核實", "Not yet"),
  flagged: (id: string) =>
    words(
      `证件与 ${id} 相同，不重复计数`,
      `證件與 ${id} 相同，不重複計數`,
      `Same document as ${id}; not counted again`,
    ),
  mergedInto: (id: string) => words(`已并入 ${id}`, `已併入 ${id}`, `Merged into ${id}`),
  keeps: (id: string) => words(`合并了 ${id}`, `合併了 ${id}`, `${id} was merged into it`),
  isApart: (id: string) =>
    words(`与 ${id} 不是同一人`, `與 ${id} 不是同一人`, `Not the same person as ${id}`),

  held: (finding: Finding, who: string, when: string) =>
    finding === "same"
      ? words(
          `${who} 在 ${when} 合并了这两条登记`,
          `${who} 在 ${when} 合併了這兩條登記`,
          `${who} merged the two at ${when}`,
        )
      : words(
          `${who} 在 ${when} 判定不是同一人`,
          `${who} 在 ${when} 判定不是同一人`,
          `${who} found them not to be one person at ${when}`,
        ),
  stillOwed: (home: string, when: string) =>
    words(
      `${home} 还没有核实，合并后仍要核实，${when} 到期：登记的地址和同住的人也要看。`,
      `${home} 還沒有核實，合併後仍要核實，${when} 到期：登記的地址和同住的人也要看。`,
      `${home} is not verified yet. Merged or not, it is still owed, due at ${when}: the address and who lives there must be seen.`,
    ),
  verify: words("去核实", "去核實", "Verify it"),
  because: (reason: string) => words(`理由：${reason}`, `理由：${reason}`, `Reason: ${reason}`),
  beaten: words(
    "没有记录您的决定：已有人处理，或情况已经变化。下面是最新状态。",
    "沒有記錄您的決定：已有人處理，或情況已經變化。下面是最新狀態。",
    "Your decision was not recorded: somebody has dealt with it, or it has changed. Below is how it stands.",
  ),

  decide: words("核对后决定", "核對後決定", "Decide"),
  merge: words("合并：是同一个人", "合併：是同一個人", "Merge: they are one person"),
  mergeMeans: words(
    "合并后，另一条只算重复登记：不再计入人数和医学观察，不再催报体温和解除；两条的记录都保留，可以撤销。",
    "合併後，另一條只算重複登記：不再計入人數和醫學觀察，不再催報體溫和解除；兩條的記錄都保留，可以撤銷。",
    "From then on the other one counts as a duplicate only: not as a person, not under observation, and no readings or release are asked for. Both records are kept, and it can be undone.",
  ),
  stands: words("保留哪一条", "保留哪一條", "Which one stands"),
  earlier: (id: string) => words(`${id}（较早）`, `${id}（較早）`, `${id} (the earlier)`),
  reason: words("理由（可不填）", "理由（可不填）", "Reason (optional)"),
  reasonHint: words("请不要写姓名和证件号码。", "請不要寫姓名和證件號碼。", "No names, no document numbers."),
  doMerge: words("合并", "合併", "Merge"),
  distinct: words("不是同一人", "不是同一人", "Not the same person"),
  distinctMeans: words(
    "记下来，以后不再提示这两条；因证件相同而没有计数的，从现在起按一个人计数。",
    "記下來，以後不再提示這兩條；因證件相同而沒有計數的，從現在起按一個人計數。",
    "This is remembered: the two are not pointed at again. One who was not counted for the same document counts as a person from now on.",
  ),
  doDistinct: words("不是同一人", "不是同一人", "Not the same"),
  undo: words("撤销", "撤銷", "Undo"),
  undoMeans: {
    same: words(
      "撤销后，两条各自计数；没有结束的观察从下一次体温接着随访。原来的决定保留在记录里。",
      "撤銷後，兩條各自計數；沒有結束的觀察從下一次體溫接著隨訪。原來的決定保留在記錄裡。",
      "Both then count by themselves; an observation that goes on is followed up from the next slot. The decision stays in the history.",
    ),
    distinct: words(
      "撤销后，两条重新待核对。原来的决定保留在记录里。",
      "撤銷後，兩條重新待核對。原來的決定保留在記錄裡。",
      "The two are to be settled again. The decision stays in the history.",
    ),
  } satisfies Record<Finding, Words>,
  cannot: {
    "stands-merged": words("它已并入别的登记", "它已併入別的登記", "it is merged itself"),
    "stands-flagged": words("它已记为重复登记", "它已記為重複登記", "it counts as a duplicate itself"),
    "goes-merged": words("另一条已并入别的登记", "另一條已併入別的登記", "the other is merged already"),
    "goes-stands": words(
      "有别的登记并入了另一条，请先撤销",
      "有別的登記併入了另一條，請先撤銷",
      "others were merged into the other one: undo that first",
    ),
    unobserved: words(
      "另一条正在医学观察，保留的一条没有在观察：合并后会没有人随访",
      "另一條正在醫學觀察，保留的一條沒有在觀察：合併後會沒有人隨訪",
      "the other is under observation and this one is not: nobody would be followed up",
    ),
  } satisfies Record<MergeFault, Words>,
  cutShort: {
    days: (id: string) =>
      words(
        `如果保留 ${id}，观察会提前结束：另一条的最后一天更晚。`,
        `如果保留 ${id}，觀察會提前結束：另一條的最後一天更晚。`,
        `If ${id} stands, observation ends sooner: the other one's last day is later.`,
      ),
    held: (id: string) =>
      words(
        `如果保留 ${id}，另一条的发热或不适不再延长观察：最近一次体温异常，还没有恢复。`,
        `如果保留 ${id}，另一條的發熱或不適不再延長觀察：最近一次體溫異常，還沒有恢復。`,
        `If ${id} stands, the other one's fever or symptoms no longer hold the observation open: the last reading was abnormal.`,
      ),
  } satisfies Record<CutShort, (id: string) => Words>,
  cannotKeep: (id: string, why: string) =>
    words(`不能保留 ${id}：${why}。`, `不能保留 ${id}：${why}。`, `${id} cannot stand: ${why}.`),
  mayNot: words(
    "您的岗位可以查看，不能决定。",
    "您的崗位可以查看，不能決定。",
    "Your role may look and not decide.",
  ),
  revealBoth: words(
    "两人的姓名、证件、电话和住址默认不显示。查看会按人记录下来：谁、什么时候、为了什么。",
    "兩人的姓名、證件、電話和住址預設不顯示。查看會按人記錄下來：誰、什麼時候、為了什麼。",
    "Names, documents, phones and addresses of both are hidden. A look is put on record for each of them: who, when, and what for.",
  ),
};
