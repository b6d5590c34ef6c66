import { of } from "./problem-kind.ts";

/* What can go wrong with counts: the catalogue of problem.ts, continued. */
export const countProblem = {
  formUnknown: () =>
    of("form-unknown", 404, "没有这张统计表", "沒有這張統計表", "There is no such count form"),
  notTheirs: () =>
    of(
      "form-not-theirs",
      422,
      "这张统计表不由这类单位填",
      "這張統計表不由這類單位填",
      "Units of this kind do not fill in this form",
    ),
  date: (from: string, to: string) =>
    of(
      "count-date",
      422,
      `只能填 ${from} 至 ${to} 的数`,
      `只能填 ${from} 至 ${to} 的數`,
      `Only the days from ${from} to ${to} can be entered`,
      {
        detail: {
          "zh-Hans": "日期的格式应为 2026-01-25，不能是将来的日子，也不能早于 31 天前",
          "zh-Hant": "日期的格式應為 2026-01-25，不能是將來的日子，也不能早於 31 天前",
          en: "Write the date as 2026-01-25; it cannot lie in the future or more than 31 days back",
        },
      },
    ),
};
