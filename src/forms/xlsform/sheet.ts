import type { Choice, Lang } from "../define.ts";
import { documentKinds, noWords, yesWords } from "../words.ts";

/*
 * An XLSForm as its three sheets: what both directions and the rules share. XLSForm has no words for some of what a
 * form file says; those stand in columns of our own namespace, the way the standard leaves open for extensions
 * (xlsform.org, "Advanced use and extensibility": bind::prefix:name, the prefix in the setting `namespaces`).
 */
export type SheetName = "survey" | "choices" | "settings";
/** `row` as the spreadsheet counts, heads in row 1; a cell without text is not there. */
export type SheetRow = { row: number; cells: Readonly<Record<string, string>> };
export type FormSheet = { heads: readonly string[]; rows: readonly SheetRow[] };
export type FormBook = Record<SheetName, FormSheet>;
/** Something to say about a place in a workbook; `row` and `column` where it is about one. */
export type Remark = { sheet: string; row?: number; column?: string; said: string };

/** What a language is called in a column: the name that ODK shows, and a tag that pyxform knows. */
export const LANGUAGE: Record<Lang, string> = {
  "zh-Hans": "简体中文 (zh)",
  "zh-Hant": "繁體中文 (zh)",
  en: "English (en)",
};

const PREFIX = "baobei";
export const NAMESPACES = `${PREFIX}="urn:baobei:form"`;
/** A column of the survey that only this service reads. */
export const mark = (name: string): string => `bind::${PREFIX}:${name}`;
/** The same of the settings. */
export const formMark = (name: string): string => `attribute::${PREFIX}:${name}`;

/** The list that every yes_no question chooses from. */
export const YES_NO = "yes_no";
export const yesNoChoices: readonly Choice[] = [
  { name: "yes", label: yesWords },
  { name: "no", label: noWords },
];
/** The list of an id_document's kinds, and the two questions that one becomes. */
export const DOCUMENT_KINDS = "document_kind";
export const documentChoices: readonly Choice[] = documentKinds;
export const documentParts = (name: string) => ({ kind: `${name}_kind`, number: `${name}_number` });

/** An expression or rule that the other side has no words for; the message says why. */
export class NotCarried extends Error {}

/** What XML takes as a name, as pyxform holds it: a letter or underscore, then letters, digits, hyphens, periods. */
export const isXmlName = (name: string): boolean => /^[\p{L}_][\p{L}\p{M}\p{Nd}_.\-·]*$/u.test(name);

/** "survey row 5, column relevant: …" */
export const shownRemark = ({ sheet, row, column, said }: Remark): string =>
  `${sheet}${row === undefined ? "" : ` row ${row}`}${column === undefined ? "" : `, column ${column}`}: ${said}`;
