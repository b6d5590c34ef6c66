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
};

/** flow: what is entered came that day, and adds up; stock: it is what stands, and the latest day's counts. */
export type CountKind = "flow" | "stock";
/** Which kinds of unit fill it in, where in DOMAIN.md its counts come from, and a sentence that their definitions add. */
export type CountRules = { kinds: readonly UnitKind[]; source: string; note?: Words };
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
