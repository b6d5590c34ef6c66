import { expect, it } from "vitest";
import { roteFlags } from "../../src/domain/rote.ts";
import { DAY, HOUR } from "../../src/domain/time.ts";

/** Wu's readings of one person, newest first, twelve hours apart, a few seconds off each time. */
const readings = (temperatures: number[], every = 12 * HOUR, jitter = 7_000) =>
  temperatures.map((temperature, back) => ({
    temperature,
    recordedAt: new Date(Date.parse("2026-02-01T07:30:05+08:00") - back * every + back * jitter),
  }));

it("flags ten identical readings in a row, and not nine", () => {
  expect(roteFlags(readings(Array(10).fill(36.5)))).toEqual(["identical"]);
  expect(roteFlags(readings(Array(9).fill(36.5)))).toEqual([]);
  expect(roteFlags(readings([...Array(9).fill(36.5), 36.6]))).toEqual([]);
});

it("looks at the latest ten alone", () => {
  expect(roteFlags(readings([...Array(10).fill(36.5), 36.9, 37]))).toEqual(["identical"]);
  expect(roteFlags(readings([36.6, ...Array(12).fill(36.5)]))).toEqual([]);
});

it("flags submissions at the same second of three days, as a script would send them", () => {
  expect(roteFlags(readings([36.4, 36.5, 36.6], DAY, 0))).toEqual(["same-second"]);
  expect(roteFlags(readings([36.4, 36.5], DAY, 0))).toEqual([]);
  expect(roteFlags(readings([36.4, 36.5, 36.6], DAY, 1_000))).toEqual([]);
});

it("does not flag a village sent in one go: several slots of one day in one second", () => {
  expect(roteFlags(readings([36.4, 36.5, 36.6], 0, 0))).toEqual([]);
});

it("says both where both are so", () => {
  expect(roteFlags(readings(Array(10).fill(36.5), DAY, 0))).toEqual(["identical", "same-second"]);
});
