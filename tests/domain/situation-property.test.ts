import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFigure } from "../../src/domain/figure.ts";
import type { FigureBook, FigureValue } from "../../src/domain/figure-book.ts";
import { TEMPLATES, writeReport } from "../../src/domain/situation/index.ts";
import type { ReportLang, ReportTemplate } from "../../src/domain/situation-report.ts";
import { LANGS } from "../../src/forms/define.ts";
import { bookOf, ZONE } from "../support/situation.ts";

/** Characters of one script that the other writes otherwise, in the order of the other's. */
const HANS = [
  "报汇县区镇乡户数单应发两见计疗还过时线证来处医观触乱万与专业东严个为举义书从众优会传伤体侧储关兴养内写军农冲况冻准",
  "减刘则刚创剧劝办务动劳势协卖卢卫厂厅历压厌厕变叶号叹听启员响园围国图场坏坚块报声备复夺奖妇学实审宪宽对寻导层属岁",
  "岛带帮广庄庆库废开异张强归当录彻态总恶惊愿战扩扫护担拟择挂挡损换据摆断无旧显术机杀杂权条极构标栈栋样档桥检楼欢汉",
  "汤沟没泽洁测济浓涨温湾湿满滨灭灯灾点热牵状犹独环现画监盖盘码确礼离种积称稳竞笔筛签简类粮紧纠红约级纪纯纲纳纷纸组",
  "细织终经结给络绝统继续维综缓编缘缝罗罚职联肃胜脉节苏范荐药获营虑虽补装规视览觉誉订认讨让议讯记讲许论设访评识诉词",
  "试话询该详误说请诸读课谁调谈谎谣负贡财责贤败货质贩贫购贯贴贵费资赏赔赖赶跃踪车轨转轮软较辅辆辈输辖边辽达迁运进远",
  "违连迟适选递遗邮邻释鉴针钟钱铃银铺链销锁错镇长门闭问间闹闻阅队阶际陆陈险随隐难静页项顺须顾预领频题额风馆驻验鱼鲜余",
].join("");
const HANT = [
  "報匯彙縣區鎮鄉戶數單應發兩見計療還過時線證來處醫觀觸亂萬與專業東嚴個為舉義書從眾優會傳傷體側儲關興養內寫軍農衝況凍準",
  "減劉則剛創劇勸辦務動勞勢協賣盧衛廠廳歷壓厭廁變葉號嘆聽啟員響園圍國圖場壞堅塊聲備復複奪獎婦學實審憲寬對尋導層屬歲",
  "島帶幫廣莊慶庫廢開異張強歸當錄徹態總惡驚願戰擴掃護擔擬擇掛擋損換據擺斷無舊顯術機殺雜權條極構標棧棟樣檔橋檢樓歡漢",
  "湯溝沒澤潔測濟濃漲溫灣濕滿濱滅燈災點熱牽狀猶獨環現畫監蓋盤碼確禮離種積稱穩競筆篩簽簡類糧緊糾紅約級紀純綱納紛紙組",
  "細織終經結給絡絕統繼續維綜緩編緣縫羅罰職聯肅勝脈節蘇範薦藥獲營慮雖補裝規視覽覺譽訂認討讓議訊記講許論設訪評識訴詞",
  "試話詢該詳誤說請諸讀課誰調談謊謠負貢財責賢敗貨質販貧購貫貼貴費資賞賠賴趕躍蹤車軌轉輪軟較輔輛輩輸轄邊遼達遷運進遠",
  "違連遲適選遞遺郵鄰釋鑒針鐘錢鈴銀鋪鏈銷鎖錯長門閉問間鬧聞閱隊階際陸陳險隨隱難靜頁項順須顧預領頻題額風館駐驗魚鮮餘",
].join("");
const only = (own: string, other: string) => new Set([...own].filter((char) => !other.includes(char)));
const FOREIGN: Record<ReportLang, Set<string>> = { "zh-Hans": only(HANT, HANS), "zh-Hant": only(HANS, HANT) };
const SCRIPTS = ["zh-Hans", "zh-Hant"] as const;
const foreignIn = (text: string, lang: ReportLang) => [...text].filter((char) => FOREIGN[lang].has(char));

/** Figures that sentences turn on without stating them. */
const TURNED_ON = [
  "verification.due",
  "verification.waiting",
  "verification.overdue",
  "observation.contacts",
  "fever-clinic.clinicsFiled",
  "fever-clinic.triageFiled",
];

const template = fc.constantFrom(...TEMPLATES);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constant<FigureValue>(0) },
  { weight: 3, arbitrary: fc.constant<FigureValue>(null) },
  { weight: 4, arbitrary: fc.nat(500) },
  { weight: 2, arbitrary: fc.nat(2_000_000) },
  { weight: 1, arbitrary: fc.double().map((n) => n + 0) },
);
// Names that look like the notation, and nothing of either script.
const name = fc.constantFrom("示例", "甲，乙", "{our}", "[{registered.fromHubei}]", "$&$1", "示例社区", "");

const caseOf = template.chain((one) => {
  const ids = [...one.figures, ...TURNED_ON];
  return fc.record({
    one: fc.constant(one),
    values: fc.tuple(...ids.map(() => value)).map((all) => valuesOf(ids, all)),
    name,
    asOf: fc.date({ min: new Date("2019-12-01"), max: new Date("2031-01-01"), noInvalidDate: true }),
    late: fc.integer({ min: 1, max: 9 }),
    missing: fc.nat(3),
    slots: fc.subarray(one.slots.map((slot) => slot.name)),
  });
});
const valuesOf = (ids: string[], all: FigureValue[]) =>
  Object.fromEntries(ids.map((id, index) => [id, all[index] ?? null]));
type Case = typeof caseOf extends fc.Arbitrary<infer T> ? T : never;

function bookOfCase({ one, values, name, asOf, late, missing }: Case): FigureBook {
  const units = missing + 2;
  return bookOf(values, {
    unit: { code: "511781", name, kind: one.kinds[0] ?? "county" },
    ...{ asOf, from: new Date(asOf.getTime() - 86_400_000) },
    completeness: {
      units,
      owed: units,
      reported: 2,
      missing: Array(missing).fill({ code: "1", name: "甲" }),
    },
    recordedAfter: { [one.figures[0] ?? ""]: late },
  });
}

const write = (one: Case, lang: ReportLang = "zh-Hans") =>
  writeReport(one.one, bookOfCase(one), {
    ...{ lang, zone: ZONE },
    free: Object.fromEntries(one.slots.map((slot) => [slot, `〔${slot}〕`])),
  });

/** Words that hold numbers of their own: moments, and what came in late. */
const MOMENT = /(\d+年)?\d+月\d+日(\d+[时時](\d+分)?|\d+:\d\d)/g;
const LATE = /其[后後][补補][录錄] \+\d+/g;

describe("every template, whatever the numbers", () => {
  it("writes a text with no number that is not a figure, no gap in the words, each piece a figure in its order", () => {
    fc.assert(
      fc.property(caseOf, fc.constantFrom(...SCRIPTS), (one, lang) => {
        const report = write(one, lang);
        expect(report.text).not.toMatch(/null|undefined|NaN|Infinity|object|[，、；：。][，、；。]/);
        const pieces = report.blocks.flatMap((block) => (block.kind === "text" ? block.pieces : []));
        const words = pieces.filter((piece) => typeof piece === "string");
        const figures = pieces.filter((piece) => typeof piece !== "string");
        for (const text of words) expect(text.replace(MOMENT, "").replace(LATE, "")).not.toMatch(/\d/);
        expect(report.figures).toEqual(figures.map(({ figure, ...rest }) => ({ id: figure, ...rest })));
        for (const { text, figure, value } of figures) {
          expect(text, figure).toMatch(value === null ? /＿＿/ : /\S/);
          expect(readFigure(figure), figure).toBeDefined();
        }
      }),
      { numRuns: 200 },
    );
  });

  it("states only figures that it says it may state, and each sum is what its parts add up to", () => {
    fc.assert(
      fc.property(caseOf, (one) => {
        const book = bookOfCase(one);
        const whole = write(one).figures.filter(({ id }) => !/^(completeness|dailyReports)\./.test(id));
        for (const { id, value } of whole) {
          const parts = id.split("+");
          for (const part of parts) expect(one.one.figures).toContain(part);
          const known = parts.map((part) => book.values[part] ?? null);
          if (known.every((part) => Number.isFinite(part)))
            expect(value).toBe(known.reduce<number>((sum, part) => sum + (part ?? 0), 0));
          else expect(value).toBeNull();
        }
      }),
      { numRuns: 150 },
    );
  });

  it("says the same figures in the same order in both scripts, and no word of one in the other", () => {
    fc.assert(
      fc.property(caseOf, (one) => {
        const [hans, hant] = SCRIPTS.map((lang) => write({ ...one, name: "示例" }, lang));
        const bare = (report = hans) => report?.figures.map(({ id, value }) => [id, value]);
        expect(bare(hant)).toEqual(bare(hans));
        expect(foreignIn(`${hans?.title}${hans?.text}`, "zh-Hans")).toEqual([]);
        expect(foreignIn(`${hant?.title}${hant?.text}`, "zh-Hant")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("prints each free paragraph once, as it was written", () => {
    fc.assert(
      fc.property(caseOf, (one) => {
        const { text, blocks } = write(one);
        for (const slot of one.slots) expect(text.split(`〔${slot}〕`)).toHaveLength(2);
        expect(blocks.filter(({ kind }) => kind === "free")).toHaveLength(one.slots.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the templates themselves", () => {
  it("are eight, named in three languages, with slots in both scripts and figures that a book can hold", () => {
    expect(TEMPLATES.map(({ id }) => id).toSorted()).toEqual([
      ...["bureau", "community", "county", "county-linked"],
      "district",
      "enterprise-zone",
      "school",
      "town",
    ]);
    for (const one of TEMPLATES) {
      for (const lang of LANGS) expect(one.name[lang], one.id).toMatch(/\S/);
      for (const lang of SCRIPTS) {
        const labels = [one.name[lang], ...one.slots.map(({ label }) => label[lang])];
        for (const label of labels) expect(label, one.id).toMatch(/^\S+$/);
        expect(foreignIn(labels.join(""), lang), one.id).toEqual([]);
      }
      expect(new Set(one.slots.map((slot) => slot.name)).size).toBe(one.slots.length);
      // Paragraphs are kept under "name@cut-off", in whose order letters come behind "@" and everything else before it.
      for (const { name } of one.slots) expect(name).toMatch(/^[A-Za-z]+$/);
      expect(unheldBy(one), one.id).toEqual([]);
    }
  });

  const unheldBy = ({ figures }: ReportTemplate) => figures.filter((id) => readFigure(id) === undefined);
});
