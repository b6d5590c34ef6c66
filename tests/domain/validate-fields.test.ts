import { describe, expect, it } from "vitest";
import { registration, tip } from "../../forms/index.ts";
import { exampleOf } from "../../src/forms/describe.ts";
import { amina, at, errorsOf, pathsOf, valuesOf, withPerson } from "../support/forms-registration.ts";

describe("dates and times", () => {
  it.each([
    ["2020-01-23T14:30", "2020-01-23T06:30:00.000Z"],
    ["2020-01-23 14:30", "2020-01-23T06:30:00.000Z"],
    ["２０２０年１月２３日１４：３０", "2020-01-23T06:30:00.000Z"],
    ["2020年1月23日 14时30分", "2020-01-23T06:30:00.000Z"],
    ["2020-01-23T14:30+08:00", "2020-01-23T06:30:00.000Z"],
    ["2020-01-23T06:30:00.000Z", "2020-01-23T06:30:00.000Z"],
    ["2020-01-23T24:00", "2020-01-23T16:00:00.000Z"],
  ])("home at %s is %s", (arrivedAt, moment) => {
    expect(valuesOf({ ...amina(), leftOn: "2020/1/22", arrivedAt }).arrivedAt).toBe(moment);
  });
  it.each([
    ["2020-01-28T14:01", "arrivedAt", "到家时间不能晚于现在；还没到家的，请到家后再报备"],
    ["2020-01-26T23:59", "arrivedAt", "到家时间不能早于离开当地的日期"],
    ["2020-02-30T10:00", "arrivedAt", "什么时候到家：没有这一天，请核对年、月、日"],
    ["2020-01-28T25:00", "arrivedAt", "什么时候到家：没有这个时间，请按 00:00 到 23:59 填写"],
    ["2020-01-28", "arrivedAt", "什么时候到家：请填写完整的日期和时间，例如 2020-01-23 14:30"],
    ["2020-01-28T", "arrivedAt", "什么时候到家：请填写完整的日期和时间，例如 2020-01-23 14:30"],
  ])("home at %s is refused", (arrivedAt, path, message) => {
    expect(errorsOf(registration, { ...amina(), arrivedAt })).toMatchObject([{ path, message }]);
  });
  it("takes the day and the time apart, too", () => {
    const arrivedAt = { date: "2020-01-28", time: "10:00" };
    expect(valuesOf({ ...amina(), arrivedAt }).arrivedAt).toBe("2020-01-28T02:00:00.000Z");
    expect(pathsOf({ ...amina(), arrivedAt: { date: "2020-01-28", time: "" } })).toEqual(["arrivedAt"]);
    expect(errorsOf(registration, { ...amina(), arrivedAt: { date: "", time: "" } })).toMatchObject([
      { code: "required" },
    ]);
  });
  it("does not let Mallory leave tomorrow, or in the wrong year, and says nothing twice", () => {
    expect(errorsOf(registration, { ...amina(), leftOn: "2020-01-29" })).toMatchObject([
      { path: "leftOn", message: "离开日期不能晚于今天" },
      { path: "arrivedAt" },
    ]);
    expect(errorsOf(registration, { ...amina(), leftOn: "2002-01-23" })).toMatchObject([
      { path: "leftOn", code: "constraint" },
    ]);
    expect(pathsOf({ ...amina(), leftOn: "2020-02-30" })).toEqual(["leftOn"]);
  });
});

describe("Chen's temperature", () => {
  it.each([
    ["37.3", 37.3],
    ["３７．３℃", 37.3],
    [37.2, 37.2],
    ["37.30", 37.3],
    ["38", 38],
    [34, 34],
    [43, 43],
  ])("%s is %s", (temperature, kept) => {
    expect(valuesOf(withPerson({ temperature })).persons[0]?.temperature).toBe(kept);
  });
  it.each([33.9, 43.1, "373", "-37", "98.6"])("%s is out of range, which is named", (temperature) => {
    expect(errorsOf(registration, withPerson({ temperature }))).toEqual([
      {
        path: "persons.0.temperature",
        code: "range",
        message: "体温：体温应在 34.0 到 43.0 ℃ 之间，请核对后重新填写",
      },
    ]);
  });
  it("is not rounded into or out of a fever", () => {
    expect(errorsOf(registration, withPerson({ temperature: "37.25" }))).toMatchObject([{ code: "format" }]);
    expect(errorsOf(registration, withPerson({ temperature: 37.299999 }))).toMatchObject([
      { code: "format" },
    ]);
  });
});

describe("documents", () => {
  it.each([
    [{ kind: "id_card", number: "110105194912310021" }, "number", "证件：身份证号有误，请逐位核对"],
    [
      { kind: "id_card", number: "11010519490231002X" },
      "number",
      "证件：身份证号中的出生日期不对，请核对第 7 到 14 位",
    ],
    [
      { kind: "id_card", number: "110105491231002" },
      "number",
      "证件：身份证号应为 18 位，末位可能是 X，请核对",
    ],
    [
      { kind: "residence_permit", number: "11010519491231002X" },
      "number",
      "证件：港澳台居民居住证号码以 810000、820000 或 830000 开头，请核对",
    ],
    [{ kind: "passport", number: "E12" }, "number", "证件：证件号码应为 5 到 20 位字母或数字，请核对"],
    [{ kind: "passport", number: "" }, "number", "证件：请填写证件号码"],
    [{ kind: "none", number: "E12345678" }, "number", "证件：已选没有证件，请删去号码，或改选证件类型"],
    [{ number: "11010519491231002X" }, "kind", "证件：请选择证件类型"],
  ])("%j is refused beside its %s", (document, part, message) => {
    expect(errorsOf(registration, withPerson({ document }))).toMatchObject([
      { path: `persons.0.document.${part}`, message },
    ]);
  });
  it.each([
    [
      { kind: "id_card", number: "44052418800101 0014" },
      { kind: "id_card", number: "440524188001010014" },
    ],
    [
      { kind: "passport", number: "ｅ１２３４５６７８" },
      { kind: "passport", number: "E12345678" },
    ],
    [{ kind: "none", number: "" }, { kind: "none" }],
    [{ kind: "", number: "" }, undefined],
    [{}, undefined],
    ["", undefined],
  ])("%j is kept as %j", (document, kept) => {
    expect(valuesOf(withPerson({ document })).persons[0]?.document).toEqual(kept);
  });
});

describe("text", () => {
  it.each([
    ["a control character", "示例\u0007"],
    ["a null", "示\u0000例"],
    ["half a surrogate pair", "示例\ud83d"],
    ["half a surrogate pair, the other way round", "\udc6a示例"],
    ["an escape sequence", "\u001b[31m示例"],
  ])("with %s is refused", (_, name) => {
    expect(errorsOf(registration, withPerson({ name }))).toEqual([
      { path: "persons.0.name", code: "characters", message: "姓名：含有不能识别的字符，请删去后重新输入" },
    ]);
  });
  it("keeps its lines only where there is room for them", () => {
    expect(valuesOf({ ...amina(), note: "第一行\r\n第二行" }).note).toBe("第一行\n第二行");
    expect(errorsOf(registration, { ...amina(), address: "第一行\n第二行" })).toMatchObject([
      { path: "address", code: "characters" },
    ]);
  });
  it("is counted in characters, not in halves of them", () => {
    expect(valuesOf(withPerson({ name: "𠮷".repeat(50) })).persons[0]?.name).toHaveLength(100);
    expect(errorsOf(registration, withPerson({ name: "𠮷".repeat(51) }))).toMatchObject([
      { code: "too-long", message: "姓名：最多 50 个字" },
    ]);
  });
  it("of a megabyte is refused as too long", () => {
    expect(errorsOf(tip, { ...exampleOf(tip, at), text: "示".repeat(1_000_000) })).toMatchObject([
      { path: "text", code: "too-long" },
    ]);
  });
  it("that only looks filled in is unanswered", () => {
    for (const name of ["", "   ", "\u3000", "\u200b\ufeff", null, undefined])
      expect(errorsOf(registration, withPerson({ name }))).toMatchObject([{ code: "required" }]);
  });
  it("loses the marks that turn the writing direction", () => {
    expect(valuesOf(withPerson({ name: "\u202e示例\u202c" })).persons[0]?.name).toBe("示例");
  });
});
