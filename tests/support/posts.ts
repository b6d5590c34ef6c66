import type { Endpoint, Outcome, Post, PostKind } from "../../src/channels/channel.ts";
import type { Message } from "../../src/channels/messages.ts";
import { composePost, sendPost } from "../../src/channels/post.ts";
import { SECRETS, URLS } from "./bots.ts";
import { sampleMessage } from "./message.ts";

/*
 * Posts to webhooks and bots as the tests make them, and what came of each.
 */
export const ZONE = "Asia/Shanghai";
export const BOTS = ["wecom", "dingtalk", "feishu"] as const;
export const NOW = new Date("2026-01-25T16:31:00+08:00");
export const endpointOf = (kind: PostKind): Endpoint => ({
  url: URLS[kind],
  secret: SECRETS[kind] || undefined,
});
export const compose = (kind: PostKind, message: Message = sampleMessage()) =>
  composePost(kind, message, ZONE, { id: "digest/S1/C1" });

/** What a bot's group gets to read. */
export function shown(kind: PostKind, { body }: Post): string {
  const { text, content } = JSON.parse(body);
  if (kind !== "feishu") return text.content;
  const [post] = Object.values(content.post) as {
    title: string;
    content: { text: string; href?: string }[][];
  }[];
  const lines = post?.content.map((line) =>
    line.map((part) => [part.text, part.href].filter(Boolean).join("\n")).join(""),
  );
  return [post?.title, ...(lines ?? [])].join("\n");
}

export type Asked = { url: string; headers: Record<string, string>; body: string };

/** Sends to something that stands for the network and notes what it was asked. */
export async function sendTo(
  answer: () => Response | Promise<Response>,
  kind: PostKind,
  { endpoint = endpointOf(kind), allowPrivate = false, now = NOW } = {},
): Promise<{ outcome: Outcome; asked: Asked[] }> {
  const asked: Asked[] = [];
  const fetch = (async (url: string, init: RequestInit) => {
    asked.push({ url, headers: init.headers as Record<string, string>, body: init.body as string });
    return answer();
  }) as typeof globalThis.fetch;
  const signal = new AbortController().signal;
  const outcome = await sendPost(kind, endpoint, compose(kind), { now, fetch, signal, allowPrivate });
  return { outcome, asked };
}

/** A post of so many bytes of nothing, for tests of the line alone. */
export const samplePost = (id: string): Post => ({
  id,
  body: JSON.stringify({ msgtype: "text", text: { content: "示例" } }),
});
