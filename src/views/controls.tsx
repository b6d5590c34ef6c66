import type { Choice } from "../forms/define.ts";
import { documentKinds } from "../forms/words.ts";
import type { FieldProps } from "./field.tsx";
import { textOf } from "./field-rules.ts";
import { FORM } from "./words.ts";

/*
 * Questions that take more than one control: choices, a moment, an identity document.
 */
/** Answers to choose from, each a box as wide as the column and at least 44 px high. */
export const Choices = ({
  path,
  value,
  lang,
  error,
  focus,
  choices,
  inline,
  many,
}: FieldProps & { choices: readonly Choice[]; inline?: boolean; many?: boolean }) => {
  const chosen = Array.isArray(value) ? value.map(textOf) : [textOf(value)];
  return (
    <div class={inline ? "choices inline" : "choices"}>
      {choices.map((choice, at) => {
        const id = at === 0 ? `f-${path}` : `f-${path}-${at + 1}`;
        return (
          <div class="choice">
            <input
              type={many ? "checkbox" : "radio"}
              id={id}
              name={path}
              value={choice.name}
              checked={chosen.includes(choice.name)}
              aria-describedby={error && at === 0 ? `e-${path}` : undefined}
              autofocus={focus && at === 0}
            />
            <label for={id}>{choice.label[lang]}</label>
          </div>
        );
      })}
    </div>
  );
};

/** A day and a clock time side by side: datetime-local is unknown to old phones and hard to read on new ones. */
export const Moment = ({ path, value, lang, error, focus }: FieldProps) => {
  const [date = "", time = ""] = textOf(value).split("T");
  const invalid = error ? ("true" as const) : undefined;
  return (
    <div class="pair">
      <div>
        <label for={`f-${path}`}>{FORM.date[lang]}</label>
        <input
          id={`f-${path}`}
          name={`${path}.date`}
          type="date"
          placeholder="2020-01-25"
          value={date}
          aria-invalid={invalid}
          autofocus={focus}
        />
      </div>
      <div>
        <label for={`f-${path}.time`}>{FORM.time[lang]}</label>
        <input
          id={`f-${path}.time`}
          name={`${path}.time`}
          type="time"
          placeholder="14:30"
          value={time.slice(0, 5)}
          aria-invalid={invalid}
        />
      </div>
    </div>
  );
};

export const Document = ({ path, value, lang, error, focus }: FieldProps) => {
  const { kind, number } = (typeof value === "object" && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  return (
    <div class="pair">
      <div>
        <label for={`f-${path}`}>{FORM.kind[lang]}</label>
        <select id={`f-${path}`} name={`${path}.kind`} autofocus={focus}>
          <option value="">{FORM.choose[lang]}</option>
          {documentKinds.map((one) => (
            <option value={one.name} selected={one.name === textOf(kind)}>
              {one.label[lang]}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for={`f-${path}.number`}>{FORM.number[lang]}</label>
        <input
          id={`f-${path}.number`}
          name={`${path}.number`}
          value={textOf(number)}
          maxlength={40}
          autocomplete="off"
          aria-invalid={error ? "true" : undefined}
        />
      </div>
    </div>
  );
};
