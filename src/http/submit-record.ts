import { guarded, refusal } from "../db/fault.ts";
import { type RecordWrite, readFilingGround, saveFilings } from "../db/record.ts";
import { findReceipts } from "../db/record-event.ts";
import { deriveDigits, identify } from "../db/submission.ts";
import { makeCaseNumber } from "../domain/identity.ts";
import { ProblemError, problem } from "../domain/problem.ts";
import type { FieldError } from "../domain/problem-kind.ts";
import { planFiling, type RecordLedger } from "../domain/record.ts";
import { recordProblem } from "../domain/record-problem.ts";
import { quotaSpan } from "../domain/record-quota.ts";
import { type RecordReceipt, receiptOf } from "../domain/record-receipt.ts";
import { subjectText } from "../domain/record-subject.ts";
import type { Arrival } from "../domain/submission.ts";
import type { Lang, RecordForm } from "../forms/define.ts";
import type { Deps } from "./factory.ts";
import { happenedIn, MOST_RECORDS, type RecordEntry, ROUNDS, type Whose } from "./record-entry.ts";

export type { RecordReceipt } from "../domain/record-receipt.ts";
export { MOST_RECORDS, type RecordEntry, type Whose } from "./record-entry.ts";
export { takeStep } from "./submit-record-step.ts";

/**
 * Files a record. Throws unitNotFound, recordProblem.notTheirs, contentDiffers (same client id, other content), invalid (the
 * quota on the first subject field, an `occurredAt` in the future or more than three days back).
 */
export async function fileRecord(
  deps: Deps,
  { clientId, occurredAt, values, ...whose }: Whose & RecordEntry,
): Promise<RecordReceipt> {
  const [filed] = await fileEach(deps, whose, [{ clientId, occurredAt, values }]);
  if (filed && "receipt" in filed) return filed.receipt;
  throw filed?.fault ?? problem.unavailable();
}

/** What became of each entry of a list, in its order: the same as fileRecord would have said of each. */
export type FiledEntry =
  | { clientId: string; receipt: RecordReceipt }
  | { clientId: string; errors: FieldError[] };

/**
 * Files up to 50 records at once, each for itself: a bad one never loses the good ones. One batch for all that are good. Throws
 * tooMany, and what is wrong with all of them: unitNotFound, recordProblem.notTheirs.
 */
export async function fileRecords(
  deps: Deps,
  { entries, ...whose }: Whose & { entries: readonly RecordEntry[] },
): Promise<FiledEntry[]> {
  const filed = await fileEach(deps, whose, entries);
  return filed.map((one, at) => {
    const clientId = entries[at]?.clientId ?? "";
    return "receipt" in one
      ? { clientId, receipt: one.receipt }
      : { clientId, errors: errorsOf(one.fault, whose.lang) };
  });
}

/** What became of an entry: filed, or the problem that fileRecord would have thrown. */
export type Filed = { receipt: RecordReceipt } | { fault: ProblemError };

/** A problem of a whole entry is told beside its client id. */
export const errorsOf = ({ problem: { code, title, errors } }: ProblemError, lang: Lang = "zh-Hans") =>
  errors ?? [{ path: "clientId", code, message: title[lang] }];

type Sent = {
  entry: RecordEntry;
  arrival: Arrival;
  clientId: string;
  subjectIndex: string | null;
  /** How many of the numbers that its client id gives were found to be taken. */
  attempt: number;
  id: string;
};

/** The same as fileRecords, each problem whole. */
export async function fileEach(deps: Deps, whose: Whose, entries: readonly RecordEntry[]): Promise<Filed[]> {
  if (entries.length > MOST_RECORDS) throw problem.tooMany(MOST_RECORDS);
  const now = deps.now();
  const sent = await Promise.all(entries.map((entry) => attempt(() => identified(deps, whose, entry))));
  const known = sent.flatMap((one) => ("fault" in one ? [] : [one]));
  return guarded(async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const planned = await planAll(deps, whose, known, now);
      try {
        if (planned.writes.length > 0) await saveFilings(deps, planned.writes);
        const earlier = [...planned.outcomes.values()].flatMap((one) => ("became" in one ? one.became : []));
        const receipts = await findReceipts(deps.db, earlier);
        return sent.map((one) => ("fault" in one ? one : settled(planned.outcomes.get(one), receipts)));
      } catch (error) {
        if (typeof refusal(error) !== "object") throw error;
      }
    }
    throw problem.unavailable();
  });
}

/** The keyed hashes of an entry. Throws `invalid` when its client id is no UUID. */
async function identified(deps: Deps, whose: Whose, entry: RecordEntry): Promise<Sent> {
  const { privacy } = deps;
  const { form, unitCode, door, lang } = whose;
  const content = ["filed", unitCode, entry.values, happenedIn(entry, lang)];
  const about = subjectText(form, unitCode, entry.values);
  const [{ clientId, arrival }, subjectIndex] = await Promise.all([
    identify(privacy, form, { clientId: entry.clientId, door, content, lang }),
    about === undefined ? null : privacy.index("record-subject", about),
  ]);
  const id = await numberOf(deps, form, clientId, 0);
  return { entry, arrival, clientId, subjectIndex, attempt: 0, id };
}

const numberOf = async ({ privacy }: Deps, { record }: RecordForm, clientId: string, attempt: number) =>
  makeCaseNumber(
    record.prefix,
    await deriveDigits(privacy, "record-number", `${record.prefix}/${clientId}/${attempt}`, 7),
  );

type Outcome = Filed | { became: string };

/** Plans each on the one before it, so that a quota and the totals count what the same list files. */
async function planAll(deps: Deps, whose: Whose, sent: readonly Sent[], now: Date) {
  const { form, unitCode, actor, lang } = whose;
  const { settings } = deps;
  const ground = await groundOf(deps, whose, sent, now);
  const writes: RecordWrite[] = [];
  const outcomes = new Map<Sent, Outcome>();
  const first = new Map<string, Sent>();
  let ledger: RecordLedger | undefined = ground.ledger;
  for (const one of sent) {
    const { arrival, entry, subjectIndex, id } = one;
    const earlier = ground.arrived.get(arrival.id);
    const twin = first.get(arrival.id);
    if (earlier || twin) {
      const same = (earlier ?? twin?.arrival)?.contentHash === arrival.contentHash;
      const outcome = earlier ? { became: earlier.subjectId } : twin && outcomes.get(twin);
      outcomes.set(one, same && outcome ? again(outcome) : { fault: problem.contentDiffers() });
      continue;
    }
    first.set(arrival.id, one);
    const recent = (subjectIndex && ground.recent.get(subjectIndex)) || [];
    const planned = await attempt(async () =>
      planFiling({ ...entry, id, unitCode, recent }, { form, now, settings, ledger, lang }),
    );
    if ("fault" in planned) {
      outcomes.set(one, planned);
      continue;
    }
    const { next, event } = planned;
    writes.push({ plan: planned, arrival, actor, subjectIndex });
    outcomes.set(one, { receipt: receiptOf(planned) });
    ledger = { seq: event.seq, totals: event.totals, recordedAt: event.recordedAt };
    if (subjectIndex) ground.recent.set(subjectIndex, [...recent, next.occurredAt]);
  }
  return { writes, outcomes };
}

/** What stands, once every entry has a number that nobody else has. Throws unitNotFound, notTheirs. */
async function groundOf(deps: Deps, { form, unitCode }: Whose, sent: readonly Sent[], now: Date) {
  const { quota } = form.record;
  const zone = deps.settings.TIME_ZONE;
  const submissions = sent.map(({ arrival }) => arrival.id);
  const subjects = sent.flatMap(({ subjectIndex, entry }) =>
    quota && subjectIndex
      ? [{ index: subjectIndex, ...quotaSpan(quota, entry.occurredAt ?? now, zone) }]
      : [],
  );
  for (let round = 1; round <= ROUNDS; round++) {
    const numbers = sent.map(({ id }) => id);
    const ground = await readFilingGround(deps.db, {
      ...{ form: form.name, unitCode, submissions, numbers, subjects },
    });
    const { unit } = ground;
    if (!unit || (unit.closedAt && unit.closedAt <= now)) throw problem.unitNotFound();
    if (!form.record.kinds.includes(unit.kind)) throw recordProblem.notTheirs();
    const drawn = new Map<string, string>();
    const clashing = sent.filter(({ id, arrival }) => {
      if (ground.arrived.has(arrival.id)) return false;
      const other = drawn.get(id);
      drawn.set(id, arrival.id);
      return ground.taken.has(id) || (other !== undefined && other !== arrival.id);
    });
    if (clashing.length === 0) return ground;
    for (const one of clashing) {
      one.attempt += 1;
      one.id = await numberOf(deps, form, one.clientId, one.attempt);
    }
  }
  throw problem.unavailable();
}

const again = (outcome: Outcome): Outcome =>
  "receipt" in outcome ? { receipt: { ...outcome.receipt, again: true } } : outcome;

function settled(outcome: Outcome | undefined, receipts: ReadonlyMap<string, RecordReceipt>): Filed {
  if (outcome && !("became" in outcome)) return outcome;
  const receipt = outcome && receipts.get(outcome.became);
  return receipt ? { receipt } : { fault: problem.unavailable() };
}

async function attempt<T extends object>(work: () => Promise<T>): Promise<T | { fault: ProblemError }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) return { fault: error };
    throw error;
  }
}
