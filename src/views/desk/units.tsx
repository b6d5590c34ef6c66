import type { ReportState } from "../../domain/unit-report.ts";
import { owesDailyReport } from "../../domain/unit-report.ts";
import { momentWords } from "../moment.ts";
import { UNIT } from "../unit-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { Crumbs } from "./units-parts.tsx";
import { UNITS } from "./units-words.ts";

/** A unit as the list shows it; db/unit-desk.ts makes it. */
export type UnitLine = {
  code: string;
  name: string;
  kind: keyof typeof UNITS.kinds;
  closedAt: Date | null;
  reached: number;
  lost: number;
  aboveReached: boolean;
  linked: boolean;
  officials: number;
  roster: boolean;
  report: ReportState | undefined;
};
export type UnitsProps = {
  desk: DeskView & { sees: (code: string) => boolean };
  /** The unit whose children are listed, and the units above it. */
  of: { code: string; name: string };
  path: readonly { code: string; name: string }[];
  own?: UnitLine | undefined;
  rows: readonly UnitLine[];
  /** Where the list goes on, and whether this is not its beginning. */
  next?: string | undefined;
  continued: boolean;
  show: "below" | "silent" | "search";
  q: string;
  /** Contacts and officials are counted so far. */
  most: number;
};

/** /desk/units: who stands below a unit, and who would hear for each. */
export const UnitsPage = (props: UnitsProps) => {
  const { desk, of, path, own, rows, next, continued, show, q } = props;
  const { lang, now, zone } = desk;
  const here = (more: Record<string, string>) =>
    `/units?${new URLSearchParams({ ...(show === "below" ? { of: of.code } : {}), ...(show === "silent" ? { show } : {}), ...(q ? { q } : {}), ...more })}`;
  const heading = {
    below: UNITS.below(of.name)[lang],
    silent: UNITS.silentTitle[lang],
    search: UNITS.found(q)[lang],
  }[show];
  return (
    <DeskPage desk={desk} title={UNITS.title[lang]} path={here({})} room="/units">
      <Crumbs desk={desk} path={show === "below" ? path.slice(0, -1) : path.slice(0, 1)} />
      <h1>{UNITS.title[lang]}</h1>
      <p class="asof">{UNITS.asOf(momentWords(now, lang, zone, now))[lang]}</p>
      <form method="get" action={desk.at("/units")} class="filters">
        <input type="hidden" name="lang" value={lang} />
        <div>
          <label for="f-q">{UNITS.search[lang]}</label>
          <input id="f-q" name="q" value={q} maxlength={60} autocomplete="off" class="short" />
        </div>
        <div>
          <button type="submit" class="second">
            {UNITS.searchButton[lang]}
          </button>
        </div>
      </form>
      <p class="ways">
        {show === "below" ? null : <a href={desk.href("/units")}>{UNITS.all[lang]}</a>}
        {show === "silent" ? null : <a href={desk.href("/units?show=silent")}>{UNITS.silentTitle[lang]}</a>}
        <a href={desk.href(`/posters?of=${of.code}`)}>{UNITS.posters[lang]}</a>
      </p>
      {own ? (
        <>
          <h2>{own.name}</h2>
          <Board {...props} rows={[own]} />
        </>
      ) : null}
      <h2>{heading}</h2>
      {show === "silent" ? <p>{UNITS.silentHint[lang]}</p> : null}
      {rows.length === 0 ? (
        <p>{{ below: UNITS.none, silent: UNITS.noneSilent, search: UNITS.nothing }[show][lang]}</p>
      ) : (
        <Board {...props} />
      )}
      {continued || next ? (
        <p class="ways">
          {continued ? <a href={desk.href(here({}))}>{UNITS.first[lang]}</a> : null}
          {next ? <a href={desk.href(here({ after: next }))}>{UNITS.more[lang]}</a> : null}
        </p>
      ) : null}
    </DeskPage>
  );
};

const Board = ({ desk, own, rows, most }: UnitsProps) => {
  const { lang } = desk;
  return (
    <table class="board">
      <thead>
        <tr>
          {[UNITS.unit, UNITS.kind, UNITS.hears, UNITS.report, UNITS.link, UNITS.officials, UNITS.roster].map(
            (head) => (
              <th scope="col">{head[lang]}</th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">
              <a class="tap" href={desk.href(`/manage/${row.code}`)}>
                {row.name}
              </a>{" "}
              <span class="soft">{row.code}</span>
              {row !== own && ["county", "town", "village"].includes(row.kind) ? (
                <>
                  {" "}
                  <a class="tap soft" href={desk.href(`/units?of=${row.code}`)}>
                    <span class="vh">{row.name} </span>
                    {DOWN[lang]}
                  </a>
                </>
              ) : null}
            </th>
            <td data-head={UNITS.kind[lang]}>{UNITS.kinds[row.kind][lang]}</td>
            <td data-head={UNITS.hears[lang]}>
              <Hears row={row} desk={desk} most={most} />
            </td>
            <td data-head={UNITS.report[lang]}>
              <Reported row={row} desk={desk} />
            </td>
            <td data-head={UNITS.link[lang]}>{(row.linked ? UNITS.linked : UNITS.unlinked)[lang]}</td>
            <td data-head={UNITS.officials[lang]}>
              {row.officials > 0 ? UNITS.people(row.officials, most)[lang] : UNITS.noOfficial[lang]}
            </td>
            <td data-head={UNITS.roster[lang]}>
              <a class="tap" href={desk.href(`/units/${row.code}/roster`)}>
                <span class="vh">{row.name} </span>
                {(row.roster ? UNITS.kept : UNITS.notKept)[lang]}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
const DOWN = { "zh-Hans": "下级 ›", "zh-Hant": "下級 ›", en: "below ›" };

/** Who would hear; vermilion with its words where nobody would. */
export const Hears = ({ row, desk: { lang }, most }: { row: UnitLine; desk: DeskView; most: number }) => (
  <>
    {row.reached > 0 ? (
      UNITS.people(row.reached, most)[lang]
    ) : (
      <strong class="alarm">
        {UNITS.silent[lang]}
        {row.aboveReached ? "" : `${lang === "en" ? ", " : "，"}${UNITS.silentAbove[lang]}`}
      </strong>
    )}
    {row.lost > 0 ? <span class="alarm"> {UNITS.lost(row.lost)[lang]}</span> : null}
  </>
);

export const Reported = ({ row, desk }: { row: UnitLine; desk: DeskView }) => {
  const { lang, zone, now } = desk;
  if (row.closedAt) return UNITS.closed(momentWords(row.closedAt, lang, zone, now))[lang];
  if (row.report)
    return (
      <span class={row.report === "missing" ? "alarm" : undefined}>{UNIT.dayStates[row.report][lang]}</span>
    );
  return (owesDailyReport(row.kind) ? UNIT.dayStates.pending : UNITS.notOwed)[lang];
};
