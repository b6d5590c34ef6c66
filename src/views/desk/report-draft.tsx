import type { Completeness, FigureId } from "../../domain/figure-book.ts";
import type { FieldError } from "../../domain/problem.ts";
import type { ReportLang } from "../../domain/situation-report.ts";
import { type FigureChange, PARAGRAPH_MOST, WHY_MOST } from "../../domain/snapshot.ts";
import { ErrorSummary } from "../form.tsx";
import { AskText, Facts } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { Changes, CopyBox, cutOffWords, ReportBody, type ReportText, SpeaksFor } from "./report-body.tsx";
import { REPORT } from "./report-words.ts";

/** A free paragraph in its box; `who` changed it last. */
export type SlotView = {
  name: string;
  label: string;
  text: string;
  /** Which version it is, as the form sends it back. */
  held: string;
  who: string;
  at?: Date | undefined;
  /** The earlier cut-off that it was written for, where it stands from there. */
  kept?: Date | undefined;
};
/** The last version that was issued, and what a further one would change. */
export type StandingView = {
  id: string;
  version: number;
  who: string;
  at: Date;
  changes: readonly FigureChange[];
  words: boolean;
};
/** What was sent and did not go through. */
export type DraftRefused = {
  errors?: readonly FieldError[];
  /** Paragraphs that somebody changed meanwhile. */
  beaten?: readonly SlotView[];
  /** Somebody issued it first, or the draft is not what was seen. */
  notIssued?: "beaten" | "moved";
  why?: string;
};
export type DraftPageProps = DraftRefused & {
  desk: DeskView;
  /** Its own address behind /desk, and of the acts and files beside it: draftAt("/docx"). */
  draftAt: (part?: string) => string;
  name: string;
  unit: { code: string; name: string };
  asOf: Date;
  from: Date;
  script: ReportLang;
  completeness: Completeness;
  report: ReportText;
  seen: string;
  late: boolean;
  lateFigures: readonly { id: FigureId; more: number }[];
  /** The same with, or without, what came late. */
  otherWay: string;
  linkOf: (id: FigureId) => string;
  nameOf: (id: FigureId) => string;
  slots: readonly SlotView[];
  standing?: StandingView | undefined;
  saved: boolean;
};

/** A draft on the page: whom it speaks for, the document, its text to copy, the officials' own paragraphs, and issuing it. */
export const DraftPage = (props: DraftPageProps) => {
  const { desk, draftAt, name, unit, asOf, from, script, errors = [], standing } = props;
  const { lang, zone, today } = desk;
  return (
    <DeskPage
      desk={desk}
      title={REPORT.draftOf(name)[lang]}
      path={draftAt()}
      room="/reports"
      error={errors.length > 0}
      script
    >
      <ErrorSummary errors={errors} lang={lang} />
      <p class="back">
        <a href={desk.href(`/reports?unit=${unit.code}`)}>
          <span aria-hidden="true">‹ </span>
          {REPORT.title[lang]}
        </a>
      </p>
      <Refused {...props} />
      {props.saved ? (
        <p class="note" role="status">
          {REPORT.saved[lang]}
        </p>
      ) : null}
      <h1>{REPORT.draftOf(name)[lang]}</h1>
      <SpeaksFor completeness={props.completeness} lang={lang} />
      <Facts
        facts={[
          [REPORT.unitName[lang], unit.name],
          [REPORT.cutOff[lang], cutOffWords(asOf, desk)],
          [REPORT.window[lang], REPORT.span(cutOffWords(from, desk), cutOffWords(asOf, desk))[lang]],
        ]}
      />
      {standing ? (
        <p class="note">
          {REPORT.standing(standing.version, standing.who, momentWords(standing.at, zone, lang, today))[lang]}{" "}
          <a href={desk.href(`/reports/issued/${standing.id}`)}>{REPORT.see[lang]}</a>
        </p>
      ) : null}
      <Late {...props} />
      <p class="ways">
        <a href="#copy">{REPORT.toCopy[lang]}</a>
        <a href={desk.href(draftAt("/docx"))}>{REPORT.docx[lang]}</a>
        <a href={desk.href(draftAt("/print"))}>{REPORT.print[lang]}</a>
        {props.slots.length > 0 && desk.may("settle") ? <a href="#own">{REPORT.own[lang]}</a> : null}
        {desk.may("issue") ? <a href="#f-issue">{REPORT.issue[lang]}</a> : null}
      </p>
      <ReportBody report={props.report} lang={script} linkOf={props.linkOf} />
      <p class="soft">{REPORT.linked[lang]}</p>
      <CopyBox text={props.report.text} lang={lang} script={script} />
      {props.slots.length > 0 && desk.may("settle") ? <Paragraphs {...props} /> : null}
      <Issue {...props} />
    </DeskPage>
  );
};

const Refused = ({ desk, beaten = [], notIssued, standing }: DraftPageProps) => {
  const { lang, zone, today } = desk;
  const when = (at: Date | undefined) => (at ? momentWords(at, zone, lang, today) : "");
  if (beaten.length > 0)
    return (
      <div class="note alarm" role="alert">
        <p>
          <strong>{REPORT.beaten[lang]}</strong>
        </p>
        {beaten.map(({ label, who, at }) => (
          <p>{REPORT.beatenBy(label, who, when(at))[lang]}</p>
        ))}
        <p>{REPORT.beatenKept[lang]}</p>
      </div>
    );
  if (notIssued === "beaten" && standing)
    return (
      <p class="note alarm" role="alert">
        {REPORT.issueBeaten(standing.version, standing.who, when(standing.at))[lang]}
      </p>
    );
  return notIssued ? (
    <p class="note alarm" role="alert">
      {REPORT.moved[lang]}
    </p>
  ) : null;
};

const Late = ({ desk, late, lateFigures, otherWay, nameOf }: DraftPageProps) => {
  const { lang } = desk;
  if (!late && lateFigures.length === 0) return null;
  const list = lateFigures.map(({ id, more }) => `${nameOf(id)} ${more > 0 ? "+" : ""}${more}`);
  return (
    <p class="note">
      {(late ? REPORT.takenIn : REPORT.late(list.join(lang === "en" ? ", " : "、")))[lang]}{" "}
      <a href={desk.href(otherWay)}>{(late ? REPORT.leaveOut : REPORT.takeIn)[lang]}</a>
    </p>
  );
};

const Paragraphs = ({ desk, draftAt, slots, errors = [] }: DraftPageProps) => {
  const { lang, zone, today } = desk;
  return (
    <form
      method="post"
      action={desk.href(draftAt("/paragraphs"))}
      enctype="multipart/form-data"
      class="own"
      id="own"
    >
      <h2>{REPORT.own[lang]}</h2>
      <p class="hint">{REPORT.ownHint[lang]}</p>
      {slots.map(({ name, label, text, held, who, at, kept }) => (
        <>
          <input type="hidden" name={`version.${name}`} value={held} />
          <AskText
            name={`text.${name}`}
            label={label}
            hint={
              at
                ? REPORT.lastBy(who, momentWords(at, zone, lang, today), kept && cutOffWords(kept, desk))[
                    lang
                  ]
                : undefined
            }
            errors={errors}
            lang={lang}
            rows={Math.min(10, text.split("\n").length + Math.ceil(text.length / 40) + 1)}
            max={PARAGRAPH_MOST}
            value={text}
          />
        </>
      ))}
      <button type="submit" class="second">
        {REPORT.save[lang]}
      </button>
    </form>
  );
};

const Issue = ({ desk, draftAt, seen, standing, nameOf, why, errors = [] }: DraftPageProps) => {
  const { lang } = desk;
  if (!desk.may("issue")) return <p class="soft">{REPORT.mayNot[lang]}</p>;
  const next = (standing?.version ?? 0) + 1;
  const differs = !standing || standing.words || standing.changes.length > 0;
  return (
    <form method="post" action={desk.href(draftAt("/issue"))} class="issue">
      <h2 id="f-issue" tabindex={-1}>
        {standing ? REPORT.correct(next)[lang] : REPORT.issue[lang]}
      </h2>
      {standing ? (
        differs ? (
          <>
            <p>
              {REPORT.changed(standing.version)[lang]}
              {lang === "en" ? ": " : "："}
              {standing.changes.length > 0 ? null : REPORT.sameFigures[lang]}
              {standing.words ? REPORT.wordsToo[lang] : null}
            </p>
            {standing.changes.length > 0 ? (
              <Changes changes={standing.changes} nameOf={nameOf} lang={lang} />
            ) : null}
          </>
        ) : (
          <p>{REPORT.noChange(standing.version)[lang]}</p>
        )
      ) : null}
      <input type="hidden" name="version" value={String(standing?.version ?? 0)} />
      <input type="hidden" name="_seen" value={seen} />
      {standing && differs ? (
        <AskText
          name="why"
          label={REPORT.why[lang]}
          hint={REPORT.whyHint[lang]}
          errors={errors}
          lang={lang}
          rows={2}
          max={WHY_MOST}
          value={why}
        />
      ) : null}
      {differs ? (
        <>
          <p class="hint">{REPORT.issueHint[lang]}</p>
          <button type="submit" class="main">
            {standing ? REPORT.correctButton(next)[lang] : REPORT.issueButton[lang]}
          </button>
        </>
      ) : null}
    </form>
  );
};
