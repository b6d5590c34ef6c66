import { findHousehold } from "../db/household.ts";
import { openLink } from "../db/link.ts";
import { findReadings, findStandings, placeOf } from "../db/person.ts";
import { hashToken } from "../db/privacy.ts";
import { unitPath } from "../db/unit.ts";
import { isAsked, type Standing, type TakenReading } from "../domain/person.ts";
import { problem } from "../domain/problem.ts";
import type { Frame } from "../views/layout.tsx";
import type { Registered } from "../views/person.tsx";
import type { Member } from "../views/person-parts.tsx";
import { masked } from "../views/unit-parts.tsx";
import type { AppContext } from "./factory.ts";
import { frameOf } from "./frame.ts";

/** Whoever came through a household's own link: what every page behind it is made from. */
export type PersonDoor = {
  token: string;
  /** The link's hash: who entered it. */
  actor: string;
  /** /p/<token> */
  path: string;
  /** The same with the service's own address, to be copied. */
  link: string;
  frame: Frame;
  registered: Registered;
  /** In the order they were typed; names are masked already. */
  members: Member[];
  standing: Standing[];
  readings: TakenReading[];
};

/** Opens /p/<token>. Throws linkUnknown, linkExpired or linkRevoked; what comes back is never kept by a browser. */
export async function openPersonDoor(c: AppContext): Promise<PersonDoor> {
  const deps = c.get("deps");
  const token = c.req.param("token") ?? "";
  const now = deps.now();
  c.header("Cache-Control", "no-store");
  c.header("X-Robots-Tag", "noindex");
  const link = await openLink(deps, token, "person", now);
  const [home, units, standing, frame, actor] = await Promise.all([
    link.subjectId ? findHousehold(deps, link.subjectId) : undefined,
    unitPath(deps.db, link.unitCode),
    findStandings(deps.db, link.subjectId ?? ""),
    frameOf(c),
    hashToken(token),
  ]);
  if (!home) throw problem.linkUnknown();
  const path = `/p/${token}`;
  return {
    token,
    actor,
    path,
    link: deps.settings.PUBLIC_URL + path,
    frame,
    registered: {
      caseNumber: home.id,
      persons: home.persons,
      unitName: units
        .filter((unit) => unit.kind !== "county")
        .map((unit) => unit.name)
        .join(" "),
      recordedAt: home.recordedAt,
      verifyDueAt: home.verifyDueAt,
      verifiedAt: home.verifiedAt,
      verifyOutcome: home.verifyOutcome,
      urgent: home.people.some((person) => person.symptomatic),
      observed: standing.some(isAsked),
    },
    // Nothing of a person but the surname leaves this function.
    members: home.people.map(({ id, name, returnee }) => ({
      id,
      place: placeOf(id),
      name: masked(name),
      returnee,
    })),
    standing,
    readings:
      standing.length > 0 ? await findReadings(deps.db, home.id, standing, now, deps.settings.TIME_ZONE) : [],
  };
}
