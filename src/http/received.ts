import { localIso } from "../domain/as-of.ts";
import { type FieldError, ProblemError, problem } from "../domain/problem.ts";
import { readClientId } from "../domain/submission.ts";
import type { FormDefinition, Lang, ValuesOf } from "../forms/define.ts";
import { validate } from "../forms/validate.ts";
import type { AppContext } from "./factory.ts";
import { SLOW_SECONDS, slowed } from "./guards.ts";
import { readJson } from "./json-body.ts";

/* What every JSON door does with what it receives, and how it answers; apart from the doors, so that a Worker takes no other's. */

/** Throws slowDown for an address that sends too much. */
export async function pace(c: AppContext): Promise<void> {
  if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
}

/** A submission's client id and valid answers. Throws `invalid` with every answer to mend, the client id among them. */
export async function accept<const D extends FormDefinition>(
  c: AppContext,
  form: D,
): Promise<{ clientId: string; values: ValuesOf<D> }> {
  const { deps, lang } = c.var;
  const body = await readJson(c);
  const id = clientIdOf(body, lang);
  const checked = validate(form, body, { lang, now: deps.now(), zone: deps.settings.TIME_ZONE });
  const errors = [...id.errors, ...(checked.ok ? [] : checked.errors)];
  if (errors.length > 0 || !checked.ok) throw problem.invalid(errors);
  return { clientId: id.clientId, values: checked.values };
}

function clientIdOf(
  { clientId }: Record<string, unknown>,
  lang: Lang,
): { clientId: string; errors: FieldError[] } {
  try {
    return { clientId: readClientId(typeof clientId === "string" ? clientId : "", lang), errors: [] };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { clientId: "", errors: error.problem.errors ?? [] };
  }
}

/** 201 with a receipt. What it says is for its sender alone. */
export const created = (receipt: object) =>
  Response.json(receipt, { status: 201, headers: { "Cache-Control": "no-store" } });

/** A moment as doors answer it: with the county's offset. */
export const local = (c: AppContext, at: Date) => localIso(at, c.get("deps").settings.TIME_ZONE);
