import type { ListColumns } from "../../domain/batch-row.ts";
import type { FieldError } from "../../domain/problem.ts";
import type { Heading } from "../../domain/sheet.ts";
import { ErrorSummary, Hidden } from "../form.tsx";
import { BATCH } from "./batch-words.ts";
import type { DeskView } from "./nav.tsx";
import { DeskPage } from "./page.tsx";

export type BatchField = keyof typeof BATCH.fields;
export const BATCH_FIELDS = Object.keys(BATCH.fields) as BatchField[];

export type BatchColumnsProps = {
  desk: DeskView;
  one: { id: string; version: number; details: { label: string } };
  headings: readonly Heading[];
  chosen: ListColumns;
  remembered: boolean;
  /** Fields that more than one column claims to be. */
  rivals: readonly string[];
  /** Masked cells of the first rows, by column. */
  sample: readonly Record<string, string>[];
  errors?: readonly FieldError[];
};

/** Which column is what, with three masked rows beside it. */
export const BatchColumnsPage = (props: BatchColumnsProps) => {
  const { desk, one, headings, chosen, remembered, rivals, errors = [] } = props;
  const { lang } = desk;
  return (
    <DeskPage
      desk={desk}
      title={BATCH.matchTitle[lang]}
      path={`/batches/${one.id}/columns`}
      room="/batches"
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} lang={lang} />
      <p class="back">
        <a href={desk.href(`/batches/${one.id}`)}>
          <span aria-hidden="true">‹ </span>
          {one.id} {one.details.label}
        </a>
      </p>
      <h1>{BATCH.matchTitle[lang]}</h1>
      <p>{BATCH.matchLead[lang]}</p>
      {remembered ? <p class="note">{BATCH.remembered[lang]}</p> : null}
      {rivals.map((name) => (
        <p class="note">{BATCH.twice(BATCH.fields[name as BatchField]?.[lang] ?? name)[lang]}</p>
      ))}
      <form class="beside" method="post" action={desk.href(`/batches/${one.id}/columns`)} novalidate>
        <Hidden entries={[["version", `${one.version}`]]} />
        {BATCH_FIELDS.map((name) => {
          const error = errors.find(({ path }) => path === name);
          return (
            <div class={error ? "field wrong" : "field"}>
              <label for={`f-${name}`}>{BATCH.fields[name][lang]}</label>
              {error ? (
                <p class="error" id={`e-${name}`}>
                  {error.message}
                </p>
              ) : null}
              <select id={`f-${name}`} name={name} aria-describedby={error ? `e-${name}` : undefined}>
                <option value="">{BATCH.noColumn[lang]}</option>
                {headings.map(({ text, column }) => (
                  <option value={column} selected={chosen[name] === column}>
                    {BATCH.column(column, text)[lang]}
                  </option>
                ))}
              </select>
            </div>
          );
        })}
        <button type="submit" class="main">
          {BATCH.check[lang]}
        </button>
      </form>
      <h2>{BATCH.sample[lang]}</h2>
      <Sample {...props} />
    </DeskPage>
  );
};

const Sample = ({ headings, sample }: BatchColumnsProps) => (
  <ul class="plain-list">
    {sample.map((row) => (
      <li>
        {headings
          .filter(({ column }) => row[column])
          .map(({ text, column }) => `${text || column} ${row[column]}`)
          .join(" · ")}
      </li>
    ))}
  </ul>
);
