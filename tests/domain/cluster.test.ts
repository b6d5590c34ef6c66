import { describe, expect, it } from "vitest";
import {
  clusterSize,
  clusterUnitOf,
  readClusterSubject,
  recipientChoices,
  recipientsOf,
} from "../../src/domain/cluster.ts";

const settings = { COUNTY_CODE: "511781" };

describe("the size of a cluster", () => {
  it("counts a person once, however often the fever is reported", () => {
    const chen = { subjectId: "WY-0217-4486-1", count: 1 };
    expect(clusterSize([chen, chen, { subjectId: "WY-0217-4486-2", count: 1 }])).toBe(2);
  });

  it("takes the most that was reported of each day, and adds the days", () => {
    const day = (date: string, count: number) => ({ subjectId: `report/${date}`, count });
    expect(clusterSize([day("2026-01-25", 2), day("2026-01-25", 1), day("2026-01-26", 1)])).toBe(3);
  });

  it("does not add a village's report to the people it speaks of", () => {
    const people = [1, 2].map((place) => ({ subjectId: `WY-0217-4486-${place}`, count: 1 }));
    expect(clusterSize([...people, { subjectId: "report/2026-01-25", count: 2 }])).toBe(2);
    expect(clusterSize([])).toBe(0);
  });
});

describe("who is told", () => {
  it("is the CDC and education for a school, the CDC and health for any other", () => {
    expect(recipientsOf("511781100S01", settings as never)).toEqual([
      { recipient: "cdc", code: "511781B01" },
      { recipient: "education", code: "511781B02" },
    ]);
    expect(recipientsOf("511781100001", settings as never)).toEqual([
      { recipient: "cdc", code: "511781B01" },
      { recipient: "health", code: "511781B03" },
    ]);
  });

  it("is whom the settings name", () => {
    const named = { ...settings, CLUSTER_CDC: "511781B07" } as never;
    expect(recipientsOf("511781100001", named)[0]).toEqual({ recipient: "cdc", code: "511781B07" });
    expect(recipientChoices(named)).toHaveLength(4);
  });
});

it("counts a grid to its village, and knows no cluster of a town or a bureau", () => {
  expect(clusterUnitOf("511781100001G1")).toBe("511781100001");
  expect(clusterUnitOf("511781100001")).toBe("511781100001");
  expect(clusterUnitOf("511781100E01")).toBe("511781100E01");
  expect([clusterUnitOf("511781100"), clusterUnitOf("511781B01"), clusterUnitOf("x")]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});

it("reads what an obligation is about", () => {
  expect(readClusterSubject("511781100S01/2026-01-25/education")).toEqual({
    ...{ unitCode: "511781100S01", date: "2026-01-25", recipient: "education" },
  });
});
