import { localDate } from "../domain/time.ts";
import type { Field, FormDefinition, Group, IdDocument, Lang } from "../forms/define.ts";
import { documentKinds, noWords, shortLabel, yesWords } from "../forms/words.ts";
import { dateWords, dayWords } from "./moment.ts";
import { CHECK, FORM } from "./words.ts";

export type AnswersProps = {
  form: FormDefinition;
  /** Validated values: what is shown is what will be stored. */
  values: Record<string, unknown>;
  lang: Lang;
  zone: string;
  now: Date;
  /** Fields shown elsewhere on the page. */
  hidden?: readonly string[];
  /** Words for what a unit field holds. */
  unitName?: string;
};

/** Every answer with a button that goes back to its question (GOV.UK's check answers). */
export const Answers = (props: AnswersProps) => (
  <>
    {props.form.groups.map((group) => (
      <section class="answers">
        <h2>{group.label[props.lang]}</h2>
        {group.repeat ? (
          <RowsOf {...props} group={group} />
        ) : (
          <List {...props} group={group} row={props.values} prefix="" about="" />
        )}
      </section>
    ))}
  </>
);

const RowsOf = (props: AnswersProps & { group: Group }) => {
  const { group, values, lang } = props;
  const rows = (values[group.name] ?? []) as Record<string, unknown>[];
  return (
    <>
      {rows.map((row, at) => {
        const name = FORM.row(group.repeat?.noun[lang] ?? "", at + 1, lang);
        return (
          <>
            <h3>{name}</h3>
            <List {...props} row={row} prefix={`${group.name}.${at}.`} about={`${name} · `} />
          </>
        );
      })}
    </>
  );
};

const List = (
  props: AnswersProps & { group: Group; row: Record<string, unknown>; prefix: string; about: string },
) => {
  const { group, row, prefix, about, lang, hidden = [] } = props;
  const shown = group.fields.filter(
    // An unanswered question that has a condition did not apply.
    (field) => !hidden.includes(field.name) && (row[field.name] !== undefined || !field.relevant),
  );
  return (
    <dl class="summary">
      {shown.map((field) => {
        const label = shortLabel(field, lang);
        return (
          <div>
            <dt>{label}</dt>
            <dd>
              {row[field.name] === undefined ? (
                <span class="soft">{CHECK.unanswered[lang]}</span>
              ) : (
                answerWords(field, row[field.name], props)
              )}
            </dd>
            <dd class="act">
              <button type="submit" class="link" name="_change" value={`${prefix}${field.name}`}>
                {CHECK.change[lang]}
                <span class="vh">
                  {lang === "en" ? " " : "："}
                  {about}
                  {label}
                </span>
              </button>
            </dd>
          </div>
        );
      })}
    </dl>
  );
};

/** An answer as its sender reads it. */
export function answerWords(
  field: Field,
  value: unknown,
  { lang, zone, now, unitName }: Pick<AnswersProps, "lang" | "zone" | "now" | "unitName">,
): string {
  switch (field.type) {
    case "yes_no":
      return (value ? yesWords : noWords)[lang];
    case "select_one":
      return labelOf(field.choices, value, lang);
    case "select_multiple":
      return (value as string[])
        .map((one) => labelOf(field.choices, one, lang))
        .join(lang === "en" ? ", " : "、");
    case "date":
      return dayWords(String(value), lang, localDate(now, zone));
    case "datetime":
      return dateWords(new Date(String(value)), lang, zone, now);
    case "temperature":
      return `${Number(value).toFixed(1)} ℃`;
    case "id_document": {
      const { kind, number } = value as IdDocument;
      return `${labelOf(documentKinds, kind, lang)}${number ? ` ${number}` : ""}`;
    }
    case "unit":
      return unitName ?? String(value);
    default:
      return String(value);
  }
}

const labelOf = (
  choices: readonly { name: string; label: Record<Lang, string> }[],
  name: unknown,
  lang: Lang,
) => choices.find((choice) => choice.name === name)?.label[lang] ?? "";
