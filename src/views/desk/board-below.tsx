import { BOARD_KINDS, placeDepth } from "../../domain/board.ts";
import { momentWords } from "../unit-words.ts";
import { type BoardProps, boardPath } from "./board-path.ts";
import { BOARD, countWords, KINDS } from "./board-words.ts";

/** So many places stand open. */
const SHORT = 12;

/** What is overdue by town and kind; each number leads to that part of the board. */
export const BoardPlaces = ({ desk, board }: BoardProps) => {
  const { lang } = desk;
  const { places } = board;
  const kinds = BOARD_KINDS.filter((kind) => places.some(({ counts }) => counts[kind]));
  if (places.length === 0) return null;
  const title = BOARD.places[placeDepth(board.unit.code) === 9 ? "towns" : "villages"][lang];
  const to = (town: string, kind = "") => desk.href(boardPath(board, { town, kind }));
  return (
    <section aria-labelledby="places">
      <h2 id="places">{title}</h2>
      <details class="group" id="g-places" open={places.length <= SHORT}>
        <summary>
          <span class="name">{BOARD.placeCount(places.length)[lang]}</span>
        </summary>
        <table class="board places">
          <caption class="vh">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{BOARD.place[lang]}</th>
              <th scope="col" class="number">
                {BOARD.total[lang]}
              </th>
              {kinds.map((kind) => (
                <th scope="col" class="number">
                  {KINDS[kind].name[lang]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places.map(({ code, name, counts, total }) => (
              <tr>
                <th scope="row">{code === board.unit.code ? name : <a href={to(code)}>{name}</a>}</th>
                <td class="number" data-head={BOARD.total[lang]}>
                  <strong class="alarm">{countWords(total)}</strong>
                </td>
                {kinds.map((kind) => {
                  const count = counts[kind];
                  return count ? (
                    <td class="number" data-head={KINDS[kind].name[lang]}>
                      {code === board.unit.code ? (
                        countWords(count)
                      ) : (
                        <a href={to(code, kind)}>
                          {countWords(count)}
                          <span class="vh">
                            {" "}
                            {name} {KINDS[kind].name[lang]}
                          </span>
                        </a>
                      )}
                    </td>
                  ) : (
                    <td class="number none">
                      <span aria-hidden="true">·</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
};

/** 送不到的警报: units that did not hear. Nothing where all did. */
export const BoardSilences = ({ desk, board }: BoardProps) => {
  const { lang, zone, today } = desk;
  const { list, bounded } = board.silences;
  if (list.length === 0) return null;
  return (
    <section aria-labelledby="silences">
      <h2 id="silences" class="alarm">
        {BOARD.silences[lang]} <span class="count">{countWords({ n: list.length, atLeast: bounded })}</span>
      </h2>
      <p class="hint">{BOARD.silencesHint[lang]}</p>
      <ul class="board">
        {list.map(({ unitCode, unitName, what, since }) => (
          <li>
            <a href={desk.href(`/units/${unitCode}#undelivered`)}>{unitName}</a>
            <strong class="alarm">{BOARD.silence[what][lang]}</strong>
            <span class="due">{momentWords(new Date(since), zone, lang, today)}</span>
          </li>
        ))}
      </ul>
      {bounded ? (
        <p>
          <a class="link" href={desk.href(`/units/${board.unit.code}#undelivered`)}>
            {BOARD.moreSilences[lang]}
          </a>
        </p>
      ) : null}
    </section>
  );
};
