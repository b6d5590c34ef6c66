import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { countForms } from "../../forms/counts.ts";
import { countTyped, listEntries } from "../../src/db/typed-count.ts";
import { findUnit, type Unit } from "../../src/db/unit.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { typedValues } from "../../src/domain/typed-count.ts";
import type { CountForm } from "../../src/forms/define.ts";
import { openBook } from "../../src/http/figure-book.ts";
import { submitCount } from "../../src/http/submit-count.ts";
import { createApiCountRoutes } from "../../src/routes/api-counts.ts";
import { createUnitCountRoutes } from "../../src/routes/unit-count.tsx";
import { createShell } from "../../src/shell.tsx";
import { post as json, LI, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { clientId } from "../support/cast.ts";
import { deskOf } from "../support/desk.ts";
import { supplies } from "../support/forms-unseen.ts";
import { zero } from "../support/meter.ts";
import { linkOf, post, textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/* What nobody can count for a unit: entered once a day, corrected with a reason, summed as of any moment. */
const TODAY = "2026-01-25";
const TOWN = "511781100";
const VILLAGE = "511781100001";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty(`${TODAY}T10:00:00+08:00`);
  await seedUnits(county);
  await seedKeys(county);
});

const rows = async (sql: string) =>
  (await county.deps.d1.prepare(sql).all<Record<string, unknown>>()).results;
const at = (clock: string, date = TODAY) => new Date(`${date}T${clock}:00+08:00`);
let sent = 0;
const enter = (path: string, counts: object, key = ZHOU, id = clientId(1000 + ++sent)) =>
  county.fetch(`/api/v1/counts/${path}`, json({ clientId: id, ...counts }, withKey(key).headers));
const valuesOf = async (
  code: string,
  asOf: Date,
  from = at("00:00"),
  forms: readonly CountForm[] = countForms,
) => typedValues(await countTyped(county.deps.db, { code }, { asOf, from }), forms);
const page = async (path: string) => {
  const answer = await county.fetch(path);
  return { status: answer.status, text: textOf(await answer.text()) };
};

describe("Li's town", () => {
  it("enters publicity on two days, corrects one, and every moment keeps its own figure", async () => {
    county.setNow("2026-01-24T18:00:00+08:00");
    expect((await enter(`publicity/${TOWN}/2026-01-24`, { leaflets: 300, screens: 20 }, LI)).status).toBe(
      201,
    );
    county.setNow(`${TODAY}T09:00:00+08:00`);
    const second = await enter(`publicity/${TOWN}/${TODAY}`, { leaflets: 50, notices: 0 }, LI);
    expect(await second.json()).toEqual({
      ...{ form: "publicity", unit: TOWN, date: TODAY, version: 1, corrected: false },
      counts: { leaflets: 50, notices: 0 },
      totals: { notices: 0, leaflets: 350, screens: 20 },
      recordedAt: `${TODAY}T09:00:00+08:00`,
    });
    county.setNow(`${TODAY}T11:00:00+08:00`);
    expect((await enter(`publicity/${TOWN}/2026-01-24`, { leaflets: 200 }, LI)).status).toBe(422);
    const reason = "样本：多数了一包";
    expect((await enter(`publicity/${TOWN}/2026-01-24`, { leaflets: 200, reason }, LI)).status).toBe(201);

    const leaflets = async (asOf: Date, from?: Date) => {
      const values = await valuesOf(TOWN, asOf, from);
      return [values["publicity.leaflets"], values["publicity.leaflets@window"], values["publicity.screens"]];
    };
    expect(await leaflets(at("17:59", "2026-01-24"), at("12:00", "2026-01-24"))).toEqual([null, null, null]);
    expect(await leaflets(at("23:00", "2026-01-24"), at("12:00", "2026-01-24"))).toEqual([300, 300, 20]);
    expect(await leaflets(at("10:00"))).toEqual([350, 50, 20]);
    // The correction answered no screens: what was said of them is taken back, not made zero.
    expect(await leaflets(at("12:00"))).toEqual([250, -50, null]);
    expect((await valuesOf(TOWN, at("12:00")))["publicity.notices"]).toBe(0);
    expect(await rows("SELECT date, version, counts FROM report ORDER BY date, version")).toEqual([
      { date: "2026-01-24", version: 1, counts: '{"leaflets":300,"screens":20}' },
      { date: "2026-01-24", version: 2, counts: '{"leaflets":200}' },
      { date: TODAY, version: 1, counts: '{"notices":0,"leaflets":50}' },
    ]);
    // What was written about the correction is sealed, and nobody owes a thing.
    expect(JSON.stringify(await rows("SELECT * FROM report"))).not.toContain("多数了一包");
    expect(await rows("SELECT count(*) AS n FROM obligation")).toEqual([{ n: 0 }]);
  });

  it("types how many checkpoints it has until the first is entered as a unit; then they are counted, at every moment as then", async () => {
    county.setNow(at("09:00").toISOString());
    expect((await enter(`screening/${TOWN}/${TODAY}`, { checkpoints: 5 }, LI)).status).toBe(201);
    expect((await enter(`screening/511781101/${TODAY}`, { checkpoints: 3 })).status).toBe(201);
    const post = (code: string, clock: string, closed?: string) =>
      county.deps.d1
        .prepare(
          "INSERT INTO unit (code, name, kind, parent, recorded_at, closed_at) VALUES (?, '示例卡点', 'checkpoint', ?, ?, ?)",
        )
        .bind(code, TOWN, at(clock).getTime(), closed ? at(closed).getTime() : null)
        .run();
    await post(`${TOWN}C01`, "10:00", "12:00");
    await post(`${TOWN}C02`, "11:00");
    county.setNow(at("20:00").toISOString());
    const stated = async (code: string, clock: string) => {
      const unit = (await findUnit(county.deps.db, code)) as Unit;
      const question = { asOf: at(clock), from: at("00:00"), zone: "Asia/Shanghai" };
      const { values } = await openBook(county.deps, unit, question);
      return values["units.checkpoints"];
    };
    const clocks = ["08:59", "09:59", "10:00", "11:00", "12:00"];
    expect(await Promise.all(clocks.map((clock) => stated(TOWN, clock)))).toEqual([null, 5, 1, 2, 1]);
    expect(await Promise.all(clocks.map((clock) => stated("511781", clock)))).toEqual([null, 8, 4, 5, 4]);
    const report = await county.fetch(
      `/api/v1/situation-report?template=town&unit=${TOWN}&asOf=${TODAY}T11:00:00%2B08:00`,
      withKey(LI),
    );
    expect((await report.json<{ text: string }>()).text).toContain("村口和路口设卡2处。");
  });

  it("sees its own and the sum of its villages, and who has not entered anything", async () => {
    await enter(`publicity/${VILLAGE}/${TODAY}`, { leaflets: 40 });
    await enter(`publicity/${TOWN}/${TODAY}`, { leaflets: 300, banners: 2 });
    await enter(`morning-check/511781100S01/${TODAY}`, { students: 620, absent: 0 });
    await enter(`publicity/511781101001/${TODAY}`, { leaflets: 9_000 });
    expect(await valuesOf(TOWN, at("10:00"))).toMatchObject({
      ...{ "publicity.leaflets": 340, "publicity.banners": 2, "publicity.screens": null },
      ...{ "morning-check.absent": 0, "morning-check.students": 620, "morning-check.fever": null },
    });
    const link = await linkOf(county, TOWN);
    const { text, status } = await page(`/u/${link}/counts`);
    expect(status).toBe(200);
    expect(text).toContain("今天已填，10:00 收到 更正今天的");
    expect(text).toContain("发放宣传单、彩页（份） 300 40");
    expect(text).toContain("悬挂标语、横幅（条） 2 没填 其余 12 项没有填过。");
    expect(text).toContain("该填的下级单位 3 个，填过的 1 个。 还没有填过的 2 个单位 示例二社区、示例小学");
    expect(text).toContain("因病缺勤（人次） 0");
    expect(text).not.toContain("9,000");
    expect((await page(`/u/${link}?lang=zh-Hant`)).text).toContain("填工作統計");
  });

  it("reads one row a unit and one more for each that entered something", async () => {
    await enter(`publicity/${VILLAGE}/${TODAY}`, { leaflets: 40 });
    await enter(`closures/${VILLAGE}/${TODAY}`, { banquets: 1 });
    zero(county.meter);
    await valuesOf("511781", at("10:00"));
    // As of midnight nothing had been entered: both entries since were looked at to know it.
    expect(county.meter.read).toBeLessThanOrEqual(7 + 1 + 2);
    zero(county.meter);
    await enter(`publicity/${VILLAGE}/2026-01-24`, { leaflets: 40 });
    // One for each of the 37 days that the unit can have entered, and a dozen more.
    expect(county.meter.read).toBeLessThanOrEqual(37 + 12);
    expect(county.meter.written).toBeLessThanOrEqual(5);
  });
});

describe("Wu fills in a day by hand", () => {
  let wu: string;
  beforeEach(async () => {
    wu = await linkOf(county, VILLAGE);
  });
  const send = async (form: string, fields: Record<string, string>, path = `/u/${wu}/counts/${form}`) => {
    const answer = await post(county, path, { clientId: clientId(1), ...fields });
    return {
      status: answer.status,
      location: answer.headers.get("Location"),
      text: textOf(await answer.text()),
    };
  };

  it("reads what other days say behind a question's own hint", async () => {
    await enter(`screening/${VILLAGE}/2026-01-24`, { triageRooms: 4 });
    const form = await (await county.fetch(`/u/${wu}/counts/screening`)).text();
    expect(textOf(form)).toContain("汇报以登记的为准。其他各天里最近的是 4");
  });

  it("enters, checks what it comes to, sends, and reads it again", async () => {
    await enter(`closures/${VILLAGE}/2026-01-24`, { banquets: 11, banquetTables: 400 });
    const form = await (await county.fetch(`/u/${wu}/counts/closures`)).text();
    expect(textOf(form)).toContain("填当天新增的，累计由系统算。 劝停酒席（起） 其他各天合计 11");
    expect(form).not.toContain('name="reason"');
    const path = `/u/${wu}/counts/closures?date=${TODAY}`;
    const check = await send("", { _go: "check", banquets: "１", banquetTables: "20", teahouses: "" }, path);
    expect(check.status).toBe(200);
    expect(check.text).toContain("劝停酒席（起） 1 12 之前 11");
    expect(check.text).toContain("劝停酒席的桌数（桌） 20 420 之前 400");
    expect(check.text).toContain("没有填的 7 项不算数。");
    expect(await rows("SELECT count(*) AS n FROM report")).toEqual([{ n: 1 }]);
    const back = await send("", { _go: "edit", banquets: "１" }, path);
    expect([back.status, back.text.includes("下一步：核对")]).toEqual([200, true]);
    const done = await send("", { _go: "send", banquets: "1", banquetTables: "20" }, path);
    expect([done.status, done.location]).toEqual([
      303,
      `/u/${wu}/counts/closures?date=${TODAY}&done=1&lang=zh-Hans`,
    ]);
    expect((await page(done.location ?? "")).text).toContain(
      "已收到 1月25日：关停、劝停和消杀 10:00 收到 · 第 1 版",
    );
    // Sent twice by an impatient finger: stored once.
    expect((await send("", { _go: "send", banquets: "1", banquetTables: "20" }, path)).status).toBe(303);
    expect((await send("", { _go: "send", banquets: "2" }, path)).status).toBe(409);
    expect(await rows("SELECT count(*) AS n FROM report")).toEqual([{ n: 2 }]);
    expect(await valuesOf("511781", at("10:00"))).toMatchObject({
      ...{ "closures.banquets": 12, "closures.banquetTables": 420, "closures.teahouses": null },
    });
  });

  it("is asked for a reason where a day is corrected, keeps what was typed, and is not asked for the same again", async () => {
    await enter(`organisation/${VILLAGE}/${TODAY}`, { meetings: 7, gridWorkers: 8 });
    const path = `/u/${wu}/counts/organisation?date=${TODAY}`;
    expect((await page(path)).text).toContain("更正1月25日：组织和网格");
    const owed = await send("", { _go: "check", meetings: "6", gridWorkers: "8" }, path);
    expect([owed.status, owed.text.includes("要更正，请写明原因")]).toEqual([422, true]);
    const same = await send("", { _go: "check", meetings: "7", gridWorkers: "8" }, path);
    expect([same.status, same.text.includes("与已经填过的相同")]).toEqual([200, true]);
    const check = await send("", { _go: "check", meetings: "6", gridWorkers: "8", reason: "样本" }, path);
    expect(check.text).toContain("召开专题会议（次） 6 原来 7 6 之前 7");
    const switched = await send("", { _lang: "zh-Hant", meetings: "6" }, path);
    expect([switched.status, switched.text.includes("下一步：核對")]).toEqual([200, true]);
  });

  it("finds nothing where there is nothing: no other form, no other day, no empty page", async () => {
    expect((await page(`/u/${wu}/counts`)).text).toContain("还没有填过 填今天的");
    expect((await page(`/u/${wu}/counts/no-such`)).status).toBe(404);
    expect((await page(`/u/${wu}/counts/constructor`)).status).toBe(404);
    expect((await page(`/u/${wu}/counts/morning-check`)).status).toBe(422);
    expect((await page(`/u/${wu}/counts/publicity?date=2026-02-30`)).status).toBe(422);
    expect((await page(`/u/${wu}/counts/publicity?date=2026-01-26`)).status).toBe(422);
    const empty = await send("", { _go: "check" }, `/u/${wu}/counts/publicity?date=${TODAY}`);
    expect([empty.status, empty.text.includes("至少填一项，没有的填 0")]).toEqual([422, true]);
    expect(await rows("SELECT count(*) AS n FROM report")).toEqual([{ n: 0 }]);
  });

  it("is the same page behind a session, and a bad client id costs nothing typed", async () => {
    const desk = deskOf(county);
    const li = await desk.signIn("reporter", TOWN);
    expect(textOf(await (await li.get(`/desk/units/${VILLAGE}/counts`)).text())).toContain("工作统计");
    const path = `/desk/units/${VILLAGE}/counts/publicity?date=${TODAY}`;
    const done = await li.post(path, { _go: "send", clientId: clientId(3), notices: "200" });
    expect(done.headers.get("Location")).toBe(
      `/desk/units/${VILLAGE}/counts/publicity?date=${TODAY}&done=1&lang=zh-Hans`,
    );
    const bad = await send(
      "",
      { _go: "send", clientId: "x", notices: "5", reason: "样本" },
      `/u/${wu}/counts/publicity?date=${TODAY}`,
    );
    expect([bad.status, bad.text.includes("请刷新页面后再提交")]).toEqual([422, true]);
  });
});

describe("Mallory", () => {
  const DOOR = `publicity/${VILLAGE}/${TODAY}`;
  it.each<[string, string, object, number, string]>([
    [
      "other keys and none of its own",
      DOOR,
      { masks: 9, __proto__: { leaflets: 3 }, zero: true },
      422,
      "notices",
    ],
    ["less than nothing", DOOR, { leaflets: -1 }, 422, "leaflets"],
    ["more than there can be", DOOR, { leaflets: 1e12 }, 422, "leaflets"],
    ["half a leaflet", DOOR, { leaflets: 0.5 }, 422, "leaflets"],
    ["words, lists and truth", DOOR, { leaflets: "很多", banners: [1], notices: true }, 422, "notices"],
    ["a day that does not exist", `publicity/${VILLAGE}/2026-02-30`, { leaflets: 1 }, 422, "count-date"],
    ["tomorrow", `publicity/${VILLAGE}/2026-01-26`, { leaflets: 1 }, 422, "count-date"],
    [
      "a form of another kind of unit",
      `morning-check/${VILLAGE}/${TODAY}`,
      { absent: 1 },
      422,
      "form-not-theirs",
    ],
    ["a form that is none", `daily-report/${VILLAGE}/${TODAY}`, { leaflets: 1 }, 404, "form-unknown"],
    ["a unit that is none", `publicity/511781100009/${TODAY}`, { leaflets: 1 }, 422, "unit-not-found"],
    ["no client id", DOOR, { leaflets: 1, clientId: 7 }, 422, "clientId"],
  ])("sends %s and is told what to mend", async (_, path, body, status, said) => {
    const answer = await enter(path, body);
    expect([answer.status, (await answer.text()).includes(`"${said}"`)]).toEqual([status, true]);
    expect(
      await rows("SELECT (SELECT count(*) FROM report) + (SELECT count(*) FROM count_total) AS n"),
    ).toEqual([{ n: 0 }]);
  });

  it("reaches no other town's counts, with no key, and with no 10 MB", async () => {
    expect((await enter(`publicity/511781101001/${TODAY}`, { leaflets: 1 }, LI)).status).toBe(403);
    expect((await enter(DOOR, { leaflets: 1 }, "no-such-key-at-all-000")).status).toBe(401);
    expect((await county.fetch(`/api/v1/counts/${DOOR}`, json({}))).status).toBe(401);
    expect((await enter(DOOR, { leaflets: 1, more: "x".repeat(10_000_000) })).status).toBe(413);
  });

  it("sends each of five days three times at once: each day stands once, and the totals are those of the days", async () => {
    const days = ["21", "22", "23", "24", "25"].map((day) => `2026-01-${day}`);
    const posts = days.flatMap((date, n) =>
      [1, 2, 3].map(() => enter(`publicity/${VILLAGE}/${date}`, { leaflets: n + 1 })),
    );
    const answers = await Promise.all(posts);
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(await rows("SELECT count(*) AS n, max(version) AS v FROM report")).toEqual([{ n: 5, v: 1 }]);
    expect((await valuesOf(VILLAGE, at("10:00")))["publicity.leaflets"]).toBe(15);
    const listed = await listEntries(county.deps.db, ["publicity"], VILLAGE, {
      from: "2026-01-01",
      to: TODAY,
    });
    expect(listed.map(({ date }) => date)).toEqual(days);
  });

  it("is answered as the first time when the same comes again, whatever came in between", async () => {
    const id = clientId(77);
    const first = await (await enter(DOOR, { leaflets: 5 }, ZHOU, id)).text();
    await enter(`publicity/${VILLAGE}/2026-01-24`, { leaflets: 5 });
    await enter(DOOR, { leaflets: 6, reason: "样本" });
    county.setNow(`${TODAY}T12:00:00+08:00`);
    expect(await (await enter(DOOR, { leaflets: 5 }, ZHOU, id)).text()).toBe(first);
    expect((await enter(DOOR, { leaflets: 9 }, ZHOU, id)).status).toBe(409);
  });
});

it("tells programs what each count means, and that none has a series", async () => {
  type Listed = { indicators: { id: string; unitName: string; kind: string }[] };
  const { indicators } = await (await county.fetch("/api/v1/indicators?lang=en")).json<Listed>();
  expect(indicators.find(({ id }) => id === "publicity.visits")).toMatchObject({
    ...{ kind: "flow", unit: "items", unitName: "visits", series: [], paths: [], window: "all" },
  });
  const asked = await county.fetch("/api/v1/series?indicator=publicity.visits", withKey(ZHOU));
  expect([asked.status, (await asked.json<{ code: string }>()).code]).toEqual([422, "no-series"]);
});

describe("any history of entries and corrections", () => {
  const some = fc.option(fc.nat({ max: 99 }), { nil: undefined });
  const step = fc.record({
    unit: fc.constantFrom(VILLAGE, TOWN),
    day: fc.nat({ max: 4 }),
    // Two machines' clocks differ: a later entry may come with an earlier moment.
    minutes: fc.integer({ min: -2, max: 9 }),
    leaflets: some,
    screens: some,
  });

  it("has at every moment what a recount of the days' versions says, then as later", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 20 }), async (steps) => {
        county = await openCounty(`${TODAY}T08:00:00+08:00`);
        await seedUnits(county);
        const { deps } = county;
        const moments: Date[] = [];
        const figuresThen: Awaited<ReturnType<typeof valuesOf>>[] = [];
        const publicity = countForms.find(({ name }) => name === "publicity") as CountForm;
        for (const [at, { unit, day, minutes, ...typed }] of steps.entries()) {
          county.setNow(new Date(deps.now().getTime() + minutes * 60_000).toISOString());
          const values = { ...typed, reason: "样本" };
          const date = `2026-01-2${day + 1}`;
          await submitCount(deps, {
            ...{ clientId: clientId(at + 1), form: publicity, unitCode: unit, date, values, door: "unit" },
          }).catch((error) => expect(error).toBeInstanceOf(ProblemError));
          const now = deps.now();
          moments.push(now);
          figuresThen.push(await valuesOf(TOWN, now, now));
        }
        const all = (await rows(
          "SELECT unit_code, date, version, counts, recorded_at FROM report ORDER BY date, version",
        )) as { unit_code: string; date: string; counts: string; recorded_at: number }[];
        for (const [at, moment] of moments.entries()) {
          const leaflets: number[] = [];
          const screens: number[] = [];
          for (const unit of [TOWN, VILLAGE]) {
            const known = all.filter((row) => row.unit_code === unit && row.recorded_at <= moment.getTime());
            const days = [...new Map(known.map((row) => [row.date, JSON.parse(row.counts)])).values()];
            leaflets.push(...days.flatMap((counts) => counts.leaflets ?? []));
            screens.push(...days.flatMap((counts) => counts.screens ?? []).slice(-1));
          }
          const sum = (list: number[]) => (list.length > 0 ? list.reduce((a, b) => a + b) : null);
          const figures = await valuesOf(TOWN, moment, moment);
          // Nothing of a moment changes once every clock is past it.
          if (moments.slice(at + 1).every((later) => later > moment))
            expect(figures).toEqual(figuresThen[at]);
          expect([figures["publicity.leaflets"], figures["publicity.screens"]]).toEqual([
            sum(leaflets),
            sum(screens),
          ]);
        }
      }),
      { numRuns: 4 },
    );
  });
});

describe("a form nobody here has seen, added as one file", () => {
  it("has its pages, its door for programs and its figures with no other change", async () => {
    const wu = await linkOf(county, VILLAGE);
    const app = createShell(
      async () => county.deps,
      (shell) => {
        shell.route("/u/:token", createUnitCountRoutes([supplies]));
        shell.route("/api/v1", createApiCountRoutes([supplies]));
      },
    );
    const ask = (path: string, init?: RequestInit) =>
      app.fetch(new Request(`https://baobei.example${path}`, init), {} as never);
    const listed = await (await ask(`/u/${wu}/counts`)).text();
    expect(textOf(listed)).toContain("防护物资 还没有填过 填今天的");
    const form = await (await ask(`/u/${wu}/counts/supplies?lang=zh-Hant`)).text();
    expect(textOf(form)).toContain("庫存口罩（隻） 填當天實有的數，不累加");
    const path = `/u/${wu}/counts/supplies?date=${TODAY}`;
    const body = new URLSearchParams({ clientId: clientId(5), masksHandedOut: "12", _go: "send" });
    expect((await ask(path, { method: "POST", body })).status).toBe(303);
    const bad = await ask(path, { method: "POST", body: new URLSearchParams({ masksHandedOut: "-3" }) });
    expect([bad.status, textOf(await bad.text()).includes("请填写 0 到 99999 之间的数")]).toEqual([
      422,
      true,
    ]);
    const door = `/api/v1/counts/supplies/${VILLAGE}/2026-01-24`;
    const typed = { clientId: clientId(6), masksHandedOut: 8, masksInStore: 90 };
    expect((await ask(door, json(typed, withKey(ZHOU).headers))).status).toBe(201);
    expect(await valuesOf("511781", at("10:00"), at("00:00"), [supplies])).toEqual({
      "supplies.masksHandedOut": 20,
      "supplies.masksHandedOut@window": 20,
      "supplies.masksInStore": 90,
    });
  });
});
