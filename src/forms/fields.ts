import { compact, idCardFault, normalizeDocumentNumber, normalizePhone } from "../domain/identity.ts";
import { localDate } from "../domain/time.ts";
import type { Field, IdDocument, Words } from "./define.ts";
import { parseDate, parseMoment } from "./moments.ts";
import type { Answer } from "./rules.ts";
import { documentKinds, faults, outOfRange, tooLong } from "./words.ts";

/*
 * One answer at a time: what was sent becomes the typed value, or a fault with words. Strings of an HTML form and
 * JSON values are both taken. Nothing here throws, and no fault repeats what was sent.
 */
export type Reading =
  | { value: Answer }
  /** `part` is the half of a document that is at fault: kind or number. */
  | { fault: Words; code: string; part?: "kind" | "number" };
export type ReadContext = { now: Date; zone: string };

export const TEXT_MAX = 200;
export const LONG_TEXT_MAX = 2000;
export const TEMPERATURE_MIN = 34;
export const TEMPERATURE_MAX = 43;

/** Reads one answer; undefined where it is unanswered. */
export function readField(field: Field, raw: unknown, ctx: ReadContext): Reading | undefined {
  if (isUnanswered(field.type, raw)) return undefined;
  if (typeof raw === "string" && UNREADABLE.test(raw)) return bad("characters", faults.characters);
  switch (field.type) {
    case "text":
      return readText(raw, field.maxLength ?? TEXT_MAX, false);
    case "long_text":
      return readText(raw, field.maxLength ?? LONG_TEXT_MAX, true);
    case "integer":
      return inRange(readInteger(raw), field.min, field.max);
    case "decimal":
      return inRange(readDecimal(raw), field.min, field.max);
    case "temperature":
      return readTemperature(raw);
    case "date":
      return typeof raw === "string" ? parsed(parseDate(raw)) : bad("type", faults.notDate);
    case "datetime":
      return readMoment(raw, ctx.zone);
    case "yes_no":
      return readYesNo(raw);
    case "select_one":
      return readChoice(raw, field.choices);
    case "select_multiple":
      return readChoices(raw, field.choices);
    case "phone":
      return readPhone(raw);
    case "unit":
      return readUnit(raw, field.level);
    case "id_document":
      return readDocument(raw, ctx);
  }
}

/** Unanswered: undefined, null, "" and whitespace; for documents and moments also an object whose parts are all that. */
function isUnanswered(type: Field["type"], raw: unknown): boolean {
  if (!isRecord(raw)) return isBlank(raw);
  const parts = type === "id_document" ? ["kind", "number"] : type === "datetime" ? ["date", "time"] : [];
  if (parts.length === 0 || !parts.every((part) => isBlank(own(raw, part)))) return false;
  return parts.some((part) => Object.hasOwn(raw, part)) || Object.keys(raw).length === 0;
}
/** undefined, null, "" and what shows nothing. */
export const isBlank = (raw: unknown): boolean =>
  raw === undefined || raw === null || (typeof raw === "string" && /^[\s\p{Cf}]*$/u.test(raw));

export const isRecord = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === "object" && raw !== null && !Array.isArray(raw);

/** A key of the sender's own, never one that every object inherits. */
export const own = (from: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(from, key) ? from[key] : undefined;

/** Control characters save tab and line ends, and halves of a surrogate pair. */
const UNREADABLE = /[^\P{Cc}\t\n\r\u0085]|\p{Cs}/u;

const bad = (code: string, fault: Words, part?: "kind" | "number"): Reading =>
  part ? { fault, code, part } : { fault, code };
const parsed = (result: { value: string } | { fault: Words }): Reading =>
  "fault" in result ? bad("format", result.fault) : result;

function readText(raw: unknown, max: number, lines: boolean): Reading | undefined {
  if (typeof raw !== "string") return bad("type", faults.notText);
  // A cheap bound first: no text of `max` characters is written in more.
  if (raw.length > max * 4 + 100) return bad("too-long", tooLong(max));
  const text = raw
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    // Marks that turn the writing direction, or take no room, hide what is written.
    .replace(/[\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
    .normalize("NFC")
    .trim();
  if (text === "") return undefined;
  if (!lines && text.includes("\n")) return bad("characters", faults.line);
  return [...text].length > max ? bad("too-long", tooLong(max)) : { value: text };
}

function readInteger(raw: unknown): Reading {
  if (typeof raw === "number") {
    return Number.isSafeInteger(raw) ? { value: raw || 0 } : bad("type", faults.notWhole);
  }
  const text = wholeText(typeof raw === "string" ? compact(raw) : "");
  return /^[+-]?\d{1,15}$/.test(text) ? { value: Number(text) || 0 } : bad("type", faults.notWhole);
}

/** 1,200 and 20万, 18.3万 as digits alone, as reports write them (001); what is no whole number stays as it is. */
function wholeText(text: string): string {
  const digits = /^[+-]?\d{1,3}(,\d{3})+[万萬]?$/.test(text) ? text.replaceAll(",", "") : text;
  const [, whole, part = ""] = /^([+-]?\d{1,11})(?:\.(\d{1,4}))?[万萬]$/.exec(digits) ?? [];
  return whole === undefined ? digits : whole + part.padEnd(4, "0");
}

/** Six decimals are kept. */
function readDecimal(raw: unknown): Reading {
  const number = numberOf(raw);
  return number === undefined ? bad("type", faults.notNumber) : { value: Number(number.toFixed(6)) || 0 };
}

function numberOf(raw: unknown): number | undefined {
  if (typeof raw === "number") return Math.abs(raw) < 1e15 ? raw : undefined;
  const text = typeof raw === "string" ? compact(raw) : "";
  return /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined;
}

function inRange(reading: Reading, min: number | undefined, max: number | undefined): Reading {
  if (!("value" in reading) || typeof reading.value !== "number") return reading;
  const inside = (min === undefined || reading.value >= min) && (max === undefined || reading.value <= max);
  return inside ? reading : bad("range", outOfRange(min, max));
}

/** °C with one decimal; never rounded, since 37.25 must not become a fever by itself. */
function readTemperature(raw: unknown): Reading {
  const number = numberOf(typeof raw === "string" ? compact(raw).replace(/(?:°?C|度)$/, "") : raw);
  if (number === undefined) return bad("type", faults.temperatureDecimals);
  if (number < TEMPERATURE_MIN || number > TEMPERATURE_MAX) return bad("range", faults.temperature);
  const rounded = Math.round(number * 10) / 10;
  return rounded === number ? { value: number } : bad("format", faults.temperatureDecimals);
}

function readMoment(raw: unknown, zone: string): Reading {
  if (typeof raw === "string") return parsed(parseMoment(raw, zone));
  if (!isRecord(raw)) return bad("type", faults.notMoment);
  const [date, time] = [own(raw, "date"), own(raw, "time")];
  if (typeof date !== "string" || typeof time !== "string") return bad("type", faults.notMoment);
  const found = parseDate(date);
  if ("fault" in found) return bad("format", isBlank(date) ? faults.notMoment : found.fault);
  return parsed(parseMoment(`${found.value}T${time.slice(0, 20).trim()}`, zone));
}

function readYesNo(raw: unknown): Reading {
  if (typeof raw === "boolean") return { value: raw };
  const text = typeof raw === "string" ? compact(raw) : "";
  if (["YES", "TRUE", "1", "Y", "ON", "是"].includes(text)) return { value: true };
  if (["NO", "FALSE", "0", "N", "OFF", "否"].includes(text)) return { value: false };
  return bad("choice", faults.yesNo);
}

function readChoice(raw: unknown, choices: readonly { name: string }[]): Reading {
  const name = typeof raw === "string" && raw.length <= 100 ? raw.trim() : undefined;
  const found = choices.find((choice) => choice.name === name);
  return found ? { value: found.name } : bad("choice", faults.choice);
}

/** Each choice once, in the form's order. */
function readChoices(raw: unknown, choices: readonly { name: string }[]): Reading | undefined {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length > choices.length * 2 + 10) return bad("choice", faults.choice);
  const sent = list.filter((item) => !isBlank(item));
  if (sent.length === 0) return undefined;
  const names = new Set<string>();
  for (const item of sent) {
    const reading = readChoice(item, choices);
    if (!("value" in reading)) return reading;
    names.add(reading.value as string);
  }
  return { value: choices.map((choice) => choice.name).filter((name) => names.has(name)) };
}

function readPhone(raw: unknown): Reading {
  const phone = typeof raw === "string" ? normalizePhone(raw) : undefined;
  return phone === undefined ? bad("format", faults.phone) : { value: phone };
}

/** The shape alone; whether there is such a unit, the database knows. */
function readUnit(raw: unknown, level: "town" | "village" | "any"): Reading {
  const code = typeof raw === "string" && raw.length <= 64 ? raw.normalize("NFKC").trim() : "";
  if (!/^\d{6}(?:\d{3}){0,2}[A-Za-z0-9-]{0,12}$/.test(code)) return bad("format", faults.unit);
  if (level === "village" && /^\d{6}(?:\d{3})?$/.test(code)) return bad("choice", faults.village);
  if (level === "town" && /^\d{6}$/.test(code)) return bad("choice", faults.town);
  return { value: code };
}

function readDocument(raw: unknown, { now, zone }: ReadContext): Reading {
  if (!isRecord(raw)) return bad("type", faults.documentKind, "kind");
  const [sentKind, sentNumber] = [own(raw, "kind"), own(raw, "number")];
  const kind = isBlank(sentKind) ? undefined : documentKinds.find(({ name }) => name === sentKind)?.name;
  if (kind === undefined) return bad("choice", faults.documentKind, "kind");
  if (isBlank(sentNumber)) {
    return kind === "none" ? { value: { kind } } : bad("required", faults.documentNumber, "number");
  }
  if (kind === "none") return bad("format", faults.documentNone, "number");
  if (typeof sentNumber !== "string") return bad("type", faults.documentShape, "number");
  if (UNREADABLE.test(sentNumber)) return bad("characters", faults.characters, "number");
  const number = normalizeDocumentNumber(sentNumber);
  const fault = documentFault(kind, number, localDate(now, zone));
  return fault ? bad("format", fault, "number") : { value: { kind, number } };
}

/** What is wrong with a normalised number of a kind; passports and the rest are only judged by their shape. */
function documentFault(kind: IdDocument["kind"], number: string, today: string): Words | undefined {
  if (kind !== "id_card" && kind !== "residence_permit") {
    return /^[A-Z0-9]{5,20}$/.test(number) ? undefined : faults.documentShape;
  }
  const fault = idCardFault(number, today);
  if (fault === "shape") return faults.idLength;
  if (fault === "date") return faults.idDate;
  if (fault === "check") return faults.idCheck;
  return kind === "residence_permit" && !/^8[123]0000/.test(number) ? faults.permit : undefined;
}
