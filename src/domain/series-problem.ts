import { INDICATORS } from "./indicator.ts";
import { of } from "./problem.ts";

/* What can go wrong with a series: the catalogue of problem.ts, continued. */
export const seriesProblem = {
  /** The same code as for figures below a town: no series is public. */
  keyNeeded: () =>
    of(
      "key-needed",
      401,
      "逐日、逐时的数字不公开，需要密钥",
      "逐日、逐時的數字不公開，需要密鑰",
      "Figures by day or hour are not public. A key is needed.",
    ),
  /** Two windows that overlap would say what came between them. */
  windowNeedsKey: () =>
    of(
      "key-needed",
      401,
      "不公开：另选起点（from）和晚到的记录（recordedAfter）需要密钥",
      "不公開：另選起點（from）和晚到的記錄（recordedAfter）需要密鑰",
      "Windows of one's own (from) and late arrivals (recordedAfter) are not public. A key is needed.",
    ),
  noSeries: (by: "day" | "hour") => {
    const ids = INDICATORS.filter(
      ({ series }) => series === "moments" || (by === "day" && series === "days"),
    );
    const list = ids.map(({ id }) => id).join(", ");
    return of(
      "no-series",
      422,
      by === "day" ? "这个指标没有逐日的数字" : "这个指标没有逐时的数字",
      by === "day" ? "這個指標沒有逐日的數字" : "這個指標沒有逐時的數字",
      `This indicator has no series by ${by}`,
      {
        detail: {
          "zh-Hans": `有的是：${list}`,
          "zh-Hant": `有的是：${list}`,
          en: `These have one: ${list}`,
        },
      },
    );
  },
};
