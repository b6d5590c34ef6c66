import type { Field, FormDefinition, Group } from "./define.ts";
import { isRecord, own } from "./fields.ts";

/*
 * A form's nested answers as the flat names of an HTML form, and back: persons.0.name, persons.0.document.kind.
 * Neither direction judges: validate does.
 */

/** The most entries read of one form; a household of twenty has under three hundred. */
const MOST_ENTRIES = 5000;
const LONGEST_NAME = 120;

/**
 * Nested input out of the entries of an HTML form or a query. Unknown names are dropped; of a name sent twice the
 * last counts, save for select_multiple. Rows keep their order and close up where one was taken out. A datetime
 * also comes as <name>.date and <name>.time and is joined with a T.
 */
export function decodeForm(
  form: FormDefinition,
  entries: Iterable<readonly [string, unknown]>,
): Record<string, unknown> {
  const plain = new Map<string, string[]>();
  const rows = new Map<string, Map<number, Map<string, string[]>>>();
  let left = MOST_ENTRIES;
  for (const [name, value] of entries) {
    if (left-- === 0) break;
    if (typeof name !== "string" || typeof value !== "string" || name.length > LONGEST_NAME) continue;
    const group = form.groups.find((each) => each.repeat && name.startsWith(`${each.name}.`));
    if (!group?.repeat) {
      push(plain, name, value);
      continue;
    }
    const [index = "", ...rest] = name.slice(group.name.length + 1).split(".");
    if (!/^\d{1,5}$/.test(index)) continue;
    const ofGroup = getOrSet(rows, group.name, () => new Map<number, Map<string, string[]>>());
    push(
      getOrSet(ofGroup, Number(index), () => new Map<string, string[]>()),
      rest.join("."),
      value,
    );
  }
  const input: Record<string, unknown> = {};
  for (const group of form.groups) {
    if (!group.repeat) decodeFields(group, plain, input);
    else {
      const sent = rows.get(group.name);
      if (!sent) continue;
      const ordered = [...sent].sort(([a], [b]) => a - b);
      input[group.name] = ordered.map(([, row]) => decodeFields(group, row, {}));
    }
  }
  return input;
}

/** The flat entries of nested input, known fields only; what no HTML form could hold is left out. */
export function encodeForm(form: FormDefinition, input: unknown): [string, string][] {
  if (!isRecord(input)) return [];
  return form.groups.flatMap((group) => {
    if (!group.repeat) return encodeFields(group, input, "");
    const rows = own(input, group.name);
    if (!Array.isArray(rows)) return [];
    // One more than allowed is kept, so that too many stay too many.
    return rows.slice(0, group.repeat.max + 1).flatMap((row, at): [string, string][] => {
      const entries = isRecord(row) ? encodeFields(group, row, `${group.name}.${at}.`) : [];
      // A row without answers still stands.
      return entries.length > 0 ? entries : [[`${group.name}.${at}.${group.fields[0]?.name}`, ""]];
    });
  });
}

function decodeFields(
  group: Group,
  sent: ReadonlyMap<string, string[]>,
  into: Record<string, unknown>,
): Record<string, unknown> {
  for (const field of group.fields) {
    const value = decodeField(field, sent);
    if (value !== undefined) into[field.name] = value;
  }
  return into;
}

function decodeField({ type, name }: Field, sent: ReadonlyMap<string, string[]>): unknown {
  const last = (key: string) => sent.get(key)?.at(-1);
  if (type === "select_multiple") return sent.get(name);
  if (type === "id_document") {
    const [kind, number] = [last(`${name}.kind`), last(`${name}.number`)];
    if (kind === undefined && number === undefined) return undefined;
    return { ...(kind === undefined ? {} : { kind }), ...(number === undefined ? {} : { number }) };
  }
  if (type === "datetime") {
    const [date, time] = [last(`${name}.date`), last(`${name}.time`)];
    if (date !== undefined || time !== undefined) return date || time ? `${date ?? ""}T${time ?? ""}` : "";
  }
  return last(name);
}

function encodeFields(group: Group, input: Record<string, unknown>, prefix: string): [string, string][] {
  return group.fields.flatMap((field) => {
    const value = own(input, field.name);
    const name = prefix + field.name;
    if (field.type === "select_multiple" && Array.isArray(value)) {
      return value.slice(0, field.choices.length + 1).flatMap((item) => entry(name, item));
    }
    if (!isRecord(value)) return entry(name, value);
    const parts = PARTS[field.type] ?? [];
    return parts.flatMap((part) => entry(`${name}.${part}`, own(value, part)));
  });
}

const PARTS: Partial<Record<Field["type"], readonly string[]>> = {
  id_document: ["kind", "number"],
  datetime: ["date", "time"],
};

function entry(name: string, value: unknown): [string, string][] {
  if (typeof value === "string") return [[name, value]];
  if (typeof value === "number") return [[name, String(value)]];
  if (typeof value === "boolean") return [[name, value ? "yes" : "no"]];
  return [];
}

function push(map: Map<string, string[]>, key: string, value: string) {
  getOrSet(map, key, () => []).push(value);
}

function getOrSet<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
