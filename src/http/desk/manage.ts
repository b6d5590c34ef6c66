import type { Acted } from "../../db/desk-act.ts";
import { lastActOf } from "../../db/desk-act.ts";
import { findUnit, type Unit, unitPath } from "../../db/unit.ts";
import { LINK_LENGTH } from "../../domain/link-desk.ts";
import type { DeskAct } from "../../domain/office.ts";
import { problem } from "../../domain/problem.ts";
import { localDate, momentOf } from "../../domain/time.ts";
import { LANGS, type Lang } from "../../forms/define.ts";
import { YOU } from "../../views/desk/units-words.ts";
import type { AppContext } from "../factory.ts";
import { SLOW_SECONDS, slowed } from "../guards.ts";
import { whoActed } from "../unit-acts.ts";
import { readFields } from "../unit-door.ts";
import { type Desk, inScope, openDesk } from "./door.tsx";

/*
 * What the pages about units, their contacts, links and posters share.
 */
/** A unit that an official may see, with its place in the tree, the county first. */
export type Managed = { desk: Desk; unit: Unit; path: Awaited<ReturnType<typeof unitPath>> };

/** The unit of an address or a form. Throws notAllowed, or caseNotFound for one outside the scope or that is none. */
export async function openManaged(c: AppContext, code: string, act: DeskAct = "look"): Promise<Managed> {
  const desk = openDesk(c, act);
  if (!/^[0-9A-Z]{6,18}$/.test(code)) throw problem.caseNotFound();
  inScope(desk, code);
  const { db } = c.get("deps");
  const [unit, path] = await Promise.all([findUnit(db, code), unitPath(db, code)]);
  if (!unit) throw problem.caseNotFound();
  return { desk, unit, path };
}

/** The fields of a small form, from an official who has not sent too much. Throws slowDown. */
export async function readPost(c: AppContext, { actor }: Desk): Promise<Record<string, string>> {
  if (await slowed(c, actor)) throw problem.slowDown(SLOW_SECONDS);
  return readFields(c);
}

/** Who does it, as every change is written with. */
export const acting = (c: AppContext, { actor, now }: Desk): Acted => ({
  ...{ actor, now },
  auditId: c.get("deps").newId(),
});

/** The same for what makes links. */
export const making = (c: AppContext, { actor, now }: Desk) => ({
  ...{ actor, now },
  newId: c.get("deps").newId,
  expiresAt: new Date(now.getTime() + LINK_LENGTH),
});

/** Who was first, for the one who came second; undefined when the history does not say. */
export async function whoWasFirst(
  c: AppContext,
  desk: Desk,
  subjectId: string,
  acts: readonly string[],
): Promise<{ who: string; at: Date } | undefined> {
  const last = await lastActOf(c.get("deps").db, subjectId, acts);
  if (!last) return undefined;
  const who = last.actor === desk.actor ? YOU[desk.lang] : await whoActed(c, last.actor, desk);
  return { who, at: last.at };
}

/** The first moment of the official's day. */
export const dayStart = ({ now, zone }: Desk): Date => momentOf(localDate(now, zone), "00:00", zone);

/** A language of a form's own choice. */
export const langOf = (text: string | undefined): Lang | undefined => LANGS.find((lang) => lang === text);
