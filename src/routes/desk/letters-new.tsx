import { recordAct } from "../../db/audit.ts";
import { runBatch } from "../../db/store.ts";
import { LETTER_ITEMS } from "../../domain/letter.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { localClock, localDate } from "../../domain/time.ts";
import { LANGS } from "../../forms/define.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import {
  type LetterSubject,
  openSubject,
  proposedLetterDue,
  readLetter,
  type TypedLetter,
  writeLetter,
} from "../../http/desk/letters.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { readForm } from "../../http/page-form.ts";
import { refusalOf } from "../../http/unit-acts.ts";
import { NewLetterPage, type NewLetterProps } from "../../views/desk/letters-new.tsx";
import { LETTERS } from "../../views/desk/letters-words.ts";
import { withLang } from "../../views/layout.tsx";
import { letterText } from "../../views/letter-text.ts";

/** /desk/letters/new/<person>: a letter about the people of a case, seen whole before it is written. */
export const newLetterRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = openDesk(c, "issue");
    const subject = await openSubject(c, desk);
    const due = proposedLetterDue(desk.now, c.get("deps").settings);
    return showNew(c, desk, subject, {
      ...{ clientId: c.get("deps").newId(), county: "", address: "", email: "", whereabouts: "" },
      ...{ why: LETTERS.whyStart[desk.lang], persons: [subject.id], items: [...LETTER_ITEMS] },
      ...{ dueDate: localDate(due, desk.zone), dueTime: localClock(due, desk.zone) },
    });
  })
  .post("/", async (c) => {
    const { typed, go, lang } = await readTyped(c);
    const desk = speaking(openDesk(c, "issue"), lang);
    const subject = await openSubject(c, desk);
    if (lang || go === "change") return showNew(c, desk, subject, typed);
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    const deps = c.get("deps");
    let id = "";
    let letter: Awaited<ReturnType<typeof readLetter>> | undefined;
    const fault = await refusalOf(async () => {
      letter = await readLetter(deps, desk, subject, typed);
      if (go === "send") id = await writeLetter(deps, desk, subject, typed.clientId, letter);
    });
    if (id) return c.redirect(desk.href(`/letters/${id}?did=write`), 303);
    const anew = { ...typed, clientId: deps.newId() };
    if (fault && !fault.errors) return showNew(c, desk, subject, anew, { sentBefore: true }, 409);
    if (fault?.errors) {
      const stale = fault.errors.some(({ path }) => path === "clientId");
      const errors = fault.errors.map((one) => (one.path === "clientId" ? { ...one, path: "county" } : one));
      return showNew(c, desk, subject, stale ? anew : typed, { errors }, 422);
    }
    if (!letter) throw problem.unavailable();
    // The letter shows what is sealed: looked at before it is written it is on record like any other look.
    await runBatch(deps.db, [
      recordAct(deps.db, {
        ...{ id: deps.newId(), actor: desk.actor, act: "preview-letter", subjectId: subject.home.id },
        ...{ unitCode: subject.home.unitCode, recordedAt: desk.now },
      }),
    ]);
    const script = desk.lang === "zh-Hant" ? "zh-Hant" : "zh-Hans";
    const preview = letterText(
      { id: "", ...letter, recordedAt: desk.now },
      { lang: script, zone: desk.zone },
    );
    return showNew(c, desk, subject, typed, { preview });
  });

async function readTyped(c: AppContext) {
  const entries = await readForm(c);
  const last = (name: string) => entries.findLast(([one]) => one === name)?.[1].slice(0, 3_000) ?? "";
  const all = (name: string) =>
    entries.flatMap(([one, value]) => (one === name ? [value.slice(0, 40)] : [])).slice(0, 40);
  const typed: TypedLetter = {
    ...{ clientId: last("clientId"), county: last("county"), address: last("address"), email: last("email") },
    ...{ whereabouts: last("whereabouts"), why: last("why") },
    ...{ dueDate: last("dueDate"), dueTime: last("dueTime"), persons: all("persons"), items: all("items") },
  };
  return { typed, go: last("_go"), lang: last("_lang") };
}

/** The desk in the language that a switch asked for. */
function speaking(desk: Desk, asked: string): Desk {
  const lang = LANGS.find((one) => one === asked) ?? desk.lang;
  return { ...desk, lang, href: (path) => withLang(desk.at(path), lang) };
}

function showNew(
  c: AppContext,
  desk: Desk,
  { id, home }: LetterSubject,
  typed: TypedLetter,
  more: Pick<NewLetterProps, "preview" | "sentBefore"> & { errors?: readonly FieldError[] } = {},
  status: 200 | 409 | 422 = 200,
) {
  const people = home.people.map((one) => ({ id: one.id, name: one.name }));
  return c.html(
    <NewLetterPage errors={[]} {...more} desk={desk} id={id} people={people} typed={typed} />,
    status,
  );
}
