import { actorOf, type Officer } from "../../db/official.ts";
import { findSession, touchSession } from "../../db/session.ts";
import { unitPath } from "../../db/unit.ts";
import { type DeskAct, may, type Scope, SEEN_EVERY, withinScope } from "../../domain/office.ts";
import { problem } from "../../domain/problem.ts";
import { localDate } from "../../domain/time.ts";
import type { Lang } from "../../forms/define.ts";
import { DESK_ASSETS } from "../../views/desk/assets.ts";
import { UnitNav } from "../../views/desk/units-parts.tsx";
import { withLang } from "../../views/layout.tsx";
import { type AppContext, factory } from "../factory.ts";
import { frameOf } from "../frame.ts";
import type { UnitDoor } from "../unit-door.ts";
import { readSession } from "./cookie.ts";
import { staleForm } from "./stale-form.tsx";

/** A signed-in official: what every page of the desk is made from. */
export type Desk = {
  officer: Officer;
  /** official/<id>: who did it, in the history. */
  actor: string;
  scope: Scope;
  /** The session's own hash: signing out ends it. */
  session: string;
  county: string;
  hotline: string;
  lang: Lang;
  now: Date;
  today: string;
  zone: string;
  /** An address of the desk, without its language: at("/tips"). */
  at: (path?: string) => string;
  /** The same in the reader's language. */
  href: (path?: string) => string;
  may: (act: DeskAct) => boolean;
  /** Whether a unit's matters are this official's to see. */
  sees: (unitCode: string) => boolean;
};

/**
 * Lets a signed-in official through and hands on who it is (`c.get("desk")`). Nobody signed in: a GET is led to the
 * sign-in page and comes back; what was posted stays in a page that can send it again once signed in.
 */
export const signedIn = factory.createMiddleware(async (c, next) => {
  const deps = c.get("deps");
  const now = deps.now();
  c.header("Cache-Control", "no-store");
  const token = readSession(c);
  const found = token ? await findSession(deps, token, now) : undefined;
  if (!found) return c.req.method === "GET" || c.req.method === "HEAD" ? toSignIn(c) : staleForm(c);
  const { officer, tokenHash, seenAt } = found;
  if (now.getTime() - seenAt.getTime() >= SEEN_EVERY) await touchSession(deps.db, tokenHash, now);
  if (!c.req.query("lang")) c.set("lang", officer.lang);
  const { county, hotline, lang, zone } = await frameOf(c);
  const scope = { code: officer.unit.code, exact: officer.unit.kind === "grid" };
  const at = (path = "") => `/desk${path}`;
  c.set("desk", {
    ...{ officer, scope, county, hotline, lang, now, zone, at },
    actor: actorOf(officer),
    session: tokenHash,
    today: localDate(now, zone),
    href: (path) => withLang(at(path), lang),
    may: (act) => may(officer.role, act),
    sees: (code) => withinScope(scope, code),
  });
  await next();
});

/** The official of this request. Throws notAllowed when their role may not do `act`. */
export function openDesk(c: AppContext, act: DeskAct = "look"): Desk {
  const desk = c.get("desk");
  if (!desk) throw problem.signInNeeded();
  if (!desk.may(act)) throw problem.notAllowed();
  return desk;
}

/** Throws caseNotFound for a unit outside the official's scope: it is answered as if there were none. */
export function inScope(desk: Desk, unitCode: string): void {
  if (!desk.sees(unitCode)) throw problem.caseNotFound();
}

/**
 * The pages of a unit's own door, behind an official's name instead of a link: /desk/units/<code>/… Looking is every
 * role's; what is posted needs `settle`, but a household's telephone `reveal`, and to excuse a unit `manage`.
 */
export const unitAtDesk = factory.createMiddleware(async (c, next) => {
  const desk = openDesk(c);
  const code = c.req.param("unit") ?? "";
  if (!/^[0-9A-Z]{6,18}$/.test(code)) throw problem.caseNotFound();
  inScope(desk, code);
  if (c.req.method === "POST") openDesk(c, ACTS_OF[c.req.path.split("/").at(-1) ?? ""] ?? "settle");
  c.set("openDoor", () => unitDoorOf(c, desk, code));
  await next();
});

/** By the last part of an address. */
const ACTS_OF: Partial<Record<string, DeskAct>> = { reveal: "reveal", excuse: "manage" };

async function unitDoorOf(c: AppContext, desk: Desk, code: string): Promise<UnitDoor> {
  const { db } = c.get("deps");
  const path = await unitPath(db, code);
  const unit = path.at(-1);
  if (!unit) throw problem.caseNotFound();
  const { actor, county, hotline, lang, now, today, zone } = desk;
  const at = (rest = "") => `/desk/units/${code}${rest}`;
  return {
    ...{ actor, county, hotline, lang, now, today, zone, unit, at },
    // What is slowed by link elsewhere is slowed by official here.
    token: actor,
    above: path.slice(0, -1).map(({ name }) => name),
    href: (rest) => withLang(at(rest), lang),
    nav: <UnitNav desk={desk} unit={unit} />,
    css: DESK_ASSETS.css,
    ...(desk.may("issue") ? { letterTo: (id: string) => desk.href(`/letters/new/${id}`) } : {}),
  };
}

function toSignIn(c: AppContext): Response {
  const { pathname, search } = new URL(c.req.url);
  // Only an address of the desk itself, and never one that is long.
  const back = `${pathname}${search}`.slice(0, 500);
  return c.redirect(`/desk/sign-in?${new URLSearchParams({ lang: c.get("lang"), back })}`, 303);
}
