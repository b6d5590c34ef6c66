import fc from "fast-check";

import type { Constraint, Field, FormDefinition, Rule } from "../../src/forms/define.ts";
import { fieldsOf, holds, type Lookup } from "../../src/forms/rules.ts";
import { breakField, type Draw, drawField, pick } from "./forms-values.ts";

/*
 * Inputs derived from a form's own definition: ones that it must accept, and ones that it must refuse at a known path.
 */
export type FormsContext = { now: Date; zone: string; unit: string };
export type Input = Record<string, unknown>;

/** An input that the form accepts, spelled as people and programs spell it. */
export const validInput = (form: FormDefinition, ctx: FormsContext): fc.Arbitrary<Input> =>
  fc.gen().map((draw) => buildInput(draw, form, ctx).input);

export type Broken = {
  input: Input;
  /** Where the error must stand; a part of a document may follow. */
  path: string;
  pii: boolean;
  /** The text that was put there, where it is text: no error may repeat it. */
  typed: string | undefined;
};

/** A valid input with one relevant answer broken. */
export const brokenInput = (form: FormDefinition, ctx: FormsContext): fc.Arbitrary<Broken> =>
  fc.gen().map((draw) => {
    const { input, places } = buildInput(draw, form, ctx);
    const place = pick(draw, ...places);
    const raw = breakField(draw, place.field);
    place.container[place.field.name] = raw;
    const typed = typeof raw === "string" ? raw : (raw as { number?: unknown } | null)?.number;
    return {
      input,
      path: place.path,
      pii: place.field.pii === true,
      typed: typeof typed === "string" ? typed : undefined,
    };
  });

type Place = { path: string; field: Field; container: Input };
type Answers = Map<string, NonNullable<ReturnType<Lookup>>>;

function buildInput(draw: Draw, form: FormDefinition, ctx: FormsContext) {
  for (let attempt = 0; attempt < 40; attempt++) {
    const input: Input = {};
    const places: Place[] = [];
    const top: Answers = new Map();
    let kept = true;
    for (const group of form.groups) {
      if (!group.repeat) {
        kept = fill(draw, group.fields, input, "", top, undefined, places, ctx) && kept;
        continue;
      }
      const count = draw(fc.integer, { min: group.repeat.min, max: Math.min(group.repeat.max, 3) });
      input[group.name] = Array.from({ length: count }, (_, at) => {
        const row: Input = {};
        const path = `${group.name}.${at}.`;
        kept = fill(draw, group.fields, row, path, new Map(), top, places, ctx) && kept;
        return row;
      });
    }
    if (kept) return { input, places };
  }
  throw new Error(`${form.name}: its constraints leave nothing to draw`);
}

/** Draws the fields in order; false where a constraint cannot be kept with what stands already. */
function fill(
  draw: Draw,
  fields: readonly Field[],
  into: Input,
  path: string,
  answers: Answers,
  parent: Answers | undefined,
  places: Place[],
  ctx: FormsContext,
): boolean {
  const rule = (self: Field, which: Rule) => {
    const lookup: Lookup = (name) => {
      const field = name === "." ? self.name : name;
      return answers.get(field) ?? parent?.get(field);
    };
    return holds(which, { lookup, now: ctx.now, zone: ctx.zone });
  };
  const keeps = (field: Field, ready: (name: string) => boolean) =>
    !answers.has(field.name) ||
    constraintsOf(field).every((one) => !fieldsOf(one.rule).every(ready) || rule(field, one.rule));
  const drawn = new Set<string>(["."]);
  for (const field of fields) {
    drawn.add(field.name);
    if (field.relevant && !rule(field, field.relevant)) continue;
    places.push({ path: path + field.name, field, container: into });
    if (!field.required && draw(fc.nat, { max: 3 }) === 0) {
      into[field.name] = pick(draw, undefined, null, "", "  ", "\u3000");
      continue;
    }
    for (let attempt = 0; attempt < 30; attempt++) {
      const { value, spelled } = drawField(draw, field, ctx);
      into[field.name] = spelled;
      answers.set(field.name, { type: field.type, value });
      if (keeps(field, (name) => drawn.has(name))) break;
    }
  }
  return fields.every((field) => keeps(field, () => true));
}

const constraintsOf = ({ constraint }: Field): readonly Constraint[] =>
  !constraint ? [] : "rule" in constraint ? [constraint] : constraint;
