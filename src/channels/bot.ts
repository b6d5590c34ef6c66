import type { Answer, Outcome } from "./channel.ts";

/** How a maker of bots says in the body what became of a message; its status is 200 even when nothing was taken. */
export type BotCodes = {
  /** The code in an answer's JSON; 0 is success. */
  codeOf: (body: Record<string, unknown>) => unknown;
  /** Sent too fast: so many seconds until the next try. */
  throttled: Record<number, number>;
  /** Wrong key, signature, keyword, address or content: no better at the next try, so people must mend it. */
  refused: readonly number[];
};

/** The outcome of a bot's answer. A code that nobody published, a page and half an answer all mean: again later. */
export function readBot({ status, text }: Answer, { codeOf, throttled, refused }: BotCodes): Outcome {
  const body = parse(text);
  if (!body) return { kind: "later", problem: "not-json" };
  const code = codeOf(body);
  if (typeof code !== "number" || !Number.isSafeInteger(code)) return { kind: "later", problem: "no-code" };
  if (code === 0 && status < 300) return { kind: "sent", ids: [null] };
  const problem = `bot-${code}`;
  const seconds = throttled[code];
  if (seconds) return { kind: "later", problem, throttled: true, retryAfterSeconds: seconds };
  return refused.includes(code) ? { kind: "refused", problem } : { kind: "later", problem };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return body !== null && typeof body === "object" ? (body as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const utf8 = new TextEncoder();

/** How many bytes a text takes in UTF-8. */
export const bytesOf = (text: string) => utf8.encode(text).length;

/** HMAC-SHA-256 in base64. A key of no bytes is not possible. */
export async function hmac(key: string, message: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", utf8.encode(key), algorithm, false, ["sign"]);
  const signed = await crypto.subtle.sign("HMAC", imported, utf8.encode(message));
  return btoa(String.fromCharCode(...new Uint8Array(signed)));
}
