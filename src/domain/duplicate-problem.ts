import { of } from "./problem.ts";

/* What can go wrong with two persons who may be one: the catalogue of problem.ts, continued. */
export const duplicateProblem = {
  samePerson: () =>
    of(
      "same-person",
      422,
      "这是同一条登记，请选两个不同的编号",
      "這是同一條登記，請選兩個不同的編號",
      "This is one registration. Choose two numbers.",
    ),
  settled: () =>
    of(
      "duplicate-settled",
      409,
      "已有人处理，或情况已经变化，请看最新状态",
      "已有人處理，或情況已經變化，請看最新狀態",
      "Somebody has dealt with it, or it has changed. See how it stands.",
    ),
};
