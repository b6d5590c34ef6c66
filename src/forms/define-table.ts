import type { FigureId } from "../domain/figure-book.ts";
import type { Words } from "./define.ts";

/*
 * 业务部门报表: a bureau's form, filled by the service. A file under tables/ says what stands in it; nothing here runs.
 * `npm run forms` checks each and lists it in tables/index.ts.
 */

/** One column: a figure of the book (an indicator's id, or `<form>.<field>` of a typed count). */
export type TableColumn = {
  /** Which figures there are, and what each counts, says GET /api/v1/indicators. */
  figure: FigureId;
  label: Words;
  /** Of a flow: what came since the window began, instead of all up to the cut-off. */
  window?: boolean;
  /** A share is shown as a percentage. */
  as?: "number" | "share";
};
/** Columns under one heading. */
export type TableGroup = { label: Words; columns: readonly TableColumn[] };

export type TableDefinition = {
  /** In its address: lower case, words joined by a hyphen. */
  name: string;
  title: Words;
  /** Which bureau asks for it. */
  bureau: Words;
  note?: Words;
  /** Kinds of unit it can be asked of; others are refused. */
  units: readonly string[];
  /** children: what lies directly below the unit asked for; leaves: every unit of its subtree by itself. */
  rows: { level: "children" | "leaves"; kinds?: readonly string[] };
  /** What the first column is called. */
  rowLabel: Words;
  columns: readonly (TableColumn | TableGroup)[];
  /** The clock time that the bureau closes its books at. */
  cutOff: "12:00" | "18:00" | "24:00";
  /** When "today" begins: at the cut-off before, or at midnight. */
  from: "last-cut-off" | "midnight";
  /** Its place among the others; those without one stand last. */
  order?: number;
};

/** Keeps the literal types of a table's file. */
export const defineTable = <const D extends TableDefinition>(definition: D): D => definition;
