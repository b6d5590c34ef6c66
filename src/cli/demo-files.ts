import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./config.ts";
import type { DemoFiles } from "./demo.ts";

/** The demo county as it lies in demo/. */
export async function readDemo(): Promise<DemoFiles> {
  const read = (name: string) => readFile(join(ROOT, "demo", name));
  const [county, samples, postingPoints] = await Promise.all([
    read("511781.csv"),
    read("units.csv"),
    read("posting-points.csv"),
  ]);
  return { county, samples, postingPoints };
}
