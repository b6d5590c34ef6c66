import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mendCell } from "../../src/domain/listed.ts";
import { SHEET_LIMITS, type Sheet } from "../../src/domain/sheet.ts";
import { readSheet } from "../../src/sheet/read.ts";
import { faultOfWord, wordOfFault } from "../../src/sheet/row-word.ts";
import { sheetFaultWords } from "../../src/sheet/words.ts";
import { csv, type Encoding, encode, HEADS, longList, sampleId } from "../support/sheet.ts";

const read = (text: string, encoding: Encoding = "utf-8") => readSheet(encode(text, encoding));
/** Two at a time on a busy machine: slow is no finding here. */
const SLOW = { timeout: 30_000 };

const texts = ({ rows }: Sheet) => rows.map(({ cells }) => cells.map(({ text }) => text));
/** As the reader keeps rows: none that is blank, without blanks at the end. */
const standing = (rows: readonly (readonly string[])[]) =>
  rows
    .map((row) => row.slice(0, row.findLastIndex((cell) => cell.trim() !== "") + 1))
    .filter((row) => row.length > 0);
const said = (sheet: Sheet) => sheet.faults.map((fault) => sheetFaultWords(fault)["zh-Hans"]);

const HEAD = "姓名,身份证号,联系电话\r\n";
const amina = `示例阿米娜,${sampleId(1)},13900000001`;
const bashir = `示例巴希尔,${sampleId(2)},13900000002`;

describe("Zhou's list from the education bureau as CSV", () => {
  it("is the same list in UTF-8 with or without its mark, GB18030 and UTF-16", async () => {
    for (const encoding of ["utf-8", "utf-8-bom", "gb18030", "utf-16le", "utf-16be"] as const) {
      const sheet = await read(`${HEAD}${amina}\r\n${bashir}\r\n`, encoding);
      expect(sheet).toMatchObject({
        ...{ kind: "csv", encoding: encoding.replace("-bom", ""), delimiter: ",", headingRow: 1 },
        headings: [
          { text: "姓名", column: "A" },
          { text: "身份证号", column: "B" },
          { text: "联系电话", column: "C" },
        ],
        faults: [],
        skipped: [],
      });
      expect(texts(sheet)).toEqual([amina.split(","), bashir.split(",")]);
      expect(sheet.rows.map(({ row }) => row)).toEqual([2, 3]);
    }
  });

  it("may be written in UTF-16 without its mark", async () => {
    const marked = encode(`${HEAD}${amina}\n`, "utf-16le");
    const sheet = await readSheet(marked.subarray(2));
    expect([sheet.encoding, texts(sheet)]).toEqual(["utf-16le", [amina.split(",")]]);
  });

  /** A file full of control characters is no table. */
  const name = fc
    .string({ unit: "binary", maxLength: 8 })
    .filter((text) => !/^=".*"$|[^\P{Cc}\t\r\n\u0080-\u009f]/u.test(text));
  const hanzi = fc.string({
    unit: fc.constantFrom(..."示例张三李四王五村镇，；、。（）ＡＢ12 ab,;\t\"'\r\n"),
    maxLength: 8,
  });
  const tableOf = (cell: fc.Arbitrary<string>) =>
    fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 12 });
  const delimiters = fc.constantFrom(",", "\t", ";", "，");
  const ends = fc.constantFrom("\r\n", "\n", "\r");

  const comesBack = async (rows: string[][], delimiter: string, end: string, encoding: Encoding) => {
    const file = csv([["姓名", "身份证号", "备注"], ...rows], delimiter, end);
    fc.pre(standing(rows).length > 0);
    const sheet = await read(file, encoding);
    expect(sheet.delimiter).toBe(delimiter);
    expect(texts(sheet)).toEqual(standing(rows));
  };
  it(
    "gives back any table of any strings, whatever its delimiter, line ends and encoding",
    SLOW,
    async () => {
      const encodings = fc.constantFrom<Encoding>("utf-8", "utf-8-bom", "utf-16le", "utf-16be");
      await fc.assert(fc.asyncProperty(tableOf(name), delimiters, ends, encodings, comesBack), {
        numRuns: 150,
      });
      await fc.assert(
        fc.asyncProperty(tableOf(hanzi), delimiters, ends, fc.constant<Encoding>("gb18030"), comesBack),
        {
          numRuns: 150,
        },
      );
    },
  );

  it("reads any bytes at all, or says clearly why not", async () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const sheet = await readSheet(sent).catch((error) => error.problem);
        expect(sheet.status ?? 422).toBeGreaterThanOrEqual(400);
        expect(sheet.status ?? 422).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });

  it("pasted together from GB18030 and UTF-8 is read row by row, and the rows are named", async () => {
    const parts = [
      encode(`${HEAD}${amina},大学\r\n`, "gb18030"),
      encode(`${bashir},中学\r\n`, "utf-8"),
      encode(`示例陈,${sampleId(3)},13900000003,小学\r\n`, "gb18030"),
    ];
    const sheet = await readSheet(Uint8Array.from(parts.flatMap((part) => [...part])));
    expect(sheet.encoding).toBe("gb18030");
    expect(sheet.rows.map(({ cells }) => cells[0]?.text)).toEqual(["示例阿米娜", "示例巴希尔", "示例陈"]);
    expect(said(sheet)).toContain("第 3 行：这一行的编码与全文不同（utf-8 / gb18030），已按其编码读取");
  });

  it("names the cell whose characters no encoding has, and keeps the others", async () => {
    const parts = [
      encode(`${HEAD}${amina}\n`, "utf-8"),
      [0x41, 0xff, 0xff],
      encode(`,${sampleId(2)}\n${bashir}\n`, "utf-8"),
    ];
    const sheet = await readSheet(Uint8Array.from(parts.flatMap((part) => [...part])));
    expect(sheet.rows).toHaveLength(3);
    expect(said(sheet)).toContain("第 3 行 A 列：有无法识别的乱码，请重新填写");
  });

  it("has titles above its headings, totals, a signature and headings again below", async () => {
    const sheet = await read(
      `某县教育局反馈名单（第 3 批）,,\n\n2020年1月28日,,\n${HEAD}${amina}\n${HEAD}\n${bashir}\n合计：,2人,\n填表人：示例李,,\n`,
    );
    expect(sheet.headingRow).toBe(4);
    expect(sheet.rows.map(({ row }) => row)).toEqual([5, 8]);
    expect(sheet.skipped).toEqual([
      { row: 1, why: "above" },
      { row: 3, why: "above" },
      { row: 6, why: "heading-again" },
      { row: 9, why: "totals" },
      { row: 10, why: "footnote" },
    ]);
  });

  it("is not taken for a form where the sender's own line stands above", async () => {
    const sheet = await read(`单位,示例学校,联系电话,0830\n姓名,身份证号,,\n示例甲,${sampleId(1)},,\n`);
    expect([sheet.headingRow, sheet.rows.map(({ row }) => row)]).toEqual([2, [3]]);
  });

  it("has headings in two rows: the place as town and village", async () => {
    const sheet = await read(`姓名,现住址,,备注\n,乡镇,村,\n示例阿米娜,示例镇,示例村,\n`);
    expect(sheet.headings.map(({ text }) => text)).toEqual(["姓名", "现住址/乡镇", "现住址/村", "备注"]);
    expect(sheet.rows).toHaveLength(1);
  });

  it("without headings keeps every row and says so; with unknown ones too", async () => {
    const none = await read(`${amina}\n${bashir}\n`);
    expect(none.rows.map(({ row }) => row)).toEqual([1, 2]);
    expect(said(none)).toEqual(["没有找到标题行，请在表里写上姓名、身份证号等标题"]);
    const unknown = await read(`甲,乙,丙\n${amina}\n${bashir}\n`);
    expect(unknown).toMatchObject({ headingRow: 1, faults: [{ code: "headings-unknown", row: 1 }] });
  });

  it("says which headings are doubled or missing", async () => {
    const sheet = await read(`姓名,身份证号,,姓名\n示例阿米娜,${sampleId(1)},x,示例\n`);
    expect(said(sheet)).toEqual([
      "第 1 行 C 列：这一列没有标题",
      "第 1 行 D 列：标题与 A 列重复，请确认用哪一列",
    ]);
    expect(sheetFaultWords(sheet.faults[1] as never)).toMatchObject({
      "zh-Hant": "第 1 行 D 欄：標題與 A 欄重複，請確認用哪一欄",
      en: "Row 1, column D: the same heading as column A. Say which one is meant",
    });
  });

  it("keeps the rows below a quote that is never closed", async () => {
    const sheet = await read(`${HEAD}"示例甲,${sampleId(3)},1\n${amina}\n${bashir}\n`);
    expect(sheet.rows.map(({ cells }) => cells[0]?.text)).toEqual(["示例甲", "示例阿米娜", "示例巴希尔"]);
    expect(said(sheet)).toEqual(["第 2 行 A 列：引号没有成对，请核对这一格"]);
    const later = await read(`${HEAD}"示例甲,${sampleId(3)},1\n${amina}\n示例乙,"${sampleId(4)}",2\n`);
    expect(later.rows.map(({ cells }) => cells[0]?.text)).toEqual(["示例甲", "示例阿米娜", "示例乙"]);
    const inside = await read(`${HEAD}"示例"甲,${sampleId(3)},1\n${bashir}\n`);
    expect(inside.rows.map(({ cells }) => cells[0]?.text)).toEqual(["示例甲", "示例巴希尔"]);
    expect(said(inside)).toEqual(["第 2 行 A 列：引号没有成对，请核对这一格"]);
  });

  it("counts rows as Excel does: a line end in quotes is none, a blank line is one", async () => {
    const sheet = await read(`姓名,备注\n示例甲,"两\n行"\n\n示例乙,\n`);
    expect(sheet.rows.map(({ row }) => row)).toEqual([2, 4]);
    expect(sheet.rows[0]?.cells[1]?.text).toBe("两\n行");
  });

  it("names rows that are too long or too short, and characters that are none", async () => {
    const sheet = await read(`${HEAD}${amina},多,余\n示例乙\n示\0例丙,${sampleId(4)},1\n${bashir}\n`);
    expect(said(sheet)).toEqual([
      "第 4 行 A 列：有无效字符，已去掉",
      "第 2 行 D 列：这一行比标题多出内容，可能错了列",
      "第 3 行：这一行只有 1 格，标题有 3 格",
    ]);
    expect(sheet.rows).toHaveLength(4);
    expect(sheet.rows[2]?.cells[0]?.text).toBe("示例丙");
  });

  it('obeys sep=; and reads ="0139" as what it keeps', async () => {
    const sheet = await read(`sep=;\r\n姓名;电话\r\n示例甲;="02885551234"\r\n`);
    expect([sheet.delimiter, sheet.headingRow, texts(sheet)]).toEqual([";", 1, [["示例甲", "02885551234"]]]);
  });

  it("reads 60 of 200 columns and says how many it did not", async () => {
    const heads = ["姓名", ...Array.from({ length: 199 }, (_, at) => `项目${at}`)];
    const sheet = await read(csv([heads, heads.map((_, at) => `值${at}`)]));
    expect([sheet.headings.length, sheet.rows[0]?.cells.length]).toEqual([60, 60]);
    expect(said(sheet)).toEqual(["从 BI 列起还有 140 列，没有读取"]);
  });

  it("of 10,000 rows with one in twenty spoiled loses none, in both encodings", SLOW, async () => {
    const file = csv([HEADS, ...(longList(10_000) as string[][])]);
    for (const encoding of ["utf-8", "gb18030"] as const) {
      const sheet = await read(file, encoding);
      const ids = sheet.rows.map(({ cells }) => mendCell(cells[1] as never, "id").state);
      expect(sheet.rows).toHaveLength(10_000);
      expect(ids.filter((state) => state === "ok")).toHaveLength(9_500);
      expect(ids.filter((state) => state === "spoiled")).toHaveLength(500);
      expect([sheet.faults, sheet.faultsLeft, sheet.rows.at(-1)?.row]).toEqual([[], 0, 10_001]);
    }
    const more = read(csv([HEADS, ...(longList(10_001) as string[][]), ["合计", "10001"]]));
    await expect(more).rejects.toMatchObject({
      problem: { status: 413, title: { "zh-Hans": "表里有 10001 行，一次最多 10000 行，请分成几份上传" } },
    });
  });

  it("keeps of a row's fault its place and its counts, and nothing that somebody typed", () => {
    for (const [word, fault] of [
      ["row-short:3/1", { code: "row-short", row: 4, count: 1, detail: "3" }],
      ["merged:D5:D6", { code: "merged", row: 5, column: "D", detail: "D5:D6" }],
      ["error-cell:#N/A", { code: "error-cell", row: 5, column: "B", detail: "#N/A" }],
      ["error-cell", { code: "error-cell", row: 5, column: "B", detail: "示例阿米娜" }],
      ["encoding-mixed:utf-8 / gb18030", { code: "encoding-mixed", row: 3, detail: "utf-8 / gb18030" }],
      ["nul", { code: "nul", row: 3, column: "A" }],
    ] as const) {
      expect(wordOfFault(fault)).toBe(word);
      const read = faultOfWord(word);
      expect([read.code, read.count]).toEqual([fault.code, "count" in fault ? fault.count : undefined]);
      expect(read.detail).toBe(word.includes(":") && "detail" in fault ? fault.detail : "");
    }
    expect(sheetFaultWords(faultOfWord("row-short:3/1"))["zh-Hans"]).toBe("这一行只有 1 格，标题有 3 格");
  });

  it("with a fault in every row keeps the faults within bounds and counts the rest", async () => {
    const sheet = await read(
      csv([HEADS, ...Array.from({ length: 5000 }, (_, at) => [`示\0例${at}`, "1", "2", "3", "4"])]),
    );
    expect([sheet.rows.length, sheet.faults.length, sheet.faultsLeft]).toEqual([
      5000,
      SHEET_LIMITS.faults,
      3000,
    ]);
  });
});
