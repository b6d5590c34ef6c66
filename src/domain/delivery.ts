/*
 * 送达: what a provider of e-mail says became of a message. Its events come more than once and in any order, so how far
 * a message got is the furthest that any of them says, whatever came last.
 */
export const DELIVERY_KINDS = [
  "sent",
  "delivered",
  "delayed",
  "bounced",
  "complained",
  "failed",
  "suppressed",
] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** How a message stands: `state` and `problem` of its outbox row. */
export type Standing = { state: string; problem: string | null };

export type DeliveryEvent = {
  kind: DeliveryKind;
  /** The message it is about. */
  outboxId: string;
  /** The provider's id of it. */
  messageId?: string;
  /** Machine words that say more: Permanent/General. Never a sentence: those quote addresses. */
  detail?: string;
  occurredAt: Date;
  /** When the provider took the message, where it says so. */
  acceptedAt?: Date;
};

/**
 * An event of Resend's webhooks as it concerns us; undefined for kinds that say nothing of delivery and for messages that
 * are not ours. Anything at all may be handed in. Fields: resend.com/docs/webhooks/event-types.
 * @param now no event of ours lies after it
 */
export function readEvent(payload: unknown, now: Date): DeliveryEvent | undefined {
  const { type, created_at, data } = recordOf(payload);
  const kind = KINDS.get(type);
  const { tags, email_id, created_at: accepted, bounce, failed, suppressed } = recordOf(data);
  const outboxId = taggedOutbox(tagOf(tags));
  if (!kind || !outboxId) return undefined;
  const acceptedAt = momentOf(accepted, now);
  return {
    kind,
    outboxId,
    occurredAt: momentOf(created_at, now) ?? now,
    ...(acceptedAt ? { acceptedAt } : {}),
    ...optional("messageId", machineWord(email_id)),
    ...optional("detail", detailOf(kind, recordOf(bounce), recordOf(failed), recordOf(suppressed))),
  };
}

const KINDS = new Map<unknown, DeliveryKind>([
  ["email.sent", "sent"],
  ["email.delivered", "delivered"],
  ["email.delivery_delayed", "delayed"],
  ["email.bounced", "bounced"],
  ["email.complained", "complained"],
  ["email.failed", "failed"],
  ["email.suppressed", "suppressed"],
]);

/**
 * How a message stands after an event: the further of both, so that order and repetition change nothing. What the
 * provider says outweighs what this house had to guess: an unknown message that was delivered is delivered. A message
 * that never left (ready, cancelled, merged) stays as it is.
 */
export function follow(standing: Standing, event: Pick<DeliveryEvent, "kind" | "detail">): Standing {
  if (!LEFT.has(standing.state)) return standing;
  const said = outcomeOf(event);
  return rankOf(said) > rankOf(standing) ? said : standing;
}

/** What one event makes of a message by itself. A delay proves that the provider has it, and nothing more. */
function outcomeOf({ kind, detail }: Pick<DeliveryEvent, "kind" | "detail">): Standing {
  if (kind === "sent" || kind === "delayed") return { state: "sent", problem: null };
  if (kind === "delivered") return { state: "delivered", problem: null };
  if (kind === "complained") return { state: "delivered", problem: "complained" };
  if (kind !== "bounced") return { state: "failed", problem: kind };
  // Undetermined is not permanent: an address is given up only where its server says so.
  const permanent = /^permanent\b/i.test(detail ?? "");
  return { state: "failed", problem: permanent ? "bounced-permanent" : "bounced-transient" };
}

const LEFT = new Set(["sending", "unknown", "sent", "delivered", "failed"]);
/** From the least to the gravest word of a provider; before them what only this house thinks. */
const RANKS = [
  "sent",
  "delivered",
  "delivered/complained",
  "failed/bounced-transient",
  "failed/failed",
  "failed/suppressed",
  "failed/bounced-permanent",
];
const rankOf = ({ state, problem }: Standing): number =>
  RANKS.indexOf(problem === null ? state : `${state}/${problem}`);

/** Nobody can be told at this address any more: a permanent bounce, a complaint, a suppression. */
export const unreachable = ({ problem }: Standing): boolean =>
  problem === "bounced-permanent" || problem === "suppressed" || problem === "complained";

/** Nobody was told by this message, or nobody will be by the next: somebody else must hear of it at once. */
export const unheardOf = (standing: Standing): boolean =>
  standing.state === "failed" || unreachable(standing);

/** An outbox row's id in letters, digits, - and _ alone, as a provider's tags (at most 256) and an address carry it. */
export function outboxTag(outboxId: string): string {
  const bytes = new TextEncoder().encode(outboxId);
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}

/** The id in a tag of `outboxTag`; undefined when it is none. */
export function taggedOutbox(tag: unknown): string | undefined {
  if (typeof tag !== "string" || !/^[A-Za-z0-9_-]{1,256}$/.test(tag)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(tag.replace(/-/g, "+").replace(/_/g, "/")), (char) =>
      char.charCodeAt(0),
    );
    const id = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return outboxTag(id) === tag ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The tag `outbox`: webhooks carry tags as an object, messages as a list of names and values. */
function tagOf(tags: unknown): unknown {
  if (!Array.isArray(tags)) return recordOf(tags).outbox;
  return recordOf(tags.find((tag) => recordOf(tag).name === "outbox")).value;
}

type Fields = Record<string, unknown>;
const recordOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};

function detailOf(
  kind: DeliveryKind,
  bounce: Fields,
  failed: Fields,
  suppressed: Fields,
): string | undefined {
  if (kind === "failed") return machineWord(failed.reason);
  if (kind === "suppressed") return machineWord(suppressed.type);
  if (kind !== "bounced") return undefined;
  return [bounce.type, bounce.subType].map(machineWord).filter(Boolean).join("/") || undefined;
}

const machineWord = (value: unknown): string | undefined =>
  typeof value === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : undefined;

/** Later than now or no moment at all: undefined and now. */
function momentOf(value: unknown, now: Date): Date | undefined {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return at >= 0 ? new Date(Math.min(at, now.getTime())) : undefined;
}

const optional = <Name extends string>(name: Name, value: string | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [key in Name]?: string };
