import type { FieldError, Problem } from "../domain/problem.ts";
import type { RecordForm } from "../forms/define.ts";
import { encodeForm } from "../forms/encode.ts";
import { allFields } from "../forms/record.ts";
import { Answers } from "./answers.tsx";
import { ASSETS } from "./assets.ts";
import type { UnitChoice } from "./field.tsx";
import { ErrorSummary, FormFields, FormShell, Hidden } from "./form.tsx";
import { type DoorView, UnitPage } from "./unit-parts.tsx";
import { RECORD } from "./unit-record-words.ts";

export type NewRecordProps = {
  door: DoorView;
  form: RecordForm;
  clientId: string;
  /** What was typed. */
  values: unknown;
  units: readonly UnitChoice[];
  errors?: readonly FieldError[] | undefined;
  fault?: Problem["title"] | undefined;
  /** The question that the reader asked to change. */
  focus?: string | undefined;
};

const pathOf = ({ form }: Pick<NewRecordProps, "form">) => `/records/${form.name}/new`;
const titleOf = ({ form, door: { lang } }: Pick<NewRecordProps, "form" | "door">) =>
  RECORD.make(form.record.noun[lang])[lang];

/** The questions of a record form. */
export const NewRecordPage = (props: NewRecordProps) => {
  const { door, form, errors = [], fault } = props;
  const { lang } = door;
  const title = titleOf(props);
  return (
    <UnitPage
      door={door}
      title={title}
      path={pathOf(props)}
      form="form"
      error={errors.length > 0}
      script
      more={{ css: ASSETS.unitCss }}
    >
      <ErrorSummary errors={errors} lang={lang} />
      {fault ? (
        <p class="note alarm" role="alert">
          {fault[lang]}
        </p>
      ) : null}
      <h1>{title}</h1>
      {form.intro ? <p>{form.intro[lang]}</p> : null}
      <FormShell lang={lang} action={door.href(pathOf(props))} now={door.now} zone={door.zone}>
        <Hidden entries={[["clientId", props.clientId]]} />
        {form.groups.map((group) => (
          <FormFields
            form={form}
            group={group}
            values={props.values}
            errors={errors}
            lang={lang}
            units={props.units}
            focus={props.focus}
          />
        ))}
        <button type="submit" class="main" name="_go" value="check">
          {RECORD.check[lang]}
        </button>
      </FormShell>
      <BackToList {...props} />
    </UnitPage>
  );
};

/** What will be sent, each answer with a way back to its question. */
export const CheckRecordPage = (props: NewRecordProps & { valid: Record<string, unknown> }) => {
  const { door, form, valid, units } = props;
  const { lang, zone, now } = door;
  const title = `${RECORD.checkTitle[lang]} · ${titleOf(props)}`;
  return (
    <UnitPage door={door} title={title} path={pathOf(props)} form="form" more={{ css: ASSETS.unitCss }}>
      <h1>{title}</h1>
      <form method="post" action={door.href(pathOf(props))} id="form">
        <Hidden entries={[["clientId", props.clientId], ...encodeForm(form, props.values)]} />
        <Answers form={form} values={named(form, valid, units)} lang={lang} zone={zone} now={now} />
        <button type="submit" class="main" name="_go" value="send">
          {RECORD.send[lang]}
        </button>
        <button type="submit" class="second" name="_go" value="edit">
          {RECORD.change[lang]}
        </button>
      </form>
    </UnitPage>
  );
};

/** Units by name, as readers know them. */
export function named(
  form: RecordForm,
  values: Readonly<Record<string, unknown>>,
  units: readonly UnitChoice[],
): Record<string, unknown> {
  const fields = allFields(form).filter(({ type }) => type === "unit");
  const told = fields.map(
    ({ name }) => [name, units.find(({ code }) => code === values[name])?.name] as const,
  );
  return { ...values, ...Object.fromEntries(told.filter(([, name]) => name !== undefined)) };
}

const BackToList = ({ door, form }: Pick<NewRecordProps, "door" | "form">) => (
  <p>
    <a class="link" href={door.href(`/records/${form.name}`)}>
      {RECORD.back(form.title[door.lang])[door.lang]}
    </a>
  </p>
);
