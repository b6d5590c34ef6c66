import { inOrder, leftOut, lineOf, type Message, subjectOf, timesOf } from "./messages.ts";
import { MESSAGE_WORDS } from "./words.ts";

/*
 * A message as a group's bot says it: short, plain text, and no key in it. The unit's own link stays out whoever fills
 * in the message, for in a group everybody may open it.
 */
export type Brief = {
  title: string;
  lines: string[];
  /** The alert's own page. */
  link?: { words: string; url: string };
};

/** The most things that a group is told of one by one. */
const MAX_LINES = 10;
/** So many characters of a name, of a line: even without any thing named the rest fits the smallest limit. */
const MAX_NAME = 40;
const MAX_LINE = 300;

/**
 * As many things as the format has room for, the urgent first, then how many more there are. Whole lines go, never half
 * a character. @param fits whether a tried version is within the format's size
 */
export function renderBrief(message: Message, zone: string, fits: (brief: Brief) => boolean): Brief {
  const words = MESSAGE_WORDS[message.lang];
  const groups = inOrder(message);
  const items = groups.flatMap((group) =>
    group.lines.map((line) => {
      const { text, before } = lineOf(line, group.tone, message, zone);
      const lines = [`· ${clip(text, MAX_LINE)}`, ...(before ? [`  ${clip(before, MAX_LINE)}`] : [])];
      return { group, line, lines };
    }),
  );
  const left = (shown: number) =>
    groups.reduce((sum, group) => {
      const told = items.slice(0, shown).flatMap((item) => (item.group === group ? [item.line] : []));
      return sum + leftOut(group, told);
    }, 0);
  const of = (shown: number): Brief => ({
    title: subjectOf({ ...message, countyName: clip(message.countyName, MAX_NAME) }),
    lines: [
      words.greeting(clip(message.unitName, MAX_NAME)),
      ...items.slice(0, shown).flatMap(({ lines }) => lines),
      ...(left(shown) > 0 ? [words.more(left(shown))] : []),
      timesOf(message, zone),
    ],
    link: message.alertLink ? { words: words.story, url: message.alertLink } : undefined,
  });
  for (let shown = Math.min(items.length, MAX_LINES); ; shown--) {
    const brief = of(shown);
    if (shown === 0 || fits(brief)) return brief;
  }
}

/** A brief as one text. */
export const briefText = ({ title, lines, link }: Brief): string =>
  [title, ...lines, ...(link ? [link.words, link.url] : [])].join("\n");

/** One line of so many characters at most. "<" would begin a mention of somebody (<@all>, <at …>) in some groups. */
function clip(text: string, most: number): string {
  const line = [...text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replaceAll("<", "＜")];
  return line.length <= most ? line.join("") : `${line.slice(0, most - 1).join("")}…`;
}
