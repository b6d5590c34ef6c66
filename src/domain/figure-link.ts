import type { FigureId } from "./figure-book.ts";

/** Where a figure stands: whose, as of when, and after which moment its window begins. */
export type FigurePlace = { unit: string; asOf: Date; from?: Date | undefined };

/**
 * The page that says what a figure was counted from: an address behind /desk, without its language.
 * @param id a figure of a book, `@window` behind it or not; a sum that a text states is its parts with + between them
 */
export const figurePath = (id: FigureId, place: FigurePlace): string =>
  `/figures/${encodeURIComponent(id)}?${placeQuery(place)}`;

/** unit, asOf and from as an address carries them: moments in UTC, to the second where they are whole. */
export const placeQuery = ({ unit, asOf, from }: FigurePlace): string =>
  new URLSearchParams({ unit, asOf: iso(asOf), ...(from && { from: iso(from) }) }).toString();

const iso = (at: Date) => at.toISOString().replace(".000Z", "Z");
