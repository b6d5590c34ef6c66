import { type SQL, sql } from "drizzle-orm";
import type { ReportId, ReportLang } from "../domain/situation-report.ts";
import { hashInput, type IssuedText, type Snapshot } from "../domain/snapshot.ts";
import { recordActIf } from "./audit.ts";
import { type Acted, changes, line } from "./desk-act.ts";
import { UnknownKey } from "./privacy.ts";
import { refusedBy, runBatch, type Store } from "./store.ts";

/** Which report: its versions are told apart by their number alone. */
export type ReportPlace = { unit: string; template: ReportId; lang: ReportLang; asOf: Date };

/** A report that was issued, without its text. */
export type IssuedLine = {
  id: string;
  unitCode: string;
  template: ReportId;
  lang: ReportLang;
  asOf: Date;
  version: number;
  hash: string;
  by: string;
  recordedAt: Date;
};
/** The whole of it, opened. `intact`: hash, figures, text and whose report it is as of when all say the same. */
export type Issued = IssuedLine & { from: Date; snapshot: Snapshot; words: IssuedText; intact: boolean };

/** The most versions of one report that are told. */
const MOST_VERSIONS = 50;

/** SHA-256 of a report's figures and text, hexadecimal. */
export async function hashOf(snapshot: Snapshot, text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(hashInput(snapshot, text)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Freezes a report with its line in the history, as the version after `held`: the database decides who is first.
 * @param entry id: reportNumber; held: the last version that the official saw, 0 for none
 * @returns false where there is a later version, or the number was taken
 */
export async function issueReport(
  { db, privacy }: Store,
  entry: ReportPlace & {
    id: string;
    from: Date;
    held: number;
    snapshot: Snapshot;
    hash: string;
    words: IssuedText;
  },
  acted: Acted,
): Promise<boolean> {
  const { id, unit, template, lang, asOf, from, held, snapshot, hash } = entry;
  const sealed = await privacy.seal(entry.words, id, "situation_report");
  const { actor, now } = acted;
  try {
    const [written] = await runBatch(db, [
      db.run(sql`
        INSERT INTO situation_report (id, unit_code, template, lang, as_of, from_at, version, figures, hash, sealed,
          issued_by, recorded_at)
        SELECT ${id}, ${unit}, ${template}, ${lang}, ${asOf.getTime()}, ${from.getTime()}, ${held + 1},
          ${JSON.stringify(snapshot)}, ${hash}, ${sealed}, ${actor}, ${now.getTime()}
        WHERE ${held} = coalesce((SELECT max(version) FROM situation_report
          WHERE unit_code = ${unit} AND template = ${template} AND lang = ${lang} AND as_of = ${asOf.getTime()}), 0)`),
      recordActIf(
        db,
        line(acted, "issue-report", id, unit, `${template} v${held + 1}`),
        sql`SELECT 1 FROM situation_report WHERE id = ${id} AND issued_by = ${actor} AND recorded_at = ${now.getTime()}`,
      ),
    ]);
    return changes(written) > 0;
  } catch (error) {
    if (refusedBy(error) === "unique") return false;
    throw error;
  }
}

/** The report of a number, opened, or that it was altered beyond reading; whose it is to see is the caller's to ask. */
export async function findIssued(
  { db, privacy }: Store,
  id: string,
): Promise<Issued | (IssuedLine & { intact: "unreadable" }) | undefined> {
  const [row] = await db.all<Row & { figures: string; sealed: string; from: number }>(
    sql`SELECT ${COLUMNS}, figures AS figures, sealed AS sealed, from_at AS "from" FROM situation_report WHERE id = ${id}`,
  );
  if (!row) return undefined;
  const { figures, sealed, from, ...rest } = row;
  const one = { ...lineOf(rest), from: new Date(from) };
  try {
    const words = await privacy.open<IssuedText>(sealed, id, "situation_report");
    const snapshot: Snapshot = JSON.parse(figures);
    const same =
      `${snapshot.unit.code}/${snapshot.template}/${snapshot.lang}` ===
        `${one.unitCode}/${one.template}/${one.lang}` &&
      Date.parse(snapshot.asOf) === one.asOf.getTime() &&
      Date.parse(snapshot.from) === one.from.getTime();
    // What a page reads of it is there.
    if (!Array.isArray(snapshot.figures) || !Array.isArray(snapshot.completeness.missing))
      throw new TypeError("no snapshot");
    return { ...one, snapshot, words, intact: same && (await hashOf(snapshot, words.text)) === one.hash };
  } catch (error) {
    // A wrong secret is no altered row.
    if (error instanceof UnknownKey) throw error;
    return { ...one, intact: "unreadable" };
  }
}

/** Every version of one report, the latest first. */
export const listVersions = ({ db }: Pick<Store, "db">, place: ReportPlace): Promise<IssuedLine[]> =>
  lines(
    db,
    sql`WHERE unit_code = ${place.unit} AND template = ${place.template} AND lang = ${place.lang}
      AND as_of = ${place.asOf.getTime()} ORDER BY version DESC LIMIT ${MOST_VERSIONS}`,
  );

/** What a unit has issued, the latest first. @param before where the page before ended */
export const listIssued = (
  { db }: Pick<Store, "db">,
  unit: string,
  { before, limit }: { before?: { at: number; id: string } | undefined; limit: number },
): Promise<IssuedLine[]> =>
  lines(
    db,
    sql`WHERE unit_code = ${unit} ${before ? sql`AND (recorded_at, id) < (${before.at}, ${before.id})` : sql``}
      ORDER BY recorded_at DESC, id DESC LIMIT ${limit}`,
  );

type Row = Omit<IssuedLine, "asOf" | "recordedAt"> & { asOf: number; recordedAt: number };
const COLUMNS = sql`id AS id, unit_code AS unitCode, template AS template, lang AS lang, as_of AS asOf,
  version AS version, hash AS hash, issued_by AS "by", recorded_at AS recordedAt`;

const lineOf = (row: Row): IssuedLine => ({
  ...row,
  asOf: new Date(row.asOf),
  recordedAt: new Date(row.recordedAt),
});

async function lines(db: Store["db"], rest: SQL): Promise<IssuedLine[]> {
  return (await db.all<Row>(sql`SELECT ${COLUMNS} FROM situation_report ${rest}`)).map(lineOf);
}
