import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { exitPass } from "../../forms/exit-pass.ts";
import { morningCheck } from "../../forms/morning-check.ts";
import { listsOf, readForms } from "../../src/cli/form-files.ts";
import { listTables } from "../../src/cli/table-files.ts";
import { health } from "../../tables/health.ts";

const ROOT = new URL("../..", import.meta.url).pathname;
let folder = "";
beforeEach(() => {
  if (folder) rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "baobei-forms-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a person might put into a forms folder. */
const put = (file: string, text: string) => writeFileSync(join(folder, file), text);
const putForm = (file: string, name: string, form: object) =>
  put(file, `type Any = object;\nexport const ${name}: Any = ${JSON.stringify(form)};\n`);
const listed = (file: string) => readFileSync(join(folder, file), "utf8");
function command() {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${ROOT}src/cli/forms.ts`, folder], {
    encoding: "utf8",
  });
  const shown = (text: string) => text.replaceAll(folder, "forms");
  return { code: status, out: shown(stdout), err: shown(stderr) };
}
const pass = (name: string, prefix: string, order?: number) => ({
  ...exitPass,
  name,
  record: { ...exitPass.record, prefix, order },
});

it("the lists that are checked in are the ones that the generator writes", async () => {
  const { forms, said, noted } = await readForms(`${ROOT}forms`);
  expect({ said, noted }).toEqual({ said: [], noted: [] });
  const lists = listsOf(forms);
  expect(Object.keys(lists)).toEqual(["counts.ts", "records.ts", "titles.ts"]);
  for (const [file, text] of Object.entries(lists)) {
    expect(readFileSync(`${ROOT}forms/${file}`, "utf8")).toBe(text);
    expect(text.split("\n")[0]).toMatch(/^\/\/ Written by `npm run forms`/);
    expect(formatted(file, text)).toBe(text);
  }
});
const formatted = (file: string, text: string) =>
  execFileSync(`${ROOT}node_modules/.bin/biome`, ["check", "--write", `--stdin-file-path=forms/${file}`], {
    cwd: ROOT,
    input: text,
    encoding: "utf8",
  });

it("a title is written as the formatter leaves it, whatever characters it has", async () => {
  const called = { "zh-Hans": '“新”"证"', "zh-Hant": "新\\證\\", en: `the "new" pass, isn't it\\"` };
  const form = { ...exitPass, name: "new-pass", record: { ...exitPass.record, noun: called } };
  const text = listsOf([{ file: "new-pass.ts", name: "newPass", form }])["titles.ts"];
  expect(formatted("titles.ts", text)).toBe(text);
  const [, written = ""] = /formTitles.* = (\{[\s\S]*\});\n$/.exec(text) ?? [];
  expect(runInNewContext(`(${written})`)).toEqual({ "new-pass": called });
});

describe("npm run forms", () => {
  it("lists each form by its order, then by its name, and leaves alone what is right", () => {
    putForm("b-pass.ts", "bPass", pass("b-pass", "BP"));
    putForm("a-pass.ts", "aPass", pass("a-pass", "AP"));
    putForm("first.ts", "first", pass("first", "FI", 1));
    putForm("morning-check.ts", "morningCheck", morningCheck);
    expect(command()).toEqual({
      code: 0,
      out: "4 forms, 1 of them count, 3 are of records: wrote counts.ts, records.ts and titles.ts.\n",
      err: "",
    });
    expect(listed("records.ts")).toContain("readonly RecordForm[] = [first, aPass, bPass];");
    expect(listed("counts.ts")).toContain("readonly CountForm[] = [morningCheck];");
    // A count form is called by its title, what is filed one by one as each of them is.
    const titles = listed("titles.ts");
    expect(titles.match(/^ {2}\S+: \{$/gm)).toHaveLength(4);
    expect(titles).toMatch(/"a-pass": \{\n.*"出入证",\n.*"出入證",\n.*"pass",\n/);
    expect(titles).toMatch(/"morning-check": \{\n.*"学校晨检",\n.*"學校晨檢",\n.*"Morning check",\n/);
    expect(titles).not.toContain("groups");
    const before = statSync(join(folder, "records.ts"));
    expect(command().out).toMatch(/nothing changed\.\n$/);
    putForm("morning-check.ts", "morningCheck", { ...morningCheck, title: exitPass.title });
    expect(command().out).toMatch(/: wrote titles\.ts\.\n$/);
    expect(statSync(join(folder, "records.ts")).ino).toBe(before.ino);
  });

  it("takes a form away with its file, and lists none where there is none", () => {
    putForm("a-pass.ts", "aPass", pass("a-pass", "AP"));
    expect(command().code).toBe(0);
    rmSync(join(folder, "a-pass.ts"));
    expect(command().code).toBe(0);
    expect(listed("records.ts")).toContain("export const recordForms: readonly RecordForm[] = [];\n");
    expect(listed("titles.ts")).toContain("= {};\n");
  });

  it("says which file and field is wrong, every fault in a sentence, and writes nothing", () => {
    putForm("a-pass.ts", "aPass", pass("a-pass", "AP"));
    putForm("b-pass.ts", "bPass", { ...pass("b-pass", "AP"), title: { "zh-Hans": "证", "zh-Hant": "證" } });
    putForm("c-pass.ts", "aPass", pass("d-pass", "AP"));
    put("e.ts", "export const e = {");
    put("f.ts", "export const half = 1;");
    put("g.ts", `throw new Error("no form today");`);
    put("h.ts", "export default { title: {}, groups: [] };");
    put("i.ts", "export const a = { groups: [] };\nexport const b = { groups: [] };");
    put("notes.txt", "no form");
    const { code, out, err } = command();
    expect([code, out]).toEqual([1, ""]);
    expect(err.split("\n")).toEqual([
      "forms/b-pass.ts, title.en: is missing.",
      "forms/c-pass.ts, name: the form is named `d-pass`: call the file d-pass.ts.",
      "forms/c-pass.ts: exports `aPass`, as forms/a-pass.ts does: call one of them otherwise.",
      expect.stringMatching(/^forms\/e\.ts: cannot be read: /),
      "forms/f.ts: exports no form: export const … = defineRecordForm({…}) or defineCountForm({…}).",
      "forms/g.ts: cannot be read: no form today.",
      "forms/h.ts: exports its form as default: give it a name (export const …).",
      "forms/i.ts: exports 2 forms (a, b): one file is one form.",
      "forms/c-pass.ts, record.prefix: `AP` is the prefix of forms/a-pass.ts already.",
      "Nothing was written.",
      "",
    ]);
    expect(() => listed("records.ts")).toThrow();
  });

  it("notes what is written about people and not sealed, and takes no form under the name of a list", () => {
    const { groups } = pass("a-pass", "AP");
    const [first, ...others] = groups;
    const words = { "zh-Hans": "情况", "zh-Hant": "情況", en: "Note" };
    const note = { name: "note", type: "long_text", label: words };
    const open = [{ ...first, fields: [...(first?.fields ?? []), note] }, ...others];
    putForm("a-pass.ts", "aPass", { ...pass("a-pass", "AP"), groups: open });
    expect(command()).toMatchObject({
      code: 0,
      err: "forms/a-pass.ts: `note` is free text without `pii`: what is written there about people is not sealed.\n",
    });
    putForm("b.ts", "b", pass("records", "BP"));
    expect(command().err).toContain("forms/b.ts, name: no form may be named `records`: records.ts is a list");
    putForm("b.ts", "b", pass("titles", "BP"));
    expect(command().err).toContain("forms/b.ts, name: no form may be named `titles`: titles.ts is a list");
  });

  it("notes a form that no page asks for, and goes on", () => {
    const { record: _, ...plain } = exitPass;
    putForm("plain.ts", "plain", { ...plain, name: "plain" });
    const { code, err } = command();
    expect(code).toBe(0);
    expect(err).toBe("forms/plain.ts: has neither `count` nor `record`, so that no page asks for it yet.\n");
    expect(listed("titles.ts")).not.toContain("plain");
  });
});

describe("a bureau's table, added as one file", () => {
  const putTable = (file: string, name: string, table: object) =>
    put(file, `export const ${name} = ${JSON.stringify(table)};\n`);
  const faults = () =>
    listTables(folder).then(
      () => [],
      (error: Error) => error.message.split("\n"),
    );

  it("is listed by its order, and the list that is checked in is the one that is written", async () => {
    expect((await listTables(`${ROOT}tables`)).changed).toBe(false);
    putTable("health.ts", "health", health);
    putTable("a-table.ts", "aTable", { ...health, name: "a-table", order: undefined });
    expect(await listTables(folder)).toEqual({ count: 2, changed: true });
    const text = listed("index.ts");
    expect(text).toContain("readonly TableDefinition[] = [health, aTable];");
    expect(formatted("index.ts", text)).toBe(text);
    expect(await listTables(folder)).toEqual({ count: 2, changed: false });
  });

  it("says which file and column is wrong, every fault in a sentence, and writes nothing", async () => {
    const label = { "zh-Hans": "列", "zh-Hant": "列", en: "Column" };
    const table = (name: string, columns: object[], more: object = {}) => ({
      ...health,
      name,
      columns,
      ...more,
    });
    const column = (figure: string, more: object = {}) => ({ figure, label, ...more });
    const leaflets = column("publicity.leaflets", { window: true });
    putTable("a.ts", "a", table("a", [leaflets, { label, columns: [column("publicity.leaflet")] }]));
    putTable("b.ts", "b", table("b", [column("publicity.screens", { window: true })]));
    putTable("c.ts", "c", table("c", [column("readings.shareOnTime.share")], { cutOff: "16:00" }));
    putTable(
      "d.ts",
      "d",
      table("d", [column("readings.shareOnTime.share"), column("publicity.leaflets@window")]),
    );
    putTable("e.ts", "e", table("other", [{ figure: "publicity.leaflets" }]));
    putTable("f.ts", "f", table("other", [leaflets]));
    put("g.ts", "export const half = 1;");
    expect(await faults()).toEqual([
      "tables/a.ts, columns.2.columns.1.figure: no figure is called `publicity.leaflet`: GET /api/v1/indicators names them all.",
      "tables/b.ts, columns.1.window: `publicity.screens` has no window: only what adds up from day to day has one.",
      "tables/c.ts, cutOff: must be `12:00` or `18:00` or `24:00`.",
      "tables/d.ts, columns.1.as: `readings.shareOnTime.share` is a `share`.",
      "tables/d.ts, columns.2.figure: no figure is called `publicity.leaflets@window`: GET /api/v1/indicators names them all.",
      "tables/e.ts, columns.1.label: is missing.",
      "tables/f.ts, name: the table is named `other`: call the file other.ts.",
      "tables/g.ts: exports no table: export const … = defineTable({…}).",
      "Nothing was written.",
    ]);
    expect(() => listed("index.ts")).toThrow();
  });
});
