/*
 * Offices: what an official may do, by role, and where. Scope is a subtree by code prefix; whoever has no scope over a
 * unit is told that there is no such thing, not that it is not theirs.
 */
export const ROLES = ["reporter", "clerk", "supervisor", "inspector", "admin"] as const;
export type Role = (typeof ROLES)[number];

/**
 * look: boards, lists (masked) and cases. reveal: personal data, on record. settle: verify, answer, report, release,
 * readings, rosters and all else that a unit's own door does. manage: contacts, links, posters, excuses. supervise: open,
 * circulate and close tickets. issue: situation reports, as the unit's own word, from the clerk upward; whoever settles may
 * write their free paragraphs. export: take lists away, masked. export-open: unmasked, for a purpose. approve: let another
 * official take more than a day's rows. audit: read the history. appoint: officials themselves.
 */
export const ACTS = [
  "look",
  "reveal",
  "settle",
  "manage",
  "supervise",
  "issue",
  "export",
  "export-open",
  "approve",
  "audit",
  "appoint",
] as const;
export type DeskAct = (typeof ACTS)[number];

const MAY: Record<Role, readonly DeskAct[]> = {
  reporter: ["look", "reveal", "settle"],
  clerk: ["look", "reveal", "settle", "manage", "issue", "export"],
  supervisor: [
    "look",
    "reveal",
    "settle",
    "manage",
    "supervise",
    "issue",
    "export",
    "export-open",
    "approve",
    "audit",
  ],
  inspector: ["look", "audit"],
  admin: ACTS,
};

/** Whether a role may do a thing at all; where is `withinScope`'s to say. */
export const may = (role: Role, act: DeskAct): boolean => MAY[role].includes(act);

/** An official's own unit as a scope: a grid is itself alone, its code may begin another grid's. */
export type Scope = { code: string; exact: boolean };

/** Whether a unit's matters are in a scope. */
export const withinScope = (scope: Scope, code: string): boolean =>
  scope.exact ? code === scope.code : scope.code !== "" && code.startsWith(scope.code);

/** How long a session lasts, in ms: idle, and whatever happens. */
export const SESSION_IDLE = 12 * 60 * 60_000;
export const SESSION_LENGTH = 7 * 24 * 60 * 60_000;
/** `seenAt` is written no more often than this, in ms. */
export const SEEN_EVERY = 5 * 60_000;
