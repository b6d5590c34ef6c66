import { dailyReport } from "../../forms/daily-report.ts";
import { findReport, knownCounts, listReports } from "../db/report.ts";
import { type FieldError, type Problem, ProblemError, problem } from "../domain/problem.ts";
import { checkReportDate, owesDailyReport } from "../domain/unit-report.ts";
import { LANGS, type Lang } from "../forms/define.ts";
import { decodeForm } from "../forms/encode.ts";
import { validate } from "../forms/validate.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { lastOf, readForm } from "../http/page-form.ts";
import { submitReport } from "../http/submit-report.ts";
import { openUnitDoor, type UnitDoor } from "../http/unit-door.ts";
import { ReportPage } from "../views/unit-report.tsx";
import { UNIT } from "../views/unit-words.ts";

/*
 * /u/<token>/report: one day's report, with figures or zero, the first time or as a correction.
 */
export const unitReportRoutes = factory
  .createApp()
  .get("/report", async (c) => {
    const door = await openUnitDoor(c);
    const zero = c.req.query("zero") === "yes";
    return showReport(c, door, { date: c.req.query("date") ?? door.today, zero });
  })
  .post("/report", async (c) => {
    const entries = await readForm(c);
    const typedLang = lastOf(entries, "_lang");
    if (LANGS.includes(typedLang as Lang)) c.set("lang", typedLang as Lang);
    const door = await openUnitDoor(c);
    const date = lastOf(entries, "date") ?? door.today;
    const values = decodeForm(dailyReport, entries);
    const shown = { date, zero: values.zero === "yes", values };
    // The language switch posts the page back: nothing is sent yet, nothing typed is lost.
    if (typedLang) return showReport(c, door, shown);
    if (await slowed(c, door.token)) {
      c.header("Retry-After", String(SLOW_SECONDS));
      return showReport(c, door, {
        ...shown,
        fault: problem.slowDown(SLOW_SECONDS).problem.title,
        status: 429,
      });
    }
    const { lang, now, zone } = door;
    const valid = validate(dailyReport, values, { lang, now, zone });
    if (!valid.ok) return showReport(c, door, { ...shown, errors: valid.errors, status: 422 });
    try {
      await submitReport(c.get("deps"), {
        clientId: lastOf(entries, "clientId") ?? "",
        unitCode: door.unit.code,
        date,
        values: valid.values,
        door: "unit",
        lang,
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { errors, code } = error.problem;
      if (errors) return showReport(c, door, { ...shown, errors: errors.map(onPage), status: 422 });
      if (code === "content-differs")
        return showReport(c, door, { ...shown, fault: UNIT.sentAlready, status: 409 });
      throw error;
    }
    return c.redirect(door.href(`?done=${date}`), 303);
  });

/** A client id is no question of this page: its error stands with the reason, and the page brings a fresh one. */
const onPage = (error: FieldError): FieldError =>
  error.path === "clientId" ? { ...error, path: "reason" } : error;

type Shown = {
  date: string;
  zero: boolean;
  values?: unknown;
  errors?: FieldError[];
  fault?: Problem["title"];
  status?: 200 | 409 | 422 | 429;
};

/** The page of one day; without typed values, prefilled with the standing report or with what the service counted. */
async function showReport(c: AppContext, door: UnitDoor, { date, values, status = 200, ...rest }: Shown) {
  const deps = c.get("deps");
  const { unit, now, zone, today } = door;
  if (!owesDailyReport(unit.kind)) throw problem.notFound();
  checkReportDate(date, today);
  const [known, standing, [day]] = await Promise.all([
    knownCounts(deps.db, unit.code, date, zone),
    findReport(deps, unit.code, date),
    listReports(deps.db, unit, { today: date, days: 1, now, settings: deps.settings }),
  ]);
  if (!day) throw problem.unavailable();
  const prefilled = rest.zero ? {} : { ...known, ...standing?.counts };
  return c.html(
    <ReportPage
      {...rest}
      door={door}
      date={date}
      dueAt={day.dueAt}
      state={day.state ?? "pending"}
      known={known}
      standing={standing}
      clientId={deps.newId()}
      values={values ?? { ...prefilled, note: standing?.note }}
    />,
    status,
  );
}
