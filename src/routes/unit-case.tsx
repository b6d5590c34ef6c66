import { recordAct } from "../db/audit.ts";
import { findCareTeam } from "../db/care-team.ts";
import { findHousehold, type Household } from "../db/household.ts";
import { runBatch } from "../db/store.ts";
import { findUnit } from "../db/unit.ts";
import { rolesFor } from "../domain/care-team.ts";
import { DAY0_EVIDENCE, DAY0_RULES, OBSERVATION_KINDS } from "../domain/observation.ts";
import { type FieldError, ProblemError, problem } from "../domain/problem.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { verifyHousehold } from "../http/submit.ts";
import { whoActed } from "../http/unit-acts.ts";
import { openUnitDoor, readFields, sees, type UnitDoor } from "../http/unit-door.ts";
import { observedViews } from "../http/unit-observed.ts";
import { CasePage, type CasePageProps } from "../views/unit-case.tsx";
import { CASE } from "../views/unit-case-words.ts";
import { OBSERVE } from "../views/unit-watch-words.ts";

/*
 * /u/<token>/case/<number>: one household of this unit's subtree, masked; reached on record; verified once.
 */
export const unitCaseRoutes = factory
  .createApp()
  .get("/case/:id", async (c) => {
    const door = await openUnitDoor(c);
    return showCase(c, door, await homeOf(c, door));
  })
  .post("/case/:id/reveal", async (c) => {
    const { purpose = "" } = await readFields(c);
    const door = await openUnitDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    const home = await homeOf(c, door);
    if (!Object.hasOwn(CASE.purposes, purpose)) {
      const message = CASE.choosePurpose[door.lang];
      return showCase(c, door, home, { errors: [{ path: "purpose", code: "required", message }] }, 422);
    }
    const { db, newId, now } = c.get("deps");
    // On record first: whoever sees it was written down.
    await runBatch(db, [
      recordAct(db, {
        id: newId(),
        actor: door.actor,
        act: `reveal-household/${purpose}`,
        subjectId: home.id,
        unitCode: home.unitCode,
        recordedAt: now(),
      }),
    ]);
    const { address, phone, contactName, contactPhone, note } = home.details;
    return showCase(c, door, home, { reach: { address, phone, contactName, contactPhone, note } });
  })
  .post("/case/:id/verify", async (c) => {
    const typed = await readFields(c);
    const door = await openUnitDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    const home = await homeOf(c, door);
    const { outcome = "" } = typed;
    if (!isOutcome(outcome)) {
      const errors: FieldError[] = [
        { path: "outcome", code: "required", message: CASE.chooseOutcome[door.lang] },
      ];
      return showCase(c, door, home, { errors, typed }, 422);
    }
    const choice = observationChoice(typed, door);
    if (outcome === "found" && choice.errors.length > 0)
      return showCase(c, door, home, { errors: choice.errors, typed }, 422);
    const { id } = home;
    try {
      const { actor, lang, unit } = door;
      await verifyHousehold(c.get("deps"), {
        id,
        unitCode: unit.code,
        actor,
        outcome,
        note: typed.note,
        lang,
        ...(outcome === "found" ? choice.values : {}),
      });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { code, errors } = error.problem;
      if (code === "already-settled") {
        const settled = await homeOf(c, door);
        const who = await whoActed(c, settled.verification?.actor ?? "", door);
        return showCase(c, door, settled, { beaten: { who } }, 409);
      }
      if (errors) return showCase(c, door, home, { errors, typed }, 422);
      throw error;
    }
    return c.redirect(door.href(`?verified=${id}`), 303);
  });

const isOutcome = (text: string): text is keyof typeof CASE.outcomes => Object.hasOwn(CASE.outcomes, text);

/** What the page asks about the observation; what it leaves open the registration and the settings decide. */
function observationChoice(typed: Record<string, string>, { lang }: UnitDoor) {
  const errors: FieldError[] = [];
  const one = <T extends string>(path: string, choices: readonly T[]): T | undefined => {
    const given = typed[path];
    const found = choices.find((choice) => choice === given);
    if (given && !found) errors.push({ path, code: "choice", message: OBSERVE.choose[lang] });
    return found;
  };
  const values = {
    kind: one("kind", OBSERVATION_KINDS),
    day0Rule: one("day0Rule", DAY0_RULES),
    evidence: one("evidence", DAY0_EVIDENCE),
    day0: typed.day0?.trim() || undefined,
  };
  return { errors, values };
}

/** The household of the address. A number of another unit is not there, as one that nobody has. */
async function homeOf(c: AppContext, door: UnitDoor): Promise<Household> {
  const home = await findHousehold(c.get("deps"), c.req.param("id") ?? "");
  if (!home || !sees(door, home.unitCode)) throw problem.caseNotFound();
  return home;
}

async function showCase(
  c: AppContext,
  door: UnitDoor,
  home: Household,
  more: Pick<CasePageProps, "errors" | "typed" | "reach" | "beaten"> = {},
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const { db, settings } = deps;
  const shown = more.reach !== undefined;
  const names = new Map(home.people.map((person) => [person.id, person.name]));
  const [unit, members, team] = await Promise.all([
    findUnit(db, home.unitCode),
    home.verifiedAt ? observedViews(deps, door, home.id, names, shown) : [],
    home.verifyOutcome === "found" ? findCareTeam(deps, home.id) : undefined,
  ]);
  // Only what the page shows is handed on: document numbers stay where they are.
  const { details: _, verification: __, ...clear } = home;
  return c.html(
    <CasePage
      {...more}
      door={door}
      day0Rule={settings.DAY0_RULE}
      members={members}
      team={
        team &&
        rolesFor(home.unitCode, settings).map((role) => {
          const { name, phone } = team.find((one) => one.role === role) ?? {};
          return { role, name, phone: shown ? phone : undefined };
        })
      }
      home={{
        ...clear,
        unitName: unit?.name ?? home.unitCode,
        people: home.people.map(({ document: ___, ...person }) => person),
      }}
    />,
    status,
  );
}
