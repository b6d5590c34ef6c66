import { countFaults } from "./check-count.ts";
import { groupFaults } from "./check-fields.ts";
import { recordFaults, registerFaults } from "./check-record.ts";
import { type Fault, shapeFaults } from "./check-shape.ts";
import type { FormDefinition } from "./define.ts";

/* What `npm run forms` holds every form file against, alone and beside the others. */

/** What is wrong with what a form file exports; none, and the engine can run it. Faults of shape hide all others. */
export function formFaults(thing: unknown): Fault[] {
  const shape = shapeFaults(thing);
  if (shape.length > 0) return shape;
  const form = thing as FormDefinition;
  const { count, record } = form;
  return [
    ...(count && record ? [{ at: "", said: "has both `count` and `record`; a form is one of them" }] : []),
    ...(form.name in {} ? [{ at: "name", said: "is a name that every object has" }] : []),
    ...groupFaults(form),
    ...(count ? countFaults(form, count) : []),
    ...(record ? recordFaults(form, record) : []),
  ];
}

/** A form and the file it stands in. */
export type FormFile = { file: string; form: FormDefinition };

/** What is wrong between forms that are each right, with the file that comes second. */
export function catalogueFaults(files: readonly FormFile[]): (Fault & { file: string })[] {
  const registration = files.find(({ form }) => form.name === "registration")?.form;
  return files.flatMap(({ file, form }, at) => {
    const others = files.slice(0, at);
    const first = others.find((other) => other.form.name === form.name);
    const { prefix } = form.record ?? {};
    const taken = prefix && others.find((other) => other.form.record?.prefix === prefix);
    const said: Fault[] = [
      ...(first ? [{ at: "name", said: `\`${form.name}\` is the name of ${first.file} already` }] : []),
      ...(taken
        ? [{ at: "record.prefix", said: `\`${prefix}\` is the prefix of ${taken.file} already` }]
        : []),
      ...(prefix && RESERVED.includes(prefix)
        ? [{ at: "record.prefix", said: `\`${prefix}\` stands before other numbers of this service` }]
        : []),
      ...(registration ? registerFaults(form, registration) : []),
    ];
    return said.map((fault) => ({ file, ...fault }));
  });
}

/** Tips, lists, letters and tickets have numbers of their own; CASE_PREFIX is WY unless a county says otherwise. */
const RESERVED = ["T", "PC", "XH", "DB", "WY"];
