import { saveCareRole } from "../db/care-team.ts";
import { guarded } from "../db/fault.ts";
import { findForVerification, saveVerification } from "../db/household.ts";
import {
  findObligation,
  findObservation,
  saveEnding,
  saveMeasuresAck,
  savePlacement,
  saveResponse,
} from "../db/observation.ts";
import { deriveDigits } from "../db/submission.ts";
import { checkRole, planCareRoles, planContact } from "../domain/care-team.ts";
import { checkReceiptCode, makeReceiptCode } from "../domain/identity.ts";
import { listProblem } from "../domain/list-problem.ts";
import {
  checkEnding,
  type Day0Evidence,
  type Day0Rule,
  type Ending,
  type ObservationKind,
  planObservations,
} from "../domain/observation.ts";
import { problem } from "../domain/problem.ts";
import { verificationMoment } from "../domain/registration.ts";
import { readText } from "../domain/tip.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";
import { NOTE_LENGTH } from "./submit-registration.ts";

/** Who acts: `scope` is the official's own unit, `actor` a link's hash or a role. */
type Official = { scope: string; actor: string; lang?: Lang };

/** What is decided with a verification; without it home, the setting's rule and the household's own word. */
export type ObservationChoice = {
  kind?: ObservationKind;
  day0Rule?: Day0Rule;
  /** Local day, YYYY-MM-DD; without it the rule finds it for each person. */
  day0?: string;
  evidence?: Day0Evidence;
};

/**
 * An official says what was found at the door. Found: one observation a person is opened in the same batch, with its
 * follow-up, its release and the household's care team; wrong: closed; moved: transferred. `unitCode` is the official's
 * own unit: a case outside its subtree is not there (caseNotFound). Throws `alreadySettled` for the second of two,
 * `invalid` on `occurredAt`, `day0` or `note`.
 */
export async function verifyHousehold(
  deps: Deps,
  request: ObservationChoice & {
    id: string;
    unitCode: string;
    actor: string;
    outcome: "found" | "wrong" | "moved";
    note?: string;
    occurredAt?: Date;
    lang?: Lang;
  },
): Promise<void> {
  const { id, actor, outcome, lang } = request;
  const { settings } = deps;
  const note = optional(request.note, "note", lang);
  return guarded(async () => {
    const home = await findForVerification(deps, id, request.unitCode);
    if (!home) throw problem.caseNotFound();
    const now = deps.now();
    const order = {
      kind: request.kind ?? "home",
      day0Rule: request.day0Rule ?? settings.DAY0_RULE,
      day0: request.day0,
      evidence: request.evidence ?? "own_word",
    } as const;
    const ended = { found: undefined, wrong: "closed", moved: "transferred" } as const;
    const settled = await saveVerification(deps, {
      id,
      unitCode: home.unitCode,
      outcome,
      verifiedAt: verificationMoment(request.occurredAt, { recordedAt: home.recordedAt, now, lang }),
      recordedAt: now,
      details: { actor, note },
      auditId: deps.newId(),
      settings,
      plans: planObservations(home, order, { now, settings, lang }, ended[outcome]),
      care: outcome === "found" ? planCareRoles(id, home.unitCode, { now, settings }) : [],
    });
    if (!settled) throw problem.alreadySettled();
  });
}

/** The same under the words of observation. */
export const openObservations = (
  deps: Deps,
  {
    caseNumber,
    scope,
    ...request
  }: ObservationChoice &
    Official & {
      caseNumber: string;
      outcome: "found" | "wrong" | "moved";
      note?: string;
      occurredAt?: Date;
    },
): Promise<void> => verifyHousehold(deps, { ...request, id: caseNumber, unitCode: scope });

/**
 * Ends an observation: a person releases, with a name (`by`); transferred and closed need a reason. Throws
 * personNotFound, alreadySettled, releaseTooEarly, releaseHeld, `invalid` on `by` or `reason`.
 */
export async function endObservation(
  deps: Deps,
  request: Official & { id: string; ending: Ending; by: string; reason?: string },
): Promise<void> {
  const { id, ending, actor, lang, scope } = request;
  const by = readText(request.by, "by", NAME_LENGTH, lang);
  const reason =
    ending === "released"
      ? optional(request.reason, "reason", lang)
      : readText(request.reason ?? "", "reason", NOTE_LENGTH, lang);
  return guarded(async () => {
    const standing = await findObservation(deps, id, scope);
    if (!standing) throw problem.personNotFound();
    const now = deps.now();
    const zone = deps.settings.TIME_ZONE;
    checkEnding(standing, ending, { now, zone });
    const done = await saveEnding(deps, {
      id,
      unitCode: standing.unitCode,
      ending,
      details: { actor, by, reason },
      releaseIndex:
        ending === "released" ? await releaseIndexOf(deps, await releaseCodeOf(deps, id)) : undefined,
      endedAt: now,
      auditId: deps.newId(),
    });
    if (done) return;
    const again = await findObservation(deps, id, scope);
    if (again) checkEnding(again, ending, { now, zone });
    throw problem.alreadySettled();
  });
}

/** Moves somebody between home, a central site and hospital. Throws personNotFound, observationEnded, `invalid` on occurredAt. */
export async function movePlacement(
  deps: Deps,
  request: Official & { id: string; kind: ObservationKind; occurredAt?: Date },
): Promise<void> {
  const { id, kind, actor, lang } = request;
  return guarded(async () => {
    const standing = await findObservation(deps, id, request.scope);
    if (!standing) throw problem.personNotFound();
    const now = deps.now();
    const moved = await savePlacement(deps.db, {
      id,
      unitCode: standing.unitCode,
      kind,
      occurredAt: verificationMoment(request.occurredAt, { recordedAt: standing.openedAt, now, lang }),
      recordedAt: now,
      actor,
      auditId: deps.newId(),
    });
    if (!moved) throw problem.observationEnded();
  });
}

/** The household has read the four measures. Throws notObserved where there is no observation. */
export async function acknowledgeMeasures(deps: Deps, request: { householdId: string }): Promise<void> {
  return guarded(async () => {
    if (!(await saveMeasuresAck(deps.db, request.householdId, deps.now()))) throw problem.notObserved();
  });
}

/** What was done about a fever. Throws caseNotFound outside the subtree, alreadySettled for the second, `invalid` on `text`. */
export const respond = (deps: Deps, request: Official & { obligationId: string; text: string }) =>
  answer(deps, request, "response");

/** A recipient knows of a cluster; the other one acknowledges for itself. */
export const acknowledgeCluster = (deps: Deps, request: Official & { obligationId: string; text: string }) =>
  answer(deps, request, "cluster");

async function answer(
  deps: Deps,
  request: Official & { obligationId: string; text: string },
  kind: "response" | "cluster",
): Promise<void> {
  const { obligationId, actor, lang } = request;
  const text = readText(request.text, "text", NOTE_LENGTH, lang);
  return guarded(async () => {
    const found = await findObligation(deps.db, obligationId, kind, request.scope);
    if (!found) throw problem.caseNotFound();
    if (found.excusedAt) throw listProblem.sealedOff();
    const done = await saveResponse(deps, {
      obligationId,
      unitCode: found.unitCode,
      act: `answer-${kind}`,
      details: { actor, text },
      recordedAt: deps.now(),
      auditId: deps.newId(),
    });
    if (!done) throw problem.alreadySettled();
  });
}

/**
 * Names somebody for a role of a household's care team; named again, the new name counts and the old one is kept. With
 * an e-mail address that person hears of the household's fevers. Throws caseNotFound, `invalid` on role, name, phone.
 */
export async function assignCareRole(
  deps: Deps,
  request: Official & { householdId: string; role: string; name: string; phone: string; email?: string },
): Promise<void> {
  const { householdId, actor, lang } = request;
  const name = readText(request.name, "name", NAME_LENGTH, lang);
  const contact = planContact({ ...request, name }, lang);
  return guarded(async () => {
    const home = await findForVerification(deps, householdId, request.scope);
    if (!home) throw problem.caseNotFound();
    if (home.sealedOffAt) throw listProblem.sealedOff();
    const role = checkRole(request.role, home.unitCode, deps.settings, lang);
    await saveCareRole(deps, {
      householdId,
      unitCode: home.unitCode,
      role,
      ...contact,
      lang: lang ?? "zh-Hans",
      actor,
      recordedAt: deps.now(),
      newId: deps.newId,
    });
  });
}

/** The sixteen digits on a release page: the same each time, and nobody can foretell them. */
export async function releaseCodeOf(deps: Pick<Deps, "privacy">, observationId: string): Promise<string> {
  return makeReceiptCode(await deriveDigits(deps.privacy, "release", observationId, 15));
}

/** What is kept of a release code. Throws codeUnknown for what cannot be one. */
export async function releaseIndexOf(deps: Pick<Deps, "privacy">, code: string): Promise<string> {
  const digits = checkReceiptCode(code);
  if (!digits) throw problem.codeUnknown();
  return deps.privacy.index("release", digits);
}

/** Characters of an official's name. */
const NAME_LENGTH = 40;

const optional = (text: string | undefined, path: string, lang?: Lang) =>
  text?.trim() ? readText(text, path, NOTE_LENGTH, lang) : undefined;
