import { normalizeDocumentNumber, normalizePhone } from "./identity.ts";
import { SEALED_OFF } from "./retention.ts";

/*
 * Personal data as lists show it: enough to tell two rows apart over the phone, never enough to find somebody. The
 * stars are always the same, so that they do not tell a length.
 */
const HIDDEN = "****";

/** 王*: the first character of a name of two or more, nothing of a shorter one; what was sealed off says so. */
export function maskName(name: string | undefined): string {
  if (name === SEALED_OFF) return name;
  const [first, ...rest] = [...(name ?? "").replace(/[\s\p{C}]/gu, "")];
  return rest.length > 0 ? `${first}*` : "*";
}

/** 138****8000; of a landline or a number from abroad the end alone; nothing of what is no number. */
export function maskPhone(text: string | undefined): string {
  const number = normalizePhone(text ?? "");
  if (!number) return HIDDEN;
  if (/^1\d{10}$/.test(number)) return `${number.slice(0, 3)}${HIDDEN}${number.slice(-4)}`;
  return `${HIDDEN}${number.slice(number.length < 10 ? -2 : -4)}`;
}

/** 51****: where a document begins; nothing of one that is short. */
export function maskDocument(text: string | undefined): string {
  const number = normalizeDocumentNumber(text ?? "");
  return /^[0-9A-Z]{8,}$/.test(number) ? `${number.slice(0, 2)}${HIDDEN}` : HIDDEN;
}
