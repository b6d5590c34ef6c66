import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { recordDelivery } from "../db/delivery.ts";
import { alertProblem } from "../domain/alert-problem.ts";
import { readEvent } from "../domain/delivery.ts";
import { problem } from "../domain/problem.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";

/*
 * POST /hooks/resend: what became of messages. Whatever is signed is answered with 200, or the provider would send what
 * we have no use for again for a day: a body that is no JSON, a kind that is not about delivery, a message not ours.
 */
export const hookRoutes = factory.createApp().post("/hooks/resend", async (c) => {
  const deps = c.get("deps");
  const now = deps.now();
  const { id, body } = await signed(c);
  const event = readEvent(parsed(body), now);
  return c.json({ outcome: event ? await recordDelivery(deps.db, id, event, now) : "ignored" });
});

/** The webhook's id and its raw body. Throws hookClosed, badSignature, and slowDown for one who tries many. */
async function signed(c: AppContext): Promise<{ id: string; body: string }> {
  const secret = c.get("deps").settings.RESEND_WEBHOOK_SECRET;
  if (!secret) throw alertProblem.hookClosed();
  const id = c.req.header("svix-id") ?? "";
  const body = await c.req.text();
  // The library's own clock allows five minutes; Resend signs each attempt anew (svix), under another name of the headers.
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": c.req.header("svix-timestamp") ?? "",
    "webhook-signature": c.req.header("svix-signature") ?? "",
  };
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    throw (await slowed(c)) ? problem.slowDown(SLOW_SECONDS) : alertProblem.badSignature();
  }
  return { id, body };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
