import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkCaseNumber,
  checkDigit,
  checkIdCard,
  checkReceiptCode,
  digitsOf,
  formatReceiptCode,
  idCardCheck,
  idCardFault,
  isResidencePermit,
  makeCaseNumber,
  makeReceiptCode,
  normalizeDocument,
  normalizePhone,
} from "../../src/domain/identity.ts";

const digits = (count: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count })
    .map((list) => list.join(""));
const change = (text: string, at: number, by: number) =>
  text.slice(0, at) + ((Number(text[at]) + by) % 10) + text.slice(at + 1);
const swap = (text: string, at: number) => text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);

describe("an ID card number", () => {
  it.each([
    "11010519491231002X",
    "440524188001010014",
    "11010519491231002x",
    "１１０１０５ １９４９１２３１ ００２Ｘ",
  ])("%s keeps the standard", (number) => expect(checkIdCard(number)).toBe(true));
  it.each([
    ["110105194912310021", "check"],
    ["11010519490231002X", "date"],
    ["11010520991231002X", "date"],
    ["1101051949123100", "shape"],
    ["110105491231002", "shape"],
    ["01010519491231002X", "shape"],
    ["", "shape"],
    ["9".repeat(100_000), "shape"],
  ])("%s is refused for its %s", (number, fault) => expect(idCardFault(number, "2020-01-28")).toBe(fault));

  it("of a residence permit from Hong Kong, Macao or Taiwan keeps the same check", () => {
    for (const region of ["810000", "820000", "830000"]) {
      const body = `${region}19900101001`;
      expect(checkIdCard(body + idCardCheck(body))).toBe(true);
      expect(isResidencePermit(body + idCardCheck(body))).toBe(true);
    }
    expect(isResidencePermit("11010519491231002X")).toBe(false);
  });

  it("with one digit wrong is found out, wherever it is", () => {
    const wrong = fc.record({
      at: fc.integer({ min: 0, max: 16 }),
      by: fc.integer({ min: 1, max: 9 }),
      tail: digits(3),
    });
    fc.assert(
      fc.property(wrong, ({ at, by, tail }) => {
        const body = `51178119900215${tail}`;
        const number = body + idCardCheck(body);
        expect(checkIdCard(number)).toBe(true);
        expect(checkIdCard(change(number, at, by))).toBe(false);
      }),
    );
  });
});

describe("a phone number", () => {
  it.each([
    ["13800138000", "13800138000"],
    ["+86 138-0013-8000", "13800138000"],
    ["0086 13800138000", "13800138000"],
    ["8613800138000", "13800138000"],
    ["１３８ ００１３ ８０００", "13800138000"],
    ["\u202d13800138000\u202c", "13800138000"],
    ["0818-1234567", "08181234567"],
    ["(010) 6655 4433", "01066554433"],
    ["+86 818 1234567", "08181234567"],
    ["+852 9123 4567", "+85291234567"],
    ["0085291234567", "+85291234567"],
  ])("%j is kept as %s", (typed, kept) => {
    expect(normalizePhone(typed)).toBe(kept);
    expect(normalizePhone(kept)).toBe(kept);
  });
  it.each([
    "12345678901",
    "1380013800",
    "138001380000",
    "1234567",
    "+86 1234",
    "+12345",
    "abc",
    "",
    "1".repeat(99),
  ])("%s is none", (typed) => expect(normalizePhone(typed)).toBeUndefined());
});

it("matches one document however it was typed, and an ID card number under either of its two kinds", () => {
  const card = normalizeDocument({ kind: "id_card", number: "11010519491231002x" });
  expect(normalizeDocument({ kind: "residence_permit", number: " １１０１０５19491231002X" })).toBe(card);
  expect(normalizeDocument({ kind: "passport", number: "e-1234 5678" })).toBe("passport:E12345678");
  expect(normalizeDocument({ kind: "none" })).toBeUndefined();
  expect(normalizeDocument(undefined)).toBeUndefined();
});

describe("a receipt code", () => {
  it("of Amina's tip is sixteen digits, is shown in fours, and is read back as she types it", () => {
    fc.assert(
      fc.property(digits(15), (fifteen) => {
        const code = makeReceiptCode(fifteen);
        expect(code).toMatch(/^\d{16}$/);
        expect(formatReceiptCode(code)).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);
        expect(checkReceiptCode(formatReceiptCode(code))).toBe(code);
        expect(
          checkReceiptCode(code.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))),
        ).toBe(code);
      }),
    );
  });

  it("with any one digit wrong, or two neighbours swapped, is not taken", () => {
    fc.assert(
      fc.property(digits(15), (fifteen) => {
        const code = makeReceiptCode(fifteen);
        for (let at = 0; at < 16; at++) {
          for (let by = 1; by < 10; by++) expect(checkReceiptCode(change(code, at, by))).toBeUndefined();
          if (at < 15 && code[at] !== code[at + 1]) expect(checkReceiptCode(swap(code, at))).toBeUndefined();
        }
      }),
      { numRuns: 30 },
    );
  });

  it("is made of fifteen digits and nothing else", () => {
    expect(() => makeReceiptCode("123")).toThrow(RangeError);
    for (const text of ["", "1234", "x".repeat(16), "0".repeat(1000)])
      expect(checkReceiptCode(text)).toBeUndefined();
  });
});

describe("a case number", () => {
  it("is read back however it is typed, and a slip of one digit is found", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("WY", "T"),
        digits(7),
        fc.integer({ min: 0, max: 7 }),
        (prefix, seven, at) => {
          const number = makeCaseNumber(prefix, seven);
          expect(number).toMatch(/^[A-Z]+-\d{4}-\d{4}$/);
          expect(checkCaseNumber(number)).toBe(number);
          expect(checkCaseNumber(` ${number.toLowerCase().replaceAll("-", " ")} `)).toBe(number);
          const place = prefix.length + 1 + at + (at > 3 ? 1 : 0);
          expect(checkCaseNumber(change(number, place, 3))).toBeUndefined();
        },
      ),
    );
  });
  it("is made of a prefix and seven digits", () => {
    expect(() => makeCaseNumber("wy", "0217448")).toThrow(RangeError);
    expect(() => makeCaseNumber("WY", "217")).toThrow(RangeError);
    expect(checkCaseNumber("WY")).toBeUndefined();
  });
});

it("keeps Damm's own example", () => expect(checkDigit("572")).toBe("4"));

it("draws digits out of bytes, with the zeros in front", () => {
  expect(digitsOf(new Uint8Array([0, 0, 7]), 7)).toBe("0000007");
  expect(digitsOf(new Uint8Array([1, 0, 0]), 3)).toBe("536");
});
