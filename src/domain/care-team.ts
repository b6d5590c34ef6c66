import type { Settings } from "../env.ts";
import type { Lang, Words } from "../forms/define.ts";
import { normalizePhone } from "./identity.ts";
import { type NewObligation, planObligation } from "./obligation.ts";
import { problem } from "./problem.ts";
import { MINUTE } from "./time.ts";

/*
 * 包保 (三包一, 五包一; DOMAIN.md 13): named people who answer for one household, in roles that a unit sets. An unfilled
 * role is owed like anything else.
 */
const ROLE_WORDS: Record<string, Words> = {
  village_cadre: { "zh-Hans": "村（社区）干部", "zh-Hant": "村（社區）幹部", en: "Village cadre" },
  town_cadre: { "zh-Hans": "镇（街道）干部", "zh-Hant": "鎮（街道）幹部", en: "Town cadre" },
  county_leader: { "zh-Hans": "包联县领导", "zh-Hant": "包聯縣領導", en: "County leader" },
  doctor: { "zh-Hans": "医生", "zh-Hant": "醫生", en: "Doctor" },
  police: { "zh-Hans": "民警", "zh-Hant": "民警", en: "Police officer" },
  relative: { "zh-Hans": "亲属", "zh-Hant": "親屬", en: "Relative" },
  grid_worker: { "zh-Hans": "网格员", "zh-Hant": "網格員", en: "Grid worker" },
};

/** A role in words; one that the settings made up stands for itself. */
export const roleWords = (role: string, lang: Lang): string =>
  Object.hasOwn(ROLE_WORDS, role) ? (ROLE_WORDS[role] as Words)[lang] : role;

/** The roles a household of this unit must have: those set for the longest prefix of its code, else CARE_ROLES. */
export function rolesFor(
  unitCode: string,
  settings: Pick<Settings, "CARE_ROLES" | "CARE_ROLES_BY_UNIT">,
): string[] {
  const [own] = Object.entries(settings.CARE_ROLES_BY_UNIT)
    .filter(([prefix]) => unitCode.startsWith(prefix))
    .sort(([a], [b]) => b.length - a.length);
  return own ? own[1] : settings.CARE_ROLES;
}

/** One obligation a role, open until somebody is named. */
export function planCareRoles(
  householdId: string,
  unitCode: string,
  { now, settings }: { now: Date; settings: Settings },
): NewObligation[] {
  const dueAt = new Date(now.getTime() + settings.CARE_MINUTES * MINUTE);
  return rolesFor(unitCode, settings).map((role) =>
    planObligation(
      { kind: "care-role", unitCode, subjectId: `${householdId}/${role}`, openedAt: now, dueAt },
      { now, settings },
    ),
  );
}

/** Throws `invalid` on `role` for one that this unit does not have. */
export function checkRole(
  role: string,
  unitCode: string,
  settings: Pick<Settings, "CARE_ROLES" | "CARE_ROLES_BY_UNIT">,
  lang?: Lang,
): string {
  if (rolesFor(unitCode, settings).includes(role)) return role;
  throw problem.answer("role", "choice", NO_ROLE, lang);
}

const NO_ROLE: Words = {
  "zh-Hans": "没有这个包保角色，请重新选择",
  "zh-Hant": "沒有這個包保角色，請重新選擇",
  en: "There is no such role. Choose another.",
};

/** What `careRole.sealed` opens to: row id = <household>/<role>, column "care". */
export type CareDetails = { name: string; phone: string };

/** The name, phone and perhaps address of somebody named for a role. Throws `invalid` on phone or email. */
export function planContact(
  { name, phone, email }: CareDetails & { email?: string },
  lang?: Lang,
): CareDetails & { email?: string } {
  const digits = normalizePhone(phone);
  if (!digits) throw problem.answer("phone", "format", NO_PHONE, lang);
  const address = email?.trim();
  if (address && !(address.length <= 200 && /^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;]+$/.test(address)))
    throw problem.answer("email", "format", NO_EMAIL, lang);
  return { name, phone: digits, ...(address ? { email: address } : {}) };
}

const NO_PHONE = {
  "zh-Hans": "请填写能打通的电话号码，例如 13800138000",
  "zh-Hant": "請填寫能打通的電話號碼，例如 13800138000",
  en: "Enter a phone number that can be reached, such as 13800138000",
};
const NO_EMAIL = {
  "zh-Hans": "邮箱地址不对，请核对；没有可以不填",
  "zh-Hant": "電子郵件地址不對，請核對；沒有可以不填",
  en: "The e-mail address is not right. Check it, or leave it empty.",
};
