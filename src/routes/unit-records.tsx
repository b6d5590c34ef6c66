import { recordForms } from "../../forms/records.ts";
import { countOpen, kindsBelow, listDecisions, listRecords } from "../db/record-list.ts";
import { findUnit } from "../db/unit.ts";
import { type FieldError, type Problem, ProblemError, problem } from "../domain/problem.ts";
import { recordProblem } from "../domain/record-problem.ts";
import type { RecordForm } from "../forms/define.ts";
import { decodeForm } from "../forms/encode.ts";
import { FILED, recordFields, recordFormNamed } from "../forms/record.ts";
import { validate } from "../forms/validate.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { formBodies, SLOW_SECONDS, sameSite, slowed } from "../http/guards.ts";
import { chosenLang, isClientId, lastOf, readForm } from "../http/page-form.ts";
import { placeChoices } from "../http/place-choices.ts";
import { doorOf } from "../http/rapid.ts";
import { registerRecord } from "../http/register-record.ts";
import { fileRecord } from "../http/submit-record.ts";
import { openUnitDoor, type UnitDoor } from "../http/unit-door.ts";
import { atOwnLink, briefOf, files, openOf, recordFormOf, todaysHours } from "../http/unit-record.ts";
import { CheckRecordPage, NewRecordPage } from "../views/unit-record-form.tsx";
import { RecordListPage, statesLike } from "../views/unit-record-list.tsx";
import { RECORD } from "../views/unit-record-words.ts";
import { RecordsPage } from "../views/unit-records.tsx";
import { createUnitRecordRoutes } from "./unit-record.tsx";

/** Records on a page; decisions listed at most. */
const SHOWN = 30;
const DECISIONS = 50;

/*
 * /u/<token>/records: what is filed one by one. Pages, checks and steps follow from the form files alone.
 */
export const createUnitRecordsRoutes = (forms: readonly RecordForm[]) =>
  factory
    .createApp()
    .use("/records/*", sameSite)
    .get("/records", async (c) => showForms(c, await openUnitDoor(c), forms))
    .get("/records/:form", async (c) => {
      const door = await openUnitDoor(c);
      return showList(c, door, recordFormOf(c, door, forms));
    })
    .get("/records/:form/new", async (c) => {
      const door = await openUnitDoor(c);
      return showNew(c, door, await filingForm(c, door, forms), { values: {} });
    })
    .post("/records/:form/new", formBodies, async (c) => {
      const entries = await readForm(c);
      const typedLang = chosenLang(entries);
      if (typedLang) c.set("lang", typedLang);
      const door = await openUnitDoor(c);
      const form = await filingForm(c, door, forms);
      const values = decodeForm(form, entries);
      const given = lastOf(entries, "clientId") ?? "";
      const clientId = isClientId(given) ? given : c.get("deps").newId();
      const [go, focus] = [lastOf(entries, "_go"), lastOf(entries, "_change")];
      // The language switch and the ways back post the page too: nothing is sent yet, nothing typed is lost.
      if (typedLang || focus || go === "edit") return showNew(c, door, form, { values, clientId, focus });
      if (await slowed(c, door.token)) {
        c.header("Retry-After", String(SLOW_SECONDS));
        const fault = problem.slowDown(SLOW_SECONDS).problem.title;
        return showNew(c, door, form, { values, clientId, fault, status: 429 });
      }
      const { lang, now, zone, unit, actor } = door;
      const valid = validate(form, values, { lang, now, zone });
      if (!valid.ok) return showNew(c, door, form, { values, clientId, errors: valid.errors, status: 422 });
      const answers = valid.values as Record<string, unknown>;
      if (go !== "send") {
        const units = await placeChoices(c.get("deps"), form, door.unit.code);
        return c.html(<CheckRecordPage {...{ door, form, clientId, values, units }} valid={answers} />);
      }
      try {
        const sent = { clientId, form, values: answers, door: doorOf(door), lang };
        const receipt = await fileRecord(c.get("deps"), { ...sent, unitCode: unit.code, actor });
        await registerRecord(c.get("deps"), { ...sent, receipt });
        return c.redirect(door.href(`/records/${form.name}/${receipt.id}?done=${FILED}`), 303);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        const { errors, code } = error.problem;
        if (errors)
          return showNew(c, door, form, {
            ...{ values, clientId, status: 422 },
            errors: errors.map(onPage(form)),
          });
        if (code === "content-differs")
          return showNew(c, door, form, { values, fault: RECORD.sent, status: 409 });
        throw error;
      }
    })
    .route("/", createUnitRecordRoutes(forms));

export const unitRecordsRoutes = createUnitRecordsRoutes(recordForms);

/** An error of what the page carries unseen stands with its first question. */
const onPage =
  (form: RecordForm) =>
  (error: FieldError): FieldError => {
    const asked = recordFields(form);
    return asked.some(({ name }) => error.path === name || error.path.startsWith(`${name}.`))
      ? error
      : { ...error, path: asked[0]?.name ?? "" };
  };

/** A form that this unit files itself. Throws notTheirs for others, unitNotFound for a unit that is closed. */
async function filingForm(c: AppContext, door: UnitDoor, forms: readonly RecordForm[]): Promise<RecordForm> {
  const form = recordFormOf(c, door, forms);
  if (!files(form, door.unit.kind)) throw recordProblem.notTheirs();
  if (await isClosed(c, door)) throw problem.unitNotFound();
  return form;
}

async function isClosed(c: AppContext, { unit, now }: UnitDoor): Promise<boolean> {
  const row = await findUnit(c.get("deps").db, unit.code);
  return !row || (row.closedAt !== null && row.closedAt <= now);
}

type Shown = {
  values: unknown;
  clientId?: string;
  errors?: FieldError[];
  fault?: Problem["title"];
  focus?: string | undefined;
  status?: 200 | 409 | 422 | 429;
};
async function showNew(c: AppContext, door: UnitDoor, form: RecordForm, shown: Shown) {
  const deps = c.get("deps");
  const { status = 200, clientId = deps.newId(), ...rest } = shown;
  const units = await placeChoices(deps, form, door.unit.code);
  return c.html(<NewRecordPage {...rest} {...{ door, form, clientId, units }} />, status);
}

/** The forms that concern this unit: those that it files, and those that units below it file. */
async function showForms(c: AppContext, door: UnitDoor, forms: readonly RecordForm[]) {
  const deps = c.get("deps");
  const { unit, now } = door;
  const [closed, kinds] = await Promise.all([isClosed(c, door), kindsBelow(deps.db, unit.code)]);
  const own = closed ? [] : forms.filter((form) => files(form, unit.kind));
  const below = forms.filter((form) => form.record.kinds.some((kind) => kinds.has(kind)));
  const named = (list: readonly RecordForm[]) => list.map(({ name }) => name);
  const [ownCounts, allCounts, decisions] = await Promise.all([
    countOpen(deps.db, named(own), { code: unit.code, own: true }, now),
    countOpen(deps.db, named(below), { code: unit.code }, now),
    listDecisions(deps.db, unit.code, DECISIONS),
  ]);
  const none = { open: 0, overdue: 0 };
  const ownViews = own.map((form) => ({ form, ...(ownCounts.get(form.name) ?? none) }));
  const belowViews = below.map((form) => {
    const [all, mine] = [allCounts.get(form.name) ?? none, ownCounts.get(form.name) ?? none];
    return { form, open: all.open - mine.open, overdue: all.overdue - mine.overdue };
  });
  return c.html(
    <RecordsPage
      door={door}
      own={ownViews}
      below={belowViews.length > 0 ? belowViews : undefined}
      decides={unit.kind === "county" || unit.kind === "town"}
      limit={DECISIONS}
      decisions={decisions.flatMap(({ form: name, ...one }) => {
        const form = recordFormNamed(forms, name);
        return form ? [{ ...one, form }] : [];
      })}
    />,
  );
}

async function showList(c: AppContext, door: UnitDoor, form: RecordForm) {
  const deps = c.get("deps");
  const { unit, now } = door;
  const states = statesLike(form, c.req.query("state") ?? "");
  const after = c.req.query("after");
  const scope = { code: unit.code };
  const [page, counts, { hours }, closed] = await Promise.all([
    listRecords(
      deps,
      { form: form.name, scope, states },
      { after, limit: SHOWN, said: door.css === undefined && files(form, unit.kind) },
    ),
    openOf(deps, form, scope, now),
    todaysHours(deps, form, scope, door),
    isClosed(c, door),
  ]);
  return c.html(
    <RecordListPage
      {...counts}
      {...{ door, form, hours, next: page.next, state: states?.[0] }}
      own={files(form, unit.kind) && !closed}
      continued={after !== undefined}
      lines={page.items.map(({ facts, said, unitCode, unitName, ...one }) => ({
        ...one,
        unitName: unitCode === unit.code ? undefined : unitName,
        brief: briefOf(form, atOwnLink(door, unitCode) ? { ...facts, ...said } : facts, door),
      }))}
    />,
  );
}
