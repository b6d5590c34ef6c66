import type { BoardRow } from "../../domain/board.ts";
import { thingWords } from "../alert-words.ts";
import { momentWords, spanWords, UNIT } from "../unit-words.ts";
import { BOARD, KINDS, ladderWords } from "./board-words.ts";
import type { DeskView } from "./nav.tsx";

type Props = { desk: DeskView; rows: BoardRow[]; caption: string };

/** What, where, since when, who was told, next step. */
export const BoardTable = ({ desk, rows, caption }: Props) => {
  const { lang } = desk;
  const { heads } = BOARD;
  return rows.length === 0 ? null : (
    <table class="board departures">
      <caption class="vh">{caption}</caption>
      <thead>
        <tr>
          {Object.values(heads).map((head) => (
            <th scope="col">{head[lang]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line desk={desk} row={row} />
        ))}
      </tbody>
    </table>
  );
};

const Line = ({ desk, row }: { desk: DeskView; row: BoardRow }) => {
  const { lang, zone, today, now } = desk;
  const { kind, unitName, townName, dueAt } = row;
  const clock = (at: number) => momentWords(new Date(at), zone, lang, today);
  const what = thingWords(row, lang, today);
  const overdue = dueAt <= now.getTime();
  const settles = desk.may("settle");
  return (
    <tr>
      <th scope="row">{what}</th>
      <td class="where">
        {unitName}
        {townName ? <span class="soft"> {townName}</span> : null}
      </td>
      <td class="due">
        {overdue ? (
          <>
            <strong class="alarm">{UNIT.overdue(spanWords(now.getTime() - dueAt, lang))[lang]}</strong>{" "}
            <span class="soft">{UNIT.wasDue(clock(dueAt))[lang]}</span>
          </>
        ) : (
          <>
            <strong>{UNIT.dueAt(clock(dueAt))[lang]}</strong>{" "}
            <span class="soft">{UNIT.left(spanWords(dueAt - now.getTime(), lang))[lang]}</span>
          </>
        )}
      </td>
      <td>{ladderWords(row.ladder, { lang, unitCode: row.unitCode, now: now.getTime(), clock })}</td>
      <td class="act">
        <a class="go" href={desk.href(row.path)}>
          {(settles ? KINDS[kind].act : BOARD.look)[lang]}
          <span class="vh"> {what}</span>
        </a>
        {overdue && kind !== "ticket" && desk.may("supervise") ? (
          <a href={desk.href(`/tickets/new?${new URLSearchParams({ about: row.id })}`)}>
            {BOARD.supervise[lang]}
            <span class="vh"> {what}</span>
          </a>
        ) : null}
      </td>
    </tr>
  );
};
