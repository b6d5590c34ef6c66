import { openObligation } from "../../src/db/obligation.ts";
import type { Privacy } from "../../src/db/privacy.ts";
import { openDb, runBatch } from "../../src/db/store.ts";
import { planObligation } from "../../src/domain/obligation.ts";
import { parseSettings } from "../../src/env.ts";
import type { Deps } from "../../src/http/factory.ts";
import { type Chance, chanceOf } from "../simulate/chance.ts";
import { type County, enterCounty, type LAST_EARS, makeCounty, VILLAGES } from "./county.ts";
import { haltingDatabase } from "./database.ts";
import { type Line, openLine } from "./line.ts";
import { type MailServer, openMailServer } from "./mail-server.ts";
import { makePlot, type Plot, START } from "./plot.ts";
import { EVENT_SECRET, openPostman, type Postman } from "./postman.ts";
import { openReceiver, type Receiver } from "./receiver.ts";
import { type Aim, openStops, type Stops } from "./stops.ts";
import { type Invocation, openTurns, type Stage, type Turns } from "./turns.ts";

/*
 * Everything that a schedule is played with: the county in its database, the servers, the line to them, and whoever
 * decides who goes next and who is stopped.
 */
export type Ground = { d1: D1Database; privacy: Privacy; clear: () => Promise<void> };
export type SceneAsked = {
  seed: number;
  aim: Aim;
  /** On the line, from 0, all is well, to 1. */
  trouble: number;
  /** How often an invocation falls asleep at a halt. */
  stalls: number;
  /** Given, everything is in it that can be. */
  last?: (typeof LAST_EARS)[number];
};
export type Scene = {
  county: County;
  plot: Plot;
  turns: Turns;
  stops: Stops;
  line: Line;
  mail: MailServer;
  receiver: Receiver;
  postman: Postman;
  /** Whether reminders are sent. */
  repeats: boolean;
  /** For whatever is decided during the play. */
  chance: Chance;
  /** The county's clock, in ms; the servers go by it too. */
  clock: { now: number };
  /** Begins an invocation of the Worker at the county's time, with a database that may stop it. */
  begin(stage: Stage, work: (deps: Deps, invocation: Invocation) => Promise<unknown>): Invocation;
};

export const SECRET = "Y3Jhc2gtdGVzdC1vbmx5LXNlY3JldC1ub3doZXJlLWVsc2U";

/** The same scene for the same seed. The database is cleared for it. */
export async function openScene(
  { d1, privacy, clear }: Ground,
  { seed, aim, trouble, last }: SceneAsked,
): Promise<Scene> {
  const chance = chanceOf(seed);
  const county = makeCounty(chance, last);
  const plot = makePlot(chance, last !== undefined);
  const own = (of: number): Chance => chanceOf(Math.imul(seed, 2_654_435_761) + of);
  const clock = { now: START };
  const turns = openTurns(own(1));
  const stops = openStops(aim);
  const postman = openPostman(county, own(2));
  const mail = openMailServer(postman.hear);
  const receiver = openReceiver(county);
  const line = openLine([mail, receiver], { turns, stops, chance: own(3), trouble, now: () => clock.now });
  const settings = parseSettings({
    ...county.settings,
    PUBLIC_URL: "https://baobei.example",
    MASTER_SECRET: SECRET,
    RESEND_API_KEY: "re_sample_key",
    RESEND_BASE_URL: "https://mail.sample.example",
    RESEND_WEBHOOK_SECRET: EVENT_SECRET,
  });
  let ids = 0;
  const depsWith = (database: D1Database, at: number): Deps => ({
    ...{ d1: database, db: openDb(database), privacy, settings, now: () => new Date(at) },
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, "0")}`,
  });
  const plain = depsWith(d1, START);
  await clear();
  await enterCounty(plain, county, START);
  await owe(plain, plot.days);
  return {
    ...{ county, plot, turns, stops, line, mail, receiver, postman, chance: own(4), clock },
    repeats: settings.LADDER_REPEAT_MINUTES > 0,
    begin: (stage, work) =>
      turns.begin(stage, clock.now, (invocation) =>
        work(depsWith(haltingDatabase(d1, invocation, turns, stops), invocation.at), invocation),
      ),
  };
}

/** The reports of these days, as the daily job opens them. */
async function owe({ db, settings }: Deps, days: string[]): Promise<void> {
  const rows = days.flatMap((day) =>
    VILLAGES.map((unitCode) => {
      const openedAt = new Date(`${day}T00:00:00+08:00`);
      const dueAt = new Date(`${day}T16:00:00+08:00`);
      const owed = { kind: "daily-report", unitCode, subjectId: day, openedAt, dueAt } as const;
      return planObligation(owed, { now: openedAt, settings });
    }),
  );
  await runBatch(
    db,
    rows.map((row) => openObligation(db, row)),
  );
}
