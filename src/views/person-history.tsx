import { historyOf, type Standing, type TakenReading, type Turn } from "../domain/person.ts";
import { localDate } from "../domain/time.ts";
import type { Lang } from "../forms/define.ts";
import { type Frame, withLang } from "./layout.tsx";
import { alarmWords, type Member, whoIs } from "./person-parts.tsx";
import { slotWords, WATCH } from "./person-words.ts";

type Props = {
  frame: Frame;
  members: readonly Member[];
  standing: readonly Standing[];
  readings: readonly TakenReading[];
  turns: readonly Turn[];
  path: string;
};
/** As many columns of figures as a phone shows side by side. */
const COLUMNS = 3;

/** Every slot so far with everybody's reading. A large household's readings stand in one cell, name by name. */
export const History = ({ frame, members, standing, readings, turns, path }: Props) => {
  const { lang, zone, now } = frame;
  const rows = historyOf(standing, readings, now, zone);
  const wide = members.length > COLUMNS;
  const today = localDate(now, zone);
  return (
    <section aria-labelledby="history">
      <h2 id="history">{WATCH.history[lang]}</h2>
      {rows.length === 0 ? (
        <p class="soft">{WATCH.none[lang]}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{WATCH.historyOf[lang]}</th>
              {wide ? (
                <th scope="col">℃</th>
              ) : (
                members.map((member) => <th scope="col">{whoIs(member, members.length === 1)}</th>)
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const turn = turns.find(({ key }) => key === row.key);
              const words = slotWords(row.slot, lang, today);
              const cells = members.map((member) => ({
                member,
                cell: row.cells.find(({ id }) => id === member.id),
              }));
              return (
                <tr>
                  <th scope="row">
                    {turn ? <a href={`${withLang(`${path}?slot=${row.key}`, lang)}#ask`}>{words}</a> : words}
                  </th>
                  {wide ? (
                    <td>
                      {cells.map(({ member, cell }) => (
                        <span class="nb each">
                          {whoIs(member, false)}{" "}
                          <Cell cell={cell} pending={turn?.late === false} lang={lang} />
                        </span>
                      ))}
                    </td>
                  ) : (
                    cells.map(({ cell }) => (
                      <td>
                        <Cell cell={cell} pending={turn?.late === false} lang={lang} />
                      </td>
                    ))
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
};

const Cell = ({
  cell,
  pending,
  lang,
}: {
  cell: { reading: TakenReading | undefined; owed: boolean } | undefined;
  /** The slot is still open. */
  pending: boolean;
  lang: Lang;
}) => {
  const one = cell?.reading;
  if (!one)
    return <span class="soft">{cell?.owed ? (pending ? WATCH.pending : WATCH.missing)[lang] : "–"}</span>;
  const figure = (one.temperature / 10).toFixed(1);
  if (!one.abnormal) return <>{figure}</>;
  return <strong class="alarm">{[figure, ...alarmWords(one, lang)].join(" ")}</strong>;
};
