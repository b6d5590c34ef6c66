import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LANGS, type Lang } from "../../src/forms/define.ts";
import { openApiDocument } from "../../src/http/openapi.ts";

const run = promisify(execFile);
const BIN = new URL("../../node_modules/@redocly/cli/bin/cli.js", import.meta.url).pathname;
let folder = "";

/** What the linter says of a document under its recommended rules, and how it ended. It asks no other host. */
async function lint(name: string, document: object): Promise<{ code: number; said: string }> {
  const file = join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify(document));
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const asked = ["lint", "--extends", "recommended", "--format", "json", file];
  return run(process.execPath, [BIN, ...asked], { cwd: folder, env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stdout }) => ({ code, said: stdout }),
  );
}

const documentIn = (lang: Lang) =>
  openApiDocument({
    ...{ lang, now: new Date("2026-01-25T10:00:00+08:00"), zone: "Asia/Shanghai" },
    ...{ serverUrl: "https://baobei.example", county: "511781", village: "511781100001" },
    person: "WY-0217-4486-1",
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "baobei-openapi-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it.each(LANGS)("the OpenAPI document in %s passes a linter without an error or a warning", async (lang) => {
  const { code, said } = await lint(lang, documentIn(lang));
  expect([code, JSON.parse(said).problems]).toEqual([0, []]);
});

it("a document without an operation's words would not pass", async () => {
  const paths = { "/api/v1/nothing": { get: { responses: {} } } };
  expect((await lint("broken", { ...documentIn("en"), paths })).code).toBe(1);
});
