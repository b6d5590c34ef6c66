import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { countSeries } from "../../src/db/series.ts";
import { countSplit } from "../../src/db/series-split.ts";
import { countFigures } from "../../src/db/summary.ts";
import { childrenAsOf, findUnit, type Unit } from "../../src/db/unit.ts";
import { dayOf } from "../../src/domain/as-of.ts";
import { INDICATORS, type Indicator } from "../../src/domain/indicator.ts";
import { type Bucket, readBuckets } from "../../src/domain/series.ts";
import { type Share, type Summary, summarise } from "../../src/domain/summary.ts";
import { HOUR } from "../../src/domain/time.ts";
import { submitReport } from "../../src/http/submit-report.ts";
import { LI, oweReports, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { amina, bashir, chen, clientId, dawa, type household } from "../support/cast.ts";
import {
  anyStep,
  live,
  momentAfter,
  newBooks,
  register as registerIn,
  SCHOOL,
  VILLAGES,
} from "../support/life.ts";
import { misfits } from "../support/schema.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

const ZONE = "Asia/Shanghai";

let county: TestCounty;
let next = 0;
const at = (date: string, clock = "00:00") => `2026-01-${date}T${clock}:00+08:00`;

async function open(settings: Record<string, string> = {}) {
  county = await openCounty(at("24", "08:00"), { CARE_ROLES: "", ...settings });
  await seedUnits(county);
  await seedKeys(county);
  next = 0;
}
const register = (persons: Parameters<typeof household>[0], unit: string, more = {}) =>
  registerIn(county, ++next, persons, unit, more);
type Said = {
  before: number | null;
  buckets: {
    from: string;
    to: string;
    complete: boolean;
    value: number | null;
    numerator?: number;
    denominator?: number;
  }[];
};
type Split = {
  units: { code: string; values: { value: number | null }[] }[];
  direct: { before: number | null; values: { value: number | null }[] };
};
const ask = (query: Record<string, string>, key = ZHOU, headers = {}) =>
  county.fetch(`/api/v1/series?${new URLSearchParams(query)}`, {
    headers: { ...withKey(key).headers, ...headers },
  });
const values = async (query: Record<string, string>) =>
  (await (await ask(query)).json<Said>()).buckets.map(({ value }) => value);

describe("a few days in the county, by day and by hour", () => {
  beforeEach(() => open());

  it("tells how many registered each day, what came before, and nothing of days that have not come", async () => {
    await register([amina(), bashir()], VILLAGES[0]);
    county.setNow(at("25", "09:00"));
    await register([dawa()], VILLAGES[2]);
    county.setNow(at("27", "10:00"));
    await register([chen()], VILLAGES[0]);
    const said = await (
      await ask({ indicator: "registered.cumulative", from: "2026-01-25", to: "2026-01-30" })
    ).json<Said>();
    expect(said.before).toBe(2);
    expect(said.buckets.map(({ value, complete }) => [value, complete])).toEqual([
      [1, true],
      [0, true],
      [1, false],
      [null, false],
      [null, false],
    ]);
    expect(said.buckets[0]).toMatchObject({ from: at("25"), to: at("26") });
    // The county was entered at the first moment of the 20th: the day before it is not known, which is not zero.
    expect(
      await values({ indicator: "registered.cumulative", from: "2026-01-18", to: "2026-01-22" }),
    ).toEqual([null, 0, 0, 0]);
    const hours = {
      indicator: "registered.cumulative",
      by: "hour",
      from: at("25", "07:00"),
      to: at("25", "10:00"),
    };
    // 09:00:00.000 belongs to the hour that ends there, as 24时 belongs to the day.
    expect(await values(hours)).toEqual([0, 1, 0]);
    expect(await values({ ...hours, asOf: at("25", "08:30") })).toEqual([0, 0, null]);
  });

  it("without from and to tells fourteen days, or twenty-four hours, up to now", async () => {
    county.setNow(at("27", "10:20"));
    const days = await (await ask({ indicator: "tips.open" })).json<Said>();
    expect([days.buckets.length, days.buckets.at(-1)?.to, days.before]).toEqual([14, at("28"), null]);
    const hours = await (await ask({ indicator: "tips.open", by: "hour" })).json<Said>();
    expect([hours.buckets.length, hours.buckets.at(-1)?.to]).toEqual([24, at("27", "11:00")]);
    const midnight = await (await ask({ indicator: "tips.open", asOf: at("27") })).json<Said>();
    expect(midnight.buckets.at(-1)).toMatchObject({ to: at("27"), complete: true, value: 0 });
  });

  it("counts Bashir's late report for its day once it is there, and leaves the earlier answer as it was", async () => {
    await oweReports(county, "2026-01-24", [...VILLAGES]);
    county.setNow(at("24", "15:00"));
    await submitReport(county.deps, {
      ...{ clientId: clientId(++next), unitCode: VILLAGES[0], date: "2026-01-24" },
      ...{ values: { zero: true }, door: "api" },
    });
    county.setNow(at("25", "09:00"));
    const evening = { from: "2026-01-24", to: "2026-01-25", asOf: at("25") };
    const question = { ...evening, indicator: "dailyReports.overdue" };
    const before = await (await ask(question)).text();
    await submitReport(county.deps, {
      ...{ clientId: clientId(++next), unitCode: VILLAGES[1], date: "2026-01-24" },
      ...{ values: { zero: true }, door: "api" },
    });
    expect(await (await ask(question)).text()).toBe(before);
    expect(await values(question)).toEqual([2]);
    expect(await values({ ...question, asOf: at("25", "09:00") })).toEqual([1]);
    expect(await values({ ...question, indicator: "dailyReports.zero", asOf: at("25", "09:00") })).toEqual([
      2,
    ]);
    const share = await ask({ ...evening, indicator: "completeness.share", asOf: at("25", "09:00") });
    expect((await share.json<Said>()).buckets[0]).toMatchObject({
      value: 0.6667,
      numerator: 2,
      denominator: 3,
    });
  });

  it("answers the same bytes with the same tag, 304 to whoever has them, and for a key's holder alone", async () => {
    const question = { indicator: "observation.observing", asOf: at("24", "08:00") };
    const first = await ask(question);
    expect(first.headers.get("Cache-Control")).toBe("private, no-store");
    county.setNow(at("25", "09:00"));
    await register([dawa()], VILLAGES[2]);
    const again = await ask(question, ZHOU, { "If-None-Match": first.headers.get("ETag") });
    expect(again.status).toBe(304);
  });

  it("tells Zhou each town beside the county, and what stands on the county itself", async () => {
    await register([amina(), bashir()], VILLAGES[0]);
    await register([dawa()], VILLAGES[2]);
    const question = { indicator: "registered.cumulative", from: "2026-01-24", to: "2026-01-25" };
    const said = await (await ask({ ...question, split: "units" })).json<Said & Split>();
    expect(said.buckets.map(({ value }) => value)).toEqual([3]);
    expect(said.units).toEqual([
      { code: "511781100", name: "太平镇", kind: "town", before: 0, values: [{ value: 2 }] },
      { code: "511781101", name: "青花镇", kind: "town", before: 0, values: [{ value: 1 }] },
    ]);
    expect(said.direct).toEqual({ before: 0, values: [{ value: 0 }] });
    const share = { ...question, indicator: "verification.withinTwoHours.share", split: "units" };
    expect((await (await ask(share)).json<Split>()).direct.values).toEqual([
      { value: null, numerator: 0, denominator: 0 },
    ]);
    const document = await (await county.fetch("/api/v1/openapi.json")).json<Record<string, unknown>>();
    for (const asked of [{ ...question, split: "units" }, share])
      expect(
        misfits(document, { $ref: "#/components/schemas/Series" }, await (await ask(asked)).json()),
      ).toEqual([]);
  });

  it("fits the shape that the OpenAPI document gives it, shares and nulls too, and so does the catalogue", async () => {
    county.setNow(at("24", "12:00"));
    const document = await (await county.fetch("/api/v1/openapi.json")).json<Record<string, unknown>>();
    const shape = (name: string) => ({ $ref: `#/components/schemas/${name}` });
    for (const { id, series } of INDICATORS.filter((one) => one.series !== null)) {
      const answer = await ask({ indicator: id, from: "2026-01-18", to: "2026-01-27" });
      expect(answer.status, id).toBe(200);
      expect(misfits(document, shape("Series"), await answer.json()), id).toEqual([]);
      const hourly = await ask({ indicator: id, by: "hour" });
      expect(hourly.status, id).toBe(series === "moments" ? 200 : 422);
    }
    const catalogue = await county.fetch("/api/v1/indicators?lang=en");
    expect(misfits(document, shape("Indicators"), await catalogue.clone().json())).toEqual([]);
    expect(catalogue.headers.get("Cache-Control")).toBe("public, max-age=3600");
    const known = { headers: { "If-None-Match": catalogue.headers.get("ETag") ?? "" } };
    expect((await county.fetch("/api/v1/indicators?lang=en", known)).status).toBe(304);
    expect((await county.fetch("/api/v1/indicators?lang=zh-Hant", known)).status).toBe(200);
  });
});

describe("what is refused", () => {
  beforeEach(() => open());
  const usual = { indicator: "registered.cumulative", from: "2026-01-20", to: "2026-01-24", lang: "en" };
  const fault = async (query: Record<string, string>, key = ZHOU) => {
    const answer = await ask({ ...usual, ...query }, key);
    const said = await answer.json<{
      code: string;
      detail?: string;
      errors?: { path: string; code: string }[];
    }>();
    return { status: answer.status, ...said };
  };

  it.each([
    [{ indicator: "registered" }, "indicator", "unknown"],
    [{ indicator: "" }, "indicator", "unknown"],
    [{ by: "week" }, "by", "unknown"],
    [{ split: "towns" }, "split", "unknown"],
    [{ from: "2026-01-24" }, "to", "before-from"],
    [{ from: "2026-01-25" }, "to", "before-from"],
    [{ from: "2025-11-01" }, "to", "too-long"],
    [{ by: "hour", from: "2026-01-16" }, "to", "too-long"],
    [{ from: "2026-02-30" }, "from", "no-such-day"],
    [{ from: "2026-02-30T00:00:00+08:00" }, "from", "no-such-day"],
    [{ from: "2026-01-20T00:00:00" }, "from", "zone"],
    [{ to: "2026-01-24T09:00:00+08:00" }, "to", "boundary"],
    [{ by: "hour", to: "2026-01-24T09:30:00+08:00" }, "to", "boundary"],
    [{ from: "0001-01-01" }, "from", "range"],
    [{ to: "9999-12-31" }, "to", "range"],
    [{ to: "%00" }, "to", "format"],
    [{ asOf: "2026-01-24T09:00:00" }, "asOf", "zone"],
    [{ asOf: "2026-02-30T09:00:00+08:00" }, "asOf", "no-such-day"],
    [{ asOf: at("24", "08:01") }, "asOf", "future"],
    [{ asOf: at("19", "23:59") }, "asOf", "before-first-record"],
    [{ asOf: "0001-01-01T00:00:00Z" }, "asOf", "before-first-record"],
  ])("%j is refused by name", async (query, path, code) => {
    expect(await fault(query as Record<string, string>)).toMatchObject({
      ...{ status: 422, code: "invalid", errors: [{ path, code }] },
    });
  });

  it("an indicator that has no series is refused, and those that have one are named", async () => {
    const daily = await fault({ indicator: "observation.byKind.home" });
    expect(daily).toMatchObject({ status: 422, code: "no-series" });
    expect(daily.detail).toContain("readings.missed");
    const hourly = await fault({ indicator: "readings.missed", by: "hour" });
    expect(hourly).toMatchObject({ status: 422, code: "no-series" });
    expect(hourly.detail).toContain("observation.observing");
    expect(hourly.detail).not.toContain("readings");
  });

  it("without a key, with a wrong one, for a unit outside its scope, and for none that is", async () => {
    const open = await county.fetch(`/api/v1/series?${new URLSearchParams(usual)}`);
    expect([open.status, (await open.json<{ code: string }>()).code]).toEqual([401, "key-needed"]);
    expect(await fault({}, "no-such-key-at-all-000")).toMatchObject({ status: 401, code: "unauthorized" });
    for (const unit of ["511781", "511781101", "51178110"])
      expect(await fault({ unit }, LI)).toMatchObject({ status: 403, code: "out-of-scope" });
    expect(await fault({ unit: "511781999" })).toMatchObject({ status: 422, code: "unit-not-found" });
    expect((await ask(usual, LI)).status).toBe(200);
  });
});

describe("random histories", () => {
  it("every bucket says what the summary says, towns add up to the county, and no later act changes an answer", {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 40, maxLength: 70 }), async (steps) => {
        await open({ OBSERVATION_DAYS: "2" });
        for (const date of ["24", "25", "26", "27"])
          await oweReports(county, `2026-01-${date}`, [...VILLAGES, SCHOOL]);
        const books = newBooks();
        let now = new Date(at("24", "08:00")).getTime();
        const end = new Date(at("27", "20:00")).getTime();
        let early: { asOf: Date; said: string } | undefined;
        for (const one of steps) {
          now = momentAfter(now, one);
          if (now > end) break;
          county.setNow(new Date(now).toISOString());
          await live(county, books, one);
          if (!early && now > end - 60 * HOUR)
            early = { asOf: new Date(now), said: await everySeries(new Date(now)) };
        }
        county.setNow(at("28"));
        await agree(new Date(at("28")), "day");
        await agree(new Date(Math.min(now, end)), "day");
        await agree(new Date(Math.min(now, end)), "hour");
        if (early) expect(await everySeries(early.asOf)).toBe(early.said);
      }),
      { numRuns: 3 },
    );
  });

  const WITH_SERIES = INDICATORS.filter((one) => one.series !== null);
  const unitOf = async (code: string) => (await findUnit(county.deps.db, code)) as Unit;
  const series = async (unit: Unit, one: Indicator, buckets: Bucket[], asOf: Date) =>
    countSeries(county.deps.db, unit, one, { buckets, asOf, since: unit.recordedAt, zone: ZONE });

  async function everySeries(asOf: Date): Promise<string> {
    const unit = await unitOf("511781");
    const { buckets } = readBuckets({}, { asOf, zone: ZONE, lang: "en" });
    const said = await Promise.all(WITH_SERIES.map((one) => series(unit, one, buckets, asOf)));
    return JSON.stringify(said);
  }

  async function summaryAt(unit: Unit, asOf: Date): Promise<Summary> {
    const counted = await countFigures(county.deps.db, unit, { asOf, ...dayOf(asOf, ZONE), zone: ZONE });
    return summarise(counted, { asOf, zone: ZONE });
  }

  /** Each series of each unit against the summaries as of its buckets' ends. */
  async function agree(asOf: Date, by: "day" | "hour") {
    const range = by === "day" ? { from: "2026-01-23" } : { by };
    const { buckets } = readBuckets(range, { asOf, zone: ZONE, lang: "en" });
    const codes = by === "day" ? ["511781", "511781100", "511781101", VILLAGES[0]] : ["511781100"];
    const told = new Map<string, Awaited<ReturnType<typeof series>>>();
    for (const code of codes) {
      const unit = await unitOf(code);
      const ends = buckets.map(({ to }) => (to < asOf ? to : asOf));
      const then: Summary[] = [];
      for (const end of ends) then.push(await summaryAt(unit, end));
      for (const one of WITH_SERIES) {
        if (by === "hour" && one.series === "days") continue;
        const label = `${one.id} of ${code} by ${by}`;
        const found = await series(unit, one, buckets, asOf);
        told.set(`${code} ${one.id}`, found);
        if (by === "day" && code === "511781") await split(unit, one, { buckets, asOf, found, label });
        if (one.series === "days") {
          for (const [day, bucket] of buckets.entries()) {
            const known = await series(unit, one, [bucket], ends[day] ?? asOf);
            expect(known.values[0], `${label} on ${bucket.date}`).toEqual(stated(then[day], one));
          }
        } else if (one.kind !== "flow") {
          expect(found.values, label).toEqual(then.map((summary) => stated(summary, one)));
        } else if (one.window === "all") {
          let sum = found.before ?? Number.NaN;
          const levels = found.values.map((value) => (sum += value as number));
          expect(levels, label).toEqual(then.map((summary) => stated(summary, one)));
        } else if (by === "day") {
          expect(found.values, label).toEqual(then.map((summary) => stated(summary, one)));
        }
      }
      if (by === "day") await yesterday(unit, asOf, buckets);
    }
    if (by === "hour") return;
    for (const one of WITH_SERIES.filter(({ kind, id }) => kind !== "share" && id !== "completeness.units")) {
      const [all, ...towns] = ["511781", "511781100", "511781101"].map((code) =>
        told.get(`${code} ${one.id}`),
      );
      const sums = buckets.map((_, day) =>
        towns.reduce((sum, town) => sum + (town?.values[day] as number), 0),
      );
      expect(sums, `${one.id} of the towns`).toEqual(all?.values);
    }
  }

  /** By units: the same total, each child as if it were asked for by itself, and all of them the total with `direct`. */
  async function split(
    unit: Unit,
    one: Indicator,
    {
      buckets,
      asOf,
      found,
      label,
    }: { buckets: Bucket[]; asOf: Date; found: Awaited<ReturnType<typeof series>>; label: string },
  ) {
    const children = await childrenAsOf(county.deps.db, unit.code, asOf);
    const question = { buckets, asOf, since: unit.recordedAt, zone: ZONE };
    const { total, parts, direct } = await countSplit(county.deps.db, unit, children, one, question);
    expect(total, label).toEqual(found);
    const [first] = children;
    if (first) expect(parts[0]?.series, label).toEqual(await series(first, one, buckets, asOf));
    if (one.kind === "share") return;
    const each = [direct, ...parts.map((part) => part.series)];
    const sums = buckets.map((_, at) => each.reduce((sum, { values }) => sum + (values[at] as number), 0));
    expect(sums, label).toEqual(total.values);
  }

  /** The readings of the day before, as a summary knows them slot by slot: late ones have come since. */
  async function yesterday(unit: Unit, asOf: Date, buckets: Bucket[]) {
    const { readings } = await summaryAt(unit, asOf);
    const bucket = buckets.at(-2) as Bucket;
    const slots = readings.slots.filter(({ slot }) => slot.startsWith(bucket.date));
    for (const key of ["expected", "received", "late", "missed", "pending"] as const) {
      const one = WITH_SERIES.find(({ id }) => id === `readings.${key}`) as Indicator;
      const said = (await series(unit, one, [bucket], asOf)).values[0];
      expect(said, `${key} of ${bucket.date}`).toBe(slots.reduce((sum, slot) => sum + slot[key], 0));
    }
  }

  /** What a summary states of an indicator: a number, or a share with what it is made of. */
  function stated(summary: Summary | undefined, { id, kind, paths, numerator, denominator }: Indicator) {
    const pathOf = (wanted: string | undefined) =>
      INDICATORS.find((one) => one.id === wanted)?.paths[0] ?? "";
    const leaf = (path: string) =>
      path.split(".").reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], summary);
    if (kind !== "share") return leaf(paths[0] ?? id);
    const share: Share = {
      numerator: leaf(pathOf(numerator)) as number,
      denominator: leaf(pathOf(denominator)) as number,
      share: leaf(id) as number | null,
    };
    return share;
  }
});
