import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProblemError } from "../../src/domain/problem.ts";
import {
  isTicketNumber,
  owing,
  planAct,
  planTicket,
  proposedDue,
  readDue,
  type TicketAct,
  type TicketEvent,
  type TicketState,
  ticketNumber,
  ticketOf,
  ticketSubject,
} from "../../src/domain/ticket.ts";
import { HOUR, MINUTE } from "../../src/domain/time.ts";

const ZONE = "Asia/Shanghai";
const NOW = new Date("2026-01-25T10:00:00+08:00");
const COUNTY = "511781";
const [AMINA, BASHIR, WU] = ["511781100001", "511781100002", "511781101001"];
const at = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
const wrong = (work: () => unknown): string => {
  try {
    work();
    return "nothing";
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const [first] = error.problem.errors ?? [];
    return first ? `${first.path} ${first.code}` : error.problem.code;
  }
};
const opened = (...units: string[]) => planTicket(COUNTY, { units, dueAt: at(2) }, { now: NOW }).after;
const then = (state: TicketState, act: TicketAct, hours = 1) => planAct(state, act, { now: at(hours) });

describe("a ticket", () => {
  it("is owed by each unit it was circulated to, until that unit answers", () => {
    const state = opened(AMINA, BASHIR);
    expect(owing(state)).toEqual([AMINA, BASHIR]);
    expect(owing(then(state, { kind: "answer", unit: AMINA }).after)).toEqual([BASHIR]);
  });

  it("is closed once all have answered, or expressly without Bashir, who is excused and not met", () => {
    const state = then(opened(AMINA, BASHIR), { kind: "answer", unit: AMINA }).after;
    expect(wrong(() => then(state, { kind: "close", although: false }))).toBe("although unanswered");
    const plan = then(state, { kind: "close", although: true });
    expect(plan).toMatchObject({ excused: [BASHIR], owed: [], events: [{ without: [BASHIR] }] });
    const all = then(state, { kind: "answer", unit: BASHIR }).after;
    expect(then(all, { kind: "close", although: false })).toMatchObject({
      excused: [],
      events: [{ kind: "closed", without: [] }],
    });
  });

  it("asks again, once reopened, whom Zhou picks and always who had not answered", () => {
    const state = then(opened(AMINA, BASHIR, WU), { kind: "answer", unit: AMINA }).after;
    const answered = then(state, { kind: "answer", unit: WU }).after;
    const closed = then(answered, { kind: "close", although: true }).after;
    expect(owing(closed)).toEqual([]);
    const again = then(closed, { kind: "reopen", dueAt: at(9), units: [AMINA] }, 3);
    expect(again.owed).toEqual([AMINA, BASHIR]);
    expect(again.after.dueAt).toEqual(at(9));
    expect(wrong(() => then(closed, { kind: "reopen", dueAt: at(9), units: ["511781"] }))).toBe("units unit");
  });

  it("is owed anew, by those who still owe, when its due time is changed", () => {
    const state = then(opened(AMINA, BASHIR), { kind: "answer", unit: AMINA }).after;
    const plan = then(state, { kind: "due", dueAt: at(5) });
    expect(plan).toMatchObject({ excused: [BASHIR], owed: [BASHIR] });
    expect(wrong(() => then(state, { kind: "due", dueAt: at(2) }))).toBe("dueTime same");
  });

  it("goes to further units while its time is not over, to fifty at most, and to none twice", () => {
    const state = opened(AMINA);
    expect(then(state, { kind: "circulate", units: [WU, WU] }).owed).toEqual([WU]);
    expect(wrong(() => then(state, { kind: "circulate", units: [AMINA] }))).toBe("units owes");
    expect(wrong(() => then(state, { kind: "circulate", units: [] }))).toBe("units required");
    expect(wrong(() => then(state, { kind: "circulate", units: [WU] }, 2))).toBe("units due-over");
    const many = Array.from({ length: 50 }, (_, one) => `5117811010${one + 10}`);
    expect(wrong(() => then(state, { kind: "circulate", units: many }))).toBe("units too-many");
    expect(wrong(() => opened(...many, AMINA))).toBe("units too-many");
    expect(owing(opened(...many))).toHaveLength(50);
  });

  it("keeps one unit at least", () => {
    const state = opened(AMINA, BASHIR);
    const plan = then(state, { kind: "remove", unit: BASHIR });
    expect(plan.excused).toEqual([BASHIR]);
    expect(wrong(() => then(plan.after, { kind: "remove", unit: AMINA }))).toBe("unit last");
    expect(wrong(() => then(plan.after, { kind: "remove", unit: BASHIR }))).toBe("unit unit");
    expect(then(plan.after, { kind: "circulate", units: [BASHIR] }).owed).toEqual([BASHIR]);
  });

  it("tells whoever comes second that it was settled", () => {
    const closed = then(opened(AMINA), { kind: "close", although: true }).after;
    for (const act of [
      { kind: "close", although: true },
      { kind: "answer", unit: AMINA },
      { kind: "due", dueAt: at(8) },
    ] as const)
      expect(wrong(() => then(closed, act))).toBe("already-settled");
    expect(wrong(() => then(opened(AMINA), { kind: "reopen", dueAt: at(4), units: [] }))).toBe(
      "already-settled",
    );
  });
});

describe("whatever is done to a ticket, in whatever order", () => {
  const unit = fc.constantFrom(AMINA, BASHIR, WU, "511781100");
  const hours = fc.integer({ min: 1, max: 60 });
  const act = fc.oneof(
    fc.record({
      kind: fc.constant("circulate" as const),
      units: fc.array(unit, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("remove" as const), unit }),
    fc.record({ kind: fc.constant("due" as const), dueAt: hours.map(at) }),
    fc.record({ kind: fc.constant("close" as const), although: fc.boolean() }),
    fc.record({
      kind: fc.constant("reopen" as const),
      dueAt: hours.map(at),
      units: fc.array(unit, { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant("answer" as const), unit }),
  );

  it("its state is what its events say, and an obligation is open exactly for the units that owe", () => {
    let done = 0;
    fc.assert(
      fc.property(
        fc.array(unit, { minLength: 1, maxLength: 3 }),
        fc.array(act, { maxLength: 25 }),
        (units, acts) => {
          const book = new Ledger();
          let plan = planTicket(COUNTY, { units, dueAt: at(20) }, { now: NOW });
          const events: TicketEvent[] = [...plan.events];
          let version = 0;
          book.take(plan, version);
          acts.forEach((one, minute) => {
            try {
              plan = planAct(plan.after, one, { now: new Date(NOW.getTime() + minute * MINUTE) });
            } catch (error) {
              expect(error).toBeInstanceOf(ProblemError);
              return;
            }
            done += 1;
            events.push(...plan.events);
            if (one.kind !== "answer") version += 1;
            book.take(plan, version);
            expect(ticketOf(events)).toEqual(plan.after);
            expect(book.open()).toEqual(owing(plan.after));
            expect(book.dueAt()).toEqual(book.open().map(() => plan.after.dueAt.getTime()));
          });
        },
      ),
      { numRuns: 300 },
    );
    // Chance decides how many are allowed; usually it is over five hundred.
    expect(done).toBeGreaterThan(100);
  });

  /** Obligations as the database has them: a row once, and met or excused once. */
  class Ledger {
    rows = new Map<string, { unit: string; dueAt: number; over: boolean }>();
    open = () =>
      [...this.rows.values()]
        .filter(({ over }) => !over)
        .map(({ unit }) => unit)
        .sort();
    dueAt = () => [...this.rows.values()].filter(({ over }) => !over).map(({ dueAt }) => dueAt);
    take(plan: ReturnType<typeof planTicket>, version: number) {
      const answered = plan.events.filter(({ kind }) => kind === "answered").map(({ unitCode }) => unitCode);
      for (const code of [...plan.excused, ...answered]) {
        const [row, ...others] = [...this.rows.values()].filter(({ unit, over }) => unit === code && !over);
        expect(others).toEqual([]);
        expect(row).toBeDefined();
        if (row) row.over = true;
      }
      for (const code of plan.owed) {
        const id = ticketSubject("DB-0125-0001", code, version);
        expect(this.rows.has(id)).toBe(false);
        this.rows.set(id, { unit: code, dueAt: plan.after.dueAt.getTime(), over: false });
      }
    }
  }
});

describe("the due time of a ticket", () => {
  const due = (date: string, time: string) => readDue({ date, time }, { now: NOW, zone: ZONE });
  const fault = (date: string, time: string) => wrong(() => due(date, time));

  it("is two hours away unless Zhou says otherwise, and may be thirty days", () => {
    expect(proposedDue(new Date("2026-01-25T10:00:01+08:00"))).toEqual(new Date("2026-01-25T12:01:00+08:00"));
    expect(due("2026-01-25", "12:30")).toEqual(new Date("2026-01-25T12:30:00+08:00"));
    expect(due("2026-02-24", "10:00")).toEqual(new Date("2026-02-24T10:00:00+08:00"));
    expect(fault("2026-02-24", "10:01")).toBe("dueDate too-far");
  });

  it("is in the future and can be read", () => {
    expect(fault("2026-01-25", "10:00")).toBe("dueTime past");
    expect(fault("2026-01-24", "23:00")).toBe("dueTime past");
    expect(fault("2026-02-30", "10:00")).toBe("dueDate date");
    expect(fault("", "")).toBe("dueDate date");
    for (const time of ["", "24:00", "9:5", "１２:30", "12.30"])
      expect(fault("2026-01-25", time), time).toBe("dueTime time");
  });
});

it("the number of a ticket tells the day and the obligation's subject tells the ticket, the unit and which time it is", () => {
  expect(ticketNumber("2026-02-17", "0031")).toBe("DB-0217-0031");
  expect(isTicketNumber("DB-0217-0031")).toBe(true);
  for (const no of ["DB-0217-031", "db-0217-0031", "DB-0217-0031/x", "T-0217-0031"])
    expect(isTicketNumber(no)).toBe(false);
  expect(ticketSubject("DB-0217-0031", AMINA, 0)).toBe(`DB-0217-0031/${AMINA}`);
  expect(ticketSubject("DB-0217-0031", AMINA, 3)).toBe(`DB-0217-0031/${AMINA}/3`);
});
