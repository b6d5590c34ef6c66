import { EXPORT_WITHIN, EXPORT_WORDS, type ExportState } from "../../domain/export.ts";
import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary } from "../form.tsx";
import { AskText, Facts } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import { EXPORT } from "./export-words.ts";
import type { ExportView } from "./exports.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

export type ExportPageProps = {
  desk: DeskView & { officer: { id: string } };
  one: ExportView;
  state: ExportState;
  unitName: string;
  /** Who decided, in words. */
  decider: string;
  refusal?: string | undefined;
  /** The reader asked for it, in this office or in another one: then it is not theirs to decide. */
  own: boolean;
  errors?: readonly FieldError[];
  /** What was typed when somebody else had decided already. */
  reason?: string;
  beaten?: boolean;
  /** It was to be taken, and could not. */
  notTaken?: boolean;
};

/** One export: what it is, how it stands, and what can be done about it. */
export const ExportPage = (props: ExportPageProps) => {
  const { desk, one, state, unitName, decider, refusal, errors = [], beaten, notTaken } = props;
  const { lang, zone, today, officer } = desk;
  const when = (at: Date) => momentWords(at, zone, lang, today);
  const { unit, state: rowState, from, to } = one.filter;
  const mine = one.officialId === officer.id;
  const decided = one.approvedAt ?? one.refusedAt;
  return (
    <DeskPage
      desk={desk}
      title={one.id}
      path={`/exports/${one.id}`}
      room="/exports"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <p class="back">
        <a href={desk.href("/exports")}>
          <span aria-hidden="true">‹ </span>
          {EXPORT.title[lang]}
        </a>
      </p>
      {beaten || notTaken ? (
        <div class="note alarm" role="alert">
          <p>
            <strong>{(beaten ? EXPORT.beaten : EXPORT.notTaken)[lang]}</strong>
          </p>
        </div>
      ) : null}
      <h1 class="number">{one.id}</h1>
      <p>
        <strong>{EXPORT.state_[state][lang]}</strong>
        {decided ? (
          <>
            <br />
            {(one.approvedAt ? EXPORT.approvedBy : EXPORT.refusedBy)(decider, when(decided))[lang]}
          </>
        ) : null}
        {one.takenAt ? (
          <>
            <br />
            {EXPORT.takenAt(when(one.takenAt))[lang]}
          </>
        ) : null}
      </p>
      {refusal ? <p class="typed">{refusal}</p> : null}
      <Facts
        facts={[
          [EXPORT.kind[lang], `${EXPORT.kinds[one.kind][lang]} · ${EXPORT.formats[one.format][lang]}`],
          [EXPORT.columns.rows[lang], one.rows],
          [EXPORT.unit[lang], `${unitName} ${unit}`],
          [EXPORT.state[lang], rowState && EXPORT.states[one.kind]?.[rowState]?.[lang]],
          [
            EXPORT.daysOf[lang],
            from || to ? EXPORT.days(from ?? EXPORT.begin[lang], to ?? EXPORT.now[lang])[lang] : undefined,
          ],
          [EXPORT.open[lang], (one.masked ? EXPORT.masked : EXPORT.full)[lang]],
          [EXPORT.purpose[lang], EXPORT.purposes[one.purpose][lang]],
          [EXPORT.words[lang], one.words],
          [EXPORT.columns.by[lang], `${one.by.unitName} ${one.by.name} · ${when(one.recordedAt)}`],
        ]}
      />
      {state === "ready" && mine ? <Take {...props} /> : null}
      {state === "waiting" && props.own ? <p class="note">{EXPORT.waitingHint[lang]}</p> : null}
      {state === "lapsed" && mine ? <p class="note">{EXPORT.lapsedHint[lang]}</p> : null}
      {state === "waiting" && !props.own ? <Decide {...props} /> : null}
      {beaten && props.reason ? (
        <p class="typed">
          {EXPORT.reason[lang]}：{props.reason}
        </p>
      ) : null}
    </DeskPage>
  );
};

const Take = ({ desk, one }: ExportPageProps) => {
  const { lang, zone, today } = desk;
  const until = new Date((one.approvedAt ?? one.recordedAt).getTime() + EXPORT_WITHIN);
  return (
    <form method="post" action={desk.href(`/exports/${one.id}/take`)}>
      <p class="hint">{EXPORT.takeHint(momentWords(until, zone, lang, today))[lang]}</p>
      <button type="submit" class="main">
        {EXPORT.take[lang]}
      </button>
    </form>
  );
};

const Decide = ({ desk, one, errors = [] }: ExportPageProps) => {
  const { lang } = desk;
  return (
    <>
      <form method="post" action={desk.href(`/exports/${one.id}/approve`)}>
        <button type="submit" class="main">
          {EXPORT.approve[lang]}
        </button>
      </form>
      <form method="post" action={desk.href(`/exports/${one.id}/refuse`)}>
        <AskText
          name="reason"
          label={EXPORT.reason[lang]}
          hint={EXPORT.reasonHint[lang]}
          errors={errors}
          lang={lang}
          rows={2}
          max={EXPORT_WORDS}
        />
        <button type="submit" class="second">
          {EXPORT.refuse[lang]}
        </button>
      </form>
    </>
  );
};
