import type { Choice, Field, Words } from "../define.ts";
import { own } from "../fields.ts";
import { noWords, yesWords } from "../words.ts";
import { choiceName } from "./names.ts";
import { type FormBook, mark, type Remark, type SheetRow } from "./sheet.ts";
import type { Speech } from "./speech.ts";

/* What a row's type becomes here, and the lists of choices. */

/** A list as it is carried over; `names` are its choices there and here. */
export type List = { choices: Choice[]; names: Map<string, string>; used: boolean; row: number };

/** Every list of the choices sheet. Faults are pushed: a choice without a name or list, one that stands twice. */
export function listsOf(
  book: FormBook,
  speech: Speech,
  losses: Remark[],
  faults: Remark[],
): Map<string, List> {
  const lists = new Map<string, List>();
  for (const line of book.choices.rows) {
    const { row, cells } = line;
    const { list_name: name, name: choice } = cells;
    if (!name || !choice) {
      const column = name ? "name" : "list_name";
      faults.push({ sheet: "choices", row, column, said: `the choice has no ${column}` });
      continue;
    }
    const list: List = lists.get(name) ?? { choices: [], names: new Map(), used: false, row };
    lists.set(name, list);
    if (list.names.has(choice)) {
      faults.push({ sheet: "choices", row, column: "name", said: `${choice} stands twice in ${name}` });
      continue;
    }
    const here = choiceName(choice, new Set(list.names.values()));
    if (here !== choice)
      losses.push({ sheet: "choices", row, column: "name", said: `${choice} is called ${here} here` });
    const label = speech.words("choices", line, "label");
    if (!label)
      losses.push({
        sheet: "choices",
        row,
        column: "label",
        said: `${choice} has no label; its name stands there`,
      });
    list.names.set(choice, here);
    list.choices.push({ name: here, label: label ?? { "zh-Hans": choice, "zh-Hant": choice, en: choice } });
  }
  return lists;
}

/** Whether a list asks yes or no in the words that this service has for it. */
export function isYesNo({ choices, names }: List): boolean {
  if (choices.length !== 2 || names.get("yes") !== "yes" || names.get("no") !== "no") return false;
  return choices.every(({ name, label }) => {
    const ours = Object.values<string>(name === "yes" ? yesWords : noWords).map((text) => text.toLowerCase());
    return Object.values<string>(label).every((text) => ours.includes(text.toLowerCase()));
  });
}

/** What a type becomes: a field's own part; or nothing, with the reason; or a fault. */
export type Typed =
  | { field: Partial<Field> & { type: Field["type"] }; list?: List; other?: boolean; said?: string }
  | { left: string }
  | { fault: string };

const PLAIN: Record<string, Field["type"]> = {
  text: "text",
  string: "text",
  integer: "integer",
  int: "integer",
  decimal: "decimal",
  date: "date",
  datetime: "datetime",
};
const MARKED = ["phone", "id_document", "unit", "temperature"] as const;
const SELECT =
  /^(select[ _]one|select1|select[ _]multiple|select one from|select all that apply(?: from)?)\s+(\S+)(?:\s+(or[ _]other|or specify other))?$/i;

/** Types of ODK and Kobo that have no like here, and why. */
const LEFT: Record<string, string> = {
  note: "a note asks nothing; put its words into a hint",
  calculate: "a calculation is not carried over",
  acknowledge: "an acknowledgement is no answer here",
  trigger: "an acknowledgement is no answer here",
  rank: "an order of choices is no answer here",
  time: "a time without its day is no answer here",
  hidden: "a hidden value is not carried over",
};
const FILES =
  /^(?:image|photo|audio|video|file|background-audio|geopoint|geotrace|geoshape|start-geopoint|osm)\b/;
const DEVICE =
  /^(?:start|end|today|deviceid|imei|phonenumber|phone_number|simserial|subscriberid|username|email|audit)$/;

/** Reads the type of a row. */
export function typedOf({ cells }: SheetRow, lists: ReadonlyMap<string, List>): Typed {
  const text = (cells.type ?? "").replace(/\s+/g, " ");
  const low = text.toLowerCase();
  const marked = MARKED.find((type) => type === cells[mark("type")]);
  if (marked === "unit") {
    const level =
      (["town", "village", "any"] as const).find((each) => each === cells[mark("level")]) ?? "any";
    return { field: { type: "unit", level } };
  }
  if (marked) return { field: { type: marked } };
  const plain = own(PLAIN, low) as Field["type"] | undefined;
  if (plain === "text" && /\bmultiline\b/.test(cells.appearance ?? ""))
    return { field: { type: "long_text" } };
  if (plain) return { field: { type: plain } };
  if (low === "barcode") return { field: { type: "text" }, said: "the code is typed here, not scanned" };
  if (low === "range") return rangeOf(cells.parameters ?? "");
  const [, select = "", list = "", other] = SELECT.exec(text) ?? [];
  if (select)
    return selectOf(
      /multiple|all/i.test(select) ? "select_multiple" : "select_one",
      list,
      lists,
      Boolean(other),
    );
  if (/^select_(?:one|multiple)_(?:from_file|external)\b/.test(low))
    return { left: "choices out of another file are not carried over" };
  const left =
    (own(LEFT, low) as string | undefined) ?? (FILES.test(low) ? `${low} is not collected here` : undefined);
  if (left) return { left };
  if (DEVICE.test(low)) return { left: `${low} is not collected here` };
  return { fault: `"${text.slice(0, 60)}" is no type that XLSForm knows` };
}

function selectOf(
  type: "select_one" | "select_multiple",
  name: string,
  lists: ReadonlyMap<string, List>,
  other: boolean,
): Typed {
  if (name.startsWith("${")) return { left: "choices out of earlier answers are not carried over" };
  const list = lists.get(name);
  if (!list) return { fault: `there is no list ${name} on the sheet choices` };
  list.used = true;
  if (type === "select_one" && !other && isYesNo(list)) return { field: { type: "yes_no" }, list };
  const more = other && !list.names.has("other") ? [{ name: "other", label: OTHER }] : [];
  const choices = [...list.choices, ...more];
  const names = other ? new Map([...list.names, ["other", list.names.get("other") ?? "other"]]) : list.names;
  const few = choices.length < 2 ? "there is only one choice; a question here has two or more" : undefined;
  return { field: { type, choices }, list: { ...list, names }, other, ...(few ? { said: few } : {}) };
}

function rangeOf(parameters: string): Typed {
  const given = Object.fromEntries(
    [...parameters.matchAll(/(start|end|step)\s*=\s*(-?[\d.]+)/g)].map(([, key, n]) => [key, Number(n)]),
  );
  const { start = 1, end = 10, step = 1 } = given;
  const type = [start, end, step].every(Number.isInteger) ? "integer" : "decimal";
  const said = "every number of the range is taken here, typed and not slid";
  return { field: { type, min: Math.min(start, end), max: Math.max(start, end) }, said };
}

const OTHER: Words = { "zh-Hans": "其他", "zh-Hant": "其他", en: "Other" };
/** The question that or_other asks for by itself. */
export const SPECIFY: Words = {
  "zh-Hans": "其他，请说明",
  "zh-Hant": "其他，請說明",
  en: "Other, please specify",
};
