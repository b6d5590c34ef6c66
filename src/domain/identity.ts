import type { IdDocument } from "../forms/define.ts";
import { isDate } from "./time.ts";

/*
 * Numbers that stand for a person, a phone, a case or a receipt: how they are normalised and checked.
 */

/** Longest text worth normalising as a number; anything longer is none. */
const LONGEST = 64;

/** Half width, upper case, without spaces and invisible characters; "" where the text is too long to be a number. */
export function compact(text: string): string {
  if (text.length > LONGEST) return "";
  return text
    .normalize("NFKC")
    .replace(/[\s\p{Cf}]/gu, "")
    .toUpperCase();
}

/** One spelling of a person's name for matching: half width, without spaces, invisible characters and dots, in lower case. */
export const nameKey = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(/[\s\p{Cf}·•・]/gu, "")
    .toLowerCase();

export type IdCardFault = "shape" | "date" | "check";

/**
 * What is wrong with an ID card or residence permit number (GB 11643, DOMAIN.md), or undefined where it holds.
 * `today` (YYYY-MM-DD) bounds the birth date; the region is not judged, since codes come and go.
 */
export function idCardFault(text: string, today?: string): IdCardFault | undefined {
  const number = compact(text);
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return "shape";
  const birth = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isDate(birth) || birth < "1800-01-01" || (today && birth > today)) return "date";
  return idCardCheck(number.slice(0, 17)) === number[17] ? undefined : "check";
}

/** True for a number that keeps GB 11643: shape, a birth date that exists, check character. */
export const checkIdCard = (text: string): boolean => idCardFault(text) === undefined;

/** The check character of seventeen digits (GB 11643, ISO 7064 MOD 11-2). */
export function idCardCheck(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return "10X98765432"[sum % 11] as string;
}

/** True for a number of a residence permit for Hong Kong (810000), Macao (820000) and Taiwan (830000) residents. */
export const isResidencePermit = (text: string): boolean =>
  /^8[123]0000/.test(compact(text)) && checkIdCard(text);

/**
 * One spelling of a phone number, or undefined where it is none: a mainland mobile as 11 digits, a landline as
 * area code and number in digits, any other country as + and digits. Takes +86, 0086, spaces, dashes, brackets.
 */
export function normalizePhone(text: string): string | undefined {
  const bare = compact(text).replace(/[-‐‑‒–—―−()./·]/g, "");
  const digits = bare.replace(/^00(?=[1-9])/, "+").replace(/^\+86|^86(?=1\d{10}$)/, "");
  if (/^1[3-9]\d{9}$/.test(digits)) return digits;
  if (/^0(?:10|2\d)\d{8}$/.test(digits) || /^0[3-9]\d{2}\d{7,8}$/.test(digits)) return digits;
  // +86 stands where a landline's leading zero would.
  if (/^(?:\+|00)86/.test(bare)) {
    const landline = `0${digits}`;
    return /^0(?:(?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8})$/.test(landline) ? landline : undefined;
  }
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : undefined;
}

/** A document's number as it is kept: half width, upper case, without spaces, dashes and brackets. */
export const normalizeDocumentNumber = (text: string): string =>
  compact(text).replace(/[-‐‑‒–—―−()./·]/g, "");

/**
 * What a document is matched by, or undefined where it has no number. ID cards and residence permits share one
 * series of numbers, so that a wrongly chosen kind of the two still matches.
 */
export function normalizeDocument(document: IdDocument | undefined): string | undefined {
  if (!document?.number || document.kind === "none") return undefined;
  const series = document.kind === "residence_permit" ? "id_card" : document.kind;
  return `${series}:${normalizeDocumentNumber(document.number)}`;
}

/** Damm's check digit: finds every single wrong digit and every swap of neighbours. */
export function checkDigit(digits: string): string {
  let row = 0;
  for (const digit of digits) row = (DAMM[row] as number[])[Number(digit)] as number;
  return String(row);
}
const DAMM = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
].map((row) => [...row].map(Number));

/** A receipt code of sixteen digits out of fifteen. Throws on anything else. */
export function makeReceiptCode(fifteen: string): string {
  if (!/^\d{15}$/.test(fifteen)) throw new RangeError("a receipt code is made of fifteen digits");
  return fifteen + checkDigit(fifteen);
}

/** The sixteen digits of a receipt code as typed (spaces and dashes allowed), or undefined where it cannot be one. */
export function checkReceiptCode(text: string): string | undefined {
  const digits = compact(text).replace(/[-‐‑‒–—―−]/g, "");
  return /^\d{16}$/.test(digits) && checkDigit(digits) === "0" ? digits : undefined;
}

/** A receipt code in groups of four, as it is shown. */
export const formatReceiptCode = (code: string): string => code.replace(/\d{4}(?=\d)/g, "$& ");

/** A case number such as WY-0217-4482 (tips: T-4471-0934) out of seven digits; the eighth checks them. Throws on anything else. */
export function makeCaseNumber(prefix: string, seven: string): string {
  if (!/^[A-Z]{1,4}$/.test(prefix) || !/^\d{7}$/.test(seven))
    throw new RangeError("a case number is made of a prefix of capitals and seven digits");
  return `${prefix}-${seven.slice(0, 4)}-${seven.slice(4)}${checkDigit(seven)}`;
}

/** A case or tip number as typed, in its one spelling; undefined where the shape or check digit is wrong. */
export function checkCaseNumber(text: string): string | undefined {
  const found = /^([A-Z]{1,4})(\d{4})(\d{4})$/.exec(compact(text).replace(/[-‐‑‒–—―−]/g, ""));
  if (!found) return undefined;
  const [, prefix, first, second] = found as unknown as [string, string, string, string];
  return checkDigit(first + second) === "0" ? `${prefix}-${first}-${second}` : undefined;
}

/** `count` decimal digits out of random or derived bytes (give at least count / 2 + 4 bytes, so that none is favoured). */
export function digitsOf(bytes: Uint8Array, count: number): string {
  let number = 0n;
  for (const byte of bytes) number = number * 256n + BigInt(byte);
  return (number % 10n ** BigInt(count)).toString().padStart(count, "0");
}
