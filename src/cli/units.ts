import { TextDecoder } from "node:util";
import { CsvError, parse } from "csv-parse/sync";
import { BadLine, type UnitLine, type UnitRow } from "../domain/unit.ts";

/**
 * The lines of a CSV file. UTF-8 with or without a mark; anything else is read as GB18030, which is what a Chinese
 * spreadsheet saves. Blank lines are passed over.
 * @throws BadLine where the quotes do not close
 */
export function readUnitLines(bytes: Uint8Array): UnitLine[] {
  try {
    const records = parse(decode(bytes), {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 10_000,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (error instanceof CsvError) throw new BadLine(Number(error.lines ?? 1), `not CSV (${error.code})`);
    throw error;
  }
}

/**
 * SQL that brings units to what `rows` say: new ones are added, a changed name is changed, nothing else moves. Plain
 * text, because a deployed D1 takes a file; every value is a code or a name that planUnits has looked at.
 */
export function unitSql(rows: UnitRow[], now: Date): string[] {
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const statements: string[] = [];
  for (let at = 0; at < rows.length; at += 200) {
    const values = rows
      .slice(at, at + 200)
      .map(
        ({ code, name, kind, parent }) =>
          `(${text(code)}, ${text(name)}, ${text(kind)}, ${parent === null ? "NULL" : text(parent)}, ${now.getTime()})`,
      );
    statements.push(
      `INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES ${values.join(", ")} ` +
        "ON CONFLICT (code) DO UPDATE SET name = excluded.name WHERE name <> excluded.name;",
    );
  }
  return statements;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
