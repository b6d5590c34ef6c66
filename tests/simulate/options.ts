/** What a run is asked for. */
export type Options = { persons: number; days: number; seed: number };

const LIMITS: Record<keyof Options, { from: number; to: number; usual: number }> = {
  persons: { from: 1, to: 100_000, usual: 20_000 },
  days: { from: 1, to: 40, usual: 14 },
  seed: { from: 0, to: 4_294_967_295, usual: 1 },
};

/** Reads `--persons 20000 --days 14 --seed 1` or `--persons=20000`. Throws one clear sentence for anything else. */
export function readOptions(args: string[]): Options {
  const options: Options = { persons: 0, days: 0, seed: 0 };
  for (const name of names) options[name] = LIMITS[name].usual;
  const words = args.flatMap((word) =>
    /^--\w+=/.test(word) ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word],
  );
  for (let at = 0; at < words.length; at += 2) {
    const name = names.find((one) => `--${one}` === words[at]);
    if (!name)
      throw new Error(
        `${words[at]} is not known here. Known are: ${names.map((one) => `--${one}`).join(", ")}.`,
      );
    const text = words[at + 1];
    const { from, to } = LIMITS[name];
    const value = Number(text);
    if (text === undefined || !/^\d+$/.test(text) || value < from || value > to)
      throw new Error(
        `--${name} must be a whole number from ${from} to ${to}${text === undefined ? "" : `, not "${text}"`}.`,
      );
    options[name] = value;
  }
  return options;
}

const names = Object.keys(LIMITS) as (keyof Options)[];
