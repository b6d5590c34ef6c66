import { type Fault, placeOf } from "./check-shape.ts";
import type { Constraint, Field, FormDefinition } from "./define.ts";
import { fieldsOf } from "./rules.ts";

/* What the questions of a form must keep together. */

/** Faults of the questions that stand in the form's groups. */
export function groupFaults(form: FormDefinition): Fault[] {
  const faults: Fault[] = [];
  const plain = form.groups.filter(({ repeat }) => !repeat).flatMap(({ fields }) => [...fields]);
  const before: string[] = [];
  form.groups.forEach((group, at) => {
    const where = (path: PropertyKey[]) => placeOf(form, ["groups", at, ...path]);
    const row: string[] = [];
    const earlier = () => [...before, ...row];
    const around = [...plain, ...group.fields].map(({ name }) => name);
    group.fields.forEach((field, n) => {
      faults.push(...fieldFaults(field, earlier(), around, (path) => where(["fields", n, ...path])));
      row.push(field.name);
    });
    if (!group.repeat) before.push(...row);
    if (group.repeat && group.repeat.min > group.repeat.max)
      faults.push({ at: where(["repeat"]), said: "asks for more rows than it takes" });
    faults.push(...twice(row, "question").map((said) => ({ at: where(["fields"]), said })));
  });
  faults.push(
    ...twice(
      form.groups.map(({ name }) => name),
      "group",
    ).map((said) => ({ at: "groups", said })),
  );
  // The rows of a repeat stand beside the plain fields.
  const beside = [
    ...plain.map(({ name }) => name),
    ...form.groups.flatMap(({ name, repeat }) => (repeat ? [name] : [])),
  ];
  const inGroups = new Set(faults.map(({ said }) => said));
  for (const said of twice(beside, "question")) if (!inGroups.has(said)) faults.push({ at: "groups", said });
  return faults;
}

/**
 * Faults of one question.
 * @param earlier names that stand before it
 * @param around names that a constraint of it may look at
 */
export function fieldFaults(
  field: Field,
  earlier: readonly string[],
  around: readonly string[],
  at: (path: PropertyKey[]) => string,
): Fault[] {
  const faults: Fault[] = [];
  if (field.name in {}) faults.push({ at: at(["name"]), said: "is a name that every object has" });
  if ("choices" in field && field.choices.some(({ name }) => name in {}))
    faults.push({ at: at(["choices"]), said: "has a name that every object has" });
  if ("choices" in field)
    for (const said of twice(
      field.choices.map(({ name }) => name),
      "choice",
    ))
      faults.push({ at: at(["choices"]), said });
  if ("min" in field && field.min !== undefined && field.max !== undefined && field.min > field.max)
    faults.push({ at: at(["min"]), said: "is more than its `max`" });
  if (field.relevant)
    for (const name of fieldsOf(field.relevant))
      if (!earlier.includes(name))
        faults.push({ at: at(["relevant"]), said: `asks about \`${name}\`, which does not stand before it` });
  for (const { rule } of constraintsOf(field))
    for (const name of fieldsOf(rule))
      if (name !== "." && !around.includes(name))
        faults.push({ at: at(["constraint"]), said: `asks about \`${name}\`, which there is not` });
  return faults;
}

/** What stands more than once, a sentence for each. */
export const twice = (names: readonly string[], what: string): string[] =>
  [...new Set(names.filter((name, at) => names.indexOf(name) < at))].map(
    (name) => `the ${what} \`${name}\` stands twice`,
  );

const constraintsOf = ({ constraint }: Field): readonly Constraint[] =>
  !constraint ? [] : "rule" in constraint ? [constraint] : constraint;
