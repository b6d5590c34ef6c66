import { type FigureId, WINDOW } from "../../domain/figure-book.ts";
import { findIndicator } from "../../domain/indicator.ts";
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
