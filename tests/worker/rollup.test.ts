import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { countInPieces, readFigures, readPieces, readRolledUp, usualMoment } from "../../src/db/figures.ts";
import { runsBetween, savePiece } from "../../src/db/rollup.ts";
import { countSeries } from "../../src/db/series.ts";
import { openDb } from "../../src/db/store.ts";
import { countFigures } from "../../src/db/summary.ts";
import { findUnit, type Unit } from "../../src/db/unit.ts";
import { dayOf, localIso, settledQuarter } from "../../src/domain/as-of.ts";
import { latestSlot, previousSlot, slotKey } from "../../src/domain/follow-up.ts";
import { INDICATORS } from "../../src/domain/indicator.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { EDITION } from "../../src/domain/rollup.ts";
import { readBuckets } from "../../src/domain/series.ts";
import { type Summary, summarise } from "../../src/domain/summary.ts";
import { HOUR, MINUTE } from "../../src/domain/time.ts";
import { openBooks } from "../../src/http/figure-book.ts";
import { submitRegistration, submitTip, verifyHousehold } from "../../src/http/submit.ts";
import { endObservation, movePlacement } from "../../src/http/submit-observation.ts";
import { excuseUnit, submitReport } from "../../src/http/submit-report.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { rollUp } from "../../src/jobs/rollup.ts";
import { recheckRollups } from "../../src/jobs/rollup-audit.ts";
import { oweReports, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { amina, bashir, clientId, dawa, household, wuTip } from "../support/cast.ts";
import { read } from "../support/follow-up.ts";
import { enterHistory, enterReports } from "../support/history.ts";
import { zero } from "../support/meter.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const ZONE = "Asia/Shanghai";
const COUNTY = "511781";
const TOWN = "511781100";
const VILLAGES = ["511781100001", "511781100002", "511781101001"] as const;
const SCHOOL = "511781100S01";
const GRID = "511781100001A";
/** Its code begins as the other grid's does, and it is none of it. */
const NEIGHBOUR = "511781100001AB";
const UNITS = [COUNTY, TOWN, "511781101", ...VILLAGES, SCHOOL, GRID, NEIGHBOUR];

let county: TestCounty;
let next = 0;
const at = (date: string, clock = "00:00") => `2026-01-${date}T${clock}:00+08:00`;
const moment = (date: string, clock = "00:00") => new Date(at(date, clock));

async function open(iso = at("24", "08:00"), settings: Record<string, string> = {}) {
  county = await openCounty(iso, { CARE_ROLES: "", ...settings });
  await seedUnits(county);
  for (const code of [GRID, NEIGHBOUR])
    await county.deps.d1
      .prepare(
        "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, '示例网格', 'grid', ?, ?)",
      )
      .bind(code, VILLAGES[0], moment("20").getTime())
      .run();
  next = 0;
}
const unitOf = async (code: string) => (await findUnit(county.deps.db, code)) as Unit;
const register = (persons: Parameters<typeof household>[0], unit: string, more = {}) =>
  submitRegistration(county.deps, {
    clientId: clientId(++next),
    values: household(persons, {
      unit,
      phone: `138${10_000_000 + next}`,
      leftOn: undefined,
      arrivedAt: new Date(county.deps.now().getTime() - HOUR).toISOString(),
      ...more,
    }),
    door: "api",
    unitCode: unit,
  });
/** The cron as it comes, until it finds nothing to do. */
async function rollAll(): Promise<number> {
  let all = 0;
  for (let minutes = 0; minutes < 40; minutes++) {
    const finished = await rollUp(county.deps, county.deps.now());
    all += finished;
    if (finished === 0 && minutes > 0) break;
  }
  return all;
}
const runs = async () => runsBetween(county.deps.db, new Date(0), new Date(at("31")));

const question = (asOf: Date, from?: Date) => {
  const day = dayOf(asOf, ZONE);
  return { asOf, date: day.date, from: from ?? day.from, zone: ZONE };
};
async function bothWays(code: string, asOf: Date, from?: Date) {
  const unit = await unitOf(code);
  const asked = question(asOf, from);
  const rolled = await readRolledUp(county.deps.db, unit, asked);
  const counted = await countFigures(county.deps.db, unit, asked);
  return { rolled: rolled && summarise(rolled, asked), counted: summarise(counted, asked) };
}

describe("random histories", () => {
  const step = fc.record({
    act: fc.constantFrom(
      ...(["register", "register", "again", "tip", "settle", "settle", "poster"] as const),
      ...(["read", "read", "read", "end", "move", "report", "report", "excuse", "roll", "roll"] as const),
    ),
    who: fc.nat(30),
    minutes: fc.integer({ min: 1, max: 150 }),
    sharp: fc.boolean(),
    hot: fc.boolean(),
    late: fc.boolean(),
  });
  type Step = { act: string; who: number; minutes: number; sharp: boolean; hot: boolean; late: boolean };
  type Books = { cases: { id: string; unit: string }[]; people: string[] };

  it("the summary out of the roll-up is the recount's, for the county, a town, a village and a grid, and so is each series", {
    timeout: 180_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 60 }), async (steps) => {
        await open(at("24", "08:00"), { OBSERVATION_DAYS: "1" });
        for (const date of ["24", "25", "26", "27"])
          await oweReports(county, `2026-01-${date}`, [...VILLAGES, SCHOOL, TOWN]);
        for (const [id, unit] of [
          ["P-0001", VILLAGES[0]],
          ["P-0002", TOWN],
        ])
          await county.deps.d1
            .prepare("INSERT INTO posting_point (id, unit_code, name, recorded_at) VALUES (?, ?, '示例', ?)")
            .bind(id, unit, moment("24").getTime())
            .run();
        const books: Books = { cases: [], people: [] };
        let now = moment("24", "08:00").getTime();
        for (const one of steps) {
          now += one.minutes * MINUTE + 7;
          if (one.sharp) now = Math.ceil(now / (15 * MINUTE)) * 15 * MINUTE;
          county.setNow(new Date(now).toISOString());
          await live(books, one);
        }
        county.setNow(new Date(now + 2 * MINUTE).toISOString());
        const asOf = settledQuarter(county.deps.now(), county.deps.now());
        // What the last run cost says whether the next is taken in pieces.
        await county.deps.d1.exec("UPDATE rollup_run SET rows = 400000");
        await rollAll();
        const taken = await runs();
        expect(taken).toContainEqual(asOf);
        for (const code of UNITS) await agree(code, [...taken.slice(-6), ...taken.slice(0, 2)]);
        await seriesAgree(asOf);
      }),
      { numRuns: 3 },
    );
  });

  async function agree(code: string, taken: Date[]) {
    for (const [place, asOf] of taken.entries()) {
      const { rolled, counted } = await bothWays(code, asOf);
      expect(rolled, `${code} as of ${asOf.toISOString()}`).toEqual(counted);
      if (place === 0 && code !== GRID && code !== NEIGHBOUR) {
        const asked = question(asOf);
        const pieces = await countInPieces(county.deps.db, await unitOf(code), asked);
        expect(summarise(pieces, asked), `${code} in pieces`).toEqual(counted);
      }
      const from = taken[place - 1];
      if (!from || from >= asOf) continue;
      const windowed = await bothWays(code, asOf, from);
      expect(windowed.rolled, `${code} since ${from.toISOString()}`).toEqual(windowed.counted);
    }
  }

  async function seriesAgree(asOf: Date) {
    const all = async (code: string) => {
      const unit = await unitOf(code);
      const { buckets } = readBuckets({ from: "2026-01-18" }, { asOf, zone: ZONE, lang: "en" });
      const said: Record<string, unknown> = {};
      for (const one of INDICATORS.filter(({ series }) => series === "moments"))
        said[one.id] = await countSeries(county.deps.db, unit, one, {
          ...{ buckets, asOf, since: unit.recordedAt, zone: ZONE },
        });
      return said;
    };
    zero(county.meter);
    const rolled = await all(TOWN);
    const batches = county.meter.batches;
    await county.deps.d1.exec("UPDATE rollup_run SET finished_at = NULL WHERE at % 86400000 = 57600000");
    expect(rolled).toEqual(await all(TOWN));
    // Nothing was counted for the first.
    expect(batches).toBe(0);
  }

  async function live(books: Books, { act, who, hot, late }: Step) {
    const unit = VILLAGES[who % 3] ?? VILLAGES[0];
    const now = county.deps.now();
    const official = { scope: COUNTY, actor: "x" };
    try {
      if (act === "roll") {
        await rollUp(county.deps, now);
      } else if (act === "poster") {
        await submitRegistration(county.deps, {
          ...{ clientId: clientId(++next), door: "poster", unitCode: unit, postingPointId: "P-0001" },
          values: household([dawa({ document: undefined })], {
            ...{ unit, phone: `138${10_000_000 + next}`, leftOn: undefined },
            arrivedAt: new Date(now.getTime() - HOUR).toISOString(),
          }),
        } as Parameters<typeof submitRegistration>[1]);
      } else if (act === "register" || act === "again") {
        const people = [
          act === "again" ? amina({ temperature: hot ? 38.2 : 36.5 }) : bashir({ symptoms: hot }),
          dawa({ document: undefined, returnee: late }),
        ].slice(0, 1 + (who % 2));
        const origin = (["wuhan", "hubei", "other_province", "same_province"] as const)[who % 4];
        const where = who % 7 === 0 ? GRID : who % 7 === 1 ? NEIGHBOUR : who % 11 === 0 ? TOWN : unit;
        const { caseNumber } = await register(people, where, { origin, transitWuhan: late });
        books.cases.push({ id: caseNumber, unit: where });
      } else if (act === "tip") {
        await submitTip(county.deps, {
          ...{ clientId: clientId(++next), values: wuTip({ unit }), door: "api" },
        });
      } else if (act === "settle") {
        const [one] = books.cases.splice(who % Math.max(1, books.cases.length), 1);
        if (!one) return;
        const outcome = hot && late ? "wrong" : who % 5 === 0 ? "moved" : "found";
        const day0 = dayOf(now, ZONE).date;
        await verifyHousehold(county.deps, { id: one.id, unitCode: one.unit, actor: "x", outcome, day0 });
        if (outcome === "found") books.people.push(`${one.id}-1`);
      } else if (act === "read") {
        const id = books.people[who % Math.max(1, books.people.length)];
        if (!id) return;
        const slot = late ? previousSlot(latestSlot(now, ZONE)) : latestSlot(now, ZONE);
        await read(county, id, { temperature: hot ? 38 : 36.5, slot: slotKey(slot) });
      } else if (act === "move") {
        const id = books.people[who % Math.max(1, books.people.length)];
        if (id) await movePlacement(county.deps, { ...official, id, kind: hot ? "hospital" : "central" });
      } else if (act === "end") {
        const place = who % Math.max(1, books.people.length);
        const id = books.people[place];
        if (!id) return;
        const ending = late ? "released" : hot ? "transferred" : "closed";
        await endObservation(county.deps, { ...official, id, ending, by: "李示例", reason: "示例" });
        books.people.splice(place, 1);
      } else if (act === "report") {
        const date = dayOf(new Date(now.getTime() - (late ? 24 * HOUR : 0)), ZONE).date;
        const counts = hot ? { zero: false, returnees: next + 1, wuhan: 0, symptomatic: 0 } : { zero: true };
        await submitReport(county.deps, {
          ...{ clientId: clientId(++next), unitCode: unit, date, door: "api" },
          values: { ...counts, reason: "示例" } as Parameters<typeof submitReport>[1]["values"],
        });
      } else {
        const { date } = dayOf(new Date(now.getTime() + 24 * HOUR), ZONE);
        await excuseUnit(county.deps, {
          ...{ clientId: clientId(++next), scopePrefix: COUNTY, unitCode: SCHOOL, from: date, to: date },
          ...{ reason: "示例：放假", actor: "x" },
        });
      }
    } catch (error) {
      // Refused is refused, and nothing was stored.
      if (!(error instanceof ProblemError)) throw error;
    }
  }
});

describe("the job", () => {
  beforeEach(() => open(at("25", "09:00")));
  const rows = async () =>
    (await county.deps.d1.prepare("SELECT * FROM rollup ORDER BY at, unit_code").all()).results;
  const finished = async () =>
    (
      await county.deps.d1
        .prepare("SELECT at, rows FROM rollup_run WHERE finished_at IS NOT NULL ORDER BY at")
        .all()
    ).results;
  const forget = () =>
    county.deps.d1.batch(
      ["rollup", "rollup_run"].map((table) => county.deps.d1.prepare(`DELETE FROM ${table}`)),
    );

  it("begins with the newest settled quarter, makes up for the midnights, and then costs two rows a minute", async () => {
    await register([amina()], VILLAGES[0]);
    county.setNow(at("25", "10:15"));
    await rollUp(county.deps, county.deps.now());
    // What was recorded in the last minute may still be on its way.
    expect((await runs()).at(-1)).toEqual(moment("25", "10:00"));
    county.setNow(at("25", "10:16"));
    await rollAll();
    const midnights = ["20", "21", "22", "23", "24", "25"].map((date) => moment(date));
    expect(await runs()).toEqual([...midnights, moment("25", "10:00"), moment("25", "10:15")]);
    zero(county.meter);
    expect(await rollUp(county.deps, county.deps.now())).toBe(0);
    expect(county.meter.read).toBeLessThanOrEqual(3);
    // A cron that is fired as at tomorrow does not freeze what today has still to write.
    await rollUp(county.deps, moment("26", "12:00"), county.deps.now());
    expect((await runs()).at(-1)).toEqual(moment("25", "10:15"));
  });

  it("writes a row only for whoever has other figures than before", async () => {
    await register([amina()], VILLAGES[0]);
    county.setNow(at("25", "10:16"));
    await rollAll();
    await register([bashir()], VILLAGES[2]);
    county.setNow(at("25", "10:31"));
    await rollAll();
    const { results } = await county.deps.d1
      .prepare("SELECT unit_code FROM rollup WHERE at = ? ORDER BY unit_code")
      .bind(moment("25", "10:30").getTime())
      .all<{ unit_code: string }>();
    expect(results.map((row) => row.unit_code)).toEqual([COUNTY, "511781101", VILLAGES[2]]);
  });

  it("two at once, and one that is cut off before or behind any of its writes, leave what one alone leaves", async () => {
    for (const unit of [...VILLAGES, GRID, NEIGHBOUR, TOWN]) await register([bashir()], unit);
    /** This quarter and the next one, for what a cut put off. */
    const both = async (first: () => Promise<unknown>) => {
      await forget();
      county.setNow(at("25", "10:16"));
      await first();
      await rollAll();
      county.setNow(at("25", "10:31"));
      await rollAll();
      return [await rows(), await finished()];
    };
    const alone = await both(rollAll);
    const twice = () =>
      Promise.all([rollUp(county.deps, county.deps.now()), rollUp(county.deps, county.deps.now())]);
    expect(await both(twice)).toEqual(alone);
    for (const cut of [1, 2, 3, 4, 5, 6, 7, 8, 11]) {
      const cutOff = async () => {
        const { d1 } = county.deps;
        let batches = 0;
        const broken = {
          ...d1,
          batch: async (statements: D1PreparedStatement[]) => {
            batches += 1;
            if (batches < cut) return d1.batch(statements);
            if (cut % 2) await d1.batch(statements);
            throw new Error("cut off");
          },
        } as D1Database;
        const deps = { ...county.deps, d1: broken, db: openDb(broken) };
        await expect(rollUp(deps, county.deps.now())).rejects.toThrow("cut off");
        const { rolled, counted } = await bothWays(COUNTY, moment("25", "10:15"));
        // A run that is not finished says nothing.
        if (rolled) expect(rolled).toEqual(counted);
      };
      expect(await both(cutOff), `cut at ${cut}`).toEqual(alone);
    }
  });

  it("gives up a run that nobody could finish for two hours, and goes on with the newest moment", async () => {
    await county.deps.d1
      .prepare(`INSERT INTO rollup_run (at, began_at, edition) VALUES (?, ?, '${EDITION}')`)
      .bind(moment("25", "07:00").getTime(), moment("25", "07:01").getTime())
      .run();
    county.setNow(at("25", "09:02"));
    await rollUp(county.deps, county.deps.now());
    await rollAll();
    expect(await runs()).not.toContainEqual(moment("25", "07:00"));
    expect((await runs()).at(-1)).toEqual(moment("25", "09:00"));
  });

  it("says nothing out of runs that did not count yet what is counted now, and takes them anew", async () => {
    await register([amina({ symptoms: true })], VILLAGES[0]);
    county.setNow(at("25", "10:16"));
    await rollAll();
    const [taken, figures] = [await runs(), await rows()];
    // As an older service left it: nobody was asked who is unwell, and a run was on its way.
    await county.deps.d1.batch(
      [
        "UPDATE rollup SET figures = replace(figures, 'symptomatic', 'older')",
        "UPDATE rollup_run SET edition = ''",
        "UPDATE rollup_run SET finished_at = NULL WHERE at = (SELECT max(at) FROM rollup_run)",
      ].map((text) => county.deps.d1.prepare(text)),
    );
    expect(await runs()).toEqual([]);
    const asOf = moment("25", "10:15");
    const unwell = async () => {
      const question = { asOf, ...dayOf(asOf, ZONE), zone: ZONE };
      return summarise(await readFigures(county.deps.db, await unitOf(COUNTY), question), question).registered
        .symptomatic;
    };
    expect(await unwell()).toBe(1);
    county.setNow(at("25", "10:17"));
    await rollAll();
    expect(await runs()).toEqual(taken);
    expect(await unwell()).toBe(1);
    expect(await rows()).toEqual(figures);
  });

  it("takes anew what an older service took while it was back, and lets none of its pieces into a run of today", async () => {
    await register([amina()], VILLAGES[0]);
    county.setNow(at("25", "10:16"));
    await rollAll();
    const taken = await runs();
    // The deployment was rolled back for a night: a midnight is the older service's, the one before nobody's.
    await county.deps.d1.batch(
      [
        `UPDATE rollup_run SET edition = '' WHERE at = ${moment("25").getTime()}`,
        `DELETE FROM rollup_run WHERE at = ${moment("24").getTime()}`,
      ].map((text) => county.deps.d1.prepare(text)),
    );
    county.setNow(at("25", "10:31"));
    await rollAll();
    expect(await runs()).toEqual([...taken, moment("25", "10:30")]);
    const figures = await rows();
    const run = {
      at: moment("25", "10:45"),
      doneUpTo: "",
      next: "~",
      read: 0,
      finishedAt: county.deps.now(),
    };
    await county.deps.d1.exec(
      `INSERT INTO rollup_run (at, began_at, edition) VALUES (${run.at.getTime()}, 0, 'another')`,
    );
    await savePiece(county.deps.db, { ...run, changed: [[COUNTY, "{}"]] });
    expect([await rows(), (await finished()).length]).toEqual([figures, taken.length + 1]);
  });

  it("keeps the full hours of what is older than eight days, each with the figures it had", async () => {
    for (const [place, clock] of ["10:01", "10:16", "10:31", "10:46", "11:01"].entries()) {
      county.setNow(at("25", clock));
      await register([bashir()], VILLAGES[place % 2] ?? VILLAGES[0]);
      county.setNow(new Date(county.deps.now().getTime() + HOUR / 4).toISOString());
      await rollAll();
    }
    const before = (await rows()).length;
    for (let quarter = 0; quarter < 3; quarter++) {
      county.setNow(
        new Date(new Date("2026-02-02T11:31:00+08:00").getTime() + quarter * 15 * MINUTE).toISOString(),
      );
      await rollAll();
    }
    const left = (await runs())
      .map((run) => localIso(run, ZONE).slice(8, 16))
      .filter((run) => run >= "25T01");
    expect(left).toEqual(expect.arrayContaining(["25T11:00", "26T00:00"]));
    expect(left).not.toEqual(expect.arrayContaining(["25T10:15"]));
    expect(left).not.toEqual(expect.arrayContaining(["25T10:45"]));
    expect(
      (await rows()).filter(({ at: run }) => (run as number) < moment("25", "12:00").getTime()).length,
    ).toBeLessThan(before);
    for (const code of UNITS)
      for (const clock of ["11:00", "11:15"]) {
        const { rolled, counted } = await bothWays(code, moment("25", clock));
        if (clock === "11:00") expect(rolled).toEqual(counted);
        else if (rolled) expect(rolled).toEqual(counted);
      }
  });
});

describe("everybody, in a large county", () => {
  it("is told of moments that were rolled up to the end, and orders no recount of any other", async () => {
    await open(at("25", "09:00"));
    await register([amina()], VILLAGES[0]);
    for (const clock of ["10:16", "11:16"]) {
      county.setNow(at("25", clock));
      await rollAll();
    }
    await county.deps.d1.exec(
      `UPDATE rollup SET figures = json_set(figures, '$.all.tally.persons', 30000) WHERE unit_code = '${COUNTY}'`,
    );
    await county.deps.d1
      .prepare(`INSERT INTO rollup_run (at, began_at, edition) VALUES (?, ?, '${EDITION}')`)
      .bind(moment("25", "10:30").getTime(), county.deps.now().getTime())
      .run();
    const ask = async (clock: string) => {
      const asOf = encodeURIComponent(at("25", clock));
      const answer = await county.fetch(`/api/v1/summary?lang=en&asOf=${asOf}`);
      const { errors } = await answer.json<{ errors?: object[] }>();
      return [answer.status, errors];
    };
    expect(await ask("10:15")).toEqual([200, undefined]);
    // Another one is still being worked on; of the third nobody ever asked for a roll-up.
    const refused = [422, [{ path: "asOf", code: "not-rolled-up" }]];
    for (const clock of ["10:30", "10:45"]) expect(await ask(clock)).toMatchObject(refused);
    // A service that counts something new has rolled nothing up yet: the county is no smaller for that.
    await county.deps.d1.exec("UPDATE rollup_run SET edition = ''");
    expect(await ask("10:00")).toMatchObject(refused);
  });
});

describe("the nightly recount", () => {
  beforeEach(() => open(at("25", "09:00")));

  it("finds what came late into a settled quarter, says so, and has everybody answered by a recount", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    await register([amina()], VILLAGES[0]);
    county.setNow(at("25", "10:16"));
    await rollAll();
    for (const clock of ["02:31", "05:01", "08:01", "11:01", "14:01", "17:01", "20:01"]) {
      county.setNow(at("26", clock));
      await rollAll();
    }
    county.setNow(at("26", "02:31"));
    expect(await recheckRollups(county.deps, county.deps.now())).toBe(0);
    // Once a night.
    expect(await recheckRollups(county.deps, county.deps.now())).toBeUndefined();
    // A commit that took more than a day.
    for (const [place, code] of UNITS.entries())
      await county.deps.d1
        .prepare(`INSERT INTO tip (id, code_hash, unit_code, category, sealed, recorded_at, verify_due_at)
          VALUES (?, ?, ?, 'other', '', ?, ?)`)
        .bind(
          `T-late-${place}`,
          `${place}`,
          code,
          moment("25", "09:30").getTime(),
          moment("25", "11:30").getTime(),
        )
        .run();
    county.setNow(at("26", "14:00"));
    expect(await recheckRollups(county.deps, county.deps.now())).toBeUndefined();
    county.setNow(at("27", "02:05"));
    await rollAll();
    const yesterday = moment("26", "05:00");
    expect((await bothWays(COUNTY, yesterday)).rolled).not.toEqual(
      (await bothWays(COUNTY, yesterday)).counted,
    );
    await runScheduled(county.deps, county.deps.now());
    expect((await bothWays(COUNTY, yesterday)).rolled).toBeUndefined();
    const findings = async () =>
      (await county.deps.db.all<{ detail: string }>(sql`SELECT detail FROM heartbeat WHERE job = 'audit'`))[0]
        ?.detail;
    county.setNow(at("27", "03:10"));
    await runScheduled(county.deps, county.deps.now());
    expect(await findings()).toContain('"rollup-wrong":');
    // Taken anew the midnights say what a recount says, and so does each moment after them.
    await rollAll();
    for (const code of UNITS)
      for (const run of await runs()) {
        if (run < moment("26")) continue;
        const { rolled, counted } = await bothWays(code, run);
        expect(rolled).toEqual(counted);
      }
    county.setNow(at("28", "02:10"));
    await runScheduled(county.deps, county.deps.now());
    county.setNow(at("28", "03:11"));
    await runScheduled(county.deps, county.deps.now());
    expect(await findings()).not.toContain("rollup-wrong");
    // Mallory has got at the county's row: it is not what its towns add up to.
    county.setNow(at("29", "02:10"));
    await rollAll();
    await county.deps.d1.exec(
      `UPDATE rollup SET figures = json_set(figures, '$.all.tally.tips', 999) WHERE unit_code = '${COUNTY}'`,
    );
    const [last] = (await runs()).slice(-1);
    expect(await recheckRollups(county.deps, county.deps.now())).toBe(1);
    expect(await runs()).not.toContainEqual(last);
  });
});

describe("what a county's summary costs", () => {
  const NOW = at("25", "10:20");
  const ask = async (path: string, key?: string) => {
    zero(county.meter);
    const answer = await county.fetch(path, key ? withKey(key) : {});
    expect(answer.status, path).toBe(200);
    return { said: await answer.json<Summary>(), read: county.meter.read };
  };
  async function crowd(homes: number) {
    await open(NOW);
    await seedKeys(county);
    const asked = { villages: [...VILLAGES], now: moment("25", "10:00"), zone: ZONE, days: 5, homes };
    await enterReports(county.deps.d1, asked);
    await enterHistory(county.deps.d1, asked);
    // Back a minute: the tenth is not settled until then.
    for (let minutes = 0; minutes < 12; minutes++) await rollUp(county.deps, county.deps.now());
  }
  const exact = `asOf=${encodeURIComponent(at("25", "10:15"))}`;

  it("two hundred rows at most out of the roll-up, however many persons there are; and a large county is told the last roll-up", {
    timeout: 60_000,
  }, async () => {
    await crowd(800);
    const small = await ask(`/api/v1/summary?${exact}`, ZHOU);
    // In a small county whoever does not say as of when is told the present, by a recount: some twenty rows a person.
    const recount = await ask("/api/v1/summary", ZHOU);
    expect(recount.said.asOf).toBe(NOW);
    expect(recount.read).toBeLessThanOrEqual(22 * small.said.registered.cumulative);
    await crowd(8400);
    const large = await ask(`/api/v1/summary?${exact}`, ZHOU);
    expect(large.said.registered.cumulative).toBeGreaterThan(20_000);
    expect(large.said).toEqual((await bothWays(COUNTY, moment("25", "10:15"))).counted);
    expect(large.read).toBeLessThanOrEqual(200);
    expect(large.read).toBeLessThanOrEqual(small.read + 5);
    const usual = await ask("/api/v1/summary", ZHOU);
    expect(usual.said).toEqual(large.said);
    expect(usual.read).toBeLessThanOrEqual(210);
    // Of a county of hundreds of thousands even a book of a moment between is counted town by town, to the same figures.
    const place = await unitOf(COUNTY);
    const between = { asOf: moment("25", "10:20"), from: moment("25", "00:20"), zone: ZONE };
    const books = (level: "children" | "leaves") => openBooks(county.deps, place, { ...between, level });
    const whole = [await books("children"), await books("leaves")];
    const [{ figures = "" } = {}] = (
      await county.deps.d1
        .prepare("SELECT figures FROM rollup WHERE unit_code = ? ORDER BY at DESC LIMIT 1")
        .bind(COUNTY)
        .all<{ figures: string }>()
    ).results;
    const say = (text: string) =>
      county.deps.d1.prepare("UPDATE rollup SET figures = ? WHERE unit_code = ?").bind(text, COUNTY).run();
    await say(figures.replace(/"persons":\d+/, '"persons":200001'));
    const pieces = await readPieces(county.deps.db, place, { ...between, ...dayOf(between.asOf, ZONE) });
    expect(pieces).toBeDefined();
    expect([await books("children"), await books("leaves")]).toEqual(whole);
    // And so it is before the first run of a service that counts something new.
    await county.deps.d1.exec("UPDATE rollup_run SET edition = 'older' || edition");
    expect(await readPieces(county.deps.db, place, { ...between, ...dayOf(between.asOf, ZONE) })).toEqual(
      pieces,
    );
    await county.deps.d1.exec("UPDATE rollup_run SET edition = substr(edition, 6)");
    await say(figures);
    // A town below the mark is told the present, exactly.
    expect((await ask("/api/v1/summary?unit=511781101", ZHOU)).said.asOf).toBe(NOW);
    expect((await ask("/api/v1/summary")).read).toBeLessThanOrEqual(210);
    // Nobody without a key has a large county counted anew: of the past only what was rolled up is told.
    const past = (clock: string, unit = COUNTY) =>
      county.fetch(`/api/v1/summary?unit=${unit}&asOf=${encodeURIComponent(at("25", clock))}`);
    zero(county.meter);
    for (const unit of [COUNTY, "511781101"]) {
      const refused = await past("09:15", unit);
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("没有汇总留存")]);
    }
    expect(county.meter.read).toBeLessThanOrEqual(40);
    expect([(await past("10:15")).status, county.meter.read <= 250]).toEqual([200, true]);
    // The next quarter is settled and not rolled up yet: what stood before it is said, not counted anew.
    county.setNow(at("25", "10:32"));
    const waiting = await ask("/api/v1/summary");
    expect([waiting.said.asOf, waiting.read <= 210]).toEqual([at("25", "10:15"), true]);
    county.setNow(at("25", "10:50"));
    expect(await usualMoment(county.deps.db, COUNTY, county.deps.now())).toEqual(county.deps.now());
    county.setNow(NOW);
    const series = await county.fetch(
      "/api/v1/series?indicator=registered.cumulative&from=2026-01-21",
      withKey(ZHOU),
    );
    const { before, buckets } = await series.json<{ before: number; buckets: { value: number }[] }>();
    expect(buckets.reduce((sum, { value }) => sum + value, before)).toBe(large.said.registered.cumulative);
  });
});
