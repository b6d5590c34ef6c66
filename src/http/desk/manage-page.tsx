import { listContacts } from "../../db/contact-desk.ts";
import { listUnitLinks } from "../../db/link-desk.ts";
import { listChildren } from "../../db/unit.ts";
import { MOST, unitRow } from "../../db/unit-desk.ts";
import { type FieldError, type Problem, ProblemError, problem } from "../../domain/problem.ts";
import { ManagePage } from "../../views/desk/manage.tsx";
import { DONE, FIRST, FIRST_UNKNOWN } from "../../views/desk/units-words.ts";
import { momentWords } from "../../views/moment.ts";
import type { AppContext } from "../factory.ts";
import type { Desk } from "./door.tsx";
import { type Managed, whoWasFirst } from "./manage.ts";

type More = {
  said?: string | undefined;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
  revealed?: string;
};

/** The page of a unit's contacts and links, as it stands now. */
export async function showManage(
  c: AppContext,
  { desk, unit, path }: Managed,
  { errors = [], typed = {}, ...more }: More = {},
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const deps = c.get("deps");
  const { now, today } = desk;
  const [contacts, links, row, below] = await Promise.all([
    listContacts(deps, unit.code),
    listUnitLinks(deps.db, unit.code, now),
    unitRow(deps.db, unit.code, { now, today }),
    listChildren(deps.db, unit.code),
  ]);
  if (!row) throw problem.caseNotFound();
  return c.html(
    <ManagePage
      {...{ desk, unit, path, contacts, links, row, errors, typed, ...more }}
      most={MOST}
      hasBelow={below.length > 0}
      mayManage={desk.may("manage") && !unit.closedAt}
    />,
    status,
  );
}

/** Back to the unit's page once something was done. */
export const backTo = (c: AppContext, { desk, unit }: Managed, did: keyof typeof DONE): Response =>
  c.redirect(desk.href(`/manage/${unit.code}?did=${did}`), 303);

/** What was just done, out of a closed list: an address claims nothing else. */
export function doneWords(c: AppContext, { lang }: Desk): string | undefined {
  const did = c.req.query("did") ?? "";
  return Object.hasOwn(DONE, did) ? DONE[did as keyof typeof DONE][lang] : undefined;
}

/** In words for the one who came second: who was first and when. */
export async function firstWords(
  c: AppContext,
  desk: Desk,
  subjectId: string,
  acts: readonly string[],
): Promise<string> {
  const { lang, zone, now } = desk;
  const first = await whoWasFirst(c, desk, subjectId, acts);
  return (first ? FIRST(first.who, momentWords(first.at, lang, zone, now)) : FIRST_UNKNOWN)[lang];
}

/** Runs a plan; the answers to mend come back, all else is thrown on. */
export function refused<T>(plan: () => T): { value: T } | { errors: readonly FieldError[] } {
  try {
    return { value: plan() };
  } catch (error) {
    const errors = (error instanceof ProblemError ? error.problem : ({} as Partial<Problem>)).errors;
    if (!errors) throw error;
    return { errors };
  }
}
