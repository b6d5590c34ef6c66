import { reading } from "../../forms/reading.ts";
import { guarded } from "../db/fault.ts";
import {
  type Became,
  explainReadings,
  findEarlier,
  type ReadingItem,
  type Refused,
  type Sending,
  saveReadings,
} from "../db/reading.ts";
import { identify } from "../db/submission.ts";
import { parseSlot } from "../domain/follow-up.ts";
import { type Problem, ProblemError, problem } from "../domain/problem.ts";
import { afterLast, isAbnormal, notYet, planReading, type ReadingValues } from "../domain/reading.ts";
import type { Door } from "../domain/submission.ts";
import { unitOfCode } from "../domain/unit.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";

/** The most readings taken in one call. */
export const MOST_READINGS = 500;

/** A valid answer to forms/reading.ts with whose it is. */
export type ReadingSubmission = ReadingValues & {
  /** UUID drawn by the sender: sent again with the same content, it is answered as the first time. */
  clientId: string;
  /** The person's id, WY-0217-4486-1. */
  observationId: string;
  /** 2026-01-26/evening; without it the slot whose hours began last when it was taken. */
  slot?: string;
  takenAt?: Date;
  door: Door;
  /** Whose link entered it: a hash, or a role. */
  actor?: string;
  /** The person's door: a case number; nobody outside that household is there. */
  household?: string;
  /** The unit's door or a key: a unit's code; nobody outside its subtree is there. */
  scope?: string;
  lang?: Lang;
};
export type ReadingReceipt = {
  observationId: string;
  /** 2026-01-26/evening */
  slot: string;
  late: boolean;
  abnormal: boolean;
  version: number;
  /** True when an earlier reading of the slot stands; it is kept. */
  corrected: boolean;
  recordedAt: Date;
};

/**
 * Takes one reading: one batch, nothing read before. Throws `invalid` (slot, takenAt, clientId), personNotFound,
 * notObserved, observationEnded, contentDiffers, DatabaseFault.
 */
export async function submitReading(deps: Deps, sent: ReadingSubmission): Promise<ReadingReceipt> {
  const [result] = await submitReadings(deps, [sent]);
  if (result?.ok) return result.receipt;
  throw new ProblemError((result ?? { problem: problem.unavailable().problem }).problem);
}

export type ReadingResult = { ok: true; receipt: ReadingReceipt } | { ok: false; problem: Problem };

/**
 * Takes up to 500 readings in one batch, each answered for itself in the same order: what is refused keeps no other
 * from being stored. Throws tooMany for more, DatabaseFault (then nothing is stored).
 */
export async function submitReadings(deps: Deps, list: ReadingSubmission[]): Promise<ReadingResult[]> {
  if (list.length > MOST_READINGS) throw problem.tooMany(MOST_READINGS);
  const now = deps.now();
  const planned = await Promise.all(list.map((sent) => planItem(deps, sent, now)));
  const items = distinct(planned);
  return guarded(async () => {
    const stood = await saveReadings(deps, items, { now, settings: deps.settings });
    const refused = items.filter(({ id }) => !stood.has(id));
    const why = refused.length > 0 ? await explainReadings(deps, refused) : undefined;
    const again = planned.flatMap((item) => ("problem" in item && item.again ? [item.again] : []));
    const earlier = await findEarlier(deps, again, deps.settings.TIME_ZONE);
    return planned.map((item, at) => {
      if ("problem" in item) {
        const became = earlier.get(item.again?.id ?? "");
        return typeof became === "object"
          ? { ok: true, receipt: receiptOf(became) }
          : { ok: false, problem: item.problem };
      }
      const first = items.find((one) => one.id === item.id) ?? item;
      const became = first.hash === item.hash ? stood.get(item.id) : "content-differs";
      if (typeof became === "object") return { ok: true, receipt: receiptOf(became) };
      if (became) return { ok: false, problem: problem.contentDiffers().problem };
      return { ok: false, problem: refusalOf(why?.get(item.id), list[at]?.lang) };
    });
  });
}

async function planItem(deps: Deps, sent: ReadingSubmission, now: Date): Promise<ReadingItem | Faulty> {
  const { clientId, observationId, slot, takenAt, door, actor, household, scope, lang, ...values } = sent;
  let again: Faulty["again"];
  try {
    const { arrival } = await identify(deps.privacy, reading, {
      clientId,
      door,
      lang,
      content: { observationId, slot, takenAt: takenAt?.toISOString(), ...values },
    });
    const abnormal = isAbnormal(Math.round(values.temperature * 10), values.symptoms);
    again = { id: arrival.id, hash: arrival.contentHash, abnormal };
    const plan = planReading(
      values,
      { observationId, slot, takenAt, actor },
      {
        now,
        zone: deps.settings.TIME_ZONE,
        lang,
      },
    );
    const { details, ...clear } = plan;
    return {
      ...clear,
      id: arrival.id,
      hash: arrival.contentHash,
      door,
      household,
      scope,
      // A grid has nothing below it, though its code may begin another grid's.
      scopeEnd: scope === undefined ? undefined : scope + (unitOfCode(scope)?.kind === "grid" ? "!" : "~"),
      sealed:
        Object.keys(details).length > 0 ? await deps.privacy.seal(details, arrival.id, "reading") : null,
    };
  } catch (error) {
    if (error instanceof ProblemError) return { problem: error.problem, again };
    throw error;
  }
}

/** Refused as it stands now. `again`: it may have been taken while its slot was open, and only the answer was lost. */
type Faulty = { problem: Problem; again?: Sending | undefined };

/** The first of each client id: the same one twice in a list is one submission. */
function distinct(planned: (ReadingItem | Faulty)[]): ReadingItem[] {
  const items = new Map<string, ReadingItem>();
  for (const item of planned) if (!("problem" in item) && !items.has(item.id)) items.set(item.id, item);
  return [...items.values()];
}

const receiptOf = (became: Became): ReadingReceipt => ({ ...became, corrected: became.version > 1 });

function refusalOf(refused: Refused | undefined, lang?: Lang): Problem {
  switch (refused?.refusal) {
    case "ended":
      return problem.observationEnded().problem;
    case "not-observed":
      return problem.notObserved().problem;
    case "before-first": {
      const first = parseSlot(refused.firstSlot ?? "");
      return (first ? notYet(first, lang) : problem.personNotFound()).problem;
    }
    case "after-last":
      return afterLast(lang).problem;
    default:
      return problem.personNotFound().problem;
  }
}
