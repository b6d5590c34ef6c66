import type { Completeness, FigureValue } from "../../domain/figure-book.ts";
import { type FigurePlace, placeQuery } from "../../domain/figure-link.ts";
import type { FilledForm } from "../../domain/filled-form.ts";
import type { FieldError } from "../../domain/problem.ts";
import { columnsOf, type FilledTable, isGroup } from "../../domain/table.ts";
import type { TableDefinition } from "../../forms/define-table.ts";
import { ErrorSummary } from "../form.tsx";
import { AskMoment, type FigureAsked } from "./figure-ask.tsx";
import { CompletenessLine, cutWords, FigureLink, FilledLine, figureText } from "./figure-parts.tsx";
import { FIGURE, TABLE } from "./figure-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

export type TablePageProps = {
  desk: DeskView;
  definition: TableDefinition;
  unit: { code: string; name: string };
  /** Units that it can be asked of. */
  units: readonly { code: string; name: string; below: boolean }[];
  asked: FigureAsked;
  table?: {
    asOf: Date;
    from: Date;
    filled: FilledTable;
    completeness: Completeness;
    forms: readonly FilledForm[];
  };
  errors: readonly FieldError[];
};
type Shown = TablePageProps & { table: NonNullable<TablePageProps["table"]> };

/** A bureau's table: how complete it is, the table itself in a box of its own, and ways to take it away. */
export const TablePage = (props: TablePageProps) => {
  const { desk, definition, unit, units, asked, table, errors } = props;
  const { lang } = desk;
  const path = `/tables/${definition.name}`;
  const query = table
    ? placeQuery({ unit: unit.code, asOf: table.asOf, from: table.from })
    : `unit=${unit.code}`;
  const title = definition.title[lang];
  return (
    <DeskPage
      desk={desk}
      title={`${title} · ${unit.name}`}
      path={`${path}?${query}`}
      room="/tables"
      error={errors.length > 0}
      script
    >
      <ErrorSummary errors={errors} lang={lang} />
      <div class="bureau-table">
        <h1>{title}</h1>
        <p class="asof">
          {unit.name} · {definition.bureau[lang]}
          {table ? (
            <>
              {" · "}
              {FIGURE.asOf(cutWords(table.asOf, desk, lang))[lang]}
              {" · "}
              {TABLE.today(cutWords(table.from, desk, lang))[lang]}
            </>
          ) : null}
        </p>
        {table ? <Complete {...props} table={table} /> : null}
        <details class="another screen-only" open={errors.length > 0}>
          <summary>{TABLE.another[lang]}</summary>
          <AskMoment {...{ desk, path, asked, errors, units }} unit={unit.code} window />
        </details>
        {table ? <Grid {...props} table={table} /> : null}
      </div>
      {table ? (
        <form method="post" action={desk.href(`${path}/file?${query}`)} class="take screen-only">
          {desk.may("export") ? (
            <>
              <button type="submit" class="second" name="format" value="xlsx">
                {TABLE.xlsx[lang]}
              </button>
              <button type="submit" class="second" name="format" value="csv">
                {TABLE.csv[lang]}
              </button>
            </>
          ) : null}
          <button type="button" class="second js-only" data-print="1">
            {TABLE.print[lang]}
          </button>
        </form>
      ) : null}
    </DeskPage>
  );
};

/** For how many units it speaks: of what is reported daily, and of each form that units fill in. */
const Complete = ({ desk: { lang }, table }: Shown) => (
  <>
    {table.filled.reported ? <CompletenessLine lang={lang} of={table.completeness} /> : null}
    {table.forms.map((form) => (
      <FilledLine lang={lang} of={form} />
    ))}
  </>
);

const Grid = (props: Shown) => {
  const { desk, definition, unit, table } = props;
  const { lang } = desk;
  const { filled, asOf, from } = table;
  const place = { unit: unit.code, asOf, from };
  const rest = definition.rows.kinds ? FIGURE.rest[lang] : FIGURE.direct[lang];
  return (
    <>
      {/* A box that scrolls by itself must be reached by keys as well. */}
      <section class="wide-box" aria-label={definition.title[lang]} tabindex={0}>
        <table class={`counted bureau${crowded(filled.columns.length)}`}>
          <caption class="vh">{definition.title[lang]}</caption>
          <Heads {...props} />
          <tbody>
            {filled.rows.map((row) => (
              <Row
                {...props}
                name={row.unit.name}
                values={row.values}
                place={{ ...place, unit: row.unit.code }}
              />
            ))}
            {filled.rest ? <Row {...props} name={rest} soft={unit.name} values={filled.rest} /> : null}
            <Row {...props} name={TABLE.total[lang]} values={filled.total} place={place} total />
          </tbody>
        </table>
      </section>
      {filled.rows.length === 0 ? <p class="note">{TABLE.noRows[lang]}</p> : null}
      {filled.unknown ? <p class="soft">{FIGURE.dash[lang]}</p> : null}
      {definition.note ? <p class="soft">{definition.note[lang]}</p> : null}
    </>
  );
};

/** How small it is printed, so that every column is on the sheet. */
const crowded = (columns: number): string => (columns > 28 ? " many most" : columns > 16 ? " many" : "");

/** One row of heads, or two where columns stand under one heading. */
const Heads = ({ desk, definition }: Shown) => {
  const { lang } = desk;
  const two = definition.columns.some(isGroup);
  const both = two ? 2 : undefined;
  return (
    <thead>
      <tr>
        <th scope="col" rowspan={both}>
          {definition.rowLabel[lang]}
        </th>
        {definition.columns.map((one) =>
          isGroup(one) ? (
            <th scope="colgroup" colspan={one.columns.length} class="over">
              {one.label[lang]}
            </th>
          ) : (
            <th scope="col" rowspan={both} class="number">
              {one.label[lang]}
            </th>
          ),
        )}
      </tr>
      {two ? (
        <tr>
          {columnsOf(definition)
            .filter(({ group }) => group)
            .map(({ label }) => (
              <th scope="col" class="number">
                {label[lang]}
              </th>
            ))}
        </tr>
      ) : null}
    </thead>
  );
};

const Row = ({
  desk,
  table,
  name,
  soft,
  values,
  place,
  total,
}: Shown & {
  name: string;
  soft?: string;
  values: FigureValue[];
  /** Whose figures they are; what is of several units has no page of its own. */
  place?: FigurePlace;
  total?: boolean;
}) => (
  <tr class={total ? "total" : undefined}>
    <th scope="row">
      {name}
      {soft ? <span class="soft"> {soft}</span> : null}
    </th>
    {table.filled.columns.map(({ id, as }, at) => {
      const value = values[at] ?? null;
      const share = as === "share";
      return (
        <td class="number">
          {place ? <FigureLink {...{ desk, id, value, share, place }} /> : share ? null : figureText(value)}
        </td>
      );
    })}
  </tr>
);
