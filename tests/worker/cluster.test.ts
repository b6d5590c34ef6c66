import { beforeEach, describe, expect, it } from "vitest";
import { listClusters } from "../../src/db/round.ts";
import { acknowledgeCluster } from "../../src/http/submit-observation.ts";
import { submitReport } from "../../src/http/submit-report.ts";
import { enter, minute, seedCast } from "../support/alarm.ts";
import { amina, bashir, chen, clientId, household } from "../support/cast.ts";
import { observe, read, VILLAGE } from "../support/follow-up.ts";
import { problemFrom, register, rowsOf } from "../support/records.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
const at = (date: string, clock: string) => `2026-01-${date}T${clock}:00+08:00`;
const clusters = async () => (await rowsOf(county, "obligation")).filter(({ kind }) => kind === "cluster");
const CDC = "511781B01";
const EDUCATION = "511781B02";
const HEALTH = "511781B03";

beforeEach(async () => {
  county = await openCounty(at("25", "10:00"), { CARE_ROLES: "" });
  await seedCast(county, []);
  const names = { [CDC]: "示例疾控中心", [EDUCATION]: "示例教育局", [HEALTH]: "示例卫健局" };
  await county.deps.d1.batch(
    Object.entries(names).map(([code, name]) =>
      county.deps.d1
        .prepare(
          "INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, ?, 'bureau', '511781', 0)",
        )
        .bind(code, name),
    ),
  );
  await enter(county, "cdc", { unitCode: CDC, email: "cdc@sample.example" });
  await enter(county, "education", { unitCode: EDUCATION, email: "education@sample.example" });
  await enter(county, "health", { unitCode: HEALTH, email: "health@sample.example" });
});

const schoolReports = (date: string, symptomatic: number, client: number) =>
  submitReport(county.deps, {
    clientId: clientId(client),
    unitCode: "511781100S01",
    date,
    values: { zero: false, returnees: 0, wuhan: 0, symptomatic, reason: "晨检（示例）" },
    door: "unit",
  });

describe("three pupils with fever", () => {
  it("are told to the CDC and to education, each with a clock of two hours of its own", async () => {
    await schoolReports("2026-01-25", 3, 1);
    expect(await clusters()).toEqual([
      expect.objectContaining({
        id: "cluster/511781100S01/2026-01-25/cdc",
        unit_code: CDC,
        due_at: new Date(at("25", "12:00")).getTime(),
      }),
      expect.objectContaining({ id: "cluster/511781100S01/2026-01-25/education", unit_code: EDUCATION }),
    ]);
    const mails = await minute(county, at("25", "10:00"));
    expect(mails.map(({ to }) => to)).toEqual(["cdc", "education"]);
    expect(mails[0]?.text).toContain("聚集性发热 示例小学");
    expect(await listClusters(county.deps, EDUCATION, county.deps.now(), county.deps.settings)).toEqual([
      expect.objectContaining({ unitName: "示例小学", size: 3, recipient: "education", overdue: false }),
    ]);
  });

  it("are acknowledged by each apart: the CDC's word does not stop education's clock", async () => {
    await schoolReports("2026-01-25", 3, 1);
    await minute(county, at("25", "10:00"));
    const acknowledge = (scope: string, recipient: string) =>
      acknowledgeCluster(county.deps, {
        obligationId: `cluster/511781100S01/2026-01-25/${recipient}`,
        scope,
        actor: "link",
        text: "已派人到校（示例）",
      });
    await acknowledge(CDC, "cdc");
    expect(await problemFrom(acknowledge(CDC, "cdc"))).toMatchObject({ code: "already-settled" });
    expect(await problemFrom(acknowledge(CDC, "education"))).toMatchObject({ code: "case-not-found" });
    expect((await minute(county, at("25", "12:00"))).map(({ to }) => to)).toEqual(["education"]);
    await acknowledge("511781", "education");
    expect((await clusters()).every(({ met_at }) => met_at !== null)).toBe(true);
    expect((await minute(county, at("25", "12:11"))).map(({ to }) => to)).toEqual(["education"]);
  });

  it("over two days count together, and a corrected report does not count twice", async () => {
    await schoolReports("2026-01-25", 2, 1);
    county.setNow(at("25", "11:00"));
    await schoolReports("2026-01-25", 1, 2);
    expect(await clusters()).toEqual([]);
    county.setNow(at("26", "15:00"));
    await schoolReports("2026-01-26", 1, 3);
    expect(await clusters()).toHaveLength(2);
  });

  it("two days apart do not", async () => {
    await schoolReports("2026-01-25", 2, 1);
    county.setNow(at("27", "10:00"));
    await schoolReports("2026-01-27", 2, 3);
    expect(await clusters()).toEqual([]);
  });
});

describe("fevers in a village", () => {
  it("of three different people, registered or followed up, are told to the CDC and to health", async () => {
    await register(county.deps, household([chen()]), 1);
    const home = await observe(county, [amina(), bashir()]);
    await read(county, `${home}-1`, { temperature: 37.3 });
    await read(county, `${home}-1`, { temperature: 38 });
    county.setNow(at("25", "18:00"));
    await read(county, `${home}-1`, { temperature: 38 });
    expect(await clusters()).toEqual([]);
    await read(county, `${home}-2`, { symptoms: true });
    expect((await clusters()).map(({ id, unit_code }) => [id, unit_code])).toEqual([
      [`cluster/${VILLAGE}/2026-01-25/cdc`, CDC],
      [`cluster/${VILLAGE}/2026-01-25/health`, HEALTH],
    ]);
  });

  it("in a household of three at once are a cluster on the registration itself", async () => {
    await register(
      county.deps,
      household([chen(), bashir({ symptoms: true }), amina({ symptoms: true })]),
      1,
    );
    expect(await clusters()).toHaveLength(2);
  });

  it("are owed by the county where the bureaus are not entered", async () => {
    await county.deps.d1.prepare("UPDATE unit SET closed_at = 1 WHERE kind = 'bureau'").run();
    await register(
      county.deps,
      household([chen(), bashir({ symptoms: true }), amina({ symptoms: true })]),
      1,
    );
    expect((await clusters()).map(({ unit_code }) => unit_code)).toEqual(["511781", "511781"]);
  });
});
