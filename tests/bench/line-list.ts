import { findPeople, type LineAsk, listPeople } from "../../src/db/line-list.ts";
import { openDb, type Store } from "../../src/db/store.ts";
import {
  type LineFilter,
  OVERDUE,
  RISKS,
  readSearch,
  type Sought,
  STATES,
} from "../../src/domain/line-list.ts";
import { localDate } from "../../src/domain/time.ts";
import { parseSettings } from "../../src/env.ts";
import { openBoard } from "../../src/http/desk/board.ts";
import type { Desk } from "../../src/http/desk/door.tsx";
import type { AppContext } from "../../src/http/factory.ts";
import { enterCrowd } from "../support/crowd.ts";
import { type Meter, metered, zero } from "../support/meter.ts";

/*
 * npm run bench -- --only line-list: what a page of the line list reads, by D1's own count, among 1,000, 100,000 and
 * 1,000,000 persons: the county's first page, one deep in it, each filter, and searches; then a town's; and the boards.
 */
const SIZES = [1_000, 100_000, 1_000_000];
const ZONE = "Asia/Shanghai";
const COUNTY = "511781";

export async function lineList({ d1, privacy }: Store & { d1: D1Database }): Promise<void> {
  const now = new Date();
  const found = await d1
    .prepare("SELECT code FROM unit WHERE kind = 'village' ORDER BY code")
    .all<{ code: string }>();
  const villages = found.results.map(({ code }) => code);
  const town = villages[0]?.slice(0, 9) ?? COUNTY;
  for (const table of ["reading", "observation", "person", "household", "obligation"])
    await d1.exec(`DELETE FROM ${table}`);
  const meter: Meter = { queries: 0, batches: 0, read: 0, written: 0 };
  const store = { db: openDb(metered(d1, meter)), privacy };
  const figures = new Map<string, string[]>();
  let homes = 0;
  for (const size of SIZES) {
    const more = Math.round(size / 2.5) - homes;
    const begin = performance.now();
    const persons = await enterCrowd(d1, { villages, now, zone: ZONE, homes: more, first: homes });
    homes += more;
    await nameSomebody(d1, privacy, persons);
    console.log(
      `${persons.toLocaleString("en")} persons, entered in ${((performance.now() - begin) / 1000).toFixed(0)} s`,
    );
    for (const [what, look] of Object.entries(looks(store, { now, town, last: villages.at(-1) ?? "" }))) {
      zero(meter);
      const at = performance.now();
      await look();
      const took = (performance.now() - at).toFixed(0);
      figures.set(what, [...(figures.get(what) ?? []), `${meter.read} (${took} ms)`]);
    }
  }
  console.log(
    `\nrows read by a page of the line list${"persons:".padStart(17)}${SIZES.map((n) => n.toLocaleString("en").padStart(20)).join("")}`,
  );
  for (const [what, cells] of figures)
    console.log(`${what.padEnd(53)}${cells.map((cell) => cell.padStart(20)).join("")}`);
}

const NAME = "阿米娜·示例";
const DOCUMENT = "E99999901";

/** Gives somebody in the middle a name and a document to be found by, and a phone to their household. */
async function nameSomebody(d1: D1Database, privacy: Store["privacy"], persons: number): Promise<void> {
  const row = await d1
    .prepare("SELECT id, household_id FROM person ORDER BY id LIMIT 1 OFFSET ?")
    .bind(Math.floor(persons / 2))
    .first<{ id: string; household_id: string }>();
  const of = (text: string) => readSearch(text) as Exclude<Sought, { by: "number" }>;
  await d1
    .prepare("UPDATE person SET name_index = ?, id_index = ? WHERE id = ?")
    .bind(
      await privacy.index("name", of(NAME).key),
      await privacy.index("document", `passport:${DOCUMENT}`),
      row?.id,
    )
    .run();
  await d1
    .prepare("UPDATE household SET phone_index = ? WHERE id = ?")
    .bind(await privacy.index("phone", "13900000001"), row?.household_id)
    .run();
}

function looks(
  store: Store,
  { now, town, last }: { now: Date; town: string; last: string },
): Record<string, () => Promise<unknown>> {
  const ask = (code: string, filter: Partial<LineFilter> = {}, after?: LineAsk["after"]): LineAsk => ({
    ...{ scope: { code, exact: false }, filter: { unit: code, ...filter }, after },
    ...{ now, zone: ZONE, releaseHours: 2 },
  });
  const list = (code: string, filter?: Partial<LineFilter>, after?: LineAsk["after"]) => () =>
    listPeople(store, ask(code, filter, after));
  const search = (text: string) => () =>
    findPeople(store, ask(COUNTY), readSearch(text) as Exclude<Sought, { by: "number" }>);
  const filters: Partial<LineFilter>[] = [
    ...STATES.map((state) => ({ state })),
    ...RISKS.map((risk) => ({ risk })),
    ...OVERDUE.map((overdue) => ({ overdue })),
    { day: 3 },
    { day: "over" },
    { state: "observing", risk: "contact", day: 3 },
  ];
  const named = (filter: Partial<LineFilter>) =>
    Object.entries(filter)
      .map(([name, code]) => `${name}=${code}`)
      .join(" ");
  return {
    "first page": list(COUNTY),
    "deep page": list(COUNTY, {}, [last, now.getTime() - 100 * 60_000, ""]),
    "first page of a town": list(town),
    ...Object.fromEntries(filters.map((filter) => [named(filter), list(COUNTY, filter)])),
    ...Object.fromEntries(filters.map((filter) => [`${named(filter)}, of a town`, list(town, filter)])),
    "search by document": search(DOCUMENT),
    "search by phone": search("13900000001"),
    "search by name": search(NAME),
    "the county's board": () => board(store, COUNTY, now),
    "a town's board": () => board(store, town, now),
  };
}

/** The board as its page makes it; what a request brings is made up. */
function board({ db, privacy }: Store, code: string, now: Date): Promise<unknown> {
  const settings = parseSettings({
    COUNTY_CODE: COUNTY,
    PUBLIC_URL: "https://baobei.example",
    MASTER_SECRET: "x".repeat(43),
    DEV: "1",
  });
  const request = { get: () => ({ db, privacy, settings }), req: { query: () => ({}) } };
  const kind = code === COUNTY ? "county" : "town";
  const desk = {
    officer: { unit: { code, name: "", kind } },
    scope: { code, exact: false },
    ...{ now, zone: ZONE, today: localDate(now, ZONE), lang: "zh-Hans", may: () => true },
    href: (path = "") => path,
  };
  return openBoard(request as unknown as AppContext, desk as unknown as Desk);
}
