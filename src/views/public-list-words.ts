import { words } from "./words.ts";

/* The words around a public list; what it lists, its form says. */
export const LIST = {
  chooseTown: words("选择乡镇（街道）", "選擇鄉鎮（街道）", "Choose a town"),
  otherTown: words("换一个乡镇（街道）", "換一個鄉鎮（街道）", "Choose another town"),
  towns: words("乡镇（街道）", "鄉鎮（街道）", "Towns"),
  asOf: (when: string) =>
    words(`以上内容截至 ${when}。`, `以上內容截至 ${when}。`, `This list is as of ${when}.`),
  print: words("打印这一页", "列印這一頁", "Print this page"),
};
