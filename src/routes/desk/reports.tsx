import { listIssued } from "../../db/situation-report.ts";
import { CUT_OFFS, type CutOff, cutOffOf, dayBefore, lastCutOff, readCutOff } from "../../domain/cut-off.ts";
import { type FieldError, ProblemError, problem } from "../../domain/problem.ts";
import { findTemplate } from "../../domain/situation/index.ts";
import { openDesk } from "../../http/desk/door.tsx";
import { draftPath, unitInScope, unitsAround } from "../../http/desk/reports.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { queryOnce } from "../../http/query.ts";
import { readScript, readWindow, templatesFor } from "../../http/situation-report.ts";
import { REPORT } from "../../views/desk/report-words.ts";
import { ReportsPage, type ReportsPageProps } from "../../views/desk/reports.tsx";

/** Issued reports on a page. */
const SHOWN = 30;

/*
 * /desk/reports: asks for a draft by unit, template and cut-off, and lists what the unit has issued. A valid question leads
 * to the draft's own address; any other comes back with what to mend.
 */
export const reportRoutes = factory.createApp().get("/", async (c) => {
  const desk = openDesk(c);
  if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
  const { now, zone, lang } = desk;
  const query = queryOnce(c, ["unit", "template", "date", "clock", "time", "script", "before"]);
  const unit = await unitInScope(c.get("deps"), desk, query.unit);
  const templates = templatesFor(unit.kind);
  const asks = query.date !== undefined || query.template !== undefined;
  const errors: FieldError[] = [];
  const script = await told(errors, () => readScript(query.script, lang, "script"));
  if (asks) {
    const template = templates.find(({ id }) => id === query.template);
    if (!template) errors.push({ path: "template", code: "required", message: REPORT.needTemplate[lang] });
    const asOf = await told(errors, () =>
      readCutOff(
        { date: query.date ?? "", clock: query.clock ?? "", time: query.time ?? "" },
        { now, zone, lang },
      ),
    );
    if (template && asOf && script) {
      const window = await told(errors, () => {
        const question = { asOf: asOf.toISOString(), from: dayBefore(asOf, zone).toISOString() };
        return readWindow(question, { template, unit, now, zone, lang });
      });
      if (window) {
        const place = { template, unit, ...window, lang: script, late: false };
        return c.redirect(desk.href(draftPath(place)), 303);
      }
    }
  }
  const typed = {
    ...proposed(lastCutOff(now, zone), zone),
    template: templates[0]?.id ?? "",
    script: script ?? "",
  };
  const given = Object.fromEntries(
    ["template", "date", "clock", "time"].flatMap((name) =>
      query[name] === undefined ? [] : [[name, query[name].slice(0, 40)]],
    ),
  );
  return showReports(c, desk, {
    ...{ desk, unit: { code: unit.code, name: unit.name }, templates, errors },
    typed: { ...typed, ...(asks ? given : {}) },
    ...(await unitsAround(c.get("deps"), desk, unit)),
  });
});

async function showReports(
  c: AppContext,
  { lang }: ReturnType<typeof openDesk>,
  props: Omit<ReportsPageProps, "issued" | "older" | "continued">,
) {
  const place = c.req.query("before");
  const before = /^(\d{1,15})\.(SR-[\dA-F-]{10,24})$/.exec(place ?? "");
  const errors = [...props.errors];
  if (place && !before) errors.push({ path: "recent", code: "page", message: REPORT.stale[lang] });
  const found = await listIssued(c.get("deps"), props.unit.code, {
    before: before ? { at: Number(before[1]), id: before[2] ?? "" } : undefined,
    limit: SHOWN + 1,
  });
  const shown = found.slice(0, SHOWN);
  const last = found.length > SHOWN ? shown.at(-1) : undefined;
  return c.html(
    <ReportsPage
      {...props}
      errors={errors}
      issued={shown.map((one) => ({ ...one, name: findTemplate(one.template)?.name }))}
      older={last && `${last.recordedAt.getTime()}.${last.id}`}
      continued={before !== null}
    />,
    errors.length > 0 ? 422 : 200,
  );
}

/** A cut-off as the form proposes it. */
function proposed(at: Date, zone: string): CutOff & { time: string } {
  const { date, clock } = cutOffOf(at, zone);
  return { date, clock: CUT_OFFS.find((one) => one === clock) ?? "other", time: "" };
}

/** What something throws that a reader can mend goes to the other errors. */
async function told<T>(errors: FieldError[], read: () => T): Promise<T | undefined> {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.problem.errors) throw error;
    // The form asks for a day where an address has a moment.
    errors.push(
      ...error.problem.errors.map((one) => ({ ...one, path: one.path === "asOf" ? "date" : one.path })),
    );
    return undefined;
  }
}
