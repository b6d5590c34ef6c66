import { type FieldError, problem } from "../domain/problem.ts";
import type { Door } from "../domain/submission.ts";
import type { RecordForm } from "../forms/define.ts";
import { decodeForm } from "../forms/encode.ts";
import { isRecord } from "../forms/fields.ts";
import { parseMoment } from "../forms/moments.ts";
import { validate } from "../forms/validate.ts";
import { withLang } from "../views/layout.tsx";
import { RAPID } from "../views/unit-rapid-words.ts";
import type { Deps } from "./factory.ts";
import { MOST_RECORDS } from "./record-entry.ts";
import { type RecordRegistered, registerRecord } from "./register-record.ts";
import { fileRecords, type RecordEntry, type RecordReceipt } from "./submit-record.ts";
import type { UnitDoor } from "./unit-door.ts";

/*
 * What a phone noted down one after another: from the page's script in lists, from the plain form one by one. Each entry is
 * answered for itself; what is refused keeps no other from being stored.
 */

/** An entry as it was sent: the names and values of the form's controls. */
export type SentEntry = { clientId: string; occurredAt?: string | undefined; answers: [string, string][] };

/** What became of an entry. `mend`: it is stored, but whom it is about could not be registered, and why. */
export type EntryResult =
  | {
      clientId: string;
      status: 200;
      number: string;
      again: boolean;
      /** The registration that it became, with the person's own link. */
      registered?: { caseNumber: string; link: string };
      mend?: string[];
    }
  | { clientId: string; status: 422; errors: FieldError[] };

/** The entries of a script's list. Throws `malformedJson` for anything but a list, `tooMany` for a long one. */
export function readEntries(body: unknown): SentEntry[] {
  if (!Array.isArray(body)) throw problem.malformedJson(NO_LIST);
  if (body.length > MOST_RECORDS) throw problem.tooMany(MOST_RECORDS);
  return body.map((item) => {
    const { clientId, occurredAt, answers } = isRecord(item) ? item : {};
    return {
      clientId: typeof clientId === "string" ? clientId.slice(0, 100) : "",
      ...(typeof occurredAt === "string" ? { occurredAt: occurredAt.slice(0, 40) } : {}),
      answers: Array.isArray(answers)
        ? answers.filter(
            (pair): pair is [string, string] =>
              Array.isArray(pair) && pair.every((part) => typeof part === "string"),
          )
        : [],
    };
  });
}

/** Files each entry, registers whom its form says, and answers in the same order. */
export async function answerEntries(
  deps: Deps,
  door: UnitDoor,
  form: RecordForm,
  sent: readonly SentEntry[],
): Promise<EntryResult[]> {
  const read = sent.map((entry) => entryOf(entry, door, form));
  const good = read.filter((one): one is RecordEntry => !("errors" in one));
  const { actor, lang, unit } = door;
  const whose = { form, unitCode: unit.code, door: doorOf(door), actor, lang };
  const filed = good.length > 0 ? await fileRecords(deps, { ...whose, entries: good }) : [];
  const results: EntryResult[] = [];
  for (const [at, one] of read.entries()) {
    const { clientId } = sent[at] as SentEntry;
    const became = "errors" in one ? one : filed[good.indexOf(one)];
    if (!became || "errors" in became) {
      results.push({ clientId, status: 422, errors: became?.errors ?? [] });
      continue;
    }
    const { receipt } = became;
    const { values } = one as RecordEntry;
    const registered = await registerRecord(deps, { ...whose, receipt, clientId, values });
    results.push(resultOf(clientId, receipt, registered, door));
  }
  return results;
}

function resultOf(
  clientId: string,
  { id, again }: RecordReceipt,
  registered: RecordRegistered | undefined,
  { lang }: UnitDoor,
): EntryResult {
  const stored = { clientId, status: 200 as const, number: id, again };
  if (!registered) return stored;
  if ("errors" in registered) {
    const said = registered.errors.map(({ message }) => message);
    return { ...stored, mend: said.length > 0 ? said : [RAPID.unregistered[lang]] };
  }
  const { caseNumber, token } = registered;
  return { ...stored, registered: { caseNumber, link: withLang(`/p/${token}/receipt`, lang) } };
}

/** Rules of the form that speak of today mean the day on which it happened, not the one on which a network was found. */
function entryOf(
  { clientId, occurredAt: at, answers }: SentEntry,
  { lang, now, zone }: UnitDoor,
  form: RecordForm,
): RecordEntry | { errors: FieldError[] } {
  const occurredAt = momentOf(at, zone);
  const then = occurredAt && occurredAt < now ? occurredAt : now;
  const valid = validate(form, decodeForm(form, answers), { lang, now: then, zone });
  if (!valid.ok) return { errors: valid.errors };
  return { clientId, ...(occurredAt ? { occurredAt } : {}), values: valid.values as Record<string, unknown> };
}

/** An unreadable moment is refused by the plan as every impossible one is. */
function momentOf(text: string | undefined, zone: string): Date | undefined {
  if (!text) return undefined;
  const read = parseMoment(text, zone);
  return new Date("value" in read ? read.value : Number.NaN);
}

/** Behind a session what is filed comes from the desk. */
export const doorOf = ({ nav }: UnitDoor): Door => (nav === undefined ? "unit" : "desk");

const NO_LIST = {
  "zh-Hans": "entries 应为列表",
  "zh-Hant": "entries 應為列表",
  en: "entries must be a list",
};
