import { createPrivacy } from "../../src/db/privacy.ts";
import { type Ground, SECRET } from "./scene.ts";

/** A database with its tables, which schedule after schedule is played on. */
export async function openGround(d1: D1Database): Promise<Ground> {
  // A schedule begins with empty tables: here alone the history may be emptied.
  await d1.prepare("DROP TRIGGER IF EXISTS audit_never_removed").run();
  const { results } = await d1
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%\\_cf\\_%' ESCAPE '\\' AND name <> 'd1_migrations'",
    )
    .all<{ name: string }>();
  const privacy = await createPrivacy(SECRET);
  return {
    ...{ d1, privacy },
    async clear() {
      const deletes = results.map(({ name }) => d1.prepare(`DELETE FROM ${name}`));
      await d1.batch([d1.prepare("PRAGMA defer_foreign_keys = on"), ...deletes]);
    },
  };
}

/** Makes the tables, each migration's statements in order. */
export async function migrate(d1: D1Database, migrations: string[]): Promise<void> {
  for (const text of migrations) {
    const statements = text.split("--> statement-breakpoint").map((one) => one.trim());
    await d1.batch(statements.filter(Boolean).map((one) => d1.prepare(one)));
  }
}
