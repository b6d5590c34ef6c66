import { readBoard } from "../../db/board.ts";
import { detailsOf, newestSilences, unitNames } from "../../db/board-line.ts";
import { lastBeat } from "../../db/heartbeat.ts";
import { listUnheard } from "../../db/undelivered.ts";
import { findUnit } from "../../db/unit.ts";
import {
  type Board,
  type BoardKind,
  type BoardRow,
  type BoardView,
  boardOf,
  isBoardKind,
  ladderState,
  type Open,
  placeDepth,
  type Silences,
  SOON,
} from "../../domain/board.ts";
import { deskPath } from "../../domain/desk-link.ts";
import { latestSlot, previousSlot, slotCloses } from "../../domain/follow-up.ts";
import { isSilent } from "../../domain/heartbeat.ts";
import { ladderOf } from "../../domain/ladder.ts";
import { type Scope, withinScope } from "../../domain/office.ts";
import { problem } from "../../domain/problem.ts";
import { MINUTE } from "../../domain/time.ts";
import { unitOfCode } from "../../domain/unit.ts";
import type { Settings } from "../../env.ts";
import type { AppContext, Deps } from "../factory.ts";
import type { Desk } from "./door.tsx";

/** Lines of a kind: of a county's whole board, of a smaller one, and of the one that was asked for. */
const SHOWN = { wide: 5, narrow: 10, asked: 50 };
const NEXT_SHOWN = 10;
/** So many daily reports due next are listed one by one. */
const REPORTS_LISTED = 3;

/**
 * The board of an official, narrowed by ?kind= and ?town= (any unit of the scope). Throws notFound for a kind there is
 * not, caseNotFound for a unit that is not the official's.
 */
export async function openBoard(c: AppContext, desk: Desk): Promise<BoardView> {
  const deps = c.get("deps");
  const { db, settings } = deps;
  const { kind, unit, scope } = await narrowedTo(c, desk);
  const wide = unitOfCode(scope.code)?.kind === "county";
  const depth = placeDepth(scope.code) ?? scope.code.length;
  const query = {
    ...{ scope, wide, kind, now: desk.now, today: desk.today },
    until: new Date(
      desk.now.getTime() +
        Math.max(SOON, settings.VERIFY_MINUTES * MINUTE, settings.RESPONSE_MINUTES * MINUTE),
    ),
    steps: missedSteps(desk, settings),
  };
  const [rows, silences, beat] = await Promise.all([
    readBoard(db, query),
    wide ? newestSilences(db, query) : silencesOf(deps, scope, desk.now),
    lastBeat(db, "sweep"),
  ]);
  const board = boardOf(rows.found, rows.reports, { now: desk.now.getTime(), depth });
  return {
    ...board,
    ...{ unit, narrowed: unit.code !== desk.scope.code, kind, silences },
    ...(await linesOf(deps, desk, board, { kind, wide, scope })),
    counts: Object.fromEntries(board.groups.map((group) => [group.kind, group.count])),
    beat: beat?.at,
    silent: isSilent(beat?.at, desk.now),
  };
}

async function narrowedTo(
  c: AppContext,
  desk: Desk,
): Promise<{ kind: BoardKind | undefined; unit: BoardView["unit"]; scope: Scope }> {
  const { kind = "", town = "" } = c.req.query();
  if (kind !== "" && !isBoardKind(kind)) throw problem.notFound();
  const asked = kind === "" ? undefined : kind;
  const own = desk.officer.unit;
  if (town === "" || town === own.code) return { kind: asked, unit: own, scope: desk.scope };
  const known = unitOfCode(town);
  if (!known || !withinScope(desk.scope, town)) throw problem.caseNotFound();
  const unit = await findUnit(c.get("deps").db, town);
  if (!unit) throw problem.caseNotFound();
  return { kind: asked, unit, scope: { code: town, exact: known.kind === "grid" } };
}

/** When those who missed the slot that closed last were told of it, the last step first. */
function missedSteps({ now, zone }: Desk, settings: Settings): Date[] {
  let slot = latestSlot(now, zone);
  if (slotCloses(slot, zone) > now) slot = previousSlot(slot);
  const closed = slotCloses(slot, zone).getTime();
  const minutes = ladderOf("follow-up", settings).flatMap(({ anchor, after }) =>
    anchor === "due" ? [after] : [],
  );
  return [...new Set(minutes)]
    .map((after) => new Date(closed + after * MINUTE))
    .filter((step) => step <= now)
    .slice(-3)
    .reverse();
}

/** The lines that are shown, with their names, and the places of the table with theirs. */
async function linesOf(
  { db, settings }: Deps,
  desk: Desk,
  board: Board,
  { kind, wide, scope }: { kind: BoardKind | undefined; wide: boolean; scope: Scope },
): Promise<Pick<BoardView, "groups" | "next" | "places">> {
  const shown = kind ? SHOWN.asked : wide ? SHOWN.wide : SHOWN.narrow;
  const groups = board.groups
    .filter((group) => !kind || group.kind === kind)
    .map((group) => ({ group, listed: group.overdue.slice(0, shown) }));
  const many = board.next.filter((one) => one.kind === "daily-report").length > REPORTS_LISTED;
  const next = board.next
    .filter((one) => (kind ? one.kind === kind : !(many && one.kind === "daily-report")))
    .slice(0, NEXT_SHOWN);
  const listed = [...groups.flatMap((one) => one.listed), ...next];
  const places = placeDepth(scope.code) ? board.places : [];
  const details = await detailsOf(
    db,
    listed.map(({ id }) => id),
  );
  // A cluster is in another unit than the one that must answer for it.
  const subjects = [...details.values()].map(({ subjectId }) => unitIn(subjectId));
  const names = await unitNames(db, [
    ...listed.flatMap(({ unitCode }) => [unitCode, unitCode.slice(0, TOWN)]),
    ...places.map(({ code }) => code),
    ...subjects.filter((code) => unitOfCode(code)),
  ]);
  const nameOf = (code: string) => names.get(code) ?? code;
  const line = (of: BoardKind, one: Open): BoardRow[] => {
    const detail = details.get(one.id);
    if (!detail) return [];
    const { subjectId } = detail;
    const town = one.unitCode.slice(0, TOWN);
    return [
      {
        ...one,
        ...{ kind: of, subjectId, unitName: nameOf(one.unitCode) },
        ...(wide && town !== one.unitCode ? { townName: nameOf(town) } : {}),
        about: of === "cluster" ? nameOf(unitIn(subjectId)) : null,
        ladder: ladderState(detail, ladderOf(of, settings), desk.now.getTime()),
        path: deskPath(of, one.unitCode, subjectId),
      },
    ];
  };
  return {
    groups: groups.map(({ group, listed: of }) => ({
      ...group,
      rows: of.flatMap((one) => line(group.kind, one)),
    })),
    next: next.flatMap((one) => line(one.kind, one)),
    places: places.map((place) => ({ ...place, name: nameOf(place.code) })),
  };
}

const unitIn = (subjectId: string) => subjectId.split("/")[0] ?? "";
/** A town's code has so many digits, and every code below begins with it. */
const TOWN = 9;
const SILENCES = 10;

/** 送不到的: all of a smaller subtree, as its own page has them. */
async function silencesOf({ db }: Deps, { code, exact }: Scope, now: Date): Promise<Silences> {
  const { alerts, contacts } = await listUnheard(db, { code, below: !exact }, now, SILENCES);
  return {
    list: [
      ...alerts.list.map(({ unitCode, unitName, state, recordedAt }) => ({
        unitCode,
        unitName,
        what: state,
        since: recordedAt,
      })),
      ...contacts.list.map(({ unitCode, unitName, since }) => ({
        unitCode,
        unitName,
        what: "contact" as const,
        since,
      })),
    ].sort((a, b) => b.since - a.since),
    bounded: alerts.total > alerts.list.length || contacts.total > contacts.list.length,
  };
}
