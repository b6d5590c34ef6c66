import { localIso } from "../../domain/as-of.ts";
import { cutOffOf } from "../../domain/cut-off.ts";
import type { FigureBook } from "../../domain/figure-book.ts";
import { figurePath } from "../../domain/figure-link.ts";
import {
  PLOT_DAYS,
  PLOTS,
  type Plot,
  type PlotCell,
  type PlotColumn,
  type PlotRow,
} from "../../domain/plot.ts";
import { localClock } from "../../domain/time.ts";
import { dayWords } from "../moment.ts";
import { CHART, columnWords, DRAWN } from "./chart-words.ts";
import { FIGURE_ASSETS } from "./figure-assets.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

export type ChartsPageProps = {
  desk: DeskView;
  charts: {
    unit: { code: string; name: string };
    asOf: Date;
    days: number;
    book: FigureBook;
    plots: Plot[];
    units: readonly { code: string; name: string; below: boolean }[];
  };
};
type View = Pick<DeskView, "lang" | "zone" | "today" | "href">;

/** So many names of missing units are said beside each chart. */
const NAMED = 12;

/** The charts of a unit: each says what it speaks for, and its table is what it is drawn from. */
export const ChartsPage = ({ desk, charts }: ChartsPageProps) => {
  const { lang, zone, today } = desk;
  const { unit, asOf, days, book, plots } = charts;
  const query = new URLSearchParams({ unit: unit.code, asOf: localIso(asOf, zone), days: `${days}` });
  return (
    <DeskPage
      desk={desk}
      title={CHART.title(unit.name)[lang]}
      path={`/figures?${query}`}
      js={FIGURE_ASSETS.chartJs}
    >
      <link rel="stylesheet" href={FIGURE_ASSETS.css} />
      <h1>{CHART.title(unit.name)[lang]}</h1>
      <p class="as-of">
        <span>{CHART.asOf[lang]}</span>{" "}
        <time datetime={localIso(asOf, zone)}>{cutWords(asOf, { lang, zone, today })}</time>
      </p>
      <Choice desk={desk} charts={charts} />
      <div class="plots">
        {plots.map((plot) => (
          <Chart desk={desk} plot={plot} book={book} />
        ))}
      </div>
      {/* Behind the library: both are deferred, and run in the order they stand in. */}
      <script src={FIGURE_ASSETS.chartsJs} defer />
    </DeskPage>
  );
};

/** A moment as a report says it: 1月25日 24:00 is the midnight at its end. */
function cutWords(at: Date, { lang, zone, today }: Omit<View, "href">): string {
  const { date, clock } = cutOffOf(at, zone);
  return `${dayWords(date, lang, today)} ${clock}`;
}

const Choice = ({ desk, charts: { unit, asOf, days, units } }: ChartsPageProps) => {
  const { lang, zone, now } = desk;
  const past = asOf < now;
  const { date, clock } = cutOffOf(asOf, zone);
  return (
    <form
      method="get"
      action={desk.at("/figures")}
      class="filters charts-choice"
      aria-label={CHART.choose[lang]}
    >
      <input type="hidden" name="lang" value={lang} />
      <div>
        <label for="f-unit">{CHART.unit[lang]}</label>
        <select id="f-unit" name="unit">
          {units.map(({ code, name, below }) => (
            <option value={code} selected={code === unit.code}>
              {below ? `　${name}` : name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="f-days">{CHART.days[lang]}</label>
        <select id="f-days" name="days">
          {PLOT_DAYS.map((one) => (
            <option value={one} selected={one === days}>
              {CHART.dayCount(one)[lang]}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label for="f-date">{CHART.date[lang]}</label>
        <input type="date" id="f-date" name="date" value={past ? date : ""} placeholder="2020-01-25" />
      </div>
      <div>
        <label for="f-time">{CHART.time[lang]}</label>
        <input
          type="text"
          id="f-time"
          name="time"
          value={past ? clock : ""}
          placeholder="24:00"
          maxlength={5}
          autocomplete="off"
        />
      </div>
      <button type="submit" class="second">
        {CHART.show[lang]}
      </button>
      {past ? (
        <a class="tap" href={desk.href(`/figures?unit=${unit.code}&days=${days}`)}>
          {CHART.now[lang]}
        </a>
      ) : null}
    </form>
  );
};

const Chart = ({ desk, plot, book }: { desk: DeskView; plot: Plot; book: FigureBook }) => {
  const { lang } = desk;
  const { by } = PLOTS[plot.plot];
  const { name, note } = CHART.plots[plot.plot];
  return (
    <section class="plot" data-by={by} aria-labelledby={`h-${plot.plot}`}>
      <h2 id={`h-${plot.plot}`}>{name[lang]}</h2>
      <Speaks desk={desk} book={book} />
      <div class="plot-frame" hidden>
        <canvas role="img" aria-label={`${name[lang]}: ${gist(plot, desk)}`} />
      </div>
      <details open>
        <summary>{CHART.table[lang]}</summary>
        <Table desk={desk} plot={plot} />
        <p class="soft">{note[lang]}</p>
      </details>
    </section>
  );
};

/** How many units it speaks for, and which of them are missing. */
const Speaks = ({ desk, book }: { desk: DeskView; book: FigureBook }) => {
  const { lang } = desk;
  const { units, owed, reported, missing } = book.completeness;
  const named = missing.slice(0, NAMED).map(({ name }) => name);
  const rest = missing.length - named.length;
  const comma = lang === "en" ? ", " : "、";
  return (
    <p class="speaks">
      {CHART.speaks(units, owed, reported)[lang]}
      {lang === "en" ? ". " : "。"}
      {missing.length > 0 ? (
        <strong class="alarm">
          <a href={desk.href(figurePath("dailyReports.overdue", { ...book, unit: book.unit.code }))}>
            {CHART.missing(missing.length)[lang]}
          </a>
          {CHART.colon[lang]}
          {named.join(comma)}
          {rest > 0 ? CHART.andMore(rest)[lang] : null}
        </strong>
      ) : (
        CHART.noneMissing[lang]
      )}
    </p>
  );
};

const Table = ({ desk, plot: { plot, rows, total } }: { desk: DeskView; plot: Plot }) => {
  const { lang } = desk;
  const { by, columns } = PLOTS[plot];
  return (
    <table class="plot-table">
      <caption class="vh">{CHART.plots[plot].name[lang]}</caption>
      <thead>
        <tr>
          <th scope="col">{(by === "day" ? CHART.day : CHART.towns)[lang]}</th>
          {columns.map((column: PlotColumn) => {
            const { as, tone, fill } = DRAWN[column];
            return (
              <th scope="col" class="number" data-as={as} data-tone={tone} data-fill={fill}>
                {columnWords(column)[lang]}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row desk={desk} row={row} columns={columns} />
        ))}
      </tbody>
      {total ? (
        <tfoot>
          <Row desk={desk} row={{ ...total, name: CHART.total[lang] }} columns={columns} />
        </tfoot>
      ) : null}
    </table>
  );
};

const Row = ({ desk, row, columns }: { desk: DeskView; row: PlotRow; columns: readonly PlotColumn[] }) => {
  const { lang, zone } = desk;
  return (
    <tr>
      <th scope="row">
        {labelOf(row, desk)}
        {row.until ? <span class="soft"> {CHART.until(localClock(row.until, zone))[lang]}</span> : null}
      </th>
      {row.cells.map((cell, at) => (
        <Cell desk={desk} cell={cell} alarm={DRAWN[columns[at] as PlotColumn].tone === "alarm"} />
      ))}
    </tr>
  );
};

/** A figure that leads to what it was counted from; what is not known is said so and leads nowhere. */
const Cell = ({ desk, cell, alarm }: { desk: DeskView; cell: PlotCell; alarm: boolean }) => {
  const { value, figure, place } = cell;
  if (value === null)
    return (
      <td class="number unknown">
        <span aria-hidden="true">—</span>
        <span class="vh">{CHART.unknown[desk.lang]}</span>
      </td>
    );
  return (
    <td class="number">
      {place ? (
        <a href={desk.href(figurePath(figure, place))} class={alarm && value > 0 ? "alarm" : undefined}>
          {valueWords(value, figure)}
        </a>
      ) : (
        valueWords(value, figure)
      )}
    </td>
  );
};

const isShare = (figure: string) => figure.endsWith(".share");
/** A share in percent with one decimal; anything else as it is. */
const valueWords = (value: number, figure: string) =>
  isShare(figure) ? `${(value * 100).toFixed(1)}%` : `${value}`;

const labelOf = ({ date, name = "", own }: PlotRow, { lang, today }: Pick<View, "lang" | "today">) =>
  date ? dayWords(date, lang, today) : own ? CHART.own(name)[lang] : name;

/** What a chart shows, in a sentence for those who do not see it. */
function gist({ plot, rows, total }: Plot, desk: DeskView): string {
  const { lang } = desk;
  const { by, columns } = PLOTS[plot];
  const parts = columns.map((column: PlotColumn, at) => {
    const name = columnWords(column)[lang];
    if (by === "unit") {
      const value = (total ?? rows[0])?.cells[at]?.value ?? null;
      return value === null ? undefined : CHART.said.all(name, valueWords(value, column))[lang];
    }
    const known = rows
      .map((row) => ({ label: labelOf(row, desk), value: row.cells[at]?.value ?? null }))
      .filter((one): one is { label: string; value: number } => one.value !== null);
    const last = known.at(-1);
    if (!last) return undefined;
    if (isShare(column)) return CHART.said.last(name, last.label, valueWords(last.value, column))[lang];
    const most = known.reduce((top, one) => (one.value > top.value ? one : top));
    const sum = known.reduce((all, { value }) => all + value, 0);
    return CHART.said.sum(name, sum, most.label, most.value)[lang];
  });
  const said = parts.filter((part) => part !== undefined);
  return said.length > 0 ? said.join(lang === "en" ? "; " : "；") : CHART.said.nothing[lang];
}
