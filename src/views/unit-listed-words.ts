import type { RowOutcome } from "../domain/batch.ts";
import { words } from "./words.ts";

/* What a village is to find: persons whom a bureau's list names. */
export const LISTED = {
  title: words("名单上待查找的人员", "名單上待查找的人員", "Listed persons to be found"),
  lead: words(
    "有关部门反馈的名单上的人员：请找到本人并登记，或说明结果。",
    "有關部門反饋的名單上的人員：請找到本人並登記，或說明結果。",
    "Persons on lists of bureaus: find and register them, or say what you found.",
  ),
  none: words("没有待查找的人员。", "沒有待查找的人員。", "Nobody is left to find."),
  toList: (n: string) =>
    words(`名单上待查找 ${n} 人`, `名單上待查找 ${n} 人`, `${n} listed persons to be found`),
  row: (batch: string, row: number) =>
    words(`名单 ${batch} 第 ${row} 行`, `名單 ${batch} 第 ${row} 行`, `List ${batch}, row ${row}`),
  sources: {
    education: words("教育局反馈", "教育局反饋", "from the education bureau"),
    health: words("卫健局反馈", "衛健局反饋", "from the health bureau"),
    police: words("公安局反馈", "公安局反饋", "from the police"),
    transport: words("交通局反馈", "交通局反饋", "from the transport bureau"),
    other: words("其他部门反馈", "其他部門反饋", "from another bureau"),
  } as Record<string, ReturnType<typeof words>>,
  name: words("姓名", "姓名", "Name"),
  document: words("证件号码", "證件號碼", "ID number"),
  phone: words("电话", "電話", "Phone"),
  place: words("住址", "住址", "Where"),
  note: words("备注", "備註", "Note"),
  unit: words("所属单位", "所屬單位", "Unit"),
  revealTitle: words("查看完整信息", "查看完整資訊", "See the full details"),
  revealHint: words("查看会记录在案。", "查看會記錄在案。", "Each look is put on record."),
  purpose: words("用途", "用途", "Purpose"),
  purposes: {
    find: words("上门或打电话查找", "上門或打電話查找", "To visit or call"),
    register: words("代为登记", "代為登記", "To register them"),
    check: words("核对是否同一人", "核對是否同一人", "To check who it is"),
  },
  choosePurpose: words("请选择用途", "請選擇用途", "Choose the purpose"),
  reveal: words("查看", "查看", "Show"),
  answerTitle: words("查找结果", "查找結果", "What was found"),
  wasFound: words("找到本人了吗", "找到本人了嗎", "Was the person found?"),
  outcomes: {
    found: words("找到了，已登记", "找到了，已登記", "Found and registered"),
    not_found: words("查无此人", "查無此人", "Not found"),
    elsewhere: words("人在别处", "人在別處", "Is elsewhere"),
  } satisfies Record<RowOutcome, ReturnType<typeof words>>,
  chooseOutcome: words("请选择结果", "請選擇結果", "Choose what was found"),
  register: words("还没登记的，先去登记", "還沒登記的，先去登記", "Not registered yet? Register them first"),
  number: words("登记编号（找到了的填）", "登記編號（找到了的填）", "Case number, if found"),
  numberHint: words("例如 WY-0217-4486", "例如 WY-0217-4486", "Such as WY-0217-4486"),
  wrongNumber: words(
    "您的范围内没有这个登记编号，请核对",
    "您的範圍內沒有這個登記編號，請核對",
    "There is no such case number in your area. Check it.",
  ),
  words: words(
    "说明（查无此人、人在别处的必填）",
    "說明（查無此人、人在別處的必填）",
    "In words, if not found or elsewhere",
  ),
  wordsHint: words(
    "人在别处的写明县区；不要写别人的姓名。",
    "人在別處的寫明縣區；不要寫別人的姓名。",
    "Name the county where the person is. No names of others.",
  ),
  send: words("提交结果", "提交結果", "Send"),
  done: (outcome: string, when: string) =>
    words(
      `已于 ${when} 答复：${outcome}`,
      `已於 ${when} 答覆：${outcome}`,
      `Answered at ${when}: ${outcome}`,
    ),
  closed: (when: string) =>
    words(
      `收名单的单位已于 ${when} 结束查找，不用再找。`,
      `收名單的單位已於 ${when} 結束查找，不用再找。`,
      `The office ended the search at ${when}: nobody need look any more.`,
    ),
  byItself: words(
    "本人登记后由系统对上。",
    "本人登記後由系統對上。",
    "Matched when they registered themselves.",
  ),
  beaten: (who: string) =>
    words(
      `${who}已先答复，您的答复没有保存。`,
      `${who}已先答覆，您的答覆沒有儲存。`,
      `${who} answered first; yours was not kept.`,
    ),
  sealedOff: words("名单内容已封存", "名單內容已封存", "The list has been sealed off"),
};
