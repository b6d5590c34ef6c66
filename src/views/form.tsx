import type { Child } from "hono/jsx";
import type { FieldError } from "../domain/problem.ts";
import { localClock } from "../domain/time.ts";
import type { FormDefinition, Group, Lang } from "../forms/define.ts";
import { FormField, type UnitChoice } from "./field.tsx";
import { FORM } from "./words.ts";

export type FormFieldsProps = {
  form: FormDefinition;
  group: Group;
  /** The nested input as it was typed or prefilled (decodeForm's shape); undefined for an empty form. */
  values?: unknown;
  errors?: readonly FieldError[] | undefined;
  lang: Lang;
  /** Fields that the door fixes: they are left out, and the page carries them as <Hidden>. */
  hidden?: readonly string[];
  /** What unit fields offer. */
  units?: readonly UnitChoice[];
  /** The path whose control takes the focus: what the reader asked to change. */
  focus?: string | undefined;
};

/** One group of questions: a screen of its own when JavaScript is there, a headed part of one page otherwise. */
export const FormFields = (props: FormFieldsProps) => {
  const { group, lang, hidden = [] } = props;
  const fields = group.fields.filter((field) => !hidden.includes(field.name));
  if (fields.length === 0) return null;
  return (
    <section class="group" data-group={group.name}>
      <h2 id={`g-${group.name}`} tabindex={-1}>
        {group.label[lang]}
      </h2>
      {group.hint ? <p class="hint">{group.hint[lang]}</p> : null}
      {group.repeat ? <Rows {...props} /> : <Questions {...props} prefix="" values={props.values} />}
    </section>
  );
};

const Questions = ({
  form,
  group,
  values,
  errors,
  lang,
  hidden = [],
  units,
  focus,
  prefix,
}: FormFieldsProps & { prefix: string }) => (
  <>
    {group.fields
      .filter((field) => !hidden.includes(field.name))
      .map((field) => {
        const path = `${prefix}${field.name}`;
        return (
          <FormField
            form={form}
            field={field}
            path={path}
            value={part(values, field.name)}
            error={errors?.find((one) => one.path === path || one.path.startsWith(`${path}.`))}
            lang={lang}
            units={units}
            focus={focus === path}
          />
        );
      })}
  </>
);

/** The rows of a repeat, a button for one more, and a template for form.client.js to copy. */
const Rows = (props: FormFieldsProps) => {
  const { group, values, errors, lang } = props;
  const { min, max, noun } = group.repeat ?? { min: 0, max: 0, noun: group.label };
  const given = part(values, group.name);
  const rows: unknown[] =
    Array.isArray(given) && given.length > 0 ? given.slice(0, max) : Array(min).fill({});
  const error = errors?.find((one) => one.path === group.name);
  return (
    <div
      class="rows"
      id={`f-${group.name}`}
      tabindex={-1}
      data-repeat={group.name}
      data-min={min}
      data-max={max}
    >
      {error ? <p class="error">{error.message}</p> : null}
      {rows.map((row, at) => (
        <Row {...props} values={row} at={at} removable={rows.length > min} />
      ))}
      <template>
        <Row {...props} values={{}} errors={[]} at="__row__" removable />
      </template>
      {rows.length < max ? (
        <button type="submit" class="quiet add" name="_action" value={`add-${group.name}`} formnovalidate>
          {FORM.addRow(noun[lang])[lang]}
        </button>
      ) : null}
    </div>
  );
};

const Row = (props: FormFieldsProps & { at: number | "__row__"; removable: boolean }) => {
  const { group, at, lang, removable, focus } = props;
  const noun = group.repeat?.noun[lang] ?? "";
  const name = FORM.row(noun, at === "__row__" ? "__no__" : at + 1, lang);
  return (
    <fieldset
      class="row"
      data-row={at}
      id={`g-${group.name}.${at}`}
      tabindex={-1}
      autofocus={focus === `${group.name}.${at}`}
    >
      <legend>{name}</legend>
      <Questions {...props} prefix={`${group.name}.${at}.`} />
      {removable ? (
        <button
          type="submit"
          class="link remove"
          name="_action"
          value={`remove-${group.name}-${at}`}
          formnovalidate
        >
          {FORM.removeRow(name)[lang]}
        </button>
      ) : null}
    </fieldset>
  );
};

export type FormShellProps = {
  lang: Lang;
  /** Where it posts to, with ?lang= already on it (withLang). */
  action: string;
  id?: string;
  /** One group a screen when JavaScript is there. */
  steps?: boolean;
  /** The screen to begin with, counted from 0. */
  at?: string | undefined;
  /** The draft's name in sessionStorage; without it nothing is kept across a reload. */
  draft?: string;
  /** An empty page: the draft is put back into it. A page that carries posted values is the newer. */
  restore?: boolean;
  /** The reader came from the check page to change one answer, and goes straight back to it. */
  change?: boolean;
  /** Rows nobody touched may stay blank, as long as one is filled in. */
  partial?: boolean;
  /** The service's clock and zone: the page's own rules about today and now go by them. */
  now?: Date;
  zone?: string;
  children?: Child;
};

/** The <form> with everything form.client.js reads off it. */
export const FormShell = (props: FormShellProps) => {
  const {
    lang,
    action,
    id = "form",
    steps,
    at,
    draft,
    restore,
    change,
    partial,
    now,
    zone,
    children,
  } = props;
  return (
    <form
      id={id}
      method="post"
      action={action}
      novalidate
      data-live="1"
      data-steps={steps ? "1" : undefined}
      data-at={at}
      data-draft={draft}
      data-restore={restore ? "1" : undefined}
      data-change={change ? "1" : undefined}
      data-partial={partial ? "1" : undefined}
      data-now={now && zone ? `${now.getTime()} ${offsetMinutes(now, zone)}` : undefined}
      data-step-words={steps ? FORM.step[lang] : undefined}
      data-back={steps ? FORM.back[lang] : undefined}
      data-next={steps ? FORM.continue[lang] : undefined}
      data-error={FORM.error[lang]}
      data-problems={FORM.problems(-1)[lang].replace("-1", "{n}")}
      data-problem={FORM.problems(1)[lang]}
    >
      {steps ? <Hidden entries={[["_step", ""]]} /> : null}
      {children}
    </form>
  );
};

/** A field nobody sees: whoever fills it in is asked to send again without it. */
export const Honeypot = ({ lang }: { lang: Lang }) => (
  <div class="vh" aria-hidden="true">
    <label for="f-website">{FORM.honeypot[lang]}</label>
    <input id="f-website" name={HONEYPOT} tabindex={-1} autocomplete="off" />
  </div>
);
export const HONEYPOT = "_website";

/** Entries carried unseen: encodeForm's output, the client id, the page that a language switch goes back to. */
export const Hidden = ({ entries }: { entries: readonly (readonly [string, string])[] }) => (
  <>
    {entries.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
);

/** What must be mended, on top of the page, each linked to its question (GOV.UK's error summary). */
export const ErrorSummary = ({ errors, lang }: { errors: readonly FieldError[]; lang: Lang }) =>
  errors.length === 0 ? null : (
    <div class="problems" role="alert" id="problems" tabindex={-1} autofocus>
      <h2>{FORM.problems(errors.length)[lang]}</h2>
      <ul>
        {errors.map((error) => (
          <li>
            <a href={`#${anchorOf(error.path)}`}>{error.message}</a>
          </li>
        ))}
      </ul>
    </div>
  );

/** The id of the control that an error's path speaks of; a whole group or row has its heading. */
export function anchorOf(path: string): string {
  if (/^[^.]+\.\d+$/.test(path)) return `g-${path}`;
  return `f-${path.replace(/\.(kind|number|date|time)$/, "")}`;
}

/** Minutes east of Greenwich at a moment, by the clocks of the zone. */
function offsetMinutes(now: Date, zone: string): number {
  const [hour = 0, minute = 0] = localClock(now, zone).split(":").map(Number);
  const difference = (hour * 60 + minute - (now.getUTCHours() * 60 + now.getUTCMinutes()) + 2160) % 1440;
  return difference - 720;
}

function part(values: unknown, name: string): unknown {
  return typeof values === "object" && values !== null
    ? (values as Record<string, unknown>)[name]
    : undefined;
}
