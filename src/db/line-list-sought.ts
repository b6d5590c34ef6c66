import { sql } from "drizzle-orm";
import { normalizeDocument } from "../domain/identity.ts";
import { takePage } from "../domain/keyset.ts";
import type { Sought } from "../domain/line-list.ts";
import type { IdDocument } from "../forms/define.ts";
import type { LineAsk } from "./line-list.ts";
import {
  homesOf,
  type Key,
  peopleOf,
  peopleOfHomes,
  type Slice,
  slicePeopleNamed,
  within,
} from "./line-list-rows.ts";
import { foundPerson, type Walked } from "./line-list-walk.ts";
import { household } from "./schema.ts";
import type { Db, Store } from "./store.ts";

/*
 * Who has a name, a phone or a document: by blind index, so that only the whole of it is found. The scope decides before
 * the limit does: however often others register with the same one elsewhere, that hides nobody here.
 */
const PAGE = 50;
/** Registrations of one phone or document on a page. */
const NEWEST = 20;
/** How many are looked at for them, wherever they are; behind these the next page goes on. */
const SCANNED = 1000;
const DOCUMENTS = ["id_card", "hk_macao_permit", "taiwan_permit", "passport", "other"] as const;
/** Behind everybody of a household. */
const ALL = Number.MAX_SAFE_INTEGER;

export function walkSought(
  store: Store,
  sought: Exclude<Sought, { by: "number" }>,
  ask: Pick<LineAsk, "scope" | "after">,
): Promise<Walked> {
  if (sought.by === "name") return walkName(store, sought.key, ask);
  return sought.by === "phone" ? walkPhone(store, sought.key, ask) : walkDocument(store, sought.key, ask);
}
type Asked = Pick<LineAsk, "scope" | "after">;

async function walkName({ db, privacy }: Store, name: string, asked: Asked): Promise<Walked> {
  const index = await privacy.index("name", name);
  const found = (await slicePeopleNamed(db, { ...asked, limit: PAGE }, index)).map(foundPerson);
  return { found, read: found.length, end: found.length === PAGE ? found.at(-1)?.key : undefined };
}

/** Whole households, the newest first. A key says when, which household, and who of it was shown last. */
async function walkPhone({ db, privacy }: Store, phone: string, { scope, after }: Asked): Promise<Walked> {
  const [at, home = "", shown = 0] = (after ?? []) as [number?, string?, number?];
  // Of the household where the page before ended, somebody may be left.
  const from = at === undefined ? undefined : [at, `${home}!`];
  const index = await privacy.index("phone", phone);
  const newest = await newestOf(db, { scope, after: from, limit: NEWEST }, "phone", index);
  const numbers = newest.rows.map(({ id }) => id);
  const counts = new Map((await homesOf(db, numbers)).map(({ id, persons }) => [id, persons]));
  const left = newest.rows.map(({ id, at }) => ({
    key: [at, id, ALL],
    rows: Math.max(0, (counts.get(id) ?? 0) - (id === home ? shown : 0)),
    cost: 0,
  }));
  const end = newest.end && [...newest.end, ALL];
  const { taken, next } = takePage<Key>(left, { most: PAGE, budget: 0, end });
  const people = await peopleOfHomes(db, numbers.slice(0, taken));
  const order = new Map(numbers.map((id, place) => [id, place]));
  const found = people
    .map((person) => ({ person, place: Number(person.id.slice(person.id.lastIndexOf("-") + 1)) }))
    .filter(({ person, place }) => person.householdId !== home || place > shown)
    .sort((a, b) => rank(order, a) - rank(order, b) || a.place - b.place)
    .map(({ person, place }) => ({
      ...foundPerson(person),
      key: [person.recordedAt.getTime(), person.householdId, place],
    }));
  return { found, read: numbers.length * 3 + taken + people.length, end: next };
}
const rank = (order: Map<string, number>, { person }: { person: { householdId: string } }) =>
  order.get(person.householdId) ?? 0;

/** Under each kind of document in turn, the newest first: one person as often as they were registered. */
async function walkDocument(
  { db, privacy }: Store,
  number: string,
  { scope, after }: Asked,
): Promise<Walked> {
  const [begin = 0, ...behind] = (after ?? []) as [number?, ...Key];
  const found: Walked["found"] = [];
  for (let kind = begin; kind < DOCUMENTS.length; kind++) {
    const asked = { kind: DOCUMENTS[kind] ?? "other", number } satisfies IdDocument;
    const index = await privacy.index("document", normalizeDocument(asked) ?? "");
    const from = kind === begin && behind.length > 0 ? behind : undefined;
    const newest = await newestOf(
      db,
      { scope, after: from, limit: NEWEST - found.length },
      "document",
      index,
    );
    const people = new Map(
      (
        await peopleOf(
          db,
          newest.rows.map(({ id }) => id),
        )
      ).map((one) => [one.id, one]),
    );
    for (const { id, at } of newest.rows) {
      const person = people.get(id);
      if (person) found.push({ ...foundPerson(person), key: [kind, at, id] });
    }
    if (newest.end) return { found, read: found.length * 3, end: [kind, ...newest.end] };
  }
  return { found, read: found.length * 3, end: undefined };
}

/** Registrations with one phone or document in a scope. @property end the moment and id that the walk goes on behind */
async function newestOf(
  db: Db,
  { scope, after, limit }: Slice,
  by: "phone" | "document",
  index: string,
): Promise<{ rows: { id: string; at: number }[]; end: Key | undefined }> {
  const along =
    by === "phone"
      ? sql`household INDEXED BY household_by_phone WHERE phone_index = ${index}`
      : sql`person INDEXED BY person_by_id WHERE id_index = ${index}`;
  const walk = sql`FROM ${along} ${after ? sql`AND (recorded_at, id) < (${after[0]}, ${after[1]})` : sql``}
    ORDER BY recorded_at DESC, id DESC LIMIT`;
  const rows = await db.all<{ id: string; at: number }>(sql`
    SELECT id, recorded_at AS at FROM (SELECT id, unit_code, recorded_at ${walk} ${SCANNED}) AS household
    WHERE ${within({ scope }, [household.unitCode])} LIMIT ${limit}`);
  const last = rows.at(-1);
  if (last && rows.length === limit) return { rows, end: [last.at, last.id] };
  const [end] = await db.all<{ id: string; at: number }>(
    sql`SELECT id, recorded_at AS at ${walk} 1 OFFSET ${SCANNED - 1}`,
  );
  return { rows, end: end && [end.at, end.id] };
}
