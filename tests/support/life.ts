import { eq } from "drizzle-orm";
import fc from "fast-check";
import { publicity } from "../../forms/publicity.ts";
import { heldAbout } from "../../src/db/duplicate-list.ts";
import { person } from "../../src/db/schema.ts";
import { dayOf } from "../../src/domain/as-of.ts";
import { latestSlot, previousSlot, slotKey } from "../../src/domain/follow-up.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { HOUR, MINUTE } from "../../src/domain/time.ts";
import { submitRegistration, submitTip, verifyHousehold, verifyTip } from "../../src/http/submit.ts";
import { submitCount } from "../../src/http/submit-count.ts";
import { keepApart, mergePersons, undoDuplicate } from "../../src/http/submit-duplicate.ts";
import { endObservation, movePlacement } from "../../src/http/submit-observation.ts";
import { excuseUnit, submitReport } from "../../src/http/submit-report.ts";
import { amina, bashir, clientId, dawa, household, wuTip } from "./cast.ts";
import { read } from "./follow-up.ts";
import { actInOffice, type Files, newFiles, OFFICE_ACTS } from "./life-office.ts";
import type { TestCounty } from "./worker.ts";

/* A county's days as chance makes them: what people do there, one step after another, through the doors that they use. */

export const VILLAGES = ["511781100001", "511781100002", "511781101001"] as const;
export const SCHOOL = "511781100S01";

export const anyStep = fc.record({
  act: fc.constantFrom(
    ...(["register", "register", "again", "again", "again", "tip", "tip"] as const),
    ...(["settle", "settle", "settle", "settle", "settleTip"] as const),
    ...(["read", "read", "read", "read", "read", "end", "report", "report", "report", "excuse"] as const),
    ...(["move", "count", "merge", "merge", "distinct", "undo"] as const),
    ...OFFICE_ACTS,
  ),
  who: fc.nat(30),
  // Now and then to the full hour, where one bucket ends and the next begins.
  minutes: fc.integer({ min: 1, max: 120 }),
  sharp: fc.boolean(),
  hot: fc.boolean(),
  late: fc.boolean(),
});
export type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;
/** Whom the next step may be about. */
export type Books = Files & {
  people: string[];
  /** Everybody who registered, and whoever was found to be one or two. */
  registered: string[];
  pairs: [string, string][];
  next: number;
};
export const newBooks = (): Books => ({
  ...{ ...newFiles(), people: [], registered: [], pairs: [], next: 0 },
});

/** When the next step comes: some minutes and a little later, or sharp on the hour. */
export function momentAfter(now: number, { minutes, sharp }: Step): number {
  const then = now + minutes * MINUTE + 7;
  return sharp ? Math.ceil(then / HOUR) * HOUR : then;
}

/** Registers a household that came an hour ago, by the API. */
export const register = (
  county: TestCounty,
  number: number,
  persons: Parameters<typeof household>[0],
  unit: string,
  more = {},
) =>
  submitRegistration(county.deps, {
    clientId: clientId(number),
    values: household(persons, {
      unit,
      phone: `138${10_000_000 + number}`,
      leftOn: undefined,
      arrivedAt: new Date(county.deps.now().getTime() - HOUR).toISOString(),
      ...more,
    }),
    door: "api",
    unitCode: unit,
  });

/** Does one step at the county's moment. Refused is refused, and nothing was stored. */
export async function live(county: TestCounty, books: Books, step: Step): Promise<void> {
  try {
    await act(county, books, step);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

const COUNTY = { code: "511781", exact: false };
const flagOf = async ({ deps }: TestCounty, id: string): Promise<string | undefined> => {
  const [row] = await deps.db.select({ of: person.duplicateOf }).from(person).where(eq(person.id, id));
  return row?.of ?? undefined;
};

async function act(county: TestCounty, books: Books, step: Step): Promise<void> {
  const { who, hot, late } = step;
  const { deps } = county;
  const unit = VILLAGES[who % 3] ?? VILLAGES[0];
  const now = deps.now();
  const official = { scope: "511781", actor: "x" };
  const number = ++books.next;
  const somebody = () => books.people[who % Math.max(1, books.people.length)];
  // Said afterwards: it happened earlier and is written down now.
  const occurredAt = late ? new Date(now.getTime() - 30 * MINUTE) : now;
  switch (step.act) {
    case "register":
    case "again": {
      const [first, other] = [amina({ temperature: hot ? 38.2 : 36.5 }), bashir({ symptoms: hot })];
      const people = [
        step.act === "again" ? first : other,
        dawa({ document: undefined, returnee: late, contact: hot }),
      ].slice(0, 1 + (who % 2));
      const origin = (["wuhan", "hubei", "other_province", "same_province"] as const)[who % 4];
      const { caseNumber } = await register(county, number, people, unit, { origin, transitWuhan: late });
      books.cases.push({ id: caseNumber, unit });
      books.registered.push(...people.map((_, place) => `${caseNumber}-${place + 1}`));
      return;
    }
    case "merge":
    case "distinct": {
      const { registered } = books;
      const one = registered[who % Math.max(1, registered.length)];
      // Somebody close by, and now and then the one who is flagged for the same document.
      const flag = late && one ? await flagOf(county, one) : undefined;
      const other = flag ?? registered[(who + 1 + step.minutes) % Math.max(1, registered.length)];
      if (!one || !other) return;
      const asked = { scope: COUNTY, actor: "x", ids: [one, other] as [string, string], reason: "示例" };
      // Remembered first: whoever was merged already may be undone later.
      books.pairs.push(asked.ids);
      if (step.act === "distinct") await keepApart(deps, asked);
      else await mergePersons(deps, { ...asked, ...(hot && !flag ? { stands: one } : {}) });
      return;
    }
    case "undo": {
      const ids = books.pairs[who % Math.max(1, books.pairs.length)];
      if (!ids) return;
      const held = (await heldAbout(deps.db, ids)).find(
        ({ person, other }) => ids.includes(person) && ids.includes(other),
      );
      if (held)
        await undoDuplicate(deps, {
          ...{ scope: COUNTY, actor: "x", ids, version: `${held.person}/${held.version}` },
        });
      return;
    }
    case "tip": {
      const { tipNumber } = await submitTip(deps, {
        ...{ clientId: clientId(number), values: wuTip({ unit }), door: "api" },
      });
      books.tips.push({ id: tipNumber, unit });
      return;
    }
    case "settle": {
      const [one] = books.cases.splice(who % Math.max(1, books.cases.length), 1);
      if (!one) return;
      const outcome = hot && late ? "wrong" : who % 5 === 0 ? "moved" : "found";
      const day0 = dayOf(now, "Asia/Shanghai").date;
      await verifyHousehold(deps, { id: one.id, unitCode: one.unit, actor: "x", outcome, day0, occurredAt });
      if (outcome === "found") books.people.push(`${one.id}-1`);
      return;
    }
    case "settleTip": {
      const [one] = books.tips.splice(who % Math.max(1, books.tips.length), 1);
      if (!one) return;
      await verifyTip(deps, {
        ...{
          id: one.id,
          // It may have been handed on.
          unitCode: COUNTY.code,
          actor: "x",
          outcome: "true",
          answer: "已核实（示例）",
          occurredAt,
        },
      });
      return;
    }
    case "read": {
      const id = somebody();
      if (!id) return;
      const newest = latestSlot(now, "Asia/Shanghai");
      const slot = slotKey(late ? previousSlot(newest) : newest);
      await read(county, id, { temperature: hot ? 38 : 36.5, slot });
      return;
    }
    case "move": {
      const id = somebody();
      if (id) await movePlacement(deps, { ...official, id, kind: hot ? "central" : "hospital" });
      return;
    }
    case "end": {
      const id = somebody();
      if (!id) return;
      const ending = late ? "released" : hot ? "transferred" : "closed";
      await endObservation(deps, { ...official, id, ending, by: "李示例", reason: "示例" });
      books.people.splice(books.people.indexOf(id), 1);
      return;
    }
    case "report": {
      const date = dayOf(new Date(now.getTime() - (late ? 24 * HOUR : 0)), "Asia/Shanghai").date;
      const counts = hot ? { zero: false, returnees: number, wuhan: 0, symptomatic: 0 } : { zero: true };
      await submitReport(deps, {
        ...{ clientId: clientId(number), unitCode: unit, date, door: "api" },
        values: { ...counts, reason: "示例" } as Parameters<typeof submitReport>[1]["values"],
      });
      return;
    }
    case "count": {
      const { date } = dayOf(new Date(now.getTime() - (late ? 24 * HOUR : 0)), "Asia/Shanghai");
      const values = { leaflets: who, ...(hot && { screens: who }), reason: "示例" };
      await submitCount(deps, {
        ...{ clientId: clientId(number), form: publicity, unitCode: unit, date, values, door: "api" },
      });
      return;
    }
    case "excuse": {
      const { date } = dayOf(new Date(now.getTime() + 24 * HOUR), "Asia/Shanghai");
      await excuseUnit(deps, {
        ...{ clientId: clientId(number), scopePrefix: "511781", unitCode: SCHOOL, from: date, to: date },
        ...{ reason: "示例：放假", actor: "x" },
      });
      return;
    }
    default:
      await actInOffice(county, books, step.act, { who, hot, late, number, unit });
  }
}
