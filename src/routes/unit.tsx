import { countForms } from "../../forms/counts.ts";
import { alertToken } from "../db/alert-link.ts";
import { listCountsOwed } from "../db/count-due.ts";
import { listWaiting } from "../db/household.ts";
import { countListed } from "../db/listed.ts";
import { countOwedRecords } from "../db/record-list.ts";
import { knownCounts, listReports, subtreeStates } from "../db/report.ts";
import { listUncovered } from "../db/roster-gap.ts";
import { listCareGaps, listClusters, listDueForRelease, listResponses } from "../db/round.ts";
import { listTickets } from "../db/ticket-list.ts";
import { listOpenTips } from "../db/tip.ts";
import { listUnheard } from "../db/undelivered.ts";
import { findUnit, namesOf } from "../db/unit.ts";
import { followUpFigures } from "../db/watch.ts";
import { addDays, isDate } from "../domain/time.ts";
import { owesDailyReport } from "../domain/unit-report.ts";
import { countFormNamed } from "../forms/count.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { formBodies, jsonBodies, sameSite } from "../http/guards.ts";
import { openUnitDoor, sees, type UnitDoor } from "../http/unit-door.ts";
import { BoardPage } from "../views/unit-board.tsx";
import { CASE, EXCUSE } from "../views/unit-case-words.ts";
import type { OwedView } from "../views/unit-owed.tsx";
import type { UnheardView } from "../views/unit-undelivered.tsx";
import type { WatchProps } from "../views/unit-watch.tsx";
import { WATCH } from "../views/unit-watch-words.ts";
import { dayWords } from "../views/unit-words.ts";
import { unitCareRoutes } from "./unit-care.tsx";
import { unitCaseRoutes } from "./unit-case.tsx";
import { unitExcuseRoutes } from "./unit-excuse.tsx";
import { unitListedRoutes } from "./unit-listed.tsx";
import { unitObservationRoutes } from "./unit-observation.tsx";
import { unitReleaseRoutes } from "./unit-release.tsx";
import { unitReportRoutes } from "./unit-report.tsx";
import { unitResponseRoutes } from "./unit-response.tsx";
import { unitRosterRoutes } from "./unit-roster.tsx";
import { unitRoundRoutes } from "./unit-round.tsx";
import { unitTicketRoutes } from "./unit-ticket.tsx";
import { unitTipRoutes } from "./unit-tip.tsx";

/** What the lists of the page show at most; the most urgent come first. */
const LISTED = 50;
const MISSING_LISTED = 20;
const DAYS_SHOWN = 7;

/*
 * /u/<token>: a unit's own door. Today's report, who waits to be verified, tips, and the units below.
 */
export const unitRoutes = factory
  .createApp()
  .use(sameSite)
  .use("/round/readings", jsonBodies)
  .use((c, next) => (c.req.path.endsWith("/round/readings") ? next() : formBodies(c, next)))
  .get("/", async (c) => {
    const door = await openUnitDoor(c);
    const { unit, today, now } = door;
    const deps = c.get("deps");
    const { db, settings } = deps;
    const after = afterOf(c, unit.code);
    const above = unit.kind === "county" || unit.kind === "town";
    const [days, known, waitingBelow, tipsBelow, below, watch, unheard, tickets, listed, owed, records] =
      await Promise.all([
        owesDailyReport(unit.kind)
          ? listReports(db, unit, { today, days: DAYS_SHOWN, now, settings })
          : undefined,
        knownCounts(db, unit.code, today, door.zone),
        listWaiting(deps, unit.code, LISTED),
        listOpenTips(deps, unit.code, LISTED),
        above ? subtreeStates(db, unit.code, today, { now, limit: MISSING_LISTED, after }) : undefined,
        watchOf(c, door),
        unheardOf(c, door, above),
        listTickets(deps, "answer", { code: unit.code, exact: unit.kind === "grid" }),
        countListed(db, unit.code, LISTED),
        owedToday(c, door),
        countOwedRecords(db, unit.code, now, LISTED),
      ]);
    const waiting = waitingBelow.filter(({ unitCode }) => sees(door, unitCode));
    const tips = tipsBelow.filter(({ holder }) => sees(door, holder));
    const names = above
      ? await namesOf(db, [...waiting.map(({ unitCode }) => unitCode), ...tips.map(({ holder }) => holder)])
      : new Map<string, string>();
    return c.html(
      <BoardPage
        door={door}
        days={days}
        known={known}
        clientId={deps.newId()}
        limit={LISTED}
        watch={watch}
        unheard={unheard}
        tickets={tickets.items}
        listed={listed}
        owed={owed}
        records={records}
        waiting={waiting.map(({ id, unitCode, people, verifyDueAt }) => ({
          id,
          unitName: names.get(unitCode),
          name: people[0]?.name ?? "",
          persons: people.length,
          symptomatic: people.some(({ symptomatic }) => symptomatic),
          dueAt: verifyDueAt,
        }))}
        tips={tips.map(({ id, holder, category, verifyDueAt }) => ({
          id,
          unitName: names.get(holder),
          category,
          dueAt: verifyDueAt,
        }))}
        below={below && { ...below, continued: after !== undefined }}
        done={await doneWords(c, door)}
        received={days && (await receivedDay(c, door, days))}
      />,
    );
  })
  .route("/", unitReportRoutes)
  .route("/", unitCaseRoutes)
  .route("/", unitListedRoutes)
  .route("/", unitTicketRoutes)
  .route("/", unitTipRoutes)
  .route("/", unitExcuseRoutes)
  .route("/", unitRoundRoutes)
  .route("/", unitObservationRoutes)
  .route("/", unitResponseRoutes)
  .route("/", unitReleaseRoutes)
  .route("/", unitCareRoutes)
  .route("/", unitRosterRoutes);

/** What this unit's page shows of observation. */
async function watchOf(c: AppContext, { unit, now, zone }: UnitDoor): Promise<WatchProps> {
  const deps = c.get("deps");
  const [figures, responses, clusters, releases, gaps, uncovered] = await Promise.all([
    followUpFigures(deps.db, unit.code, now, zone),
    listResponses(deps, unit.code, now, zone, LISTED),
    listClusters(deps, unit.code, now, deps.settings, LISTED),
    listDueForRelease(deps, unit.code, now, LISTED),
    listCareGaps(deps, unit.code, now, LISTED),
    listUncovered(deps.db, unit.code, LISTED),
  ]);
  return { figures, responses, clusters, releases, gaps, uncovered };
}

/** The count forms that this unit owes today, in the order in which they are due. */
async function owedToday(c: AppContext, { unit, today }: UnitDoor): Promise<OwedView[]> {
  const forms = countForms.filter(({ count }) => count.due && count.kinds.includes(unit.kind));
  const owed = await listCountsOwed(
    c.get("deps").db,
    unit.code,
    forms.map(({ name }) => name),
    today,
  );
  return owed.flatMap((one) => {
    const form = countFormNamed(forms, one.form);
    return form ? [{ ...one, title: form.title }] : [];
  });
}

/** 送不到的警报: of the whole subtree for who is above others, of itself for everybody else. */
async function unheardOf(c: AppContext, { unit, now }: UnitDoor, above: boolean): Promise<UnheardView> {
  const deps = c.get("deps");
  const { contacts, alerts } = await listUnheard(deps.db, { code: unit.code, below: above }, now, LISTED);
  const list = await Promise.all(
    alerts.list.map(async (one) =>
      one.opens ? { ...one, url: `/a/${await alertToken(deps, one.outboxId)}` } : one,
    ),
  );
  return { contacts, alerts: { ...alerts, list } };
}

/** Where a long list of missing units goes on; anything that is no code below this unit starts it anew. */
function afterOf(c: AppContext, prefix: string): string | undefined {
  const after = c.req.query("after");
  return after && /^[0-9A-Z]{6,18}$/.test(after) && after.startsWith(prefix) ? after : undefined;
}

/** The report just received, read back from the database: a reloaded page says the same. */
async function receivedDay(c: AppContext, door: UnitDoor, days: Awaited<ReturnType<typeof listReports>>) {
  const date = c.req.query("done");
  if (!date || !isDate(date) || date > door.today || date < addDays(door.today, -31)) return undefined;
  const { db, settings } = c.get("deps");
  const day =
    days.find((one) => one.date === date) ??
    (await listReports(db, door.unit, { today: date, days: 1, now: door.now, settings }))[0];
  return day?.version === undefined ? undefined : day;
}

/** What was just done, in words; an address alone can claim nothing about people. */
async function doneWords(c: AppContext, door: UnitDoor): Promise<string | undefined> {
  const verified = c.req.query("verified");
  const did = c.req.query("did") ?? "";
  if (Object.hasOwn(WATCH.done, did)) return WATCH.done[did as keyof typeof WATCH.done][door.lang];
  if (verified && /^[A-Z]{1,4}-\d{4}-\d{4}$/.test(verified)) return CASE.verifiedDone(verified)[door.lang];
  const { excused = "", from = "", to = "" } = c.req.query();
  if (!excused.startsWith(door.unit.code) || !isDate(from) || !isDate(to)) return undefined;
  const unit = await findUnit(c.get("deps").db, excused);
  return unit && EXCUSE.done(unit.name, dayWords(from, door.lang), dayWords(to, door.lang))[door.lang];
}
