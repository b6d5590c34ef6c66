import { reading } from "../../forms/reading.ts";
import { addDays } from "../domain/time.ts";
import type { Field, Lang } from "../forms/define.ts";
import { TEMPERATURE_MAX, TEMPERATURE_MIN } from "../forms/fields.ts";
import { faults } from "../forms/words.ts";
import type { RoundProps } from "./unit-round.tsx";
import { ROUND, SCRIPT_WORDS, slotWords } from "./unit-round-words.ts";
import { WATCH } from "./unit-watch-words.ts";
import { FORM } from "./words.ts";

/** The words and bounds that round.client.js needs, as JSON. @param owing how many owe the slot the page is about */
export function scriptWords({ door, people }: RoundProps, owing: number): string {
  const { lang, today, hotline } = door;
  const slots = new Set(people.flatMap(({ turns }) => turns.map(({ slot }) => slot)));
  const { done, callNow, morning, evening, ...plain } = SCRIPT_WORDS;
  const said = Object.fromEntries(Object.entries(plain).map(([name, words]) => [name, words[lang]]));
  return JSON.stringify({
    ...said,
    done: done(owing)[lang],
    callNow: callNow(hotline)[lang],
    slot: { morning: morning[lang], evening: evening[lang] },
    slots: Object.fromEntries(
      [...slots].map((key) => [key, slotWords(key, lang, today, addDays(today, -1))]),
    ),
    what: Object.fromEntries(Object.entries(ROUND.whats).map(([name, words]) => [name, words[lang]])),
    comma: lang === "en" ? ", " : "、",
    makeUp: ROUND.makeUp[lang],
    correct: ROUND.correct[lang],
    error: FORM.error[lang],
    needTemperature: required("temperature", lang),
    needSymptoms: required("symptoms", lang),
    badTemperature: faults.temperature[lang],
    least: TEMPERATURE_MIN,
    most: TEMPERATURE_MAX,
    feverFrom: WATCH.feverFrom,
  });
}

/** What the reading form says where an answer is missing. */
export function required(name: string, lang: Lang): string {
  const fields: readonly Field[] = reading.groups.flatMap((group): readonly Field[] => group.fields);
  const field = fields.find((one) => one.name === name);
  return typeof field?.required === "object" ? field.required[lang] : "";
}
