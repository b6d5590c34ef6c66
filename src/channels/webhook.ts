import { Webhook } from "standardwebhooks";
import { bytesOf } from "./bot.ts";
import type { PostFormat } from "./channel.ts";
import { countsOf, type Message, type MessageLine } from "./messages.ts";

/** What Standard Webhooks recommends a payload to stay under. */
const MAX_BYTES = 20_000;

/**
 * A signed webhook as Standard Webhooks has it (https://www.standardwebhooks.com, its spec): `webhook-id` is the outbox
 * row's id at every attempt, `webhook-timestamp` this attempt's, `webhook-signature` over both and the body. Any 2xx is
 * success, the body does not matter; 410 says that nothing is wanted any more.
 */
export const webhook: PostFormat = {
  readsBody: false,
  compose(message) {
    for (let most = Math.max(...message.groups.map(({ lines }) => lines.length), 0); ; most--) {
      const body = JSON.stringify(payloadOf(message, most));
      if (most <= 0 || bytesOf(body) <= MAX_BYTES) return body;
    }
  },
  attempt({ id, body }, { url, secret = "" }, now) {
    const headers = {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, now, body),
    };
    return { url, headers, body };
  },
  read: ({ status }) =>
    status < 300 ? { kind: "sent", ids: [null] } : { kind: "refused", problem: `http-${status}` },
};

/** Field by field, so that nothing else can slip in. `total` counts what `lines` has no room for too. */
const payloadOf = (message: Message, most: number) => ({
  type: "baobei.alert",
  timestamp: message.sentAt,
  data: {
    lang: message.lang,
    county: message.countyName,
    unit: message.unitName,
    detectedAt: message.detectedAt,
    sentAt: message.sentAt,
    link: message.alertLink,
    counts: countsOf(message),
    groups: message.groups.map(({ tone, total, lines }) => ({
      tone,
      total,
      lines: lines.slice(0, most).map(lineOf),
    })),
  },
});

const lineOf = ({
  kind,
  subjectId,
  unitName,
  parentName,
  about,
  dueAt,
  metAt,
  again,
  count,
  told,
}: MessageLine) => ({
  kind,
  subject: subjectId,
  unit: unitName,
  parent: parentName,
  about,
  dueAt,
  metAt,
  reminder: again,
  silent: count?.silent,
  of: count?.of,
  told: told?.map((one) => ({ unit: one.unitName, at: one.at, how: one.how })),
});
