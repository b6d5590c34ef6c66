import type { Child } from "hono/jsx";
import { daysOffered, filterQuery, type LineFilter, OVERDUE, RISKS, STATES } from "../../domain/line-list.ts";
import type { FieldError } from "../../domain/problem.ts";
import type { Words } from "../../forms/define.ts";
import { ErrorSummary } from "../form.tsx";
import { AskText } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { PeopleTable, type PersonLine } from "./people-table.tsx";
import { OVERDUE_WORDS, PEOPLE, RISK_WORDS, STATE_WORDS } from "./people-words.ts";

export type PeopleProps = {
  desk: DeskView;
  filter: LineFilter;
  rows: PersonLine[];
  looked: number;
  next: string | undefined;
  units: { code: string; name: string; below: boolean }[];
  /** Days of an observation. */
  days: number;
  /** What was looked for: the answer to a search. */
  search?: { by: "name" | "phone" | "document"; text: string } | undefined;
  /** What was typed and could not be looked for. */
  typed?: string | undefined;
  errors?: readonly FieldError[];
  /** Not the first page. */
  on: boolean;
};

/** The line list: who was registered in a subtree, masked, a page at a time; and whoever was looked for. */
export const PeoplePage = (props: PeopleProps) => {
  const { desk, filter, search, typed, errors = [], rows, on } = props;
  const { lang } = desk;
  const own = desk.officer.unit.code;
  const query = filterQuery(filter, own).toString();
  const unit = props.units.find(({ code }) => code === filter.unit)?.name ?? desk.officer.unit.name;
  return (
    <DeskPage
      desk={desk}
      title={PEOPLE.of(unit)[lang]}
      path={`/people${query ? `?${query}` : ""}`}
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{PEOPLE.of(unit)[lang]}</h1>
      <p class="asof">
        {PEOPLE.asOf(momentWords(desk.now, desk.zone, lang, desk.today))[lang]} ·{" "}
        <a href={desk.href("/duplicates")}>{PEOPLE.duplicates[lang]}</a>
      </p>
      <form method="post" action={desk.href("/people")} class="find">
        <AskText
          name="q"
          label={PEOPLE.searchLabel[lang]}
          hint={PEOPLE.searchHint[lang]}
          errors={errors}
          lang={lang}
          max={64}
          value={search?.text ?? typed}
        />
        <button type="submit" class="main">
          {PEOPLE.search[lang]}
        </button>
      </form>
      {search ? (
        <p role="status">
          <strong>{PEOPLE.found[search.by][lang]}</strong> {PEOPLE.recorded[lang]}{" "}
          <a class="link" href={desk.href("/people")}>
            {PEOPLE.back[lang]}
          </a>
        </p>
      ) : (
        <Filters {...props} />
      )}
      {rows.length > 0 ? <PeopleTable desk={desk} rows={rows} caption={PEOPLE.of(unit)[lang]} /> : null}
      {rows.length === 0 && !props.next ? (
        <p class="note">{(search ? PEOPLE.nobody : on ? PEOPLE.end : PEOPLE.empty)[lang]}</p>
      ) : null}
      <Onward {...props} query={query} />
    </DeskPage>
  );
};

const Filters = ({ desk, filter, units, days }: PeopleProps) => {
  const { lang } = desk;
  const said = (codes: readonly string[], all: Record<string, Words>) =>
    codes.map((code): [string, string] => [code, all[code]?.[lang] ?? code]);
  const dayChoices = [
    ...daysOffered(days).map((day): [string, string] => [`${day}`, PEOPLE.dayOf(day)[lang]]),
    ["over", PEOPLE.dayOver[lang]] as [string, string],
  ];
  return (
    <form method="get" action={desk.at("/people")} class="filters" aria-label={PEOPLE.filters[lang]}>
      <input type="hidden" name="lang" value={lang} />
      {units.length > 1 ? (
        <Choose
          name="unit"
          label={PEOPLE.heads.unit[lang]}
          value={filter.unit}
          options={units.map(({ code, name, below }) => [code, below ? `　${name}` : name])}
        />
      ) : null}
      <Choose
        name="state"
        label={PEOPLE.heads.state[lang]}
        all={PEOPLE.all[lang]}
        value={filter.state}
        options={said(STATES, STATE_WORDS)}
      />
      <Choose
        name="day"
        label={PEOPLE.day[lang]}
        all={PEOPLE.all[lang]}
        value={filter.day === undefined ? undefined : `${filter.day}`}
        options={dayChoices}
      />
      <Choose
        name="risk"
        label={PEOPLE.heads.risk[lang]}
        all={PEOPLE.all[lang]}
        value={filter.risk}
        options={said(RISKS, RISK_WORDS)}
      />
      <Choose
        name="overdue"
        label={PEOPLE.heads.overdue[lang]}
        all={PEOPLE.all[lang]}
        value={filter.overdue}
        options={said(OVERDUE, OVERDUE_WORDS)}
      />
      <button type="submit" class="second">
        {PEOPLE.apply[lang]}
      </button>
      <a class="link" href={desk.href("/people")}>
        {PEOPLE.clear[lang]}
      </a>
    </form>
  );
};

const Choose = ({
  name,
  label,
  all,
  value,
  options,
}: {
  name: string;
  label: string;
  all?: string;
  value: string | undefined;
  options: [string, string][];
}) => (
  <div>
    <label for={`f-${name}`}>{label}</label>
    <select id={`f-${name}`} name={name}>
      {all ? <option value="">{all}</option> : null}
      {options.map(([code, words]) => (
        <option value={code} selected={code === value}>
          {words}
        </option>
      ))}
    </select>
  </div>
);

/** Where the list goes on: with the filter in the address, or the search once more in a form of its own. */
const Onward = ({ desk, rows, looked, next, search, on, query }: PeopleProps & { query: string }): Child => {
  const { lang } = desk;
  const and = query ? `${query}&` : "";
  const more = (looked > rows.length && rows.length < 50 ? PEOPLE.goOn : PEOPLE.next)[lang];
  return (
    <>
      {next && more === PEOPLE.goOn[lang] ? (
        <p role="status">{PEOPLE.lookedAt(looked, rows.length)[lang]}</p>
      ) : null}
      {next && search ? (
        <form method="post" action={desk.href("/people")}>
          <input type="hidden" name="q" value={search.text} />
          <input type="hidden" name="after" value={next} />
          <button type="submit" class="second narrow">
            {more}
          </button>
        </form>
      ) : null}
      {!search && (next || on) ? (
        <p class="ways">
          {next ? <a href={desk.href(`/people?${and}after=${next}`)}>{more}</a> : null}
          {on ? <a href={desk.href(`/people${query ? `?${query}` : ""}`)}>{PEOPLE.first[lang]}</a> : null}
        </p>
      ) : null}
    </>
  );
};
