import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { inUse, linkToken } from "./link.ts";
import { hashToken, unbase64url } from "./privacy.ts";
import { link, observation, unit } from "./schema.ts";
import type { Store } from "./store.ts";

export type LinkedDoor = {
  code: string;
  name: string;
  kind: (typeof unit.$inferSelect)["kind"];
  token: string;
};

/** Every link in use of a purpose with the unit it belongs to, by code. Only for the local start: a token is a key. */
export async function listDoors(store: Store, purpose: "unit" | "poster", now: Date): Promise<LinkedDoor[]> {
  const rows = await store.db
    .select({ code: unit.code, name: unit.name, kind: unit.kind, nonce: link.nonce })
    .from(link)
    .innerJoin(unit, eq(unit.code, link.unitCode))
    .where(and(eq(link.purpose, purpose), isNotNull(link.nonce), inUse(now)))
    .orderBy(asc(unit.code), asc(link.recordedAt));
  return Promise.all(
    rows.map(async ({ nonce, ...door }) => ({
      ...door,
      token: await linkToken(store, purpose, nonce ?? ""),
    })),
  );
}

/** As whom each unit's own link acts, by code; only for the local start's samples. */
export async function unitActors({ db }: Pick<Store, "db">): Promise<Map<string, string>> {
  const rows = await db
    .select({ code: link.unitCode, actor: link.tokenHash })
    .from(link)
    .where(eq(link.purpose, "unit"));
  return new Map(rows.map(({ code, actor }) => [code, actor]));
}

/** The demo's API key, the same at each start: only its hash is in the database. */
export const demoApiKey = (store: Pick<Store, "privacy">, county: string): Promise<string> =>
  store.privacy.derive("demo/api-key", county);

/** The demo's officials, one of each role and a town's and a village's beside; plainly samples. */
export const DEMO_OFFICIALS = [
  { email: "supervisor@demo.example", name: "示例周", role: "supervisor", unitCode: "511781" },
  { email: "clerk@demo.example", name: "示例陈", role: "clerk", unitCode: "511781" },
  { email: "inspector@demo.example", name: "示例何", role: "inspector", unitCode: "511781" },
  { email: "admin@demo.example", name: "示例管", role: "admin", unitCode: "511781" },
  { email: "town-clerk@demo.example", name: "示例李", role: "clerk", unitCode: "511781100" },
  { email: "reporter@demo.example", name: "示例吴", role: "reporter", unitCode: "511781100012" },
] as const;

/** How many sample households the local start adds. */
export const SAMPLE_HOUSEHOLDS = 3;

/** The client id under which the demo sends something: a UUID, the same each time, that nobody without the secret knows. */
export async function demoClientId(store: Pick<Store, "privacy">, what: string): Promise<string> {
  const bytes = unbase64url(await store.privacy.derive("demo/client", what));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export type PersonDoor = { caseNumber: string; token: string; people: string[]; released: boolean };

/** The own links of the demo's households, those under observation first; none where the samples were not added. */
export async function listPersonDoors(store: Store, now: Date): Promise<PersonDoor[]> {
  const tokens = await Promise.all(
    Array.from({ length: SAMPLE_HOUSEHOLDS }, async (_, at) =>
      linkToken(store, "person", await demoClientId(store, `household/${at}`)),
    ),
  );
  const hashes = await Promise.all(tokens.map(hashToken));
  const rows = await store.db
    .select({
      hash: link.tokenHash,
      caseNumber: link.subjectId,
      id: observation.id,
      endedAt: observation.endedAt,
    })
    .from(link)
    .innerJoin(
      observation,
      sql`${observation.id} > ${link.subjectId} || '-' AND ${observation.id} < ${link.subjectId} || '-~'`,
    )
    .where(and(inArray(link.tokenHash, hashes), eq(link.purpose, "person"), inUse(now)))
    .orderBy(asc(observation.id));
  return tokens.flatMap((token, at) => {
    const own = rows.filter(({ hash }) => hash === hashes[at]);
    const [first] = own;
    if (!first?.caseNumber) return [];
    const released = own.every(({ endedAt }) => endedAt !== null);
    return [{ caseNumber: first.caseNumber, token, people: own.map(({ id }) => id), released }];
  });
}
