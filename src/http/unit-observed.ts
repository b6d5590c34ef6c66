import { findReadings } from "../db/person.ts";
import { findObserved, type Observed } from "../db/watch.ts";
import { diaryOf } from "../domain/diary.ts";
import { progressOf, type Standing } from "../domain/person.ts";
import { roteFlags } from "../domain/rote.ts";
import type { ObservedView } from "../views/unit-observed.tsx";
import { masked } from "../views/unit-parts.tsx";
import type { Deps } from "./factory.ts";
import type { UnitDoor } from "./unit-door.ts";

/**
 * The observations of a household as an official's pages show them, in the order the persons were typed.
 * @param names full names by person's id; masked here unless they were asked for on record (`shown`)
 */
export async function observedViews(
  deps: Deps,
  { now, zone }: Pick<UnitDoor, "now" | "zone">,
  caseNumber: string,
  names: Map<string, string>,
  shown = false,
): Promise<ObservedView[]> {
  const observed = await findObserved(deps, caseNumber);
  if (observed.length === 0) return [];
  const standing = observed.map(standingOf);
  const readings = await findReadings(deps.db, caseNumber, standing, now, zone);
  return observed.map((row, at): ObservedView => {
    const own = readings
      .filter(({ observationId }) => observationId === row.id)
      .map((read) => ({ ...read, temperature: read.temperature / 10 }));
    const name = names.get(row.id);
    const stand = standing[at] as Standing;
    return {
      id: row.id,
      name: shown ? (name ?? "") : masked(name),
      stage: progressOf(stand, now, zone).stage,
      mergedInto: row.mergedInto,
      kind: stand.kind,
      openedKind: row.kind,
      day0: row.day0,
      day0Rule: row.day0Rule,
      day0Evidence: row.day0Evidence,
      untilDate: row.untilDate,
      moves: row.moves,
      unanswered: row.unanswered,
      measuresAckAt: row.measuresAckAt,
      endedAt: row.endedAt,
      end: row.end,
      diary: diaryOf(row, own, now, zone),
      count: own.length,
      flags: roteFlags(own),
    };
  });
}

const standingOf = ({ moves, ...row }: Observed): Standing => ({
  ...row,
  kind: moves.at(-1)?.kind ?? row.kind,
});
