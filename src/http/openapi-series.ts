import { localIso } from "../domain/as-of.ts";
import { COUNT_UNITS, INDICATORS } from "../domain/indicator.ts";
import { TYPED } from "../domain/indicator-typed.ts";
import { MOST_BUCKETS } from "../domain/series.ts";
import { addDays, localDate, MINUTE } from "../domain/time.ts";
import type { Lang, Words } from "../forms/define.ts";
import type { Schema } from "../forms/describe.ts";
import { words as common } from "./openapi-words.ts";

type Context = { lang: Lang; now: Date; zone: string; county: string };

/** The catalogue of indicators and the series, as paths. */
export function seriesPaths(ctx: Context, problems: (...statuses: string[]) => Schema): Schema {
  const { lang, now, zone, county } = ctx;
  const today = localDate(now, zone);
  const parameter = (
    name: string,
    schema: Schema,
    example: string,
    description: Words,
    required = false,
  ) => ({
    ...{ name, in: "query", required, description: description[lang], schema, example },
  });
  const text = { type: "string" };
  const language = parameter("lang", { ...text, enum: ["zh-Hans", "zh-Hant", "en"] }, lang, words.lang);
  return {
    "/api/v1/indicators": {
      get: {
        operationId: "getIndicators",
        tags: ["figures"],
        summary: words.indicators[lang],
        description: words.indicatorsRules[lang],
        security: [],
        parameters: [language],
        responses: answers("Indicators", words.indicators[lang], lang, problems("405")),
      },
    },
    "/api/v1/series": {
      get: {
        operationId: "getSeries",
        tags: ["figures"],
        summary: words.series[lang],
        description: words.seriesRules[lang],
        security: [{ key: [] }],
        parameters: [
          parameter(
            "indicator",
            { ...text, enum: [...INDICATORS, ...TYPED].flatMap(({ id, series }) => (series ? [id] : [])) },
            "registered.cumulative",
            words.indicator,
            true,
          ),
          parameter("unit", { ...text, pattern: "^[0-9]{6}[0-9A-Z]*$" }, county, common.unit),
          parameter("by", { ...text, enum: ["day", "hour"], default: "day" }, "day", words.by),
          parameter("from", text, addDays(today, -6), words.from),
          parameter("to", text, addDays(today, 1), words.to),
          parameter("split", { ...text, enum: ["units"] }, "units", words.split),
          parameter(
            "asOf",
            { ...text, format: "date-time" },
            localIso(new Date(Math.floor(now.getTime() / MINUTE) * MINUTE), zone),
            words.asOf,
          ),
          language,
        ],
        responses: answers("Series", words.series[lang], lang, problems("401", "403", "405", "422", "429")),
      },
    },
  };
}

const answers = (name: string, description: string, lang: Lang, problems: Schema): Schema => ({
  "200": {
    description,
    headers: { ETag: { schema: { type: "string" }, description: "SHA-256" } },
    content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
  },
  "304": { description: common.notModified[lang] },
  ...problems,
});

/** Their shapes, named as components. */
export function seriesSchemas(lang: Lang): Record<string, Schema> {
  const said = (schema: Schema, description: Words): Schema => ({
    ...schema,
    description: description[lang],
  });
  const object = (properties: Record<string, Schema>, optional: string[] = []): Schema => ({
    type: "object",
    properties,
    required: Object.keys(properties).filter((key) => !optional.includes(key)),
    additionalProperties: false,
  });
  const text: Schema = { type: "string" };
  const texts: Schema = { type: "array", items: text };
  const id: Schema = { ...text, enum: [...INDICATORS, ...TYPED].map((one) => one.id) };
  const orNull: Schema = { type: ["string", "null"] };
  const moment: Schema = { ...text, format: "date-time" };
  const count: Schema = { type: "integer", minimum: 0 };
  // What is withdrawn is taken back in the bucket it is withdrawn in.
  const value = said({ type: ["number", "null"] }, words.value);
  const before = said({ type: ["integer", "null"], minimum: 0 }, words.before);
  const shared = ["numerator", "denominator"];
  const values: Schema = {
    type: "array",
    items: object({ value, numerator: count, denominator: count }, shared),
  };
  return {
    Indicator: object({
      id,
      name: text,
      definition: text,
      unit: { ...text, enum: [...Object.keys(COUNT_UNITS), "items"] },
      unitName: text,
      kind: said({ ...text, enum: ["flow", "stock", "share"] }, words.kind),
      window: said({ ...text, enum: ["all", "day", "moment"] }, words.window),
      numerator: orNull,
      denominator: said(orNull, words.denominator),
      moments: said(texts, words.moments),
      source: said(text, words.source),
      paths: said(texts, words.paths),
      series: said({ type: "array", items: { ...text, enum: ["day", "hour"] } }, words.hasSeries),
    }),
    Indicators: object({
      lang: text,
      indicators: { type: "array", items: { $ref: "#/components/schemas/Indicator" } },
    }),
    Series: object(
      {
        indicator: { $ref: "#/components/schemas/Indicator" },
        unit: object({ code: text, name: text, kind: text }),
        by: { ...text, enum: ["day", "hour"] },
        timeZone: text,
        asOf: moment,
        before,
        buckets: {
          type: "array",
          minItems: 1,
          maxItems: Math.max(...Object.values(MOST_BUCKETS)),
          items: object(
            {
              from: moment,
              to: moment,
              complete: said({ type: "boolean" }, words.complete),
              value,
              numerator: count,
              denominator: count,
            },
            shared,
          ),
        },
        units: said(
          { type: "array", items: object({ code: text, name: text, kind: text, before, values }) },
          words.units,
        ),
        direct: said(object({ before, values }), words.direct),
      },
      ["units", "direct"],
    ),
  };
}

const words = {
  indicators: { "zh-Hans": "全部指标", "zh-Hant": "全部指標", en: "Every indicator" },
  indicatorsRules: {
    "zh-Hans": "汇总里的每个数字：名称、定义、计量单位、依据哪些时刻、在汇总里的位置、有没有逐日逐时的数字。",
    "zh-Hant": "彙總裡的每個數字：名稱、定義、計量單位、依據哪些時刻、在彙總裡的位置、有沒有逐日逐時的數字。",
    en: "Each figure of the summary: its name, definition and unit of count, the moments it is counted from, where it stands in the summary, and whether it can be told by day or hour.",
  },
  series: { "zh-Hans": "逐日或逐时的数字", "zh-Hant": "逐日或逐時的數字", en: "A figure by day or hour" },
  seriesRules: {
    "zh-Hans":
      "需要密钥。流量（flow）是每段里新增的，before 是第一段之前的累计；存量（stock）和比例是每段末的。每段不含起点、含终点，各段相加等于汇总同期的数字。日报告和测量按所属的日子计，只有逐日的。只数截至 asOf 已记录的，同样的 asOf 每次回答相同。还没有到的和单位录入之前的为 null，不是零。按日最多 62 段，按时最多 168 段。",
    "zh-Hant":
      "需要密鑰。流量（flow）是每段裡新增的，before 是第一段之前的累計；存量（stock）和比例是每段末的。每段不含起點、含終點，各段相加等於彙總同期的數字。日報告和測量按所屬的日子計，只有逐日的。只數截至 asOf 已記錄的，同樣的 asOf 每次回答相同。還沒有到的和單位錄入之前的為 null，不是零。按日最多 62 段，按時最多 168 段。",
    en: "Needs a key. A flow's value is what came within the bucket, and `before` what had come before the first; a stock's and a share's is what stood at its end. A bucket is after its beginning, up to and with its end, so buckets add up to the summary's figure. Daily reports and readings count for the day they are of, and have days alone. Counts only what had been recorded by asOf: the same asOf is answered the same each time. What has not come yet, and what lies before the unit was entered, is null and not zero. At most 62 days or 168 hours.",
  },
  lang: { "zh-Hans": "语言", "zh-Hant": "語言", en: "The language of the words" },
  indicator: {
    "zh-Hans": "指标，见 /api/v1/indicators",
    "zh-Hant": "指標，見 /api/v1/indicators",
    en: "An indicator's id, as /api/v1/indicators lists them",
  },
  by: { "zh-Hans": "按日或按时", "zh-Hant": "按日或按時", en: "By day or by hour" },
  from: {
    "zh-Hans": "从哪一天（或当地零点、整点）起；默认 14 天或 24 小时之前",
    "zh-Hant": "從哪一天（或當地零點、整點）起；預設 14 天或 24 小時之前",
    en: "From which day on, or a local midnight or full hour; 14 days or 24 hours back by default",
  },
  to: {
    "zh-Hans": "到哪一天的零点（或整点）为止，那一天不在内；默认到 asOf 所在的一段",
    "zh-Hant": "到哪一天的零點（或整點）為止，那一天不在內；預設到 asOf 所在的一段",
    en: "Up to the beginning of which day, or a full hour; the bucket of asOf is the last by default",
  },
  asOf: {
    "zh-Hans": "截至哪一刻已记录的，ISO 格式并带时区，默认与 summary 相同",
    "zh-Hant": "截至哪一刻已記錄的，ISO 格式並帶時區，預設與 summary 相同",
    en: "As recorded by which moment: ISO with its offset; by default what a summary has",
  },
  kind: {
    "zh-Hans": "flow 一段时间里新增的；stock 某一刻的；share 比例",
    "zh-Hant": "flow 一段時間裡新增的；stock 某一刻的；share 比例",
    en: "flow: what came within a window; stock: what stands at a moment; share: one by another",
  },
  window: {
    "zh-Hans": "汇总里的数字指什么：all 从头到 asOf，day 当日，moment 那一刻",
    "zh-Hant": "彙總裡的數字指什麼：all 從頭到 asOf，day 當日，moment 那一刻",
    en: "What the summary's figure speaks for: all up to asOf, its day, or the moment alone",
  },
  denominator: {
    "zh-Hans": "比例的分母是哪个指标",
    "zh-Hant": "比例的分母是哪個指標",
    en: "Of a share: the indicator that it is divided by",
  },
  moments: {
    "zh-Hans": "依据哪些时刻：表.列",
    "zh-Hant": "依據哪些時刻：表.列",
    en: "The moments that decide, as table.column",
  },
  source: {
    "zh-Hans": "出自领域文档的哪一处",
    "zh-Hant": "出自領域文件的哪一處",
    en: "Where in the domain's document it comes from",
  },
  paths: {
    "zh-Hans": "在汇总里的位置，* 为任意键；byTown、direct 和 readings.slots 里的同理",
    "zh-Hant": "在彙總裡的位置，* 為任意鍵；byTown、direct 和 readings.slots 裡的同理",
    en: "Where it stands in the summary, * for any key; the same within byTown, direct and readings.slots",
  },
  hasSeries: {
    "zh-Hans": "有没有逐日、逐时的数字",
    "zh-Hant": "有沒有逐日、逐時的數字",
    en: "By what /series tells it",
  },
  before: {
    "zh-Hans": "流量在第一段之前的累计；其他为 null",
    "zh-Hant": "流量在第一段之前的累計；其他為 null",
    en: "Of a flow: how many had come before the first bucket; null otherwise",
  },
  complete: {
    "zh-Hans": "这一段是否已经过完（截至 asOf）",
    "zh-Hant": "這一段是否已經過完（截至 asOf）",
    en: "Whether the bucket had ended by asOf",
  },
  split: {
    "zh-Hans": "units：另外回答下一级每个单位的数字，与 buckets 逐段对应",
    "zh-Hant": "units：另外回答下一級每個單位的數字，與 buckets 逐段對應",
    en: "units: tells each unit right below as well, bucket by bucket",
  },
  units: {
    "zh-Hans": "下一级单位，values 与 buckets 逐段对应；加上 direct 等于合计。问了 split 才有",
    "zh-Hant": "下一級單位，values 與 buckets 逐段對應；加上 direct 等於合計。問了 split 才有",
    en: "The units right below, their values in the order of buckets; with direct they add up to the total. There where split was asked for",
  },
  direct: {
    "zh-Hans": "本单位自身的",
    "zh-Hant": "本單位自身的",
    en: "What stands on the unit itself",
  },
  value: {
    "zh-Hans": "null 表示不知道，不是零",
    "zh-Hant": "null 表示不知道，不是零",
    en: "null means unknown, not zero",
  },
} satisfies Record<string, Words>;
