import { recordActs } from "../../db/desk-act.ts";
import { guarded } from "../../db/fault.ts";
import {
  type After,
  addPoints,
  type CodeRange,
  listPoints,
  listSheets,
  pointSubject,
} from "../../db/poster.ts";
import { findPoint, removePoint, renewPoint } from "../../db/poster-change.ts";
import { runBatch } from "../../db/store.ts";
import { listChildren } from "../../db/unit.ts";
import { rangeOf } from "../../db/unit-desk.ts";
import { PRINTED } from "../../domain/link-desk.ts";
import { isPointNumber, MOST_POINTS, readPointName } from "../../domain/poster.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { type Desk, inScope, openDesk } from "../../http/desk/door.tsx";
import { acting, dayStart, type Managed, making, openManaged, readPost } from "../../http/desk/manage.ts";
import { firstWords, refused } from "../../http/desk/manage-page.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { isClientId } from "../../http/page-form.ts";
import { PosterSheet } from "../../views/desk/poster-sheet.tsx";
import { POSTERS } from "../../views/desk/poster-words.ts";
import { PostersPage } from "../../views/desk/posters.tsx";
import { PrintPage } from "../../views/desk/print.tsx";

const LISTED = 50;

/*
 * /desk/posters: posting points with what came in through each; added one by one or one a village, taken down, printed.
 */
export const posterRoutes = factory
  .createApp()
  .get("/posters", async (c) => {
    const managed = await openManaged(c, c.req.query("of") ?? openDesk(c).scope.code);
    const did = c.req.query("did") ?? "";
    const said = Object.hasOwn(POSTERS.done, did)
      ? POSTERS.done[did as keyof typeof POSTERS.done][managed.desk.lang]
      : undefined;
    return showPosters(c, managed, { said });
  })
  .get("/posters/print", (c) => print(c))
  .post("/posters", async (c) => {
    const desk = openDesk(c, "manage");
    const typed = await readPost(c, desk);
    const managed = await openManaged(c, typed.of ?? "", "manage");
    const { lang } = desk;
    const name = refused(() => readPointName(typed.name ?? "", lang));
    const errors = "errors" in name ? [...name.errors] : [];
    if (!typed.unit) errors.unshift({ path: "unit", code: "required", message: POSTERS.needUnit[lang] });
    if ("errors" in name || errors.length > 0) return showPosters(c, managed, { errors, typed }, 422);
    const { unit } = await openManaged(c, typed.unit ?? "", "manage");
    if (unit.closedAt) throw problem.unitNotFound();
    const actId = isClientId(typed.clientId ?? "") ? typed.clientId?.toLowerCase() : undefined;
    await guarded(() =>
      addPoints(c.get("deps"), [{ unitCode: unit.code, name: name.value }], {
        ...making(c, desk),
        ...(actId ? { actId } : {}),
      }),
    );
    return back(c, managed, "add");
  })
  .post("/posters/bulk", async (c) => {
    const desk = openDesk(c, "manage");
    const typed = await readPost(c, desk);
    const managed = await openManaged(c, typed.of ?? "", "manage");
    const deps = c.get("deps");
    const villages = await listChildren(deps.db, managed.unit.code, ["village"]);
    const points = villages.slice(0, MOST_POINTS).map(({ code }) => ({
      unitCode: code,
      // The county's own language: what hangs on a wall does not change with who made it.
      name: POSTERS.bulkName["zh-Hans"],
    }));
    await guarded(() => addPoints(deps, points, { ...making(c, desk), perUnit: true }));
    return back(c, managed, "bulk");
  })
  .post("/posters/:id/remove", async (c) => {
    const { desk, point, managed } = await openPoint(c);
    if (await guarded(() => removePoint(c.get("deps").db, point, acting(c, desk))))
      return back(c, managed, "remove");
    return second(c, managed, point.id);
  })
  .post("/posters/:id/renew", async (c) => {
    const { desk, point, managed, typed } = await openPoint(c);
    const { id, unitCode } = point;
    const seen = { id, unitCode, tokenHash: typed.link ?? "" };
    const done = await guarded(() =>
      renewPoint(c.get("deps"), seen, { ...acting(c, desk), ...making(c, desk) }),
    );
    return done ? back(c, managed, "renew") : second(c, managed, id);
  });

const back = (c: AppContext, { desk, unit }: Managed, did: keyof typeof POSTERS.done) =>
  c.redirect(desk.href(`/posters?of=${unit.code}&did=${did}`), 303);

/** The point of the address, for somebody who may change it. Throws caseNotFound outside the scope. */
async function openPoint(c: AppContext) {
  const desk = openDesk(c, "manage");
  const typed = await readPost(c, desk);
  const point = await pointOf(c, desk, c.req.param("id") ?? "");
  return { desk, typed, point, managed: await openManaged(c, point.unitCode, "manage") };
}

async function pointOf(c: AppContext, desk: Desk, id: string) {
  const point = isPointNumber(id) ? await findPoint(c.get("deps").db, id, desk.now) : undefined;
  if (!point) throw problem.caseNotFound();
  inScope(desk, point.unitCode);
  return point;
}

/** The list, for whoever came second, with who was first. */
async function second(c: AppContext, managed: Managed, id: string) {
  const said = await firstWords(c, managed.desk, pointSubject(id), ["remove-poster", "renew-poster"]);
  return showPosters(c, managed, { said }, 409);
}

async function showPosters(
  c: AppContext,
  { desk, unit, path }: Managed,
  {
    errors = [],
    typed = {},
    said,
  }: { errors?: FieldError[]; typed?: Record<string, string>; said?: string | undefined },
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const { now } = desk;
  const range = rangeOf({ code: unit.code, exact: unit.kind === "grid" });
  const after = afterOf(c, range);
  const [{ points, next }, below] = await Promise.all([
    listPoints(deps.db, range, { after, limit: LISTED, now, dayStart: dayStart(desk) }),
    listChildren(deps.db, unit.code),
  ]);
  return c.html(
    <PostersPage
      {...{ desk, path, points, next, errors, typed, said }}
      of={unit}
      continued={after !== undefined}
      places={[unit, ...below]}
      bulk={below.some(({ kind }) => kind === "village")}
      clientId={deps.newId()}
      mayManage={desk.may("manage")}
    />,
    status,
  );
}

/** Where a list goes on; anything that lies outside the range starts it anew. */
function afterOf(c: AppContext, { from, to }: CodeRange): After | undefined {
  const [unitCode = "", id = "", ...more] = (c.req.query("after") ?? "").split(",");
  if (more.length > 0 || !/^[0-9A-Z]{6,18}$/.test(unitCode) || !isPointNumber(id)) return undefined;
  return unitCode >= from && unitCode < to ? { unitCode, id } : undefined;
}

/** Posters to print: one, or all of a unit and what lies below it, sixty a page. Who prints is written down. */
async function print(c: AppContext) {
  const desk = openDesk(c, "manage");
  const deps = c.get("deps");
  const { point, of } = c.req.query();
  const one = point === undefined ? undefined : await pointOf(c, desk, point);
  const id = one?.id;
  const { unit } = await openManaged(c, one?.unitCode ?? of ?? desk.scope.code, "manage");
  const range = rangeOf({ code: unit.code, exact: unit.kind === "grid" });
  const { now, lang, county, hotline } = desk;
  const after = afterOf(c, range);
  const { sheets, next } = await listSheets(deps, range, { id, after, limit: PRINTED, now });
  const lines = sheets.map(({ id, unitCode }) => ({
    ...{ auditId: deps.newId(), subjectId: pointSubject(id), unitCode },
  }));
  if (lines.length > 0)
    await guarded(() => runBatch(deps.db, [recordActs(deps.db, desk, "print-poster", lines)]));
  const { PUBLIC_URL, VERIFY_MINUTES, OBSERVATION_DAYS } = deps.settings;
  const here = id === undefined ? `/posters/print?of=${unit.code}` : `/posters/print?point=${id}`;
  const poster = {
    ...{ lang, county, hotline, verifyMinutes: VERIFY_MINUTES, observationDays: OBSERVATION_DAYS },
    short: `${PUBLIC_URL.replace(/^https?:\/\//, "")}/register`,
  };
  return c.html(
    <PrintPage
      lang={lang}
      title={POSTERS.of(unit.name)[lang]}
      back={{ href: desk.href(`/posters?of=${unit.code}`), name: POSTERS.of(unit.name)[lang] }}
      path={desk.at(after ? `${here}&after=${after.unitCode},${after.id}` : here)}
      sheets={sheets.length}
      more={
        next ? (
          <a href={desk.href(`${here}&after=${next.unitCode},${next.id}`)}>{POSTERS.nextSheets[lang]}</a>
        ) : undefined
      }
    >
      {sheets.length === 0 ? <p class="screen">{POSTERS.noSheets[lang]}</p> : null}
      {sheets.map(({ token, ...sheet }) => (
        <PosterSheet sheet={{ ...sheet, url: `${PUBLIC_URL}/r/${token}` }} poster={poster} />
      ))}
    </PrintPage>,
  );
}
