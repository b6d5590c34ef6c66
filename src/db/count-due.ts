import { sql } from "drizzle-orm";
import { countSubject } from "../domain/count-due.ts";
import { obligationId } from "../domain/obligation.ts";
import type { Db } from "./store.ts";

/** A form that a unit owes for a day, by when, and when it was met. */
export type CountOwing = { form: string; dueAt: Date; metAt: Date | null };

/** What a unit owes of these forms for a local day, excused ones left out. One row a form. */
export async function listCountsOwed(
  db: Db,
  unitCode: string,
  forms: readonly string[],
  date: string,
): Promise<CountOwing[]> {
  if (forms.length === 0) return [];
  const ids = forms.map((form) => [form, obligationId("count", countSubject(form, date), unitCode)]);
  const rows = await db.all<{ form: string; dueAt: number; metAt: number | null }>(sql`
    SELECT i.value ->> 0 AS form, o.due_at AS dueAt, o.met_at AS metAt
    FROM json_each(${JSON.stringify(ids)}) AS i CROSS JOIN obligation AS o ON o.id = i.value ->> 1
    WHERE o.excused_at IS NULL ORDER BY o.due_at, i.key`);
  return rows.map(({ form, dueAt, metAt }) => ({
    form,
    dueAt: new Date(dueAt),
    metAt: metAt === null ? null : new Date(metAt),
  }));
}
