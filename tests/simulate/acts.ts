/*
 * What happens in a run, as plain data: it crosses from Node into workerd. `key` orders everything: the minute that it
 * happens in, and a fraction for its place within the minute. The oracle says what each must be answered with.
 */
export type HouseholdData = {
  number: number;
  village: string;
  /** Minutes; a local day for `leftOn`. */
  arrivedAt: number;
  leftOn: number;
  persons: { returnee: boolean; symptoms: boolean }[];
};
type Base = { key: number; expect?: string };
export type Register = Base & { do: "register"; household: HouseholdData };
export type Verify = Base & {
  do: "verify";
  household: number;
  outcome: "found" | "wrong" | "moved";
  kind: Kind;
  rule: "last_exposure" | "left_area" | "start";
  /** A local day. */
  day0?: number;
};
export type Kind = "home" | "central" | "hospital";
export type Read = Base & {
  do: "read";
  household: number;
  place: number;
  /** Left out: the service finds the slot by the moment. */
  slot?: number;
  client: number;
  tenths: number;
  symptoms: boolean;
  /** The person's own link, the grid worker's, a wrong household's, or a program. */
  door: "person" | "unit" | "stranger" | "api";
  /** Sent by itself, so that its cost can be told. */
  alone: boolean;
  /** What the oracle knows it for: costs are told apart by it. */
  sort?: "normal" | "late" | "abnormal" | "better" | "corrected" | "again" | "refused";
};
export type End = Base & {
  do: "end";
  household: number;
  place: number;
  ending: "released" | "transferred" | "closed";
};
export type Move = Base & { do: "move"; household: number; place: number; kind: Kind };
export type Respond = Base & { do: "respond"; household: number; place: number; slot: number };
export type Ack = Base & { do: "ack"; cluster: string };
export type Assign = Base & { do: "assign"; household: number; role: string; mail: boolean };
/** The cron, in the middle of whatever happens. `now` is what it was fired for, which may be some minutes ago. */
export type Cron = Base & {
  do: "cron";
  now: number;
  sweep: boolean;
  drain: boolean;
  times: 1 | 2;
  together: boolean;
};
export type Act = Register | Verify | Read | End | Move | Respond | Ack | Assign | Cron;

/** What a reading is answered with. */
export const taken = (version: number, slot: number, late: boolean, abnormal: boolean): string =>
  `v${version} of ${slot}${late ? " late" : ""}${abnormal ? " abnormal" : ""}`;
