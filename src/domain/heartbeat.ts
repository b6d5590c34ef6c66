import { MINUTE } from "./time.ts";

/** The cron fires each minute: three missed ones mean that alarms no longer leave. */
export const SILENCE = 3 * MINUTE;

/** True when no run has ended well for three minutes. A heartbeat that lies ahead says as little as an old one. */
export const isSilent = (last: Date | undefined, now: Date): boolean =>
  last === undefined || Math.abs(now.getTime() - last.getTime()) > SILENCE;

/** Who fires the runs. The second clock keeps on, each minute, until the cron's own heartbeat is the last again. */
export type Clock = "cron" | "second-clock";

/** What a monitor of the healthchecks kind is told: a run begins, ended well (the bare address), or did not. */
export type Signal = "start" | "success" | "fail";

/** The address for a signal: its word behind the path, before the query, which stays as it was given. */
export function pingAddress(address: string, signal: Signal): string {
  if (signal === "success") return address;
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/${signal}`;
  return url.href;
}
