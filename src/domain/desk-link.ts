import type { ObligationKind } from "./ladder.ts";

/**
 * Where something owed is settled: an address behind /desk, without its language. What a unit settles at its own door
 * lies behind that unit; a missed reading leads to the person's place in the unit's round.
 * @param subjectId as the obligation has it: a local day, a case, tip, person or ticket number, and what stands behind it
 */
export function deskPath(kind: ObligationKind, unitCode: string, subjectId: string): string {
  const unit = `/units/${part(unitCode)}`;
  const whole = subjectId.split("/").map(part).join("/");
  const [id = "", next = ""] = whole.split("/");
  const paths: Record<ObligationKind, string> = {
    "daily-report": `${unit}/report?date=${id}`,
    registration: `${unit}/case/${id}`,
    tip: `/tips/${id}`,
    "follow-up": `${unit}/round#f-${id}.temperature`,
    response: `${unit}/response/${whole}`,
    cluster: `${unit}/cluster/${whole}`,
    release: `${unit}/release/${id}`,
    "care-role": `${unit}/care/${whole}`,
    roster: `${unit}/roster`,
    ticket: `/tickets/${id}`,
    letter: `/letters/${id}`,
    reply: `/letters/${id}`,
    listed: `${unit}/listed/${whole}`,
    // Of a form that is to be filled in that day, <form>/<day>; of a record <form>/<number>/<version>.
    count: `${unit}/counts/${id}?date=${next}`,
    record: `${unit}/records/${id}/${next}`,
    decision: `${unit}/records/${id}/${next}`,
    retention: `/people?state=released&unit=${part(unitCode)}`,
  };
  return paths[kind];
}

// A county's own care role may be any word.
const part = encodeURIComponent;
