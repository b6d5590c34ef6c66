import type { FieldError, Problem } from "../domain/problem.ts";
import { addDays } from "../domain/time.ts";
import { COUNT_DAYS_BACK, type Counts } from "../domain/typed-count.ts";
import { countFields, entryForm } from "../forms/count.ts";
import type { CountField, CountForm, Field, Group, Words } from "../forms/define.ts";
import { encodeForm } from "../forms/encode.ts";
import { ASSETS } from "./assets.ts";
import { ErrorSummary, FormFields, FormShell, Hidden } from "./form.tsx";
import { COUNT } from "./unit-count-words.ts";
import { askedAs, grouped, Named, Said } from "./unit-counts.tsx";
import { type DoorView, UnitPage } from "./unit-parts.tsx";
import { dayWords, momentWords, UNIT } from "./unit-words.ts";
import { words } from "./words.ts";

export type CountPageProps = {
  door: DoorView;
  form: CountForm;
  date: string;
  clientId: string;
  /** The day as it was entered, which this would correct. */
  standing?: { version: number; counts: Counts; recordedAt: Date } | undefined;
  /** What the other days come to. */
  others: Counts;
  /** What was typed, or the day as it stands. */
  values: unknown;
  errors?: readonly FieldError[];
  fault?: Problem["title"] | undefined;
};

const pathOf = ({ form, date }: Pick<CountPageProps, "form" | "date">) => `/counts/${form.name}?date=${date}`;
const titleOf = ({ door, form, date, standing }: CountPageProps) =>
  (standing ? COUNT.correctionOf : COUNT.entryOf)(form.title[door.lang], dayWords(date, door.lang))[
    door.lang
  ];

/** One day's counts of one form: each with what the other days come to. */
export const CountPage = (props: CountPageProps) => {
  const { door, form, date, standing, others, errors = [], fault } = props;
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
      {standing ? (
        <p class="note">
          {UNIT.received(momentWords(standing.recordedAt, door.zone, lang, door.today))[lang]} ·{" "}
          {UNIT.version(standing.version)[lang]}
          <br />
          {UNIT.correctionHint[lang]}
        </p>
      ) : null}
      <p>
        {["county", "town"].includes(door.unit.kind)
          ? `${COUNT.ownOnly[lang]}${lang === "en" ? " " : ""}`
          : ""}
        {COUNT.emptyHint[lang]}
      </p>
      <FormShell lang={lang} action={door.href(pathOf(props))}>
        <Hidden entries={[["clientId", props.clientId]]} />
        {entryForm(form)
          .groups.filter(({ name }) => standing || name !== "correction")
          .map((group) => (
            <FormFields
              form={form}
              group={asked(group, others, lang)}
              values={props.values}
              errors={errors}
              lang={lang}
            />
          ))}
        <button type="submit" class="main" name="_go" value="check">
          {COUNT.check[lang]}
        </button>
      </FormShell>
      <form method="get" action={door.at(`/counts/${form.name}`)} class="choose-day">
        <Hidden entries={[["lang", lang]]} />
        <div>
          <label for="other-day">{COUNT.otherDay[lang]}</label>
          <input
            type="date"
            id="other-day"
            name="date"
            value={date}
            min={addDays(door.today, -COUNT_DAYS_BACK)}
            max={door.today}
          />
        </div>
        <button type="submit" class="second">
          {COUNT.showDay[lang]}
        </button>
      </form>
      <Back door={door} />
    </UnitPage>
  );
};

/** A group's questions as the page asks them: with the measure word, how they add up, and what other days say. */
function asked(group: Group, others: Counts, lang: DoorView["lang"]): Group {
  const kinds = new Set(group.fields.map((field) => (field.type === "integer" ? field.count : undefined)));
  const [only] = kinds.size === 1 ? kinds : [];
  const how = { flow: COUNT.flowGroup, stock: COUNT.stockGroup };
  return {
    ...group,
    ...(only ? { hint: group.hint ?? how[only] } : {}),
    fields: group.fields.map((field): Field => {
      if (field.type !== "integer" || !field.count) return field;
      const n = others[field.name];
      const said = n !== undefined && (field.count === "flow" ? COUNT.flowHint : COUNT.stockHint)(grouped(n));
      const label = { ...field.label, [lang]: askedAs(field as CountField, lang) };
      if (field.hint) return { ...field, label, hint: said ? joined(field.hint, said) : field.hint };
      return { ...field, label, hint: said || (only ? undefined : how[field.count]) };
    }),
  };
}

/** One sentence behind the other. */
const joined = (first: Words, then: Words): Words =>
  words(
    `${first["zh-Hans"]}${then["zh-Hans"]}`,
    `${first["zh-Hant"]}${then["zh-Hant"]}`,
    `${first.en} ${then.en}`,
  );

/** What will be sent: each count beside what the days came to before and will come to. */
export const CheckCountPage = (props: CountPageProps & { counts: Counts; before: Counts; after: Counts }) => {
  const { door, form, standing, counts, values } = props;
  const { lang } = door;
  const title = `${COUNT.checkTitle[lang]} · ${titleOf(props)}`;
  const fields = countFields(form);
  const shown = fields.filter(
    ({ name }) => counts[name] !== undefined || standing?.counts[name] !== undefined,
  );
  return (
    <UnitPage door={door} title={title} path={pathOf(props)} form="form" more={{ css: ASSETS.unitCss }}>
      <h1>{title}</h1>
      <Rows {...props} fields={shown} />
      {shown.length < fields.length ? <p>{COUNT.leftEmpty(fields.length - shown.length)[lang]}</p> : null}
      <form method="post" action={door.href(pathOf(props))} id="form">
        <Hidden entries={[["clientId", props.clientId], ...encodeForm(entryForm(form), values)]} />
        <button type="submit" class="main" name="_go" value="send">
          {COUNT.send[lang]}
        </button>
        <button type="submit" class="second" name="_go" value="edit">
          {COUNT.change[lang]}
        </button>
      </form>
    </UnitPage>
  );
};

/** The day as it was received, and what the days come to with it. */
export const SavedCountPage = (
  props: Pick<CountPageProps, "door" | "form" | "date"> & {
    saved: { version: number; counts: Counts; recordedAt: Date };
    after: Counts;
  },
) => {
  const { door, form, date, saved } = props;
  const { lang } = door;
  const title = COUNT.entryOf(form.title[lang], dayWords(date, lang))[lang];
  return (
    <UnitPage door={door} title={title} path={`${pathOf(props)}&done=1`} more={{ css: ASSETS.unitCss }}>
      <div class="panel" role="status">
        <p>{COUNT.saved[lang]}</p>
        <p class="big">{title}</p>
        <p>
          {UNIT.received(momentWords(saved.recordedAt, door.zone, lang, door.today))[lang]} ·{" "}
          {UNIT.version(saved.version)[lang]}
        </p>
      </div>
      <Rows
        {...props}
        counts={saved.counts}
        fields={countFields(form).filter(({ name }) => saved.counts[name] !== undefined)}
      />
      <p>
        <a class="main" href={door.href("/counts")}>
          {COUNT.back[lang]}
        </a>
      </p>
    </UnitPage>
  );
};

type RowsProps = {
  door: DoorView;
  fields: CountField[];
  counts: Counts;
  standing?: { counts: Counts } | undefined;
  before?: Counts;
  after: Counts;
};
const Rows = ({ door, fields, counts, standing, before, after }: RowsProps) => {
  const { lang } = door;
  const said = (n: number | undefined) => (n === undefined ? COUNT.unknown[lang] : grouped(n));
  return (
    <table class="counts">
      <thead>
        <tr>
          <th scope="col">{COUNT.item[lang]}</th>
          <th scope="col">{COUNT.day[lang]}</th>
          <th scope="col">{(before ? COUNT.after : COUNT.added)[lang]}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => {
          const [now, was] = [counts[field.name], standing?.counts[field.name]];
          return (
            <tr>
              <th scope="row">
                <Named field={field} lang={lang} />
              </th>
              <td>
                <Said n={now} lang={lang} />
                {standing && now !== was ? (
                  <>
                    <br />
                    <small class="soft">{COUNT.was(said(was))[lang]}</small>
                  </>
                ) : null}
              </td>
              <td>
                <Said n={after[field.name]} lang={lang} />
                {before && before[field.name] !== after[field.name] ? (
                  <>
                    <br />
                    <small class="soft">
                      {before[field.name] === undefined
                        ? COUNT.first[lang]
                        : COUNT.before(said(before[field.name]))[lang]}
                    </small>
                  </>
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const Back = ({ door }: { door: DoorView }) => (
  <p>
    <a class="link" href={door.href("/counts")}>
      {COUNT.back[door.lang]}
    </a>
  </p>
);
