import { type ActorName, actorNames } from "../../db/actor.ts";
import { recordAct } from "../../db/audit.ts";
import { findCareTeam } from "../../db/care-team.ts";
import { findAbout, findHistory, findRecorded } from "../../db/case-history.ts";
import { findHousehold, type Household } from "../../db/household.ts";
import { cameByLetter, lettersAbout, type SentItem } from "../../db/letter-list.ts";
import { runBatch } from "../../db/store.ts";
import { unitPath } from "../../db/unit.ts";
import { findObserved } from "../../db/watch.ts";
import { rolesFor } from "../../domain/care-team.ts";
import {
  type ChartPoint,
  HISTORY_PAGE,
  type HistoryEvent,
  pageOfHistory,
} from "../../domain/case-history.ts";
import { parseSlot, slotCloses } from "../../domain/follow-up.ts";
import { listProblem } from "../../domain/list-problem.ts";
import { maskName } from "../../domain/mask.ts";
import { dueMoments, type Standing } from "../../domain/person.ts";
import { problem } from "../../domain/problem.ts";
import { isAbnormal } from "../../domain/reading.ts";
import { withLang } from "../../views/layout.tsx";
import type { CareView } from "../../views/unit-care.tsx";
import type { ObservedView } from "../../views/unit-observed.tsx";
import type { DoorView } from "../../views/unit-parts.tsx";
import type { AppContext } from "../factory.ts";
import { observedViews } from "../unit-observed.ts";
import { type Desk, inScope } from "./door.tsx";

/** Everything that a person's page shows, masked. */
export type CaseRecord = {
  id: string;
  home: Household;
  /** Their unit's own door, for the parts of pages that stand there too. */
  door: DoorView;
  unitPath: { code: string; name: string }[];
  observed: ObservedView | undefined;
  chart: ChartPoint[];
  team: CareView[];
  about: Awaited<ReturnType<typeof findAbout>> & {
    /** Letters to other counties about this case, and the number of the one it came by. */
    letters: SentItem[];
    came: string | undefined;
  };
  history: { shown: HistoryEvent[]; before: Date | undefined };
  actors: Map<string, ActorName>;
};

/** The record of the address. Throws caseNotFound for a number nobody has, or that is not the official's to see. */
export async function openRecord(c: AppContext, desk: Desk): Promise<CaseRecord> {
  const deps = c.get("deps");
  const { db, settings } = deps;
  const id = c.req.param("id") ?? "";
  if (!/^[A-Z]{1,4}-\d{4}-\d{4}-\d{1,3}$/.test(id)) throw problem.caseNotFound();
  const own = await findRecorded(db, id, desk.scope);
  const home = own && (await findHousehold(deps, own.householdId));
  if (!home) throw problem.caseNotFound();
  inScope(desk, own.unitCode);
  const names = new Map(home.people.map((one) => [one.id, one.name]));
  const [path, observed, standing, team, about, letters, came] = await Promise.all([
    unitPath(db, own.unitCode),
    observedViews(deps, desk, home.id, names),
    findObserved(deps, home.id),
    home.verifyOutcome === "found" ? findCareTeam(deps, home.id) : undefined,
    findAbout(db, own, desk.scope),
    lettersAbout(deps, home.id),
    cameByLetter(db, home.id),
  ]);
  const seen = observed.find((one) => one.id === id);
  const slots = dueMoments(standing.filter((one) => one.id === id) as Standing[], desk.now, desk.zone);
  const events = await findHistory(db, own, {
    before: beforeOf(c, desk),
    slots: slots.map((at) => at.getTime()),
  });
  const history = pageOfHistory(events, HISTORY_PAGE);
  const actors = await actorNames(
    deps,
    history.shown.flatMap((event) => (event.kind === "act" ? [event.actor] : [])),
  );
  const unit = path.at(-1) ?? { code: own.unitCode, name: own.unitCode, kind: "village" as const };
  const at = (rest = "") => `/desk/units/${unit.code}${rest}`;
  const { county, hotline, lang, now, today, zone } = desk;
  return {
    ...{ id, home, unitPath: path, observed: seen, history, actors },
    about: { ...about, letters, came },
    door: {
      ...{ county, hotline, lang, now, today, zone, unit, at },
      above: path.slice(0, -1).map(({ name }) => name),
      href: (rest) => withLang(at(rest), lang),
    },
    chart: (seen?.diary ?? []).flatMap(({ morning, evening }) =>
      [morning, evening].flatMap((cell) => (cell?.read ? [pointOf(cell.read, desk.zone)] : [])),
    ),
    team: team
      ? rolesFor(own.unitCode, settings).map((role) => {
          const found = team.find((one) => one.role === role);
          return { role, name: found && maskName(found.name), phone: undefined };
        })
      : [],
  };
}

const pointOf = (
  read: { slot: string; temperature: number; abnormal?: boolean; symptoms: boolean },
  zone: string,
): ChartPoint => {
  const temperature = Math.round(read.temperature * 10);
  return {
    at: slotCloses(parseSlot(read.slot) ?? { date: "1970-01-01", part: "morning" }, zone),
    ...{ temperature, abnormal: isAbnormal(temperature, read.symptoms) },
  };
};

/** Before which moment the history is asked for: ?before=1769335200000. Throws cursorUnknown. */
function beforeOf(c: AppContext, { now }: Desk): Date {
  const before = c.req.query("before");
  // Whatever is written at this very moment belongs to the page.
  if (!before) return new Date(now.getTime() + 1);
  if (!/^\d{12,14}$/.test(before)) throw listProblem.cursorUnknown();
  return new Date(Number(before));
}

/** What a purpose may be; the words are the view's. */
export const REVEAL_PURPOSES = ["visit", "call", "aid", "trace", "transfer", "mend"] as const;
export type RevealPurpose = (typeof REVEAL_PURPOSES)[number];
export const isPurpose = (text: string | undefined): text is RevealPurpose =>
  REVEAL_PURPOSES.includes(text as RevealPurpose);

/** Personal data as it is shown once, on the answer to a recorded look. */
export type Revealed = {
  name: string;
  document?: { kind: string; number?: string } | undefined;
  phone?: string | undefined;
  address?: string | undefined;
  contactName?: string | undefined;
  contactPhone?: string | undefined;
  note?: string | undefined;
};

/**
 * Writes down who looks at whom and what for, and only then hands the data out. Throws sealedOff where there is none any
 * more.
 */
export async function revealPerson(
  c: AppContext,
  desk: Desk,
  { id, home }: Pick<CaseRecord, "id" | "home">,
  { purpose, text }: { purpose: RevealPurpose; text: string },
): Promise<Revealed> {
  const { db, newId, privacy } = c.get("deps");
  const person = home.people.find((one) => one.id === id);
  if (!person || home.sealedOffAt) throw listProblem.sealedOff();
  const auditId = newId();
  await runBatch(db, [
    recordAct(db, {
      ...{ id: auditId, actor: desk.actor, act: "reveal-person", subjectId: id, unitCode: home.unitCode },
      ...{ recordedAt: desk.now, detail: purpose },
      ...(text ? { sealed: await privacy.seal({ text }, auditId, "audit") } : {}),
    }),
  ]);
  const { phone, address, contactName, contactPhone, note } = home.details;
  return {
    ...{ name: person.name, document: person.document, phone, address },
    contactName,
    contactPhone,
    note,
  };
}
