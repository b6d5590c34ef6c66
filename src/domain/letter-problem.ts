import type { Words } from "../forms/define.ts";
import { of } from "./problem.ts";

/* What can go wrong with transfer letters: the catalogue of problem.ts, continued. */
const ASK: Words = {
  "zh-Hans":
    "请与发函单位联系，核对链接或请对方另发新的。这里没有显示任何人的信息，您也没有因此做过任何答复。",
  "zh-Hant":
    "請與發函單位聯絡，核對連結或請對方另發新的。這裡沒有顯示任何人的資訊，您也沒有因此做過任何答覆。",
  en: "Ask the unit that wrote: check the link with them or have them send a new one. Nobody's data was shown here, and nothing was answered in your name.",
};

export const letterProblem = {
  linkUnknown: () =>
    of("letter-link-unknown", 404, "没有这封协查函", "沒有這封協查函", "There is no such letter", {
      detail: ASK,
    }),
  linkExpired: () =>
    of(
      "letter-link-expired",
      410,
      "这封协查函的链接已经过期",
      "這封協查函的連結已經過期",
      "The link of this letter has expired",
      { detail: ASK },
    ),
  linkRevoked: () =>
    of(
      "letter-link-revoked",
      410,
      "这封协查函的链接已经停用",
      "這封協查函的連結已經停用",
      "The link of this letter is no longer in use",
      { detail: ASK },
    ),
  letterWithdrawn: () =>
    of(
      "letter-withdrawn",
      409,
      "这封协查函已经撤回，不用再办",
      "這封協查函已經撤回，不用再辦",
      "This letter was withdrawn. Nothing is left to do.",
    ),
  notOwn: () =>
    of(
      "letter-not-own",
      403,
      "这封协查函是别的单位发的，由发函单位或其上级办理",
      "這封協查函是別的單位發的，由發函單位或其上級辦理",
      "Another unit wrote this letter: only that unit, or one above it, can do this.",
    ),
  letterFull: () =>
    of(
      "letter-full",
      409,
      "这封协查函的答复已满，请与发函单位联系",
      "這封協查函的答覆已滿，請與發函單位聯絡",
      "No more answers can be added to this letter. Ask the unit that wrote.",
    ),
  packageRefused: () =>
    of(
      "letter-package-refused",
      422,
      "协查函的内容没有通过核验，可能被改动过，没有接收",
      "協查函的內容沒有通過核驗，可能被改動過，沒有接收",
      "The letter does not bear its signature: it may have been altered. Nothing was taken over.",
    ),
  answerRefused: () =>
    of(
      "letter-answer-refused",
      422,
      "答复没有通过核验，可能被改动过，没有保存",
      "答覆沒有通過核驗，可能被改動過，沒有儲存",
      "The answer does not bear its signature: it may have been altered. Nothing was kept.",
    ),
  packageExpired: () =>
    of(
      "letter-package-expired",
      410,
      "读取协查函后过了太久，请重新粘贴链接再接收",
      "讀取協查函後過了太久，請重新貼上連結再接收",
      "Too much time has passed since the letter was fetched. Paste the link again.",
    ),
  packageKnown: () =>
    of(
      "letter-package-known",
      409,
      "这封协查函已经接收过",
      "這封協查函已經接收過",
      "This letter has been taken over already",
    ),
  notReached: () =>
    of(
      "letter-not-reached",
      422,
      "没有读到这封协查函：对方系统没有回应，或者链接已停用、过期",
      "沒有讀到這封協查函：對方系統沒有回應，或者連結已停用、過期",
      "The letter could not be fetched: the other service does not answer, or its link has ended",
    ),
};
