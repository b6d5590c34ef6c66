import { recordAct } from "../../db/audit.ts";
import { clearContact, dropContact, findContact, isContactOf, putContact } from "../../db/contact-desk.ts";
import { line } from "../../db/desk-act.ts";
import { guarded } from "../../db/fault.ts";
import { runBatch } from "../../db/store.ts";
import { planContact } from "../../domain/contact.ts";
import { problem } from "../../domain/problem.ts";
import { acting, openManaged, readPost } from "../../http/desk/manage.ts";
import { backTo, doneWords, firstWords, refused, showManage } from "../../http/desk/manage-page.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { CONTACT } from "../../views/desk/units-words.ts";

/*
 * /desk/manage/<code>: a unit's contacts and links; who hears is entered, looked at on record, checked and removed.
 */
export const contactRoutes = factory
  .createApp()
  .get("/manage/:code", async (c) => {
    const managed = await openManaged(c, c.req.param("code"));
    return showManage(c, managed, { said: doneWords(c, managed.desk) });
  })
  .post("/manage/:code/contacts", async (c) => {
    const managed = await openManaged(c, c.req.param("code"), "manage");
    const { desk, unit } = managed;
    const { lang } = desk;
    const typed = await readPost(c, desk);
    if (unit.closedAt) throw problem.alreadySettled();
    const deps = c.get("deps");
    const allowPrivate = deps.settings.ALLOW_PRIVATE_TARGETS === "1";
    const planned = refused(() => planContact(typed, { allowPrivate, lang }));
    if ("errors" in planned) return showManage(c, managed, { errors: planned.errors, typed }, 422);
    const added = await guarded(() =>
      putContact(deps, unit.code, planned.value, { ...acting(c, desk), id: deps.newId() }),
    );
    if (added) return backTo(c, managed, "add");
    const path = planned.value.channel === "mail" ? "email" : "url";
    const errors = [{ path, code: "there", message: CONTACT.there[lang] }];
    return showManage(c, managed, { errors, typed }, 409);
  })
  .post("/manage/:code/contacts/:id/reveal", async (c) => {
    const managed = await openManaged(c, c.req.param("code"), "reveal");
    const { desk, unit } = managed;
    await readPost(c, desk);
    const deps = c.get("deps");
    const found = await findContact(deps, unit.code, c.req.param("id"));
    if (!found) throw problem.caseNotFound();
    const act = line(acting(c, desk), "reveal-contact", found.id, unit.code, found.role);
    await guarded(() => runBatch(deps.db, [recordAct(deps.db, act)]));
    return showManage(c, managed, { revealed: found.id });
  })
  .post("/manage/:code/contacts/:id/clear", (c) => change(c, "clear", clearContact))
  .post("/manage/:code/contacts/:id/remove", (c) => change(c, "remove", dropContact));

/** One change of a contact: done and back, or the page with who was first. */
async function change(c: AppContext, did: "clear" | "remove", write: typeof dropContact) {
  const managed = await openManaged(c, c.req.param("code") ?? "", "manage");
  const { desk, unit } = managed;
  await readPost(c, desk);
  const { db } = c.get("deps");
  const id = c.req.param("id") ?? "";
  if (await guarded(() => write(db, unit.code, id, acting(c, desk)))) return backTo(c, managed, did);
  if (!(await isContactOf(db, unit.code, id))) throw problem.caseNotFound();
  const said = await firstWords(c, desk, id, ["clear-contact", "remove-contact", "add-contact"]);
  return showManage(c, managed, { said }, 409);
}
