import type { Field, Words } from "../define.ts";
import { TEMPERATURE_MAX, TEMPERATURE_MIN } from "../fields.ts";
import { faults, outOfRange, tooLong } from "../words.ts";

/*
 * What ODK checks of an answer for the sake of its type alone. The mark of the type brings the type back; these
 * expressions keep what ODK collects within what this service takes.
 */
export const TYPE_CHECKS: Partial<Record<Field["type"], { text: string; message: Words }>> = {
  phone: { text: "regex(., '^[0-9+() -]{7,24}$')", message: faults.phone },
  unit: { text: "regex(., '^[0-9]{6}[0-9A-Za-z-]{0,18}$')", message: faults.unit },
  temperature: {
    text: `. >= ${TEMPERATURE_MIN} and . <= ${TEMPERATURE_MAX} and regex(., '^[0-9]{2}([.][0-9])?$')`,
    message: faults.temperature,
  },
};
export const DOCUMENT_CHECK = {
  text: "regex(., '^[0-9A-Za-z() -]{5,24}$')",
  message: faults.documentShape,
};

/** Bounds as a field has them: the smallest and greatest number, the longest text. */
export type Bounds = { min?: number; max?: number; maxLength?: number };

/** The expressions of a field's bounds, in the order that they are written in. */
export const boundChecks = ({ min, max, maxLength }: Bounds): string[] => [
  ...(min === undefined ? [] : [`. >= ${min}`]),
  ...(max === undefined ? [] : [`. <= ${max}`]),
  ...(maxLength === undefined ? [] : [`string-length(.) <= ${maxLength}`]),
];

/** What is said where bounds are not kept; undefined where there are none. */
export function boundWords({ min, max, maxLength }: Bounds): Words | undefined {
  if (maxLength !== undefined) return tooLong(maxLength);
  return min === undefined && max === undefined ? undefined : outOfRange(min, max);
}
