import type { FieldError } from "../../domain/problem.ts";
import type { ReportLang } from "../../domain/situation-report.ts";
import type { Lang, Words } from "../../forms/define.ts";
import { ErrorSummary } from "../form.tsx";
import { AskChoice, AskText } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";
import { cutOffWords } from "./report-body.tsx";
import { REPORT } from "./report-words.ts";

type UnitName = { code: string; name: string };
export type IssuedView = {
  id: string;
  name: Words | undefined;
  lang: ReportLang;
  asOf: Date;
  version: number;
  recordedAt: Date;
};
export type ReportsPageProps = {
  desk: DeskView;
  unit: UnitName;
  /** From the official's own unit down to the chosen one, and what hangs directly below it. */
  path: readonly UnitName[];
  below: readonly UnitName[];
  templates: readonly { id: string; name: Words }[];
  issued: readonly IssuedView[];
  /** Where the next page begins. */
  older?: string | undefined;
  /** This is not the first page. */
  continued: boolean;
  typed: { template: string; date: string; clock: string; time: string; script: string };
  errors: readonly FieldError[];
};

/** /desk/reports: asks for a draft, and what the unit has issued. */
export const ReportsPage = (props: ReportsPageProps) => {
  const { desk, unit, templates, errors } = props;
  const { lang } = desk;
  return (
    <DeskPage
      desk={desk}
      title={REPORT.title[lang]}
      path={`/reports?unit=${unit.code}`}
      room="/reports"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{REPORT.title[lang]}</h1>
      <p>{REPORT.lead[lang]}</p>
      <ChooseUnit {...props} />
      {templates.length > 0 ? <Ask {...props} /> : <p>{REPORT.noTemplates[lang]}</p>}
      <Recent {...props} />
    </DeskPage>
  );
};

const ChooseUnit = ({ desk, unit, path, below }: ReportsPageProps) => {
  const { lang } = desk;
  const option = ({ code, name }: UnitName) => (
    <option value={code} selected={code === unit.code}>
      {`${name} ${code}`}
    </option>
  );
  return (
    <form class="narrow-form" method="get" action="/desk/reports">
      <input type="hidden" name="lang" value={lang} />
      <div class="field">
        <label for="f-unit">{REPORT.unit[lang]}</label>
        <p class="hint" id="h-unit">
          {REPORT.unitHint[lang]}
        </p>
        <select id="f-unit" name="unit" aria-describedby="h-unit">
          {path.map(option)}
          {below.length > 0 ? <optgroup label={REPORT.below[lang]}>{below.map(option)}</optgroup> : null}
        </select>
      </div>
      <button type="submit" class="second">
        {REPORT.change[lang]}
      </button>
    </form>
  );
};

const Ask = ({ desk, unit, templates, typed, errors }: ReportsPageProps) => {
  const { lang } = desk;
  const shared = { errors, lang };
  return (
    <form class="beside" method="get" action="/desk/reports">
      <input type="hidden" name="lang" value={lang} />
      <input type="hidden" name="unit" value={unit.code} />
      <h2>{`${unit.name}`}</h2>
      <AskChoice
        {...shared}
        name="template"
        label={REPORT.template[lang]}
        choices={Object.fromEntries(templates.map(({ id, name }) => [id, name]))}
        value={typed.template}
      />
      <AskText {...shared} name="date" label={REPORT.date[lang]} type="date" value={typed.date} />
      <AskChoice
        {...shared}
        name="clock"
        label={REPORT.clock[lang]}
        hint={REPORT.clockHint[lang]}
        choices={REPORT.clocks}
        value={typed.clock}
      />
      <div class="narrow-form">
        <AskText
          {...shared}
          name="time"
          label={REPORT.time[lang]}
          hint={REPORT.timeHint[lang]}
          value={typed.time}
          max={5}
        />
      </div>
      <AskChoice
        {...shared}
        name="script"
        label={REPORT.script[lang]}
        choices={REPORT.scripts}
        value={typed.script}
      />
      <button type="submit" class="main">
        {REPORT.make[lang]}
      </button>
    </form>
  );
};

const Recent = ({ desk, unit, issued, older, continued }: ReportsPageProps) => {
  const { lang, zone, today } = desk;
  const first = desk.href(`/reports?unit=${unit.code}#f-recent`);
  return (
    <>
      <h2 id="f-recent" tabindex={-1}>{`${unit.name} · ${REPORT.recent[lang]}`}</h2>
      {issued.length > 0 ? (
        <ul class="plain-list reports">
          {issued.map((one) => (
            <li>
              <a class="tap" href={desk.href(`/reports/issued/${one.id}`)}>
                {nameIn(one.name, lang)} {cutOffWords(one.asOf, desk)}
              </a>{" "}
              {one.version > 1 ? <strong>{REPORT.corrected[lang]} </strong> : null}
              <span class="soft">
                {REPORT.version(one.version)[lang]} · {REPORT.scripts[one.lang][lang]} ·{" "}
                {momentWords(one.recordedAt, zone, lang, today)} · {one.id}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p>{REPORT.none[lang]}</p>
      )}
      {older ? (
        <p>
          <a href={desk.href(`/reports?unit=${unit.code}&before=${older}#f-recent`)}>
            {REPORT.earlier[lang]}
          </a>
        </p>
      ) : null}
      {continued ? (
        <p>
          <a href={first}>{REPORT.newest[lang]}</a>
        </p>
      ) : null}
    </>
  );
};

const nameIn = (name: Words | undefined, lang: Lang) => name?.[lang] ?? REPORT.title[lang];
