import { eq } from "drizzle-orm";
import { digitsOf } from "../domain/identity.ts";
import { problem } from "../domain/problem.ts";
import { type Arrival, canonicalJson, type Door, readClientId } from "../domain/submission.ts";
import type { Lang } from "../forms/define.ts";
import { type Privacy, unbase64url } from "./privacy.ts";
import { submission } from "./schema.ts";
import { compiled, type Db, type Statement } from "./store.ts";

/**
 * The keyed hashes under which a submission is stored. `clientId` comes back lower case: links and codes are
 * derived from it, so it is handed on in memory and never written. Throws `invalid` when it is no UUID.
 */
export async function identify(
  privacy: Privacy,
  form: { name: string; version: number },
  request: { clientId: string; door: Door; content: unknown; lang?: Lang },
): Promise<{ clientId: string; arrival: Arrival }> {
  const clientId = readClientId(request.clientId, request.lang);
  const [id, contentHash] = await Promise.all([
    privacy.index("submission", `${form.name}/${clientId}`),
    privacy.index("content", canonicalJson(request.content)),
  ]);
  return {
    clientId,
    arrival: { id, form: form.name, formVersion: form.version, door: request.door, contentHash },
  };
}

/** Goes first in its batch: a second arrival fails on its key, and the whole batch with it. */
export const recordArrival = (
  db: Db,
  arrival: Arrival,
  became: { subjectId: string; recordedAt: Date },
): Statement => insertSubmission(db, { ...arrival, ...became });

const insertSubmission = compiled<typeof submission.$inferInsert>((db, slots) =>
  db
    .insert(submission)
    .values(slots("id", "form", "formVersion", "door", "contentHash", "subjectId", "recordedAt")),
);

/** What an earlier arrival became. undefined when there was none; throws `contentDiffers` when it said something else. */
export async function earlierArrival(db: Db, arrival: Arrival): Promise<string | undefined> {
  const [earlier] = await db
    .select({ contentHash: submission.contentHash, subjectId: submission.subjectId })
    .from(submission)
    .where(eq(submission.id, arrival.id));
  if (earlier && earlier.contentHash !== arrival.contentHash) throw problem.contentDiffers();
  return earlier?.subjectId;
}

/** Digits nobody can foretell without the secret, the same each time for the same seed; count ≤ 15. */
export const deriveDigits = async (privacy: Privacy, purpose: string, seed: string, count: number) =>
  digitsOf(unbase64url(await privacy.derive(purpose, seed)), count);
