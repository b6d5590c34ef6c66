import { batchProblem } from "../domain/batch-problem.ts";
import { countProblem } from "../domain/count-problem.ts";
import { figureProblem } from "../domain/figure-problem.ts";
import { listProblem } from "../domain/list-problem.ts";
import { type ProblemError, problem } from "../domain/problem.ts";
import { recordProblem } from "../domain/record-problem.ts";
import { seriesProblem } from "../domain/series-problem.ts";
import { SHEET_LIMITS } from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";
import { MOST_ROWS } from "../domain/table.ts";
import type { Lang } from "../forms/define.ts";
import type { Schema } from "../forms/describe.ts";
import { words } from "./openapi-words.ts";
import { MOST_READINGS } from "./submit-reading.ts";

/** What the API may answer, out of the one catalogue. */
export function apiProblems(): ProblemError["problem"][] {
  const all = [
    ...[problem.malformedJson(), problem.unauthorized(), problem.keyNeeded(), problem.outOfScope()],
    ...[problem.notFound(), problem.wrongMethod(), problem.contentDiffers(), problem.tooLarge()],
    ...[problem.wrongType(), problem.invalid([]), problem.unitNotFound(), problem.notReporting()],
    ...[problem.linkUnknown(), problem.linkExpired(), problem.linkRevoked(), problem.personNotFound()],
    ...[problem.notObserved(), problem.observationEnded(), problem.tooMany(MOST_READINGS)],
    ...[problem.reportDate("2026-01-01", "2026-01-31"), problem.slowDown(60), problem.unavailable()],
    ...[seriesProblem.noSeries("day"), figureProblem.tableUnknown(), figureProblem.tableNotFor()],
    figureProblem.tooManyRows(MOST_ROWS),
    ...[problem.caseNotFound(), listProblem.cursorUnknown(), listProblem.filterUnknown()],
    ...[batchProblem.unknownFields(["…"]), sheetProblem.tooLarge(SHEET_LIMITS.bytes), sheetProblem.empty()],
    ...[sheetProblem.noRows(), sheetProblem.password(), sheetProblem.oldFormat(), sheetProblem.damaged()],
    ...[sheetProblem.wrongKind("other"), sheetProblem.unsafe(), sheetProblem.unpacksTooMuch()],
    sheetProblem.tooManyRows(SHEET_LIMITS.rows + 1, SHEET_LIMITS.rows),
    ...[countProblem.formUnknown(), countProblem.notTheirs(), countProblem.date("2026-01-01", "2026-01-31")],
    ...[recordProblem.formUnknown(), recordProblem.notTheirs(), recordProblem.notFound()],
    ...[recordProblem.stepUnknown(), recordProblem.notYours(), recordProblem.stepClosed(ANY_STATE)],
  ];
  return all.map((error: ProblemError) => error.problem);
}

const ANY_STATE = { "zh-Hans": "…", "zh-Hant": "…", en: "…" };

/** application/problem+json, with the catalogue in its description. */
export function problemSchema(lang: Lang): Schema {
  const catalogue = apiProblems();
  const lines = catalogue.map(({ code, status, title }) =>
    // These are said with numbers of their own.
    ["invalid", "report-date", "count-date", "slow-down", "record-step-closed"].includes(code)
      ? `${status} ${code}`
      : `${status} ${code}: ${title[lang]}`,
  );
  return {
    type: "object",
    description: `${words.problem[lang]}\n\n- ${lines.join("\n- ")}`,
    properties: {
      type: { type: "string", format: "uri" },
      title: { type: "string" },
      status: { type: "integer", minimum: 400, maximum: 599 },
      code: { type: "string", enum: catalogue.map(({ code }) => code) },
      detail: { type: "string" },
      errors: {
        type: "array",
        items: {
          type: "object",
          properties: {
            path: { type: "string", description: "persons.0.name" },
            code: { type: "string" },
            message: { type: "string" },
          },
          required: ["path", "code", "message"],
        },
      },
    },
    required: ["type", "title", "status", "code"],
  };
}
