import { type Endpoint, type PostKind, targetProblem } from "../domain/target.ts";
import type { Outcome, Post, PostFormats } from "./channel.ts";
import { dingtalk } from "./dingtalk.ts";
import { feishu } from "./feishu.ts";
import type { Message } from "./messages.ts";
import { webhook } from "./webhook.ts";
import { wecom } from "./wecom.ts";

const FORMATS: PostFormats = { webhook, wecom, dingtalk, feishu };

/** No more of an answer is read: a bot says what it has to say in a line. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** A receiver cannot ask for a longer silence than this. */
const LONGEST_WAIT_SECONDS = 3600;

/** The content of a message for one endpoint, fixed once. @param id the outbox row's */
export function composePost(kind: PostKind, message: Message, zone: string, { id }: { id: string }): Post {
  return { id, body: FORMATS[kind].compose(message, zone) };
}

/**
 * One attempt. Never throws. Bots know no key: where an answer was lost on its way, the same words may come twice;
 * a webhook's receiver drops the second by its id.
 * @param options now: the moment of this attempt, which is signed; signal: ends it, body included; allowPrivate:
 * the setting ALLOW_PRIVATE_TARGETS
 */
export async function sendPost(
  kind: PostKind,
  endpoint: Endpoint,
  post: Post,
  options: { now: Date; fetch: typeof fetch; signal: AbortSignal; allowPrivate: boolean },
): Promise<Outcome> {
  const { now, fetch, signal, allowPrivate } = options;
  const problem = targetProblem(kind, endpoint, { allowPrivate });
  if (problem) return { kind: "refused", problem: `target-${problem}` };
  const format = FORMATS[kind];
  try {
    const { url, headers, body } = await format.attempt(post, endpoint, now);
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", "user-agent": "Baobei", ...headers },
      body,
      redirect: "manual",
      signal,
    });
    const text = format.readsBody ? await readStart(response) : dropBody(response);
    return outcomeOfStatus(response, now, text) ?? format.read({ status: response.status, text });
  } catch {
    return { kind: "later", problem: signal.aborted ? "timeout" : "no-answer" };
  }
}

/** What a status says by itself; undefined where the format has the word. */
function outcomeOfStatus({ status, headers }: Response, now: Date, text: string): Outcome | undefined {
  const wait = retryAfter(headers, now);
  // Status 0 is how a browser's fetch shows a redirect that it was told not to follow.
  if (status === 0 || (status >= 300 && status < 400)) return { kind: "refused", problem: "redirect" };
  if (status === 404 || status === 410) return { kind: "refused", problem: `http-${status}` };
  if (status === 429) return { kind: "later", problem: "http-429", throttled: true, ...wait };
  if (status >= 500) return { kind: "later", problem: `http-${status}`, ...wait };
  // 408, 409 and 425 ask for another try in so many words; a bot that refuses says its code in the body.
  if ([408, 409, 425].includes(status)) return { kind: "later", problem: `http-${status}`, ...wait };
  if (status >= 400 && text === "") return { kind: "refused", problem: `http-${status}` };
  return undefined;
}

/** Seconds or a date, as HTTP has it; nothing where it says nothing of use. */
function retryAfter(headers: Headers, now: Date): { retryAfterSeconds?: number } {
  const text = headers.get("retry-after") ?? headers.get("x-ogw-ratelimit-reset") ?? "";
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now.getTime()) / 1000);
  return seconds > 0 ? { retryAfterSeconds: Math.min(seconds, LONGEST_WAIT_SECONDS) } : {};
}

/** The first 64 KiB as text; the rest is not fetched. */
async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (let left = MAX_ANSWER_BYTES; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.length;
    if (left <= 0) {
      reader.cancel().catch(() => {});
      return text;
    }
  }
}

/** Lets a body go unread, so that the connection is not held. */
function dropBody(response: Response): "" {
  response.body?.cancel().catch(() => {});
  return "";
}
