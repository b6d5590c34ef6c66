import { beforeEach, describe, expect, it } from "vitest";
import { countForms } from "../../forms/counts.ts";
import { recordForms } from "../../forms/records.ts";
import { type ProblemError, problem } from "../../src/domain/problem.ts";
import { apiProblems } from "../../src/http/openapi.ts";
import { oweReports, post, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { bashir, clientId, household } from "../support/cast.ts";
import { observe } from "../support/follow-up.ts";
import { misfits, resolve } from "../support/schema.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

type Schema = { [keyword: string]: unknown };
type Operation = {
  operationId: string;
  parameters?: { name: string; in: string; example: string }[];
  requestBody?: { content: { "application/json": { schema: Schema; example: Schema } } };
  responses: Record<string, Schema>;
};
type Document = Schema & { paths: Record<string, Record<string, Operation>>; servers: { url: string }[] };

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  await seedKeys(county);
  await observe(county, [bashir()]); // the document of a local start names somebody under observation
});

const readDocument = async (lang = "zh-Hans") =>
  (await county.fetch("/api/v1/openapi.json", { headers: { "Accept-Language": lang } })).json<Document>();
const responseSchema = (document: Document, { responses }: Operation, status: number): Schema => {
  const found = responses[String(status)] ?? {};
  const { content } = (found.$ref ? resolve(document, String(found.$ref)) : found) as {
    content: Record<string, { schema: Schema }>;
  };
  return Object.values(content)[0]?.schema ?? {};
};
/** Sends an operation's example to where its parameters' examples say. */
const sendExample = (path: string, { parameters, requestBody }: Operation, change: Schema = {}) => {
  const filled = (parameters ?? []).reduce((at, { name, example }) => at.replace(`{${name}}`, example), path);
  const { example } = requestBody?.content["application/json"] ?? { example: {} };
  return county.fetch(filled, post({ ...example, ...change }, withKey(ZHOU).headers));
};
// Records need units of their kinds, a record to take a step of, and have quotas: api-records.test.ts walks them.
const posts = (document: Document) =>
  Object.entries(document.paths).flatMap(([path, { post }]) =>
    post && !path.startsWith("/api/v1/records/") ? [{ path, operation: post }] : [],
  );

describe("the OpenAPI document", () => {
  it("every request body's example fits its schema and is accepted as it stands, in each language", async () => {
    for (const lang of ["zh-Hans", "zh-Hant", "en"]) {
      const document = await readDocument(lang);
      expect(posts(document)).toHaveLength(5 + countForms.length);
      for (const { path, operation } of posts(document)) {
        const { schema, example } = operation.requestBody?.content["application/json"] ?? {};
        expect(misfits(document, schema ?? {}, example), path).toEqual([]);
        const answer = await sendExample(path, operation);
        expect(answer.status, `${path} ${lang}`).toBe(201);
        expect(
          misfits(document, responseSchema(document, operation, 201), await answer.json()),
          path,
        ).toEqual([]);
      }
    }
  });

  it("an example is taken a second time under a fresh client id, and late in the day", async () => {
    const document = await readDocument();
    for (const { path, operation } of posts(document)) await sendExample(path, operation);
    county.setNow("2026-01-25T23:50:00+08:00");
    for (const { path, operation } of posts(document))
      expect((await sendExample(path, operation, { clientId: clientId(77) })).status, path).toBe(201);
  });

  it("an example answers every field of its form that is always asked", async () => {
    for (const { operation } of posts(await readDocument())) {
      const { schema, example } = operation.requestBody?.content["application/json"] ?? {};
      const { required } = resolve(await readDocument(), String(schema?.$ref)) as { required?: string[] };
      for (const name of required ?? []) expect(example).toHaveProperty(name);
    }
  });

  it("each answer of the summary fits the shape that the document gives it", async () => {
    await oweReports(county, "2026-01-25", ["511781100001"]);
    for (let home = 1; home < 9; home++)
      await county.fetch(
        "/api/v1/registrations",
        post({ clientId: clientId(home), ...household([bashir()]) }),
      );
    const document = await readDocument();
    const operation = document.paths["/api/v1/summary"]?.get as Operation;
    const schema = responseSchema(document, operation, 200);
    const asks: [string, RequestInit | undefined][] = [
      ["", withKey(ZHOU)],
      ["?unit=511781100001", withKey(ZHOU)],
      ["", undefined],
      ["?unit=511781100", undefined],
    ];
    for (const [query, init] of asks)
      expect(
        misfits(document, schema, await (await county.fetch(`/api/v1/summary${query}`, init)).json()),
      ).toEqual([]);
  });

  it("each fault fits the shape of a problem, and its code is in the catalogue", async () => {
    const document = await readDocument();
    const faults = [
      await county.fetch("/api/v1/registrations", post("{")),
      await county.fetch("/api/v1/registrations", post({})),
      await county.fetch("/api/v1/registrations", post({}, { "Content-Type": "text/plain" })),
      await county.fetch("/api/v1/registrations", post("x".repeat(70_000))),
      await county.fetch("/api/v1/registrations"),
      await county.fetch("/api/v1/nothing"),
      await county.fetch("/api/v1/summary?unit=1"),
      await county.fetch("/api/v1/summary?unit=511781100001"),
      await county.fetch("/api/v1/summary", withKey("no-such-key-at-all-000")),
      await county.fetch("/api/v1/summary?unit=511782", withKey(ZHOU)),
      await county.fetch(
        "/api/v1/reports/511781100001/x",
        post({ clientId: clientId(1), zero: true }, withKey(ZHOU).headers),
      ),
    ];
    for (const fault of faults) {
      expect(fault.status).toBeGreaterThanOrEqual(400);
      expect(fault.status).toBeLessThan(500);
      const problemSchema = { $ref: "#/components/schemas/Problem" };
      expect(misfits(document, problemSchema, await fault.json())).toEqual([]);
    }
  });

  it("the catalogue has every problem but those that only a page can meet", () => {
    const pagesOnly = [
      ...["already-settled", "code-unknown", "cross-site", "malformed-form"],
      ...["not-allowed", "not-released", "release-held", "release-too-early", "release-unknown"],
      ...["sign-in-needed", "tip-full"],
    ];
    const any = Object.values(problem) as unknown as ((...words: unknown[]) => ProblemError)[];
    const codes = any.map((make) => make("x", "y", { "zh-Hans": "x", "zh-Hant": "x", en: "x" }).problem.code);
    const listed = apiProblems().map(({ code }) => code);
    expect(new Set(listed).size).toBe(listed.length);
    expect([...new Set(codes)].filter((code) => !listed.includes(code)).sort()).toEqual(pagesOnly);
  });

  it("names its doors under the service's own address", async () => {
    const document = await readDocument();
    expect(document.openapi).toBe("3.1.0");
    expect(document.servers).toEqual([{ url: "https://baobei.example" }]);
    expect(Object.keys(document.paths)).toEqual([
      "/api/v1/registrations",
      "/api/v1/tips",
      "/api/v1/reports/{unit}/{date}",
      ...countForms.map(({ name }) => `/api/v1/counts/${name}/{unit}/{date}`),
      ...recordForms.flatMap(({ name, record }) => [
        ...[`/api/v1/records/${name}/{unit}`, `/api/v1/records/${name}/{unit}/list`],
        ...[...record.steps, { name: "withdrawn" }].map(
          (step) => `/api/v1/records/${name}/{unit}/{id}/${step.name}`,
        ),
      ]),
      "/api/v1/records/{form}/{unit}/{id}",
      "/api/v1/readings",
      "/api/v1/summary",
      "/api/v1/indicators",
      "/api/v1/series",
      "/api/v1/situation-report",
      "/api/v1/batches",
      "/api/v1/batches/{id}",
      "/api/v1/batches/{id}/rows",
      "/api/v1/tables/{table}",
      "/api/v1/data-value-sets",
      "/api/v1/openapi.json",
    ]);
  });
});
