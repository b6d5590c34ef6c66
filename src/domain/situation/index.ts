import type { FigureBook } from "../figure-book.ts";
import type { Block, Piece, ReportContext, ReportTemplate, SituationReport } from "../situation-report.ts";
import { bureau } from "./bureau.ts";
import { community } from "./community.ts";
import { county } from "./county.ts";
import { countyLinked } from "./county-linked.ts";
import { district } from "./district.ts";
import { enterpriseZone } from "./enterprise-zone.ts";
import { school } from "./school.ts";
import { town } from "./town.ts";

/** Every template; the first that a kind of unit may use is its usual one. */
export const TEMPLATES: readonly ReportTemplate[] = [
  ...[county, countyLinked, district, town, community, school, enterpriseZone, bureau],
];

/** A template by its id, or undefined. */
export const findTemplate = (id: string): ReportTemplate | undefined =>
  TEMPLATES.find((template) => template.id === id);

/** Writes a report out of a book, with its text as it is copied and the figures in the order it states them. */
export function writeReport(template: ReportTemplate, book: FigureBook, ctx: ReportContext): SituationReport {
  const { title, blocks } = template.write(book, ctx);
  const pieces = blocks.flatMap((block) => (block.kind === "text" ? block.pieces : []));
  return {
    title,
    blocks,
    text: [title, ...blocks.map(textOf)].join("\n"),
    figures: pieces.flatMap((piece) =>
      typeof piece === "string" ? [] : [{ id: piece.figure, value: piece.value, text: piece.text }],
    ),
  };
}

const textOf = (block: Block): string =>
  block.kind === "text" ? block.pieces.map(wordsOf).join("") : block.text;

const wordsOf = (piece: Piece): string => (typeof piece === "string" ? piece : piece.text);
