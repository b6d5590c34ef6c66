import { dailyReport } from "../../forms/daily-report.ts";
import { registration } from "../../forms/registration.ts";
import { tip } from "../../forms/tip.ts";
import { localIso } from "../domain/as-of.ts";
import { addDays, localDate, momentOf } from "../domain/time.ts";
import type { FormDefinition, Lang } from "../forms/define.ts";
import { exampleOf, jsonSchema, type Schema } from "../forms/describe.ts";
import { batchPaths, batchSchemas } from "./openapi-batches.ts";
import { countPaths, countSchemas } from "./openapi-counts.ts";
import { problemSchema } from "./openapi-problems.ts";
import { readingOperation, readingSchemas } from "./openapi-reading.ts";
import { recordPaths, recordSchemas } from "./openapi-records.ts";
import { reportPaths, reportSchemas } from "./openapi-report.ts";
import { seriesPaths, seriesSchemas } from "./openapi-series.ts";
import { summarySchemas } from "./openapi-summary.ts";
import { tablePaths, tableSchemas } from "./openapi-tables.ts";
import { words } from "./openapi-words.ts";

export { apiProblems } from "./openapi-problems.ts";

export type OpenApiContext = {
  lang: Lang;
  now: Date;
  zone: string;
  /** Without a slash at the end. */
  serverUrl: string;
  /** Codes for the examples: the county, and a village of it. */
  county: string;
  village: string;
  /** Somebody under observation, for the example of a reading: only a local start knows one. */
  person?: string;
};

/** The API as OpenAPI 3.1. Every request body has an example that is accepted as it stands once its client id is fresh. */
export function openApiDocument(ctx: OpenApiContext): Schema {
  const { lang } = ctx;
  return {
    openapi: "3.1.0",
    info: {
      title: words.title[lang],
      version: "1.0.0",
      summary: words.summary[lang],
      description: words.about[lang],
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: ctx.serverUrl }],
    tags: [
      { name: "submissions", description: words.submissions[lang] },
      { name: "figures", description: words.figures[lang] },
      { name: "document", description: words.document[lang] },
    ],
    paths: {
      "/api/v1/registrations": { post: submission("createRegistration", registration, "Registration", ctx) },
      "/api/v1/tips": { post: submission("createTip", tip, "Tip", ctx) },
      "/api/v1/reports/{unit}/{date}": { post: reportOperation(ctx) },
      ...countPaths({ ...ctx, exampleId: EXAMPLE_ID }, problems),
      ...recordPaths({ ...ctx, exampleId: EXAMPLE_ID }, problems),
      "/api/v1/readings": {
        post: readingOperation(
          { ...ctx, person: ctx.person ?? "WY-0217-4486-1", exampleId: EXAMPLE_ID },
          problems,
        ),
      },
      "/api/v1/summary": { get: summaryOperation(ctx) },
      ...seriesPaths(ctx, problems),
      ...reportPaths(ctx, problems),
      ...batchPaths(ctx, problems),
      ...tablePaths(ctx, problems),
      "/api/v1/openapi.json": {
        get: {
          operationId: "getOpenApi",
          tags: ["document"],
          summary: words.document[lang],
          security: [],
          responses: {
            "200": {
              description: "OpenAPI 3.1",
              content: { "application/json": { schema: { type: "object" } } },
            },
            "405": { $ref: "#/components/responses/Problem" },
          },
        },
      },
    },
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer", description: words.key[lang] } },
      responses: {
        Problem: {
          description: words.problem[lang],
          content: { "application/problem+json": { schema: ref("Problem") } },
        },
        SlowDown: {
          description: words.problem[lang],
          headers: { "Retry-After": { schema: { type: "integer" }, description: words.retry[lang] } },
          content: { "application/problem+json": { schema: ref("Problem") } },
        },
      },
      schemas: {
        Registration: withClientId(registration, lang),
        Tip: withClientId(tip, lang),
        DailyReport: withClientId(dailyReport, lang),
        ...countSchemas(lang),
        ...recordSchemas(lang),
        ...readingSchemas(lang),
        ...receiptSchemas(),
        ...summarySchemas(lang),
        ...seriesSchemas(lang),
        ...reportSchemas(lang),
        ...batchSchemas(lang),
        ...tableSchemas(lang),
        Problem: problemSchema(lang),
      },
    },
  };
}

/** A client id nobody uses; a client draws its own for every submission. */
const EXAMPLE_ID = "3f0e7a1c-5b52-4c7e-9a51-0d6f3c2b8e14";

function submission(operationId: string, form: FormDefinition, name: string, ctx: OpenApiContext): Schema {
  const { lang } = ctx;
  return {
    operationId,
    tags: ["submissions"],
    summary: form.title[lang],
    description: words.once[lang],
    security: [],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: ref(name),
          example: {
            clientId: EXAMPLE_ID,
            ...exampleOf(form, { now: ctx.now, zone: ctx.zone, unit: ctx.village }),
          },
        },
      },
    },
    responses: {
      "201": {
        description: words.receipt[lang],
        content: { "application/json": { schema: ref(`${name}Receipt`) } },
      },
      ...problems("400", "405", "409", "413", "415", "422", "429"),
    },
  };
}

function reportOperation(ctx: OpenApiContext): Schema {
  const operation = submission("createReport", dailyReport, "DailyReport", ctx);
  return {
    ...operation,
    description: `${words.once[ctx.lang]} ${words.report[ctx.lang]}`,
    security: [{ key: [] }],
    parameters: [
      {
        name: "unit",
        in: "path",
        required: true,
        description: words.unit[ctx.lang],
        schema: { type: "string", pattern: "^[0-9]{6}[0-9A-Z]*$" },
        example: ctx.village,
      },
      {
        name: "date",
        in: "path",
        required: true,
        description: words.date[ctx.lang],
        schema: { type: "string", format: "date" },
        example: localDate(ctx.now, ctx.zone),
      },
    ],
    responses: { ...(operation.responses as Schema), ...problems("401", "403") },
  };
}

function summaryOperation({ lang, county, now, zone }: OpenApiContext): Schema {
  return {
    operationId: "getSummary",
    tags: ["figures"],
    summary: words.figures[lang],
    description: words.summaryRules[lang],
    security: [{}, { key: [] }],
    parameters: [
      {
        name: "unit",
        in: "query",
        required: false,
        description: words.unit[lang],
        schema: { type: "string", pattern: "^[0-9]{6}[0-9A-Z]*$" },
        example: county,
      },
      {
        name: "asOf",
        in: "query",
        required: false,
        description: words.asOf[lang],
        schema: { type: "string", format: "date-time" },
        example: localIso(new Date(Math.floor(now.getTime() / 60_000) * 60_000), zone),
      },
      {
        name: "from",
        in: "query",
        required: false,
        description: words.windowFrom[lang],
        schema: { type: "string", format: "date-time" },
        example: localIso(momentOf(addDays(localDate(now, zone), -1), "12:00", zone), zone),
      },
      {
        name: "recordedAfter",
        in: "query",
        required: false,
        description: words.recordedAfter[lang],
        schema: { type: "boolean", default: false },
        example: true,
      },
    ],
    responses: {
      "200": {
        description: words.figures[lang],
        headers: { ETag: { schema: { type: "string" }, description: "SHA-256" } },
        content: {
          "application/json": {
            schema: { oneOf: [ref("Summary"), ref("PublicSummary"), ref("PublicTownSummary")] },
          },
        },
      },
      "304": { description: words.notModified[lang] },
      ...problems("401", "403", "405", "422", "429"),
    },
  };
}

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const problems = (...statuses: string[]): Schema =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { $ref: `#/components/responses/${status === "429" ? "SlowDown" : "Problem"}` },
    ]),
  );

function withClientId(form: FormDefinition, lang: Lang): Schema {
  const schema = jsonSchema(form, lang);
  return {
    ...schema,
    properties: {
      clientId: { type: "string", format: "uuid", description: words.clientId[lang] },
      ...(schema.properties as Schema),
    },
    required: ["clientId", ...(schema.required as string[])],
  };
}

function receiptSchemas(): Record<string, Schema> {
  const text = { type: "string" };
  const moment = { type: "string", format: "date-time" };
  const receipt = (properties: Record<string, Schema>): Schema => ({
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  });
  return {
    RegistrationReceipt: receipt({
      caseNumber: text,
      persons: { type: "integer", minimum: 1 },
      unit: text,
      recordedAt: moment,
      verifyBy: moment,
      personUrl: { type: "string", format: "uri" },
    }),
    TipReceipt: receipt({
      tipNumber: text,
      receiptCode: { type: "string", pattern: "^[0-9]{16}$" },
      unit: text,
      recordedAt: moment,
      promisedBy: moment,
    }),
    DailyReportReceipt: receipt({
      unit: text,
      date: { type: "string", format: "date" },
      version: { type: "integer", minimum: 1 },
      zero: { type: "boolean" },
      counts: { type: "object", additionalProperties: { type: "integer" } },
      state: { type: "string", enum: ["on-time", "late"] },
      corrected: { type: "boolean" },
      recordedAt: moment,
      dueAt: moment,
    }),
  };
}
