import { describe, expect, it } from "vitest";
import { figureOf } from "../../src/domain/figure-book.ts";
import type { FilledForm } from "../../src/domain/filled-form.ts";
import type { ReportId } from "../../src/domain/situation-report.ts";
import { withLate } from "../../src/domain/snapshot.ts";
import { at, bookOf, written } from "../support/situation.ts";

/*
 * Each report with the figures of the document that it follows (DOMAIN.md, Figures): the same numbers, in the same order.
 * Where a document has X for a number, the numbers here count up, so that the order shows.
 */
const WHOLE = {
  ...{ "verification.due": 9, "verification.waiting": 0, "verification.overdue": 0 },
  ...{ "observation.symptomatic": 0 },
};

describe("the reports of the five documents", () => {
  it("000: a district says whom it has found by 1月27日12时, who is new, released, close, unwell, screened", () => {
    const values = {
      ...{ "registered.fromHubei": 11, "registered.byOrigin.wuhan": 12, "registered.cumulative@window": 13 },
      ...{ "observation.released": 14, "observation.contacts": 15, "observation.symptomatic": 16 },
      ...{ "verification.due": 9, "verification.waiting": 1, "verification.overdue": 2 },
      "screening.screened": 17,
    };
    const cut = { asOf: at("2020-01-27T12:00:00"), from: at("2020-01-26T12:00:00"), name: "示例区" };
    const { printed, text } = written("district", bookOf(values, cut));
    expect(printed).toEqual(["11", "12", "13", "14", "15", "16", "3", "17"]);
    expect(text).toContain("截止1月27日12时，全区累计登记从湖北返乡11人，其中从武汉返回12人");
    expect(text).toContain("当日（自1月26日12时起）新登记13人");
    expect(text).toContain("另有3户尚待核实");
    const settled = { ...values, "verification.waiting": 0, "verification.overdue": 0 };
    expect(written("district", bookOf(settled, cut)).text).toContain("管控措施已全部落实");
  });

  it("001: the community's staff is 7+8+10+189+6 = 220, its returnees 82, 33, 1, its closures 12 (420), 15, 17", () => {
    const { printed, ids, text } = written(
      "community",
      bookOf(
        {
          ...{ "organisation.committee": 7, "organisation.gridWorkers": 8 },
          ...{ "organisation.areaControllers": 10, "organisation.propertyStaff": 189 },
          ...{ "organisation.disinfectors": 6, "organisation.meetings": 7 },
          ...{ "registered.fromHubei": 82, "registered.byOrigin.wuhan": 33 },
          ...{ "registered.byOrigin.other_province": 1 },
          ...{ "closures.banquets": 12, "closures.banquetTables": 420 },
          ...{ "closures.teahouses": 15, "closures.restaurants": 17 },
        },
        { name: "示例社区", kind: "village" },
      ),
    );
    expect(printed.join(" ")).toBe("7 8 10 189 6 220 7 82 33 1 12 420 15 17");
    expect(ids[5]).toBe(ids.slice(0, 5).join("+"));
    expect(text).toContain(
      "参加防控的有两委干部7人、网格员8人、片区管控10人、小区物业189人、消杀人员6人，合计220人。",
    );
  });

  it("001: the commerce bureau says 247, 32, 46 and nothing of what it did not count", () => {
    const { printed, text } = written(
      "bureau",
      bookOf(
        { "closures.teahouses": 247, "closures.bathhouses": 32, "closures.poultry": 46 },
        { name: "示例商务局", kind: "bureau" },
      ),
    );
    expect(printed).toEqual(["247", "32", "46"]);
    expect(text).toMatch(/一、场所关停\n.*茶楼、茶馆已关停247家，洗浴中心关停32家，活禽宰杀点关停46家。$/);
  });

  it("001: the publicity bureau says 3 meetings, then 52, 152, 657, 20万余 … 300余 as it printed them", () => {
    const values = {
      ...{ "organisation.meetings": 3, "publicity.billboards": 52, "publicity.screens": 152 },
      ...{ "publicity.banners": 657, "publicity.leaflets": 200_300, "publicity.visits": 183_200 },
      ...{ "publicity.messages": 114_050, "publicity.vehicles": 639, "publicity.loudspeakers": 697 },
      ...{ "publicity.broadcastHours": 5420, "publicity.handbooks": 100_000, "publicity.articles": 312 },
    };
    const { printed, figures } = written("bureau", bookOf(values, { name: "示例宣传部", kind: "bureau" }));
    expect(printed.join(" ")).toBe("3 52 152 657 20万余 18.3万余 11.4万余 639 697 5420 100000 300余");
    expect(figures.slice(-12).map(({ value }) => value)).toEqual(Object.values(values));
  });

  it("001: the zone says its notices, screens, banners and vehicles", () => {
    const values = {
      ...{ "publicity.notices": 200, "publicity.screens": 23, "publicity.banners": 64 },
      ...{ "publicity.vehicles": 5, "registered.fromHubei": 2, "registered.byOrigin.wuhan": 0 },
      ...{ "observation.observing": 2, "observation.released": 0 },
    };
    const { printed } = written(
      "enterprise-zone",
      bookOf(values, { name: "示例开发区", kind: "enterprise" }),
    );
    expect(printed.join(" ")).toBe("200 20余 60余 5 2 0 2 0");
  });

  it("001: a school says its morning check since the last cut-off, and 暂未发现 only where nobody had fever", () => {
    const values = {
      ...{ "morning-check.students": 800, "morning-check.staff": 60 },
      ...{ "morning-check.present@window": 850, "morning-check.absent@window": 4 },
    };
    const said = (fever: number | null, noon: Record<string, number> = {}) =>
      written(
        "school",
        bookOf({ ...values, "morning-check.fever@window": fever, ...noon }, { kind: "school" }),
      );
    const noon = (fever: number) => ({ "noon-check.present@window": 840, "noon-check.fever@window": fever });
    expect(said(1).printed).toEqual(["800", "60", "850", "4", "1"]);
    expect(said(1, noon(2)).printed).toEqual(["800", "60", "850", "840", "4", "1", "2"]);
    expect(said(0).text).toContain("因病缺勤登记4人次，晨检暂未发现发热的师生。");
    expect(said(0, noon(0)).text).toContain("因病缺勤登记4人次，暂未发现发热的师生。");
    expect(said(0, noon(2)).text).toContain("晨检暂未发现发热的师生，午检发热2人次。");
    expect(said(null).text).toContain("晨检发热＿＿人次。");
    expect(said(0).text).toContain("自1月27日18时至1月28日18时");
  });

  it("002: a town says the lists of two bureaus, Wuhan's direction, who is isolated, the cases, the other provinces", () => {
    const { printed, text } = written(
      "town",
      bookOf(
        {
          ...WHOLE,
          ...{ "screening.educationBatches": 11, "screening.educationPersons": 12 },
          ...{ "screening.healthBatches": 13, "screening.healthPersons": 14 },
          ...{ "registered.wuhanDirection": 15, "observation.observing": 16 },
          ...{ "case-status.confirmed": 17, "case-status.suspected": 18 },
          ...{ "case-status.contactsOfConfirmed": 19, "registered.byOrigin.other_province": 20 },
          ...{ "publicity.notices": 21, "publicity.leaflets": 22, "publicity.screens": 23 },
          ...{ "publicity.recordings": 24, "publicity.loudspeakers": 25, "units.grids": 26 },
          ...{ "organisation.sectorGrids": 27, "organisation.gridHouseholds": 28 },
        },
        { name: "示例镇", kind: "town" },
      ),
    );
    const numbers = printed.filter((one) => /^\d+$/.test(one));
    expect(numbers).toEqual(Array.from({ length: 18 }, (_, index) => String(11 + index)));
    expect(text).toContain("截止2020年1月28日18:00，我镇核查教育部门反馈的武汉返乡名单11批次12人");
    expect(text).toContain("观察人员中暂未发现体温或症状异常的情况。");
  });

  it("002, 003: lists and letters that the service holds are stated instead of what was typed, never added to it", () => {
    const typed = {
      ...{ "screening.educationBatches": 3, "screening.educationPersons": 41 },
      ...{ "screening.healthBatches": 2, "screening.healthPersons": 17, "screening.letters": 9 },
    };
    const held = {
      ...{ "batches.education.received": 5, "batches.education.persons": 60, "letters.sent": 4 },
      ...{ "batches.health.received": 0, "batches.health.persons": 0 },
    };
    const town = written("town", bookOf({ ...typed, ...held }, { name: "示例镇", kind: "town" }));
    expect(town.printed.slice(0, 4)).toEqual(["5", "60", "2", "17"]);
    expect(town.text).toContain(
      "我镇核查教育部门反馈的武汉返乡名单5批次60人，卫健部门反馈名单2批次17人；加上",
    );
    expect(written("county-linked", bookOf({ ...typed, ...held })).text).toContain("已发函4封");
    expect(written("county-linked", bookOf({ ...typed, "letters.sent": 0 })).text).toContain("已发函9封");
  });

  it("001, 004: clinics that are filed are stated instead of typed ones, closed ones too; triage rooms by themselves", () => {
    const typed = { "screening.feverClinics": 3, "screening.triageRooms": 21 };
    const clinics = (stands: number, filed: number) => ({
      ...{ "fever-clinic.clinics": stands, "fever-clinic.clinicsFiled": filed },
      ...{ "fever-clinic.triage": 0, "fever-clinic.triageFiled": 0 },
    });
    const said = (values: Record<string, number>) => {
      const [county, bureau] = [bookOf(values), bookOf(values, { name: "示例卫健局", kind: "bureau" })];
      const control = /开设.*|(?:发热|预检).*/.exec(written("county", county).text)?.[0];
      const treatment = /(?:发热|预检).*/.exec(written("bureau", bureau).text)?.[0];
      const stated = written("bureau", bureau).ids.filter((id) => !id.startsWith("organisation."));
      return [control, treatment, ...stated];
    };
    const [own, ownTriage] = ["fever-clinic.clinics", "fever-clinic.triage"];
    const [byHand, byHandTriage] = ["screening.feverClinics", "screening.triageRooms"];
    expect(said(typed)).toEqual([
      ...["开设发热门诊3个、预检分诊室21个。", "发热门诊3个，预检分诊室21个。", byHand, byHandTriage],
    ]);
    expect(said({ ...typed, ...clinics(2, 2) })).toEqual([
      ...["开设发热门诊2个、预检分诊室21个。", "发热门诊2个，预检分诊室21个。", own, byHandTriage],
    ]);
    expect(said({ ...typed, ...clinics(0, 2) }).slice(0, 3)).toEqual([
      ...["开设发热门诊0个、预检分诊室21个。", "发热门诊0个，预检分诊室21个。", own],
    ]);
    // All of them withdrawn again: none was ever filed.
    expect(said({ ...typed, ...clinics(0, 0) }).slice(2)).toEqual([byHand, byHandTriage]);
    expect(said({ ...clinics(2, 2), "fever-clinic.triage": 1, "fever-clinic.triageFiled": 1 })).toEqual([
      ...["开设发热门诊2个、预检分诊室1个。", "发热门诊2个，预检分诊室1个。", own, ownTriage],
    ]);
    expect(said(clinics(2, 2)).slice(0, 2)).toEqual(["开设发热门诊2个。", "发热门诊2个。"]);
  });

  it("003: Zhou's county reports in Traditional, as of now: confirmed, linked inside and outside, observed, letters", () => {
    const { printed, text, title } = written(
      "county-linked",
      bookOf(
        {
          ...{ "case-status.confirmed": 1, "registered.fromHubei": 12, "screening.linkedElsewhere": 13 },
          ...{ "observation.observing": 14, "screening.letters": 15, "organisation.meetings": 16 },
          ...{ "organisation.inspectionTeams": 17, "units.checkpoints": 18 },
          ...{ "screening.isolationSites": 19, "observation.contacts": 20 },
          ...{ "observation.contactsCentral": 20, "observation.byKind.home": 21 },
        },
        { name: "示例縣" },
      ),
      { lang: "zh-Hant" },
    );
    expect(printed.join(" ")).toBe("1 12 13 14 15 16 17 18 19 20 全部 21");
    expect(title).toBe("示例縣新冠肺炎疫情防控情況彙報");
    expect(text).toContain("截至目前，我縣新冠肺炎確診1例。");
    expect(text).toContain("密切接觸者20人全部集中隔離。");
  });

  it("004: a county says at 24时 whom it has measured, Hubei, Wuhan, observed, released, in hospital, and no case yet", () => {
    const { printed, ids, text } = written(
      "county",
      bookOf(
        {
          ...{ "registered.measured": 11, "registered.fromHubei": 12, "registered.byOrigin.wuhan": 13 },
          ...{ "observation.opened": 14, "observation.released": 15, "observation.byKind.hospital": 16 },
          ...{ "case-status.suspected": 0, "case-status.confirmed": 0 },
        },
        { asOf: at("2020-02-01T00:00:00") },
      ),
    );
    expect(printed).toEqual(["11", "12", "13", "14", "15", "16", "疑似病例", "确诊病例"]);
    expect(ids.slice(-2)).toEqual(["case-status.suspected", "case-status.confirmed"]);
    expect(text).toContain("截至1月31日24时，我县登记时已对11人进行体温检测");
    expect(text).toContain("全县暂未发现新冠肺炎疑似病例和确诊病例。");
  });
});

describe("what is zero and what is unknown", () => {
  const cases = (suspected: number | null, confirmed: number | null) =>
    written("county", bookOf({ "case-status.suspected": suspected, "case-status.confirmed": confirmed }))
      .text;

  it("says 暂未发现 of both only where both were stated as zero", () => {
    expect(cases(0, 0)).toContain("暂未发现新冠肺炎疑似病例和确诊病例");
    for (const [a, b] of [
      [null, 0],
      [0, null],
      [null, null],
      [2, 3],
      [2, null],
    ] as const)
      expect(cases(a, b)).not.toContain("暂未发现");
  });

  it("has its own words for one confirmed and no suspected, and the other way round", () => {
    expect(cases(0, 1)).toContain("现无新冠肺炎疑似病例，有确诊病例1例。");
    expect(cases(2, 0)).toContain("有新冠肺炎疑似病例2例，暂未发现确诊病例。");
    expect(cases(2, 1)).toContain("有新冠肺炎疑似病例2例、确诊病例1例。");
    expect(cases(0, null)).toContain("疑似病例0例、确诊病例＿＿例");
  });

  it("has them in the town's order too, and no 其中 that the books do not bear out", () => {
    const town = (confirmed: number | null, suspected: number | null) => {
      const values = { "case-status.confirmed": confirmed, "case-status.suspected": suspected };
      return written("town", bookOf(values, { name: "示例镇", kind: "town" })).text;
    };
    expect(town(0, 0)).toContain("全镇暂未发现确诊病例和疑似病例。");
    expect(town(1, 0)).toContain("全镇有确诊病例1例，现无疑似病例，与确诊病人密切接触的＿＿例。");
    expect(town(0, 2)).toContain("全镇暂未发现确诊病例，有疑似病例2例。");
    expect(town(1, 2)).toContain("全镇有确诊病例1例，疑似病例2例，");
    expect(town(null, 0)).toContain("全镇有确诊病例＿＿例，疑似病例0例，");
  });

  it("leaves gaps in the opening and leaves out clauses that nobody counted, never 0", () => {
    const { text, figures } = written("district", bookOf({}));
    expect(text).toContain("累计登记从湖北返乡＿＿人，其中从武汉返回＿＿人");
    expect(text).not.toMatch(/组织领导|卡点|全部落实|暂未发现/);
    expect(figures.filter(({ id, value }) => value === null && id.startsWith("registered."))).toHaveLength(3);
  });

  it("adds up the staff that is known, and does not add one number alone", () => {
    const staff = (values: Record<string, number>) =>
      written("community", bookOf(values, { kind: "village" })).text;
    const two = staff({ "organisation.committee": 7, "organisation.disinfectors": 6 });
    expect(two).toContain("参加防控的有两委干部7人、消杀人员6人，合计13人。");
    expect(staff({ "organisation.gridWorkers": 8 })).toContain("参加防控的有网格员8人。");
    expect(staff({})).not.toContain("参加防控");
  });

  it("puts words that clauses share before the first that is known, so that no clause hangs in the air", () => {
    const said = (values: Record<string, number>) =>
      written("community", bookOf(values, { kind: "village" }))
        .text.split("\n")
        .at(-1);
    expect(said({ "closures.banquets": 12, "closures.restaurants": 17 })).toBe(
      "劝停居民酒席12起，关停餐馆17家。",
    );
    expect(said({ "closures.banquetTables": 420 })).toBe("劝停居民酒席420桌。");
    expect(said({ "closures.teahouses": 15, "closures.restaurants": 17 })).toBe(
      "关停茶馆茶楼15家、餐馆17家。",
    );
    const town = (values: Record<string, number>) => written("town", bookOf(values, { kind: "town" })).text;
    expect(town({ "organisation.sectorGrids": 3 })).toMatch(/\n建成片区网格3个。/);
    expect(town({ "organisation.gridHouseholds": 28 })).toMatch(/\n编入网格28户。/);
  });

  it("says 暂未发现 of nobody's health where nobody is observed, and of no fever where nobody was examined", () => {
    const unwell = (observing: number | null) =>
      written("town", bookOf({ "observation.observing": observing, "observation.symptomatic": 0 })).text;
    expect(unwell(3)).toContain("观察人员中暂未发现体温或症状异常的情况。");
    expect(unwell(0)).not.toContain("观察人员中");
    const values = { "morning-check.present@window": 0, "morning-check.fever@window": 0 };
    const { text } = written("school", bookOf(values, { kind: "school" }));
    expect(text).toContain("晨检发热0人次");
    expect(text).not.toContain("暂未发现");
  });

  it("says that nobody is observed and that no letter was sent, where both are stated as zero", () => {
    const said = (values: Record<string, number>, lang?: "zh-Hant") =>
      written("county-linked", bookOf(values), lang && { lang }).text;
    const none = { "observation.observing": 0, "screening.letters": 0, "letters.sent": 0 };
    expect(said({ ...none, "screening.linkedElsewhere": 2 })).toContain(
      "在县外的2人。县内目前没有人在医学观察；对县外人员尚未发函。",
    );
    expect(said({ ...none, "screening.linkedElsewhere": 0 }, "zh-Hant")).toContain(
      "縣外沒有需要發函的人員。",
    );
    expect(said({ ...none, "letters.sent": 4 })).toContain("对县外人员已发函4封，请所在地落实医学观察。");
    expect(said({ "letters.sent": 0 })).toContain("已发函＿＿封");
  });

  it("says 全部落实 of no household only where every household is verified", () => {
    const said = (due: number | null, waiting: number | null, overdue: number | null) =>
      written(
        "county-linked",
        bookOf({ "verification.due": due, "verification.waiting": waiting, "verification.overdue": overdue }),
      ).text;
    expect(said(4, 0, 0)).toContain("登记的各户均已核实，管控措施已全部落实。");
    expect(said(4, 1, 2)).toContain("另有3户尚待核实");
    for (const text of [said(0, 0, 0), said(4, null, 0), said(null, 0, 0)])
      expect(text).not.toContain("落实。");
  });

  it("says of the contacts how many are in central isolation, and all only of all", () => {
    const said = (contacts: number | null, central: number | null) =>
      written(
        "county-linked",
        bookOf({ "observation.contacts": contacts, "observation.contactsCentral": central }),
      ).text;
    expect(said(3, 3)).toContain("密切接触者3人全部集中隔离。");
    expect(said(3, 2)).toContain("观察中的密切接触者3人，其中集中隔离2人。");
    expect(said(0, 0)).toContain("目前没有密切接触者在观察。");
    expect(said(null, 2)).not.toContain("密切接触者");
  });
});

describe("what stands around the figures", () => {
  it("begins with the units that the report speaks for, and names those that are missing", () => {
    const completeness = {
      ...{ units: 14, owed: 12, reported: 9 },
      missing: [
        { code: "1", name: "甲村" },
        { code: "2", name: "乙村" },
      ],
    };
    const { blocks, text } = written("county", bookOf({}, { completeness }));
    expect(text.split("\n")[1]).toBe(
      "本汇报数据截至1月28日18时，涵盖14个单位：应报告的12个，已报告的9个，未到时限或免报的1个；逾期未报告2个：甲村、乙村。",
    );
    expect(blocks[0]?.kind).toBe("text");
    expect(written("county", bookOf({})).text).toContain("应报告的1个，已报告的1个；逾期未报告：无。");
  });

  it("says that nothing is owed yet rather than that nobody is missing", () => {
    const completeness = { units: 14, owed: 0, reported: 0, missing: [] };
    expect(written("county", bookOf({}, { completeness })).text.split("\n")[1]).toBe(
      "本汇报数据截至1月28日18时，涵盖14个单位，当日没有应交的日报告。",
    );
  });

  it("has whom it is for above all, flush, and what it says of its units right below", () => {
    const free = { addressee: "示例市疫情防控指挥部：", background: "示例背景。" };
    const { blocks } = written("county", bookOf({}), { free });
    expect(blocks.slice(0, 3).map((one) => (one.kind === "free" ? one.slot : one.kind))).toEqual([
      ...["addressee", "text", "background"],
    ]);
  });

  it("counts the missing that it does not name", () => {
    const missing = Array.from({ length: 120 }, (_, n) => ({ code: `${n}`, name: "示例村" }));
    const { text } = written(
      "county",
      bookOf({}, { completeness: { units: 130, owed: 120, reported: 0, missing } }),
    );
    expect(text).toContain("逾期未报告120个：");
    expect(text.match(/示例村/g)).toHaveLength(100);
    expect(text).toContain("示例村等。");
  });

  it("ends with what came in after the cut-off, once for each figure that the text states", () => {
    const values = { "registered.fromHubei": 82, "registered.byOrigin.wuhan": 33, "publicity.letters": 5 };
    const recordedAfter = { "registered.fromHubei": 3, "publicity.letters": 2, "tips.received": 9 };
    const book = bookOf(values, { recordedAfter });
    expect(written("district", book).text.split("\n").at(-1)).toMatch(
      /^注：\S+82，其后补录 \+3；\S+5，其后补录 \+2。$/,
    );
    const hant = written("district", book, { lang: "zh-Hant" });
    expect(hant.text.split("\n").at(-1)).toMatch(/^註：\S+82，其後補錄 \+3；/);
    expect(written("district", bookOf(values)).text).not.toContain("注：");
    const taken = written("district", withLate(book));
    expect(taken.text).toContain("从湖北返乡85人");
    expect(taken.text.split("\n").at(-1)).toBe("注：以上数字含截止后补录的。");
    expect(written("district", withLate(bookOf(values))).text).not.toContain("注：");
  });

  it("says of each sum of typed counts how many units it speaks for, and who did not fill the form in", () => {
    const unitsOf = (n: number) =>
      Array.from({ length: n }, (_, at) => ({ code: `${at}`, name: `示例${at}村` }));
    const form = (name: string, title: string, units: number, missing: number): FilledForm => ({
      ...{ form: name, title: { "zh-Hans": title, "zh-Hant": title, en: title }, window: false, owed: false },
      ...{ units, filled: units - missing, ever: null, missing: unitsOf(missing) },
    });
    const filled = [
      form("publicity", "宣传引导", 14, 2),
      form("organisation", "组织和网格", 340, 333),
      form("closures", "场所关停", 14, 0),
      form("screening", "排查和管控", 14, 14),
      form("case-status", "病例情况", 14, 3),
    ];
    const values = { "publicity.letters": 5, "organisation.meetings": 6, "closures.restaurants": 7 };
    const { text, figures } = written("district", bookOf(values, { filled }));
    expect(text.split("\n").at(-1)).toBe(
      "注：填报的数字只合计已填的单位：宣传引导，14个单位可填、已填12个（未填：示例0村、示例1村）；组织和网格，340个单位可填、已填7个。",
    );
    // The words lead to a figure whose page names everybody.
    expect(figures.slice(-2).map(({ id, value }) => [id, value])).toEqual([
      ["publicity.letters", 5],
      ["organisation.meetings", 6],
    ]);
    // Not to one that nobody entered: its page would say so.
    const half = bookOf({ "screening.healthPersons": 3 }, { filled: [form("screening", "筛查", 14, 1)] });
    expect(written("town", half).figures.at(-1)).toMatchObject({ id: "screening.healthPersons", value: 3 });
    const alone = [form("publicity", "宣传引导", 1, 1)];
    expect(written("district", bookOf(values, { filled: alone })).text).not.toContain("注：");
    expect(written("district", bookOf(values, { filled }), { lang: "zh-Hant" }).text).toContain(
      "註：填報的數字只合計已填的單位",
    );
  });

  it("keeps what Li wrote where it belongs, leaves empty paragraphs out and numbers on", () => {
    const free = { problems: "一是口罩不足。\n二是人手不足。", suggestions: "  ", joint: "与邻镇联防。" };
    const { blocks, text } = written("town", bookOf({}, { name: "示例镇", kind: "town" }), { free });
    expect(blocks.filter(({ kind }) => kind === "free")).toEqual([
      { kind: "free", slot: "joint", label: "联防联控", text: "与邻镇联防。" },
      { kind: "free", slot: "problems", label: "存在问题", text: free.problems },
    ]);
    expect(text).toContain("二、采取措施\n（一）联防联控\n与邻镇联防。\n三、存在问题\n一是口罩不足。\n二是");
    expect(text).not.toMatch(/下步建议|强化宣传/);
  });

  it("calls a unit what it is", () => {
    const said = (id: ReportId, name: string, kind: string) => written(id, bookOf({}, { name, kind })).text;
    expect(said("county", "示例市", "county")).toContain("我市登记时已对");
    expect(said("district", "示例区", "county")).toContain("全区累计");
    expect(said("county", "示例", "county")).toContain("我县登记时已对");
    expect(said("town", "示例街道", "town")).toContain("本街道核查");
    expect(said("school", "示例中学", "school")).toContain("我校应到");
    expect(figureOf(bookOf({}), "registered.returnees")).toBeNull();
  });
});
