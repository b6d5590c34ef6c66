import { localIso } from "../domain/as-of.ts";
import { dayBefore, lastCutOff } from "../domain/cut-off.ts";
import type { Lang, Words } from "../forms/define.ts";
import type { Schema } from "../forms/describe.ts";
import { words as common } from "./openapi-words.ts";

type Context = { lang: Lang; now: Date; zone: string; county: string };

/** The situation report, as a path. Templates are the report Worker's: here they are words alone. */
export function reportPaths(ctx: Context, problems: (...statuses: string[]) => Schema): Schema {
  const { lang, now, zone, county } = ctx;
  const text = { type: "string" };
  const moment = { ...text, format: "date-time" };
  const asOf = lastCutOff(now, zone);
  const parameter = (
    name: string,
    schema: Schema,
    example: string | boolean,
    description: Words,
    required = false,
  ) => ({
    ...{ name, in: "query", required, description: description[lang], schema, example },
  });
  return {
    "/api/v1/situation-report": {
      get: {
        operationId: "getSituationReport",
        tags: ["figures"],
        summary: words.report[lang],
        description: words.rules[lang],
        security: [{ key: [] }],
        parameters: [
          parameter("template", text, "county", words.template, true),
          parameter("unit", { ...text, pattern: "^[0-9]{6}[0-9A-Z]*$" }, county, common.unit),
          parameter("asOf", moment, localIso(asOf, zone), words.asOf),
          parameter("from", moment, localIso(dayBefore(asOf, zone), zone), words.from),
          parameter("late", { type: "boolean" }, false, words.late),
          parameter("lang", { ...text, enum: ["zh-Hans", "zh-Hant"] }, "zh-Hans", words.lang),
        ],
        responses: {
          "200": {
            description: words.report[lang],
            headers: { ETag: { schema: text, description: "SHA-256" } },
            content: { "application/json": { schema: { $ref: "#/components/schemas/SituationReport" } } },
          },
          "304": { description: common.notModified[lang] },
          ...problems("401", "403", "405", "422", "429"),
        },
      },
    },
  };
}

/** Its shape, named as components. */
export function reportSchemas(lang: Lang): Record<string, Schema> {
  const said = (schema: Schema, description: Words): Schema => ({
    ...schema,
    description: description[lang],
  });
  const object = (properties: Record<string, Schema>): Schema => ({
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
  const text: Schema = { type: "string" };
  const moment: Schema = { ...text, format: "date-time" };
  const count: Schema = { type: "integer", minimum: 0 };
  const hash: Schema = { ...text, pattern: "^[0-9a-f]{64}$" };
  const issued = object({ id: text, version: { type: "integer", minimum: 1 }, hash });
  return {
    SituationReport: object({
      text: said(text, words.text),
      figures: {
        type: "array",
        items: object({
          id: said(text, words.id),
          value: said({ type: ["number", "null"] }, words.value),
          text: said(text, words.printed),
          name: text,
        }),
      },
      snapshot: object({
        template: text,
        lang: { ...text, enum: ["zh-Hans", "zh-Hant"] },
        unit: object({ code: text, name: text, kind: text }),
        asOf: moment,
        from: said(moment, words.from),
        recordedUpTo: moment,
        completeness: said(
          object({
            units: count,
            owed: count,
            reported: count,
            missing: { type: "array", items: object({ code: text, name: text }) },
          }),
          words.completeness,
        ),
        hash: said(hash, words.hash),
        recordedAfter: said(
          { type: "object", additionalProperties: { type: "integer" } },
          words.recordedAfter,
        ),
        issued: said({ oneOf: [issued, { type: "null" }] }, words.issued),
      }),
    }),
  };
}

const w = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });
const words = {
  report: w("情况汇报", "情況彙報", "Situation report"),
  rules: w(
    "按模板写出的情况汇报，数字都来自已填报的记录。需要密钥，单位应在密钥的范围内。截止时刻之前的数字以后再算也不变；之后补录的在 snapshot.recordedAfter 里。",
    "按範本寫出的情況彙報，數字都來自已填報的記錄。需要密鑰，單位應在密鑰的範圍內。截止時刻之前的數字以後再算也不變；之後補錄的在 snapshot.recordedAfter 裡。",
    "A report written by a template out of what was entered. Needs a key whose scope holds the unit. Figures as of a moment stay what they were; what was recorded after it stands in snapshot.recordedAfter.",
  ),
  template: w(
    "模板：county、county-linked（县）、district（区）、town（镇、街道）、community（社区、村）、school（学校）、enterprise-zone（园区）、bureau（部门）",
    "範本：county、county-linked（縣）、district（區）、town（鎮、街道）、community（社區、村）、school（學校）、enterprise-zone（園區）、bureau（部門）",
    "county, county-linked, district, town, community, school, enterprise-zone or bureau; each for its own kinds of unit",
  ),
  asOf: w(
    "截止时刻，带时区；不填为模板惯用的上一个截止时刻。24时写作次日 00:00",
    "截止時刻，帶時區；不填為範本慣用的上一個截止時刻。24時寫作次日 00:00",
    "The cut-off, with its offset; the template's last usual one if left out. 24时 is 00:00 of the next day",
  ),
  from: w(
    "“今日”从这一刻之后算起；不填为前一天的同一时刻",
    "「今日」從這一刻之後算起；不填為前一天的同一時刻",
    "“Today” begins after this; the same clock time of the day before if left out",
  ),
  late: w(
    "true：把截止之后才补录的也算进去，snapshot.recordedUpTo 说到哪一刻",
    "true：把截止之後才補錄的也算進去，snapshot.recordedUpTo 說到哪一刻",
    "true takes in what was recorded after the cut-off, up to snapshot.recordedUpTo",
  ),
  lang: w("简体或繁体", "簡體或繁體", "Simplified or Traditional Chinese"),
  text: w(
    "全文，段落以换行分开",
    "全文，段落以換行分開",
    "The whole text; paragraphs are parted by line ends",
  ),
  id: w(
    "指标，或 表单.项目；带 @window 的是“今日”内的，用 + 连起的是几项之和",
    "指標，或 表單.項目；帶 @window 的是「今日」內的，用 + 連起的是幾項之和",
    "An indicator, or form.field; with @window of the window alone; a sum is its parts with + between them",
  ),
  value: w("null 是不知道，不是零", "null 是不知道，不是零", "null is unknown, which is not zero"),
  printed: w("正文里的写法", "正文裡的寫法", "As the text prints it"),
  completeness: w(
    "这份汇报涵盖哪些单位，谁还没有报",
    "這份彙報涵蓋哪些單位，誰還沒有報",
    "Which units it speaks for, and who is missing",
  ),
  hash: w(
    "SHA-256：把 snapshot（去掉 hash、recordedAfter、issued）加上 figures（去掉 name）和 text，按键名排序、不留空格写成 JSON（RFC 8785）后计算",
    "SHA-256：把 snapshot（去掉 hash、recordedAfter、issued）加上 figures（去掉 name）和 text，按鍵名排序、不留空格寫成 JSON（RFC 8785）後計算",
    "SHA-256 of the canonical JSON (RFC 8785) of snapshot without hash, recordedAfter and issued, with figures (without name) and text",
  ),
  recordedAfter: w(
    "截止之后才补录、但发生在截止之前的，按数字",
    "截止之後才補錄、但發生在截止之前的，按數字",
    "What happened up to the cut-off and was recorded only after it, by figure",
  ),
  issued: w(
    "同一模板、单位、截止时刻和文字已发布的最新一版；没有发布过为 null",
    "同一範本、單位、截止時刻和文字已發布的最新一版；沒有發布過為 null",
    "The latest version that was issued for this template, unit, cut-off and script; null for none",
  ),
};
