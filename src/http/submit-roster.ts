import { recordAct } from "../db/audit.ts";
import { addContact } from "../db/contact.ts";
import { guarded } from "../db/fault.ts";
import {
  cutShift,
  findShift,
  listDutyPeople,
  listShifts,
  removeShift,
  saveNote,
  saveShifts,
  takeOver,
} from "../db/roster.ts";
import { runBatch } from "../db/store.ts";
import { normalizePhone } from "../domain/identity.ts";
import { problem } from "../domain/problem.ts";
import { type AskedShift, planShift, refuseClashes, TAKE_EARLY } from "../domain/roster.ts";
import { HOUR } from "../domain/time.ts";
import { readText } from "../domain/tip.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";
import { isClientId } from "./page-form.ts";

/** Who acts: the unit whose own link it is, and that link's hash. */
type Official = { unitCode: string; actor: string; lang?: Lang };

const NAME_LENGTH = 40;
const NOTE_LENGTH = 1_000;
/** Notes of one shift: enough for a night, and a row stays small. */
const MOST_NOTES = 10;
/** So long after a shift its handover can still be written down. */
export const NOTE_AFTER = 12 * HOUR;

/**
 * Puts one shift, or the same on days in a row, on the unit's roster: all or none. Sent again under its client id it
 * stays one. Throws `invalid` on person, post, date, from, to or days.
 */
export function addShifts(deps: Deps, request: AskedShift & Official & { clientId?: string }): Promise<void> {
  const { unitCode, lang } = request;
  const zone = deps.settings.TIME_ZONE;
  return guarded(async () => {
    const now = deps.now();
    const people = (await listDutyPeople(deps, unitCode)).filter(({ removed }) => !removed);
    const names = people.map(({ id }) => id);
    const planned = planShift(request, { now, zone, people: names, lang });
    const base = isClientId(request.clientId ?? "") ? request.clientId?.toLowerCase() : deps.newId();
    const shifts = planned.map((shift, at) => ({ ...shift, id: `${base}-${at + 1}` }));
    if (await saveShifts(deps, shifts, acted(deps, request, now))) return;
    // What stood in the way; or the very same, sent twice.
    const [first, last] = [shifts[0], shifts.at(-1)];
    if (!first || !last) return;
    const existing = await listShifts(deps, unitCode, first.startsAt, last.endsAt);
    const same = shifts.every((one) =>
      existing.some((row) => row.id === one.id && +row.startsAt === +one.startsAt && row.post === one.post),
    );
    if (same) return;
    refuseClashes(shifts, existing, { zone, lang });
    throw problem.alreadySettled();
  });
}

/** Takes a shift off the roster; of a running one what was served stays. Throws notFound, alreadySettled, `invalid` on shift. */
export function takeOff(deps: Deps, request: Official & { id: string }): Promise<void> {
  return guarded(async () => {
    const now = deps.now();
    const shift = await standing(deps, request);
    refuseOver(shift, now, request.lang);
    const done =
      shift.startsAt > now
        ? await removeShift(deps.db, shift.id, acted(deps, request, now))
        : await cutShift(deps, shift, deps.newId(), acted(deps, request, now));
    if (!done) throw problem.alreadySettled();
  });
}

/** 接班: whoever comes on has taken over. Throws notFound, alreadySettled, `invalid` on shift when it is too early or over. */
export function takeShift(deps: Deps, request: Official & { id: string }): Promise<void> {
  return guarded(async () => {
    const now = deps.now();
    const shift = await standing(deps, request);
    refuseOver(shift, now, request.lang);
    if (shift.startsAt.getTime() > now.getTime() + TAKE_EARLY)
      throw problem.answer("shift", "early", EARLY, request.lang);
    if (!(await takeOver(deps.db, shift.id, acted(deps, request, now)))) throw problem.alreadySettled();
  });
}

/** Writes down what is handed over with a shift. Throws notFound, alreadySettled, `invalid` on note or shift. */
export function noteHandover(deps: Deps, request: Official & { id: string; note: string }): Promise<void> {
  return guarded(async () => {
    const text = readText(request.note, "note", NOTE_LENGTH, request.lang);
    const now = deps.now();
    const shift = await standing(deps, request);
    refuseOver(shift, now, request.lang, NOTE_AFTER);
    if (shift.startsAt.getTime() > now.getTime())
      throw problem.answer("shift", "early", NOT_BEGUN, request.lang);
    if (shift.notes.length >= MOST_NOTES) throw problem.answer("note", "full", FULL, request.lang);
    // The last one again is a button pressed twice.
    if (shift.notes.at(-1)?.text === text) return;
    if (!(await saveNote(deps, shift, text, acted(deps, request, now)))) throw problem.alreadySettled();
  });
}

/** One more duty officer of the unit; the same address stands once. Throws `invalid` on name, email or phone. */
export function addDutyPerson(
  deps: Deps,
  request: Official & { name: string; email: string; phone: string },
): Promise<void> {
  const { unitCode, actor, lang } = request;
  return guarded(async () => {
    const name = readText(request.name, "name", NAME_LENGTH, lang);
    const email = readText(request.email, "email", 200, lang);
    if (!/^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;]+$/.test(email))
      throw problem.answer("email", "format", NO_EMAIL, lang);
    const phone = normalizePhone(request.phone);
    if (request.phone.trim() && !phone) throw problem.answer("phone", "format", NO_PHONE, lang);
    const [id, recordedAt] = [deps.newId(), deps.now()];
    const { statement } = await addContact(deps, {
      ...{ id, unitCode, role: "duty", lang: lang ?? "zh-Hans", name, email, recordedAt },
      ...(phone ? { phone } : {}),
    });
    await runBatch(deps.db, [
      statement,
      recordAct(deps.db, {
        ...{ id: deps.newId(), actor, act: "roster/contact", subjectId: id, unitCode, recordedAt },
      }),
    ]);
  });
}

/** The shift of the unit that is named. Throws notFound, or alreadySettled when it was taken off. */
async function standing(deps: Deps, { unitCode, id }: Official & { id: string }) {
  const shift = await findShift(deps, unitCode, id);
  if (!shift) throw problem.notFound();
  if (shift.removedAt) throw problem.alreadySettled();
  return shift;
}

/** Throws `invalid` on shift for one that ended longer ago than `within` milliseconds. */
function refuseOver(shift: { endsAt: Date }, now: Date, lang?: Lang, within = 0): void {
  if (shift.endsAt.getTime() + within <= now.getTime()) throw problem.answer("shift", "over", OVER, lang);
}

const acted = (deps: Deps, { unitCode, actor }: Official, now: Date) => ({
  unitCode,
  actor,
  now,
  auditId: deps.newId(),
});

const OVER = {
  "zh-Hans": "这一班已经结束，不能再改",
  "zh-Hant": "這一班已經結束，不能再改",
  en: "This shift is over and stays as it was",
};
const EARLY = {
  "zh-Hans": "接班前 2 小时才能按“接班”",
  "zh-Hant": "接班前 2 小時才能按「接班」",
  en: "A shift can be taken over from two hours before it begins",
};
const NOT_BEGUN = {
  "zh-Hans": "这一班还没有开始，不用写交班说明",
  "zh-Hant": "這一班還沒有開始，不用寫交班說明",
  en: "This shift has not begun: there is nothing to hand over yet",
};
const FULL = {
  "zh-Hans": `一班最多写 ${MOST_NOTES} 条交班说明`,
  "zh-Hant": `一班最多寫 ${MOST_NOTES} 條交班說明`,
  en: `At most ${MOST_NOTES} notes can be written for one shift`,
};
const NO_EMAIL = {
  "zh-Hans": "邮箱地址不对，请核对",
  "zh-Hant": "電子郵件地址不對，請核對",
  en: "The e-mail address is not right. Check it.",
};
const NO_PHONE = {
  "zh-Hans": "请填写能打通的电话号码，没有可以不填",
  "zh-Hant": "請填寫能打通的電話號碼，沒有可以不填",
  en: "Enter a phone number that can be reached, or leave it empty",
};
