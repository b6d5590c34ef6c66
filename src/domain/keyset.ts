/*
 * A page of a list that is walked along an index: what is looked at and what is shown are both bounded, and whatever the
 * page had no room for is the next one's.
 */
export type Candidate<Key> = {
  /** Where it stands in the order. */
  key: Key;
  /** How many rows of the page it is; 0 for what a filter leaves out. */
  rows: number;
  /** What showing it costs, beyond having looked at it. */
  cost: number;
};

/**
 * How many of the candidates a page takes, in order, and from where the next goes on; undefined at the end. The first to
 * be shown always is, so that every page gets on.
 * @param bounds most: rows of a page; budget: what may still be spent; end: where the list goes on behind them all
 */
export function takePage<Key>(
  candidates: readonly Candidate<Key>[],
  { most, budget, end }: { most: number; budget: number; end: Key | undefined },
): { taken: number; next: Key | undefined } {
  let [shown, spent, taken] = [0, 0, 0];
  for (const { rows, cost } of candidates) {
    const full = shown + rows > most || spent + cost > budget;
    if (rows > 0 && shown > 0 && full) break;
    if (rows > 0) {
      shown += rows;
      spent += cost;
    }
    taken += 1;
  }
  return { taken, next: taken < candidates.length ? candidates[taken - 1]?.key : end };
}
