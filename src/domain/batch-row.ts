import type { IdDocument } from "../forms/define.ts";
import type { RowFault } from "./batch.ts";
import {
  idCardFault,
  nameKey,
  normalizeDocument,
  normalizeDocumentNumber,
  normalizePhone,
} from "./identity.ts";
import type { ListField } from "./list-column.ts";
import { type MendAs, mendCell } from "./listed.ts";
import { BLANK_CELL, type Cell, columnAt } from "./sheet.ts";

/** Which column is what: a field, and its column's letter. */
export type ListColumns = Partial<Record<ListField, string>>;
/** A cell as it is kept: its text, or where the file said more all of it. */
export type KeptCell = string | Cell;

/** What a row says of a person. */
export type ListedPerson = {
  name: string;
  document?: IdDocument;
  phone?: string;
  town: string;
  village: string;
  address: string;
  note: string;
};
/** What it is matched by, normalised for the blind indexes. */
export type ListedKeys = { name: string | null; document: string | null; phone: string | null };

/** Columns enough to look for somebody by: the name, and a document, a phone, or a place. */
export const columnsSuffice = ({ name, idDocument, phone, village, address }: ListColumns): boolean =>
  Boolean(name && (idDocument || phone || village || address));

/**
 * A row by its columns. What Excel has spoiled is left out and said, by column: nothing is guessed back. `usable`: a name,
 * and a document, a phone or a place.
 */
export function readListed(
  cells: readonly KeptCell[],
  columns: ListColumns,
  today: string,
): { person: ListedPerson; keys: ListedKeys; faults: RowFault[]; usable: boolean } {
  const faults: RowFault[] = [];
  const read = (field: ListField, as: MendAs): string | undefined => {
    const column = columns[field];
    if (!column) return undefined;
    const cell = cellAt(cells, column);
    const mended = mendCell(cell, as);
    if (cell.merged) faults.push([column, `merged-in:${cell.merged}`]);
    if (mended.reason) faults.push([column, mended.reason]);
    return mended.state === "spoiled" || mended.state === "blank" ? undefined : mended.value;
  };
  const name = (read("name", "text") ?? "").slice(0, 100);
  const document = documentOf(read("idDocument", "id"), columns.idDocument ?? "", today, faults);
  const called = read("phone", "phone");
  const phone = called === undefined ? undefined : phoneIn(called);
  if (called !== undefined && !phone) faults.push([columns.phone ?? "", "phone-shape"]);
  const place = (field: ListField) => (read(field, "text") ?? "").slice(0, 200);
  const person: ListedPerson = {
    ...{ name, town: place("town"), village: place("village"), address: place("address") },
    note: place("note"),
    ...(document ? { document } : {}),
    ...(phone ? { phone } : {}),
  };
  const keys = {
    name: nameKey(name) || null,
    document: normalizeDocument(document) ?? null,
    phone: phone ?? null,
  };
  const usable = Boolean(keys.name && (keys.document || keys.phone || person.village || person.address));
  return { person, keys, faults, usable };
}

/** 18 digits are an ID and must check; what has letters is a passport or a permit; an ID of 15, as before 1999, is none any more. */
function documentOf(
  text: string | undefined,
  column: string,
  today: string,
  faults: RowFault[],
): IdDocument | undefined {
  if (text === undefined) return undefined;
  const number = normalizeDocumentNumber(text);
  if (/^\d{17}[\dX]$/.test(number)) {
    const fault = idCardFault(number, today);
    if (!fault) return { kind: "id_card", number };
    faults.push([column, `id-${fault}`]);
    return undefined;
  }
  if (/^[HM]\d{8,10}$/.test(number)) return { kind: "hk_macao_permit", number };
  if (/^(?=.*\d)[A-Z]{1,2}[A-Z0-9]{5,15}$/.test(number)) return { kind: "passport", number };
  faults.push([column, "id-shape"]);
  return undefined;
}

/** The first number of a cell that may hold two. */
function phoneIn(text: string): string | undefined {
  const whole = normalizePhone(text);
  if (whole) return whole;
  for (const part of text.split(/[、,，;；/\s]+/)) {
    const number = normalizePhone(part);
    if (number) return number;
  }
  return undefined;
}

const cellAt = (cells: readonly KeptCell[], column: string): Cell => {
  const cell = cells[columnAt(column)];
  return typeof cell === "string" ? { text: cell } : (cell ?? BLANK_CELL);
};

/** A row's cells as they are kept. */
export const keepCells = (cells: readonly Cell[]): KeptCell[] =>
  cells.map((cell) => (cell.kind || cell.formula || cell.merged ? cell : cell.text));
