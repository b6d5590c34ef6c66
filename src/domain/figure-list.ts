import type { FigureId } from "./figure-book.ts";

/** Who is on the line list under a filter is who this figure counts, as things stand now. */
const PEOPLE: Readonly<Record<FigureId, string>> = {
  "observation.observing": "state=observing",
  "observation.contacts": "state=observing&risk=contact",
  "observation.symptomatic": "risk=abnormal",
  "observation.released": "state=released",
  "observation.transferred": "state=transferred",
  "observation.closed": "state=closed",
};
/** What is owed stands on the board by its kind. */
const BOARD: Readonly<Record<FigureId, string>> = {
  "verification.overdue": "registration",
  "tips.overdue": "tip",
  "dailyReports.overdue": "daily-report",
};

/**
 * Where those whom a figure counts are listed as they stand now, behind /desk; undefined where no list is of just them.
 * Registered persons have none: the list also shows those flagged as registered before.
 */
export function listOfFigure(id: FigureId, unit: string): string | undefined {
  const filter = PEOPLE[id];
  if (filter) return `/people?${filter}&${new URLSearchParams({ unit })}`;
  const kind = BOARD[id];
  return kind && `/?${new URLSearchParams({ kind, town: unit })}`.slice(1);
}
