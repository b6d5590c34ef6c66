import { type Batch, confirmBatch, listBatches, withdrawBatch } from "../../db/batch.ts";
import { closeBatch } from "../../db/batch-close.ts";
import { pageRows } from "../../db/batch-row.ts";
import { namesOf } from "../../db/unit.ts";
import { BATCH_SOURCES, type BatchSource, batchState, ROW_RESULTS, rowNumber } from "../../domain/batch.ts";
import { type FieldError, ProblemError, problem } from "../../domain/problem.ts";
import { readText } from "../../domain/tip.ts";
import { receiveFile, stepBatch } from "../../http/batches.ts";
import { batchOf, rowView, whoSettled } from "../../http/desk/batches.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { formBodies, SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { refusalOf } from "../../http/unit-acts.ts";
import { readFields } from "../../http/unit-door.ts";
import { sheetFaultWords } from "../../sheet/words.ts";
import { BatchPage, type BatchPageProps } from "../../views/desk/batch.tsx";
import { SETTLE } from "../../views/desk/batch-settle-words.ts";
import { BATCH } from "../../views/desk/batch-words.ts";
import { BatchesPage, type BatchesPageProps, isChecked } from "../../views/desk/batches.tsx";
import { momentWords } from "../../views/unit-words.ts";
import { batchColumnRoutes } from "./batch-columns.tsx";
import { batchResultRoutes } from "./batch-result.tsx";
import { batchRowRoutes } from "./batch-row.tsx";

/** Lists, and rows of one, on a page; characters of what a list is called. */
const SHOWN = 20;
export const ROWS_SHOWN = 50;
const LABEL = 60;
/** Why a search is ended. */
const WORDS = 500;
/** While a list is worked on its page asks again after so many seconds. */
const REFRESH = "2";

/*
 * /desk/batches: lists of bureaus, received, matched, checked and agreed to. Rows are for who manages; everybody else who
 * looks sees the counts.
 */
export const batchRoutes = factory
  .createApp()
  .use(formBodies)
  .get("/", (c) => showBatches(c, openDesk(c)))
  .post("/", async (c) => {
    const desk = openDesk(c, "manage");
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    const { file, typed } = await readUpload(c);
    const { lang, scope, actor } = desk;
    const errors: FieldError[] = [];
    const wrong = (path: string, message: string) => errors.push({ path, code: "required", message });
    const source = BATCH_SOURCES.find((one) => one === typed.source);
    if (!source) wrong("source", BATCH.needSource[lang]);
    let label = "";
    if (!typed.label?.trim()) wrong("label", BATCH.needLabel[lang]);
    else
      try {
        label = readText(typed.label ?? "", "label", LABEL, lang);
      } catch (error) {
        errors.push(...errorsIn(error));
      }
    if (!file || file.size === 0) wrong("file", BATCH.needFile[lang]);
    if (!source || !file || errors.length > 0) return showBatches(c, desk, { errors, typed }, 422);
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { id, fresh } = await receiveFile(c.get("deps"), {
        ...{ bytes, source: source as BatchSource, label, actor, unitCode: scope.code },
      });
      return c.redirect(desk.href(`/batches/${id}${fresh ? "/columns" : "?same=1"}`), 303);
    } catch (error) {
      // A file of which nothing can be read: said at the field, what was typed stays.
      if (!(error instanceof ProblemError) || !error.problem.code.startsWith("sheet-")) throw error;
      const { code, title, detail } = error.problem;
      const message = [title[lang], detail?.[lang]].filter(Boolean).join(lang === "en" ? " " : "。");
      return showBatches(c, desk, { errors: [{ path: "file", code, message }], typed }, 422);
    }
  })
  .get("/:id", async (c) => {
    const desk = openDesk(c);
    const one = await batchOf(c, desk);
    return showBatch(c, desk, one, { same: c.req.query("same") === "1" });
  })
  .post("/:id/confirm", (c) => decide(c, confirmBatch))
  .post("/:id/withdraw", (c) => decide(c, withdrawBatch))
  .post("/:id/close", close)
  .route("/:id/columns", batchColumnRoutes)
  .route("/:id/result", batchResultRoutes)
  .route("/:id/rows/:row", batchRowRoutes);

/** Agrees to a list or takes it back, as it was when its page was made: of two officials one wins, the other is told. */
async function decide(c: AppContext, settle: typeof confirmBatch) {
  const desk = openDesk(c, "manage");
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  const { version } = await readFields(c);
  const one = await batchOf(c, desk);
  const deps = c.get("deps");
  const acting = { actor: desk.actor, auditId: deps.newId(), now: desk.now };
  const done = version === `${one.version}` && (await settle(deps, one, acting));
  if (!done) return showBatch(c, desk, await batchOf(c, desk), { beaten: true }, 409);
  return c.redirect(desk.href(`/batches/${one.id}`), 303);
}

/** Ends the search with a reason: what nobody has answered by then is let go, a piece at a time. */
async function close(c: AppContext) {
  const desk = openDesk(c, "manage");
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  const typed = await readFields(c, 2_000);
  const one = await batchOf(c, desk);
  let words = "";
  const fault = await refusalOf(async () => {
    words = readText(typed.words ?? "", "words", WORDS, desk.lang);
  });
  if (fault) return showBatch(c, desk, one, { errors: fault.errors ?? [], typed }, 422);
  const deps = c.get("deps");
  const acting = { actor: desk.actor, auditId: deps.newId(), now: desk.now };
  const done = typed.version === `${one.version}` && (await closeBatch(deps, one, words, acting));
  if (!done) return showBatch(c, desk, await batchOf(c, desk), { beaten: true }, 409);
  return c.redirect(desk.href(`/batches/${one.id}`), 303);
}

async function showBatches(
  c: AppContext,
  desk: Desk,
  more: Pick<BatchesPageProps, "errors" | "typed"> = {},
  status: 200 | 422 = 200,
) {
  const deps = c.get("deps");
  const place = /^(\d{1,15})\.(PC-\d{4}-\d{4})$/.exec(c.req.query("before") ?? "");
  const before = place ? { at: Number(place[1]), id: place[2] ?? "" } : undefined;
  const found = await listBatches(deps, desk.scope, { before, limit: SHOWN + 1 });
  const shown = found.slice(0, SHOWN);
  const last = found.length > SHOWN ? shown.at(-1) : undefined;
  const names = await namesOf(deps.db, [...new Set(shown.map(({ unitCode }) => unitCode))]);
  return c.html(
    <BatchesPage
      {...more}
      desk={desk}
      list={shown.map((one) => ({ ...one, unitName: names.get(one.unitCode) ?? one.unitCode }))}
      older={last && `${last.recordedAt.getTime()}.${last.id}`}
    />,
    status,
  );
}

async function showBatch(
  c: AppContext,
  desk: Desk,
  found: Batch,
  more: Pick<BatchPageProps, "same" | "beaten" | "errors" | "typed"> = {},
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const manages = desk.may("manage");
  const one = manages ? await stepBatch(deps, found) : found;
  const state = batchState(one);
  if (state === "checking" || state === "applying" || state === "closing") c.header("Refresh", REFRESH);
  const result = ROW_RESULTS.find((name) => name === c.req.query("result"));
  const after = rowNumber(c.req.query("after")) ?? 0;
  const page =
    manages && isChecked(state) && one.columns
      ? await pageRows(deps, one.id, { after, upTo: one.checkedUpTo, result, limit: ROWS_SHOWN + 1 })
      : undefined;
  const shown = page?.slice(0, ROWS_SHOWN);
  const names = await namesOf(deps.db, [one.unitCode]);
  const { faults, faultsLeft, skipped } = one.details;
  const { closing, closedAt } = one;
  return c.html(
    <BatchPage
      {...more}
      desk={desk}
      one={{ ...one, unitName: names.get(one.unitCode) ?? one.unitCode }}
      rows={shown?.map((row) => rowView(row, one.columns ?? {}, desk.lang))}
      result={result}
      next={page && page.length > ROWS_SHOWN ? shown?.at(-1)?.row : undefined}
      faults={[
        ...faults.slice(0, 30).map((fault) => sheetFaultWords(fault)[desk.lang]),
        ...(faultsLeft + faults.length > 30 ? ["…"] : []),
      ]}
      skipped={skipped.length}
      minutes={deps.settings.LISTED_MINUTES}
      closed={
        closing && closedAt
          ? SETTLE.closedBy(
              await whoSettled(c, closing.actor),
              momentWords(closedAt, desk.zone, desk.lang, desk.today),
              closing.words,
            )[desk.lang]
          : undefined
      }
    />,
    status,
  );
}

/** The small fields and the file of the upload's form. Throws malformedForm, wrongType. */
async function readUpload(c: AppContext): Promise<{ file?: File; typed: Record<string, string> }> {
  if (!/^multipart\//i.test(c.req.header("Content-Type") ?? "")) return { typed: await readFields(c) };
  try {
    const form = await c.req.formData();
    const text = (name: string) => {
      const value = form.get(name);
      return typeof value === "string" ? value.slice(0, 1_000) : "";
    };
    const file = form.get("file") as File | string | null;
    return {
      typed: { source: text("source"), label: text("label") },
      ...(file && typeof file !== "string" ? { file } : {}),
    };
  } catch {
    throw problem.malformedForm();
  }
}

function errorsIn(error: unknown): FieldError[] {
  if (error instanceof ProblemError && error.problem.errors) return [...error.problem.errors];
  throw error;
}
