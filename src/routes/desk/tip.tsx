import { recordAct, recordActOnce } from "../../db/audit.ts";
import { lastActOf } from "../../db/desk-act.ts";
import { runBatch } from "../../db/store.ts";
import type { OpenTip } from "../../db/tip.ts";
import { currentAssignment } from "../../db/tip-assignment.ts";
import { type FieldError, ProblemError, problem } from "../../domain/problem.ts";
import { mayReachSender } from "../../domain/tip-desk.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { readPost } from "../../http/desk/manage.ts";
import { tipPageOf } from "../../http/desk/tip-page.ts";
import { assignTip, linkPerson, linkTip, tipAtDesk, unlink, writeToSender } from "../../http/desk/tips.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { formBodies } from "../../http/guards.ts";
import { isClientId } from "../../http/page-form.ts";
import { verifyTip } from "../../http/submit.ts";
import { whoActed } from "../../http/unit-acts.ts";
import { DeskTipPage, type TipProps } from "../../views/desk/tip.tsx";
import { TIPS } from "../../views/desk/tips-words.ts";
import { CASE, TIP } from "../../views/unit-case-words.ts";

/*
 * /desk/tips/<number>: one tip. Opening it is on record: it tells of a person. Who left it is known to towns and the
 * county alone, for a purpose, on record.
 */
type Typed = Record<string, string>;
type More = Pick<TipProps, "errors" | "typed" | "reachable" | "beaten" | "choices"> & { clientId?: string };

export const deskTipRoutes = factory
  .createApp()
  .get("/:id", async (c) => {
    const desk = openDesk(c);
    return showTip(c, desk, await tipAtDesk(c, desk));
  })
  .use(formBodies)
  .post("/:id/reveal", async (c) => {
    const desk = openDesk(c, "reveal");
    const typed = await readPost(c, desk);
    const tip = await tipAtDesk(c, desk);
    // Answered alike whether there is anything to see.
    if (!mayReachSender(desk.officer.unit.kind)) throw problem.notAllowed();
    const { purpose = "" } = typed;
    if (!Object.hasOwn(TIPS.purposes, purpose)) {
      const errors = [{ path: "purpose", code: "required", message: TIPS.choosePurpose[desk.lang] }];
      return showTip(c, desk, tip, { errors, typed: { ...typed, form: "reveal" } }, 422);
    }
    const { db, newId } = c.get("deps");
    const { actor, now } = desk;
    const act = { act: "reveal-tip-sender", subjectId: tip.id, unitCode: tip.holder, detail: purpose };
    // On record first: whoever sees it was written down.
    await runBatch(db, [recordAct(db, { ...act, id: newId(), actor, recordedAt: now })]);
    return showTip(c, desk, tip, { reachable: tip.details.reachable ?? "" });
  })
  .post("/:id/verify", (c) =>
    act(c, "verify", "verified", async (desk, tip, typed) => {
      const { outcome = "", answer = "", note } = typed;
      const { lang, actor } = desk;
      const errors: FieldError[] = [];
      if (!isOutcome(outcome))
        errors.push({ path: "outcome", code: "required", message: CASE.chooseOutcome[lang] });
      if (!answer.trim()) errors.push({ path: "answer", code: "required", message: TIP.needAnswer[lang] });
      if (!isOutcome(outcome) || errors.length > 0) throw problem.invalid(errors);
      const unitCode = desk.scope.code;
      await verifyTip(c.get("deps"), { id: tip.id, unitCode, actor, outcome, answer, note, lang });
    }),
  )
  .post("/:id/assign", (c) =>
    act(c, "assign", "assigned", (desk, tip, typed) => assignTip(c, desk, tip, typed)),
  )
  .post("/:id/link", (c) =>
    act(c, "link", "linked", async (desk, tip, typed) => {
      await linkTip(c, desk, tip, typed.other ?? "");
    }),
  )
  .post("/:id/person", (c) =>
    act(c, "person", "linked", async (desk, tip, typed) => {
      const choices = await linkPerson(c, desk, tip, typed.person ?? "");
      return choices && showTip(c, desk, tip, { choices, typed: { ...typed, form: "person" } });
    }),
  )
  .post("/:id/unlink", (c) => act(c, "unlink", "unlinked", (desk, tip, typed) => unlink(c, desk, tip, typed)))
  .post("/:id/write", (c) =>
    act(c, "write", "sent", (desk, tip, typed) => {
      const { _client: sent = "", text = "" } = typed;
      const clientId = isClientId(sent) ? sent : c.get("deps").newId();
      return writeToSender(c, desk, tip, { clientId, text });
    }),
  );

const isOutcome = (text: string): text is keyof typeof TIP.outcomes => Object.hasOwn(TIP.outcomes, text);

/** One of the page's forms: done and led back, or the page again with what was typed and what is wrong, or who was first. */
async function act(
  c: AppContext,
  form: string,
  done: keyof typeof TIPS.done,
  work: (desk: Desk, tip: OpenTip, typed: Typed) => Promise<unknown>,
): Promise<Response> {
  const desk = openDesk(c, "settle");
  const read = await readPost(c, desk);
  const tip = await tipAtDesk(c, desk);
  const typed = { ...read, form };
  try {
    const answer = await work(desk, tip, read);
    if (answer instanceof Response) return answer;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, errors, status, title } = error.problem;
    if (errors) return showTip(c, desk, tip, { errors, typed }, 422);
    if (status !== 409) throw error;
    if (code !== "already-settled") {
      const message = title[desk.lang];
      // Other words under the same client id: sent once more they are another message.
      return showTip(c, desk, tip, { errors: [{ path: "text", code, message }], typed }, 409);
    }
    // It may have gone to another unit meanwhile: then it is told that, and nothing of the tip.
    const now = await tipAtDesk(c, desk);
    return showTip(c, desk, now, { typed, beaten: await beatenBy(c, desk, now, form) }, 409);
  }
  const moved = form === "assign" && !(await stillHere(c, desk));
  return c.redirect(desk.href(moved ? "/tips?done=handed" : `/tips/${tip.id}?done=${done}`), 303);
}

const stillHere = (c: AppContext, desk: Desk): Promise<boolean> =>
  tipAtDesk(c, desk).then(
    () => true,
    () => false,
  );

/** Who was first, and when. */
async function beatenBy(c: AppContext, desk: Desk, tip: OpenTip, form: string): Promise<TipProps["beaten"]> {
  const { db } = c.get("deps");
  const named = async (actor: string, at: Date) => ({ who: await whoActed(c, actor, desk), at });
  if (tip.verification && tip.verifiedAt) return named(tip.verification.actor, tip.verifiedAt);
  const last =
    form === "assign"
      ? await currentAssignment(db, tip.id).then((one) => one && { actor: one.by, at: one.recordedAt })
      : await lastActOf(db, tip.id, ["unlink-tip", "unlink-person"]);
  return last ? named(last.actor, last.at) : named(desk.actor, desk.now);
}

async function showTip(
  c: AppContext,
  desk: Desk,
  tip: OpenTip,
  { clientId, ...more }: More = {},
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const deps = c.get("deps");
  const { actor, today, now } = desk;
  const { id, holder: unitCode } = tip;
  // Once an official, tip and local day, however often it is looked at.
  const opening = { id: `open-tip/${id}/${today}/${actor}`, actor, act: "open-tip", subjectId: id };
  await runBatch(deps.db, [recordActOnce(deps.db, { ...opening, unitCode, recordedAt: now })]);
  const view = await tipPageOf(deps, desk, tip);
  const done = c.req.query("done") ?? "";
  const differs = more.errors?.some(({ code }) => code === "content-differs");
  const sent = more.typed?._client ?? "";
  return c.html(
    <DeskTipPage
      {...more}
      {...view}
      desk={desk}
      clientId={isClientId(sent) && !differs ? sent : deps.newId()}
      done={status === 200 && Object.hasOwn(TIPS.done, done) ? (done as TipProps["done"]) : undefined}
    />,
    status,
  );
}
