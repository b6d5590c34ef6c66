import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chartOf, pageOfHistory } from "../../src/domain/case-history.ts";
import { makeCaseNumber, nameKey, normalizePhone } from "../../src/domain/identity.ts";
import { takePage } from "../../src/domain/keyset.ts";
import {
  filterQuery,
  type LineObservation,
  matches,
  OVERDUE,
  RISKS,
  readFilter,
  readSearch,
  STATES,
  standingOf,
} from "../../src/domain/line-list.ts";
import { maskDocument, maskName, maskPhone } from "../../src/domain/mask.ts";
import { sampleIdCard } from "../support/cast.ts";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(..."0123456789-+() ０１２３"), maxLength: 24 }),
);

describe("masks", () => {
  it("show a surname, the ends of a mobile and the start of a document", () => {
    expect([maskName("王示例"), maskName("阿米娜·示例"), maskName(" Amina")]).toEqual(["王*", "阿*", "A*"]);
    expect([maskName("王"), maskName(""), maskName(undefined), maskName("　")]).toEqual(["*", "*", "*", "*"]);
    expect(maskPhone("138 0013 8000")).toBe("138****8000");
    expect(maskPhone("0818-8600000")).toBe("****0000");
    expect([maskPhone("没有"), maskPhone(undefined), maskPhone("120")]).toEqual(["****", "****", "****"]);
    expect(maskDocument("51170219900101001x")).toBe("51****");
    expect([maskDocument("E12"), maskDocument(undefined)]).toEqual(["****", "****"]);
    expect(maskName("已封存")).toBe("已封存");
  });

  it("never reveal more than that of any text in any script", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = maskName(text);
        if (text !== "已封存") {
          expect([...name].length).toBeLessThanOrEqual(2);
          expect(name.endsWith("*")).toBe(true);
          // One character of two or more at most.
          if (name !== "*") expect([...text].length).toBeGreaterThanOrEqual(2);
        }
        const phone = maskPhone(text).replaceAll("*", "");
        const digits = normalizePhone(text) ?? "";
        expect(phone.length).toBeLessThanOrEqual(7);
        if (!digits) expect(phone).toBe("");
        else expect(digits.length - phone.length).toBeGreaterThanOrEqual(4);
        const document = maskDocument(text).replaceAll("*", "");
        expect(document.length).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe("a search", () => {
  it("is a number, a phone, a document or a name by its shape", () => {
    const number = makeCaseNumber("WY", "0217448");
    expect(readSearch(` ${number.toLowerCase()} `)).toEqual({ by: "number", household: number });
    expect(readSearch(`${number.replaceAll("-", "—")}—2`)).toEqual({
      by: "number",
      household: number,
      place: 2,
    });
    expect(readSearch("WY-0217-4480") ?? readSearch("WY-0217-4481")).toBeUndefined(); // a check digit is wrong
    // A passport of one letter and eight digits is none, whatever its last digit.
    for (let digit = 0; digit < 10; digit++)
      expect(readSearch(`E9999990${digit}`)).toEqual({ by: "document", key: `E9999990${digit}` });
    expect(readSearch("１３８ ００１３ ８０００")).toEqual({ by: "phone", key: "13800138000" });
    const card = sampleIdCard("19880214", "102");
    expect(readSearch(card)).toEqual({ by: "document", key: card });
    expect(readSearch("e-9999 9901")).toEqual({ by: "document", key: "E99999901" });
    expect(readSearch("阿米娜 · 示例")).toEqual({ by: "name", key: "阿米娜示例" });
    for (const nothing of ["", "　", "\u200b", "王".repeat(65)]) expect(readSearch(nothing)).toBeUndefined();
  });

  it("of any text is one of these or nothing, the same each time, and a name matches its own spelling", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const sought = readSearch(text);
        expect(readSearch(text)).toEqual(sought);
        if (sought?.by === "name") expect(sought.key).toBe(nameKey(text));
        if (sought && sought.by !== "number") expect(sought.key.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe("a filter", () => {
  it("travels through an address and comes back the same, whatever is combined", () => {
    const option = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({
          unit: fc.constantFrom("511781", "511781100", "511781100001"),
          state: option(STATES),
          risk: option(RISKS),
          overdue: option(OVERDUE),
          day: fc.option(fc.oneof(fc.nat(14), fc.constant("over" as const)), { nil: undefined }),
        }),
        (filter) => {
          const query = Object.fromEntries(filterQuery(filter, "511781"));
          expect(readFilter(query, "511781")).toEqual({ filter });
        },
      ),
    );
  });

  it("names the first code that is none", () => {
    expect(readFilter({ state: "gone" }, "511781").fault).toBe("state");
    expect(readFilter({ unit: "5117' OR 1" }, "511781").fault).toBe("unit");
    expect(readFilter({ day: "-3" }, "511781").fault).toBe("day");
    expect(readFilter({ state: "", day: " ", unknown: "x" }, "511781").fault).toBeUndefined();
  });
});

describe("pages of a list", () => {
  it("are disjoint, complete and in order for any data, any cost and any filter, and always get on", () => {
    const candidate = fc.record({ rows: fc.nat(20), cost: fc.nat(60) });
    fc.assert(
      fc.property(
        fc.array(candidate, { maxLength: 300 }),
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 0, max: 200 }),
        (all, slice, budget) => {
          const seen: number[] = [];
          let from = 0;
          for (let pages = 0; ; pages++) {
            expect(pages).toBeLessThanOrEqual(all.length + 1);
            const looked = all.slice(from, from + slice).map((one, at) => ({ ...one, key: from + at }));
            const end = looked.length === slice ? looked.at(-1)?.key : undefined;
            const { taken, next } = takePage(looked, { most: 50, budget, end });
            const shown = looked.slice(0, taken).filter(({ rows }) => rows > 0);
            if (shown.length > 1) {
              expect(shown.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(50);
              expect(shown.reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(
                Math.max(budget, shown[0]?.cost ?? 0),
              );
            }
            seen.push(...shown.map(({ key }) => key));
            if (next === undefined) break;
            expect(next).toBeGreaterThanOrEqual(from);
            from = next + 1;
          }
          expect(seen).toEqual(all.flatMap(({ rows }, at) => (rows > 0 ? [at] : [])));
        },
      ),
    );
  });

  it("of a history hold every event once, the newest first, cut between moments", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (moments, most) => {
          const events = moments.map((at, id) => ({ at: new Date(at), id }));
          const seen: typeof events = [];
          for (let before: Date | undefined = new Date(99); before; ) {
            const left = events.filter(({ at }) => at < (before as Date));
            const page = pageOfHistory(left, most);
            seen.push(...page.shown);
            before = page.before;
          }
          expect(seen.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(events.map(({ id }) => id));
          expect(seen.map(({ at }) => at.getTime())).toEqual(moments.toSorted((a, b) => b - a));
        },
      ),
    );
  });
});

describe("how somebody stands", () => {
  const now = new Date("2026-01-25T18:30:00+08:00");
  const at = { now, zone: "Asia/Shanghai", releaseHours: 2 };
  const noon = new Date("2026-01-25T12:00:00+08:00");
  const chen = {
    id: "WY-0217-4486-1",
    area: true,
    contact: false,
    symptoms: false,
    symptomatic: true,
    temperature: 373,
  };
  const seen = (more: Partial<LineObservation> = {}): LineObservation => ({
    day0: "2026-01-22",
    untilDate: "2026-02-05",
    firstDueAt: new Date("2026-01-22T23:00:00+08:00"),
    lastDueAt: new Date("2026-02-05T23:00:00+08:00"),
    heldAt: null,
    openedAt: new Date("2026-01-22T10:00:00+08:00"),
    endedAt: null,
    ending: null,
    ...more,
  });

  it("Chen waits to be verified, overdue by an hour, with 37.3 at registration", () => {
    const verifyDueAt = new Date(now.getTime() - 3_600_000);
    expect(standingOf(chen, undefined, { verifyDueAt }, at)).toEqual({
      state: "waiting",
      risks: { ill: false, fever: 373, abnormal: false, contact: false, area: true },
      overdue: [{ kind: "verify", since: verifyDueAt }],
    });
  });

  it("Bashir owes this morning's reading from noon on, until this evening's or it is there", () => {
    const read = (dueAt: Date) => ({ dueAt, temperature: 365, symptoms: false, abnormal: false });
    const overdue = (known: Parameters<typeof standingOf>[2]) => standingOf(chen, seen(), known, at).overdue;
    expect(overdue({})).toEqual([{ kind: "reading", since: noon }]);
    expect(overdue({ read: read(noon) })).toEqual([]);
    expect(overdue({ read: read(new Date("2026-01-25T23:00:00+08:00")) })).toEqual([]);
  });

  it("Dawa is due for release once the last day is over, and overdue two hours later; a fever holds her", () => {
    const over = {
      day0: "2026-01-10",
      untilDate: "2026-01-24",
      lastDueAt: new Date("2026-01-24T23:00:00+08:00"),
    };
    const known = { read: undefined };
    const dawa = standingOf(chen, seen(over), known, at);
    expect(dawa.progress).toEqual({ stage: "due", day: 14, days: 14 });
    expect(dawa.overdue).toEqual([{ kind: "release", since: new Date("2026-01-25T02:00:00+08:00") }]);
    expect(standingOf(chen, seen({ ...over, lastDueAt: null }), known, at).progress?.stage).toBe("held");
    expect(matches({ unit: "", day: "over" }, { observation: seen(over) }, "2026-01-25")).toBe(true);
    expect(matches({ unit: "", day: 3 }, { observation: seen() }, "2026-01-25")).toBe(true);
    expect(matches({ unit: "", day: 3 }, { observation: null }, "2026-01-25")).toBe(false);
  });
});

describe("the chart", () => {
  it("keeps every point within its frame and the fever line on it, whatever was measured", () => {
    const point = fc.record({
      at: fc.date({ min: new Date(0), max: new Date(2e12), noInvalidDate: true }),
      temperature: fc.integer({ min: 340, max: 430 }),
      abnormal: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), (points) => {
        const { dots, heightOf } = chartOf(points);
        for (const value of [...dots.flatMap(({ x, y }) => [x, y]), heightOf(373)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
