import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { throughDoor } from "../../src/cli/d1.ts";
import { localSecrets, secretsFile } from "../../src/cli/secrets.ts";
import { createPrivacy } from "../../src/db/privacy.ts";
import { type AuditRow, digestOf, sealedBytes } from "../../src/domain/audit-chain.ts";
import { layBlank } from "../support/blank.ts";

const run = promisify(execFile);
const ROOT = new URL("../..", import.meta.url).pathname;
let folder = "";

/** What npm run audit-verify says of this database, and how it ended. */
async function verify(...args: string[]): Promise<{ code: number; said: string }> {
  const command = [`${ROOT}src/cli/audit-verify.ts`, ...args];
  try {
    return { code: 0, said: (await run(process.execPath, command, { cwd: folder })).stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

const day = (date: string) => Date.parse(`${date}T10:00+08:00`);
const rowOf = (id: string, at: number): AuditRow => ({
  ...{ id, actor: "official/1", act: "reveal-person/visit", subjectId: "WY-0217-4486-1" },
  ...{ unitCode: "511781", recordedAt: at, detail: null, sealed: "it's sealed" },
});
const quoted = (value: string | number | null) =>
  typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
const insert = (table: string, values: (string | number | null)[]) =>
  `INSERT INTO ${table} VALUES (${values.map(quoted).join(", ")});`;
const inserted = ({ id, actor, act, subjectId, unitCode, recordedAt, detail, sealed }: AuditRow) =>
  insert("audit", [id, actor, act, subjectId, unitCode, recordedAt, detail, sealed]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baobei-chain-"));
  process.env.BAOBEI_STATE = join(folder, "state");
  await layBlank(join(folder, "state"));
  const privacy = await createPrivacy((await localSecrets(secretsFile())).MASTER_SECRET);
  const statements: string[] = [];
  let previous = { hash: "", uptoAt: -1 };
  for (const date of ["2026-01-24", "2026-01-25", "2026-01-26"]) {
    const rows = ["a", "b", "c"].map((name, at) => rowOf(`${date}/${name}`, day(date) + at));
    const seal = { date, part: 1, afterAt: previous.uptoAt, uptoAt: day(date) + 2, rows: 3 };
    const bytes = sealedBytes(previous.hash, seal, await Promise.all(rows.map(digestOf)));
    const hash = await privacy.sign("audit-chain", bytes);
    statements.push(...rows.map(inserted));
    statements.push(insert("audit_seal", [date, 1, seal.afterAt, seal.uptoAt, 3, hash, seal.uptoAt]));
    previous = { hash, uptoAt: seal.uptoAt };
  }
  statements.push(inserted(rowOf("not yet", day("2026-01-27"))));
  await throughDoor(false, (door) => door.execute(statements));
}, 120_000);
afterAll(async () => {
  delete process.env.BAOBEI_STATE;
  await rm(folder, { recursive: true, force: true });
});

describe("npm run audit-verify", { timeout: 120_000 }, () => {
  it("says ok day by day while nobody touched the audit", async () => {
    const { code, said } = await verify();
    expect(code).toBe(0);
    expect(said).toMatch(
      /^2026-01-24 {2}ok {2}3 rows in 1 part\n2026-01-25 {2}ok .*\n2026-01-26 {2}ok .*\nThe chain ends with \S+: .*\n1 row not sealed yet\.\n$/,
    );
    expect((await verify("--from", "yesterday")).said).toContain("DATE is a local day");
  });

  it("says where one row was altered, one taken out and one added, and ends with 1", async () => {
    const forgery = [
      "DROP TRIGGER audit_never_changed;",
      "DROP TRIGGER audit_never_removed;",
      "UPDATE audit SET subject_id = 'WY-0217-4494-1' WHERE id = '2026-01-24/b';",
      "DELETE FROM audit WHERE id = '2026-01-25/b';",
      inserted(rowOf("mallory", day("2026-01-26") + 1)),
    ];
    await throughDoor(false, (door) => door.execute(forgery));
    const { code, said } = await verify();
    expect(code).toBe(1);
    const [first, altered, second, missing, third, added] = said.split("\n");
    expect([first, second, third]).toEqual(
      ["2026-01-24", "2026-01-25", "2026-01-26"].map((date) => `${date}  DOES NOT HOLD`),
    );
    expect(altered).toContain(
      "part 1, from the beginning up to 2026-01-24T02:00:00.002Z: as many rows as were sealed (3), but one",
    );
    expect(missing).toContain(": 1 row missing of 3 that were sealed");
    expect(added).toContain(": 1 row more than the 3 that were sealed: mallory was added later");
  });
});
