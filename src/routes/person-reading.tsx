import type { Child } from "hono/jsx";
import { openLink } from "../db/link.ts";
import { findResponse } from "../db/person.ts";
import { hashToken } from "../db/privacy.ts";
import { alarming, turnsNow, turnToAsk } from "../domain/person.ts";
import { type FieldError, type Problem, ProblemError, problem } from "../domain/problem.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { formBodies, SLOW_SECONDS, sameSite, slowed } from "../http/guards.ts";
import { chosenLang, isClientId, lastOf, readForm } from "../http/page-form.ts";
import { readCards, type Sent, takeCards } from "../http/person-cards.ts";
import { openPersonDoor, type PersonDoor } from "../http/person-door.ts";
import { headersOf, logFault, problemOf } from "../http/problems.ts";
import { withLang } from "../views/layout.tsx";
import { keptNotice, Notice } from "../views/notice.tsx";
import { PersonPage } from "../views/person.tsx";
import type { Asked } from "../views/person-form.tsx";
import type { Member } from "../views/person-parts.tsx";
import { WatchPage } from "../views/person-watch.tsx";

/** GET and POST /p/<token>: where things stand, and the readings of the slot that is asked for. */
export const readingRoutes = factory
  .createApp()
  .get("/p/:token", async (c) => {
    const { slot, who, done } = c.req.query();
    return show(c, await openPersonDoor(c), { slot, who, done });
  })
  .post("/p/:token", sameSite, formBodies, async (c) => {
    const deps = c.get("deps");
    const entries = await readForm(c);
    const lang = chosenLang(entries) ?? c.get("lang");
    c.set("lang", lang);
    const token = c.req.param("token");
    c.header("Cache-Control", "no-store");
    const { subjectId } = await openLink(deps, token, "person", deps.now());
    const caseNumber = subjectId ?? "";
    const sent = readCards(entries, caseNumber);
    if (lastOf(entries, "_lang") !== undefined) return show(c, await openPersonDoor(c), sent);
    if (await slowed(c, token)) return refuse(c, sent, problem.slowDown(SLOW_SECONDS).problem);
    try {
      const taken = await takeCards(deps, sent, { caseNumber, actor: await hashToken(token), lang });
      if (taken.ok)
        return c.redirect(withLang(`/p/${token}?done=${encodeURIComponent(taken.slot)}`, lang), 303);
      return refuse(c, { ...sent, clientIds: taken.clientIds }, taken.fault, taken.errors);
    } catch (error) {
      // Nothing was stored: the page comes back with everything typed and the same client ids.
      logFault(error, c);
      return refuse(c, sent, problemOf(error));
    }
  });

/** The page again, as it stands by now, with what was typed and what is wrong. */
async function refuse(
  c: AppContext,
  sent: Sent,
  fault: Problem,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const door = await openPersonDoor(c);
  // A fault of single cards alone is told by the summary that leads to them.
  const cardsAlone = fault.code === "invalid" && errors.length > 0 && errors === fault.errors;
  const notice = cardsAlone ? undefined : <Notice {...keptNotice(fault, door.frame.lang)} />;
  return show(c, door, { ...sent, errors, notice, fault });
}

type Wanted = Partial<Sent> & {
  done?: string | undefined;
  who?: string | undefined;
  errors?: readonly FieldError[];
  notice?: Child;
  fault?: Problem;
};

/** The page as it stands, with the cards that are wanted or, without a wish, the turn that misses somebody. */
async function show(c: AppContext, door: PersonDoor, wanted: Wanted): Promise<Response> {
  const deps = c.get("deps");
  const { frame, standing, readings, members, registered, path, link } = door;
  const status = wanted.fault?.status ?? 200;
  const headers = wanted.fault ? headersOf(wanted.fault) : {};
  if (standing.length === 0) {
    if (wanted.fault) throw new ProblemError(wanted.fault);
    return c.html(<PersonPage {...frame} registered={registered} path={path} link={link} />);
  }
  const turns = turnsNow(standing, readings, frame.now, frame.zone);
  const focus = turnToAsk(turns, wanted.slot);
  const corrected = members.find(({ place }) => String(place) === wanted.who);
  const corrects =
    corrected && readings.find((one) => one.observationId === corrected.id && one.slot === focus?.key);
  const cards = members.filter(({ id }) => (corrects ? id === corrected.id : focus?.missing.includes(id)));
  // A card that was answered for its own slot comes back with what was typed; for another slot nothing is carried over.
  const same = focus !== undefined && focus.key === wanted.slot;
  const kept = sentBefore(wanted, members, same);
  const shown = [...new Set([...cards, ...kept])].sort((a, b) => a.place - b.place);
  const asked: Asked | undefined =
    focus && shown.length > 0
      ? {
          turn: focus,
          cards: shown,
          corrects,
          values: same ? (wanted.values ?? {}) : {},
          errors: same ? (wanted.errors ?? []) : [],
          clientIds: Object.fromEntries(
            shown.map(({ id }) => {
              const sent = same ? (wanted.clientIds?.[id] ?? "") : "";
              return [id, isClientId(sent) ? sent : deps.newId()];
            }),
          ),
        }
      : undefined;
  const fevers = alarming(standing, readings);
  const responses = Object.fromEntries(
    await Promise.all(
      fevers.map(async (one) => [
        one.observationId,
        await findResponse(deps.db, one.observationId, one.slot),
      ]),
    ),
  );
  return c.html(
    <WatchPage
      frame={frame}
      registered={registered}
      members={members}
      standing={standing}
      readings={readings}
      turns={turns}
      path={path}
      focus={focus}
      asked={asked}
      done={wanted.fault ? undefined : wanted.done}
      notice={wanted.notice}
      responses={responses}
    />,
    status,
    headers,
  );
}

/** Members whose posted card is still in error although a reading stands for them: sent twice with other content. */
const sentBefore = ({ errors = [] }: Wanted, members: readonly Member[], same: boolean): Member[] =>
  same ? members.filter(({ place }) => errors.some(({ path }) => path.startsWith(`m.${place}.`))) : [];
