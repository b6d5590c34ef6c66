import { reading } from "../../forms/reading.ts";
import type { Lang } from "../forms/define.ts";
import { exampleOf, jsonSchema, type Schema } from "../forms/describe.ts";
import { words } from "./openapi-words.ts";
import { MOST_READINGS } from "./submit-reading.ts";

/* The door for readings as OpenAPI: one, or a list whose items are each answered for themselves. */
type Context = { lang: Lang; now: Date; zone: string; village: string; person: string; exampleId: string };

export function readingOperation(ctx: Context, problems: (...statuses: string[]) => Schema): Schema {
  const { lang } = ctx;
  return {
    operationId: "createReadings",
    tags: ["submissions"],
    summary: reading.title[lang],
    description: `${words.once[lang]} ${words.readings[lang]}`,
    security: [{ key: [] }, {}],
    requestBody: {
      required: true,
      content: {
        "application/json": {
          schema: { $ref: "#/components/schemas/ReadingRequest" },
          example: {
            clientId: ctx.exampleId,
            person: ctx.person,
            ...exampleOf(reading, { now: ctx.now, zone: ctx.zone, unit: ctx.village }),
          },
        },
      },
    },
    responses: {
      "200": {
        description: words.readingResults[lang],
        content: { "application/json": { schema: { $ref: "#/components/schemas/ReadingResults" } } },
      },
      "201": {
        description: words.receipt[lang],
        content: { "application/json": { schema: { $ref: "#/components/schemas/ReadingReceipt" } } },
      },
      ...problems("400", "401", "404", "405", "409", "410", "413", "415", "422", "429"),
    },
  };
}

export function readingSchemas(lang: Lang): Record<string, Schema> {
  const schema = jsonSchema(reading, lang);
  const text = { type: "string" };
  const yes = { type: "boolean" };
  const link = { type: "string", description: words.readingLink[lang] };
  const receipt: Record<string, Schema> = {
    person: text,
    slot: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}/(morning|evening)$" },
    late: yes,
    abnormal: yes,
    version: { type: "integer", minimum: 1 },
    corrected: yes,
    recordedAt: { type: "string", format: "date-time" },
  };
  return {
    Reading: {
      ...schema,
      properties: {
        clientId: { type: "string", format: "uuid", description: words.clientId[lang] },
        person: { type: "string", description: words.readingPerson[lang] },
        slot: { type: "string", description: words.readingSlot[lang] },
        takenAt: { type: "string", maxLength: 40, description: words.readingTaken[lang] },
        link,
        ...(schema.properties as Schema),
      },
      required: ["clientId", "person", ...(schema.required as string[])],
    },
    ReadingList: {
      type: "object",
      properties: {
        link,
        readings: {
          type: "array",
          maxItems: MOST_READINGS,
          items: { $ref: "#/components/schemas/Reading" },
        },
      },
      required: ["readings"],
      additionalProperties: true,
    },
    ReadingRequest: {
      oneOf: [{ $ref: "#/components/schemas/Reading" }, { $ref: "#/components/schemas/ReadingList" }],
    },
    ReadingReceipt: {
      type: "object",
      properties: receipt,
      required: Object.keys(receipt),
      additionalProperties: false,
    },
    ReadingResults: {
      type: "object",
      properties: {
        results: {
          type: "array",
          items: {
            type: "object",
            properties: {
              clientId: { type: ["string", "null"] },
              status: { type: "integer", minimum: 201, maximum: 599 },
              receipt: { $ref: "#/components/schemas/ReadingReceipt" },
              problem: {
                type: "object",
                properties: { code: text, title: text, errors: { type: "array", items: { type: "object" } } },
                required: ["code", "title"],
              },
            },
            required: ["clientId", "status"],
            additionalProperties: false,
          },
        },
      },
      required: ["results"],
      additionalProperties: false,
    },
  };
}
