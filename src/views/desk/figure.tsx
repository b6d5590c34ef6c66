import type { Child } from "hono/jsx";
import type { Figure, FigurePart } from "../../domain/figure.ts";
import type { Completeness, FigureId, FigureValue } from "../../domain/figure-book.ts";
import { type FigurePlace, placeQuery } from "../../domain/figure-link.ts";
import type { FilledForm } from "../../domain/filled-form.ts";
import type { FieldError } from "../../domain/problem.ts";
import type { Place } from "../../domain/summary.ts";
import type { Lang } from "../../forms/define.ts";
import { ErrorSummary } from "../form.tsx";
import { Facts } from "../unit-parts.tsx";
import { AskMoment, type FigureAsked } from "./figure-ask.tsx";
import { type FigureDay, FigureDays } from "./figure-days.tsx";
import { definitionWords } from "./figure-name.ts";
import { CompletenessLine, cutWords, FigureLink, FilledLine, figureText } from "./figure-parts.tsx";
import { type CountedRecord, FigureRecords } from "./figure-records.tsx";
import { FIGURE, MOMENTS } from "./figure-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** Everything told of a figure as of a moment. */
export type FigureTold = {
  place: FigurePlace & { from: Date };
  value: FigureValue;
  /** Of a flow that runs on: what came since the window began. */
  inWindow?: { id: FigureId; value: FigureValue };
  /** Recorded after the moment though it happened up to it. */
  late: number;
  /** The figure with that, where it was asked for so. */
  withLate?: FigureValue;
  completeness: Completeness;
  /** Where units enter it themselves: who filled the form in. */
  forms: readonly FilledForm[];
  /** Of a share: what is divided by what; of a sum: what it adds up. */
  parts: { part: FigurePart; value: FigureValue; role?: "numerator" | "denominator" }[];
  rows: { unit: Place; value: FigureValue }[];
  direct: FigureValue;
  days?: FigureDay[];
  /** Of records: the unit's own events that changed it last. */
  records?: CountedRecord[];
  /** Where those who were counted can be seen as they stand now: an address behind /desk. */
  list?: { path: string; later: boolean };
};

export type FigurePageProps = {
  desk: DeskView;
  figure: Figure;
  unit: Place;
  /** The units above it that this official may see, from the top. */
  above: Place[];
  asked: FigureAsked;
  told?: FigureTold;
  errors: readonly FieldError[];
};

/** What a figure was counted from: in a report, a table or a chart every number leads here. */
export const FigurePage = (props: FigurePageProps) => {
  const { desk, figure, unit, above, told, errors, asked } = props;
  const { lang } = desk;
  const name = nameOf(figure, lang);
  const path = `/figures/${encodeURIComponent(figure.id)}`;
  const query = told ? `?${placeQuery(told.place)}` : `?unit=${unit.code}`;
  return (
    <DeskPage
      desk={desk}
      title={`${name} · ${unit.name}`}
      path={`${path}${query}`}
      room="/figures"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <p class="crumbs">
        {above.map(({ code, name: of }) => (
          <>
            <a
              href={desk.href(`${path}?${told ? placeQuery({ ...told.place, unit: code }) : `unit=${code}`}`)}
            >
              {of}
            </a>
            <span aria-hidden="true"> › </span>
          </>
        ))}
        {unit.name}
      </p>
      <h1>{name}</h1>
      {told ? <Told {...props} told={told} /> : null}
      <h2>{FIGURE.another[lang]}</h2>
      <AskMoment
        {...{ desk, path, asked, errors }}
        unit={unit.code}
        window={figure.parts.some((one) => one.window)}
      />
    </DeskPage>
  );
};

const Told = ({ desk, figure, unit, told }: FigurePageProps & { told: FigureTold }) => {
  const { lang } = desk;
  const { place, value, late, parts, list } = told;
  const [part] = figure.parts;
  const share = part.kind === "share";
  const until = cutWords(place.asOf, desk, lang);
  const windowed = figure.parts.some((one) => one.window);
  return (
    <>
      {told.forms.length === 0 ? <CompletenessLine lang={lang} of={told.completeness} /> : null}
      {told.forms.map((form) => (
        <FilledLine lang={lang} of={form} one />
      ))}
      <p class="big-figure">
        <strong>{figureText(value, share)}</strong>{" "}
        {share || value === null ? null : <span>{part.unit[lang]}</span>}
      </p>
      <p class="asof">
        {windowed ? FIGURE.window(cutWords(place.from, desk, lang), until)[lang] : FIGURE.asOf(until)[lang]}
        {value === null ? <> · {(share ? FIGURE.unknownShare : FIGURE.unknown)[lang]}</> : null}
      </p>
      {late === 0 ? null : (
        <p>
          <strong>{FIGURE.late(late)[lang]}</strong>
        </p>
      )}
      {told.withLate === undefined ? null : (
        <p>
          <strong>{FIGURE.withLate(figureText(told.withLate, share))[lang]}</strong>
        </p>
      )}
      {told.inWindow ? (
        <p>
          {FIGURE.inWindow(cutWords(place.from, desk, lang))[lang]}
          {lang === "en" ? ": " : "："}
          <FigureLink desk={desk} {...told.inWindow} place={place} />
        </p>
      ) : null}
      {list ? (
        <p>
          <a class="tap" href={desk.href(list.path)}>
            {FIGURE.list[lang]}
          </a>
          {list.later ? <span class="soft"> {FIGURE.listLater[lang]}</span> : null}
        </p>
      ) : null}
      {parts.length > 0 ? <Parts desk={desk} told={told} /> : null}
      {told.rows.length > 0 ? <Below {...{ desk, figure, unit, told }} share={share} /> : null}
      {told.days ? (
        <FigureDays
          {...{ desk, place }}
          id={figure.id}
          kind={part.kind}
          days={told.days}
          linked={part.indicator?.series === "moments" || part.record !== undefined}
        />
      ) : null}
      {told.records?.length ? <FigureRecords desk={desk} records={told.records} /> : null}
      <h2>{FIGURE.about[lang]}</h2>
      {figure.parts.map((one) => (
        <>
          {figure.parts.length > 1 ? <h3>{one.name[lang]}</h3> : null}
          <About part={one} lang={lang} />
        </>
      ))}
    </>
  );
};

/** The name of a figure; of a sum the names of what it adds up. */
export const nameOf = ({ parts }: Figure, lang: Lang): string =>
  parts.map(({ name }) => name[lang]).join(" + ");

const Parts = ({ desk, told }: { desk: DeskView; told: FigureTold }) => {
  const { lang } = desk;
  return (
    <Table
      caption={(told.parts[0]?.role ? FIGURE.kinds.share : FIGURE.sum)[lang]}
      heads={[FIGURE.number[lang], ""]}
    >
      {told.parts.map(({ part, value, role }) => (
        <tr>
          <th scope="row">
            {role ? <span class="soft">{FIGURE[role][lang]} </span> : null}
            {part.name[lang]}
          </th>
          <td class="number">
            <FigureLink {...{ desk, value }} id={part.id} place={told.place} about={part.name[lang]} />
          </td>
        </tr>
      ))}
    </Table>
  );
};

const Below = ({
  desk,
  figure,
  unit,
  told,
  share,
}: Pick<FigurePageProps, "desk" | "figure" | "unit"> & { told: FigureTold; share: boolean }) => {
  const { lang } = desk;
  const { place, rows, direct, value } = told;
  const cell = (of: FigureValue) => figureText(of, share);
  return (
    <>
      <h2>{FIGURE.below[lang]}</h2>
      <Table caption={FIGURE.below[lang]} heads={[FIGURE.unitHead[lang], FIGURE.number[lang]]}>
        {rows.map((row) => (
          <tr>
            <th scope="row">{row.unit.name}</th>
            <td class="number">
              <FigureLink
                {...{ desk, share }}
                id={figure.id}
                value={row.value}
                place={{ ...place, unit: row.unit.code }}
                about={row.unit.name}
              />
            </td>
          </tr>
        ))}
        {share ? null : (
          <tr>
            <th scope="row">
              {unit.name} <span class="soft">{FIGURE.direct[lang]}</span>
            </th>
            <td class="number">{cell(direct)}</td>
          </tr>
        )}
        <tr class="total">
          <th scope="row">{FIGURE.total[lang]}</th>
          <td class="number">{cell(value)}</td>
        </tr>
      </Table>
      {[value, ...rows.map((row) => row.value)].includes(null) ? (
        <p class="soft">{FIGURE.dash[lang]}</p>
      ) : null}
    </>
  );
};

const Table = ({
  caption,
  heads,
  children,
}: {
  caption: string;
  heads: [string, string];
  children: Child;
}) => (
  <table class="counted">
    <caption class="vh">{caption}</caption>
    <thead>
      <tr>
        <th scope="col">{heads[0]}</th>
        {heads[1] ? (
          <th scope="col" class="number">
            {heads[1]}
          </th>
        ) : (
          <td />
        )}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
);

const About = ({ part, lang }: { part: FigurePart; lang: Lang }) => {
  const ofDay = part.kind === "flow" && part.indicator?.window === "day";
  const kind = part.window ? FIGURE.kindOfWindow : ofDay ? FIGURE.kindOfDay : FIGURE.kinds[part.kind];
  const moments = part.moments.map((one) => MOMENTS[one]?.[lang] ?? one);
  return (
    <Facts
      facts={[
        [FIGURE.definition[lang], definitionWords(part, lang)],
        [FIGURE.unit[lang], part.kind === "share" ? "" : part.unit[lang]],
        [FIGURE.kind[lang], kind[lang]],
        [FIGURE.moments[lang], moments.join(lang === "en" ? "; " : "；")],
        [FIGURE.source[lang], `DOMAIN.md · ${part.source}`],
      ]}
    />
  );
};
