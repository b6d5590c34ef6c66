import { bytesOf, hmac, readBot } from "./bot.ts";
import { briefText, renderBrief } from "./brief.ts";
import type { PostFormat } from "./channel.ts";

/** "body 大小不合法，请保持大小在 20000bytes 以内": of the whole request. */
const MAX_BYTES = 20_000;
/** 每个机器人每分钟最多发送20条，如果超过20条，会限流10分钟. */
const MUTED_SECONDS = 600;

/**
 * 钉钉自定义机器人, text. With 加签 the address gets `timestamp` (milliseconds, not older than an hour) and `sign`, the
 * HMAC-SHA-256 of "timestamp\nsecret" under the secret, base64, percent-encoded. Without a secret the bot is guarded by a
 * keyword (every message has 报备, 報備 or Baobei in it) or by addresses.
 * Format, limits and codes: https://open.dingtalk.com/document/orgapp/custom-robot-access and its page on 安全设置.
 */
export const dingtalk: PostFormat = {
  readsBody: true,
  compose(message, zone) {
    const brief = renderBrief(message, zone, (tried) => bytesOf(bodyOf(briefText(tried))) <= MAX_BYTES);
    return bodyOf(briefText(brief));
  },
  async attempt(post, { url, secret }, now) {
    if (!secret) return { url, body: post.body };
    const timestamp = String(now.getTime());
    const signed = new URL(url);
    signed.searchParams.set("timestamp", timestamp);
    signed.searchParams.set("sign", await hmac(secret, `${timestamp}\n${secret}`));
    return { url: signed.href, body: post.body };
  },
  read: (answer) =>
    readBot(answer, {
      codeOf: (body) => body.errcode,
      // 130101 send too fast, exceed 20 times per minute; 410100 发送速度太快而限流; 660026 the same of other gateways.
      throttled: { 130101: MUTED_SECONDS, 410100: MUTED_SECONDS, 660026: MUTED_SECONDS },
      // 310000 signature, keyword or address; 300001, 300005, 400101 no such token; 400013 the group is gone; 400102 the bot
      // was switched off; 400106 it is gone; 40035, 43004, 400105 format; 101002, 460101 too long; 430101 to 430104 words.
      refused: [
        ...[40035, 43004, 101002, 300001, 300005, 310000, 400013, 400101, 400102, 400105, 400106],
        ...[430101, 430102, 430103, 430104, 460101],
      ],
    }),
};

const bodyOf = (content: string) => JSON.stringify({ msgtype: "text", text: { content } });
