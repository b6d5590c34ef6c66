/*
 * One address for the county, four Workers behind it: what a returnee's phone asks for must not carry what officials
 * need, a flood at the public doors must not reach the desk, and each stays small enough to start at once.
 */
export type WorkerName = "public" | "unit" | "desk" | "report";

/** Links of units and alerts, and the same pages behind a session: /u/<token>, /a/<token>, /desk/units/<code>. */
const OF_A_UNIT = /^https?:\/\/[^/]+\/(?:u|a|desk\/units)\/[^/?#]/;
/** What is taken away: lists. */
const OF_THE_REPORTS = /^https?:\/\/[^/]+\/desk\/exports(?=[/?#]|$)/;
const OF_THE_DESK = /^https?:\/\/[^/]+\/(?:desk|dev\/sign-in)(?=[/?#]|$)/;

/** Which Worker answers an address, given whole. */
export function workerOf(url: string): WorkerName {
  if (OF_A_UNIT.test(url)) return "unit";
  if (OF_THE_REPORTS.test(url)) return "report";
  return OF_THE_DESK.test(url) ? "desk" : "public";
}
