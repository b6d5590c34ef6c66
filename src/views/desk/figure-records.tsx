import type { Words } from "../../forms/define.ts";
import { momentWords } from "../moment.ts";
import { FIGURE } from "./figure-words.ts";
import type { DeskView } from "./nav.tsx";

/** An event that changed a figure: which record, behind /desk, what it came to, and by how much. */
export type CountedRecord = { id: string; path: string; state: Words; at: Date; n: number };

/** The last events of a unit's own records that a figure was counted from. */
export const FigureRecords = ({ desk, records }: { desk: DeskView; records: readonly CountedRecord[] }) => {
  const { lang, zone, now } = desk;
  return (
    <>
      <h2>{FIGURE.records[lang]}</h2>
      <table class="counted">
        <caption>{FIGURE.recordsMost(records.length)[lang]}</caption>
        <thead>
          <tr>
            <th scope="col">{FIGURE.recordHead[lang]}</th>
            <th scope="col">{FIGURE.recordState[lang]}</th>
            <th scope="col">{FIGURE.recordAt[lang]}</th>
            <th scope="col" class="number">
              {FIGURE.change[lang]}
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ id, path, state, at, n }) => (
            <tr>
              <th scope="row">
                <a class="nb" href={desk.href(path)}>
                  {id}
                </a>
              </th>
              <td>{state[lang]}</td>
              <td>{momentWords(at, lang, zone, now)}</td>
              <td class="number">{n > 0 ? `+${n}` : `−${-n}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};
