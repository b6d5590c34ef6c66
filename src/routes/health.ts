import { lastBeat, outboxDepth } from "../db/heartbeat.ts";
import { MINUTE } from "../domain/time.ts";
import { factory } from "../http/factory.ts";

/** The cron fires each minute: three missed ones mean that alarms no longer leave. */
const STALE = 3 * MINUTE;

export const healthRoutes = factory.createApp().get("/healthz", async (c) => {
  const { db, now } = c.var.deps;
  c.header("Cache-Control", "no-store");
  try {
    const [sweep, depth] = await Promise.all([lastBeat(db, "sweep"), outboxDepth(db)]);
    const lag = sweep ? now().getTime() - sweep.at.getTime() : undefined;
    // One that lies ahead says as little as an old one.
    const ok = lag !== undefined && Math.abs(lag) <= STALE;
    return c.json(
      {
        ok,
        lastSweep: sweep?.at.toISOString() ?? null,
        lagSeconds: lag === undefined ? null : Math.round(lag / 1000),
        ...depth,
      },
      ok ? 200 : 503,
    );
  } catch {
    // A monitor reads the status: no database is as bad as no sweep.
    return c.json({ ok: false, lastSweep: null, lagSeconds: null }, 503);
  }
});
