import type { Child } from "hono/jsx";
import type { AlertHead } from "../domain/alert.ts";
import type { Counted, Undelivered, Unheard, Unreachable } from "../domain/undelivered.ts";
import { ALERT, problemWords, thingWords } from "./alert-words.ts";
import { withLang } from "./layout.tsx";
import type { DoorView } from "./unit-parts.tsx";
import { UNDELIVERED } from "./unit-undelivered-words.ts";
import { momentWords } from "./unit-words.ts";

/** With `url`, the alert's own page, where that opens. */
export type UnheardView = { contacts: Unheard["contacts"]; alerts: Counted<Undelivered & { url?: string }> };
type Props = { door: DoorView; unheard: UnheardView };

/** A list of up to so many stands open. */
const SHORT = 5;

/** 送不到的警报: who cannot be reached, and what did not arrive. Nothing where all is well. */
export const UndeliveredSection = ({ door, unheard }: Props) => {
  const { contacts, alerts } = unheard;
  if (contacts.total + alerts.total === 0) return null;
  return (
    <section aria-labelledby="undelivered">
      <h2 id="undelivered" class="alarm">
        {UNDELIVERED.title[door.lang]}
      </h2>
      <Fold of={alerts} title={UNDELIVERED.alerts} door={door}>
        <p class="hint">{UNDELIVERED.alertsHint[door.lang]}</p>
        <ul class="board">
          {alerts.list.map((one) => (
            <Alert one={one} door={door} />
          ))}
        </ul>
      </Fold>
      <Fold of={contacts} title={UNDELIVERED.contacts} door={door}>
        <p class="hint">{UNDELIVERED.contactsHint[door.lang]}</p>
        <ul class="board">
          {contacts.list.map((one) => (
            <Contact one={one} door={door} />
          ))}
        </ul>
      </Fold>
    </section>
  );
};

type FoldProps = {
  of: Counted<unknown>;
  title: (n: string) => Record<DoorView["lang"], string>;
  door: DoorView;
  children?: Child;
};
const Fold = ({ of: { list, total, bounded }, title, door: { lang }, children }: FoldProps) =>
  total === 0 ? null : (
    <details class="entry" open={total <= SHORT}>
      <summary>{title(bounded ? `${total}+` : `${total}`)[lang]}</summary>
      {children}
      {total > list.length ? <p>{UNDELIVERED.notListed(total - list.length, bounded)[lang]}</p> : null}
    </details>
  );

const Alert = ({ one, door }: { one: Undelivered & { url?: string }; door: DoorView }) => {
  const { lang, today } = door;
  const comma = lang === "en" ? ", " : "、";
  const things = one.things.map((thing) => thingWords(thing, lang, today)).join(comma);
  const reason = why(one.problem, lang);
  const failed = one.state === "failed";
  const said = [UNDELIVERED[one.state][lang], ...(failed ? reason : [])].join(lang === "en" ? ", " : "，");
  return (
    <li>
      {one.url ? (
        <a href={withLang(one.url, lang)}>{one.unitName}</a>
      ) : (
        <span class="what">{one.unitName}</span>
      )}
      <span>
        {things}
        {one.others ? `${lang === "en" ? " " : ""}${UNDELIVERED.andOthers[lang]}` : ""}
        <br />
        <strong class="alarm">{said}</strong>
        <br />
        <span class="soft">{[capacity(one, lang), ...(failed ? [] : reason)].join(" · ")}</span>
      </span>
      <span class="due">{UNDELIVERED.found(clock(one.recordedAt, door))[lang]}</span>
    </li>
  );
};

const Contact = ({ one, door }: { one: Unreachable; door: DoorView }) => {
  const { lang } = door;
  return (
    <li>
      <span class="what">{one.unitName}</span>
      <span>
        {capacity(one, lang)}
        <br />
        <strong class="alarm">{why(one.why, lang)[0] ?? UNDELIVERED.noReason[lang]}</strong>
      </span>
      <span class="due">{UNDELIVERED.since(clock(one.since, door))[lang]}</span>
    </li>
  );
};

/** In what capacity and by which way, without a name: 值班员 · 电子邮件. */
const capacity = ({ role, channel }: Pick<AlertHead, "role" | "channel">, lang: DoorView["lang"]): string =>
  [...(role ? [ALERT.roles[role][lang]] : []), ALERT.channels[channel][lang]].join(" · ");

const why = (problem: string | null, lang: DoorView["lang"]): string[] =>
  problem === null ? [] : [problemWords(problem, lang)];

const clock = (at: number, { zone, lang, today }: DoorView): string =>
  momentWords(new Date(at), zone, lang, today);
