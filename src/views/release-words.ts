import { words } from "./words.ts";

/*
 * The words of 解除医学观察告知单 and of the page that vouches for it.
 */
export const RELEASE = {
  title: words("解除医学观察告知单", "解除醫學觀察告知單", "Notice of release from medical observation"),
  number: words("编号", "編號", "Number"),
  name: words("姓名", "姓名", "Name"),
  kind: words("观察方式", "觀察方式", "Kind of observation"),
  day0: words("起算日（第 0 天）", "起算日（第 0 天）", "Counted from (day 0)"),
  until: words("观察期满", "觀察期滿", "Observed until"),
  untilDay: (date: string) => words(`${date} 24 时`, `${date} 24 時`, `the end of ${date}`),
  released: words("解除时间", "解除時間", "Released"),
  by: words("解除人", "解除人", "Released by"),
  unit: words("解除单位", "解除單位", "Unit"),
  text: words(
    "观察期已满，最近一次体温和症状正常，现解除医学观察。",
    "觀察期已滿，最近一次體溫和症狀正常，現解除醫學觀察。",
    "The period of observation is complete and the last reading was normal. Observation has ended.",
  ),
  scan: words("扫码核验真伪", "掃碼核驗真偽", "Scan to verify"),
  code: words("核验码", "核驗碼", "Code"),
  qr: words("核验二维码", "核驗二維碼", "QR code that verifies this notice"),
  print: words("打印告知单", "列印告知單", "Print the notice"),
  help: words(
    "给查验的人看这一页，或者打印出来带着。二维码里没有姓名和证件。",
    "給查驗的人看這一頁，或者列印出來帶著。二維碼裡沒有姓名和證件。",
    "Show this page or take a print with you. The QR code holds no name and no document.",
  ),
  back: words("返回", "返回", "Back"),
  of: (n: number, all: number) =>
    words(`第 ${n} 张，共 ${all} 张`, `第 ${n} 張，共 ${all} 張`, `Notice ${n} of ${all}`),
};

export const VERIFY = {
  page: words("核验告知单", "核驗告知單", "Verify a release notice"),
  valid: words("告知单有效", "告知單有效", "This notice is genuine"),
  number: words("编号尾号", "編號尾號", "Number ends in"),
  released: words("解除日期", "解除日期", "Released on"),
  unit: words("解除单位", "解除單位", "Released by"),
  compare: words(
    "请与告知单上的编号、日期和单位核对，不一致的不算数。这里不显示姓名。",
    "請與告知單上的編號、日期和單位核對，不一致的不算數。這裡不顯示姓名。",
    "Compare the number, the day and the unit with the notice; if they differ, it does not count. Names are not shown here.",
  ),
  scope: words(
    "只说明医学观察已经解除，不说明以后的健康状况。",
    "只說明醫學觀察已經解除，不說明以後的健康狀況。",
    "It says that observation ended, and nothing about health since then.",
  ),
  asOf: (when: string) => words(`${when} 查询`, `${when} 查詢`, `As of ${when}`),
};
