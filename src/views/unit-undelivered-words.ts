import { words } from "./words.ts";

/*
 * The words of 送不到的警报 on a unit's own page.
 */
export const UNDELIVERED = {
  title: words("送不到的警报", "送不到的警報", "Alerts that do not arrive"),
  contacts: (n: string) =>
    words(`通知不到的联系人（${n}）`, `通知不到的聯絡人（${n}）`, `Contacts that cannot be reached (${n})`),
  contactsHint: words(
    "这些地址已停止发送，警报改发给别人。请核对地址，由管理员重新录入联系人（npm run grant -- contacts），录入后恢复发送；换了地址的，把旧地址删除（remove-contact）。",
    "這些地址已停止發送，警報改發給別人。請核對地址，由管理員重新錄入聯絡人（npm run grant -- contacts），錄入後恢復發送；換了地址的，把舊地址刪除（remove-contact）。",
    "Nothing is sent to these addresses any more; others hear instead. Check the address and have it entered again (npm run grant -- contacts): that brings it back. Where it changed, have the old one removed (remove-contact).",
  ),
  since: (when: string) => words(`${when} 起`, `${when} 起`, `since ${when}`),
  noReason: words("原因不明", "原因不明", "no reason is known"),

  alerts: (n: string) =>
    words(
      `近三天没有送到的警报（${n}）`,
      `近三天沒有送到的警報（${n}）`,
      `Not delivered, last three days (${n})`,
    ),
  alertsHint: words(
    "警报说的事还没有办结。请电话通知对方，或者直接处理。",
    "警報說的事還沒有辦結。請電話通知對方，或者直接處理。",
    "What they tell of is still open. Phone the recipient, or act yourself.",
  ),
  failed: words("没有送到", "沒有送到", "Not delivered"),
  unknown: words(
    "不知是否送达，系统不会自动重发，请电话联系",
    "不知是否送達，系統不會自動重發，請電話聯絡",
    "Not known whether it arrived. It is not sent again by itself: please phone",
  ),
  found: (when: string) => words(`${when} 发现`, `${when} 發現`, `detected at ${when}`),
  andOthers: words("等", "等", "and others"),
  notListed: (n: number, more: boolean) =>
    words(
      `另有 ${n} 条${more ? "以上" : ""}没有列出。`,
      `另有 ${n} 條${more ? "以上" : ""}沒有列出。`,
      `And ${more ? "more than " : ""}${n} more.`,
    ),
};
