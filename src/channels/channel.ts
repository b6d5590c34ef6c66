/** One message to one address, complete: what is frozen before the first attempt. */
export type Mail = {
  /** The outbox row's id. */
  id: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
};

/** What became of a batch. `problem` is a machine word, never an address or a provider's sentence. */
export type Outcome =
  /** Accepted; the provider's ids in the order of the messages, null where it gave none. */
  | { kind: "sent"; ids: (string | null)[] }
  /** Nothing is known or nothing was taken: the same key and the same bytes again, later. */
  | { kind: "later"; problem: string; retryAfterSeconds?: number; throttled?: boolean }
  /** Something in here is not acceptable and would not be next time. Nothing was taken. */
  | { kind: "refused"; problem: string }
  /** The key is taken by other bytes: whether these left, nobody can say. */
  | { kind: "unknown"; problem: string };

/** A transport. The same key with the same messages is taken once, however often it is sent. */
export type Channel = {
  name: string;
  send(batch: { key: string; messages: Mail[] }, signal: AbortSignal): Promise<Outcome>;
};
