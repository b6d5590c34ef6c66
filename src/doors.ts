/*
 * One address for the county, five Workers behind it: what a returnee's phone asks for must not carry what officials
 * need, a flood at the public doors must not reach the desk, and each stays small enough to start at once.
 */
export type WorkerName = "public" | "unit" | "desk" | "report" | "figure";

/** Links of units, alerts and letters, and the same pages behind a session: /u/<token>, /a/<token>, /l/<token>, /desk/units/<code>. */
const OF_A_UNIT =
  /^https?:\/\/[^/]+\/(?:(?:u|a|l|desk\/units)\/[^/?#]|desk\/letters(?!\/[^/?#]+\/docx)(?=[/?#]|$))/;
/** What is taken away: lists and situation reports, letters as files. */
const OF_THE_REPORTS =
  /^https?:\/\/[^/]+\/(?:desk\/(?:batches|exports|reports|letters\/[^/?#]+\/docx)|api\/v1\/(?:batches|situation-report))(?=[/?#]|$)/;
/** What the figures say: charts, what a figure was counted from, bureau forms, and the figures for other systems. */
const OF_THE_FIGURES =
  /^https?:\/\/[^/]+\/(?:desk\/(?:figures|tables)|api\/v1\/(?:tables|data-value-sets))(?=[/?#]|$)/;
const OF_THE_DESK = /^https?:\/\/[^/]+\/(?:desk|dev\/sign-in)(?=[/?#]|$)/;

/** Which Worker answers an address, given whole. */
export function workerOf(url: string): WorkerName {
  if (OF_A_UNIT.test(url)) return "unit";
  if (OF_THE_REPORTS.test(url)) return "report";
  if (OF_THE_FIGURES.test(url)) return "figure";
  return OF_THE_DESK.test(url) ? "desk" : "public";
}
