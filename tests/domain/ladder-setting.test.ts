import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLadders } from "../../src/domain/ladder-setting.ts";

const step = (more: object = {}) => ({ after: 0, anchor: "due", tone: "overdue", to: "unit", ...more });
const fault = (ladders: unknown) => {
  const read = parseLadders(typeof ladders === "string" ? ladders : JSON.stringify(ladders));
  return "fault" in read ? read.fault : undefined;
};

describe("a county's own ladders", () => {
  it("take a duty officer, a named inspector, a channel and a reminder", () => {
    const tip = [
      step({ anchor: "opened", tone: "notice", role: "duty" }),
      step({ role: "duty", channel: "wecom" }),
      step({ after: 30, to: "county", role: "inspector", unit: "511781B01", repeat: 60 }),
    ];
    expect(parseLadders(JSON.stringify({ tip }))).toEqual({ ladders: { tip } });
    expect(parseLadders("{}")).toEqual({ ladders: {} });
  });

  it.each([
    ["no step", { tip: [] }, "at least one step"],
    [
      "a loop: a step before the one above it",
      { tip: [step({ after: 30 }), step({ after: 10 })] },
      "step 2 comes before",
    ],
    ["a loop: back to the opening", { tip: [step(), step({ anchor: "opened" })] }, "never goes back"],
    ["a reminder in the middle", { tip: [step({ repeat: 60 }), step()] }, "only the last one can"],
    ["a reminder every minute", { tip: [step({ repeat: 1 })] }, "5 at least"],
    ["a reminder every nothing", { tip: [step({ repeat: 0 })] }, "5 at least"],
    ["a first step that stands in", { tip: [step({ ifSilent: true })] }, "stand in"],
    ["nobody to hear", { tip: [step({ to: "nobody" })] }, "needs to"],
    ["an unknown role", { tip: [step({ role: "mayor" })] }, "needs role"],
    ["an unknown channel", { tip: [step({ channel: "fax" })] }, "needs channel"],
    ["a unit that cannot be", { tip: [step({ unit: "'; DROP" })] }, "unit's code"],
    ["minutes that are none", { tip: [step({ after: -5 })] }, "minutes"],
    ["half a minute", { tip: [step({ after: 0.5 })] }, "minutes"],
    ["a week and more", { tip: [step({ after: 99999 })] }, "minutes"],
    ["a misspelt word", { tip: [step({ chanel: "mail" })] }, 'knows no "chanel"'],
    ["a kind nobody knows", { tips: [step()] }, 'knows no kind "tips"'],
    ["the slots' own ladder", { "follow-up": [step()] }, "cannot change follow-up"],
    ["twenty-one steps", { tip: Array.from({ length: 21 }, (_, after) => step({ after })) }, "at most 20"],
    ["a list", [step()], "must be JSON"],
    ["text", "{", "must be JSON"],
    ["a step that is a number", { tip: [7] }, "must be an object"],
  ])("with %s are refused in a sentence that says what to mend", (_, ladders, words) => {
    expect(fault(ladders)).toContain(words);
  });

  it("never throw, whatever stands there", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseLadders(text)).toBeTypeOf("object");
      }),
    );
  });
});
