import { actorNames } from "../db/actor.ts";
import { unitsByCode } from "../db/ticket-list.ts";
import { listTicketEvents, type Ticket } from "../db/ticket-read.ts";
import type { Scope } from "../domain/office.ts";
import type { BeatenView, TicketLineView } from "../views/unit-ticket.tsx";
import type { Deps } from "./factory.ts";

/** A ticket's history for a page: who by name and unit, and units by their names. */
export async function ticketHistory(
  deps: Deps,
  ticket: Ticket,
  scope: Scope,
  before?: string,
): Promise<{ lines: TicketLineView[]; earlier?: string | undefined }> {
  const { lines, earlier } = await listTicketEvents(deps, ticket, scope, before);
  const missed = [...new Set(lines.flatMap(({ words }) => words.without ?? []))];
  const [who, units] = await Promise.all([
    actorNames(
      deps,
      lines.map(({ actor }) => actor),
    ),
    missed.length > 0 ? unitsByCode(deps, missed) : [],
  ]);
  const nameOf = new Map(units.map(({ code, name }) => [code, name]));
  return {
    earlier,
    lines: lines.map(({ actor, words, ...line }) => {
      const { unitName = "", name } = who.get(actor) ?? {};
      const without = words.without?.map((code) => nameOf.get(code) ?? code);
      return {
        ...line,
        words: { ...words, ...(without ? { without } : {}) },
        who: name ? `${unitName} ${name}` : unitName,
      };
    }),
  };
}

/** Units of a ticket that owe an answer now. */
export const owingUnits = ({ closedAt, units }: Ticket) =>
  closedAt ? [] : units.filter((one) => !one.answeredAt && !one.removedAt);

/** Who was first, by name and unit, for a page. */
export async function beatenBy(
  deps: Deps,
  { actor, at, kind }: Pick<TicketLineView, "at" | "kind"> & { actor: string },
): Promise<BeatenView> {
  const { unitName = "", name = "" } = (await actorNames(deps, [actor])).get(actor) ?? {};
  return { at, kind, who: `${unitName} ${name}`.trim() };
}
