import { beforeEach, describe, expect, it } from "vitest";
import { listDevMail } from "../../../src/db/dev-mail.ts";
import { addOfficial } from "../../../src/db/official.ts";
import { runBatch } from "../../../src/db/store.ts";
import { ROLES } from "../../../src/domain/office.ts";
import { DESK_ORIGIN, type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { plainText } from "../../support/pages.ts";
import { rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

let county: DeskCounty;
let admin: Signed;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  admin = await county.signIn("admin", "511781", "示例管");
});

const wu = {
  name: "示例吴",
  email: "wu@sample.example",
  unit: "511781100001",
  role: "reporter",
  lang: "zh-Hans",
};
const offices = async () =>
  (await rowsOf(county, "official")).map(({ role, unit_code, removed_at }) => [
    role,
    unit_code,
    removed_at === null,
  ]);
const idOf = async (role: string) =>
  (await rowsOf(county, "official")).find((row) => row.role === role && row.removed_at === null)
    ?.id as string;
const acts = async () =>
  (await rowsOf(county, "audit")).map(({ act, actor, subject_id, unit_code, detail }) =>
    [act, actor, subject_id, unit_code, detail].join(" "),
  );

describe("appointing", () => {
  it("lets Wu sign in with her address from then on, and is on record without her name", async () => {
    const answer = await admin.post("/desk/officials", wu);
    expect(answer.headers.get("Location")).toBe("/desk/officials?done=added&lang=zh-Hans");
    const id = await idOf("reporter");
    expect(await acts()).toEqual([`appoint official/${admin.id} ${id} 511781100001 reporter`]);
    await county.desk("/desk/sign-in", {
      method: "POST",
      body: new URLSearchParams({ email: "WU@sample.example" }),
      headers: { Origin: DESK_ORIGIN },
    });
    expect((await listDevMail(county.deps, 5)).map(({ to }) => to)).toEqual(["wu@sample.example"]);
    expect(JSON.stringify(await rowsOf(county, "official"))).not.toMatch(/示例吴|wu@/);
    const list = plainText(await (await admin.get("/desk/officials")).text());
    expect(list).toContain("示例吴");
    expect(list).toContain("wu***@sample.example");
    expect(list).not.toContain("wu@sample.example");
    expect(plainText(await (await admin.get(`/desk/officials/${id}`)).text())).toContain("wu@sample.example");
    // A browser's history keeps titles.
    const title = /<title>([^<]*)/.exec(await (await admin.get(`/desk/officials/${id}`)).text())?.[1];
    expect(title).toContain("一个岗位");
    expect(title).not.toContain("示例吴");
    expect((await acts()).filter((act) => act.startsWith("open-official")).length).toBe(1);
  });

  it("says what is missing and keeps what was typed, in the reader's language", async () => {
    const answer = await admin.post("/desk/officials?lang=en", { name: "Sample Wu", email: "wu", unit: "x" });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    for (const words of [
      "<title>Error: ",
      "Enter an e-mail address",
      "Choose a role",
      "There is no such unit in your area",
      'value="Sample Wu"',
      'value="wu"',
    ])
      expect(html).toContain(words);
    for (const bad of [{}, { ...wu, role: "king" }, { ...wu, unit: "511781100099" }, { ...wu, name: " " }])
      expect((await admin.post("/desk/officials", bad)).status).toBe(422);
    expect((await offices()).length).toBe(1);
  });

  it("gives one address one office at a time, in whatever spelling", async () => {
    await admin.post("/desk/officials", wu);
    const again = await admin.post("/desk/officials", {
      ...wu,
      email: " Wu@Sample.example",
      unit: "511781101",
    });
    expect(again.status).toBe(422);
    expect(plainText(await again.text())).toContain("一个邮箱同时只能有一个岗位");
    expect((await offices()).length).toBe(2);
  });

  it("is a town's administrator's to do in the town alone", async () => {
    const li = await county.signIn("admin", "511781100", "示例李");
    const foreign = await county.signIn("clerk", "511781101");
    for (const unit of ["511781", "511781101", "511781101001"]) {
      const answer = await li.post("/desk/officials", { ...wu, unit });
      expect([unit, answer.status]).toEqual([unit, 422]);
    }
    expect((await li.post("/desk/officials", wu)).status).toBe(303);
    const id = await idOf("reporter");
    expect((await li.post(`/desk/officials/${id}/change`, { unit: "511781101", role: "clerk" })).status).toBe(
      422,
    );
    for (const other of [foreign.id, admin.id, "nobody"]) {
      expect((await li.get(`/desk/officials/${other}`)).status).toBe(404);
      expect((await li.post(`/desk/officials/${other}/end`)).status).toBe(404);
      expect(
        (await li.post(`/desk/officials/${other}/change`, { unit: "511781100", role: "clerk" })).status,
      ).toBe(404);
    }
    const list = plainText(await (await li.get("/desk/officials")).text());
    expect(list).not.toContain("示例管");
    expect((await foreign.get("/desk/me")).status).toBe(200);
  });

  it("is nobody's but an administrator's", async () => {
    for (const role of ROLES.filter((one) => one !== "admin")) {
      const zhou = await county.signIn(role, "511781", "示例周");
      for (const answer of [
        await zhou.get("/desk/officials"),
        await zhou.get(`/desk/officials/${admin.id}`),
        await zhou.post("/desk/officials", wu),
        await zhou.post(`/desk/officials/${admin.id}/end`),
        await zhou.post(`/desk/officials/${admin.id}/change`, { unit: "511781", role: "clerk" }),
      ])
        expect([role, answer.status]).toEqual([role, 403]);
    }
  });
});

describe("an office", () => {
  it("ends with every session of it, and its address may hold another", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    expect((await li.get("/desk/me")).status).toBe(200);
    const answer = await admin.post(`/desk/officials/${li.id}/end`);
    expect(answer.headers.get("Location")).toBe("/desk/officials?done=ended&lang=zh-Hans");
    expect((await li.get("/desk/me")).status).toBe(303);
    expect((await rowsOf(county, "session")).filter(({ ended_at }) => ended_at !== null).length).toBe(1);
    expect((await admin.post("/desk/officials", { ...wu, email: li.email })).status).toBe(303);
    expect(await acts()).toContain(`end-office official/${admin.id} ${li.id} 511781100 clerk`);
  });

  it("becomes another one: the old ends, a new one begins", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    const same = await admin.post(`/desk/officials/${li.id}/change`, { unit: "511781100", role: "clerk" });
    expect(same.status).toBe(422);
    const answer = await admin.post(`/desk/officials/${li.id}/change`, {
      unit: "511781101",
      role: "supervisor",
    });
    const id = await idOf("supervisor");
    expect(answer.headers.get("Location")).toBe(`/desk/officials/${id}?done=changed&lang=zh-Hans`);
    expect(await offices()).toEqual(
      expect.arrayContaining([
        ["clerk", "511781100", false],
        ["supervisor", "511781101", true],
      ]),
    );
    expect(plainText(await (await admin.get(`/desk/officials/${id}`)).text())).toContain("示例李");
    expect(await acts()).toContain(
      `change-office official/${admin.id} ${li.id} 511781100 clerk > supervisor 511781101`,
    );
  });

  it("is changed by one of two at once; the other is told who and when, and what was typed stays", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    const zhou = await county.signIn("admin", "511781", "示例周");
    const change = { unit: "511781101", role: "inspector" };
    const answers = await Promise.all([
      admin.post(`/desk/officials/${li.id}/end`),
      zhou.post(`/desk/officials/${li.id}/change`, change),
      admin.post(`/desk/officials/${li.id}/change`, change),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
    county.setNow("2026-01-25T10:07:00+08:00");
    const late = await zhou.post(`/desk/officials/${li.id}/change`, change);
    expect(late.status).toBe(409);
    const text = plainText(await late.text());
    expect(text).toMatch(/万源市 示例(管|周)已在 10:00 先处理了/);
    expect(text).toContain("督查员");
    expect((await offices()).filter(([, , holds]) => holds).length).toBeLessThanOrEqual(3);
  });

  it("of the county's last administrator neither ends nor changes, whoever asks and however many at once", async () => {
    const other = await county.signIn("admin", "511781", "示例周");
    await county.signIn("admin", "511781100", "示例李");
    const answers = await Promise.all([
      admin.post(`/desk/officials/${other.id}/end`),
      other.post(`/desk/officials/${admin.id}/end`),
    ]);
    expect(answers.map(({ status }) => status).sort()).not.toEqual([303, 303]);
    const last = (await admin.get("/desk/me")).status === 200 ? admin : other;
    for (const answer of [
      await last.post(`/desk/officials/${last.id}/end`),
      await last.post(`/desk/officials/${last.id}/change`, { unit: "511781", role: "clerk" }),
      await last.post(`/desk/officials/${last.id}/change`, { unit: "511781100", role: "admin" }),
    ]) {
      expect(answer.status).toBe(409);
      expect(plainText(await answer.text())).toContain("这是全县最后一位管理员");
    }
    expect((await last.get("/desk/officials")).status).toBe(200);
  });
});

describe("the list", () => {
  it("shows fifty a page by unit, reads no more than it shows, and takes no made-up place amiss", async () => {
    const entries = Array.from({ length: 120 }, async (_, at) =>
      addOfficial(county.deps, {
        id: county.deps.newId(),
        name: `示例${at}`,
        email: `sample-${at}@sample.example`,
        unitCode: at % 2 ? "511781100001" : "511781101001",
        role: "reporter",
        lang: "zh-Hans",
        recordedAt: county.deps.now(),
      }),
    );
    await runBatch(
      county.deps.db,
      (await Promise.all(entries)).map(({ statement }) => statement),
    );
    const seen: string[] = [];
    let path: string | undefined = "/desk/officials";
    while (path) {
      const before = county.meter.read;
      const html: string = await (await admin.get(path)).text();
      expect(county.meter.read - before).toBeLessThan(170);
      seen.push(...[...html.matchAll(/\/desk\/officials\/([0-9a-f-]{36})/g)].map(([, id]) => id ?? ""));
      path = /href="([^"]*\?after=[^"]*)"[^>]*>后面还有/.exec(html)?.[1]?.replaceAll("&amp;", "&");
    }
    expect([seen.length, new Set(seen).size]).toEqual([121, 121]);
    for (const after of ["x", "511781.", "511781.' OR 1", "999999999999.zzz"])
      expect((await admin.get(`/desk/officials?${new URLSearchParams({ after })}`)).status).toBe(200);
  });
});
