import { findUnit } from "../../db/unit.ts";
import {
  EXPORT_FORMATS,
  EXPORT_PURPOSES,
  EXPORT_STATES,
  EXPORT_WORDS,
  type ExportFilter,
  type ExportFormat,
  type ExportKind,
  type ExportPurpose,
  formatsFor,
  kindsFor,
} from "../../domain/export.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { isDate } from "../../domain/time.ts";
import { EXPORT } from "../../views/desk/export-words.ts";
import type { Deps } from "../factory.ts";
import type { Desk } from "./door.tsx";

/** What an official asked to take away, valid; `exact`: of one grid alone. */
export type Asked = {
  kind: ExportKind;
  format: ExportFormat;
  filter: ExportFilter;
  exact: boolean;
  masked: boolean;
  purpose: ExportPurpose;
  words: string;
};

/** Reads the form; what must be mended comes back. Throws notAllowed for what the office may not ask for at all. */
export async function readAsked(
  { db }: Pick<Deps, "db">,
  desk: Desk,
  typed: Record<string, string>,
): Promise<Asked | { errors: FieldError[] }> {
  const { lang } = desk;
  const errors: FieldError[] = [];
  const wrong = (path: string, message: string) => {
    errors.push({ path, code: path, message });
    return undefined;
  };
  const one = <T extends string>(path: keyof typeof EXPORT.choose, choices: readonly T[]): T | undefined =>
    choices.find((choice) => choice === typed[path]) ?? wrong(path, EXPORT.choose[path][lang]);
  const day = (path: string): string | undefined => {
    const given = typed[path]?.trim();
    return !given || isDate(given) ? given || undefined : wrong(path, EXPORT.wrongDay[lang]);
  };
  const masked = typed.open !== "open";
  if (!masked && !desk.may("export-open")) throw problem.notAllowed();
  const kind = one("kind", kindsFor(desk.may));
  const format = one("format", EXPORT_FORMATS);
  if (kind && format && !formatsFor(kind).includes(format)) wrong("format", EXPORT.workbookOnly[lang]);
  const purpose = one("purpose", EXPORT_PURPOSES);
  const words = (typed.words ?? "").trim().slice(0, EXPORT_WORDS);
  if (!words && (!masked || purpose === "other")) wrong("words", EXPORT.needWords[lang]);
  const [from, to] = [day("from"), day("to")];
  if (from && to && to < from) wrong("to", EXPORT.wrongDays[lang]);
  // The page offers one list of states for all kinds; one of another kind asks for nothing.
  const [stateKind = "", given = ""] = (typed.state ?? "").split("/");
  const state = stateKind === kind ? EXPORT_STATES[kind].find((name) => name === given) : undefined;
  if (typed.state && !state) wrong("state", EXPORT.wrongState[lang]);
  const code = typed.unit?.trim().toUpperCase() || desk.scope.code;
  const unit = /^[0-9A-Z]{6,18}$/.test(code) && desk.sees(code) ? await findUnit(db, code) : undefined;
  if (!unit) wrong("unit", EXPORT.wrongUnit[lang]);
  if (!kind || !format || !purpose || !unit || errors.length > 0) return { errors };
  const filter = {
    unit: code,
    ...(state ? { state } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
  return { kind, format, filter, exact: unit.kind === "grid", masked, purpose, words };
}
