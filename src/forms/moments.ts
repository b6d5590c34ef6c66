import { HOUR, isDate, MINUTE, momentOf } from "../domain/time.ts";
import type { Words } from "./define.ts";
import { faults } from "./words.ts";

/*
 * Dates and moments as people type them. Full width is half width by then; every pattern is anchored and bounded.
 */
type Parsed = { value: string } | { fault: Words };

/** Longest text worth reading as a date or moment. */
const LONGEST = 40;

/** A day as YYYY-MM-DD out of 2020-01-23, 2020/1/23, 2020.1.23, 20200123 or 2020年1月23日. */
export function parseDate(raw: string): Parsed {
  const found = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})[日号號]?|(\d{2})(\d{2}))$/.exec(tidy(raw));
  if (!found) return { fault: faults.notDate };
  return day(found[1], found[2] ?? found[4], found[3] ?? found[5]);
}

/**
 * A moment as ISO UTC (whole seconds) out of a local day and clock time in the zone, or one with Z or an offset.
 * 24:00 is 00:00 of the next day.
 */
export function parseMoment(raw: string, zone: string): Parsed {
  const found =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:[日号號]\s{0,3}|T|\s{1,3})(\d{1,2})[:时時点點](\d{1,2})分?(?::(\d{2})(?:\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?$/.exec(
      tidy(raw),
    );
  if (!found) return { fault: faults.notMoment };
  const date = day(found[1], found[2], found[3]);
  if ("fault" in date) return date;
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)];
  const midnight = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !midnight) || minute > 59 || second > 59) return { fault: faults.noSuchTime };
  const offset = found[7];
  let at: number;
  if (offset === undefined) {
    at = momentOf(date.value, `${hour}:${minute}`, zone).getTime() + second * 1000;
  } else {
    const shift = offset === "Z" ? 0 : offsetOf(offset);
    if (shift === undefined) return { fault: faults.notMoment };
    at = Date.parse(`${date.value}T00:00:00Z`) + hour * HOUR + minute * MINUTE + second * 1000 - shift;
  }
  const value = new Date(at).toISOString();
  return inYears(value) ? { value } : { fault: faults.year };
}

function day(year = "", month = "", of = ""): Parsed {
  const value = `${year}-${month.padStart(2, "0")}-${of.padStart(2, "0")}`;
  if (!isDate(value)) return { fault: faults.noSuchDate };
  return inYears(value) ? { value } : { fault: faults.year };
}

const inYears = (iso: string) => iso >= "1900" && iso < "2101";

/** Milliseconds of +08:00 or -0330; undefined where no zone lies. */
function offsetOf(text: string): number | undefined {
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  if (hours > 14 || minutes > 59) return undefined;
  return (text.startsWith("-") ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

const tidy = (raw: string) =>
  raw.length > LONGEST
    ? ""
    : raw
        .normalize("NFKC")
        .replace(/\p{Cf}/gu, "")
        .trim()
        .toUpperCase();
