import { of } from "./problem.ts";

/* What can go wrong with the lists of the desk and with one person's record. */
export const listProblem = {
  cursorUnknown: () =>
    of(
      "cursor-unknown",
      400,
      "翻页的位置不对，请从第一页看起",
      "翻頁的位置不對，請從第一頁看起",
      "This place in the list cannot be read. Start from the first page.",
    ),
  filterUnknown: () =>
    of(
      "filter-unknown",
      422,
      "没有这个筛选条件，请重新选择",
      "沒有這個篩選條件，請重新選擇",
      "There is no such filter. Choose again.",
    ),
  sealedOff: () =>
    of(
      "sealed-off",
      410,
      "个人信息已封存，无法查看",
      "個人資訊已封存，無法查看",
      "The personal data has been sealed off and can no longer be shown",
    ),
};
