import { findObligation, findObservation } from "../db/observation.ts";
import { listClusters, listResponses } from "../db/round.ts";
import { findAnswer } from "../db/watch.ts";
import { type FieldError, problem } from "../domain/problem.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { acknowledgeCluster, respond } from "../http/submit-observation.ts";
import { missing, personParam, readAct, refusalOf, whoActed } from "../http/unit-acts.ts";
import { openUnitDoor, sees, type UnitDoor } from "../http/unit-door.ts";
import { CASE } from "../views/unit-case-words.ts";
import { ClusterPage, ResponsePage, type SettledView } from "../views/unit-response.tsx";
import { RESPOND } from "../views/unit-watch-words.ts";

/*
 * /u/<token>/response/<person>/<slot>: what was done about a fever. /u/<token>/cluster/<unit>/<date>/<recipient>: that a
 * recipient knows of a cluster. Both once, by a person.
 */
export const unitResponseRoutes = factory
  .createApp()
  .get("/response/:id/:date/:part", async (c) => {
    const door = await openUnitDoor(c);
    return showResponse(c, door, {});
  })
  .post("/response/:id/:date/:part", async (c) => {
    const door = await openUnitDoor(c);
    const typed = await readAct(c, door);
    const obligationId = await responseOf(c, door);
    const errors = missing(typed, { text: RESPOND.needText, by: RESPOND.needBy }, door);
    if (errors.length > 0) return showResponse(c, door, { errors, typed }, 422);
    const { actor, lang, unit } = door;
    const fault = await refusalOf(() =>
      respond(c.get("deps"), { obligationId, scope: unit.code, actor, lang, text: signed(typed) }),
    );
    if (fault?.errors) return showResponse(c, door, { errors: fault.errors, typed }, 422);
    if (fault) return showResponse(c, door, { beaten: CASE.settledFirst[lang] }, 409);
    return c.redirect(door.href("?did=response"), 303);
  })
  .get("/cluster/:code/:date/:recipient", async (c) => showCluster(c, await openUnitDoor(c), {}))
  .post("/cluster/:code/:date/:recipient", async (c) => {
    const door = await openUnitDoor(c);
    const typed = await readAct(c, door);
    const obligationId = await clusterOf(c, door);
    const errors = missing(typed, { text: RESPOND.needAck, by: RESPOND.needBy }, door);
    if (errors.length > 0) return showCluster(c, door, { errors, typed }, 422);
    const { actor, lang, unit } = door;
    const fault = await refusalOf(() =>
      acknowledgeCluster(c.get("deps"), { obligationId, scope: unit.code, actor, lang, text: signed(typed) }),
    );
    if (fault?.errors) return showCluster(c, door, { errors: fault.errors, typed }, 422);
    if (fault) return showCluster(c, door, { beaten: CASE.settledFirst[lang] }, 409);
    return c.redirect(door.href("?did=cluster"), 303);
  });

/** What was done, and on the last line who did it. */
const signed = ({ text = "", by = "" }: Record<string, string>) =>
  `${text.trim()}\n—— ${by.trim().slice(0, 40)}`;

type Shown = { errors?: FieldError[]; typed?: Record<string, string>; beaten?: string };

/** The obligation of the address. Throws caseNotFound where this door sees no such one. */
async function responseOf(c: AppContext, door: UnitDoor): Promise<string> {
  const { db } = c.get("deps");
  const id = `response/${personParam(c)}/${c.req.param("date")}/${c.req.param("part")}`;
  const found = await findObligation(db, id, "response", door.unit.code);
  if (!found || !sees(door, found.unitCode)) throw problem.caseNotFound();
  return id;
}
async function clusterOf(c: AppContext, door: UnitDoor): Promise<string> {
  const id = `cluster/${c.req.param("code")}/${c.req.param("date")}/${c.req.param("recipient")}`;
  const found = await findObligation(c.get("deps").db, id, "cluster", door.unit.code);
  if (!found || !sees(door, found.unitCode)) throw problem.caseNotFound();
  return id;
}

async function settledOf(c: AppContext, id: string, door: UnitDoor): Promise<SettledView | undefined> {
  const answer = await findAnswer(c.get("deps"), id);
  if (!answer) return undefined;
  return { at: answer.recordedAt, who: await whoActed(c, answer.actor, door), text: answer.text };
}

async function showResponse(c: AppContext, door: UnitDoor, more: Shown, status: 200 | 409 | 422 = 200) {
  const deps = c.get("deps");
  const id = await responseOf(c, door);
  const [settled, observed] = await Promise.all([
    settledOf(c, id, door),
    findObservation(deps, personParam(c), door.unit.code),
  ]);
  const open = settled
    ? []
    : await listResponses(deps, observed?.unitCode ?? door.unit.code, door.now, door.zone, 500);
  const fever = open.find(({ obligationId }) => obligationId === id);
  return c.html(<ResponsePage {...more} door={door} id={id} fever={fever} settled={settled} />, status);
}

async function showCluster(c: AppContext, door: UnitDoor, more: Shown, status: 200 | 409 | 422 = 200) {
  const deps = c.get("deps");
  const { settings } = deps;
  const id = await clusterOf(c, door);
  const settled = await settledOf(c, id, door);
  const open = settled ? [] : await listClusters(deps, door.unit.code, door.now, settings, 500);
  const cluster = open.find(({ obligationId }) => obligationId === id);
  const hours = settings.CLUSTER_HOURS;
  return c.html(
    <ClusterPage {...more} door={door} id={id} cluster={cluster} hours={hours} settled={settled} />,
    status,
  );
}
