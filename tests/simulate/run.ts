import type { Act } from "./acts.ts";
import { chanceOf } from "./chance.ts";
import { type County, makeCounty } from "./county.ts";
import type { Options } from "./options.ts";
import { writeCron, writeScript } from "./script.ts";
import { walk } from "./walk.ts";
import type { Walked } from "./watched.ts";

/** The county, everything that happens in it, and what each act must be answered with. @param every minutes the cron */
export function prepare(options: Options, every: number): { county: County; walked: Walked } {
  const chance = chanceOf(options.seed);
  const county = makeCounty(options.persons, options.days, chance);
  const acts: Act[] = [...writeScript(options, county, chance), ...writeCron(options, chance, every)];
  return { county, walked: walk(acts, county, options, chance) };
}
