import { Resend } from "resend";
import { outboxTag } from "../domain/delivery.ts";
import type { Channel, Mail, Outcome } from "./channel.ts";

/**
 * E-mail by Resend's SDK, which never throws and has no time-out: the signal goes down to its fetch.
 * @param baseUrl another server than Resend's own (tests)
 */
export function resendChannel(apiKey: string, baseUrl?: string): Channel {
  const resend = new Resend(apiKey, baseUrl ? { baseUrl } : {});
  return {
    name: "resend",
    async send({ key, messages }, signal) {
      const { data, error, headers } = await resend.batch.send(messages.map(bodyOf), {
        idempotencyKey: key,
        signal,
      });
      if (error || !data) return outcomeOf(error, headers);
      return { kind: "sent", ids: messages.map((_, at) => data.data?.[at]?.id ?? null) };
    },
  };
}

/** The tag comes back with every event of the message: it finds the row before the provider's own id is on record. */
const bodyOf = ({ id, from, to, subject, text, html }: Mail) => ({
  from,
  to: [to],
  subject,
  text,
  html,
  tags: [{ name: "outbox", value: outboxTag(id) }],
});

type Fault = { name?: string; statusCode?: number | null } | null;

/** What an error means for the batch. Some servers' errors carry no status: then their name stands for it. */
export function outcomeOf(fault: Fault, headers: Record<string, string> | null): Outcome {
  const name = fault?.name ?? "";
  const status = fault?.statusCode ?? STATUS_OF_NAME[name];
  switch (status) {
    case 400:
    case 413:
    case 422:
      return { kind: "refused", problem: `http-${status}` };
    case 409:
      if (name === "concurrent_idempotent_requests") return { kind: "later", problem: "in-flight" };
      return { kind: "unknown", problem: "key-taken" };
    case 429: {
      const seconds = Number(headers?.["retry-after"]);
      const wait = Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: Math.ceil(seconds) } : {};
      return { kind: "later", problem: "http-429", throttled: true, ...wait };
    }
    default:
      // A wrong key or an unverified sender (401, 403) is mended by people, not by dropping alarms: tried again too.
      return { kind: "later", problem: status ? `http-${status}` : "no-answer" };
  }
}

const STATUS_OF_NAME: Record<string, number> = {
  rate_limit_exceeded: 429,
  daily_quota_exceeded: 429,
  monthly_quota_exceeded: 429,
  concurrent_idempotent_requests: 409,
  invalid_idempotent_request: 409,
  validation_error: 422,
  missing_required_field: 422,
  invalid_parameter: 422,
};
