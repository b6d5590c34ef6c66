import { checkCaseNumber, compact } from "../domain/identity.ts";

/** A case or person by the number somebody typed, WY-0217-4486 or WY-0217-4486-1; undefined where it does not check. */
export function readCaseNumber(text: string): string | undefined {
  const [, number = "", place] = /^(.*?\d{4}-?\d{4})(?:-(\d{1,2}))?$/.exec(compact(text)) ?? [];
  const home = checkCaseNumber(number);
  return home && (place ? `${home}-${Number(place)}` : home);
}
