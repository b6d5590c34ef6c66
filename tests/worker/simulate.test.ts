import { describe, expect, it } from "vitest";
import { checkAll } from "../simulate/check.ts";
import { costLines } from "../simulate/cost.ts";
import { openStage, perform } from "../simulate/perform.ts";
import { prepare } from "../simulate/run.ts";
import { enterCounty } from "../simulate/seed.ts";
import { openCounty } from "../support/worker.ts";

/** Everything told of by the seed: `npm run simulate -- --persons 60 --days 14 --seed N` shows the same. */
async function simulate(seed: number) {
  const options = { persons: 60, days: 14, seed };
  const { county, walked } = prepare(options, 60);
  const { deps, meter, setNow } = await openCounty("2026-01-20T00:00:00+08:00", county.settings);
  await enterCounty(deps, county);
  const stage = openStage(deps, meter, (now) => setNow(now.toISOString()));
  const { wrong, costs } = await perform(stage, walked.acts);
  const cases = new Map([...stage.cases].map(([number, { id }]) => [id, `H${number}`]));
  const verdict = await checkAll(deps, walked, county, options, cases);
  return { wrong, costs, verdict };
}

describe("a small county, fourteen days, clocks that fail", () => {
  it("raises each alert that the ladder owes and no other, and its books balance", async () => {
    const { wrong, costs, verdict } = await simulate(1);
    expect(wrong).toEqual([]);
    expect(verdict.wrong.slice(0, 10)).toEqual([]);
    expect(verdict.books).toEqual([]);
    expect(verdict.owed).toBeGreaterThan(50);
    expect(verdict.sent).toBe(verdict.owed);
    expect(costLines(costs).over).toEqual([]);
  }, 60_000);
});
