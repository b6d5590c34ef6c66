import { registration } from "../../../forms/registration.ts";
import { actorNames } from "../../db/actor.ts";
import { findAbout } from "../../db/case-history.ts";
import { type Held, heldAbout, type Sided, whyAlike } from "../../db/duplicate-list.ts";
import { findHousehold, type Household } from "../../db/household.ts";
import { unitPath } from "../../db/unit.ts";
import { cutShort, type MergeFault, mergeFault, standsFirst } from "../../domain/duplicate.ts";
import { normalizeDocument, normalizePhone } from "../../domain/identity.ts";
import { maskDocument, maskName, maskPhone } from "../../domain/mask.ts";
import { problem } from "../../domain/problem.ts";
import { localDate } from "../../domain/time.ts";
import { RECORD } from "../../views/desk/case-words.ts";
import type { ComparedRow, DuplicateProps } from "../../views/desk/duplicate.tsx";
import { DUPLICATE } from "../../views/desk/duplicate-words.ts";
import { CASE } from "../../views/unit-case-words.ts";
import { stageWords } from "../../views/unit-observed.tsx";
import { labelOf } from "../../views/unit-parts.tsx";
import { OBSERVE } from "../../views/unit-watch-words.ts";
import { dayWords, momentWords } from "../../views/unit-words.ts";
import type { AppContext } from "../factory.ts";
import { openSides } from "../submit-duplicate.ts";
import { observedViews } from "../unit-observed.ts";
import type { Desk } from "./door.tsx";

/** One of the two, with all that the page compares. */
type Side = Sided & {
  home: Household;
  path: string;
  observed: Awaited<ReturnType<typeof observedViews>>[number] | undefined;
  tips: { id: string }[];
};
export type OpenPair = { sides: [Side, Side]; held: Held[]; why: DuplicateProps["why"] };

/** The two of the address, the earlier first. Throws caseNotFound where one of them is not this official's to see. */
export async function openPair(c: AppContext, desk: Desk): Promise<OpenPair> {
  const deps = c.get("deps");
  const ids = idsOf(c);
  const [earlier, later] = standsFirst(...(await openSides(deps, ids, desk.scope)));
  const [one, other, held, why] = await Promise.all([
    sideOf(c, desk, earlier),
    sideOf(c, desk, later),
    heldAbout(deps.db, ids),
    whyAlike(deps.db, ...ids),
  ]);
  return { sides: [one, other], held, why };
}

export const idsOf = (c: AppContext): [string, string] => [c.req.param("a") ?? "", c.req.param("b") ?? ""];

async function sideOf(c: AppContext, desk: Desk, side: Sided): Promise<Side> {
  const deps = c.get("deps");
  const home = await findHousehold(deps, side.householdId);
  const own = home?.people.find(({ id }) => id === side.id);
  if (!home || !own) throw problem.caseNotFound();
  const [path, observed, about] = await Promise.all([
    unitPath(deps.db, side.unitCode),
    observedViews(deps, desk, home.id, new Map([[side.id, own.name]])),
    findAbout(deps.db, side, desk.scope),
  ]);
  return {
    ...{ ...side, home, tips: about.tips },
    path: path.map(({ name }) => name).join(" · "),
    observed: observed.find(({ id }) => id === side.id),
  };
}

/** What the page shows of the two. @param shown their personal data too: the look is on record by then */
export async function pairView(
  c: AppContext,
  desk: Desk,
  { sides, held, why }: OpenPair,
  shown = false,
): Promise<Omit<DuplicateProps, "desk">> {
  const deps = c.get("deps");
  const [one, other] = sides;
  const ids: [string, string] = [one.id, other.id];
  const between = held.find(({ person, other: kept }) => ids.includes(person) && ids.includes(kept));
  const actor = between && (await actorNames(deps, [between.by])).get(between.by);
  const reason = between?.sealed
    ? (
        await deps.privacy.open<{ reason: string }>(
          between.sealed,
          `${between.person}/${between.other}`,
          "duplicate_finding",
        )
      ).reason
    : "";
  const faults = Object.fromEntries(
    [
      [one.id, mergeFault(one, other)],
      [other.id, mergeFault(other, one)],
    ].filter(([, fault]) => fault),
  ) as Partial<Record<string, MergeFault>>;
  const cut = Object.fromEntries([
    [one.id, cutShort(one, other)],
    [other.id, cutShort(other, one)],
  ]);
  const goes = between?.finding === "same" ? sides.find(({ id }) => id === between.person) : undefined;
  return {
    ...{ ids, why, faults, cut, shown, rows: rowsOf(desk, sides, held, shown) },
    stillOwed:
      goes && !goes.home.verifiedAt
        ? {
            ...{ home: goes.householdId, dueAt: goes.home.verifyDueAt },
            path: `/units/${goes.unitCode}/case/${goes.householdId}`,
          }
        : undefined,
    asks: !shown && sides.every(({ home }) => !home.sealedOffAt),
    held: between && {
      ...{ finding: between.finding, at: between.recordedAt, reason },
      who: actor ? [actor.unitName, actor.name].filter(Boolean).join(" ") : RECORD.somebody[desk.lang],
      version: `${between.person}/${between.version}`,
      stands: between.other,
    },
  };
}

function rowsOf(desk: Desk, sides: [Side, Side], held: Held[], shown: boolean): ComparedRow[] {
  const { lang, zone, today } = desk;
  const { documents } = RECORD;
  const marks = sides.map((side) => marksOf(side, held));
  const personOf = ({ id, home }: Side) => home.people.find((one) => one.id === id);
  const when = (at: Date) => momentWords(at, zone, lang, today);
  const paperOf = (side: Side) => {
    const paper = personOf(side)?.document;
    if (!paper?.number) return RECORD.notGiven[lang];
    const kind = (documents as Record<string, (typeof documents)[keyof typeof documents]>)[paper.kind];
    return `${kind?.[lang] ?? paper.kind} ${shown ? paper.number : maskDocument(paper.number)}`;
  };
  /** `compared` is what tells them apart, which need not be what is shown. */
  const row = (
    name: ComparedRow["name"],
    said: (side: Side) => ComparedRow["said"][0],
    compared?: (side: Side) => string | undefined,
  ): ComparedRow => {
    const [one, other] = sides.map((side) => compared?.(side));
    return {
      ...{ name, said: [said(sides[0]), said(sides[1])] },
      differs: one === undefined || other === undefined ? undefined : one !== other,
    };
  };
  const plain = (name: ComparedRow["name"], said: (side: Side) => string) => row(name, said, said);
  const sealed = (text: string | undefined) =>
    text === undefined ? RECORD.notGiven[lang] : shown ? text : DUPLICATE.hidden[lang];
  return [
    row(
      "name",
      (side) => (shown ? personOf(side)?.name : maskName(personOf(side)?.name)) ?? "",
      (side) => personOf(side)?.name,
    ),
    row("document", paperOf, (side) => normalizeDocument(personOf(side)?.document)),
    row(
      "phone",
      ({ home: { details } }) =>
        details.phone ? (shown ? details.phone : maskPhone(details.phone)) : RECORD.notGiven[lang],
      ({ home: { details } }) => details.phone && normalizePhone(details.phone),
    ),
    row(
      "address",
      ({ home }) => sealed(home.details.address),
      ({ home }) => home.details.address,
    ),
    plain("unit", ({ path }) => path),
    row("registered", ({ home }) => when(home.recordedAt)),
    plain("by", ({ home }) =>
      [
        labelOf(registration, "source", home.source, lang),
        labelOf(registration, "filledBy", home.filledBy, lang),
      ].join(" · "),
    ),
    plain("origin", (side) =>
      personOf(side)?.returnee ? labelOf(registration, "origin", side.home.origin, lang) : CASE.atHome[lang],
    ),
    plain("arrived", ({ home }) => dayWords(localDate(home.arrivedAt, zone), lang)),
    row("verified", ({ home }) =>
      home.verifiedAt && home.verifyOutcome
        ? `${CASE.outcomes[home.verifyOutcome][lang]} · ${when(home.verifiedAt)}`
        : DUPLICATE.notYet[lang],
    ),
    row("observation", ({ observed }) =>
      observed ? stageWords(observed, { lang, today }) : RECORD.notObserved[lang],
    ),
    row("readings", ({ observed }) => OBSERVE.readings(observed?.count ?? 0)[lang]),
    row("tips", ({ tips }) =>
      tips.length > 0
        ? tips.map(({ id }) => (
            <a class="tap" href={desk.href(`/tips/${id}`)}>
              {id}{" "}
            </a>
          ))
        : DUPLICATE.none_[lang],
    ),
    ...(marks.some((own) => own.length > 0)
      ? [
          row("marks", (side) =>
            (marks[sides.indexOf(side)] ?? []).map((said) => <span class="each">{said[lang]}</span>),
          ),
        ]
      : []),
  ];
}

/** How somebody counts: what they were flagged or merged for, and who was merged into them. */
function marksOf({ id, duplicateOf, flagged }: Side, held: Held[]) {
  const marks = held.flatMap(({ person, other, finding }) => {
    if (person !== id && other !== id) return [];
    if (finding === "distinct") return [DUPLICATE.isApart(person === id ? other : person)];
    return [person === id ? DUPLICATE.mergedInto(other) : DUPLICATE.keeps(person)];
  });
  return [...(flagged && duplicateOf ? [DUPLICATE.flagged(duplicateOf)] : []), ...marks];
}
