import { DurableObject } from "cloudflare:workers";
import { lastBeat } from "./db/heartbeat.ts";
import { depsAt } from "./deps.ts";
import { isSilent, SILENCE } from "./domain/heartbeat.ts";
import { MINUTE } from "./domain/time.ts";
import type { Bindings } from "./env.ts";
import { runScheduled } from "./jobs/index.ts";

/**
 * The second clock: one Durable Object whose alarm goes off each minute and runs what the cron runs when that has been
 * silent for three minutes. Both at once do no harm: sweeps and drains are decided by compare-and-set.
 */
export class Clock extends DurableObject<Bindings> {
  /** Sets the alarm where none is set, or one that went by without going off. */
  async arm(): Promise<void> {
    const { storage } = this.ctx;
    const at = await storage.getAlarm();
    if (at === null || Math.abs(at - Date.now()) > SILENCE) await storage.setAlarm(Date.now() + MINUTE);
  }

  override async alarm(): Promise<void> {
    // Taken out of the settings it stops for good; a setting that is wrong elsewhere must not stop it.
    if (this.env.SECOND_CLOCK !== "1") return;
    // First of all: an alarm that has gone off is used up, and after six failures nobody would set it again.
    await this.ctx.storage.setAlarm(Date.now() + MINUTE);
    try {
      await this.runIfSilent(new Date());
    } catch (error) {
      // Thrown on, it would be retried within seconds beside the alarm that is set already.
      console.error(
        JSON.stringify({ fault: error instanceof Error ? error.name : typeof error, stage: "clock" }),
      );
    }
  }

  /** Once it has taken over it keeps on each minute, until the cron's own heartbeat is the last again. */
  private async runIfSilent(now: Date): Promise<void> {
    const deps = await depsAt(this.env, now);
    const last = await lastBeat(deps.db, "sweep");
    if (isSilent(last?.at, now) || last?.detail === "second-clock")
      await runScheduled(deps, now, () => new Date(), "second-clock");
  }
}
