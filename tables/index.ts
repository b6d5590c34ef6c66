// Written by `npm run forms` from the files of this folder: a new table is a file, and this is not edited.
import type { TableDefinition } from "../src/forms/define-table.ts";
import { education } from "./education.ts";
import { health } from "./health.ts";
import { publicity } from "./publicity.ts";

/** Every bureau's table, in the order that pages show them. */
export const tables: readonly TableDefinition[] = [health, education, publicity];

/** The table of a name, or undefined. */
export const tableNamed = (name: string): TableDefinition | undefined =>
  tables.find((table) => table.name === name);
