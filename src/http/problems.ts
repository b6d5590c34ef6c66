import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { type Problem, ProblemError, problem } from "../domain/problem.ts";
import type { Lang } from "../forms/define.ts";
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

/** application/problem+json (RFC 9457) in the reader's language. */
export function problemJson(c: Context, fault: Problem, lang: Lang): Response {
  return c.body(
    JSON.stringify({
      type: `urn:baobei:problem:${fault.code}`,
      title: fault.title[lang],
      status: fault.status,
      code: fault.code,
      ...(fault.detail ? { detail: fault.detail[lang] } : {}),
      ...(fault.errors ? { errors: fault.errors } : {}),
    }),
    fault.status,
    headersOf(fault, { "Content-Type": "application/problem+json; charset=utf-8", "Content-Language": lang }),
  );
}

export function headersOf(fault: Problem, more: Record<string, string> = {}): Record<string, string> {
  return fault.retryAfterSeconds ? { ...more, "Retry-After": String(fault.retryAfterSeconds) } : more;
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
