import type { FigureValue } from "../figure-book.ts";

/*
 * How a report prints a number: never more than it is, and 余 (odd) only where something was cut off. The exact number
 * stands beside what is printed.
 */

/** What is printed where a figure is unknown: a gap to fill by hand, never 0. */
export const GAP = "＿＿";

/**
 * plain: 5420, 100000. wan: from 10,000 in tens of thousands, cut after one decimal: 18.3万余, 200,000 exactly is 20万.
 * odd: cut to its first digit, 312 is 300余, 300 exactly is 300.
 */
export type Style = "plain" | "wan" | "odd";
export const isStyle = (text: string): text is Style => text === "plain" || text === "wan" || text === "odd";

/**
 * A figure as it is printed; 萬 and 餘 in Traditional. Numbers that are not whole are cut after one decimal. Less than
 * nought, as corrections of earlier days can make a window, is 核减.
 */
export function printed(value: FigureValue, style: Style, hant: boolean): string {
  if (value === null || !Number.isFinite(value)) return GAP;
  if (value < 0) return `${hant ? "核減" : "核减"}${printed(-value, style, hant)}`;
  const step = style === "wan" ? 1000 : 10 ** (String(Math.floor(value)).length - 1);
  const from = style === "wan" ? 10_000 : 10;
  if (style === "plain" || value < from) return plain(value);
  const cut = value - (value % step);
  const number = style === "wan" ? `${plain(cut / 10_000)}${hant ? "萬" : "万"}` : plain(cut);
  return cut === value ? number : `${number}${hant ? "餘" : "余"}`;
}

// Beyond 10^21 a number would print as 1e+21.
const plain = (value: number) =>
  Number.isInteger(value) ? BigInt(value).toString() : String(Math.floor(value * 10) / 10);
