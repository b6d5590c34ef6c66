import type { Lang } from "../forms/define.ts";
import { problem } from "./problem.ts";
import { readText } from "./tip.ts";
import type { UnitKind } from "./unit.ts";

/*
 * Units as officials add and name them; counties, towns and villages come with the division codes that are imported.
 */
/** What an official can add below a unit of each kind. */
export const ADDABLE: Partial<Record<UnitKind, readonly AddedKind[]>> = {
  county: ["school", "enterprise", "bureau", "checkpoint"],
  town: ["school", "enterprise", "bureau", "checkpoint"],
  village: ["grid", "school", "enterprise", "checkpoint"],
};
const LETTERS = { school: "S", enterprise: "E", bureau: "B", checkpoint: "C", grid: "" } as const;
export type AddedKind = keyof typeof LETTERS;

const NAME_LENGTH = 60;

/**
 * The next code below a parent: S03 behind S02, a grid's 03 behind 02. undefined when all 99 are given.
 * @param taken every code of the kind below the parent, closed ones too: a code is never given twice
 */
export function nextCode(parent: string, kind: AddedKind, taken: readonly string[]): string | undefined {
  const start = parent + LETTERS[kind];
  const numbers = taken
    .filter((code) => code.startsWith(start))
    .map((code) => /^\d\d$/.exec(code.slice(start.length))?.[0] ?? "0")
    .map(Number);
  const next = Math.max(0, ...numbers) + 1;
  return next > 99 ? undefined : start + String(next).padStart(2, "0");
}

/** A unit's name as it is kept: one line that can be printed. Throws `invalid` on `path`. */
export function readUnitName(text: string, path: string, lang: Lang): string {
  const name = readText(text.replace(/\s+/g, " "), path, NAME_LENGTH, lang);
  if (/[\p{Cf}\u2028\u2029\ufffd]/u.test(name)) throw problem.answer(path, "characters", UNPRINTABLE, lang);
  return name;
}
const UNPRINTABLE = {
  "zh-Hans": "名称里有无法显示的字符，请重新输入",
  "zh-Hant": "名稱裡有無法顯示的字元，請重新輸入",
  en: "The name holds characters that cannot be shown. Type it again.",
};
