import type { tip } from "../../forms/tip.ts";
import type { Settings } from "../env.ts";
import type { Lang, ValuesOf } from "../forms/define.ts";
import { type NewObligation, planObligation } from "./obligation.ts";
import { problem } from "./problem.ts";
import type { Arrival } from "./submission.ts";
import { MINUTE } from "./time.ts";

/** A valid answer to forms/tip.ts. */
export type TipValues = ValuesOf<typeof tip>;
/** What `tip.sealed` opens to: row id = the tip number, column "tip". */
export type TipDetails = Pick<TipValues, "place" | "text" | "about" | "reachable">;

/** Messages a tip takes, and the characters of one: enough to tell a story, too few to fill a disk. */
export const TIP_MESSAGES = 50;
export const TIP_MESSAGE_LENGTH = 2000;

/** Everything a tip writes, in one batch. `code` and `details` reach the database as a hash and sealed. */
export type TipPlan = {
  submission: Arrival;
  recordedAt: Date;
  tip: { id: string; unitCode: string; category: string; verifyDueAt: Date; details: TipDetails };
  code: string;
  obligation: NewObligation;
};

/**
 * What a valid tip becomes: the unit it concerns owes a verification two hours from now (两小时内掌握其情况,
 * DOMAIN.md, mechanisms 2 and 8; VERIFY_MINUTES).
 */
export function planTip(
  values: TipValues,
  ctx: { now: Date; settings: Settings; arrival: Arrival; tipNumber: string; code: string },
): TipPlan {
  const { now, settings, tipNumber, code } = ctx;
  const { category, unit: unitCode, place, text, about, reachable } = values;
  const verifyDueAt = new Date(now.getTime() + settings.VERIFY_MINUTES * MINUTE);
  return {
    submission: ctx.arrival,
    recordedAt: now,
    tip: { id: tipNumber, unitCode, category, verifyDueAt, details: { place, text, about, reachable } },
    code,
    obligation: planObligation(
      { kind: "tip", unitCode, subjectId: tipNumber, openedAt: now, dueAt: verifyDueAt },
      { now, settings },
    ),
  };
}

/**
 * Free text as it may be stored: line ends as \n, trimmed, 1 to `max` characters, nothing that cannot be shown.
 * Throws `invalid` on `path`.
 */
export function readText(text: string, path: string, max: number, lang?: Lang): string {
  const clean = text.replace(/\r\n?/g, "\n").trim();
  if (clean === "") throw problem.answer(path, "required", EMPTY, lang);
  if ([...clean].length > max) throw problem.answer(path, "too-long", tooLong(max), lang);
  if (/[^\P{Cc}\n\t]|\p{Cs}/u.test(clean)) throw problem.answer(path, "characters", BROKEN, lang);
  return clean;
}

const EMPTY = { "zh-Hans": "请填写内容", "zh-Hant": "請填寫內容", en: "Write something" };
const BROKEN = {
  "zh-Hans": "内容里有无法显示的字符，请重新输入",
  "zh-Hant": "內容裡有無法顯示的字元，請重新輸入",
  en: "The text holds characters that cannot be shown. Type it again.",
};
const tooLong = (max: number) => ({
  "zh-Hans": `内容不能超过 ${max} 个字`,
  "zh-Hant": `內容不能超過 ${max} 個字`,
  en: `Use ${max} characters or fewer`,
});
