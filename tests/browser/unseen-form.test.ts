import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { localClock, localDate, MINUTE } from "../../src/domain/time.ts";
import { posted } from "../support/demo-day.ts";
import { canteens, crewEntry, mealSamples } from "../support/forms-unheard.ts";
import { openUnseen, type UnseenCounty } from "../support/unseen-county.ts";

/*
 * The promise of a form file: two forms that nobody here has seen, put into forms/ of a copy of the project, a table of
 * what they count put into tables/, and no other change. What is asked of them goes by HTTP alone.
 */
// A zone in which it is nine in the morning now, so that what is due today is still to come whenever this runs.
const away = ((9 - new Date().getUTCHours() + 12 + 24) % 24) - 12;
const ZONE = `Etc/GMT${away > 0 ? "-" : "+"}${Math.abs(away)}`;
const started = new Date();
const due = new Date(started.getTime() + 50 * MINUTE);

const VILLAGE = "511781100201";
const SCHOOL = "511781100S01";
let county: UnseenCounty;
beforeAll(async () => {
  county = await openUnseen(
    {
      ...{ "forms/crew-entry.ts": crewEntry, "forms/meal-samples.ts": mealSamples(localClock(due, ZONE)) },
      "tables/canteens.ts": canteens,
    },
    { TIME_ZONE: ZONE },
  );
  await county.scheduled(new Date());
});
afterAll(() => county?.close());

const link = (code: string) => county.doors.units.find((unit) => unit.code === code)?.url ?? "";
const get = async (address: string, lang = "zh-Hans") => {
  const answer = await fetch(address, { headers: { Cookie: `lang=${lang}` } });
  return { status: answer.status, html: await answer.text() };
};
/** As much as is looked at of what the doors answer. */
type Told = {
  number: string;
  state: string;
  answers: object;
  dueAt: string;
  recordedAt: string;
  totals: object;
  errors: { path: string; message: string }[];
  indicators: { id: string }[];
  paths: Record<
    string,
    { post: { requestBody: { content: { "application/json": { schema: { $ref: string } } } } } }
  >;
  components: { schemas: Record<string, object> };
};
const api = async (path: string, body?: object) => {
  const answer = await fetch(`${county.url}/api/v1/${path}`, {
    method: body ? "POST" : "GET",
    headers: { Authorization: `Bearer ${county.doors.apiKey}`, "Content-Type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Told };
};
const file = (values: object) => api(`records/crew-entry/${VILLAGE}`, { clientId: randomUUID(), ...values });
type Mail = { to: string; subject: string; text: string };
const mailTo = async (code: string): Promise<string[]> => {
  const mails: Mail[] = await (
    await fetch(`${county.url}/dev/mail.json?to=contact-${code}@demo.example`)
  ).json();
  return mails.map(({ subject, text }) => `${subject}\n${text}`);
};

/** The desk as the county's administrator sees it. */
async function signIn() {
  const admin = county.doors.officials.find(({ role }) => role === "admin");
  const signedIn = await fetch(admin?.url ?? "", { redirect: "manual" });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return async (path: string) =>
    (await fetch(`${county.url}/desk${path}`, { headers: { Cookie: cookie } })).text();
}
const otherSchool = () =>
  county.doors.units.find(({ code }) => /S01$/.test(code) && code !== SCHOOL)?.code ?? "";

it("npm run forms finds both, and the table that is made of them", () => {
  expect(county.printed).toMatch(
    /: wrote counts\.ts, records\.ts and titles\.ts\.\n\d+ tables: wrote index\.ts\.\n$/,
  );
});

it("the village finds the form at its link, fills it in on a page and is told what to mend", async () => {
  expect((await get(link(VILLAGE))).html).toMatch(/href="[^"]*\/records["?]/);
  expect((await get(`${link(VILLAGE)}/records`)).html).toContain("施工队进场");
  const address = `${link(VILLAGE)}/records/crew-entry/new`;
  const page = await get(address);
  for (const said of ["哪家公司", "几个人", "从外地来"]) expect(page.html).toContain(said);
  const id = randomUUID();
  const send = (fields: [string, string][]) =>
    fetch(address, posted([["clientId", id], ...fields, ["_go", "send"]]));
  const bad = await send([["people", "100"]]);
  expect(bad.status).toBe(422);
  const said = await bad.text();
  for (const fault of ["请填写哪家公司", "请填写 1 到 99 之间的数", "请选择是否从外地来"])
    expect(said).toContain(fault);
  const good: [string, string][] = [
    ["company", "样本建筑公司"],
    ["people", "12"],
    ["elsewhere", "yes"],
  ];
  const taken = await send(good);
  expect(taken.status).toBe(303);
  const record = await get(new URL(taken.headers.get("Location") ?? "", county.url).href);
  expect(record.html).toMatch(/SG-\d{4}-\d{4}/);
  expect(record.html).toContain("等镇里同意");
  // The same page once more is the same record; another crew of the company is too many.
  expect((await send(good)).status).toBe(303);
  const again = await fetch(address, posted([["clientId", randomUUID()], ...good, ["_go", "send"]]));
  expect(again.status).toBe(422);
  expect(await again.text()).toContain("这家公司 7 天内来过一队");
});

let number = "";
it("programs file it, and are told where an answer is wrong", async () => {
  const bad = await file({ company: "", people: "many", elsewhere: "perhaps" });
  expect(bad.status).toBe(422);
  expect(bad.body.errors.map(({ path }) => path)).toEqual(["company", "people", "elsewhere"]);
  const good = await file({ company: "样本路桥公司", people: 8, elsewhere: false });
  expect([good.status, good.body.state, good.body.answers]).toEqual([
    201,
    "filed",
    { people: 8, elsewhere: false },
  ]);
  number = good.body.number;
  const refused = await file({ company: "样本 路桥公司", people: 1, elsewhere: false });
  expect([refused.status, refused.body.errors[0]?.path]).toEqual([422, "company"]);
  expect(refused.body.errors[0]?.message).toContain("7 天内");
});

it("the town decides, with what the step asks", async () => {
  const step = `records/crew-entry/${VILLAGE}/${number}/admitted`;
  expect((await api(step, { clientId: randomUUID() })).body.errors[0]?.path).toBe("most");
  const taken = await api(step, { clientId: randomUUID(), most: 6 });
  expect([taken.status, taken.body.state]).toEqual([201, "admitted"]);
  expect(Date.parse(taken.body.dueAt) - Date.parse(taken.body.recordedAt)).toBe(30 * MINUTE);
});

it("a school counts on its page and by program", async () => {
  const today = localDate(new Date(), ZONE);
  expect((await get(`${link(SCHOOL)}/counts`)).html).toContain("食堂留样");
  expect((await get(`${link(SCHOOL)}/counts/meal-samples`)).html).toContain("留样");
  const path = `counts/meal-samples/${SCHOOL}/${today}`;
  const bad = await api(path, { clientId: randomUUID(), samples: -1 });
  expect([bad.status, bad.body.errors[0]?.path]).toEqual([422, "samples"]);
  const good = await api(path, { clientId: randomUUID(), samples: 9 });
  expect([good.status, good.body.totals]).toMatchObject([201, { samples: 9 }]);
});

it("OpenAPI describes the doors and what goes through them", async () => {
  const { paths, components } = (await api("openapi.json")).body;
  for (const path of [
    "/api/v1/records/crew-entry/{unit}",
    "/api/v1/records/crew-entry/{unit}/list",
    "/api/v1/records/crew-entry/{unit}/{id}/admitted",
    "/api/v1/records/crew-entry/{unit}/{id}/gone",
    "/api/v1/counts/meal-samples/{unit}/{date}",
  ])
    expect(paths[path]?.post, path).toBeDefined();
  const schema = (path: string) => {
    const ref = paths[path]?.post.requestBody.content["application/json"].schema.$ref;
    return JSON.stringify(components.schemas[ref?.split("/").at(-1) ?? ""]);
  };
  expect(schema("/api/v1/records/crew-entry/{unit}")).toContain('"maximum":99');
  expect(schema("/api/v1/records/crew-entry/{unit}/{id}/admitted")).toContain('"most"');
  expect(schema("/api/v1/counts/meal-samples/{unit}/{date}")).toContain('"samples"');
});

it("its figures are indicators, with the county's number behind them", async () => {
  const ids = (await api("indicators")).body.indicators.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(["crew-entry.outside", "crew-entry.inside", "meal-samples.samples"]),
  );
  const desk = await signIn();
  const figure = (id: string) => desk(`/figures/${id}`);
  // 8 of the crew that was let in; of the other, which is from elsewhere, one crew.
  const inside = await figure("crew-entry.inside");
  expect(inside).toContain("在场工人");
  expect(inside).toMatch(/>\s*8\s*</);
  const outside = await figure("crew-entry.outside");
  expect(outside).toContain("外地施工队");
  expect(outside).toMatch(/>\s*1\s*</);
  expect(await figure("meal-samples.samples")).toMatch(/>\s*9\s*</);
});

it("a bureau's table of them is filled, on its page and for programs, and says which schools are missing", async () => {
  const { body } = await api(`tables/canteens?asOf=${new Date().toISOString()}`);
  expect(body).toMatchObject({ total: [9, 8], forms: [{ form: "meal-samples", owed: true, filled: 1 }] });
  const desk = await signIn();
  expect(await desk("/tables")).toContain("食堂留样统计表");
  expect(await desk("/tables/canteens")).toMatch(/没有填的 \d+ 个：/);
});

it("the desk's board calls what is owed by the form's own name", async () => {
  const desk = await signIn();
  expect(await desk("?kind=decision")).toMatch(/施工队 SG-\d{4}-\d{4}：审批或处置/);
  expect(await desk("?kind=record")).toContain(`施工队 ${number}`);
  expect(await desk(`?town=${otherSchool()}`)).toContain("食堂留样");
});

it("what is not done in time is told: the crew on site, the decision, the count", async () => {
  await county.scheduled(new Date(Date.now() + MINUTE));
  const [town, other] = ["511781100", otherSchool()];
  // The town hears at once of what it has to decide.
  expect((await mailTo(town)).filter((mail) => mail.includes("施工队"))).toHaveLength(1);
  expect((await mailTo(VILLAGE)).filter((mail) => mail.includes("施工队"))).toEqual([]);

  await county.scheduled(new Date(due.getTime() + 2 * MINUTE));
  const village = (await mailTo(VILLAGE)).filter((mail) => mail.includes("施工队"));
  expect(village.length).toBeGreaterThan(0);
  expect(village.join("\n")).toContain(number);
  expect(village.join("\n")).toContain("离场");
  expect((await mailTo(town)).filter((mail) => mail.includes("施工队")).length).toBeGreaterThan(1);
  // The school that has counted hears nothing of it, another one does.
  expect((await mailTo(SCHOOL)).filter((mail) => mail.includes("食堂留样"))).toEqual([]);
  expect((await mailTo(other)).filter((mail) => mail.includes("食堂留样")).length).toBeGreaterThan(0);
  for (const mail of [...village, ...(await mailTo(town))]) expect(mail).not.toContain("公司");
});
