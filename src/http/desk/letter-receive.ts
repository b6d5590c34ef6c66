import { listAnswers } from "../../db/letter.ts";
import { findByNonce, markPosted, type Received, saveGiven, takenOver } from "../../db/letter-received.ts";
import { unbase64url } from "../../db/privacy.ts";
import { type AnswerWords, LETTER_ANSWERS_MOST, readLetterLink } from "../../domain/letter.ts";
import { type LetterPackage, openPackage, PACKAGE_LENGTH, proveAnswer } from "../../domain/letter-package.ts";
import { letterProblem } from "../../domain/letter-problem.ts";
import { listProblem } from "../../domain/list-problem.ts";
import { problem } from "../../domain/problem.ts";
import type { RegistrationValues } from "../../domain/registration.ts";
import { readClientId } from "../../domain/submission.ts";
import { addressProblem } from "../../domain/target.ts";
import { localDate } from "../../domain/time.ts";
import type { Lang } from "../../forms/define.ts";
import type { Deps } from "../factory.ts";
import { readAnswer, type TypedAnswer } from "../submit-letter-answer.ts";
import { submitRegistration } from "../submit-registration.ts";
import type { Desk } from "./door.tsx";

/*
 * 接收协查函: a letter that another deployment of this service wrote. It is fetched by its link, shown, and becomes a case
 * here once somebody accepts it; what is found out goes back the same way.
 */
/** Another service must answer within so many ms, its body included. */
const PATIENCE = 10_000;

/** Where a letter comes from, and its key. Throws `invalid` on `link` for anything that may not be asked. */
export function readLink({ settings }: Pick<Deps, "settings">, text: string, lang: Lang) {
  const link = readLetterLink(text);
  const allowPrivate = settings.ALLOW_PRIVATE_TARGETS === "1";
  if (!link || addressProblem(link.origin, { allowPrivate }))
    throw problem.answer("link", "link", WRONG.link, lang);
  return link;
}

/** Fetches a letter; what comes is not judged yet. Throws notReached. */
export async function fetchPackage(deps: Deps, { origin, token }: { origin: string; token: string }) {
  const answer = await ask(deps, `${origin}/l/${token}/carry`, "application/json", "{}");
  if (answer?.status !== 200) throw letterProblem.notReached();
  return answer.text;
}

/** One request to another service: never follows a redirect, never reads more than a letter can be. Undefined: no answer. */
async function ask(
  { fetch: own }: Pick<Deps, "fetch">,
  url: string,
  type: string,
  body: string,
): Promise<{ status: number; text: string } | undefined> {
  // Called bare: on Workers fetch must not lose its `this`.
  const send: typeof fetch = own ?? ((input, init) => fetch(input, init));
  try {
    const answer = await send(url, {
      method: "POST",
      headers: { "content-type": type, "user-agent": "Baobei" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { status: answer.status, text: await readStart(answer) };
  } catch {
    return undefined;
  }
}

async function readStart(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > PACKAGE_LENGTH) {
      reader.cancel().catch(() => {});
      return text;
    }
  }
}

/** Opens a package that came with a link. Throws packageRefused, packageExpired, packageKnown. */
export async function judgePackage(
  deps: Deps,
  signed: string,
  link: { origin: string; token: string },
): Promise<LetterPackage> {
  const letter = await openPackage(signed, { ...link, now: deps.now() });
  if (await findByNonce(deps.db, letter.nonce)) throw letterProblem.packageKnown();
  return letter;
}

/** What the registration form is prefilled with: the rest is for whoever accepts it to ask and fill in. */
export function proposedCase(letter: LetterPackage, now: Date, zone: string, lang: Lang) {
  const { persons, phone, whereabouts } = letter.case;
  const facts = persons.flatMap(({ day0, reading }, at) => [
    ...(day0 ? [NOTE.day0(at + 1, day0)[lang]] : []),
    ...(reading ? [NOTE.reading(at + 1, reading.celsius.toFixed(1), reading.date)[lang]] : []),
  ]);
  return {
    ...{ filledBy: "unit", source: "letter", leftOn: "", arrivedAt: `${localDate(now, zone)}T` },
    ...{ address: whereabouts ?? "", ...(phone ? { hasPhone: "yes", phone } : {}) },
    note: [NOTE.came(letter.number, letter.from)[lang], ...facts].join("\n"),
    persons: persons.map(({ name, document, triage }) => ({
      ...{ name: name ?? "", returnee: "yes", ...(document ? { document } : {}) },
      ...(triage ? { area: yes(triage.area), contact: yes(triage.contact) } : {}),
    })),
  };
}
const yes = (is: boolean) => (is ? "yes" : "no");

/**
 * Registers the case of a letter, writes its nonce and the answer "received" in the same batch, and posts that answer back.
 * @returns the case's number
 */
export async function acceptLetter(
  deps: Deps,
  desk: Desk,
  letter: LetterPackage,
  { token, origin }: { token: string; origin: string },
  { values, unitCode }: { values: RegistrationValues; unitCode: string },
): Promise<string> {
  const { actor, now, lang, officer } = desk;
  // Out of the nonce: the same letter accepted twice at once is one submission.
  const [clientId, answerClient] = await Promise.all([
    uuidFrom(deps, "letter-case", letter.nonce),
    uuidFrom(deps, "letter-received", letter.nonce),
  ]);
  const words: AnswerWords = { by: `${officer.unit.name} ${officer.name}`, text: "" };
  const { caseNumber } = await submitRegistration(deps, {
    ...{ clientId, values, unitCode, door: "desk", lang },
    also: (householdId) =>
      takenOver(
        deps,
        {
          ...{ nonce: letter.nonce, householdId, unitCode, number: letter.number, by: actor },
          ...{ dueAt: new Date(letter.dueAt), recordedAt: now },
        },
        { from: letter.from, why: letter.why, origin, token },
        { kind: "received", clientId: answerClient, words },
        {
          ...{ id: deps.newId(), actor, act: "receive-letter", subjectId: householdId, unitCode },
          ...{ recordedAt: now, detail: letter.number },
        },
      ),
  });
  const { nonce, number } = letter;
  await postOpenAnswers(deps, { householdId: caseNumber, nonce, number, details: { origin, token } });
  return caseNumber;
}

/** Answers a letter that was taken over: written down first, then posted. Throws `invalid`, letterFull, sealedOff. */
export async function giveAnswer(
  deps: Deps,
  { actor, now, lang }: Pick<Desk, "actor" | "now" | "lang">,
  received: Received,
  typed: TypedAnswer,
): Promise<void> {
  const { kind, words } = readAnswer(typed, lang);
  // The other county refuses anything else, and what comes after it would wait behind it for good.
  const clientId = readClientId(typed.clientId, lang);
  // Sealed off with its case: there is no way back any more, and no word is to be kept.
  if (!received.details.origin) throw listProblem.sealedOff();
  const answers = await listAnswers(deps, received.householdId);
  if (answers.length >= LETTER_ANSWERS_MOST) throw letterProblem.letterFull();
  // The same form again: it stands already, and only has to leave.
  if (!answers.some((one) => one.clientId === clientId)) {
    const given = { kind, clientId, words };
    const saved = await saveGiven(deps, received, answers.length + 1, given, {
      now,
      act: {
        ...{ id: deps.newId(), actor, act: "answer-received-letter", subjectId: received.householdId },
        ...{ unitCode: received.unitCode, recordedAt: now, detail: kind },
      },
    });
    if (!saved) throw problem.alreadySettled();
  }
  await postOpenAnswers(deps, received);
}

/** Posts what the other county does not have yet, in order; what it does not take now is tried again by hand. */
export async function postOpenAnswers(
  deps: Deps,
  {
    householdId,
    nonce,
    number,
    details,
  }: Pick<Received, "householdId" | "nonce" | "number"> & { details: { origin: string; token: string } },
): Promise<void> {
  const allowPrivate = deps.settings.ALLOW_PRIVATE_TARGETS === "1";
  if (addressProblem(details.origin, { allowPrivate })) return;
  const answers = await listAnswers(deps, householdId);
  for (const { kind, by, text, clientId, version } of answers
    .filter(({ postedAt }) => !postedAt)
    .slice(0, 5)) {
    const said = { clientId: clientId ?? "", kind, by, text };
    const _proof = await proveAnswer({ ...said, number, nonce }, details.token);
    const body = new URLSearchParams({ ...said, _door: "system", _proof });
    const url = `${details.origin}/l/${details.token}/answer`;
    const answer = await ask(deps, url, "application/x-www-form-urlencoded", body.toString());
    // A page that was answered leads back to itself.
    if (answer?.status !== 303) return;
    await markPosted(deps.db, householdId, version, deps.now());
  }
}

/** A UUID nobody without the secret can foretell, the same each time for the same seed. */
async function uuidFrom({ privacy }: Deps, purpose: string, seed: string): Promise<string> {
  const bytes = unbase64url(await privacy.derive(purpose, seed));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}

const NOTE = {
  came: (number: string, from: string) => ({
    "zh-Hans": `来函 ${number}（${from}）`,
    "zh-Hant": `來函 ${number}（${from}）`,
    en: `Letter ${number} from ${from}`,
  }),
  day0: (n: number, day: string) => ({
    "zh-Hans": `第 ${n} 人观察起算日 ${day}`,
    "zh-Hant": `第 ${n} 人觀察起算日 ${day}`,
    en: `Person ${n}: day 0 is ${day}`,
  }),
  reading: (n: number, celsius: string, day: string) => ({
    "zh-Hans": `第 ${n} 人最近一次体温 ${celsius} ℃（${day}）`,
    "zh-Hant": `第 ${n} 人最近一次體溫 ${celsius} ℃（${day}）`,
    en: `Person ${n}: ${celsius} °C on ${day}`,
  }),
};
const WRONG = {
  link: {
    "zh-Hans": "请粘贴协查函的完整链接，如 https://…/l/…（不能是内网地址）",
    "zh-Hant": "請貼上協查函的完整連結，如 https://…/l/…（不能是內網地址）",
    en: "Paste the whole link of a letter, such as https://…/l/… (not a private address)",
  },
};
