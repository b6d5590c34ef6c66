import { beforeEach, describe, expect, it } from "vitest";
import { addContact, openContact, removeContact } from "../../src/db/contact.ts";
import { contact, unit } from "../../src/db/schema.ts";
import { runBatch } from "../../src/db/store.ts";
import { findUnit, inSubtree, listChildren, unitPath, withinSubtree } from "../../src/db/unit.ts";
import { zero } from "../support/meter.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
});

describe("the tree of units", () => {
  it("finds a unit by its code and nothing by another", async () => {
    expect(await findUnit(county.deps.db, "511781100S01")).toMatchObject({
      name: "示例小学",
      kind: "school",
      parent: "511781100",
      closedAt: null,
    });
    expect(await findUnit(county.deps.db, "511781100S02")).toBeUndefined();
    expect(await findUnit(county.deps.db, "' OR 1=1 --")).toBeUndefined();
  });

  it("lists what lies directly below, by code, of the kinds asked for", async () => {
    const codes = async (parent: string, kinds?: Parameters<typeof listChildren>[2]) =>
      (await listChildren(county.deps.db, parent, kinds)).map(({ code }) => code);
    expect(await codes("511781")).toEqual(["511781100", "511781101"]);
    expect(await codes("511781100")).toEqual(["511781100001", "511781100002", "511781100S01"]);
    expect(await codes("511781100", ["village"])).toEqual(["511781100001", "511781100002"]);
    expect(await codes("511781100", [])).toHaveLength(3);
    expect(await codes("511781100001")).toEqual([]);
  });

  it("does not offer a closed unit, yet still finds it", async () => {
    await county.deps.d1.prepare("UPDATE unit SET closed_at = 1 WHERE code = '511781100002'").run();
    const open = await listChildren(county.deps.db, "511781100", ["village"]);
    expect(open.map(({ code }) => code)).toEqual(["511781100001"]);
    expect((await findUnit(county.deps.db, "511781100002"))?.closedAt).toEqual(new Date(1));
  });

  it("names the way from the county down", async () => {
    expect(await unitPath(county.deps.db, "511781100S01")).toEqual([
      { code: "511781", name: "万源市", kind: "county" },
      { code: "511781100", name: "太平镇", kind: "town" },
      { code: "511781100S01", name: "示例小学", kind: "school" },
    ]);
    expect(await unitPath(county.deps.db, "999999")).toEqual([]);
  });

  it("does not walk in circles when a parent is wrong", async () => {
    await county.deps.d1.prepare("UPDATE unit SET parent = '511781100001' WHERE code = '511781'").run();
    zero(county.meter);
    expect((await unitPath(county.deps.db, "511781100001")).length).toBeLessThanOrEqual(9);
    expect(county.meter.queries).toBe(1);
  });

  it("takes a subtree as a range of codes", async () => {
    const below = async (prefix: string) =>
      (await county.deps.db.select({ code: unit.code }).from(unit).where(inSubtree(unit.code, prefix))).map(
        ({ code }) => code,
      );
    expect(await below("511781100")).toEqual(["511781100", "511781100001", "511781100002", "511781100S01"]);
    expect(await below("511781101001")).toEqual(["511781101001"]);
    expect(await below("511782")).toEqual([]);
    expect(await below("")).toEqual([]);
    expect(withinSubtree("511781100S01", "511781100")).toBe(true);
    expect(withinSubtree("511781101", "511781100")).toBe(false);
    expect(withinSubtree("511781101", "")).toBe(false);
  });
});

describe("who hears for a unit", () => {
  const add = async (id: string, name: string, email: string, unitCode = "511781100001") => {
    const { statement } = await addContact(county.deps, {
      ...{ id, name, email, unitCode, role: "contact", lang: "zh-Hans", recordedAt: county.deps.now() },
    });
    await runBatch(county.deps.db, [statement]);
  };
  const standing = () => county.deps.db.select().from(contact);

  it("is sealed, and opens for the messages alone", async () => {
    await add("c-1", "吴网格·示例", "wu@sample.test");
    const [row] = await standing();
    expect(JSON.stringify(row)).not.toMatch(/示例|sample/);
    expect(row && (await openContact(county.deps, row))).toEqual({
      name: "吴网格·示例",
      email: "wu@sample.test",
    });
  });

  it("stands once with an address however it is spelled, and once more in another unit", async () => {
    await add("c-1", "吴网格·示例", "wu@sample.test");
    await add("c-2", "吴·示例", " WU@Sample.test");
    await add("c-3", "吴网格·示例", "wu@sample.test", "511781100002");
    expect((await standing()).map(({ id }) => id)).toEqual(["c-1", "c-3"]);
  });

  it("can be removed and comes back as the same contact", async () => {
    await add("c-1", "吴网格·示例", "wu@sample.test");
    await runBatch(county.deps.db, [removeContact(county.deps.db, "c-1", county.deps.now())]);
    expect((await standing())[0]?.removedAt).toEqual(county.deps.now());
    await add("c-2", "吴网格·示例", "wu@sample.test");
    expect(await standing()).toEqual([expect.objectContaining({ id: "c-1", removedAt: null })]);
  });
});
