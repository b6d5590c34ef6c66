/** What D1 itself says a piece of work cost. */
export type Meter = { queries: number; batches: number; read: number; written: number };

/** The same database, counting rows read and written, statements and batches into `meter`. */
export function metered(d1: D1Database, meter: Meter): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>();
  const count = (result: { meta: { rows_read?: number; rows_written?: number } }) => {
    meter.queries += 1;
    meter.read += result.meta.rows_read ?? 0;
    meter.written += result.meta.rows_written ?? 0;
  };
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      async run() {
        const result = await statement.run();
        count(result);
        return result;
      },
      async all() {
        const result = await statement.all();
        count(result);
        return result;
      },
      async first(column?: string) {
        const result = await statement.all<Record<string, unknown>>();
        count(result);
        const row = result.results[0];
        return row === undefined ? null : column === undefined ? row : row[column];
      },
      async raw(options?: { columnNames: true }) {
        // raw() reports no cost; the same statement through all() does.
        const result = await statement.all<Record<string, unknown>>();
        count(result);
        const rows = result.results.map((row) => Object.values(row));
        return options?.columnNames ? [Object.keys(result.results[0] ?? {}), ...rows] : rows;
      },
    } as unknown as D1PreparedStatement;
    originals.set(wrapped, statement);
    return wrapped;
  };
  return {
    prepare: (query: string) => wrap(d1.prepare(query)),
    async batch(statements: D1PreparedStatement[]) {
      const results = await d1.batch(statements.map((statement) => originals.get(statement) ?? statement));
      meter.batches += 1;
      for (const result of results) count(result);
      return results;
    },
    exec: (query: string) => d1.exec(query),
    withSession: (constraint?: string) => d1.withSession(constraint),
    dump: () => d1.dump(),
  } as unknown as D1Database;
}

/** Sets the meter to nothing, so that the next piece of work stands alone. */
export function zero(meter: Meter): void {
  Object.assign(meter, { queries: 0, batches: 0, read: 0, written: 0 });
}
