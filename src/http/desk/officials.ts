import { refusal } from "../../db/fault.ts";
import { appoint, changeOffice, closeOffice, findOffice, type Office, whoEnded } from "../../db/office.ts";
import { findOfficerByActor } from "../../db/official.ts";
import { findUnit } from "../../db/unit.ts";
import { ROLES, type Role } from "../../domain/office.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { readEmail } from "../../domain/sign-in.ts";
import { signInProblem } from "../../domain/sign-in-problem.ts";
import { LANGS } from "../../forms/define.ts";
import type { TypedOffice } from "../../views/desk/officials.tsx";
import { OFFICIALS } from "../../views/desk/officials-words.ts";
import { momentWords } from "../../views/unit-words.ts";
import type { AppContext } from "../factory.ts";
import { type Desk, inScope } from "./door.tsx";

/** What was done, or why not: answers to mend, or a sentence when somebody was first or it may not be. */
export type Outcome = { id: string } | { errors: FieldError[] } | { refused: string };

/** The office at an address of the desk. Throws caseNotFound for one outside the scope. */
export async function officeAt(c: AppContext, desk: Desk): Promise<Office> {
  const office = await findOffice(c.get("deps"), (c.req.param("id") ?? "").slice(0, 64));
  if (!office) throw problem.caseNotFound();
  inScope(desk, office.unit.code);
  return office;
}

/** Appoints whoever was typed. */
export async function appointTyped(c: AppContext, desk: Desk, typed: TypedOffice): Promise<Outcome> {
  const deps = c.get("deps");
  const name = (typed.name ?? "").trim().slice(0, 60);
  const email = readEmail(typed.email ?? "");
  const lang = LANGS.find((one) => one === typed.lang) ?? desk.lang;
  const post = await postOf(c, desk, typed);
  const errors = [
    ...(name ? [] : [fault("name", OFFICIALS.needed.name, desk)]),
    ...(email ? [] : [fault("email", OFFICIALS.needed.email, desk)]),
    ...post.errors,
  ];
  if (!email || !post.role || errors.length > 0) return { errors };
  const id = deps.newId();
  try {
    await appoint(deps, { id, name, email, lang, role: post.role, unitCode: post.unitCode }, actOf(c, desk));
    return { id };
  } catch (error) {
    const refused = refusal(error);
    if (refused === "foreign-key") return { errors: [fault("unit", OFFICIALS.needed.unit, desk)] };
    if (typeof refused === "object") return { errors: [fault("email", OFFICIALS.needed.taken, desk)] };
    throw error;
  }
}

/** Gives whoever holds an office another one. */
export async function changeTyped(
  c: AppContext,
  desk: Desk,
  held: Office,
  typed: TypedOffice,
): Promise<Outcome> {
  const deps = c.get("deps");
  const { role, unitCode, errors } = await postOf(c, desk, typed);
  if (!role || errors.length > 0) return { errors };
  if (role === held.role && unitCode === held.unit.code)
    return { errors: [fault("role", OFFICIALS.needed.same, desk)] };
  const next = { id: deps.newId(), role, unitCode };
  const county = deps.settings.COUNTY_CODE;
  const changed = await changeOffice(deps, held, next, { ...actOf(c, desk), county });
  return changed ? { id: next.id } : { refused: await whyNot(c, desk, held) };
}

/** Ends an office. */
export async function endAsked(c: AppContext, desk: Desk, held: Office): Promise<Outcome> {
  const deps = c.get("deps");
  const county = deps.settings.COUNTY_CODE;
  const ended = await closeOffice(deps, held, { ...actOf(c, desk), county });
  return ended ? { id: held.id } : { refused: await whyNot(c, desk, held) };
}

/** The unit and the role that were typed; a unit out of scope is no unit. */
async function postOf(
  c: AppContext,
  desk: Desk,
  typed: TypedOffice,
): Promise<{ role?: Role | undefined; unitCode: string; errors: FieldError[] }> {
  const unitCode = (typed.unit ?? "").normalize("NFKC").trim().toUpperCase();
  const known = /^[0-9A-Z]{6,18}$/.test(unitCode) && desk.sees(unitCode);
  const unit = known ? await findUnit(c.get("deps").db, unitCode) : undefined;
  const role = ROLES.find((one) => one === typed.role);
  return {
    ...{ role, unitCode },
    errors: [
      ...(unit && !unit.closedAt ? [] : [fault("unit", OFFICIALS.needed.unit, desk)]),
      ...(role ? [] : [fault("role", OFFICIALS.needed.role, desk)]),
    ],
  };
}

/** Why an office did not end: somebody ended it first, or it is the county's last administrator's. */
async function whyNot(c: AppContext, desk: Desk, { id }: Office): Promise<string> {
  const deps = c.get("deps");
  const { lang, zone, today } = desk;
  const first = await whoEnded(deps.db, id);
  if (!first) return signInProblem.lastAdmin().problem.title[lang];
  const officer = await findOfficerByActor(deps, first.actor);
  const who = officer ? `${officer.unit.name} ${officer.name}` : first.actor;
  return OFFICIALS.beaten(who, momentWords(first.at, zone, lang, today))[lang];
}

const actOf = (c: AppContext, { actor, now }: Desk) => ({ actor, now, auditId: c.get("deps").newId() });

const fault = (path: string, words: Record<Desk["lang"], string>, { lang }: Desk): FieldError => ({
  path,
  code: path,
  message: words[lang],
});
