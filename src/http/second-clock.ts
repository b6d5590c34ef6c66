import type { Bindings, Settings } from "../env.ts";

/**
 * Arms the Durable Object that runs the sweep when the cron is silent: one call, which changes nothing where it is armed
 * already. Without the setting or the binding nothing happens; a failure is logged and goes no further.
 */
export async function armSecondClock(
  { CLOCK }: Pick<Bindings, "CLOCK">,
  { SECOND_CLOCK }: Pick<Settings, "SECOND_CLOCK">,
): Promise<void> {
  if (!SECOND_CLOCK || !CLOCK) return;
  try {
    // One for the whole county, wherever it is asked from.
    await CLOCK.getByName("county").arm();
  } catch (error) {
    console.error(
      JSON.stringify({ fault: error instanceof Error ? error.name : typeof error, stage: "arm" }),
    );
  }
}
