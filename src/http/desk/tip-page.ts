import { type ActorName, actorNames } from "../../db/actor.ts";
import type { OpenTip } from "../../db/tip.ts";
import { currentAssignment, takersOf } from "../../db/tip-assignment.ts";
import { historyOf, type TipEvent } from "../../db/tip-desk.ts";
import { linksOf } from "../../db/tip-link.ts";
import { readBySender } from "../../db/tip-message.ts";
import { listChildren, namesOf, unitPath } from "../../db/unit.ts";
import { deskPath } from "../../domain/desk-link.ts";
import { ABOUT_SENDER, actToAssign, mayReachSender } from "../../domain/tip-desk.ts";
import type { TipProps, TipView } from "../../views/desk/tip.tsx";
import type { Taker } from "../../views/desk/tip-acts.tsx";
import { TIPS } from "../../views/desk/tips-words.ts";
import type { Deps } from "../factory.ts";
import type { Desk } from "./door.tsx";

/** What the page of a tip shows to this official: whoever may not reach the sender learns nothing of asking either. */
export async function tipPageOf(
  deps: Deps,
  desk: Desk,
  tip: OpenTip,
): Promise<Pick<TipProps, "tip" | "takers" | "mayReach">> {
  const { db } = deps;
  const reaches = mayReachSender(desk.officer.unit.kind);
  const official = tip.messages.filter(({ author }) => author === "official");
  const [assignment, links, events, read, takers] = await Promise.all([
    currentAssignment(db, tip.id),
    linksOf(db, tip.id),
    historyOf(db, tip.id),
    readBySender(
      deps,
      official.map(({ id }) => id),
    ),
    tip.verifiedAt ? [] : takersFor(deps, desk, tip),
  ]);
  const shownEvents = events.filter(({ act }) => reaches || !ABOUT_SENDER.includes(act));
  const givenTo = shownEvents.flatMap(({ detail }) => (detail ? [detail] : []));
  const [actors, units] = await Promise.all([
    actorNames(deps, [
      ...shownEvents.map(({ actor }) => actor),
      ...givenTo.filter((detail) => detail.startsWith("official/")),
      ...official.flatMap(({ actor }) => actor ?? []),
      ...(assignment ? [assignment.by] : []),
      ...(assignment?.officialId ? [`official/${assignment.officialId}`] : []),
      ...(tip.verification ? [tip.verification.actor] : []),
    ]),
    namesOf(db, [
      ...new Set([tip.unitCode, tip.holder, ...(assignment ? [assignment.unitCode] : []), ...givenTo]),
    ]),
  ]);
  const who = (actor: string) => nameOf(actors.get(actor)) ?? TIPS.somebody[desk.lang];
  const { id, category, recordedAt, verifyDueAt, verifiedAt, outcome, answer, verification } = tip;
  const { place, about, text } = tip.details;
  const view: TipView = {
    ...{ id, category, recordedAt, verifyDueAt, verifiedAt, outcome, answer, place, about, text },
    unitName: units.get(tip.unitCode) ?? tip.unitCode,
    holderName: units.get(tip.holder) ?? tip.holder,
    settledBy: verification && who(verification.actor),
    note: verification?.note,
    sealedOff: tip.sealedOffAt !== null,
    messages: tip.messages.map((one) => ({
      ...{ author: one.author, text: one.text, recordedAt: one.recordedAt },
      by: one.actor && who(one.actor),
      read: read.has(one.id),
    })),
    assigned: assignment && {
      to: assignment.officialId
        ? who(`official/${assignment.officialId}`)
        : (units.get(assignment.unitCode) ?? assignment.unitCode),
      by: who(assignment.by),
      at: assignment.recordedAt,
    },
    version: assignment?.version ?? 0,
    lead: links.lead && { id: links.lead.id, shown: desk.sees(links.lead.holder) },
    followers: links.followers.map((one) => ({
      ...{ id: one.id, settled: one.verifiedAt !== null, shown: desk.sees(one.holder) },
    })),
    persons: links.persons.map(({ id: personId, caseNumber, unitCode }) => ({
      ...{ id: personId, caseNumber },
      href: desk.sees(unitCode) ? desk.href(deskPath("registration", unitCode, caseNumber)) : undefined,
    })),
    history: [],
  };
  const seen = new Set(view.persons.flatMap((one) => (one.href ? [one.id] : [])));
  view.history = shownEvents.map((event) => ({
    at: new Date(event.recordedAt),
    who: who(event.actor),
    act: actWords(event.act)[desk.lang],
    about: aboutOf(event, { who, units, seen, lang: desk.lang }),
  }));
  return { tip: view, takers, mayReach: reaches && desk.may("reveal") && Boolean(tip.details.reachable) };
}

const nameOf = (found: ActorName | undefined) =>
  found && (found.name ? `${found.unitName} ${found.name}` : found.unitName);

function actWords(act: string) {
  const [bare = ""] = act.split("/");
  return Object.hasOwn(TIPS.acts, bare) ? TIPS.acts[bare as keyof typeof TIPS.acts] : { ...TIPS.somebody };
}

/** To whom, with which tip or person, what for: as far as the official may know it. */
function aboutOf(
  { act, detail }: TipEvent,
  known: {
    who: (actor: string) => string;
    units: Map<string, string>;
    seen: Set<string>;
    lang: Desk["lang"];
  },
): string | undefined {
  if (!detail) return undefined;
  if (detail.startsWith("official/")) return known.who(detail);
  if (act === "reveal-tip-sender")
    return Object.hasOwn(TIPS.purposes, detail)
      ? TIPS.purposes[detail as keyof typeof TIPS.purposes][known.lang]
      : undefined;
  if (act.endsWith("-person")) return known.seen.has(detail) ? detail : undefined;
  return known.units.get(detail) ?? (detail.startsWith("T-") ? detail : undefined);
}

/** Units below that a tip can be handed to at most. */
const UNITS_OFFERED = 200;

/** Whom this official can give the tip to: people of its unit and of their own, and the units between them and below. */
async function takersFor(deps: Deps, desk: Desk, tip: OpenTip): Promise<Taker[]> {
  const { lang, officer, scope } = desk;
  const own = officer.unit.code;
  const allowed = (target: string) => {
    const act = actToAssign({ own, scope }, tip.holder, target);
    return act !== undefined && desk.may(act);
  };
  if (!allowed(own) && !allowed(tip.holder)) return [];
  const path = desk.may("manage")
    ? (await unitPath(deps.db, tip.holder)).filter(({ code }) => desk.sees(code))
    : [];
  const [people, below] = await Promise.all([
    takersOf(deps, [...new Set([tip.holder, own])].filter(allowed)),
    Promise.all(path.map(({ code }) => listChildren(deps.db, code))),
  ]);
  const units = [...path, ...below.flat()].filter(
    ({ code }, at, all) => allowed(code) && all.findIndex((one) => one.code === code) === at,
  );
  const current = allowed(tip.holder)
    ? [{ code: tip.holder, name: (await namesOf(deps.db, [tip.holder])).get(tip.holder) ?? "" }]
    : [];
  const offered = [...current, ...units.filter(({ code }) => code !== tip.holder)].slice(0, UNITS_OFFERED);
  return [
    ...people.map(
      ({ id, name, unit }): Taker => ({
        value: `official/${id}`,
        label: `${unit.name} ${name}`,
        group: "people",
      }),
    ),
    ...offered.map(
      ({ code, name }): Taker => ({
        value: `unit/${code}`,
        label: code === tip.holder ? `${name}${TIPS.wholeUnit[lang]}` : name,
        group: "units",
      }),
    ),
  ];
}
