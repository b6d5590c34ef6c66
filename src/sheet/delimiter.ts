import { fieldOfHeading } from "../domain/list-column.ts";
import { DELIMITERS, readLine } from "./csv.ts";

/** Rows looked at. */
const SAMPLE = 60;
/** A heading row stands within so many. */
const TOP = 10;

/** `sep=;`, with which Excel is told, or the delimiter that makes the most of the headings and the rows alike. */
export function findDelimiter(text: string): { delimiter: string; from: number } {
  const told = /^sep=([,;\t，])\r?\n/i.exec(text);
  if (told?.[1]) return { delimiter: told[1], from: told[0].length };
  const judged = DELIMITERS.map((delimiter) => ({ delimiter, ...judge(text, delimiter) }));
  judged.sort((a, b) => b.known - a.known || b.split - a.split || b.alike - a.alike);
  return { delimiter: judged[0]?.delimiter ?? ",", from: 0 };
}

/** How many headings are known in the best row, whether there is more than one column, how many rows are as wide. */
function judge(text: string, delimiter: string): { known: number; split: number; alike: number } {
  const widths: number[] = [];
  let known = 0;
  let width = 0;
  for (let at = 0; at < text.length && widths.length < SAMPLE; ) {
    const { cells, next } = readLine(text, at, delimiter, 60);
    at = next;
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (widths.length < TOP) {
      const fields = new Set(cells.map(fieldOfHeading).filter(Boolean)).size;
      if (fields > known) width = cells.length;
      known = Math.max(known, fields);
    }
    widths.push(cells.length);
  }
  if (known === 0) width = commonest(widths);
  return { known, split: width > 1 ? 1 : 0, alike: widths.filter((other) => other === width).length };
}

function commonest(numbers: number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
}
