import { problem } from "../domain/problem.ts";
import { NO_MOMENT } from "../domain/record-moment.ts";
import type { Door } from "../domain/submission.ts";
import type { Lang, RecordForm } from "../forms/define.ts";

/* What every door says of a record that it files, or of a step. */

export type RecordEntry = {
  /** UUID drawn by the sender: sent again with the same content, it is answered as the first time. */
  clientId: string;
  /** When it happened; without it, now. */
  occurredAt?: Date | undefined;
  /** Validated answers of the form. */
  values: Readonly<Record<string, unknown>>;
};
/** Which form, at whose door, and who: the link's hash, official/<id> or key/<hash>. */
export type Whose = {
  form: RecordForm;
  unitCode: string;
  door: Door;
  actor: string;
  lang?: Lang | undefined;
};

/** When an entry happened, as its content tells it: null where its sender did not say. Throws `invalid` for no moment at all. */
export function happenedIn({ occurredAt }: Pick<RecordEntry, "occurredAt">, lang?: Lang): string | null {
  if (!occurredAt) return null;
  if (Number.isNaN(occurredAt.getTime())) throw problem.answer("occurredAt", "format", NO_MOMENT, lang);
  return occurredAt.toISOString();
}

/** The most records that are filed in one call. */
export const MOST_RECORDS = 50;

/** Other events of the same unit and form can come in between each time; more at once than this no unit has. */
export const ROUNDS = 8;
