import { bytesOf, readBot } from "./bot.ts";
import { briefText, renderBrief } from "./brief.ts";
import type { PostFormat } from "./channel.ts";

/** 文本内容，最长不超过2048个字节，必须是utf8编码. */
const MAX_BYTES = 2048;

/**
 * 企业微信群机器人. Text rather than markdown: markdown is not shown to those who read the group in WeChat itself.
 * Format, limits and `errcode`: https://developer.work.weixin.qq.com/document/path/91770 and /90313 (全局错误码).
 * There is no signature: the key in the address is all, so the address is sealed like any secret.
 */
export const wecom: PostFormat = {
  readsBody: true,
  compose(message, zone) {
    const brief = renderBrief(message, zone, (tried) => bytesOf(briefText(tried)) <= MAX_BYTES);
    return JSON.stringify({ msgtype: "text", text: { content: briefText(brief) } });
  },
  attempt: (post, { url }) => ({ url, body: post.body }),
  read: (answer) =>
    readBot(answer, {
      codeOf: (body) => body.errcode,
      // 45009 接口调用超过限制, 45033 接口并发调用超过限制; what is stopped by the minute is stopped for 60 seconds.
      throttled: { 45009: 60, 45033: 60 },
      // 40008 msgtype, 40058 a parameter or a text too long, 44004 no text, 45002 too long, 93000 no such address, 93004
      // the bot was switched off, 93008 it is not in the group any more.
      refused: [40008, 40058, 44004, 45002, 93000, 93004, 93008],
    }),
};
