import type { AlertHead, ContactRole } from "./alert.ts";
import type { ChannelKind, ObligationKind } from "./ladder.ts";
import { DAY } from "./time.ts";

/*
 * 送不到的警报: what officials must mend or say by telephone. Nobody's name and no address: units, roles and machine words.
 */
/** How far back alerts that did not arrive are shown. */
export const UNDELIVERED_FOR = 3 * DAY;

/** A contact that was given up; `since` in milliseconds. */
export type Unreachable = {
  unitCode: string;
  unitName: string;
  role: ContactRole;
  channel: ChannelKind;
  /** A machine word. */
  why: string | null;
  since: number;
};

/** A message that failed, or of which nobody knows whether it arrived, about things still owed. */
export type Undelivered = Pick<AlertHead, "unitCode" | "unitName" | "role" | "channel" | "problem"> & {
  outboxId: string;
  state: "failed" | "unknown";
  /** When it was found, in milliseconds. */
  recordedAt: number;
  /** The first things it told that are still owed. */
  things: { kind: ObligationKind; subjectId: string; about: string | null }[];
  /** There are others. */
  others: boolean;
  /** Its page opens: the contact is not removed. */
  opens: boolean;
};

/** The first of a list, and how many there are; counted up to a bound, then `bounded`. */
export type Counted<One> = { list: One[]; total: number; bounded: boolean };
export type Unheard = { contacts: Counted<Unreachable>; alerts: Counted<Undelivered> };
