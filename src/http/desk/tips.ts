import { guarded } from "../../db/fault.ts";
import { earlierArrival, identify } from "../../db/submission.ts";
import { findTip, type OpenTip, tipOfNumber } from "../../db/tip.ts";
import { findTaker, saveAssignment } from "../../db/tip-assignment.ts";
import { findTie, personsOfCase, removeLink, savePersonLink, saveTie } from "../../db/tip-link.ts";
import { refuseMessage, saveTipMessage } from "../../db/tip-message.ts";
import { findUnit } from "../../db/unit.ts";
import { checkCaseNumber, compact } from "../../domain/identity.ts";
import { problem } from "../../domain/problem.ts";
import { readText, TIP_MESSAGE_LENGTH } from "../../domain/tip.ts";
import { actToAssign, planTie, type TieRefusal } from "../../domain/tip-desk.ts";
import { TIPS } from "../../views/desk/tips-words.ts";
import type { AppContext, Deps } from "../factory.ts";
import { type Desk, inScope } from "./door.tsx";
import { acting } from "./manage.ts";

/*
 * What officials do with a tip besides verifying it. Each throws the catalogue's problems; what somebody else did first is
 * `alreadySettled`, and the page says who it was.
 */

/** The tip of an address. Throws caseNotFound for one that another's unit holds, or that nobody has. */
export async function tipAtDesk(c: AppContext, desk: Desk): Promise<OpenTip> {
  const id = checkCaseNumber(c.req.param("id") ?? "");
  const found = id?.startsWith("T-") ? await findTip(c.get("deps"), id) : undefined;
  if (!found) throw problem.caseNotFound();
  inScope(desk, found.holder);
  return found;
}

/**
 * Gives a tip to an official or a unit. @param typed to: official/<id> or unit/<code>; version: the assignment that the
 * form was made from
 */
export async function assignTip(
  c: AppContext,
  desk: Desk,
  tip: OpenTip,
  typed: { to?: string; version?: string },
): Promise<void> {
  const { db } = c.get("deps");
  const refuse = () => problem.answer("to", "required", TIPS.chooseTaker, desk.lang);
  const [, kind, key = ""] = /^(official|unit)\/([\w-]{1,40})$/.exec(typed.to ?? "") ?? [];
  const taker = kind === "official" ? await findTaker(db, key) : undefined;
  const unitCode = kind === "official" ? taker?.unitCode : key;
  const unit = unitCode ? await findUnit(db, unitCode) : undefined;
  const scope = { own: desk.officer.unit.code, scope: desk.scope };
  const act = unit && !unit.closedAt ? actToAssign(scope, tip.holder, unit.code) : undefined;
  if (!unit || !act) throw refuse();
  if (!desk.may(act)) throw problem.notAllowed();
  const version = /^\d{1,6}$/.test(typed.version ?? "") ? Number(typed.version) : -1;
  const given = { tipId: tip.id, version, holder: tip.holder, unitCode: unit.code };
  const saved = await guarded(() =>
    saveAssignment({ db }, { ...given, officialId: taker?.id ?? null }, acting(c, desk)),
  );
  if (!saved) throw problem.alreadySettled();
}

/** Two tips at once are linked by others as well: the plan is made anew then. */
const LINK_ATTEMPTS = 4;

/** Links a tip to another, so that one verification answers both. @returns the lead that it follows now */
export async function linkTip(c: AppContext, desk: Desk, tip: OpenTip, typed: string): Promise<string> {
  const deps = c.get("deps");
  const { db } = deps;
  const { lang, scope } = desk;
  const refuse = (why: TieRefusal | "unknown" | "closed") =>
    problem.answer("other", why, TIPS.tieRefused[why], lang);
  const number = checkCaseNumber(typed);
  if (!number?.startsWith("T-")) throw refuse("unknown");
  return guarded(async () => {
    for (let attempt = 0; attempt < LINK_ATTEMPTS; attempt++) {
      const [from, to] = await Promise.all([findTie(db, tip.id, scope), findTie(db, number, scope)]);
      if (!from) throw problem.caseNotFound();
      if (!to) throw refuse("unknown");
      const leadOfTo = to.lead ? await findTie(db, to.lead, scope) : undefined;
      // Its lead is another unit's, which is not theirs to know.
      if (to.lead && !leadOfTo) throw refuse("unknown");
      const plan = planTie(from, to, leadOfTo);
      if ("refused" in plan) throw refuse(plan.refused);
      const { lead } = plan;
      const answer = lead.settled ? await answerOf(deps, lead.id) : undefined;
      if (lead.settled && !answer) throw refuse("closed");
      const acted = { ...acting(c, desk), newId: deps.newId };
      if (await saveTie(deps, { from, lead, holder: tip.holder }, acted, answer)) return lead.id;
    }
    throw problem.unavailable();
  });
}

/** The answer that a settled tip has, as it can still be given; undefined once it was sealed off. */
async function answerOf(deps: Deps, id: string) {
  const row = await tipOfNumber(deps, id);
  if (!row?.answerSealed || !row.outcome || row.sealedOffAt) return undefined;
  const { answer: text } = await deps.privacy.open<{ answer: string }>(row.answerSealed, id, "tip.answer");
  return { outcome: row.outcome, text };
}

/**
 * Links a tip to a person by number. @returns undefined when it was done; the persons to choose from when only the number
 * of their case was given
 */
export async function linkPerson(
  c: AppContext,
  desk: Desk,
  tip: OpenTip,
  typed: string,
): Promise<string[] | undefined> {
  const { db } = c.get("deps");
  const refuse = (why: keyof typeof TIPS.personRefused) =>
    problem.answer("person", why, TIPS.personRefused[why], desk.lang);
  const [, number = "", place] = /^([A-Z]{1,4}-?\d{4}-?\d{4})(?:-(\d{1,2}))?$/.exec(compact(typed)) ?? [];
  const caseNumber = checkCaseNumber(number);
  const persons = caseNumber ? await personsOfCase(db, caseNumber, desk.scope) : [];
  const chosen = place ? persons.filter((id) => id === `${caseNumber}-${Number(place)}`) : persons;
  const [personId] = chosen;
  if (!personId) throw refuse("unknown");
  if (chosen.length > 1) return chosen;
  const ended = await guarded(() =>
    savePersonLink({ db }, { tipId: tip.id, personId, holder: tip.holder }, acting(c, desk)),
  );
  if (ended !== "saved") throw refuse(ended);
  return undefined;
}

/** Takes a link away; of tips only while the one that follows has no answer. Throws alreadySettled where it is gone. */
export async function unlink(
  c: AppContext,
  desk: Desk,
  tip: OpenTip,
  { kind, target }: { kind?: string; target?: string },
): Promise<void> {
  if ((kind !== "tip" && kind !== "person") || !/^[\w-]{1,40}$/.test(target ?? ""))
    throw problem.caseNotFound();
  const link = { tipId: tip.id, kind, targetId: target ?? "", holder: tip.holder } as const;
  if (!(await guarded(() => removeLink(c.get("deps"), link, acting(c, desk)))))
    throw problem.alreadySettled();
}

/**
 * Writes to the sender, who reads it with the code; the same form sent twice is one message. Throws `invalid` on `text`,
 * tipFull after fifty, contentDiffers.
 */
export async function writeToSender(
  c: AppContext,
  desk: Desk,
  tip: OpenTip,
  typed: { clientId: string; text: string },
): Promise<void> {
  const deps = c.get("deps");
  const { lang, actor, now, officer } = desk;
  const text = readText(typed.text, "text", TIP_MESSAGE_LENGTH, lang);
  const { arrival } = await identify(
    deps.privacy,
    { name: "tip-reply", version: 1 },
    { clientId: typed.clientId, door: "desk", content: { tipId: tip.id, text, actor }, lang },
  );
  const { auditId } = acting(c, desk);
  const act = { id: auditId, actor, act: "write-sender", subjectId: tip.id, unitCode: tip.holder };
  return guarded(async () => {
    const outcome = await saveTipMessage(deps, {
      ...{ arrival, tipId: tip.id, text, recordedAt: now },
      by: { unitName: officer.unit.name, act: { ...act, recordedAt: now } },
    });
    // A full tip refuses before the key can: the same message sent again is still no fault.
    if (outcome !== "saved" && (await earlierArrival(deps.db, arrival)) === undefined)
      return refuseMessage(deps, tip.id);
  });
}
