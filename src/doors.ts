/*
 * One address for the county, six Workers behind it: what a returnee's phone asks for must not carry what officials
 * need, a flood at the public doors must not reach the desk, and each stays small enough to start at once.
 */
export type WorkerName = "public" | "unit" | "desk" | "report" | "figure" | "record";

/** Links of units, alerts and letters, and the same pages behind a session: /u/<token>, /a/<token>, /l/<token>, /desk/units/<code>. */
const OF_A_UNIT =
  /^https?:\/\/[^/]+\/(?:(?:u|a|l|desk\/units)\/[^/?#]|desk\/letters(?!\/[^/?#]+\/docx)(?=[/?#]|$))/;
/** What form files and lists bring in: typed counts, records and checkpoints, bureaus' lists, who may be registered twice. */
const OF_THE_RECORDS =
  /^https?:\/\/[^/]+\/(?:(?:u|desk\/units)\/[^/?#]+\/(?:counts|records)|desk\/(?:batches|records|duplicates)|lists|api\/v1\/(?:batches|counts|records))(?=[/?#]|$)/;
/** What is taken away: exports and situation reports, letters as files. */
const OF_THE_REPORTS =
  /^https?:\/\/[^/]+\/(?:desk\/(?:exports|reports|letters\/[^/?#]+\/docx)|api\/v1\/situation-report)(?=[/?#]|$)/;
/** What the figures say and mean: charts, what one was counted from, bureau forms, series, and the document of the API. */
const OF_THE_FIGURES =
  /^https?:\/\/[^/]+\/(?:desk\/(?:figures|tables)|api\/v1\/(?:tables|data-value-sets|series|indicators|openapi\.json))(?=[/?#]|$)/;
const OF_THE_DESK = /^https?:\/\/[^/]+\/(?:desk|dev\/sign-in)(?=[/?#]|$)/;

/** Which Worker answers an address, given whole. */
export function workerOf(url: string): WorkerName {
  if (OF_THE_RECORDS.test(url)) return "record";
  if (OF_A_UNIT.test(url)) return "unit";
  if (OF_THE_REPORTS.test(url)) return "report";
  if (OF_THE_FIGURES.test(url)) return "figure";
  return OF_THE_DESK.test(url) ? "desk" : "public";
}
