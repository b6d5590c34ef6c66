import { type Unit, withinSubtree } from "../db/unit.ts";
import { readAsOf, readFrom, requireKnown } from "../domain/as-of.ts";
import { problem } from "../domain/problem.ts";
import type { AppContext } from "./factory.ts";
import { unitNamed } from "./figures.ts";
import { queryOnce } from "./query.ts";

type Usual = { asOf: Date; from: (asOf: Date) => Date };

/**
 * What a program asks figures of: unit (the key's own where none is said), asOf and from, each with its offset. Throws
 * outOfScope, unitNotFound, and `invalid` on asOf or from.
 * @param usual what stands where no moment is said
 */
export async function figuresAsked(
  c: AppContext,
  scope: string,
  usual: (unit: Unit) => Usual | Promise<Usual>,
): Promise<{ unit: Unit; asOf: Date; from: Date }> {
  const { deps, lang } = c.var;
  const { unit: named, asOf: moment, from: since } = queryOnce(c, ["unit", "asOf", "from"]);
  const code = named || scope;
  if (!withinSubtree(code, scope)) throw problem.outOfScope();
  const now = deps.now();
  const asked = moment ? readAsOf(moment, { now, lang }) : undefined;
  const unit = await unitNamed(c, code);
  const standard = await usual(unit);
  // Before the first cut-off of a unit's life its books are open: what is known now is told.
  const asOf = asked ?? (standard.asOf < unit.recordedAt ? now : standard.asOf);
  requireKnown(asOf, unit.recordedAt, { zone: deps.settings.TIME_ZONE, lang });
  const from = since ? readFrom(since, { asOf, lang }) : standard.from(asOf);
  return { unit, asOf, from };
}
