import { desc } from "drizzle-orm";
import { devMail } from "./schema.ts";
import { runBatch, type Store } from "./store.ts";

/** A message as the development mailbox shows it. */
export type DevMail = { id: string; from: string; to: string; subject: string; text: string; html: string };

/** Keeps messages by id: the same one again changes nothing, as with a provider's idempotency key. */
export async function putDevMail({ db, privacy }: Store, mails: DevMail[], recordedAt: Date): Promise<void> {
  const rows = await Promise.all(
    mails.map(async ({ id, ...mail }) => ({
      id,
      sealed: await privacy.seal(mail, id, "dev_mail"),
      recordedAt,
    })),
  );
  await runBatch(
    db,
    rows.map((row) => db.insert(devMail).values(row).onConflictDoNothing()),
  );
}

/** The newest messages first. */
export async function listDevMail(
  { db, privacy }: Store,
  limit: number,
): Promise<(DevMail & { recordedAt: Date })[]> {
  const rows = await db.select().from(devMail).orderBy(desc(devMail.recordedAt), devMail.id).limit(limit);
  return Promise.all(
    rows.map(async ({ id, sealed, recordedAt }) => ({
      id,
      recordedAt,
      ...(await privacy.open<Omit<DevMail, "id">>(sealed, id, "dev_mail")),
    })),
  );
}
