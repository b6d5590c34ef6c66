import { listChildren } from "../db/unit.ts";
import { type FieldError, ProblemError, problem } from "../domain/problem.ts";
import { owesDailyReport } from "../domain/unit-report.ts";
import { LANGS, type Lang } from "../forms/define.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { excuseUnit } from "../http/submit-report.ts";
import { openUnitDoor, readFields, type UnitDoor } from "../http/unit-door.ts";
import { EXCUSE } from "../views/unit-case-words.ts";
import { ExcusePage } from "../views/unit-excuse.tsx";

/*
 * /u/<token>/excuse: a town or the county excuses a unit below it from its daily reports, in advance.
 */
export const unitExcuseRoutes = factory
  .createApp()
  .get("/excuse", async (c) => showExcuse(c, await superiorDoor(c)))
  .post("/excuse", async (c) => {
    const typed = await readFields(c);
    if (LANGS.includes(typed._lang as Lang)) c.set("lang", typed._lang as Lang);
    const door = await superiorDoor(c);
    // The language switch posts the page back: nothing is sent yet, nothing typed is lost.
    if (typed._lang) return showExcuse(c, door, [], typed);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    const unitCode = (typed.unit ?? "").trim().toUpperCase();
    const { from = "", to = "" } = typed;
    if (!unitCode) return showExcuse(c, door, [unitError(door, EXCUSE.chooseError)], typed);
    try {
      const { actor, lang, unit } = door;
      await excuseUnit(c.get("deps"), {
        clientId: typed.clientId ?? "",
        scopePrefix: unit.code,
        unitCode,
        from,
        to,
        reason: typed.reason ?? "",
        actor,
        lang,
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { errors, code, title } = error.problem;
      if (errors) return showExcuse(c, door, errors.map(onPage), typed);
      if (code === "unit-not-found" || code === "out-of-scope" || code === "not-reporting")
        return showExcuse(c, door, [unitError(door, title)], typed);
      throw error;
    }
    return c.redirect(door.href(`?excused=${unitCode}&from=${from}&to=${to}`), 303);
  });

/** A client id is no question of this page: its error stands with the reason, and the page brings a fresh one. */
const onPage = (error: FieldError): FieldError =>
  error.path === "clientId" ? { ...error, path: "reason" } : error;

const unitError = (door: UnitDoor, words: Record<UnitDoor["lang"], string>): FieldError => ({
  path: "unit",
  code: "unit",
  message: words[door.lang],
});

/** Only a town or the county has this page. */
async function superiorDoor(c: AppContext): Promise<UnitDoor> {
  const door = await openUnitDoor(c);
  if (door.unit.kind !== "town" && door.unit.kind !== "county") throw problem.notFound();
  return door;
}

async function showExcuse(
  c: AppContext,
  door: UnitDoor,
  errors: FieldError[] = [],
  typed: Record<string, string> = {},
) {
  const { db, newId } = c.get("deps");
  const units = (await listChildren(db, door.unit.code)).filter(({ kind }) => owesDailyReport(kind));
  return c.html(
    <ExcusePage door={door} clientId={newId()} units={units} errors={errors} typed={typed} />,
    errors.length > 0 ? 422 : 200,
  );
}
