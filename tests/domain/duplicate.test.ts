import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  birthOf,
  type Compared,
  isPersonId,
  mergeFault,
  reasonFor,
  standsFirst,
  type Tied,
} from "../../src/domain/duplicate.ts";

const amina: Compared = {
  ...{ id: "WY-0001-0001-1", householdId: "WY-0001-0001", unitCode: "511781100001" },
  ...{ nameKey: "amina", phoneKey: "138", birth: "19900307" },
};
const other = (more: Partial<Compared> = {}): Compared => ({
  ...amina,
  ...{ id: "WY-0002-0002-1", householdId: "WY-0002-0002" },
  ...more,
});
const tied = (id: string, more: Partial<Tied> = {}): Tied => ({
  ...{ id, duplicateOf: null, recordedAt: new Date("2026-01-24T08:00:00Z"), open: false },
  ...{ mergedInto: null, flagged: false, has: false },
  ...more,
});

describe("who may be registered twice", () => {
  it.each([
    ["one telephone and one name", {}, "phone"],
    ["one telephone and one day of birth, the name typed otherwise", { nameKey: "amira" }, "phone"],
    ["a family's telephone and another name", { nameKey: "bashir", birth: "19920101" }, undefined],
    [
      "a family's telephone and nothing known of when they were born",
      { nameKey: "b", birth: undefined },
      undefined,
    ],
    ["one name and year of birth in one village", { phoneKey: "139", birth: "19901231" }, "name"],
    ["one name in one village, born in another year", { phoneKey: "139", birth: "19910307" }, undefined],
    [
      "one name in one village, of one nothing is known of when",
      { phoneKey: null, birth: undefined },
      undefined,
    ],
    ["one name and year in two villages", { phoneKey: "139", unitCode: "511781100002" }, undefined],
    ["the same household", { householdId: "WY-0001-0001" }, undefined],
  ] as const)("%s", (_, more, why) => {
    expect(reasonFor(amina, other(more))).toBe(why);
    expect(reasonFor(other(more), amina)).toBe(why);
  });

  it("two of whom no telephone is known do not share one", () => {
    expect(reasonFor({ ...amina, phoneKey: null }, other({ phoneKey: null, unitCode: "x" }))).toBeUndefined();
  });

  it("an ID card and a residence permit say when somebody was born, a passport does not", () => {
    expect(birthOf({ kind: "id_card", number: "11010519491231002x" })).toBe("19491231");
    expect(birthOf({ kind: "residence_permit", number: "810000 19900101 0011" })).toBe("19900101");
    expect(birthOf({ kind: "passport", number: "E12345678" })).toBeUndefined();
    expect(birthOf({ kind: "none" })).toBeUndefined();
    expect(birthOf(undefined)).toBeUndefined();
  });

  it("is asked about a person's number alone", () => {
    expect(isPersonId("WY-0217-4486-1")).toBe(true);
    for (const text of ["WY-0217-4486", "", "../x", "WY-0217-4486-1 OR 1"])
      expect(isPersonId(text)).toBe(false);
  });
});

describe("which of two stands", () => {
  it("the earlier, whoever is asked for first; and never the one flagged for the other's document", () => {
    const at = fc.integer({ min: 0, max: 3 }).map((ms) => new Date(ms));
    fc.assert(
      fc.property(at, at, fc.constantFrom("none", "one", "two"), (first, second, flagged) => {
        const one = tied("WY-0001-0001-1", {
          recordedAt: first,
          duplicateOf: flagged === "one" ? "WY-0002-0002-1" : null,
        });
        const two = tied("WY-0002-0002-1", {
          recordedAt: second,
          duplicateOf: flagged === "two" ? "WY-0001-0001-1" : null,
        });
        const [stands, goes] = standsFirst(one, two);
        expect(standsFirst(two, one)).toEqual([stands, goes]);
        expect(stands.duplicateOf).toBeNull();
        if (flagged === "none") expect(stands.recordedAt <= goes.recordedAt).toBe(true);
      }),
    );
  });

  it.each([
    ["merged himself", { mergedInto: "x" }, {}, "stands-merged"],
    ["a duplicate himself", { flagged: true }, {}, "stands-flagged"],
    ["the other merged already", {}, { mergedInto: "x" }, "goes-merged"],
    ["others merged into the other", {}, { has: true }, "goes-stands"],
    ["the other alone observed", {}, { open: true }, "unobserved"],
    ["both observed", { open: true }, { open: true }, undefined],
    ["others merged into him", { has: true }, {}, undefined],
    ["the other flagged", {}, { flagged: true, duplicateOf: "x" }, undefined],
  ] as const)("%s", (_, stands, goes, fault) => {
    expect(mergeFault(tied("WY-0001-0001-1", stands), tied("WY-0002-0002-1", goes))).toBe(fault);
  });
});
