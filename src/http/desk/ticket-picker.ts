import { parentsAmong, unitsByCode } from "../../db/ticket-list.ts";
import { findUnit, listChildren } from "../../db/unit.ts";
import { type Scope, withinScope } from "../../domain/office.ts";
import { problem } from "../../domain/problem.ts";
import { TICKET_UNITS } from "../../domain/ticket.ts";
import { unitOfCode } from "../../domain/unit.ts";
import type { PickerView } from "../../views/desk/tickets-new.tsx";
import type { Deps } from "../factory.ts";

/** What one level shows at most: a county has some fifty towns, a town some thirty villages. */
const SHOWN = 200;

/**
 * Units to choose from: those chosen, and one level of the scope's tree. @param look whose units below are shown; the
 * scope's own where it is none of them
 */
export async function pickerOf(
  deps: Deps,
  scope: Scope,
  codes: string[],
  look: string | undefined,
): Promise<PickerView> {
  const { db } = deps;
  const at = look && withinScope(scope, look) && unitOfCode(look) ? look : scope.code;
  const wanted = [...new Set(codes)].filter((code) => withinScope(scope, code)).slice(0, TICKET_UNITS + 1);
  const parent = at === scope.code ? undefined : (unitOfCode(at)?.parent ?? undefined);
  const [looked, up, children, picked] = await Promise.all([
    findUnit(db, at),
    parent && withinScope(scope, parent) ? findUnit(db, parent) : undefined,
    scope.exact ? [] : listChildren(db, at),
    unitsByCode(deps, wanted),
  ]);
  if (!looked) throw problem.caseNotFound();
  const choices = [...(scope.exact || at !== scope.code ? [looked] : []), ...children];
  const shown = choices.filter(({ code }) => !wanted.includes(code)).slice(0, SHOWN);
  const parents = await parentsAmong(
    deps,
    shown.map(({ code }) => code),
  );
  return {
    ...{ looked, up, picked },
    choices: shown.map(({ code, name }) => ({ code, name, below: code !== at && parents.has(code) })),
  };
}
