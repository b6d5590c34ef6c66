import { lastBeats, queueNow } from "../db/heartbeat.ts";
import { isSilent } from "../domain/heartbeat.ts";
import { isClean, readAudit } from "../domain/integrity.ts";
import { MINUTE } from "../domain/time.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { armSecondClock } from "../http/second-clock.ts";

/**
 * How alarms are doing, for a monitor: counts, moments and machine words. Well (200) only while runs end well and the
 * last audit found nothing.
 */
export const healthRoutes = factory.createApp().get("/healthz", async (c) => {
  const { db, now: clock } = c.var.deps;
  const now = clock();
  c.header("Cache-Control", "no-store");
  try {
    const [beats, { oldestAt, ...queue }] = await Promise.all([lastBeats(db), queueNow(db, now)]);
    const sweep = beats.get("sweep")?.at;
    const silent = isSilent(sweep, now);
    if (silent) await wakeSecondClock(c, now);
    const found = readAudit(beats.get("audit")?.detail)?.found;
    const ok = !silent && found !== undefined && isClean(found);
    const secondsSince = (at: number) => Math.round((now.getTime() - at) / 1000);
    return c.json(
      {
        ok,
        lastSweep: sweep?.toISOString() ?? null,
        lagSeconds: sweep ? secondsSince(sweep.getTime()) : null,
        ...queue,
        // Held back by quiet hours it has no age yet.
        oldestSeconds: oldestAt === null ? null : Math.max(0, secondsSince(oldestAt)),
        beats: Object.fromEntries([...beats].map(([job, { at }]) => [job, at.toISOString()])),
        clock: beats.get("sweep")?.detail || null,
        findings: found ?? null,
      },
      ok ? 200 : 503,
    );
  } catch {
    // A monitor reads the status: no database is as bad as no sweep.
    return c.json({ ok: false, lastSweep: null, lagSeconds: null }, 503);
  }
});

let wokenAt = Number.NEGATIVE_INFINITY;

/** A cron that never came armed nothing. Once a minute an isolate at most: anybody may ask for this page. */
async function wakeSecondClock(c: AppContext, now: Date): Promise<void> {
  if (Math.abs(now.getTime() - wokenAt) < MINUTE) return;
  wokenAt = now.getTime();
  await armSecondClock(c.env, c.var.deps.settings);
}
