import type { Counts } from "../domain/typed-count.ts";
import { countFields } from "../forms/count.ts";
import type { CountField, CountForm, Lang } from "../forms/define.ts";
import { ASSETS } from "./assets.ts";
import { COUNT } from "./unit-count-words.ts";
import { OwedState } from "./unit-owed.tsx";
import { type DoorView, UnitPage } from "./unit-parts.tsx";
import { dayWords, momentWords } from "./unit-words.ts";

/** A form as the list shows it. */
export type CountsView = {
  form: CountForm;
  /** Whether this kind of unit fills it in. */
  own: boolean;
  last?: { date: string; recordedAt: Date } | undefined;
  totals: Counts;
  /** Where it is owed today: by when, and when it came. */
  owed?: { dueAt: Date; metAt: Date | null } | undefined;
  /** The units below that fill it in, what they come to together, and by name those that never did. */
  below?: { all: number; totals: Counts; unfilled: string[] };
};

/** Names of units shown at most. */
const NAMED = 20;

/** The counts of a unit: what it came to, when it was last entered, and what the units below come to. */
export const CountsPage = ({ door, views }: { door: DoorView; views: CountsView[] }) => {
  const { lang } = door;
  return (
    <UnitPage
      door={door}
      title={COUNT.title[lang]}
      path="/counts"
      wide={views.some(({ below }) => below)}
      more={{ css: ASSETS.unitCss }}
    >
      <h1>{COUNT.title[lang]}</h1>
      <p>{(views.length > 0 ? COUNT.intro : COUNT.none)[lang]}</p>
      {views.map((view) => (
        <One {...view} door={door} />
      ))}
    </UnitPage>
  );
};

const One = ({ door, form, own, last, totals, owed, below }: CountsView & { door: DoorView }) => {
  const { lang, today, zone } = door;
  const title = form.title[lang];
  const isToday = last?.date === today;
  // What nobody ever entered would only be a long list of nothing.
  const fields = countFields(form).filter(
    ({ name }) => totals[name] !== undefined || below?.totals[name] !== undefined,
  );
  const link = isToday ? COUNT.correctToday : COUNT.enterToday;
  return (
    <section class="card" aria-labelledby={`form-${form.name}`}>
      <h2 id={`form-${form.name}`}>{title}</h2>
      {own ? (
        <>
          <p>
            {last === undefined
              ? COUNT.never[lang]
              : isToday
                ? COUNT.filledToday(momentWords(last.recordedAt, zone, lang, today))[lang]
                : COUNT.filledLast(dayWords(last.date, lang))[lang]}
          </p>
          {owed && !(isToday && owed.metAt && owed.metAt <= owed.dueAt) ? (
            <p>
              <OwedState door={door} {...owed} />
            </p>
          ) : null}
          <a
            class="second"
            href={door.href(`/counts/${form.name}`)}
            aria-label={COUNT.of(link[lang], title)[lang]}
          >
            {link[lang]}
          </a>
        </>
      ) : null}
      {fields.length > 0 ? (
        <table class="counts" aria-labelledby={`form-${form.name}`}>
          <thead>
            <tr>
              <th scope="col">{COUNT.item[lang]}</th>
              {own ? <th scope="col">{COUNT.own[lang]}</th> : null}
              {below ? <th scope="col">{COUNT.below[lang]}</th> : null}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr>
                <th scope="row">
                  <Named field={field} lang={lang} />
                </th>
                {own ? (
                  <td>
                    <Said n={totals[field.name]} lang={lang} />
                  </td>
                ) : null}
                {below ? (
                  <td>
                    <Said n={below.totals[field.name]} lang={lang} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {fields.length > 0 && fields.length < countFields(form).length ? (
        <p class="soft">{COUNT.othersEmpty(countFields(form).length - fields.length)[lang]}</p>
      ) : null}
      {below ? <Unfilled {...below} lang={lang} /> : null}
    </section>
  );
};

const Unfilled = ({ all, unfilled, lang }: NonNullable<CountsView["below"]> & { lang: Lang }) => (
  <>
    <p>{COUNT.filledBelow(all - unfilled.length, all)[lang]}</p>
    {unfilled.length > 0 ? (
      <details>
        <summary>{COUNT.unfilled(unfilled.length)[lang]}</summary>
        <p>
          {unfilled.slice(0, NAMED).join(lang === "en" ? ", " : "、")}
          {unfilled.length > NAMED ? ` ${COUNT.andMore(unfilled.length)[lang]}` : ""}
        </p>
      </details>
    ) : null}
  </>
);

/** What is counted and in what: 发放宣传单（份）; marked where it stands and does not add up. */
export const Named = ({ field, lang }: { field: CountField; lang: Lang }) => (
  <>
    {askedAs(field, lang)}
    {field.count === "stock" ? <small class="soft"> {COUNT.standing[lang]}</small> : null}
  </>
);

/** A count's name with its measure word; English names say it themselves. */
export const askedAs = ({ label, measure }: CountField, lang: Lang): string =>
  lang === "en" ? label.en : `${label[lang]}（${measure[lang]}）`;

/** A count, or that nobody entered one: never an empty cell, never a zero. */
export const Said = ({ n, lang }: { n: number | undefined; lang: Lang }) =>
  n === undefined ? <small class="soft">{COUNT.unknown[lang]}</small> : <strong>{grouped(n)}</strong>;

/** Digits in threes, as long numbers are read. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
