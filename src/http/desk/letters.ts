import { findRecorded } from "../../db/case-history.ts";
import { guarded } from "../../db/fault.ts";
import { findHousehold, type Household } from "../../db/household.ts";
import { saveLetter } from "../../db/letter.ts";
import { deriveDigits, earlierArrival, identify } from "../../db/submission.ts";
import { unitPath } from "../../db/unit.ts";
import {
  type KnownPerson,
  LETTER_ITEMS,
  LETTER_LENGTHS,
  LETTER_LINK_DAYS,
  type LetterDetails,
  type LetterItem,
  letterNumber,
  passOn,
} from "../../domain/letter.ts";
import { listProblem } from "../../domain/list-problem.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { NUMBER_ATTEMPTS } from "../../domain/submission.ts";
import { readDue } from "../../domain/ticket.ts";
import { DAY, HOUR, localDate, MINUTE } from "../../domain/time.ts";
import { readText } from "../../domain/tip.ts";
import type { AppContext, Deps } from "../factory.ts";
import { told } from "../submit-letter-answer.ts";
import { observedViews } from "../unit-observed.ts";
import { type Desk, inScope } from "./door.tsx";

/** The form of a new letter as it was typed. */
export type TypedLetter = Record<
  "clientId" | "county" | "address" | "email" | "whereabouts" | "why" | "dueDate" | "dueTime",
  string
> & { persons: string[]; items: string[] };

/** The case that a letter is to be about: a household and what is known of each person in it. */
export type LetterSubject = { id: string; home: Household; known: Map<string, KnownPerson> };

/** The case of a person's number. Throws caseNotFound outside the scope, sealedOff where nothing is left to pass on. */
export async function openSubject(c: AppContext, desk: Desk): Promise<LetterSubject> {
  const deps = c.get("deps");
  const id = c.req.param("id") ?? "";
  if (!/^[A-Z]{1,4}-\d{4}-\d{4}-\d{1,3}$/.test(id)) throw problem.caseNotFound();
  const own = await findRecorded(deps.db, id, desk.scope);
  const home = own && (await findHousehold(deps, own.householdId));
  if (!home) throw problem.caseNotFound();
  inScope(desk, own.unitCode);
  if (home.sealedOffAt) throw listProblem.sealedOff();
  const observed = await observedViews(deps, desk, home.id, new Map());
  const registeredOn = localDate(home.recordedAt, desk.zone);
  const known = home.people.map((one): [string, KnownPerson] => {
    const { name, document, area, contact, symptoms, temperature } = one;
    const watched = observed.find((seen) => seen.id === one.id);
    const day = watched?.diary.find(({ morning, evening }) => evening?.read ?? morning?.read);
    const read = day?.evening?.read ?? day?.morning?.read;
    const reading =
      day && read
        ? { date: day.date, celsius: read.temperature }
        : temperature === null
          ? undefined
          : { date: registeredOn, celsius: temperature / 10 };
    return [
      one.id,
      {
        ...{ name, triage: { area, contact, symptoms } },
        ...(document ? { document } : {}),
        ...(watched ? { day0: watched.day0 } : {}),
        ...(reading ? { reading } : {}),
      },
    ];
  });
  return { id, home, known: new Map(known) };
}

/** What a form proposes: the persons, everything that may be passed on, an answer within LETTER_HOURS. */
export const proposedLetterDue = (
  now: Date,
  { LETTER_HOURS }: Pick<Deps["settings"], "LETTER_HOURS">,
): Date => new Date(Math.ceil((now.getTime() + LETTER_HOURS * HOUR) / MINUTE) * MINUTE);

/** A letter out of what was typed. Throws `invalid` with everything there is to mend. */
export async function readLetter(
  deps: Deps,
  { lang, now, zone, officer }: Desk,
  { home, known }: LetterSubject,
  typed: TypedLetter,
): Promise<{ details: LetterDetails; dueAt: Date }> {
  const errors: FieldError[] = [];
  const read = (name: "county" | "address" | "whereabouts" | "why", needed: boolean) =>
    needed || typed[name].trim()
      ? told(errors, () => readText(typed[name], name, LETTER_LENGTHS[name], lang))
      : undefined;
  const persons = home.people.flatMap(({ id }) => (typed.persons.includes(id) ? (known.get(id) ?? []) : []));
  if (persons.length === 0) errors.push({ path: "persons", code: "required", message: WRONG.persons[lang] });
  if (!typed.county.trim()) errors.push({ path: "county", code: "required", message: WRONG.county[lang] });
  const county = read("county", false);
  const address = read("address", false);
  const email = typed.email.trim();
  if (email && (email.length > 120 || !/^[^\s@<>,:;"?&]+@[^\s@<>,:;"?&]+\.[^\s@<>,:;"?&]+$/.test(email)))
    errors.push({ path: "email", code: "email", message: WRONG.email[lang] });
  const whereabouts = read("whereabouts", false);
  const why = read("why", true);
  const dueAt = told(errors, () =>
    readDue({ date: typed.dueDate, time: typed.dueTime }, { now, zone, lang }),
  );
  if (errors.length > 0 || !county || !why || !dueAt) throw problem.invalid(errors);
  const path = await unitPath(deps.db, officer.unit.code);
  const { phone, contactPhone } = home.details;
  const items = LETTER_ITEMS.filter((item): item is LetterItem => typed.items.includes(item));
  return {
    dueAt,
    details: {
      to: {
        county: oneLine(county),
        ...(address ? { address: oneLine(address) } : {}),
        ...(email ? { email } : {}),
      },
      from: path.map(({ name }) => name).join(""),
      why,
      case: passOn(persons, { phone: phone ?? contactPhone, whereabouts }, items),
    },
  };
}

/** Writes a letter; the same form sent twice is one letter. @returns its number */
export async function writeLetter(
  deps: Deps,
  desk: Desk,
  { home }: LetterSubject,
  clientIdTyped: string,
  { details, dueAt }: { details: LetterDetails; dueAt: Date },
): Promise<string> {
  const { lang, now, actor, officer, today } = desk;
  const { clientId, arrival } = await identify(
    deps.privacy,
    { name: "letter", version: 1 },
    {
      ...{ clientId: clientIdTyped, door: "desk", lang },
      content: { actor, home: home.id, details, dueAt: dueAt.getTime() },
    },
  );
  const unitCode = officer.unit.code;
  return guarded(async () => {
    for (let attempt = 0; attempt < NUMBER_ATTEMPTS; attempt++) {
      const four = await deriveDigits(deps.privacy, "letter-number", `${clientId}/${attempt}`, 4);
      const id = letterNumber(today, four);
      const outcome = await saveLetter(deps, {
        row: {
          ...{ id, unitCode, householdId: home.id, homeCode: home.unitCode, by: actor, dueAt },
          ...{ linkNonce: deps.newId(), recordedAt: now },
        },
        ...{ details, arrival, settings: deps.settings, expiresAt: linkEnds(dueAt) },
        act: {
          ...{ id: deps.newId(), actor, act: "write-letter", subjectId: home.id, unitCode: home.unitCode },
          ...{ recordedAt: now, detail: id },
        },
      });
      if (outcome === "saved") return id;
      if (outcome === "known") return (await earlierArrival(deps.db, arrival)) ?? id;
    }
    throw problem.unavailable();
  });
}

/** How long a letter's link opens. */
export const linkEnds = (from: Date): Date => new Date(from.getTime() + LETTER_LINK_DAYS * DAY);

const oneLine = (text: string) => text.replace(/\s+/g, " ");

const WRONG = {
  county: {
    "zh-Hans": "请填写收函县（区）",
    "zh-Hant": "請填寫收函縣（區）",
    en: "Say which county the letter goes to",
  },
  persons: {
    "zh-Hans": "请至少选一个人",
    "zh-Hant": "請至少選一個人",
    en: "Choose at least one person",
  },
  email: {
    "zh-Hans": "请填写正确的电子邮箱，或者不填",
    "zh-Hant": "請填寫正確的電子郵箱，或者不填",
    en: "Enter a whole e-mail address, or none",
  },
};
