import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import { createApiKey } from "../db/api-key.ts";
import { addContact } from "../db/contact.ts";
import { DEMO_OFFICIALS, demoApiKey } from "../db/door.ts";
import { mintLink } from "../db/link.ts";
import { addOfficial } from "../db/official.ts";
import { postingPoint } from "../db/schema.ts";
import { runBatch, type Statement, type Store } from "../db/store.ts";
import { planUnits, type UnitRow } from "../domain/unit.ts";
import { readUnitLines, unitSql } from "./units.ts";

/** The files of demo/, as they are. */
export type DemoFiles = { county: Uint8Array; samples: Uint8Array; postingPoints: Uint8Array };
/** What the demo is made with: the moment and the ids come from the caller; since when its units are known, where not now. */
export type DemoTools = Store & { now: Date; since?: Date; newId: () => string };

/**
 * Fills an empty database with the demo county, in one transaction: its real units, a few schools, enterprises and
 * posts that are plainly samples, a contact and a link for each, posters, and one API key. Where there are units
 * already it does nothing.
 * @returns how many units were added
 */
export async function loadDemo(files: DemoFiles, tools: DemoTools): Promise<number> {
  const units = demoUnits(files);
  const statements = [
    ...unitSql(units, tools.since ?? tools.now).map(
      (text) => tools.db.run(sql.raw(text)) as unknown as Statement,
    ),
    ...(await Promise.all(units.map((unit) => contactFor(unit, tools)))).flat(),
    ...(
      await Promise.all(units.map(({ code }) => linkFor({ purpose: "unit", unitCode: code }, tools)))
    ).flat(),
    ...(await posters(files, tools)),
    ...(await keyFor("511781", tools)),
    ...(await Promise.all(DEMO_OFFICIALS.map((one) => officialFor(one, tools)))).flat(),
  ];
  // Asked last: a connection that was silent while all that was made could be closed when it is written.
  const [standing] = await tools.db.all(sql`SELECT 1 FROM unit LIMIT 1`);
  if (standing) return 0;
  await runBatch(tools.db, statements);
  return units.length;
}

function demoUnits({ county, samples }: DemoFiles): UnitRow[] {
  const real = planUnits(readUnitLines(county), new Map()).added;
  const standing = new Map(real.map(({ code, name }) => [code, name]));
  return [...real, ...planUnits(readUnitLines(samples), standing).added];
}

async function contactFor(
  { code, kind }: UnitRow,
  { now, newId, ...store }: DemoTools,
): Promise<Statement[]> {
  const { statement } = await addContact(store, {
    id: newId(),
    unitCode: code,
    role: "contact",
    lang: "zh-Hans",
    name: `示例联络员 ${code}`,
    email: `${kind === "county" ? "county" : "contact"}-${code.toLowerCase()}@demo.example`,
    recordedAt: now,
  });
  return [statement]; // in a list, because a promise of a statement would run it
}

async function linkFor(
  entry: { purpose: "unit" | "poster"; unitCode: string; subjectId?: string },
  { now, newId, ...store }: DemoTools,
): Promise<Statement[]> {
  return [(await mintLink(store, { ...entry, nonce: newId(), recordedAt: now })).statement];
}

async function posters({ postingPoints }: DemoFiles, tools: DemoTools): Promise<Statement[]> {
  const points = parse(new TextDecoder().decode(postingPoints), { columns: true }) as {
    id: string;
    unit: string;
    name: string;
  }[];
  const statements = points.map(async ({ id, unit, name }) => [
    tools.db.insert(postingPoint).values({ id, unitCode: unit, name, recordedAt: tools.now }),
    ...(await linkFor({ purpose: "poster", unitCode: unit, subjectId: id }, tools)),
  ]);
  return (await Promise.all(statements)).flat();
}

async function officialFor(
  { email, name, role, unitCode }: (typeof DEMO_OFFICIALS)[number],
  { now, newId, ...store }: DemoTools,
): Promise<Statement[]> {
  const entry = { id: newId(), email, name, role, unitCode, lang: "zh-Hans" as const, recordedAt: now };
  return [(await addOfficial(store, entry)).statement];
}

async function keyFor(scope: string, tools: DemoTools): Promise<Statement[]> {
  const key = await demoApiKey(tools, scope);
  return [(await createApiKey(tools.db, { key, scope, label: "demo", recordedAt: tools.now })).statement];
}
