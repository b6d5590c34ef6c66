import type { registration } from "../../forms/registration.ts";
import type { Settings } from "../env.ts";
import type { IdDocument, Lang, ValuesOf } from "../forms/define.ts";
import { normalizeDocument } from "./identity.ts";
import { type NewObligation, planObligation } from "./obligation.ts";
import { problem } from "./problem.ts";
import type { Arrival } from "./submission.ts";
import { DAY, MINUTE } from "./time.ts";

/** A valid answer to forms/registration.ts: moments ISO in UTC, temperatures °C with one decimal. */
export type RegistrationValues = ValuesOf<typeof registration>;
type PersonValues = RegistrationValues["persons"][number];

/** 发热: from 37.3 °C, in tenths (DOMAIN.md, mechanism 11). */
export const FEVER_TENTHS = 373;
/** How long the link on the receipt opens: the 14 days of observation, and time to spare for its questions. */
export const PERSON_LINK_DAYS = 60;

/** What `household.sealed` opens to: row id = the case number, column "household". */
export type HouseholdDetails = Partial<
  Pick<
    RegistrationValues,
    | "originPlace"
    | "transport"
    | "transportNumber"
    | "address"
    | "phone"
    | "contactName"
    | "contactPhone"
    | "note"
  >
>;
/** What `person.sealed` opens to: row id = the person's id, column "person". */
export type PersonDetails = { name: string; document?: IdDocument };

/** Everything a registration writes, in one batch. Nothing in `details` may reach a column unsealed. */
export type RegistrationPlan = {
  submission: Arrival;
  recordedAt: Date;
  household: {
    id: string;
    unitCode: string;
    postingPointId: string | null;
    filledBy: string;
    source: string;
    origin: string;
    transitWuhan: boolean;
    leftOn: string;
    arrivedAt: Date;
    persons: number;
    verifyDueAt: Date;
    /** The household's own phone, for the blind index; a contact person's serves many and says nothing. */
    phone: string | null;
    details: HouseholdDetails;
  };
  persons: PlannedPerson[];
  obligation: NewObligation;
  link: { clientId: string; expiresAt: Date };
  urgent: boolean;
  /** Everybody symptomatic, for counting clusters. */
  signals: { subjectId: string; count: number }[];
};
export type PlannedPerson = {
  id: string;
  returnee: boolean;
  area: boolean;
  contact: boolean;
  symptoms: boolean;
  /** Tenths of °C. */
  temperature: number | null;
  symptomatic: boolean;
  /** Normalised, for the blind index. */
  documentKey: string | null;
  details: PersonDetails;
};

export type RegistrationContext = {
  now: Date;
  settings: Settings;
  arrival: Arrival;
  /** In memory only: the person's link is derived from it. */
  clientId: string;
  caseNumber: string;
  unitCode: string;
  postingPointId?: string;
  lang?: Lang;
};

/**
 * What a valid registration becomes. The village owes a first verification two hours after the return home or after
 * the registration, whichever is later (两小时内掌握其情况, DOMAIN.md, mechanism 2; VERIFY_MINUTES).
 * Throws `invalid` when one document stands on two members of the household.
 */
export function planRegistration(values: RegistrationValues, ctx: RegistrationContext): RegistrationPlan {
  const { now, settings, caseNumber, unitCode } = ctx;
  refuseRepeatedDocuments(values.persons, ctx.lang);
  const persons = values.persons.map((person, at) => planPerson(person, `${caseNumber}-${at + 1}`));
  const arrivedAt = new Date(values.arrivedAt);
  const openedAt = arrivedAt > now ? arrivedAt : now;
  const verifyDueAt = new Date(openedAt.getTime() + settings.VERIFY_MINUTES * MINUTE);
  return {
    submission: ctx.arrival,
    recordedAt: now,
    household: {
      id: caseNumber,
      unitCode,
      postingPointId: ctx.postingPointId ?? null,
      filledBy: values.filledBy,
      source: values.source ?? "self_report",
      origin: values.origin,
      transitWuhan: values.transitWuhan ?? false,
      leftOn: values.leftOn,
      arrivedAt,
      persons: persons.length,
      verifyDueAt,
      phone: values.phone ?? null,
      details: householdDetails(values),
    },
    persons,
    obligation: planObligation(
      { kind: "registration", unitCode, subjectId: caseNumber, openedAt, dueAt: verifyDueAt },
      { now, settings },
    ),
    link: { clientId: ctx.clientId, expiresAt: new Date(now.getTime() + PERSON_LINK_DAYS * DAY) },
    urgent: persons.some((person) => person.symptomatic),
    signals: persons.filter((person) => person.symptomatic).map(({ id }) => ({ subjectId: id, count: 1 })),
  };
}

function planPerson(person: PersonValues, id: string): PlannedPerson {
  const temperature = person.temperature === undefined ? null : Math.round(person.temperature * 10);
  return {
    id,
    returnee: person.returnee,
    area: person.area,
    contact: person.contact,
    symptoms: person.symptoms,
    temperature,
    symptomatic: person.symptoms || (temperature !== null && temperature >= FEVER_TENTHS),
    documentKey: normalizeDocument(person.document) ?? null,
    details: {
      name: person.name,
      ...(person.document && person.document.kind !== "none" ? { document: person.document } : {}),
    },
  };
}

function householdDetails(values: RegistrationValues): HouseholdDetails {
  const { originPlace, transport, transportNumber, address, phone, contactName, contactPhone, note } = values;
  return { originPlace, transport, transportNumber, address, phone, contactName, contactPhone, note };
}

function refuseRepeatedDocuments(persons: PersonValues[], lang: Lang = "zh-Hans"): void {
  const seen = new Map<string, number>();
  const errors = persons.flatMap((person, at) => {
    const key = normalizeDocument(person.document);
    if (key === undefined) return [];
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, at);
      return [];
    }
    const message = {
      "zh-Hans": `证件号码与第 ${first + 1} 人相同，请核对`,
      "zh-Hant": `證件號碼與第 ${first + 1} 人相同，請核對`,
      en: `This document number is the same as that of person ${first + 1}. Check both.`,
    }[lang];
    return [{ path: `persons.${at}.document`, code: "repeated", message }];
  });
  if (errors.length > 0) throw problem.invalid(errors);
}

/**
 * When an official says that a household was verified: now, or earlier on the clock, to the minute.
 * Throws `invalid` on `occurredAt` for a moment in the future or before the registration.
 */
export function verificationMoment(
  occurredAt: Date | undefined,
  { recordedAt, now, lang }: { recordedAt: Date; now: Date; lang?: Lang },
): Date {
  if (!occurredAt) return now;
  if (Number.isNaN(occurredAt.getTime()) || occurredAt > now) {
    throw problem.answer("occurredAt", "future", FUTURE, lang);
  }
  // A clock time typed by hand has no seconds: 10:00 counts for a registration of 10:00:30.
  if (occurredAt.getTime() < Math.floor(recordedAt.getTime() / MINUTE) * MINUTE) {
    throw problem.answer("occurredAt", "before-registration", BEFORE, lang);
  }
  return occurredAt < recordedAt ? recordedAt : occurredAt;
}

const FUTURE = {
  "zh-Hans": "核实时间不能晚于现在",
  "zh-Hant": "核實時間不能晚於現在",
  en: "The time of verification must not be in the future",
};
const BEFORE = {
  "zh-Hans": "核实时间不能早于登记时间",
  "zh-Hant": "核實時間不能早於登記時間",
  en: "The time of verification must not be before the registration",
};
