import { DAY } from "../../src/domain/time.ts";
import type { Answered, Asked, Server } from "./line.ts";

/*
 * Resend's batch endpoint in a few lines, so that a thousand schedules take minutes: keys are kept for 24 hours, the same
 * key with other bytes is 409, one that is still being worked on is 409 too. tests/mail/crash.test.ts holds it against
 * the pinned emulator.
 */
export type TakenMail = {
  id: string;
  key: string;
  to: string;
  subject: string;
  text: string;
  tags: { name: string; value: string }[];
  at: number;
};
export type MailServer = Server & {
  taken: TakenMail[];
  /** How often a post met its key still at work. */
  atWork: () => number;
};

/** Addresses at this host are refused, as one that is no address would be. */
export const REFUSED_HOST = "refused.example";
type Kept = { bytes: string; ids: string[]; at: number; working: boolean };
type Email = { from?: string; to?: string[]; subject?: string; text?: string; tags?: TakenMail["tags"] };

/** @param onTaken hears of each message as it is taken */
export function openMailServer(onTaken: (mail: TakenMail) => void = () => {}): MailServer {
  const keys = new Map<string, Kept>();
  const taken: TakenMail[] = [];
  let atWork = 0;
  return {
    name: "mail",
    host: "mail.sample.example",
    slowest: 12,
    taken,
    atWork: () => atWork,
    arrive({ headers, body }, at) {
      const fault = faultOf(body);
      if (fault) return json(422, { statusCode: 422, name: "validation_error", message: fault });
      const key = headers.get("idempotency-key") ?? "";
      const kept = keys.get(key);
      if (kept && (kept.working || at - kept.at <= DAY)) {
        if (kept.working) {
          atWork += 1;
          return conflict("concurrent_idempotent_requests");
        }
        if (kept.bytes !== body) return conflict("invalid_idempotent_request");
        return json(200, { data: kept.ids.map((id) => ({ id })) });
      }
      keys.set(key, { bytes: body, ids: [], at, working: true });
      return undefined;
    },
    take({ headers, body }, at) {
      const key = headers.get("idempotency-key") ?? "";
      const mails = (JSON.parse(body) as Email[]).map((email): TakenMail => {
        const id = `re_${taken.length + 1}`;
        const { to = [], subject = "", text = "", tags = [] } = email;
        const mail = { id, key, to: to[0] ?? "", subject, text, tags, at };
        taken.push(mail);
        return mail;
      });
      for (const mail of mails) onTaken(mail);
      keys.set(key, { bytes: body, ids: mails.map(({ id }) => id), at, working: false });
      return json(200, { data: mails.map(({ id }) => ({ id })) });
    },
  };
}

function faultOf(body: string): string | undefined {
  const emails = JSON.parse(body) as Email[];
  if (!Array.isArray(emails)) return "Request body must be an array";
  if (emails.length > 100) return "Batch size cannot exceed 100 emails";
  if (emails.some(({ from, to, subject }) => !from || !to || !subject)) return "Missing required field";
  return emails.some(({ to }) => to?.[0]?.endsWith(`@${REFUSED_HOST}`)) ? "Invalid `to` field" : undefined;
}

const conflict = (name: string) => json(409, { statusCode: 409, name, message: "sample" });
const json = (status: number, body: unknown): Answered => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

export type { Asked };
