import type { Lang, Words } from "../forms/define.ts";
import { of, problem } from "./problem.ts";

/* What can go wrong with records: the catalogue of problem.ts, continued. */
export const recordProblem = {
  formUnknown: () =>
    of("record-form-unknown", 404, "没有这种登记", "沒有這種登記", "There is no such record form"),
  notTheirs: () =>
    of(
      "record-form-not-theirs",
      422,
      "这种登记不由这类单位办",
      "這種登記不由這類單位辦",
      "Units of this kind do not file such records",
    ),
  notFound: () =>
    of(
      "record-not-found",
      404,
      "这里没有这个编号的登记，请核对",
      "這裡沒有這個編號的登記，請核對",
      "There is no record of this number here. Check it.",
    ),
  stepUnknown: () =>
    of(
      "record-step-unknown",
      404,
      "这种登记没有这一步",
      "這種登記沒有這一步",
      "Records of this form have no such step",
    ),
  /** @param state what the state that it is in now is called */
  stepClosed: (state: Words) =>
    of(
      "record-step-closed",
      409,
      `现在是“${state["zh-Hans"]}”，不能再办这一步`,
      `現在是「${state["zh-Hant"]}」，不能再辦這一步`,
      `It is “${state.en}” now; this step can no longer be taken`,
    ),
  notYours: () =>
    of(
      "record-not-yours",
      403,
      "这一步由上级单位办",
      "這一步由上級單位辦",
      "This is decided by the unit above",
    ),
};

/** Whoever withdraws a record says why. */
export const noReason = (lang?: Lang) => problem.answer("reason", "required", NO_REASON, lang);

const NO_REASON: Words = {
  "zh-Hans": "请写明作废的原因；登记会保留",
  "zh-Hant": "請寫明作廢的原因；登記會保留",
  en: "Say why it is withdrawn; the record is kept",
};
