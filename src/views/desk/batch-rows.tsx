import type { RowEnd, RowResult } from "../../domain/batch.ts";
import { SETTLE } from "./batch-settle-words.ts";
import { BATCH } from "./batch-words.ts";
import type { DeskView } from "./nav.tsx";

/** A row as the desk may see it: masked. */
export type BatchRowView = {
  row: number;
  result: RowResult | null;
  name: string;
  document: string;
  phone: string;
  unitName: string;
  why: string[];
  outcome: RowEnd | null;
  personId: string | null;
  /** A village looks, or looked, for it. */
  looking: boolean;
};

/** How a row's search stands, in words; nothing where nobody looks. */
export const outcomeWords = ({ outcome, looking }: BatchRowView) =>
  outcome ? BATCH.outcomes[outcome] : looking ? BATCH.looking : undefined;

/** A person has a record here; a case number alone is what a village wrote. */
const Registered = ({ desk, id }: { desk: DeskView; id: string | null }) => {
  if (!id) return null;
  return /-\d{4}-\d+$/.test(id) && id.split("-").length > 3 ? (
    <a href={desk.href(`/people/${id}`)}>{id}</a>
  ) : (
    <span>{id}</span>
  );
};

/** Rows of a list. @property agreed the villages have them by now @property settle the list whose conflicting rows can be settled */
export const BatchRows = ({
  desk,
  rows,
  agreed,
  settle,
}: {
  desk: DeskView;
  rows: readonly BatchRowView[];
  agreed: boolean;
  settle?: string | undefined;
}) => {
  const { lang } = desk;
  const { columns } = BATCH;
  return (
    <table class="board">
      <thead>
        <tr>
          <th scope="col" class="number">
            {columns.row[lang]}
          </th>
          <th scope="col">{columns.person[lang]}</th>
          <th scope="col">{columns.result[lang]}</th>
          <th scope="col">{columns.unit[lang]}</th>
          <th scope="col">{columns.why[lang]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const outcome = agreed || row.outcome ? outcomeWords(row) : undefined;
          return (
            <tr>
              <th scope="row" class="number">
                {row.row}
              </th>
              <td data-head={columns.person[lang]}>
                {row.name} <span class="soft">{[row.document, row.phone].filter(Boolean).join(" ")}</span>
              </td>
              <td data-head={columns.result[lang]}>
                {row.result ? BATCH.results[row.result][lang] : "–"}
                {outcome ? (
                  <>
                    <br />
                    <span class="soft">{outcome[lang]}</span>
                  </>
                ) : null}
              </td>
              <td data-head={columns.unit[lang]}>{row.unitName || "–"}</td>
              <td data-head={columns.why[lang]}>
                <Registered desk={desk} id={row.personId} />
                {row.personId && row.why.length > 0 ? <br /> : null}
                {row.why.join(lang === "en" ? "; " : "；") || (row.personId ? "" : "–")}
                {settle && row.result === "conflicting" ? (
                  <>
                    <br />
                    <a class="tap" href={desk.href(`/batches/${settle}/rows/${row.row}`)}>
                      {SETTLE.open[lang]}
                    </a>
                  </>
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
