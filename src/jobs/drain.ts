import type { Mail } from "../channels/channel.ts";
import { type Channel, type Outcome, pickChannel } from "../channels/index.ts";
import { putDevMail } from "../db/dev-mail.ts";
import { claimOutbox } from "../db/outbox.ts";
import {
  closeBatch,
  closeEmpty,
  freezeBatch,
  type Lease,
  leaseBatch,
  type OpenBatch,
  postpone,
  recordSent,
  splitBatch,
} from "../db/outbox-batch.ts";
import { HOUR, MINUTE } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";
import { composeBatch } from "./compose.ts";

/** One post may take so long; the lease outlives all the posts of a run, so a crash retries rather than loses. */
const ABORT_MS = 10_000;
const MAX_POSTS = 20;
const LEASE = 5 * MINUTE;
/** The provider forgets a key after 24 hours: then the same bytes would be a second message. */
const KEY_LIVES = 23 * HOUR;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 15 * MINUTE;
/** So many posts in a row without an answer end the run: the next minute asks again. */
const GIVE_UP_AFTER = 3;

/**
 * Sends what is ready: claims new messages first, then takes up batches that wait for another attempt or whose drainer
 * died. Bounded; what is left is the next run's. Any number may run at once: leases and keys keep each message single.
 * @returns how many messages the provider took
 */
export async function drainOutbox(
  deps: Deps,
  now: Date,
  channel: Channel = pickChannel(deps.settings, (mails) => putDevMail(deps, mails, now)),
): Promise<number> {
  let sent = 0;
  let silent = 0;
  for (let post = 0; post < MAX_POSTS && silent < GIVE_UP_AFTER; post++) {
    const lease: Lease = { id: deps.newId(), now, until: new Date(now.getTime() + LEASE) };
    // New words wait behind no old failure: half of the run is theirs.
    const claimed = post < MAX_POSTS / 2 && (await claimNew(deps, lease));
    const batch = claimed || (await leaseBatch(deps.db, lease));
    if (!batch) break;
    const outcome = await deliver(deps, channel, batch, lease);
    if (outcome.sent) sent += outcome.sent;
    if (outcome.throttled) break;
    silent = outcome.later ? silent + 1 : 0;
  }
  return sent;
}

async function claimNew({ db, newId }: Deps, lease: Lease): Promise<OpenBatch | undefined> {
  const id = newId();
  if (!(await claimOutbox(db, id, lease))) return undefined;
  return { id, state: "claimed", sealed: null, attempts: 0, firstAttemptAt: null };
}

type Delivered = { sent?: number; later?: boolean; throttled?: boolean };

async function deliver(deps: Deps, channel: Channel, batch: OpenBatch, lease: Lease): Promise<Delivered> {
  const { db, privacy } = deps;
  if (batch.firstAttemptAt !== null && batch.firstAttemptAt + KEY_LIVES <= lease.now.getTime()) {
    await closeBatch(db, batch.id, lease, "unknown", "key-expired");
    return {};
  }
  const messages = batch.sealed
    ? await privacy.open<Mail[]>(batch.sealed, batch.id, "outbox_batch")
    : await freeze(deps, batch.id, lease);
  if (!messages) return {};
  const key = `batch/${batch.id}`;
  const outcome = await channel.send({ key, messages }, AbortSignal.timeout(ABORT_MS));
  return settle(deps, { ...batch, attempts: Math.max(batch.attempts, 1) }, lease, messages, outcome);
}

/** Writes the messages and fixes their bytes. Undefined: there is nothing to post, or another drainer has taken over. */
async function freeze(deps: Deps, batchId: string, lease: Lease): Promise<Mail[] | undefined> {
  const { mails, unaddressed } = await composeBatch(deps, batchId, lease.now);
  if (mails.length === 0) {
    await closeEmpty(deps.db, batchId, lease, unaddressed);
    return undefined;
  }
  const sealed = await deps.privacy.seal(mails, batchId, "outbox_batch");
  return (await freezeBatch(deps.db, batchId, lease, sealed, unaddressed)) ? mails : undefined;
}

async function settle(
  deps: Deps,
  batch: OpenBatch,
  lease: Lease,
  messages: Mail[],
  outcome: Outcome,
): Promise<Delivered> {
  const { db, privacy, newId } = deps;
  switch (outcome.kind) {
    case "sent": {
      const ids = messages.map(({ id }, at) => ({ id, messageId: outcome.ids[at] ?? null }));
      await recordSent(db, batch.id, ids, lease.now);
      return { sent: messages.length };
    }
    case "unknown":
      await closeBatch(db, batch.id, lease, "unknown", outcome.problem);
      return {};
    case "refused": {
      if (messages.length === 1) {
        await closeBatch(db, batch.id, lease, "failed", outcome.problem);
        return {};
      }
      // One bad address must not silence ninety-nine: halve until it stands alone.
      const middle = Math.ceil(messages.length / 2);
      const halves = await Promise.all(
        [messages.slice(0, middle), messages.slice(middle)].map(async (half) => {
          const id = newId();
          const sealed = await privacy.seal(half, id, "outbox_batch");
          return { id, sealed, outboxIds: half.map((mail) => mail.id) };
        }),
      );
      await splitBatch(db, batch.id, lease, outcome.problem, halves);
      return {};
    }
    case "later": {
      const wait = outcome.retryAfterSeconds
        ? outcome.retryAfterSeconds * 1000
        : Math.min(FIRST_WAIT * 2 ** (batch.attempts - 1), LONGEST_WAIT);
      await postpone(db, batch.id, lease, new Date(lease.now.getTime() + wait), outcome.problem);
      return { later: true, throttled: outcome.throttled };
    }
  }
}
