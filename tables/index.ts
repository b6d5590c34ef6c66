import type { TableDefinition } from "../src/forms/define-table.ts";
import { education } from "./education.ts";
import { health } from "./health.ts";
import { publicity } from "./publicity.ts";

/** Every bureau's table; a new one is a new file and a line here. */
export const tables: readonly TableDefinition[] = [health, education, publicity];

/** The table of a name, or undefined. */
export const tableNamed = (name: string): TableDefinition | undefined =>
  tables.find((table) => table.name === name);
