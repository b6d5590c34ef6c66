import fc from "fast-check";
import { strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { mendCell } from "../../src/domain/listed.ts";
import { type Cell, SHEET_LIMITS, type Sheet } from "../../src/domain/sheet.ts";
import { dateOf, numberFormat } from "../../src/sheet/number.ts";
import { readSheet } from "../../src/sheet/read.ts";
import { sheetFaultWords } from "../../src/sheet/words.ts";
import {
  endless,
  HEADS,
  longList,
  type MadeSheet,
  ole,
  parts,
  sampleId,
  xlsx,
  zip,
} from "../support/sheet.ts";

/** Two at a time on a busy machine: slow is no finding here. */
const SLOW = { timeout: 30_000 };

const texts = ({ rows }: Sheet) => rows.map(({ cells }) => cells.map(({ text }) => text));
const said = (sheet: Sheet) => sheet.faults.map((fault) => sheetFaultWords(fault)["zh-Hans"]);
const refused = async (...sent: Parameters<typeof readSheet>) => {
  const { status, code, title } = await readSheet(...sent).then(
    () => expect.fail("it was read"),
    (error) => error.problem,
  );
  return [status, code, title["zh-Hans"]];
};
const HEAD = ["姓名", "身份证号", "返乡时间"];
const amina = ["示例阿米娜", sampleId(1), "2020-01-27"];
/** One sheet with our heads and this below them. */
const withRows = (data: string, more: Partial<MadeSheet> = {}, options?: Parameters<typeof parts>[1]) => {
  const heads = HEAD.map((text, at) => `<c r="${"ABC"[at]}1" t="inlineStr"><is><t>${text}</t></is></c>`).join(
    "",
  );
  return readSheet(zip(parts([{ data: `<row r="1">${heads}</row>${data}`, ...more }], options)));
};
const cellsOf = async (inner: string, options?: Parameters<typeof parts>[1]): Promise<Cell[]> =>
  (await withRows(`<row r="2">${inner}</row>`, {}, options)).rows[0]?.cells ?? [];

describe("Zhou's list from the health bureau as XLSX", () => {
  it("is the same list with shared strings and with inline ones", async () => {
    for (const shared of [false, true]) {
      const sheet = await readSheet(xlsx([HEAD, amina], { shared }));
      expect(sheet).toMatchObject({ kind: "xlsx", sheetName: "表1", headingRow: 1, faults: [], skipped: [] });
      expect(texts(sheet)).toEqual([amina]);
    }
  });

  it("gives back any table of any strings", SLOW, async () => {
    const cell = fc.string({ unit: "binary", maxLength: 12 });
    const table = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (rows, shared) => {
        const wanted = rows
          .map((row) => row.slice(0, row.findLastIndex((text) => text.trim() !== "") + 1))
          // A blank cell between others shows nothing, however many spaces it holds.
          .map((row) => row.map((text) => (text.trim() === "" ? "" : text)))
          .filter((row) => row.length > 0);
        fc.pre(wanted.length > 0);
        expect(texts(await readSheet(xlsx([HEAD, ...rows], { shared })))).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });

  it("shows numbers and dates as a person sees them, and what they are stored as", async () => {
    const cells = await cellsOf(
      `<c r="A2"><v>511781202001270016</v></c><c r="B2" s="3"><v>5.1178120200127002E+17</v></c><c r="C2"><v>13900000000</v></c>` +
        `<c r="D2" s="1"><v>43857</v></c><c r="E2" s="2"><v>43857.354166666664</v></c><c r="F2" s="5"><v>11781100201</v></c>` +
        `<c r="G2"><v>0.1</v></c><c r="H2" t="b"><v>1</v></c><c r="I2" t="d"><v>2020-01-27T00:00:00</v></c><c r="J2"><v>1.39E10</v></c>`,
    );
    expect(cells.map(({ text }) => text)).toEqual([
      ...["5.1178120200127E+17", "511781202001270000", "13900000000", "2020-01-27", "2020-01-27 08:30"],
      ...["011781100201", "0.1", "TRUE", "2020-01-27", "13900000000"],
    ]);
    expect(cells[0]).toEqual({ text: "5.1178120200127E+17", kind: "number", raw: "511781202001270016" });
    expect(cells[3]).toEqual({ text: "2020-01-27", kind: "date", raw: "43857" });
    expect(cells.slice(0, 2).map((cell) => mendCell(cell, "id").reason)).toEqual(["exponent", "precision"]);
    expect(mendCell(cells[9] as Cell, "phone")).toEqual({ state: "ok", value: "13900000000" });
  });

  it("has dates in both systems, and none where there is none", async () => {
    expect((await cellsOf('<c r="C2" s="1"><v>42395</v></c>', { from1904: true }))[2]?.text).toBe(
      "2020-01-27",
    );
    expect([1, 59, 61, 0.5, 43857.99999999].map((serial) => dateOf(serial, false))).toEqual([
      ...["1900-01-01", "1900-02-28", "1900-03-01", "12:00", "2020-01-28"],
    ]);
    expect([60, -1, 3_000_000, Number.NaN].map((serial) => dateOf(serial, false))).toEqual(
      Array(4).fill(undefined),
    );
    const sheet = await withRows(
      '<row r="2"><c r="A2" t="str"><v>示例</v></c><c r="C2" s="1"><v>-5</v></c></row>',
    );
    expect(said(sheet)).toEqual(["第 2 行 C 列：不是有效的日期"]);
    const date = (id: number, code?: string) => numberFormat(id, code).date;
    expect([date(14), date(31), date(57), date(176, 'yyyy"年"m"月"'), date(176, "[h]:mm")]).not.toContain(
      false,
    );
    expect([
      date(0),
      date(49),
      date(176, '0"days"'),
      date(176, "[Red]0.00"),
      date(176, "General"),
      date(11, "0.00E+00"),
    ]).not.toContain(true);
  });

  it("takes a formula's saved result and names the cell; without one it is a fault", async () => {
    const sheet = await withRows(
      '<row r="2"><c r="A2" t="str"><f>B1&amp;C1</f><v>示例阿米娜</v></c><c r="B2"><f>1+1</f></c><c r="C2" t="e"><f>NA()</f><v>#N/A</v></c></row>',
    );
    expect(sheet.rows[0]?.cells).toEqual([
      { text: "示例阿米娜", formula: true },
      { text: "" },
      { text: "#N/A", kind: "error", formula: true },
    ]);
    expect(said(sheet)).toEqual([
      "第 2 行 A 列：是公式，用的是保存的结果",
      "第 2 行 B 列：是公式，但没有保存结果，请在 Excel 中打开并保存后再上传",
      "第 2 行 C 列：是公式，用的是保存的结果",
      "第 2 行 C 列：单元格显示错误 #N/A",
    ]);
  });

  it("gives a merged value to its first cell and says so of the others, but not of a title", async () => {
    const rows = [
      ["某县反馈名单（示例）", null, null],
      HEAD,
      ["示例甲", "示例村", "x"],
      ["示例乙", null, "y"],
      ["示例丙", null, "z"],
    ];
    const after =
      '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B3:B5"/><mergeCell ref="A1:XFD1048576"/></mergeCells>';
    const sheet = await readSheet(
      zip(parts([{ rows, after: after.replace('<mergeCell ref="A1:XFD1048576"/>', "") }])),
    );
    expect(sheet.rows.map(({ cells }) => cells[1])).toEqual([
      { text: "示例村" },
      { text: "", merged: "B3" },
      { text: "", merged: "B3" },
    ]);
    expect(said(sheet)).toEqual(["第 3 行 B 列：B3:B5 是合并的单元格，内容只算在左上角一格"]);
    const all = await readSheet(zip(parts([{ rows, after }])));
    expect(texts(all)).toEqual([["某县反馈名单（示例）"]]);
  });

  it("leaves out how names are pronounced, joins rich text, keeps blanks that are meant", async () => {
    const file = parts([{ data: "" }], { shared: true });
    file["xl/sharedStrings.xml"] =
      '<x:sst xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:si><x:r><x:t>示例</x:t></x:r><x:r><x:t xml:space="preserve"> 阿米娜</x:t></x:r><x:rPh><x:t>アミナ</x:t></x:rPh></x:si><x:si><x:t> 姓名\n</x:t></x:si><x:si><x:t>a_x000D_b_x005F_x0041_&#128512;<![CDATA[<]]></x:t></x:si></x:sst>';
    file["xl/worksheets/sheet1.xml"] =
      '<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c t="s"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>电话</x:t></x:is></x:c></x:row><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const sheet = await readSheet(zip(file));
    expect(sheet.headings[0]?.text).toBe("姓名");
    expect(texts(sheet)).toEqual([["示例 阿米娜", "a\rb_x0041_😀<"]]);
  });

  it("says what is hidden, which sheets it did not read, and takes the one with the list", async () => {
    const sheet = await readSheet(
      zip(
        parts([
          { name: "说明", rows: [["请按要求填写"], ["不要改格式"]] },
          { name: "旧名单", state: "hidden", rows: [HEAD, amina] },
          {
            name: "名单",
            before: '<cols><col min="2" max="2" hidden="1"/></cols>',
            data: `<row r="1"><c r="A1" t="str"><v>姓名</v></c><c r="B1" t="str"><v>电话</v></c></row><row r="4" hidden="1"><c r="A4" t="str"><v>示例乙</v></c></row>`,
          },
          { name: "汇总", rows: [["合计", 2]] },
        ]),
      ),
    );
    expect(sheet).toMatchObject({ sheetName: "名单", rows: [{ row: 4, hidden: true }] });
    expect(said(sheet)).toEqual([
      "B 列：这一列是隐藏的，也读取了",
      "第 4 行：这一行是隐藏的，也读取了",
      "工作表“说明”没有读取，需要的请另行上传",
      "工作表“旧名单”是隐藏的，没有读取",
      "工作表“汇总”没有读取，需要的请另行上传",
    ]);
  });

  it("reads 60 of 200 columns", async () => {
    const heads = ["姓名", "电话", ...Array.from({ length: 198 }, (_, at) => `项目${at}`)];
    const sheet = await readSheet(xlsx([heads, heads.map((_, at) => at)]));
    expect([sheet.headings.length, said(sheet)]).toEqual([60, ["从 BI 列起还有 140 列，没有读取"]]);
  });

  it("of 10,000 rows with one in twenty spoiled loses none", SLOW, async () => {
    const spoil = (id: string) => Number(`${id.slice(0, 17)}0`);
    const sheet = await readSheet(xlsx([HEADS, ...longList(10_000, spoil)], { shared: true }));
    const states = sheet.rows.map(({ cells }) => mendCell(cells[1] as Cell, "id").state);
    expect([sheet.rows.length, sheet.faults.length, sheet.rows.at(-1)?.row]).toEqual([10_000, 0, 10_001]);
    expect(states.filter((state) => state === "ok")).toHaveLength(9_500);
    expect(states.filter((state) => state === "spoiled")).toHaveLength(500);
  });

  it("of more than 10,000 rows is refused with how many there are", SLOW, async () => {
    expect(await refused(xlsx([HEADS, ...longList(10_100)]))).toEqual([
      ...[413, "sheet-too-many-rows", "表里有 10100 行，一次最多 10000 行，请分成几份上传"],
    ]);
  });
});

describe("what Mallory and tired clerks send", () => {
  it("is refused by its length before it is read, or at the limit where none is told", async () => {
    const said = [413, "sheet-too-large", "文件太大，最多 5 MB，请分成几份上传"];
    const told = endless(50 * 1024 * 1024);
    expect(await refused(told.stream, { length: 50 * 1024 * 1024 })).toEqual(said);
    expect(told.taken()).toBe(0);
    const untold = endless(50 * 1024 * 1024);
    expect(await refused(untold.stream)).toEqual(said);
    expect(untold.taken()).toBeLessThanOrEqual(SHEET_LIMITS.bytes + 2 * 65_536);
    expect(await refused(new Uint8Array(SHEET_LIMITS.bytes + 1))).toEqual(said);
  });

  it("is named: empty, with a password, an old .xls, a picture, a web page, a document", async () => {
    const text = (words: string) => strToU8(words);
    const said = async (bytes: Uint8Array) => (await refused(bytes)).join(" ");
    for (const empty of [new Uint8Array(), text("\ufeff"), text(" \r\n\r\n"), text(",,,\n,,\n")])
      expect(await said(empty)).toBe("422 sheet-empty 文件是空的，没有内容");
    expect(await said(text("姓名,电话\n"))).toBe("422 sheet-no-rows 表里只有标题，没有人员");
    expect(await said(xlsx([]))).toBe("422 sheet-empty 文件是空的，没有内容");
    expect(await said(ole("EncryptedPackage"))).toMatch(/^422 sheet-password 这是加了密码的文件/);
    expect(await said(ole("Workbook"))).toBe(
      "415 sheet-old-format 这是加了密码的文件或旧版 .xls，请另存为 .xlsx 或 CSV",
    );
    expect(await said(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0))).toMatch(
      /^415 .*这是一张图片/,
    );
    expect(await said(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16))).toMatch(/这是一张图片/);
    expect(await said(text("%PDF-1.7\n"))).toMatch(/PDF/);
    for (const web of [
      "<html><table><tr><td>姓名",
      '\ufeff<?xml version="1.0"?><Workbook>',
      "MIME-Version: 1.0",
    ])
      expect(await said(text(web))).toMatch(/网页格式的表格/);
    expect(await said(zip({ "word/document.xml": "<w/>", "[Content_Types].xml": "<t/>" }))).toMatch(/Word/);
    expect(await said(zip({ "content.xml": "<o/>", mimetype: "x" }))).toMatch(/\.ods/);
    expect(await said(zip({ "a.txt": "示例" }))).toMatch(/压缩包/);
    const binary =
      '<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>';
    expect(await said(zip({ "_rels/.rels": binary, "xl/workbook.bin": "x" }))).toMatch(/\.xlsb/);
    const locked = xlsx([HEAD, amina]);
    const view = new DataView(locked.buffer);
    for (let at = 0; at < locked.length - 46; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 8, 1, true);
    expect(await said(locked)).toMatch(/^422 sheet-password/);
    expect(await said(Uint8Array.from({ length: 400 }, (_, at) => (at * 7) % 32))).toMatch(/不是表格/);
  });

  it("is refused where a zip is cut short, altered anywhere, or its parts are missing", SLOW, async () => {
    const whole = xlsx([HEAD, amina], { shared: true });
    const damaged = [422, "sheet-damaged", "文件不完整或已损坏，请重新导出后再上传"];
    expect(await refused(whole.slice(0, whole.length - 100))).toEqual(damaged);
    expect(await refused(whole.slice(0, 200))).toEqual(damaged);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const altered = whole.slice();
        altered[at] = (altered[at] as number) ^ by;
        const sheet = await readSheet(altered).catch((error) => error.problem);
        // What a checksum does not cover (a time, a version) changes nothing in the list.
        if (sheet.status) expect(sheet.status).toBeLessThan(500);
        else expect(texts(sheet)).toEqual([amina]);
      }),
      { numRuns: 100 },
    );
    for (const part of ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]) {
      const { [part]: _, ...rest } = parts([{ rows: [HEAD, amina] }], { shared: true });
      expect(await refused(zip(rest))).toEqual(damaged);
    }
    expect(await refused(zip({ ...parts([{ data: "<row r='1'><c r='A1'><v>1</row>" }]) }))).toEqual(damaged);
    expect(await refused(zip(parts([{ data: "<row r='2'/><row r='1'/>" }])))).toEqual(damaged);
  });

  it(
    "that unpacks to gigabytes is refused before it is unpacked, whatever its directory says",
    SLOW,
    async () => {
      const tooMuch = [
        413,
        "sheet-unpacks-too-much",
        "文件解压后太大，不予读取。请把名单复制到新的表格里再上传",
      ];
      const room = strToU8(`<worksheet><sheetData>${"<row></row>".repeat(400_000)}`);
      const bomb = zip({ ...parts([{}]), "xl/worksheets/sheet1.xml": room });
      const limits = { ...SHEET_LIMITS, entryBytes: 1024 * 1024 };
      expect(bomb.length).toBeLessThan(30_000);
      expect(await refused(bomb, { limits })).toEqual(tooMuch);
      expect(await refused(bomb, { limits: { ...SHEET_LIMITS, unpackedBytes: limits.entryBytes } })).toEqual(
        tooMuch,
      );
      expect(await refused(bomb, { limits: { ...SHEET_LIMITS, ratio: 20 } })).toEqual(tooMuch);
      // The size in the directory (24 bytes into its record) says a hundred.
      const view = new DataView(bomb.buffer, bomb.byteOffset);
      for (let at = 0; at < bomb.length - 46; at += 1)
        if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 1_000_000)
          view.setUint32(at + 24, 100, true);
      expect(await refused(bomb, { limits })).toEqual(tooMuch);
      const gigabytes = bomb.slice();
      const told = new DataView(gigabytes.buffer);
      for (let at = 0; at < bomb.length - 46; at += 1)
        if (told.getUint32(at, true) === 0x02014b50) told.setUint32(at + 24, 4_000_000_000, true);
      expect(await refused(gigabytes)).toEqual(tooMuch);
      const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`a${at}`, ""]));
      expect(await refused(zip({ ...parts([{ rows: [HEAD, amina] }]), ...many }))).toEqual(tooMuch);
      const strings = `<sst>${`<si><t>${"示".repeat(32_000)}</t></si>`.repeat(400)}</sst>`;
      expect(await refused(zip({ ...parts([{ rows: [HEAD] }]), "xl/sharedStrings.xml": strings }))).toEqual(
        tooMuch,
      );
      const again = `<row><c t="s"><v>0</v></c></row>`.repeat(1000);
      const one = { "xl/sharedStrings.xml": `<sst><si><t>${"示".repeat(32_000)}</t></si></sst>` };
      expect(await refused(zip({ ...parts([{ data: again }]), ...one }))).toEqual(tooMuch);
    },
  );

  it(
    "that brings a DTD, endless depth, endless attributes or one endless word is refused",
    SLOW,
    async () => {
      const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>`;
      const sheet = (xml: string) => refused(zip({ ...parts([{}]), "xl/worksheets/sheet1.xml": xml }));
      expect((await sheet(`${laughs}<worksheet>&b;</worksheet>`))[1]).toBe("sheet-unsafe");
      expect((await sheet("<worksheet>&b;</worksheet>"))[1]).toBe("sheet-damaged");
      expect((await sheet("<a>".repeat(100_000)))[1]).toBe("sheet-damaged");
      expect(
        (await sheet(`<a ${Array.from({ length: 10_000 }, (_, at) => `b${at}="1"`).join(" ")}/>`))[1],
      ).toBe("sheet-damaged");
      const endlessWord = `<worksheet><sheetData><row><c t="str"><v>${Array.from({ length: 300_000 }, (_, at) => `示${at}`).join("")}`;
      expect((await sheet(endlessWord))[1]).toBe("sheet-damaged");
      const areas = '<mergeCell ref="A1:XFD1048576"/>'.repeat(20_000);
      const file = parts([{ rows: [HEAD, ...longList(2_000)], after: `<mergeCells>${areas}</mergeCells>` }]);
      expect((await refused(zip(file)))[1]).toBe("sheet-no-rows");
    },
  );
});
