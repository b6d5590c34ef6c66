import type { Mail, Outcome } from "../channels/index.ts";
import { loseContactOf } from "../db/outbox.ts";
import {
  closeBatch,
  type Lease,
  type OpenBatch,
  postpone,
  recordSent,
  splitBatch,
} from "../db/outbox-batch.ts";
import { MINUTE } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";
import type { Frozen } from "./compose.ts";

const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 15 * MINUTE;

/** What an attempt came to: how many messages left, or that nothing is known yet. */
export type Delivered = { sent?: number; later?: boolean; throttled?: boolean };

/** Writes down what became of an attempt, and what is to be done about it. @param at when it was made */
export async function settle(
  deps: Deps,
  batch: OpenBatch,
  lease: Lease,
  frozen: Frozen,
  outcome: Outcome,
  at: Date,
): Promise<Delivered> {
  const { db } = deps;
  const messages = "mails" in frozen ? frozen.mails : [frozen.post];
  switch (outcome.kind) {
    case "sent": {
      const ids = messages.map(({ id }, at) => ({ id, messageId: outcome.ids[at] ?? null }));
      await recordSent(db, batch.id, ids, at);
      return { sent: messages.length };
    }
    case "unknown":
      await closeBatch(db, batch.id, lease, "unknown", outcome.problem);
      return {};
    case "refused":
      if ("mails" in frozen && frozen.mails.length > 1)
        await halve(deps, batch, lease, frozen.mails, outcome.problem);
      else {
        // A bot that takes nothing any more is like a mailbox that bounced.
        const gone = "mails" in frozen ? [] : [loseContactOf(db, batch.id, outcome.problem, lease.now)];
        await closeBatch(db, batch.id, lease, "failed", outcome.problem, gone);
      }
      return {};
    case "later": {
      const wait = outcome.retryAfterSeconds
        ? outcome.retryAfterSeconds * 1000
        : Math.min(FIRST_WAIT * 2 ** (batch.attempts - 1), LONGEST_WAIT);
      await postpone(db, batch.id, lease, new Date(lease.now.getTime() + wait), outcome.problem);
      return { later: true, throttled: outcome.throttled };
    }
  }
}

/** One bad address must not silence ninety-nine: halved until it stands alone. */
async function halve(
  { db, privacy, newId }: Deps,
  batch: OpenBatch,
  lease: Lease,
  mails: Mail[],
  problem: string,
) {
  const middle = Math.ceil(mails.length / 2);
  const halves = await Promise.all(
    [mails.slice(0, middle), mails.slice(middle)].map(async (half) => {
      const id = newId();
      const frozen: Frozen = { mails: half };
      return {
        id,
        sealed: await privacy.seal(frozen, id, "outbox_batch"),
        outboxIds: half.map((mail) => mail.id),
      };
    }),
  );
  await splitBatch(db, batch.id, lease, problem, halves);
}
