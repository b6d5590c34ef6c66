import { registration } from "../../forms/registration.ts";
import { deskPath } from "../../src/domain/desk-link.ts";
import type { ObligationKind } from "../../src/domain/ladder.ts";
import { encodeForm } from "../../src/forms/encode.ts";
import { amina, bashir, chen, clientId, dawa, household, type PersonValues } from "./cast.ts";
import { posted, tipFields } from "./demo-day.ts";
import { backdate } from "./round.ts";
import type { TestServer } from "./server.ts";

/*
 * What has happened in Li's town before she comes to her desk: posters hang, people came home, some hours have passed.
 */
export const TOWN = "511781100";
export const VILLAGES = ["511781100012", "511781100014", "511781100201"] as const;
export const LI = "town-clerk@demo.example";
export const ZHOU = "supervisor@demo.example";
export const ADMIN = "admin@demo.example";

/** The desk as one of the demo's officials has it, without a browser. @returns the page that a GET or a post ends on */
export async function atDesk({ url }: TestServer, email: string) {
  const entered = await fetch(`${url}/dev/sign-in?as=${email}`, { redirect: "manual" });
  const cookie = entered.headers.get("Set-Cookie")?.split(";")[0] ?? "";
  const headers = { Cookie: cookie, Origin: url };
  return {
    get: (path: string) => fetch(`${url}/desk${path}`, { headers }),
    post: (path: string, fields: Record<string, string> | FormData) =>
      fetch(`${url}/desk${path}`, {
        method: "POST",
        headers,
        body: fields instanceof FormData ? fields : new URLSearchParams(fields),
        redirect: "manual",
      }),
  };
}

/** Hangs a poster in every village of the town. @returns the addresses that the posters of some villages say */
export async function hangPosters(server: TestServer): Promise<string[]> {
  const li = await atDesk(server, LI);
  await li.post("/posters/bulk", { of: TOWN });
  return Promise.all(
    VILLAGES.map(async (village) => {
      const sheet = await (await li.get(`/posters/print?of=${village}`)).text();
      return /http[^<"]+\/r\/[\w-]+/.exec(sheet)?.[0] ?? "";
    }),
  );
}

let sent = 0;

/** A household registers by the form behind a poster, as a browser without JavaScript sends it. @returns its case number */
export async function comeHome(
  server: TestServer,
  poster: string,
  unit: string,
  persons: PersonValues[],
): Promise<string> {
  const before = await cases(server);
  sent += 1;
  const values = household(persons, {
    unit,
    phone: `139${String(sent).padStart(8, "0")}`,
    leftOn: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10),
    arrivedAt: new Date(Date.now() - 4 * HOUR).toISOString(),
  });
  const fields: [string, string][] = [
    ...encodeForm(registration, values),
    ["_client", clientId(sent)],
    ["_page", "check"],
    ["_go", "submit"],
  ];
  const { status } = await fetch(poster, posted(fields));
  const id = (await cases(server)).find((one) => !before.includes(one));
  if (!id) throw new Error(`the registration was answered with ${status}`);
  return id;
}

const cases = async ({ d1 }: TestServer) =>
  (await d1.prepare("SELECT id FROM household").all<{ id: string }>()).results.map(({ id }) => id);

/** Three hours go by in which nobody verifies anything; then the clock fires, and the ladder is climbed. */
export async function threeHoursPass({ d1, scheduled }: TestServer): Promise<void> {
  const back = (columns: string[]) => columns.map((name) => `${name} = ${name} - ${3 * HOUR}`).join(", ");
  await d1.batch(
    [
      `UPDATE obligation SET ${back(["opened_at", "due_at", "next_due_at"])} WHERE kind IN ('registration', 'tip') AND met_at IS NULL`,
      `UPDATE household SET ${back(["recorded_at", "verify_due_at", "arrived_at"])} WHERE verified_at IS NULL`,
      `UPDATE tip SET ${back(["recorded_at", "verify_due_at"])} WHERE verified_at IS NULL`,
    ].map((text) => d1.prepare(text)),
  );
  await scheduled(Date.now());
}

/** @property owed where each kind of thing that is owed is settled, behind /desk */
export type Morning = {
  things: Record<"home" | "waiting" | "tip" | "ticket" | "export" | "official", string>;
  owed: string[];
};

/** Fever in one home, another not verified yet, a tip, a ticket, an export: something on every page. */
export async function liveAMorning(server: TestServer): Promise<Morning> {
  const { url, d1, doors } = server;
  const poster = (await hangPosters(server))[0] ?? "";
  const [VILLAGE] = VILLAGES;
  const home = await comeHome(server, poster, VILLAGE, [amina(), chen({ temperature: 36.8 })]);
  const li = await atDesk(server, LI);
  await li.post(`/units/${VILLAGE}/case/${home}/verify`, { outcome: "found", kind: "home" });
  await backdate(d1, 3);
  for (const [at, celsius] of [38.1, 37.6].entries()) {
    const answer = await fetch(`${url}/api/v1/readings`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${doors.apiKey}` },
      body: JSON.stringify({
        clientId: clientId(300 + at),
        person: `${home}-${at + 1}`,
        temperature: celsius,
        symptoms: at === 1,
        needsHelp: false,
      }),
    });
    if (answer.status !== 201)
      throw new Error(`the reading was answered with ${answer.status}: ${await answer.text()}`);
  }
  const waiting = await comeHome(server, poster, VILLAGE, [bashir(), dawa()]);
  await fetch(doors.tip, posted(tipFields(clientId(310), VILLAGE)));
  await threeHoursPass(server);
  const admin = await atDesk(server, ADMIN);
  await admin.post("/tickets/new", {
    clientId: clientId(311),
    title: "核实返乡登记（示例督办）",
    text: "请立即核实（示例）",
    dueDate: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    dueTime: "12:00",
    units: VILLAGE,
  });
  await admin.post("/exports", { kind: "line-list", unit: TOWN, format: "csv", purpose: "statistics" });
  const one = async (sql: string) => (await d1.prepare(sql).first<string>("id")) ?? "";
  const rows = await d1
    .prepare("SELECT kind, min(unit_code) AS unit, subject_id AS id FROM obligation GROUP BY kind")
    .all<{ kind: ObligationKind; unit: string; id: string }>();
  const things = {
    ...{ home, waiting },
    tip: await one("SELECT id FROM tip"),
    ticket: await one("SELECT id FROM ticket"),
    export: await one("SELECT id FROM export_request"),
    official: await one("SELECT id FROM official ORDER BY unit_code DESC"),
  };
  return { things, owed: rows.results.map(({ kind, unit, id }) => deskPath(kind, unit, id)) };
}

/** Li issues the town's report of last midnight. @returns where its draft and what was issued are, behind /desk */
export async function issueReport(server: TestServer): Promise<{ draft: string; issued: string }> {
  const li = await atDesk(server, LI);
  const day = new Date(Date.now() + 8 * HOUR - 24 * HOUR).toISOString().slice(0, 10);
  const asked = await li.get(`/reports?template=town&unit=${TOWN}&date=${day}&clock=24:00`);
  const draft = new URL(asked.url);
  const page = await asked.text();
  const seen = /name="_seen" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const path = draft.pathname.replace("/desk", "");
  const sent = await li.post(`${path}/issue${draft.search}`, { version: "0", _seen: seen });
  const issued = /\/reports\/issued\/SR-[\w-]+/.exec(sent.headers.get("Location") ?? "")?.[0];
  if (!issued) throw new Error(`the report was answered with ${sent.status}`);
  return { draft: `${path}${draft.search}`, issued };
}

/** Li takes in two of a bureau's lists: one whose villages look for its persons, one whose columns nobody matched yet. */
export async function takeLists(server: TestServer): Promise<{ agreed: string; fresh: string }> {
  const li = await atDesk(server, LI);
  const upload = async (label: string, rows: string[]) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ source: "education", label })) form.set(name, value);
    form.set("file", new File([["姓名,联系电话,村（社区）", ...rows].join("\n")], "list.csv"));
    const { headers, status } = await li.post("/batches", form);
    const id = /PC-\d{4}-\d{4}/.exec(headers.get("Location") ?? "")?.[0];
    if (!id) throw new Error(`the list was answered with ${status}`);
    return id;
  };
  const [village] = VILLAGES;
  const agreed = await upload("示例第一批", [
    `示例学生甲,13900000081,${village}`,
    `示例学生乙,13900000082,${village}`,
    ",5.11781E+17,示例没有的村",
  ]);
  const version = async () =>
    /name="version" value="(\d+)"/.exec(await (await li.get(`/batches/${agreed}`)).text())?.[1] ?? "0";
  await li.post(`/batches/${agreed}/columns`, {
    ...{ name: "A", phone: "B", village: "C", version: await version() },
  });
  await li.get(`/batches/${agreed}`);
  await li.post(`/batches/${agreed}/confirm`, { version: await version() });
  await li.get(`/batches/${agreed}`);
  return { agreed, fresh: await upload("示例第二批", [`示例学生丙,13900000083,${village}`]) };
}

const HOUR = 3_600_000;
