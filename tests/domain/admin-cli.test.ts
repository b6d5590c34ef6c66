import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDoor } from "../../src/cli/d1.ts";

const run = promisify(execFile);
const ROOT = new URL("../..", import.meta.url).pathname;
let folder = "";

/** What the command says, and how it ended, on a database of its own. */
async function admin(...args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, BAOBEI_STATE: folder };
  try {
    const { stdout } = await run(process.execPath, [`${ROOT}src/cli/admin.ts`, ...args], { env });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, said: stderr };
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baobei-admin-"));
  process.env.BAOBEI_STATE = folder;
  const db = await openDoor(false);
  await db.execute([
    "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES ('511781', '万源市', 'county', NULL, 0)",
  ]);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

// One sentence for all, because each command starts a runtime of its own.
it("makes the first administrator, lists her without her name, and never removes the last", {
  timeout: 120_000,
}, async () => {
  const zhou = ["add", "Zhou@sample.example", "--unit", "511781", "--role", "admin", "--name", "示例周"];
  expect(await admin(...zhou)).toEqual({
    code: 0,
    said: "Zh***@sample.example is admin of 511781 and can sign in at /desk.\n",
  });
  expect(await admin("remove", "ZHOU@sample.example")).toEqual({
    code: 1,
    said: "This is the county's last administrator. Add another one first. Nothing was written.\n",
  });
  expect((await admin("list")).said).toMatch(
    /^unit,name,role,since,address\n511781,万源市,admin,\d{4}-\d\d-\d\dT[\d:.]+Z,Zh\*\*\*@sample\.example\n$/,
  );
});
