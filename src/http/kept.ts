import type { AppContext } from "./factory.ts";
import { later } from "./later.ts";

/*
 * Public answers that are the same for everybody, kept where they were made: in this isolate, and in the data centre's
 * cache where the runtime has one. Only what can no longer change may be kept; nothing of a key's holder ever is.
 */
const MOST_KEPT = 64;
/** The first look for what another request makes, and where each next look comes twice as late: two thirds of a second in all. */
const FIRST_LOOK = 5;
const LAST_LOOK = 400;
/** Who makes the text of a key: the last one to begin. */
type Maker = { done: boolean };
type Shelf = { texts: Map<string, string>; making: Map<string, Maker> };
type Made = { text: string; keep: boolean };
// One shelf for each database: in a test every county has its own.
const shelves = new WeakMap<object, Shelf>();

/**
 * The text under a key, made only where nobody has kept it. Of those who ask at once the first makes it and the others look
 * for it a while: they never wait for its work itself, which ends with the request that it belongs to. When that takes too
 * long one of them makes it too, and the others look for that. What `make` will not have kept is made each time.
 * @param key says all that the text depends on @param seconds how long the data centre keeps it
 */
export async function keptText(
  c: AppContext,
  { key, seconds }: { key: string; seconds: number },
  make: () => Promise<Made>,
): Promise<Made> {
  const { deps } = c.var;
  const shelf: Shelf = shelves.get(deps.d1) ?? { texts: new Map(), making: new Map() };
  shelves.set(deps.d1, shelf);
  // Whoever is the first goes on at once: behind an await the next would be a first one too.
  if (shelf.making.has(key)) await lookFor(shelf, key);
  const found = shelf.texts.get(key);
  if (found !== undefined) return { text: found, keep: true };
  const maker: Maker = { done: false };
  shelf.making.set(key, maker);
  try {
    return await fetched(c, shelf, { key, seconds }, make);
  } finally {
    maker.done = true;
    if (shelf.making.get(key) === maker) shelf.making.delete(key);
  }
}

/** Ends when the text is there, or when it is the caller's turn to make it. */
async function lookFor({ texts, making }: Shelf, key: string): Promise<void> {
  let maker = making.get(key);
  for (let wait = FIRST_LOOK; making.has(key) && !texts.has(key) && wait <= LAST_LOOK; wait *= 2) {
    await new Promise((look) => setTimeout(look, wait));
    const next = making.get(key);
    // Another one has lost patience with the first and makes it now: that takes as long again.
    if (next !== maker && maker?.done === false) wait = FIRST_LOOK;
    maker = next;
  }
}

/** Out of the data centre's cache, or made and put there and on the shelf. */
async function fetched(
  c: AppContext,
  { texts }: Shelf,
  { key, seconds }: { key: string; seconds: number },
  make: () => Promise<Made>,
): Promise<Made> {
  const { deps } = c.var;
  // Never the asker's own address: a Host header of another's choosing would fill the cache.
  const address = `${deps.settings.PUBLIC_URL}/kept/${key}`;
  const shared = await deps.cache?.match(address);
  const { text, keep } = shared ? { text: await shared.text(), keep: true } : await make();
  if (!keep) return { text, keep };
  if (texts.size >= MOST_KEPT) texts.clear();
  texts.set(key, text);
  if (!shared && deps.cache) {
    const copy = new Response(text, { headers: { "Cache-Control": `public, max-age=${seconds}` } });
    await later(
      c,
      deps.cache.put(address, copy).catch(() => undefined),
    );
  }
  return { text, keep };
}
