import { recordActOnce } from "../../db/audit.ts";
import { listOffices, type Office, type OfficePlace } from "../../db/office.ts";
import { runBatch } from "../../db/store.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { appointTyped, changeTyped, endAsked, officeAt } from "../../http/desk/officials.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { readFields } from "../../http/unit-door.ts";
import { OfficialPage, OfficialsPage } from "../../views/desk/officials.tsx";

const PAGE = 50;

/** /desk/officials: who holds which office within my scope. Each change is one batch; the database says who was first. */
export const officialRoutes = factory
  .createApp()
  .get("/officials", (c) => showAll(c, openDesk(c, "appoint")))
  .post("/officials", async (c) => {
    const desk = openDesk(c, "appoint");
    const typed = await readFields(c, 300);
    const outcome = await appointTyped(c, desk, typed);
    if ("errors" in outcome) return showAll(c, desk, { errors: outcome.errors, typed }, 422);
    return c.redirect(desk.href("/officials?done=added"), 303);
  })
  .get("/officials/:id", async (c) => {
    const desk = openDesk(c, "appoint");
    const done = c.req.query("done") === "changed" ? "changed" : undefined;
    return showOne(c, desk, await officeAt(c, desk), { done });
  })
  .post("/officials/:id/change", async (c) => {
    const desk = openDesk(c, "appoint");
    const typed = await readFields(c, 300);
    const outcome = await changeTyped(c, desk, await officeAt(c, desk), typed);
    if ("id" in outcome) return c.redirect(desk.href(`/officials/${outcome.id}?done=changed`), 303);
    return showOne(c, desk, await officeAt(c, desk), { ...outcome, typed }, "errors" in outcome ? 422 : 409);
  })
  .post("/officials/:id/end", async (c) => {
    const desk = openDesk(c, "appoint");
    const outcome = await endAsked(c, desk, await officeAt(c, desk));
    if ("id" in outcome) return c.redirect(desk.href("/officials?done=ended"), 303);
    return showOne(c, desk, await officeAt(c, desk), outcome, 409);
  });

async function showAll(
  c: AppContext,
  desk: Desk,
  more: Pick<Parameters<typeof OfficialsPage>[0], "errors" | "typed"> = {},
  status: 200 | 422 = 200,
) {
  const after = placeOf(c.req.query("after"));
  const found = await listOffices(c.get("deps"), desk.scope, { after, limit: PAGE });
  const offices = found.slice(0, PAGE);
  const last = found.length > PAGE ? offices.at(-1) : undefined;
  const asked = c.req.query("done");
  const page = (
    <OfficialsPage
      {...more}
      desk={desk}
      offices={offices}
      path={after ? `/officials?after=${after.unitCode}.${after.id}` : "/officials"}
      next={last && `${last.unit.code}.${last.id}`}
      done={asked === "added" || asked === "ended" ? asked : undefined}
    />
  );
  return c.html(page, status);
}

/** Where a page of the list begins; the first page for anything that is no place. */
function placeOf(asked = ""): OfficePlace | undefined {
  const [, unitCode, id] = /^([0-9A-Z]{6,18})\.([\w-]{1,64})$/.exec(asked) ?? [];
  return unitCode && id ? { unitCode, id } : undefined;
}

/** An office with its holder's whole address: that somebody looked is on record, once a day. */
async function showOne(
  c: AppContext,
  desk: Desk,
  office: Office,
  more: Omit<Parameters<typeof OfficialPage>[0], "desk" | "office">,
  status: 200 | 409 | 422 = 200,
) {
  const { db } = c.get("deps");
  const { actor, today, now } = desk;
  await runBatch(db, [
    recordActOnce(db, {
      id: `open-official/${office.id}/${today}/${actor}`,
      actor,
      act: "open-official",
      subjectId: office.id,
      unitCode: office.unit.code,
      recordedAt: now,
    }),
  ]);
  return c.html(<OfficialPage {...more} desk={desk} office={office} />, status);
}
