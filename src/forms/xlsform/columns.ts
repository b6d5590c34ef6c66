import { LANGS, type Words } from "../define.ts";
import { type FormSheet, LANGUAGE, mark } from "./sheet.ts";

/* How an exported row is laid out in columns. */
/** A row by its headings. */
export type Cells = Record<string, string>;

/** A column for each language. */
export const words = (column: string, said: Words): Cells =>
  Object.fromEntries(LANGS.map((lang) => [`${column}::${LANGUAGE[lang]}`, said[lang]]));
/** The same as marked columns. */
export const markedWords = (name: string, said: Words): Cells =>
  Object.fromEntries(LANGS.map((lang) => [mark(`${name}-${lang}`), said[lang]]));

/** The columns that rows use, in the order people expect them. */
export function sheet(first: readonly string[], rows: readonly Cells[]): FormSheet {
  const used = new Set(rows.flatMap((cells) => Object.keys(cells)));
  const order = (head: string) => {
    const at = ORDER.findIndex((known) => head === known || head.startsWith(`${known}::`));
    return at < 0 ? ORDER.length : at;
  };
  const heads = [
    ...first,
    ...[...used].filter((head) => !first.includes(head)).sort((a, b) => order(a) - order(b)),
  ];
  return { heads, rows: rows.map((cells, at) => ({ row: at + 2, cells })) };
}
const ORDER = [
  "label",
  "hint",
  "required",
  "required_message",
  "relevant",
  "constraint",
  "constraint_message",
  "appearance",
];
