import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkIdCard } from "../../src/domain/identity.ts";
import { fieldOfHeading, guessColumns, rivalColumns } from "../../src/domain/list-column.ts";
import { idSpoiled, type MendAs, mendCell } from "../../src/domain/listed.ts";
import { columnAt, columnName } from "../../src/domain/sheet.ts";
import { sampleId } from "../support/sheet.ts";

const cell = (text: string, raw?: string) =>
  raw === undefined ? { text } : { text, kind: "number" as const, raw };
const headings = (...texts: string[]) => texts.map((text, at) => ({ text, column: columnName(at) }));

describe("what Excel has done to Amina's numbers", () => {
  it("an ID that became 5.11781E+17 is spoiled, and no digit of it is guessed", () => {
    for (const text of ["5.1178120200127E+17", "5.11781E+17", "5.11781e17", " 5.11781E+17 ", "５.11781E+17"])
      expect(mendCell(cell(text), "id")).toMatchObject({ state: "spoiled", reason: "exponent" });
    expect(mendCell(cell("5.11781202001270E+17", "511781202001270016"), "id").state).toBe("spoiled");
  });

  it("an ID that Excel kept as a number is spoiled whatever its end; one written as text that ends in 000 unless it checks", () => {
    expect(idSpoiled("511781202001270000", { kind: "number", raw: "511781202001270000" })).toBe("precision");
    expect(idSpoiled("511781202001270000.0")).toBe("precision");
    expect(idSpoiled("511781199001011000")).toBe("precision");
    const checks = Array.from(
      { length: 28 },
      (_, at) => `511781199001${String(at + 1).padStart(2, "0")}1000`,
    );
    expect(new Set(checks.map((id) => [idSpoiled(id), checkIdCard(id)].join()))).toEqual(
      new Set(["precision,false", "zeros,true"]),
    );
  });

  it("an ID that is text holds, in full width, with blanks and apostrophes", () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.constantFrom("", "'", "’", "\u00a0", "\t", "\u200b", "　"), (n, sign) => {
        const id = sampleId(n);
        const full = id.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
        for (const text of [id, full, id.toLowerCase(), `${id.slice(0, 6)} ${id.slice(6)}`])
          expect(mendCell(cell(sign + text + sign.replace(/['’]/, "")), "id")).toEqual({
            state: "ok",
            value: id,
          });
      }),
    );
  });

  it("a phone as a float is that phone; one as an exponent is gone; one without its zero is not guessed", () => {
    for (const shown of [
      cell("13900000000.0"),
      cell("'13900000000"),
      cell("1.39E+10", "1.39E10"),
      cell("１３９００００００００"),
    ])
      expect(mendCell(shown, "phone")).toEqual({ state: "ok", value: "13900000000" });
    expect(mendCell(cell("1.39E+10"), "phone")).toMatchObject({ state: "spoiled", reason: "exponent" });
    expect(mendCell(cell("2885551234", "2885551234"), "phone")).toMatchObject({ reason: "leading-zero" });
    expect(mendCell(cell("028-85551234"), "phone")).toEqual({ state: "ok", value: "028-85551234" });
  });

  it("a code that lost its zeros is spoiled; one that a format shows in full is not", () => {
    expect(mendCell(cell("11781100201", "11781100201"), { code: 12 })).toMatchObject({
      reason: "leading-zero",
    });
    expect(mendCell(cell("011781100201", "11781100201"), { code: 12 })).toEqual({
      state: "ok",
      value: "011781100201",
    });
  });

  it("a date is one however it is written, and doubtful without its year", () => {
    for (const text of [
      "2020-01-27",
      "2020/1/27",
      "2020.1.27",
      "2020年1月27日",
      "2020 年 1 月 27 日 8时",
      "20200127",
      "2020-1-27 08:30",
      "２０２０/1/27",
    ])
      expect([text, mendCell(cell(text), "date")]).toEqual([text, { state: "ok", value: "2020-01-27" }]);
    expect(mendCell(cell("43857", "43857"), "date")).toEqual({ state: "ok", value: "2020-01-27" });
    expect(mendCell(cell("43857"), "date")).toEqual({ state: "doubtful", value: "2020-01-27" });
    expect(mendCell(cell("1月27日"), "date")).toMatchObject({ state: "doubtful", reason: "year" });
    expect(mendCell(cell("2020-02-30"), "date")).toMatchObject({ state: "spoiled", reason: "date" });
    expect(mendCell(cell("年前"), "date")).toMatchObject({ state: "spoiled", reason: "date" });
  });

  it("an error is spoiled, a dash is blank, and any text at all is answered", () => {
    expect(mendCell({ text: "#N/A", kind: "error" }, "text")).toMatchObject({
      state: "spoiled",
      reason: "error",
    });
    expect(mendCell(cell(" — "), "phone")).toEqual({ state: "blank", value: "" });
    const as = fc.constantFrom<MendAs>("text", "id", "phone", "date", { code: 12 });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), as, (text, kind) => {
        expect(mendCell(cell(text), kind).value.length).toBeLessThanOrEqual(
          text.normalize("NFKC").length + 10,
        );
      }),
    );
  });
});

describe("the columns of a bureau's list", () => {
  it("are known by the headings that bureaus use, in both scripts and English, in any order", () => {
    const list = headings(
      "序号",
      "学生姓名",
      "公民身份号码",
      "联系电话（必填）",
      "镇街",
      "村(社区)",
      "家庭住址",
      "从何地返回",
      "返乡时间",
      "车次/航班",
      "备注",
    );
    expect(guessColumns(list)).toMatchObject({
      ...{ name: "B", idDocument: "C", phone: "D", town: "E", village: "F", address: "G" },
      ...{ origin: "H", arrivedOn: "I", transport: "J", note: "K", age: undefined },
    });
    expect(guessColumns(headings("備註", "身分證號", "姓 名", "ID number", "Mobile phone"))).toMatchObject({
      ...{ note: "A", idDocument: "B", name: "C", phone: "E" },
    });
    expect(
      ["*姓名", "身份证号：", "1.姓名", "现住址/村", "ＩＤ", "所在村", "手机", "抵达日期", "来源地"].map(
        fieldOfHeading,
      ),
    ).not.toContain(undefined);
    expect(fieldOfHeading("体温")).toBeUndefined();
  });

  it("that claim the same thing are named, and the first is taken", () => {
    const list = headings("姓名", "身份证号", "证件号码");
    expect(guessColumns(list).idDocument).toBe("B");
    expect(rivalColumns(list)).toEqual([{ field: "idDocument", columns: ["B", "C"] }]);
  });

  it("have letters as Excel gives them", () => {
    expect([0, 25, 26, 59, 16_383].map(columnName)).toEqual(["A", "Z", "AA", "BH", "XFD"]);
    fc.assert(fc.property(fc.nat(16_383), (at) => columnAt(columnName(at)) === at));
  });
});
