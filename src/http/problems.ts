import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { type FieldError, type Problem, ProblemError, problem } from "../domain/problem.ts";
import type { Lang, Words } from "../forms/define.ts";
import type { AppContext } from "./factory.ts";

/** What went wrong, from anything thrown. What nobody foresaw becomes 503 without a word of it: its message may hold parameters. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof HTTPException) {
    if (error.status === 413) return problem.tooLarge().problem;
    if (error.status === 400) return problem.malformedJson().problem;
  }
  return problem.unavailable().problem;
}

/** application/problem+json (RFC 9457) in the reader's language, in the words for programs or for a page's own script. */
export function problemJson(
  c: Context,
  fault: Problem,
  lang: Lang,
  reader: "program" | "page" = "program",
): Response {
  const { title, errors } = reader === "page" ? wordsOnPage(fault, lang) : wordsForPrograms(fault, lang);
  return c.body(
    JSON.stringify({
      type: `urn:baobei:problem:${fault.code}`,
      title,
      status: fault.status,
      code: fault.code,
      ...(fault.detail ? { detail: fault.detail[lang] } : {}),
      ...(errors ? { errors } : {}),
    }),
    fault.status,
    headersOf(fault, { "Content-Type": "application/problem+json; charset=utf-8", "Content-Language": lang }),
  );
}

type Said = { title: string; errors?: FieldError[] | undefined };
const wordsOnPage = ({ title, errors }: Problem, lang: Lang): Said => ({ title: title[lang], errors });

/** A problem's title and errors as a program's author reads them: no page to reload, nothing to choose from. */
export const wordsForPrograms = ({ title, api, errors }: Problem, lang: Lang): Said => ({
  title: (api ?? title)[lang],
  errors: errors?.map((error) => ({ ...error, message: FIELD_WORDS[error.code]?.[lang] ?? error.message })),
});

const FIELD_WORDS: { [code: string]: Words | undefined } = {
  uuid: {
    "zh-Hans": "clientId 应为 UUID",
    "zh-Hant": "clientId 應為 UUID",
    en: "clientId must be a UUID",
  },
  "unit-not-found": problem.unitNotFound().problem.api,
};

export function headersOf(fault: Problem, more: Record<string, string> = {}): Record<string, string> {
  return {
    ...more,
    ...(fault.retryAfterSeconds ? { "Retry-After": String(fault.retryAfterSeconds) } : {}),
    ...(fault.status === 401 ? { "WWW-Authenticate": "Bearer" } : {}),
  };
}

/** A log line for a fault nobody foresaw: the error's class and SQLite's own words at most, never a value. */
export function logFault(error: unknown, c: AppContext): void {
  if (error instanceof ProblemError || error instanceof HTTPException) return;
  const name = error instanceof Error ? error.name : typeof error;
  const frames =
    error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  console.error(
    JSON.stringify({ fault: name, door: c.req.routePath, at: frames.slice(0, 3).map((f) => f.trim()) }),
  );
}
