import { saveColumns } from "../../db/batch.ts";
import { pageRows } from "../../db/batch-row.ts";
import { type BatchState, batchState } from "../../domain/batch.ts";
import { batchProblem } from "../../domain/batch-problem.ts";
import { columnsSuffice, type KeptCell, type ListColumns } from "../../domain/batch-row.ts";
import { maskName } from "../../domain/mask.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { columnName } from "../../domain/sheet.ts";
import { headingsHash, proposeColumns } from "../../http/batches.ts";
import { batchOf } from "../../http/desk/batches.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { readFields } from "../../http/unit-door.ts";
import { BATCH_FIELDS, BatchColumnsPage } from "../../views/desk/batch-columns.tsx";
import { BATCH } from "../../views/desk/batch-words.ts";

/** The columns may be matched, and matched anew, until somebody agrees to the list. */
const OPEN: readonly BatchState[] = ["columns", "checking", "ready"];

/* /desk/batches/<number>/columns: which column is what. */
export const batchColumnRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = openDesk(c, "manage");
    const one = await batchOf(c, desk);
    if (!OPEN.includes(batchState(one))) return c.redirect(desk.href(`/batches/${one.id}`), 303);
    const proposed = await proposeColumns(c.get("deps"), one.source, one.details.headings);
    return show(c, desk, one, one.columns ? { columns: one.columns } : proposed);
  })
  .post("/", async (c) => {
    const desk = openDesk(c, "manage");
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    const typed = await readFields(c, 20);
    const one = await batchOf(c, desk);
    const deps = c.get("deps");
    const known = new Set(one.details.headings.map(({ column }) => column));
    const columns: ListColumns = Object.fromEntries(
      BATCH_FIELDS.flatMap((name) => (known.has(typed[name] ?? "") ? [[name, typed[name]]] : [])),
    );
    const errors = faultsOf(columns, desk);
    if (errors.length > 0) return show(c, desk, one, { columns }, errors);
    const acting = { actor: desk.actor, auditId: deps.newId(), now: desk.now };
    const hash = await headingsHash(deps, one.details.headings);
    const done =
      OPEN.includes(batchState(one)) &&
      typed.version === `${one.version}` &&
      (await saveColumns(deps, one, columns, hash, acting));
    if (!done) throw batchProblem.notReady();
    return c.redirect(desk.href(`/batches/${one.id}`), 303);
  });

function faultsOf(columns: ListColumns, { lang }: Desk): FieldError[] {
  const error = (path: string, message: string): FieldError => ({ path, code: "required", message });
  if (!columns.name) return [error("name", BATCH.needName[lang])];
  if (!columnsSuffice(columns)) return [error("idDocument", BATCH.needMore[lang])];
  const chosen = Object.entries(columns);
  const twice = chosen.find(([, column], at) => chosen.findIndex(([, one]) => one === column) < at);
  return twice ? [error(twice[0], BATCH.oneTwice[lang])] : [];
}

async function show(
  c: AppContext,
  desk: Desk,
  one: Awaited<ReturnType<typeof batchOf>>,
  { columns, remembered = false, rivals = [] }: Partial<Awaited<ReturnType<typeof proposeColumns>>>,
  errors: readonly FieldError[] = [],
) {
  const rows = await pageRows(c.get("deps"), one.id, { after: 0, upTo: one.lastRow, limit: 3 });
  return c.html(
    <BatchColumnsPage
      desk={desk}
      one={one}
      headings={one.details.headings}
      chosen={columns ?? {}}
      remembered={remembered}
      rivals={rivals.map(({ field }) => field)}
      sample={rows.map(({ cells }) => sampleOf(cells))}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

/** Enough to see what kind of thing stands in a column: the first character and the last two of what is long. */
const sampleOf = (cells: readonly KeptCell[]): Record<string, string> =>
  Object.fromEntries(
    cells.map((cell, at) => [columnName(at), maskCell(typeof cell === "string" ? cell : cell.text)]),
  );

function maskCell(text: string): string {
  const clean = text.trim();
  if (clean.length <= 1) return clean;
  if (clean.length < 6) return maskName(clean);
  return `${[...clean][0]}****${[...clean].slice(-2).join("")}`;
}
