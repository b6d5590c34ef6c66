import { readdirSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { openDb, type Store } from "../../src/db/store.ts";
import { parseSettings } from "../../src/env.ts";
import type { Deps } from "../../src/http/factory.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { MAX_QUERIES, sweepOverdue } from "../../src/jobs/sweep.ts";
import { type Meter, metered, zero } from "../support/meter.ts";
import { codesOf, enterTree, oweAtOnce } from "../support/scale.ts";

/*
 * 100,000 obligations of which 20,000 are overdue at the same minute: what the minutes after it cost, each as the cron
 * has them (a sweep, then a drain), until everything has left.
 */
const OWED = 100_000;
const OVERDUE = 20_000;
const tree = { towns: 20, villages: 400 };
const MINUTE = 60_000;

export async function storm({ d1, privacy, newId }: Store & { d1: D1Database; newId: () => string }) {
  const meter: Meter = { queries: 0, batches: 0, read: 0, written: 0 };
  const watch = { batch: 0, answer: 0, heap: 0 };
  const watched = metered(watchedD1(d1, watch), meter);
  const settings = parseSettings({
    COUNTY_CODE: "511781",
    PUBLIC_URL: "http://127.0.0.1",
    MASTER_SECRET: "-".repeat(43),
    DEV: "1",
  });
  const deps: Deps = { d1: watched, db: openDb(watched), privacy, settings, now: () => new Date(), newId };
  await d1.batch(
    ["alert", "outbox", "outbox_batch", "transition", "obligation", "heartbeat"].map((table) =>
      d1.prepare(`DELETE FROM ${table}`),
    ),
  );
  await d1.prepare("UPDATE contact SET removed_at = 0").run();
  const contacts = await enterTree({ db: openDb(d1), privacy }, d1, tree);
  const due = new Date(Math.floor(Date.now() / MINUTE) * MINUTE);
  await oweAtOnce(d1, tree, { name: "storm", count: OVERDUE, due });
  const later = new Date(due.getTime() + 12 * 60 * MINUTE);
  await oweAtOnce(d1, tree, { name: "later", count: OWED - OVERDUE, due: later, first: OVERDUE });

  console.log(
    `\n${thousands(OWED)} owed, ${thousands(OVERDUE)} of them overdue at the same minute; ${codesOf(tree).length} units, ${contacts} contacts`,
  );
  console.log(
    "minute   sweep ms     moved   queries   drain ms  messages  provider calls   queries   both queries",
  );
  const sums = { moved: 0, messages: 0, sweep: 0, read: 0, written: 0, sent: { read: 0, written: 0 } };
  const [memory, runtime] = [liveHeap(), workerdMemory()];
  for (let minute = 0; ; minute++) {
    const now = new Date(due.getTime() + minute * MINUTE);
    const swept = await costing(meter, () => sweepOverdue(deps, now));
    let calls = 0;
    const channel = {
      name: "takes everything",
      async send({ messages }: { messages: object[] }) {
        calls += 1;
        return { kind: "sent" as const, ids: messages.map(() => null) };
      },
    };
    const sent = await costing(meter, () => drainOutbox(deps, now, { channel }));
    if (swept.result + sent.result === 0) break;
    console.log(
      [
        String(minute).padStart(6),
        swept.ms.toFixed(0).padStart(10),
        ...[thousands(swept.result), swept.queries].map((text) => String(text).padStart(9)),
        sent.ms.toFixed(0).padStart(10),
        String(sent.result).padStart(9),
        String(calls).padStart(15),
        String(sent.queries).padStart(9),
        String(swept.queries + sent.queries).padStart(14),
      ].join(" "),
    );
    sums.moved += swept.result;
    sums.messages += sent.result;
    sums.sweep += swept.ms;
    sums.read += swept.read;
    sums.written += swept.written;
    sums.sent.read += sent.read;
    sums.sent.written += sent.written;
  }
  const each = (rows: number) => (rows / OVERDUE).toFixed(1);
  const told = await d1
    .prepare("SELECT count(*) AS n, count(DISTINCT obligation_id) AS once FROM alert")
    .first<{ n: number; once: number }>();
  const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
  for (const line of [
    `sweeps: ${sums.sweep.toFixed(0)} ms, ${thousands(sums.read)} rows read and ${thousands(sums.written)} written, ${each(sums.read)} and ${each(sums.written)} for each overdue (budget 8 and 8)`,
    `drains: ${thousands(sums.sent.read)} rows read and ${thousands(sums.sent.written)} written, ${each(sums.sent.read)} and ${each(sums.sent.written)} for each overdue`,
    `moved ${thousands(sums.moved)}, told ${thousands(told?.n ?? 0)} of ${thousands(told?.once ?? 0)}, in ${thousands(sums.messages)} messages`,
    `longest batch ${watch.batch.toFixed(0)} ms (limit 30,000); a sweep begins no page after ${MAX_QUERIES} queries (limit of an invocation 1,000)`,
    `memory: the largest answer of the database ${(watch.answer / 1024).toFixed(0)} KB; the heap that sweeps and drains grew by ${mb(watch.heap - memory)} at most, garbage included (an isolate has 128 MB)`,
    `memory of the runtime with the database: ${runtime ? `${mb(runtime)} before, ${mb(workerdMemory())} after` : "not to be seen here"}`,
  ])
    console.log(line);
}

async function costing<T>(meter: Meter, work: () => Promise<T>) {
  zero(meter);
  const begin = performance.now();
  const result = await work();
  return { result, ms: performance.now() - begin, ...meter };
}

/** Notes the longest batch (ms), the largest answer (bytes) and the heap (bytes) as the database is asked. */
function watchedD1(d1: D1Database, watch: { batch: number; answer: number; heap: number }): D1Database {
  return new Proxy(d1, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== "batch") return typeof value === "function" ? value.bind(target) : value;
      return async (statements: D1PreparedStatement[]) => {
        const begin = performance.now();
        const results = await target.batch(statements);
        watch.batch = Math.max(watch.batch, performance.now() - begin);
        watch.answer = Math.max(watch.answer, Buffer.byteLength(JSON.stringify(results)));
        watch.heap = Math.max(watch.heap, process.memoryUsage().heapUsed);
        return results;
      };
    },
  });
}

/** Bytes of this process's heap that are in use: what nobody needs any more is collected first. */
function liveHeap(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}

/** Resident bytes of the runtimes this process started; 0 where there is no /proc. */
function workerdMemory(): number {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => statusOf(pid))
      .filter((status) => status.includes(`PPid:\t${process.pid}\n`) && status.startsWith("Name:\tworkerd"))
      .reduce((sum, status) => sum + 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0), 0);
  } catch {
    return 0;
  }
}

/** A process may be gone by the time it is looked at. */
function statusOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return "";
  }
}

const thousands = (count: number) => count.toLocaleString("en");
