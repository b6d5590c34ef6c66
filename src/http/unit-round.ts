import { reading } from "../../forms/reading.ts";
import type { FieldError, Problem } from "../domain/problem.ts";
import { problem } from "../domain/problem.ts";
import { localClock } from "../domain/time.ts";
import { isRecord } from "../forms/fields.ts";
import { parseMoment } from "../forms/moments.ts";
import { validate } from "../forms/validate.ts";
import { ROUND } from "../views/unit-round-words.ts";
import type { Deps } from "./factory.ts";
import { type ReadingResult, type ReadingSubmission, submitReadings } from "./submit-reading.ts";
import type { UnitDoor } from "./unit-door.ts";

/*
 * What comes in through a round: the rows of the plain form, and the items of the page's script. Each is answered for
 * itself; what is refused keeps no other from being stored.
 */

/** The most items the script may send at once: it sends twenty. */
const MOST_ITEMS = 100;

/** One card as it was posted. */
export type Row = {
  clientId: string;
  slot: string;
  temperature: string;
  symptoms: string;
  what: string[];
  needsHelp: boolean;
};
/** How a row ended: stored, or what to mend; paths are the page's, WY-0217-4486-1.temperature. */
export type Settled = { id: string; errors: FieldError[] };

/** The rows of a posted round in which anything was filled in, by person. */
export function rowsOf(entries: readonly (readonly [string, string])[]): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const [name, value] of entries) {
    const [, id, field] = ROW_FIELD.exec(name) ?? [];
    if (!id || !field) continue;
    const row = rows.get(id) ?? { ...BLANK, what: [] };
    rows.set(id, row);
    const text = value.slice(0, 100);
    if (field === "what") row.what.push(text);
    else if (field === "needsHelp") row.needsHelp = text === "yes";
    else row[field as "clientId" | "slot" | "temperature" | "symptoms"] = text;
  }
  for (const [id, row] of rows)
    if (row.temperature.trim() === "" && row.symptoms === "" && !row.needsHelp) rows.delete(id);
  return rows;
}

const ROW_FIELD = /^([A-Z]{1,4}-\d{4}-\d{4}-\d{1,3})\.(clientId|slot|temperature|symptoms|what|needsHelp)$/;
const BLANK: Row = { clientId: "", slot: "", temperature: "", symptoms: "", what: [], needsHelp: false };

/** Stores what can be stored, and says of each row what is wrong with it. */
export async function settleRows(deps: Deps, door: UnitDoor, rows: Map<string, Row>): Promise<Settled[]> {
  const list = [...rows].map(([id, row]) => ({
    observationId: id,
    clientId: row.clientId,
    slot: row.slot || undefined,
    temperature: row.temperature,
    symptoms: row.symptoms,
    symptomText: symptomText(row.what, door),
    needsHelp: row.needsHelp,
  }));
  const results = await settle(deps, door, list);
  return list.map(({ observationId: id }, at) => ({ id, errors: errorsOf(results[at], id, door) }));
}

function errorsOf(result: ReadingResult | undefined, id: string, { lang }: UnitDoor): FieldError[] {
  if (result?.ok) return [];
  const fault = result?.problem ?? problem.unavailable().problem;
  const errors = fault.errors ?? [{ path: "temperature", code: fault.code, message: fault.title[lang] }];
  // A client id is no question of this page: the page brings a fresh one.
  return errors.map((error) => ({
    ...error,
    path: `${id}.${["temperature", "symptoms", "slot"].includes(error.path) ? error.path : "temperature"}`,
  }));
}

/** The symptoms that were ticked, in the reader's words; what is not on the list is left out. */
function symptomText(what: string[], { lang }: UnitDoor): string | undefined {
  const words = Object.entries(ROUND.whats).filter(([name]) => what.includes(name));
  return words.map(([, said]) => said[lang]).join(lang === "en" ? ", " : "、") || undefined;
}

export type ItemResult =
  | { clientId: string; status: 200; at: string; late: boolean; corrected: boolean; abnormal: boolean }
  | { clientId: string; status: number; code: string; title: string; errors?: FieldError[] };

/** The script's items, each with what became of it. Throws `malformedJson` for anything but a list, `tooMany` for a long one. */
export async function answerItems(deps: Deps, door: UnitDoor, body: unknown): Promise<ItemResult[]> {
  if (!Array.isArray(body)) throw problem.malformedJson(NO_LIST);
  if (body.length > MOST_ITEMS) throw problem.tooMany(MOST_ITEMS);
  const items = body.map((item) => (isRecord(item) ? item : {}));
  const results = await settle(deps, door, items);
  return items.map((item, at) => {
    const clientId = textOf(item.clientId) ?? "";
    const result = results[at];
    if (!result?.ok) return { clientId, ...refusal(result?.problem ?? problem.unavailable().problem, door) };
    const { recordedAt, late, corrected, abnormal } = result.receipt;
    return { clientId, status: 200, at: localClock(recordedAt, door.zone), late, corrected, abnormal };
  });
}

const refusal = ({ status, code, title, errors }: Problem, { lang }: UnitDoor) => ({
  status,
  code,
  title: title[lang],
  ...(errors ? { errors } : {}),
});

/** One result an item, in order: the form's own errors first, the rest in one go. */
async function settle(
  deps: Deps,
  door: UnitDoor,
  items: Record<string, unknown>[],
): Promise<ReadingResult[]> {
  const read = items.map((item) => submissionOf(item, door));
  const good = read.filter((one): one is ReadingSubmission => !("ok" in one));
  const stored = good.length > 0 ? await submitReadings(deps, good) : [];
  return read.map((one) => ("ok" in one ? one : (stored[good.indexOf(one)] ?? unanswered)));
}

const unanswered: ReadingResult = { ok: false, problem: problem.unavailable().problem };

function submissionOf(
  item: Record<string, unknown>,
  { lang, now, zone, actor, unit }: UnitDoor,
): ReadingSubmission | ReadingResult {
  const valid = validate(reading, item, { lang, now, zone });
  if (!valid.ok) return { ok: false, problem: problem.invalid(valid.errors).problem };
  const takenAt = momentOf(item.takenAt, zone);
  return {
    ...valid.values,
    clientId: textOf(item.clientId) ?? "",
    observationId: textOf(item.observationId) ?? "",
    ...(item.slot === undefined ? {} : { slot: textOf(item.slot) ?? "" }),
    ...(takenAt ? { takenAt } : {}),
    door: "unit",
    actor,
    scope: unit.code,
    lang,
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" ? value.slice(0, 100) : undefined;

/** An unreadable moment is refused by the plan as one that lies ahead. */
function momentOf(value: unknown, zone: string): Date | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const read = typeof value === "string" ? parseMoment(value, zone) : undefined;
  return new Date(read && "value" in read ? read.value : Number.NaN);
}

const NO_LIST = {
  "zh-Hans": "readings 应为列表",
  "zh-Hant": "readings 應為列表",
  en: "readings must be a list",
};
