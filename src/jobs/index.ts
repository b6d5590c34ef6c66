import type { Deps } from "../http/factory.ts";

/** What the cron runs each minute, at the event's own time. */
export async function runScheduled(_deps: Deps, _now: Date): Promise<void> {}
