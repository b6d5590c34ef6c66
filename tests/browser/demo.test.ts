import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Doors, fetchDoors } from "../../src/cli/doors.ts";
import { localDate, momentOf } from "../../src/domain/time.ts";
import { clientId } from "../support/cast.ts";
import { posted, registrationFields, TYPED, tipFields, zeroFields } from "../support/demo-day.ts";

/*
 * What anybody sees who types `npm start`: a process of its own, the real clock, plain HTTP.
 */
const ROOT = new URL("../..", import.meta.url).pathname;
// A zone in which it is nine in the morning now, so that 16:00 is still to come whenever this runs.
const away = ((9 - new Date().getUTCHours() + 12 + 24) % 24) - 12;
const ZONE = `Etc/GMT${away > 0 ? "-" : "+"}${Math.abs(away)}`;

let state = "";
let service: Service;
let doors: Doors;

/** Who a fresh demo has under observation or released already. */
const SAMPLE = { persons: 22, households: 10 };

type Service = { child: ChildProcess; url: string; printed: string[] };

/** `npm start`, until it has printed its last line; nothing can be typed into it. */
async function start(port = "0"): Promise<Service> {
  const env = { ...process.env, BAOBEI_STATE: state, PORT: port, CI: "true" };
  const child = spawn("npm", ["start"], {
    cwd: ROOT,
    env,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const printed: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    printed.push(line);
    if (line.startsWith("The API key")) break;
  }
  const url = printed.find((line) => line.endsWith("  home"))?.split("/  ")[0];
  if (!url) throw new Error(`npm start printed no door:\n${printed.join("\n")}`);
  return { child, url, printed };
}

/** Ends it as a supervisor would, with one signal to npm alone, and waits until nothing of it is left. */
async function stop({ child }: Service, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  child.kill(signal);
  const patience = Date.now() + 30_000;
  for (;;) {
    const left = await runningIn(child.pid ?? 0);
    if (left.length === 0) return;
    if (Date.now() > patience) throw new Error(`still running: ${left.join("\n")}`);
    await pause(50);
  }
}

async function cron(moment: number): Promise<void> {
  const answer = await fetch(`${service.url}/cdn-cgi/local/scheduled?time=${moment}`);
  expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
}
type Mail = { to: string; subject: string; text: string };
const mailbox = async (): Promise<Mail[]> => (await fetch(`${service.url}/dev/mail.json`)).json();
async function summary(asOf = ""): Promise<unknown> {
  const headers = { Authorization: `Bearer ${doors.apiKey}` };
  const answer = await fetch(doors.summary + (asOf && `&asOf=${encodeURIComponent(asOf)}`), { headers });
  expect(answer.status).toBe(200);
  return answer.json();
}
const send = async (url: string, fields: [string, string][]) => (await fetch(url, posted(fields))).status;
const contactOf = (code: string) => `contact-${code}@demo.example`;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "baobei-demo-"));
  await writeFile(join(state, ".dev.vars"), `TIME_ZONE=${ZONE}\n`);
  service = await start();
  doors = await fetchDoors(service.url);
});
afterAll(async () => {
  await stop(service);
  await rm(state, { recursive: true, force: true });
});

describe("npm start on a fresh machine", { timeout: 60_000 }, () => {
  it("prints every door as an address that answers", async () => {
    const addresses = service.printed.flatMap((line) => /^(http:\S+) /.exec(line)?.[1] ?? []);
    expect(addresses.length).toBeGreaterThan(12);
    const answers = await Promise.all(
      addresses.map(async (address) => [address, (await fetch(address)).status] as const),
    );
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
    expect(addresses).toEqual(
      expect.arrayContaining([doors.register, ...doors.poster, doors.tip, doors.mail]),
    );
  });

  it("keeps its secret where nobody else can read it", async () => {
    expect(await readFile(join(state, ".dev.vars"), "utf8")).toMatch(/^MASTER_SECRET=[\w-]{43}$/m);
    expect((await stat(join(state, ".dev.vars"))).mode & 0o077).toBe(0);
  });

  it("says clearly when its port is taken", async () => {
    const env = { ...process.env, BAOBEI_STATE: state, PORT: new URL(service.url).port };
    const second = spawn(process.execPath, [`${ROOT}src/cli/start.ts`], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const said = (await second.stderr.toArray()).join("");
    expect(said).toMatch(/^Port \d+ on 127\.0\.0\.1 is taken\. Choose another: PORT=8788 npm start\n$/);
  });

  it("takes a household, a tip and a zero report, raises the alarm once, and takes it back", async () => {
    const today = localDate(new Date(), ZONE);
    const due = momentOf(today, "16:00", ZONE).getTime();
    const [onTime, late] = doors.units;
    const village = await villageOf(doors.poster[0] ?? "");
    if (!onTime || !late) throw new Error("the demo has no units");
    const before = new Date().toISOString();

    expect(await send(doors.poster[0] ?? "", registrationFields(clientId(1), village, new Date()))).toBe(303);
    expect(await send(doors.tip, tipFields(clientId(2), village))).toBe(303);
    expect(await send(`${onTime.url}/report`, zeroFields(clientId(3), today))).toBe(303);

    await cron(due + 60_000);
    const alarmed = await mailbox();
    // The sample banquet waits for its town, which hears of it as of every other: at once, and again when it is overdue.
    const aboutBanquet = ({ text }: Mail) => text.includes("红白事");
    expect(alarmed.filter(aboutBanquet).map(({ to }) => to)).toContain(contactOf("511781100"));
    const recipients = alarmed.filter((mail) => !aboutBanquet(mail)).map(({ to }) => to);
    expect(recipients.length).toBeGreaterThan(300);
    expect(new Set(recipients).size).toBe(recipients.length);
    expect(recipients).not.toContain(contactOf(onTime.code));
    expect(recipients).toEqual(expect.arrayContaining([contactOf(late.code), contactOf(village)]));

    await cron(due + 120_000);
    expect(await mailbox()).toHaveLength(alarmed.length);

    expect(await send(`${late.url}/report`, zeroFields(clientId(4), today))).toBe(303);
    await cron(due + 180_000);
    const after = await mailbox();
    expect(after).toHaveLength(alarmed.length + 1);
    expect(after.filter(({ to }) => to === contactOf(late.code))).toHaveLength(2);

    expect(await summary()).toMatchObject({
      registered: { cumulative: SAMPLE.persons + 3, households: SAMPLE.households + 1 },
      tips: { received: 1 },
      dailyReports: { zero: 2, nonZero: 0 },
    });
    expect(await summary(before)).toMatchObject({
      registered: { cumulative: SAMPLE.persons },
      tips: { received: 0 },
      dailyReports: { zero: 0 },
    });
  });

  it("stops when it is told to, leaves nothing running, and starts again where it was", async () => {
    const kept = doors.poster;
    await stop(service);
    await expect(fetch(service.url)).rejects.toThrow("fetch failed");
    // Now that nobody has it open, the file itself: none of what was typed is in it.
    const bytes = await databaseBytes();
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(TYPED.filter((word) => bytes.includes(Buffer.from(word)))).toEqual([]);

    service = await start(new URL(service.url).port);
    expect(service.printed.some((line) => line.startsWith("Loaded the demo county"))).toBe(false);
    expect((await fetchDoors(service.url)).poster).toEqual(kept);
  });

  it("leaves nothing running either when npm is killed and can tell nobody", async () => {
    await stop(service, "SIGKILL");
    await expect(fetch(service.url)).rejects.toThrow("fetch failed");
  });
});

/** The village a poster hangs in, as its page carries it. */
async function villageOf(poster: string): Promise<string> {
  const page = await (await fetch(poster)).text();
  return /\b511781\d{6}\b/.exec(page)?.[0] ?? "";
}

/** Everything of the database on disk, its write-ahead log too. */
async function databaseBytes(): Promise<Buffer> {
  const folder = join(state, "v3/d1");
  const names = await readdir(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => /\.sqlite/.test(name));
  return Buffer.concat(await Promise.all(files.map((name) => readFile(join(folder, name)))));
}

/** The processes of a group that are still at work: npm, its shell, the service, the runtime. */
async function runningIn(group: number): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")));
  return lines.filter((line) => {
    const [status, , pgrp] = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return Number(pgrp) === group && status !== "Z";
  });
}
