import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { countForms } from "../../forms/counts.ts";
import { publicity } from "../../forms/publicity.ts";
import { readRolledUp } from "../../src/db/figures.ts";
import { countSplit } from "../../src/db/series-split.ts";
import { childrenAsOf, findUnit, type Unit } from "../../src/db/unit.ts";
import { dayOf } from "../../src/domain/as-of.ts";
import { type FigureBook, type FigureId, figureOf, WINDOW } from "../../src/domain/figure-book.ts";
import { INDICATORS } from "../../src/domain/indicator.ts";
import { typedIndicators } from "../../src/domain/indicator-typed.ts";
import { readBuckets } from "../../src/domain/series.ts";
import type { Summary } from "../../src/domain/summary.ts";
import { HOUR, MINUTE } from "../../src/domain/time.ts";
import { openBook, openBooks } from "../../src/http/figure-book.ts";
import { verifyHousehold } from "../../src/http/submit.ts";
import { submitCount } from "../../src/http/submit-count.ts";
import { endObservation, movePlacement } from "../../src/http/submit-observation.ts";
import { sealOffOld } from "../../src/jobs/retention.ts";
import { rollUp } from "../../src/jobs/rollup.ts";
import { LI, oweReports, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { amina, bashir, chen, clientId, dawa } from "../support/cast.ts";
import { anyStep, live, momentAfter, newBooks, register, SCHOOL, VILLAGES } from "../support/life.ts";
import { actInOffice, newFiles } from "../support/life-office.ts";
import { rowsOf } from "../support/records.ts";
import { misfits } from "../support/schema.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const ZONE = "Asia/Shanghai";
const COUNTY = "511781";
let county: TestCounty;
let next = 0;
const at = (date: string, clock = "00:00") => new Date(`2026-01-${date}T${clock}:00+08:00`);
const clock = (moment: Date) => county.setNow(moment.toISOString());

async function open(settings: Record<string, string> = {}) {
  county = await openCounty(at("24", "08:00").toISOString(), { CARE_ROLES: "", ...settings });
  await seedUnits(county);
  await seedKeys(county);
  next = 0;
}
const unitOf = async (code = COUNTY) => (await findUnit(county.deps.db, code)) as Unit;
const bookOf = async (asOf: Date, from = dayOf(asOf, ZONE).from, code = COUNTY) =>
  openBook(county.deps, await unitOf(code), { asOf, from, zone: ZONE });
const booksOf = async (asOf: Date, from: Date, level: "children" | "leaves", code = COUNTY) =>
  openBooks(county.deps, await unitOf(code), { asOf, from, zone: ZONE, level });
const found = (id: string, unitCode: string, more = {}) =>
  verifyHousehold(county.deps, {
    ...{ id, unitCode, actor: "x", outcome: "found", day0: dayOf(county.deps.now(), ZONE).date },
    ...more,
  });
const some = (book: FigureBook, ...ids: FigureId[]) => ids.map((id) => figureOf(book, id));

describe("a book of figures", () => {
  beforeEach(() => open());

  it("says from noon to noon who came from Wuhan or through it, once each, and whose temperature was taken", async () => {
    await register(county, ++next, [amina(), bashir()], VILLAGES[0], { origin: "wuhan", transitWuhan: true });
    clock(at("26", "09:00"));
    await register(county, ++next, [chen()], VILLAGES[2], { origin: "other_province", transitWuhan: true });
    await register(county, ++next, [dawa({ document: undefined })], VILLAGES[2], { origin: "hubei" });
    clock(at("26", "12:00"));
    const book = await bookOf(at("26", "12:00"), at("25", "12:00"));
    expect(book.values).toMatchObject({
      ...{ "registered.cumulative": 4, "registered.cumulative@window": 2, "registered.today@window": 2 },
      ...{ "registered.wuhanDirection": 3, "registered.wuhanDirection@window": 1 },
      ...{ "registered.fromHubei": 3, "registered.byOrigin.wuhan": 2, "registered.measured": 2 },
    });
    // Nobody owes a report: a share of nothing is unknown. Nobody filled in a form: unknown too, and not zero.
    expect(
      some(
        book,
        "completeness.share",
        "publicity.leaflets",
        "publicity.leaflets@window",
        "case-status.confirmed",
      ),
    ).toEqual([null, null, null, null]);
    const catalogue = INDICATORS.filter(({ paths }) => !paths.some((path) => path.includes("*")));
    expect(catalogue.filter(({ id }) => book.values[id] === undefined)).toEqual([]);
  });

  it("says who of those observed is a close contact, and who of them was brought to a central site", async () => {
    const people = [amina({ contact: true }), bashir({ contact: true, returnee: true })];
    const { caseNumber } = await register(
      county,
      ++next,
      [...people, dawa({ document: undefined })],
      VILLAGES[0],
    );
    const wrong = await register(county, ++next, [chen({ contact: true })], VILLAGES[0]);
    clock(at("24", "09:00"));
    await found(caseNumber, VILLAGES[0]);
    await found(wrong.caseNumber, VILLAGES[0], { outcome: "wrong" });
    clock(at("24", "10:00"));
    const move = { scope: COUNTY, actor: "x", id: `${caseNumber}-1`, kind: "central" as const };
    await movePlacement(county.deps, move);
    const ids = ["cumulative", "opened", "observing", "contacts", "contactsCentral"].map(
      (id) => `observation.${id}`,
    );
    expect(some(await bookOf(at("24", "10:00")), ...ids)).toEqual([4, 3, 3, 2, 1]);
    expect(some(await bookOf(at("24", "09:30")), ...ids)).toEqual([4, 3, 3, 2, 0]);
    clock(at("24", "11:00"));
    await endObservation(county.deps, { ...move, ending: "transferred", by: "李示例", reason: "示例" });
    expect(some(await bookOf(at("24", "11:00")), ...ids)).toEqual([4, 3, 2, 1, 0]);
  });

  it("adds up what the villages typed in, and of a stock takes what each said last", async () => {
    const fill = (unitCode: string, date: string, values: object) =>
      submitCount(county.deps, {
        ...{ clientId: clientId(++next), form: publicity, unitCode, date, door: "api" },
        values: values as Record<string, unknown>,
      });
    await fill(VILLAGES[0], "2026-01-24", { leaflets: 400, screens: 3 });
    await fill(VILLAGES[2], "2026-01-24", { leaflets: 100, screens: 2 });
    clock(at("25", "10:00"));
    await fill(VILLAGES[0], "2026-01-25", { leaflets: 0, screens: 4 });
    await fill(VILLAGES[0], "2026-01-24", { leaflets: 420, screens: 3, reason: "示例：漏了一栋" });
    const ids = [
      "publicity.leaflets",
      "publicity.leaflets@window",
      "publicity.screens",
      "publicity.handbooks",
    ];
    const { total, rows, direct } = await booksOf(at("25", "10:00"), at("25"), "children");
    expect(some(total, ...ids)).toEqual([520, 20, 6, null]);
    expect(rows.map((row) => [row.unit.name, ...some(row, ...ids)])).toEqual([
      ["太平镇", 420, 20, 4, null],
      // It has entered nothing since midnight, which is not zero.
      ["青花镇", 100, null, 2, null],
    ]);
    expect(some(direct, ...ids)).toEqual([null, null, null, null]);
    expect(some(await bookOf(at("24", "20:00")), ...ids)).toEqual([500, 500, 5, null]);
  });

  it("has a row for every unit by itself, names the missing in each, and adds up to the county", async () => {
    await oweReports(county, "2026-01-24", [...VILLAGES, SCHOOL]);
    await register(county, ++next, [amina(), bashir()], VILLAGES[0]);
    await register(county, ++next, [dawa()], "511781100");
    clock(at("24", "16:30"));
    const { total, rows, direct } = await booksOf(at("24", "16:30"), at("24"), "leaves");
    expect(rows.map(({ unit, values }) => [unit.code, values["registered.cumulative"]])).toEqual([
      ...[
        ["511781", 0],
        ["511781100", 1],
        [VILLAGES[0], 2],
        [VILLAGES[1], 0],
        [SCHOOL, 0],
      ],
      ...[
        ["511781101", 0],
        [VILLAGES[2], 0],
      ],
    ]);
    expect(rows.map(({ completeness: { units, owed, missing } }) => [units, owed, missing.length])).toEqual([
      ...[
        [1, 0, 0],
        [1, 0, 0],
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
        [1, 0, 0],
        [1, 1, 1],
      ],
    ]);
    expect(total.completeness).toMatchObject({ units: 7, owed: 4, reported: 0 });
    expect(total.completeness.missing).toHaveLength(4);
    expect(direct.values["registered.cumulative"]).toBe(0);
  });

  it("keeps last noon's figures when Bashir is entered after it, and says +3 recorded after", async () => {
    const noon = at("25", "12:00");
    clock(at("25", "11:40"));
    const early = await register(county, ++next, [amina()], VILLAGES[0]);
    const before = await bookOf(noon, at("25"));
    clock(at("25", "12:20"));
    // Home since the morning, entered after noon; seen before noon, written down after it.
    await register(county, ++next, [bashir(), chen(), dawa()], VILLAGES[2], {
      ...{ origin: "wuhan", arrivedAt: at("25", "09:00").toISOString() },
    });
    await register(county, ++next, [dawa({ document: undefined })], VILLAGES[2], {
      arrivedAt: at("25", "12:10").toISOString(),
    });
    await found(early.caseNumber, VILLAGES[0], { occurredAt: at("25", "11:50") });
    const { total, rows } = await booksOf(noon, at("25"), "children");
    expect(total.values).toEqual(before.values);
    expect(before.recordedAfter).toEqual({});
    expect(total.recordedAfter).toMatchObject({
      ...{ "registered.cumulative": 3, "registered.households": 1, "registered.byOrigin.wuhan": 3 },
      ...{ "registered.fromHubei": 3, "registered.wuhanDirection": 3, "verification.verified": 1 },
    });
    expect(rows.map(({ recordedAfter }) => recordedAfter["registered.cumulative"])).toEqual([undefined, 3]);
    expect((await bookOf(county.deps.now())).recordedAfter).toEqual({});
    // What comes more than seven days later is not looked for.
    clock(new Date(noon.getTime() + 7 * 24 * HOUR + MINUTE));
    await register(county, ++next, [chen({ document: undefined })], VILLAGES[2], {
      arrivedAt: at("25", "09:00").toISOString(),
    });
    expect((await bookOf(noon, at("25"))).recordedAfter).toEqual(total.recordedAfter);
  });

  it("states one moment while households and a bureau's list come in and the sweep runs: what is in one figure is in all", async () => {
    clock(at("24", "16:30"));
    const unit = await unitOf();
    const question = { asOf: at("24", "16:30"), from: at("24"), zone: ZONE, level: "children" as const };
    const office = async (round: number) => {
      const files = newFiles();
      const more = { who: 0, hot: round % 2 === 0, late: false, unit: VILLAGES[round % 3] ?? "" };
      for (const [step, act] of (["list", "agree", "cron"] as const).entries())
        await actInOffice(county, files, act, { ...more, number: 700 + 3 * round + step });
    };
    const asked = [];
    for (let round = 0; round < 6; round++) {
      asked.push(
        register(county, ++next, [amina({ document: undefined }), bashir()], VILLAGES[next % 3] ?? ""),
      );
      asked.push(office(round));
      asked.push(openBooks(county.deps, unit, question).then((books) => expectSums(books)));
    }
    await Promise.all(asked);
    const last = await openBook(county.deps, unit, question);
    expect(some(last, "registered.cumulative", "batches.education.received", "dailyReports.overdue")).toEqual(
      [12, 3, 6],
    );
  });
});

describe("Zhou asks for a summary of her own window", () => {
  beforeEach(() => open());
  const ask = (query: Record<string, string>, key: string | null = ZHOU) =>
    county.fetch(`/api/v1/summary?${new URLSearchParams(query)}`, key ? withKey(key) : {});

  it("from noon to noon, and 24时 is the next day's beginning", async () => {
    clock(at("25", "11:00"));
    await register(county, ++next, [amina()], VILLAGES[0]);
    clock(at("26", "00:00"));
    await register(county, ++next, [bashir()], VILLAGES[0]);
    clock(at("26", "12:00"));
    const noons = { from: "2026-01-25T12:00:00+08:00", asOf: "2026-01-26T12:00:00+08:00" };
    const { registered } = await (await ask(noons)).json<Summary>();
    expect([registered.today, registered.cumulative]).toEqual([1, 2]);
    expect(registered.window).toEqual({ from: noons.from, to: noons.asOf });
    // Bashir came at 24:00 sharp: the window that begins there is without him, the one that ends there has him.
    const after = await ask({ ...noons, from: "2026-01-25T24:00:00+08:00" });
    expect((await after.clone().json<Summary>()).registered).toMatchObject({
      ...{ today: 0, window: { from: "2026-01-26T00:00:00+08:00", to: noons.asOf } },
    });
    const until = await ask({ from: "2026-01-25T12:00:00+08:00", asOf: "2026-01-25T24:00:00+08:00" });
    expect((await until.json<Summary>()).registered).toMatchObject({ today: 1, cumulative: 2 });
  });

  it("says what was recorded after, where that is asked for, in the shape of the OpenAPI document", async () => {
    clock(at("25", "12:30"));
    await register(county, ++next, [amina(), bashir()], VILLAGES[0]);
    const asOf = "2026-01-25T12:00:00+08:00";
    expect(await (await ask({ asOf })).json()).not.toHaveProperty("recordedAfter");
    const late = await (await ask({ asOf, recordedAfter: "true" })).json<Summary>();
    expect(late.registered.cumulative).toBe(0);
    expect(late.recordedAfter).toMatchObject({ "registered.cumulative": 2, "registered.households": 1 });
    const document = await (await county.fetch("/api/v1/openapi.json")).json<Record<string, unknown>>();
    expect(misfits(document, { $ref: "#/components/schemas/Summary" }, late)).toEqual([]);
  });

  const usual = { asOf: "2026-01-24T08:00:00+08:00" };
  it.each([
    [{ from: "2026-01-24T08:00:00+08:00" }, "from", "not-before-as-of"],
    [{ from: "2026-01-24T07:00:00+08:00", asOf: "2026-01-23T24:00:00+08:00" }, "from", "not-before-as-of"],
    [{ from: "2026-01-24T08:00:01+08:00" }, "from", "not-before-as-of"],
    [{ from: "2026-01-23T12:00:00" }, "from", "zone"],
    [{ from: "2026-01-23" }, "from", "format"],
    [{ from: "2026-02-30T12:00:00+08:00" }, "from", "no-such-day"],
    [{ from: "2026-01-23T24:30:00+08:00" }, "from", "no-such-time"],
    [{ from: "0001-01-01T00:00:00Z" }, "from", "range"],
    [{ asOf: "2026-01-24T08:00:01+08:00" }, "asOf", "future"],
    [{ asOf: "2026-01-24T08:00:00" }, "asOf", "zone"],
    [{ asOf: "2026-02-30T08:00:00+08:00" }, "asOf", "no-such-day"],
    [{ asOf: "2026-01-19T08:00:00+08:00" }, "asOf", "before-first-record"],
    [{ asOf: "0000-01-01T00:00:00Z" }, "asOf", "before-first-record"],
    [{ recordedAfter: "yes" }, "recordedAfter", "unknown"],
  ])("%j is refused by name, in her language", async (query, path, code) => {
    for (const [lang, han] of [
      ["zh-Hans", true],
      ["en", false],
    ] as const) {
      const answer = await ask({ ...usual, ...(query as Record<string, string>), lang });
      expect(answer.status).toBe(422);
      const { errors } = await answer.json<{ errors: { path: string; code: string; message: string }[] }>();
      expect(errors).toMatchObject([{ path, code }]);
      expect(/\p{Script=Han}/u.test(errors[0]?.message ?? "")).toBe(han);
    }
  });

  it("no window without a key, and none of a unit outside the key's scope or of no unit", async () => {
    const from = "2026-01-23T12:00:00+08:00";
    const code = async (query: Record<string, string>, key: string | null) => {
      const answer = await ask({ ...usual, ...query }, key);
      return [answer.status, (await answer.json<{ code: string }>()).code];
    };
    expect(await code({ from }, null)).toEqual([401, "key-needed"]);
    expect(await code({ recordedAfter: "true" }, null)).toEqual([401, "key-needed"]);
    expect(await code({ from, unit: COUNTY }, LI)).toEqual([403, "out-of-scope"]);
    expect(await code({ from, unit: "511781999" }, ZHOU)).toEqual([422, "unit-not-found"]);
  });
});

/** With `direct` the rows add up to the total, of every figure that is a count; and each book's identities hold. */
function expectSums({ total, rows, direct }: Omit<Awaited<ReturnType<typeof openBooks>>, "typed">): void {
  for (const id of Object.keys(total.values)) {
    if (id.endsWith(".share") || id.startsWith("registered.bySource.")) continue;
    const each = [direct, ...rows].map((book) => figureOf(book, id)).filter((value) => value !== null);
    const sum = each.length > 0 ? each.reduce((all, value) => all + value) : null;
    expect(sum, id).toBe(figureOf(total, id));
  }
  for (const book of [total, direct, ...rows]) expectIdentities(book);
}

function expectIdentities(book: FigureBook): void {
  const n = (id: string) => book.values[id] as number;
  const sum = (group: string, ...ids: string[]) => ids.reduce((all, id) => all + n(`${group}.${id}`), 0);
  const o = "observation";
  expect(n(`${o}.cumulative`)).toBe(sum(o, "observing", "released", "transferred", "closed"));
  expect(n(`${o}.observing`)).toBe(sum(`${o}.byKind`, "home", "central", "hospital"));
  expect(n(`${o}.opened`)).toBeLessThanOrEqual(n(`${o}.cumulative`));
  expect(n(`${o}.contacts`)).toBeLessThanOrEqual(n(`${o}.observing`));
  expect(n(`${o}.contactsCentral`)).toBeLessThanOrEqual(
    Math.min(n(`${o}.contacts`), n(`${o}.byKind.central`)),
  );
  const r = "registered";
  const origins = ["wuhan", "hubei", "other_province", "same_province"];
  expect(n(`${r}.returnees`)).toBe(sum(`${r}.byOrigin`, ...origins));
  expect(n(`${r}.fromHubei`)).toBe(sum(`${r}.byOrigin`, "wuhan", "hubei"));
  expect(n(`${r}.wuhanDirection`)).toBeLessThanOrEqual(n(`${r}.returnees`));
  expect(n(`${r}.wuhanDirection`)).toBeGreaterThanOrEqual(
    Math.max(n(`${r}.byOrigin.wuhan`), n(`${r}.transitWuhan`)),
  );
  expect(n(`${r}.measured`)).toBeLessThanOrEqual(n(`${r}.cumulative`));
  expect(n(`${r}.households`)).toBe(sum("verification", "verified", "waiting", "overdue"));
  const d = "dailyReports";
  expect(n(`${d}.expected`)).toBe(sum(d, "zero", "nonZero", "excused", "overdue"));
  expect(n(`${d}.owed`)).toBe(sum(d, "expected", "pending"));
  expect(book.completeness).toMatchObject({
    ...{ owed: n(`${d}.owed`), reported: n("completeness.reported"), units: n("completeness.units") },
  });
  expect(book.completeness.missing).toHaveLength(n(`${d}.overdue`));
}

describe("random histories", () => {
  it("a book of any moment is the same later, its parts add up, and windows from noon to noon add up to all", {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 60, maxLength: 90 }), async (steps) => {
        await open({ OBSERVATION_DAYS: "2", RETENTION_DAYS: "8" });
        for (const date of ["24", "25", "26", "27"])
          await oweReports(county, `2026-01-${date}`, [...VILLAGES, SCHOOL]);
        const books = newBooks();
        const early: { asOf: Date; from: Date; books: Awaited<ReturnType<typeof openBooks>> }[] = [];
        let now = at("24", "08:00").getTime();
        for (const [done, one] of steps.entries()) {
          now = momentAfter(now, one);
          if (now > at("27", "20:00").getTime()) break;
          clock(new Date(now));
          await live(county, books, one);
          if (done % 12 !== 0) continue;
          const [asOf, from] = [new Date(now), new Date(now - 24 * HOUR)];
          early.push({ asOf, from, books: await booksOf(asOf, from, "leaves") });
        }
        clock(at("28"));
        const findings = 2 * (await rowsOf(county, "duplicate_finding")).length;
        for (const { asOf, from, books } of early) {
          expect(saidIn(await booksOf(asOf, from, "leaves"))).toEqual(saidIn(books));
          const { total, direct, rows } = await booksOf(asOf, from, "children");
          expect(total.values).toEqual(books.total.values);
          expectSums({ total, direct, rows });
          expectLater(await bookOf(at("28")), total, findings);
        }
        expectSums(await booksOf(at("28"), at("27"), "leaves"));
        expectSums(await booksOf(at("28"), at("27"), "children", "511781100"));
        await expectWindows();
        await expectRolledUp();
        await sealAllOff();
        for (const { asOf, from, books } of early)
          expect(saidIn(await booksOf(asOf, from, "leaves"))).toEqual(saidIn(books));
      }),
      { numRuns: 2 },
    );
  });

  /** Each unit's figures and who was missing; its name is always the last one. */
  const saidIn = ({ total, direct, rows }: Awaited<ReturnType<typeof openBooks>>) =>
    [total, direct, ...rows].map(({ unit, values, completeness }) => ({
      ...{ code: unit.code, values, ...completeness },
      missing: completeness.missing.map(({ code }) => code),
    }));

  /** Two nights: whoever is over is told, and sealed off a week later. */
  async function sealAllOff(): Promise<void> {
    for (const night of ["2026-02-06", "2026-02-15"]) {
      county.setNow(`${night}T03:00:00+08:00`);
      for (let minute = 0; minute < 3; minute++) await sealOffOld(county.deps, county.deps.now());
    }
  }

  const ofPersons = (id: string) => /^(registered|observation)\./.test(id) && !id.endsWith("households");

  /** Out of the roll-up the books are those that were counted, and so is a series by towns. */
  async function expectRolledUp(): Promise<void> {
    const [asOf, from] = [at("27"), at("26")];
    const unit = await unitOf();
    const { buckets } = readBuckets(
      { from: "2026-01-24", to: "2026-01-27" },
      { asOf, zone: ZONE, lang: "en" },
    );
    const children = await childrenAsOf(county.deps.db, COUNTY, asOf);
    const split = async () => {
      const said = [];
      for (const one of INDICATORS.filter(({ series }) => series !== null))
        said.push(
          await countSplit(county.deps.db, unit, children, one, {
            ...{ buckets, asOf, since: unit.recordedAt, zone: ZONE },
          }),
        );
      return said;
    };
    const counted = { books: await booksOf(asOf, from, "children"), split: await split() };
    while ((await rollUp(county.deps, county.deps.now())) > 0);
    const day = { asOf, ...dayOf(asOf, ZONE), zone: ZONE };
    expect(await readRolledUp(county.deps.db, unit, { ...day, from })).toBeDefined();
    expect(await booksOf(asOf, from, "children")).toEqual(counted.books);
    expect(await split()).toEqual(counted.split);
  }

  /**
   * Flows since the beginning go down by merges alone (and what was flagged by being found to be another), and what was
   * recorded after is no more than what came since.
   */
  function expectLater(last: FigureBook, then: FigureBook, findings: number): void {
    const flows = INDICATORS.filter(
      ({ kind, window, series }) => kind === "flow" && window === "all" && series,
    );
    for (const { id } of flows) {
      const since = (figureOf(last, id) as number) - (figureOf(then, id) as number);
      expect(since, id).toBeGreaterThanOrEqual(
        (then.recordedAfter[id] ?? 0) - (ofPersons(id) ? findings : 0),
      );
    }
    const typed = typedIndicators(countForms).filter(({ kind }) => kind === "flow");
    const known = [...flows, ...typed].map(({ id }) => id as string);
    expect(Object.keys(then.recordedAfter).filter((id) => !known.includes(id))).toEqual([]);
  }

  /** What came within each window from noon to noon, added up, is what stands at the last noon. */
  async function expectWindows(): Promise<void> {
    const noons = ["23", "24", "25", "26", "27"].map((date) => at(date, "12:00"));
    const each: FigureBook[] = [];
    for (const [day, noon] of noons.entries()) if (day > 0) each.push(await bookOf(noon, noons[day - 1]));
    const last = each.at(-1) as FigureBook;
    for (const id of Object.keys(last.values).filter((one) => one.endsWith(WINDOW))) {
      const running = id.slice(0, -WINDOW.length);
      if (running.endsWith("oday")) continue;
      const sum = each.reduce((all, book) => all + (figureOf(book, id) ?? 0), 0);
      expect(sum, id).toBe(figureOf(last, running) ?? 0);
    }
    for (const book of each)
      for (const id of ["registered.today", "observation.openedToday", "observation.releasedToday"])
        expect(figureOf(book, id), id).toBe(figureOf(book, id + WINDOW));
  }
});
