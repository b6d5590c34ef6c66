import { beforeAll, describe, expect, it } from "vitest";
import { materialiseDailyReports } from "../../src/jobs/materialise.ts";
import { COUNTY, type Doors, openDoors, type Told } from "../support/seeds.ts";

/*
 * The five source documents, lived through: what their counties, towns, communities and bureaus knew is entered through
 * the public doors alone, and the opening paragraph of each report states their figures in their order. Numbers that a
 * document gives are its own; where it has X or ☆, they are made up here.
 */
const TOWN = "511781100";
const COMMUNITY = "511781100001";
const VILLAGE = "511781100002";
const ELSEWHERE = "511781101001";
const ZONE = "511781E01";
const SCHOOL = "511781100S01";
const [CDC, COMMERCE, PUBLICITY] = ["511781B01", "511781B04", "511781B05"];
const DAY = "2026-01-27";
const NOBODY_UNWELL = "暂未发现体温或症状异常的情况";

let doors: Doors;
const asOf = (clock: string, day = DAY) => `${day}T${clock}:00+08:00`;
/** Every number a report states behind its first block, which says whom it speaks for, as it is printed, in its order. */
const stated = ({ figures }: Told) =>
  figures.filter(({ id }) => !/^(completeness|dailyReports)/.test(id)).map(({ text }) => text);
const figureIn = ({ figures }: Told, id: string) => figures.find((one) => one.id === id)?.value;

beforeAll(async () => {
  doors = await openDoors("2026-01-10T09:00:00+08:00", [
    [COUNTY, "万源市", "county", null],
    [TOWN, "太平镇", "town", COUNTY],
    ["511781101", "青花镇", "town", COUNTY],
    [COMMUNITY, "示例一社区", "village", TOWN],
    [VILLAGE, "示例二社区", "village", TOWN],
    [ELSEWHERE, "示例三社区", "village", "511781101"],
    [ZONE, "示例经济开发区", "enterprise", COUNTY],
    [SCHOOL, "示例小学", "school", TOWN],
    [CDC, "示例疾控中心", "bureau", COUNTY],
    [COMMERCE, "示例商务局", "bureau", COUNTY],
    [PUBLICITY, "示例宣传部", "bureau", COUNTY],
  ]);
  const { county, register, verify, release, measure, count } = doors;

  // Home since the tenth, and released on the twenty-fifth.
  const early = await register(ELSEWHERE, 6, { origin: "hubei", leftOn: "2026-01-09" });
  await verify(ELSEWHERE, early);
  county.setNow(asOf("09:00", "2026-01-25"));
  await release(ELSEWHERE, early);

  // 状元社区: 82 from Hubei, 33 of them from Wuhan, and one from elsewhere.
  county.setNow(asOf("10:00", "2026-01-26"));
  const wuhan = await register(COMMUNITY, 33, { origin: "wuhan" });
  const hubei = await register(COMMUNITY, 49, { origin: "hubei" });
  const other = await register(COMMUNITY, 1, { origin: "other_province" });
  await verify(COMMUNITY, [...wuhan, ...hubei, ...other]);
  await count("organisation", COMMUNITY, "2026-01-26", {
    ...{
      committee: 7,
      gridWorkers: 8,
      areaControllers: 10,
      propertyStaff: 189,
      disinfectors: 6,
      meetings: 4,
    },
  });
  await count("closures", COMMUNITY, "2026-01-26", {
    banquets: 12,
    banquetTables: 420,
    teahouses: 15,
    restaurants: 17,
  });

  // The morning of the twenty-seventh, before the county's noon; each unit owes its report by 16:00.
  county.setNow(asOf("09:30"));
  await materialiseDailyReports(county.deps, county.deps.now());
  await doors.zero([COMMUNITY, VILLAGE, SCHOOL], DAY);
  const contacts = await register(VILLAGE, 4, { origin: "wuhan", person: { contact: true } });
  await verify(VILLAGE, contacts, { kind: "central" });
  const [ill = ""] = await register(VILLAGE, 1, { origin: "hubei" });
  await verify(VILLAGE, [ill], { kind: "hospital" });
  await measure([ill], 37.6);
  await register(VILLAGE, 2, { origin: "other_province", transitWuhan: true });
  await count("organisation", COMMUNITY, DAY, { meetings: 3 });
  await count("screening", CDC, DAY, { screened: 3560, letters: 9, linkedElsewhere: 11 });
  await count("case-status", CDC, DAY, { confirmed: 0, suspected: 0, contactsOfConfirmed: 4 });
  await count("closures", COMMERCE, DAY, { teahouses: 247, bathhouses: 32, poultry: 46 });
  await count("publicity", PUBLICITY, DAY, {
    ...{ billboards: 52, screens: 152, banners: 657, leaflets: 200_000, visits: 183_000, messages: 114_000 },
    ...{ vehicles: 639, loudspeakers: 697, broadcastHours: 5420, handbooks: 100_000, articles: 312 },
  });
  await count("organisation", PUBLICITY, DAY, { meetings: 3 });
  await count("publicity", ZONE, DAY, { notices: 200, screens: 21, banners: 63, vehicles: 5 });
  await count("morning-check", SCHOOL, DAY, { students: 640, staff: 41, present: 655, absent: 3, fever: 0 });
  await count("noon-check", SCHOOL, DAY, { present: 650, absent: 1, fever: 0 });

  // After noon: what the noon report must not know.
  county.setNow(asOf("15:00"));
  await register(ELSEWHERE, 2, { origin: "wuhan" });

  // The town's evening of the twenty-eighth.
  county.setNow(asOf("17:30", "2026-01-28"));
  await count("screening", TOWN, "2026-01-28", {
    ...{ educationBatches: 3, educationPersons: 41, healthBatches: 2, healthPersons: 17 },
  });
  await count("case-status", TOWN, "2026-01-28", { confirmed: 1, suspected: 2, contactsOfConfirmed: 5 });
  await count("publicity", TOWN, "2026-01-28", {
    notices: 120,
    leaflets: 5600,
    screens: 8,
    recordings: 4,
    loudspeakers: 14,
  });
  await count("organisation", TOWN, "2026-01-28", { villageGrids: 36, sectorGrids: 9, gridHouseholds: 4218 });
  county.setNow(asOf("18:30", "2026-01-28"));
}, 120_000);

describe("each report", () => {
  it("says first for how many units it speaks, and names those that did not report", async () => {
    const noon = await doors.report({ template: "county", unit: COUNTY, asOf: asOf("12:00") });
    expect(noon.text).toContain("应报告的7个，已报告的3个，未到时限或免报的4个；逾期未报告：无。");
    const evening = await doors.report({ template: "town", unit: TOWN, asOf: asOf("18:00") });
    expect(evening.text).toMatch(/应报告的4个，已报告的3个；逾期未报告1个：太平镇。/);
  });
});

describe("001", () => {
  it("the community reads 220 people, seven meetings, and 82, 33 and 1 who came home", async () => {
    const told = await doors.report({ template: "community", unit: COMMUNITY, asOf: asOf("18:00") });
    expect(told.text).toContain("合计220人");
    expect(stated(told)).toEqual(
      // The last but one part: observed, released, and nobody unwell.
      [
        "7",
        "8",
        "10",
        "189",
        "6",
        "220",
        "7",
        "82",
        "33",
        "1",
        "83",
        "0",
        NOBODY_UNWELL,
        "12",
        "420",
        "15",
        "17",
      ],
    );
  });

  it("the commerce bureau reads 247 teahouses, 32 bathhouses and 46 poultry stalls", async () => {
    const told = await doors.report({ template: "bureau", unit: COMMERCE, asOf: asOf("18:00") });
    expect(stated(told)).toEqual(["247", "32", "46"]);
  });

  it("the publicity department reads 52, 152, 657, 20万, 18.3万, 11.4万, 639, 697, 5420, 100000 and 300余", async () => {
    const told = await doors.report({ template: "bureau", unit: PUBLICITY, asOf: asOf("18:00") });
    expect(told.text).toContain("先后召开防控会议3次");
    const printed = told.figures.filter(({ id }) => id.startsWith("publicity.")).map(({ text }) => text);
    expect(printed).toEqual([
      "52",
      "152",
      "657",
      "20万",
      "18.3万",
      "11.4万",
      "639",
      "697",
      "5420",
      "100000",
      "300余",
    ]);
  });

  it("the zone reads 200 notices, screens in more than 20 places, more than 60 banners and five vans", async () => {
    const told = await doors.report({ template: "enterprise-zone", unit: ZONE, asOf: asOf("18:00") });
    const printed = told.figures.filter(({ id }) => id.startsWith("publicity.")).map(({ text }) => text);
    expect(printed).toEqual(["200", "20余", "60余", "5"]);
  });

  it("the school reads its morning check, and that nobody has a fever because it said so", async () => {
    const told = await doors.report({ template: "school", unit: SCHOOL, asOf: asOf("18:00") });
    expect(stated(told)).toEqual(["640", "41", "655", "650", "3", "1", "暂未发现发热"]);
    const before = await doors.report({ template: "school", unit: SCHOOL, asOf: asOf("09:00") });
    expect(before.text).not.toContain("暂未发现发热");
    expect(before.text).toContain("＿＿");
    // The next day's check was never entered: yesterday's zero is not today's.
    const next = await doors.report({ template: "school", unit: SCHOOL, asOf: asOf("18:00", "2026-01-28") });
    expect(stated(next)).toEqual(["640", "41", "＿＿", "＿＿", "＿＿"]);
  });
});

describe("000, cut at noon of the 27th", () => {
  it("reads returnees from Hubei, of whom Wuhan, new today, released; contacts, unwell, screened", async () => {
    const told = await doors.report({ template: "district", unit: COUNTY, asOf: asOf("12:00") });
    expect(told.text).toContain("1月27日12时");
    // 6 + 82 + 4 + 1 from Hubei, 33 + 4 of them from Wuhan; since noon of the 26th 4 + 1 + 2.
    // One household of this morning waits to be verified.
    expect(stated(told).slice(0, 8)).toEqual(["93", "37", "7", "6", "4", "1", "1", "3560"]);
  });

  it("reads the same when asked again after the afternoon's two, who stand in the next noon's", async () => {
    const noon = { template: "district", unit: COUNTY, asOf: asOf("12:00") };
    const [then, again] = [await doors.report(noon), await doors.report(noon)];
    expect(figureIn(again, "registered.fromHubei")).toBe(93);
    expect(again.snapshot.hash).toBe(then.snapshot.hash);
    const next = await doors.report({ ...noon, asOf: asOf("12:00", "2026-01-28") });
    expect(figureIn(next, "registered.fromHubei")).toBe(95);
    expect(figureIn(next, "registered.cumulative@window")).toBe(2);
  });
});

describe("002, cut at 18:00 of the 28th", () => {
  it("reads the lists of both bureaus, those from Wuhan's direction, the isolated, the cases, other provinces", async () => {
    const told = await doors.report({ template: "town", unit: TOWN, asOf: asOf("18:00", "2026-01-28") });
    expect(told.text).toContain("2026年1月28日18:00");
    // From Wuhan 33 + 4, through it 2; under observation 83 + 4 + 1; other provinces 1 + 2.
    expect(stated(told).slice(0, 10)).toEqual(["3", "41", "2", "17", "39", "88", "1", "2", "5", "3"]);
    expect(stated(told).slice(11, 19)).toEqual(["120", "5600", "8", "4", "14", "36", "9", "4218"]);
  });
});

describe("003, as of now, in Traditional characters", () => {
  it("reads the confirmed, who is linked in the county and outside it, who is watched, and the letters", async () => {
    const told = await doors.report({
      ...{ template: "county-linked", unit: COUNTY, lang: "zh-Hant", asOf: asOf("18:00", "2026-01-28") },
    });
    expect(told.text).toContain("確診1例");
    expect(stated(told).slice(0, 5)).toEqual(["1", "95", "11", "88", "9"]);
    expect(told.text).toContain("對市外人員已發函9封");
  });
});

describe("004, cut at 24时", () => {
  it("reads temperatures taken, Hubei, Wuhan, observed, released and in hospital, and 暂未发现 only of a stated zero", async () => {
    const midnight = { template: "county", unit: COUNTY, asOf: asOf("24:00") };
    const told = await doors.report(midnight);
    expect(told.text).toContain("1月27日24时");
    // Measured are all 98 registered by then; opened 6 + 83 + 4 + 1, six released, one in hospital.
    expect(stated(told).slice(0, 6)).toEqual(["98", "95", "39", "94", "6", "1"]);
    expect(told.text).toContain("暂未发现新冠肺炎疑似病例和确诊病例");
    const before = await doors.report({ ...midnight, asOf: asOf("24:00", "2026-01-26") });
    expect(before.text).not.toContain("暂未发现新冠肺炎疑似");
  });
});
