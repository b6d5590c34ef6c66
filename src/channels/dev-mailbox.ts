import type { Channel, Mail } from "./channel.ts";

/** Mail that goes no further than the development mailbox. @param put keeps messages, each id once */
export function devMailbox(put: (mails: Mail[]) => Promise<void>): Channel {
  return {
    name: "dev-mailbox",
    async send({ key, messages }) {
      const ids = messages.map((_, at) => `${key}/${String(at).padStart(2, "0")}`);
      await put(messages.map((mail, at) => ({ ...mail, id: ids[at] ?? mail.id })));
      return { kind: "sent", ids };
    },
  };
}
