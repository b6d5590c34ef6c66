import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type LineAsk, listPeople } from "../../../src/db/line-list.ts";
import { OVERDUE, RISKS, STATES } from "../../../src/domain/line-list.ts";
import { amina, bashir, chen, dawa, household, sampleIdCard } from "../../support/cast.ts";
import { enterCrowd } from "../../support/crowd.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { observe, read } from "../../support/follow-up.ts";
import { zero } from "../../support/meter.ts";
import { plainText } from "../../support/pages.ts";
import { register, rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * The line list at the desk: who is on it, what it hides, whom it finds, and what a page of it costs however many there are.
 */
const NOW = "2026-01-25T18:30:00+08:00";
const ZONE = "Asia/Shanghai";
const VILLAGES = ["511781100001", "511781100002", "511781101001"];
let county: DeskCounty;
beforeEach(async () => {
  county = await openDeskCounty(NOW);
  await seedUnits(county);
});

const page = async (who: Signed, path: string) => {
  const answer = await who.get(path);
  return { status: answer.status, html: await answer.text() };
};
const idsOn = (html: string) =>
  [...html.matchAll(/href="\/desk\/people\/([A-Z0-9-]+)\?/g)].map(([, id]) => id);
const ask = (more: Partial<LineAsk> = {}): LineAsk => ({
  scope: { code: "511781", exact: false },
  filter: { unit: "511781" },
  ...{ now: county.deps.now(), zone: ZONE, releaseHours: 2 },
  ...more,
});

describe("the line list", { timeout: 60_000 }, () => {
  it("shows Amina's household to the town's clerk, masked, and nobody of another town", async () => {
    county.setNow("2026-01-25T10:00:00+08:00");
    const own = await observe(county, [amina(), chen()]);
    const other = await observe(county, [bashir()], { unit: "511781101001" });
    county.setNow(NOW);
    await read(county, `${own}-1`, { temperature: 36.7 });
    const li = await county.signIn("clerk", "511781100");
    const { html } = await page(li, "/desk/people");
    expect(idsOn(html)).toEqual([`${own}-1`, `${own}-2`]);
    expect(html).not.toContain(other);
    const text = plainText(html);
    expect(text).toMatch(/阿\* WY-[\d-]+-1 示例一社区 太平镇 武汉.*观察中 第 1\/14 天|阿\*/);
    expect(text).toContain("36.7 ℃");
    expect(text).toContain("139****");
    // Chen owes this evening's reading until 23:00; at noon nobody had sent the morning's.
    expect(text).toContain("体温未报");
    for (const secret of ["阿米娜", "陈小", "13910000", "示例一组", sampleIdCard("19880214", "102")])
      expect(html).not.toContain(secret);
  });

  it("finds a person by the whole name, phone, document or number: posted, on record, and in one's own area alone", async () => {
    const { caseNumber } = await register(county.deps, household([amina(), dawa()]));
    const li = await county.signIn("clerk", "511781100");
    const finds = async (who: Signed, q: string) => {
      const answer = await who.post("/desk/people", { q });
      expect([answer.status, answer.headers.get("Cache-Control")]).toEqual([200, "no-store"]);
      return idsOn(await answer.text());
    };
    expect(await finds(li, " 阿米娜 示例 ")).toEqual([`${caseNumber}-1`]);
    expect(await finds(li, "+86 139-0000-0001")).toEqual([`${caseNumber}-1`, `${caseNumber}-2`]);
    expect(await finds(li, sampleIdCard("19880214", "102").toLowerCase())).toEqual([`${caseNumber}-1`]);
    expect(await finds(li, "e99999901")).toEqual([`${caseNumber}-2`]);
    expect(await finds(li, "阿米娜")).toEqual([]);
    const mallory = await county.signIn("clerk", "511781101");
    for (const q of ["阿米娜·示例", "13900000001", "E99999901"]) expect(await finds(mallory, q)).toEqual([]);
    const acts = (await rowsOf(county, "audit")).filter(({ act }) => act === "search-person");
    expect(acts.map(({ actor, detail }) => [actor === `official/${li.id}`, detail])).toEqual([
      [true, "name"],
      [true, "phone"],
      [true, "document"],
      [true, "document"],
      [true, "name"],
      [false, "name"],
      [false, "phone"],
      [false, "document"],
    ]);
    expect(JSON.stringify(acts)).not.toMatch(/阿米娜|13900000001|E99999901/);
    const number = await li.post("/desk/people", { q: caseNumber.toLowerCase() });
    expect(number.headers.get("Location")).toBe(`/desk/people?number=${caseNumber}&lang=zh-Hans`);
    expect(idsOn((await page(li, `/desk/people?number=${caseNumber}`)).html)).toHaveLength(2);
    expect(idsOn((await page(mallory, `/desk/people?number=${caseNumber}`)).html)).toEqual([]);
    const person = await li.post("/desk/people", { q: `${caseNumber}-2` });
    expect(person.headers.get("Location")).toBe(`/desk/people/${caseNumber}-2?lang=zh-Hans`);
  });

  it("lets no registration in another town hide Dawa from her own town's clerk", async () => {
    const { caseNumber } = await register(county.deps, household([dawa()], { phone: "13900000001" }));
    for (let client = 2; client <= 31; client++)
      await register(
        county.deps,
        household([dawa()], { unit: "511781101001", phone: "13900000001" }),
        client,
      );
    const li = await county.signIn("clerk", "511781100");
    const finds = async (q: string, after = "") => {
      const html = await (await li.post("/desk/people", { q, after })).text();
      return { ids: idsOn(html), after: /name="after" value="([^"]+)"/.exec(html)?.[1] };
    };
    for (const q of ["13900000001", "E99999901", "达娃示例"])
      expect(await finds(q), q).toEqual({ ids: [`${caseNumber}-1`], after: undefined });
    // Even a flood only puts her on the next page, and a page of it is bounded.
    for (const table of ["household", "person"]) await flood(table, 1500);
    for (const q of ["13900000001", "E99999901"]) {
      zero(county.meter);
      const first = await finds(q);
      expect([first.ids, typeof first.after], q).toEqual([[], "string"]);
      expect(county.meter.read, q).toBeLessThan(3_200);
      expect((await finds(q, first.after)).ids, q).toEqual([`${caseNumber}-1`]);
    }
  });

  it("shows everybody of one phone or document once, page by page", async () => {
    const all: string[] = [];
    const dawas: string[] = [];
    for (let client = 1; client <= 45; client++) {
      const crowd = Array.from({ length: 20 }, (_, n) => bashir({ name: `示例${n}` }));
      const people = client === 9 ? crowd : [dawa(), bashir()];
      const { caseNumber } = await register(county.deps, household(people, { phone: "13900000001" }), client);
      all.push(...people.map((_, place) => `${caseNumber}-${place + 1}`));
      if (client !== 9) dawas.push(`${caseNumber}-1`);
    }
    const li = await county.signIn("clerk", "511781100");
    for (const [q, expected] of [
      ["13900000001", all],
      ["E99999901", dawas],
    ] as const) {
      const seen: (string | undefined)[] = [];
      let after = "";
      for (let pages = 0; pages === 0 || after; pages++) {
        expect(pages).toBeLessThan(12);
        zero(county.meter);
        const html = await (await li.post("/desk/people", { q, after })).text();
        expect(county.meter.read, q).toBeLessThanOrEqual(300);
        seen.push(...idsOn(html));
        after = /name="after" value="([^"]+)"/.exec(html)?.[1] ?? "";
      }
      expect(seen.sort(), q).toEqual([...expected].sort());
    }
  });

  it("answers a search of any script and length with a page, and never with what was typed elsewhere than in its box", async () => {
    const li = await county.signIn("clerk", "511781100");
    const any = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 80 }),
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.constantFrom(
        "",
        "　",
        "%",
        "'; DROP TABLE person;--",
        "ཐུབ་བསྟན་",
        "ئابدۇراخمان",
        "\u0000",
        "王".repeat(3000),
      ),
    );
    await fc.assert(
      fc.asyncProperty(any, async (q) => {
        const answer = await li.post("/desk/people", { q: q.toWellFormed() });
        expect([200, 303, 422]).toContain(answer.status);
        if (answer.status === 422) expect(await answer.text()).toContain("不超过 64 字");
      }),
      { numRuns: 40 },
    );
    expect((await li.post("/desk/people", { q: "王示例", after: "made-up" })).status).toBe(400);
  });

  it("answers a filter or a place in the list that nobody handed out with a clear word", async () => {
    await enterCrowd(county.deps.d1, { villages: VILLAGES, now: county.deps.now(), zone: ZONE, homes: 60 });
    const zhou = await county.signIn("supervisor", "511781");
    const li = await county.signIn("clerk", "511781100");
    const next =
      /href="(\/desk\/people\?after=[^"]+)"/.exec((await page(zhou, "/desk/people")).html)?.[1] ?? "";
    expect((await page(zhou, next)).status).toBe(200);
    expect((await page(li, next)).status).toBe(400); // another's
    expect((await page(zhou, next.replace("after", "state=observing&after"))).status).toBe(400);
    const after = new URL(next, "https://x").searchParams.get("after") ?? "";
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(after.length - 1),
        fc.constantFrom("A", "b", ".", "-", "王", ""),
        async (at, other) => {
          const altered = `${after.slice(0, at)}${other}${after.slice(at + 1)}`;
          if (altered === after) return;
          const { status, html } = await page(zhou, `/desk/people?after=${encodeURIComponent(altered)}`);
          statuses.add(status);
          if (status === 400) expect(html).toContain("翻页的位置不对");
        },
      ),
      { numRuns: 30 },
    );
    // The last character may carry bits that stand for nothing.
    expect([...statuses].filter((status) => status !== 400 && status !== 200)).toEqual([]);
    for (const bad of ["state=gone", "risk=x", "overdue=1", "day=-1", "day=1e3", "unit=%27", "number=WY-1"])
      expect((await page(zhou, `/desk/people?${bad}`)).status, bad).toBe(422);
    expect((await page(li, "/desk/people?unit=511781101")).status).toBe(404);
    expect((await page(li, "/desk/people?unit=511781100002&state=&day=&risk=&overdue=")).status).toBe(200);
  });

  it("walked page by page shows everybody whom a filter is about once, and nobody else", async () => {
    const { deps } = county;
    await enterCrowd(deps.d1, { villages: VILLAGES, now: deps.now(), zone: ZONE, homes: 140 });
    const all = new Map((await walk()).map((row) => [row.id, row]));
    expect(all.size).toBe((await rowsOf(county, "person")).length);
    const filters = [
      ...STATES.map((state) => ({ state })),
      ...RISKS.map((risk) => ({ risk })),
      ...OVERDUE.map((overdue) => ({ overdue })),
      ...[0, 7, "over" as const].map((day) => ({ day })),
      { state: "observing" as const, risk: "contact" as const },
      { state: "observing" as const, day: 3, risk: "area" as const },
      { risk: "ill" as const, overdue: "reading" as const },
      { state: "waiting" as const, risk: "area" as const },
      { state: "released" as const, risk: "ill" as const },
    ];
    for (const scope of [
      { code: "511781", exact: false },
      { code: "511781100", exact: false },
    ])
      for (const filter of filters) {
        const rows = await walk(scope, filter);
        const expected = [...all.values()].filter(
          ({ unitCode, state, risks, overdue, progress }) =>
            unitCode.startsWith(scope.code) &&
            (!("state" in filter) || state === filter.state) &&
            (!("risk" in filter) ||
              (filter.risk === "ill" ? risks.ill || risks.fever : risks[filter.risk])) &&
            (!("overdue" in filter) || overdue.some(({ kind }) => kind === filter.overdue)) &&
            (!("day" in filter) ||
              (filter.day === "over"
                ? progress && progress.stage !== "observing"
                : progress?.stage === "observing" && progress.day === filter.day)),
        );
        if ("overdue" in filter && filter.overdue === "release") continue; // owes no release here
        expect(rows.map(({ id }) => id).sort(), JSON.stringify(filter)).toEqual(
          expected.map(({ id }) => id).sort(),
        );
      }
  });

  it("reads no more rows in a county of 60,000 than in one of 2,000, and never above 200", async () => {
    const { d1 } = county.deps;
    const crowd = { villages: VILLAGES, now: county.deps.now(), zone: ZONE };
    const few = await enterCrowd(d1, { ...crowd, homes: 800 });
    const before = await reads();
    const many = await enterCrowd(d1, { ...crowd, homes: 23_200, first: 800 });
    const after = await reads();
    expect([few, many]).toEqual([2_000, 60_000]);
    for (const [what, rows] of Object.entries(after)) {
      expect(rows, what).toBeLessThanOrEqual(200);
      expect(before[what], what).toBeLessThanOrEqual(200);
    }
    expect(after["first page"]).toBeLessThanOrEqual((before["first page"] ?? 0) + 20);
  });

  it("stays within 200 rows where everybody lives alone, is under observation and was measured", async () => {
    const { d1 } = county.deps;
    const crowd = { villages: VILLAGES, now: county.deps.now(), zone: ZONE };
    await enterCrowd(d1, { ...crowd, homes: 500, each: 1, waiting: 0, released: 0, measured: 10 });
    const zhou = await county.signIn("supervisor", "511781");
    zero(county.meter);
    const { html } = await page(zhou, "/desk/people");
    expect(county.meter.read).toBeLessThanOrEqual(200);
    expect(idsOn(html).length).toBeGreaterThanOrEqual(40);
  });
});

/** More registrations like the last one, each a second later. */
async function flood(table: string, rows: number) {
  const { d1 } = county.deps;
  const elsewhere = (await rowsOf(county, table)).filter((row) => row.unit_code === "511781101001");
  const last = elsewhere[0];
  const columns = Object.keys(last ?? {});
  const other: Record<string, string> = { id: "id || '/' || n.i", recorded_at: "recorded_at + n.i * 1000" };
  await d1
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
      INSERT INTO ${table} (${columns}) SELECT ${columns.map((name) => other[name] ?? name)} FROM ${table}, n WHERE id = ?2`,
    )
    .bind(rows, last?.id)
    .run();
}

async function walk(scope = { code: "511781", exact: false }, filter: Partial<LineAsk["filter"]> = {}) {
  const rows = [];
  const seen = new Set<string>();
  let after: LineAsk["after"];
  for (let pages = 0; pages === 0 || after; pages++) {
    expect(pages).toBeLessThan(60);
    zero(county.meter);
    const found = await listPeople(
      county.deps,
      ask({ scope, filter: { unit: scope.code, ...filter }, after }),
    );
    expect(county.meter.read, JSON.stringify(filter)).toBeLessThanOrEqual(200);
    expect(found.rows.length).toBeLessThanOrEqual(50);
    for (const row of found.rows) {
      expect(seen.has(row.id), `${row.id} twice`).toBe(false);
      seen.add(row.id);
      rows.push(row);
    }
    after = found.next;
  }
  return rows;
}

/** What the pages of the county's chief and of a town's clerk read, the session and all. */
async function reads(): Promise<Record<string, number>> {
  const zhou = await county.signIn("supervisor", "511781");
  const li = await county.signIn("clerk", "511781100");
  const cost = async (work: () => Promise<unknown>) => {
    zero(county.meter);
    await work();
    return county.meter.read;
  };
  const figures: Record<string, number> = { "first page": await cost(() => page(zhou, "/desk/people")) };
  figures["first page of a town"] = await cost(() => page(li, "/desk/people"));
  for (const [name, codes] of Object.entries({
    state: STATES,
    risk: RISKS,
    overdue: OVERDUE,
    day: ["3", "over"],
  }))
    for (const code of codes)
      for (const [who, signed] of Object.entries({ zhou, li }))
        figures[`${name}=${code} ${who}`] = await cost(() => page(signed, `/desk/people?${name}=${code}`));
  figures.document = await cost(() => zhou.post("/desk/people", { q: "E99999901" }));
  figures.name = await cost(() => zhou.post("/desk/people", { q: "阿米娜·示例" }));
  const [last] = (await rowsOf(county, "person")).slice(-1);
  const deep = ask({ after: ["511781101001", 0, String(last?.id)] });
  figures["deep page"] = await cost(() => listPeople(county.deps, deep));
  return figures;
}
