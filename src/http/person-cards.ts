import { reading } from "../../forms/reading.ts";
import { type FieldError, type Problem, problem } from "../domain/problem.ts";
import type { Lang } from "../forms/define.ts";
import { decodeForm } from "../forms/encode.ts";
import { validate } from "../forms/validate.ts";
import { WATCH } from "../views/person-words.ts";
import type { Deps } from "./factory.ts";
import { isClientId, lastOf } from "./page-form.ts";
import { type ReadingSubmission, submitReadings } from "./submit-reading.ts";

/** Somebody's card on a posted page, by their place in the household. */
type Card = { id: string; place: number };
/** A household's posted page: whose cards, what was typed on each, and under which client id. */
export type Sent = {
  slot: string | undefined;
  /** The place of the only card, when it corrects. */
  who?: string | undefined;
  cards: Card[];
  /** By person id. */
  values: Record<string, Record<string, unknown>>;
  clientIds: Record<string, string>;
};

/** Reads m.1.temperature, client.1 and so on. Throws personNotFound for what is no place in a household. */
export function readCards(entries: readonly [string, string][], caseNumber: string): Sent {
  const typed = new Map<number, [string, string][]>();
  const clientIds: Record<string, string> = {};
  for (const [name, value] of entries) {
    const [, kind, written = "", rest = ""] = /^(m|client)\.([^.]*)(?:\.(.*))?$/.exec(name) ?? [];
    if (!kind) continue;
    if (!/^[1-9]\d?$/.test(written)) throw problem.personNotFound();
    const place = Number(written);
    const own = typed.get(place) ?? [];
    if (kind === "client") clientIds[`${caseNumber}-${place}`] = value;
    typed.set(place, kind === "client" ? own : [...own, [rest, value]]);
  }
  const places = [...typed.keys()].sort((a, b) => a - b);
  const cards = places.map((place) => ({ place, id: `${caseNumber}-${place}` }));
  return {
    slot: lastOf(entries, "slot"),
    who: lastOf(entries, "correct") !== undefined && places.length === 1 ? String(places[0]) : undefined,
    cards,
    values: Object.fromEntries(
      cards.map(({ id, place }) => [id, decodeForm(reading, typed.get(place) ?? [])]),
    ),
    clientIds,
  };
}

export type Taken =
  /** Everything was stored for this slot. */
  | { ok: true; slot: string }
  /** What is wrong with single cards, and with the whole; what was right is stored. */
  | { ok: false; errors: FieldError[]; fault: Problem; clientIds: Record<string, string> };

/**
 * Stores every card that is right, in one batch and without reading anything before it. Whoever was not measured yet may
 * stay blank, as long as one card is filled in. Throws DatabaseFault: then nothing is stored.
 * @param own the household of the link, and the link's hash
 */
export async function takeCards(
  deps: Deps,
  sent: Sent,
  own: { caseNumber: string; actor: string; lang: Lang },
): Promise<Taken> {
  const { lang } = own;
  const errors: FieldError[] = [];
  const clientIds = { ...sent.clientIds };
  const ready = judge(deps, sent, own, errors);
  if (sent.cards.length === 0)
    return {
      ok: false,
      errors,
      fault: { ...problem.invalid([]).problem, title: WATCH.nobody },
      clientIds,
    };
  const results =
    ready.length > 0
      ? await submitReadings(
          deps,
          ready.map((one) => one.reading),
        )
      : [];
  let fault: Problem | undefined;
  let slot = sent.slot ?? "";
  for (const [at, { card }] of ready.entries()) {
    const result = results[at];
    if (!result || result.ok) {
      slot = result?.receipt.slot ?? slot;
      continue;
    }
    const { code, errors: faults } = result.problem;
    if (code === "content-differs") {
      // Pressed again it is a correction, under an id of its own.
      clientIds[card.id] = deps.newId();
      errors.push(...errorsAt(card, [{ path: "temperature", code, message: WATCH.sentBefore[lang] }]));
    } else {
      fault ??= faults ? ofSlot(result.problem, faults, lang) : result.problem;
    }
  }
  if (!fault && errors.length === 0) return { ok: true, slot };
  return { ok: false, errors, fault: fault ?? problem.invalid(errors).problem, clientIds };
}

function judge(
  deps: Deps,
  sent: Sent,
  { caseNumber, actor, lang }: { caseNumber: string; actor: string; lang: Lang },
  errors: FieldError[],
): { card: Card; reading: ReadingSubmission }[] {
  const context = { lang, now: deps.now(), zone: deps.settings.TIME_ZONE };
  const filled = sent.cards.filter(({ id }) =>
    Object.values(sent.values[id] ?? {}).some((text) => text !== ""),
  );
  return (filled.length > 0 ? filled : sent.cards).flatMap((card) => {
    const judged = validate(reading, sent.values[card.id], context);
    if (!judged.ok) {
      errors.push(...errorsAt(card, judged.errors));
      return [];
    }
    const clientId = sent.clientIds[card.id] ?? "";
    const submission: ReadingSubmission = {
      ...judged.values,
      clientId: isClientId(clientId) ? clientId : deps.newId(),
      observationId: card.id,
      slot: sent.slot,
      door: "person",
      actor,
      household: caseNumber,
      lang,
    };
    return [{ card, reading: submission }];
  });
}

const errorsAt = ({ place }: Card, errors: readonly FieldError[]): FieldError[] =>
  errors.map((error) => ({ ...error, path: `m.${place}.${error.path}` }));

/** The fault of a slot as one sentence; one that takes nothing any more is said in the page's own words. */
function ofSlot(fault: Problem, errors: readonly FieldError[], lang: Lang): Problem {
  if (errors.some(({ code }) => code === "too-late")) return { ...fault, title: WATCH.stale };
  const message = errors[0]?.message ?? fault.title[lang];
  return { ...fault, title: { "zh-Hans": message, "zh-Hant": message, en: message } };
}
