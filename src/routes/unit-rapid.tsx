import { recordForms } from "../../forms/records.ts";
import { countByHour, MOST_OF_A_DAY } from "../db/record-hour.ts";
import { type FieldError, problem } from "../domain/problem.ts";
import { formOf } from "../domain/record.ts";
import { daySpan, hourLines } from "../domain/record-hour.ts";
import { recordProblem } from "../domain/record-problem.ts";
import { isDate } from "../domain/time.ts";
import type { RecordForm } from "../forms/define.ts";
import { decodeForm } from "../forms/encode.ts";
import { recordFields } from "../forms/record.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { formBodies, jsonBodies, SLOW_SECONDS, sameSite, slowed } from "../http/guards.ts";
import { readJson } from "../http/json-body.ts";
import { chosenLang, isClientId, lastOf, readForm } from "../http/page-form.ts";
import { placeChoices } from "../http/place-choices.ts";
import { logFault, problemJson, problemOf } from "../http/problems.ts";
import { answerEntries, readEntries } from "../http/rapid.ts";
import { openUnitDoor, type UnitDoor } from "../http/unit-door.ts";
import { HoursPage } from "../views/unit-hours.tsx";
import { RapidPage, type RapidProps } from "../views/unit-rapid.tsx";
import { RAPID_WORKER } from "../views/unit-rapid-assets.ts";

/*
 * /u/<token>/records/<form>/rapid: one record after another, on a phone at the roadside, for every form that says `rapid`. The
 * script sends lists to /rapid/entries; without it the page is a plain form that comes back empty. Mounted before the routes of
 * single records, whose numbers these words are not.
 */
export const createUnitRapidRoutes = (forms: readonly RecordForm[]) =>
  factory
    .createApp()
    .get("/records/:form/rapid", async (c) => {
      const door = await openUnitDoor(c);
      const form = rapidForm(c, door, forms);
      const number = c.req.query("saved") ?? "";
      const saved = /^[A-Z]{1,3}-\d{4}-\d{3,5}$/.test(number) ? { number } : undefined;
      return showRapid(c, door, form, { values: kept(form, c.req.query()), saved });
    })
    .post("/records/:form/rapid", sameSite, formBodies, async (c) => {
      const entries = await readForm(c);
      const lang = chosenLang(entries);
      if (lang) c.set("lang", lang);
      const door = await openUnitDoor(c);
      const form = rapidForm(c, door, forms);
      const typed = decodeForm(form, entries);
      const sentId = lastOf(entries, "clientId") ?? "";
      const clientId = isClientId(sentId) ? sentId : undefined;
      // The language switch posts the page too: nothing is sent yet, nothing typed is lost.
      if (lang) return showRapid(c, door, form, { values: typed, clientId });
      if (await slowed(c, door.token)) {
        c.header("Retry-After", String(SLOW_SECONDS));
        const notice = problem.slowDown(SLOW_SECONDS).problem.title[door.lang];
        return showRapid(c, door, form, { values: typed, clientId, notice }, 429);
      }
      const sent = { clientId: sentId, answers: entries };
      const [result] = await answerEntries(c.get("deps"), door, form, [sent]);
      if (!result || result.status === 422) {
        const errors = onPage(form, result?.errors ?? []);
        // Sent already with other answers: it needs an id of its own.
        const again = errors.some(({ code }) => code === "content-differs") ? undefined : clientId;
        return showRapid(c, door, form, { values: typed, clientId: again, errors }, 422);
      }
      const stays = kept(form, typed);
      // The person's own link is a key: it must not stand in an address of this page.
      if (result.registered || result.mend) return showRapid(c, door, form, { values: stays, saved: result });
      const query = new URLSearchParams([...given(form, stays), ["saved", result.number]]);
      return c.redirect(door.href(`/records/${form.name}/rapid?${query}`), 303);
    })
    .post("/records/:form/rapid/entries", sameSite, jsonBodies, async (c) => {
      // Whatever happens, the page's script gets JSON: it decides by it whether to keep an entry.
      try {
        const door = await openUnitDoor(c);
        const form = rapidForm(c, door, forms);
        if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
        const entries = readEntries((await readJson(c)).entries);
        const results = await answerEntries(c.get("deps"), door, form, entries);
        return c.json({ now: door.now.getTime(), results });
      } catch (error) {
        logFault(error, c);
        return problemJson(c, problemOf(error), c.get("lang"), "page");
      }
    })
    // Says nothing of the unit, so that it also goes on behind a link that was revoked.
    .get("/records/:form/rapid-worker.js", (c) =>
      c.body(RAPID_WORKER, 200, {
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": "no-cache",
      }),
    )
    .get("/records/:form/hours", async (c) => {
      const door = await openUnitDoor(c);
      const form = formOf(forms, c.req.param("form"));
      const { today, zone, unit } = door;
      const asked = c.req.query("date") ?? today;
      const date = isDate(asked) && asked <= today ? asked : today;
      const { db } = c.get("deps");
      const { hours, more } = await countByHour(db, {
        form: form.name,
        unitCode: unit.code,
        ...daySpan(date, zone),
      });
      const lines = hourLines(hours, date, zone);
      return c.html(<HoursPage {...{ door, form, date, lines }} more={more ? MOST_OF_A_DAY : undefined} />);
    });

export const unitRapidRoutes = createUnitRapidRoutes(recordForms);

/** The form of the address. Throws formUnknown, also of one that is not entered in this way, and notTheirs. */
function rapidForm(c: AppContext, { unit }: UnitDoor, forms: readonly RecordForm[]): RecordForm {
  const form = formOf(forms, c.req.param("form") ?? "");
  if (!form.record.rapid) throw recordProblem.formUnknown();
  if (!form.record.kinds.includes(unit.kind)) throw recordProblem.notTheirs();
  return form;
}

/** What stands in the form for the next entry: what it begins with, and what stays of `values`. Never anything personal. */
function kept(form: RecordForm, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { keep = [], starts = {} } = form.record.rapid ?? {};
  const stays = recordFields(form).flatMap(({ name, pii }) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return keep.includes(name) && !pii && typeof value === "string" && value.length <= 100
      ? [[name, value]]
      : [];
  });
  return { ...starts, ...Object.fromEntries(stays) };
}

/** Of those, what differs from how the form begins: for the page's address. */
const given = (form: RecordForm, values: Readonly<Record<string, unknown>>): [string, string][] =>
  (form.record.rapid?.keep ?? []).flatMap((name): [string, string][] =>
    typeof values[name] === "string" && values[name] !== form.record.rapid?.starts?.[name]
      ? [[name, values[name]]]
      : [],
  );

/** What is no question of this page stands with its first one. */
function onPage(form: RecordForm, errors: readonly FieldError[]): FieldError[] {
  const names = recordFields(form).map(({ name }) => name);
  return errors.map((error) =>
    names.includes(error.path.split(".")[0] ?? "") ? error : { ...error, path: names[0] ?? "" },
  );
}

type Shown = Pick<RapidProps, "values" | "errors" | "notice" | "saved"> & { clientId?: string | undefined };

async function showRapid(
  c: AppContext,
  door: UnitDoor,
  form: RecordForm,
  { clientId, ...shown }: Shown,
  status: 200 | 422 | 429 = 200,
) {
  const deps = c.get("deps");
  const units = await placeChoices(deps, form, door.unit.code);
  return c.html(
    <RapidPage
      {...{ ...shown, door, form, units }}
      clientId={clientId ?? deps.newId()}
      offline={door.nav === undefined}
    />,
    status,
  );
}
