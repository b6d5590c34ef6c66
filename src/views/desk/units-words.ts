import { words } from "../words.ts";

/*
 * The words of the desk's pages about units, their contacts and their links.
 */
export const UNITS = {
  title: words("单位", "單位", "Units"),
  kinds: {
    county: words("县（区）", "縣（區）", "county"),
    town: words("镇（街道）", "鎮（街道）", "town"),
    village: words("村（社区）", "村（社區）", "village"),
    grid: words("网格", "網格", "grid"),
    school: words("学校", "學校", "school"),
    enterprise: words("企业", "企業", "enterprise"),
    bureau: words("部门", "部門", "bureau"),
    checkpoint: words("卡点", "卡點", "checkpoint"),
  },
  below: (name: string) => words(`${name}的下级单位`, `${name}的下級單位`, `Units below ${name}`),
  none: words("没有下级单位。", "沒有下級單位。", "There are no units below."),
  nothing: words("没有找到。", "沒有找到。", "Nothing was found."),
  search: words("按名称或代码找单位", "按名稱或代碼找單位", "Find a unit by name or code"),
  searchButton: words("查找", "查找", "Find"),
  found: (q: string) => words(`名称或代码含“${q}”的单位`, `名稱或代碼含「${q}」的單位`, `Units with “${q}”`),
  silentTitle: words("没有人能收到警报的单位", "沒有人能收到警報的單位", "Units that nobody hears for"),
  silentHint: words(
    "这些单位没有一个能通知到的联系人：迟报、漏报没有人会收到提醒，只能靠上级发现。",
    "這些單位沒有一個能通知到的聯絡人：遲報、漏報沒有人會收到提醒，只能靠上級發現。",
    "These units have nobody who can be reached. When they fall silent only the level above hears of it.",
  ),
  noneSilent: words(
    "每个单位都有人能收到警报。",
    "每個單位都有人能收到警報。",
    "Somebody hears for every unit.",
  ),
  all: words("全部单位", "全部單位", "All units"),
  more: words("下一页", "下一頁", "Next page"),
  first: words("回到第一页", "回到第一頁", "First page"),
  asOf: (when: string) => words(`${when} 的情况`, `${when} 的情況`, `As of ${when}`),
  posters: words("海报", "海報", "Posters"),

  unit: words("单位", "單位", "Unit"),
  kind: words("类型", "類型", "Kind"),
  hears: words("收警报的人", "收警報的人", "Who hears"),
  report: words("今天的报告", "今天的報告", "Today’s report"),
  link: words("链接", "連結", "Link"),
  officials: words("工作人员", "工作人員", "Officials"),
  roster: words("值班表", "值班表", "Roster"),

  people: (n: number, most: number) =>
    words(`${n}${n >= most ? "+" : ""} 人`, `${n}${n >= most ? "+" : ""} 人`, `${n}${n >= most ? "+" : ""}`),
  silent: words("没有人能收到", "沒有人能收到", "Nobody can be reached"),
  silentAbove: words("上级也没有人能收到", "上級也沒有人能收到", "nor at the level above"),
  lost: (n: number) => words(`${n} 人通知不到`, `${n} 人通知不到`, `${n} cannot be reached`),
  linked: words("在用", "在用", "in use"),
  unlinked: words("没有", "沒有", "none"),
  noOfficial: words("没有", "沒有", "none"),
  kept: words("已排班", "已排班", "kept"),
  notKept: words("没有排班", "沒有排班", "not kept"),
  notOwed: words("不用单独报", "不用單獨報", "not owed"),
  closed: (when: string) => words(`${when} 已撤销`, `${when} 已撤銷`, `closed on ${when}`),
  manage: words("管理", "管理", "Manage"),
  toManage: words("联系人、链接", "聯絡人、連結", "Contacts and links"),
  open: words("本单位的页面", "本單位的頁面", "The unit’s own page"),
  excuse: words("免报", "免報", "Excuse from reports"),
  settings: words("名称、撤销、新增下级", "名稱、撤銷、新增下級", "Name, closing, units below"),
  colleagues: words("工作人员账号", "工作人員帳號", "Officials’ accounts"),
};

export const CONTACT = {
  title: words("收警报的人", "收警報的人", "Who hears for this unit"),
  none: words(
    "还没有联系人。出了事没有人会收到警报，请现在就加。",
    "還沒有聯絡人。出了事沒有人會收到警報，請現在就加。",
    "There is nobody yet: no alert about this unit reaches it. Add somebody now.",
  ),
  allLost: words(
    "没有一个联系人能通知到。请核对地址，核对好了点“已核对”，或者另加一个人。",
    "沒有一個聯絡人能通知到。請核對地址，核對好了點「已核對」，或者另加一個人。",
    "None of them can be reached. Check the addresses, then press “Checked”, or add somebody else.",
  ),
  role: words("在单位里做什么", "在單位裡做什麼", "Role"),
  name: words("姓名或群名", "姓名或群名", "Name of the person or group"),
  who: words("姓名", "姓名", "Name"),
  address: words("地址", "地址", "Address"),
  channel: words("怎么通知", "怎麼通知", "Told by"),
  state: words("状态", "狀態", "State"),
  acts: words("操作", "操作", "Actions"),
  fine: words("能通知到", "能通知到", "can be reached"),
  lostSince: (when: string) => words(`${when} 起通知不到`, `${when} 起通知不到`, `not reached since ${when}`),
  reveal: words("查看", "查看", "Reveal"),
  revealed: words("查看已记录在案。", "查看已記錄在案。", "That you looked is on record."),
  clear: words("已核对", "已核對", "Checked"),
  remove: words("删除", "刪除", "Remove"),
  removeSure: words(
    "以后不再通知这个人，以前的记录保留。",
    "以後不再通知這個人，以前的記錄保留。",
    "Nothing more is sent there. What was sent stays on record.",
  ),
  removeButton: words("确定删除", "確定刪除", "Remove for good"),
  add: words("增加联系人", "增加聯絡人", "Add a contact"),
  addHint: words(
    "发邮件的填邮箱；接口和群机器人填网址。姓名和地址加密保存，不会出现在警报里。",
    "發郵件的填電子郵件；介面和群機器人填網址。姓名和地址加密保存，不會出現在警報裡。",
    "Give an e-mail address for mail, a web address for a webhook or a group’s bot. Names and addresses are stored encrypted and stand in no alert.",
  ),
  email: words("邮箱（发邮件时填）", "電子郵件（發郵件時填）", "E-mail address (for mail)"),
  phone: words("电话（可不填）", "電話（可不填）", "Phone (optional)"),
  url: words("网址（接口、群机器人填）", "網址（介面、群機器人填）", "Web address (webhook or bot)"),
  secret: words(
    "签名密钥（接口必填，机器人设了才填）",
    "簽名密鑰（介面必填，機器人設了才填）",
    "Signing secret (webhook; of a bot where it has one)",
  ),
  lang: words("警报用的文字", "警報用的文字", "Language of alerts"),
  choose: words("请选择", "請選擇", "Choose"),
  addButton: words("保存联系人", "保存聯絡人", "Save contact"),
  there: words(
    "这个地址在这个岗位上已经有了",
    "這個地址在這個崗位上已經有了",
    "This address stands in this role already",
  ),
};

export const LINK = {
  title: words("本单位的链接", "本單位的連結", "The unit’s own link"),
  hint: words(
    "有链接就能打开本单位的页面，像钥匙一样：只交给本单位的人，不发群、不外传。",
    "有連結就能打開本單位的頁面，像鑰匙一樣：只交給本單位的人，不發群、不外傳。",
    "Whoever has the link can open the unit’s page. It is a key: hand it to the unit alone.",
  ),
  none: words("还没有在用的链接。", "還沒有在用的連結。", "No link is in use."),
  since: words("生成时间", "生成時間", "Made"),
  until: words("有效期到", "有效期到", "Opens until"),
  forever: words("不限", "不限", "no end"),
  make: words("生成链接", "生成連結", "Make a link"),
  show: words("显示并打印", "顯示並列印", "Show and print"),
  showNote: words("显示会记录在案。", "顯示會記錄在案。", "Showing it is put on record."),
  renew: words("换新的", "換新的", "Replace"),
  renewSure: words(
    "旧链接马上失效，同时生成新的。请把新卡片交给本单位。",
    "舊連結馬上失效，同時生成新的。請把新卡片交給本單位。",
    "The old link stops at once and a new one takes its place. Hand the new card to the unit.",
  ),
  revoke: words("停用", "停用", "Revoke"),
  revokeSure: words(
    "停用后用它打开的页面马上失效，填报要换新链接。",
    "停用後用它打開的頁面馬上失效，填報要換新連結。",
    "It opens nothing from that moment. The unit then needs a new one.",
  ),
  reason: words("原因", "原因", "Reason"),
  reasons: {
    lost: words("丢失", "遺失", "lost"),
    seen: words("被别人看到或转发", "被別人看到或轉發", "seen or passed on by others"),
    left: words("换人", "換人", "the person changed"),
    other: words("其他", "其他", "other"),
  },
  note: words("说明（可不填）", "說明（可不填）", "Note (optional)"),
  noteHint: words(
    "会一直留在操作记录里，不要写姓名、电话。",
    "會一直留在操作記錄裡，不要寫姓名、電話。",
    "Stays on record for good: no names, no phone numbers.",
  ),
  needReason: words("请选择原因", "請選擇原因", "Choose a reason"),
  bulk: words("下级单位的链接", "下級單位的連結", "Links of the units below"),
  bulkMake: words(
    "给还没有链接的下级都生成",
    "給還沒有連結的下級都生成",
    "Make one for each unit below that has none",
  ),
  bulkPrint: words("打印下级的链接卡", "列印下級的連結卡", "Print the cards of the units below"),
};

export const DONE = {
  add: words("联系人已保存", "聯絡人已保存", "The contact is saved"),
  remove: words("联系人已删除", "聯絡人已刪除", "The contact is removed"),
  clear: words("已恢复通知", "已恢復通知", "They are told again"),
  make: words("链接已生成", "連結已生成", "The link is made"),
  renew: words(
    "旧链接已停用，新链接已生成",
    "舊連結已停用，新連結已生成",
    "The old link is out of use, a new one is made",
  ),
  revoke: words("链接已停用", "連結已停用", "The link is out of use"),
  bulk: words("下级单位现在都有链接了", "下級單位現在都有連結了", "Every unit below has a link now"),
  rename: words("名称已改", "名稱已改", "The name is changed"),
  close: words("单位已撤销", "單位已撤銷", "The unit is closed"),
  unit: words("单位已新增", "單位已新增", "The unit is added"),
};
export const FIRST = (who: string, when: string) =>
  words(
    `这件事已经有人办了：${who}，${when}。`,
    `這件事已經有人辦了：${who}，${when}。`,
    `Somebody was first: ${who}, ${when}.`,
  );
export const FIRST_UNKNOWN = words("这件事已经有人办了。", "這件事已經有人辦了。", "Somebody was first.");
export const YOU = words("您自己", "您自己", "you yourself");

/** Units themselves: added, renamed, closed. */
export const SETTING = {
  title: words("名称、撤销、新增下级", "名稱、撤銷、新增下級", "Name, closing, units below"),
  rename: words("改名称", "改名稱", "Rename"),
  newName: words("新名称", "新名稱", "New name"),
  add: words("新增下级单位", "新增下級單位", "Add a unit below"),
  addHint: words(
    "代码由系统给出，不会重复。乡镇（街道）和村（社区）随区划代码导入，不在这里新增。",
    "代碼由系統給出，不會重複。鄉鎮（街道）和村（社區）隨區劃代碼匯入，不在這裡新增。",
    "The code is given by the service. Towns and villages come with the division codes and are not added here.",
  ),
  kind: words("类型", "類型", "Kind"),
  name: words("名称", "名稱", "Name"),
  needKind: words("请选择类型", "請選擇類型", "Choose the kind"),
  full: words(
    "这类单位在这里已经有 99 个，不能再加",
    "這類單位在這裡已經有 99 個，不能再加",
    "There are 99 of this kind here already",
  ),
  close: words("撤销单位", "撤銷單位", "Close the unit"),
  closeHint: words(
    "撤销后不再要它报日报告（还没到点的记为免报，已经迟报的仍要补），它的链接、海报和以后的排班马上失效。以前的记录都保留。撤销后不能恢复。",
    "撤銷後不再要它報日報告（還沒到點的記為免報，已經遲報的仍要補），它的連結、海報和以後的排班馬上失效。以前的記錄都保留。撤銷後不能恢復。",
    "It owes no daily report from then on: those not yet due are excused, those overdue stay owed. Its links, posters and coming shifts end at once. Everything recorded stays. This cannot be undone.",
  ),
  closeButton: words("确定撤销", "確定撤銷", "Close it for good"),
  held: (units: number, matters: number) =>
    words(
      `还不能撤销：${[units ? `下面还有 ${units} 个单位` : "", matters ? `还有 ${matters} 件事没有办结` : ""].filter(Boolean).join("，")}。`,
      `還不能撤銷：${[units ? `下面還有 ${units} 個單位` : "", matters ? `還有 ${matters} 件事沒有辦結` : ""].filter(Boolean).join("，")}。`,
      `It cannot be closed yet: ${[units ? `${units} units stand below it` : "", matters ? `${matters} matters are open` : ""].filter(Boolean).join(", ")}.`,
    ),
  button: words("保存", "保存", "Save"),
};

/** Cards with the link of a unit, to print. */
export const CARD = {
  title: words("链接卡", "連結卡", "Link cards"),
  of: (unit: string) => words(`${unit} 日报告`, `${unit} 日報告`, `${unit}: daily report`),
  scan: words("扫码打开本单位的页面", "掃碼打開本單位的頁面", "Scan to open the unit’s page"),
  key: words(
    "这张卡像钥匙一样保管：不拍照、不转发。丢了马上告诉上级，旧的会停用，换一张新的。",
    "這張卡像鑰匙一樣保管：不拍照、不轉發。丟了馬上告訴上級，舊的會停用，換一張新的。",
    "Keep this card like a key: no photographs, no forwarding. If it is lost tell the level above at once; it is taken out of use and replaced.",
  ),
  none: words(
    "没有可以打印的链接，请先生成。",
    "沒有可以列印的連結，請先生成。",
    "There is no link to print. Make one first.",
  ),
  next: words("下一批", "下一批", "Next cards"),
};

export const PRINT = {
  button: words("打印", "列印", "Print"),
  hint: words(
    "A4 纸、纵向、不缩放、页边距选“无”。",
    "A4 紙、縱向、不縮放、邊界選「無」。",
    "A4, portrait, no scaling, margins: none.",
  ),
  sheets: (n: number) => words(`共 ${n} 张`, `共 ${n} 張`, n === 1 ? "1 sheet" : `${n} sheets`),
};
