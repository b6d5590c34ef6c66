import type { SheetFault, SheetFaultCode } from "../domain/sheet.ts";

/** What of a fault's detail may be kept in the clear: places, counts, encodings; nothing that somebody typed. */
const DETAIL: Partial<Record<SheetFaultCode, RegExp>> = {
  "error-cell": /^#[A-Z0-9/!?]{1,12}$/,
  merged: /^[A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7}$/,
  "encoding-mixed": /^[a-z0-9-]{1,12} \/ [a-z0-9-]{1,12}$/,
  "row-short": /^\d{1,5}$/,
};

/** A row's fault as one word: merged:D5:D6, row-short:3/1 (of three cells one). */
export function wordOfFault({ code, detail = "", count }: SheetFault): string {
  if (!DETAIL[code]?.test(detail)) return code;
  return `${code}:${detail}${count === undefined ? "" : `/${count}`}`;
}

/** The same read back. */
export function faultOfWord(word: string): Pick<SheetFault, "code" | "detail" | "count"> {
  const [, code = word, said = ""] = /^([a-z-]+):(.*)$/.exec(word) ?? [];
  const [, detail = said, count] = /^(\d+)\/(\d+)$/.exec(said) ?? [];
  return {
    ...{ code: code as SheetFaultCode, detail },
    ...(count === undefined ? {} : { count: Number(count) }),
  };
}
