import type { Lang } from "../forms/define.ts";
import { bytesOf, hmac, readBot } from "./bot.ts";
import { type Brief, renderBrief } from "./brief.ts";
import type { PostFormat } from "./channel.ts";

/** 发送消息时，请求体的数据大小不能超过 20 KB: of the whole request, so its time and signature have their room too. */
const MAX_BYTES = 20_000 - 200;

/**
 * 飞书自定义机器人 (and Lark's), as a post: a title, lines, a link with words. With 签名校验 the body gets `timestamp` (seconds,
 * within an hour) and `sign`, the HMAC-SHA-256 of nothing under the key "timestamp\nsecret", base64.
 * Format, limits and codes: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
 */
export const feishu: PostFormat = {
  readsBody: true,
  compose(message, zone) {
    const brief = renderBrief(message, zone, (tried) => bytesOf(bodyOf(tried, message.lang)) <= MAX_BYTES);
    return bodyOf(brief, message.lang);
  },
  async attempt(post, { url, secret }, now) {
    if (!secret) return { url, body: post.body };
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const sign = await hmac(`${timestamp}\n${secret}`, "");
    // The frozen bytes stay as they are: the two fields are put in front of them.
    return { url, body: `${JSON.stringify({ timestamp, sign }).slice(0, -1)},${post.body.slice(1)}` };
  },
  read(answer) {
    const outcome = readBot(answer, {
      // Older answers have the code in StatusCode alone.
      codeOf: (body) => body.code ?? body.StatusCode,
      // 11232 frequency limited, also by load on the full and half hour; 99991400 the platform's own.
      throttled: { 11232: 60, 99991400: 60 },
      // 9499 Bad Request; 10002 no text; 19001 no such address; 19002 content; 19007 switched off; 19021 signature or time;
      // 19022 address; 19024 keyword; 19036 too long.
      refused: [9499, 10002, 19001, 19002, 19007, 19021, 19022, 19024, 19036],
    });
    // 9499 is the code of "too many request" too: there the words alone tell.
    if (outcome.kind !== "refused" || outcome.problem !== "bot-9499" || !/too many/i.test(answer.text))
      return outcome;
    return { kind: "later", problem: outcome.problem, throttled: true, retryAfterSeconds: 60 };
  },
};

function bodyOf({ title, lines, link }: Brief, lang: Lang): string {
  const content: { tag: string; text: string; href?: string }[][] = lines.map((text) => [
    { tag: "text", text },
  ]);
  if (link) content.push([{ tag: "a", text: link.words, href: link.url }]);
  return JSON.stringify({ msg_type: "post", content: { post: { [LOCALE[lang]]: { title, content } } } });
}

const LOCALE: Record<Lang, string> = { "zh-Hans": "zh_cn", "zh-Hant": "zh_hk", en: "en_us" };
