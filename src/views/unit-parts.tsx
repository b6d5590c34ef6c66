import type { Child } from "hono/jsx";
import type { FieldError } from "../domain/problem.ts";
import type { UnitKind } from "../domain/unit.ts";
import type { FormDefinition, Lang } from "../forms/define.ts";
import { Page } from "./layout.tsx";
import { momentWords, spanWords, UNIT } from "./unit-words.ts";
import { FORM } from "./words.ts";

/** What every page behind a unit's link knows; http/unit-door.ts makes it. */
export type DoorView = {
  unit: { code: string; name: string; kind: UnitKind };
  above: string[];
  county: string;
  hotline: string;
  lang: Lang;
  now: Date;
  today: string;
  zone: string;
  at: (path?: string) => string;
  href: (path?: string) => string;
  nav?: Child;
  /** The desk's own stylesheet. */
  css?: string;
  /** Where an official who may writes to another county about a person; behind a unit's own link nobody may. */
  letterTo?: (personId: string) => string;
};

type UnitPageProps = {
  door: DoorView;
  title: string;
  /** This page's own path behind the link. */
  path?: string;
  /** The id of the form whose answers a language switch keeps. */
  form?: string;
  error?: boolean;
  script?: boolean;
  wide?: boolean;
  /** More stylesheets and scripts, from ASSETS. */
  more?: { css?: string; js?: string };
  children?: Child;
};

/** A page behind a unit's link: the unit's name stands above everything, and a way back on inner pages. */
export const UnitPage = ({
  door,
  title,
  path = "",
  form,
  error,
  script,
  wide,
  more,
  children,
}: UnitPageProps) => (
  <Page
    lang={door.lang}
    title={`${title} · ${door.unit.name}`}
    county={door.county}
    path={door.at(path)}
    form={form}
    error={error}
    script={script}
    wide={wide}
    desk={door.css !== undefined}
    more={door.css ? { ...more, css: door.css } : more}
    hotline={door.hotline}
    nav={door.nav}
  >
    {path === "" ? null : (
      <p class="back">
        <a href={door.href()}>
          <span aria-hidden="true">‹ </span>
          {door.unit.name}
        </a>
      </p>
    )}
    {children}
  </Page>
);

/** When something was or is due, in words; vermilion only once it is overdue, and never by colour alone. */
export const Due = ({ at, door }: { at: Date; door: Pick<DoorView, "now" | "lang" | "zone" | "today"> }) => {
  const { now, lang, zone, today } = door;
  const when = momentWords(at, zone, lang, today);
  return at <= now ? (
    <span class="due">
      <strong class="alarm">{UNIT.overdue(spanWords(now.getTime() - at.getTime(), lang))[lang]}</strong>{" "}
      <span class="soft">{UNIT.wasDue(when)[lang]}</span>
    </span>
  ) : (
    <span class="due">
      <strong>{UNIT.dueAt(when)[lang]}</strong>{" "}
      <span class="soft">{UNIT.left(spanWords(at.getTime() - now.getTime(), lang))[lang]}</span>
    </span>
  );
};

/** A name as an official sees it before it is revealed: 王*. */
export { maskName as masked } from "../domain/mask.ts";

/** The words of a choice: labelOf(registration, "origin", "wuhan", lang). */
export function labelOf(form: FormDefinition, fieldName: string, choice: string, lang: Lang): string {
  const field = form.groups.flatMap((group) => group.fields).find(({ name }) => name === fieldName);
  const found = field && "choices" in field ? field.choices.find(({ name }) => name === choice) : undefined;
  return found?.label[lang] ?? choice;
}

/** Facts as a list of terms: what it is, what it says. Empty ones are left out. */
export const Facts = ({ facts }: { facts: [string, Child | undefined][] }) => (
  <dl class="summary">
    {facts
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([term, value]) => (
        <div>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
);

type AskProps = {
  name: string;
  label: string;
  hint?: string;
  errors: readonly FieldError[];
  lang: Lang;
};

/** Choices of a small form of officials; the first carries the anchor that the error summary leads to. */
export const AskChoice = ({
  name,
  label,
  hint,
  errors,
  lang,
  choices,
  value,
}: AskProps & { choices: Record<string, Record<Lang, string>>; value?: string | undefined }) => {
  const error = errors.find((one) => one.path === name);
  return (
    <div class={error ? "field wrong" : "field"}>
      <fieldset aria-describedby={describedBy(name, hint, error)}>
        <legend>{label}</legend>
        <Says name={name} hint={hint} error={error} lang={lang} />
        <div class="choices">
          {Object.entries(choices).map(([choice, words], at) => {
            const id = at === 0 ? `f-${name}` : `f-${name}-${at + 1}`;
            return (
              <div class="choice">
                <input type="radio" id={id} name={name} value={choice} checked={choice === value} />
                <label for={id}>{words[lang]}</label>
              </div>
            );
          })}
        </div>
      </fieldset>
    </div>
  );
};

/** A line or a box of text of a small form of officials. */
export const AskText = ({
  name,
  label,
  hint,
  errors,
  lang,
  value = "",
  rows,
  max,
  type = "text",
  inputmode,
  autocomplete = "off",
}: AskProps & {
  value?: string | undefined;
  rows?: number;
  max?: number;
  type?: "text" | "date" | "time" | "email" | "tel";
  inputmode?: "numeric";
  autocomplete?: string;
}) => {
  const error = errors.find((one) => one.path === name);
  const common = {
    id: `f-${name}`,
    name,
    "aria-describedby": describedBy(name, hint, error),
    "aria-invalid": error ? ("true" as const) : undefined,
    maxlength: max,
  };
  return (
    <div class={error ? "field wrong" : "field"}>
      <label for={`f-${name}`}>{label}</label>
      <Says name={name} hint={hint} error={error} lang={lang} />
      {rows ? (
        <textarea {...common} rows={rows}>
          {value}
        </textarea>
      ) : (
        <input
          {...common}
          type={type}
          value={value}
          class={type === "date" || type === "time" ? "short" : undefined}
          inputmode={inputmode}
          autocomplete={autocomplete}
        />
      )}
    </div>
  );
};

const Says = ({
  name,
  hint,
  error,
  lang,
}: {
  name: string;
  hint?: string | undefined;
  error?: FieldError | undefined;
  lang: Lang;
}) => (
  <>
    {hint ? (
      <p class="hint" id={`h-${name}`}>
        {hint}
      </p>
    ) : null}
    {error ? (
      <p class="error" id={`e-${name}`}>
        <span class="vh">{FORM.error[lang]}</span>
        {error.message}
      </p>
    ) : null}
  </>
);

const describedBy = (name: string, hint?: string, error?: FieldError) =>
  [hint ? `h-${name}` : "", error ? `e-${name}` : ""].filter(Boolean).join(" ") || undefined;
