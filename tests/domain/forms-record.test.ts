import { describe, expect, it } from "vitest";
import { absence } from "../../forms/absence.ts";
import { banquet } from "../../forms/banquet.ts";
import { exitPass } from "../../forms/exit-pass.ts";
import { morningCheck } from "../../forms/morning-check.ts";
import { recordForms } from "../../forms/records.ts";
import { registration } from "../../forms/registration.ts";
import { travelSurvey } from "../../forms/travel-survey.ts";
import { catalogueFaults, formFaults } from "../../src/forms/check-form.ts";
import type { FormDefinition, RecordForm } from "../../src/forms/define.ts";
import { dutyIn, stateWords, stepsFrom } from "../../src/forms/record.ts";

/** A copy of a form with something else at a place of it; undefined takes what is there away. */
function withAt(form: FormDefinition, path: string, value: unknown): unknown {
  const copy = structuredClone(form);
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const place = keys.reduce<unknown>((here, key) => (here as Record<string, unknown>)[key], copy);
  if (value === undefined) delete (place as Record<string, unknown>)[last];
  else (place as Record<string, unknown>)[last] = value;
  return copy;
}
const at = { now: new Date("2020-02-17T02:00:00Z"), zone: "Asia/Shanghai" };
const words = { "zh-Hans": "示例", "zh-Hant": "示例", en: "Sample" };
const field = (name: string) => ({ name, type: "text", label: words });

describe("a form file that somebody wrote is told of", () => {
  it.each<[string, FormDefinition, string, unknown, string]>([
    ["a word that is missing", exitPass, "title.en", undefined, "title.en: is missing"],
    [
      "a language that says nothing",
      exitPass,
      "groups.0.fields.0.label.zh-Hant",
      " ",
      "groups.pass.fields.home.label.zh-Hant: is not written as it must be: it is empty",
    ],
    ["a key that is misspelt", exitPass, "record.quote", {}, "record: knows no `quote`"],
    [
      "a kind of unit there is not",
      exitPass,
      "record.kinds.0",
      "city",
      "record.kinds.1: must be `county` or",
    ],
    [
      "a type of question there is not",
      exitPass,
      "groups.0.fields.0.type",
      "name",
      "groups.pass.fields.home.type: has no such `type`",
    ],
    [
      "a prefix of four letters",
      exitPass,
      "record.prefix",
      "EXIT",
      "record.prefix: is not written as it must be: one to three capitals",
    ],
    [
      "a state that nobody knows",
      exitPass,
      "record.steps.1.from",
      ["outt"],
      "record.steps.back.from: there is no state `outt`; there are filed, out, back",
    ],
    [
      "a step that no record comes to",
      banquet,
      "record.steps.2.from",
      ["held"],
      "record.steps.held: no record ever comes to this step",
    ],
    [
      "two steps of one name",
      banquet,
      "record.steps.1.name",
      "approved",
      "record.steps: the step `approved` stands twice",
    ],
    [
      "a step with the name of a state that every form has",
      exitPass,
      "record.steps.0.name",
      "withdrawn",
      "record.steps.withdrawn: cannot be named `withdrawn`: every form has that state",
    ],
    [
      "a county that nobody could decide on",
      banquet,
      "record.kinds.1",
      "county",
      "record.steps.approved.by: a county files it too, and nobody is above a county",
    ],
    [
      "a quota for nobody",
      exitPass,
      "record.subject",
      undefined,
      "record.quota: needs a `subject`: the fields that say together for whom it is",
    ],
    [
      "a subject that may be left out",
      exitPass,
      "record.subject",
      ["phone"],
      "record.subject: `phone` must be `required`, whatever else is answered",
    ],
    [
      "a duty that nobody could do",
      exitPass,
      "record.owes.0.in",
      "back",
      "record.owes.1.in: no step leads on from `back`, so that nobody could do what is owed",
    ],
    [
      "a duty in a state there is not",
      exitPass,
      "record.owes.0.in",
      "away",
      "record.owes.1.in: there is no state `away`; there are filed, out, back",
    ],
    ["a duty of no time", exitPass, "record.owes.0.within.minutes", 0, "record.owes.1.within"],
    ["a duty of no kind of time", exitPass, "record.owes.0.within", { hours: 2 }, "record.owes.1.within"],
    [
      "a duty by a question that is no date",
      travelSurvey,
      "record.owes.0.within.field",
      "to",
      "record.owes.1.within: `to` is no `date`",
    ],
    [
      "a duty that asks for a name",
      banquet,
      "record.owes.0.when",
      { op: "answered", field: "host" },
      "record.owes.1.when: `host` is personal: no rule of a record sees it",
    ],
    [
      "a figure that knows a phone",
      banquet,
      "record.figures.0.where",
      { op: "answered", field: "phone" },
      "record.figures.filed.where: `phone` is personal: no rule of a record sees it",
    ],
    [
      "a figure of a question there is not",
      banquet,
      "record.figures.0.where",
      { op: "answered", field: "colour" },
      "record.figures.filed.where: there is no question `colour`",
    ],
    [
      "a figure at filing of what is asked later",
      banquet,
      "record.figures.0.where",
      { op: "answered", field: "heldTables" },
      "record.figures.filed.where: `heldTables` has not been asked by then",
    ],
    [
      "a sum of what is no number",
      banquet,
      "record.figures.5.sum",
      "kind",
      "record.figures.tablesAsked.sum: `kind` is no `integer`",
    ],
    [
      "two figures of one name",
      banquet,
      "record.figures.1.name",
      "filed",
      "record.figures: the figure `filed` stands twice",
    ],
    [
      "a figure of a state there is not",
      exitPass,
      "record.figures.2.in",
      ["outside"],
      "record.figures.out.in: there is no state `outside`; there are filed, out, back",
    ],
    [
      "a name that everybody would read",
      banquet,
      "record.open",
      { fields: ["host"], intro: words, empty: words },
      "record.open.fields: `host` is personal and cannot be shown to everybody",
    ],
    [
      "two choices of one name",
      absence,
      "groups.1.fields.2.choices.1.name",
      "cough",
      "groups.illness.fields.symptoms.choices: the choice `cough` stands twice",
    ],
    [
      "a question that waits for a later one",
      banquet,
      "groups.0.fields.0.relevant",
      { op: "answered", field: "date" },
      "groups.event.fields.kind.relevant: asks about `date`, which does not stand before it",
    ],
    [
      "a question that stands twice",
      banquet,
      "groups.1.fields.3",
      field("date"),
      "groups: the question `date` stands twice",
    ],
    [
      "a question of a step with the name of another, asked otherwise",
      banquet,
      "record.steps.3.fields",
      [field("tables")],
      "record.steps.calledOff.fields.tables: has the name of another question that is asked otherwise",
    ],
    [
      "rows",
      banquet,
      "groups.0.repeat",
      { min: 1, max: 2, noun: words },
      "groups.event.repeat: cannot stand in a record form",
    ],
    [
      "counting and filing in one",
      banquet,
      "count",
      { kinds: ["town"], source: "示例" },
      ": has both `count` and `record`; a form is one of them",
    ],
    [
      "a due time that no clock shows",
      morningCheck,
      "count.due.at",
      "25:00",
      "count.due.at: is not written as it must be: a clock time such as 10:00",
    ],
    [
      "a step that is a page's address",
      exitPass,
      "record.steps.0.name",
      "reveal",
      "record.steps.reveal: cannot be named `reveal`: that is a page's address",
    ],
    [
      "a step that asks another right at the desk",
      exitPass,
      "record.steps.0.name",
      "excuse",
      "record.steps.excuse: cannot be named `excuse`",
    ],
    [
      "a step with a name that every object has",
      exitPass,
      "record.steps.0.name",
      "constructor",
      "record.steps.constructor: is a name that every object has",
    ],
    [
      "a step that depends on the day",
      exitPass,
      "record.steps.1.when",
      { op: "not", rule: { op: "lt", left: { field: "purpose" }, right: { today: 0 } } },
      "record.steps.back.when: cannot ask what day or time it is",
    ],
    [
      "a step's question that the page asks itself",
      exitPass,
      "record.steps.0.fields",
      [field("clientId"), field("whyWithdrawn")],
      "record.steps.out: no question may be named `clientId`\nrecord.steps.out: no question may be named `whyWithdrawn`",
    ],
    [
      "a question that every record is withdrawn with",
      exitPass,
      "groups.0.fields.0.name",
      "reason",
      "groups: no question may be named `reason`",
    ],
    [
      "a figure with a name that every object has",
      exitPass,
      "record.figures.0.name",
      "constructor",
      "record.figures.constructor: is a name that every object has",
    ],
    [
      "a sum that can go backwards",
      banquet,
      "groups.0.fields.2.min",
      undefined,
      "record.figures.tablesAsked.sum: `tables` needs a `min` of 0 or more",
    ],
    [
      "somebody's telephone in the clear",
      exitPass,
      "groups.0.fields.2.pii",
      undefined,
      "groups: `phone` is somebody's: it must be `pii` or stand in `record.open`",
    ],
    [
      "a choice with a name that every object has",
      banquet,
      "groups.0.fields.0.choices.0.name",
      "constructor",
      "groups.event.fields.kind.choices: has a name that every object has",
    ],
    ["a form with such a name", exitPass, "name", "constructor", "name: is a name that every object has"],
    [
      "a count that is owed",
      morningCheck,
      "groups.0.fields.0.required",
      true,
      "groups.standing.fields.students: cannot be `required`: an empty field says nothing, and 0 says zero",
    ],
    [
      "a count that is a text",
      morningCheck,
      "groups.0.fields.2",
      field("more"),
      "groups.standing.fields.more: must be an `integer`: a count form only counts",
    ],
    [
      "a name that every object has",
      morningCheck,
      "groups.0.fields.0.name",
      "constructor",
      "groups.standing.fields.constructor.name: is a name that every object has",
    ],
  ])("%s", (_, form, path, value, said) => {
    const faults = formFaults(withAt(form, path, value));
    expect(faults.map((fault) => `${fault.at}: ${fault.said}`).join("\n")).toContain(said);
  });

  it.each([undefined, null, 1, "form", [], {}, { name: "x" }, { ...exitPass, groups: [] }])(
    "something else that it exports: %j",
    (thing) => {
      expect(formFaults(thing).length).toBeGreaterThan(0);
    },
  );
});

describe("forms beside each other", () => {
  const said = (...more: FormDefinition[]) =>
    catalogueFaults(
      [registration, ...recordForms, ...more].map((form) => ({ file: `${form.name}.ts`, form })),
    ).map(({ file, at, said }) => `${file}, ${at}: ${said}`);

  it("have each its own name and prefix", () => {
    expect(said()).toEqual([]);
    expect(said(exitPass)).toEqual([
      "exit-pass.ts, name: `exit-pass` is the name of exit-pass.ts already",
      "exit-pass.ts, record.prefix: `CR` is the prefix of exit-pass.ts already",
    ]);
    const other = { ...exitPass, name: "other", record: { ...exitPass.record, prefix: "WY" } };
    expect(said(other)).toEqual([
      "other.ts, record.prefix: `WY` stands before other numbers of this service",
    ]);
  });

  it("become registrations out of questions that both have", () => {
    const registers = {
      when: { op: "answered", field: "home" },
      values: { village: { field: "home" }, unit: { field: "house" } },
      person: { name: { field: "person" } },
    } as const;
    const form: RecordForm = {
      ...exitPass,
      name: "other",
      record: { ...exitPass.record, prefix: "OT", registers },
    };
    expect(said(form)).toEqual([
      "other.ts, record.registers.values.village: registration has no such question",
      "other.ts, record.registers.values.unit: there is no question `house`",
    ]);
  });
});

describe("what the county's forms say of a life", () => {
  const steps = (form: RecordForm, state: string, facts = {}) =>
    stepsFrom(form, state, facts, at).map(({ name, by }) => `${name} by ${by}`);

  it("a banquet is decided above within a day, and its village says what became of it", () => {
    expect(steps(banquet, "filed")).toEqual(["approved by above", "refused by above", "calledOff by unit"]);
    expect(steps(banquet, "approved")).toEqual(["held by unit", "calledOff by unit"]);
    for (const end of ["refused", "held", "calledOff"]) expect(steps(banquet, end)).toEqual([]);
    expect(dutyIn(banquet, "filed", {}, at)).toMatchObject({ from: "above", within: { minutes: 1_440 } });
    expect(dutyIn(banquet, "approved", {}, at)).toMatchObject({ from: "unit", within: { field: "date" } });
  });

  it("an absent pupil is asked after every day, until back at school", () => {
    expect(steps(absence, "followed")).toEqual(["followed by unit", "returned by unit"]);
    for (const state of ["filed", "followed"])
      expect(dutyIn(absence, state, {}, at)).toMatchObject({ from: "unit", within: { minutes: 1_440 } });
    expect(dutyIn(absence, "returned", {}, at)).toBeUndefined();
  });

  it("who travels is looked for at the end of the day that was named, and of the later one", () => {
    expect(dutyIn(travelSurvey, "filed", {}, at)?.within).toEqual({ field: "backOn", days: 0 });
    expect(dutyIn(travelSurvey, "extended", {}, at)?.within).toEqual({ field: "laterOn", days: 0 });
    expect(steps(travelSurvey, "extended")).toEqual(["back by unit", "extended by unit"]);
  });

  it("each state has a name in three languages", () => {
    for (const form of recordForms)
      for (const state of ["filed", "withdrawn", ...form.record.steps.map(({ name }) => name)])
        for (const said of Object.values(stateWords(form, state))) expect(said, state).toMatch(/\S/);
  });
});
