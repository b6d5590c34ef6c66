import type { Words } from "../forms/define.ts";
import { checkIdCard, normalizePhone } from "./identity.ts";
import type { Cell } from "./sheet.ts";
import { isDate } from "./time.ts";

/*
 * What stands in a bureau's list, after Excel had it: blanks and apostrophes are taken off, and what Excel has lost is
 * said to be lost. Nothing is ever guessed back, least of all the digits of an ID.
 */

/**
 * `exponent`: 5.1178E+17, the other digits are gone. `precision`: Excel keeps fifteen digits, the rest are zeros.
 * `zeros`: an ID that ends in 000 and still checks: one in eleven spoiled ones does. `leading-zero`: a number where a
 * zero was. `error`: #N/A and its like. `year`: a date without one. `date`: no date that there is.
 */
export type SpoiledReason = "exponent" | "precision" | "zeros" | "leading-zero" | "error" | "year" | "date";
/**
 * `ok`: `value` is what was written. `doubtful`: it may be another, a person looks. `spoiled`: what was written cannot
 * be known; `value` is what is left of it. `blank`: nothing stands there.
 */
export type Mended = {
  state: "ok" | "doubtful" | "spoiled" | "blank";
  value: string;
  reason?: SpoiledReason;
};
export type MendAs = "text" | "id" | "phone" | "date" | { code: number };

/** A cell as a field of the list takes it; `{ code: 12 }` is a number of that many digits, which may begin with zeros. */
export function mendCell(cell: Cell, as: MendAs): Mended {
  const value = tidyText(cell.text);
  if (cell.kind === "error") return { state: "spoiled", value, reason: "error" };
  if (value === "" || /^[-—–/\\]+$/.test(value)) return { state: "blank", value: "" };
  if (as === "id") return mendId(value, cell);
  if (as === "phone") return mendPhone(value, cell);
  if (as === "date") return mendDate(value, cell);
  if (as !== "text") return mendCode(value, cell, as.code);
  return { state: "ok", value };
}

/** What Excel has done to an ID number, or undefined where it holds; `zeros` where nobody can tell. */
export function idSpoiled(text: string, mark: Pick<Cell, "kind" | "raw"> = {}): SpoiledReason | undefined {
  const value = halfWidth(text);
  if (EXPONENT.test(value)) return "exponent";
  const digits = value.replace(/\.0*$/, "");
  if (!/^\d{16,}$/.test(digits)) return undefined;
  // A number of so many digits has lost its last ones, whatever they look like.
  if (mark.kind === "number" || digits !== value) return "precision";
  if (!/^\d{15}0+$/.test(digits)) return undefined;
  return checkIdCard(digits) ? "zeros" : "precision";
}

const EXPONENT = /^[+-]?\d(?:\.\d*)?E\+?\d+$/i;

function mendId(text: string, mark: Cell): Mended {
  const value = halfWidth(text);
  const reason = idSpoiled(value, mark);
  if (reason) return { state: reason === "zeros" ? "doubtful" : "spoiled", value, reason };
  return { state: "ok", value: value.replace(/^(\d{15})\.0+$/, "$1").toUpperCase() };
}

function mendPhone(text: string, mark: Cell): Mended {
  const whole = wholeNumber(text, mark);
  if (whole === undefined) return { state: "spoiled", value: halfWidth(text), reason: "exponent" };
  if (normalizePhone(whole)) return { state: "ok", value: whole };
  // 0288 5551 234 as a number is 288 5551 234: another place's number where one guesses wrong.
  const lost = /^[1-9]\d{8,10}$/.test(whole) && normalizePhone(`0${whole}`) !== undefined;
  return lost ? { state: "spoiled", value: whole, reason: "leading-zero" } : { state: "ok", value: whole };
}

function mendCode(text: string, mark: Cell, length: number): Mended {
  const whole = wholeNumber(text, mark);
  if (whole === undefined) return { state: "spoiled", value: halfWidth(text), reason: "exponent" };
  const short = /^\d+$/.test(whole) && whole.length < length;
  return short ? { state: "spoiled", value: whole, reason: "leading-zero" } : { state: "ok", value: whole };
}

/** 13900000000.0 and 1.39E10 as the whole number that they are; undefined where digits are gone. */
function wholeNumber(text: string, { kind, raw }: Cell): string | undefined {
  const number = Number(raw);
  if (kind === "number" && Number.isSafeInteger(number)) return /^0\d/.test(text) ? text : String(number);
  const value = halfWidth(text).replace(/^(\d+)\.0+$/, "$1");
  return EXPONENT.test(value) ? undefined : value;
}

/** A date as 2020-01-27, out of what people write; a serial where the cell is a number that could be one. */
function mendDate(text: string, { kind }: Cell): Mended {
  const value = halfWidth(text);
  const [, year, month, day] =
    WRITTEN.exec(text.normalize("NFKC")) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(value) ?? [];
  if (year && month && day) {
    const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    return isDate(iso) ? { state: "ok", value: iso } : { state: "spoiled", value, reason: "date" };
  }
  const serial = Number(value);
  // 2009-07 to 2064: a day that was formatted as a number.
  if (/^\d{5}(?:\.\d+)?$/.test(value) && serial >= 40_000 && serial < 60_000) {
    const iso = new Date((Math.floor(serial) - 25_569) * 86_400_000).toISOString().slice(0, 10);
    return { state: kind === "number" ? "ok" : "doubtful", value: iso };
  }
  if (/^\d{1,2}[-/.月]\d{1,2}(?:日|号|號)?$/.test(value)) return { state: "doubtful", value, reason: "year" };
  return { state: "spoiled", value, reason: "date" };
}

/** 2020-1-27, 2020/1/27, 2020.1.27, 2020年1月27日, with whatever comes after. */
const WRITTEN = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*[日号號]|T|\s|$)/;

/** Text without blanks around it, invisible characters, and the apostrophe with which Excel is told that it is text. */
export const tidyText = (text: string): string =>
  text
    .slice(0, 2_000)
    .toWellFormed()
    .replace(/[\p{Cf}\p{Cc}\p{Z}]+/gu, " ")
    .trim()
    .replace(/^['‘’`＇]+\s*/, "")
    .trim();

/** A number's half-width digits without blanks. */
const halfWidth = (text: string): string => tidyText(text).normalize("NFKC").replace(/\s/g, "");

/** What is said of each reason beside its row. */
export const SPOILED: Record<SpoiledReason, Words> = {
  exponent: say(
    "号码被 Excel 变成了科学计数，丢了数字，请按原件重新填写",
    "號碼被 Excel 變成了科學記號，丟了數字，請按原件重新填寫",
    "Excel has turned the number into an exponent and lost its digits: write it again from the original",
  ),
  precision: say(
    "身份证号被 Excel 改成了数字，末尾几位丢失，请按原件重新填写",
    "身分證號被 Excel 改成了數字，末尾幾位丟失，請按原件重新填寫",
    "Excel has taken the ID for a number and lost its last digits: write it again from the original",
  ),
  zeros: say(
    "身份证号以 000 结尾，可能被 Excel 改过，请核对",
    "身分證號以 000 結尾，可能被 Excel 改過，請核對",
    "The ID ends in 000 and may have been changed by Excel: check it",
  ),
  "leading-zero": say(
    "号码位数不够，开头的 0 可能丢了，请核对",
    "號碼位數不夠，開頭的 0 可能丟了，請核對",
    "The number is too short, its leading zero may be lost: check it",
  ),
  error: say("这一格是 Excel 的错误值", "這一格是 Excel 的錯誤值", "The cell is one of Excel's errors"),
  year: say("日期没有写年份", "日期沒有寫年份", "The date has no year"),
  date: say(
    "看不懂这个日期，例如 2020-01-23",
    "看不懂這個日期，例如 2020-01-23",
    "This is no date: write it as 2020-01-23",
  ),
};

function say(hans: string, hant: string, en: string): Words {
  return { "zh-Hans": hans, "zh-Hant": hant, en };
}
