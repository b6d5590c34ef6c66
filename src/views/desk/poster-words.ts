import { words } from "../words.ts";

/*
 * The words of posting points: their list at the desk, and the poster itself, which speaks to whoever comes home.
 */
export const POSTERS = {
  title: words("海报", "海報", "Posters"),
  of: (unit: string) => words(`${unit}的海报`, `${unit}的海報`, `Posters of ${unit}`),
  hint: words(
    "每个张贴点一张海报、一个编号、一个二维码；从哪张海报扫进来的，分开计数。",
    "每個張貼點一張海報、一個編號、一個 QR 碼；從哪張海報掃進來的，分開計數。",
    "Each place has a poster of its own with a number and a code. What comes in through it is counted apart.",
  ),
  none: words("这里还没有海报。", "這裡還沒有海報。", "There is no poster here yet."),
  number: words("编号", "編號", "Number"),
  point: words("张贴点", "張貼點", "Place"),
  unit: words("单位", "單位", "Unit"),
  today: words("今天报备", "今天報備", "Today"),
  total: words("累计报备", "累計報備", "In all"),
  link: words("二维码", "QR 碼", "Code"),
  count: (households: number, persons: number, more: boolean) =>
    words(
      `${households}${more ? "+" : ""} 户 ${persons}${more ? "+" : ""} 人`,
      `${households}${more ? "+" : ""} 戶 ${persons}${more ? "+" : ""} 人`,
      `${households}${more ? "+" : ""} households, ${persons}${more ? "+" : ""} persons`,
    ),
  until: (when: string) => words(`有效到 ${when}`, `有效到 ${when}`, `opens until ${when}`),
  forever: words("在用", "在用", "in use"),
  dead: words("已失效", "已失效", "opens nothing"),
  acts: words("操作", "操作", "Actions"),
  print: words("打印", "列印", "Print"),
  printAll: words("打印这里的全部海报", "列印這裡的全部海報", "Print all posters here"),
  renew: words("换二维码", "換 QR 碼", "New code"),
  renewSure: words(
    "墙上的旧海报马上失效，要重新打印、重新张贴。",
    "牆上的舊海報馬上失效，要重新列印、重新張貼。",
    "The poster on the wall stops working at once and must be printed and put up again.",
  ),
  remove: words("撤下", "撤下", "Take down"),
  removeSure: words(
    "二维码马上失效，编号不再使用；已经报备的不受影响。",
    "QR 碼馬上失效，編號不再使用；已經報備的不受影響。",
    "The code opens nothing from that moment and the number is not used again. What came in stays.",
  ),
  removeButton: words("确定撤下", "確定撤下", "Take it down"),
  add: words("增加一个张贴点", "增加一個張貼點", "Add a place"),
  name: words("张贴点名称", "張貼點名稱", "Name of the place"),
  nameHint: words(
    "写清楚贴在哪里，例如：村口小卖部",
    "寫清楚貼在哪裡，例如：村口小賣部",
    "Say where it hangs, such as: village shop",
  ),
  where: words("属于哪个单位", "屬於哪個單位", "Which unit"),
  choose: words("请选择", "請選擇", "Choose"),
  needUnit: words("请选择单位", "請選擇單位", "Choose the unit"),
  addButton: words("生成海报", "生成海報", "Make the poster"),
  bulk: words(
    "给每个还没有海报的村（社区）各生成一张",
    "給每個還沒有海報的村（社區）各生成一張",
    "One for each village that has none",
  ),
  bulkName: words("村（居）委会公告栏", "村（居）委會公告欄", "Village notice board"),
  more: words("下一页", "下一頁", "Next page"),
  first: words("回到第一页", "回到第一頁", "First page"),
  done: {
    add: words(
      "海报已生成，请打印张贴",
      "海報已生成，請列印張貼",
      "The poster is made. Print it and put it up.",
    ),
    bulk: words(
      "每个村（社区）现在都有海报了",
      "每個村（社區）現在都有海報了",
      "Every village has a poster now",
    ),
    renew: words(
      "二维码已换，请重新打印张贴",
      "QR 碼已換，請重新列印張貼",
      "The code is new. Print the poster again.",
    ),
    remove: words(
      "海报已撤下，二维码已失效",
      "海報已撤下，QR 碼已失效",
      "The poster is taken down, its code opens nothing",
    ),
  },
  nextSheets: words("下一批", "下一批", "Next posters"),
  noSheets: words("没有可以打印的海报。", "沒有可以列印的海報。", "There is no poster to print."),
};

/** What the poster says. `within` and `days` come from the county's settings. */
export const POSTER = {
  to: words("致返乡的亲友", "致返鄉的親友", "To everyone who has come home"),
  heading: words("返乡人员请主动报备", "返鄉人員請主動報備", "Back home? Please report in"),
  lead: words(
    "手机扫一扫，两分钟报完全家",
    "手機掃一掃，兩分鐘報完全家",
    "Scan the code: two minutes for the whole family",
  ),
  qr: (id: string) => words(`海报 ${id} 的二维码`, `海報 ${id} 的 QR 碼`, `Code of poster ${id}`),
  cannot: (address: string) =>
    words(
      `不会扫？手机打开 ${address} 选本村，或请村（社区）工作人员代填`,
      `不會掃？手機打開 ${address} 選本村，或請村（社區）工作人員代填`,
      `Cannot scan? Open ${address} or ask the village`,
    ),
  hotline: (number: string) =>
    words(
      `值班电话 ${number}（24 小时）`,
      `值班電話 ${number}（24 小時）`,
      `Duty phone ${number} (24 hours)`,
    ),
  steps: (within: string, days: number): [ReturnType<typeof words>, ReturnType<typeof words>][] => [
    [
      words("扫码填报", "掃碼填報", "Register"),
      words(
        "从外地回来的，本人、家人、邻居都可以填。",
        "從外地回來的，本人、家人、鄰居都可以填。",
        "Yourself, a relative or a neighbour can fill it in.",
      ),
    ],
    [
      words(`${within}内联系`, `${within}內聯絡`, `Within ${within}`),
      words(
        "村（社区）与您联系核实，告诉您怎么做。",
        "村（社區）與您聯絡核實，告訴您怎麼做。",
        "The village gets in touch and tells you what to do.",
      ),
    ],
    [
      words("早晚各报一次", "早晚各報一次", "Twice a day"),
      words(
        `在家观察 ${days} 天，早晚用手机报体温。`,
        `在家觀察 ${days} 天，早晚用手機報體溫。`,
        `For ${days} days stay at home and report your temperature, morning and evening.`,
      ),
    ],
  ],
  hours: (n: number) =>
    words(
      n === 2 ? "两小时" : `${n} 小时`,
      n === 2 ? "兩小時" : `${n} 小時`,
      n === 1 ? "1 hour" : `${n} hours`,
    ),
  minutes: (n: number) => words(`${n} 分钟`, `${n} 分鐘`, `${n} minutes`),
  privacy: words(
    "您填写的姓名、证件、电话和住址加密保存，只用于疫情防控，不向外公布。",
    "您填寫的姓名、證件、電話和住址加密保存，只用於疫情防控，不向外公布。",
    "Names, document numbers, phones and addresses are stored encrypted, used for epidemic control only, and never published.",
  ),
  number: (id: string) => words(`海报编号 ${id}`, `海報編號 ${id}`, `Poster ${id}`),
};
