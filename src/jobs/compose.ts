import type { Endpoint, Mail, Post, PostKind } from "../channels/index.ts";
import { composePost } from "../channels/index.ts";
import {
  MAX_LINES,
  type Message,
  type MessageGroup,
  type MessageLine,
  renderMessage,
  type Told,
} from "../channels/messages.ts";
import { alertToken } from "../db/alert-link.ts";
import { type ContactDetails, openContact } from "../db/contact.ts";
import {
  type Before,
  type Envelope,
  type EnvelopeLine,
  linkFor,
  readEnvelopes,
  type Storm,
} from "../db/envelope.ts";
import { UnknownKey } from "../db/privacy.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "../http/factory.ts";

/** What is frozen of a batch: mail by the hundred, or one post with the endpoint that it goes to. */
export type Frozen = { mails: Mail[] } | { kind: PostKind; endpoint: Endpoint; post: Post };
export type Failed = { id: string; problem: "no-address" | "poison" };

/**
 * The messages of a claimed batch, in the order of their ids, and those that cannot be written. One that cannot be
 * worked out stops nobody else; under a wrong secret nothing is given up at all.
 */
export async function composeBatch(
  deps: Deps,
  batchId: string,
  now: Date,
  sentAt: Date,
): Promise<{ frozen: Frozen | undefined; failed: Failed[] }> {
  const read = await readEnvelopes(deps.db, batchId, { now, limit: MAX_LINES });
  const linesOf = grouped(read.lines, (line) => line.outboxId);
  const stormsOf = grouped(read.storms, (storm) => storm.outboxId);
  const beforeOf = grouped(read.before, (one) => `${one.outboxId} ${one.obligationId} ${one.dueAt}`);
  const mails: Mail[] = [];
  const failed: Failed[] = [];
  let post: Frozen | undefined;
  let unknown: UnknownKey | undefined;
  for (const envelope of read.envelopes) {
    const { id } = envelope;
    try {
      const card = await cardOf(deps, envelope);
      const groups = groupsOf(linesOf.get(id) ?? [], stormsOf.get(id) ?? [], beforeOf);
      const written = card && (await write(deps, envelope, card, groups, sentAt));
      if (!written) failed.push({ id, problem: "no-address" });
      else if ("to" in written) mails.push(written);
      else post = written;
    } catch (error) {
      if (error instanceof UnknownKey) unknown = error;
      failed.push({ id, problem: "poison" });
    }
  }
  // Where others open, the secret is right and the card is not.
  if (unknown && mails.length === 0) throw unknown;
  return { frozen: post ?? (mails.length > 0 ? { mails } : undefined), failed };
}

type Card = ContactDetails & { lang: Lang };

async function cardOf(deps: Deps, { sealed, lang, contactId }: Envelope): Promise<Card | undefined> {
  if (!sealed || !lang) return undefined;
  return { ...(await openContact(deps, { id: contactId, sealed })), lang };
}

/** One message for its channel; undefined when the contact has no address there. */
async function write(
  deps: Deps,
  { id, channel, ...envelope }: Envelope,
  { lang, email, url, secret }: Card,
  groups: MessageGroup[],
  sentAt: Date,
): Promise<Mail | Exclude<Frozen, { mails: Mail[] }> | undefined> {
  const { PUBLIC_URL, TIME_ZONE, MAIL_FROM } = deps.settings;
  const message: Message = {
    lang,
    countyName: envelope.countyName,
    unitName: envelope.unitName,
    detectedAt: new Date(envelope.recordedAt),
    sentAt,
    alertLink: `${PUBLIC_URL}/a/${await alertToken(deps, id)}`,
    groups,
  };
  if (channel !== "mail") {
    if (!url) return undefined;
    const post = composePost(channel, message, TIME_ZONE, { id });
    return { kind: channel, endpoint: { url, ...(secret ? { secret } : {}) }, post };
  }
  if (!email) return undefined;
  const link = await linkFor(deps, PUBLIC_URL, envelope.linkNonce);
  return { id, from: MAIL_FROM, to: email, ...renderMessage({ ...message, link }, TIME_ZONE) };
}

function groupsOf(lines: EnvelopeLine[], storms: Storm[], beforeOf: Map<string, Before[]>): MessageGroup[] {
  const groups = [...grouped(lines, (line) => line.tone)].map(([tone, group]) => ({
    tone,
    total: group[0]?.total ?? 0,
    lines: group.map((line) => lineOf(line, beforeOf)),
  }));
  if (storms.length === 0) return groups;
  const silent = storms.map(stormLine);
  const overdue = groups.find(({ tone }) => tone === "overdue");
  // The first line's total counts what is in storms too; without any line the storms are all there is.
  if (overdue) overdue.lines.unshift(...silent);
  else
    groups.push({
      tone: "overdue",
      total: storms.reduce((sum, storm) => sum + storm.silent, 0),
      lines: silent,
    });
  return groups;
}

const stormLine = ({ kind, subjectId, townName, silent, of, dueAt }: Storm): MessageLine => ({
  kind,
  subjectId,
  unitName: townName,
  count: { silent, of },
  dueAt: new Date(dueAt),
});

const lineOf = (line: EnvelopeLine, beforeOf: Map<string, Before[]>): MessageLine => ({
  kind: line.kind,
  subjectId: line.subjectId,
  unitName: line.unitName,
  parentName: line.parentName ?? undefined,
  about: line.about ?? undefined,
  dueAt: new Date(line.dueAt),
  metAt: line.metAt === null ? undefined : new Date(line.metAt),
  again: line.again || undefined,
  told: beforeOf.get(`${line.outboxId} ${line.obligationId} ${line.dueAt}`)?.map(toldOf),
});

const toldOf = ({ unitName, at, state, acked }: Before): Told => ({
  unitName,
  at: new Date(at),
  how: acked
    ? "acknowledged"
    : state === "delivered" || state === "failed" || state === "unknown"
      ? state
      : "sent",
});

function grouped<Row, Key>(rows: Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
