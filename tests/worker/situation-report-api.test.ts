import { beforeEach, describe, expect, it } from "vitest";
import { unitSql } from "../../src/cli/units.ts";
import type { UnitRow } from "../../src/domain/unit.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { LI, oweReports, seedKeys, withKey, ZHOU } from "../support/api.ts";
import { amina, bashir, chen } from "../support/cast.ts";
import { deskOf } from "../support/desk.ts";
import { observed } from "../support/observed.ts";
import { misfits } from "../support/schema.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

/*
 * GET /api/v1/situation-report: what a program is told of a unit as of a cut-off, and what it is told when it asks wrongly.
 */
const NOON = "2026-01-25T12:00:00+08:00";
let county: TestCounty;
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  await seedKeys(county);
  await observed(county, [amina(), bashir()]);
  county.setNow("2026-01-25T12:30:00+08:00");
});

type Answer = {
  text: string;
  figures: { id: string; value: number | null; text: string; name: string }[];
  snapshot: {
    [name: string]: unknown;
    hash: string;
    recordedAfter: Record<string, number>;
    issued: { id: string; version: number; hash: string } | null;
  };
};
const asks = (query: Record<string, string>, init: RequestInit = withKey(LI)) =>
  county.fetch(
    `/api/v1/situation-report?${new URLSearchParams({ template: "town", asOf: NOON, ...query })}`,
    init,
  );
const told = async (query: Record<string, string> = {}) => (await asks(query)).json<Answer>();

/** The hash as the document tells a program to make it. */
async function hashOf({ text, figures, snapshot }: Answer): Promise<string> {
  const { hash: _hash, recordedAfter: _late, issued: _issued, ...rest } = snapshot;
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.keys(value)
        .toSorted()
        .map((name) => [name, sorted((value as Record<string, unknown>)[name])]),
    );
  };
  const whole = { ...rest, figures: figures.map(({ name: _name, ...one }) => one), text };
  const bytes = new TextEncoder().encode(JSON.stringify(sorted(whole)));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

describe("the situation report for programs", () => {
  it("tells text, figures and what they are as of, as the document describes it, with a hash anybody can make", async () => {
    const answer = await asks({});
    expect(answer.headers.get("Cache-Control")).toBe("private, no-store");
    const all = await answer.json<Answer>();
    expect(all.text).toContain("从武汉方向返乡2人");
    expect(all.figures).toContainEqual({
      ...{ id: "registered.wuhanDirection", value: 2, text: "2" },
      name: expect.stringContaining("武汉"),
    });
    expect(all.snapshot).toMatchObject({
      ...{ template: "town", lang: "zh-Hans", asOf: NOON, from: "2026-01-24T12:00:00+08:00" },
      ...{ unit: { code: "511781100" }, completeness: { units: 4 }, recordedAfter: {}, issued: null },
    });
    expect(await hashOf(all)).toBe(all.snapshot.hash);
    const document = await (await county.fetch("/api/v1/openapi.json")).json<Parameters<typeof misfits>[0]>();
    expect(misfits(document, { $ref: "#/components/schemas/SituationReport" }, all)).toEqual([]);
    const tag = answer.headers.get("ETag") ?? "";
    const headers = { ...(withKey(LI).headers as Record<string, string>), "If-None-Match": tag };
    expect((await asks({}, { headers })).status).toBe(304);
  });

  it("is as of the template's last usual cut-off where none is named, and in the script that is asked", async () => {
    const all = await told({ asOf: "", lang: "zh-Hant" });
    expect(all.snapshot).toMatchObject({ asOf: "2026-01-24T18:00:00+08:00", lang: "zh-Hant" });
    expect(all.text).toContain("疫情防控工作進展彙報");
  });

  it("is as of now in a town that was opened this morning, for no cut-off of its life has passed", async () => {
    await county.deps.d1
      .prepare("UPDATE unit SET recorded_at = ?")
      .bind(Date.parse("2026-01-25T08:00:00+08:00"))
      .run();
    const { snapshot } = await told({ asOf: "" });
    expect(snapshot.asOf).toBe("2026-01-25T12:30:00+08:00");
    expect((await asks({ asOf: "2026-01-24T18:00:00+08:00" })).status).toBe(422);
  });

  it("stays what it was though somebody is entered late, and says so beside; what was issued of it is named", async () => {
    const before = await told();
    const li = await deskOf(county).signIn("clerk", "511781100");
    const place = new URLSearchParams({ unit: "511781100", asOf: NOON });
    const html = await (await li.get(`/desk/reports/town?${place}`)).text();
    const seen = /name="_seen" value="(\w+)"/.exec(html)?.[1] ?? "";
    const issued = await li.post(`/desk/reports/town/issue?${place}`, { version: "0", _seen: seen });
    const id = /SR-[\dA-F-]+/.exec(issued.headers.get("Location") ?? "")?.[0];
    county.setNow("2026-01-25T12:40:00+08:00");
    await observed(county, [chen({ temperature: 36.6 })], { client: 2, phone: "13900000002" });
    const after = await told();
    const valuesOf = ({ figures }: Answer) => new Map(figures.map((one) => [one.id, one.value]));
    expect(valuesOf(after)).toEqual(valuesOf(before));
    expect(after.snapshot.recordedAfter).toMatchObject({ "registered.wuhanDirection": 1 });
    expect(after.snapshot.issued).toEqual({ id, version: 1, hash: before.snapshot.hash });
    const late = await told({ late: "true" });
    expect(valuesOf(late).get("registered.wuhanDirection")).toBe(3);
    expect(late.text).toMatch(/从武汉方向返乡3人.*\n注：以上数字含截止后补录的。$/);
    expect(late.snapshot).toMatchObject({ asOf: NOON, recordedUpTo: "2026-01-25T12:40:00+08:00" });
    expect(await hashOf(late)).toBe(late.snapshot.hash);
    expect((await told({ lang: "zh-Hant" })).snapshot.issued).toBeNull();
    expect((await told({ asOf: "2026-01-25T12:15:00+08:00" })).snapshot.issued).toBeNull();
  });

  it("states one moment though the sweep runs and two hundred units are imported meanwhile", async () => {
    county.setNow("2026-01-25T16:30:00+08:00");
    const { deps } = county;
    await oweReports(county, "2026-01-25", ["511781100", "511781100001", "511781100002", "511781100S01"]);
    const rows = Array.from({ length: 200 }, (_, at) => ({
      ...{ code: `511781100${String(100 + at)}`, name: `示例${at}村`, kind: "village", parent: "511781100" },
    })) as UnitRow[];
    const ask = async () => {
      const { figures } = await told({ asOf: "2026-01-25T16:30:00+08:00" });
      return new Map(figures.map(({ id, value }) => [id, value]));
    };
    const answers = [ask(), sweepOverdue(deps, deps.now()).then(() => ask()), ask()];
    answers.push(
      deps.d1.batch(unitSql(rows, deps.now()).map((sql) => deps.d1.prepare(sql))).then(() => ask()),
    );
    answers.push(ask(), ask());
    const before = 4;
    for (const one of await Promise.all(answers)) {
      expect([before, before + 200]).toContain(one.get("completeness.units"));
      expect(one.get("dailyReports.owed")).toBe(4);
      expect(one.get("dailyReports.overdue")).toBe(4);
    }
    expect((await ask()).get("completeness.units")).toBe(before + 200);
  });

  it("is for a key whose scope holds the unit", async () => {
    expect((await asks({}, {})).status).toBe(401);
    expect((await asks({}, withKey("no-such-key-at-all-000"))).status).toBe(401);
    for (const unit of ["511781", "511781101", "51178110"])
      expect([unit, (await asks({ unit })).status]).toEqual([unit, 403]);
    expect((await asks({ unit: "511781101" }, withKey(ZHOU))).status).toBe(200);
    expect((await asks({ unit: "511781999" }, withKey(ZHOU))).status).toBe(422);
    expect((await asks({ unit: "511781'" }, withKey(ZHOU))).status).toBe(422);
  });

  it("is written in Chinese alone, and says so in English to whoever asks for English", async () => {
    const fault = await (await asks({ lang: "en" })).json<{ errors: { message: string }[] }>();
    expect(fault.errors[0]?.message).toBe("Situation reports are written in zh-Hans or zh-Hant");
  });

  it.each<[Record<string, string>, string, string]>([
    [{ template: "weather" }, "template", "unknown"],
    [{ template: "" }, "template", "unknown"],
    [{ template: "constructor" }, "template", "unknown"],
    [{ template: "county" }, "template", "wrong-kind"],
    [{ late: "maybe" }, "late", "unknown"],
    [{ lang: "fr" }, "lang", "unknown"],
    [{ lang: "zh" }, "lang", "unknown"],
    [{ asOf: "2026-01-25T12:31:00+08:00" }, "asOf", "future"],
    [{ asOf: "2026-01-19T12:00:00+08:00" }, "asOf", "before-first-record"],
    [{ asOf: "2026-01-25T12:00:00" }, "asOf", "zone"],
    [{ asOf: "2026-02-30T12:00:00+08:00" }, "asOf", "no-such-day"],
    [{ asOf: "noon" }, "asOf", "format"],
    [{ from: NOON }, "from", "not-before-as-of"],
    [{ from: "2026-01-26T12:00:00+08:00" }, "from", "not-before-as-of"],
    [{ from: "2026-01-24T12:00:00" }, "from", "zone"],
    [{ from: "2026-01-32T12:00:00+08:00" }, "from", "no-such-day"],
  ])("says what is wrong with %o, in the reader's language", async (query, path, code) => {
    const words = new Set<string>();
    for (const language of ["zh-CN", "zh-TW", "en"]) {
      const headers = { ...(withKey(LI).headers as Record<string, string>), "Accept-Language": language };
      const answer = await asks(query, { headers });
      const fault = await answer.json<{ errors: { path: string; code: string; message: string }[] }>();
      expect([answer.status, answer.headers.get("Content-Type")]).toEqual([
        422,
        "application/problem+json; charset=utf-8",
      ]);
      expect(fault.errors).toEqual([{ path, code, message: expect.stringMatching(/\S/) }]);
      words.add(fault.errors[0]?.message ?? "");
    }
    expect(words.size).toBe(3);
  });
});
