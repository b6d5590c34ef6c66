import { guarded } from "../db/fault.ts";
import { saveTicketAnswer } from "../db/ticket.ts";
import { owedSubject } from "../db/ticket-read.ts";
import { problem } from "../domain/problem.ts";
import { TICKET_TEXT } from "../domain/ticket.ts";
import { readText } from "../domain/tip.ts";
import type { Lang } from "../forms/define.ts";
import type { Deps } from "./factory.ts";

/** A ticket may be asked anew between the look and the write; more often than that it does not. */
const ATTEMPTS = 3;

/**
 * A unit says what was done. The ticket and the unit are the sender's to see already. Throws `alreadySettled` where the
 * unit owes nothing (answered by another, taken off, closed), `invalid` on `text`.
 */
export async function answerTicket(
  deps: Deps,
  request: { ticketId: string; unitCode: string; actor: string; text: string; lang?: Lang },
): Promise<void> {
  const { ticketId, unitCode, actor, lang } = request;
  const text = readText(request.text, "text", TICKET_TEXT, lang);
  return guarded(async () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const subject = await owedSubject(deps, ticketId, unitCode);
      if (!subject) throw problem.alreadySettled();
      const saved = await saveTicketAnswer(deps, {
        ...{ ticketId, unitCode, subject, actor, text },
        recordedAt: deps.now(),
        auditId: deps.newId(),
      });
      if (saved) return;
    }
    throw problem.alreadySettled();
  });
}
