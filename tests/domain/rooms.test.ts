import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

/*
 * The house keeps its plan: who may import whom, no clock or chance where they must be handed in, files that can be
 * read in one go, tables without a second row for every key.
 */
const ROOT = new URL("../..", import.meta.url).pathname;

/** Rooms a room may take values from, besides its own. Types of env.ts, http/factory.ts and forms/define.ts are everyone's. */
const MAY_IMPORT: Record<string, string[]> = {
  form: ["forms"],
  table: ["forms"],
  forms: ["domain"],
  domain: ["forms", "form"],
  db: ["domain"],
  channels: ["domain"],
  views: ["domain", "forms", "form", "client"],
  jobs: ["domain", "db", "channels"],
  sheet: ["domain"],
  http: ["domain", "db", "views", "forms", "form", "table", "sheet"],
  routes: ["domain", "db", "http", "views", "forms", "form", "table", "sheet"],
  cli: ["domain", "db", "forms", "form"],
};
/** Packages that decisions and forms may use, and those that read a list. */
const PURE_PACKAGES: Record<string, string[]> = {
  ...{ form: [], table: [], forms: ["zod/mini"], domain: ["zod/mini"], sheet: ["fflate", "saxes"] },
};

type Import = { from: string; to: string; room: string; target: string; typeOnly: boolean };

const files = ["src", "forms", "tables"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts"))
    .map((name) => join(folder, name)),
);
const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** "src/db/link.ts" → "db", "forms/tip.ts" → "form", "tables/health.ts" → "table", "src/app.tsx" → "wiring". */
function roomOf(file: string): string {
  if (file.startsWith("forms/")) return "form";
  if (file.startsWith("tables/")) return "table";
  const [, room = "", rest] = file.split("/");
  return rest === undefined ? "wiring" : room;
}

function importsOf(file: string): Import[] {
  const found = textOf(file).matchAll(/^(?:import|export)\s+(type\s)?([^"';]*?\sfrom\s+)?"([^"]+)";/gm);
  return [...found].map(([, type, names = "", to = ""]) => {
    const local = to.startsWith(".");
    const target = local ? relative(ROOT, join(ROOT, dirname(file), to)) : to;
    const named =
      /\{([^}]*)\}/
        .exec(names)?.[1]
        ?.split(",")
        .filter((name) => name.trim()) ?? [];
    const typeOnly = Boolean(type) || (named.length > 0 && named.every((name) => /^\s*type\s/.test(name)));
    return { from: file, to, room: local ? roomOf(target) : "package", target, typeOnly };
  });
}

const imports = files.flatMap(importsOf);
const shown = ({ from, to }: Import) => `${from} → ${to}`;

describe("the rooms of the house", () => {
  it("sees every file and its imports", () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it("lets nobody import from a room that is not theirs to import from", () => {
    const commonTypes = ["src/env.ts", "src/http/factory.ts", "src/forms/define.ts"];
    const strays = imports.filter(({ from, room, target, typeOnly }) => {
      const own = roomOf(from);
      if (own === "wiring" || room === "package" || room === own) return false;
      if (typeOnly && (commonTypes.includes(target) || own === "cli")) return false;
      return !MAY_IMPORT[own]?.includes(room);
    });
    expect(strays.map(shown)).toEqual([]);
  });

  it("keeps packages out of decisions and forms", () => {
    const strays = imports.filter(
      ({ from, room, to }) => room === "package" && PURE_PACKAGES[roomOf(from)]?.includes(to) === false,
    );
    expect(strays.map(shown)).toEqual([]);
  });

  it("keeps Node's own modules out of everything that runs in the Worker", () => {
    const strays = imports.filter(({ from, to }) => roomOf(from) !== "cli" && to.startsWith("node:"));
    expect(strays.map(shown)).toEqual([]);
  });

  it("reads no clock and draws no chance where both are handed in", () => {
    const rooms = ["domain", "db", "forms", "form", "table", "channels", "jobs", "sheet"];
    const source = /Date\.now\(|new Date\(\s*\)|Math\.random\(|randomUUID\(|performance\.now\(/;
    const drawn = files.filter((file) => rooms.includes(roomOf(file)) && source.test(textOf(file)));
    expect(drawn).toEqual([]);
    // The nonce of a seal is the one chance nobody may choose.
    const chance = files.filter((file) => /getRandomValues\(/.test(textOf(file)));
    expect(chance).toEqual(["src/db/privacy.ts"]);
  });

  it("has no file longer than 300 lines, but the one of every table and those of words alone", () => {
    const coded = files.filter(
      (file) => !["form", "table"].includes(roomOf(file)) && file !== "src/db/schema.ts",
    );
    const long = coded.filter((file) => textOf(file).split("\n").length > 301);
    expect(long).toEqual([]);
  });

  it("gives every table with a TEXT key one row for it, not two", () => {
    const folder = join(ROOT, "migrations");
    const tables = readdirSync(folder)
      .filter((name) => name.endsWith(".sql"))
      .flatMap((name) => [
        ...readFileSync(join(folder, name), "utf8").matchAll(/CREATE TABLE `(\w+)`[^;]*;/g),
      ]);
    expect(tables.length).toBeGreaterThan(10);
    expect(tables.filter(([sql]) => !sql.endsWith(") WITHOUT ROWID;")).map(([, name]) => name)).toEqual([]);
  });
});

it("tells every setting in the README's table, and none that is not there", () => {
  const declared = [...textOf("src/env.ts").matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name);
  const told = [...textOf("README.md").matchAll(/^\| `[A-Z][A-Z0-9_]+`[^|]*\|/gm)].flatMap(
    ([cell]) => cell.match(/[A-Z][A-Z0-9_]+/g) ?? [],
  );
  expect(declared.length).toBeGreaterThan(10);
  expect(told.toSorted()).toEqual(declared.toSorted());
});
