import { openClimbs, PAGE, type Receipt, saveReceipts } from "../db/acknowledgement.ts";
import { findAlert } from "../db/alert.ts";
import { openAlertToken } from "../db/alert-link.ts";
import { linkToken } from "../db/link.ts";
import { hashToken } from "../db/privacy.ts";
import { acknowledge } from "../domain/acknowledgement.ts";
import type { AlertStory } from "../domain/alert.ts";
import { alertProblem } from "../domain/alert-problem.ts";
import { firstSlot, slotCloses } from "../domain/follow-up.ts";
import { problem } from "../domain/problem.ts";
import { DAY } from "../domain/time.ts";
import { LANGS, type Lang } from "../forms/define.ts";
import type { AppContext } from "./factory.ts";

/** How long an alert's page opens. */
const LIVES = 30 * DAY;
/** A message tells of thousands at the most; what is left waits for another press. */
const MAX_PAGES = 50;
/** A sweep at the same moment may move some of them: they are read again. */
const PASSES = 3;

export type AlertDoor = AlertStory & {
  token: string;
  lang: Lang;
  now: Date;
  /** The unit's own page, a key: only for who reads it alone. */
  unitUrl?: string;
};

/**
 * Opens /a/<token>, and changes nothing: link previews come here too. In the reader's language where the address names
 * one, else in the contact's. Throws linkUnknown, alertRevoked or alertExpired; no browser keeps the page.
 */
export async function openAlertDoor(c: AppContext): Promise<AlertDoor> {
  const deps = c.get("deps");
  const token = c.req.param("token") ?? "";
  const now = deps.now();
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
  const story = await findAlert(deps.db, await openAlertToken(deps, token), now);
  if (!story) throw problem.linkUnknown();
  const { head } = story;
  if (!LANGS.includes(c.req.query("lang") as Lang) && head.lang) c.set("lang", head.lang);
  if (!head.lang || head.removedAt !== null) throw alertProblem.alertRevoked();
  if (head.recordedAt + LIVES <= now.getTime()) throw alertProblem.alertExpired();
  const unitUrl =
    head.channel === "mail" && head.linkNonce
      ? { unitUrl: `/u/${await linkToken(deps, "unit", head.linkNonce)}` }
      : {};
  return { ...story, token, lang: c.get("lang"), now, ...unitUrl };
}

/** 签收: every climb that the message told of, and that is still on, waits for ACK_MINUTES. Once an alert. */
export async function acknowledgeAlert(c: AppContext, door: AlertDoor): Promise<void> {
  const { db, settings } = c.get("deps");
  const { id: outboxId, unitCode } = door.head;
  const by = { outboxId, unitCode, actor: await hashToken(door.token), now: door.now };
  const now = door.now.getTime();
  for (let pass = 0; pass < PASSES; pass++) {
    let lost = 0;
    let after = "";
    for (let page = 0; page < MAX_PAGES; page++) {
      const climbs = await openClimbs(db, outboxId, after);
      const receipts = climbs.flatMap((climb): Receipt[] => {
        const { nextDueAt } = climb;
        const nextSlotClose =
          climb.kind === "follow-up" ? { nextSlotClose: closeAfter(climb.dueAt, settings.TIME_ZONE) } : {};
        const held = acknowledge({ nextDueAt, settled: false, ...nextSlotClose }, now, settings.ACK_MINUTES);
        // With a next step that can no longer be held the slot is over: the sweep is about to say so.
        return held || nextDueAt === null ? [{ climb, held }] : [];
      });
      if (receipts.length > 0) lost += receipts.length - (await saveReceipts(db, by, receipts));
      if (climbs.length < PAGE) break;
      after = climbs.at(-1)?.obligationId ?? "";
    }
    if (lost === 0) return;
  }
}

/** When the slot after the one that was due closes. */
const closeAfter = (dueAt: number, zone: string): number =>
  slotCloses(firstSlot(new Date(dueAt), zone), zone).getTime();
