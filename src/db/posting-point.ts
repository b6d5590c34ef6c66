import { eq } from "drizzle-orm";
import { postingPoint } from "./schema.ts";
import type { Db } from "./store.ts";

/** The posting point of a number on a poster (P-0031); undefined for a number nobody has. */
export async function findPostingPoint(
  db: Db,
  id: string,
): Promise<typeof postingPoint.$inferSelect | undefined> {
  const [found] = await db.select().from(postingPoint).where(eq(postingPoint.id, id));
  return found;
}
