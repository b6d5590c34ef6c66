import { describe, expect, it } from "vitest";
import { readOptions } from "../crash/options.ts";
import { openReport } from "../crash/report.ts";
import { shapeOf } from "../crash/stops.ts";

describe("what npm run crash-test is asked for", () => {
  it("takes numbers with a space or an equals sign, and has its usual ones", () => {
    expect(readOptions([])).toEqual({ schedules: 1000, seed: 1 });
    expect(readOptions(["--schedules", "5", "--seed=9"])).toEqual({ schedules: 5, seed: 9 });
  });

  it.each([
    [["--schedules", "many"], '--schedules must be a whole number from 1 to 1000000, not "many".'],
    [["--seed"], "--seed must be a whole number from 1 to 1000000000."],
    [["--runs", "5"], "--runs is not known here. Known are: --schedules, --seed."],
  ])("says of %j what is wrong", (args, words) => {
    expect(() => readOptions(args)).toThrow(words);
  });
});

describe("what it says", () => {
  const outcome = {
    owed: 3,
    delivered: 3,
    lost: [],
    doubled: [],
    wrong: [],
    unknown: 0,
    spared: 1,
    points: {},
    places: [],
    stops: 1,
    turns: 9,
    atWork: 0,
    again: 0,
  };

  it("ends with the sum of all schedules, and well when nothing was lost or doubled", () => {
    const said: string[] = [];
    const report = openReport(2, (line) => said.push(line));
    report.add({ seed: 4, ...outcome });
    report.add({ seed: 5, ...outcome });
    expect(report.end()).toBe(0);
    expect(said.at(-1)).toBe("schedules 2, owed 6, delivered 6, lost 0, doubled 0");
  });

  it("names the seed that failed and how to play it again, and ends badly", () => {
    const said: string[] = [];
    const report = openReport(1, (line) => said.push(line));
    report.add({ seed: 4, ...outcome, delivered: 2, lost: ["li overdue registration/WY-0526-7488"] });
    expect(report.end()).toBe(1);
    expect(said[0]).toBe("seed 4 failed: npm run crash-test -- --schedules 1 --seed 4 plays it again");
    expect(said.at(-1)).toBe("schedules 1, owed 3, delivered 2, lost 1, doubled 0");
  });
});

it.each([
  ['insert into "contact" ("id") values (?)', "INSERT contact"],
  ["WITH a AS (SELECT 1 FROM unit) UPDATE outbox SET state = 'sent' FROM a", "UPDATE outbox"],
  ["DELETE FROM post_attempt WHERE at < ?", "DELETE post_attempt"],
  ["SELECT id FROM obligation AS o WHERE id = ?", "SELECT obligation"],
])("knows the statement %j by its verb and table", (query, shape) => {
  expect(shapeOf(query)).toBe(shape);
});
