import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  actToAssign,
  mayReachSender,
  planTie,
  readTipCursor,
  TIP_FOLLOWERS,
  type Tie,
  writeTipCursor,
} from "../../src/domain/tip-desk.ts";

/** Tips and whom each follows: what the table of links keeps. */
type County = { leads: Map<string, string>; settled: Set<string> };

const tie = ({ leads, settled }: County, id: string): Tie => ({
  id,
  settled: settled.has(id),
  lead: leads.get(id) ?? null,
  followers: [...leads.values()].filter((lead) => lead === id).length,
});

/** What db/tip-link.ts writes for a plan: followers come along, and a settled lead answers at once. */
function link(county: County, from: string, to: string): void {
  const one = tie(county, to);
  const plan = planTie(tie(county, from), one, one.lead ? tie(county, one.lead) : undefined);
  if ("refused" in plan) return;
  const { lead } = plan;
  for (const [id, its] of county.leads) if (its === from) county.leads.set(id, lead.id);
  county.leads.set(from, lead.id);
  if (lead.settled) settle(county, lead.id);
}
const settle = ({ leads, settled }: County, id: string): void => {
  settled.add(id);
  for (const [follower, lead] of leads) if (lead === id) settled.add(follower);
};

const tips = ["T-1", "T-2", "T-3", "T-4", "T-5", "T-6"];
const one = fc.constantFrom(...tips);
const act = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constant("link" as const), one, one) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("unlink" as const), one, one) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("settle" as const), one, one) },
);

describe("tips that are answered together", () => {
  it("make no chain and no circle, whatever Li and Zhou link, unlink and settle", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const county: County = { leads: new Map(), settled: new Set() };
        for (const [verb, from, to] of acts) {
          if (verb === "link") link(county, from, to);
          if (verb === "unlink" && !county.settled.has(from)) county.leads.delete(from);
          if (verb === "settle") settle(county, from);
          for (const [follower, lead] of county.leads) {
            expect(lead).not.toBe(follower);
            expect(county.leads.has(lead)).toBe(false);
            // Nobody waits behind an answer that was given.
            if (county.settled.has(lead)) expect(county.settled.has(follower)).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  const alone = (id: string, more: Partial<Tie> = {}): Tie => ({
    ...{ id, settled: false, lead: null, followers: 0 },
    ...more,
  });

  it("follow the lead of the tip that was named", () => {
    const lead = alone("T-1", { followers: 1 });
    expect(planTie(alone("T-3"), alone("T-2", { lead: "T-1" }), lead)).toEqual({ lead });
  });

  it.each([
    ["itself", alone("T-1"), alone("T-1"), undefined],
    ["turned", alone("T-1", { followers: 1 }), alone("T-2", { lead: "T-1" }), alone("T-1", { followers: 1 })],
    ["settled", alone("T-1", { settled: true }), alone("T-2"), undefined],
    ["follows", alone("T-1", { lead: "T-3" }), alone("T-2"), undefined],
    ["full", alone("T-1"), alone("T-2", { followers: TIP_FOLLOWERS }), undefined],
    ["full", alone("T-1", { followers: 100 }), alone("T-2", { followers: 100 }), undefined],
  ])("are refused as %s", (refused, from, to, lead) => {
    expect(planTie(from, to, lead)).toEqual({ refused });
  });
});

describe("who may do what with a tip", () => {
  it("lets towns and the county alone ask for its sender", () => {
    expect(
      (["county", "town", "village", "grid", "school", "enterprise", "checkpoint", "bureau"] as const).filter(
        mayReachSender,
      ),
    ).toEqual(["county", "town"]);
  });

  it("lets everybody hand it round in their own unit, and managers beyond it, within their scope", () => {
    const town = { own: "511781100", scope: { code: "511781100", exact: false } };
    expect(actToAssign(town, "511781100", "511781100")).toBe("settle");
    expect(actToAssign(town, "511781100", "511781100001")).toBe("manage");
    expect(actToAssign(town, "511781100001", "511781100")).toBe("manage");
    expect(actToAssign(town, "511781100001", "511781100001")).toBe("manage");
    expect(actToAssign(town, "511781100", "511781101")).toBeUndefined();
    expect(actToAssign(town, "511781", "511781100")).toBeUndefined();
  });
});

describe("where a page of the queue ended", () => {
  it("is read as it was written", () => {
    const cursor = { metAt: 0, dueAt: 1769310000000, unitCode: "511781100001A1", tipId: "T-4471-0932" };
    expect(readTipCursor(writeTipCursor(cursor))).toEqual(cursor);
  });

  it("is nothing when it was made up", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
        expect(readTipCursor(text)).toBeUndefined();
      }),
    );
    for (const text of [
      "0.1.511781.T-1-1",
      "0.-1.511781.T-4471-0932",
      "0.1.511781.T-4471-0932 ",
      "1.1.a.T-4471-0932",
    ])
      expect(readTipCursor(text)).toBeUndefined();
  });
});
