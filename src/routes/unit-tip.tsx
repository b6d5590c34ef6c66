import { recordAct, recordActOnce } from "../db/audit.ts";
import { type Db, runBatch } from "../db/store.ts";
import { findTip, type OpenTip } from "../db/tip.ts";
import { findUnit } from "../db/unit.ts";
import { type FieldError, ProblemError, problem } from "../domain/problem.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { verifyTip } from "../http/submit.ts";
import { whoActed } from "../http/unit-acts.ts";
import { openUnitDoor, readFields, sees, type UnitDoor } from "../http/unit-door.ts";
import { CASE, TIP } from "../views/unit-case-words.ts";
import { TipPage, type TipPageProps } from "../views/unit-tip.tsx";

/*
 * /u/<token>/tip/<number>: one tip that concerns this unit's subtree. Who left it is not shown; towns and the county
 * may ask, on record, how to reach a sender who left a way. Opening a tip is on record too: it tells of a person.
 */
export const unitTipRoutes = factory
  .createApp()
  .get("/tip/:id", async (c) => {
    const door = await openUnitDoor(c);
    return showTip(c, door, await tipOf(c, door));
  })
  .post("/tip/:id/reveal", async (c) => {
    const door = await openUnitDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    const found = await tipOf(c, door);
    if (!mayReach(door, found)) throw problem.outOfScope();
    const { db, newId, now } = c.get("deps");
    await runBatch(db, [
      recordAct(db, {
        id: newId(),
        actor: door.actor,
        act: "reveal-tip-sender",
        subjectId: found.id,
        unitCode: found.holder,
        recordedAt: now(),
      }),
    ]);
    return showTip(c, door, found, { reachable: found.details.reachable ?? "" });
  })
  .post("/tip/:id/verify", async (c) => {
    const typed = await readFields(c);
    const door = await openUnitDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    const found = await tipOf(c, door);
    const { lang } = door;
    const { outcome = "", answer = "" } = typed;
    const errors: FieldError[] = [];
    if (!isOutcome(outcome))
      errors.push({ path: "outcome", code: "required", message: CASE.chooseOutcome[lang] });
    if (!answer.trim()) errors.push({ path: "answer", code: "required", message: TIP.needAnswer[lang] });
    if (!isOutcome(outcome) || errors.length > 0) return showTip(c, door, found, { errors, typed }, 422);
    const { id } = found;
    try {
      const { actor, unit } = door;
      await verifyTip(c.get("deps"), {
        id,
        unitCode: unit.code,
        actor,
        outcome,
        answer,
        note: typed.note,
        lang,
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { code, errors } = error.problem;
      if (code === "already-settled") {
        const settled = await tipOf(c, door);
        const who = await whoActed(c, settled.verification?.actor ?? "", door);
        return showTip(c, door, settled, { beaten: { who }, typed }, 409);
      }
      if (errors) return showTip(c, door, found, { errors, typed }, 422);
      throw error;
    }
    return c.redirect(door.href(`?verified=${id}`), 303);
  });

const isOutcome = (text: string): text is keyof typeof TIP.outcomes => Object.hasOwn(TIP.outcomes, text);

/** The village a tip is about may know its sender: only those above it may ask. */
const mayReach = (door: UnitDoor, tip: OpenTip) =>
  (door.unit.kind === "town" || door.unit.kind === "county") && Boolean(tip.details.reachable);

async function tipOf(c: AppContext, door: UnitDoor): Promise<OpenTip> {
  const found = await findTip(c.get("deps"), c.req.param("id") ?? "");
  if (!found || !sees(door, found.holder)) throw problem.caseNotFound();
  return found;
}

/** Once a link, tip and local day, however often it is looked at. */
const opening = (db: Db, { actor, today, now }: UnitDoor, { id, holder: unitCode }: OpenTip) =>
  recordActOnce(db, {
    id: `open-tip/${id}/${today}/${actor}`,
    actor,
    act: "open-tip",
    subjectId: id,
    unitCode,
    recordedAt: now,
  });

async function showTip(
  c: AppContext,
  door: UnitDoor,
  found: OpenTip,
  more: Pick<TipPageProps, "errors" | "typed" | "reachable" | "beaten"> = {},
  status: 200 | 409 | 422 = 200,
) {
  const { db } = c.get("deps");
  await runBatch(db, [opening(db, door, found)]);
  const unit = await findUnit(db, found.unitCode);
  const { id, category, recordedAt, verifyDueAt, verifiedAt, outcome, answer, messages, details } = found;
  const { place, about, text } = details;
  return c.html(
    <TipPage
      {...more}
      door={door}
      mayReach={mayReach(door, found)}
      tip={{
        ...{ id, category, recordedAt, verifyDueAt, verifiedAt, outcome, answer, place, about, text },
        unitName: unit?.name ?? found.unitCode,
        messages: messages.filter(({ author }) => author === "sender"),
      }}
    />,
    status,
  );
}
