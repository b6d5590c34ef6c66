import { beforeAll, describe, expect, it } from "vitest";
import { openGround } from "../crash/ground.ts";
import { openPlayer, type Player } from "../crash/play.ts";
import { addPoints, type Points } from "../crash/stops.ts";
import { freshDatabase } from "../support/worker.ts";

/*
 * A handful of the schedules of `npm run crash-test`, which plays a thousand and more.
 */
let play: Player;

beforeAll(async () => {
  play = openPlayer(await openGround(await freshDatabase()));
});

describe("a county's alarms, stopped wherever they can be", () => {
  // One in eighty of the first thousand: places walked to one by one, and schedules stopped by chance.
  const seeds = Array.from({ length: 12 }, (_, at) => 7 + 80 * at);

  it("lose nothing and double nothing, and come to rest", async () => {
    const points: Points = {};
    let owed = 0;
    let stops = 0;
    const failed: string[] = [];
    for (const seed of seeds) {
      const { lost, doubled, wrong, ...outcome } = await play(seed);
      failed.push(
        ...[...lost, ...doubled, ...wrong].map((fault) => `--schedules 1 --seed ${seed}: ${fault}`),
      );
      addPoints(points, outcome.points);
      owed += outcome.owed;
      stops += outcome.stops;
    }
    expect(failed).toEqual([]);
    expect(owed).toBeGreaterThan(200);
    expect(stops).toBeGreaterThan(seeds.length);
    expect(Object.keys(points).length).toBeGreaterThan(60);
  }, 120_000);

  it("go the same way again with the same seed", async () => {
    const { places, ...first } = await play(967);
    const { places: again, ...second } = await play(967);
    expect(second).toEqual(first);
    expect(again).toEqual(places);
  });
});
