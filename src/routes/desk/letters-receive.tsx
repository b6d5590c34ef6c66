import { registration } from "../../../forms/registration.ts";
import { listAnswers } from "../../db/letter.ts";
import { villagesOf } from "../../db/letter-list.ts";
import { findByNonce, findReceived, type Received } from "../../db/letter-received.ts";
import { type LetterPackage, openPackage } from "../../domain/letter-package.ts";
import { withinScope } from "../../domain/office.ts";
import { type FieldError, type Problem, ProblemError, problem } from "../../domain/problem.ts";
import { unknownUnit } from "../../domain/submission.ts";
import { decodeForm } from "../../forms/encode.ts";
import { validate } from "../../forms/validate.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import {
  acceptLetter,
  fetchPackage,
  giveAnswer,
  judgePackage,
  postOpenAnswers,
  proposedCase,
  readLink,
} from "../../http/desk/letter-receive.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { lastOf, readForm, rowsAction } from "../../http/page-form.ts";
import { refusalOf } from "../../http/unit-acts.ts";
import { readFields } from "../../http/unit-door.ts";
import { AcceptPage, ReceivedPage, ReceivePage } from "../../views/desk/letters-receive.tsx";
import type { LETTERS } from "../../views/desk/letters-words.ts";

/*
 * /desk/letters/receive: a letter of another county's service is fetched by its link, shown, and registered once somebody
 * accepts it. /desk/letters/received/<case>: what is answered to it, which goes back by itself.
 */
export const receiveRoutes = factory
  .createApp()
  .get("/", (c) => c.html(<ReceivePage desk={openDesk(c, "settle")} link="" errors={[]} />))
  .post("/", async (c) => {
    const desk = openDesk(c, "settle");
    const entries = await readForm(c);
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    const deps = c.get("deps");
    const text = (lastOf(entries, "link") ?? "").slice(0, 4_000);
    const sent = lastOf(entries, "package");
    let letter: LetterPackage | undefined;
    let signed = "";
    try {
      const link = readLink(deps, text, desk.lang);
      signed = sent ?? (await fetchPackage(deps, link));
      letter = await judgePackage(deps, signed, link);
      if (sent === undefined)
        return await showAccept(c, desk, { text, signed, letter, input: proposed(letter, desk) });
      return await accept(c, desk, { text, signed, letter, entries, link });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error;
      return refused(c, desk, text, error.problem, signed);
    }
  });

const proposed = (letter: LetterPackage, { now, zone, lang }: Desk) => proposedCase(letter, now, zone, lang);

type Accepting = {
  text: string;
  signed: string;
  letter: LetterPackage;
  entries: [string, string][];
  link: { origin: string; token: string };
};
async function accept(c: AppContext, desk: Desk, { text, signed, letter, entries, link }: Accepting) {
  const { lang, now, zone } = desk;
  const input: Record<string, unknown> = {
    ...decodeForm(registration, entries),
    ...{ filledBy: "unit", source: "letter" },
  };
  const rows = rowsAction(registration, input, lastOf(entries, "_action"));
  if (rows) return showAccept(c, desk, { text, signed, letter, input: rows.input });
  const judged = validate(registration, input, { lang, now, zone });
  const again = (errors: readonly FieldError[]) =>
    showAccept(c, desk, { text, signed, letter, input, errors }, 422);
  if (!judged.ok) return again(judged.errors);
  const { values } = judged;
  if (!withinScope(desk.scope, values.unit)) return again(unknownUnit(lang).problem.errors ?? []);
  let id = "";
  const fault = await refusalOf(async () => {
    id = await acceptLetter(c.get("deps"), desk, letter, link, { values, unitCode: values.unit });
  });
  if (fault?.errors) return again(fault.errors);
  // Somebody accepted it a moment ago, with other words.
  if (fault) id = (await findByNonce(c.get("deps").db, letter.nonce)) ?? "";
  if (!id) throw problem.alreadySettled();
  return c.redirect(desk.href(`/letters/received/${id}?did=receive`), 303);
}

async function showAccept(
  c: AppContext,
  desk: Desk,
  one: {
    text: string;
    signed: string;
    letter: LetterPackage;
    input: unknown;
    errors?: readonly FieldError[];
  },
  status: 200 | 422 = 200,
) {
  const { number, from, why, dueAt } = one.letter;
  return c.html(
    <AcceptPage
      desk={desk}
      link={one.text}
      signed={one.signed}
      letter={{ number, from, why, dueAt: new Date(dueAt) }}
      input={one.input}
      units={await villagesOf(c.get("deps").db, desk.scope)}
      errors={one.errors ?? []}
    />,
    status,
  );
}

/** The page for a link again, with what was wrong; of a letter that came before, the way to its case. */
async function refused(c: AppContext, desk: Desk, text: string, fault: Problem, signed: string) {
  const { lang, now } = desk;
  const deps = c.get("deps");
  let known: string | undefined;
  if (fault.code === "letter-package-known") {
    const link = readLink(deps, text, lang);
    known = await findByNonce(deps.db, (await openPackage(signed, { ...link, now })).nonce);
    const seen = known ? await findReceived(deps, known) : undefined;
    if (!seen || !desk.sees(seen.unitCode)) known = undefined;
  }
  const errors = fault.errors ?? [{ path: "link", code: fault.code, message: fault.title[lang] }];
  return c.html(
    <ReceivePage desk={desk} link={text.slice(0, 500)} errors={errors} known={known} />,
    fault.status,
  );
}

export const receivedRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = openDesk(c);
    const did = c.req.query("did");
    return showReceived(c, desk, await receivedOf(c, desk), {
      done: did === "receive" || did === "answer" ? did : undefined,
    });
  })
  .post("/", async (c) => {
    const { clientId = "", kind = "", by = "", text = "" } = await readFields(c, 2_000);
    const desk = openDesk(c, "settle");
    const received = await receivedOf(c, desk);
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    const typed = { clientId, kind, by, text };
    const fault = await refusalOf(() => giveAnswer(c.get("deps"), desk, received, typed));
    if (!fault) return c.redirect(desk.href(`/letters/received/${received.householdId}?did=answer`), 303);
    const stale = fault.errors?.some(({ path }) => path === "clientId");
    const errors = (
      fault.errors ?? [{ path: "kind", code: fault.code, message: fault.title[desk.lang] }]
    ).map((one) => (one.path === "clientId" ? { ...one, path: "kind" } : one));
    const again = stale ? { ...typed, clientId: c.get("deps").newId() } : typed;
    return showReceived(c, desk, received, { errors, typed: again }, fault.errors ? 422 : 409);
  })
  .post("/post", async (c) => {
    const desk = openDesk(c, "settle");
    const received = await receivedOf(c, desk);
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    await postOpenAnswers(c.get("deps"), received);
    return c.redirect(desk.href(`/letters/received/${received.householdId}`), 303);
  });

/** The letter that the case of the address came by. Throws caseNotFound. */
async function receivedOf(c: AppContext, desk: Desk): Promise<Received> {
  const id = c.req.param("id") ?? "";
  const found = /^[A-Z]{1,4}-\d{4}-\d{4}$/.test(id) ? await findReceived(c.get("deps"), id) : undefined;
  if (!found || !desk.sees(found.unitCode)) throw problem.caseNotFound();
  return found;
}

async function showReceived(
  c: AppContext,
  desk: Desk,
  { householdId, number, details, dueAt, answeredAt }: Received,
  more: {
    errors?: readonly FieldError[];
    typed?: { clientId: string; kind: string; by: string; text: string };
    done?: keyof typeof LETTERS.done;
  },
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const { officer } = desk;
  return c.html(
    <ReceivedPage
      desk={desk}
      letter={{ householdId, number, from: details.from, why: details.why, dueAt, answeredAt }}
      answers={await listAnswers(deps, householdId)}
      caseHref={desk.href(`/people/${householdId}-1`)}
      errors={more.errors ?? []}
      typed={more.typed ?? { clientId: deps.newId(), by: `${officer.unit.name} ${officer.name}` }}
      done={more.done}
    />,
    status,
  );
}
