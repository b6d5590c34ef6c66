/*
 * 批次: a list of persons that a bureau sent down (教育局反馈 N 批次 N 人; DOMAIN.md, mechanisms 6 and 7), each row against
 * what is known. Every row has one result, so that new + known + conflicting + rejected = rows. Nothing is ever merged
 * here: a row that says something else than what is known is a person's to decide.
 */
export const BATCH_SOURCES = ["education", "health", "police", "transport", "other"] as const;
export type BatchSource = (typeof BATCH_SOURCES)[number];
export const ROW_RESULTS = ["new", "known", "conflicting", "rejected"] as const;
export type RowResult = (typeof ROW_RESULTS)[number];
export const ROW_OUTCOMES = ["found", "not_found", "elsewhere"] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];
/** How the search for a row ended: as its village says, or the office has closed the list before anybody did. */
export const ROW_ENDS = [...ROW_OUTCOMES, "closed"] as const;
export type RowEnd = (typeof ROW_ENDS)[number];
/** What a conflicting row turns out to be, once somebody has looked: one of these, and never conflicting again. */
export const SETTLINGS = ["known", "new", "rejected"] as const;
export type Settling = (typeof SETTLINGS)[number];

/** Rows that one statement stores, one request checks, one step writes out. */
export const PIECE = 500;
/** Rows a list may have. */
export const MOST_ROWS = 10_000;

/** A column's letter, or "" for the row as a whole; a machine word, behind a colon what it points to (never a person's data). */
export type RowFault = [column: string, word: string];

/** What a row is matched by; blind indexes, never what was typed. */
export type RowKeys = {
  row: number;
  idIndex: string | null;
  phoneIndex: string | null;
  nameIndex: string | null;
  unitCode: string | null;
};
/** A row as it was read: which of its cells cannot be used, and where it belongs or why nobody can tell. */
export type ReadRow = RowKeys & { faults: RowFault[]; usable: boolean; placeFault?: PlaceFault };
export type PlaceFault = "place-unknown" | "place-ambiguous" | "place-contradicts" | "place-outside";

/** Somebody registered who has the row's document, or whose household has its phone. */
export type Registered = {
  personId: string;
  idIndex: string | null;
  nameIndex: string | null;
  /** Of the household. */
  phoneIndex: string | null;
};
/** A row of another list whose village is still looking. */
export type Sought = RowKeys & { batchId: string };

export type RowDecision = {
  row: number;
  result: RowResult;
  faults: RowFault[];
  unitCode: string | null;
  /** Who it was found to be: a person's id, or PC-0127-0031/17. */
  personId: string | null;
};

/**
 * Decides the rows of a piece in the list's order. @param around what is known: persons registered in the list's own
 * subtree, rows of other lists there, and the rows of this list that were read before and are not rejected
 */
export function decideRows(
  rows: readonly ReadRow[],
  around: { registered: readonly Registered[]; sought: readonly Sought[]; earlier: readonly RowKeys[] },
): RowDecision[] {
  const registered = keyed(around.registered, ({ phoneIndex }) => phoneIndex);
  const sought = keyed(around.sought, phoneAndName);
  const earlier = keyed(around.earlier, phoneAndName);
  return rows.map((row) => {
    const found = decide(row, {
      registered: registered.like(row),
      sought: sought.like(row),
      earlier: earlier.like(row).filter((one) => one.row < row.row),
    });
    if (found.result !== "rejected") earlier.add(row);
    return {
      row: row.row,
      result: found.result,
      faults: found.word ? [...row.faults, ["", found.word]] : row.faults,
      unitCode: row.unitCode,
      personId: found.personId ?? null,
    };
  });
}

/** What a row was found to be, and why or as whom. */
export type Found = { result: RowResult; word?: string; personId?: string };
type Around = { registered: Registered[]; sought: Sought[]; earlier: RowKeys[] };

function decide(row: ReadRow, { registered, sought, earlier }: Around): Found {
  if (row.nameIndex === null) return { result: "rejected", word: "no-name" };
  if (!row.usable) return { result: "rejected", word: "no-identity" };
  return (
    amongRegistered(row, registered) ??
    amongEarlier(row, earlier) ??
    (row.placeFault ? conflict(row.placeFault) : undefined) ??
    amongSought(row, sought) ?? { result: "new" }
  );
}

const conflict = (word: string): Found => ({ result: "conflicting", word });

/** The same document, or the same phone and name: known. The same document or phone and another name: a person decides. */
export function amongRegistered(row: RowKeys, persons: readonly Registered[]): Found | undefined {
  const byDocument = persons.filter((one) => same(one.idIndex, row.idIndex));
  const byPhone = persons.filter((one) => same(one.phoneIndex, row.phoneIndex));
  const named = byPhone.filter((one) => same(one.nameIndex, row.nameIndex));
  const others = named.filter((one) => row.idIndex && one.idIndex && one.idIndex !== row.idIndex);
  if (byDocument.length > 0) {
    const right = byDocument.filter((one) => same(one.nameIndex, row.nameIndex));
    const [first] = right;
    if (!first) return conflict("document-other-name");
    if (right.length < byDocument.length || others.length > 0) return conflict("two-persons");
    return { result: "known", personId: first.personId };
  }
  const [first] = named;
  if (!first) return byPhone.length > 0 ? conflict("phone-other-name") : undefined;
  if (others.length > 0) return conflict("name-other-document");
  if (named.length > 1 && !named.every((one) => same(one.idIndex, first.idIndex)))
    return conflict("two-persons");
  return { result: "known", personId: first.personId };
}

/** The same person twice in one list: said the same it is known by the first row, said otherwise a person decides. */
function amongEarlier(row: ReadRow, rows: readonly RowKeys[]): Found | undefined {
  const [twin] = rows.filter((one) => isSamePerson(one, row)).sort((a, b) => a.row - b.row);
  if (!twin) return undefined;
  const differs =
    twin.nameIndex !== row.nameIndex ||
    differ(twin.idIndex, row.idIndex) ||
    differ(twin.phoneIndex, row.phoneIndex) ||
    twin.unitCode !== row.unitCode;
  return differs ? conflict(`differs:${twin.row}`) : { result: "known", word: `repeats:${twin.row}` };
}

function amongSought(row: RowKeys, rows: readonly Sought[]): Found | undefined {
  const [twin] = rows.filter((one) => isSamePerson(one, row));
  if (!twin) return undefined;
  if (twin.nameIndex !== row.nameIndex) return conflict("document-other-name");
  const number = `${twin.batchId}/${twin.row}`;
  return { result: "known", word: `sought:${number}`, personId: number };
}

/** By document, or by phone and name; families share a phone, so that alone says nothing within lists. */
const isSamePerson = (a: RowKeys, b: RowKeys): boolean =>
  same(a.idIndex, b.idIndex) || (same(a.phoneIndex, b.phoneIndex) && same(a.nameIndex, b.nameIndex));
const same = (a: string | null, b: string | null): boolean => a !== null && a === b;
const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b;

type Keys = Pick<RowKeys, "idIndex" | "phoneIndex" | "nameIndex">;
const phoneAndName = ({ phoneIndex, nameIndex }: Keys): string | null =>
  phoneIndex !== null && nameIndex !== null ? `${phoneIndex}/${nameIndex}` : null;

/** What shares a document, or what else it is found by, with a row: a school's number on every row must not compare all. */
function keyed<T extends Keys>(all: readonly T[], by: (one: Keys) => string | null) {
  const byKey = new Map<string, T[]>();
  const keysOf = (one: Keys) =>
    [one.idIndex && `id/${one.idIndex}`, by(one) && `by/${by(one)}`].filter((key) => key !== null);
  const add = (one: T) => {
    for (const key of keysOf(one)) {
      const kept = byKey.get(key);
      if (kept) kept.push(one);
      else byKey.set(key, [one]);
    }
  };
  for (const one of all) add(one);
  return { add, like: (row: Keys): T[] => [...new Set(keysOf(row).flatMap((key) => byKey.get(key) ?? []))] };
}

/** How many rows have each result. */
export function countResults(rows: readonly { result: RowResult }[]): Record<RowResult, number> {
  const counts = { new: 0, known: 0, conflicting: 0, rejected: 0 };
  for (const { result } of rows) counts[result] += 1;
  return counts;
}

/** Where a list stands: half received, waiting for its columns, being checked, to be agreed to, written out, waited for, let go, over. */
export const BATCH_STATES = [
  ...(["receiving", "columns", "checking", "ready", "applying", "open", "closing"] as const),
  ...(["finished", "withdrawn"] as const),
] as const;
export type BatchState = (typeof BATCH_STATES)[number];
export type BatchMoments = {
  columns: object | null;
  lastRow: number;
  storedUpTo: number;
  checkedUpTo: number;
  appliedUpTo: number;
  confirmedAt: Date | null;
  closedAt: Date | null;
  finishedAt: Date | null;
  withdrawnAt: Date | null;
};
export function batchState(one: BatchMoments): BatchState {
  if (one.withdrawnAt) return "withdrawn";
  if (one.finishedAt) return "finished";
  if (one.storedUpTo < one.lastRow) return "receiving";
  if (!one.columns) return "columns";
  if (one.checkedUpTo < one.lastRow) return "checking";
  if (!one.confirmedAt) return "ready";
  if (one.appliedUpTo < one.lastRow) return "applying";
  return one.closedAt ? "closing" : "open";
}

/** Whether conflicting rows can be settled: the list is handed out, and what its rows said is still there. */
export const settlesRows = (one: BatchMoments & { sealedOffAt: Date | null }): boolean =>
  !one.sealedOffAt && ["open", "closing", "finished"].includes(batchState(one));

/** PC-0127-0031: the day it came and digits that check, as a case number. */
export const isBatchNumber = (text: string): boolean => /^PC-\d{4}-\d{4}$/.test(text);
/** The row of an address or an obligation, 1 to 7 digits; undefined for anything else. */
export const rowNumber = (text: string | undefined): number | undefined =>
  text && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
