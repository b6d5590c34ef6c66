import { beforeEach, describe, expect, it } from "vitest";
import { countForms } from "../../forms/counts.ts";
import { exitPass } from "../../forms/exit-pass.ts";
import { closeUnit } from "../../src/db/unit-change.ts";
import { countsOwedOn } from "../../src/domain/count-due.ts";
import type { CountForm } from "../../src/forms/define.ts";
import { submitCount } from "../../src/http/submit-count.ts";
import { fileRecord, takeStep } from "../../src/http/submit-record.ts";
import { excuseUnit } from "../../src/http/submit-report.ts";
import { materialiseDailyReports } from "../../src/jobs/materialise.ts";
import { createUnitCountRoutes } from "../../src/routes/unit-count.tsx";
import { createShell } from "../../src/shell.tsx";
import { enter as enterContact, minute, seedCast } from "../support/alarm.ts";
import { post as json, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { clientId } from "../support/cast.ts";
import { supplies } from "../support/forms-unseen.ts";
import { zero } from "../support/meter.ts";
import { linkOf, textOf } from "../support/unit-door.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

/* A count form that is owed every day by a clock time: what does not come is an alarm, as with the daily report. */
const TODAY = "2026-01-27";
const SCHOOL = "511781100S01";
const FORMS = countForms.filter(({ name }) => name === "morning-check" || name === "noon-check");
const [MORNING, NOON] = [
  FORMS.find(({ name }) => name === "morning-check"),
  FORMS.find(({ name }) => name === "noon-check"),
] as [CountForm, CountForm];

let county: TestCounty;
let sent = 0;
beforeEach(async () => {
  county = await openCounty("2026-01-26T20:00:00+08:00");
  await seedCast(county, ["li", "zhou"]);
  await seedKeys(county);
  await enterContact(county, "headteacher", { unitCode: SCHOOL, email: "headteacher@sample.example" });
  sent = 0;
});

const at = (clock: string, date = TODAY) => `${date}T${clock}:00+08:00`;
const rows = async (sql: string) =>
  (await county.deps.d1.prepare(sql).all<Record<string, unknown>>()).results;
const run = async (iso: string, forms: readonly CountForm[] = FORMS) => {
  county.setNow(iso);
  const now = county.deps.now();
  const { TIME_ZONE } = county.deps.settings;
  await materialiseDailyReports(county.deps, now, now, (date) => countsOwedOn(date, TIME_ZONE, forms));
};
const owed = async () =>
  (
    await rows(
      "SELECT id, due_at AS due, met_at AS met, excused_at AS excused FROM obligation WHERE kind = 'count' ORDER BY id",
    )
  ).map(({ id, due, met, excused }) => [id, clockOf(due), clockOf(met), clockOf(excused)]);
const clockOf = (ms: unknown) =>
  ms === null ? null : new Date((ms as number) + 8 * 3_600_000).toISOString().slice(5, 16).replace("T", " ");
const fill = (form: CountForm, values: object, date = TODAY) =>
  submitCount(county.deps, {
    ...{ clientId: clientId(++sent), form, unitCode: SCHOOL, date, values: { ...values }, door: "unit" },
  });
/** What each was told of checks at a moment. */
const told = async (iso: string) =>
  (await minute(county, iso)).flatMap(({ to, text }) => {
    const lines = text.split("\n").filter((one) => one.startsWith("· ") && one.includes("检"));
    return lines.length > 0 ? [[to, ...lines]] : [];
  });

describe("the morning check of a school", () => {
  it("is owed today and tomorrow by its clock time, and met by the entry that comes in time", async () => {
    await run(at("20:00", "2026-01-26"));
    await run(at("00:00"));
    expect(await owed()).toContainEqual([
      `count/morning-check/${TODAY}/${SCHOOL}`,
      "01-27 10:00",
      null,
      null,
    ]);
    county.setNow(at("09:20"));
    await fill(MORNING, { present: 418, absent: 2 });
    expect(await owed()).toContainEqual([
      ...[`count/morning-check/${TODAY}/${SCHOOL}`, "01-27 10:00", "01-27 09:20", null],
    ]);
    county.setNow(at("09:40"));
    await fill(MORNING, { present: 417, absent: 3, reason: "样本：又有一人请假" });
    expect((await owed()).find(([id]) => id === `count/morning-check/${TODAY}/${SCHOOL}`)?.[2]).toBe(
      "01-27 09:20",
    );
    expect(await told(at("10:00"))).toEqual([]);
  });

  it("is missing at 10:00: the school hears, half an hour later its town, then the county, and that it came after all", async () => {
    await run(at("20:00", "2026-01-26"));
    expect(await told(at("09:59"))).toEqual([]);
    const line = "学校晨检 1月27日，示例小学（太平镇），应于 1月27日 10:00 前填报，至今没有收到";
    expect(await told(at("10:00"))).toEqual([["headteacher", `· ${line}`]]);
    expect(await told(at("10:30"))).toEqual([["li", `· ${line}`]]);
    expect((await told(at("11:30"))).map(([to]) => to)).toEqual(["zhou"]);
    county.setNow(at("11:40"));
    const door = `/api/v1/counts/morning-check/${SCHOOL}/${TODAY}`;
    const answer = await county.fetch(
      door,
      json({ clientId: clientId(99), present: 420, absent: 0 }, withKey(ZHOU).headers),
    );
    expect(answer.status).toBe(201);
    const recovered = await told(at("11:41"));
    expect(recovered.map(([to]) => to)).toEqual(["headteacher", "li", "zhou"]);
    expect(recovered[1]?.[1]).toBe(
      "· 学校晨检 1月27日，示例小学（太平镇），应于 1月27日 10:00 前填报，已于 1月27日 11:40 补报",
    );
    county.setNow(at("11:50"));
    await fill(MORNING, { present: 419, absent: 1, reason: "样本：更正" });
    expect(await told(at("11:51"))).toEqual([]);
  });

  it("stands beside the noon check: each is met by its own entry", async () => {
    await run(at("20:00", "2026-01-26"));
    county.setNow(at("09:20"));
    await fill(MORNING, { present: 420, absent: 0 });
    const noon = (await owed()).filter(([id]) => String(id).startsWith("count/noon-check/2026-01-27"));
    expect(noon.map(([, , met]) => met)).toEqual([null]);
    const due = String(noon[0]?.[1]).slice(6);
    expect((await told(at(due))).map(([to]) => to)).toEqual(["headteacher"]);
    county.setNow(at("15:00"));
    await fill(NOON, { present: 420 });
    expect((await owed()).filter(([id, , met]) => String(id).includes(TODAY) && met === null)).toEqual([]);
  });

  it("came before the day was opened: it is met from the start", async () => {
    county.setNow(at("07:50"));
    await fill(MORNING, { present: 420 });
    await run(at("08:00"));
    expect(await owed()).toContainEqual([
      ...[`count/morning-check/${TODAY}/${SCHOOL}`, "01-27 10:00", "01-27 07:50", null],
    ]);
    expect(await told(at("10:00"))).toEqual([]);
  });

  it("is owed no more by a school that is closed; what is overdue stays so", async () => {
    await run(at("20:00", "2026-01-26"));
    county.setNow(at("11:00"));
    const acted = { actor: "official/x", auditId: "close-1", now: county.deps.now() };
    expect(await closeUnit(county.deps.db, SCHOOL, acted as never)).toBe(true);
    expect((await owed()).filter(([, , , excused]) => excused === null).map(([id]) => id)).toEqual([
      `count/morning-check/${TODAY}/${SCHOOL}`,
    ]);
    await run(at("00:00", "2026-01-28"));
    expect((await owed()).filter(([id]) => String(id).includes("2026-01-29"))).toEqual([]);
  });

  it("is not owed while the school is excused from its reports for the holidays; what is late already stays owed", async () => {
    await run(at("09:00"));
    county.setNow(at("10:30"));
    await excuseUnit(county.deps, {
      ...{ clientId: clientId(++sent), scopePrefix: "511781100", unitCode: SCHOOL, actor: "li" },
      ...{ from: TODAY, to: "2026-01-29", reason: "示例：放假，校内无人" },
    });
    await run(at("09:00", "2026-01-28"));
    await run(at("09:00", "2026-01-29"));
    const waits = (await owed()).filter(([, , met, excused]) => met === null && excused === null);
    expect(waits.map(([id]) => id)).toEqual([
      `count/morning-check/${TODAY}/${SCHOOL}`,
      `count/morning-check/2026-01-30/${SCHOOL}`,
      `count/noon-check/2026-01-30/${SCHOOL}`,
    ]);
    expect(
      await rows("SELECT id FROM obligation WHERE excused_at IS NOT NULL AND next_due_at IS NOT NULL"),
    ).toEqual([]);
  });

  it("is owed from its next due time on where the service was brought up in the middle of a day", async () => {
    await run(at("11:00"));
    const opened = (await owed()).map(([id]) => id);
    expect(opened).not.toContain(`count/morning-check/${TODAY}/${SCHOOL}`);
    expect(opened).toContain(`count/noon-check/${TODAY}/${SCHOOL}`);
    expect(opened).toContain(`count/morning-check/2026-01-28/${SCHOOL}`);
    await run(at("11:20"));
    expect((await owed()).map(([id]) => id)).toEqual(opened);
  });

  it("is made up for where the cron slept for days", async () => {
    await run(at("20:00", "2026-01-26"));
    await run(at("12:00", "2026-01-30"));
    const mornings = (await owed()).flatMap(([id]) => (String(id).startsWith("count/morning") ? [id] : []));
    expect(mornings).toEqual(
      ["27", "28", "29", "30", "31"].map((day) => `count/morning-check/2026-01-${day}/${SCHOOL}`),
    );
  });

  it("costs one row a minute between full runs, and nothing where no form is owed", async () => {
    await run(at("00:00"));
    zero(county.meter);
    await run(at("00:14"));
    expect(county.meter).toMatchObject({ read: 1, written: 0 });
    zero(county.meter);
    await fill(MORNING, { present: 1 });
    expect(county.meter.written).toBeLessThanOrEqual(9);
    await run(at("12:00"), [supplies]);
    expect((await owed()).map(([id]) => id).filter((id) => String(id).includes("supplies"))).toEqual([]);
  });
});

it("tells a storm in one line: most schools of a town have not filled it in", async () => {
  const recorded = new Date(at("00:00", "2026-01-20")).getTime();
  await county.deps.d1.batch(
    Array.from({ length: 7 }, (_, n) =>
      county.deps.d1
        .prepare(
          "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, ?, 'school', '511781100', ?)",
        )
        .bind(`511781100S1${n}`, `示例小学 ${n}`, recorded),
    ),
  );
  await run(at("20:00", "2026-01-26"), [MORNING]);
  county.setNow(at("09:00"));
  await fill(MORNING, { present: 1 });
  // None of the seven has anybody to tell: their town hears at once.
  const [li] = await told(at("10:00"));
  expect(li).toEqual(["li", "· 太平镇：8 个单位中 7 个未报（学校晨检 1月27日，应于 1月27日 10:00 前填报）"]);
});

it("says what is owed of a record by the words of its form: the pass that does not come back", async () => {
  county.setNow(at("13:30"));
  const own = { form: exitPass, unitCode: "511781100001", door: "unit", actor: "sample" } as const;
  const values = { home: "样本小区 3 栋", person: "样本甲", purpose: "shopping" };
  const pass = await fileRecord(county.deps, { ...own, clientId: clientId(1), values });
  county.setNow(at("13:40"));
  await takeStep(county.deps, { ...own, clientId: clientId(2), id: pass.id, step: "out", values: {} });
  expect(await minute(county, at("15:39"))).toEqual([]);
  // The village has nobody to tell: its town hears at once.
  const [li] = await minute(county, at("15:40"));
  expect(li?.text).toContain(
    `出入证 ${pass.id}，示例一社区（太平镇），应于 1月27日 15:40 前返回，至今未返回`,
  );
  const [, page = ""] = /(\/a\/\S+)/.exec(li?.text ?? "") ?? [];
  const alert = textOf(await (await county.fetch(page)).text());
  expect(alert).toContain(`出入证 ${pass.id} ：返回`);
  expect(`${li?.text}${alert}`).not.toMatch(/样本小区|样本甲/);
});

describe("the school's own page", () => {
  it("says what is to be filled in today and by when, what came and what is late", async () => {
    await run(at("20:00", "2026-01-26"));
    const link = await linkOf(county, SCHOOL);
    const page = async (path: string) => textOf(await (await county.fetch(path)).text());
    county.setNow(at("09:00"));
    expect(await page(`/u/${link}`)).toContain("今天要填的表 学校晨检 10:00 前 还没有填");
    county.setNow(at("09:20"));
    await fill(MORNING, { present: 420 });
    expect(await page(`/u/${link}`)).toContain("学校晨检 10:00 前 · 09:20 收到");
    county.setNow(at("16:00"));
    expect(await page(`/u/${link}`)).toMatch(/午检 逾期 .*到期/);
    const counts = await page(`/u/${link}/counts`);
    expect(counts).toContain("今天已填，09:20 收到 更正今天的");
    expect(counts).toMatch(/还没有填过 逾期 .*到期 填今天的/);
    expect(await page(`/u/${await linkOf(county, "511781100001")}`)).not.toContain("今天要填的表");
  });

  it("needs no other change for a form that nobody here has seen", async () => {
    const owedForm: CountForm = { ...supplies, count: { ...supplies.count, due: { at: "18:00" } } };
    await run(at("08:00"), [owedForm]);
    expect(await owed()).toContainEqual([`count/supplies/${TODAY}/511781100001`, "01-27 18:00", null, null]);
    const wu = await linkOf(county, "511781100001");
    const app = createShell(
      async () => county.deps,
      (shell) => {
        shell.route("/u/:token", createUnitCountRoutes([owedForm]));
      },
    );
    const path = `https://baobei.example/u/${wu}/counts`;
    expect(textOf(await (await app.fetch(new Request(path), {} as never)).text())).toContain(
      "18:00 前 还没有填",
    );
    const body = new URLSearchParams({ clientId: clientId(5), masksHandedOut: "12", _go: "send" });
    expect(
      (await app.fetch(new Request(`${path}/supplies`, { method: "POST", body }), {} as never)).status,
    ).toBe(303);
    expect(await owed()).toContainEqual([
      `count/supplies/${TODAY}/511781100001`,
      "01-27 18:00",
      "01-27 08:00",
      null,
    ]);
  });
});
