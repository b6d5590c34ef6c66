import type { Cell } from "../domain/sheet.ts";

/*
 * Numbers as Excel stores them, and as a person sees them (ECMA-376 18.8.30: the formats that need no definition).
 */

/** Formats 14–22 and 45–47 are dates everywhere, 27–36 and 50–58 in Chinese. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
/** Of those that need no definition, the ones that show a number otherwise than it is. */
const BUILT_IN: Record<number, string> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
};

export type NumberFormat = { date: boolean; code: string };
export const GENERAL: NumberFormat = { date: false, code: "General" };

/** What a format makes of numbers; `code` is its definition where the workbook has one. */
export function numberFormat(id: number, code = BUILT_IN[id] ?? ""): NumberFormat {
  const section = code
    .replace(/"[^"]*"|\\.|_.|\*./g, "")
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
    .split(";")[0] as string;
  const letters = section.replace(/AM\/PM|A\/P|上午\/下午|General|E[+-]/gi, "");
  return { date: isBuiltInDate(id) || /[ymdhs]/i.test(letters), code: section };
}

/** A number's cell, or "range" where it is no moment that a date format could show. */
export function numberCell(raw: string, format: NumberFormat, from1904: boolean): Cell | "range" {
  const number = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(number)) return { text: raw };
  if (!format.date) return { text: shown(number, format.code), kind: "number", raw };
  const text = dateOf(number, from1904);
  return text === undefined ? "range" : { text, kind: "date", raw };
}

/** Excel keeps fifteen digits and shows no more; a longer number is 5.1178120200127E+17. */
function shown(number: number, code: string): string {
  const [, whole = "", decimals, percent] = /^(?:#,#*)?(0+)(?:\.(0+))?(%?)$/.exec(code) ?? [];
  const size = Math.abs(number);
  if (whole && percent) return `${(number * 100).toFixed(decimals?.length ?? 0)}%`;
  if (whole && size < 1e15)
    return number.toFixed(decimals?.length ?? 0).padStart(decimals ? 0 : whole.length, "0");
  if (whole && size < 1e21) {
    const [digits = "", power = "0"] = number.toExponential(14).split("e+");
    return digits.replace(".", "").padEnd(Number(power) + (number < 0 ? 2 : 1), "0");
  }
  if (number === 0) return "0";
  if (size < 1e15 && size >= 1e-6) return String(Number(number.toPrecision(15)));
  const [digits = "", power = ""] = number.toExponential(14).split("e");
  return `${digits.replace(/\.?0+$/, "")}E${power}`;
}

/** The serial of 1970-01-01 in the two date systems. */
const EPOCH = 25_569;
const EPOCH_1904 = 24_107;
/** 9999-12-31. */
const LAST = 2_958_465;
const DAY_SECONDS = 86_400;

/**
 * A serial as 2020-01-27, with 08:30 (or 08:30:15) where it has a time, alone where it has no day. Excel takes 1900 for a
 * leap year: before March of it a day is one later, and serial 60 is none.
 */
export function dateOf(serial: number, from1904: boolean): string | undefined {
  const seconds = Math.round(serial * DAY_SECONDS);
  const day = Math.floor(seconds / DAY_SECONDS);
  if (!(serial >= 0) || day > (from1904 ? LAST - 1462 : LAST) || (!from1904 && day === 60)) return undefined;
  const shift = from1904 ? EPOCH_1904 : EPOCH - (day < 60 ? 1 : 0);
  const iso = new Date((seconds - shift * DAY_SECONDS) * 1000).toISOString();
  const time = iso.slice(11, iso.slice(17, 19) === "00" ? 16 : 19);
  if (day === 0 && !from1904) return time;
  return time === "00:00" ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}
