import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escalate, type Owed } from "../../src/domain/escalation.ts";
import { ladderOf, OBLIGATION_KINDS, type ObligationKind, REPEATS } from "../../src/domain/ladder.ts";
import { MINUTE } from "../../src/domain/time.ts";

const settings = {
  LADDER_TOWN_MINUTES: 30,
  LADDER_COUNTY_MINUTES: 60,
  LADDER_REPEAT_MINUTES: 240,
  FOLLOW_UP_VILLAGE_MINUTES: 60,
  FOLLOW_UP_TOWN_MINUTES: 120,
  LADDERS: {},
};
const DUE = Date.parse("2026-01-25T16:00:00+08:00");
const VILLAGE = "511781100002";
const everybody = () => true;
const nextClose = (dueAt: number) => dueAt + 660 * MINUTE;

const owed = (more: Partial<Owed> = {}): Owed => ({
  id: "daily-report/2026-01-25/511781100002",
  kind: "daily-report",
  unitCode: VILLAGE,
  openedAt: DUE - 960 * MINUTE,
  dueAt: DUE,
  step: 0,
  version: 0,
  nextDueAt: DUE,
  heldFor: 0,
  metAt: null,
  excusedAt: null,
  ...more,
});
const at = (minutes: number) => DUE + minutes * MINUTE;
const move = (one: Owed, minutes: number, reaches: (audience: string) => boolean = everybody) =>
  escalate(one, at(minutes), ladderOf(one.kind, settings), { reaches, nextClose });
const told = (moved: ReturnType<typeof move>) =>
  moved.told.map(({ audience, tone }) => `${audience} ${tone}`);

describe("Bashir's report does not come", () => {
  it("is told to his village, and the next step waits for its own time", () => {
    expect(move(owed(), 0)).toMatchObject({ step: 1, nextDueAt: at(30), rolls: false });
    expect(told(move(owed(), 0))).toEqual([`${VILLAGE} overdue`]);
  });

  it("is told to everybody at once where the cron slept through all of it, each once", () => {
    const moved = move(owed(), 200);
    expect(told(moved)).toEqual([`${VILLAGE} overdue`, "511781100 overdue", "511781 overdue"]);
    expect(moved.nextDueAt).toBeNull();
  });

  it("is handed to Li's town at once where the village has nobody, and Li hears it once", () => {
    const moved = move(owed(), 0, (audience) => audience !== VILLAGE);
    expect(told(moved)).toEqual([`${VILLAGE} overdue`, "511781100 overdue"]);
    expect(moved).toMatchObject({ step: 2, nextDueAt: at(90) });
  });

  it("is said of nothing that was excused, and of what was met only that it recovered", () => {
    expect(move(owed({ excusedAt: 1 }), 0)).toMatchObject({ told: [], nextDueAt: null });
    const met = move(owed({ metAt: 1, step: 1 }), 0);
    expect(met.told.map(({ tone, audience }) => [tone, audience])).toEqual([["recovered", undefined]]);
    expect(met.nextDueAt).toBeNull();
  });

  it("is put off by what acknowledgements held, every later step alike", () => {
    expect(move(owed({ heldFor: 45 * MINUTE }), 0).nextDueAt).toBe(at(75));
    const second = owed({ step: 1, nextDueAt: at(75), heldFor: 45 * MINUTE });
    expect(move(second, 75).nextDueAt).toBe(at(135));
  });
});

describe("a tip", () => {
  const tip = owed({
    kind: "tip",
    id: "tip/T-4471-0934",
    openedAt: DUE - 120 * MINUTE,
    nextDueAt: DUE - 120 * MINUTE,
  });

  it("is said to Zhou's county again every four hours, six times, and then no more", () => {
    let one = { ...tip, step: 5, nextDueAt: at(90) };
    const moments: number[] = [];
    for (let round = 0; round < 20 && one.nextDueAt !== null; round++) {
      const moved = move(one, (one.nextDueAt - DUE) / MINUTE);
      moments.push((one.nextDueAt - DUE) / MINUTE);
      expect(moved.told.map(({ audience, again }) => [audience, again])).toEqual([["511781", round]]);
      one = { ...one, step: moved.step, nextDueAt: moved.nextDueAt as number };
    }
    expect(moments).toEqual([90, 330, 570, 810, 1050, 1290, 1530]);
    expect(moments).toHaveLength(1 + REPEATS);
  });

  it("is not called overdue before it is when the village's notice bounced and nobody above can be told", () => {
    // A bounce sets the step after the one that was told, at once.
    const bounced = { ...tip, step: 3, nextDueAt: DUE - 100 * MINUTE };
    expect(move(bounced, -100)).toMatchObject({ told: [], step: 3, nextDueAt: DUE });
  });

  it("goes to the town at once when the village's notice bounced", () => {
    const bounced = { ...tip, step: 1, nextDueAt: DUE - 100 * MINUTE };
    expect(told(move(bounced, -100))).toEqual(["511781100 notice"]);
    expect(move(bounced, -100)).toMatchObject({ step: 3, nextDueAt: DUE });
  });
});

describe("a missed slot", () => {
  const slot = owed({ kind: "follow-up", id: "follow-up/WY-0217-4482-1" });

  it("goes to the grid worker, the village and the town, and lapses as the next one closes", () => {
    expect(told(move(slot, 0))).toEqual([`${VILLAGE}/grid overdue`]);
    const last = move({ ...slot, step: 2, nextDueAt: at(180) }, 180);
    expect(told(last)).toEqual(["511781100 overdue"]);
    expect(last.nextDueAt).toBe(at(660));
    const lapsed = move({ ...slot, step: 3, nextDueAt: at(660) }, 660);
    expect(lapsed).toMatchObject({ rolls: true, step: 0 });
    expect(told(lapsed)).toEqual(["undefined lapse"]);
  });

  it("does not lapse early for a bounce, nor late for an acknowledgement", () => {
    expect(move({ ...slot, step: 3, nextDueAt: at(200) }, 200)).toMatchObject({
      told: [],
      nextDueAt: at(660),
    });
    expect(move({ ...slot, heldFor: 6000 * MINUTE }, 0).nextDueAt).toBe(at(660));
  });
});

describe("whatever is owed, whoever can be told, whenever the sweep comes", () => {
  const kinds = fc.constantFrom<ObligationKind>(...OBLIGATION_KINDS);
  const heard = fc.func(fc.boolean());

  it("moves on or rests: a sweep never finds the same thing due again, save a slot that rolls", () => {
    fc.assert(
      fc.property(
        kinds,
        heard,
        fc.nat(20),
        fc.integer({ min: -200, max: 5000 }),
        fc.nat(300),
        (kind, hears, step, late, held) => {
          const one = owed({
            kind,
            step,
            heldFor: held * MINUTE,
            nextDueAt: at(late),
            openedAt: DUE - 120 * MINUTE,
          });
          const moved = move(one, late + 10, hears);
          if (!moved.rolls) expect(moved.nextDueAt === null || moved.nextDueAt > at(late + 10)).toBe(true);
          expect(moved.told.length).toBeLessThanOrEqual(12);
          const audiences = moved.told.filter(({ tone }) => tone !== "lapse").map(({ audience }) => audience);
          expect(new Set(audiences).size).toBe(audiences.length);
        },
      ),
    );
  });

  it("is called overdue no earlier than it was due", () => {
    fc.assert(
      fc.property(kinds, heard, fc.nat(12), fc.integer({ min: -119, max: 600 }), (kind, hears, step, now) => {
        const one = owed({ kind, step, nextDueAt: at(now - 1), openedAt: DUE - 120 * MINUTE });
        for (const { tone } of move(one, now, hears).told)
          if (tone === "overdue") expect(now).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("is the same whether the cron came each minute or only in the end: the same people hear", () => {
    fc.assert(
      fc.property(kinds, heard, fc.integer({ min: 1, max: 650 }), (kind, hears, end) => {
        const begin = owed({
          kind,
          openedAt: DUE - 120 * MINUTE,
          nextDueAt: kind === "daily-report" ? DUE : DUE,
        });
        const slow = new Set<string | undefined>();
        let one: Owed | undefined = begin;
        for (let minute = 0; minute <= end && one; minute++) {
          if (one.nextDueAt > at(minute)) continue;
          const moved = move(one, minute, hears);
          for (const { audience } of moved.told) slow.add(audience);
          one =
            moved.nextDueAt === null || moved.rolls
              ? undefined
              : { ...one, step: moved.step, nextDueAt: moved.nextDueAt };
        }
        const fast = new Set(move(begin, end, hears).told.map(({ audience }) => audience));
        expect([...fast].sort()).toEqual([...slow].sort());
      }),
    );
  });
});
