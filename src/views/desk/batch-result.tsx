import { settlesRows } from "../../domain/batch.ts";
import { BatchRows, type BatchRowView } from "./batch-rows.tsx";
import { SETTLE } from "./batch-settle-words.ts";
import { BATCH } from "./batch-words.ts";
import { type BatchView, foundWords } from "./batches.tsx";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

/** What goes back to the bureau: every row's result and outcome, as a page and as files. */
export const BatchResultPage = ({
  desk,
  one,
  rows,
  next,
}: {
  desk: DeskView;
  one: BatchView;
  rows: readonly BatchRowView[];
  next?: number | undefined;
}) => {
  const { lang } = desk;
  const path = `/batches/${one.id}/result`;
  return (
    <DeskPage desk={desk} title={BATCH.result[lang]} path={path} room="/batches">
      <p class="back">
        <a href={desk.href(`/batches/${one.id}`)}>
          <span aria-hidden="true">‹ </span>
          {one.id} {one.details.label}
        </a>
      </p>
      <h1>{BATCH.result[lang]}</h1>
      <p>{BATCH.resultLead[lang]}</p>
      <p>
        <strong>{foundWords(one)[lang]}</strong>
      </p>
      {desk.may("export") ? (
        <form method="post" action={desk.href(path)}>
          <button type="submit" class="main" name="format" value="xlsx">
            {BATCH.take("XLSX")[lang]}
          </button>{" "}
          <button type="submit" class="second" name="format" value="csv">
            {BATCH.take("CSV")[lang]}
          </button>
        </form>
      ) : null}
      {one.conflictingRows > 0 && !one.sealedOffAt ? (
        <p class="note">
          <a href={desk.href(`/batches/${one.id}?result=conflicting#rows`)}>
            {SETTLE.unsettled(one.conflictingRows)[lang]}
          </a>
        </p>
      ) : null}
      <BatchRows desk={desk} rows={rows} agreed settle={settlesRows(one) ? one.id : undefined} />
      {next === undefined ? null : (
        <p>
          <a href={desk.href(`${path}?after=${next}`)}>{BATCH.next[lang]}</a>
        </p>
      )}
    </DeskPage>
  );
};
