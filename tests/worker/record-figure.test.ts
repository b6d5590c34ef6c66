import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { exitPass } from "../../forms/exit-pass.ts";
import { feverClinic } from "../../forms/fever-clinic.ts";
import { recordForms } from "../../forms/records.ts";
import { screening } from "../../forms/screening.ts";
import { countingRecords } from "../../src/db/record-totals.ts";
import { countSeries } from "../../src/db/series.ts";
import { countSplit } from "../../src/db/series-split.ts";
import { countTogether } from "../../src/db/store.ts";
import { childrenAsOf, findUnit, type Unit } from "../../src/db/unit.ts";
import { dayOf } from "../../src/domain/as-of.ts";
import { dataValueSet } from "../../src/domain/data-value-set.ts";
import { type FigureBook, figureOf } from "../../src/domain/figure-book.ts";
import { recordIndicators } from "../../src/domain/indicator-record.ts";
import { findTyped, TYPED } from "../../src/domain/indicator-typed.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import { type RecordTotals, recordValues } from "../../src/domain/record-totals.ts";
import { readBuckets } from "../../src/domain/series.ts";
import { LANGS, type RecordForm } from "../../src/forms/define.ts";
import { openBook, openBooks } from "../../src/http/figure-book.ts";
import { submitCount } from "../../src/http/submit-count.ts";
import { fileRecord, takeStep } from "../../src/http/submit-record.ts";
import { seedKeys, withKey, ZHOU } from "../support/api.ts";
import { clientId } from "../support/cast.ts";
import { deskOf } from "../support/desk.ts";
import { post } from "../support/forms-record.ts";
import { zero } from "../support/meter.ts";
import { textOf } from "../support/unit-door.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/* What the records of a county come to: never counted by anybody, the same at every moment however late it is asked. */
const ZONE = "Asia/Shanghai";
const COUNTY = "511781";
const TOWN = "511781100";
const [VILLAGE, SECOND, THIRD] = ["511781100001", "511781100002", "511781101001"] as const;
const at = (clock: string, date = "25") => new Date(`2026-01-${date}T${clock}:00+08:00`);

let county: TestCounty;
let sent = 0;
beforeEach(async () => {
  county = await openCounty(at("08:00").toISOString());
  await seedUnits(county);
  sent = 0;
});

const whose = (form: RecordForm, unitCode: string) => ({
  ...({ form, unitCode, door: "unit", actor: "sample", clientId: clientId(++sent) } as const),
});
const file = (form: RecordForm, unitCode: string, values: object) =>
  fileRecord(county.deps, { ...whose(form, unitCode), values: { ...values } });
const step = (form: RecordForm, unitCode: string, id: string, name: string) =>
  takeStep(county.deps, { ...whose(form, unitCode), id, step: name, values: { reason: "样本" } });
const pass = (unitCode: string, home: string) =>
  file(exitPass, unitCode, { home, person: "样本甲", purpose: "shopping" });
const unitOf = async (code: string) => (await findUnit(county.deps.db, code)) as Unit;
const bookOf = async (code: string, asOf: Date, from = dayOf(asOf, ZONE).from) =>
  openBook(county.deps, await unitOf(code), { asOf, from, zone: ZONE });
const passes = (book: FigureBook) =>
  ["exit-pass.issued", "exit-pass.issued@window", "exit-pass.out"].map((id) => figureOf(book, id));

describe("Amina goes out with a pass", () => {
  it("is counted in her village, its town and the county, and nowhere before anybody had one", async () => {
    expect(passes(await bookOf(COUNTY, at("08:00")))).toEqual([null, null, null]);
    county.setNow(at("09:00", "24").toISOString());
    const first = await pass(VILLAGE, "样本小区 1 栋");
    await step(exitPass, VILLAGE, first.id, "out");
    county.setNow(at("09:30").toISOString());
    const second = await pass(VILLAGE, "样本小区 2 栋");
    await step(exitPass, VILLAGE, first.id, "back");
    county.setNow(at("10:00").toISOString());
    await step(exitPass, VILLAGE, second.id, "withdrawn");
    await pass(THIRD, "样本小区 3 栋");

    expect(passes(await bookOf(COUNTY, at("08:59", "24")))).toEqual([null, null, null]);
    expect(passes(await bookOf(COUNTY, at("12:00", "24")))).toEqual([1, 1, 1]);
    expect(passes(await bookOf(COUNTY, at("09:30")))).toEqual([2, 1, 0]);
    expect(passes(await bookOf(COUNTY, at("12:00")))).toEqual([2, 1, 0]);
    // The day's own was taken back: in a form that is in use, that is no longer unknown but zero.
    expect(passes(await bookOf(VILLAGE, at("12:00")))).toEqual([1, 0, 0]);
    expect(passes(await bookOf(SECOND, at("12:00")))).toEqual([null, null, null]);
    expect(passes(await bookOf(VILLAGE, at("12:00", "26")))).toEqual([1, 0, 0]);
    const books = await openBooks(county.deps, await unitOf(COUNTY), {
      ...{ asOf: at("12:00"), from: at("00:00"), zone: ZONE, level: "children" },
    });
    expect(books.rows.map((book) => [book.unit.code, ...passes(book)])).toEqual([
      [TOWN, 1, 0, 0],
      ["511781101", 1, 1, 0],
    ]);
    const { dataValues } = dataValueSet(books.total, ZONE);
    expect(dataValues).toContainEqual(
      expect.objectContaining({ dataElement: "exit-pass.issued@window", value: "1" }),
    );
  });

  it("is told by day and by hour, and in the catalogue in three languages", async () => {
    await seedKeys(county);
    county.setNow(at("09:10").toISOString());
    const one = await pass(VILLAGE, "样本小区 1 栋");
    county.setNow(at("09:40").toISOString());
    await step(exitPass, VILLAGE, one.id, "out");
    await pass(VILLAGE, "样本小区 2 栋");
    county.setNow(at("11:30").toISOString());
    await pass(THIRD, "样本小区 3 栋");
    const ask = async (query: string) => {
      const answer = await county.fetch(`/api/v1/series?${query}`, withKey(ZHOU));
      const { before, buckets, units } = await answer.json<{
        before: number | null;
        buckets: { value: number | null }[];
        units?: { code: string; values: { value: number | null }[] }[];
      }>();
      return { before, values: buckets.map(({ value }) => value), units };
    };
    const hours = "by=hour&from=2026-01-25T08:00:00%2B08:00&to=2026-01-25T13:00:00%2B08:00";
    // Unknown until the first was filed; then nothing filed is zero; the last hour is not yet.
    expect(await ask(`indicator=exit-pass.issued&${hours}`)).toEqual({
      ...{ before: null, values: [null, 2, 0, 1, null], units: undefined },
    });
    expect((await ask(`indicator=exit-pass.out&${hours}`)).values).toEqual([null, 1, 1, 1, null]);
    const split = await ask(`indicator=exit-pass.issued&${hours}&split=units`);
    expect(split.units?.map(({ code, values }) => [code, ...values.map(({ value }) => value)])).toEqual([
      [TOWN, null, 2, 0, 0, null],
      ["511781101", null, null, null, 1, null],
    ]);
    expect((await ask("indicator=exit-pass.issued&by=day")).values.slice(-2)).toEqual([null, 3]);

    const { indicators } = await (await county.fetch("/api/v1/indicators?lang=en")).json<{
      indicators: { id: string; definition: string }[];
    }>();
    expect(indicators.find(({ id }) => id === "exit-pass.out")).toMatchObject({
      ...{ kind: "stock", window: "moment", unit: "items", unitName: "persons", series: ["day", "hour"] },
      definition: expect.stringMatching(/^Records of “Exit passes” that stand as “out”; withdrawn ones/),
    });
    for (const { id, name, definition } of recordIndicators([...recordForms, post]))
      for (const lang of LANGS) {
        expect(name[lang], id).toMatch(/\S/);
        expect(definition[lang], id).not.toMatch(/undefined|NaN/);
        expect(/\p{Script=Han}/u.test(definition[lang]), `${id} ${lang}`).toBe(lang !== "en");
      }
    expect(new Set(TYPED.map(({ id }) => id)).size).toBe(TYPED.length);
  });

  it("is told by number, state and moment on the figure's own page, and by nothing else", async () => {
    const one = await pass(VILLAGE, "样本小区 1 栋");
    county.setNow(at("09:40").toISOString());
    await step(exitPass, VILLAGE, one.id, "out");
    const li = await deskOf(county).signIn("reporter", TOWN);
    const page = async (path: string) => textOf(await (await li.get(path)).text());
    const moment = encodeURIComponent("2026-01-25T09:40:00+08:00");
    const own = await page(`/desk/figures/exit-pass.out?unit=${VILLAGE}&asOf=${moment}`);
    expect(own).toContain("外出未归");
    expect(own).toContain(`${one.id} 外出中 今天 09:40 +1`);
    expect(own).not.toContain("样本小区");
    const town = await page(`/desk/figures/exit-pass.issued?unit=${TOWN}&asOf=${moment}`);
    expect(town).toContain("示例一社区 1");
    expect(town).toContain("示例二社区 —");
    expect(town).toContain("登记事项的每次办理记下");
    expect(town).not.toContain(one.id);
  });
});

describe("Zhou publishes the fever clinics that his county's report states", () => {
  const clinic = (kind: "clinic" | "triage") => ({
    ...{ name: "示例医院", kind, address: "样本路 1 号", telephone: "0818-1234567", hours: "24 小时" },
  });

  it("states what was typed until the first is filed, then those that are open, at every moment the same however late", async () => {
    const values = { feverClinics: 3, triageRooms: 21 };
    const typed = { form: screening, unitCode: TOWN, date: "2026-01-25", values, door: "unit" } as const;
    await submitCount(county.deps, { ...typed, clientId: clientId(++sent) });
    county.setNow(at("09:00").toISOString());
    const first = await file(feverClinic, COUNTY, clinic("clinic"));
    county.setNow(at("09:30").toISOString());
    const second = await file(feverClinic, TOWN, clinic("clinic"));
    const phone = { telephone: "0818-7654321", hours: "8:00–18:00" };
    const change = { ...whose(feverClinic, TOWN), id: second.id, step: "changed", values: phone };
    await takeStep(county.deps, change);
    county.setNow(at("10:00").toISOString());
    await step(feverClinic, COUNTY, first.id, "closed");

    const { signIn } = deskOf(county);
    let zhou = await signIn("supervisor", COUNTY);
    const page = async (asOf: Date) => {
      const place = new URLSearchParams({ unit: COUNTY, asOf: asOf.toISOString() });
      const html = await (await zhou.get(`/desk/reports/county?${place}`)).text();
      const link = /<a [^>]*href="([^"]*figures\/(?:fever|screening)[^"]*)"/.exec(html)?.[1] ?? "";
      const text = /开设发热门诊 ?(\d+) ?个、预检分诊室 ?(\d+) ?个/.exec(textOf(html));
      return { link: link.replaceAll("&amp;", "&"), said: text?.slice(1).map(Number) };
    };
    const moments = [at("08:59"), at("09:00"), at("09:40"), at("10:00")];
    const pages = async () => Promise.all(moments.map(page));
    const then = await pages();
    expect(then.map(({ said }) => said)).toEqual([
      [3, 21],
      [1, 21],
      [2, 21],
      [1, 21],
    ]);
    expect(then.map(({ link }) => /figures\/([\w.-]+)/.exec(link)?.[1])).toEqual([
      ...["screening.feverClinics", "fever-clinic.clinics", "fever-clinic.clinics", "fever-clinic.clinics"],
    ]);
    const counted = await zhou.get(then[2]?.link ?? "");
    expect([counted.status, textOf(await counted.text())]).toEqual([
      ...[200, expect.stringMatching(/公布的发热门诊.*太平镇 1/)],
    ]);

    county.setNow(at("09:00", "26").toISOString());
    await step(feverClinic, TOWN, second.id, "closed");
    await file(feverClinic, TOWN, clinic("triage"));
    zhou = await signIn("supervisor", COUNTY);
    expect(await pages()).toEqual(then);
    // All closed: none is open, whatever was typed of another day.
    expect((await page(at("09:00", "26"))).said).toEqual([0, 1]);
  });
});

describe("what it costs", () => {
  const read = async (code: string, asOf: Date, from: Date) => {
    zero(county.meter);
    const [totals] = await countTogether(
      county.deps.db,
      countingRecords(county.deps.db, { code, kind: "county" }, { asOf, from, forms: names }),
    );
    return { totals, read: county.meter.read };
  };
  const names = recordForms.map(({ name }) => name);

  it("is a few rows a form where nobody filed any, however many units there are", async () => {
    const { totals, read: rows } = await read(COUNTY, at("12:00"), at("00:00"));
    expect(totals).toEqual([]);
    expect(rows).toBeLessThanOrEqual(4 * names.length);
  });

  it("is a few rows a unit that filed, and does not grow with what it filed", async () => {
    for (const unit of [VILLAGE, THIRD]) for (let n = 0; n < 20; n++) await pass(unit, `样本小区 ${n} 栋`);
    const few = await read(COUNTY, at("12:00"), at("12:00"));
    for (let n = 20; n < 120; n++) await pass(VILLAGE, `样本小区 ${n} 栋`);
    const many = await read(COUNTY, at("12:00"), at("12:00"));
    expect(many.totals.map(({ code, asOf }) => [code, asOf?.issued])).toEqual([
      [VILLAGE, 120],
      [THIRD, 20],
    ]);
    expect(few.read).toBeLessThanOrEqual(4 * names.length + 2 * 12);
    expect(many.read).toBe(few.read);
    // A moment before all of them: halved down, not walked through.
    const before = await read(COUNTY, at("12:00"), at("00:00"));
    expect(before.totals.map(({ from }) => from)).toEqual([undefined, undefined]);
    expect(before.read - many.read).toBeLessThanOrEqual(60);
  });
});

describe("any history of filings, steps and withdrawals", () => {
  const anyMove = fc.record({
    unit: fc.constantFrom(TOWN, VILLAGE, SECOND, THIRD),
    // Two machines' clocks differ: a later event may come with an earlier moment.
    minutes: fc.integer({ min: -2, max: 25 }),
    size: fc.nat({ max: 9 }),
    move: fc.constantFrom("file", "file", "seen", "left", "withdrawn"),
    which: fc.nat({ max: 20 }),
  });
  const total = async (code: string, asOf: Date, from: Date): Promise<RecordTotals[]> => {
    const { db } = county.deps;
    const asked = { asOf, from, forms: [post.name] };
    return (await countTogether(db, countingRecords(db, { code, kind: "county" }, asked)))[0];
  };
  const values = async (code: string, asOf: Date, from = at("00:00")) =>
    recordValues(await total(code, asOf, from), [post]);

  it("has at every moment what a recount of the events says, then as later, in every part and window", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyMove, { minLength: 12, maxLength: 25 }), async (moves) => {
        county = await openCounty(at("08:00").toISOString());
        await seedUnits(county);
        sent = 0;
        const filed: { id: string; unit: string }[] = [];
        const moments: Date[] = [];
        const then: Awaited<ReturnType<typeof values>>[] = [];
        for (const { unit, minutes, size, move, which } of moves) {
          county.setNow(new Date(county.deps.now().getTime() + minutes * 60_000).toISOString());
          const one = filed[which % Math.max(1, filed.length)];
          if (move === "file" || !one) filed.push({ id: (await file(post, unit, { size })).id, unit });
          else
            await step(post, one.unit, one.id, move).catch((error) =>
              expect(error).toBeInstanceOf(ProblemError),
            );
          moments.push(county.deps.now());
          then.push(await values(COUNTY, county.deps.now()));
        }
        const { results } = await county.deps.d1
          .prepare(
            "SELECT unit_code, record_id, step, facts, recorded_at FROM record_event ORDER BY recorded_at, seq",
          )
          .all<Event>();
        for (const [index, moment] of moments.entries()) {
          const figures = await values(COUNTY, moment);
          // Nothing of a moment changes once every clock is past it.
          if (moments.slice(index + 1).every((later) => later > moment)) expect(figures).toEqual(then[index]);
          expect(figures).toMatchObject(recount(results, moment));
          const parts = await Promise.all([`${TOWN}`, "511781101"].map((code) => values(code, moment)));
          for (const id of Object.keys(figures)) {
            const known = parts.flatMap((part) => (typeof part[id] === "number" ? [part[id]] : []));
            expect(known.length > 0 ? known.reduce((a, b) => a + b) : null, id).toBe(figures[id]);
          }
        }
        const [first = at("08:00"), last = at("08:00")] = [moments[3], moments.at(-1)];
        const end = last > first ? last : first;
        const window = await values(COUNTY, end, first);
        for (const name of ["parties", "persons", "looks", "large"]) {
          const id = `${post.name}.${name}`;
          const [now, before] = [(await values(COUNTY, end))[id], (await values(COUNTY, first))[id]];
          expect(window[`${id}@window`]).toBe(now === null ? null : (now ?? 0) - (before ?? 0));
        }
        await seriesAgree(end);
      }),
      { numRuns: 5 },
    );
  });

  /** Hours add up to the totals, and each hour's units to the county's. */
  async function seriesAgree(end: Date): Promise<void> {
    const unit = await unitOf(COUNTY);
    const children = await childrenAsOf(county.deps.db, COUNTY, end);
    const { buckets } = readBuckets(
      { by: "hour", from: "2026-01-25T07:00:00+08:00" },
      { asOf: end, zone: ZONE, lang: "en" },
    );
    const question = { buckets, asOf: end, since: unit.recordedAt, zone: ZONE };
    for (const indicator of recordIndicators([post])) {
      const whole = await countSeries(county.deps.db, unit, indicator, question);
      const split = await countSplit(county.deps.db, unit, children, indicator, question);
      expect(split.total).toEqual(whole);
      const figure = (await values(COUNTY, end))[indicator.id] ?? null;
      const numbers = whole.values.filter((value) => typeof value === "number");
      expect(
        indicator.kind === "flow" && figure !== null
          ? numbers.reduce((a, b) => a + b, 0)
          : (numbers.at(-1) ?? null),
      ).toBe(figure);
      for (const [bucket, value] of whole.values.entries()) {
        const parts = [split.direct, ...split.parts.map(({ series }) => series)].map(
          (one) => one.values[bucket],
        );
        const known = parts.filter((one) => typeof one === "number");
        expect(known.length > 0 ? known.reduce((a, b) => a + b) : null).toBe(value);
      }
    }
  }
});

type Event = { unit_code: string; record_id: string; step: string; facts: string; recorded_at: number };

/** What the events up to a moment say, record by record, without any total. */
function recount(events: Event[], moment: Date): Record<string, number | null> {
  const known = events.filter(({ recorded_at }) => recorded_at <= moment.getTime());
  const records = Map.groupBy(known, ({ record_id }) => record_id);
  const sums = { parties: 0, persons: 0, looks: 0, large: 0, here: 0, heads: 0 };
  for (const steps of records.values()) {
    const size = JSON.parse(steps.find((one) => one.step === "filed")?.facts ?? "{}").size as number;
    const last = steps.at(-1)?.step;
    if (last === "withdrawn") continue;
    sums.parties += 1;
    sums.persons += size;
    sums.looks += steps.filter((one) => one.step === "seen").length;
    sums.large += size >= 5 ? 1 : 0;
    if (last === "left") continue;
    sums.here += 1;
    sums.heads += size;
  }
  return Object.fromEntries(
    Object.entries(sums).map(([name, n]) => [`${post.name}.${name}`, known.length > 0 ? n : null]),
  );
}

it("knows no figure of a form that is none", () => {
  expect(findTyped("exit-pass.nothing")).toBeUndefined();
});
