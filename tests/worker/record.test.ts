import { beforeEach, describe, expect, it } from "vitest";
import { exitPass } from "../../forms/exit-pass.ts";
import { findRecord } from "../../src/db/record.ts";
import { listEvents } from "../../src/db/record-event.ts";
import { openDb } from "../../src/db/store.ts";
import { closeUnit, closingHeldBy } from "../../src/db/unit-change.ts";
import type { RecordForm } from "../../src/forms/define.ts";
import {
  type FiledEntry,
  fileRecord,
  fileRecords,
  MOST_RECORDS,
  type RecordEntry,
  takeStep,
} from "../../src/http/submit-record.ts";
import { sealOffOld } from "../../src/jobs/retention.ts";
import { minute, seedCast } from "../support/alarm.ts";
import { clientId } from "../support/cast.ts";
import { banquet } from "../support/forms-banquet.ts";
import { zero } from "../support/meter.ts";
import { problemFrom } from "../support/records.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/* 登记事项 in the database: who is first, what is written, who hears, and what a dump of it shows. */
const DAY = "2026-01-25";
const VILLAGE = "511781100001";
const TOWN = "511781100";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty(`${DAY}T10:00:00+08:00`);
  await seedUnits(county);
});

const rows = async (query: string) =>
  (await county.deps.d1.prepare(query).all<Record<string, unknown>>()).results;
const count = async (table: string) => (await rows(`SELECT count(*) AS n FROM ${table}`))[0]?.n;
const at = (clock: string, date = DAY) => new Date(`${date}T${clock}:00+08:00`);
const whose = (form: RecordForm, unitCode = VILLAGE) => ({
  ...{ form, unitCode, door: "unit" as const, actor: "sample" },
});
const home = (n: number | string) => ({ home: `样本小区 ${n} 号`, person: "样本甲", purpose: "shopping" });
let sent = 0;
const pass = (values: object = home(++sent), id = ++sent, unit = VILLAGE) =>
  fileRecord(county.deps, { ...whose(exitPass, unit), clientId: clientId(id), values: { ...values } });
const feast = (more: object = {}) =>
  fileRecord(county.deps, {
    ...{ ...whose(banquet), clientId: clientId(++sent) },
    values: { host: `样本户 ${sent}`, heldOn: "2026-01-28", tables: 8, ...more },
  });
const take = (
  form: RecordForm,
  id: string,
  step: string,
  more: Partial<RecordEntry> & { by?: string } = {},
) =>
  takeStep(county.deps, {
    ...{ ...whose(form, more.by ?? VILLAGE), id, step, clientId: clientId(++sent), values: {}, ...more },
  });
const totals = async (form: RecordForm, unit = VILLAGE) => {
  const [last] = await rows(
    `SELECT totals FROM record_event WHERE form = '${form.name}' AND unit_code = '${unit}' ORDER BY seq DESC LIMIT 1`,
  );
  return JSON.parse(String(last?.totals ?? "{}"));
};

describe("Wu issues passes", () => {
  it("writes who goes out sealed, what for in the clear, and the same number for the same pass", async () => {
    const first = await pass(home(501), 1);
    expect(first).toMatchObject({ state: "filed", version: 1, again: false, facts: { purpose: "shopping" } });
    expect(first.id).toMatch(/^CR-\d{4}-\d{4}$/);
    county.setNow(`${DAY}T11:00:00+08:00`);
    expect(await pass(home(501), 1)).toEqual({ ...first, again: true });
    expect(await problemFrom(pass(home(502), 1))).toMatchObject({ status: 409, code: "content-differs" });
    const dump = JSON.stringify([
      await rows("SELECT * FROM record"),
      await rows("SELECT * FROM record_event"),
    ]);
    for (const said of ["样本", "501"]) expect(dump).not.toContain(said);
    const [row] = await rows("SELECT sealed, sealed_off_at FROM record");
    expect(await county.deps.privacy.open(String(row?.sealed), first.id, "record")).toEqual({
      ...{ home: "样本小区 501 号", person: "样本甲" },
    });
  });

  it("sends the same pass a hundred times at once: it is stored once", async () => {
    const receipts = await Promise.all(Array.from({ length: 100 }, () => pass(home(1), 7)));
    expect(new Set(receipts.map(({ id }) => id)).size).toBe(1);
    expect(receipts.filter(({ again }) => !again)).toHaveLength(1);
    expect([await count("record"), await count("record_event"), await count("submission")]).toEqual([
      1, 1, 1,
    ]);
  });

  it("gives the household's one place in three days to one of two who ask at once, until it is withdrawn", async () => {
    const asked = await Promise.allSettled([pass(home(1)), pass(home(" 1 ")), pass(home("１。"))]);
    const won = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(won).toHaveLength(1);
    for (const one of asked)
      if (one.status === "rejected")
        expect(one.reason.problem).toMatchObject({
          errors: [{ path: "home", code: "quota", message: exitPass.record.quota?.message["zh-Hans"] }],
        });
    expect(await count("record")).toBe(1);
    // Another village's door 1 is another household.
    await pass(home(1), ++sent, "511781100002");
    county.setNow("2026-01-27T23:59:00+08:00");
    expect((await problemFrom(pass(home(1)))).code).toBe("invalid");
    await take(exitPass, won[0]?.id ?? "", "withdrawn", { values: { reason: "样本：开错了" } });
    await pass(home(1));
    county.setNow("2026-01-30T00:00:00+08:00");
    await pass(home(1));
    expect(await totals(exitPass)).toMatchObject({ issued: 2, out: 0 });
  });

  it("counts what is filed late where it happened, so that no three days have two", async () => {
    county.setNow("2026-01-27T10:00:00+08:00");
    await pass(home(1));
    const late = (day: string) =>
      fileRecord(county.deps, {
        ...{ ...whose(exitPass), clientId: clientId(++sent), values: home(1) },
        occurredAt: at("11:00", day),
      });
    expect((await problemFrom(late("2026-01-25"))).errors?.[0]?.code).toBe("quota");
    expect((await problemFrom(late("2026-01-23"))).errors?.[0]?.code).toBe("too-early");
    expect((await late("2026-01-24")).occurredAt).toEqual(at("11:00", "2026-01-24"));
    expect((await rows("SELECT count(*) AS n FROM record"))[0]?.n).toBe(2);
  });

  it("draws another number where one is taken", async () => {
    const first = await pass(home(1), 1);
    await county.deps.d1.batch([
      county.deps.d1.prepare("DELETE FROM submission"),
      county.deps.d1.prepare("DELETE FROM record_event"),
      county.deps.d1.prepare("UPDATE record SET subject_index = NULL"),
    ]);
    const other = await pass(home(1), 1);
    expect(other.id).not.toBe(first.id);
    expect(await rows("SELECT id FROM record ORDER BY recorded_at")).toHaveLength(2);
  });
});

describe("Bashir goes out with a pass", () => {
  it("is looked for when he is not back: his village, its town, the county; and comes back as recovered", async () => {
    county = await openCounty(`${DAY}T09:00:00+08:00`);
    await seedCast(county, ["amina", "li", "zhou"]);
    const { id } = await pass(home(1));
    county.setNow(`${DAY}T10:00:00+08:00`);
    const out = await take(exitPass, id, "out");
    expect(out).toMatchObject({ state: "out", version: 2, dueAt: at("12:00") });
    const heard = async (clock: string) =>
      (await minute(county, `${DAY}T${clock}:00+08:00`)).map(({ to }) => to);
    expect(await heard("11:59")).toEqual([]);
    expect(await heard("12:00")).toEqual(["amina"]);
    expect(await heard("12:30")).toEqual(["li"]);
    expect(await heard("13:30")).toEqual(["zhou"]);
    const back = await take(exitPass, id, "back", { occurredAt: at("13:20") });
    expect(back).toMatchObject({ state: "back", dueAt: null, endedAt: at("13:30") });
    const mails = await minute(county, `${DAY}T13:31:00+08:00`);
    expect(mails.map(({ to }) => to)).toEqual(["amina", "li", "zhou"]);
    for (const { subject, text } of mails) expect(`${subject}${text}`).not.toMatch(/样本/);
    expect(await rows("SELECT met_at, met_recorded_at, next_due_at FROM obligation")).toEqual([
      { met_at: +at("13:20"), met_recorded_at: +at("13:30"), next_due_at: null },
    ]);
    expect(await totals(exitPass)).toMatchObject({ issued: 1, out: 0 });
  });

  it("is written out by one of two at once, and a step sent again is answered as it was then", async () => {
    const { id } = await pass();
    const both = await Promise.allSettled([take(exitPass, id, "out"), take(exitPass, id, "out")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [lost] = both.flatMap((one) => (one.status === "rejected" ? [one.reason.problem] : []));
    expect(lost).toMatchObject({ status: 409, title: { en: expect.stringContaining("out") } });
    const again = { clientId: clientId(9_999) };
    const back = await take(exitPass, id, "back", again);
    expect(await take(exitPass, id, "back", again)).toEqual({ ...back, again: true });
    expect(await problemFrom(take(exitPass, id, "out", again))).toMatchObject({ code: "content-differs" });
    expect((await listEvents(county.deps.db, id)).map(({ step }) => step)).toEqual(["filed", "out", "back"]);
  });

  it("is nobody's at another village's door, has no step of another form, and none after the end", async () => {
    const { id } = await pass();
    const code = async (work: Promise<unknown>) => (await problemFrom(work)).code;
    expect(await code(take(exitPass, id, "out", { by: "511781100002" }))).toBe("record-not-found");
    expect(await code(take(exitPass, id, "out", { by: `${VILLAGE}01` }))).toBe("record-not-found");
    expect(await code(take(banquet, id, "approved", { by: TOWN }))).toBe("record-not-found");
    expect(await code(take(exitPass, "CR-0000-0000", "out"))).toBe("record-not-found");
    expect(await code(take(exitPass, id, "approved"))).toBe("record-step-unknown");
    expect(await code(take(exitPass, id, "back"))).toBe("record-step-closed");
    expect(await code(take(exitPass, id, "withdrawn"))).toBe("invalid");
    await take(exitPass, id, "out", { by: TOWN });
    await take(exitPass, id, "withdrawn", { values: { reason: "样本：重复" } });
    expect(await code(take(exitPass, id, "back"))).toBe("record-step-closed");
    expect(await findRecord(county.deps.db, id)).toMatchObject({ state: "withdrawn", owedId: null });
    expect(await rows("SELECT count(*) AS n FROM obligation WHERE met_at IS NULL")).toEqual([{ n: 0 }]);
  });

  it("costs a filing and a step a known number of rows, however many there were before", async () => {
    for (let n = 0; n < 8; n++) {
      await fileRecords(county.deps, {
        ...whose(exitPass),
        entries: Array.from({ length: 20 }, () => ({ clientId: clientId(++sent), values: home(sent) })),
      });
    }
    zero(county.meter);
    const { id } = await pass(home("三组"));
    const filing = { ...county.meter };
    zero(county.meter);
    await take(exitPass, id, "out");
    const step = { ...county.meter };
    expect(filing.batches + step.batches).toBe(4);
    expect(filing.read).toBeLessThanOrEqual(10);
    expect(filing.written).toBeLessThanOrEqual(8);
    expect(step.read).toBeLessThanOrEqual(10);
    expect(step.written).toBeLessThanOrEqual(10);
  });
});

describe("Li decides about a banquet", () => {
  it("hears of it at once, and nobody else's door decides: not the village's, not another town's", async () => {
    county = await openCounty(`${DAY}T10:00:00+08:00`);
    await seedCast(county, ["amina", "li", "zhou"]);
    const { id, dueAt } = await feast();
    expect(dueAt).toEqual(at("14:00"));
    expect((await minute(county, `${DAY}T10:01:00+08:00`)).map(({ to }) => to)).toEqual(["li"]);
    const approve = (by: string) => take(banquet, id, "approved", { by, values: { limit: 6 } });
    expect(await problemFrom(approve(VILLAGE))).toMatchObject({ status: 403, code: "record-not-yours" });
    expect(await problemFrom(approve("511781101"))).toMatchObject({ status: 404 });
    expect(await approve(TOWN)).toMatchObject({ state: "approved", facts: { limit: 6, tables: 8 } });
    expect(await totals(banquet)).toEqual({ filed: 1, tables: 8, large: 0 });
    expect(await rows("SELECT id, unit_code, met_at IS NULL AS open FROM obligation ORDER BY id")).toEqual([
      { id: `decision/sample-banquet/${id}/1`, unit_code: TOWN, open: 0 },
      { id: `record/sample-banquet/${id}/2`, unit_code: VILLAGE, open: 1 },
    ]);
  });

  it("says why not, sealed; what is filed again waits anew, and the county can decide too", async () => {
    const { id } = await feast();
    await take(banquet, id, "refused", { by: TOWN, values: { why: "样本：人太多" } });
    expect(JSON.stringify(await rows("SELECT * FROM record_event"))).not.toContain("人太多");
    await take(banquet, id, "again", { values: { tables: 12 } });
    expect(await take(banquet, id, "approved", { by: "511781" })).toMatchObject({ version: 4 });
    expect(await totals(banquet)).toEqual({ filed: 1, tables: 12, large: 1 });
    const [event] = await rows("SELECT sealed, seq FROM record_event WHERE step = 'refused'");
    const key = `sample-banquet/${VILLAGE}/${event?.seq}`;
    expect(await county.deps.privacy.open(String(event?.sealed), key, "record_event")).toEqual({
      why: "样本：人太多",
    });
  });

  it("keeps the village open that asked, until it is decided", async () => {
    const { id } = await feast();
    const acted = (n: number) => ({ auditId: `close-${n}`, actor: "official/li", now: county.deps.now() });
    expect(await closingHeldBy(county.deps.db, VILLAGE)).toEqual({ units: 0, matters: 1 });
    expect(await closeUnit(county.deps.db, VILLAGE, acted(1))).toBe(false);
    await take(banquet, id, "refused", { by: TOWN, values: { why: "样本" } });
    expect(await closeUnit(county.deps.db, VILLAGE, acted(2))).toBe(true);
  });

  it("is asked by no school, no unit that is closed, and none that there is not", async () => {
    const code = async (unit: string) =>
      (
        await problemFrom(
          fileRecord(county.deps, {
            ...{ ...whose(banquet, unit), clientId: clientId(++sent) },
            values: { host: "样本", heldOn: DAY, tables: 1 },
          }),
        )
      ).code;
    expect(await code("511781100S01")).toBe("record-form-not-theirs");
    expect(await code("511781100009")).toBe("unit-not-found");
    await county.deps.d1.prepare(`UPDATE unit SET closed_at = 1 WHERE code = '${VILLAGE}'`).run();
    expect(await code(VILLAGE)).toBe("unit-not-found");
  });
});

describe("a list of fifty", () => {
  const list = (entries: RecordEntry[]) => fileRecords(county.deps, { ...whose(exitPass), entries });
  const said = (filed: FiledEntry[]) =>
    filed.map((one) =>
      "receipt" in one ? (one.receipt.again ? "again" : "filed") : one.errors.map(({ code }) => code).join(),
    );

  it("files the good ones in one batch, each with the totals up to it, and says of each bad one what to mend", async () => {
    const entry = (n: number, more: Partial<RecordEntry> = {}): RecordEntry => ({
      ...{ clientId: clientId(n), values: home(n) },
      ...more,
    });
    await pass(home(900), 900);
    const entries = [
      ...[entry(900), entry(1), entry(2, { values: home(1) }), entry(3, { clientId: "x" })],
      ...[entry(4, { occurredAt: at("11:00") }), entry(1), entry(1, { values: home(5) })],
      ...Array.from({ length: 43 }, (_, n) => entry(100 + n)),
    ];
    zero(county.meter);
    const filed = await list(entries);
    expect(said(filed).slice(0, 7)).toEqual([
      ...["again", "filed", "quota", "uuid", "future", "again", "content-differs"],
    ]);
    expect(said(filed).slice(7)).toEqual(Array(43).fill("filed"));
    expect(county.meter.batches).toBe(2);
    const events = await rows("SELECT seq, totals FROM record_event ORDER BY seq");
    expect(events.map(({ totals: these }) => JSON.parse(String(these)).issued)).toEqual(
      Array.from({ length: 45 }, (_, n) => n + 1),
    );
    // The same list again, as a phone sends it that heard no answer.
    expect(said(await list(entries)).slice(7)).toEqual(Array(43).fill("again"));
    expect(await count("record")).toBe(45);
  });

  it("comes from five phones of one post at once: none is lost and none is doubled", async () => {
    const entries = (phone: number) =>
      Array.from({ length: 20 }, (_, n) => ({
        clientId: clientId(phone * 100 + n),
        values: home(phone * 100 + n),
      }));
    const all = await Promise.all([1, 2, 3, 4, 5].map((phone) => list(entries(phone))));
    expect(all.flatMap(said)).toEqual(Array(100).fill("filed"));
    expect(await totals(exitPass)).toMatchObject({ issued: 100 });
    expect(await rows("SELECT max(seq) AS last, count(*) AS n FROM record_event")).toEqual([
      { last: 100, n: 100 },
    ]);
  });

  it("of none is answered with none, and one of fifty-one is too long", async () => {
    expect(await list([])).toEqual([]);
    const one = { clientId: clientId(1), values: home(1) };
    expect(await problemFrom(list(Array(MOST_RECORDS + 1).fill(one)))).toMatchObject({ code: "too-many" });
  });
});

describe("when the database fails", () => {
  const broken = async (table: string, act: "INSERT" | "UPDATE", work: () => Promise<unknown>) => {
    await county.deps.d1
      .prepare(
        `CREATE TRIGGER broken BEFORE ${act} ON ${table} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
      )
      .run();
    const error = await work().then(
      () => new Error("nothing was thrown"),
      (thrown: Error) => thrown,
    );
    await county.deps.d1.prepare("DROP TRIGGER broken").run();
    expect([error.name, `${error.message}${error.stack}`.includes("样本")]).toEqual(["DatabaseFault", false]);
  };
  const written = async () =>
    Promise.all(["submission", "record", "record_event", "obligation"].map((table) => count(table)));

  it.each(["submission", "record", "record_event", "obligation"])(
    "in the middle of a filing, at %s, nothing is half-written, and the next try succeeds",
    async (table) => {
      await broken(table, "INSERT", () => feast());
      expect(await written()).toEqual([0, 0, 0, 0]);
      expect((await feast()).state).toBe("filed");
    },
  );

  it.each([
    ["submission", "INSERT"],
    ["record_event", "INSERT"],
    ["record", "UPDATE"],
    ["obligation", "UPDATE"],
    ["obligation", "INSERT"],
  ] as const)("in the middle of a step, at %s (%s), nothing has happened", async (table, act) => {
    const { id } = await feast();
    await broken(table, act, () => take(banquet, id, "approved", { by: TOWN }));
    expect(await written()).toEqual([1, 1, 1, 1]);
    expect(await findRecord(county.deps.db, id)).toMatchObject({ state: "filed", version: 1 });
    expect((await take(banquet, id, "approved", { by: TOWN })).version).toBe(2);
  });

  it("after it stored everything, the same filing sent again gives its receipt", async () => {
    let cut = false;
    const d1 = {
      ...county.deps.d1,
      batch: async (statements: D1PreparedStatement[]) => {
        const results = await county.deps.d1.batch(statements);
        const wrote = results.some(({ meta }) => meta.changes > 0);
        if (!wrote || cut) return results;
        cut = true;
        throw new Error("D1_ERROR: connection reset");
      },
    } as unknown as D1Database;
    const entry = { ...whose(exitPass), clientId: clientId(1), values: home(1) };
    const lost = await fileRecord({ ...county.deps, d1, db: openDb(d1) }, entry).catch((error) => error.name);
    expect(lost).toBe("DatabaseFault");
    expect(await fileRecord(county.deps, entry)).toMatchObject({ again: true, version: 1 });
    expect(await count("record")).toBe(1);
  });
});

describe("thirty days after the end, at night", () => {
  it("nothing said about anybody is left; what was counted stays, and what is still owed is not touched", async () => {
    const done = await pass(home(1));
    const open = await pass(home(2));
    await take(exitPass, open.id, "out");
    await take(exitPass, done.id, "withdrawn", { values: { reason: "样本：开错了" } });
    const before = await totals(exitPass);
    const night = async (iso: string) => {
      county.setNow(iso);
      await sealOffOld(county.deps, county.deps.now());
    };
    const left = async () => rows("SELECT id FROM record WHERE sealed IS NOT NULL ORDER BY id");
    await night("2026-02-23T03:00:00+08:00");
    await night("2026-02-25T12:00:00+08:00");
    expect(await left()).toHaveLength(2);
    await night("2026-02-25T03:00:00+08:00");
    expect(await left()).toEqual([{ id: open.id }]);
    expect(
      await rows("SELECT id FROM record WHERE subject_index IS NOT NULL OR sealed_off_at IS NULL"),
    ).toEqual([{ id: open.id }]);
    expect(await rows("SELECT step FROM record_event WHERE sealed IS NOT NULL")).toEqual([]);
    expect([await totals(exitPass), (await findRecord(county.deps.db, done.id))?.facts]).toEqual([
      ...[before, { purpose: "shopping" }],
    ]);
    await night("2026-02-25T03:01:00+08:00");
    await night("2026-12-25T03:01:00+08:00");
    expect(await left()).toEqual([{ id: open.id }]);
    expect(await rows("SELECT act, subject_id, unit_code, detail FROM audit")).toEqual([
      { act: "seal-off", subject_id: "exit-pass", unit_code: VILLAGE, detail: "1" },
    ]);
  });

  it("nor about whoever never used a pass: it stays open, and what is said of it later goes a month later too", async () => {
    const never = await pass(home(1));
    county.setNow("2026-01-27T10:00:00+08:00");
    const later = await pass(home(2));
    const night = async (iso: string) => {
      county.setNow(iso);
      await sealOffOld(county.deps, county.deps.now());
      return rows("SELECT id, sealed IS NULL AS bare FROM record WHERE sealed_off_at IS NOT NULL");
    };
    expect(await night("2026-02-24T03:00:00+08:00")).toEqual([]);
    expect(await night("2026-02-25T03:00:00+08:00")).toEqual([{ id: never.id, bare: 1 }]);
    expect(await findRecord(county.deps.db, never.id)).toMatchObject({ state: "filed", endedAt: null });
    expect(await night("2026-02-27T03:00:00+08:00")).toHaveLength(2);
    await take(exitPass, later.id, "withdrawn", { values: { reason: "样本：没有用" } });
    expect(await rows("SELECT id FROM record WHERE sealed_off_at IS NULL")).toEqual([{ id: later.id }]);
    expect(await night("2026-03-29T03:00:00+08:00")).toHaveLength(2);
    expect(await rows("SELECT step FROM record_event WHERE sealed IS NOT NULL")).toEqual([]);
    expect((await rows("SELECT detail FROM audit")).map(({ detail }) => detail)).toEqual(["1", "1", "1"]);
  });

  it("what an open ticket is about is spared until the ticket is closed, and then its words go too", async () => {
    const { id } = await pass(home(1));
    await take(exitPass, id, "out");
    await take(exitPass, id, "back");
    const { d1, privacy } = county.deps;
    const sealed = await privacy.seal({ title: "样本：没有回来", text: "样本" }, "G-1", "ticket");
    await d1
      .prepare(
        `INSERT INTO ticket (id, unit_code, subject_id, sealed, opened_by, opened_at, due_at, recorded_at)
          VALUES ('G-1', '${TOWN}', 'record/exit-pass/${id}/2', ?, 'sample', 1, 1, 1)`,
      )
      .bind(sealed)
      .run();
    const left = async (night: string) => {
      county.setNow(night);
      await sealOffOld(county.deps, county.deps.now());
      return rows("SELECT id FROM record WHERE sealed IS NOT NULL");
    };
    expect(await left("2026-02-26T03:00:00+08:00")).toEqual([{ id }]);
    await d1.prepare("UPDATE ticket SET closed_at = 2").run();
    expect(await left("2026-02-26T03:01:00+08:00")).toEqual([]);
    const [ticket] = await rows("SELECT sealed FROM ticket");
    expect(await privacy.open(String(ticket?.sealed), "G-1", "ticket")).toEqual({
      ...{ title: "已封存", text: "已封存" },
    });
  });
});
