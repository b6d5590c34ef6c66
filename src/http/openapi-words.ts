import type { Words } from "../forms/define.ts";
import { MAX_BODY } from "./guards.ts";

/* The prose of the OpenAPI document. */
const KB = MAX_BODY / 1024;

export const words = {
  title: { "zh-Hans": "报备 接口", "zh-Hant": "報備 介面", en: "Baobei API" },
  summary: {
    "zh-Hans": "返乡报备、线索、每日报告和汇总数字",
    "zh-Hant": "返鄉報備、線索、每日報告和彙總數字",
    en: "Registrations, tips, daily reports, and the figures made of them",
  },
  about: {
    "zh-Hans": `请求和回答都是 UTF-8 的 JSON，请求不超过 ${KB} KB，一个对象里键不得重复。出错时回答 application/problem+json，语言按 Accept-Language（zh-Hans、zh-Hant、en）。429 请按 Retry-After 的秒数再试。例子都是编造的，换上新的 clientId 就可以提交。`,
    "zh-Hant": `請求和回答都是 UTF-8 的 JSON，請求不超過 ${KB} KB，一個物件裡鍵不得重複。出錯時回答 application/problem+json，語言按 Accept-Language（zh-Hans、zh-Hant、en）。429 請按 Retry-After 的秒數再試。例子都是編造的，換上新的 clientId 就可以提交。`,
    en: `Bodies are JSON in UTF-8, at most ${KB} KB, without repeated keys. Faults are application/problem+json in the language of Accept-Language (zh-Hans, zh-Hant, en). After a 429, wait for the seconds of Retry-After. Every example is made up and is accepted as it stands once its clientId is fresh.`,
  },
  submissions: { "zh-Hans": "提交", "zh-Hant": "提交", en: "What is sent in" },
  figures: { "zh-Hans": "汇总数字", "zh-Hant": "彙總數字", en: "The summary as of a moment" },
  document: { "zh-Hans": "本文档", "zh-Hant": "本文件", en: "This document" },
  key: {
    "zh-Hans": "密钥有范围：一个单位及其下级。没有密钥只能看公开数字。",
    "zh-Hant": "密鑰有範圍：一個單位及其下級。沒有密鑰只能看公開數字。",
    en: "A key has a scope: a unit and all below it. Without one only public figures are answered.",
  },
  problem: {
    "zh-Hans": "出了什么问题、怎么改",
    "zh-Hant": "出了什麼問題、怎麼改",
    en: "What is wrong and what to mend",
  },
  retry: { "zh-Hans": "几秒后再试", "zh-Hant": "幾秒後再試", en: "Seconds to wait" },
  once: {
    "zh-Hans": "同一 clientId、同一内容再次提交，回答与第一次相同，只存一份；内容不同则为 409。",
    "zh-Hant": "同一 clientId、同一內容再次提交，回答與第一次相同，只存一份；內容不同則為 409。",
    en: "Sent again with the same clientId and content, it is answered as the first time and stored once; with other content, 409.",
  },
  receipt: { "zh-Hans": "已收到，这是回执", "zh-Hant": "已收到，這是回執", en: "Taken; the receipt" },
  report: {
    "zh-Hans":
      "当天已报过的，再报即为更正；数字与系统不一致或需更正的，须以 reason 说明原因，原来的数字保留。",
    "zh-Hant":
      "當天已報過的，再報即為更正；數字與系統不一致或需更正的，須以 reason 說明原因，原來的數字保留。",
    en: "A further report for the day is a correction. Figures other than those the service holds, and corrections, need a reason; old figures are kept.",
  },
  clientId: {
    "zh-Hans": "提交前由客户端生成的 UUID，每份新的提交一个",
    "zh-Hant": "提交前由用戶端產生的 UUID，每份新的提交一個",
    en: "A UUID drawn by the client before it sends, a fresh one for each new submission",
  },
  unit: {
    "zh-Hans": "单位代码：县 6 位、乡镇 9 位、村 12 位，网格、学校等在其后加后缀",
    "zh-Hant": "單位代碼：縣 6 位、鄉鎮 9 位、村 12 位，網格、學校等在其後加後綴",
    en: "A unit's code: county 6 digits, town 9, village 12; grids, schools and others add a suffix",
  },
  date: {
    "zh-Hans": "当地日期，今天或之前 31 天内，不早于单位录入的那一天",
    "zh-Hant": "當地日期，今天或之前 31 天內，不早於單位錄入的那一天",
    en: "The local day: today, or up to 31 days back, but not before the unit was entered",
  },
  asOf: {
    "zh-Hans":
      "截至哪一刻，ISO 格式并带时区，默认现在；24:00 即次日零点。不能在将来。没有密钥时退到之前最近一个已过一分钟的整刻，回答里的 asOf 就是那一刻；全县登记超过 20000 人时，没有密钥只能问有汇总的整刻，其余为 422，还没汇总完的答上一次汇总。有密钥而不写 asOf、单位登记超过 20000 人时，截至最近一次汇总（通常不到半小时前），回答里的 asOf 就是那一刻；写明 asOf 总是精确到那一刻。不能早于单位录入的时刻。",
    "zh-Hant":
      "截至哪一刻，ISO 格式並帶時區，預設現在；24:00 即次日零點。不能在將來。沒有密鑰時退到之前最近一個已過一分鐘的整刻，回答裡的 asOf 就是那一刻；全縣登記超過 20000 人時，沒有密鑰只能問有彙總的整刻，其餘為 422，還沒彙總完的答上一次彙總。有密鑰而不寫 asOf、單位登記超過 20000 人時，截至最近一次彙總（通常不到半小時前），回答裡的 asOf 就是那一刻；寫明 asOf 總是精確到那一刻。不能早於單位錄入的時刻。",
    en: "As of which moment: ISO with its offset, now by default; 24:00 is midnight after. Not in the future. Without a key it goes back to the last full quarter of an hour that is a minute old, and the answer's asOf says which that is; in a county of more than 20,000 registered only quarters that were rolled up can be asked for without a key, others are 422, and one not rolled up yet is answered as of the last roll-up. With a key and without asOf a unit of more than 20,000 registered is answered as of the last roll-up, usually less than half an hour ago, and the answer's asOf says so; an asOf that is given is always exact. Not before the unit was entered.",
  },
  windowFrom: {
    "zh-Hans":
      "“当日”从哪一刻之后算起（不含），写法与 asOf 相同，例如前一天 12:00 到今天 12:00；默认当地零点。registered.window 说明起止。应早于 asOf。需要密钥。日报告和测量仍按 asOf 所在的当地日期计。",
    "zh-Hant":
      "「當日」從哪一刻之後算起（不含），寫法與 asOf 相同，例如前一天 12:00 到今天 12:00；預設當地零點。registered.window 說明起止。應早於 asOf。需要密鑰。日報告和測量仍按 asOf 所在的當地日期計。",
    en: "After which moment “today” begins, written as asOf is: noon to noon, say; local midnight by default. registered.window says both ends. Before asOf. Needs a key. Daily reports and readings still speak of asOf's local day.",
  },
  recordedAfter: {
    "zh-Hans":
      "true：另外回答 recordedAfter，即 asOf 之后才记录、但在 asOf 之前（含）已经发生的各有多少，按指标；数到现在，最多数到 asOf 之后 7 天。需要密钥。",
    "zh-Hant":
      "true：另外回答 recordedAfter，即 asOf 之後才記錄、但在 asOf 之前（含）已經發生的各有多少，按指標；數到現在，最多數到 asOf 之後 7 天。需要密鑰。",
    en: "true: answers recordedAfter too: by indicator, how many were recorded after asOf though they happened up to it. Counted up to now, and at most seven days after asOf. Needs a key.",
  },
  summaryRules: {
    "zh-Hans":
      "只数截至 asOf 已记录的；晚到的记录不改变以前的数字，过去某一刻的回答每次都相同。有密钥：范围内任何单位的完整数字，默认为密钥所属单位。没有密钥：全县或一个乡镇的公开数字，截至最近一个整刻，小于 5 的为 null，其余向下取整到 5 的倍数，能推算出小数的也为 null。",
    "zh-Hant":
      "只數截至 asOf 已記錄的；晚到的記錄不改變以前的數字，過去某一刻的回答每次都相同。有密鑰：範圍內任何單位的完整數字，預設為密鑰所屬單位。沒有密鑰：全縣或一個鄉鎮的公開數字，截至最近一個整刻，小於 5 的為 null，其餘向下取整到 5 的倍數，能推算出小數的也為 null。",
    en: "Counts what had been recorded by asOf. What arrives late changes no earlier answer, and a past moment is answered the same each time. With a key: the full figures of any unit in its scope, by default the key's own unit. Without: public figures of the county or of one town, as of a full quarter of an hour, where counts under 5 are null, the others are rounded down to a multiple of 5, and whatever would give a small count away is null too.",
  },
  readings: {
    "zh-Hans":
      "一条，或在 readings 里最多 500 条（不超过 256 KB）：每条单独回答，一条被拒不影响其他。不写 slot 时算作测量时最近开始的那一次。同一次再报即为更正，原来的保留。凭密钥（范围内的人）或 link（本户的人）。",
    "zh-Hant":
      "一條，或在 readings 裡最多 500 條（不超過 256 KB）：每條單獨回答，一條被拒不影響其他。不寫 slot 時算作測量時最近開始的那一次。同一次再報即為更正，原來的保留。憑密鑰（範圍內的人）或 link（本戶的人）。",
    en: "One reading, or up to 500 under `readings` (at most 256 KB): each is answered for itself, and one that is refused keeps no other from being stored. Without a slot it speaks for the slot that began last when it was taken. A further reading of a slot is a correction; the earlier one is kept. Show a key (people in its scope) or a link (people of that household).",
  },
  readingResults: {
    "zh-Hans": "逐条的结果，顺序与提交的相同",
    "zh-Hant": "逐條的結果，順序與提交的相同",
    en: "What became of each, in the order sent",
  },
  readingLink: {
    "zh-Hans": "住户自己的链接 /p/… 里的口令，代替密钥",
    "zh-Hant": "住戶自己的連結 /p/… 裡的口令，代替密鑰",
    en: "The token of a household's own link /p/…, in place of a key",
  },
  readingPerson: {
    "zh-Hans": "登记编号加家里第几人，例如 WY-0217-4486-1",
    "zh-Hant": "登記編號加家裡第幾人，例如 WY-0217-4486-1",
    en: "The case number and the place in the household, such as WY-0217-4486-1",
  },
  readingSlot: {
    "zh-Hans": "哪一次，例如 2026-01-26/morning、2026-01-26/evening；结束后 24 小时内可补报",
    "zh-Hant": "哪一次，例如 2026-01-26/morning、2026-01-26/evening；結束後 24 小時內可補報",
    en: "Which slot, such as 2026-01-26/morning or 2026-01-26/evening; taken until 24 hours after its end",
  },
  readingTaken: {
    "zh-Hans": "什么时候量的，默认现在；不能在将来",
    "zh-Hant": "什麼時候量的，預設現在；不能在將來",
    en: "When it was measured, now by default; not in the future",
  },
  notModified: {
    "zh-Hans": "与 If-None-Match 的相同",
    "zh-Hant": "與 If-None-Match 的相同",
    en: "The same as If-None-Match names",
  },
} satisfies Record<string, Words>;
