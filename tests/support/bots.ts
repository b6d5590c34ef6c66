import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { PostKind } from "../../src/channels/channel.ts";

/*
 * Bots and a receiver of webhooks as their makers publish them: they look at address, format, size, signature, time and
 * pace, and answer in their own codes. They know no clock but the one they are given.
 */
export const SECRETS: Record<PostKind, string> = {
  webhook: `whsec_${Buffer.from("示例 secret of 32 bytes or so..").toString("base64")}`,
  wecom: "",
  dingtalk: "SEC-sample-0001",
  feishu: "sample-0002",
};
export const URLS: Record<PostKind, string> = {
  webhook: "https://hooks.example.com/baobei",
  wecom: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000",
  dingtalk: "https://oapi.dingtalk.com/robot/send?access_token=sample",
  feishu: "https://open.feishu.cn/open-apis/bot/v2/hook/sample",
};

export type Taken = { at: number; text: string; id?: string };
type Seen = { url: URL; headers: Headers; body: string };

/**
 * A bot or receiver in place of fetch. `taken` is what its group, or its owner, got to read.
 * @param clock the moment of the request, ms
 */
export function fakeReceiver(kind: PostKind, clock: () => number): { fetch: typeof fetch; taken: Taken[] } {
  const taken: Taken[] = [];
  const heard: number[] = [];
  let mutedUntil = 0;
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init as RequestInit<RequestInitCfProperties>);
    const seen = { url: new URL(request.url), headers: request.headers, body: await request.text() };
    const now = clock();
    heard.push(now);
    const within = (ms: number) => heard.filter((at) => at > now - ms).length;
    if (request.method !== "POST" || !seen.headers.get("content-type")?.startsWith("application/json"))
      return Response.json({ errcode: 43004, code: 19002 });
    switch (kind) {
      case "wecom":
        if (within(60_000) > 20) return Response.json({ errcode: 45009, errmsg: "api freq out of limit" });
        break;
      case "dingtalk":
        if (within(60_000) > 20) mutedUntil = now + 600_000;
        if (now < mutedUntil)
          return Response.json({ status: 1111, errcode: 130101, errmsg: "send too fast" });
        break;
      case "feishu":
        if (within(60_000) > 100 || within(1000) > 5 || [0, 30].includes(new Date(now).getUTCMinutes()))
          return Response.json({ code: 11232, msg: "frequency limited psm" });
        break;
    }
    const answer = LOOK[kind](seen, now);
    if (typeof answer === "string") {
      taken.push({ at: now, text: answer, id: seen.headers.get("webhook-id") ?? undefined });
      return SUCCESS[kind]();
    }
    return Response.json(answer, { status: kind === "webhook" ? 401 : 200 });
  };
  return { fetch: fetch as typeof globalThis.fetch, taken };
}

const SUCCESS: Record<PostKind, () => Response> = {
  webhook: () => new Response(null, { status: 204 }),
  wecom: () => Response.json({ errcode: 0, errmsg: "ok" }),
  dingtalk: () => Response.json({ errcode: 0, errmsg: "ok" }),
  feishu: () => Response.json({ StatusCode: 0, StatusMessage: "success", code: 0, data: {}, msg: "success" }),
};

/** The text that is shown, or the error that is answered. */
const LOOK: Record<PostKind, (seen: Seen, now: number) => string | object> = {
  webhook({ headers, body }) {
    const { type } = new Webhook(SECRETS.webhook).verify(body, Object.fromEntries(headers)) as {
      type: string;
    };
    return `${type} ${body}`;
  },
  wecom({ body }) {
    const { msgtype, text } = JSON.parse(body);
    if (msgtype !== "text") return { errcode: 40008, errmsg: "invalid message type" };
    if (!text.content) return { errcode: 44004, errmsg: "text content is empty" };
    if (Buffer.byteLength(text.content) > 2048) return { errcode: 40058, errmsg: "exceed max length 2048" };
    return text.content;
  },
  dingtalk({ url, body }, now) {
    const { timestamp = "", sign } = Object.fromEntries(url.searchParams);
    const expected = createHmac("sha256", SECRETS.dingtalk).update(`${timestamp}\n${SECRETS.dingtalk}`);
    if (sign !== expected.digest("base64") || Math.abs(Number(timestamp) - now) > 3_600_000)
      return { errcode: 310000, errmsg: "sign not match" };
    if (url.searchParams.get("access_token") !== "sample")
      return { errcode: 300001, errmsg: "token is not exist" };
    if (Buffer.byteLength(body) > 20_000)
      return { errcode: 460101, errmsg: "message too long, exceed 20000 bytes" };
    const { msgtype, text } = JSON.parse(body);
    return msgtype === "text" && text.content ? text.content : { errcode: 40035 };
  },
  feishu({ body }, now) {
    if (Buffer.byteLength(body) > 20_000) return { code: 9499, msg: "Bad Request", data: {} };
    const { timestamp, sign, msg_type, content } = JSON.parse(body);
    const expected = createHmac("sha256", `${timestamp}\n${SECRETS.feishu}`).update("").digest("base64");
    if (sign !== expected || typeof timestamp !== "string" || Math.abs(Number(timestamp) - now / 1000) > 3600)
      return { code: 19021, msg: "sign match fail or timestamp is not within one hour from current time" };
    const [post] = Object.values(content?.post ?? {}) as {
      title: string;
      content: { text: string; href?: string }[][];
    }[];
    if (msg_type !== "post" || !post) return { code: 19002, msg: "params error" };
    return [
      post.title,
      ...post.content.map((line) => line.map(({ text, href }) => `${text}${href ?? ""}`).join("")),
    ].join("\n");
  },
};
