import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { admin } from "../../src/cli/admin.ts";
import { throughDoor } from "../../src/cli/d1.ts";
import { layBlank } from "../support/blank.ts";

const run = promisify(execFile);
const ROOT = new URL("../..", import.meta.url).pathname;
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baobei-admin-"));
  process.env.BAOBEI_STATE = folder;
  await layBlank(folder);
  const county = `INSERT INTO unit (code, name, kind, parent, recorded_at)
    VALUES ('511781', '万源市', 'county', NULL, 0)`;
  await throughDoor(false, (door) => door.execute([county]));
}, 120_000);
afterAll(() => {
  delete process.env.BAOBEI_STATE;
  return rm(folder, { recursive: true, force: true });
});

it("makes the first administrator, lists her without her name, and never removes the last", {
  timeout: 120_000,
}, async () => {
  const zhou = ["add", "Zhou@sample.example", "--unit", "511781", "--role", "admin", "--name", "示例周"];
  expect(await admin(zhou)).toBe("Zh***@sample.example is admin of 511781 and can sign in at /desk.");
  // As a process of its own: what npm shows, and how it ends.
  const remove = run(process.execPath, [`${ROOT}src/cli/admin.ts`, "remove", "ZHOU@sample.example"]);
  await expect(remove).rejects.toMatchObject({
    code: 1,
    stderr: "This is the county's last administrator. Add another one first. Nothing was written.\n",
  });
  expect(await admin(["list"])).toMatch(
    /^unit,name,role,since,address\n511781,万源市,admin,\d{4}-\d\d-\d\dT[\d:.]+Z,Zh\*\*\*@sample\.example$/,
  );
});
