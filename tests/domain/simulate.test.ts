import { describe, expect, it } from "vitest";
import { readOptions } from "../simulate/options.ts";
import { prepare } from "../simulate/run.ts";

describe("what npm run simulate is asked for", () => {
  it("takes numbers with a space or an equals sign, and has its usual ones", () => {
    expect(readOptions([])).toEqual({ persons: 20_000, days: 14, seed: 1 });
    expect(readOptions(["--persons", "60", "--seed=9"])).toEqual({ persons: 60, days: 14, seed: 9 });
  });

  it.each([
    [["--persons", "many"], '--persons must be a whole number from 1 to 100000, not "many".'],
    [["--days", "0"], '--days must be a whole number from 1 to 40, not "0".'],
    [["--seed"], "--seed must be a whole number from 0 to 4294967295."],
    [["--people", "5"], "--people is not known here. Known are: --persons, --days, --seed."],
  ])("says of %j what is wrong", (args, words) => {
    expect(() => readOptions(args)).toThrow(words);
  });

  it("makes the same county out of the same seed, and another out of another", () => {
    const acts = (seed: number) => JSON.stringify(prepare({ persons: 30, days: 3, seed }, 60).walked.acts);
    expect(acts(5)).toBe(acts(5));
    expect(acts(5)).not.toBe(acts(6));
  });
});
