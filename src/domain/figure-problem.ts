import type { Words } from "../forms/define.ts";
import { of, problem } from "./problem.ts";

/* What can go wrong with one figure and with the bureaus' tables: the catalogue of problem.ts, continued. */
export const figureProblem = {
  figureUnknown: () => of("figure-unknown", 404, "没有这个数字", "沒有這個數字", "There is no such figure"),
  tableUnknown: () => of("table-unknown", 404, "没有这张报表", "沒有這張報表", "There is no such table"),
  tableNotFor: () =>
    of(
      "table-not-for",
      422,
      "这张报表不是给这类单位的，请换一个单位",
      "這張報表不是給這類單位的，請換一個單位",
      "This table is not made for a unit of this kind. Ask for another unit.",
    ),
  tooManyRows: (most: number) =>
    of(
      "too-many-rows",
      422,
      `超过 ${most} 行，请分乡镇查看`,
      `超過 ${most} 行，請分鄉鎮查看`,
      `More than ${most} rows. Ask for one town at a time.`,
    ),
  /** A window that ends before it begins. */
  fromNotBefore: (lang: keyof Words) =>
    problem.answer(
      "from",
      "not-before-asOf",
      {
        "zh-Hans": "起始时间应早于截止时间",
        "zh-Hant": "起始時間應早於截止時間",
        en: "from must come before asOf",
      },
      lang,
    ),
};
