import { chanceOf } from "../simulate/chance.ts";
import { LAST_EARS } from "./county.ts";
import type { Ground } from "./scene.ts";
import { type Outcome, runSchedule } from "./schedule.ts";
import { type Aim, choosePlaces, type Place } from "./stops.ts";

/*
 * What a seed stands for. Of each thousand the first go through six full scenes, stopping each at one place: every point
 * that it has, before and after. The others are scenes of their own, stopped by chance, several times over.
 */
const THOUSAND = 1000;

export type Player = (seed: number) => Promise<Outcome>;
type Run = { seed: number; last: (typeof LAST_EARS)[number] };

export function openPlayer(ground: Ground): Player {
  const walks = new Map<number, ReturnType<typeof placesOf>>();
  const walkOf = (thousand: number) => {
    const places = walks.get(thousand) ?? placesOf(ground, thousand);
    walks.set(thousand, places);
    return places;
  };
  return async (seed) => {
    const places = await walkOf(Math.floor((seed - 1) / THOUSAND));
    const place = places[(seed - 1) % THOUSAND];
    return place ? playScene(ground, place.run, { kind: "place", ...place }) : playChance(ground, seed);
  };
}

async function placesOf(ground: Ground, thousand: number) {
  const pilots: { run: Run; places: Place[] }[] = [];
  for (const [at, last] of LAST_EARS.entries()) {
    const run = { seed: 4_000_000_000 - LAST_EARS.length * thousand - at, last };
    pilots.push({ run, places: (await playScene(ground, run, { kind: "never" })).places });
  }
  return choosePlaces(pilots);
}

/** The same up to the place where it is stopped. */
const playScene = (ground: Ground, run: Run, aim: Aim): Promise<Outcome> =>
  runSchedule(ground, { ...run, aim, trouble: 0.6, stalls: 0 });

function playChance(ground: Ground, seed: number): Promise<Outcome> {
  const chance = chanceOf(seed ^ 0x5f3759df);
  const share = chance.pick([0.01, 0.03, 0.06, 0.12]);
  const errors = chance.pick([0, 0.01, 0.03]);
  const [trouble, stalls] = [chance.pick([0, 0.5, 1]), chance.pick([0, 0.01])];
  return runSchedule(ground, { seed, aim: { kind: "chance", chance, share, errors }, trouble, stalls });
}
