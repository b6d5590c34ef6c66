import { guarded } from "../db/fault.ts";
import { findLetter, listAnswers, saveAnswer } from "../db/letter.ts";
import { earlierArrival, identify } from "../db/submission.ts";
import { isAnswerKind, LETTER_LENGTHS, planAnswer } from "../domain/letter.ts";
import { letterProblem } from "../domain/letter-problem.ts";
import { type FieldError, ProblemError, problem } from "../domain/problem.ts";
import { NUMBER_ATTEMPTS } from "../domain/submission.ts";
import { readText } from "../domain/tip.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";

/** An answer as it was typed, or as another deployment posts it. */
export type TypedAnswer = { clientId: string; kind: string; by: string; text: string };

/**
 * Another county answers a letter: a new fact each time, the same one sent twice is one. Throws `invalid` with everything
 * there is to mend, letterWithdrawn, letterFull.
 */
export async function answerLetter(
  deps: Deps,
  letterId: string,
  typed: TypedAnswer,
  { actor, door, lang }: { actor: string; door: "link" | "system" | "desk"; lang: Lang },
): Promise<void> {
  const { kind, words } = readAnswer(typed, lang);
  const { arrival } = await identify(
    deps.privacy,
    { name: "letter-answer", version: 1 },
    {
      ...{ clientId: typed.clientId, door: door === "desk" ? "desk" : "page", lang },
      content: { letterId, kind, ...words },
    },
  );
  const now = deps.now();
  await guarded(async () => {
    for (let attempt = 0; attempt < NUMBER_ATTEMPTS; attempt++) {
      const letter = await findLetter(deps, letterId);
      if (!letter) throw letterProblem.linkUnknown();
      const answers = await listAnswers(deps, letterId);
      const saved = await saveAnswer(deps, {
        ...{ letter, kind, door, words, arrival, now, settings: deps.settings },
        plan: planAnswer(letter, answers.length, kind, now),
        act: {
          ...{ id: `letter-answer/${arrival.id}`, actor, act: "answer-letter", subjectId: letterId },
          ...{ unitCode: letter.unitCode, recordedAt: now, detail: kind },
        },
      });
      // What came before with other words under the same id is refused.
      if (saved === "known") await earlierArrival(deps.db, arrival);
      if (saved !== "overtaken") return;
    }
    throw problem.unavailable();
  });
}

/** What an answer must have. Throws `invalid` with everything there is to mend. */
export function readAnswer({ kind, by, text }: TypedAnswer, lang: Lang) {
  const errors: FieldError[] = [];
  if (!isAnswerKind(kind)) errors.push({ path: "kind", code: "required", message: WRONG.kind[lang] });
  const words = {
    by: told(errors, () => readText(by, "by", LETTER_LENGTHS.by, lang)) ?? "",
    text: text.trim() ? (told(errors, () => readText(text, "text", LETTER_LENGTHS.text, lang)) ?? "") : "",
  };
  if (errors.length > 0 || !isAnswerKind(kind)) throw problem.invalid(errors);
  return { kind, words };
}

/** What a check answers; what it finds to mend is put with the others. */
export function told<T>(errors: FieldError[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.errors) throw error;
    errors.push(...error.problem.errors);
    return undefined;
  }
}

const WRONG = {
  kind: {
    "zh-Hans": "请选择答复的内容",
    "zh-Hant": "請選擇答覆的內容",
    en: "Select what you answer",
  },
};
