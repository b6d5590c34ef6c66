import type { FigurePart } from "../../domain/figure.ts";
import { type FigureId, WINDOW } from "../../domain/figure-book.ts";
import { findIndicator, INDICATORS } from "../../domain/indicator.ts";
import { findTyped } from "../../domain/indicator-typed.ts";
import type { Lang } from "../../forms/define.ts";
import { REPORT } from "./report-words.ts";

/** What a figure is called: its indicator, or its typed count; a sum by its parts. */
export const figureName = (id: FigureId, lang: Lang): string =>
  id
    .split("+")
    .map((part) => partName(part, lang))
    .join(lang === "en" ? " + " : "＋");

function partName(id: FigureId, lang: Lang): string {
  const window = id.endsWith(WINDOW);
  const whole = window ? id.slice(0, -WINDOW.length) : id;
  const words = (findIndicator(whole) ?? findTyped(whole))?.name;
  return `${words?.[lang] ?? whole}${window ? REPORT.today[lang] : ""}`;
}

/** A definition for officials: what programs call "null" is a dash here, and figures go by their names, not their ids. */
export function definitionWords(
  { id, definition }: Pick<FigurePart, "id" | "definition">,
  lang: Lang,
): string {
  const [group = ""] = id.split(".");
  const nameOf = (leaf: string) =>
    INDICATORS.find((one) => one.id.startsWith(`${group}.`) && one.id.endsWith(`.${leaf}`))?.name[lang] ??
    leaf;
  return definition[lang]
    .replace(lang === "en" ? /\bnull\b/g : / ?\bnull\b ?/g, lang === "zh-Hant" ? "「—」" : "“—”")
    .replace(/[a-zA-Z]+(?: \+ [a-zA-Z]+)+/g, (sum) => sum.split(" + ").map(nameOf).join(" + "))
    .replace(
      /((?:合计等于|合計等於|sums? to) )([a-zA-Z]+)/g,
      (_, say: string, leaf: string) => say + nameOf(leaf),
    );
}
