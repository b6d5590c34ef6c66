import type { FormDefinition } from "../define.ts";

/*
 * A definition as the TypeScript of a form file, laid out as Biome would: a line of 110 characters where it fits,
 * otherwise a line for each part.
 */
const WIDTH = 110;

/** The source of a form file. `from` is the path to src/forms/define.ts as the file sees it, `said` its comment. */
export function sourceOf(form: FormDefinition, from: string, said: string): string {
  const define = form.count ? "defineCountForm" : "defineForm";
  const name = form.name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const comment = said.replaceAll("*/", "* /").replace(/\s+/g, " ");
  const head = `export const ${RESERVED.has(name) ? `${name}Form` : name} = ${define}(`;
  return `import { ${define} } from ${quoted(from)};\n\n/** ${comment} */\n${head}${printed(form, "", 0, 2, true)});\n`;
}

const RESERVED = new Set(
  "break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static await defineForm defineCountForm".split(
    " ",
  ),
);

/** A value as it stands after `before` columns of its line and with `after` more behind it; `whole` is never on one. */
function printed(value: unknown, indent: string, before: number, after: number, whole = false): string {
  const flat = flatOf(value);
  if (!whole && flat !== undefined && indent.length + before + columns(flat) + after <= WIDTH) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const parts = value.map((part) => `${inner}${printed(part, inner, 0, 1)},\n`);
    return `[\n${parts.join("")}${indent}]`;
  }
  if (typeof value !== "object" || value === null) return flat ?? "undefined";
  const entries = ordered(value as Record<string, unknown>);
  if (entries.length === 0) return "{}";
  const parts = entries.map(([key, part]) => {
    const start = `${keyOf(key)}: `;
    const same = printed(part, inner, start.length, 1);
    // A text that is too long for its line stands on the next, save behind the shortest of keys.
    const long =
      typeof part === "string" && key.length > 2 && inner.length + columns(start + same) + 1 > WIDTH;
    return long ? `${inner}${keyOf(key)}:\n${inner}  ${same},\n` : `${inner}${start}${same},\n`;
  });
  return `{\n${parts.join("")}${indent}}`;
}

/** Biome breaks a list of several objects with several entries each, whatever its length. */
const severalObjects = (list: readonly unknown[]): boolean =>
  list.length > 1 &&
  list.every((each) => typeof each === "object" && each !== null && Object.keys(each).length > 1);

/** A value on one line; undefined where a part of it may not stand on one. */
function flatOf(value: unknown): string | undefined {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return digits(value);
  if (Array.isArray(value)) {
    if (severalObjects(value)) return undefined;
    const parts = value.map(flatOf);
    return parts.some((part) => part === undefined) ? undefined : `[${parts.join(", ")}]`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  const parts = ordered(value as Record<string, unknown>).map(([key, part]) => {
    const flat = flatOf(part);
    return flat === undefined ? undefined : `${keyOf(key)}: ${flat}`;
  });
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** The order that form files keep. */
const KEYS = [
  ...["op", "name", "type", "version", "title", "intro", "level", "maxLength", "count", "min", "max", "pii"],
  ...[
    "autocomplete",
    "calculation",
    "otherwise",
    "example",
    "label",
    "hint",
    "measure",
    "repeat",
    "kinds",
    "source",
    "note",
    "due",
    "at",
    "order",
  ],
  ...[
    "required",
    "relevant",
    "constraint",
    "left",
    "right",
    "field",
    "value",
    "choice",
    "rule",
    "message",
    "rules",
  ],
  ...["choices", "groups", "fields"],
];
const ordered = (value: Record<string, unknown>): [string, unknown][] =>
  Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => KEYS.indexOf(a) - KEYS.indexOf(b));

const keyOf = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key));

/** In double quotes, or in single ones where that spares escapes. */
function quoted(text: string): string {
  const json = JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  const count = (mark: string) => text.split(mark).length - 1;
  if (count('"') <= count("'")) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** 99999 as 99_999, as the files have it. */
function digits(value: number): string {
  const text = String(value);
  if (!/^-?\d{5,}$/.test(text)) return text;
  return text.replace(/\B(?=(\d{3})+$)/g, "_");
}

/** How wide a text stands: characters of East Asia take two columns. */
const columns = (text: string): number => [...text].reduce((sum, char) => sum + (WIDE.test(char) ? 2 : 1), 0);
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
