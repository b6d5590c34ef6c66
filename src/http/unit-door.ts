import type { Child } from "hono/jsx";
import { openLink } from "../db/link.ts";
import { hashToken } from "../db/privacy.ts";
import { unitPath, withinSubtree } from "../db/unit.ts";
import { problem } from "../domain/problem.ts";
import { localDate } from "../domain/time.ts";
import type { UnitKind } from "../domain/unit.ts";
import type { Lang } from "../forms/define.ts";
import { withLang } from "../views/layout.tsx";
import type { AppContext } from "./factory.ts";
import { readForm } from "./page-form.ts";

/** Whoever came through a unit's own link, or an official at the desk: what every page behind it is made from. */
export type UnitDoor = {
  /** The link's hash or official/<id>: who did it, in the history. */
  actor: string;
  token: string;
  unit: { code: string; name: string; kind: UnitKind };
  /** From the county down to the unit's parent, in words: 万源市 太平镇. */
  above: string[];
  /** The county's name, for the page's head. */
  county: string;
  hotline: string;
  lang: Lang;
  now: Date;
  /** The local day of `now`. */
  today: string;
  zone: string;
  /** An address behind this link, without its language: at("/report?date=2026-01-25"). */
  at: (path?: string) => string;
  /** The same in the reader's language. */
  href: (path?: string) => string;
  /** The desk's own bar, on its pages. */
  nav?: Child;
  css?: string;
  letterTo?: (personId: string) => string;
};

/** Opens /u/<token>, or the same behind a session. Throws linkUnknown, linkExpired or linkRevoked; what comes back is never kept by a browser. */
export async function openUnitDoor(c: AppContext): Promise<UnitDoor> {
  const openDoor = c.get("openDoor");
  if (openDoor) return openDoor();
  const deps = c.get("deps");
  const token = c.req.param("token") ?? "";
  const now = deps.now();
  c.header("Cache-Control", "no-store");
  const { unitCode } = await openLink(deps, token, "unit", now);
  const path = await unitPath(deps.db, unitCode);
  const unit = path.at(-1);
  if (!unit) throw problem.linkUnknown();
  const lang = c.get("lang");
  const at = (rest = "") => `/u/${token}${rest}`;
  return {
    actor: await hashToken(token),
    token,
    unit,
    above: path.slice(0, -1).map(({ name }) => name),
    county: path[0]?.name ?? "",
    hotline: deps.settings.HOTLINE,
    lang,
    now,
    today: localDate(now, deps.settings.TIME_ZONE),
    zone: deps.settings.TIME_ZONE,
    at,
    href: (rest) => withLang(at(rest), lang),
  };
}

/** Whether a unit's matters are this door's to see. */
export const sees = ({ unit }: UnitDoor, code: string): boolean => withinSubtree(code, unit.code);

/** The last value of each name of a posted form, at most `max` characters each; for the small forms of officials. */
export async function readFields(c: AppContext, max = 4_000): Promise<Record<string, string>> {
  const entries = await readForm(c);
  return Object.fromEntries(entries.map(([name, value]) => [name, value.slice(0, max)]));
}
