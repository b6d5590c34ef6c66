import { execFile } from "node:child_process";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type D1Door, throughDoor } from "../../src/cli/d1.ts";
import { grant } from "../../src/cli/grant.ts";
import { importUnits } from "../../src/cli/import-units.ts";

const run = promisify(execFile);
const ROOT = new URL("../..", import.meta.url).pathname;
let folder = "";

/** What npm would print of a command, and how it would end, on a database of its own. */
async function command(
  script: keyof typeof COMMANDS,
  ...args: string[]
): Promise<{ code: number; said: string }> {
  try {
    return { code: 0, said: `${await COMMANDS[script](args)}\n` };
  } catch (error) {
    return { code: 1, said: `${(error as Error).message}\n` };
  }
}
const COMMANDS = { "import-units": importUnits, grant };

/** The same as a process of its own. */
async function spawned(script: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const env = {
    ...process.env,
    PORT: "8787",
  };
  try {
    const { stdout } = await run(process.execPath, [`${ROOT}src/cli/${script}.ts`, ...args], {
      cwd: folder,
      env,
    });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, said: stderr };
  }
}

/** The same database, as the commands reach it. */
const inDatabase = <Result>(work: (door: D1Door) => Promise<Result>) => throughDoor(false, work);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baobei-import-"));
  process.env.BAOBEI_STATE = join(folder, "state");
});
afterAll(() => {
  delete process.env.BAOBEI_STATE;
  return rm(folder, { recursive: true, force: true });
});

describe("npm run import-units on a database of its own", { timeout: 150_000 }, () => {
  it("stops at Mallory's bad row with its number and leaves nothing behind", async () => {
    const file = join(folder, "bad.csv");
    await writeFile(
      file,
      "code,name,parent\n511781,万源市,\n511781100,太平镇,511781\n511781101999,坏村,511781999\n",
    );
    const { code, said } = await command("import-units", file);
    expect(code).toBe(1);
    expect(said).toBe(
      'line 4: the parent of 511781101999 is 511781101, not "511781999". Nothing was loaded.\n',
    );
    expect((await command("grant", "units", "511781")).said).toContain("There is no unit 511781");
  });

  it("loads the real county once, and the second time changes nothing", async () => {
    const first = await command("import-units", `${ROOT}demo/511781.csv`);
    expect(first.said).toContain("330 added, 0 renamed, 0 unchanged");
    const second = await command("import-units", `${ROOT}demo/511781.csv`);
    expect(second.said).toContain("0 added, 0 renamed, 330 unchanged");
  });

  it("gives every unit of a town its link, the same ones when asked again", async () => {
    const first = await command("grant", "units", "511781228");
    expect(first.said.trim().split("\n")).toHaveLength(4);
    expect(first.said).toMatch(/^511781228,紫溪乡,http:\/\/127\.0\.0\.1:8787\/u\/[\w-]{22}$/m);
    expect((await command("grant", "units", "511781228")).said).toBe(first.said);
  });

  it("takes a leaked link out of use by its address, or all of a unit's, and makes new ones that end", async () => {
    const units = async (...more: string[]) =>
      /^511781228,.*(http\S+)$/m.exec((await command("grant", "units", "511781228", ...more)).said)?.[1];
    const first = await units();
    expect(await command("grant", "revoke", `${first}/report?date=2026-01-25`)).toEqual({
      code: 0,
      said: "The unit link of 511781228 is out of use.\n",
    });
    const second = await units("--days", "14");
    const fortnight = `UPDATE link SET recorded_at = recorded_at - 1209600000, expires_at = expires_at - 1209600000
       WHERE unit_code = '511781228' AND revoked_at IS NULL;`;
    await inDatabase((db) => db.execute([fortnight]));
    const third = await units();
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await command("grant", "revoke-unit", "511781228")).toEqual({
      code: 0,
      said: "1 of 511781228 out of use. npm run grant -- units 511781228 makes a new one.\n",
    });
    const all = `SELECT (expires_at - recorded_at) / 86400000 AS days, revoked_at > 0 AS revoked FROM link
       WHERE unit_code = '511781228' ORDER BY days, recorded_at`;
    const links = await inDatabase((db) => db.query(all));
    expect(links).toEqual([14, 120, 120].map((days) => ({ days, revoked: 1 })));
  });

  it("wants a number of days, and a link to revoke", async () => {
    expect((await command("grant", "units", "511781228", "--days", "0")).said).toContain("1 to 9999");
    expect((await command("grant", "revoke", "511781228")).said).toContain("npm run grant -- revoke LINK");
  });

  it("hangs no poster at a place that does not exist", async () => {
    const { code, said } = await spawned("grant", "poster", "P-0099", "511781999999", "示例路口");
    expect([code, said]).toEqual([1, "There is no such unit. Nothing was written.\n"]);
  });

  it("lists who hears for a unit without a name or an address, and takes one away by its address", async () => {
    const file = join(folder, "contacts.csv");
    // The local settings of this database stand in its own .dev.vars.
    await appendFile(join(folder, "state", ".dev.vars"), "ALLOW_PRIVATE_TARGETS=1\n");
    const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
    await writeFile(
      file,
      `unit,role,lang,name,email,channel,url,secret
511781228,contact,zh-Hans,示例李,Li@sample.example,,,
511781228,duty,zh-Hans,示例李,li@sample.example,,,
511781228,head,zh-Hans,示例群,,webhook,http://127.0.0.1:9/示例,${secret}
`,
    );
    expect((await command("grant", "contacts", file)).said).toBe("3 contacts are there.\n");
    const remove = (address: string) => command("grant", "remove-contact", "511781228", address);
    expect(await remove("LI@sample.example ")).toEqual({ code: 0, said: "2 of 511781228 removed.\n" });
    expect((await command("grant", "contacts-list", "511781228")).said).toMatch(
      /^unit,role,channel,since,unreachable,why\n511781228,head,webhook,\d{4}-\d\d-\d\dT\d\d:\d\dZ,,\n$/,
    );
    expect(await remove("http://127.0.0.1:9/示例")).toEqual({ code: 0, said: "1 of 511781228 removed.\n" });
    expect((await remove("li@sample.example")).said).toBe(
      "511781228 has no such contact. Nothing was written.\n",
    );
  });

  it("takes a key that got about out of use, by itself or by the number it goes by", async () => {
    const make = async (scope: string, label: string) => {
      const { said } = await command("grant", "key", scope, label);
      return /^(\S{22})\n.*out of use by: ([0-9a-f]{8})$/m.exec(said)?.slice(1) ?? [];
    };
    const [key = "", number = ""] = await make("511781", "示例指挥部");
    const [, other = ""] = await make("511781228", "示例镇, 值班");
    const taken = { code: 0, said: `The key ${number} of 511781 is out of use.\n` };
    expect(await command("grant", "revoke-key", key)).toEqual(taken);
    expect(await command("grant", "revoke-key", number)).toEqual({
      code: 1,
      said: "There is no such key in use. Nothing was written.\n",
    });
    expect((await command("grant", "revoke-key", other)).code).toBe(0);
    const minute = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\dZ`;
    const { said } = await command("grant", "keys", "511781");
    expect(said).toMatch(new RegExp(`^${number},511781,${minute},${minute},示例指挥部$`, "m"));
    expect(said).toMatch(new RegExp(`^${other},511781228,${minute},${minute},"示例镇, 值班"$`, "m"));
    expect(said).not.toContain(key);
    expect((await command("grant", "revoke-key", "x' OR 1=1")).said).toContain("revoke-key KEY");
  });

  it("leaves a line in the history for every link, key and contact that was made, shown or taken away", async () => {
    const told = await inDatabase((db) =>
      db.query<{ act: string; n: number }>(
        `SELECT act, count(*) AS n FROM audit WHERE actor = 'cli' AND (unit_code LIKE '511781228%' OR subject_id LIKE 'key/%')
           GROUP BY act ORDER BY act`,
      ),
    );
    const counts = Object.fromEntries(told.map(({ act, n }) => [act, n]));
    // Three links and two more in place of those that were taken out of use or ended; three contacts came and went.
    expect(counts).toMatchObject({ "make-link": 5, "revoke-link": 2, "make-key": 2, "revoke-key": 2 });
    expect(counts).toMatchObject({ "add-contact": 3, "remove-contact": 3 });
    expect(counts["show-link"]).toBeGreaterThan(0);
    const before = await inDatabase((db) => db.query("SELECT count(*) AS n FROM audit"));
    await command("grant", "poster", "P-0100", "511781999999", "示例路口");
    expect(await inDatabase((db) => db.query("SELECT count(*) AS n FROM audit"))).toEqual(before);
  });

  it("says how it is called when it is called without a file", async () => {
    expect(await spawned("import-units")).toEqual({
      code: 1,
      said: "Say which file: npm run import-units -- FILE.csv [--remote]\n",
    });
  });
});
