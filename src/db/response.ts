import { sql } from "drizzle-orm";
import { clusterFrom, type Recipient, readClusterSubject } from "../domain/cluster.ts";
import { parseSlot, slotCloses } from "../domain/follow-up.ts";
import { maskName } from "../domain/mask.ts";
import type { ReadingDetails } from "../domain/reading.ts";
import type { PersonDetails } from "../domain/registration.ts";
import { unitOfCode } from "../domain/unit.ts";
import type { Settings } from "../env.ts";
import { sizeOf } from "./signal.ts";
import type { Db, Store } from "./store.ts";

/*
 * What waits for an official of a unit: fevers to answer, clusters to acknowledge, people to release, care teams with a
 * gap. Names leave here masked.
 */

/** The end of a subtree's range of codes: a grid has nothing below it, though its code may begin another grid's. */
export const endOf = (scope: string) => scope + (unitOfCode(scope)?.kind === "grid" ? "!" : "~");

/** What a person did, or must still do, about a fever. `answer` is there once it is answered. */
export type ResponseItem = {
  obligationId: string;
  observationId: string;
  slot: string;
  unitCode: string;
  unitName: string;
  name: string;
  /** °C */
  temperature: number;
  symptoms: boolean;
  symptomText?: string;
  needsHelp: boolean;
  recordedAt: Date;
  dueAt: Date;
  overdue: boolean;
};

/** Fevers and symptoms of a subtree that nobody has answered yet, the longest owed first. */
export async function listResponses(
  store: Store,
  unitScope: string,
  now: Date,
  zone: string,
  limit = 50,
): Promise<ResponseItem[]> {
  const owed = await openOf(store.db, "response", unitScope, limit);
  const wanted = owed.flatMap(({ id, subjectId }) => {
    const [person = "", ...slot] = subjectId.split("/");
    const parsed = parseSlot(slot.join("/"));
    return parsed ? [{ id, person, dueAt: slotCloses(parsed, zone).getTime() }] : [];
  });
  if (wanted.length === 0) return [];
  const rows = await store.db.all<{
    id: string;
    person: string;
    sealedPerson: string;
    sealed: string | null;
    submissionId: string;
    temperature: number;
    symptoms: number;
    needsHelp: number;
    recordedAt: number;
    slot: string;
  }>(sql`
    SELECT w.value ->> 'id' AS id, p.id AS person, p.sealed AS sealedPerson, r.sealed AS sealed,
      r.submission_id AS submissionId, r.temperature AS temperature, r.symptoms AS symptoms, r.needs_help AS needsHelp,
      r.recorded_at AS recordedAt, r.slot AS slot
    FROM json_each(${JSON.stringify(wanted)}) AS w CROSS JOIN person AS p ON p.id = w.value ->> 'person'
      CROSS JOIN reading AS r ON r.due_at = w.value ->> 'dueAt' AND r.observation_id = w.value ->> 'person'
    WHERE r.version = (SELECT MAX(version) FROM reading AS l WHERE l.due_at = r.due_at
      AND l.observation_id = r.observation_id)`);
  const items = await Promise.all(
    rows.map(async (row): Promise<ResponseItem | undefined> => {
      const due = owed.find(({ id }) => id === row.id);
      if (!due) return undefined;
      const [person, details] = await Promise.all([
        store.privacy.open<PersonDetails>(row.sealedPerson, row.person, "person"),
        row.sealed ? store.privacy.open<ReadingDetails>(row.sealed, row.submissionId, "reading") : undefined,
      ]);
      return {
        obligationId: row.id,
        observationId: row.person,
        slot: row.slot,
        unitCode: due.unitCode,
        unitName: due.unitName,
        name: maskName(person.name),
        temperature: row.temperature / 10,
        symptoms: row.symptoms === 1,
        symptomText: details?.symptomText,
        needsHelp: row.needsHelp === 1,
        recordedAt: new Date(row.recordedAt),
        dueAt: new Date(due.dueAt),
        overdue: due.dueAt <= now.getTime(),
      };
    }),
  );
  return items
    .filter((one) => one !== undefined)
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.obligationId < b.obligationId ? -1 : 1));
}

export type ClusterItem = {
  obligationId: string;
  recipient: Recipient;
  /** The school, enterprise or village. */
  unitCode: string;
  unitName: string;
  /** Symptomatic there within the time that the settings name, counted now. */
  size: number;
  openedAt: Date;
  dueAt: Date;
  overdue: boolean;
};

/** Clusters that a recipient's unit (or the county, for all) still has to acknowledge, the longest owed first. */
export async function listClusters(
  { db }: Pick<Store, "db">,
  unitScope: string,
  now: Date,
  settings: Pick<Settings, "CLUSTER_HOURS">,
  limit = 50,
): Promise<ClusterItem[]> {
  const owed = await openOf(db, "cluster", unitScope, limit);
  if (owed.length === 0) return [];
  const units = [...new Set(owed.map(({ subjectId }) => readClusterSubject(subjectId).unitCode))];
  const sizes = await db.all<{ code: string; name: string; size: number }>(sql`
    SELECT u.code AS code, u.name AS name, ${sizeOf(sql`u.code`, clusterFrom(now, settings), now)} AS size
    FROM json_each(${JSON.stringify(units)}) AS w CROSS JOIN unit AS u ON u.code = w.value`);
  return owed.flatMap(({ id, subjectId, openedAt, dueAt }) => {
    const { unitCode, recipient } = readClusterSubject(subjectId);
    const unit = sizes.find(({ code }) => code === unitCode);
    if (!unit) return [];
    const times = { openedAt: new Date(openedAt), dueAt: new Date(dueAt), overdue: dueAt <= now.getTime() };
    return [{ obligationId: id, recipient, unitCode, unitName: unit.name, size: unit.size, ...times }];
  });
}

export type ReleaseItem = {
  observationId: string;
  householdId: string;
  unitCode: string;
  unitName: string;
  name: string;
  untilDate: string;
  dueAt: Date;
  overdue: boolean;
};

/** Those whose last day is over and whose last reading is not abnormal, the longest due first. */
export async function listDueForRelease(
  store: Store,
  unitScope: string,
  now: Date,
  limit = 50,
): Promise<ReleaseItem[]> {
  const rows = await store.db.all<{
    observationId: string;
    householdId: string;
    unitCode: string;
    unitName: string;
    untilDate: string;
    dueAt: number;
    sealed: string;
  }>(sql`
    SELECT o.id AS observationId, o.household_id AS householdId, o.unit_code AS unitCode, u.name AS unitName,
      o.until_date AS untilDate, b.due_at AS dueAt, p.sealed AS sealed
    FROM obligation AS b CROSS JOIN observation AS o ON o.id = b.subject_id CROSS JOIN person AS p ON p.id = o.id
      CROSS JOIN unit AS u ON u.code = o.unit_code
    WHERE b.kind = 'release' AND b.met_at IS NULL AND b.excused_at IS NULL AND b.kind <> 'follow-up'
      AND b.unit_code >= ${unitScope} AND b.unit_code < ${endOf(unitScope)} AND b.opened_at <= ${now.getTime()}
      AND o.ended_at IS NULL AND o.last_due_at IS NOT NULL
    ORDER BY b.due_at, b.id LIMIT ${limit}`);
  return Promise.all(
    rows.map(async ({ sealed, dueAt, ...row }) => ({
      ...row,
      name: maskName((await store.privacy.open<PersonDetails>(sealed, row.observationId, "person")).name),
      dueAt: new Date(dueAt),
      overdue: dueAt <= now.getTime(),
    })),
  );
}

export type CareGap = {
  obligationId: string;
  householdId: string;
  role: string;
  unitCode: string;
  unitName: string;
  dueAt: Date;
  overdue: boolean;
};

/** Roles of care teams that nobody fills yet, the longest owed first. */
export async function listCareGaps(
  { db }: Pick<Store, "db">,
  unitScope: string,
  now: Date,
  limit = 50,
): Promise<CareGap[]> {
  const owed = await openOf(db, "care-role", unitScope, limit);
  return owed.map(({ id, subjectId, unitCode, unitName, dueAt }) => {
    const [householdId = "", role = ""] = subjectId.split("/");
    const times = { dueAt: new Date(dueAt), overdue: dueAt <= now.getTime() };
    return { obligationId: id, householdId, role, unitCode, unitName, ...times };
  });
}

type OpenRow = {
  id: string;
  subjectId: string;
  unitCode: string;
  unitName: string;
  openedAt: number;
  dueAt: number;
};

/** Open obligations of a kind in a subtree, over the index of open ones. */
const openOf = (db: Db, kind: string, scope: string, limit: number): Promise<OpenRow[]> =>
  db.all<OpenRow>(sql`
    SELECT b.id AS id, b.subject_id AS subjectId, b.unit_code AS unitCode, u.name AS unitName, b.opened_at AS openedAt,
      b.due_at AS dueAt
    FROM obligation AS b CROSS JOIN unit AS u ON u.code = b.unit_code
    WHERE b.kind = ${kind} AND b.met_at IS NULL AND b.excused_at IS NULL AND b.kind <> 'follow-up'
      AND b.unit_code >= ${scope} AND b.unit_code < ${endOf(scope)}
    ORDER BY b.due_at, b.id LIMIT ${limit}`);
