import fc from "fast-check";
import { expect, it } from "vitest";
import {
  firstSlot,
  LATE_WINDOW,
  nextSlot,
  type Slot,
  slotCloses,
  slotKey,
  slotOpens,
} from "../../src/domain/follow-up.ts";
import { HOUR, MINUTE } from "../../src/domain/time.ts";
import { endObservation } from "../../src/http/submit-observation.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { enter, seedCast } from "../support/alarm.ts";
import { amina, bashir, dawa } from "../support/cast.ts";
import { observe, read, VILLAGE } from "../support/follow-up.ts";
import { rowsOf } from "../support/records.ts";
import { openCounty } from "../support/worker.ts";

const ZONE = "Asia/Shanghai";
const START = new Date("2026-01-25T08:00:00+08:00").getTime();
const SLOTS = 8;
/** Who hears of a missed slot, and how long after its close. */
const LADDER = [
  { contact: "grid", after: 0 },
  { contact: "amina", after: 60 * MINUTE },
  { contact: "li", after: 180 * MINUTE },
];

/** What is done about one slot: nothing, or a reading so far into its hours or after its close. */
const doing = fc.oneof(
  fc.constant({ kind: "none" as const, minutes: 0 }),
  fc.record({ kind: fc.constant("on-time" as const), minutes: fc.integer({ min: 0, max: 350 }) }),
  fc.record({ kind: fc.constant("late" as const), minutes: fc.integer({ min: 1, max: 1438 }) }),
);
const history = fc.record({
  people: fc.array(fc.array(doing, { minLength: SLOTS, maxLength: SLOTS }), { minLength: 3, maxLength: 3 }),
  /** When the third is transferred, in minutes. */
  leaves: fc.option(fc.integer({ min: 60, max: 4 * 24 * 60 })),
  gaps: fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 60, max: 1000 }),
    ),
    { minLength: 150, maxLength: 300 },
  ),
});

it("raises for each missed slot exactly the alerts that the ladder owes, whatever the cron and the people do", {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ people, leaves, gaps }) => {
      const county = await openCounty(new Date(START).toISOString(), { CARE_ROLES: "" });
      await seedCast(county, ["amina", "li"]);
      await enter(county, "grid", { unitCode: VILLAGE, email: "grid@sample.example", role: "grid" });
      const home = await observe(county, [amina(), bashir(), dawa()]);
      const slots: Slot[] = [firstSlot(new Date(START), ZONE)];
      while (slots.length < SLOTS) slots.push(nextSlot(slots.at(-1) as Slot));

      const leftAt = leaves === null ? undefined : START + leaves * MINUTE + 30_000;
      const readings = people.flatMap((slotsOf, person) =>
        slotsOf.flatMap(({ kind, minutes }, place) => {
          const slot = slots[place] as Slot;
          const closes = slotCloses(slot, ZONE).getTime();
          const opens = Math.max(slotOpens(slot, ZONE).getTime(), START);
          const when =
            kind === "late" ? closes + minutes * MINUTE : Math.min(opens + minutes * MINUTE, closes - MINUTE);
          // Half a minute off the sweeps, so that the order is plain; nothing is taken after somebody left.
          const moment = when + 15_000;
          const gone = person === 2 && leftAt !== undefined && moment >= leftAt;
          return kind === "none" || gone ? [] : [{ person, place, slot, closes, at: moment }];
        }),
      );
      const sweeps: number[] = [];
      let time = START;
      for (const gap of gaps) {
        time += gap * MINUTE;
        sweeps.push(time);
        if (gap % 7 === 0) sweeps.push(time); // a cron that came twice
      }
      const end = slotCloses(slots.at(-1) as Slot, ZONE).getTime() + LATE_WINDOW;
      for (time += HOUR; time < end + 2 * HOUR; time += HOUR) sweeps.push(time);

      const events = [
        ...sweeps.map((at) => ({ at, run: () => sweep() })),
        ...readings.map(({ at, person, slot }) => ({
          at,
          run: () => read(county, `${home}-${person + 1}`, { slot: slotKey(slot) }),
        })),
        ...(leftAt === undefined ? [] : [{ at: leftAt, run: () => leave() }]),
      ].sort((a, b) => a.at - b.at);
      const sweep = async () => {
        await sweepOverdue(county.deps, county.deps.now());
        await drainOutbox(county.deps, county.deps.now());
      };
      const leave = () =>
        endObservation(county.deps, {
          ...{
            id: `${home}-3`,
            scope: VILLAGE,
            actor: "li",
            ending: "transferred",
            by: "李示例",
            reason: "示例",
          },
        });
      for (const { at, run } of events) {
        county.setNow(new Date(at).toISOString());
        await run();
      }

      const owed: string[] = [];
      for (let person = 0; person < 3; person++)
        for (const [place, slot] of slots.entries()) {
          const closes = slotCloses(slot, ZONE).getTime();
          const came = readings.find((one) => one.person === person && one.place === place)?.at ?? Infinity;
          const left = person === 2 ? (leftAt ?? Infinity) : Infinity;
          for (const { contact, after } of LADDER) {
            const told = sweeps.find((at) => at >= closes + after);
            if (told === undefined || came < told || left < told) continue;
            owed.push(`overdue ${person + 1} ${slotKey(slot)} ${contact}`);
            if (came < Infinity) owed.push(`recovered ${person + 1} ${slotKey(slot)} ${contact}`);
          }
        }
      const keys = new Map(slots.map((slot) => [slotCloses(slot, ZONE).getTime(), slotKey(slot)]));
      const sent = (await rowsOf(county, "alert"))
        .filter((row) => String(row.obligation_id).startsWith("follow-up/"))
        .filter((row) => keys.has(Number(row.due_at)))
        .map((row) => {
          const person = String(row.obligation_id).slice(-1);
          return `${row.kind} ${person} ${keys.get(Number(row.due_at))} ${row.contact_id}`;
        });
      expect(sent.sort()).toEqual(owed.sort());
    }),
    { numRuns: 3 },
  );
});
