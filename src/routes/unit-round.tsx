import { listRound } from "../db/round.ts";
import { LATE_WINDOW, latestSlot, nextSlot, slotCloses, slotKey, slotOpens } from "../domain/follow-up.ts";
import { type FieldError, problem } from "../domain/problem.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { readJson } from "../http/json-body.ts";
import { chosenLang, isClientId, readForm } from "../http/page-form.ts";
import { headersOf, logFault, problemJson, problemOf } from "../http/problems.ts";
import { openUnitDoor, type UnitDoor } from "../http/unit-door.ts";
import { answerItems, type Row, rowsOf, type Settled, settleRows } from "../http/unit-round.ts";
import { RoundPage, type RoundPersonView } from "../views/unit-round.tsx";
import { ROUND } from "../views/unit-round-words.ts";

/** A village has fewer; a town's or a county's list would be of no use on foot. */
const LISTED = 200;

/*
 * /u/<token>/round: the grid worker's round. Without JavaScript one form for everyone; with it each entry goes to
 * /round/readings by itself. There is no service worker: what was entered is safe on the phone before it is sent, and a
 * page with people on it must not outlive its link in a cache.
 */
export const unitRoundRoutes = factory
  .createApp()
  .get("/round", async (c) => {
    const saved = Number(c.req.query("saved"));
    return showRound(c, await openUnitDoor(c), { saved: saved > 0 && saved <= LISTED ? saved : undefined });
  })
  .post("/round", async (c) => {
    const entries = await readForm(c);
    const lang = chosenLang(entries);
    if (lang) c.set("lang", lang);
    const door = await openUnitDoor(c);
    const rows = rowsOf(entries);
    // The language switch posts the page back: nothing is sent yet, nothing typed is lost.
    if (lang) return showRound(c, door, { rows });
    if (rows.size === 0) return showRound(c, door, { notice: ROUND.nothing[door.lang] }, 422);
    if (await slowed(c, door.token)) {
      const fault = problem.slowDown(SLOW_SECONDS).problem;
      for (const [name, value] of Object.entries(headersOf(fault))) c.header(name, value);
      return showRound(c, door, { rows, notice: fault.title[door.lang] }, 429);
    }
    const settled = await settleRows(c.get("deps"), door, rows);
    if (settled.every(({ errors }) => errors.length === 0))
      return c.redirect(door.href(`/round?saved=${settled.length}`), 303);
    const stored = settled.filter(({ errors }) => errors.length === 0);
    for (const { id } of stored) rows.delete(id);
    return showRound(c, door, { rows, settled, saved: stored.length || undefined }, 422);
  })
  .post("/round/readings", async (c) => {
    // Whatever happens, the page's script gets JSON: it decides by it whether to keep an entry.
    try {
      const door = await openUnitDoor(c);
      if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
      const body = await readJson(c);
      return c.json({ results: await answerItems(c.get("deps"), door, body.readings) });
    } catch (error) {
      logFault(error, c);
      return problemJson(c, problemOf(error), c.get("lang"), "page");
    }
  });

type Shown = {
  rows?: Map<string, Row>;
  settled?: Settled[];
  saved?: number | undefined;
  notice?: string | undefined;
};

async function showRound(
  c: AppContext,
  door: UnitDoor,
  { rows = new Map(), settled = [], saved, notice }: Shown,
  status: 200 | 422 | 429 = 200,
) {
  const deps = c.get("deps");
  const { now, zone, unit } = door;
  const people = await listRound(deps, unit.code, now, zone, LISTED);
  const latest = latestSlot(now, zone);
  const dueAt = slotCloses(latest, zone);
  const following = nextSlot(latest);
  const nextAt = slotOpens(following, zone);
  const errorsOf = (id: string): FieldError[] => settled.find((one) => one.id === id)?.errors ?? [];
  const views = people.map((person): RoundPersonView => {
    const row = rows.get(person.observationId);
    const errors = errorsOf(person.observationId);
    const reuse = row && isClientId(row.clientId) && !errors.some(({ code }) => code === "content-differs");
    return {
      ...person,
      typed: row,
      errors,
      clientId: reuse ? row.clientId : deps.newId(),
    };
  });
  const listed = new Set(people.map(({ observationId }) => observationId));
  return c.html(
    <RoundPage
      door={door}
      people={views}
      slot={{
        key: slotKey(latest),
        dueAt,
        over: dueAt <= now,
        until: new Date(dueAt.getTime() + LATE_WINDOW),
        next: slotKey(following),
        nextAt,
      }}
      turnAt={dueAt > now ? dueAt : nextAt}
      store={door.actor.slice(0, 16)}
      limit={LISTED}
      saved={saved}
      notice={notice}
      strays={settled.filter(({ id }) => !listed.has(id)).flatMap(({ errors }) => errors)}
    />,
    status,
  );
}
