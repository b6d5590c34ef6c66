import { fieldFaults, twice } from "./check-fields.ts";
import type { Fault } from "./check-shape.ts";
import type { Field, FormDefinition, RecordForm, RecordRules, Rule } from "./define.ts";
import { FILED, recordFields, WITHDRAWN } from "./record.ts";
import { fieldsOf } from "./rules.ts";

/*
 * What a record form must keep beside what every form keeps: its states hang together, and its rules see what is there and is
 * not personal. `at` in each sentence is a place of the file.
 */
/** Faults of a record form. */
export function recordFaults(form: FormDefinition, record: RecordRules): Fault[] {
  const whole = form as RecordForm;
  return [
    ...formFaults(whole),
    ...stepFaults(whole),
    ...dutyFaults(whole),
    ...figureFaults(whole),
    ...(record.kinds.length === 0 ? [{ at: "record.kinds", said: "names no unit that files it" }] : []),
  ];
}

/** Names that a program sends or reads beside the answers, and what a page's address says of what was saved. */
const TAKEN = ["clientId", "occurredAt", "lang", "saved", "reason"];
/** What a record's own page asks beside a step. */
const TAKEN_OF_STEPS = [...TAKEN, "purpose", "whyWithdrawn"];
/** What stands in an address where a step could, and what asks another right there. */
const ROUTES = ["reveal", "excuse", "new", "rapid", "entries", "hours", "list", "records", "counts"];
const EVERY_OBJECT = "is a name that every object has";

function formFaults(form: RecordForm): Fault[] {
  const faults: Fault[] = [];
  const { subject, quota, open, rapid } = form.record;
  const asked = recordFields(form);
  for (const { name, repeat } of form.groups)
    if (repeat) faults.push({ at: `groups.${name}.repeat`, said: "cannot stand in a record form" });
  for (const { name } of asked)
    if (TAKEN.includes(name)) faults.push({ at: "groups", said: `no question may be named \`${name}\`` });
  for (const { name, type, pii } of everyField(form))
    if ((type === "id_document" || type === "phone") && !pii && !open?.fields.includes(name))
      faults.push({
        at: "groups",
        said: `\`${name}\` is somebody's: it must be \`pii\` or stand in \`record.open\``,
      });
  for (const name of subject ?? []) {
    const field = named(asked, name);
    if (!field) faults.push(missing("record.subject", name));
    else if (!field.required || field.relevant)
      faults.push({
        at: "record.subject",
        said: `\`${name}\` must be \`required\`, whatever else is answered`,
      });
  }
  if (quota && !subject)
    faults.push({
      at: "record.quota",
      said: "needs a `subject`: the fields that say together for whom it is",
    });
  for (const name of open?.fields ?? []) {
    const field = named(asked, name);
    if (!field) faults.push(missing("record.open.fields", name));
    else if (field.pii)
      faults.push({
        at: "record.open.fields",
        said: `\`${name}\` is personal and cannot be shown to everybody`,
      });
  }
  for (const [part, names] of [
    ["keep", rapid?.keep ?? []],
    ["starts", Object.keys(rapid?.starts ?? {})],
  ] as const)
    for (const name of names) if (!named(asked, name)) faults.push(missing(`record.rapid.${part}`, name));
  return faults;
}

function stepFaults(form: RecordForm): Fault[] {
  const faults: Fault[] = [];
  const { steps, kinds } = form.record;
  const states = statesOf(form);
  const filing = recordFields(form);
  faults.push(...twice(stepNames(form), "step").map((said) => ({ at: "record.steps", said })));
  for (const step of steps) {
    const place = `record.steps.${step.name}`;
    const say = (at: string, said: string) => faults.push({ at: `${place}${at}`, said });
    if ([FILED, WITHDRAWN].includes(step.name))
      say("", `cannot be named \`${step.name}\`: every form has that state`);
    if (ROUTES.includes(step.name)) say("", `cannot be named \`${step.name}\`: that is a page's address`);
    if (step.name in {}) say("", EVERY_OBJECT);
    if (step.when && asksTime(step.when))
      say(
        ".when",
        "cannot ask what day or time it is: whether a step is left is decided once, as the state is entered",
      );
    for (const state of step.from)
      if (!states.includes(state))
        say(".from", `there is no state \`${state}\`; there are ${states.join(", ")}`);
    if (step.by === "above" && kinds.includes("county")) say(".by", NOBODY_ABOVE);
    faults.push(...ruleFaults(form, step.when, `${place}.when`, filing));
    const own = step.fields ?? [];
    faults.push(
      ...twice(
        own.map(({ name }) => name),
        "question",
      ).map((said) => ({ at: place, said })),
    );
    const earlier: string[] = [];
    for (const field of own) {
      const around = own.map(({ name }) => name);
      faults.push(
        ...fieldFaults(field, earlier, around, (path) => [`${place}.fields`, field.name, ...path].join(".")),
      );
      earlier.push(field.name);
      if (TAKEN_OF_STEPS.includes(field.name)) say("", `no question may be named \`${field.name}\``);
      const other = [...filing, ...steps.flatMap((each) => each.fields ?? [])].find(
        (each) => each.name === field.name && (each.type !== field.type || !each.pii !== !field.pii),
      );
      if (other) say(`.fields.${field.name}`, "has the name of another question that is asked otherwise");
    }
  }
  for (const state of unreachable(form))
    faults.push({ at: `record.steps.${state}`, said: "no record ever comes to this step" });
  return faults;
}

function dutyFaults(form: RecordForm): Fault[] {
  const faults: Fault[] = [];
  const { steps, owes = [], kinds } = form.record;
  const known = everyField(form);
  owes.forEach((duty, n) => {
    const place = `record.owes.${n + 1}`;
    const say = (at: string, said: string) => faults.push({ at: `${place}${at}`, said });
    if (!statesOf(form).includes(duty.in))
      say(".in", `there is no state \`${duty.in}\`; there are ${statesOf(form).join(", ")}`);
    else if (!steps.some(({ from }) => from.includes(duty.in)))
      say(".in", `no step leads on from \`${duty.in}\`, so that nobody could do what is owed`);
    if (duty.from === "above" && kinds.includes("county")) say(".from", NOBODY_ABOVE);
    if ("field" in duty.within) {
      const field = named(known, duty.within.field);
      if (!field) faults.push(missing(`${place}.within`, duty.within.field));
      else if (field.type !== "date") say(".within", `\`${field.name}\` is no \`date\``);
      else if (field.pii) say(".within", `\`${field.name}\` is personal: no clock may know it`);
    }
    faults.push(...ruleFaults(form, duty.when, `${place}.when`, known));
  });
  return faults;
}

function figureFaults(form: RecordForm): Fault[] {
  const faults: Fault[] = [];
  const { figures } = form.record;
  const names = figures.map(({ name }) => name);
  faults.push(...twice(names, "figure").map((said) => ({ at: "record.figures", said })));
  for (const figure of figures) {
    const place = `record.figures.${figure.name}`;
    const states = figure.count === "flow" ? [figure.at] : figure.in;
    if (figure.name in {}) faults.push({ at: place, said: EVERY_OBJECT });
    for (const state of states)
      if (!statesOf(form).includes(state))
        faults.push({
          at: `${place}.${figure.count === "flow" ? "at" : "in"}`,
          said: `there is no state \`${state}\`; there are ${statesOf(form).join(", ")}`,
        });
    // What is counted at filing can only be what was asked by then.
    const by = figure.count === "flow" && figure.at === FILED ? recordFields(form) : everyField(form);
    faults.push(...ruleFaults(form, figure.where, `${place}.where`, by));
    if (figure.sum === undefined) continue;
    const field = named(by, figure.sum);
    if (!field) faults.push(missing(`${place}.sum`, figure.sum));
    else if (field.type !== "integer")
      faults.push({ at: `${place}.sum`, said: `\`${figure.sum}\` is no \`integer\`` });
    else if (field.pii) faults.push({ at: `${place}.sum`, said: `\`${figure.sum}\` is personal` });
    else if (field.min === undefined || field.min < 0)
      faults.push({
        at: `${place}.sum`,
        said: `\`${figure.sum}\` needs a \`min\` of 0 or more: nothing counts backwards`,
      });
  }
  return faults;
}

/**
 * Faults of what a record form becomes a registration from. `registration` is that form: each answer it always asks for must
 * come from somewhere.
 */
export function registerFaults(form: FormDefinition, registration: FormDefinition): Fault[] {
  const registers = form.record?.registers;
  if (!registers) return [];
  const asked = form.groups.flatMap(({ fields }) => [...fields]);
  const faults: Fault[] = fieldsOf(registers.when).flatMap((name) =>
    named(asked, name) ? [] : [missing("record.registers.when", name)],
  );
  const plain = registration.groups.filter(({ repeat }) => !repeat).flatMap(({ fields }) => [...fields]);
  const row = registration.groups.filter(({ repeat }) => repeat).flatMap(({ fields }) => [...fields]);
  for (const [part, fields] of [
    ["values", plain],
    ["person", row],
  ] as const)
    for (const [to, source] of Object.entries(registers[part])) {
      const at = `record.registers.${part}.${to}`;
      if (!named(fields, to)) faults.push({ at, said: `${registration.name} has no such question` });
      const seen = "field" in source ? [source.field] : "holds" in source ? fieldsOf(source.holds) : [];
      for (const name of new Set(seen)) if (!named(asked, name)) faults.push(missing(at, name));
    }
  return faults;
}

/** Rules of a record see answers that are not personal, and nothing else. */
function ruleFaults(form: RecordForm, rule: Rule | undefined, at: string, known: readonly Field[]): Fault[] {
  if (!rule) return [];
  return [...new Set(fieldsOf(rule))].flatMap((name): Fault[] => {
    const field = named(known, name);
    if (field?.pii) return [{ at, said: `\`${name}\` is personal: no rule of a record sees it` }];
    if (field) return [];
    const later = named(everyField(form), name);
    return [later ? { at, said: `\`${name}\` has not been asked by then` } : missing(at, name)];
  });
}

/** Whether a rule has another answer tomorrow. */
function asksTime(rule: Rule): boolean {
  if (rule.op === "and" || rule.op === "or") return rule.rules.some(asksTime);
  if (rule.op === "not") return asksTime(rule.rule);
  return "left" in rule && [rule.left, rule.right].some((side) => "today" in side || "now" in side);
}

const missing = (at: string, name: string): Fault => ({ at, said: `there is no question \`${name}\`` });
const named = (fields: readonly Field[], name: string) => fields.find((field) => field.name === name);
const NOBODY_ABOVE = "a county files it too, and nobody is above a county";

const stepNames = ({ record }: RecordForm) => record.steps.map(({ name }) => name);
const statesOf = (form: RecordForm) => [FILED, ...new Set(stepNames(form))];
const everyField = (form: RecordForm): Field[] => [
  ...recordFields(form),
  ...form.record.steps.flatMap(({ fields = [] }) => [...fields]),
];

/** Steps that no way leads to from filing. */
function unreachable({ record }: RecordForm): string[] {
  const reached = new Set([FILED]);
  for (let grown = true; grown; ) {
    const more = record.steps.filter(
      ({ name, from }) => !reached.has(name) && from.some((one) => reached.has(one)),
    );
    for (const { name } of more) reached.add(name);
    grown = more.length > 0;
  }
  return record.steps.map(({ name }) => name).filter((name) => !reached.has(name));
}
