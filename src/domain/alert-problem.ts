import type { Words } from "../forms/define.ts";
import { of } from "./problem.ts";

/*
 * What can go wrong with an alert's own page and with the provider's events: the catalogue of problem.ts, continued.
 */
const STILL_TOLD: Words = {
  "zh-Hans": "没有办结的事项仍在本单位页面上，也会照常提醒值守人员。",
  "zh-Hant": "沒有辦結的事項仍在本單位頁面上，也會照常提醒值守人員。",
  en: "Whatever is still open stands on the page of the unit, and those on duty go on being told of it.",
};

export const alertProblem = {
  hookClosed: () =>
    of(
      "hook-closed",
      404,
      "没有设置 RESEND_WEBHOOK_SECRET，这里不接收回执",
      "沒有設定 RESEND_WEBHOOK_SECRET，這裡不接收回執",
      "RESEND_WEBHOOK_SECRET is not set, so no delivery events are taken here",
    ),
  badSignature: () =>
    of(
      "bad-signature",
      401,
      "签名不对，或时间相差超过 5 分钟",
      "簽名不對，或時間相差超過 5 分鐘",
      "The signature is wrong, or its time is more than five minutes off",
    ),
  alertExpired: () =>
    of(
      "alert-expired",
      410,
      "这条提醒已过 30 天",
      "這條提醒已過 30 天",
      "This alert is more than 30 days old",
      {
        detail: STILL_TOLD,
      },
    ),
  alertRevoked: () =>
    of(
      "alert-revoked",
      410,
      "这个收件人已停用，提醒不再打开",
      "這個收件人已停用，提醒不再打開",
      "This recipient is no longer in use, so the alert does not open",
      { detail: STILL_TOLD },
    ),
};
