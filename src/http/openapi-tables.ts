import { tables } from "../../tables/index.ts";
import { dayOf, localIso } from "../domain/as-of.ts";
import { DATA_SET } from "../domain/data-value-set.ts";
import { MINUTE } from "../domain/time.ts";
import type { Lang, Words } from "../forms/define.ts";
import type { Schema } from "../forms/describe.ts";
import { words as common } from "./openapi-words.ts";

type Context = { lang: Lang; now: Date; zone: string; county: string };

/** The bureaus' tables, and a day's figures as DHIS2 takes them, as paths. */
export function tablePaths(ctx: Context, problems: (...statuses: string[]) => Schema): Schema {
  const { lang, now, zone, county } = ctx;
  const minute = new Date(Math.floor(now.getTime() / MINUTE) * MINUTE);
  const text = { type: "string" };
  const moment = { ...text, format: "date-time" };
  const query = (name: string, schema: Schema, example: string, description: Words) => ({
    ...{ name, in: "query", required: false, description: description[lang], schema, example },
  });
  const unit = query("unit", { ...text, pattern: "^[0-9]{6}[0-9A-Z]*$" }, county, common.unit);
  const asOf = (description: Words) => query("asOf", moment, localIso(minute, zone), description);
  const language = query("lang", { ...text, enum: ["zh-Hans", "zh-Hant", "en"] }, lang, words.lang);
  const answer = (name: string, description: Words, more: Schema = {}): Schema => ({
    "200": {
      description: description[lang],
      content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } }, ...more },
    },
    "304": { description: common.notModified[lang] },
  });
  return {
    "/api/v1/tables/{table}": {
      get: {
        operationId: "getTable",
        tags: ["figures"],
        summary: words.table[lang],
        description: words.tableRules[lang],
        security: [{ key: [] }],
        parameters: [
          {
            ...{ name: "table", in: "path", required: true, description: words.name[lang] },
            ...{ schema: { ...text, enum: tables.map(({ name }) => name) }, example: tables[0]?.name },
          },
          unit,
          asOf(words.cutOff),
          query("from", moment, localIso(dayOf(minute, zone).from, zone), words.from),
          query("format", { ...text, enum: ["json", "csv"], default: "json" }, "json", words.format),
          language,
        ],
        responses: {
          ...answer("Table", words.table, { "text/csv": { schema: text } }),
          ...problems("401", "403", "404", "405", "422", "429"),
        },
      },
    },
    "/api/v1/data-value-sets": {
      get: {
        operationId: "getDataValueSet",
        tags: ["figures"],
        summary: words.dataValueSet[lang],
        description: words.dataValueRules[lang],
        security: [{ key: [] }],
        parameters: [unit, asOf(words.asOfDay), language],
        responses: {
          ...answer("DataValueSet", words.dataValueSet),
          ...problems("401", "403", "405", "422", "429"),
        },
      },
    },
  };
}

/** Their shapes, named as components. */
export function tableSchemas(lang: Lang): Record<string, Schema> {
  const text: Schema = { type: "string" };
  const moment: Schema = { ...text, format: "date-time" };
  const count: Schema = { type: "integer", minimum: 0 };
  const object = (properties: Record<string, Schema>, optional: string[] = []): Schema => ({
    type: "object",
    properties,
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
    additionalProperties: false,
  });
  const place = object({ code: text, name: text, kind: text });
  const values: Schema = {
    ...{ type: "array", description: words.values[lang], items: { type: ["number", "null"] } },
  };
  return {
    Table: object({
      table: object({
        ...{ name: text, title: text, bureau: text },
        cutOff: { ...text, enum: ["12:00", "18:00", "24:00"] },
      }),
      unit: place,
      timeZone: text,
      asOf: moment,
      from: moment,
      completeness: object({
        ...{ units: count, owed: count, reported: count },
        missing: { type: "array", items: object({ code: text, name: text }) },
      }),
      forms: {
        ...{ type: "array", description: words.forms[lang] },
        items: object({
          ...{
            form: text,
            title: text,
            window: { type: "boolean" },
            owed: { type: "boolean" },
            units: count,
            filled: count,
            ever: { ...count, type: ["integer", "null"] },
          },
          missing: { type: "array", items: object({ code: text, name: text }) },
        }),
      },
      columns: {
        type: "array",
        items: object({
          figure: { ...text, description: words.figure[lang] },
          label: text,
          group: { type: ["string", "null"] },
          as: { ...text, enum: ["number", "share"] },
        }),
      },
      rows: { type: "array", items: object({ unit: place, values }) },
      rest: { ...values, type: ["array", "null"], description: words.rest[lang] },
      total: values,
    }),
    DataValueSet: object(
      {
        dataSetIdScheme: { const: "CODE" },
        dataElementIdScheme: { const: "CODE" },
        orgUnitIdScheme: { const: "CODE" },
        dataSet: { const: DATA_SET },
        completeDate: { ...text, format: "date", description: words.completeDate[lang] },
        period: { ...text, pattern: "^[0-9]{8}$" },
        orgUnit: text,
        dataValues: {
          type: "array",
          items: object(
            {
              ...{ dataElement: text, period: { ...text, pattern: "^[0-9]{8}$" }, orgUnit: text },
              value: { ...text, pattern: "^-?[0-9]+$" },
              comment: { ...text, description: words.comment[lang] },
            },
            ["comment"],
          ),
        },
      },
      ["completeDate"],
    ),
  };
}

const words = {
  comment: {
    "zh-Hans": "只在 completeness.reported 上：逾期未报的单位。",
    "zh-Hant": "只在 completeness.reported 上：逾期未報的單位。",
    en: "Of completeness.reported alone: the units whose report is overdue.",
  },
  forms: {
    "zh-Hans":
      "列里用到的每张填报表：填这张表的单位（units）、填过的（filled）、没有填的（missing）。window 为 true 时只看 from 之后填的，另有累计数时 ever 是连以前填过的。合计只含填过的。",
    "zh-Hant":
      "列裡用到的每張填報表：填這張表的單位（units）、填過的（filled）、沒有填的（missing）。window 為 true 時只看 from 之後填的，另有累計數時 ever 是連以前填過的。合計只含填過的。",
    en: "Each count form that columns come from: the units that fill it in, how many did, and who did not; since `from` where `window` is true; `ever` then is how many ever did, where columns of all time stand beside. Totals add up only those that did.",
  },
  table: { "zh-Hans": "部门报表", "zh-Hant": "部門報表", en: "A bureau's table" },
  tableRules: {
    "zh-Hans":
      "需要密钥。表里有哪些行、哪些列由 tables/ 下的文件定，数字由系统按记录填。values 按 columns 的顺序；未知为 null，不是零。rows、rest 相加等于 total（比例除外）。",
    "zh-Hant":
      "需要密鑰。表裡有哪些行、哪些列由 tables/ 下的檔案定，數字由系統按記錄填。values 按 columns 的順序；未知為 null，不是零。rows、rest 相加等於 total（比例除外）。",
    en: "Needs a key. A file under tables/ says which rows and columns there are; the figures come from the records. `values` stand in the order of `columns`; unknown is null and not zero. Rows and rest add up to the total, shares apart.",
  },
  name: { "zh-Hans": "报表的名称", "zh-Hant": "報表的名稱", en: "Which table" },
  cutOff: {
    "zh-Hans":
      "截至哪一刻，ISO 格式并带时区；默认这张表上一次截止的时刻。不能在将来，不能早于单位录入的时刻。",
    "zh-Hant":
      "截至哪一刻，ISO 格式並帶時區；預設這張表上一次截止的時刻。不能在將來，不能早於單位錄入的時刻。",
    en: "As of which moment: ISO with its offset, the table's last cut-off by default. Not in the future, and not before the unit was entered.",
  },
  from: {
    "zh-Hans": "“当日”从哪一刻之后算起（不含），写法与 asOf 相同；默认由表定。应早于 asOf。",
    "zh-Hant": "「當日」從哪一刻之後算起（不含），寫法與 asOf 相同；預設由表定。應早於 asOf。",
    en: "After which moment “that day” begins, written as asOf is; the table says where nobody does. Before asOf.",
  },
  format: { "zh-Hans": "json 或 csv", "zh-Hant": "json 或 csv", en: "json or csv" },
  lang: {
    "zh-Hans": "文字的语言；没有则按 Accept-Language",
    "zh-Hant": "文字的語言；沒有則按 Accept-Language",
    en: "The language of the words; Accept-Language where it is not said",
  },
  values: {
    "zh-Hans": "按 columns 的顺序；未知为 null",
    "zh-Hant": "按 columns 的順序；未知為 null",
    en: "In the order of columns; null where nothing is known",
  },
  figure: {
    "zh-Hans": "指标或“表.字段”；@window 为当日的",
    "zh-Hant": "指標或「表.欄位」；@window 為當日的",
    en: "An indicator or form.field; with @window what came since `from`",
  },
  rest: {
    "zh-Hans": "单位本级的或没有列出的单位的；全为零则为 null",
    "zh-Hant": "單位本級的或沒有列出的單位的；全為零則為 null",
    en: "What is the unit's own or of units without a row; null where there is none",
  },
  dataValueSet: {
    "zh-Hans": "DHIS2 的 dataValueSets",
    "zh-Hant": "DHIS2 的 dataValueSets",
    en: "A day's figures as a DHIS2 data value set",
  },
  dataValueRules: {
    "zh-Hans":
      "需要密钥。可原样 POST 到 DHIS2 的 /api/dataValueSets。数据元、组织机构、数据集都用代码（CODE）：数据元的代码即指标的 id，@window 为当日的；组织机构的代码即单位代码；期间是 asOf 所属的当地日。零照发；未知的不发，DHIS2 没有“未知”；比例不发，DHIS2 由分子、分母自己算。对照见 docs/interop.md。",
    "zh-Hant":
      "需要密鑰。可原樣 POST 到 DHIS2 的 /api/dataValueSets。資料元、組織機構、資料集都用代碼（CODE）：資料元的代碼即指標的 id，@window 為當日的；組織機構的代碼即單位代碼；期間是 asOf 所屬的當地日。零照發；未知的不發，DHIS2 沒有「未知」；比例不發，DHIS2 由分子、分母自己算。對照見 docs/interop.md。",
    en: "Needs a key. Can be posted to /api/dataValueSets of DHIS2 as it is. Data elements, organisation units and the data set are named by code: a data element's code is the indicator's id, with @window for what came that day; an organisation unit's is the unit's code; the period is the local day that asOf speaks of. Zeros are sent. What is unknown is left out, for DHIS2 has no word for it; so are shares, which DHIS2 makes from numerator and denominator. docs/interop.md has the mapping.",
  },
  asOfDay: {
    "zh-Hans": "截至哪一刻，ISO 格式并带时区，默认现在；期间是它所属的当地日，24:00 属于那一日",
    "zh-Hant": "截至哪一刻，ISO 格式並帶時區，預設現在；期間是它所屬的當地日，24:00 屬於那一日",
    en: "As of which moment: ISO with its offset, now by default. The period is its local day; 24:00 belongs to the day that it ends",
  },
  completeDate: {
    "zh-Hans": "这一日已过，且没有单位缺报时才有",
    "zh-Hant": "這一日已過，且沒有單位缺報時才有",
    en: "Only once the day is over and nobody's report is missing",
  },
} satisfies Record<string, Words>;
