import type { IdDocument, RecordForm } from "../forms/define.ts";
import { allFields, type RecordFacts } from "../forms/record.ts";
import { normalizeDocument } from "./identity.ts";

/**
 * One spelling of whom or what a record is about, for its blind index: within its form and unit, half width, lower case,
 * without blanks and punctuation. Undefined where the form has no subject or none of it was answered.
 */
export function subjectText(form: RecordForm, unitCode: string, values: RecordFacts): string | undefined {
  const { subject = [] } = form.record;
  const types = new Map(allFields(form).map(({ name, type }) => [name, type]));
  const parts = subject.map((name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === null) return "";
    return types.get(name) === "id_document"
      ? (normalizeDocument(value as IdDocument) ?? "")
      : bare(String(value));
  });
  return parts.every((part) => part === "") ? undefined : [form.name, unitCode, ...parts].join("\n");
}

/** Between two numbers a sign stays, as one dash: 3-2-501 and 32-501 are different doors. */
function bare(text: string): string {
  const plain = text.normalize("NFKC").toLowerCase();
  const numbers = plain.replace(/(?<=\p{Nd})[\s\p{P}\p{S}\p{Cf}]+(?=\p{Nd})/gu, KEPT);
  const kept = numbers.replace(/[\s\p{P}\p{S}\p{Cf}]/gu, "").replaceAll(KEPT, "-");
  return kept === "" ? plain.trim() : kept;
}
/** No answer holds it. */
const KEPT = "\u0000";
