import { guarded } from "../db/fault.ts";
import { refusedBy } from "../db/store.ts";
import { earlierArrival, identify } from "../db/submission.ts";
import {
  type EntryKey,
  findArrivedEntry,
  findTotals,
  listEntries,
  saveEntry,
  saveSameEntry,
} from "../db/typed-count.ts";
import { findUnit, type Unit } from "../db/unit.ts";
import { countProblem } from "../domain/count-problem.ts";
import { problem } from "../domain/problem.ts";
import type { Door } from "../domain/submission.ts";
import { addDays, localDate } from "../domain/time.ts";
import {
  COUNT_DAYS_BACK,
  type Counts,
  checkCountDate,
  formTotals,
  planEntry,
  withDay,
} from "../domain/typed-count.ts";
import type { CountForm, Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";

export type CountSubmission = {
  /** UUID drawn by the sender: sent again with the same content, it is answered as the first time. */
  clientId: string;
  form: CountForm;
  unitCode: string;
  /** The local day, YYYY-MM-DD. */
  date: string;
  /** Validated answers of the form and `reason`. */
  values: Readonly<Record<string, unknown>>;
  door: Door;
  lang?: Lang;
};
export type CountReceipt = {
  form: string;
  unitCode: string;
  date: string;
  version: number;
  counts: Counts;
  /** What the form's days come to with this one. */
  totals: Counts;
  corrected: boolean;
  recordedAt: Date;
};

/** Another entry of the same unit can come in between each time; more at once than this no unit has. */
const ROUNDS = 8;

/**
 * Takes a unit's counts for a day. Throws unitNotFound, countProblem.notTheirs and .date, contentDiffers (same client id,
 * other content) and invalid. The same counts from somebody else are answered with the version that says them.
 */
export async function submitCount(deps: Deps, sent: CountSubmission): Promise<CountReceipt> {
  const { form, unitCode, date, values, lang = "zh-Hans" } = sent;
  const { db, privacy, settings } = deps;
  const now = deps.now();
  const today = localDate(now, settings.TIME_ZONE);
  checkCountDate(date, today);
  return guarded(async () => {
    const unit = await countingUnit(deps, form, unitCode, now);
    const key: EntryKey = { form: form.name, unitCode, date };
    const { arrival } = await identify(privacy, form, { ...sent, content: [unitCode, date, values] });
    for (let round = 1; ; round++) {
      const became = await earlierArrival(db, arrival);
      if (became) {
        const entry = await findArrivedEntry(deps, key, arrival, became);
        if (!entry) throw problem.unavailable();
        const { version, counts, totals, recordedAt } = entry;
        return { ...key, version, counts, totals, corrected: version > 1, recordedAt };
      }
      // The totals first: an entry that comes after them takes their next version, and this one is counted anew.
      const last = await findTotals(db, unitCode);
      const days = await listEntries(db, [form.name], unitCode, daysOf(unit, today, settings.TIME_ZONE));
      const standing = days.find((day) => day.date === date);
      const plan = planEntry(values, { form, date, today, lang, standing });
      try {
        if (plan.act === "already") await saveSameEntry(db, arrival, key, { ...plan, recordedAt: now });
        else
          await saveEntry(deps, plan, arrival, key, {
            owed: form.count.due !== undefined,
            version: (last?.version ?? 0) + 1,
            totals: {
              ...last?.totals,
              ...formTotals(form, withDay(days, { date, counts: plan.counts })),
            },
            // Never back: clocks of two machines differ, and the later version must count from the later moment.
            recordedAt: new Date(Math.max(now.getTime(), last?.recordedAt.getTime() ?? 0)),
          });
      } catch (error) {
        if (refusedBy(error) !== "unique" || round >= ROUNDS) throw error;
      }
    }
  });
}

/** Every day that a unit can have entered: from a month before it was known. */
export const daysOf = (unit: { recordedAt: Date }, today: string, zone: string) => ({
  from: addDays(localDate(unit.recordedAt, zone), -COUNT_DAYS_BACK),
  to: today,
});

/** The unit of a code that fills in this form now. Throws unitNotFound for none or a closed one, notTheirs for others. */
async function countingUnit({ db }: Deps, form: CountForm, code: string, now: Date): Promise<Unit> {
  const unit = await findUnit(db, code);
  if (!unit || (unit.closedAt && unit.closedAt <= now)) throw problem.unitNotFound();
  if (!form.count.kinds.includes(unit.kind)) throw countProblem.notTheirs();
  return unit;
}
