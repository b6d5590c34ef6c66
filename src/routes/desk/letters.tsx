import { recordActOnce } from "../../db/audit.ts";
import { type Letter, listAnswers, readReplies, renewLetterLink, withdrawLetter } from "../../db/letter.ts";
import { LISTED, listReceived, listSent, repliesUnread } from "../../db/letter-list.ts";
import { runBatch } from "../../db/store.ts";
import { findUnit } from "../../db/unit.ts";
import { LETTER_LENGTHS } from "../../domain/letter.ts";
import { problem } from "../../domain/problem.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import {
  isOwnLetter,
  letterAct,
  letterLink,
  letterOf,
  letterScript,
  openLetterPost,
  ownLetterOf,
  putLetterOnRecord,
} from "../../http/desk/letter-act.ts";
import { linkEnds } from "../../http/desk/letters.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { LettersPage } from "../../views/desk/letters.tsx";
import { DeskLetterPage, type DeskLetterProps, type LetterDone } from "../../views/desk/letters-one.tsx";
import { LETTERS } from "../../views/desk/letters-words.ts";
import { letterText } from "../../views/letter-text.ts";
import { LETTER } from "../../views/letter-words.ts";

/*
 * /desk/letters: transfer letters of a subtree. A letter's page shows masked names; the letter itself and its link are
 * handed out on a POST that stands in the history.
 */
export const letterListRoutes = factory.createApp().get("/", async (c) => {
  const desk = openDesk(c);
  const deps = c.get("deps");
  const [sent, received] = await Promise.all([listSent(deps, desk.scope), listReceived(deps, desk.scope)]);
  return c.html(<LettersPage desk={desk} sent={sent} received={received} most={LISTED} />);
});

export const deskLetterRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = openDesk(c);
    return show(c, desk, await letterOf(c, desk), { done: doneOf(c) });
  })
  .post("/open", async (c) => {
    const desk = await openLetterPost(c);
    const letter = await letterOf(c, desk);
    await putLetterOnRecord(c, desk, letter, "open-letter");
    const link = await letterLink(c, desk, letter);
    const { email } = letter.details.to;
    const subject = LETTER.title(letter.id)[desk.lang];
    return show(c, desk, letter, {
      full: {
        text: letterText({ ...letter, link }, letterScript(desk)),
        link,
        mail: email && link && `mailto:${email}?${mailQuery({ subject, body: `${subject}\n${link}` })}`,
      },
    });
  })
  // Who comes back by the address bar, or switches the language, sees it masked.
  .get("/open", async (c) => {
    const desk = openDesk(c);
    return show(c, desk, await letterOf(c, desk), {});
  })
  .post("/read", async (c) => {
    const desk = await openLetterPost(c, "settle");
    const letter = await ownLetterOf(c, desk);
    const { id } = letter;
    await readReplies(c.get("deps").db, id, desk.now, letterAct(c, desk, letter, "read-reply"));
    return c.redirect(desk.href(`/letters/${id}?did=read`), 303);
  })
  .post("/renew", async (c) => {
    const desk = await openLetterPost(c);
    const letter = await ownLetterOf(c, desk);
    const { newId } = c.get("deps");
    const { now } = desk;
    const renewed = await renewLetterLink(c.get("deps"), letter, {
      ...{ nonce: newId(), now, expiresAt: linkEnds(now > letter.dueAt ? now : letter.dueAt) },
      act: letterAct(c, desk, letter, "renew-letter"),
    });
    if (!renewed) throw problem.alreadySettled();
    return c.redirect(desk.href(`/letters/${letter.id}?did=renew`), 303);
  })
  .post("/withdraw", async (c) => {
    const desk = await openLetterPost(c);
    const letter = await ownLetterOf(c, desk);
    const act = letterAct(c, desk, letter, "withdraw-letter");
    if (!(await withdrawLetter(c.get("deps"), letter, { now: desk.now, act })))
      throw problem.alreadySettled();
    return c.redirect(desk.href(`/letters/${letter.id}?did=withdraw`), 303);
  });

// A space is %20 in a mail's address, where a form would write +.
const mailQuery = (parts: Record<string, string>) =>
  Object.entries(parts)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");

const doneOf = (c: AppContext): LetterDone | undefined => {
  const did = c.req.query("did") ?? "";
  return did in LETTERS.done ? (did as LetterDone) : undefined;
};

async function show(c: AppContext, desk: Desk, letter: Letter, more: Pick<DeskLetterProps, "full" | "done">) {
  const deps = c.get("deps");
  const { id, unitCode, householdId, homeCode, details, dueAt, receivedAt, answeredAt, withdrawnAt } = letter;
  const [answers, unit, unread] = await Promise.all([
    listAnswers(deps, id),
    findUnit(deps.db, unitCode),
    repliesUnread(deps.db, id),
    runBatch(deps.db, [
      recordActOnce(deps.db, {
        ...letterAct(c, desk, letter, "look-letter"),
        id: `look-letter/${id}/${desk.today}/${desk.actor}`,
      }),
    ]),
  ]);
  return c.html(
    <DeskLetterPage
      {...more}
      desk={desk}
      letter={{
        ...{ id, householdId, dueAt, receivedAt, answeredAt, withdrawnAt },
        ...{
          unitName: unit?.name ?? details.from,
          county: details.to.county.slice(0, LETTER_LENGTHS.county),
        },
        ...{ writtenAt: letter.recordedAt, of: details.case },
      }}
      answers={answers}
      caseHref={desk.sees(homeCode) ? desk.href(`/people/${householdId}-1`) : undefined}
      unread={unread}
      own={isOwnLetter(desk, letter)}
    />,
  );
}
