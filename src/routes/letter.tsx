import { recordAct } from "../db/audit.ts";
import { runBatch } from "../db/store.ts";
import type { FieldError } from "../domain/problem.ts";
import { problem } from "../domain/problem.ts";
import { localDate } from "../domain/time.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { frameOf } from "../http/frame.ts";
import { formBodies, requireContentType, SLOW_SECONDS, sameSite, slowed } from "../http/guards.ts";
import { answerDoor, type LetterDoor, openLetterDoor, packageOf } from "../http/letter-door.ts";
import { answerLetter } from "../http/submit-letter-answer.ts";
import { refusalOf } from "../http/unit-acts.ts";
import { readFields } from "../http/unit-door.ts";
import { withLang } from "../views/layout.tsx";
import { LetterPage, type LetterPageProps } from "../views/letter.tsx";

/*
 * /l/<token>: a transfer letter for the county it was written to. Looking at the address shows nobody and answers nothing;
 * what is personal comes on a POST, which stands in the history. /carry hands the whole letter, signed, to another
 * deployment of this service, and /answer takes what that one answers.
 */
export const letterRoutes = factory
  .createApp()
  .get("/l/:token", async (c) => {
    const door = await openLetterDoor(c);
    return show(c, door, { done: c.req.query("did") === "answer" });
  })
  .post("/l/:token/show", sameSite, formBodies, async (c) => {
    const door = await openLetterDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    await putOnRecord(c, door, "show-letter");
    const { why, case: of } = door.letter.details;
    return show(c, door, { shown: { why, of } });
  })
  .get("/l/:token/show", async (c) =>
    c.redirect(withLang(`/l/${encodeURIComponent(c.req.param("token"))}`, c.get("lang")), 303),
  )
  .post("/l/:token/answer", sameSite, formBodies, async (c) => {
    const fields = await readFields(c, 2_000);
    const { clientId = "", kind = "", by = "", text = "" } = fields;
    const door = await openLetterDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    const typed = { clientId, kind, by, text };
    const lang = c.get("lang");
    const from = await answerDoor(c, door, fields);
    const fault = await refusalOf(() =>
      answerLetter(c.get("deps"), door.letter.id, typed, {
        ...{ actor: door.actor, lang, door: from },
      }),
    );
    if (!fault) return c.redirect(withLang(`/l/${door.token}?did=answer`, lang), 303);
    // A client id is no question of this page: the page brings a fresh one.
    const stale = !fault.errors || fault.errors.some(({ path }) => path === "clientId");
    const errors = (fault.errors ?? [{ path: "kind", code: fault.code, message: fault.title[lang] }]).map(
      (one) => (one.path === "clientId" ? { ...one, path: "kind" } : one),
    );
    const again = stale ? { ...typed, clientId: c.get("deps").newId() } : typed;
    return show(c, door, { errors, typed: again }, fault.errors ? 422 : 409);
  })
  .post("/l/:token/carry", sameSite, requireContentType("application/json"), async (c) => {
    const door = await openLetterDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    await putOnRecord(c, door, "carry-letter");
    return c.body(await packageOf(c, door), 200, { "Content-Type": "application/json; charset=utf-8" });
  });

/** Who holds the link was shown, or given, what the letter says about people. */
async function putOnRecord(c: AppContext, { actor, letter, now }: LetterDoor, act: string): Promise<void> {
  const { db, newId } = c.get("deps");
  await runBatch(db, [
    recordAct(db, {
      ...{ id: newId(), actor, act, subjectId: letter.id, unitCode: letter.unitCode, recordedAt: now },
    }),
  ]);
}

async function show(
  c: AppContext,
  { token, letter, answers, now }: LetterDoor,
  more: Pick<LetterPageProps, "shown" | "done"> & {
    errors?: readonly FieldError[];
    typed?: LetterPageProps["typed"];
  },
  status: 200 | 409 | 422 = 200,
) {
  const { newId, settings } = c.get("deps");
  const { details, id, dueAt, receivedAt, answeredAt, withdrawnAt, recordedAt: writtenAt } = letter;
  return c.html(
    <LetterPage
      typed={{ clientId: newId() }}
      {...more}
      frame={await frameOf(c)}
      today={localDate(now, settings.TIME_ZONE)}
      token={token}
      link={`${settings.PUBLIC_URL}/l/${token}`}
      letter={{
        ...{ id, dueAt, receivedAt, answeredAt, withdrawnAt, writtenAt },
        ...{ from: details.from, to: details.to.county, persons: details.case.persons.length },
      }}
      answers={answers}
    />,
    status,
  );
}
