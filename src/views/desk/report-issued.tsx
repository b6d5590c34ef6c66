import type { Completeness, FigureId } from "../../domain/figure-book.ts";
import type { ReportLang } from "../../domain/situation-report.ts";
import type { FigureChange } from "../../domain/snapshot.ts";
import { Facts } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { Changes, CopyBox, cutOffWords, ReportBody, type ReportText, SpeaksFor } from "./report-body.tsx";
import { REPORT } from "./report-words.ts";

export type IssuedPageProps = {
  desk: DeskView;
  id: string;
  name: string;
  unit: { code: string; name: string };
  asOf: Date;
  from: Date;
  script: ReportLang;
  version: number;
  who: string;
  at: Date;
  hash: string;
  /** Whether the hash is that of what is stored. */
  intact: boolean;
  /** It takes in what was recorded after its cut-off. */
  late: boolean;
  completeness: Completeness;
  report: ReportText;
  why: string;
  /** What it changed of the version before it. */
  changed?: { version: number; changes: readonly FigureChange[]; words: boolean } | undefined;
  versions: readonly { id: string; version: number; who: string; at: Date }[];
  /** The same counted now, where it was asked for. */
  again?: { changes: readonly FigureChange[]; late: readonly { id: FigureId; more: number }[] } | undefined;
  /** Where a correction begins, behind /desk. */
  draft: string;
  linkOf: (id: FigureId) => string;
  nameOf: (id: FigureId) => string;
  done: boolean;
};

/** A report as it was issued: what it says, who issued it, what a correction changed and why. */
export const IssuedPage = (props: IssuedPageProps) => {
  const { desk, id, version, unit, script, report, versions } = props;
  const { lang, zone, today } = desk;
  const latest = versions[0]?.version ?? version;
  const here = `/reports/issued/${id}`;
  return (
    <DeskPage
      desk={desk}
      title={`${REPORT.issuedTitle(version)[lang]} ${id}`}
      path={here}
      room="/reports"
      script
    >
      <p class="back">
        <a href={desk.href(`/reports?unit=${unit.code}`)}>
          <span aria-hidden="true">‹ </span>
          {REPORT.title[lang]}
        </a>
      </p>
      {props.done ? (
        <p class="note" role="status">
          {REPORT.didIssue[lang]}
        </p>
      ) : null}
      <h1>{REPORT.issuedTitle(version)[lang]}</h1>
      {latest > version ? (
        <p class="note alarm">
          <a href={desk.href(`/reports/issued/${versions[0]?.id}`)}>{REPORT.superseded(latest)[lang]}</a>
        </p>
      ) : null}
      <SpeaksFor completeness={props.completeness} lang={lang} />
      <Facts
        facts={[
          [REPORT.number[lang], id],
          [REPORT.unitName[lang], `${unit.name} · ${props.name}`],
          [
            REPORT.cutOff[lang],
            `${cutOffWords(props.asOf, desk)}${props.late ? ` · ${REPORT.includesLate[lang]}` : ""}`,
          ],
          [
            REPORT.window[lang],
            REPORT.span(cutOffWords(props.from, desk), cutOffWords(props.asOf, desk))[lang],
          ],
          [REPORT.issuedBy[lang], `${props.who} · ${momentWords(props.at, zone, lang, today)}`],
          [
            REPORT.hash[lang],
            <>
              <code class="long">{props.hash}</code>{" "}
              {props.intact ? (
                <span class="soft">{REPORT.intact[lang]}</span>
              ) : (
                <strong class="alarm">{REPORT.altered[lang]}</strong>
              )}
            </>,
          ],
        ]}
      />
      <Changed {...props} />
      <Again {...props} />
      <p class="ways">
        <a href="#copy">{REPORT.toCopy[lang]}</a>
        <a href={desk.href(`${here}/docx`)}>{REPORT.docx[lang]}</a>
        <a href={desk.href(`${here}/print`)}>{REPORT.print[lang]}</a>
        <a href={desk.href(`${here}?recompute=1#f-again`)}>{REPORT.recompute[lang]}</a>
        {desk.may("issue") ? <a href={desk.href(props.draft)}>{REPORT.correctThis[lang]}</a> : null}
      </p>
      <ReportBody report={report} lang={script} linkOf={props.linkOf} />
      <CopyBox text={report.text} lang={lang} script={script} />
      {versions.length > 1 ? (
        <>
          <h2>{REPORT.versions[lang]}</h2>
          <ul class="plain-list reports">
            {versions.map((one) => (
              <li>
                <a
                  class="tap"
                  href={desk.href(`/reports/issued/${one.id}`)}
                  aria-current={one.id === id ? "page" : undefined}
                >
                  {REPORT.version(one.version)[lang]}
                </a>{" "}
                <span class="soft">
                  {one.who} · {momentWords(one.at, zone, lang, today)} · {one.id}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </DeskPage>
  );
};

const Changed = ({ desk: { lang }, changed, why, nameOf }: IssuedPageProps) =>
  changed ? (
    <section>
      <h2>{REPORT.changed(changed.version)[lang]}</h2>
      <p>
        <strong>{REPORT.why[lang]}</strong>
        {lang === "en" ? ": " : "："}
        {why}
      </p>
      {changed.changes.length > 0 ? <Changes changes={changed.changes} nameOf={nameOf} lang={lang} /> : null}
      {changed.changes.length === 0 ? <p>{REPORT.sameFigures[lang]}</p> : null}
      {changed.words ? <p>{REPORT.wordsToo[lang]}</p> : null}
    </section>
  ) : null;

const Again = ({ desk: { lang }, again, nameOf }: IssuedPageProps) =>
  again ? (
    <section>
      <h2 id="f-again" tabindex={-1}>
        {REPORT.recomputed[lang]}
      </h2>
      {again.changes.length === 0 ? (
        <p role="status">{REPORT.same[lang]}</p>
      ) : (
        <>
          <p role="status">{REPORT.differs[lang]}</p>
          <Changes changes={again.changes} nameOf={nameOf} lang={lang} />
        </>
      )}
      {again.late.length > 0 ? (
        <p>
          {
            REPORT.after3(
              again.late
                .map(({ id, more }) => `${nameOf(id)} ${more > 0 ? "+" : ""}${more}`)
                .join(lang === "en" ? ", " : "、"),
            )[lang]
          }
        </p>
      ) : null}
    </section>
  ) : null;
