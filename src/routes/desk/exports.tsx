import {
  askExport,
  decideExport,
  type ExportRequest,
  findExport,
  listOwnExports,
  listWaitingExports,
  refusalOf,
  rowsOfDay,
  samePerson,
  takeExport,
} from "../../db/export.ts";
import { countRows, whichOf } from "../../db/export-rows.ts";
import { findOfficerByActor } from "../../db/official.ts";
import { findUnit } from "../../db/unit.ts";
import {
  EXPORT_MOST,
  EXPORT_WITHIN,
  EXPORT_WORDS,
  exportNumber,
  exportState,
  isExportNumber,
  kindsFor,
} from "../../domain/export.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { readAsked } from "../../http/desk/export-form.ts";
import { hiddenFrom, openFile } from "../../http/desk/exports.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { readFields } from "../../http/unit-door.ts";
import { ExportPage, type ExportPageProps } from "../../views/desk/export.tsx";
import { EXPORT } from "../../views/desk/export-words.ts";
import { ExportsPage, type ExportsPageProps } from "../../views/desk/exports.tsx";

/** A page of past exports, and what waits for somebody's word. */
const SHOWN = 50;

/*
 * /desk/exports: lists that officials take away. Asked for (counted, on record), where need be approved by another
 * official, then taken once.
 */
export const exportRoutes = factory
  .createApp()
  .get("/", async (c) => showExports(c, openDesk(c, "export")))
  .post("/", async (c) => {
    const desk = openDesk(c, "export");
    const typed = await readAct(c, desk);
    const deps = c.get("deps");
    const asked = await readAsked(deps, desk, typed);
    if ("errors" in asked) return showExports(c, desk, { ...asked, typed }, 422);
    const { lang, now, zone, today, officer, actor } = desk;
    const { kind, filter } = asked;
    const fault = (path: string, message: string) =>
      showExports(c, desk, { errors: [{ path, code: path, message }], typed }, 422);
    const rows = await countRows(deps, kind, whichOf(filter, asked.exact, now, zone, hiddenFrom(desk)));
    if (rows === "too-many") return fault("unit", EXPORT.tooMany(EXPORT_MOST)[lang]);
    if (rows === 0) return fault("kind", EXPORT.nothing[lang]);
    const id = exportNumber(now, zone, deps.newId());
    await askExport(deps, {
      ...{ id, kind, filter, rows, actor, format: asked.format, masked: asked.masked },
      ...{ purpose: asked.purpose, words: asked.words, unitCode: filter.unit, officialId: officer.id },
      ...{ date: today, recordedAt: now, auditId: deps.newId(), limit: deps.settings.EXPORT_ROWS },
    });
    return c.redirect(desk.href(`/exports/${id}`), 303);
  })
  .get("/:id", async (c) => {
    const desk = openDesk(c, "export");
    return showExport(c, desk, await exportOf(c, desk));
  })
  .post("/:id/take", async (c) => {
    const desk = openDesk(c, "export");
    await readAct(c, desk);
    const one = await exportOf(c, desk);
    const { now, officer, actor } = desk;
    // An office that may no longer see the rows, or not unmasked, takes nothing.
    if (!kindsFor(desk.may).includes(one.kind) || (!one.masked && !desk.may("export-open")))
      throw problem.notAllowed();
    if (one.officialId !== officer.id) throw problem.notAllowed();
    if (exportState(one, now) !== "ready") return showExport(c, desk, one, { notTaken: true }, 409);
    const deps = c.get("deps");
    const file = await openFile(deps, desk, one);
    const since = new Date(now.getTime() - EXPORT_WITHIN);
    const acting = { actor, officialId: officer.id, auditId: deps.newId(), now, since };
    if (!(await takeExport(deps, one, acting))) {
      await file.body.cancel();
      return showExport(c, desk, await exportOf(c, desk), { notTaken: true }, 409);
    }
    return c.body(file.body, 200, file.headers);
  })
  .post("/:id/approve", (c) => decide(c, false))
  .post("/:id/refuse", (c) => decide(c, true));

async function decide(c: AppContext, refuse: boolean) {
  const desk = openDesk(c, "approve");
  const typed = await readAct(c, desk);
  const one = await exportOf(c, desk);
  const { lang, now, officer, actor } = desk;
  if (!one.needsApproval || (await samePerson(c.get("deps"), one.officialId, officer.id)))
    throw problem.notAllowed();
  const reason = (typed.reason ?? "").trim().slice(0, EXPORT_WORDS);
  if (refuse && !reason) {
    const errors: FieldError[] = [{ path: "reason", code: "required", message: EXPORT.needReason[lang] }];
    return showExport(c, desk, one, { errors }, 422);
  }
  const deps = c.get("deps");
  const acting = { actor, officialId: officer.id, auditId: deps.newId(), now };
  const done = await decideExport(deps, one, { ...acting, refusal: refuse ? reason : undefined });
  if (!done) return showExport(c, desk, await exportOf(c, desk), { beaten: true, reason }, 409);
  return c.redirect(desk.href(`/exports/${one.id}`), 303);
}

/** The posted fields of an official who has not sent too much. */
async function readAct(c: AppContext, { actor }: Desk): Promise<Record<string, string>> {
  if (await slowed(c, actor)) throw problem.slowDown(SLOW_SECONDS);
  return readFields(c);
}

/** The export of the address: one's own, or one that waits for, or had, the word of somebody of this scope. */
async function exportOf(c: AppContext, desk: Desk): Promise<ExportRequest> {
  const id = c.req.param("id") ?? "";
  const one = isExportNumber(id) ? await findExport(c.get("deps"), id) : undefined;
  const mine = one?.officialId === desk.officer.id;
  const decides = one?.needsApproval && desk.may("approve") && desk.sees(one.unitCode);
  if (!one || !(mine || decides)) throw problem.caseNotFound();
  return one;
}

async function showExports(
  c: AppContext,
  desk: Desk,
  more: Pick<ExportsPageProps, "errors" | "typed"> = {},
  status: 200 | 422 = 200,
) {
  const deps = c.get("deps");
  const { officer, scope, today, lang } = desk;
  const place = c.req.query("before");
  const before = /^(\d{4}-\d{2}-\d{2})\.(EX-[\dA-F-]{1,24})$/.exec(place ?? "");
  if (place && !before) {
    more = { ...more, errors: [{ path: "mine", code: "page", message: EXPORT.stale[lang] }] };
    status = 422;
  }
  const [mine, waiting, used] = await Promise.all([
    listOwnExports(deps, officer.id, {
      before: before ? { date: before[1] ?? "", id: before[2] ?? "" } : undefined,
      limit: SHOWN + 1,
    }),
    desk.may("approve") ? listWaitingExports(deps, scope, officer.id, SHOWN) : [],
    rowsOfDay(deps, officer.id, today),
  ]);
  const shown = mine.slice(0, SHOWN);
  const last = mine.length > SHOWN ? shown.at(-1) : undefined;
  const limit = deps.settings.EXPORT_ROWS;
  return c.html(
    <ExportsPage
      {...more}
      desk={desk}
      kinds={kindsFor(desk.may)}
      mine={shown}
      older={last && `${last.date}.${last.id}`}
      waiting={waiting}
      left={Math.max(0, limit - used)}
      limit={limit}
    />,
    status,
  );
}

async function showExport(
  c: AppContext,
  desk: Desk,
  one: ExportRequest,
  more: Pick<ExportPageProps, "errors" | "beaten" | "notTaken" | "reason"> = {},
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const [unit, decider, refusal, own] = await Promise.all([
    findUnit(deps.db, one.filter.unit),
    one.decidedBy ? findOfficerByActor(deps, `official/${one.decidedBy}`) : undefined,
    one.refusedAt ? refusalOf(deps, one.id) : undefined,
    samePerson(deps, one.officialId, desk.officer.id),
  ]);
  return c.html(
    <ExportPage
      {...more}
      desk={desk}
      one={one}
      state={exportState(one, desk.now)}
      unitName={unit?.name ?? one.filter.unit}
      decider={decider ? `${decider.unit.name} ${decider.name}` : ""}
      refusal={refusal}
      own={own}
    />,
    status,
  );
}
