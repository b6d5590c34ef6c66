import { Webhook } from "standardwebhooks";
import type { Chance } from "../simulate/chance.ts";
import { addressOf, type County } from "./county.ts";
import type { TakenMail } from "./mail-server.ts";

/*
 * What the mail service tells of its messages by webhook: in any order, now and then twice, again until it is answered
 * with 200.
 */
export const EVENT_SECRET = "whsec_c2FtcGxlLWV2ZW50cy1uZXZlci11c2VkLWI=";
type Event = { id: string; body: string };

export type Postman = {
  /** A message was taken: what becomes of it. */
  hear(mail: TakenMail): void;
  waiting: () => number;
  /** The next webhook, signed now; taken away once `done` is called. */
  next(): { request: Request; done: () => void } | undefined;
};

export function openPostman({ ears }: County, chance: Chance): Postman {
  let events: Event[] = [];
  let count = 0;
  const tell = (type: string, { id, tags, at }: TakenMail, data = {}) => {
    const moment = new Date(at).toISOString();
    const named = Object.fromEntries(tags.map(({ name, value }) => [name, value]));
    const body = JSON.stringify({
      type,
      created_at: moment,
      data: { created_at: moment, email_id: id, tags: named, ...data },
    });
    events.push({ id: `msg_${++count}`, body });
  };
  return {
    hear(mail) {
      const mood = ears.find((ear) => addressOf(ear) === mail.to)?.mood ?? "well";
      if (chance.happens(0.15)) tell("email.sent", mail);
      if (chance.happens(0.07)) tell("email.delivery_delayed", mail);
      if (mood === "bounces")
        return tell("email.bounced", mail, { bounce: { type: "Permanent", subType: "General" } });
      tell("email.delivered", mail);
      if (mood === "complains") tell("email.complained", mail);
    },
    waiting: () => events.length,
    next() {
      if (events.length === 0) return undefined;
      const event = chance.pick(events);
      const now = new Date();
      const headers = {
        "svix-id": event.id,
        "svix-timestamp": String(Math.floor(now.getTime() / 1000)),
        "svix-signature": new Webhook(EVENT_SECRET).sign(event.id, now, event.body),
      };
      const request = new Request("https://baobei.example/hooks/resend", {
        method: "POST",
        headers,
        body: event.body,
      });
      const again = chance.happens(0.1);
      return {
        request,
        done: () => {
          if (!again) events = events.filter((one) => one !== event);
        },
      };
    },
  };
}
