import {
  type Channel,
  type Mail,
  type Outcome,
  PACE_HISTORY,
  type PostKind,
  pace,
  pickChannel,
  sendPost,
} from "../channels/index.ts";
import { setAllAside, setAside } from "../db/dead-letter.ts";
import { putDevMail } from "../db/dev-mail.ts";
import { claimMail, claimPost, failMessages, nextPost } from "../db/outbox.ts";
import {
  attemptsAt,
  closeBatch,
  closeEmpty,
  freezeBatch,
  type Lane,
  type Lease,
  leaseBatch,
  type OpenBatch,
  postpone,
  recordAttempt,
} from "../db/outbox-batch.ts";
import { UnknownKey } from "../db/privacy.ts";
import { HOUR, MINUTE } from "../domain/time.ts";
import type { Deps } from "../http/factory.ts";
import { composeBatch, type Frozen } from "./compose.ts";
import { type Delivered, settle } from "./settle.ts";

/** One attempt may take so long; the lease outlives all the attempts of a run, so a crash retries rather than loses. */
const ABORT_MS: Record<Lane, number> = { mail: 10_000, post: 5_000 };
const MAX_POSTS = 20;
/** Of both lanes: a post takes up to 20 queries, and the sweep of the same minute needs its share of D1's thousand. */
const MAX_TOGETHER = 26;
const LEASE = 5 * MINUTE;
/** The provider forgets a key after 24 hours: then the same bytes would be a second message. A post is tried as long. */
const KEY_LIVES = 23 * HOUR;
/** So many posts of mail in a row without an answer end the run: the next minute asks again. */
const GIVE_UP_AFTER = 3;

/** What a drain speaks through. @property wall tells the time it really is, for signatures and the pace of bots */
export type Outlets = { channel: Channel; fetch: typeof fetch; wall: () => Date };

/**
 * Sends what is ready: claims new messages first, then takes up batches that wait for another attempt or whose drainer
 * died. Bounded; what is left is the next run's. Any number may run at once: leases and keys keep each message single.
 * Mail and everything else have a lane each, so neither waits for the other.
 * @returns how many messages were taken
 */
export async function drainOutbox(deps: Deps, now: Date, outlets: Partial<Outlets> = {}): Promise<number> {
  const through: Outlets = {
    channel: outlets.channel ?? pickChannel(deps.settings, (mails) => putDevMail(deps, mails, now)),
    fetch: outlets.fetch ?? ((input, init) => fetch(input, init)),
    wall: outlets.wall ?? (() => now),
  };
  const faults: unknown[] = [];
  let sent = 0;
  let left = MAX_TOGETHER;
  for (const lane of ["mail", "post"] as const) {
    const done = await drainLane(deps, now, lane, through, faults, Math.min(MAX_POSTS, left));
    sent += done.sent;
    left -= done.posts;
  }
  if (faults.length > 0) throw faults[0];
  return sent;
}

async function drainLane(
  deps: Deps,
  now: Date,
  lane: Lane,
  outlets: Outlets,
  faults: unknown[],
  most: number,
): Promise<{ sent: number; posts: number }> {
  let sent = 0;
  let silent = 0;
  let posts = 0;
  for (; posts < most && silent < GIVE_UP_AFTER; posts++) {
    // A run as at an hour ago must not look as if its leases were over: it works by the later of both clocks.
    const at = new Date(Math.max(now.getTime(), outlets.wall().getTime()));
    const lease: Lease = { id: deps.newId(), now: at, until: new Date(at.getTime() + LEASE) };
    const batch = await takeBatch(deps, lease, lane, posts < most / 2);
    if (!batch) break;
    const outcome = await deliver(deps, outlets, batch, lease).catch((error) =>
      fault(deps, batch, lease, error, faults),
    );
    sent += outcome.sent ?? 0;
    if (lane === "post") continue;
    if (outcome.throttled) break;
    silent = outcome.later ? silent + 1 : 0;
  }
  return { sent, posts };
}

/** New words wait behind no old failure, nor does what failed before wait for ever: half of the run each, at least. */
async function takeBatch(
  deps: Deps,
  lease: Lease,
  lane: Lane,
  newFirst: boolean,
): Promise<OpenBatch | undefined> {
  if (newFirst) return (await claimNew(deps, lease, lane)) ?? leaseBatch(deps.db, lease, lane);
  return (await leaseBatch(deps.db, lease, lane)) ?? claimNew(deps, lease, lane);
}

/** A batch that nobody can work on waits its turn again; the others go on, and the run says in the end that it failed. */
async function fault(
  deps: Deps,
  batch: OpenBatch,
  lease: Lease,
  error: unknown,
  faults: unknown[],
): Promise<Delivered> {
  faults.push(error);
  await postpone(deps.db, batch.id, lease, lease.until, "fault");
  return {};
}

async function claimNew({ db, newId }: Deps, lease: Lease, lane: Lane): Promise<OpenBatch | undefined> {
  const id = newId();
  const fresh = { id, state: "claimed" as const, sealed: null, attempts: 0, firstAttemptAt: null };
  if (lane === "mail") {
    return (await claimMail(db, id, lease)) ? { ...fresh, channel: "mail", endpoint: null } : undefined;
  }
  const next = await nextPost(db, lease.now);
  return next && (await claimPost(db, id, lease, next))
    ? { ...fresh, channel: next.channel, endpoint: next.endpoint }
    : undefined;
}

async function deliver(deps: Deps, outlets: Outlets, batch: OpenBatch, lease: Lease): Promise<Delivered> {
  if (batch.firstAttemptAt !== null && batch.firstAttemptAt + KEY_LIVES <= lease.now.getTime()) {
    await closeBatch(deps.db, batch.id, lease, "unknown", "key-expired");
    return {};
  }
  if (batch.endpoint !== null && (await waitsForPace(deps, batch, lease, outlets.wall()))) return {};
  const frozen = batch.sealed
    ? await thaw(deps, batch, lease)
    : await freeze(deps, batch.id, lease, outlets.wall());
  if (!frozen) return {};
  const outcome = await attempt(deps, outlets, batch, frozen);
  return settle(
    deps,
    { ...batch, attempts: Math.max(batch.attempts, 1) },
    lease,
    frozen,
    outcome,
    outlets.wall(),
  );
}

/** An endpoint's published limits: the attempt is on record before it is made, and what comes too soon waits. */
async function waitsForPace(
  { db, settings }: Deps,
  batch: OpenBatch,
  lease: Lease,
  wall: Date,
): Promise<boolean> {
  const endpoint = batch.endpoint ?? "";
  const history = await attemptsAt(db, endpoint, PACE_HISTORY);
  const free = pace(batch.channel as PostKind, history, wall.getTime(), settings.TIME_ZONE);
  if (free > wall.getTime()) {
    const wait = new Date(lease.now.getTime() + free - wall.getTime());
    await postpone(db, batch.id, lease, wait, "paced");
    return true;
  }
  await recordAttempt(db, {
    endpoint,
    batchId: batch.id,
    at: wall,
    keepFrom: new Date(wall.getTime() - HOUR),
  });
  return false;
}

/** The bytes that were fixed at the first attempt. Those that do not open any more are given up, with an alarm. */
async function thaw(deps: Deps, batch: OpenBatch, lease: Lease): Promise<Frozen | undefined> {
  try {
    const frozen = await deps.privacy.open<Frozen | Mail[]>(batch.sealed ?? "", batch.id, "outbox_batch");
    // Before there were posts, mail alone was frozen as it stood.
    return Array.isArray(frozen) ? { mails: frozen } : frozen;
  } catch (error) {
    if (error instanceof UnknownKey) throw error;
    const letter = setAside(deps.db, { id: `batch/${batch.id}`, problem: "poison", now: lease.now });
    await closeBatch(deps.db, batch.id, lease, batch.attempts > 1 ? "unknown" : "failed", "poison", [letter]);
    return undefined;
  }
}

/** Writes the messages and fixes their bytes. Undefined: there is nothing to post, or another drainer has taken over. */
async function freeze(deps: Deps, batchId: string, lease: Lease, sentAt: Date): Promise<Frozen | undefined> {
  const { frozen, failed } = await composeBatch(deps, batchId, lease.now, sentAt);
  const also = (["no-address", "poison"] as const).flatMap((problem) => {
    const ids = failed.filter((one) => one.problem === problem).map(({ id }) => id);
    if (ids.length === 0) return [];
    const letters = ids.map((id) => `outbox/${id}`);
    return [
      ...failMessages(deps.db, batchId, ids, problem, lease.now),
      ...(problem === "poison" ? [setAllAside(deps.db, { ids: letters, problem, now: lease.now })] : []),
    ];
  });
  if (!frozen) {
    await closeEmpty(deps.db, batchId, lease, also);
    return undefined;
  }
  const sealed = await deps.privacy.seal(frozen, batchId, "outbox_batch");
  return (await freezeBatch(deps.db, batchId, lease, sealed, also)) ? frozen : undefined;
}

function attempt(
  deps: Deps,
  { channel, fetch, wall }: Outlets,
  batch: OpenBatch,
  frozen: Frozen,
): Promise<Outcome> {
  if ("mails" in frozen) {
    return channel.send(
      { key: `batch/${batch.id}`, messages: frozen.mails },
      AbortSignal.timeout(ABORT_MS.mail),
    );
  }
  return sendPost(frozen.kind, frozen.endpoint, frozen.post, {
    now: wall(),
    fetch,
    signal: AbortSignal.timeout(ABORT_MS.post),
    allowPrivate: deps.settings.ALLOW_PRIVATE_TARGETS === "1",
  });
}
