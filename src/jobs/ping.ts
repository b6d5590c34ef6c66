import { pingAddress, type Signal } from "../domain/heartbeat.ts";

/** So long a monitor may take. */
const PATIENCE_MS = 5_000;

/** Tells the monitor; resolves when it was told or could not be. Never throws. */
export type Ping = (signal: Signal, words?: string) => Promise<void>;

/**
 * What tells the monitor at HEARTBEAT_URL how a run goes; without an address it tells nobody. A ping waits for the one
 * before it, so that none overtakes another and never more than one is under way.
 * @param patience milliseconds after which a ping is given up
 */
export function openPing(address: string | undefined, patience = PATIENCE_MS): Ping {
  let last = Promise.resolve();
  return (signal, words) => {
    if (address) last = last.then(() => send(pingAddress(address, signal), words, patience, signal));
    return last;
  };
}

/** Logs what went wrong by its class alone: the address is a key. */
async function send(url: string, words: string | undefined, patience: number, signal: Signal): Promise<void> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "text/plain; charset=utf-8" },
      body: words ?? "",
      signal: AbortSignal.timeout(patience),
    });
    await answer.body?.cancel();
    if (!answer.ok) console.error(JSON.stringify({ ping: signal, problem: `http-${answer.status}` }));
  } catch (error) {
    console.error(
      JSON.stringify({ ping: signal, problem: error instanceof Error ? error.name : typeof error }),
    );
  }
}
