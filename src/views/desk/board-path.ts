import type { BoardView } from "../../domain/board.ts";
import type { DeskView } from "./nav.tsx";

/** What every part of the board is made from. */
export type BoardProps = { desk: DeskView; board: BoardView };

/** The board's own address with its filters, or with others. */
export function boardPath(
  { kind, unit, narrowed }: Pick<BoardView, "kind" | "unit" | "narrowed">,
  other: { kind?: string | undefined; town?: string | undefined } = {},
): string {
  const query = new URLSearchParams();
  const { kind: ofKind = "", town = "" } = { kind, town: narrowed ? unit.code : undefined, ...other };
  if (ofKind) query.set("kind", ofKind);
  if (town) query.set("town", town);
  return query.size > 0 ? `?${query}` : "";
}
