import { type Fault, placeOf } from "./check-shape.ts";
import type { CountRules, FormDefinition } from "./define.ts";

/* What a form that only counts must keep beside what every form keeps. */

/** Faults of a count form. */
export function countFaults(form: FormDefinition, count: CountRules): Fault[] {
  const faults: Fault[] = [];
  if (count.kinds.length === 0) faults.push({ at: "count.kinds", said: "names no unit that fills it in" });
  const seen = new Set<string>();
  form.groups.forEach((group, at) => {
    if (group.repeat)
      faults.push({ at: placeOf(form, ["groups", at, "repeat"]), said: "cannot stand in a count form" });
    group.fields.forEach((field, n) => {
      const place = placeOf(form, ["groups", at, "fields", n]);
      const say = (said: string) => faults.push({ at: place, said });
      if (field.type !== "integer") {
        say("must be an `integer`: a count form only counts");
        return;
      }
      if (!field.count) say("must say whether it is a `flow` or a `stock` (`count`)");
      if (!field.measure) say("must say what it is counted in (`measure`)");
      if (field.min !== 0 || field.max === undefined) say("must go from `min: 0` to a `max`");
      if (field.required) say("cannot be `required`: an empty field says nothing, and 0 says zero");
      if (field.pii) say("cannot be `pii`: a count is nobody's");
      if (field.name === "reason") say("cannot be named `reason`: that is a correction's");
      if (seen.has(field.name)) say("stands twice");
      seen.add(field.name);
    });
  });
  return faults;
}
