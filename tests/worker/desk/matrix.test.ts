import { beforeAll, describe, expect, it, vi } from "vitest";
import { exitPass } from "../../../forms/exit-pass.ts";
import { findBatch } from "../../../src/db/batch.ts";
import { createDeskApp } from "../../../src/desk-app.tsx";
import { ROLES, type Role } from "../../../src/domain/office.ts";
import { createFigureApp } from "../../../src/figure-app.tsx";
import { decidedColumns, receiveFile, stepBatch } from "../../../src/http/batches.ts";
import { fileRecord } from "../../../src/http/submit-record.ts";
import { submitTip } from "../../../src/http/submit-tip.ts";
import { createRecordApp } from "../../../src/record-app.tsx";
import { createReportApp } from "../../../src/report-app.tsx";
import { createUnitApp } from "../../../src/unit-app.tsx";
import { listed, listFile } from "../../support/batch.ts";
import { amina, chen, clientId, wuTip } from "../../support/cast.ts";
import { DESK_ORIGIN, type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { observe } from "../../support/follow-up.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * Every route of the desk, as every role, against what is theirs and what is another town's; and with every session that
 * is none. The routes come from the app itself: a new one is walked without anybody thinking of it.
 */
const TOWN = "511781100";
const OWN = "511781100001";
const FOREIGN = "511781101001";

/** What one unit has of everything an address can name. */
type Things = Record<
  | "unit"
  | "household"
  | "person"
  | "tip"
  | "ticket"
  | "official"
  | "contact"
  | "shift"
  | "point"
  | "export"
  | "letter"
  | "batch"
  | "record"
  | "report",
  string
>;
let county: DeskCounty;
let own: Things;
let foreign: Things;
let officers: Record<Role, Signed>;
const said: string[] = [];

beforeAll(async () => {
  for (const level of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, level).mockImplementation((...words) => {
      said.push(words.map(String).join(" "));
    });
  county = await openDeskCounty();
  await seedUnits(county);
  own = await thingsOf(OWN, 1);
  foreign = await thingsOf(FOREIGN, 2);
  const entries = ROLES.map(async (role) => [role, await county.signIn(role, TOWN)] as const);
  officers = Object.fromEntries(await Promise.all(entries)) as Record<Role, Signed>;
});

async function thingsOf(unit: string, place: number): Promise<Things> {
  const { deps } = county;
  const { d1, privacy } = deps;
  const now = deps.now().getTime();
  const household = await observe(county, [place === 1 ? amina() : chen()], { unit });
  const { tipNumber } = await submitTip(deps, {
    clientId: clientId(70 + place),
    values: wuTip({ unit }),
    door: "page",
  });
  const batch = await agreedList(unit, place);
  const official = (await county.signIn("reporter", unit, "示例外人")).id;
  const ids = {
    ticket: `DB-0125-000${place}`,
    contact: `contact-${place}`,
    shift: `shift-${place}`,
    point: `P-000${place}`,
    export: `EX-20260125-100000-00000${place}`,
    letter: `XH-0125-000${place}`,
    report: `SR-20260125-1200-0000000${place}`,
  };
  const details = { to: { county: "示例县" }, from: "示例", why: "示例", case: { persons: [{}] } };
  const came = { from: "示例县", why: "示例", origin: "https://elsewhere.example", token: "x" };
  const words = await privacy.seal({ title: "示例督办", text: "示例内容" }, ids.ticket, "ticket");
  const person = { name: "示例联络", email: "sample-contact@sample.example" };
  const card = await privacy.seal(person, ids.contact, "contact");
  const issued = { title: "示例汇报", blocks: [], text: "示例汇报", why: "" };
  const snapshot = {
    ...{ unit: { code: unit, name: "", kind: "village" }, asOf: "", recordedUpTo: "", figures: [] },
    completeness: { units: 0, owed: 0, reported: 0, missing: [] },
  };
  await d1.batch([
    d1
      .prepare(
        "INSERT INTO situation_report VALUES (?1, ?2, 'community', 'zh-Hans', ?4, ?4, 1, ?5, '', ?3, 'x', ?4)",
      )
      .bind(
        ids.report,
        unit,
        await privacy.seal(issued, ids.report, "situation_report"),
        now,
        JSON.stringify(snapshot),
      ),
    d1
      .prepare(
        "INSERT INTO ticket (id, unit_code, sealed, opened_by, opened_at, due_at, recorded_at) VALUES (?, ?, ?, 'x', ?, ?, ?)",
      )
      .bind(ids.ticket, unit, words, now, now + 7_200_000, now),
    d1
      .prepare("INSERT INTO ticket_unit (ticket_id, unit_code, circulated_at) VALUES (?, ?, ?)")
      .bind(ids.ticket, unit, now),
    d1
      .prepare(
        "INSERT INTO contact (id, unit_code, role, lang, address_index, sealed, recorded_at) VALUES (?, ?, 'contact', 'zh-Hans', ?, ?, ?)",
      )
      .bind(ids.contact, unit, `index-${place}`, card, now),
    d1
      .prepare(
        "INSERT INTO shift (id, unit_code, contact_id, post, starts_at, ends_at, recorded_at) VALUES (?, ?, ?, 'duty', ?, ?, ?)",
      )
      .bind(ids.shift, unit, ids.contact, now, now + 3_600_000, now),
    d1
      .prepare("INSERT INTO posting_point (id, unit_code, name, recorded_at) VALUES (?, ?, '示例点', ?)")
      .bind(ids.point, unit, now),
    d1
      .prepare(
        `INSERT INTO export_request (id, official_id, unit_code, kind, format, masked, filter, purpose, date, rows,
          needs_approval, recorded_at) VALUES (?, ?, ?, 'line-list', 'csv', 1, json_object('unit', ?3), 'visit', '2026-01-25', 1, 1, ?)`,
      )
      .bind(ids.export, official, unit, now),
    d1
      .prepare(
        `INSERT INTO letter (id, unit_code, household_id, home_code, sealed, link_nonce, by, due_at, recorded_at)
          VALUES (?, ?, ?, ?2, ?, ?1, 'x', ?, ?)`,
      )
      .bind(ids.letter, unit, household, await privacy.seal(details, ids.letter, "letter"), now, now),
    d1
      .prepare(
        `INSERT INTO received_letter (nonce, household_id, unit_code, number, sealed, due_at, by, recorded_at)
          VALUES (?, ?, ?, 'XH-0125-9999', ?, ?, 'x', ?)`,
      )
      .bind(ids.contact, household, unit, await privacy.seal(came, ids.contact, "received_letter"), now, now),
  ]);
  const record = await issuedPass(unit, place);
  return { ...ids, batch, record, unit, household, person: `${household}-1`, tip: tipNumber, official };
}

/** A list of one person whom the unit is to find. */
async function agreedList(unit: string, place: number): Promise<string> {
  const { deps } = county;
  const { d1 } = deps;
  const bytes = new Uint8Array(listFile([listed(place, { town: "", village: unit })]));
  const list = {
    bytes,
    source: "education" as const,
    label: "示例名单",
    unitCode: unit,
    actor: "official/x",
  };
  const { id } = await receiveFile(deps, list, decidedColumns(deps, "education"));
  const step = async () => {
    const one = await findBatch(deps, id);
    return one && stepBatch(deps, one);
  };
  await step();
  await d1.prepare("UPDATE batch SET confirmed_at = 1 WHERE id = ?").bind(id).run();
  await step();
  return id;
}

/** A pass that the unit issued. */
async function issuedPass(unitCode: string, place: number): Promise<string> {
  const { id } = await fileRecord(county.deps, {
    ...{ form: exitPass, unitCode, clientId: clientId(90 + place), door: "unit", actor: "official/x" },
    values: { home: `示例小区 ${place} 栋`, person: "示例", purpose: "other" },
  });
  return id;
}

/** Which thing an address names, by the word before it. */
const NAMED: Record<string, keyof Things | { fixed: string }> = {
  units: "unit",
  manage: "unit",
  case: "household",
  care: "household",
  observation: "person",
  response: "person",
  release: "person",
  people: "person",
  tip: "tip",
  tips: "tip",
  ticket: "ticket",
  tickets: "ticket",
  officials: "official",
  contacts: "contact",
  roster: "shift",
  posters: "point",
  exports: "export",
  batches: "batch",
  listed: "batch",
  letters: "letter",
  records: "record",
  duplicates: "person",
  new: "person",
  received: "household",
  issued: "report",
  cluster: "unit",
  "sign-in": { fixed: "0".repeat(32) },
};
/** What stands behind another part of the address. */
const FIXED: Record<string, string> = {
  ":role": "doctor",
  ":row": "2",
  ":date": "2026-01-25",
  ":form": "publicity",
  ":part": "evening",
  ":recipient": "cdc",
  ":template": "community",
  ":figure": "registered.cumulative",
  ":table": "health",
  ":step": "out",
  ":b": "WY-0000-0000-1",
  ":act": "merge",
};

/** A route's address for one unit's things. Throws for a part that nobody has said the meaning of. */
function fill(path: string, things: Things): string {
  const parts = path.replace(/\{[^/]*\}/g, "").split("/");
  const filled = parts.map((part, at) => {
    if (!part.startsWith(":")) return part;
    // A record is named after its form.
    const named = NAMED[parts[at - 1] === ":form" ? "records" : (parts[at - 1] ?? "")];
    const form = part === ":form" && parts[at - 1] === "records" ? "exit-pass" : undefined;
    const value = form ?? FIXED[part] ?? (typeof named === "object" ? named.fixed : named && things[named]);
    if (!value) throw new Error(`say in this test what ${part} of ${path} is`);
    return value;
  });
  // A template, a figure and a table are nobody's own: whose they are asked of stands in the query.
  return (
    filled.join("/") +
    (/:(template|figure|table)|^\/desk\/records\/:form$/.test(path) ? `?unit=${things.unit}` : "")
  );
}

const routes = [
  ...new Map(
    [createDeskApp, createUnitApp, createReportApp, createFigureApp, createRecordApp]
      .flatMap((create) => create(async () => county.deps).routes)
      .filter(({ method, path }) => method !== "ALL" && /^\/(desk(?!(?:\/figures)?\/assets)|dev)/.test(path))
      .map(({ method, path }) => [`${method} ${path}`, { method, path }] as const),
  ).values(),
];
/** Doors for whoever is not signed in. */
const OPEN =
  /^\/(dev\/sign-in|desk\/(sign-in|signed-out|sign-out)(\/|$))|^\/desk\/(sign-in|signed-out|sign-out)$/;
const closed = routes.filter(({ path }) => !OPEN.test(path));
const naming = closed.filter(({ path }) => path.includes("/:"));
const json = (path: string) => /\/(readings|challenge|passkey)$/.test(path);

const ask = (
  { method, path }: { method: string; path: string },
  things: Things,
  headers: Record<string, string>,
) =>
  county.desk(fill(path, things), {
    method,
    headers: {
      Origin: DESK_ORIGIN,
      ...(json(path) ? { "Content-Type": "application/json" } : {}),
      ...headers,
    },
    ...(method === "POST" ? { body: json(path) ? "{}" : new URLSearchParams({ text: "示例" }) } : {}),
  });

it("walks a desk that has many routes", () => {
  expect(routes.length).toBeGreaterThan(60);
  expect(naming.length).toBeGreaterThan(40);
});

describe.each(ROLES)("a %s of one town", (role) => {
  it("is told of nothing of another town, whatever the route", async () => {
    const { cookie } = officers[role];
    const wrong: string[] = [];
    for (const route of naming) {
      const { status } = await ask(route, foreign, { Cookie: cookie });
      if (status !== 404 && status !== 403) wrong.push(`${route.method} ${route.path}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it("sees no number of another town's on any page, and no page of their own fails", async () => {
    const { cookie } = officers[role];
    const wrong: string[] = [];
    const theirs = [
      foreign.unit,
      foreign.household,
      foreign.tip,
      foreign.ticket,
      foreign.official,
      foreign.point,
      foreign.letter,
      foreign.batch,
      foreign.record,
    ];
    for (const route of closed) {
      const answer = await ask(route, own, { Cookie: cookie });
      const html = new TextDecoder().decode(await answer.arrayBuffer());
      if (answer.status >= 500 || (answer.status === 401 && !json(route.path)))
        wrong.push(`${route.method} ${route.path}: ${answer.status}`);
      const seen = theirs.filter((id) => html.includes(id));
      if (seen.length > 0) wrong.push(`${route.method} ${route.path} shows ${seen.join(", ")}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** Posted, because what is searched for must not stand in an address; nothing is changed. */
const SEARCHES = ["/desk/people", "/desk/audit", "/desk/tips"];

it("lets an inspector post nothing but a search and what concerns their own session", async () => {
  const { cookie } = officers.inspector;
  const wrong: string[] = [];
  const acts = closed.filter(
    ({ method, path }) => method === "POST" && !path.startsWith("/desk/me") && !SEARCHES.includes(path),
  );
  for (const route of acts) {
    const { status } = await ask(route, own, { Cookie: cookie });
    if (status !== 403) wrong.push(`${route.path}: ${status}`);
  }
  expect(wrong).toEqual([]);
});

describe("a session that is none", () => {
  const cookies: Record<string, () => Promise<string>> = {
    "signed out": async () => "",
    tampered: async () => {
      const { cookie } = officers.supervisor;
      return cookie.replace(/=./, "=f");
    },
    replayed: async () => {
      const { cookie, post } = await county.signIn("supervisor", TOWN);
      expect((await post("/desk/sign-out")).status).toBe(303);
      return cookie;
    },
    idle: async () => {
      const { cookie } = await county.signIn("supervisor", TOWN);
      const at = new Date(county.deps.now().getTime() - 12 * 3_600_000 - 1).getTime();
      const { d1 } = county.deps;
      await d1
        .prepare("UPDATE session SET seen_at = ? WHERE recorded_at = (SELECT max(recorded_at) FROM session)")
        .bind(at)
        .run();
      // The others of this test go on: they were seen now.
      return cookie;
    },
  };
  it.each(Object.keys(cookies))("opens nothing: %s", async (kind) => {
    const Cookie = (await cookies[kind]?.()) ?? "";
    const wrong: string[] = [];
    for (const route of closed) {
      const answer = await ask(route, own, Cookie ? { Cookie } : {});
      const led = answer.headers.get("Location")?.startsWith("/desk/sign-in?") ?? false;
      const refused = route.method === "GET" ? answer.status === 303 && led : answer.status === 401;
      if (!refused) wrong.push(`${route.method} ${route.path}: ${answer.status}`);
    }
    expect(wrong).toEqual([]);
  });
});

it("refuses whatever another site posts, with the cookie and without", async () => {
  const wrong: string[] = [];
  for (const route of routes.filter(({ method }) => method === "POST")) {
    const forged: Record<string, string>[] = [
      { Origin: "https://mallory.example", "Sec-Fetch-Site": "cross-site" },
      { Origin: "https://mallory.example" },
      { Origin: "null" },
    ];
    for (const headers of forged) {
      const { status } = await ask(route, own, { Cookie: officers.admin.cookie, ...headers });
      if (status !== 403) wrong.push(`${route.path}: ${status}`);
    }
  }
  expect(wrong).toEqual([]);
});

it("sends every answer with the headers that keep it to itself", async () => {
  const wrong: string[] = [];
  for (const route of routes) {
    const answer = await ask(route, own, { Cookie: officers.clerk.cookie });
    const get = (name: string) => answer.headers.get(name) ?? "";
    const policy = get("Content-Security-Policy");
    const safe =
      !policy.includes("unsafe-inline") &&
      policy.includes("default-src 'none'") &&
      policy.includes("frame-ancestors 'none'") &&
      get("X-Content-Type-Options") === "nosniff" &&
      get("Referrer-Policy") === "no-referrer" &&
      get("Cache-Control").includes("no-store");
    if (!safe) wrong.push(`${route.method} ${route.path} (${answer.status})`);
    if (/示例|139\d{8}|%E7%A4%BA/.test(get("Location"))) wrong.push(`${route.path} leads to a name`);
  }
  expect(wrong).toEqual([]);
});

it("wrote nobody's name, number or words to a log on all these ways", () => {
  expect(
    said.filter((line) => /阿米娜|陈小|示例|1390000|999999\d{6}|@sample|\bDB-0125.*示例/.test(line)),
  ).toEqual([]);
});
