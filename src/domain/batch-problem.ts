import { of } from "./problem.ts";

/* What can go wrong with a bureau's list, beside its rows: the catalogue of problem.ts, continued. */
export const batchProblem = {
  notReady: () =>
    of(
      "batch-not-ready",
      409,
      "名单还没有核对完，或已有人处理，请看最新状态",
      "名單還沒有核對完，或已有人處理，請看最新狀態",
      "The list is not checked yet, or somebody has dealt with it. See how it stands.",
    ),
  unknownFields: (names: string[]) =>
    of(
      "batch-fields-unknown",
      422,
      `不认识这些字段：${names.join("、")}`,
      `不認識這些欄位：${names.join("、")}`,
      `These fields are unknown: ${names.join(", ")}`,
    ),
};
