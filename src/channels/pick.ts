import type { Settings } from "../env.ts";
import type { Channel, Mail } from "./channel.ts";
import { devMailbox } from "./dev-mailbox.ts";
import { resendChannel } from "./resend.ts";

/** The transport the settings ask for: Resend where there is a key, else the development mailbox of a local start. */
export function pickChannel(settings: Settings, putDevMail: (mails: Mail[]) => Promise<void>): Channel {
  if (settings.RESEND_API_KEY) return resendChannel(settings.RESEND_API_KEY, settings.RESEND_BASE_URL);
  if (settings.DEV) return devMailbox(putDevMail);
  throw new Error("no channel: RESEND_API_KEY is missing");
}
