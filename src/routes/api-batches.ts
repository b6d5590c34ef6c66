import { type Batch, findBatch } from "../db/batch.ts";
import { pageRows } from "../db/batch-row.ts";
import { findUnit, withinSubtree } from "../db/unit.ts";
import { localIso } from "../domain/as-of.ts";
import {
  BATCH_SOURCES,
  batchState,
  isBatchNumber,
  MOST_ROWS,
  ROW_RESULTS,
  rowNumber,
} from "../domain/batch.ts";
import { batchProblem } from "../domain/batch-problem.ts";
import { columnsSuffice } from "../domain/batch-row.ts";
import { LIST_FIELDS, type ListField } from "../domain/list-column.ts";
import { listProblem } from "../domain/list-problem.ts";
import { type FieldError, problem } from "../domain/problem.ts";
import { type Cell, columnName, type SheetRow } from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";
import { canonicalJson } from "../domain/submission.ts";
import { readText } from "../domain/tip.ts";
import { unitOfCode } from "../domain/unit.ts";
import { PRIVATE } from "../http/answer.ts";
import { decidedColumns, receiveFile, receiveSheet, stepBatch } from "../http/batches.ts";
import { actorOfKey, requireScope } from "../http/bearer.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { requireContentType, SLOW_SECONDS, slowed } from "../http/guards.ts";
import { readJson } from "../http/json-body.ts";

const CSV = "text/csv";
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const FILES = [CSV, XLSX, "application/octet-stream"];
/** Rows of an answer. */
const PAGE = 500;

/*
 * Bureaus' lists for programs: sent in as rows with named fields or as the file itself, then asked after. Agreeing to a
 * list is an official's act, at the desk.
 */
export const apiBatchRoutes = factory
  .createApp()
  .use("/batches", requireContentType("application/json", ...FILES))
  .post("/batches", async (c) => {
    if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
    const { deps } = c.var;
    const scope = await requireScope(c);
    const actor = await actorOfKey(c);
    const type = (c.req.header("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    const { id } =
      type === "application/json" ? await receiveJson(c, scope, actor) : await receiveBody(c, scope, actor);
    const one = await findBatch(deps, id);
    if (!one) throw problem.unavailable();
    const first = await stepBatch(deps, one);
    return c.json(told(c, first), 201, { ...PRIVATE, Location: `/api/v1/batches/${id}` });
  })
  .get("/batches/:id", async (c) => {
    if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
    return c.json(told(c, await stepBatch(c.var.deps, await batchOf(c))), 200, PRIVATE);
  })
  .get("/batches/:id/rows", async (c) => {
    if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
    const one = await batchOf(c);
    const named = c.req.query("result");
    const result = ROW_RESULTS.find((name) => name === named);
    if (named && !result) throw listProblem.filterUnknown();
    const after = c.req.query("after") === undefined ? 0 : rowNumber(c.req.query("after"));
    if (after === undefined) throw listProblem.cursorUnknown();
    const rows = await pageRows(c.var.deps, one.id, {
      after,
      upTo: one.checkedUpTo,
      result,
      limit: PAGE + 1,
    });
    const shown = rows.slice(0, PAGE);
    const zone = c.var.deps.settings.TIME_ZONE;
    const body = {
      rows: shown.map((row) => ({
        row: row.row,
        result: row.result,
        faults: row.found.map(([column, word]) => ({ ...(column ? { column } : {}), code: word })),
        unit: row.unitCode,
        outcome: (row.elsewhere ?? row).outcome,
        outcomeAt: row.outcomeAt ? localIso(row.outcomeAt, zone) : null,
        registered: row.elsewhere ? row.elsewhere.personId : row.personId,
      })),
      next: rows.length > PAGE ? (shown.at(-1)?.row ?? null) : null,
    };
    return c.json(body, 200, PRIVATE);
  });

/** The list of the address, within the key's subtree. */
async function batchOf(c: AppContext): Promise<Batch> {
  const scope = await requireScope(c);
  const id = c.req.param("id") ?? "";
  const one = isBatchNumber(id) ? await findBatch(c.var.deps, id) : undefined;
  if (!one || !withinSubtree(one.unitCode, scope)) throw problem.caseNotFound();
  return one;
}

function told(c: AppContext, one: Batch) {
  const { settings } = c.var.deps;
  const at = (moment: Date | null) => (moment ? localIso(moment, settings.TIME_ZONE) : null);
  return {
    id: one.id,
    unit: one.unitCode,
    source: one.source,
    label: one.details.label,
    state: batchState(one),
    rows: one.rows,
    progress: {
      lastRow: one.lastRow,
      stored: one.storedUpTo,
      checked: one.checkedUpTo,
      applied: one.appliedUpTo,
    },
    results: {
      new: one.newRows,
      known: one.knownRows,
      conflicting: one.conflictingRows,
      rejected: one.rejectedRows,
    },
    outcomes: {
      found: one.foundRows,
      notFound: one.answeredRows - one.foundRows,
      open: one.newRows - one.answeredRows,
    },
    receivedAt: at(one.recordedAt),
    confirmedAt: at(one.confirmedAt),
    finishedAt: at(one.finishedAt),
    deskUrl: `${settings.PUBLIC_URL}/desk/batches/${one.id}`,
  };
}

/** What a program says of its list beside the rows. Throws `invalid`, outOfScope, unitNotFound. */
async function aboutList(c: AppContext, scope: string, said: Record<string, unknown>) {
  const { deps, lang } = c.var;
  const source = BATCH_SOURCES.find((one) => one === said.source);
  if (!source) throw problem.answer("source", "choice", SOURCE, lang);
  const label = readText(typeof said.label === "string" ? said.label : "", "label", 60, lang);
  const unitCode = said.unit === undefined ? scope : typeof said.unit === "string" ? said.unit : "";
  if (!withinSubtree(unitCode, scope)) throw problem.outOfScope();
  if (!unitOfCode(unitCode) || !(await findUnit(deps.db, unitCode))) throw problem.unitNotFound();
  return { source, label, unitCode };
}

async function receiveBody(c: AppContext, scope: string, actor: string) {
  const { deps } = c.var;
  const about = await aboutList(c, scope, c.req.query());
  const bytes = new Uint8Array(await c.req.raw.arrayBuffer());
  return receiveFile(deps, { bytes, ...about, actor }, decidedColumns(deps, about.source));
}

/** Rows with named fields, numbered from 1 as they come. */
async function receiveJson(c: AppContext, scope: string, actor: string) {
  const { deps, lang } = c.var;
  const { rows, ...said } = await readJson(c);
  const about = await aboutList(c, scope, said);
  if (!Array.isArray(rows) || rows.length === 0) throw sheetProblem.noRows();
  if (rows.length > MOST_ROWS) throw sheetProblem.tooManyRows(rows.length, MOST_ROWS);
  const errors: FieldError[] = [];
  const used = new Set<ListField>();
  const unknown = new Set<string>();
  rows.forEach((row: unknown, at) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) {
      if (errors.length < 20) errors.push({ path: `rows.${at}`, code: "type", message: ROW[lang] });
      return;
    }
    for (const [name, value] of Object.entries(row)) {
      if (!(LIST_FIELDS as readonly string[]).includes(name)) unknown.add(name.slice(0, 30));
      else used.add(name as ListField);
      if (!["string", "number"].includes(typeof value) && value !== null && errors.length < 20)
        errors.push({ path: `rows.${at}.${name.slice(0, 30)}`, code: "type", message: TEXT[lang] });
    }
  });
  if (unknown.size > 0) throw batchProblem.unknownFields([...unknown].slice(0, 10));
  if (errors.length > 0) throw problem.invalid(errors);
  const fields = LIST_FIELDS.filter((name) => used.has(name));
  const columns = Object.fromEntries(fields.map((name, at) => [name, columnName(at)]));
  if (!columnsSuffice(columns)) throw problem.answer("rows", "fields", FIELDS, lang);
  const sheet = {
    headings: fields.map((text, at) => ({ text, column: columnName(at) })),
    rows: rows.map(
      (row: Record<string, unknown>, at): SheetRow => ({
        row: at + 1,
        cells: fields.map((name) => cellOf(row[name])),
      }),
    ),
    ...{ faults: [], faultsLeft: 0, skipped: [] },
  };
  const bytes = new Uint8Array(new TextEncoder().encode(canonicalJson(rows)));
  return receiveSheet(deps, { bytes, ...about, actor }, sheet, async () => columns);
}

const cellOf = (value: unknown): Cell =>
  typeof value === "number"
    ? { text: String(value), kind: "number", raw: String(value) }
    : { text: typeof value === "string" ? value.slice(0, 2_000) : "" };

const SOURCE = {
  "zh-Hans": `source 应为 ${BATCH_SOURCES.join("、")} 之一`,
  "zh-Hant": `source 應為 ${BATCH_SOURCES.join("、")} 之一`,
  en: `source must be one of ${BATCH_SOURCES.join(", ")}`,
};
const ROW = {
  "zh-Hans": "每一行应为一个对象",
  "zh-Hant": "每一行應為一個物件",
  en: "A row must be an object",
};
const TEXT = { "zh-Hans": "应为文字", "zh-Hant": "應為文字", en: "Must be text" };
const FIELDS = {
  "zh-Hans": "需要 name，以及 idDocument、phone、village、address 中的一项",
  "zh-Hant": "需要 name，以及 idDocument、phone、village、address 中的一項",
  en: "name is needed, and one of idDocument, phone, village, address",
};
