import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { recordForms } from "../../forms/records.ts";
import type { RecordForm } from "../../src/forms/define.ts";
import type { Schema } from "../../src/forms/describe.ts";
import { openApiDocument } from "../../src/http/openapi.ts";
import { recordPaths, recordSchemas } from "../../src/http/openapi-records.ts";
import { createApiRecordRoutes } from "../../src/routes/api-records.ts";
import { createShell } from "../../src/shell.tsx";
import { LI, post, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { clientId } from "../support/cast.ts";
import { banquet } from "../support/forms-banquet.ts";
import { misfits } from "../support/schema.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/* The door for programs: any record form's records, their steps, what became of them. */
const DAY = "2026-01-25";
const VILLAGE = "511781100001";
const VILLAGE_KEY = "wu-sample-key-000000000";
const FORMS: readonly RecordForm[] = [banquet, ...recordForms];

let county: TestCounty;
let app: ReturnType<typeof createShell>;
beforeEach(async () => {
  county = await openCounty(`${DAY}T10:00:00+08:00`);
  await seedUnits(county);
  await seedKeys(county);
  const { d1 } = county.deps;
  await d1
    .prepare(
      `INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES ('511781100E01', '示例厂', 'enterprise', '511781100', 0),
        ('511781100C01', '示例卡点', 'checkpoint', '511781100', 0), ('511781B01', '示例局', 'bureau', '511781', 0),
        ('51178110000101', '示例网格', 'grid', '511781100001', 0)`,
    )
    .run();
  const { createApiKey } = await import("../../src/db/api-key.ts");
  const key = { key: VILLAGE_KEY, scope: VILLAGE, label: "village", recordedAt: county.deps.now() };
  await (await createApiKey(county.deps.db, key)).statement;
  app = createShell(
    async () => county.deps,
    (shell) => shell.route("/api/v1", createApiRecordRoutes(FORMS)),
  );
});

type Answer = { status: number; body: Record<string, unknown> };
async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const request = new Request(`https://baobei.example/api/v1/records/${path}`, init);
  const answer = await app.fetch(request, {} as never);
  return { status: answer.status, body: await answer.json() };
}
const send = (path: string, body: unknown, key = ZHOU) => ask(path, post(body, withKey(key).headers));
let sent = 0;
const fresh = (more: object = {}) => ({ clientId: clientId(++sent), ...more });
const FEAST = { host: "样本甲", phone: "13800138000", heldOn: "2026-01-28", tables: 8 };
const file = async (more: object = {}, unit = VILLAGE) =>
  (await send(`sample-banquet/${unit}`, fresh({ ...FEAST, ...more }))).body as { number: string };
const rows = async (query: string) =>
  (await county.deps.d1.prepare(query).all<Record<string, unknown>>()).results;

describe("a form that the service has never seen", () => {
  it("is filed, decided, held, and read with its history; nobody's name is in any answer", async () => {
    const entry = fresh(FEAST);
    const filed = await send(`sample-banquet/${VILLAGE}`, entry, VILLAGE_KEY);
    expect(filed).toEqual({
      status: 201,
      body: {
        ...{ number: filed.body.number, form: "sample-banquet", unit: VILLAGE, state: "filed", version: 1 },
        ...{ caseNumber: null, answers: { heldOn: "2026-01-28", tables: 8 } },
        ...{ occurredAt: `${DAY}T10:00:00+08:00`, recordedAt: `${DAY}T10:00:00+08:00` },
        ...{ dueAt: `${DAY}T14:00:00+08:00`, endedAt: null },
      },
    });
    const at = `sample-banquet/${VILLAGE}/${filed.body.number}`;
    expect(await send(`${at}/approved`, fresh(), VILLAGE_KEY)).toMatchObject({
      ...{ status: 403, body: { code: "record-not-yours" } },
    });
    const approved = fresh({ limit: 6, occurredAt: `${DAY}T10:00` });
    expect((await send(`${at}/approved`, approved, LI)).body).toMatchObject({
      ...{ state: "approved", version: 2, occurredAt: `${DAY}T10:00:00+08:00` },
    });
    county.setNow(`${DAY}T11:00:00+08:00`);
    // What is sent again is answered as it was.
    expect((await send(`sample-banquet/${VILLAGE}`, entry, VILLAGE_KEY)).body).toEqual(filed.body);
    expect(await send(`${at}/approved`, fresh(), LI)).toMatchObject({
      status: 409,
      body: { code: "record-step-closed", title: "现在是“已同意”，不能再办这一步" },
    });
    const held = await send(`${at}/held`, fresh(), VILLAGE_KEY);
    expect(held.body).toMatchObject({ state: "held", dueAt: null, endedAt: `${DAY}T11:00:00+08:00` });
    const read = await ask(at, withKey(VILLAGE_KEY));
    expect(read).toMatchObject({
      status: 200,
      body: {
        ...{ state: "held", version: 3, steps: [], answers: { heldOn: "2026-01-28", tables: 8, limit: 6 } },
        events: [
          { version: 1, step: "filed", answers: { tables: 8 } },
          { version: 2, step: "approved", answers: { limit: 6 } },
          { version: 3, step: "held", answers: {} },
        ],
      },
    });
    expect(JSON.stringify([filed, held, read])).not.toMatch(/样本|13800138000|key\//);
  });

  it("has its doors, examples and answers in the document, and each example is taken as it stands", async () => {
    const ctx = {
      ...{ lang: "zh-Hans" as const, now: county.deps.now(), zone: "Asia/Shanghai", county: "511781" },
      village: VILLAGE,
    };
    type Operation = {
      parameters: { name: string; example: string }[];
      requestBody?: { content: { "application/json": { schema: Schema; example: object } } };
      responses: Record<string, { content?: { "application/json": { schema: Schema } } }>;
    };
    const whole = openApiDocument({ ...ctx, serverUrl: "https://baobei.example" });
    const schemas = {
      ...(whole.components as { schemas: object }).schemas,
      ...recordSchemas("zh-Hans", FORMS),
    };
    const document = { ...whole, components: { schemas } };
    const paths = recordPaths({ ...ctx, exampleId: clientId(1) }, () => ({}), FORMS);
    expect(Object.keys(paths)).toContain("/api/v1/records/sample-banquet/{unit}/{id}/approved");
    const fitting = async (path: string, method: "get" | "post", id = "", more: object = {}) => {
      const operation = (paths[path] as Record<string, Operation>)[method] as Operation;
      const { schema, example } = operation.requestBody?.content["application/json"] ?? {};
      if (schema) expect(misfits(document, schema, example), path).toEqual([]);
      const at = operation.parameters.reduce(
        (filled, { name, example: given }) => filled.replace(`{${name}}`, name === "id" ? id : given),
        path,
      );
      const door = at.replace("/api/v1/records/", "");
      const answer =
        method === "get" ? await ask(door, withKey(ZHOU)) : await send(door, { ...example, ...more });
      const [[status, said] = []] = Object.entries(operation.responses).filter(([code]) => code < "300");
      expect(answer, at).toMatchObject({ status: Number(status) });
      expect(misfits(document, said?.content?.["application/json"].schema ?? {}, answer.body), at).toEqual(
        [],
      );
      return answer.body;
    };
    for (const form of FORMS) {
      const door = `/api/v1/records/${form.name}/{unit}`;
      const { number } = await fitting(door, "post");
      const { results } = await fitting(`${door}/list`, "post");
      // The same entry, so it is the same record.
      expect(results).toMatchObject([{ status: 201, receipt: { number } }]);
      let state = "filed";
      for (const { name, from, when } of form.record.steps)
        if (from.includes(state) && !when) {
          await fitting(`${door}/{id}/${name}`, "post", String(number), { clientId: clientId(++sent + 100) });
          state = name;
        }
    }
    const { number } = await file({ host: "样本乙" });
    const path = "/api/v1/records/{form}/{unit}/{id}";
    await fitting(path, "get", number);
    await fitting(`/api/v1/records/sample-banquet/{unit}/{id}/withdrawn`, "post", number, fresh());
  });
});

describe("a list", () => {
  it("is answered entry by entry: what is bad is said with its place, what is good is filed", async () => {
    const good = fresh({ ...FEAST, host: "样本乙" });
    const { status, body } = await send(`sample-banquet/${VILLAGE}/list`, {
      entries: [
        ...[fresh(FEAST), fresh({ ...FEAST, tables: "很多" }), "x", null, { ...FEAST, clientId: 7 }],
        ...[fresh({ ...FEAST, occurredAt: "昨天" }), fresh(FEAST), good, { ...good, tables: 9 }, good],
      ],
    });
    type Result = {
      clientId: string | null;
      status: number;
      problem?: { code: string; errors?: { path: string }[] };
    };
    const results = body.results as Result[];
    expect(status).toBe(200);
    expect(
      results.map(({ status: each, problem }) => [each, ...(problem?.errors?.map(({ path }) => path) ?? [])]),
    ).toEqual([
      ...[[201], [422, "tables"], [422, "clientId", ""], [422, "clientId", ""], [422, "clientId"]],
      ...[[422, "occurredAt"], [422, "host"], [201], [409], [201]],
    ]);
    expect(await rows("SELECT count(*) AS n FROM record")).toEqual([{ n: 2 }]);
  });

  it("of fifty is taken whole within 256 KB; of fifty-one, or no list at all, is refused", async () => {
    const entries = (n: number, more: object = {}) =>
      Array.from({ length: n }, (_, at) => fresh({ ...FEAST, host: `样本 ${at} 户`, ...more }));
    const path = `sample-banquet/${VILLAGE}/list`;
    const { body } = await send(path, { entries: entries(50, { note: "x".repeat(1_500) }) });
    expect((body.results as { status: number }[]).every(({ status }) => status === 201)).toBe(true);
    expect(await send(path, { entries: entries(51) })).toMatchObject({
      status: 422,
      body: { code: "too-many" },
    });
    for (const bad of [{}, { entries: "x" }, { entries: null }, { entries: { length: 1 } }])
      expect(await send(path, bad)).toMatchObject({ status: 422, body: { errors: [{ path: "entries" }] } });
    expect((await send(path, { entries: [], more: "x".repeat(300_000) })).status).toBe(413);
    expect(await send(path, { entries: [] })).toEqual({ status: 200, body: { results: [] } });
  });
});

describe("Mallory", () => {
  const DOOR = `sample-banquet/${VILLAGE}`;
  it.each<[string, string, object, number, string]>([
    ["nothing", DOOR, {}, 422, "host"],
    ["less than a table", DOOR, { ...FEAST, tables: 0 }, 422, "tables"],
    ["a day that does not exist", DOOR, { ...FEAST, heldOn: "2026-02-30" }, 422, "heldOn"],
    ["a host of ten thousand letters", DOOR, { ...FEAST, host: "长".repeat(10_000) }, 422, "host"],
    ["lists and objects for answers", DOOR, { ...FEAST, host: [{}], tables: { a: 1 } }, 422, "tables"],
    ["a moment of numbers", DOOR, { ...FEAST, occurredAt: 5 }, 422, "occurredAt"],
    ["the 32nd", DOOR, { ...FEAST, occurredAt: "2026-01-32T10:00" }, 422, "occurredAt"],
    ["tomorrow", DOOR, { ...FEAST, occurredAt: "2026-01-26T10:00" }, 422, "occurredAt"],
    ["the year 1999", DOOR, { ...FEAST, occurredAt: "1999-01-26T10:00" }, 422, "occurredAt"],
    ["no client id", DOOR, { ...FEAST, clientId: undefined }, 422, "clientId"],
    ["a client id that is none", DOOR, { ...FEAST, clientId: "1 OR 1=1" }, 422, "clientId"],
    ["a form that is none", `no-such/${VILLAGE}`, FEAST, 404, "record-form-unknown"],
    ["a form that every object has", `constructor/${VILLAGE}`, FEAST, 404, "record-form-unknown"],
    ["a form of another kind of unit", "sample-banquet/511781100S01", FEAST, 422, "record-form-not-theirs"],
    ["a unit that is none", "sample-banquet/511781100009", FEAST, 422, "unit-not-found"],
    ["a unit that cannot be", "sample-banquet/511781~", FEAST, 422, "unit-not-found"],
    ["a unit elsewhere", "sample-banquet/110105", FEAST, 403, "out-of-scope"],
    ["a step of nothing", `${DOOR}/QB-0000-0000/held`, {}, 404, "record-not-found"],
    ["a step that is none", `${DOOR}/QB-0000-0000/eaten`, {}, 404, "record-step-unknown"],
    ["a withdrawal without a reason", `${DOOR}/QB-0000-0000/withdrawn`, {}, 422, "reason"],
  ])("sends %s and is told what to mend", async (_, path, body, status, said) => {
    const answer = await send(path, { clientId: clientId(++sent), ...body });
    expect([answer.status, JSON.stringify(answer.body).includes(`"${said}"`)]).toEqual([status, true]);
    expect(
      await rows("SELECT (SELECT count(*) FROM record) + (SELECT count(*) FROM submission) AS n"),
    ).toEqual([{ n: 0 }]);
  });

  it("reaches no record without a key, beyond the key's scope, under another unit or another form", async () => {
    const { number } = await file();
    const elsewhere = await file({}, "511781101001");
    const path = `sample-banquet/${VILLAGE}/${number}`;
    expect((await ask(path)).status).toBe(401);
    expect((await ask(path, withKey("no-such-key-at-all-000"))).status).toBe(401);
    expect((await ask(`sample-banquet/511781101001/${elsewhere.number}`, withKey(LI))).status).toBe(403);
    for (const other of [
      `sample-banquet/511781100002/${number}`,
      `sample-banquet/${VILLAGE}/${elsewhere.number}`,
      `exit-pass/${VILLAGE}/${number}`,
      `sample-banquet/${VILLAGE}/__proto__`,
    ])
      expect(await ask(other, withKey(ZHOU)), other).toMatchObject({
        ...{ status: 404, body: { code: "record-not-found" } },
      });
    expect((await send(`sample-banquet/511781100002/${number}/refused`, fresh({ why: "x" }))).status).toBe(
      404,
    );
    expect(
      (await send(`${path}/withdrawn`, fresh({ reason: "样本" }), "no-such-key-at-all-000")).status,
    ).toBe(401);
    expect((await send(`sample-banquet/511781100009/${number}/refused`, fresh({ why: "x" }))).status).toBe(
      422,
    );
  });

  it("sends what nobody foresaw: every answer says what to mend, and nothing is half-written", async () => {
    const odd = fc.oneof(
      fc.constantFrom(
        null,
        true,
        -1,
        1e21,
        "",
        "\u0000",
        "\ud83d",
        "٣",
        "2026-01-25T24:00",
        "x".repeat(5_000),
      ),
      fc.jsonValue({ maxDepth: 2, stringUnit: "binary" }),
    );
    const names = ["clientId", "occurredAt", ...Object.keys(FEAST), "__proto__"];
    const { number } = await file();
    const doors = [DOOR, `${DOOR}/list`, `${DOOR}/${number}/refused`, `${DOOR}/${number}/withdrawn`];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...doors),
        fc.constantFrom(...names),
        odd,
        async (door, name, value) => {
          const entry = { ...fresh(FEAST), [name]: value };
          const before = await rows("SELECT count(*) AS n FROM submission");
          const { status, body } = await send(door, door.endsWith("list") ? { entries: [entry] } : entry);
          if (status < 300) return;
          expect([400, 409, 422], JSON.stringify(body)).toContain(status);
          expect(await rows("SELECT count(*) AS n FROM submission")).toEqual(before);
        },
      ),
      { numRuns: 40 },
    );
  });
});
