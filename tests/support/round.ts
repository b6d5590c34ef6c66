import { addDays, DAY, localDate, momentOf } from "../../src/domain/time.ts";
import type { TestServer } from "./server.ts";

/*
 * Households under observation on a running service, entered through its own doors: the API registers, the village's
 * page verifies.
 */
export type Observed = { village: { code: string; name: string; url: string }; ids: string[] };

const NAMES = ["王示例", "李样本", "赵示例", "陈小示例", "达娃·示例", "阿米娜·示例", "巴希尔·示例", "周样本"];

/** Registers and verifies `homes` households of `each` persons in the village with this place in the list of doors. */
export async function observe(
  { url, doors, d1 }: TestServer,
  { at = 0, homes, each = 1 }: { at?: number; homes: number; each?: number },
): Promise<Observed> {
  const village = doors.units.filter(({ code }) => /^\d{12}$/.test(code))[at];
  if (!village) throw new Error("there is no such village");
  const ids: string[] = [];
  for (let home = 0; home < homes; home++) {
    const arrived = new Date(Date.now() - 26 * 3_600_000).toISOString();
    const answer = await fetch(`${url}/api/v1/registrations`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        clientId: crypto.randomUUID(),
        unit: village.code,
        filledBy: "self",
        origin: "wuhan",
        leftOn: arrived.slice(0, 10),
        arrivedAt: arrived,
        transport: "train",
        persons: Array.from({ length: each }, (_, person) => ({
          name: NAMES[(home * each + person) % NAMES.length],
          returnee: person === 0,
          area: true,
          contact: false,
          symptoms: false,
        })),
        address: `示例 ${home + 1} 号`,
        hasPhone: true,
        phone: `1390000${String(at * 100 + home).padStart(4, "0")}`,
      }),
    });
    const receipt = (await answer.json()) as { caseNumber: string };
    if (!receipt.caseNumber) throw new Error(`registering answered ${answer.status}`);
    const verified = await fetch(`${village.url}/case/${receipt.caseNumber}/verify`, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ outcome: "found", kind: "home", day0Rule: "start", evidence: "ticket" }),
    });
    if (verified.status !== 303) throw new Error(`verifying answered ${verified.status}`);
    for (let person = 1; person <= each; person++) ids.push(`${receipt.caseNumber}-${person}`);
  }
  await backdate(d1, 3);
  return { village, ids };
}

/**
 * As if everyone's observation had begun so many days earlier: whatever the hour of the test, there are slots that take
 * an entry.
 */
export async function backdate(d1: D1Database, days: number): Promise<void> {
  const zone = "Asia/Shanghai";
  const first = addDays(localDate(new Date(), zone), -days);
  const back = days * DAY;
  await d1
    .prepare(
      `UPDATE observation SET day0 = ?1, first_slot = ?1 || '/morning', first_due_at = ?2, opened_at = opened_at - ?3,
        until_date = date(until_date, ?4), planned_due_at = planned_due_at - ?3, last_due_at = last_due_at - ?3`,
    )
    .bind(first, momentOf(first, "12:00", zone).getTime(), back, `-${days} days`)
    .run();
}
