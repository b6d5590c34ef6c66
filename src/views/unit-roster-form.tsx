import type { FieldError } from "../domain/problem.ts";
import { MOST_DAYS, TAKE_EARLY } from "../domain/roster.ts";
import { Hidden } from "./form.tsx";
import { momentWords } from "./moment.ts";
import { AskChoice, AskText } from "./unit-parts.tsx";
import { clockWords, Line, type RosterProps, type ShiftView } from "./unit-roster-parts.tsx";
import { ROSTER } from "./unit-roster-words.ts";
import { FORM, words } from "./words.ts";

/* The forms of the roster's page. Nothing of them is printed. */

/** 交接班: who comes on says so, who goes off writes what is handed over. Both stay, with their times. */
export const Handover = (props: RosterProps) => {
  const { door, shifts, noteAfter, errors = [], typed = {} } = props;
  const { lang, now } = door;
  const [soon, lately] = [now.getTime() + TAKE_EARLY, now.getTime() - noteAfter];
  const incoming = shifts.filter(
    ({ startsAt, endsAt, takenOverAt }) => !takenOverAt && +startsAt <= soon && endsAt > now,
  );
  const outgoing = shifts.filter(({ startsAt, endsAt }) => startsAt <= now && +endsAt > lately);
  if (incoming.length === 0 && outgoing.length === 0) return null;
  return (
    <section aria-labelledby="handover" class="unprinted">
      <h2 id="handover">{ROSTER.handover[lang]}</h2>
      <Notes {...props} shifts={outgoing} />
      {incoming.length > 0 ? (
        <>
          <h3>{ROSTER.toTake[lang]}</h3>
          <ul class="board">
            {incoming.map((shift) => (
              <Line door={door} shift={shift}>
                <form method="post" action={door.href(`/roster/${shift.id}/take`)} class="act">
                  <button type="submit" class="second">
                    {ROSTER.take[lang]}
                    <span class="vh"> {shiftWords(shift, door)[lang]}</span>
                  </button>
                </form>
              </Line>
            ))}
          </ul>
        </>
      ) : null}
      {outgoing.length > 0 ? (
        <details class="entry" open={errors.some(({ path }) => path === "note" || path === "which")}>
          <summary>{ROSTER.noteButton[lang]}</summary>
          <form method="post" action={door.href("/roster/note")}>
            <AskChoice
              name="which"
              label={ROSTER.whichShift[lang]}
              errors={errors}
              lang={lang}
              choices={Object.fromEntries(outgoing.map((shift) => [shift.id, shiftWords(shift, door)]))}
              value={typed.which ?? (outgoing.length === 1 ? outgoing[0]?.id : undefined)}
            />
            <AskText
              name="note"
              label={ROSTER.note[lang]}
              hint={ROSTER.noteHint[lang]}
              errors={errors}
              lang={lang}
              rows={3}
              max={1_000}
              value={typed.note}
            />
            <button type="submit" class="second narrow">
              {ROSTER.noteButton[lang]}
            </button>
          </form>
        </details>
      ) : null}
    </section>
  );
};

const shiftWords = (shift: ShiftView, door: RosterProps["door"]) => {
  const said = `${clockWords(shift, door)} ${ROSTER.posts[shift.post][door.lang]} ${shift.person.name}`;
  return words(said, said, said);
};

/** What was handed over lately, as it was written, with its time. */
const Notes = ({ door, shifts }: RosterProps) => {
  const { lang, zone, now } = door;
  const notes = shifts.flatMap((shift) => shift.notes.map((note) => ({ ...note, shift })));
  if (notes.length === 0) return null;
  return (
    <>
      <h3>{ROSTER.notes[lang]}</h3>
      <ul class="messages">
        {notes.map(({ text, at, shift }) => (
          <li>
            <p class="soft">
              {momentWords(new Date(at), lang, zone, now)} · {shiftWords(shift, door)[lang]}
            </p>
            <p class="typed">{text}</p>
          </li>
        ))}
      </ul>
    </>
  );
};

export const AddShift = ({ door, clientId, people, errors = [], typed = {} }: RosterProps) => {
  const { lang, today } = door;
  if (people.length === 0) return null;
  const common = { errors, lang };
  return (
    <section aria-labelledby="add" class="unprinted">
      <h2 id="add">{ROSTER.add[lang]}</h2>
      <form method="post" action={door.href("/roster")}>
        <Hidden entries={[["clientId", clientId]]} />
        <Person people={people} errors={errors} lang={lang} value={typed.person} />
        <AskChoice
          {...common}
          name="post"
          label={ROSTER.post[lang]}
          choices={ROSTER.posts}
          value={typed.post ?? "duty"}
        />
        <AskText {...common} name="date" type="date" label={ROSTER.date[lang]} value={typed.date ?? today} />
        <p class="hint" id="h-times">
          {ROSTER.timesHint[lang]}
        </p>
        <div class="pair">
          <div>
            <AskText
              {...common}
              name="from"
              type="time"
              label={ROSTER.from[lang]}
              value={typed.from ?? "08:00"}
            />
          </div>
          <div>
            <AskText {...common} name="to" type="time" label={ROSTER.to[lang]} value={typed.to ?? "20:00"} />
          </div>
        </div>
        <AskText
          {...common}
          name="days"
          label={ROSTER.days[lang]}
          hint={ROSTER.daysHint[lang]}
          max={String(MOST_DAYS).length}
          value={typed.days ?? "1"}
        />
        <button type="submit" class="main">
          {ROSTER.addButton[lang]}
        </button>
      </form>
    </section>
  );
};

const Person = ({
  people,
  errors,
  lang,
  value,
}: Pick<RosterProps, "people"> & {
  errors: readonly FieldError[];
  lang: RosterProps["door"]["lang"];
  value?: string | undefined;
}) => {
  const error = errors.find(({ path }) => path === "person");
  const chosen = value ?? (people.length === 1 ? people[0]?.id : undefined);
  return (
    <div class={error ? "field wrong" : "field"}>
      <label for="f-person">{ROSTER.person[lang]}</label>
      {error ? (
        <p class="error" id="e-person">
          <span class="vh">{FORM.error[lang]}</span>
          {error.message}
        </p>
      ) : null}
      <select
        id="f-person"
        name="person"
        aria-describedby={error ? "e-person" : undefined}
        aria-invalid={error ? "true" : undefined}
      >
        <option value="">{ROSTER.choose[lang]}</option>
        {people.map(({ id, name, unreachable }) => (
          <option value={id} selected={id === chosen}>
            {unreachable ? `${name} · ${ROSTER.unreachable[lang]}` : name}
          </option>
        ))}
      </select>
    </div>
  );
};

export const AddPerson = ({ door, people, errors = [], typed = {} }: RosterProps) => {
  const { lang } = door;
  const common = { errors, lang };
  const wrong = errors.some(({ path }) => ["name", "email", "phone"].includes(path));
  return (
    <section aria-labelledby="people" class="unprinted">
      <h2 id="people">{ROSTER.who[lang]}</h2>
      <p>
        {people.length === 0
          ? ROSTER.nobodyYet[lang]
          : people.map(({ name }) => name).join(lang === "en" ? ", " : "、")}
      </p>
      <details class="entry" open={people.length === 0 || wrong}>
        <summary>{ROSTER.people[lang]}</summary>
        <p class="hint">{ROSTER.peopleHint[lang]}</p>
        <form method="post" action={door.href("/roster/contact")}>
          <AskText {...common} name="name" label={ROSTER.name[lang]} max={40} value={typed.name} />
          <AskText
            {...common}
            name="email"
            type="email"
            label={ROSTER.email[lang]}
            max={200}
            value={typed.email}
          />
          <AskText
            {...common}
            name="phone"
            type="tel"
            label={ROSTER.phone[lang]}
            max={30}
            value={typed.phone}
          />
          <button type="submit" class="second narrow">
            {ROSTER.peopleButton[lang]}
          </button>
        </form>
      </details>
    </section>
  );
};
