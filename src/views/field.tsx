import type { FieldError } from "../domain/problem.ts";
import type { Field, FormDefinition, Lang } from "../forms/define.ts";
import { Choices, Document, Moment } from "./controls.tsx";
import { conditionWords, rulesOf, textOf, YES_NO } from "./field-rules.ts";
import { FORM } from "./words.ts";

export type UnitChoice = { code: string; name: string };
export type FieldProps = {
  form: FormDefinition;
  field: Field;
  /** The field's name in the form, persons.0.name; its control has the id `f-persons.0.name`. */
  path: string;
  /** What was typed or what is known: a string, a JSON scalar, a list or an identity document. */
  value: unknown;
  error?: FieldError | undefined;
  lang: Lang;
  /** What a unit field offers. */
  units?: readonly UnitChoice[] | undefined;
  /** True for the question that the reader asked to change: its first control takes the focus. */
  focus?: boolean;
};

/** One question: label, hint, error and control. Its rules stand in `data-rules` for form.client.js. */
export const FormField = (props: FieldProps) => {
  const { field, path, error, lang } = props;
  const asked = isGroupOfControls(field);
  const body = (
    <>
      <Hints {...props} />
      {error ? (
        <p class="error" id={`e-${path}`}>
          <span class="vh">{FORM.error[lang]}</span>
          {error.message}
        </p>
      ) : null}
      <Control {...props} />
    </>
  );
  return (
    <div
      class={error ? "field wrong" : "field"}
      data-field={path}
      data-type={field.type}
      data-rules={rulesOf(field, lang)}
    >
      {asked ? (
        <fieldset aria-describedby={describedBy(props)}>
          <legend>{field.label[lang]}</legend>
          {body}
        </fieldset>
      ) : (
        <>
          <label for={`f-${path}`}>{field.label[lang]}</label>
          {body}
        </>
      )}
    </div>
  );
};

const Hints = ({ form, field, path, lang }: FieldProps) => {
  const condition = field.relevant ? conditionWords(form, field.relevant) : undefined;
  if (!field.hint && !condition) return null;
  return (
    <p class="hint" id={`h-${path}`}>
      {condition ? <span class="when">{condition[lang]}</span> : null}
      <Unbroken text={field.hint?.[lang] ?? ""} />
    </p>
  );
};

/** A date or a number with dashes is not torn apart at the end of a line. */
const Unbroken = ({ text }: { text: string }) => (
  <>
    {text
      .split(/(\d[\d-]*-[\d-]*\d(?: \d\d:\d\d)?)/)
      .map((part, at) => (at % 2 ? <span class="nb">{part}</span> : part))}
  </>
);

const Control = (props: FieldProps) => {
  const { field, path, lang, units = [] } = props;
  const text = textOf(props.value);
  const common = {
    id: `f-${path}`,
    name: path,
    "aria-describedby": describedBy(props),
    "aria-invalid": props.error ? ("true" as const) : undefined,
    autofocus: props.focus,
  };
  switch (field.type) {
    case "yes_no":
      return <Choices {...props} choices={YES_NO} inline />;
    case "select_one":
      return <Choices {...props} choices={field.choices} />;
    case "select_multiple":
      return <Choices {...props} choices={field.choices} many />;
    case "long_text":
      return (
        <textarea {...common} rows={4} maxlength={field.maxLength}>
          {text}
        </textarea>
      );
    case "date":
      return <input {...common} type="date" class="short" placeholder="2020-01-25" value={text} />;
    case "datetime":
      return <Moment {...props} />;
    case "id_document":
      return <Document {...props} />;
    case "unit":
      return (
        <select {...common}>
          <option value="">{FORM.choose[lang]}</option>
          {units.map((unit) => (
            <option value={unit.code} selected={unit.code === text}>
              {unit.name}
            </option>
          ))}
        </select>
      );
    case "temperature":
      return (
        <span class="with-sign">
          <input
            {...common}
            inputmode="decimal"
            class="figure"
            value={text}
            autocomplete="off"
            maxlength={12}
          />
          <span aria-hidden="true">℃</span>
        </span>
      );
    case "decimal":
      return (
        <input
          {...common}
          inputmode="decimal"
          class="figure"
          value={text}
          autocomplete="off"
          maxlength={20}
        />
      );
    case "integer":
      return (
        <input
          {...common}
          inputmode="numeric"
          class="figure"
          value={text}
          autocomplete="off"
          maxlength={12}
        />
      );
    case "phone":
      return (
        <input
          {...common}
          type="tel"
          value={text}
          autocomplete={field.autocomplete ?? "off"}
          maxlength={40}
        />
      );
    case "text":
      return (
        <input
          {...common}
          value={text}
          maxlength={field.maxLength}
          autocomplete={field.autocomplete ?? "off"}
        />
      );
  }
};

const isGroupOfControls = ({ type }: Field) =>
  type === "yes_no" ||
  type === "select_one" ||
  type === "select_multiple" ||
  type === "datetime" ||
  type === "id_document";

const describedBy = ({ form, field, path, error }: FieldProps): string | undefined =>
  [hasHints(form, field) ? `h-${path}` : "", error ? `e-${path}` : ""].filter(Boolean).join(" ") || undefined;

const hasHints = (form: FormDefinition, field: Field): boolean =>
  Boolean(field.hint || (field.relevant && conditionWords(form, field.relevant)));
