import { asksObservation, asksPerson, type LineFilter, type Walk } from "../domain/line-list.ts";
import type { Scope } from "../domain/office.ts";
import { unitOfCode } from "../domain/unit.ts";
import type { Found, LineAsk } from "./line-list.ts";
import {
  type HomeRow,
  homesOf,
  homesOfNumber,
  type Key,
  type OwedRow,
  owedBefore,
  type PersonRow,
  sliceObserved,
  sliceOwed,
  sliceOwedOf,
  slicePeople,
  unitCodes,
} from "./line-list-rows.ts";
import type { Db } from "./store.ts";

/*
 * What a page of the line list looks at: a slice of the narrowest index, no longer than a page may read.
 */
const PAGE = 50;
/** What a filter may look at; each row of it may have to be looked up once or twice more. */
const LOOKS = 90;
/** Units whose open obligations are looked for at once, and how many of these. */
const UNITS = 60;
const OWED = 40;

/** @property end where the walk goes on behind them; undefined where it has come to its end */
export type Walked = { found: Found[]; read: number; end: Key | undefined };

/** The next persons along a walk. */
export async function walkAlong(db: Db, ask: LineAsk, walk: Walk): Promise<Walked> {
  const { scope, after, filter } = ask;
  const limit = lengthOf(filter, walk);
  const slice = { scope, after, limit };
  if (walk.over === "owed") {
    const { rows, read, end } = await owed(db, ask, walk);
    const ids = rows.map(({ id }) => id);
    const again = walk.kind === "response" ? await owedBefore(db, ids) : new Set();
    const found = rows.map((row): Found => {
      const [id = ""] = row.subjectId.split("/");
      return { key: keyOf(row, scope), id, ...(walk.kind === "response" ? { response: row.dueAt } : {}) };
    });
    return {
      found: found.filter((_, at) => !again.has(ids[at])),
      read: walk.kind === "response" ? read + ids.length : read,
      end,
    };
  }
  if (walk.over === "observing" || walk.over === "ended") {
    const ended = walk.over === "ended";
    const rows = await sliceObserved(db, slice, ended);
    const found = rows.map((observation): Found => {
      const { id, unitCode, recordedAt } = observation;
      return { key: ended ? [unitCode, recordedAt.getTime(), id] : [unitCode, id], id, observation };
    });
    return { found, read: rows.length, end: rows.length === limit ? found.at(-1)?.key : undefined };
  }
  const rows = await slicePeople(db, slice, walk.over === "ill");
  const found = rows.map(foundPerson);
  return { found, read: rows.length, end: rows.length === limit ? found.at(-1)?.key : undefined };
}

/** How much is looked at: a page of what is on the list for certain, else as much as leaves room to show what is found. */
function lengthOf(filter: LineFilter, walk: Walk): number {
  const { state, day, risk, overdue } = filter;
  const certain =
    (walk.over === "person" || walk.over === "ill" || (walk.over === "observing" && state === "observing")) &&
    day === undefined &&
    !overdue &&
    (walk.over === "ill" ? state === undefined : risk === undefined);
  if (certain) return PAGE;
  const person = walk.over === "person" || walk.over === "ill";
  const sides =
    1 + Number(person ? asksObservation(filter) : asksPerson(filter)) + Number(overdue === "reading");
  return Math.floor(LOOKS / sides);
}

/** Households that wait to be verified, the longest first; or the one of a case number. */
export async function walkOwed(
  db: Db,
  ask: LineAsk,
  walk: Walk,
): Promise<{ homes: HomeRow[]; keys: Map<string, Key>; read: number; end: Key | undefined }> {
  if (walk.over !== "owed") {
    const homes = await homesOfNumber(db, ask.filter.number ?? "", ask.scope);
    return { homes, keys: new Map(), read: homes.length, end: undefined };
  }
  const { rows, read, end } = await owed(db, ask, walk);
  const homes = await homesOf(
    db,
    rows.map(({ subjectId }) => subjectId),
  );
  const byId = new Map(homes.map((home) => [home.id, home]));
  return {
    homes: rows.flatMap(({ subjectId }) => byId.get(subjectId) ?? []),
    keys: new Map(rows.map((row) => [row.subjectId, keyOf(row, ask.scope)])),
    read: read + homes.length,
    end,
  };
}

/** What is open of a kind: over the whole county by due moment, else unit by unit. */
async function owed(
  db: Db,
  { scope, after, now }: LineAsk,
  walk: Extract<Walk, { over: "owed" }>,
): Promise<{ rows: OwedRow[]; read: number; end: Key | undefined }> {
  const slice = { scope, after, limit: OWED };
  const dueBy = walk.overdue ? now : undefined;
  const endOf = (rows: OwedRow[]) => {
    const last = rows.at(-1);
    return last && rows.length === OWED ? keyOf(last, scope) : undefined;
  };
  if (isCounty(scope)) {
    const rows = await sliceOwed(db, slice, walk.kind, dueBy);
    return { rows, read: rows.length, end: endOf(rows) };
  }
  const codes = await unitCodes(db, scope, String(after?.[0] ?? scope.code), UNITS);
  const rows = await sliceOwedOf(db, codes, slice, walk.kind, dueBy);
  // Behind all that the last of these units owes.
  const behind = codes.length === UNITS ? [codes.at(-1) ?? "", Number.MAX_SAFE_INTEGER, ""] : undefined;
  return { rows, read: codes.length + 1 + rows.length, end: endOf(rows) ?? behind };
}

const isCounty = ({ code }: Scope) => unitOfCode(code)?.kind === "county";
const keyOf = ({ id, unitCode, dueAt }: OwedRow, scope: Scope): Key =>
  isCounty(scope) ? [dueAt.getTime(), unitCode, id] : [unitCode, dueAt.getTime(), id];

/** Somebody on a walk along units and moments. */
export const foundPerson = (person: PersonRow): Found => ({
  key: [person.unitCode, person.recordedAt.getTime(), person.id],
  id: person.id,
  person,
});
