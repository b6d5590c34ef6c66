import type { Lang } from "../forms/define.ts";
import { readText } from "./tip.ts";

/*
 * Posting points: where a poster hangs, and the number printed on it.
 */
/** A point's name is one line: 村口小卖部. */
const NAME_LENGTH = 40;

/** The n-th number: P-0031; beyond four digits it grows. */
export const pointNumber = (n: number): string => `P-${String(n).padStart(4, "0")}`;

/** What a posted or asked number must look like; older ones were given by hand. */
export const isPointNumber = (text: string): boolean => /^[A-Z0-9-]{1,20}$/.test(text);

/** A point's name as it is kept. Throws `invalid` on name. */
export const readPointName = (text: string, lang: Lang): string =>
  readText(text.replace(/\s+/g, " "), "name", NAME_LENGTH, lang);

/** How many points are added at once: the villages of a town, and more than any town has. */
export const MOST_POINTS = 200;
