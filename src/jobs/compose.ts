import type { Mail } from "../channels/channel.ts";
import { MAX_LINES, type Message, type MessageGroup, renderMessage } from "../channels/messages.ts";
import { openContact } from "../db/contact.ts";
import { type EnvelopeLine, failUnaddressed, linkFor, readEnvelopes } from "../db/outbox.ts";
import type { Statement } from "../db/store.ts";
import type { Deps } from "../http/factory.ts";

/**
 * The messages of a claimed batch, in the order of their ids, and the statements that fail those nobody can be reached
 * by (they belong into the transaction that freezes the rest).
 */
export async function composeBatch(
  deps: Deps,
  batchId: string,
  now: Date,
): Promise<{ mails: Mail[]; unaddressed: Statement[] }> {
  const { PUBLIC_URL, TIME_ZONE, MAIL_FROM } = deps.settings;
  const { envelopes, lines } = await readEnvelopes(deps.db, batchId, { now, limit: MAX_LINES });
  const linesOf = grouped(lines, (line) => line.outboxId);
  const mails: Mail[] = [];
  const unaddressed: string[] = [];
  for (const { id, contactId, lang, sealed, linkNonce, ...envelope } of envelopes) {
    // A card that does not open throws: with a wrong secret nobody may count as unreachable.
    const card = sealed ? await openContact(deps, { id: contactId, sealed }) : undefined;
    if (!card?.email || !lang) {
      unaddressed.push(id);
      continue;
    }
    const message: Message = {
      lang,
      countyName: envelope.countyName,
      unitName: envelope.unitName,
      detectedAt: new Date(envelope.recordedAt),
      link: await linkFor(deps, PUBLIC_URL, linkNonce),
      groups: groupsOf(linesOf.get(id) ?? []),
    };
    mails.push({ id, from: MAIL_FROM, to: card.email, ...renderMessage(message, TIME_ZONE) });
  }
  return { mails, unaddressed: unaddressed.length > 0 ? failUnaddressed(deps.db, unaddressed) : [] };
}

const groupsOf = (lines: EnvelopeLine[]): MessageGroup[] =>
  [...grouped(lines, (line) => line.tone)].map(([tone, group]) => ({
    tone,
    total: group[0]?.total ?? 0,
    lines: group.map((line) => ({
      kind: line.kind,
      subjectId: line.subjectId,
      unitName: line.unitName,
      parentName: line.parentName ?? undefined,
      about: line.about ?? undefined,
      dueAt: new Date(line.dueAt),
      metAt: line.metAt === null ? undefined : new Date(line.metAt),
    })),
  }));

function grouped<Row, Key>(rows: Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
