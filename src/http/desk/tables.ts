import { tableNamed, tables } from "../../../tables/index.ts";
import { recordAct } from "../../db/audit.ts";
import { runBatch } from "../../db/store.ts";
import { lastCutOff } from "../../domain/cut-off.ts";
import { figureProblem } from "../../domain/figure-problem.ts";
import { problem } from "../../domain/problem.ts";
import { windowStart } from "../../domain/table.ts";
import { unitOfCode } from "../../domain/unit.ts";
import type { TableDefinition } from "../../forms/define-table.ts";
import type { TablePageProps } from "../../views/desk/table.tsx";
import type { AppContext } from "../factory.ts";
import { type OpenTable, openTable, requireFor } from "../tables.ts";
import type { Desk } from "./door.tsx";
import { placeAsked, type Usual, unitAsked } from "./figure-place.ts";
import { SHEET_TYPES, streamOf, xlsxOf } from "./sheet-file.ts";
import { csvOfTable, rowsOfTable, sheetOfTable, type Taker } from "./table-file.ts";
import { unitOptions } from "./units-below.ts";

/** The tables that are made for an official's own unit. */
export const tablesFor = ({ officer }: Desk): readonly TableDefinition[] =>
  tables.filter(({ units }) => units.includes(officer.unit.kind));

/** The table of an address. Throws tableUnknown. */
export function tableAsked(c: AppContext): TableDefinition {
  const found = tableNamed(c.req.param("table") ?? "");
  if (!found) throw figureProblem.tableUnknown();
  return found;
}

/** Up to when and since when a table speaks where nobody says: up to its last cut-off. */
export const usualOf = (definition: TableDefinition, now: Date, zone: string): Usual => ({
  asOf: lastCutOff(now, zone, [definition.cutOff]),
  from: (asOf) => windowStart(asOf, definition, zone),
});

/** What its page is made from, all but who reads it. */
export type TableAsked = Omit<TablePageProps, "desk" | "table"> & { table?: OpenTable };

/**
 * A table as its page shows it; without `table` where a moment must be mended. Throws tableUnknown, tableNotFor, and
 * caseNotFound for a unit that is not the official's.
 */
export async function openTablePage(c: AppContext, desk: Desk): Promise<TableAsked> {
  const definition = tableAsked(c);
  const deps = c.get("deps");
  requireFor(definition, await unitAsked(c, desk));
  const { unit, place, asked, errors } = await placeAsked(c, desk, () =>
    usualOf(definition, desk.now, desk.zone),
  );
  const { options } = await unitOptions(deps, desk, unit.code);
  const units = options.filter(({ code }) => definition.units.includes(unitOfCode(code)?.kind ?? ""));
  return {
    ...{ definition, unit, asked, errors },
    units: units.some(({ code }) => code === unit.code) ? units : [...units, { ...unit, below: true }],
    ...(place && { table: await openTable(deps, definition, place) }),
  };
}

/** A table as a file, with a line in the history before it leaves. Throws `invalid` on format. */
export async function takeTable(
  c: AppContext,
  desk: Desk,
  table: OpenTable,
  format: string,
): Promise<Response> {
  const { lang, now, actor, officer, county, zone, today } = desk;
  if (format !== "csv" && format !== "xlsx") throw problem.answer("format", "unknown", NO_FORMAT, lang);
  const { definition, unit, filled } = table;
  const taker: Taker = { by: `${officer.unit.name} ${officer.name}`, county, lang, zone, today, now };
  const body =
    format === "csv"
      ? csvOfTable(table, taker)
      : streamOf(xlsxOf(sheetOfTable(table, taker), [rowsOfTable(table, lang)]));
  const deps = c.get("deps");
  await runBatch(deps.db, [
    recordAct(deps.db, {
      ...{ id: deps.newId(), actor, act: "export-table", subjectId: definition.name },
      ...{ unitCode: unit.code, recordedAt: now, detail: `${filled.rows.length} ${format}` },
    }),
  ]);
  const day = today.replaceAll("-", "");
  return c.body(body, 200, {
    "Content-Type": SHEET_TYPES[format],
    "Content-Disposition": `attachment; filename="baobei-${definition.name}-${unit.code}-${day}.${format}"`,
    "Cache-Control": "no-store",
  });
}

const NO_FORMAT = {
  "zh-Hans": "format 只能是 csv 或 xlsx",
  "zh-Hant": "format 只能是 csv 或 xlsx",
  en: "format is csv or xlsx",
};
