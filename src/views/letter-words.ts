import type { LetterAnswerKind } from "../domain/letter.ts";
import type { Words } from "../forms/define.ts";
import { ITEM_WORDS, NOT_GIVEN } from "./letter-item.ts";
import { words } from "./words.ts";

/** What another county may answer. */
export const ANSWER_WORDS: Record<LetterAnswerKind, Words> = {
  received: words("已收到，正在查", "已收到，正在查", "Received, being looked into"),
  found: words("已找到", "已找到", "Found"),
  observing: words("已找到，并已纳入医学观察", "已找到，並已納入醫學觀察", "Found and under observation"),
  not_found: words("没有找到", "沒有找到", "Not found"),
};

/* The words of a transfer letter: on its own page, for another county, and wherever it is shown at the desk. */
export const LETTER = {
  name: words("协查函", "協查函", "Transfer letter"),
  title: (number: string) => words(`协查函 ${number}`, `協查函 ${number}`, `Transfer letter ${number}`),
  from: words("发函单位", "發函單位", "From"),
  to: words("收函单位", "收函單位", "To"),
  written: words("发函时间", "發函時間", "Written"),
  due: words("答复时限", "答覆時限", "Answer due"),
  state: words("状态", "狀態", "State"),
  persons: words("涉及人员", "涉及人員", "Concerns"),
  count: (n: number) => words(`${n} 人`, `${n} 人`, n === 1 ? "1 person" : `${n} persons`),
  why: words("请协查的事项", "請協查的事項", "What is asked"),
  lead: words(
    "请协助查找下列人员，并在时限前答复。不用注册，也不用登录。",
    "請協助查找下列人員，並在時限前答覆。不用註冊，也不用登入。",
    "Please look for the persons below and answer in time. No account is needed.",
  ),
  hidden: words(
    "姓名、证件、电话在您按下按钮后才显示；每次显示都会记录。打开本页不等于答复。",
    "姓名、證件、電話在您按下按鈕後才顯示；每次顯示都會記錄。打開本頁不等於答覆。",
    "Names, documents and phones are shown once you press the button, and each look is put on record. Opening this page answers nothing.",
  ),
  show: words("显示人员信息", "顯示人員資訊", "Show the persons"),
  shown: words(
    "这次查看已记录。只用于协查，请勿拍照、截图或转发到群里。",
    "這次查看已記錄。只用於協查，請勿拍照、截圖或轉發到群裡。",
    "This look is on record. For this search only: do not photograph it or forward it to a group.",
  ),
  person: (n: number) => words(`第 ${n} 人`, `第 ${n} 人`, `Person ${n}`),
  items: ITEM_WORDS,
  notGiven: NOT_GIVEN,

  answer: words("答复", "答覆", "Answer"),
  answerHint: words(
    "先答复“已收到”，查清后再答复结果；说错了可以再答复一次，前后都会保留。",
    "先答覆「已收到」，查清後再答覆結果；說錯了可以再答覆一次，前後都會保留。",
    "First say that you have received it, then what you found. To correct an answer, send another: both are kept.",
  ),
  kind: words("答复什么", "答覆什麼", "Your answer"),
  kinds: ANSWER_WORDS,
  by: words("答复单位和经办人", "答覆單位和經辦人", "Who answers"),
  byHint: words(
    "例如：示例县疾控中心 值班员 电话",
    "例如：示例縣疾控中心 值班員 電話",
    "For example: health office of Sample County, duty officer, phone",
  ),
  text: words("情况说明（可不填）", "情況說明（可不填）", "In words (optional)"),
  send: words("提交答复", "提交答覆", "Send the answer"),
  sent: words("答复已送到发函单位", "答覆已送到發函單位", "Your answer has reached the unit that wrote"),
  answers: words("已有的答复", "已有的答覆", "Answers so far"),
  noAnswers: words("还没有答复", "還沒有答覆", "None yet"),
  corrected: words("（更正）", "（更正）", " (correction)"),
  viaSystem: words("由对方系统送来", "由對方系統送來", "from the other county’s service"),
  system: words("贵县也用本系统", "貴縣也用本系統", "Your county runs this service too"),
  systemHelp: words(
    "登录贵县的工作台，打开“协查函 → 接收”，粘贴下面的链接：个案会带着来源直接登记，答复自动送回。",
    "登入貴縣的工作臺，打開「協查函 → 接收」，貼上下面的連結：個案會帶著來源直接登記，答覆自動送回。",
    "Sign in at your own desk, open “Letters → Receive” and paste this link: the case is registered with where it came from, and answers go back by themselves.",
  ),
  link: words("本函链接", "本函連結", "Link of this letter"),
  copyLink: words("复制链接", "複製連結", "Copy the link"),
  copied: words("已复制", "已複製", "Copied"),
  keep: words(
    "有这个链接的人都能看到函中的人员信息，请只交给经办人。",
    "有這個連結的人都能看到函中的人員資訊，請只交給經辦人。",
    "Whoever has this link can see the persons: give it only to those who deal with the case.",
  ),
  states: {
    withdrawn: words("已撤回", "已撤回", "Withdrawn"),
    answered: (when: string) => words(`${when} 已答复`, `${when} 已答覆`, `Answered at ${when}`),
    received: (when: string) => words(`${when} 对方已收到`, `${when} 對方已收到`, `Received at ${when}`),
    waiting: words("等待答复", "等待答覆", "Waiting for an answer"),
  },
};
