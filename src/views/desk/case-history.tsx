import { roleWords } from "../../domain/care-team.ts";
import type { HistoryEvent } from "../../domain/case-history.ts";
import { parseSlot } from "../../domain/follow-up.ts";
import type { ObligationKind } from "../../domain/ladder.ts";
import { ALERT, thingWords } from "../alert-words.ts";
import { OBSERVE } from "../unit-watch-words.ts";
import { dayWords, momentWords } from "../unit-words.ts";
import { actWords } from "./audit-words.ts";
import { RECORD } from "./case-words.ts";
import type { DeskView } from "./nav.tsx";

type Actors = Map<string, { unitName: string; name?: string }>;
type Props = { desk: DeskView; events: HistoryEvent[]; actors: Actors };

/** What happened, a line each, the newest first. */
export const History = ({ desk, events, actors }: Props) => {
  const { lang, zone, today } = desk;
  return (
    <table class="board history">
      <caption class="vh">{RECORD.history[lang]}</caption>
      <thead>
        <tr>
          {[RECORD.when, RECORD.what, RECORD.who].map((head) => (
            <th scope="col">{head[lang]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr>
            <th scope="row">
              <span class="nb">{momentWords(event.at, zone, lang, today)}</span>
            </th>
            <td>{whatOf(event, desk)}</td>
            <td class="soft">{whoOf(event, desk, actors)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

function whatOf(event: HistoryEvent, { lang, zone, today, href }: DeskView) {
  if (event.kind === "registered") return RECORD.registered[lang];
  if (event.kind === "act") {
    const { purposes } = RECORD;
    const how =
      event.detail && Object.hasOwn(purposes, event.detail)
        ? purposes[event.detail as keyof typeof purposes][lang]
        : "";
    const [verb, role = ""] = event.act.split("/");
    const said =
      verb === "assign-care"
        ? `${actWords(verb, lang)} · ${roleWords(role, lang)}`
        : actWords(event.act, lang);
    // Somebody they were found to be, or not to be.
    if (event.detail && /-\d{4}-\d{4}-\d+$/.test(event.detail))
      return (
        <>
          {said}{" "}
          <a class="tap" href={href(`/people/${event.detail}`)}>
            {event.detail}
          </a>
        </>
      );
    return how ? `${said} · ${how}` : said;
  }
  if (event.kind === "reading") {
    const slot = parseSlot(event.slot);
    const when = slot ? `${dayWords(slot.date, lang)} ${OBSERVE[slot.part][lang]}` : event.slot;
    const more = [
      event.symptoms ? RECORD.ill[lang] : "",
      event.late ? RECORD.late[lang] : "",
      event.version > 1 ? RECORD.corrected(event.version)[lang] : "",
    ].filter(Boolean);
    const said = [RECORD.reading(when, (event.temperature / 10).toFixed(1))[lang], ...more].join(" · ");
    return event.abnormal ? <strong class="alarm">{said}</strong> : said;
  }
  const [kind = "", ...subject] = event.about.split("/");
  const thing = thingWords(
    { kind: kind as ObligationKind, subjectId: subject.join("/"), about: null },
    lang,
    today,
  );
  const { state, deliveredAt, ackedAt } = event;
  const went = Object.hasOwn(ALERT.states, state)
    ? ALERT.states[state as keyof typeof ALERT.states][lang]
    : state;
  return (
    <>
      {`${ALERT.titles[event.tone][lang]} · ${thing}`}
      <span class="soft">
        {" "}
        {deliveredAt ? RECORD.delivered(momentWords(deliveredAt, zone, lang, today))[lang] : went}
        {ackedAt ? ` · ${RECORD.acked(momentWords(ackedAt, zone, lang, today))[lang]}` : ""}
      </span>
    </>
  );
}

function whoOf(event: HistoryEvent, { lang }: DeskView, actors: Actors): string {
  if (event.kind === "act") {
    const found = actors.get(event.actor);
    return found ? [found.unitName, found.name].filter(Boolean).join(" ") : RECORD.somebody[lang];
  }
  if (event.kind === "alert") {
    const { roles, channels } = ALERT;
    const role =
      event.role && Object.hasOwn(roles, event.role) ? roles[event.role as keyof typeof roles][lang] : "";
    const channel = Object.hasOwn(channels, event.channel)
      ? channels[event.channel as keyof typeof channels][lang]
      : event.channel;
    return [event.unitName, role, channel].filter(Boolean).join(" ");
  }
  return event.door ? RECORD.doors[event.door][lang] : "";
}
