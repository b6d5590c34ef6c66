import type { LineState, Overdue, Risk } from "../../domain/line-list.ts";
import type { Words } from "../../forms/define.ts";
import { words } from "../words.ts";

/* The words of the line list. */
export const PEOPLE = {
  title: words("人员台账", "人員台賬", "Line list"),
  of: (unit: string) => words(`${unit}人员台账`, `${unit}人員台賬`, `Line list of ${unit}`),
  asOf: (when: string) => words(`截至 ${when}`, `截至 ${when}`, `As of ${when}`),
  mergedInto: (id: string) => words(`已并入 ${id}`, `已併入 ${id}`, `Merged into ${id}`),
  duplicates: words("疑似重复登记", "疑似重複登記", "Possible duplicates"),
  search: words("查找", "查詢", "Find"),
  searchLabel: words(
    "查人：编号、姓名、电话或证件号码",
    "查人：編號、姓名、電話或證件號碼",
    "Find by case number, name, phone or document",
  ),
  searchHint: words(
    "姓名、电话和证件号码要写全。按这些查找会记录下来。",
    "姓名、電話和證件號碼要寫全。按這些查找會記錄下來。",
    "Names, phones and documents must be complete. Looking for one is put on record.",
  ),
  searchNeeded: words(
    "请填写完整的编号、姓名、电话或证件号码，不超过 64 字",
    "請填寫完整的編號、姓名、電話或證件號碼，不超過 64 字",
    "Enter a whole number, name, phone or document of at most 64 characters",
  ),
  tooFast: words(
    "查得太快，请一分钟后再试",
    "查得太快，請一分鐘後再試",
    "Too many searches. Try again in a minute.",
  ),
  found: {
    name: words("按姓名查找", "按姓名查詢", "Found by name"),
    phone: words("按电话查找", "按電話查詢", "Found by phone"),
    document: words("按证件号码查找", "按證件號碼查詢", "Found by document"),
  },
  recorded: words("这次查找已记录。", "這次查詢已記錄。", "This search is on record."),
  nobody: words(
    "您的范围内没有查到。请核对后再查：姓名、电话、证件号码都要写全。",
    "您的範圍內沒有查到。請核對後再查：姓名、電話、證件號碼都要寫全。",
    "Nobody was found in your area. Check it: names, phones and documents must be complete.",
  ),
  back: words("返回台账", "返回台賬", "Back to the line list"),

  filters: words("筛选", "篩選", "Filter"),
  apply: words("筛选", "篩選", "Apply"),
  clear: words("清除筛选", "清除篩選", "Clear"),
  all: words("全部", "全部", "All"),
  heads: {
    person: words("姓名 · 编号", "姓名 · 編號", "Name, number"),
    unit: words("单位", "單位", "Unit"),
    from: words("来自 · 返乡日期", "來自 · 返鄉日期", "From, home since"),
    state: words("状态", "狀態", "State"),
    risk: words("风险", "風險", "Risk"),
    read: words("最近体温", "最近體溫", "Last reading"),
    overdue: words("逾期", "逾期", "Overdue"),
    phone: words("电话", "電話", "Phone"),
  },
  day: words("观察第几天", "觀察第幾天", "Day of observation"),
  dayOf: (n: number) => words(`第 ${n} 天`, `第 ${n} 天`, `Day ${n}`),
  dayOver: words("已满", "已滿", "Past the last"),
  stage: {
    observing: (n: number, of: number) => words(`第 ${n}/${of} 天`, `第 ${n}/${of} 天`, `day ${n} of ${of}`),
    due: words("期满，待解除", "期滿，待解除", "due for release"),
    held: words("期满，异常继续", "期滿，異常繼續", "past the last day, held"),
  },
  sealedOff: words("已封存", "已封存", "Sealed off"),
  none: words("无", "無", "none"),

  empty: words("没有符合的人。", "沒有符合的人。", "Nobody fits."),
  lookedAt: (looked: number, found: number) =>
    words(
      `这一段查看了 ${looked} 人，符合的 ${found} 人，后面还有。`,
      `這一段查看了 ${looked} 人，符合的 ${found} 人，後面還有。`,
      `Of ${looked} looked at so far ${found} fit; there are more to look at.`,
    ),
  next: words("下一页", "下一頁", "Next page"),
  goOn: words("继续查找", "繼續查詢", "Go on looking"),
  first: words("从第一页看", "從第一頁看", "First page"),
  end: words("到底了。", "到底了。", "That is the end of the list."),
};

export const STATE_WORDS: Record<LineState, Words> = {
  waiting: words("待核实", "待核實", "To verify"),
  observing: words("观察中", "觀察中", "Observing"),
  released: words("已解除", "已解除", "Released"),
  transferred: words("已移送", "已移送", "Transferred"),
  closed: words("已终止", "已終止", "Closed"),
};
export const RISK_WORDS: Record<Risk, Words> = {
  ill: words("登记时有不适或发热", "登記時有不適或發熱", "Ill at registration"),
  abnormal: words("最近一次异常", "最近一次異常", "Last reading abnormal"),
  contact: words("接触史", "接觸史", "Contact"),
  area: words("重点地区", "重點地區", "Affected area"),
};
/** As a row says it, where the filter is longer. */
export const ROW_RISKS = {
  ill: words("有不适", "有不適", "symptoms"),
  fever: (celsius: string) =>
    words(`登记时 ${celsius} ℃`, `登記時 ${celsius} ℃`, `${celsius} °C at registration`),
};
export const OVERDUE_WORDS: Record<Overdue, Words> = {
  verify: words("待核实", "待核實", "to verify"),
  reading: words("体温未报", "體溫未報", "reading"),
  response: words("异常未处置", "異常未處置", "fever to answer"),
  release: words("待解除", "待解除", "release"),
};
