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
import type { FieldError } from "../../domain/problem.ts";
import { localClock } from "../../domain/time.ts";
import type { Lang } from "../../forms/define.ts";
import { ErrorSummary } from "../form.tsx";
import { dayWords } from "../moment.ts";
import { AskText } from "../unit-parts.tsx";
import { drawnIn, gist, labelOf, remarks, valueWords } from "./chart-gist.ts";
import { CHART, columnWords, DRAWN, unitOf } from "./chart-words.ts";
import { FIGURE_ASSETS } from "./figure-assets.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

export type ChartsPageProps = {
  desk: DeskView;
  /** What was asked, as the form shows it: `date` and `time` are empty for now. */
  asked: {
    unit: { code: string; name: string };
    days: string;
    date: string;
    time: string;
    units: readonly { code: string; name: string; below: boolean }[];
  };
  /** Without it something has to be mended first. */
  charts?: { asOf: Date; book: FigureBook; plots: Plot[] };
  errors?: readonly FieldError[];
};
type View = Pick<DeskView, "lang" | "zone" | "today" | "href">;

/** So many names of missing units are said beside the first chart, and beside each of the others. */
const NAMED = { first: 12, others: 3 };

/** The charts of a unit: each says what it speaks for, and its table is what it is drawn from. */
export const ChartsPage = ({ desk, asked, charts, errors = [] }: ChartsPageProps) => {
  const { lang, zone, today } = desk;
  const { unit, days, date, time } = asked;
  const moment: Record<string, string> = charts ? { asOf: localIso(charts.asOf, zone) } : { date, time };
  const query = new URLSearchParams({ unit: unit.code, days, ...moment });
  return (
    <DeskPage
      desk={desk}
      title={CHART.title(unit.name)[lang]}
      path={`/figures?${query}`}
      error={errors.length > 0}
      {...(charts ? { js: FIGURE_ASSETS.chartJs } : {})}
    >
      <link rel="stylesheet" href={FIGURE_ASSETS.css} />
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{CHART.title(unit.name)[lang]}</h1>
      {charts ? (
        <p class="as-of">
          <span>{CHART.asOf[lang]}</span>{" "}
          <time datetime={localIso(charts.asOf, zone)}>{cutWords(charts.asOf, { lang, zone, today })}</time>
        </p>
      ) : null}
      <Choice desk={desk} asked={asked} errors={errors} />
      <div class="plots">
        {charts?.plots.map((plot, at) => (
          <Chart desk={desk} plot={plot} book={charts.book} named={at === 0 ? NAMED.first : NAMED.others} />
        ))}
      </div>
      {/* Behind the library: both are deferred, and run in the order they stand in. */}
      {charts ? <script src={FIGURE_ASSETS.chartsJs} defer /> : null}
    </DeskPage>
  );
};

/** A moment as a report says it: 1月25日 24:00 is the midnight at its end. */
function cutWords(at: Date, { lang, zone, today }: Omit<View, "href">): string {
  const { date, clock } = cutOffOf(at, zone);
  return `${dayWords(date, lang, today)} ${clock}`;
}

const Choice = ({ desk, asked, errors = [] }: Omit<ChartsPageProps, "charts">) => {
  const { lang } = desk;
  const { unit, days, date, time, units } = asked;
  const said = { errors, lang };
  const kept = PLOT_DAYS.some((one) => `${one}` === days) ? `&days=${days}` : "";
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
            <option value={one} selected={`${one}` === days}>
              {CHART.dayCount(one)[lang]}
            </option>
          ))}
        </select>
      </div>
      <AskText {...said} name="date" label={CHART.date[lang]} value={date} type="date" />
      <AskText {...said} name="time" label={CHART.time[lang]} value={time} max={5} />
      <button type="submit" class="second">
        {CHART.show[lang]}
      </button>
      {date ? (
        <a class="tap" href={desk.href(`/figures?unit=${unit.code}${kept}`)}>
          {CHART.now[lang]}
        </a>
      ) : null}
    </form>
  );
};

type ChartProps = { desk: DeskView; plot: Plot; book: FigureBook; named: number };
const Chart = ({ desk, plot, book, named }: ChartProps) => {
  const { lang } = desk;
  const { by } = PLOTS[plot.plot];
  const { name, note } = CHART.plots[plot.plot];
  // Where nothing is known, or no unit has anything, words stand instead of a picture.
  const values = drawnIn(plot);
  return (
    <section class="plot" data-by={by} data-plot={plot.plot} aria-labelledby={`h-${plot.plot}`}>
      <h2 id={`h-${plot.plot}`}>{name[lang]}</h2>
      <Speaks desk={desk} book={book} named={named} />
      {values.some((value) => (by === "day" ? value !== null : value)) ? (
        <div class="plot-frame" hidden>
          <canvas role="img" aria-label={`${name[lang]}${CHART.colon[lang]}${gist(plot, desk)}`} />
        </div>
      ) : null}
      <p class="plot-note">{[...remarks(plot, values, desk), note[lang]].join(lang === "en" ? " " : "")}</p>
      <details open>
        <summary>{CHART.table[lang]}</summary>
        <div class="plot-scroll">
          <Table desk={desk} plot={plot} />
        </div>
      </details>
    </section>
  );
};

/** How many units it speaks for, and which of them are missing. */
const Speaks = ({ desk, book, named: most }: Omit<ChartProps, "plot">) => {
  const { lang } = desk;
  const { units, owed, reported, missing } = book.completeness;
  const named = missing.slice(0, most).map(({ name }) => name);
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
              <th
                scope="col"
                class="number"
                data-as={as}
                data-tone={tone}
                data-fill={fill}
                data-unit={axisWords(column, columns, lang)}
              >
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

/** A column's unit of count as the legend says it; where there are two axes, on which it stands. */
function axisWords(column: PlotColumn, columns: readonly PlotColumn[], lang: Lang): string {
  const unit = unitOf(column, lang);
  if (!columns.some((one) => DRAWN[one].as === "line")) return unit;
  const side = CHART[DRAWN[column].as === "line" ? "left" : "right"][lang];
  return `${unit}${lang === "en" ? ", " : "，"}${side}`;
}

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
