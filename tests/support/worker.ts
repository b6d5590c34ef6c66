import { applyD1Migrations, type D1Migration, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createPrivacy } from "../../src/db/privacy.ts";
import { openDb } from "../../src/db/store.ts";
import { type WorkerName, workerOf } from "../../src/doors.ts";
import { type Bindings, parseSettings } from "../../src/env.ts";
import type { Deps } from "../../src/http/factory.ts";
import { type Meter, metered } from "./meter.ts";

/*
 * A county in a test: real D1 in workerd, a clock that moves only when told, ids that count.
 * Files share an isolate and its storage, so each test begins with a fresh one.
 */
const bindings = env as unknown as Bindings & { MIGRATIONS: D1Migration[] };
export const TEST_SECRET = "dGVzdC1vbmx5LXNlY3JldC1uZXZlci11c2VkLWluLXByb2Q";

export type TestCounty = {
  deps: Deps;
  meter: Meter;
  /** The Worker that answers there, with this county's clock, ids and database. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** Moves the clock to a moment, ISO with its offset. */
  setNow: (iso: string) => void;
};

export async function openCounty(
  iso = "2026-01-25T10:00:00+08:00",
  settings: Record<string, string> = {},
): Promise<TestCounty> {
  await freshDatabase();
  let now = new Date(iso);
  let count = 0;
  const meter: Meter = { queries: 0, batches: 0, read: 0, written: 0 };
  const d1 = metered(bindings.DB, meter);
  const deps: Deps = {
    d1,
    db: openDb(d1),
    privacy: await createPrivacy(TEST_SECRET),
    settings: parseSettings({
      COUNTY_CODE: "511781",
      PUBLIC_URL: "https://baobei.example",
      MASTER_SECRET: TEST_SECRET,
      DEV: "1",
      ...settings,
    }),
    now: () => now,
    newId: () => `00000000-0000-4000-8000-${String(++count).padStart(12, "0")}`,
  };
  // As in production, where an app lives as long as its isolate.
  const apps = new Map<WorkerName, ReturnType<typeof appFor>>();
  const appOf = (which: WorkerName) => {
    const app = apps.get(which) ?? appFor(which, async () => deps);
    apps.set(which, app);
    return app;
  };
  return {
    deps,
    meter,
    fetch: async (path, init) => {
      // Only a test that opens a door loads the doors.
      const url = new URL(path, "https://baobei.example");
      return (await appOf(workerOf(url.href))).fetch(new Request(url, init), {
        ...bindings,
        PER_ADDRESS: undefined,
        PER_LINK: undefined,
      });
    },
    setNow: (next) => {
      now = new Date(next);
    },
  };
}

async function appFor(which: WorkerName, depsFor: () => Promise<Deps>) {
  switch (which) {
    case "unit":
      return (await import("../../src/unit-app.tsx")).createUnitApp(depsFor);
    case "desk":
      return (await import("../../src/desk-app.tsx")).createDeskApp(depsFor);
    case "report":
      return (await import("../../src/report-app.tsx")).createReportApp(depsFor);
    case "figure":
      return (await import("../../src/figure-app.tsx")).createFigureApp(depsFor);
    case "record":
      return (await import("../../src/record-app.tsx")).createRecordApp(depsFor);
    default:
      return (await import("../../src/app.tsx")).createApp(depsFor);
  }
}

/** Empties whatever the tests before have stored, and makes the tables anew. */
export async function freshDatabase(): Promise<D1Database> {
  // reset() passes over a database that fell asleep after ten idle seconds, rows and all: wake it first.
  await bindings.DB.prepare("SELECT 1").run();
  await reset();
  if (schema) {
    await bindings.DB.prepare(schema).run();
    return bindings.DB;
  }
  await applyD1Migrations(bindings.DB, bindings.MIGRATIONS);
  const { results } = await bindings.DB.prepare(
    `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'
     ORDER BY rowid`,
  ).all<{ sql: string }>();
  schema = results.map(({ sql }) => `${sql};`).join("\n");
  return bindings.DB;
}
/** What the migrations make, in one piece: they take four times as long to lay it statement by statement. */
let schema = "";

/** A few real units of the demo county: the county, two towns, three villages and a school. */
export async function seedUnits({ deps }: TestCounty): Promise<void> {
  const at = new Date("2026-01-20T00:00:00+08:00").getTime();
  const rows: [string, string, string, string | null][] = [
    ["511781", "万源市", "county", null],
    ["511781100", "太平镇", "town", "511781"],
    ["511781101", "青花镇", "town", "511781"],
    ["511781100001", "示例一社区", "village", "511781100"],
    ["511781100002", "示例二社区", "village", "511781100"],
    ["511781101001", "示例三社区", "village", "511781101"],
    ["511781100S01", "示例小学", "school", "511781100"],
  ];
  await deps.d1.batch(
    rows.map((row) =>
      deps.d1
        .prepare("INSERT INTO unit (code, name, kind, parent, recorded_at) VALUES (?, ?, ?, ?, ?)")
        .bind(...row, at),
    ),
  );
}
