import { formTitles } from "../../forms/titles.ts";
import type { Words } from "../forms/define.ts";
import type { ObligationKind } from "./ladder.ts";
import type { OwedOfForm } from "./owed-form.ts";

/**
 * What an obligation of kind count, record or decision is called by its form's name alone, where the forms themselves are
 * too large to be at hand: owed-form.ts says also what has to be done. Undefined for a form that is no more there.
 */
export function owedByTitle(
  { kind, subjectId }: { kind: ObligationKind; subjectId: string },
  titles: Readonly<Record<string, Words>> = formTitles,
): OwedOfForm | undefined {
  if (kind !== "count" && kind !== "record" && kind !== "decision") return undefined;
  const [form = "", id = ""] = subjectId.split("/");
  const name = Object.hasOwn(titles, form) ? titles[form] : undefined;
  return name && id ? { name, id } : undefined;
}
