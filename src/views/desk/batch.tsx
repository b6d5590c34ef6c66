import { type BatchState, batchState, ROW_RESULTS, type RowResult, settlesRows } from "../../domain/batch.ts";
import type { FieldError } from "../../domain/problem.ts";
import { ErrorSummary, Hidden } from "../form.tsx";
import { AskText, Facts } from "../unit-parts.tsx";
import { momentWords } from "../unit-words.ts";
import { BatchRows, type BatchRowView } from "./batch-rows.tsx";
import { SETTLE } from "./batch-settle-words.ts";
import { BATCH } from "./batch-words.ts";
import { type BatchView, foundWords, isAgreed, isChecked } from "./batches.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

export type BatchPageProps = {
  desk: DeskView;
  one: BatchView & { version: number };
  /** Absent for who sees counts alone. */
  rows?: readonly BatchRowView[] | undefined;
  result?: RowResult | undefined;
  /** The row after which the next page begins. */
  next?: number | undefined;
  /** What the file itself had wrong, in words. */
  faults: readonly string[];
  skipped: number;
  minutes: number;
  /** The same file came again. */
  same?: boolean;
  beaten?: boolean;
  /** Who has ended the search and why, in words. */
  closed?: string | undefined;
  errors?: readonly FieldError[];
  typed?: Record<string, string>;
};

/** One list: how far it is, what was found, what can be done about it. */
export const BatchPage = (props: BatchPageProps) => {
  const { desk, one, same, beaten, faults, skipped, closed, errors = [] } = props;
  const { lang, zone, today } = desk;
  const state = batchState(one);
  const manages = desk.may("manage");
  return (
    <DeskPage
      desk={desk}
      title={one.id}
      path={`/batches/${one.id}`}
      room="/batches"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <p class="back">
        <a href={desk.href("/batches")}>
          <span aria-hidden="true">‹ </span>
          {BATCH.title[lang]}
        </a>
      </p>
      {beaten ? (
        <div class="note alarm" role="alert">
          <p>
            <strong>{BATCH.beaten[lang]}</strong>
          </p>
        </div>
      ) : null}
      {same ? (
        <p class="note" role="status">
          {BATCH.same[lang]}
        </p>
      ) : null}
      <h1 class="number">{one.id}</h1>
      <p>
        <strong>{BATCH.states[state][lang]}</strong>
      </p>
      <Facts
        facts={[
          [BATCH.columns.list[lang], `${BATCH.sources[one.source][lang]} · ${one.details.label}`],
          [BATCH.receivedBy[lang], `${one.unitName} · ${momentWords(one.recordedAt, zone, lang, today)}`],
          [BATCH.columns.rows[lang], one.rows],
          [BATCH.columns.found[lang], isAgreed(state) ? foundWords(one)[lang] : undefined],
          [SETTLE.closed[lang], closed],
        ]}
      />
      {state === "receiving" ? <p class="note">{BATCH.broke(one.storedUpTo)[lang]}</p> : null}
      <Progress {...{ desk, one, state }} />
      {isChecked(state) ? <Counts {...{ desk, one }} /> : null}
      {state === "columns" && manages ? (
        <p>
          <a class="main" href={desk.href(`/batches/${one.id}/columns`)}>
            {BATCH.matchTitle[lang]}
          </a>
        </p>
      ) : null}
      {state === "ready" && manages ? <Confirm {...props} /> : null}
      {isAgreed(state) && manages ? (
        <p>
          <a class="second" href={desk.href(`/batches/${one.id}/result`)}>
            {BATCH.result[lang]}
          </a>
        </p>
      ) : null}
      {faults.length > 0 || skipped > 0 ? (
        <details>
          <summary>{BATCH.file_[lang]}</summary>
          <ul>
            {faults.map((said) => (
              <li>{said}</li>
            ))}
            {skipped > 0 ? <li>{BATCH.skipped(skipped)[lang]}</li> : null}
          </ul>
        </details>
      ) : null}
      {one.sealedOffAt ? <p class="soft">{BATCH.sealedOff[lang]}</p> : null}
      {isChecked(state) ? <Rows {...props} /> : null}
      {manages && !one.confirmedAt && state !== "withdrawn" ? <Withdraw {...props} /> : null}
      {manages && state === "open" ? <Close {...props} /> : null}
    </DeskPage>
  );
};

const Progress = ({ desk, one, state }: { desk: DeskView; one: BatchView; state: BatchState }) => {
  const { lang } = desk;
  if (state === "closing")
    return (
      <p class="note" role="status">
        {BATCH.states.closing[lang]} · <a href={desk.href(`/batches/${one.id}`)}>{BATCH.refresh[lang]}</a>
      </p>
    );
  if (state !== "checking" && state !== "applying") return null;
  const at = state === "checking" ? one.checkedUpTo : one.appliedUpTo;
  return (
    <div class="note" role="status">
      <p>
        <progress max={one.lastRow} value={at} aria-label={BATCH.states[state][lang]} />
      </p>
      <p>{BATCH.progress(at, one.lastRow)[lang]}</p>
      <p>
        <a href={desk.href(`/batches/${one.id}`)}>{BATCH.refresh[lang]}</a>
      </p>
    </div>
  );
};

const Counts = ({ desk, one }: { desk: DeskView; one: BatchView }) => {
  const { lang } = desk;
  return (
    <>
      <Facts facts={ROW_RESULTS.map((name) => [BATCH.results[name][lang], one[`${name}Rows`]])} />
      <p class="soft">{BATCH.sum(one.rows)[lang]}</p>
    </>
  );
};

const Confirm = ({ desk, one, minutes }: BatchPageProps) => {
  const { lang } = desk;
  return (
    <section aria-labelledby="confirm">
      <h2 id="confirm">{BATCH.confirmTitle[lang]}</h2>
      <p>{BATCH.confirmLead(one.newRows, minutes)[lang]}</p>
      <form method="post" action={desk.href(`/batches/${one.id}/confirm`)}>
        <Hidden entries={[["version", `${one.version}`]]} />
        <button type="submit" class="main">
          {BATCH.confirm[lang]}
        </button>
      </form>
      <p>
        <a href={desk.href(`/batches/${one.id}/columns`)}>{BATCH.again[lang]}</a>
      </p>
    </section>
  );
};

const Withdraw = ({ desk, one }: BatchPageProps) => {
  const { lang } = desk;
  return (
    <details>
      <summary>{BATCH.withdraw[lang]}</summary>
      <p class="hint">{BATCH.withdrawHint[lang]}</p>
      <form method="post" action={desk.href(`/batches/${one.id}/withdraw`)}>
        <Hidden entries={[["version", `${one.version}`]]} />
        <button type="submit" class="second">
          {BATCH.withdraw[lang]}
        </button>
      </form>
    </details>
  );
};

const Close = ({ desk, one, errors = [], typed = {} }: BatchPageProps) => {
  const { lang } = desk;
  return (
    <details open={errors.length > 0}>
      <summary>{SETTLE.close[lang]}</summary>
      <p>{SETTLE.closeLead(one.newRows - one.answeredRows)[lang]}</p>
      <form method="post" action={desk.href(`/batches/${one.id}/close`)} novalidate>
        <Hidden entries={[["version", `${one.version}`]]} />
        <AskText
          name="words"
          label={SETTLE.closeWhy[lang]}
          hint={SETTLE.closeWhyHint[lang]}
          errors={errors}
          lang={lang}
          rows={2}
          max={500}
          value={typed.words}
        />
        <button type="submit" class="second">
          {SETTLE.close[lang]}
        </button>
      </form>
    </details>
  );
};

const Rows = ({ desk, one, rows, result, next }: BatchPageProps) => {
  const { lang } = desk;
  const at = (more: string) => desk.href(`/batches/${one.id}${more}#rows`);
  if (!rows) return <p class="note">{BATCH.countsOnly[lang]}</p>;
  return (
    <section aria-labelledby="rows">
      <h2 id="rows">{BATCH.rowsHere[lang]}</h2>
      <nav class="rooms tabs" aria-label={BATCH.columns.result[lang]}>
        <a href={at("")} aria-current={result ? undefined : "true"}>
          {BATCH.all[lang]} {one.rows}
        </a>
        {ROW_RESULTS.map((name) => (
          <a href={at(`?result=${name}`)} aria-current={result === name ? "true" : undefined}>
            {BATCH.results[name][lang]} {one[`${name}Rows`]}
          </a>
        ))}
      </nav>
      {rows.length > 0 ? (
        <BatchRows
          desk={desk}
          rows={rows}
          agreed={one.confirmedAt !== null}
          settle={settlesRows(one) ? one.id : undefined}
        />
      ) : (
        <p class="soft">{BATCH.noRows[lang]}</p>
      )}
      {next === undefined ? null : (
        <p>
          <a href={at(`?${result ? `result=${result}&` : ""}after=${next}`)}>{BATCH.next[lang]}</a>
        </p>
      )}
    </section>
  );
};
