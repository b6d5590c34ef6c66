import type { SQL, SQLWrapper } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import type { Statement } from "../db/store.ts";

const dialect = new SQLiteAsyncDialect();

/** A statement or a query as one line of SQL with its values in it: wrangler takes text, not parameters. */
export const asText = (statement: Statement | SQL): string =>
  `${dialect.sqlToQuery((statement as unknown as SQLWrapper).getSQL().inlineParams()).sql};`;
