import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exitPass } from "../../forms/exit-pass.ts";
import { type Problem, ProblemError } from "../../src/domain/problem.ts";
import {
  planFiling,
  planStep,
  planWithdrawal,
  type RecordContext,
  type RecordPlan,
  type RecordState,
} from "../../src/domain/record.ts";
import { aboveOf, decidesFor } from "../../src/domain/record-duty.ts";
import { quotaSpan } from "../../src/domain/record-quota.ts";
import { subjectText } from "../../src/domain/record-subject.ts";
import { addDays, localDate, MINUTE } from "../../src/domain/time.ts";
import { parseSettings } from "../../src/env.ts";
import type { RecordForm } from "../../src/forms/define.ts";
import { FILED, holdsFor, stepNamed, stepsFrom, WITHDRAWN } from "../../src/forms/record.ts";
import { banquet } from "../support/forms-banquet.ts";

const VILLAGE = "511781100001";
const settings = parseSettings({
  ...{ COUNTY_CODE: "511781", PUBLIC_URL: "https://baobei.example" },
  MASTER_SECRET: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
  DEV: "1",
});
const zone = settings.TIME_ZONE;
const at = (clock: string, date = "2026-01-25") => new Date(`${date}T${clock}:00+08:00`);
const context = (form: RecordForm, now: Date, ledger?: RecordContext["ledger"]): RecordContext => ({
  ...{ form, now, settings, ledger },
});
const PASS = { home: "样本小区 3 栋", person: "样本甲", purpose: "shopping" };
const BANQUET = { host: "样本甲", heldOn: "2026-01-28", tables: 8 };
const file = (form: RecordForm, values: object, now = at("10:00"), more: { occurredAt?: Date } = {}) =>
  planFiling(
    { id: "QB-0217-4486", unitCode: VILLAGE, values: { ...values }, recent: [], ...more },
    context(form, now),
  );
const step = (record: RecordState, name: string, now: Date, values = {}, occurredAt?: Date) => {
  const form = record.form === "exit-pass" ? exitPass : banquet;
  const taken = stepNamed(form, name);
  if (!taken) throw new Error(name);
  return planStep(record, { step: taken, values, occurredAt }, context(form, now));
};
function refused(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error("nothing was refused");
}
const where = (work: () => unknown) => refused(work).errors?.map(({ path, code }) => `${path} ${code}`);

describe("Wu issues a pass", () => {
  it("keeps what is personal apart, and owes nothing until somebody is out", () => {
    const { next, event, owes } = file(exitPass, PASS);
    expect(next).toMatchObject({ state: FILED, version: 1, facts: { purpose: "shopping" }, endedAt: null });
    expect(event).toMatchObject({ seq: 1, step: FILED, facts: { purpose: "shopping" } });
    expect(event.said).toEqual({ home: PASS.home, person: PASS.person });
    expect(owes).toBeUndefined();
  });

  it("owes the return two hours after Bashir went, whenever that was written down", () => {
    const { next } = file(exitPass, PASS, at("09:00"));
    const out = step(next, "out", at("10:30"), {}, at("10:00"));
    expect(out.owes).toMatchObject({
      ...{ id: "record/exit-pass/QB-0217-4486/2", kind: "record", unitCode: VILLAGE },
      ...{ openedAt: at("10:30"), dueAt: at("12:00"), nextDueAt: at("12:00") },
    });
    const back = step(out.next, "back", at("12:40"));
    expect(back).toMatchObject({ meets: out.owes?.id, next: { owedId: null, dueAt: null } });
    expect(back.next.endedAt).toEqual(at("12:40"));
    expect([back.next.counted.issued, back.next.counted.out]).toEqual([1, undefined]);
    expect(refused(() => step(back.next, "out", at("12:50")))).toMatchObject({
      ...{ status: 409, code: "record-step-closed" },
      title: { "zh-Hans": "现在是“已返回”，不能再办这一步" },
    });
  });

  it("withdraws one with a reason alone, and nothing of it is counted any more", () => {
    const { next, event } = file(exitPass, PASS);
    const ledger = { seq: 1, totals: event.totals, recordedAt: event.recordedAt };
    const ctx = context(exitPass, at("10:10"), ledger);
    expect(where(() => planWithdrawal(next, { reason: " " }, ctx))).toEqual(["reason required"]);
    const gone = planWithdrawal(next, { reason: "样本：开错了" }, ctx);
    expect(gone.next).toMatchObject({ state: WITHDRAWN, counted: {}, endedAt: at("10:10") });
    expect(gone.event).toMatchObject({ seq: 2, facts: {}, said: { reason: "样本：开错了" } });
    expect(Object.values(gone.event.totals).every((n) => n === 0)).toBe(true);
    expect(refused(() => planWithdrawal(gone.next, { reason: "样本" }, ctx)).code).toBe("record-step-closed");
  });

  it.each([
    ["six minutes from now", "10:06", "2026-01-25", "occurredAt future"],
    ["more than three days ago", "09:59", "2026-01-22", "occurredAt too-early"],
  ])("cannot have issued it %s", (_, clock, date, said) => {
    expect(where(() => file(exitPass, PASS, at("10:00"), { occurredAt: at(clock, date) }))).toEqual([said]);
  });

  it("has a clock five minutes ahead, and a page that shows no seconds", () => {
    const filedAt = new Date("2026-01-25T10:00:45+08:00");
    const ahead = file(exitPass, PASS, filedAt, { occurredAt: at("10:05") });
    expect(ahead.event.occurredAt).toEqual(filedAt);
    const later = new Date(filedAt.getTime() + 5_000);
    expect(step(ahead.next, "out", later, {}, at("10:00")).event.occurredAt).toEqual(filedAt);
    expect(where(() => step(ahead.next, "out", later, {}, at("09:59")))).toEqual(["occurredAt before-last"]);
    expect(where(() => step(ahead.next, "out", later, {}, new Date(Number.NaN)))).toEqual([
      "occurredAt format",
    ]);
  });
});

describe("a banquet", () => {
  it("waits for the town, which hears of it at once, and then owes a report the day after", () => {
    const filed = file(banquet, BANQUET);
    expect(filed.owes).toMatchObject({
      ...{ kind: "decision", unitCode: "511781100", id: "decision/sample-banquet/QB-0217-4486/1" },
      ...{ dueAt: at("14:00"), nextDueAt: at("10:00") },
    });
    const approved = step(filed.next, "approved", at("11:00"), { limit: 6 });
    expect(approved).toMatchObject({ meets: filed.owes?.id, next: { facts: { limit: 6, tables: 8 } } });
    expect(approved.owes).toMatchObject({ kind: "record", dueAt: at("00:00", "2026-01-30") });
    expect(approved.next.counted).toEqual({ filed: 1, tables: 8 });
  });

  it("that a phone without a network sends hours later gives the town its whole time", () => {
    const { owes, next } = file(banquet, BANQUET, at("18:00"), { occurredAt: at("09:00") });
    expect([owes?.openedAt, owes?.dueAt, next.dueAt]).toEqual([at("18:00"), at("22:00"), at("22:00")]);
  });

  it("of five tables owes no report, of thirty cannot be approved, and a smaller one can be filed again", () => {
    const small = step(file(banquet, { ...BANQUET, tables: 5 }).next, "approved", at("11:00"));
    expect([small.owes, small.next.endedAt, small.next.dueAt]).toEqual([undefined, null, null]);
    const large = file(banquet, { ...BANQUET, tables: 30 });
    expect(refused(() => step(large.next, "approved", at("11:00"))).code).toBe("record-step-closed");
    const no = step(large.next, "refused", at("11:00"), { why: "样本" });
    expect([no.owes, no.next.endedAt, no.event.said]).toEqual([undefined, null, { why: "样本" }]);
    const again = step(no.next, "again", at("11:30"), { tables: 12 });
    expect(again.owes?.id).toBe("decision/sample-banquet/QB-0217-4486/3");
    const yes = step(again.next, "approved", at("11:40"));
    expect(yes.next.counted).toEqual({ filed: 1, tables: 12, large: 1 });
  });

  it("without a day that its duty goes by owes nothing", () => {
    const { next } = file(banquet, { host: "样本甲", tables: 8 });
    expect(step(next, "approved", at("11:00")).owes).toBeUndefined();
  });

  it("is decided by the town or the county, never by who filed it or by others", () => {
    const tried = (door: string, unit: string) => decidesFor(door, unit);
    expect(["511781100", "511781"].map((door) => tried(door, VILLAGE))).toEqual([true, true]);
    expect(
      [VILLAGE, "511781101", "511781100S01", "511781B01", "5117"].map((door) => tried(door, VILLAGE)),
    ).toEqual([false, false, false, false, false]);
    expect([tried("511781100", "511781100"), tried(VILLAGE, `${VILLAGE}01`)]).toEqual([false, false]);
    expect([VILLAGE, "511781100", "511781B01", `${VILLAGE}01`, "511781"].map(aboveOf)).toEqual([
      ...["511781100", "511781", "511781", "511781100", "511781"],
    ]);
  });
});

describe("whom a pass is about", () => {
  const about = (home: string) => subjectText(exitPass, VILLAGE, { home });
  it("is the same however it is written, and another at the next door", () => {
    const one = about("样本小区 3栋-2-501");
    for (const same of ["样本小区３栋－２－501", "样本小区，3栋 2 501", " 样本小区3栋2/501。"])
      expect(about(same)).toBe(one);
    for (const other of ["样本小区 32-501", "样本小区 3栋2501", "样本小区 3-250-1"])
      expect(about(other)).not.toBe(one);
    expect(subjectText(exitPass, "511781100002", { home: "样本小区 3栋-2-501" })).not.toBe(one);
    expect(about("——")).not.toBe(about("？"));
  });
  it("is nobody where nothing was answered", () => {
    expect(subjectText(exitPass, VILLAGE, {})).toBeUndefined();
    expect(subjectText({ ...exitPass, record: { ...exitPass.record, subject: [] } }, VILLAGE, PASS)).toBe(
      undefined,
    );
  });
});

describe("any sequence of filings, steps and withdrawals", () => {
  const act = fc.record({
    do: fc.constantFrom("file", "file", "step", "step", "step", "withdraw"),
    which: fc.nat({ max: 99 }),
    host: fc.constantFrom("样本甲", "样本乙"),
    tables: fc.integer({ min: 1, max: 40 }),
    // A second machine's clock is behind; what is written down late happened before.
    minutes: fc.integer({ min: -20, max: 1_500 }),
    late: fc.option(fc.integer({ min: 0, max: 4_400 }), { nil: undefined }),
  });
  const forms = fc.constantFrom<RecordForm>(banquet, exitPass);

  it("keeps totals that a recount finds, moves along steps alone, and never exceeds the quota", () => {
    fc.assert(
      fc.property(forms, fc.array(act, { maxLength: 40 }), (form, acts) => {
        const { plans, refusals } = play(form, acts);
        for (const { code, status } of refusals) {
          expect(["invalid", "record-step-closed"]).toContain(code);
          expect(status).toBeLessThan(500);
        }
        checkHistory(form, plans);
        expect(plans.at(-1)?.event.totals ?? {}).toEqual(plans.length > 0 ? recount(form, plans) : {});
        checkQuota(form, plans);
      }),
      { numRuns: 300 },
    );
  });

  type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

  function play(form: RecordForm, acts: Act[]) {
    const records: RecordState[] = [];
    const subjects = new Map<string, string>();
    const plans: RecordPlan[] = [];
    const refusals: Problem[] = [];
    let now = at("08:00");
    for (const { do: what, which, host, tables, minutes, late } of acts) {
      now = new Date(now.getTime() + minutes * MINUTE);
      const occurredAt = late === undefined ? undefined : new Date(now.getTime() - late * MINUTE);
      const last = plans.at(-1)?.event;
      const ctx = context(form, now, last && { ...last });
      const record = records[which % Math.max(1, records.length)];
      try {
        const plan = (() => {
          if (what === "file" || !record) {
            const span = form.record.quota && quotaSpan(form.record.quota, occurredAt ?? now, zone);
            const recent = records
              .filter(({ id, state }) => subjects.get(id) === host && state !== WITHDRAWN)
              .map(({ occurredAt: happened }) => happened)
              .filter((happened) => span && happened >= span.from && happened < span.to);
            const values = { host, home: host, person: host, heldOn: "2026-01-28", tables };
            const id = `QB-${records.length}`;
            const filed = planFiling({ id, unitCode: VILLAGE, values, occurredAt, recent }, ctx);
            subjects.set(id, host);
            return filed;
          }
          if (what === "withdraw") return planWithdrawal(record, { reason: "样本", occurredAt }, ctx);
          const open = form.record.steps;
          const taken = open[tables % open.length] ?? stepNamed(form, "out");
          if (!taken) throw new Error("no step");
          const values = taken.fields ? { tables, limit: tables, why: "样本" } : {};
          return planStep(record, { step: taken, values, occurredAt }, ctx);
        })();
        plans.push(plan);
        const index = records.findIndex(({ id }) => id === plan.next.id);
        if (index < 0) records.push(plan.next);
        else records[index] = plan.next;
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        refusals.push(error.problem);
      }
    }
    return { plans, refusals };
  }

  function checkHistory(form: RecordForm, plans: RecordPlan[]) {
    const stands = new Map<string, RecordState>();
    let recorded = 0;
    for (const [index, { next, event, meets, owes }] of plans.entries()) {
      const before = stands.get(next.id);
      expect(event.seq).toBe(index + 1);
      expect(event.recordedAt.getTime()).toBeGreaterThanOrEqual(recorded);
      recorded = event.recordedAt.getTime();
      expect(next.version).toBe((before?.version ?? 0) + 1);
      expect(next.state).toBe(event.step);
      if (before) {
        expect(before.endedAt).toBeNull();
        expect(event.occurredAt.getTime()).toBeGreaterThanOrEqual(before.lastAt.getTime());
        if (event.step !== WITHDRAWN) expect(stepNamed(form, event.step)?.from).toContain(before.state);
      } else expect(event.step).toBe(FILED);
      expect(meets ?? null).toBe(before?.owedId ?? null);
      expect([next.owedId, next.dueAt]).toEqual([owes?.id ?? null, owes?.dueAt ?? null]);
      const on = { now: event.recordedAt, zone };
      const ends = event.step === WITHDRAWN || stepsFrom(form, next.state, next.facts, on).length === 0;
      expect(next.endedAt).toEqual(ends ? event.recordedAt : null);
      stands.set(next.id, next);
    }
  }

  /** From the events alone, as somebody would count them by hand. */
  function recount(form: RecordForm, plans: RecordPlan[]) {
    const totals = Object.fromEntries(form.record.figures.map(({ name }) => [name, 0]));
    for (const happened of Map.groupBy(plans, ({ next }) => next.id).values()) {
      if (happened.at(-1)?.event.step === WITHDRAWN) continue;
      for (const figure of form.record.figures) {
        const counted =
          figure.count === "flow"
            ? happened.filter(({ event }) => event.step === figure.at)
            : happened.slice(-1).filter(({ event }) => figure.in.includes(event.step));
        for (const { next, event } of counted)
          if (holdsFor(form, figure.where, next.facts, { now: event.recordedAt, zone }))
            totals[figure.name] =
              (totals[figure.name] ?? 0) + (figure.sum ? Number(next.facts[figure.sum] ?? 0) : 1);
      }
    }
    return totals;
  }

  function checkQuota(form: RecordForm, plans: RecordPlan[]) {
    const { quota } = form.record;
    if (!quota) return;
    const last = new Map(plans.map(({ next }) => [next.id, next.state]));
    const filed = plans.filter(({ event, next }) => event.step === FILED && last.get(next.id) !== WITHDRAWN);
    const bySubject = Map.groupBy(filed, ({ event }) => String(event.said.host ?? event.said.home));
    for (const mine of bySubject.values()) {
      const days = mine.map(({ event }) => localDate(event.occurredAt, zone));
      for (const day of days) {
        const first = addDays(day, 1 - quota.days);
        expect(days.filter((other) => other >= first && other <= day).length).toBeLessThanOrEqual(quota.max);
      }
    }
  }
});
