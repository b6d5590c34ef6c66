import type { Words } from "../forms/define.ts";

/*
 * What can go wrong for a reader, as a kind of thing. The edge turns it into a page or problem+json;
 * nothing here may carry personal data.
 */
export type Problem = {
  code: string;
  status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  title: Words;
  /** The title as a program's author reads it, where a page's words would not fit. */
  api?: Words;
  detail?: Words;
  /** Which answers to mend: a path such as persons.0.name, and the words to show beside it. */
  errors?: FieldError[];
  retryAfterSeconds?: number;
};
export type FieldError = { path: string; code: string; message: string };

/** Thrown by guards and plans; the edge is the only one to catch it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** A problem with its words in three languages; the catalogue below, and alert-problem.ts beside it. */
export const of = (
  code: string,
  status: Problem["status"],
  hans: string,
  hant: string,
  en: string,
  more?: Partial<Problem>,
) => new ProblemError({ code, status, title: { "zh-Hans": hans, "zh-Hant": hant, en }, ...more });
