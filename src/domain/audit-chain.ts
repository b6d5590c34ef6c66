import { addDays, localDate, MINUTE, momentOf } from "./time.ts";

/*
 * The chain over the audit. Each part covers the rows recorded after the part before it, up to and with its own last
 * moment, never beyond a local day; its keyed hash covers the hash before it, so nothing can be taken out, put in or
 * changed behind it without the key. A row that comes later with a time before the last part's end (somebody fired the
 * cron as at an earlier moment, or wrote it by hand) is told as added: the chain goes on all the same.
 */
/** A row of the audit; `recordedAt` in ms. */
export type AuditRow = {
  id: string;
  actor: string;
  act: string;
  subjectId: string;
  unitCode: string;
  recordedAt: number;
  detail: string | null;
  sealed: string | null;
};
/** A part of the chain; moments in ms. */
export type Seal = {
  date: string;
  part: number;
  afterAt: number;
  uptoAt: number;
  rows: number;
  hash: string;
  recordedAt: number;
};

/** Rows younger than this may still get company, in ms. */
export const SETTLED = 5 * MINUTE;
/** Parts are made no more often, in ms. */
export const SEAL_EVERY = 10 * MINUTE;
/** Before the first part nothing was recorded. */
export const BEGINNING = -1;

/**
 * How many of these rows (in order) the next part takes: those of the first one's local day, and of them no moment in
 * part. `more`: behind them stand others that were not read. 0 when the first moment alone is more than was read.
 */
export function takenBy(rows: readonly Pick<AuditRow, "recordedAt">[], more: boolean, zone: string): number {
  const [first] = rows;
  if (!first) return 0;
  const tomorrow = addDays(localDate(new Date(first.recordedAt), zone), 1);
  const end = momentOf(tomorrow, "00:00", zone).getTime();
  const next = rows.findIndex(({ recordedAt }) => recordedAt >= end);
  if (next >= 0) return next;
  if (!more) return rows.length;
  const cut = rows.at(-1)?.recordedAt;
  return rows.findIndex(({ recordedAt }) => recordedAt === cut);
}

/** The number of the part after `last` on a local day. */
export const partAfter = (last: Pick<Seal, "date" | "part"> | undefined, date: string): number =>
  last?.date === date ? last.part + 1 : 1;

/** 32 bytes that stand for one row, every column of it. */
export async function digestOf(row: AuditRow): Promise<Uint8Array> {
  const { id, actor, act, subjectId, unitCode, recordedAt, detail, sealed } = row;
  const text = JSON.stringify([id, actor, act, subjectId, unitCode, recordedAt, detail, sealed]);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** What a part's hash is made of: the hash before it, what the part says of itself, and its rows in order. */
export function sealedBytes(
  previous: string,
  seal: Omit<Seal, "hash" | "recordedAt">,
  digests: readonly Uint8Array[],
): Uint8Array {
  const { date, part, afterAt, uptoAt, rows } = seal;
  const head = new TextEncoder().encode(`${JSON.stringify([previous, date, part, afterAt, uptoAt, rows])}\n`);
  const bytes = new Uint8Array(head.length + digests.length * 32);
  bytes.set(head);
  for (const [at, digest] of digests.entries()) bytes.set(digest, head.length + at * 32);
  return bytes;
}

/**
 * missing, added: so many rows fewer or more than were sealed. altered: as many, but not the same. broken: the part before
 * this one is not there any more.
 */
export type Fault =
  | { kind: "missing" | "added"; count: number; id?: string }
  | { kind: "altered" | "broken" };

/** Keyed hash of bytes, with the key that made `like`. */
export type Sign = (bytes: Uint8Array, like: string) => Promise<string>;

/** Trying every row for the one that was added costs as many hashes as there are rows. */
const MOST_TRIED = 5_000;

/**
 * Whether a part holds: undefined, or what can be told of the fault. One single row too many is found by leaving out each
 * in turn; which one is missing, or which was altered, nobody can tell, for only the whole was kept.
 * @param previous the part before it, undefined for the first
 */
export async function faultOf(
  seal: Seal,
  previous: Seal | undefined,
  found: readonly { id: string; digest: Uint8Array }[],
  sign: Sign,
): Promise<Fault | undefined> {
  const holds = async (digests: Uint8Array[]) =>
    (await sign(sealedBytes(previous?.hash ?? "", seal, digests), seal.hash)) === seal.hash;
  if (seal.afterAt !== (previous?.uptoAt ?? BEGINNING) || seal.part !== partAfter(previous, seal.date))
    return { kind: "broken" };
  const digests = found.map(({ digest }) => digest);
  if (found.length < seal.rows) return { kind: "missing", count: seal.rows - found.length };
  if (found.length === seal.rows) return (await holds(digests)) ? undefined : { kind: "altered" };
  const count = found.length - seal.rows;
  if (count === 1 && found.length <= MOST_TRIED)
    for (const [at, { id }] of found.entries())
      if (await holds(digests.toSpliced(at, 1))) return { kind: "added", count, id };
  return { kind: "added", count };
}
