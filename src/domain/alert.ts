import type { Lang } from "../forms/define.ts";
import type { DeliveryKind } from "./delivery.ts";
import type { ChannelKind, ObligationKind } from "./ladder.ts";

/*
 * An alert as its own page tells it: one message, what it told, and who else was told of the same.
 */
export type AlertTone = "notice" | "overdue" | "urgent" | "recovered";
export type ContactRole = "contact" | "duty" | "head" | "grid" | "care" | "inspector";
export type MessageState =
  | "ready"
  | "sending"
  | "sent"
  | "delivered"
  | "failed"
  | "unknown"
  | "cancelled"
  | "merged";

/** One message as its page shows it: to whom in what capacity, and how it went. Moments in milliseconds. */
export type AlertHead = {
  id: string;
  channel: ChannelKind;
  state: MessageState;
  problem: string | null;
  unitCode: string;
  unitName: string;
  parentName: string | null;
  role: ContactRole | null;
  /** Null where the contact is gone. */
  lang: Lang | null;
  removedAt: number | null;
  /** When a sweep saw it, when it could leave, when it left, when it was there. */
  recordedAt: number;
  readyAt: number;
  sentAt: number | null;
  deliveredAt: number | null;
  attempts: number;
  firstAttemptAt: number | null;
  /** Words of other sweeps that left with it. */
  merged: number;
  /** What the unit's own link is derived from. */
  linkNonce: string | null;
  /** How much it tells; counted up to COUNTED. */
  total: number;
  /** Not acknowledged so far and still open; counted among the first COUNTED. */
  waiting: number;
  /** Some of what is open has a next step; else the ladder is at its end and nobody hears any more by itself. */
  climbs: 0 | 1;
  ackedAt: number | null;
};

/** One thing that it tells, and how that stands now. */
export type AlertLine = {
  obligationId: string;
  dueAt: number;
  tone: AlertTone;
  step: number;
  again: number;
  ackedAt: number | null;
  kind: ObligationKind;
  subjectId: string;
  unitName: string;
  parentName: string | null;
  /** Of a cluster: the unit it was seen in; of a record: the state it came to. */
  about: string | null;
  metAt: number | null;
  excusedAt: number | null;
  /** The next step, and until when an acknowledgement holds it; null once this is over. */
  nextDueAt: number | null;
  ackUntil: number | null;
  /** A slot that its obligation has left behind. */
  over: 0 | 1;
};

/** Who was told of one thing, by any message: the unit and its capacity, never a name. */
export type Telling = Pick<AlertLine, "obligationId" | "dueAt" | "tone" | "step" | "again" | "ackedAt"> &
  Pick<AlertHead, "channel" | "state" | "problem" | "unitName" | "role" | "sentAt" | "deliveredAt"> & {
    outboxId: string;
    recordedAt: number;
  };

/** What the provider said of the message. */
export type Said = { kind: DeliveryKind; detail: string | null; occurredAt: number };

export type AlertStory = { head: AlertHead; lines: AlertLine[]; tellings: Telling[]; events: Said[] };

/** How something that an alert told of stands by now. */
export type LineStanding = "met" | "excused" | "over" | "held" | "overdue" | "open";
export function standingOf(line: AlertLine, now: number): LineStanding {
  if (line.metAt !== null) return "met";
  if (line.excusedAt !== null) return "excused";
  if (line.over) return "over";
  if (line.ackUntil !== null && line.ackUntil > now) return "held";
  return line.dueAt <= now ? "overdue" : "open";
}

const GRAVITY: AlertTone[] = ["urgent", "overdue", "notice", "recovered"];
/** The gravest word of an alert; what it is called by. */
export const gravest = (lines: readonly { tone: AlertTone }[]): AlertTone =>
  GRAVITY.find((tone) => lines.some((line) => line.tone === tone)) ?? "notice";

/** The gravest first, of equals what was due first. */
export const inOrder = (lines: readonly AlertLine[]): AlertLine[] =>
  lines.toSorted((a, b) => GRAVITY.indexOf(a.tone) - GRAVITY.indexOf(b.tone) || a.dueAt - b.dueAt);

/** Who was told of one thing, in the order of time. */
export const toldOf = (line: AlertLine, tellings: readonly Telling[]): Telling[] =>
  tellings
    .filter(({ obligationId, dueAt }) => obligationId === line.obligationId && dueAt === line.dueAt)
    .sort((a, b) => a.recordedAt - b.recordedAt || a.step - b.step || (a.outboxId < b.outboxId ? -1 : 1));
