import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { countFigures } from "../../src/db/summary.ts";
import { dayOf, localIso } from "../../src/domain/as-of.ts";
import {
  compareSlots,
  firstSlot,
  latestSlot,
  parseSlot,
  previousSlot,
  type Slot,
  slotCloses,
  slotKey,
} from "../../src/domain/follow-up.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { type Summary, summarise } from "../../src/domain/summary.ts";
import { HOUR, MINUTE } from "../../src/domain/time.ts";
import { endObservation, movePlacement, openObservations } from "../../src/http/submit-observation.ts";
import { amina, bashir, chen, household } from "../support/cast.ts";
import { observe, read, VILLAGE } from "../support/follow-up.ts";
import { register } from "../support/records.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const ZONE = "Asia/Shanghai";
let county: TestCounty;
const at = (date: string, clock: string) => `2026-01-${date}T${clock}:00+08:00`;

async function summaryAt(iso: string, code = "511781"): Promise<Summary> {
  const asOf = new Date(iso);
  const kind = code.length === 6 ? "county" : code.length === 9 ? "town" : "village";
  const unit = { code, name: "", kind };
  const counted = await countFigures(county.deps.db, unit, { asOf, ...dayOf(asOf, ZONE), zone: ZONE });
  return summarise(counted, { asOf, zone: ZONE });
}

describe("a day of follow-up, as of any of its moments", () => {
  beforeEach(async () => {
    county = await openCounty(at("25", "10:00"), { CARE_ROLES: "" });
    await seedUnits(county);
  });

  it("counts Amina on time, Bashir late, Chen's fever and the one nobody read", async () => {
    const home = await observe(county, [amina(), bashir({ returnee: false })]);
    const other = await observe(county, [chen({ temperature: 36.6 }), amina()], { unit: "511781101001" });
    await read(county, `${home}-1`);
    county.setNow(at("25", "12:30"));
    await read(county, `${home}-2`);
    county.setNow(at("25", "18:00"));
    await read(county, `${other}-1`, { temperature: 37.9 });
    await movePlacement(county.deps, { id: `${other}-1`, scope: "511781", actor: "x", kind: "hospital" });

    const morning = (await summaryAt(at("25", "11:00"))).readings;
    expect(morning).toMatchObject({ expected: 4, received: 1, missed: 0, pending: 3 });
    expect((await summaryAt(at("25", "12:00"))).readings).toMatchObject({
      received: 1,
      missed: 3,
      pending: 0,
    });
    const evening = await summaryAt(at("25", "18:00"));
    expect(evening.readings.slots).toEqual([
      expect.objectContaining({
        ...{
          slot: "2026-01-25/morning",
          expected: 4,
          received: 2,
          onTime: 1,
          late: 1,
          missed: 2,
          pending: 0,
        },
        shareOnTime: { numerator: 1, denominator: 4, share: 0.25 },
      }),
      expect.objectContaining({
        slot: "2026-01-25/evening",
        expected: 4,
        received: 1,
        missed: 0,
        pending: 3,
      }),
    ]);
    expect(evening.observation).toEqual({
      ...{ cumulative: 4, observing: 4, householdMembers: 1, symptomatic: 1, openedToday: 4 },
      ...{ contacts: 0, contactsCentral: 0, fellIll: 1, opened: 4 },
      ...{ released: 0, releasedToday: 0, transferred: 0, closed: 0 },
      byKind: { home: 3, central: 0, hospital: 1 },
    });
    expect((await summaryAt(at("25", "17:59"))).observation).toMatchObject({
      symptomatic: 0,
      byKind: { home: 4, hospital: 0 },
    });
    expect((await summaryAt(at("25", "18:00"), "511781100")).observation).toMatchObject({ observing: 2 });
    expect(evening.byTown.map((town) => [town.code, town.observation.observing, town.readings.late])).toEqual(
      [
        ["511781100", 2, 1],
        ["511781101", 2, 0],
      ],
    );
    // What is entered later changes no earlier answer.
    county.setNow(at("26", "11:00"));
    await read(county, `${other}-2`, { slot: "2026-01-25/morning" });
    expect((await summaryAt(at("25", "18:00"))).readings).toEqual(evening.readings);
    expect((await summaryAt(at("26", "11:00"))).observation.symptomatic).toBe(1);
  });
});

/** What happened to somebody, as a model keeps it. */
type Life = {
  unit: string;
  returnee: boolean;
  opened: number;
  planned: Slot;
  moves: { at: number; kind: string }[];
  ended?: { at: number; how: string };
  readings: { slot: string; at: number; abnormal: boolean }[];
};

describe("the books over random histories", () => {
  const step = fc.record({
    act: fc.constantFrom(
      "open",
      "open",
      "wrong",
      "moved",
      "read",
      "read",
      "read",
      "read",
      "end",
      "release",
      "move",
    ),
    who: fc.nat(30),
    hours: fc.integer({ min: 0, max: 30 }),
    minutes: fc.nat(59),
    hot: fc.boolean(),
    late: fc.boolean(),
  });

  it("cumulative = observing + released + transferred + closed, and every figure is what a plain count says", {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
        county = await openCounty(at("01", "10:00"), { CARE_ROLES: "", OBSERVATION_DAYS: "3" });
        await seedUnits(county);
        const lives = new Map<string, Life>();
        const moments: number[] = [];
        let now = new Date(at("01", "10:00")).getTime();
        for (const [client, one] of steps.entries()) {
          now += one.hours * HOUR + one.minutes * MINUTE + 1;
          county.setNow(new Date(now).toISOString());
          moments.push(now);
          await live(lives, one, client, now);
        }
        for (const moment of moments.flatMap((when) => [when - 1, when])) await audit(lives, moment);
      }),
      { numRuns: 5 },
    );
  });

  type Step = { act: string; who: number; hot: boolean; late: boolean };
  async function live(lives: Map<string, Life>, { act, who, hot, late }: Step, client: number, now: number) {
    const unit = who % 2 ? VILLAGE : "511781101001";
    const official = { scope: "511781", actor: "x" };
    if (act === "open" || act === "wrong" || act === "moved") {
      const outcome = act === "open" ? "found" : act;
      const people = [amina(), bashir({ returnee: false })].slice(0, 1 + (who % 2));
      const arrivedAt = new Date(now - HOUR).toISOString();
      const values = household(people, { unit, phone: `138${10_000_000 + client}`, arrivedAt });
      const { caseNumber } = await register(
        county.deps,
        { ...values, leftOn: dayOf(new Date(now), ZONE).date },
        client,
      );
      await openObservations(county.deps, {
        ...official,
        caseNumber,
        outcome,
        day0: dayOf(new Date(now), ZONE).date,
      });
      const planned: Slot = { date: localIso(new Date(now + 72 * HOUR), ZONE).slice(0, 10), part: "evening" };
      for (const [place, { returnee }] of people.entries()) {
        const how = { found: undefined, wrong: "closed", moved: "transferred" }[outcome];
        lives.set(`${caseNumber}-${place + 1}`, {
          ...{ unit, returnee, opened: now, planned, moves: [], readings: [] },
          ...(how ? { ended: { at: now, how } } : {}),
        });
      }
      return;
    }
    const [id, life] = [...lives][who % Math.max(1, lives.size)] ?? [];
    if (!id || !life) return;
    try {
      if (act === "read") {
        const slot = late ? previousSlot(latestSlot(new Date(now), ZONE)) : latestSlot(new Date(now), ZONE);
        const receipt = await read(county, id, { temperature: hot ? 38 : 36.5, slot: slotKey(slot) });
        life.readings.push({ slot: receipt.slot, at: now, abnormal: receipt.abnormal });
      } else if (act === "move") {
        await movePlacement(county.deps, { ...official, id, kind: hot ? "hospital" : "central" });
        life.moves.push({ at: now, kind: hot ? "hospital" : "central" });
      } else {
        const ending = act === "release" ? "released" : hot ? "transferred" : "closed";
        await endObservation(county.deps, { ...official, id, ending, by: "李示例", reason: "示例" });
        life.ended = { at: now, how: ending };
      }
    } catch (error) {
      // Refused is refused: the model has nothing to note.
      if (!(error instanceof ProblemError)) throw error;
    }
  }

  async function audit(lives: Map<string, Life>, moment: number) {
    const summary = await summaryAt(new Date(moment).toISOString());
    const seen = [...lives.values()].filter((life) => life.opened <= moment);
    const ended = (how?: string) =>
      seen.filter(({ ended: end }) => end && end.at <= moment && (how === undefined || end.how === how))
        .length;
    const open = seen.filter(({ ended: end }) => !end || end.at > moment);
    const kindOf = (life: Life) => life.moves.filter((move) => move.at <= moment).at(-1)?.kind ?? "home";
    const of = (kind: string) => open.filter((life) => kindOf(life) === kind).length;
    const { observation, readings, byTown, direct } = summary;
    expect(observation.cumulative).toBe(
      observation.observing + observation.released + observation.transferred + observation.closed,
    );
    expect(observation).toMatchObject({
      ...{ cumulative: seen.length, observing: open.length, released: ended("released") },
      ...{ transferred: ended("transferred"), closed: ended("closed") },
      byKind: { home: of("home"), central: of("central"), hospital: of("hospital") },
      householdMembers: open.filter(({ returnee }) => !returnee).length,
      symptomatic: open.filter((life) => lastBefore(life, undefined, moment)?.abnormal).length,
      fellIll: seen.filter((life) => life.readings.some((one) => one.abnormal && one.at <= moment)).length,
    });
    const parts = [...byTown, direct].map((part) => part.observation.cumulative);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(observation.cumulative);
    let slot = latestSlot(new Date(moment), ZONE);
    for (let back = 0; back < 4; back++, slot = previousSlot(slot)) {
      const found = readings.slots.find((one) => one.slot === slotKey(slot));
      expect({ expected: 0, onTime: 0, late: 0, missed: 0, ...found }).toMatchObject(
        slotCounts(seen, slot, moment),
      );
    }
  }

  function slotCounts(seen: Life[], slot: Slot, moment: number) {
    const closes = slotCloses(slot, ZONE).getTime();
    const counts = { expected: 0, onTime: 0, late: 0, missed: 0 };
    for (const life of seen) {
      const first = life.readings.find((one) => one.slot === slotKey(slot) && one.at <= moment);
      const begun = compareSlots(firstSlot(new Date(life.opened), ZONE), slot) <= 0;
      const within =
        compareSlots(slot, life.planned) <= 0 ||
        lastBefore(life, slot, Math.min(moment, closes))?.abnormal === true;
      const gone = life.ended && life.ended.at <= moment && life.ended.at < closes;
      if (!first && !(begun && within && !gone)) continue;
      counts.expected += 1;
      if (first) counts[first.at < closes ? "onTime" : "late"] += 1;
      else if (closes <= moment) counts.missed += 1;
    }
    return counts;
  }

  /** The counting reading of the newest slot, before a slot if one is named, as known by a moment. */
  function lastBefore(life: Life, slot: Slot | undefined, moment: number) {
    const known = life.readings.filter((one) => one.at <= moment);
    const earlier = known.filter((one) => !slot || compareSlots(slotOf(one.slot), slot) < 0);
    return earlier.reduce<(typeof earlier)[number] | undefined>(
      (last, one) => (last && compareSlots(slotOf(last.slot), slotOf(one.slot)) > 0 ? last : one),
      undefined,
    );
  }
  const slotOf = (key: string): Slot => parseSlot(key) as Slot;
});
