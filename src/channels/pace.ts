import type { PostKind } from "../domain/target.ts";
import { MINUTE, offsetAt } from "../domain/time.ts";

/** So many posts to one endpoint in any window of so many milliseconds. */
export type Limit = { count: number; ms: number };

/**
 * As published: 企业微信 "每个机器人发送的消息不能超过20条/分钟" (developer.work.weixin.qq.com/document/path/91770); 钉钉
 * "每个机器人每分钟最多发送20条，如果超过20条，会限流10分钟" (open.dingtalk.com, custom-robot-access); 飞书 "单租户单机器人 100 次/分钟，
 * 5 次/秒，建议发送消息尽量避开诸如 10:00、17:30 等整点及半点时间，否则可能出现 11232" (open.feishu.cn, add-custom-bot). A webhook's
 * limit is our own courtesy.
 */
export const PACES: Record<PostKind, { limits: Limit[]; avoidsHalfHours: boolean }> = {
  webhook: { limits: [{ count: 60, ms: MINUTE }], avoidsHalfHours: false },
  wecom: { limits: [{ count: 20, ms: MINUTE }], avoidsHalfHours: false },
  dingtalk: { limits: [{ count: 20, ms: MINUTE }], avoidsHalfHours: false },
  feishu: {
    limits: [
      { count: 100, ms: MINUTE },
      { count: 5, ms: 1000 },
    ],
    avoidsHalfHours: true,
  },
};

/** A post is on its way for up to so long before a bot counts it; between two posts this may shorten what we keep apart. */
const SLACK = 5000;

/** The most earlier attempts of an endpoint that `pace` looks at; older ones change nothing. */
export const PACE_HISTORY = Math.max(
  ...Object.values(PACES).flatMap(({ limits }) => limits.map(({ count }) => count)),
);

/**
 * From when the next post to an endpoint may go, in ms, never before `now`. Windows slide,
 * whatever minute a bot's maker counts by.
 * @param history moments at which earlier attempts at this endpoint began, in ms, newest last, failed ones too. Moments
 * after `now` (a clock was set back) count as just now.
 * @param zone whose full and half hours Feishu's bots keep clear of
 */
export function pace(kind: PostKind, history: readonly number[], now: number, zone: string): number {
  const { limits, avoidsHalfHours } = PACES[kind];
  const free = limits.map(({ count, ms }) => {
    const oldest = history[history.length - count];
    return oldest === undefined ? now : Math.min(oldest, now) + ms + Math.min(ms, SLACK);
  });
  const at = Math.max(now, ...free);
  return avoidsHalfHours ? afterHalfHour(at, zone) : at;
}

/** The moment itself, or the end of its minute where local clocks show :00 or :30. */
function afterHalfHour(at: number, zone: string): number {
  const minute = Math.floor(at / MINUTE);
  return ((minute * MINUTE + offsetAt(at, zone)) / MINUTE) % 30 === 0 ? (minute + 1) * MINUTE : at;
}
