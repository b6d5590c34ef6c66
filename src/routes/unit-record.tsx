import { recordAct } from "../db/audit.ts";
import type { ShownRecord } from "../db/record-shown.ts";
import { runBatch } from "../db/store.ts";
import { type FieldError, type Problem, ProblemError, problem } from "../domain/problem.ts";
import { stepOf } from "../domain/record.ts";
import { decidesFor } from "../domain/record-duty.ts";
import type { Lang, RecordForm, RecordStep } from "../forms/define.ts";
import { decodeForm } from "../forms/encode.ts";
import { dutyIn, FILED, mayWithdraw, stepForm, stepNamed, stepsFrom, WITHDRAWN } from "../forms/record.ts";
import { validate } from "../forms/validate.ts";
import { shortLabel } from "../forms/words.ts";
import { type AppContext, type Deps, factory } from "../http/factory.ts";
import { formBodies, SLOW_SECONDS, slowed } from "../http/guards.ts";
import { chosenLang, isClientId, lastOf, readForm } from "../http/page-form.ts";
import { placeChoices } from "../http/place-choices.ts";
import { doorOf } from "../http/rapid.ts";
import { missedRegistration } from "../http/register-record.ts";
import { takeStep } from "../http/submit-record.ts";
import { whoActed } from "../http/unit-acts.ts";
import { openUnitDoor, readFields, type UnitDoor } from "../http/unit-door.ts";
import { atOwnLink, recordFormOf, shownRecordOf } from "../http/unit-record.ts";
import { answerWords } from "../views/answers.tsx";
import { RecordPage, type RecordPageProps } from "../views/unit-record.tsx";
import { named } from "../views/unit-record-form.tsx";
import { RECORD } from "../views/unit-record-words.ts";

/** A number as every record has it. What else stands at this place of an address is another page's. */
const ID = "/records/:form/:id{[A-Z]+-[0-9]+-[0-9]+}";

/* /u/<token>/records/<form>/<number>: one record, its next step, and what became of it. */
export const createUnitRecordRoutes = (forms: readonly RecordForm[]) =>
  factory
    .createApp()
    .get(ID, async (c) => {
      const door = await openUnitDoor(c);
      const form = recordFormOf(c, door, forms);
      const one = await shownRecordOf(c, door, form);
      const [done, step] = [c.req.query("done"), c.req.query("step")];
      return showRecord(c, door, form, one, {
        done: done === one.state ? done : undefined,
        first: step,
      });
    })
    .post(`${ID}/reveal`, formBodies, async (c) => {
      const { purpose = "" } = await readFields(c);
      const door = await openUnitDoor(c);
      if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
      const form = recordFormOf(c, door, forms);
      const one = await shownRecordOf(c, door, form);
      if (!Object.hasOwn(RECORD.purposes, purpose)) {
        const message = RECORD.choosePurpose[door.lang];
        const errors: FieldError[] = [{ path: "purpose", code: "required", message }];
        return showRecord(c, door, form, one, { errors, status: 422 });
      }
      const { db, newId, now } = c.get("deps");
      // On record first: whoever sees it was written down.
      await runBatch(db, [
        recordAct(db, {
          ...{ id: newId(), actor: door.actor, act: `reveal-record/${purpose}` },
          ...{ subjectId: one.id, unitCode: one.unitCode, recordedAt: now() },
        }),
      ]);
      return showRecord(c, door, form, await shownRecordOf(c, door, form, { reveal: true }), {
        revealed: true,
      });
    })
    .post(`${ID}/:step`, formBodies, async (c) => {
      const entries = await readForm(c);
      const typedLang = chosenLang(entries);
      if (typedLang) c.set("lang", typedLang);
      const door = await openUnitDoor(c);
      const form = recordFormOf(c, door, forms);
      const step = stepOf(form, c.req.param("step"));
      const one = await shownRecordOf(c, door, form);
      const name = step === WITHDRAWN ? WITHDRAWN : step.name;
      const values = step === WITHDRAWN ? whyOf(entries) : decodeForm(stepForm(form, step), entries);
      const typed = { step: name, values };
      const shown = { typed, first: name };
      if (typedLang) return showRecord(c, door, form, one, shown);
      if (await slowed(c, door.token)) {
        c.header("Retry-After", String(SLOW_SECONDS));
        const fault = problem.slowDown(SLOW_SECONDS).problem.title;
        return showRecord(c, door, form, one, { ...shown, fault, status: 429 });
      }
      const { lang, now, zone, unit, actor } = door;
      const given = lastOf(entries, "clientId") ?? "";
      const clientId = isClientId(given) ? given : c.get("deps").newId();
      const valid =
        step === WITHDRAWN
          ? { ok: true as const, values: { reason: whyOf(entries).whyWithdrawn.trim() } }
          : validate(stepForm(form, step), values, { lang, now, zone });
      if (!valid.ok) return showRecord(c, door, form, one, { ...shown, errors: valid.errors, status: 422 });
      try {
        await takeStep(c.get("deps"), {
          ...{ form, unitCode: unit.code, id: one.id, step: name, clientId, door: doorOf(door), actor, lang },
          values: valid.values as Record<string, unknown>,
        });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        const { errors, code } = error.problem;
        const fresh = await shownRecordOf(c, door, form);
        if (errors)
          return showRecord(c, door, form, fresh, { ...shown, errors: errors.map(onPage), status: 422 });
        if (code === "record-step-closed" || code === "content-differs") {
          const lines =
            step === WITHDRAWN ? [] : linesOf(step, valid.values as Record<string, unknown>, door);
          const lost = { ...typed, lines };
          return showRecord(c, door, form, fresh, { first: name, typed: lost, beaten: true, status: 409 });
        }
        throw error;
      }
      return c.redirect(door.href(`/records/${form.name}/${one.id}?done=${name}`), 303);
    });

const whyOf = (entries: [string, string][]) => ({
  whyWithdrawn: (lastOf(entries, "whyWithdrawn") ?? "").slice(0, 500),
});
const onPage = (error: FieldError): FieldError =>
  error.path === "reason" ? { ...error, path: "whyWithdrawn" } : error;

/** What was typed for a step that somebody else took first. */
const linesOf = ({ fields = [] }: RecordStep, values: Record<string, unknown>, door: UnitDoor) =>
  fields.flatMap((field) =>
    values[field.name] === undefined
      ? []
      : [{ label: shortLabel(field, door.lang), text: answerWords(field, values[field.name], door) }],
  );

type Shown = {
  done?: string | undefined;
  /** The step whose questions stand first. */
  first?: string | undefined;
  revealed?: boolean;
  errors?: FieldError[];
  fault?: Problem["title"];
  typed?: RecordPageProps["typed"];
  beaten?: boolean;
  status?: 200 | 409 | 422 | 429;
};

async function showRecord(c: AppContext, door: UnitDoor, form: RecordForm, one: ShownRecord, shown: Shown) {
  const deps = c.get("deps");
  const { now, zone } = door;
  const { first, beaten, status = 200, revealed = false, done, errors, fault, typed } = shown;
  const open = one.endedAt ? [] : stepsFrom(form, one.state, one.facts, { now, zone });
  const decides = decidesFor(door.unit.code, one.unitCode);
  const mine = open.filter(({ by }) => by === "unit" || decides);
  const steps = [...mine].sort((a, b) => Number(b.name === first) - Number(a.name === first));
  const [units, whos] = await Promise.all([placeChoices(deps, form, door.unit.code), whoOf(c, door, one)]);
  const own = revealed || atOwnLink(door, one.unitCode);
  const may = c.get("desk")?.may("reveal") ?? true;
  const last = one.events[0];
  const missed = await missedOf(deps, form, one, { own, lang: door.lang });
  return c.html(
    <RecordPage
      {...{ door, form, errors, fault, typed, revealed, units, steps, done, missed }}
      one={{
        ...one,
        answers: named(form, { ...one.facts, ...one.said }, units),
        events: one.events.map(({ actor, facts, said, ...event }) => ({
          ...event,
          who: whos.get(actor) ?? "",
          answers: named(form, { ...facts, ...said }, units),
          reason: event.step === WITHDRAWN && typeof said.reason === "string" ? said.reason : undefined,
        })),
      }}
      clientId={deps.newId()}
      personal={own ? "shown" : may ? "ask" : "never"}
      owed={dutyIn(form, one.state, one.facts, { now, zone })?.what}
      above={open.filter((step) => !mine.includes(step))}
      mayWithdraw={mayWithdraw(one)}
      beaten={
        beaten && last
          ? { who: whos.get(last.actor) ?? "", at: last.recordedAt, state: stateNamed(form, last.step) }
          : undefined
      }
    />,
    status,
  );
}

/** What kept a record that still stands from becoming a registration. Why, only where its personal answers are shown anyhow. */
async function missedOf(
  deps: Deps,
  form: RecordForm,
  one: ShownRecord,
  { own, lang }: { own: boolean; lang: Lang },
): Promise<string[] | undefined> {
  if (one.sealedOffAt || (one.endedAt && one.state !== FILED)) return undefined;
  const { facts, said, occurredAt, householdId } = one;
  const values = { ...facts, ...said };
  const missed = await missedRegistration(deps, form, { values, occurredAt, householdId }, lang);
  return missed && (own ? missed : []);
}

const stateNamed = (form: RecordForm, step: string) =>
  step === WITHDRAWN || stepNamed(form, step) ? step : FILED;

/** Who each of those in its history is, asked once each. */
async function whoOf(c: AppContext, door: UnitDoor, { events }: ShownRecord): Promise<Map<string, string>> {
  const actors = [...new Set(events.map(({ actor }) => actor))];
  return new Map(
    await Promise.all(actors.map(async (actor) => [actor, await whoActed(c, actor, door)] as const)),
  );
}
