import { addContact } from "../../src/db/contact.ts";
import { runBatch, type Statement } from "../../src/db/store.ts";
import type { Deps } from "../../src/http/factory.ts";
import { momentAt } from "./clock.ts";
import type { County } from "./county.ts";

/** Enters the units and whoever hears for them. */
export async function enterCounty(deps: Deps, { units, ears }: County): Promise<void> {
  const recordedAt = momentAt(-14_400);
  const d1 = deps.d1.prepare(
    "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, ?, ?, ?, ?)",
  );
  await deps.d1.batch(
    units.map(({ code, name, kind, parent }) => d1.bind(code, name, kind, parent, recordedAt.getTime())),
  );
  let statements: Statement[] = [];
  for (const { id, unit, role } of ears) {
    const { statement } = await addContact(deps, {
      id,
      unitCode: unit,
      role,
      lang: "zh-Hans",
      name: "示例",
      email: `${id}@sample.example`,
      recordedAt,
    });
    statements.push(statement);
    if (statements.length === 200) {
      await runBatch(deps.db, statements);
      statements = [];
    }
  }
  if (statements.length > 0) await runBatch(deps.db, statements);
}
