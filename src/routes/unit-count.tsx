import { countForms } from "../../forms/counts.ts";
import { listCountsOwed } from "../db/count-due.ts";
import { countTyped, findTotals, listEntries } from "../db/typed-count.ts";
import { findUnit } from "../db/unit.ts";
import { countProblem } from "../domain/count-problem.ts";
import { type FieldError, type Problem, ProblemError, problem } from "../domain/problem.ts";
import {
  checkCountDate,
  countsOf,
  planEntry,
  totalsOf,
  typedValues,
  type UnitTotals,
  withDay,
} from "../domain/typed-count.ts";
import { countFields, countFormNamed, entryForm } from "../forms/count.ts";
import { type CountForm, LANGS, type Lang } from "../forms/define.ts";
import { decodeForm } from "../forms/encode.ts";
import { validate } from "../forms/validate.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { formBodies, SLOW_SECONDS, sameSite, slowed } from "../http/guards.ts";
import { lastOf, readForm } from "../http/page-form.ts";
import { daysOf, submitCount } from "../http/submit-count.ts";
import { openUnitDoor, type UnitDoor } from "../http/unit-door.ts";
import { CheckCountPage, CountPage, SavedCountPage } from "../views/unit-count.tsx";
import { COUNT } from "../views/unit-count-words.ts";
import { CountsPage, type CountsView } from "../views/unit-counts.tsx";

/*
 * /u/<token>/counts: what nobody can count for a unit. Pages, checks and doors follow from the form files alone.
 */
export const createUnitCountRoutes = (forms: readonly CountForm[]) =>
  factory
    .createApp()
    .get("/counts", async (c) => {
      const door = await openUnitDoor(c);
      return c.html(<CountsPage door={door} views={await viewsOf(c, door, forms)} />);
    })
    .get("/counts/:form", async (c) => {
      const door = await openUnitDoor(c);
      const form = formOf(c, door, forms);
      const date = c.req.query("date") ?? door.today;
      const day = await dayOf(c, door, form, date);
      if (c.req.query("done") && day.standing)
        return c.html(
          <SavedCountPage door={door} form={form} date={date} saved={day.standing} after={day.totals} />,
        );
      return showDay(c, door, form, day, { values: day.standing?.counts ?? {} });
    })
    .post("/counts/:form", sameSite, formBodies, async (c) => {
      const entries = await readForm(c);
      const typedLang = lastOf(entries, "_lang");
      if (LANGS.includes(typedLang as Lang)) c.set("lang", typedLang as Lang);
      const door = await openUnitDoor(c);
      const form = formOf(c, door, forms);
      const date = c.req.query("date") ?? door.today;
      const day = await dayOf(c, door, form, date);
      const values = decodeForm(entryForm(form), entries);
      const go = lastOf(entries, "_go");
      // The language switch and the way back post the page too: nothing is sent yet, nothing typed is lost.
      if (typedLang || go === "edit") return showDay(c, door, form, day, { values });
      if (await slowed(c, door.token)) {
        c.header("Retry-After", String(SLOW_SECONDS));
        const fault = problem.slowDown(SLOW_SECONDS).problem.title;
        return showDay(c, door, form, day, { values, fault, status: 429 });
      }
      const { lang, now, zone, today, unit } = door;
      const valid = validate(entryForm(form), values, { lang, now, zone });
      if (!valid.ok) return showDay(c, door, form, day, { values, errors: valid.errors, status: 422 });
      const answers = valid.values as Record<string, unknown>;
      try {
        if (go !== "send") {
          const { standing } = day;
          const plan = planEntry(answers, { form, date, today, lang, standing });
          if (plan.act === "already") return showDay(c, door, form, day, { values, fault: COUNT.same });
          return showCheck(c, door, form, day, values, countsOf(form, answers));
        }
        const clientId = lastOf(entries, "clientId") ?? "";
        await submitCount(c.get("deps"), {
          ...{ clientId, form, unitCode: unit.code, date, values: answers, door: "unit", lang },
        });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        const { errors, code } = error.problem;
        if (errors)
          return showDay(c, door, form, day, { values, errors: errors.map(onPage(form)), status: 422 });
        if (code === "content-differs")
          return showDay(c, door, form, day, { values, fault: COUNT.sent, status: 409 });
        throw error;
      }
      return c.redirect(door.href(`/counts/${form.name}?date=${date}&done=1`), 303);
    });

export const unitCountRoutes = createUnitCountRoutes(countForms);

/** A client id is no question of this page: its error stands with the first count, and the page brings a fresh one. */
const onPage =
  (form: CountForm) =>
  (error: FieldError): FieldError =>
    error.path === "clientId" ? { ...error, path: countFields(form)[0]?.name ?? "" } : error;

/** The form of the address. Throws formUnknown, and notTheirs where this kind of unit does not fill it in. */
function formOf(c: AppContext, { unit }: UnitDoor, forms: readonly CountForm[]): CountForm {
  const form = countFormNamed(forms, c.req.param("form") ?? "");
  if (!form) throw countProblem.formUnknown();
  if (!form.count.kinds.includes(unit.kind)) throw countProblem.notTheirs();
  return form;
}

type Day = Awaited<ReturnType<typeof dayOf>>;

/** A day as it stands, with what the form's days come to with it and without. Throws countProblem.date. */
async function dayOf(c: AppContext, { unit, today, zone }: UnitDoor, form: CountForm, date: string) {
  checkCountDate(date, today);
  const { db } = c.get("deps");
  const row = await findUnit(db, unit.code);
  if (!row) throw problem.unitNotFound();
  const days = await listEntries(db, [form.name], unit.code, daysOf(row, today, zone));
  const standing = days.find((day) => day.date === date);
  const others = totalsOf(
    form,
    days.filter((day) => day !== standing),
  );
  return { date, days, standing, others, totals: totalsOf(form, days) };
}

type Shown = {
  values: unknown;
  errors?: FieldError[];
  fault?: Problem["title"];
  status?: 200 | 409 | 422 | 429;
};
const showDay = (c: AppContext, door: UnitDoor, form: CountForm, day: Day, shown: Shown) => {
  const { status = 200, ...rest } = shown;
  return c.html(
    <CountPage {...day} {...rest} door={door} form={form} clientId={c.get("deps").newId()} />,
    status,
  );
};

const showCheck = (
  c: AppContext,
  door: UnitDoor,
  form: CountForm,
  day: Day,
  values: Record<string, unknown>,
  counts: Day["others"],
) =>
  c.html(
    <CheckCountPage
      {...{ ...day, door, form, values, counts, clientId: c.get("deps").newId(), before: day.totals }}
      after={totalsOf(form, withDay(day.days, { date: day.date, counts }))}
    />,
  );

/** The forms that concern this unit: those that it fills in, and those that units below it do. */
async function viewsOf(c: AppContext, door: UnitDoor, forms: readonly CountForm[]): Promise<CountsView[]> {
  const { db } = c.get("deps");
  const { unit, now, today, zone } = door;
  const above = unit.kind === "county" || unit.kind === "town" || unit.kind === "village";
  const own = forms.filter(({ count }) => count.kinds.includes(unit.kind));
  const due = own.flatMap(({ name, count }) => (count.due ? [name] : []));
  const [row, total, subtree, owed] = await Promise.all([
    findUnit(db, unit.code),
    findTotals(db, unit.code),
    above ? countTyped(db, unit, { asOf: now, from: now }) : [],
    listCountsOwed(db, unit.code, due, today),
  ]);
  const below = subtree.filter(({ code, closed, asOf }) => code !== unit.code && (!closed || asOf));
  const entries = row
    ? await listEntries(
        db,
        own.map(({ name }) => name),
        unit.code,
        daysOf(row, today, zone),
      )
    : [];
  return forms.flatMap((form): CountsView[] => {
    const fills = below.filter(({ kind, asOf }) =>
      Boolean(asOf?.[form.name] || (form.count.kinds as readonly string[]).includes(kind)),
    );
    const isOwn = own.includes(form);
    if (!isOwn && fills.length === 0) return [];
    const last = entries.findLast((entry) => entry.form === form.name);
    const totals = total?.totals[form.name] ?? {};
    const dueToday = owed.find((one) => one.form === form.name);
    return [
      {
        form,
        own: isOwn,
        last,
        totals,
        owed: dueToday,
        ...(fills.length > 0 ? { below: belowOf(form, fills) } : {}),
      },
    ];
  });
}

function belowOf(form: CountForm, units: readonly UnitTotals[]): NonNullable<CountsView["below"]> {
  const values = typedValues(units, [form]);
  const known = countFields(form).flatMap(({ name }): [string, number][] => {
    const value = values[`${form.name}.${name}`];
    return value === null || value === undefined ? [] : [[name, value]];
  });
  const unfilled = units.filter(({ asOf }) => !asOf?.[form.name]).map(({ name }) => name);
  return { all: units.length, totals: Object.fromEntries(known), unfilled };
}
