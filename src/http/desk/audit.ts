import type { AuditFilter, AuditPlace } from "../../db/audit-log.ts";
import { findUnit } from "../../db/unit.ts";
import { checkCaseNumber } from "../../domain/identity.ts";
import type { FieldError } from "../../domain/problem.ts";
import { addDays, isDate, momentOf } from "../../domain/time.ts";
import { ABOUT_SENDER, mayReachSender } from "../../domain/tip-desk.ts";
import { AUDIT } from "../../views/desk/audit-words.ts";
import type { Deps } from "../factory.ts";
import type { Desk } from "./door.tsx";

/** What the audit is looked through by, as an address carries it: codes, never a name, phone or document. */
export const AUDIT_FIELDS = ["by", "subject", "unit", "day"] as const;
export type AuditTyped = Partial<Record<(typeof AUDIT_FIELDS)[number] | "before", string>>;

/** Reads the filter; what must be mended comes back beside what can be shown all the same. */
export async function readAuditFilter(
  { db, settings }: Pick<Deps, "db" | "settings">,
  desk: Desk,
  given: Record<string, string | undefined>,
): Promise<{
  filter: AuditFilter;
  typed: AuditTyped;
  before?: AuditPlace | undefined;
  errors: FieldError[];
}> {
  const { lang, scope, zone } = desk;
  const errors: FieldError[] = [];
  const wrong = (path: string, message: string) => {
    errors.push({ path, code: path, message });
    return undefined;
  };
  const text = (name: string) => given[name]?.trim() || undefined;
  const by = shaped(text("by"), ACTOR, () => wrong("by", AUDIT.wrongBy[lang]));
  const said = text("subject");
  const subject = shaped((said && checkCaseNumber(said)) ?? said, SUBJECT, () =>
    wrong("subject", AUDIT.wrongSubject[lang]),
  );
  const day = text("day");
  if (day && !isDate(day)) wrong("day", AUDIT.wrongDay[lang]);
  const code = text("unit")?.toUpperCase();
  const unit =
    code && /^[0-9A-Z]{6,18}$/.test(code) && desk.sees(code) ? await findUnit(db, code) : undefined;
  if (code && !unit) wrong("unit", AUDIT.wrongUnit[lang]);
  const [, at, id] = /^(\d{1,15})\.([\w./:~-]{1,200})$/.exec(given.before ?? "") ?? [];
  if (given.before && !id) wrong("before", AUDIT.wrongPage[lang]);
  const shown = unit?.code ?? scope.code;
  const known = day && isDate(day);
  return {
    errors,
    typed: { by, subject, unit: unit?.code, day: known ? day : undefined },
    before: at && id ? { at: Number(at), id } : undefined,
    filter: {
      unit: shown,
      hidden: mayReachSender(desk.officer.unit.kind) ? [] : ABOUT_SENDER,
      exact: unit ? unit.kind === "grid" : scope.exact,
      whole: shown === settings.COUNTY_CODE,
      actor: by,
      subject,
      from: known ? momentOf(day, "00:00", zone).getTime() : undefined,
      to: known ? momentOf(addDays(day, 1), "00:00", zone).getTime() : undefined,
    },
  };
}

/** official/<id>, a link's hash, or a role. */
const ACTOR = /^[\w/-]{1,80}$/;
/** A number of ours has letters and a dash or stroke: a phone or document typed here by mistake goes into no address. */
const SUBJECT = /^(?=.*[A-Za-z])(?=.*[-/])[\w./:-]{3,120}$/;

const shaped = (value: string | undefined, shape: RegExp, fault: () => undefined): string | undefined =>
  value === undefined || shape.test(value) ? value : fault();
