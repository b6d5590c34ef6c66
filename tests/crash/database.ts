import { type Stops, shapeOf } from "./stops.ts";
import type { Invocation, Turns } from "./turns.ts";

/** A statement that fails when it runs, so that D1 takes the whole batch back. */
const BREAK = "SELECT json('{')";

/**
 * The same database for one invocation, which halts before every statement and batch and may end there: before the
 * database hears of it, in the middle of a batch, or after it was done and before anybody learns of it.
 */
export function haltingDatabase(
  d1: D1Database,
  invocation: Invocation,
  turns: Turns,
  stops: Stops,
): D1Database {
  const originals = new WeakMap<object, { statement: D1PreparedStatement; shape: string }>();

  const halted = <T>(
    shapes: string[],
    run: () => Promise<T>,
    cut: (done: number) => Promise<unknown>,
  ): Promise<T> =>
    turns.halt(invocation, async () => {
      const verdict = stops.ask(invocation, shapes.join(", "), shapes.length);
      if (!verdict) {
        const result = await run();
        if (isIdle(result)) stops.idled();
        return result;
      }
      const { side, error } = verdict;
      if (side === "after") await run();
      if (side.startsWith("cut")) await cut(Number(side.slice(4)));
      if (error) {
        invocation.lied = true;
        throw new Error("D1_ERROR: Network connection lost.");
      }
      turns.stop(invocation);
      return undefined as T;
    });

  const wrap = (statement: D1PreparedStatement, shape: string): D1PreparedStatement => {
    const nothing = async () => {};
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values), shape),
      run: () => halted([shape], () => statement.run(), nothing),
      all: () => halted([shape], () => statement.all(), nothing),
      first: (column?: string) =>
        halted([shape], () => (column === undefined ? statement.first() : statement.first(column)), nothing),
      raw: (options?: { columnNames: true }) =>
        halted(
          [shape],
          () => (options ? statement.raw(options) : statement.raw()) as Promise<unknown[]>,
          nothing,
        ),
    } as unknown as D1PreparedStatement;
    originals.set(wrapped, { statement, shape });
    return wrapped;
  };
  return {
    prepare: (query: string) => wrap(d1.prepare(query), shapeOf(query)),
    batch(statements: D1PreparedStatement[]) {
      const parts = statements.map((one) => originals.get(one) ?? { statement: one, shape: "?" });
      const own = parts.map(({ statement }) => statement);
      const shapes = parts.map(({ shape }) => shape);
      return halted(
        shapes,
        () => d1.batch(own),
        (done) =>
          d1.batch([...own.slice(0, done), d1.prepare(BREAK)]).then(
            () => {
              throw new Error("a batch with a broken statement went through");
            },
            () => {},
          ),
      );
    },
  } as unknown as D1Database;
}

/** No row was found and none was changed. */
function isIdle(result: unknown): boolean {
  if (result === null) return true;
  if (Array.isArray(result)) return result.every((one) => typeof one === "object" && isIdle(one));
  const { results, meta } = result as Partial<D1Result>;
  return results?.length === 0 && meta?.changes === 0;
}
