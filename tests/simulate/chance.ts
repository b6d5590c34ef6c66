/** The only source of chance in a run: the same seed, the same county. */
export type Chance = {
  /** 0 ≤ x < 1 */
  next(): number;
  /** A whole number, both ends included. */
  whole(from: number, to: number): number;
  /** True this often. */
  happens(share: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Picks by weight: `[["a", 3], ["b", 1]]`. */
  weigh<T>(choices: readonly (readonly [T, number])[]): T;
};

/** A small generator (mulberry32): good enough to make a county, and the same on every machine. */
export function chanceOf(seed: number): Chance {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    happens: (share) => next() < share,
    pick: (from) => from[whole(0, from.length - 1)] as (typeof from)[number],
    weigh(choices) {
      let at = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [choice, weight] of choices) {
        at -= weight;
        if (at < 0) return choice;
      }
      return (choices[0] as (typeof choices)[number])[0];
    },
  };
}
