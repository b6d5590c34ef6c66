import { beforeAll, describe, expect, it } from "vitest";
import { publicity } from "../../forms/publicity.ts";
import { dataElements } from "../../src/domain/data-value-set.ts";
import { submitCount } from "../../src/http/submit-count.ts";
import { LI, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { clientId } from "../support/cast.ts";
import { twoDays } from "../support/figures.ts";
import { misfits } from "../support/schema.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

/** The bureaus' tables and DHIS2's data value sets, as another system reads them with a key. */
let county: TestCounty;
let document: Record<string, unknown>;
const at = (date: string, clock: string) => `2026-01-${date}T${clock}:00+08:00`;

beforeAll(async () => {
  county = await openCounty(at("24", "09:00"), { CARE_ROLES: "" });
  await twoDays(county);
  await seedKeys(county);
  document = await (await county.fetch("/api/v1/openapi.json")).json();
});

const ask = (path: string, query: Record<string, string> = {}, key = ZHOU) =>
  county.fetch(`/api/v1/${path}?${new URLSearchParams(query)}`, withKey(key));
const shape = (name: string) => ({ $ref: `#/components/schemas/${name}` });

type Table = {
  asOf: string;
  from: string;
  columns: { figure: string }[];
  rows: { unit: { code: string }; values: (number | null)[] }[];
  rest: (number | null)[] | null;
  total: (number | null)[];
  completeness: { missing: { name: string }[] };
  forms: { form: string; filled: number; missing: { code: string }[] }[];
};

describe("GET /api/v1/tables/<name>", () => {
  it("answers the bureau's table in the shape that the document gives it", async () => {
    const answer = await ask("tables/health", { asOf: at("25", "18:00") });
    const table = await answer.json<Table>();
    expect(answer.status).toBe(200);
    expect(misfits(document, shape("Table"), table)).toEqual([]);
    expect(table.rows.map(({ unit, values }) => [unit.code, values[0]])).toEqual([
      ["511781100", 3],
      ["511781101", 1],
    ]);
    expect([table.total[0], table.rest, table.from]).toEqual([4, null, at("25", "00:00")]);
    expect(table.completeness.missing.map(({ name }) => name)).toEqual(["示例三社区"]);
  });

  it("says null of what nobody entered, and zero of zero", async () => {
    const table = await (await ask("tables/education", { asOf: at("25", "12:00") })).json<Table>();
    expect(table.rows.map(({ values }) => values)).toEqual([[300, null, 298, 2, 0, null, null, null]]);
    expect([table.asOf, table.from]).toEqual([at("25", "12:00"), at("24", "12:00")]);
    const [morning, noon] = table.forms;
    expect(morning).toMatchObject({ form: "morning-check", window: true, units: 1, filled: 1, missing: [] });
    expect(noon).toMatchObject({ filled: 0, missing: [{ code: "511781100S01" }] });
  });

  it("as CSV is the same table, and another window another day", async () => {
    const answer = await ask("tables/health", {
      ...{ asOf: at("25", "18:00"), from: at("25", "08:30"), format: "csv", lang: "en" },
    });
    expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    expect((await answer.text()).split("\r\n")[2]).toMatch(/^"太平镇","511781100","3","0"/);
  });

  it.each([
    ["tables/nothing", {}, 404, "table-unknown"],
    ["tables/health", { unit: "511782" }, 403, "out-of-scope"],
    ["tables/health", { unit: "511781999" }, 422, "unit-not-found"],
    ["tables/health", { unit: "511781100001" }, 422, "table-not-for"],
    ["tables/health", { asOf: at("26", "18:00") }, 422, "future"],
    ["tables/health", { asOf: at("19", "18:00") }, 422, "before-first-record"],
    ["tables/health", { asOf: "2026-01-25T18:00:00" }, 422, "zone"],
    ["tables/health", { asOf: "2026-02-30T18:00:00+08:00" }, 422, "no-such-day"],
    ["tables/health", { asOf: at("25", "12:00"), from: at("25", "12:00") }, 422, "not-before-as-of"],
    ["tables/health", { from: "yesterday" }, 422, "format"],
    ["tables/health", { format: "pdf" }, 422, "unknown"],
    ["data-value-sets", { unit: "511782" }, 403, "out-of-scope"],
    ["data-value-sets", { asOf: "2026-02-30T18:00:00+08:00" }, 422, "no-such-day"],
    ["data-value-sets", { asOf: at("26", "18:00") }, 422, "future"],
  ])("%s %j is refused with %i %s", async (path, query, status, code) => {
    const answer = await ask(path, query as Record<string, string>);
    const fault = await answer.json<{ code: string; errors?: { code: string }[] }>();
    expect([answer.status, fault.errors?.[0]?.code ?? fault.code]).toEqual([status, code]);
    expect(misfits(document, shape("Problem"), fault)).toEqual([]);
  });

  it("nothing is told without a key, and a town's key opens its town alone", async () => {
    for (const path of ["tables/health", "data-value-sets"]) {
      expect((await county.fetch(`/api/v1/${path}`)).status).toBe(401);
      expect((await ask(path, {}, "no-such-key-at-all-000")).status).toBe(401);
      expect((await ask(path, { unit: "511781" }, LI)).status).toBe(403);
      expect((await ask(path, {}, LI)).status).toBe(200);
    }
  });
});

type DataValueSet = {
  completeDate?: string;
  period: string;
  orgUnit: string;
  dataValues: { dataElement: string; value: string; comment?: string }[];
};

describe("GET /api/v1/data-value-sets", () => {
  const set = async (query: Record<string, string>) =>
    (await ask("data-value-sets", query)).json<DataValueSet>();

  it("is the unit's day as DHIS2 takes it: codes, zeros sent, the unknown left out", async () => {
    const told = await set({ unit: "511781100", asOf: at("25", "18:00") });
    expect(misfits(document, shape("DataValueSet"), told)).toEqual([]);
    expect(told).toMatchObject({
      dataSet: "baobei",
      period: "20260125",
      orgUnit: "511781100",
      orgUnitIdScheme: "CODE",
    });
    const values = new Map(told.dataValues.map(({ dataElement, value }) => [dataElement, value]));
    expect(values.get("registered.returnees")).toBe("3");
    expect(values.get("registered.returnees@window")).toBe("1");
    expect(values.get("publicity.leaflets@window")).toBe("20");
    expect(values.get("tips.received")).toBe("0");
    expect(values.has("publicity.banners")).toBe(false);
    expect(values.has("completeness.share")).toBe(false);
    expect(new Set(told.dataValues.map(({ dataElement }) => dataElement)).size).toBe(told.dataValues.length);
  });

  it("is complete once the day is over and nobody is missing; 24:00 is of the day that it ends", async () => {
    const over = await set({ asOf: at("25", "00:00") });
    expect([over.period, over.completeDate]).toEqual(["20260124", "2026-01-24"]);
    expect((await set({ asOf: at("25", "18:00") })).completeDate).toBeUndefined();
    county.setNow(at("26", "00:30"));
    // Village three never reported, and the set says so where DHIS2 keeps remarks.
    const missed = await set({ asOf: at("26", "00:00") });
    expect(missed.completeDate).toBeUndefined();
    const remarks = missed.dataValues.flatMap(({ dataElement, comment }) =>
      comment ? [[dataElement, comment]] : [],
    );
    expect(remarks).toEqual([["completeness.reported", "缺报 missing 1: 511781101001 示例三社区"]]);
  });

  it("a day that only corrects an earlier one is less than nought, a number in JSON and CSV alike", async () => {
    county.setNow(at("26", "00:30"));
    await submitCount(county.deps, {
      ...{ clientId: clientId(980), form: publicity, unitCode: "511781100001", date: "2026-01-24" },
      ...{ values: { leaflets: 350, screens: 3, reason: "示例：多数了" }, door: "api" },
    });
    const told = await set({ asOf: at("26", "00:30") });
    expect(misfits(document, shape("DataValueSet"), told)).toEqual([]);
    const window = told.dataValues.find(({ dataElement }) => dataElement === "publicity.leaflets@window");
    expect(window?.value).toBe("-50");
    const query = { asOf: at("26", "00:30"), from: at("26", "00:00"), format: "csv" };
    const lines = (await (await ask("tables/publicity", query)).text()).split("\r\n");
    expect(
      lines
        .find((line) => line.startsWith('"太平镇"'))
        ?.split(",")
        .slice(4, 6),
    ).toEqual(['"-50"', '"370"']);
  });

  it("no code is longer than DHIS2 takes", () => {
    expect(dataElements().filter((code) => code.length > 50)).toEqual([]);
  });
});
