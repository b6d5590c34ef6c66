import type { Endpoint, PostKind } from "../domain/target.ts";
import type { Message } from "./messages.ts";

export type { ChannelKind } from "../domain/ladder.ts";
export type { Endpoint, PostKind } from "../domain/target.ts";

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

/** One message to one endpoint: what is frozen before the first attempt. Address and signature come at sending. */
export type Post = {
  /** The outbox row's id: the same at every attempt, so a receiver of webhooks drops what comes twice. */
  id: string;
  /** JSON, the same bytes at every attempt. */
  body: string;
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

/** One attempt as it goes over the line. */
export type Attempt = { url: string; headers?: Record<string, string>; body: string };

/** What came back: the status and the first 64 KiB of the body, "" where a channel does not ask for it. */
export type Answer = { status: number; text: string };

/** A format of posts: what a message looks like there, how an attempt is signed, how an answer is read. */
export type PostFormat = {
  /** The content, as JSON within the published size. The same message gives the same bytes. */
  compose(message: Message, zone: string): string;
  /** What must be fresh at each attempt is added here: a time and a signature over it. */
  attempt(post: Post, endpoint: Endpoint, now: Date): Attempt | Promise<Attempt>;
  /** Of an answer that is neither a redirect, gone, throttled nor a server's fault (see post.ts). */
  read(answer: Answer): Outcome;
  /** Whether success stands in the body, not in the status. */
  readsBody: boolean;
};

export type PostFormats = Record<PostKind, PostFormat>;
