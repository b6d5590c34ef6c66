import { roleWords } from "../domain/care-team.ts";
import type { ObligationKind } from "../domain/ladder.ts";
import { type OwedOfForm, owedOfForm } from "../domain/owed-form.ts";
import { isDate, localClock, localDate } from "../domain/time.ts";
import type { Lang } from "../forms/define.ts";
import { escapeHtml, htmlOf } from "./html.ts";
import { MESSAGE_WORDS } from "./words.ts";

/*
 * What a recipient reads. Units, case numbers, times, counts and a link: there is no room here for personal data.
 */
export type Tone = "urgent" | "overdue" | "notice" | "recovered";
/** How an earlier word went: the furthest it is known to have come. */
export type How = "sent" | "delivered" | "failed" | "unknown" | "acknowledged";
/** Who was told before of the same thing, and when. */
export type Told = { unitName: string; at: Date; how: How };
export type MessageLine = {
  kind: ObligationKind;
  /** Local day, case number or tip number; of a count <form>/<day>, of a record <form>/<number>/<version>. */
  subjectId: string;
  /** Whose it is; of a storm the town's. */
  unitName: string;
  /** The unit above it: village names repeat in a county. */
  parentName?: string;
  /** Of a cluster: the unit it was seen in; of a record: the state it came to. */
  about?: string;
  dueAt: Date;
  metAt?: Date;
  /** The how-manieth reminder of the same. */
  again?: number;
  /** Of a storm: one line for all the units below that are silent, out of so many. */
  count?: { silent: number; of: number };
  /** Oldest first. */
  told?: Told[];
};
export type MessageGroup = {
  tone: Tone;
  /** All of them, every unit of a storm; `lines` holds the first few. */
  total: number;
  lines: MessageLine[];
};
export type Message = {
  lang: Lang;
  countyName: string;
  /** The unit the recipient answers for. */
  unitName: string;
  /** When the sweep saw it. */
  detectedAt: Date;
  /** When these words were fixed, at their first attempt. */
  sentAt: Date;
  /** The unit's own door, a key: in its mail alone, never where a group reads along. */
  link?: string;
  /** The alert's own page: its story, and the button to acknowledge. */
  alertLink?: string;
  groups: MessageGroup[];
};

/** How many lines of a group a message shows before "and N more". */
export const MAX_LINES = 50;
/** Of those told before a line names the first and the latest: a long climb repeats itself. */
const MAX_TOLD = 6;
const ORDER: Tone[] = ["urgent", "overdue", "notice", "recovered"];

/** Subject, text and HTML in the recipient's language; times in the zone, to the minute. */
export function renderMessage(
  message: Message,
  zone: string,
): { subject: string; text: string; html: string } {
  const words = MESSAGE_WORDS[message.lang];
  const groups = inOrder(message).map((group) => {
    const shown = group.lines.slice(0, MAX_LINES);
    const left = leftOut(group, shown);
    return {
      title: words.title[group.tone](group.total),
      lines: shown.map((line) => lineOf(line, group.tone, message, zone)),
      more: left > 0 ? words.more(left) : undefined,
    };
  });
  const links = [
    { words: words.story, url: message.alertLink },
    { words: words.open, url: message.link },
  ].filter((link): link is { words: string; url: string } => link.url !== undefined);
  const times = timesOf(message, zone);
  return {
    subject: subjectOf(message),
    text: [
      words.greeting(message.unitName),
      ...groups.map(({ title, lines, more }) =>
        [
          title,
          ...lines.map(({ text, before }) => `· ${text}${before ? `\n  ${before}` : ""}`),
          ...(more ? [`· ${more}`] : []),
        ].join("\n"),
      ),
      times,
      ...links.map((link) => `${link.words}\n${link.url}`),
      words.foot,
    ].join("\n\n"),
    html: htmlOf(
      message.lang,
      [
        `<p>${escapeHtml(words.greeting(message.unitName))}</p>`,
        ...groups.map(
          ({ title, lines, more }) =>
            `<h2 style="font-size:18px">${escapeHtml(title)}</h2><ul style="padding-left:20px">${lines
              .map(({ text, before }) => `<li>${escapeHtml(text)}${before ? small(before) : ""}</li>`)
              .join("")}</ul>${more ? `<p>${escapeHtml(more)}</p>` : ""}`,
        ),
        `<p>${escapeHtml(times)}</p>`,
        ...links.map(({ words, url }) => {
          const href = escapeHtml(url);
          return `<p>${escapeHtml(words)}<br><a href="${href}">${href}</a></p>`;
        }),
        `<p>${escapeHtml(words.foot)}</p>`,
      ].join("\n"),
    ),
  };
}

/** 【county】 and how many of each tone: a mail's subject, a bot's title. The county's service is named in every language. */
export function subjectOf(message: Message): string {
  const words = MESSAGE_WORDS[message.lang];
  const counts = countsOf(message);
  return words.subject(
    message.countyName,
    ORDER.flatMap((tone) => (counts[tone] > 0 ? [words.count[tone](counts[tone])] : [])),
  );
}

/** How many of each tone, those without a line too. */
export function countsOf({ groups }: Message): Record<Tone, number> {
  const counts = { urgent: 0, overdue: 0, notice: 0, recovered: 0 };
  for (const { tone, total } of groups) counts[tone] += total;
  return counts;
}

/** The groups, what is urgent first. */
export const inOrder = ({ groups }: Message): MessageGroup[] =>
  ORDER.flatMap((tone) => groups.filter((group) => group.tone === tone));

/** How many of a group's things these lines do not tell of; a storm's line tells of all its units. */
export const leftOut = ({ total }: MessageGroup, shown: MessageLine[]): number =>
  Math.max(0, total - shown.reduce((sum, line) => sum + (line.count?.silent ?? 1), 0));

/** When it was seen and when it was said. */
export const timesOf = ({ lang, detectedAt, sentAt }: Message, zone: string): string =>
  MESSAGE_WORDS[lang].times(momentText(detectedAt, lang, zone), momentText(sentAt, lang, zone));

/** One thing and by when it was due, and beneath it who was told before. */
export function lineOf(
  line: MessageLine,
  tone: Tone,
  { lang, sentAt }: Message,
  zone: string,
): { text: string; before?: string } {
  const words = MESSAGE_WORDS[lang];
  const form = owedOfForm(line);
  const deed = form?.what ? words.formDeed(form.what[lang]) : words.deed[line.kind];
  const what = words.what[line.kind](subjectText(line, lang, form));
  const where = line.parentName ? words.where(line.unitName, line.parentName) : line.unitName;
  const due = momentText(line.dueAt, lang, zone);
  const met = momentText(line.metAt ?? line.dueAt, lang, zone);
  const why = line.kind === "tip" ? words.urgent.tip : words.urgent.fever;
  const text =
    line.count && tone !== "recovered"
      ? words.storm(where, line.count, deed, what, due)
      : words.line(what, where, words.state[tone](deed, due, met, why));
  return {
    text: line.again ? words.again(line.again, text) : text,
    before: line.told?.length ? toldText(line.told, lang, zone, localDate(sentAt, zone)) : undefined,
  };
}

/** The clock alone for what was today. */
function toldText(told: Told[], lang: Lang, zone: string, today: string): string {
  const words = MESSAGE_WORDS[lang];
  const named = told.length > MAX_TOLD ? [...told.slice(0, 1), ...told.slice(1 - MAX_TOLD)] : told;
  const before = named.map(({ unitName, at, how }) => {
    const moment = localDate(at, zone) === today ? localClock(at, zone) : momentText(at, lang, zone);
    return words.toldOne(unitName, moment, words.how[how]);
  });
  return words.told(before, told.length - named.length);
}

/** What an obligation is about, in words that name nobody: a form's name, a day, a case or person number, a unit, a role. */
function subjectText({ kind, subjectId, about }: MessageLine, lang: Lang, form?: OwedOfForm): string {
  const [id = "", role = ""] = subjectId.split("/");
  if (form) return formText(form, lang);
  // A form whose file is gone.
  if (kind === "record" || kind === "decision") return role || id;
  if (kind === "count" && isDate(role)) return `${id} ${dayText(role, lang)}`;
  if (kind === "daily-report" || kind === "retention") return dayText(id, lang);
  if (kind === "cluster") return about ?? id;
  // The start of a gap, a local moment: 2026-01-26T08:00.
  if (kind === "roster") return `${dayText(role.slice(0, 10), lang)} ${role.slice(11, 16)}`;
  if (kind === "care-role") return `${id} ${roleWords(role, lang)}`;
  if (kind === "listed") return lang === "en" ? `${id}, row ${role}` : `${id} 第 ${role} 行`;
  return id;
}

/** 学校晨检 1月27日, 出入证 CR-0217-4486. */
function formText({ name, id }: OwedOfForm, lang: Lang): string {
  const about = isDate(id) ? dayText(id, lang) : id;
  if (lang !== "en") return `${name[lang]} ${about}`;
  return `${name.en.slice(0, 1).toUpperCase()}${name.en.slice(1)} ${isDate(id) ? "of " : ""}${about}`;
}

/** 1月25日 16:00, or 25 Jan 16:00. */
function momentText(at: Date, lang: Lang, zone: string): string {
  return `${dayText(localDate(at, zone), lang)} ${localClock(at, zone)}`;
}

function dayText(date: string, lang: Lang): string {
  const [, month = 1, day = 1] = date.split("-").map(Number);
  return lang === "en" ? `${day} ${MONTHS[month - 1]}` : `${month}月${day}日`;
}
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const small = (text: string) => `<br><span style="font-size:14px;color:#555">${escapeHtml(text)}</span>`;
