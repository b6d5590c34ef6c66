import { roleWords } from "../domain/care-team.ts";
import type { ObligationKind } from "../domain/ladder.ts";
import { localClock, localDate } from "../domain/time.ts";
import type { Lang } from "../forms/define.ts";
import { MESSAGE_WORDS } from "./words.ts";

/*
 * What a recipient reads. Units, case numbers, times, counts and a link: there is no room here for personal data.
 */
export type Tone = "urgent" | "overdue" | "notice" | "recovered";
export type MessageLine = {
  kind: ObligationKind;
  /** Local day, case number or tip number. */
  subjectId: string;
  unitName: string;
  /** The unit above it: village names repeat in a county. */
  parentName?: string;
  /** Of a cluster: the unit it was seen in. */
  about?: string;
  dueAt: Date;
  metAt?: Date;
};
export type MessageGroup = {
  tone: Tone;
  /** All of them; `lines` holds the first few. */
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
  link: string;
  groups: MessageGroup[];
};

/** How many lines of a group a message shows before "and N more". */
export const MAX_LINES = 50;
const ORDER: Tone[] = ["urgent", "overdue", "notice", "recovered"];

/** Subject, text and HTML in the recipient's language; times in the zone, to the minute. */
export function renderMessage(
  message: Message,
  zone: string,
): { subject: string; text: string; html: string } {
  const words = MESSAGE_WORDS[message.lang];
  const groups = ORDER.flatMap((tone) => message.groups.filter((group) => group.tone === tone)).map(
    (group) => ({
      title: words.title[group.tone](group.total),
      lines: group.lines.slice(0, MAX_LINES).map((line) => lineText(line, group.tone, message.lang, zone)),
      more: group.total > MAX_LINES ? words.more(group.total - MAX_LINES) : undefined,
    }),
  );
  const detected = words.detected(momentText(message.detectedAt, message.lang, zone));
  const counts = ORDER.flatMap((tone) => {
    const total = message.groups.reduce((sum, group) => (group.tone === tone ? sum + group.total : sum), 0);
    return total > 0 ? [words.count[tone](total)] : [];
  });
  return {
    subject: words.subject(message.countyName, counts),
    text: [
      words.greeting(message.unitName),
      ...groups.map(({ title, lines, more }) =>
        [title, ...[...lines, ...(more ? [more] : [])].map((line) => `· ${line}`)].join("\n"),
      ),
      detected,
      `${words.open}\n${message.link}`,
      words.foot,
    ].join("\n\n"),
    html: htmlOf(
      message.lang,
      [
        `<p>${escapeHtml(words.greeting(message.unitName))}</p>`,
        ...groups.map(
          ({ title, lines, more }) =>
            `<h2 style="font-size:18px">${escapeHtml(title)}</h2><ul>${lines
              .map((line) => `<li>${escapeHtml(line)}</li>`)
              .join("")}</ul>${more ? `<p>${escapeHtml(more)}</p>` : ""}`,
        ),
        `<p>${escapeHtml(detected)}</p>`,
        `<p>${escapeHtml(words.open)}<br><a href="${escapeHtml(message.link)}">${escapeHtml(message.link)}</a></p>`,
        `<p>${escapeHtml(words.foot)}</p>`,
      ].join("\n"),
    ),
  };
}

function lineText(line: MessageLine, tone: Tone, lang: Lang, zone: string): string {
  const words = MESSAGE_WORDS[lang];
  const what = words.what[line.kind](subjectText(line, lang));
  const where = line.parentName ? words.where(line.unitName, line.parentName) : line.unitName;
  const due = momentText(line.dueAt, lang, zone);
  const met = momentText(line.metAt ?? line.dueAt, lang, zone);
  return words.line(what, where, words.state[tone](words.deed[line.kind], due, met));
}

/** What an obligation is about, in words that name nobody: a day, a case or person number, a unit, a role. */
function subjectText({ kind, subjectId, about }: MessageLine, lang: Lang): string {
  const [id = "", role = ""] = subjectId.split("/");
  if (kind === "daily-report") return dayText(subjectId, lang);
  if (kind === "cluster") return about ?? id;
  if (kind === "care-role") return `${id} ${roleWords(role, lang)}`;
  return id;
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

const htmlOf = (lang: Lang, body: string) =>
  `<!doctype html>\n<html lang="${lang}"><head><meta charset="utf-8"></head>\n<body style="font:16px/1.7 sans-serif;color:#111">\n${body}\n</body></html>`;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
