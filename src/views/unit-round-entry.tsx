import { addDays } from "../domain/time.ts";
import type { DoorView } from "./unit-parts.tsx";
import type { RoundPersonView } from "./unit-round.tsx";
import { ROUND, slotWords } from "./unit-round-words.ts";
import { FORM } from "./words.ts";

/** What was typed on a card, as it came. */
export type Typed = {
  slot: string;
  temperature: string;
  symptoms: string;
  what: string[];
  needsHelp: boolean;
};

/**
 * The questions of one card. Open while something is missing, folded once all is in; which symptoms are asked as soon as
 * there are any, by the stylesheet alone. Nothing is ever prefilled but what was typed a moment ago.
 */
export const EntryFields = ({ door, one }: { door: DoorView; one: RoundPersonView }) => {
  const { lang } = door;
  const { observationId: id, turns, typed } = one;
  const missing = turns.find(({ read }) => !read);
  const wrong = (name: string) => one.errors.some(({ path }) => path === `${id}.${name}`);
  const error = one.errors.length > 0 ? `e-${id}` : undefined;
  const due = missing !== undefined && missing === turns[0];
  const verb = due ? ROUND.enter : missing ? ROUND.makeUp : ROUND.correct;
  return (
    <details class="entry" open={due || typed !== undefined}>
      <summary class={due ? "first" : undefined}>
        <span>{verb[lang]}</span>
        <span class="vh"> {one.name}</span>
      </summary>
      <div class="faults" id={error}>
        {one.errors.map(({ message }) => (
          <p class="error">
            <span class="vh">{FORM.error[lang]}</span>
            {message}
          </p>
        ))}
      </div>
      <input type="hidden" name={`${id}.clientId`} value={one.clientId} />
      <div class="ask">
        <SlotField door={door} one={one} />
        <div class="degrees">
          <label for={`f-${id}.temperature`}>{ROUND.temperature[lang]}</label>
          <input
            id={`f-${id}.temperature`}
            name={`${id}.temperature`}
            inputmode="decimal"
            autocomplete="off"
            enterkeyhint="done"
            maxlength={10}
            value={typed?.temperature ?? ""}
            aria-describedby={error}
            aria-invalid={wrong("temperature") ? "true" : undefined}
          />
          <span aria-hidden="true">℃</span>
        </div>
        <fieldset class="feel">
          <legend class="vh">{ROUND.symptoms[lang]}</legend>
          <div class="marks">
            <input
              type="radio"
              id={`f-${id}.symptoms`}
              name={`${id}.symptoms`}
              value="no"
              checked={typed?.symptoms === "no"}
            />
            <label for={`f-${id}.symptoms`}>{ROUND.well[lang]}</label>
            <input
              type="radio"
              class="yes"
              id={`f-${id}.symptoms-2`}
              name={`${id}.symptoms`}
              value="yes"
              checked={typed?.symptoms === "yes"}
            />
            <label for={`f-${id}.symptoms-2`}>{ROUND.ill[lang]}</label>
            <fieldset class="more">
              <legend>{ROUND.what[lang]}</legend>
              <div class="marks">
                {Object.entries(ROUND.whats).map(([what, words]) => (
                  <span>
                    <input
                      type="checkbox"
                      id={`f-${id}.what-${what}`}
                      name={`${id}.what`}
                      value={what}
                      checked={typed?.what.includes(what) ?? false}
                    />
                    <label for={`f-${id}.what-${what}`}>{words[lang]}</label>
                  </span>
                ))}
              </div>
            </fieldset>
          </div>
        </fieldset>
        <div class="needs">
          <input
            type="checkbox"
            id={`f-${id}.needsHelp`}
            name={`${id}.needsHelp`}
            value="yes"
            checked={typed?.needsHelp ?? false}
          />
          <label for={`f-${id}.needsHelp`}>{ROUND.help[lang]}</label>
        </div>
        <button type="button" class="second save">
          {ROUND.save[lang]}
          <span class="vh"> {one.name}</span>
        </button>
      </div>
    </details>
  );
};

/** Which slot this is for: asked only where more than one takes an entry. */
const SlotField = ({ door, one }: { door: DoorView; one: RoundPersonView }) => {
  const { lang, today } = door;
  const { observationId: id, turns, typed } = one;
  const name = (slot: string) => slotWords(slot, lang, today, addDays(today, -1));
  const chosen = typed?.slot ?? (turns.find(({ read }) => !read) ?? turns[0])?.slot;
  const [only] = turns;
  if (turns.length === 1 && only)
    return (
      <>
        <input type="hidden" name={`${id}.slot`} value={only.slot} />
        {only.late || only.read ? (
          <p class="slot">{(only.read ? ROUND.again : ROUND.late)(name(only.slot))[lang]}</p>
        ) : null}
      </>
    );
  return (
    <div class="slot">
      <label for={`f-${id}.slot`}>{ROUND.which[lang]}</label>
      <select id={`f-${id}.slot`} name={`${id}.slot`}>
        {turns.map(({ slot, late, read }) => (
          <option value={slot} selected={slot === chosen}>
            {read ? ROUND.again(name(slot))[lang] : late ? ROUND.late(name(slot))[lang] : name(slot)}
          </option>
        ))}
      </select>
    </div>
  );
};
