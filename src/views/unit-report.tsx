import { dailyReport } from "../../forms/daily-report.ts";
import type { FieldError, Problem } from "../domain/problem.ts";
import type { KnownCounts, ReportState, StandingReport } from "../domain/unit-report.ts";
import type { FormDefinition, Group } from "../forms/define.ts";
import { ErrorSummary, FormFields, FormShell, Hidden } from "./form.tsx";
import { type DoorView, UnitPage } from "./unit-parts.tsx";
import { dayWords, momentWords, UNIT } from "./unit-words.ts";

export type ReportPageProps = {
  door: DoorView;
  date: string;
  dueAt: Date;
  state: ReportState;
  known: KnownCounts;
  /** The report that stands, which this one would correct. */
  standing?: StandingReport | undefined;
  clientId: string;
  /** A zero report, or one with figures: chosen before this page, never by an empty field. */
  zero: boolean;
  /** What was typed, or the prefilled figures. */
  values: unknown;
  errors?: readonly FieldError[];
  /** Something that no field can mend: too many at once, already sent. */
  fault?: Problem["title"] | undefined;
};

/** One day's report: figures prefilled with what the service knows, or a zero report that needs a reason. */
export const ReportPage = (props: ReportPageProps) => {
  const { door, date, known, standing, zero, errors = [], state } = props;
  const { lang } = door;
  const day = dayWords(date, lang);
  const title = (standing ? UNIT.correctionOf : zero ? UNIT.zeroOf : UNIT.reportOf)(day)[lang];
  const path = `/report?date=${date}${zero ? "&zero=yes" : ""}`;
  const shown = errors.map((error) =>
    error.path === "zero" && !zero ? { ...error, message: UNIT.allZero[lang] } : error,
  );
  const isToday = date === door.today;
  return (
    <UnitPage door={door} title={title} path={path} form="form" error={shown.length > 0} script>
      <ErrorSummary errors={shown} lang={lang} />
      {props.fault ? (
        <p class="note alarm" role="alert">
          {props.fault[lang]}
        </p>
      ) : null}
      <h1>{title}</h1>
      {standing ? <Standing {...props} standing={standing} /> : null}
      {state === "missing" ? <p class="note alarm">{UNIT.lateHint[lang]}</p> : null}
      <p class="note">
        {(isToday ? UNIT.known : UNIT.knownThen)(known.returnees, known.wuhan, known.symptomatic)[lang]}
      </p>
      {zero ? <p>{UNIT.zeroHint[lang]}</p> : null}
      <FormShell lang={lang} action={door.href("/report")}>
        <Hidden
          entries={[
            ["clientId", props.clientId],
            ["date", date],
            ["zero", zero ? "yes" : "no"],
          ]}
        />
        <FormFields
          form={dailyReport as FormDefinition}
          group={groupFor(props)}
          values={props.values}
          errors={shown}
          lang={lang}
          hidden={zero ? ["zero", "returnees", "wuhan", "symptomatic"] : ["zero"]}
        />
        <button type="submit" class="main">
          {(standing ? UNIT.sendCorrection : zero ? UNIT.zeroReport : UNIT.send)[lang]}
        </button>
      </FormShell>
      <Other {...props} isToday={isToday} />
    </UnitPage>
  );
};

/** The other choice, apart from this form: zero is never an empty field, figures are never a zero. */
const Other = ({
  door,
  date,
  zero,
  standing,
  known,
  clientId,
  isToday,
}: ReportPageProps & { isToday: boolean }) => {
  const { lang } = door;
  if (zero)
    return (
      <p>
        <a class="second" href={door.href(`/report?date=${date}`)}>
          {UNIT.fillIn[lang]}
        </a>
      </p>
    );
  if (standing?.zero) return null;
  const words = (isToday ? UNIT.sendZero : UNIT.sendZeroThen)[lang];
  const needsReason = standing !== undefined || known.returnees > 0 || known.symptomatic > 0;
  return needsReason ? (
    <a class="second" id="f-zero" href={door.href(`/report?date=${date}&zero=yes`)}>
      {words}
    </a>
  ) : (
    <form method="post" action={door.href("/report")}>
      <Hidden
        entries={[
          ["clientId", `${clientId}`],
          ["date", date],
          ["zero", "yes"],
        ]}
      />
      <button type="submit" class="second" id="f-zero">
        {words}
      </button>
    </form>
  );
};

const Standing = ({ door, standing }: ReportPageProps & { standing: StandingReport }) => {
  const { lang } = door;
  const { returnees = 0, wuhan = 0, symptomatic = 0 } = standing.counts;
  return (
    <>
      <p class="note">
        <strong>{UNIT.standing[lang]}</strong>
        {lang === "en" ? ": " : "："}
        {standing.zero ? UNIT.zeroReport[lang] : UNIT.figures(returnees, wuhan, symptomatic)[lang]} ·{" "}
        {UNIT.received(momentWords(standing.recordedAt, door.zone, lang, door.today))[lang]} ·{" "}
        {UNIT.version(standing.version)[lang]}
      </p>
      <p>{UNIT.correctionHint[lang]}</p>
    </>
  );
};

/**
 * The form's questions as this page asks them: which kind of report it is has been chosen, so nothing hangs on it; and
 * a reason that is owed says what for.
 */
function groupFor({ standing, zero, known }: ReportPageProps): Group {
  const [counts] = dailyReport.groups;
  const owed = standing
    ? UNIT.correctionReason
    : zero && (known.returnees > 0 || known.symptomatic > 0)
      ? UNIT.zeroReason
      : undefined;
  return {
    ...counts,
    fields: counts.fields.map((field) => ({
      ...field,
      relevant: undefined,
      ...(owed && field.name === "reason" ? { label: owed, hint: undefined } : {}),
    })),
  };
}
