import type { Words } from "../../forms/define.ts";

const words = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });

export const OFFICIALS = {
  title: words("工作人员", "工作人員", "Officials"),
  one: words("一个岗位", "一個崗位", "An office"),
  count: words("本单位及下属单位的在任人员", "本單位及下屬單位的在任人員", "In office here and below"),
  none: words("还没有人", "還沒有人", "Nobody yet"),
  name: words("姓名", "姓名", "Name"),
  unit: words("单位", "單位", "Unit"),
  role: words("岗位", "崗位", "Role"),
  email: words("邮箱", "郵箱", "E-mail"),
  since: words("任职时间", "任職時間", "Since"),
  language: words("邮件语言", "郵件語言", "Language of messages"),
  more: words("后面还有", "後面還有", "More"),
  addTitle: words("任命工作人员", "任命工作人員", "Appoint an official"),
  unitCode: words("单位代码", "單位代碼", "Unit's code"),
  unitHint: (own: string) =>
    words(
      `只能是您的单位（${own}）或下属单位`,
      `只能是您的單位（${own}）或下屬單位`,
      `Your own unit (${own}) or one below it`,
    ),
  roles: {
    reporter: words(
      "填报员：报日报告，核实登记",
      "填報員：報日報告，核實登記",
      "Reporter: reports and verifies",
    ),
    clerk: words(
      "经办员：另可管理联络员、链接、海报，导出脱敏名单",
      "經辦員：另可管理聯絡員、連結、海報，匯出脫敏名單",
      "Clerk: also contacts, links, posters and masked exports",
    ),
    supervisor: words(
      "负责人：另可督办、批准导出、查看操作记录",
      "負責人：另可督辦、批准匯出、檢視操作記錄",
      "Supervisor: also tickets, approval of exports and the history",
    ),
    inspector: words(
      "督查员：只看，不改；个人信息不显示",
      "督查員：只看，不改；個人資訊不顯示",
      "Inspector: reads only, and no personal data",
    ),
    admin: words(
      "管理员：全部，并任免工作人员",
      "管理員：全部，並任免工作人員",
      "Administrator: all of it, and appoints officials",
    ),
  },
  add: words("任命", "任命", "Appoint"),
  added: words(
    "已任命，可以用这个邮箱登录了",
    "已任命，可以用這個郵箱登入了",
    "Appointed: this address can sign in now",
  ),
  changed: words("岗位已更改，需要重新登录", "崗位已更改，需要重新登入", "Changed: a new sign-in is needed"),
  ended: words(
    "已免职，所有登录已结束",
    "已免職，所有登入已結束",
    "The office has ended, with every sign-in",
  ),
  changeTitle: words("更改岗位或单位", "更改崗位或單位", "Another role or unit"),
  changeHint: words(
    "现在的登录全部结束，用同一邮箱重新登录后生效。",
    "現在的登入全部結束，用同一郵箱重新登入後生效。",
    "Every sign-in of theirs ends; the same address signs in again.",
  ),
  change: words("更改", "更改", "Change"),
  endTitle: words("免职", "免職", "End this office"),
  endHint: words(
    "所有登录立即结束。历史记录保留。",
    "所有登入立即結束。歷史記錄保留。",
    "Every sign-in ends at once. The history stays.",
  ),
  end: words("免去岗位", "免去崗位", "End the office"),
  endedAt: (when: string) =>
    words(`${when} 已免职或改任`, `${when} 已免職或改任`, `Ended or changed at ${when}`),
  beaten: (who: string, when: string) =>
    words(
      `${who}已在 ${when} 先处理了，您的更改没有生效`,
      `${who}已在 ${when} 先處理了，您的更改沒有生效`,
      `${who} was first, at ${when}. Your change was not made.`,
    ),
  needed: {
    name: words("请填写姓名", "請填寫姓名", "Enter a name"),
    email: words("请填写邮箱", "請填寫郵箱", "Enter an e-mail address"),
    role: words("请选择岗位", "請選擇崗位", "Choose a role"),
    unit: words(
      "您的范围内没有这个单位代码",
      "您的範圍內沒有這個單位代碼",
      "There is no such unit in your area",
    ),
    same: words("和现在的岗位一样", "和現在的崗位一樣", "That is the office they hold now"),
    taken: words(
      "这个邮箱已经登记了岗位；一个邮箱同时只能有一个岗位",
      "這個郵箱已經登記了崗位；一個郵箱同時只能有一個崗位",
      "This address holds an office already; it can hold one at a time",
    ),
  },
};
