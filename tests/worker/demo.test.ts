import { beforeEach, describe, expect, it } from "vitest";
import countyFile from "../../demo/511781.csv?raw";
import pointsFile from "../../demo/posting-points.csv?raw";
import samplesFile from "../../demo/units.csv?raw";
import { loadDemo } from "../../src/cli/demo.ts";
import type { Summary } from "../../src/domain/summary.ts";
import { openBook } from "../../src/http/figure-book.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import type { Doors } from "../../src/views/dev-pages.tsx";
import { clientId } from "../support/cast.ts";
import { dump, posted, registrationFields, TYPED, tipFields, zeroFields } from "../support/demo-day.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const DAY = "2026-01-25";
const at = (clock: string) => `${DAY}T${clock}:00+08:00`;

let county: TestCounty;
let doors: Doors;
const path = (url: string) => url.replace("https://baobei.example", "");
const post = (url: string, fields: [string, string][]) => county.fetch(path(url), posted(fields));

async function cron(clock: string) {
  county.setNow(at(clock));
  await runScheduled(county.deps, new Date(at(clock)));
}
/** The address the demo gave a unit's contact. */
const contactOf = (code: string) => `contact-${code}@demo.example`;
async function posterVillage(): Promise<string> {
  const row = await county.deps.d1
    .prepare("SELECT unit_code FROM posting_point ORDER BY unit_code LIMIT 1")
    .first<{ unit_code: string }>();
  return row?.unit_code ?? "";
}

type Mail = { to: string; subject: string; text: string };
async function mailbox(): Promise<Mail[]> {
  return (await county.fetch("/dev/mail.json")).json();
}
async function summary(asOf?: string): Promise<Summary> {
  const query = asOf ? `&asOf=${encodeURIComponent(asOf)}` : "";
  const answer = await county.fetch(path(doors.summary) + query, {
    headers: { Authorization: `Bearer ${doors.apiKey}` },
  });
  expect(answer.status).toBe(200);
  return answer.json();
}
const count = (mails: Mail[]) => {
  const counts = new Map<string, number>();
  for (const { to } of mails) counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
};

beforeEach(async () => {
  county = await openCounty(at("08:00"));
  const files = { county: bytes(countyFile), samples: bytes(samplesFile), postingPoints: bytes(pointsFile) };
  const units = await loadDemo(files, { ...county.deps, now: county.deps.now() });
  expect(units).toBe(342);
  doors = await (await county.fetch("/dev/doors.json")).json();
  await cron("08:00");
});

describe("the week before", () => {
  it("has passes, a banquet that waits, absences, fever clinics, a shift at a checkpoint and a missing check", async () => {
    county.setNow(at("11:00"));
    const { added } = await (await county.fetch("/dev/week", { method: "POST" })).json<{ added: number }>();
    expect(added).toBeGreaterThan(60);
    const unit = { code: "511781", name: "万源市", kind: "county" } as const;
    const [asOf, from, zone] = [new Date(at("11:00")), new Date(at("00:00")), "Asia/Shanghai"];
    const book = await openBook(county.deps, unit, { asOf, from, zone });
    expect(book.values).toMatchObject({
      ...{ "exit-pass.issued": 4, "exit-pass.out": 1, "banquet.waiting": 1, "banquet.approved": 1 },
      ...{ "absence.ill": 1, "absence.filed": 2, "fever-clinic.clinics": 2, "fever-clinic.triage": 1 },
      // What is filed nobody types.
      ...{ "screening.feverClinics": null, "screening.triageRooms": null },
      ...{
        "checkpoint.vehicles": 26,
        "checkpoint.turned": 9,
        "morning-check.present@window": expect.any(Number),
      },
    });
    const missing = await county.deps.d1
      .prepare("SELECT unit_code AS unit FROM obligation WHERE id LIKE ? AND met_at IS NULL")
      .bind(`count/morning-check/${DAY}/%`)
      .all<{ unit: string }>();
    expect(missing.results).toEqual([{ unit: "511781100S02" }]);
    await cron("11:01");
    const before = (await mailbox()).length;
    const asked = (await mailbox()).filter(({ text }) => text.includes("红白事"));
    expect(asked.map(({ to }) => to)).toEqual([contactOf("511781100")]);
    expect(await (await county.fetch("/dev/week", { method: "POST" })).json()).toEqual({ added });
    await cron("11:02");
    expect((await mailbox()).length).toBe(before);
  });
});

describe("a day in the demo county", () => {
  it("loads once: a second start finds everything in its place", async () => {
    const files = {
      county: bytes(countyFile),
      samples: bytes(samplesFile),
      postingPoints: bytes(pointsFile),
    };
    expect(await loadDemo(files, { ...county.deps, now: county.deps.now() })).toBe(0);
    expect(doors.units).toHaveLength(342);
    expect(doors.poster).toHaveLength(4);
    expect(new Set(doors.units.map(({ url }) => url)).size).toBe(342);
  });

  it("goes from a poster to the record to an alarm and back", async () => {
    const [onTime, late] = doors.units;
    const poster = doors.poster[0] ?? "";
    if (!onTime || !late) throw new Error("the demo has no units");

    county.setNow(at("09:00"));
    const village = await posterVillage();
    const receipt = await post(poster, registrationFields(clientId(1), village, county.deps.now()));
    expect(receipt.status).toBe(303);
    expect(receipt.headers.get("Location")).toMatch(/^\/p\/[\w-]{22}\/receipt/);
    expect((await post(doors.tip, tipFields(clientId(2), village))).status).toBe(303);
    expect((await post(`${onTime.url}/report`, zeroFields(clientId(3), DAY))).status).toBe(303);
    const noon = at("12:00");
    county.setNow(noon);
    const noonThen = await summary();

    await cron("16:01");
    const alarmed = await mailbox();
    const recipients = count(alarmed);
    // Everybody who owed a report and has not sent one, the county, and the town that hears of the unverified three.
    expect(recipients.size).toBeGreaterThan(300);
    expect([...recipients.values()].every((mails) => mails === 1)).toBe(true);
    expect(recipients.has(contactOf(onTime.code))).toBe(false);
    expect(recipients.get(contactOf(late.code))).toBe(1);
    expect(recipients.get(contactOf(village))).toBe(1);

    await cron("16:02");
    expect(await mailbox()).toHaveLength(alarmed.length);

    county.setNow(at("16:20"));
    expect((await post(`${late.url}/report`, zeroFields(clientId(4), DAY))).status).toBe(303);
    await cron("16:21");
    const after = await mailbox();
    expect(after).toHaveLength(alarmed.length + 1);
    const told = count(after);
    expect(told.get(contactOf(late.code))).toBe(2);
    await cron("16:22");
    expect(await mailbox()).toHaveLength(after.length);

    county.setNow(at("16:25"));
    const now = await summary();
    expect(now).toMatchObject({
      registered: { cumulative: 3, today: 3, households: 1, byOrigin: { wuhan: 3 }, symptomatic: 0 },
      verification: { due: 1, verified: 0, overdue: 1 },
      tips: { received: 1, verified: 0, overdue: 1 },
      dailyReports: { zero: 2, nonZero: 0, excused: 0, onTime: 1, late: 1, pending: 0 },
    });
    const { expected, zero, nonZero, excused, overdue, missing } = now.dailyReports;
    expect(expected).toBe(zero + nonZero + excused + overdue);
    expect(missing).toHaveLength(overdue);
    const names = missing.map(({ code }) => code);
    expect([names.includes(onTime.code), names.includes(late.code), names.includes(village)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(await summary(noon)).toEqual(noonThen);
    expect(noonThen).toMatchObject({
      registered: { cumulative: 3, today: 3 },
      verification: { due: 1, overdue: 1 },
      dailyReports: { zero: 1, overdue: 0, expected: 1 },
    });
    expect(await summary(at("08:30"))).toMatchObject({
      registered: { cumulative: 0 },
      tips: { received: 0 },
      dailyReports: { zero: 0, expected: 0 },
    });

    const everything = await dump(county.deps.d1);
    expect(everything).toContain(village);
    for (const word of TYPED) expect(everything).not.toContain(word);
    for (const { text, subject } of after)
      for (const word of TYPED) expect(subject + text).not.toContain(word);
  });
});
