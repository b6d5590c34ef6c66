import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderMessage } from "../../src/channels/messages.ts";
import {
  amongRegistered,
  batchState,
  countResults,
  decideRows,
  type ReadRow,
  type Registered,
  type RowKeys,
} from "../../src/domain/batch.ts";
import { placeTeller } from "../../src/domain/batch-place.ts";
import { columnsSuffice, readListed } from "../../src/domain/batch-row.ts";
import { deskPath } from "../../src/domain/desk-link.ts";
import { thingWords } from "../../src/views/alert-words.ts";
import { sampleIdCard } from "../support/cast.ts";

/*
 * What a row of a bureau's list is found to be, decided from blind indexes alone.
 */
const row = (at: number, more: Partial<ReadRow> = {}): ReadRow => ({
  ...{
    row: at,
    idIndex: `id${at}`,
    phoneIndex: `phone${at}`,
    nameIndex: `name${at}`,
    unitCode: "511781100001",
  },
  ...{ faults: [], usable: true, ...more },
});
const person = (more: Partial<Registered> = {}): Registered => ({
  ...{ personId: "WY-0217-4486-1", idIndex: "id1", nameIndex: "name1", phoneIndex: "phone1", ...more },
});
const decide = (
  one: ReadRow,
  { registered = [], earlier = [] }: { registered?: Registered[]; earlier?: RowKeys[] } = {},
) => {
  const [decided] = decideRows([one], { registered, earlier, sought: [] });
  return [decided?.result, ...(decided?.faults.map(([, word]) => word) ?? [])];
};

describe("a row against who is registered", () => {
  it("is known by its document, or by phone and name, and by nothing less", () => {
    expect(decide(row(1), { registered: [person()] })).toEqual(["known"]);
    expect(decide(row(1, { idIndex: null }), { registered: [person()] })).toEqual(["known"]);
    expect(decide(row(1), { registered: [person({ phoneIndex: null })] })).toEqual(["known"]);
    expect(decide(row(1), { registered: [person({ idIndex: null, phoneIndex: null })] })).toEqual(["new"]);
  });

  it("is a person's to decide where name, document or phone disagree", () => {
    expect(decide(row(1), { registered: [person({ nameIndex: "other" })] })).toEqual([
      ...["conflicting", "document-other-name"],
    ]);
    expect(decide(row(1, { idIndex: null }), { registered: [person({ nameIndex: "other" })] })).toEqual([
      ...["conflicting", "phone-other-name"],
    ]);
    expect(decide(row(1), { registered: [person({ idIndex: "other" })] })).toEqual([
      ...["conflicting", "name-other-document"],
    ]);
    const two = [person({ phoneIndex: null }), person({ personId: "WY-0217-4487-1", idIndex: "id9" })];
    expect(decide(row(1), { registered: two })).toEqual(["conflicting", "two-persons"]);
    const named = [
      person({ phoneIndex: null }),
      person({ personId: "WY-1-1", phoneIndex: null, nameIndex: "x" }),
    ];
    expect(decide(row(1), { registered: named })).toEqual(["conflicting", "two-persons"]);
  });

  it("does not take a person twice registered for two", () => {
    const twice = [person(), person({ personId: "WY-0217-4490-1" })];
    expect(amongRegistered(row(1), twice)).toEqual({ result: "known", personId: "WY-0217-4486-1" });
  });
});

describe("a row against its own list", () => {
  it("repeats an earlier row, or says otherwise of the same person", () => {
    const first = row(2);
    expect(decide(row(3, { ...keys(first) }), { earlier: [first] })).toEqual(["known", "repeats:2"]);
    expect(decide(row(3, { ...keys(first), phoneIndex: "else" }), { earlier: [first] })).toEqual([
      ...["conflicting", "differs:2"],
    ]);
    expect(decide(row(3, { ...keys(first), unitCode: null }), { earlier: [first] })).toEqual([
      ...["conflicting", "differs:2"],
    ]);
    // A family, or a school, has one phone.
    expect(decide(row(3, { phoneIndex: first.phoneIndex }), { earlier: [first] })).toEqual(["new"]);
  });

  it("is told apart from one that was rejected: a row without a name is nobody's twin", () => {
    const rows = [row(2, { nameIndex: null }), row(3, { idIndex: "id2", phoneIndex: "phone2" })];
    const decided = decideRows(rows, { registered: [], earlier: [], sought: [] });
    expect(decided.map(({ result }) => result)).toEqual(["rejected", "new"]);
  });
});

const keys = ({ idIndex, phoneIndex, nameIndex, unitCode }: RowKeys) => ({
  ...{ idIndex, phoneIndex, nameIndex, unitCode },
});

it("gives every row one result, whatever the rows: new + known + conflicting + rejected = rows", () => {
  const key = (name: string) => fc.option(fc.constantFrom(`${name}a`, `${name}b`, `${name}c`), { nil: null });
  const keyed = fc.record({ idIndex: key("i"), phoneIndex: key("p"), nameIndex: key("n") });
  const rows = fc.array(fc.tuple(keyed, fc.boolean(), fc.boolean()), { maxLength: 60 });
  fc.assert(
    fc.property(
      rows,
      fc.array(keyed, { maxLength: 6 }),
      fc.array(keyed, { maxLength: 4 }),
      (made, known, sought) => {
        const list = made.map(([one, usable, placed], at) =>
          row(at + 2, {
            ...one,
            usable,
            ...(placed ? {} : { unitCode: null, placeFault: "place-unknown" as const }),
          }),
        );
        const around = {
          registered: known.map((one, at) => ({ ...one, personId: `WY-0217-${at}-1` })),
          sought: sought.map((one, at) => ({ ...one, row: at + 2, unitCode: null, batchId: "PC-0127-0031" })),
          earlier: [],
        };
        const decided = decideRows(list, around);
        const counts = countResults(decided);
        expect(counts.new + counts.known + counts.conflicting + counts.rejected).toBe(list.length);
        expect(decided.map((one) => one.row)).toEqual(list.map((one) => one.row));
        // In whatever pieces, the answer is the same.
        const half = Math.floor(list.length / 2);
        const first = decideRows(list.slice(0, half), around);
        const earlier = list.filter((_, at) => at < half && first[at]?.result !== "rejected");
        expect([...first, ...decideRows(list.slice(half), { ...around, earlier })]).toEqual(decided);
        for (const one of decided)
          if (one.result === "new") {
            expect(one.unitCode).not.toBeNull();
            expect(
              known.some((each) => each.idIndex !== null && each.idIndex === list[one.row - 2]?.idIndex),
            ).toBe(false);
          }
      },
    ),
  );
});

describe("where somebody belongs", () => {
  const units = [
    ["511781100", "太平镇", "town"],
    ["511781101", "青花镇", "town"],
    ["511781100001", "示例一社区", "village"],
    ["511781100002", "上示例一社区", "village"],
    ["511781100003", "河口村", "village"],
    ["511781101001", "河口村", "village"],
  ].map(([code = "", name = "", kind = ""]) => ({ code, name, kind }));
  const tell = placeTeller(units, "511781");
  const at = (address: string, village = "", town = "") => {
    const told = tell({ address, village, town });
    return "fault" in told ? told.fault : told.unitCode;
  };
  it.each([
    ["四川省万源市太平镇示例一社区 3 组", "", "", "511781100001"],
    ["太平镇上示例一社区", "", "", "511781100002"],
    ["", "示例一", "太平镇", "511781100001"],
    ["", "示例一居委会", "", "511781100001"],
    ["", "511781101001", "", "511781101001"],
    ["河口村 2 组", "", "", "place-ambiguous"],
    ["", "河口村", "青花镇", "511781101001"],
    ["太平镇 某路 1 号", "", "", "511781100"],
    ["", "示例一社区", "青花镇", "place-contradicts"],
    ["", "没有的村", "青花镇", "511781101"],
    ["太平镇或青花镇", "", "", "place-ambiguous"],
    ["示例省示例县", "", "", "place-unknown"],
    ["", "", "", "place-unknown"],
  ])("%s %s %s → %s", (address, village, town, told) => {
    expect(at(address, village, town)).toBe(told);
  });

  it("is outside for a list of another town, and the village itself for a village's own list", () => {
    expect(placeTeller(units, "511781101")({ address: "示例一社区", village: "", town: "" })).toEqual({
      fault: "place-outside",
    });
    expect(placeTeller(units, "511781100001")({ address: "", village: "", town: "" })).toEqual({
      unitCode: "511781100001",
    });
  });
});

describe("what a row says", () => {
  const columns = { name: "A", idDocument: "B", phone: "C", village: "D" };
  const read = (...cells: (string | { text: string; kind: "number"; raw: string })[]) =>
    readListed(cells, columns, "2026-01-27");
  const id = sampleIdCard("19880214", "102");

  it("is read by its columns, half width, without what Excel was told", () => {
    const {
      person: said,
      keys: index,
      faults,
      usable,
    } = read(" 阿米娜·示例 ", `'${id}`, "139 0000 0001", "示例一社区");
    expect(said.name).toBe("阿米娜·示例");
    expect(index).toEqual({ name: "阿米娜示例", document: `id_card:${id}`, phone: "13900000001" });
    expect([faults, usable]).toEqual([[], true]);
  });

  it("leaves out what is spoiled and says so by its column; the phone or the place still finds the person", () => {
    expect(read("示例甲", "9.99999E+17", "", "").faults).toEqual([["B", "exponent"]]);
    expect(read("示例甲", "9.99999E+17", "", "").usable).toBe(false);
    expect(read("示例甲", "9.99999E+17", "13900000001", "").usable).toBe(true);
    const spoiled = { text: "999999198802141000", kind: "number" as const, raw: "999999198802141000" };
    expect(read("示例甲", spoiled, "", "示例一社区")).toMatchObject({
      ...{ usable: true, keys: { document: null }, faults: [["B", "precision"]] },
    });
    expect(read("示例甲", `${id.slice(0, 17)}${id.endsWith("0") ? "1" : "0"}`, "", "").faults).toEqual([
      ["B", "id-check"],
    ]);
    expect(read("示例甲", "", "12", "").faults).toEqual([["C", "phone-shape"]]);
    expect(read("示例甲", "", "0818-1234567、13900000001", "").keys.phone).toBe("08181234567");
    expect(read("示例甲", "E99999901", "", "").keys.document).toBe("passport:E99999901");
  });

  it("needs a column for the name and one to look by", () => {
    expect(columnsSuffice(columns)).toBe(true);
    expect(columnsSuffice({ name: "A" })).toBe(false);
    expect(columnsSuffice({ idDocument: "A", phone: "B" })).toBe(false);
  });
});

it("stands where its moments say", () => {
  const none = { columns: null, confirmedAt: null, closedAt: null, finishedAt: null, withdrawnAt: null };
  const at = { ...none, lastRow: 10, storedUpTo: 10, checkedUpTo: 0, appliedUpTo: 0 };
  const now = new Date(0);
  expect(batchState({ ...at, storedUpTo: 5 })).toBe("receiving");
  expect(batchState(at)).toBe("columns");
  expect(batchState({ ...at, columns: {} })).toBe("checking");
  expect(batchState({ ...at, columns: {}, checkedUpTo: 10 })).toBe("ready");
  const agreed = { ...at, columns: {}, checkedUpTo: 10, confirmedAt: now };
  expect(batchState(agreed)).toBe("applying");
  expect(batchState({ ...agreed, appliedUpTo: 10 })).toBe("open");
  expect(batchState({ ...agreed, appliedUpTo: 10, closedAt: now })).toBe("closing");
  expect(batchState({ ...agreed, finishedAt: now })).toBe("finished");
  expect(batchState({ ...agreed, withdrawnAt: now })).toBe("withdrawn");
});

it("is told of by list and row, never by name, and leads to its own page", () => {
  const subjectId = "PC-0127-0031/17";
  const at = new Date("2026-01-27T10:00:00+08:00");
  const { text } = renderMessage(
    {
      ...{ lang: "zh-Hans", countyName: "万源市", unitName: "示例一社区", detectedAt: at, sentAt: at },
      groups: [
        {
          ...{ tone: "notice", total: 1 },
          lines: [
            { kind: "listed", subjectId, unitName: "示例一社区", dueAt: new Date(at.getTime() + 7_200_000) },
          ],
        },
      ],
    },
    "Asia/Shanghai",
  );
  expect(text).toContain("名单 PC-0127-0031 第 17 行，示例一社区，请于 1月27日 12:00 前查找登记");
  expect(thingWords({ kind: "listed", subjectId, about: null }, "zh-Hans", "2026-01-27")).toBe(
    "查找登记：名单 PC-0127-0031 第 17 行",
  );
  expect(deskPath("listed", "511781100001", subjectId)).toBe("/units/511781100001/listed/PC-0127-0031/17");
});
