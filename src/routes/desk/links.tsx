import { recordActs } from "../../db/desk-act.ts";
import { guarded } from "../../db/fault.ts";
import { cardsOf, endUnitLink, linkSubject, makeUnitLinks } from "../../db/link-desk.ts";
import { runBatch } from "../../db/store.ts";
import { listChildren } from "../../db/unit.ts";
import { PRINTED, REVOKE_REASONS } from "../../domain/link-desk.ts";
import { problem } from "../../domain/problem.ts";
import { readText } from "../../domain/tip.ts";
import { acting, type Managed, making, openManaged, readPost } from "../../http/desk/manage.ts";
import { backTo, firstWords, refused, showManage } from "../../http/desk/manage-page.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { CardsPage } from "../../views/desk/cards.tsx";
import { LINK } from "../../views/desk/units-words.ts";

const NOTE_LENGTH = 300;

/*
 * /desk/manage/<code>/links, …/cards: the links of units' own doors are made, replaced, revoked, and shown to be printed.
 * A link is a key: it stands in what answers a post, never in an address.
 */
export const linkRoutes = factory
  .createApp()
  .post("/manage/:code/links", async (c) => {
    const managed = await posted(c);
    if (managed.unit.closedAt) throw problem.alreadySettled();
    await guarded(() => makeUnitLinks(c.get("deps"), [managed.unit.code], making(c, managed.desk)));
    return backTo(c, managed, "make");
  })
  .post("/manage/:code/links/below", async (c) => {
    const managed = await posted(c);
    const deps = c.get("deps");
    const units = (await listChildren(deps.db, managed.unit.code)).map(({ code }) => code);
    await guarded(() => makeUnitLinks(deps, units, making(c, managed.desk)));
    return backTo(c, managed, "bulk");
  })
  .post("/manage/:code/links/renew", async (c) => {
    const managed = await posted(c);
    return end(c, managed, { reason: "renewed", sealed: null, anew: true });
  })
  .post("/manage/:code/links/revoke", async (c) => {
    const managed = await posted(c);
    const { typed, desk } = managed;
    const { lang } = desk;
    const reason = REVOKE_REASONS.find((one) => one === typed.reason);
    if (!reason) {
      const errors = [{ path: "reason", code: "required", message: LINK.needReason[lang] }];
      return showManage(c, managed, { errors, typed }, 422);
    }
    const note = refused(() =>
      typed.note?.trim() ? readText(typed.note, "note", NOTE_LENGTH, lang) : undefined,
    );
    if ("errors" in note) return showManage(c, managed, { errors: note.errors, typed }, 422);
    const auditId = c.get("deps").newId();
    const sealed = note.value
      ? await c.get("deps").privacy.seal({ text: note.value }, auditId, "audit")
      : null;
    return end(c, managed, { reason, sealed, auditId, anew: false });
  })
  .post("/manage/:code/cards", async (c) => showCards(c, await posted(c), false))
  .post("/manage/:code/cards/below", async (c) => showCards(c, await posted(c), true));

type Posted = Managed & { typed: Record<string, string> };

/** What was posted about a unit's links, by somebody who may. */
async function posted(c: AppContext): Promise<Posted> {
  const managed = await openManaged(c, c.req.param("code") ?? "", "manage");
  return { ...managed, typed: await readPost(c, managed.desk) };
}

/** Ends one link of the unit, once: whoever comes second is told who was first. */
async function end(
  c: AppContext,
  managed: Posted,
  { anew, ...why }: { reason: string; sealed: string | null; auditId?: string; anew: boolean },
) {
  const { desk, unit, typed } = managed;
  const deps = c.get("deps");
  const tokenHash = typed.link ?? "";
  const which = { unitCode: unit.code, tokenHash };
  const done = await guarded(() =>
    endUnitLink(deps, which, { ...acting(c, desk), ...why }, anew ? making(c, desk) : undefined),
  );
  if (done) return backTo(c, managed, anew ? "renew" : "revoke");
  const said = await firstWords(c, desk, linkSubject(tokenHash), ["renew-link", "revoke-link"]);
  return showManage(c, managed, { said, typed }, 409);
}

async function showCards(c: AppContext, { desk, unit, typed }: Posted, below: boolean) {
  const deps = c.get("deps");
  const after = /^[0-9A-Z]{6,18}$/.test(typed.after ?? "") ? typed.after : undefined;
  const { cards, next } = await cardsOf(deps, { code: unit.code, below, after }, desk.now, PRINTED);
  const lines = cards.map(({ code, tokenHash }) => ({
    ...{ auditId: deps.newId(), subjectId: linkSubject(tokenHash), unitCode: code },
  }));
  // Who looks is written down before the keys leave.
  if (lines.length > 0)
    await guarded(() => runBatch(deps.db, [recordActs(deps.db, desk, "show-link", lines)]));
  const { PUBLIC_URL } = deps.settings;
  return c.html(
    <CardsPage
      desk={desk}
      unit={unit}
      next={next}
      cards={cards.map(({ code, name, token }) => ({ code, name, url: `${PUBLIC_URL}/u/${token}` }))}
    />,
  );
}
