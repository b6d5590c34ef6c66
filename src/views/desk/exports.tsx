import {
  EXPORT_FORMATS,
  EXPORT_PURPOSES,
  EXPORT_WORDS,
  type ExportFilter,
  type ExportFormat,
  type ExportKind,
  type ExportPurpose,
  exportState,
} from "../../domain/export.ts";
import type { FieldError } from "../../domain/problem.ts";
import type { Words } from "../../forms/define.ts";
import { ErrorSummary } from "../form.tsx";
import { AskChoice, AskText } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import { EXPORT } from "./export-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** An export as its pages show it. */
export type ExportView = {
  id: string;
  kind: ExportKind;
  format: ExportFormat;
  masked: boolean;
  filter: ExportFilter;
  purpose: ExportPurpose;
  words: string;
  rows: number;
  needsApproval: boolean;
  officialId: string;
  recordedAt: Date;
  approvedAt: Date | null;
  refusedAt: Date | null;
  takenAt: Date | null;
  by: { name: string; unitName: string };
  unitName: string;
};

export type ExportsPageProps = {
  desk: DeskView;
  kinds: readonly ExportKind[];
  mine: readonly ExportView[];
  /** Where the page before this one in time begins. */
  older?: string | undefined;
  waiting: readonly ExportView[];
  left: number;
  limit: number;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
};

const pick = <Name extends string>(names: readonly Name[], all: Record<Name, Words>) =>
  Object.fromEntries(names.map((name) => [name, all[name]]));

/** What waits for this official's word, asking for a new export, and their own past ones. */
export const ExportsPage = (props: ExportsPageProps) => {
  const { desk, mine, waiting, older, errors = [], left, limit } = props;
  const { lang } = desk;
  return (
    <DeskPage desk={desk} title={EXPORT.title[lang]} path="/exports" error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{EXPORT.title[lang]}</h1>
      {waiting.length > 0 ? (
        <section>
          <h2>{EXPORT.waitingHere[lang]}</h2>
          <List {...{ desk, list: waiting }} who />
        </section>
      ) : null}
      <p>
        {EXPORT.lead[lang]} {EXPORT.allowance(left, limit)[lang]}
      </p>
      <h2>{EXPORT.ask[lang]}</h2>
      <Ask {...props} />
      <h2 id="f-mine" tabindex={-1}>
        {EXPORT.mine[lang]}
      </h2>
      {mine.length > 0 ? <List {...{ desk, list: mine }} /> : <p>{EXPORT.none[lang]}</p>}
      {older ? (
        <p>
          <a href={desk.href(`/exports?before=${older}#f-mine`)}>{EXPORT.more[lang]}</a>
        </p>
      ) : null}
    </DeskPage>
  );
};

const Ask = ({ desk, kinds, errors = [], typed = {} }: ExportsPageProps) => {
  const { lang, officer } = desk;
  const shared = { errors, lang };
  return (
    <form class="beside" method="post" action={desk.href("/exports")} novalidate>
      <AskChoice
        {...shared}
        name="kind"
        label={EXPORT.kind[lang]}
        choices={pick(kinds, EXPORT.kinds)}
        value={typed.kind ?? kinds[0]}
      />
      <div class="pair">
        <AskText
          {...shared}
          name="unit"
          label={EXPORT.unit[lang]}
          hint={EXPORT.unitHint(`${officer.unit.name} ${officer.unit.code}`)[lang]}
          value={typed.unit ?? officer.unit.code}
          max={18}
        />
        <States desk={desk} kinds={kinds} errors={errors} value={typed.state} />
      </div>
      <div class="pair">
        <AskText
          {...shared}
          name="from"
          label={EXPORT.from[lang]}
          hint={EXPORT.daysHint[lang]}
          type="date"
          value={typed.from}
        />
        <AskText
          {...shared}
          name="to"
          label={EXPORT.to[lang]}
          hint={EXPORT.daysHint[lang]}
          type="date"
          value={typed.to}
        />
      </div>
      <AskChoice
        {...shared}
        name="format"
        label={EXPORT.format[lang]}
        choices={pick(EXPORT_FORMATS, EXPORT.formats)}
        value={typed.format ?? "xlsx"}
      />
      {desk.may("export-open") ? (
        <AskChoice
          {...shared}
          name="open"
          label={EXPORT.open[lang]}
          choices={EXPORT.openChoices}
          value={typed.open ?? "masked"}
        />
      ) : null}
      <AskChoice
        {...shared}
        name="purpose"
        label={EXPORT.purpose[lang]}
        choices={pick(EXPORT_PURPOSES, EXPORT.purposes)}
        value={typed.purpose}
      />
      <AskText
        {...shared}
        name="words"
        label={EXPORT.words[lang]}
        hint={EXPORT.wordsHint[lang]}
        rows={2}
        max={EXPORT_WORDS}
        value={typed.words}
      />
      <button type="submit" class="main">
        {EXPORT.send[lang]}
      </button>
    </form>
  );
};

/** One list for all kinds, in groups, so that it needs no script. */
const States = ({
  desk: { lang },
  kinds,
  errors,
  value,
}: Pick<ExportsPageProps, "desk" | "kinds"> & {
  errors: readonly FieldError[];
  value: string | undefined;
}) => {
  const error = errors.find(({ path }) => path === "state");
  return (
    <div class={error ? "field wrong" : "field"}>
      <label for="f-state">{EXPORT.state[lang]}</label>
      {error ? (
        <p class="error" id="e-state">
          {error.message}
        </p>
      ) : null}
      <select id="f-state" name="state" aria-describedby={error ? "e-state" : undefined}>
        <option value="">{EXPORT.anyState[lang]}</option>
        {kinds
          .filter((kind) => EXPORT.states[kind])
          .map((kind) => (
            <optgroup label={EXPORT.kinds[kind][lang]}>
              {Object.entries(EXPORT.states[kind] ?? {}).map(([state, words]) => (
                <option value={`${kind}/${state}`} selected={value === `${kind}/${state}`}>
                  {words[lang]}
                </option>
              ))}
            </optgroup>
          ))}
      </select>
    </div>
  );
};

const List = ({ desk, list, who }: { desk: DeskView; list: readonly ExportView[]; who?: boolean }) => {
  const { lang, now, zone, today } = desk;
  const { columns } = EXPORT;
  return (
    <table class="board">
      <thead>
        <tr>
          <th scope="col">{columns.number[lang]}</th>
          <th scope="col">{columns.what[lang]}</th>
          {who ? <th scope="col">{columns.by[lang]}</th> : null}
          <th scope="col" class="number">
            {columns.rows[lang]}
          </th>
          <th scope="col">{columns.state[lang]}</th>
        </tr>
      </thead>
      <tbody>
        {list.map((one) => (
          <tr>
            <th scope="row">
              <a href={desk.href(`/exports/${one.id}`)}>{one.id}</a>
            </th>
            <td data-head={columns.what[lang]}>
              {EXPORT.kinds[one.kind][lang]} · {one.unitName}
              <br />
              <span class="soft">
                {one.format.toUpperCase()} · {(one.masked ? EXPORT.masked : EXPORT.full)[lang]}
              </span>
            </td>
            {who ? (
              <td data-head={columns.by[lang]}>
                {one.by.unitName} {one.by.name}
              </td>
            ) : null}
            <td class="number" data-head={columns.rows[lang]}>
              {one.rows}
            </td>
            <td data-head={columns.state[lang]}>
              {EXPORT.state_[exportState(one, now)][lang]}
              <br />
              <span class="soft">{momentWords(one.takenAt ?? one.recordedAt, zone, lang, today)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
