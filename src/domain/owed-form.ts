import { countForms } from "../../forms/counts.ts";
import { recordForms } from "../../forms/records.ts";
import type { CountForm, RecordForm, Words } from "../forms/define.ts";
import type { ObligationKind } from "./ladder.ts";

/*
 * What is owed of a form, in the form's own words: 学校晨检, 出入证, 返回. A form that is no more there, or a subject that is
 * none, has no words; whoever speaks of it falls back to plainer ones.
 */
export type OwedOfForm = {
  /** The count form's title, or what one of the records is called. */
  name: Words;
  /** The local day of a count, the number of a record. */
  id: string;
  /** What has to be done, in two to six characters; only of a record, and only where the form says one thing. */
  what?: Words;
};
export type OwedForms = { counts: readonly CountForm[]; records: readonly RecordForm[] };

/** Those that the service has. */
export const OWED_FORMS: OwedForms = { counts: countForms, records: recordForms };

/**
 * What a form says of an obligation of kind count, record or decision.
 * @param state of a record: the one it came to when this was owed
 */
export function owedOfForm(
  { kind, subjectId, about: state }: { kind: ObligationKind; subjectId: string; about?: string | null },
  { counts, records }: OwedForms = OWED_FORMS,
): OwedOfForm | undefined {
  const [form = "", id = ""] = subjectId.split("/");
  if (kind === "count") {
    const found = counts.find(({ name }) => name === form);
    return found && id ? { name: found.title, id } : undefined;
  }
  if (kind !== "record" && kind !== "decision") return undefined;
  const found = records.find(({ name }) => name === form);
  if (!found || !id) return undefined;
  const duties = (found.record.owes ?? []).filter(
    (duty) => duty.from === (kind === "decision" ? "above" : "unit") && (!state || duty.in === state),
  );
  const [first, ...others] = duties.map(({ what }) => what);
  // Which of several is meant only the answers could tell.
  const one = first && others.every((other) => other["zh-Hans"] === first["zh-Hans"]);
  return { name: found.record.noun, id, ...(one ? { what: first } : {}) };
}
