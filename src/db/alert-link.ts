import { outboxTag, taggedOutbox } from "../domain/delivery.ts";
import { problem } from "../domain/problem.ts";
import { hashToken, type Privacy } from "./privacy.ts";

/*
 * The link of one alert. Nothing of it is stored: the message's own id stands in it, and what only this house can
 * derive from that id proves that the house wrote it.
 */
type Keyed = { privacy: Pick<Privacy, "derive"> };

/** The token of `/a/<token>`: the outbox row's id in base64url, a dot, 22 characters nobody else can foretell. */
export async function alertToken({ privacy }: Keyed, outboxId: string): Promise<string> {
  return `${outboxTag(outboxId)}.${await privacy.derive("link/alert", outboxId)}`;
}

/** The outbox row's id of a token of `alertToken`. Throws linkUnknown for anything else. */
export async function openAlertToken(store: Keyed, token: string): Promise<string> {
  const [, tag = ""] = /^([A-Za-z0-9_-]{1,256})\.[A-Za-z0-9_-]{22}$/.exec(token) ?? [];
  const outboxId = taggedOutbox(tag);
  if (!outboxId) throw problem.linkUnknown();
  // Hashes are compared, so that the time it takes tells nothing of the token.
  const [given, own] = await Promise.all([token, await alertToken(store, outboxId)].map(hashToken));
  if (given !== own) throw problem.linkUnknown();
  return outboxId;
}
