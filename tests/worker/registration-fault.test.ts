import { beforeEach, describe, expect, it } from "vitest";
import { openDb } from "../../src/db/store.ts";
import type { Deps } from "../../src/http/factory.ts";
import { amina, chen, household } from "../support/cast.ts";
import { countsOf, NOTHING, register, rowsOf } from "../support/records.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
});

describe("when the database fails", () => {
  const personal = /示例|1390000|999999|G9999|sample/;
  const faultOf = async (deps: Deps) => {
    const error = await register(deps, household([amina(), chen()])).then(
      () => new Error("nothing was thrown"),
      (thrown: unknown) => thrown as Error,
    );
    return { name: error.name, said: `${error.message} ${error.stack} ${error.cause}` };
  };
  const without = (batch: (statements: D1PreparedStatement[]) => Promise<never>): Deps => {
    const d1 = { ...county.deps.d1, batch } as unknown as D1Database;
    return { ...county.deps, d1, db: openDb(d1) };
  };

  it.each(["submission", "household", "person", "link", "obligation", "transition"])(
    "in the middle, at %s, nothing is half-written and no word of the family is in the error",
    async (table) => {
      await county.deps.d1
        .prepare(
          `CREATE TRIGGER broken BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
        )
        .run();
      const { name, said } = await faultOf(county.deps);
      expect(name).toBe("DatabaseFault");
      expect(said).not.toMatch(personal);
      expect(await countsOf(county)).toEqual(NOTHING);
      await county.deps.d1.prepare("DROP TRIGGER broken").run();
      expect((await register(county.deps, household([amina(), chen()]))).persons).toBe(2);
    },
  );

  it("before it begins, the error repeats nothing that the driver said", async () => {
    const deps = without(async () => {
      throw new Error("D1_ERROR: network lost\nparams: 阿米娜·示例, 13900000001\n    at 示例 (x.js:1:1)");
    });
    const { name, said } = await faultOf(deps);
    expect(name).toBe("DatabaseFault");
    expect(said).toContain("D1_ERROR");
    expect(said).not.toMatch(personal);
    expect(await countsOf(county)).toEqual(NOTHING);
  });

  it("after it stored everything, sending again gives the receipt", async () => {
    const deps = without(async (statements) => {
      await county.deps.d1.batch(statements);
      throw new Error("D1_ERROR: connection reset");
    });
    expect((await faultOf(deps)).name).toBe("DatabaseFault");
    const receipt = await register(county.deps, household([amina(), chen()]));
    expect(receipt).toMatchObject({ persons: 2, urgent: true });
    expect((await rowsOf(county, "household")).map((row) => row.id)).toEqual([receipt.caseNumber]);
  });
});
