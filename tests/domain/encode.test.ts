import { expect, it } from "vitest";
import { registration } from "../../forms/index.ts";
import { decodeForm, encodeForm } from "../../src/forms/encode.ts";
import { validate } from "../../src/forms/validate.ts";
import { sampleForm } from "../support/forms-sample.ts";

it("reads Amina's page as nested answers, documents and all", () => {
  expect(
    decodeForm(registration, [
      ["unit", "511781100201"],
      ["arrivedAt.date", "2020-01-23"],
      ["arrivedAt.time", "14:30"],
      ["persons.0.name", "示例一"],
      ["persons.0.document.kind", "id_card"],
      ["persons.0.document.number", "11010519491231002X"],
      ["persons.1.name", "示例二"],
      ["clientId", "not a field"],
      ["persons.0.admin", "true"],
    ]),
  ).toEqual({
    unit: "511781100201",
    arrivedAt: "2020-01-23T14:30",
    persons: [
      { name: "示例一", document: { kind: "id_card", number: "11010519491231002X" } },
      { name: "示例二" },
    ],
  });
});

it("takes the last of a name sent twice, all of a question with several answers, and strings alone", () => {
  const file = new Blob(["x"]);
  expect(
    decodeForm(sampleForm, [
      ["means", "leaflets"],
      ["means", "screens"],
      ["title", "先"],
      ["title", "后"],
      ["remark", file],
    ]),
  ).toEqual({ means: ["leaflets", "screens"], title: "后" });
});

it("closes up where a person was taken out, in order of their numbers", () => {
  const entries: [string, string][] = [
    ["persons.10.name", "示例三"],
    ["persons.2.name", "示例二"],
    ["persons.0.name", "示例一"],
    ["persons.x.name", "无"],
    ["persons.-1.name", "无"],
    ["persons.999999.name", "无"],
  ];
  expect(decodeForm(registration, entries)).toEqual({
    persons: [{ name: "示例一" }, { name: "示例二" }, { name: "示例三" }],
  });
});

it("leaves a half-given time to be asked for again, and an empty one unanswered", () => {
  const half = decodeForm(registration, [
    ["arrivedAt.date", "2020-01-23"],
    ["arrivedAt.time", ""],
  ]);
  expect(half).toEqual({ arrivedAt: "2020-01-23T" });
  const none = decodeForm(registration, [
    ["arrivedAt.date", ""],
    ["arrivedAt.time", ""],
  ]);
  expect(none).toEqual({ arrivedAt: "" });
});

it("stays at too many persons, when ten thousand are sent", () => {
  const entries = Array.from({ length: 10_000 }, (_, at): [string, string] => [`persons.${at}.name`, "示例"]);
  const at = { lang: "en" as const, now: new Date("2020-01-28T06:00:00Z"), zone: "Asia/Shanghai" };
  const result = validate(registration, decodeForm(registration, entries), at);
  expect(result).toMatchObject({ ok: false });
  if (!result.ok) expect(result.errors.map(({ code }) => code)).toContain("too-many");
  const persons = Array(10_000).fill({ name: "示例" });
  expect(encodeForm(registration, { persons })).toHaveLength(21);
});

it("writes answers as an HTML form would send them, and leaves out what it could not hold", () => {
  expect(
    encodeForm(sampleForm, {
      title: "样本",
      count: 0,
      means: ["leaflets", "screens"],
      remark: null,
      opened: { nested: true },
      closed: { date: "2020-01-23", time: "" },
      unknown: "x",
      visits: [{ found: true, temperature: 36.5, card: { kind: "none" } }, {}, { found: false }],
    }),
  ).toEqual([
    ["title", "样本"],
    ["count", "0"],
    ["closed.date", "2020-01-23"],
    ["closed.time", ""],
    ["means", "leaflets"],
    ["means", "screens"],
    ["visits.0.found", "yes"],
    ["visits.0.temperature", "36.5"],
    ["visits.0.card.kind", "none"],
    ["visits.1.by", ""],
    ["visits.2.found", "no"],
  ]);
  for (const nothing of [null, undefined, "x", 1, []]) expect(encodeForm(sampleForm, nothing)).toEqual([]);
});
