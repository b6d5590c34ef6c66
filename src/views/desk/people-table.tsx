import { registration } from "../../../forms/registration.ts";
import type { LastReading, LineStanding } from "../../domain/line-list.ts";
import { localDate } from "../../domain/time.ts";
import { labelOf } from "../unit-parts.tsx";
import { WATCH } from "../unit-watch-words.ts";
import { dayWords, spanWords } from "../unit-words.ts";
import type { DeskView } from "./nav.tsx";
import { OVERDUE_WORDS, PEOPLE, RISK_WORDS, ROW_RISKS, STATE_WORDS } from "./people-words.ts";

/** A person of the list as db/line-list.ts makes it: masked. */
export type PersonLine = LineStanding & {
  id: string;
  unitName: string;
  townName: string;
  name: string;
  phone: string;
  origin: string;
  arrivedAt: Date;
  read?: LastReading | undefined;
  mergedInto?: string | undefined;
  sealedOff: boolean;
};
/** Persons, a row each: what the field calls a line list. */
export const PeopleTable = ({
  desk,
  rows,
  caption,
}: {
  desk: DeskView;
  rows: PersonLine[];
  caption: string;
}) => {
  const { lang } = desk;
  return (
    <table class="board people-list">
      <caption class="vh">{caption}</caption>
      <thead>
        <tr>
          {Object.values(PEOPLE.heads).map((head) => (
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

const Line = ({ desk, row }: { desk: DeskView; row: PersonLine }) => {
  const { lang, zone, now } = desk;
  const { heads } = PEOPLE;
  const sealed = <span class="soft">{PEOPLE.sealedOff[lang]}</span>;
  return (
    <tr>
      <th scope="row">
        <a class="tap" href={desk.href(`/people/${row.id}`)}>
          {row.sealedOff ? PEOPLE.sealedOff[lang] : row.name} <span class="nb number-of">{row.id}</span>
        </a>
      </th>
      <td data-head={heads.unit[lang]}>
        {row.unitName} {row.townName ? <span class="soft">{row.townName}</span> : null}
      </td>
      <td data-head={heads.from[lang]}>
        {labelOf(registration, "origin", row.origin, lang)}{" "}
        <span class="soft">{dayWords(localDate(row.arrivedAt, zone), lang)}</span>
      </td>
      <td data-head={heads.state[lang]}>
        {row.mergedInto ? (
          <strong>{PEOPLE.mergedInto(row.mergedInto)[lang]}</strong>
        ) : (
          <>
            {STATE_WORDS[row.state][lang]} <Progress desk={desk} row={row} />
          </>
        )}
      </td>
      <td data-head={heads.risk[lang]} class={Object.values(row.risks).some(Boolean) ? undefined : "bare"}>
        <Risks desk={desk} row={row} />
      </td>
      <td data-head={heads.read[lang]} class={row.read ? undefined : "bare"}>
        <Reading desk={desk} row={row} />
      </td>
      <td data-head={heads.overdue[lang]} class={row.overdue.length > 0 ? undefined : "bare"}>
        {row.overdue.map(({ kind, since }) => (
          <span class="late">
            <strong class="alarm">{OVERDUE_WORDS[kind][lang]}</strong>{" "}
            <span class="soft">{spanWords(now.getTime() - since.getTime(), lang)}</span>
          </span>
        ))}
        {row.overdue.length === 0 ? <Nothing lang={lang} /> : null}
      </td>
      <td data-head={heads.phone[lang]}>{row.sealedOff ? sealed : <span class="nb">{row.phone}</span>}</td>
    </tr>
  );
};

const Progress = ({ desk: { lang }, row: { progress } }: { desk: DeskView; row: PersonLine }) => {
  if (!progress) return null;
  const { stage, day, days } = progress;
  if (stage === "observing") return <span class="soft nb">{PEOPLE.stage.observing(day, days)[lang]}</span>;
  if (stage === "held") return <strong class="alarm">{PEOPLE.stage.held[lang]}</strong>;
  return <strong>{PEOPLE.stage.due[lang]}</strong>;
};

const Risks = ({ desk: { lang }, row: { risks } }: { desk: DeskView; row: PersonLine }) => {
  const alarms = [
    risks.abnormal ? RISK_WORDS.abnormal[lang] : "",
    risks.fever ? ROW_RISKS.fever((risks.fever / 10).toFixed(1))[lang] : "",
    risks.ill ? ROW_RISKS.ill[lang] : "",
  ].filter(Boolean);
  const plain = [
    risks.contact ? RISK_WORDS.contact[lang] : "",
    risks.area ? RISK_WORDS.area[lang] : "",
  ].filter(Boolean);
  if (alarms.length + plain.length === 0) return <Nothing lang={lang} />;
  return (
    <>
      {alarms.length > 0 ? <strong class="alarm">{alarms.join(" · ")}</strong> : null}
      {alarms.length > 0 && plain.length > 0 ? " · " : ""}
      {plain.join(" · ")}
    </>
  );
};

const Reading = ({ desk, row }: { desk: DeskView; row: PersonLine }) => {
  const { lang, zone } = desk;
  if (!row.read) return <Nothing lang={lang} />;
  const { temperature, symptoms, abnormal, dueAt } = row.read;
  const words = [
    WATCH.celsius((temperature / 10).toFixed(1))[lang],
    ...(symptoms ? [WATCH.ill[lang]] : []),
  ].join(" · ");
  return (
    <>
      {abnormal ? <strong class="alarm">{words}</strong> : words}{" "}
      <span class="soft nb">{dayWords(localDate(dueAt, zone), lang)}</span>
    </>
  );
};

const Nothing = ({ lang }: { lang: DeskView["lang"] }) => (
  <span class="soft">
    <span aria-hidden="true">—</span>
    <span class="vh">{PEOPLE.none[lang]}</span>
  </span>
);
