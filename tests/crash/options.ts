/** What a run is asked for. */
export type Options = { schedules: number; seed: number };

const LIMITS: Record<keyof Options, { from: number; to: number; usual: number }> = {
  schedules: { from: 1, to: 1_000_000, usual: 1000 },
  seed: { from: 1, to: 1_000_000_000, usual: 1 },
};

/** Reads `--schedules 1000 --seed 1` or `--seed=1`. Throws one clear sentence for anything else. */
export function readOptions(args: string[]): Options {
  const options: Options = { schedules: LIMITS.schedules.usual, seed: LIMITS.seed.usual };
  const words = args.flatMap((word) => (/^--\w+=/.test(word) ? word.split(/=(.*)/, 2) : [word]));
  for (let at = 0; at < words.length; at += 2) {
    const name = (["schedules", "seed"] as const).find((one) => `--${one}` === words[at]);
    if (!name) throw new Error(`${words[at]} is not known here. Known are: --schedules, --seed.`);
    const { from, to } = LIMITS[name];
    const text = words[at + 1];
    const value = Number(text);
    if (text === undefined || !/^\d+$/.test(text) || value < from || value > to)
      throw new Error(
        `--${name} must be a whole number from ${from} to ${to}${text === undefined ? "" : `, not "${text}"`}.`,
      );
    options[name] = value;
  }
  return options;
}
