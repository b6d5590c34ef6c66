import type { UnitKind } from "../domain/unit.ts";

/*
 * The words a form file is written in: XLSForm's (name, type, label, hint, required, relevant, constraint, choices)
 * as typed data. Nothing here runs; validate, describe and the pages read it.
 */
export const LANGS = ["zh-Hans", "zh-Hant", "en"] as const;
export type Lang = (typeof LANGS)[number];
export type Words = Readonly<Record<Lang, string>>;

/** A field of this form by name, or "." for the field the rule stands on. Inside a repeat its own row is looked at first. */
export type Ref = string;
export type Operand =
  | { field: Ref }
  | { value: string | number | boolean }
  | { today: number }
  | { now: number };
/** `today` and `now` carry an offset in days and minutes. An unanswered operand makes a comparison false. */
export type Rule =
  | { op: "eq" | "ne" | "lt" | "le" | "gt" | "ge"; left: Operand; right: Operand }
  | { op: "answered"; field: Ref }
  | { op: "selected"; field: Ref; choice: string }
  | { op: "and" | "or"; rules: readonly Rule[] }
  | { op: "not"; rule: Rule };

export type Choice = { name: string; label: Words };
/** A rule that the answer must keep, and the words shown where it does not. */
export type Constraint = { rule: Rule; message: Words };

type Common = {
  name: string;
  label: Words;
  hint?: Words;
  /** true, or the words shown when it is missing. */
  required?: boolean | Words;
  /** May name only fields that stand before this one, so that one pass decides. */
  relevant?: Rule;
  constraint?: Constraint | readonly Constraint[];
  /** The value where the field is not relevant; without it the field is then absent. */
  otherwise?: string | number | boolean;
  /** Personal: sealed before it reaches D1. */
  pii?: boolean;
  /** HTML autocomplete token, where a phone can fill it in. */
  autocomplete?: string;
  /** A figure the service already holds and prefills (daily report); see domain/summary. */
  calculation?: string;
  /** A plainly made-up answer for examples; without it the type decides. */
  example?: string | number | boolean | readonly string[] | IdDocument;
};

export type Field =
  | (Common & { type: "text"; maxLength?: number })
  | (Common & { type: "long_text"; maxLength?: number })
  | (Common & { type: "integer"; min?: number; max?: number; count?: CountKind; measure?: Words })
  | (Common & { type: "decimal"; min?: number; max?: number })
  | (Common & { type: "date" })
  | (Common & { type: "datetime" })
  | (Common & { type: "select_one"; choices: readonly Choice[] })
  | (Common & { type: "select_multiple"; choices: readonly Choice[] })
  | (Common & { type: "yes_no" })
  | (Common & { type: "phone" })
  | (Common & { type: "id_document" })
  | (Common & { type: "unit"; level: "town" | "village" | "any" })
  | (Common & { type: "temperature" });

/** A page of questions; with `repeat` it stands once for each row and its values nest under its name. */
export type Group = {
  name: string;
  label: Words;
  hint?: Words;
  repeat?: { min: number; max: number; noun: Words };
  fields: readonly Field[];
};

export type FormDefinition = {
  name: string;
  version: number;
  title: Words;
  intro?: Words;
  groups: readonly Group[];
  /** Only of a count form. */
  count?: CountRules;
  /** Only of a record form. */
  record?: RecordRules;
};

/** flow: what is entered came that day, and adds up; stock: it is what stands, and the latest day's counts. */
export type CountKind = "flow" | "stock";
/** Which kinds of unit fill it in, where in DOMAIN.md its counts come from, and a sentence that their definitions add. */
export type CountRules = {
  kinds: readonly UnitKind[];
  source: string;
  note?: Words;
  /** Owed every day by each of those units, by this clock time (HH:MM); without it a unit fills it in when it has something. */
  due?: { at: string };
  /** Where it stands among the others on pages; 100 without it. */
  order?: number;
};
/** One count: optional, for an empty field says nothing and 0 says zero. `measure` is what it is counted in: 份, copies. */
export type CountField = Common & {
  type: "integer";
  min: 0;
  max: number;
  count: CountKind;
  measure: Words;
  required?: never;
  pii?: never;
};
/**
 * Counts that nobody can derive (leaflets, meetings, closures): each unit enters a day's once, and running totals,
 * indicators, pages and doors follow from this file alone.
 */
export type CountForm = FormDefinition & {
  count: CountRules;
  groups: readonly {
    name: string;
    label: Words;
    hint?: Words;
    repeat?: never;
    fields: readonly CountField[];
  }[];
};

/**
 * 登记事项: what is filed one by one and has a life of its own (a pass, a banquet, somebody at a checkpoint). Its steps, what it
 * owes, its quota and its figures are data; pages, JSON doors, alerts and indicators follow from it.
 */
export type RecordRules = {
  /** Kinds of unit that file it, at their own doors. */
  kinds: readonly UnitKind[];
  /** Where in DOMAIN.md it comes from. */
  source: string;
  /** One of them, in a sentence: 出入证, a pass. */
  noun: Words;
  /** One to three capitals that no other form has, before its number: CX-0217-4486. */
  prefix: string;
  /** The state that filing leads to: 已开具. */
  filed: Words;
  /** Fields that say together whom or what it is about: matched by a blind index within the unit. */
  subject?: readonly string[];
  /** At most `max` for one subject of a unit within `days` local days, the day it happens the last; withdrawn ones do not count. */
  quota?: { max: number; days: number; message: Words };
  steps: readonly RecordStep[];
  owes?: readonly RecordDuty[];
  figures: readonly RecordFigure[];
  /** What anybody may read of those that stand, at /lists/<form>: fields that are not personal. */
  open?: { fields: readonly string[]; intro: Words; empty: Words };
  /**
   * Entered one after another on a phone, without a network too. `keep`: fields whose answer stays for the next entry;
   * `starts`: what stands in a field before anybody has answered.
   */
  rapid?: { keep: readonly string[]; starts?: Readonly<Record<string, string | number | boolean>> };
  /** Becomes a registration where `when` holds: each answer of forms/registration.ts out of a field here, or as it stands. */
  registers?: {
    when: Rule;
    values: Readonly<Record<string, RegisterSource>>;
    person: Readonly<Record<string, RegisterSource>>;
  };
  order?: number;
};
/**
 * Where an answer of the registration comes from: a field, its choices called otherwise where `as` says so; a value that
 * always is; whether a rule holds; or when it happened.
 */
export type RegisterSource =
  | { field: Ref; as?: Readonly<Record<string, string | number | boolean>> }
  | { value: string | number | boolean }
  | { holds: Rule }
  | { happened: "day" | "moment" };
/**
 * Something that is done to a record and leads to the state of its name. A state that no step leads on from is an end; beside
 * the steps of its form every record can be withdrawn, with a reason, until it has come to the end of its steps.
 */
export type RecordStep = {
  /** Not `filed` or `withdrawn`. */
  name: string;
  /** What the button says: 登记返回. */
  label: Words;
  /** What the state is called: 已返回. */
  done: Words;
  /** States it may be taken from: `filed` and names of steps, its own too where it can be taken again. */
  from: readonly string[];
  /** unit: at the door it was filed at; above: by its town or county alone. */
  by: "unit" | "above";
  /** Only for records whose answers hold this. */
  when?: Rule;
  fields?: readonly Field[];
};
/** What is owed while a record is in a state; the step that leaves the state meets it. */
export type RecordDuty = {
  /** A state: `filed` or a step's name. */
  in: string;
  when?: Rule;
  /**
   * By when: minutes after the state was entered (for the unit above: after that was recorded), or at the end of the local day
   * that a date field names, and `days` more.
   */
  within: { minutes: number } | { field: Ref; days: number };
  /** unit: who filed it, told when it is overdue; above: its town, told at once. */
  from: "unit" | "above";
  /** What has to be done, in two to six characters: 返回, 审批. */
  what: Words;
};
/**
 * What is counted of a form's records, `<form>.<name>`. flow: each time `at` happens (filed, or a step); stock: those that are
 * in one of the states `in`. `sum` adds up an integer field instead of counting. Rules see answers that are not personal.
 */
export type RecordFigure = {
  name: string;
  label: Words;
  /** What it is counted in: 张, passes. */
  measure: Words;
  where?: Rule;
  sum?: Ref;
} & ({ count: "flow"; at: string } | { count: "stock"; in: readonly string[] });
/** A form whose answers become records. */
export type RecordForm = FormDefinition & {
  record: RecordRules;
  groups: readonly { name: string; label: Words; hint?: Words; repeat?: never; fields: readonly Field[] }[];
};

type Flatten<T> = { [K in keyof T]: T[K] };
type ValueOf<F> = F extends { type: "integer" | "decimal" | "temperature" }
  ? number
  : F extends { type: "yes_no" }
    ? boolean
    : F extends { type: "select_one"; choices: readonly { name: infer N }[] }
      ? N
      : F extends { type: "select_multiple"; choices: readonly { name: infer N }[] }
        ? N[]
        : F extends { type: "id_document" }
          ? IdDocument
          : string;
type Always<F> = F extends { relevant: unknown }
  ? F extends { required: true | Words; otherwise: unknown }
    ? true
    : false
  : F extends { required: true | Words }
    ? true
    : false;
type FieldValues<Fs extends readonly unknown[]> = Flatten<
  {
    [F in Fs[number] as F extends { name: infer N extends string }
      ? Always<F> extends true
        ? N
        : never
      : never]: ValueOf<F>;
  } & {
    [F in Fs[number] as F extends { name: infer N extends string }
      ? Always<F> extends true
        ? never
        : N
      : never]?: ValueOf<F>;
  }
>;
type PlainFields<Gs extends readonly unknown[]> = Gs extends readonly [infer G, ...infer Rest]
  ? G extends { repeat: unknown }
    ? PlainFields<Rest>
    : G extends { fields: infer Fs extends readonly unknown[] }
      ? FieldValues<Fs> & PlainFields<Rest>
      : PlainFields<Rest>
  : unknown;
type Repeats<Gs extends readonly unknown[]> = {
  [G in Gs[number] as G extends { repeat: unknown; name: infer N extends string } ? N : never]: G extends {
    fields: infer Fs extends readonly unknown[];
  }
    ? FieldValues<Fs>[]
    : never;
};

/** The typed answers of a form: plain groups flat, repeating groups as lists under their name. */
export type ValuesOf<D extends { groups: readonly unknown[] }> = Flatten<
  PlainFields<D["groups"]> & Repeats<D["groups"]>
>;

/** An identity document; `none` has no number. Numbers are normalised: half width, upper case, no spaces. */
export type IdDocument = {
  kind: "id_card" | "residence_permit" | "hk_macao_permit" | "taiwan_permit" | "passport" | "other" | "none";
  number?: string;
};

/** Keeps the literal types of a form file, so that ValuesOf can read them. */
export const defineForm = <const D extends FormDefinition>(definition: D): D => definition;

/** The same of a count form. */
export const defineCountForm = <const D extends CountForm>(definition: D): D => definition;

/** The same of a record form. */
export const defineRecordForm = <const D extends RecordForm>(definition: D): D => definition;
