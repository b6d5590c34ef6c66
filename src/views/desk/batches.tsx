import {
  BATCH_SOURCES,
  type BatchMoments,
  type BatchSource,
  type BatchState,
  batchState,
} from "../../domain/batch.ts";
import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary } from "../form.tsx";
import { AskChoice, AskText } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import { BATCH } from "./batch-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** A list as its pages show it. */
export type BatchView = BatchMoments & {
  id: string;
  source: BatchSource;
  unitName: string;
  details: { label: string };
  rows: number;
  newRows: number;
  knownRows: number;
  conflictingRows: number;
  rejectedRows: number;
  answeredRows: number;
  foundRows: number;
  recordedAt: Date;
  sealedOffAt: Date | null;
};
export type BatchesPageProps = {
  desk: DeskView;
  list: readonly BatchView[];
  older?: string | undefined;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
};

/** The lists received, and the form for another. */
export const BatchesPage = (props: BatchesPageProps) => {
  const { desk, list, older, errors = [] } = props;
  const { lang } = desk;
  return (
    <DeskPage desk={desk} title={BATCH.title[lang]} path="/batches" error={errors.length > 0}>
      <ErrorSummary errors={errors} lang={lang} />
      <h1>{BATCH.title[lang]}</h1>
      <p>{BATCH.lead[lang]}</p>
      <h2>{BATCH.received[lang]}</h2>
      {list.length > 0 ? <List {...props} /> : <p class="soft">{BATCH.none[lang]}</p>}
      {older ? (
        <p>
          <a href={desk.href(`/batches?before=${older}`)}>{BATCH.older[lang]}</a>
        </p>
      ) : null}
      {desk.may("manage") ? <Upload {...props} /> : null}
    </DeskPage>
  );
};

const List = ({ desk, list }: BatchesPageProps) => {
  const { lang, zone, today } = desk;
  const { columns } = BATCH;
  return (
    <table class="board">
      <thead>
        <tr>
          <th scope="col">{columns.list[lang]}</th>
          <th scope="col" class="number">
            {columns.rows[lang]}
          </th>
          <th scope="col">{columns.results[lang]}</th>
          <th scope="col">{columns.found[lang]}</th>
          <th scope="col">{columns.state[lang]}</th>
        </tr>
      </thead>
      <tbody>
        {list.map((one) => {
          const state = batchState(one);
          return (
            <tr>
              <th scope="row">
                <a href={desk.href(`/batches/${one.id}`)}>{one.id}</a>
                <br />
                {BATCH.sources[one.source][lang]} · {one.details.label}
                <br />
                <span class="soft">
                  {one.unitName} · {momentWords(one.recordedAt, zone, lang, today)}
                </span>
              </th>
              <td class="number" data-head={columns.rows[lang]}>
                {one.rows}
              </td>
              <td data-head={columns.results[lang]}>
                {isChecked(state) ? <Results {...{ desk, one }} /> : "–"}
              </td>
              <td data-head={columns.found[lang]}>{isAgreed(state) ? foundWords(one)[lang] : "–"}</td>
              <td data-head={columns.state[lang]}>{BATCH.states[state][lang]}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

const CHECKED: readonly BatchState[] = ["ready", "applying", "open", "closing", "finished"];
export const isChecked = (state: BatchState): boolean => CHECKED.includes(state);
export const isAgreed = (state: BatchState): boolean => isChecked(state) && state !== "ready";

/** Found, not found or elsewhere, still looked for. */
export const foundWords = ({ foundRows, answeredRows, newRows }: BatchView) =>
  BATCH.foundOf(foundRows, answeredRows - foundRows, newRows - answeredRows);

const Results = ({ desk: { lang }, one }: { desk: DeskView; one: BatchView }) => (
  <>
    {BATCH.results.new[lang]} {one.newRows} · {BATCH.results.known[lang]} {one.knownRows}
    <br />
    {BATCH.results.conflicting[lang]} {one.conflictingRows} · {BATCH.results.rejected[lang]}{" "}
    {one.rejectedRows}
  </>
);

const Upload = ({ desk, errors = [], typed = {} }: BatchesPageProps) => {
  const { lang } = desk;
  const shared = { errors, lang };
  const error = errors.find(({ path }) => path === "file");
  return (
    <section aria-labelledby="upload">
      <h2 id="upload">{BATCH.upload[lang]}</h2>
      <form
        class="beside"
        method="post"
        action={desk.href("/batches")}
        enctype="multipart/form-data"
        novalidate
      >
        <AskChoice
          {...shared}
          name="source"
          label={BATCH.source[lang]}
          choices={Object.fromEntries(BATCH_SOURCES.map((one) => [one, BATCH.sources[one]]))}
          value={typed.source}
        />
        <AskText
          {...shared}
          name="label"
          label={BATCH.label[lang]}
          hint={BATCH.labelHint[lang]}
          value={typed.label}
          max={60}
        />
        <div class={error ? "field wrong" : "field"}>
          <label for="f-file">{BATCH.file[lang]}</label>
          <p class="hint" id="h-file">
            {BATCH.fileHint[lang]}
          </p>
          {error ? (
            <p class="error" id="e-file">
              {error.message}
            </p>
          ) : null}
          <input
            type="file"
            id="f-file"
            name="file"
            accept=".csv,.txt,.xlsx"
            aria-describedby={error ? "h-file e-file" : "h-file"}
          />
        </div>
        <button type="submit" class="main">
          {BATCH.send[lang]}
        </button>
      </form>
    </section>
  );
};
