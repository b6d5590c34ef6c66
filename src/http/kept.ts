import type { AppContext } from "./factory.ts";
import { later } from "./later.ts";

/*
 * Public answers that are the same for everybody, kept where they were made: in this isolate, and in the data centre's
 * cache where the runtime has one. Only what can no longer change may be kept; nothing of a key's holder ever is.
 */
const MOST_KEPT = 64;
// One shelf for each database: in a test every county has its own.
const shelves = new WeakMap<object, Map<string, string>>();

/**
 * The text under a key, made only where nobody has kept it. Those who ask at once, before the first has been made, each
 * make it: a request must not wait for another's work. What `make` will not have kept is made each time.
 * @param key says all that the text depends on @param seconds how long the data centre keeps it
 */
export async function keptText(
  c: AppContext,
  { key, seconds }: { key: string; seconds: number },
  make: () => Promise<{ text: string; keep: boolean }>,
): Promise<{ text: string; keep: boolean }> {
  const { deps } = c.var;
  const shelf = shelves.get(deps.d1) ?? new Map<string, string>();
  shelves.set(deps.d1, shelf);
  const found = shelf.get(key);
  if (found !== undefined) return { text: found, keep: true };
  // Never the asker's own address: a Host header of another's choosing would fill the cache.
  const address = `${deps.settings.PUBLIC_URL}/kept/${key}`;
  const shared = await deps.cache?.match(address);
  const { text, keep } = shared ? { text: await shared.text(), keep: true } : await make();
  if (!keep) return { text, keep };
  if (shelf.size >= MOST_KEPT) shelf.clear();
  shelf.set(key, text);
  if (!shared && deps.cache) {
    const copy = new Response(text, { headers: { "Cache-Control": `public, max-age=${seconds}` } });
    await later(
      c,
      deps.cache.put(address, copy).catch(() => undefined),
    );
  }
  return { text, keep };
}
