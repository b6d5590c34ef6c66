import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadDemo } from "../../src/cli/demo.ts";
import { readDemo } from "../../src/cli/demo-files.ts";
import { openLocal, prepareLocal } from "../../src/cli/local.ts";
import { createPrivacy } from "../../src/db/privacy.ts";
import { openDb, type Store } from "../../src/db/store.ts";
import { amina, bashir, household, sampleIdCard } from "../support/cast.ts";
import { bare } from "./bare.ts";
import { figures } from "./figures.ts";
import { lineList } from "./line-list.ts";
import { joined, type Load, load } from "./load.ts";
import { storm } from "./storm.ts";
import { sweeps } from "./sweeps.ts";

/*
 * npm run bench -- --only line-list: what the officials' lists read among a million persons, and nothing else. Minutes.
 * npm run bench -- --only figures: what a county's summary and series read among as many, and nothing else. Minutes.
 * npm run bench: submissions a second for ours and for a bare INSERT, in one runtime, turn and turn about; then what
 * sweeps cost, and a storm until all of it has left. About a minute and a half. The ratio is the median of the rounds',
 * so that a machine busy for a moment does not decide it.
 */
const [, only, sizes] =
  /^--only (line-list|figures)(?: --sizes ([\d,]+))?$/.exec(process.argv.slice(2).join(" ")) ?? [];
let counted = 0;
const ROUNDS = 11;
const ROUND_MS = 400;
/** The runtime compiles what is called often: both sides are sent this many before anything is measured. */
const WARM = 1_500;
const WARM_MS = 4_000;

const state = await mkdtemp(join(tmpdir(), "baobei-bench-"));
const secret = randomBytes(32).toString("base64url");
await prepareLocal(state);
const local = await openLocal({
  state,
  port: 0,
  limits: false,
  vars: { MASTER_SECRET: secret },
  beside: [bare],
});
try {
  const privacy = await createPrivacy(secret);
  const tools = { db: openDb(local.d1), privacy, newId: randomUUID };
  await loadDemo(await readDemo(), { ...tools, now: new Date() });
  if (only === "line-list") await lineList({ ...tools, d1: local.d1 });
  else if (only === "figures") await figures({ ...tools, d1: local.d1 }, sizes?.split(",").map(Number));
  else await all(tools);
} finally {
  await local.close();
  await rm(state, { recursive: true, force: true });
}

async function all(tools: Store & { newId: () => string }): Promise<void> {
  await fetch(`${local.url}/bare`, { method: "PUT" });

  console.log(
    "POST /api/v1/registrations, every body distinct, against a handler that parses JSON and inserts it\n",
  );
  console.log("persons  connections      ours/s   p50 ms   p99 ms      bare/s   p50 ms   p99 ms    ratio");
  const [ours, theirs] = [`${local.url}/api/v1/registrations`, `${local.url}/bare`];
  for (const url of [ours, theirs]) await warm(url);
  for (const [persons, connections] of [
    [1, 1],
    [1, 16],
    [1, 64],
    [3, 16],
  ] as const) {
    const body = () => registrationBody(persons);
    const rounds: Record<string, Load[]> = { [ours]: [], [theirs]: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const [url, of] of Object.entries(rounds))
        of.push(await load(url, { connections, milliseconds: ROUND_MS, body }));
    }
    const [a, b] = [joined(rounds[ours] ?? []), joined(rounds[theirs] ?? [])];
    console.log(
      [
        String(persons).padStart(7),
        String(connections).padStart(12),
        ...[a, b].flatMap(({ perSecond, p50, p99 }) =>
          [perSecond, p50, p99].map((n, at) => n.toFixed(at ? 1 : 0).padStart(at ? 8 : 11)),
        ),
        ratioOf(rounds[ours] ?? [], rounds[theirs] ?? [])
          .toFixed(2)
          .padStart(8),
      ].join(" "),
    );
  }
  await sweeps({ ...tools, d1: local.d1 });
  await storm({ ...tools, d1: local.d1 });
}

async function warm(url: string): Promise<void> {
  const begin = performance.now();
  for (let sent = 0; sent < WARM && performance.now() - begin < WARM_MS; ) {
    sent += (await load(url, { connections: 16, milliseconds: 250, body: () => registrationBody(1) })).sent;
  }
}

/** Ours against theirs, round by round: the median. */
function ratioOf(mine: Load[], others: Load[]): number {
  const each = mine.map((round, at) => round.perSecond / (others[at]?.perSecond ?? Number.NaN));
  return each.toSorted((a, b) => a - b)[each.length >> 1] ?? Number.NaN;
}

/** A registration nobody has sent before, in a village of the demo county. */
function registrationBody(persons: number): string {
  counted += 1;
  const now = Date.now();
  const birth = String(19_500_101 + (counted % 28) + 10_000 * (Math.floor(counted / 28_000) % 60));
  const number = sampleIdCard(birth, String(Math.floor(counted / 28) % 1000).padStart(3, "0"));
  const person = amina({ document: { kind: "id_card", number } });
  const others = Array.from({ length: persons - 1 }, () => bashir());
  const values = household([person, ...others], {
    unit: "511781001001",
    leftOn: new Date(now - 86_400_000).toISOString().slice(0, 10),
    arrivedAt: new Date(now - 3_600_000).toISOString(),
    phone: `139${String(counted).padStart(8, "0")}`,
  });
  return JSON.stringify({ clientId: randomUUID(), ...values });
}
