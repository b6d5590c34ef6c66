import { desc, type SQL, sql } from "drizzle-orm";
import {
  type AuditRow,
  BEGINNING,
  digestOf,
  type Fault,
  faultOf,
  partAfter,
  type Seal,
  sealedBytes,
  takenBy,
} from "../domain/audit-chain.ts";
import { localDate } from "../domain/time.ts";
import type { Privacy } from "./privacy.ts";
import { auditSeal } from "./schema.ts";
import { type Db, runBatch, type Store } from "./store.ts";

const PURPOSE = "audit-chain";

/** The last part of the chain; undefined before the first. One row read. */
export async function lastSeal(db: Db): Promise<Seal | undefined> {
  const [row] = await db
    .select()
    .from(auditSeal)
    .orderBy(desc(auditSeal.date), desc(auditSeal.part))
    .limit(1);
  return (
    row && {
      ...row,
      afterAt: row.afterAt.getTime(),
      uptoAt: row.uptoAt.getTime(),
      recordedAt: row.recordedAt.getTime(),
    }
  );
}

/** How many rows wait to be sealed, up to `most`. */
export async function unsealed(db: Db, last: Seal | undefined, most: number): Promise<number> {
  const [row] = await db.all<{ n: number }>(
    sql`SELECT count(*) AS n FROM
      (SELECT 1 FROM audit WHERE recorded_at > ${last?.uptoAt ?? BEGINNING} LIMIT ${most})`,
  );
  return row?.n ?? 0;
}

/**
 * Makes the chain's next part out of what was recorded after the last one and not after `upto`; at most `bound` rows, but
 * a moment is sealed whole. The database decides between two that do so at once. @returns rows sealed
 */
export async function sealNext(
  { db, privacy }: Store,
  last: Seal | undefined,
  { upto, now, zone, bound }: { upto: Date; now: Date; zone: string; bound: number },
): Promise<number> {
  const read: Read = (query) => db.all(query);
  const afterAt = last?.uptoAt ?? BEGINNING;
  const rows = await rowsAfter(read, [afterAt, LAST], upto.getTime(), bound + 1);
  const [first] = rows;
  if (!first) return 0;
  let taken = rows.slice(0, takenBy(rows, rows.length > bound, zone));
  if (taken.length === 0) taken = await wholeMoment(read, first.recordedAt, bound);
  // Days never go back, even where the zone was set anew: parts stand in the order of their days.
  const date = [localDate(new Date(first.recordedAt), zone), last?.date ?? ""].sort().at(-1) as string;
  const uptoAt = taken.at(-1)?.recordedAt ?? first.recordedAt;
  const part = partAfter(last, date);
  const seal = { date, part, afterAt, uptoAt, rows: taken.length };
  const digests = await Promise.all(taken.map(digestOf));
  const hash = await privacy.sign(PURPOSE, sealedBytes(last?.hash ?? "", seal, digests));
  const [done] = (await runBatch(db, [
    // Only upon the part it was made from: whoever was slower adds nothing.
    db.run(sql`INSERT INTO audit_seal (date, part, after_at, upto_at, rows, hash, recorded_at)
      SELECT ${date}, ${part}, ${afterAt}, ${uptoAt}, ${seal.rows}, ${hash}, ${now.getTime()}
      WHERE coalesce((SELECT max(upto_at) FROM audit_seal), ${BEGINNING}) = ${afterAt}
      ON CONFLICT DO NOTHING`),
  ])) as D1Result[];
  return done?.meta.changes ? seal.rows : 0;
}

/** Runs one query: in the Worker against D1, on a command line through wrangler. */
export type Read = <Row>(query: SQL) => Promise<Row[]>;
/** One part looked at again: whole, or what is wrong with it; `uncovered` rows stand before it that no part covers. */
export type Checked = { seal: Seal; fault?: Fault; uncovered: number };

/**
 * Computes the chain again, part by part, from one local day to another. What lies before `from` is taken at its word.
 * @throws UnknownKey for a part made with a secret that is not at hand
 */
export async function* verifyChain(
  read: Read,
  privacy: Privacy,
  { from = "", to = "~", page = 5_000 }: { from?: string; to?: string; page?: number },
): AsyncGenerator<Checked> {
  let [previous] = from
    ? await sealsWhere(read, sql`date < ${from} ORDER BY date DESC, part DESC LIMIT 1`)
    : [];
  const rows = new Rows(read, previous?.uptoAt ?? BEGINNING, page);
  let key: [string, number] = [from, 0];
  for (;;) {
    const seals = await sealsWhere(
      read,
      sql`(date, part) > (${key[0]}, ${key[1]}) AND date <= ${to} ORDER BY date, part LIMIT ${SEALS}`,
    );
    for (const seal of seals) {
      const uncovered = (await rows.upTo(seal.afterAt)).length;
      const found = await Promise.all(
        (await rows.upTo(seal.uptoAt)).map(async (row) => ({ id: row.id, digest: await digestOf(row) })),
      );
      const fault = await faultOf(seal, previous, found, (data, like) => privacy.sign(PURPOSE, data, like));
      yield { seal, uncovered, ...(fault ? { fault } : {}) };
      previous = seal;
    }
    const last = seals.at(-1);
    if (!last || seals.length < SEALS) return;
    key = [last.date, last.part];
  }
}

/** Parts read at once. */
const SEALS = 500;

/** The audit in order, a page at a time. */
class Rows {
  readonly #read: Read;
  readonly #page: number;
  #key: Key;
  #kept: AuditRow[] = [];
  #over = false;
  constructor(read: Read, after: number, page: number) {
    this.#read = read;
    this.#page = page;
    this.#key = [after, LAST];
  }

  /** What comes next and was not recorded after a moment. */
  async upTo(moment: number): Promise<AuditRow[]> {
    const taken: AuditRow[] = [];
    for (;;) {
      const beyond = this.#kept.findIndex(({ recordedAt }) => recordedAt > moment);
      taken.push(...this.#kept.splice(0, beyond < 0 ? this.#kept.length : beyond));
      if (beyond >= 0 || this.#over) return taken;
      this.#kept = await rowsAfter(this.#read, this.#key, Number.MAX_SAFE_INTEGER, this.#page);
      this.#over = this.#kept.length < this.#page;
      const last = this.#kept.at(-1);
      if (last) this.#key = [last.recordedAt, last.id];
    }
  }
}

type Key = [recordedAt: number, id: string];
/** Behind every id of a moment. */
const LAST = "\u{10ffff}";

const rowsAfter = (read: Read, [at, id]: Key, upto: number, limit: number): Promise<AuditRow[]> =>
  read<AuditRow>(sql`
    SELECT id, actor, act, subject_id AS subjectId, unit_code AS unitCode, recorded_at AS recordedAt, detail, sealed
    FROM audit WHERE (recorded_at, id) > (${at}, ${id}) AND recorded_at <= ${upto}
    ORDER BY recorded_at, id LIMIT ${limit}`);

/** Every row of one moment, however many: half a moment cannot be sealed. */
async function wholeMoment(read: Read, at: number, page: number): Promise<AuditRow[]> {
  const all: AuditRow[] = [];
  for (;;) {
    const rows = await rowsAfter(read, [at, all.at(-1)?.id ?? ""], at, page);
    all.push(...rows);
    if (rows.length < page) return all;
  }
}

const sealsWhere = (read: Read, rest: SQL): Promise<Seal[]> =>
  read<Seal>(sql`
    SELECT date, part, after_at AS afterAt, upto_at AS uptoAt, rows, hash, recorded_at AS recordedAt
    FROM audit_seal WHERE ${rest}`);
