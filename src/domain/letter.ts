import type { IdDocument } from "../forms/define.ts";
import { letterProblem } from "./letter-problem.ts";

/*
 * 发函协查: somebody is said to be in another county. That county is written to and owes an answer by a stated time; who
 * answers there has no account here. What is passed on is the minimum, chosen item by item.
 */
/** What may be passed on about people; each can be left out. */
export const LETTER_ITEMS = [
  "name",
  "document",
  "phone",
  "whereabouts",
  "day0",
  "reading",
  "triage",
] as const;
export type LetterItem = (typeof LETTER_ITEMS)[number];

/** Characters: a county's name, its address or e-mail, why, where they are said to be, who answers. */
export const LETTER_LENGTHS = { county: 60, address: 120, why: 1000, whereabouts: 200, by: 60, text: 1000 };
/** How long the link opens after the answer was due, in days; what is asked late is still worth knowing. */
export const LETTER_LINK_DAYS = 30;
/** Answers that one letter takes: corrections included, too few to fill a disk. */
export const LETTER_ANSWERS_MOST = 30;

export type LetterPerson = {
  name?: string;
  document?: IdDocument;
  /** Local day from which they are observed, YYYY-MM-DD. */
  day0?: string;
  /** Temperature in °C, and the local day of it. */
  reading?: { date: string; celsius: number };
  triage?: { area: boolean; contact: boolean; symptoms: boolean };
};
/** What one county tells the other: nobody's number or unit here, only who and where. */
export type LetterCase = { persons: LetterPerson[]; phone?: string; whereabouts?: string };

/** What `letter.sealed` opens to: row id = the letter's number, column "letter". */
export type LetterDetails = {
  to: { county: string; address?: string; email?: string };
  /** The sender in words: 万源市太平镇. */
  from: string;
  why: string;
  case: LetterCase;
};

/** 收到, 已找到, 已纳入观察, 查无此人. The first only says that the letter has come. */
export const LETTER_ANSWERS = ["received", "found", "observing", "not_found"] as const;
export type LetterAnswerKind = (typeof LETTER_ANSWERS)[number];
export const isAnswerKind = (text: string | undefined): text is LetterAnswerKind =>
  LETTER_ANSWERS.includes(text as LetterAnswerKind);
/** What `letter_answer.sealed` opens to: row id = <letter>/<version>, column "letter_answer". */
export type AnswerWords = { by: string; text: string };

/** What is known of a person here, before anything is left out. */
export type KnownPerson = Required<Pick<LetterPerson, "name" | "triage">> &
  Pick<LetterPerson, "document" | "day0" | "reading">;

/** What is passed on: of those chosen, the items chosen. */
export function passOn(
  persons: readonly KnownPerson[],
  { phone, whereabouts }: { phone?: string | undefined; whereabouts?: string | undefined },
  items: readonly LetterItem[],
): LetterCase {
  const has = (item: LetterItem) => items.includes(item);
  return {
    persons: persons.map(({ name, document, day0, reading, triage }) => ({
      ...(has("name") ? { name } : {}),
      ...(has("document") && document ? { document } : {}),
      ...(has("day0") && day0 ? { day0 } : {}),
      ...(has("reading") && reading ? { reading } : {}),
      ...(has("triage") ? { triage } : {}),
    })),
    ...(has("phone") && phone ? { phone } : {}),
    ...(has("whereabouts") && whereabouts ? { whereabouts } : {}),
  };
}

export type LetterState = { receivedAt: Date | null; answeredAt: Date | null; withdrawnAt: Date | null };
/** What an answer brings about. */
export type AnswerPlan = {
  version: number;
  /** The unit that wrote is told: of the first word that comes, and of everything that says what was found. */
  tells: boolean;
  /** What was owed has come: "received" alone is no answer, the clock runs on. */
  meets: boolean;
  receivedAt: Date;
  answeredAt: Date | null;
};

/** @param answered how many answers there are already. Throws letterWithdrawn, letterFull. */
export function planAnswer(
  { receivedAt, answeredAt, withdrawnAt }: LetterState,
  answered: number,
  kind: LetterAnswerKind,
  now: Date,
): AnswerPlan {
  if (withdrawnAt) throw letterProblem.letterWithdrawn();
  if (answered >= LETTER_ANSWERS_MOST) throw letterProblem.letterFull();
  const final = kind !== "received";
  return {
    version: answered + 1,
    tells: final || receivedAt === null,
    meets: final && answeredAt === null,
    receivedAt: receivedAt ?? now,
    answeredAt: answeredAt ?? (final ? now : null),
  };
}

/** XH-0127-0031: the local day it was written, and four digits drawn. @param today YYYY-MM-DD */
export const letterNumber = (today: string, four: string): string =>
  `XH-${today.slice(5, 7)}${today.slice(8, 10)}-${four}`;
/** Whether a text can be a letter's number. */
export const isLetterNumber = (text: string): boolean => /^XH-\d{4}-\d{4}$/.test(text);

/** The address and the key in a letter's link as somebody pasted it; undefined for what is none. Nothing is fetched yet. */
export function readLetterLink(text: string): { origin: string; token: string } | undefined {
  const [, link = ""] = /(https?:\/\/[^\s，。、；：！？）】》”’」』]+)/.exec(text.slice(0, 4000)) ?? [];
  if (link.length > 500 || !URL.canParse(link)) return undefined;
  const { origin, pathname, username, password } = new URL(link);
  const [, token] = /^\/l\/([A-Za-z0-9_-]{22})$/.exec(pathname) ?? [];
  return token && !username && !password ? { origin, token } : undefined;
}
