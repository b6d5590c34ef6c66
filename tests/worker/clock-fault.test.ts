import { expect, it } from "vitest";
import { listDevMail } from "../../src/db/dev-mail.ts";
import { addDays, HOUR, localClock, localDate, MINUTE, momentOf } from "../../src/domain/time.ts";
import { submitReport } from "../../src/http/submit-report.ts";
import { runScheduled } from "../../src/jobs/index.ts";
import { type Chance, chanceOf } from "../simulate/chance.ts";
import { CAST, seedCast } from "../support/alarm.ts";
import { clientId } from "../support/cast.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

/*
 * Two days of reports under clocks that fail: alerts owed are alerts sent, each once, and each says when it was due, when
 * it was seen and when it was sent. What is owed is told here by the ladder's rules alone.
 */
type Cron = { now: number; wall: number; twice?: "in turn" | "at once" };
type Day = {
  start: string;
  due: string;
  zone: string;
  later?: { zone: string; from: number };
  crons: Cron[];
};
const ZONE = "Asia/Shanghai";

/** Who hears of a silent unit, and how many minutes after it was due. Town two and the school have nobody of their own. */
const CHAINS: Record<string, [string, number][]> = {
  [CAST.amina.unitCode]: [
    ["amina", 0],
    ["li", 30],
    ["zhou", 90],
  ],
  [CAST.bashir.unitCode]: [
    ["bashir", 0],
    ["li", 30],
    ["zhou", 90],
  ],
  [CAST.wu.unitCode]: [
    ["wu", 0],
    ["zhou", 30],
  ],
  "511781100": [
    ["li", 0],
    ["zhou", 30],
  ],
  "511781101": [["zhou", 0]],
  "511781100S01": [
    ["li", 0],
    ["zhou", 90],
  ],
};
const UNIT_NAMES: Record<string, string> = {
  示例一社区: CAST.amina.unitCode,
  示例二社区: CAST.bashir.unitCode,
  示例三社区: CAST.wu.unitCode,
  太平镇: "511781100",
  青花镇: "511781101",
  示例小学: "511781100S01",
};

/** The cron for two days and a night: often while alarms are due, and now and then besides. */
function crons(start: string, chance: Chance, due = "16:00"): Cron[] {
  const list: Cron[] = [];
  const begin = Date.parse(`${start}T06:00:00+08:00`);
  for (let at = begin; at < begin + 45 * HOUR; ) {
    list.push({ now: at, wall: at });
    const since = (at - momentOf(start, due, ZONE).getTime() + 48 * HOUR) % (24 * HOUR);
    at += (since < 3 * HOUR ? chance.whole(10, 45) : chance.whole(60, 170)) * MINUTE;
  }
  return list;
}

const FAULTS: Record<string, (chance: Chance) => Day> = {
  "fires twice": (chance) => {
    const twice = () => chance.pick(["in turn", "at once"] as const);
    const list = crons("2026-01-25", chance).map((one) => ({ ...one, twice: twice() }));
    return { start: "2026-01-25", due: "16:00", zone: ZONE, crons: list };
  },
  "sleeps for six hours": (chance) => {
    const from = Date.parse("2026-01-25T12:00:00+08:00") + chance.whole(0, 300) * MINUTE;
    const list = crons("2026-01-25", chance).filter(({ now }) => now < from || now >= from + 6 * HOUR);
    return { start: "2026-01-25", due: "16:00", zone: ZONE, crons: list };
  },
  "comes an hour late, after those that should have followed it": (chance) => {
    const list = crons("2026-01-25", chance).map(({ now }) =>
      chance.happens(0.8) ? { now, wall: now + HOUR } : { now, wall: now },
    );
    return { start: "2026-01-25", due: "16:00", zone: ZONE, crons: list };
  },
  "goes on in another time zone": (chance) => {
    const from = Date.parse("2026-01-25T09:00:00+08:00") + chance.whole(0, 1500) * MINUTE;
    const later = { zone: chance.pick(["Asia/Urumqi", "Asia/Tokyo"]), from };
    return { start: "2026-01-25", due: "16:00", zone: ZONE, later, crons: crons("2026-01-25", chance) };
  },
  "passes midnight, when reports are due": (chance) => ({
    ...{ start: "2026-01-25", due: "24:00", zone: ZONE },
    crons: crons("2026-01-25", chance, "24:00"),
  }),
  "passes the end of a month": (chance) => {
    const start = chance.pick(["2026-01-31", "2026-02-28"]);
    const due = chance.pick(["16:00", "24:00"]);
    return { start, due, zone: ZONE, crons: crons(start, chance, due) };
  },
};

const cases = Object.keys(FAULTS).map((fault, at) => ({ fault, seed: at + 1 }));

it.each(cases)(
  "owes what it sends and says both times when the clock $fault (seed $seed)",
  async ({ fault, seed }) => {
    const chance = chanceOf(seed);
    const day = (FAULTS[fault] as (chance: Chance) => Day)(chance);
    const county = await openCounty(`${day.start}T00:00:00+08:00`, { REPORT_DUE: day.due });
    await seedCast(county);
    const reports = reportsOf(day, chance);
    const owed = new Map<string, string>();
    const met = new Map<string, number>();
    const opened = new Map<string, number>();
    for (const event of [...day.crons, ...reports].sort((a, b) => a.wall - b.wall)) {
      const zone = day.later && event.wall >= day.later.from ? day.later.zone : day.zone;
      const deps = { ...county.deps, settings: { ...county.deps.settings, TIME_ZONE: zone } };
      if ("unit" in event) {
        met.set(`${event.date} ${event.unit}`, event.wall);
        const sent = {
          clientId: event.client,
          unitCode: event.unit,
          date: event.date,
          door: "unit",
        } as const;
        await submitReport({ ...deps, now: () => new Date(event.wall) }, { ...sent, values: { zero: true } });
        continue;
      }
      const [now, wall] = [new Date(event.now), new Date(event.wall)];
      const fire = () => runScheduled({ ...deps, now: () => now }, now, () => wall);
      if (event.twice === "at once") await Promise.all([fire(), fire()]);
      else for (let time = 0; time < (event.twice ? 2 : 1); time++) await fire();
      // What this run had to say.
      const today = localDate(now, zone);
      for (const date of [today, addDays(today, 1)])
        if (!opened.has(date)) opened.set(date, momentOf(date, day.due, zone).getTime());
      for (const [date, due] of opened)
        for (const [unit, chain] of Object.entries(CHAINS))
          for (const [who, after] of chain) {
            const name = `${who} ${date} ${unit}`;
            if (met.has(`${date} ${unit}`) || due + after * MINUTE > event.now || owed.has(name)) continue;
            owed.set(name, [due, event.now, event.wall].map((at) => shown(at, zone)).join(", "));
          }
    }
    expect(owed.size).toBeGreaterThan(12);
    const sent = await sentIn(county);
    expect(Object.fromEntries([...sent].sort())).toEqual(
      Object.fromEntries([...owed].sort().map(([name, said]) => [name, [said]])),
    );
  },
  30_000,
);

type Report = { wall: number; unit: string; date: string; client: string };

/** Amina reports in time and Wu after it was due; the others do not. */
function reportsOf({ start, due }: Day, chance: Chance): Report[] {
  return [start, addDays(start, 1)].flatMap((date, at) => {
    const morning = Date.parse(`${date}T09:00:00+08:00`) + chance.whole(0, 360) * MINUTE;
    const late = momentOf(date, due, ZONE).getTime() + chance.whole(1, 180) * MINUTE;
    return [
      { wall: morning, unit: CAST.amina.unitCode, date, client: clientId(2 * at) },
      { wall: late, unit: CAST.wu.unitCode, date, client: clientId(2 * at + 1) },
    ];
  });
}

/** Every line that calls something overdue, with the times that stand in its message: due, seen, sent. */
async function sentIn({ deps }: TestCounty): Promise<Map<string, string[]>> {
  const sent = new Map<string, string[]>();
  for (const { to, text } of await listDevMail(deps, 1000)) {
    const [overdue = ""] = /^逾期未办[\s\S]*?\n\n/m.exec(text) ?? [];
    const [, seen, left] = /系统发现时间：(.*)；发出时间：(.*)/.exec(text) ?? [];
    for (const [, month = "", date = "", unit = "", due] of overdue.matchAll(
      /^· (\d+)月(\d+)日的日报告，([^（，]*).*?应于 (.*?) 前上报/gm,
    )) {
      const name = `${to.split("@")[0]} 2026-${month.padStart(2, "0")}-${date.padStart(2, "0")} ${UNIT_NAMES[unit]}`;
      sent.set(name, [...(sent.get(name) ?? []), [due, seen, left].join(", ")]);
    }
  }
  return sent;
}

/** As messages write it: 1月25日 16:00. */
function shown(at: number, zone: string): string {
  const [, month, day] = localDate(new Date(at), zone).split("-").map(Number);
  return `${month}月${day}日 ${localClock(new Date(at), zone)}`;
}
