/*
 * The tree of units. A code says its own kind and parent: county 6 digits, town 9, village 12, a grid the village's
 * code and a local suffix, everything else its parent's code, a letter and two digits (DOMAIN.md, Words).
 */
const LETTERS = { S: "school", E: "enterprise", B: "bureau", C: "checkpoint" } as const;
export type UnitKind = "county" | "town" | "village" | "grid" | (typeof LETTERS)[keyof typeof LETTERS];
export type UnitRow = { code: string; name: string; kind: UnitKind; parent: string | null };

/** What a code stands for, or undefined when no unit can have it. */
export function unitOfCode(code: string): { kind: UnitKind; parent: string | null } | undefined {
  if (/^\d{6}$/.test(code)) return { kind: "county", parent: null };
  if (/^\d{9}$/.test(code)) return { kind: "town", parent: code.slice(0, 6) };
  if (/^\d{12}$/.test(code)) return { kind: "village", parent: code.slice(0, 9) };
  const [, parent = "", letter] = /^(\d{6}|\d{9}|\d{12})([SEBC])\d\d$/.exec(code) ?? [];
  if (letter) return { kind: LETTERS[letter as keyof typeof LETTERS], parent };
  if (/^\d{12}[0-9A-Z]{1,6}$/.test(code)) return { kind: "grid", parent: code.slice(0, 12) };
  return undefined;
}

/** One line of a file of units as it was read: its number in the file and its cells. */
export type UnitLine = { line: number; cells: string[] };
/** Stops an import: which line, and what is wrong with it. */
export class BadLine extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.name = "BadLine";
    this.line = line;
  }
}

/**
 * What a file of units would do to those that stand. Parents may stand in the file, before or after, or be there already.
 * @param standing the name of every unit already there, by code
 * @throws BadLine at the first row that cannot be taken
 */
export function planUnits(
  lines: UnitLine[],
  standing: ReadonlyMap<string, string>,
): { added: UnitRow[]; changed: UnitRow[]; unchanged: number } {
  const rows = readRows(lines);
  const plan = { added: [] as UnitRow[], changed: [] as UnitRow[], unchanged: 0 };
  for (const [code, { line, row }] of rows) {
    if (row.parent && !rows.has(row.parent) && !standing.has(row.parent)) {
      throw new BadLine(line, `parent ${row.parent} is neither in this file nor in the database`);
    }
    const name = standing.get(code);
    if (name === undefined) plan.added.push(row);
    else if (name !== row.name) plan.changed.push(row);
    else plan.unchanged += 1;
  }
  return plan;
}

function readRows(lines: UnitLine[]): Map<string, { line: number; row: UnitRow }> {
  const [header, ...body] = lines;
  const columns = header?.cells.map((cell) => cell.trim().toLowerCase()).join(",") ?? "";
  if (columns !== "code,name,parent" && columns !== "code,name,parent,kind") {
    throw new BadLine(header?.line ?? 1, "the first line must be code,name,parent or code,name,parent,kind");
  }
  const width = header?.cells.length ?? 0;
  const rows = new Map<string, { line: number; row: UnitRow }>();
  for (const { line, cells } of body) {
    if (cells.length !== width)
      throw new BadLine(line, `${width} columns are needed, ${cells.length} are there`);
    const [code = "", name = "", parent = "", kind = ""] = cells.map((cell) => cell.trim());
    const meant = unitOfCode(code);
    if (!meant) throw new BadLine(line, `${quoted(code)} is not a unit's code`);
    const first = rows.get(code);
    if (first) throw new BadLine(line, `${code} stands already on line ${first.line}`);
    if (!name) throw new BadLine(line, "the name is missing");
    if ([...name].length > 60) throw new BadLine(line, "the name is longer than 60 characters");
    if (/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffd]/u.test(name)) {
      throw new BadLine(line, "the name holds a character that cannot be printed");
    }
    if (parent !== (meant.parent ?? "")) {
      throw new BadLine(line, `the parent of ${code} is ${meant.parent ?? "none"}, not ${quoted(parent)}`);
    }
    if (kind && kind !== meant.kind) {
      throw new BadLine(line, `${code} is a ${meant.kind}, not ${quoted(kind)}`);
    }
    rows.set(code, { line, row: { code, name, ...meant } });
  }
  if (rows.size === 0) throw new BadLine(header?.line ?? 1, "there are no units below the first line");
  return rows;
}

// A cell may hold anything; what is repeated back stays short and printable.
const quoted = (cell: string) => JSON.stringify([...cell].slice(0, 20).join(""));
