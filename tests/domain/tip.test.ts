import { describe, expect, it } from "vitest";
import { ProblemError } from "../../src/domain/problem.ts";
import { planTip, readText, TIP_MESSAGE_LENGTH } from "../../src/domain/tip.ts";
import { parseSettings } from "../../src/env.ts";
import { wuTip } from "../support/cast.ts";

const settings = parseSettings({
  COUNTY_CODE: "511781",
  PUBLIC_URL: "https://baobei.example",
  MASTER_SECRET: "x".repeat(43),
  DEV: "1",
});
const now = new Date("2026-01-25T10:00:00+08:00");

describe("what a tip becomes", () => {
  const plan = planTip(wuTip(), {
    now,
    settings,
    arrival: { id: "s", form: "tip", formVersion: 1, door: "page", contentHash: "c" },
    tipNumber: "T-4471-0932",
    code: "0000000000000000",
  });

  it("gives the unit it concerns two hours", () => {
    expect(plan.tip.verifyDueAt.toISOString()).toBe("2026-01-25T04:00:00.000Z");
    expect(plan.obligation).toMatchObject({
      id: "tip/T-4471-0932",
      kind: "tip",
      unitCode: "511781100001",
      openedAt: now,
      dueAt: plan.tip.verifyDueAt,
    });
  });

  it("keeps what the sender wrote in the details that are sealed", () => {
    const { details, ...clear } = plan.tip;
    expect(details).toEqual({
      place: "示例小区 3 栋",
      text: "昨晚看到三楼有人拖着行李回来（示例线索）",
      about: "三楼的租客（示例）",
      reachable: "wu@example.test",
    });
    expect(JSON.stringify([clear, plan.obligation])).not.toMatch(/示例|example/);
  });
});

describe("free text to be stored", () => {
  const codeOf = (text: string) => {
    try {
      readText(text, "text", TIP_MESSAGE_LENGTH, "en");
    } catch (error) {
      if (error instanceof ProblemError) return error.problem.errors?.[0]?.code;
    }
    return undefined;
  };

  it("loses its edges and keeps its lines", () => {
    expect(readText("  第一行\r\n第二行\t完 \n", "text", 100)).toBe("第一行\n第二行\t完");
  });

  it("is counted in characters, so that two thousand Han of the rare planes still fit", () => {
    expect(codeOf("𠮷".repeat(TIP_MESSAGE_LENGTH))).toBeUndefined();
    expect(codeOf("字".repeat(TIP_MESSAGE_LENGTH + 1))).toBe("too-long");
  });

  it.each([
    ["", "required"],
    [" \r\n ", "required"],
    ["a\u0000b", "characters"],
    ["a\u001bb", "characters"],
    ["half \ud800 a character", "characters"],
    ["\udc00", "characters"],
  ])("is refused as %j", (text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});
