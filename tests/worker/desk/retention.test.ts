import { beforeEach, describe, expect, it } from "vitest";
import { hasOpenTicket } from "../../../src/db/retention.ts";
import { endObservation, verifyHousehold } from "../../../src/http/submit-observation.ts";
import { submitTip, verifyTip } from "../../../src/http/submit-tip.ts";
import { sealOffOld } from "../../../src/jobs/retention.ts";
import { amina, chen, clientId, dawa, household, wuTip } from "../../support/cast.ts";
import { deskOf } from "../../support/desk.ts";
import { observe, read, VILLAGE } from "../../support/follow-up.ts";
import { register, rowsOf } from "../../support/records.ts";
import { openCounty, seedUnits, type TestCounty } from "../../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
});

const official = { scope: VILLAGE, actor: "wu-link" };
const moveAway = (id: string) =>
  endObservation(county.deps, {
    ...official,
    id,
    ending: "transferred",
    by: "示例吴",
    reason: "去了示例市亲戚家",
  });

/** Some nights' runs, one minute each, at three in the morning of a local day. */
async function night(date: string, minutes = 3) {
  for (let minute = 0; minute < minutes; minute++) {
    county.setNow(`${date}T03:0${minute}:00+08:00`);
    await sealOffOld(county.deps, county.deps.now());
  }
}

/** Dawa's household of two, moved on the day after it came. */
async function dawaMovedOn() {
  const caseNumber = await observe(county, [dawa(), amina()]);
  county.setNow("2026-01-25T20:00:00+08:00");
  await read(county, `${caseNumber}-1`, { symptoms: true, symptomText: "示例咳嗽" });
  county.setNow("2026-01-26T10:00:00+08:00");
  await moveAway(`${caseNumber}-1`);
  await moveAway(`${caseNumber}-2`);
  return caseNumber;
}

const opened = async (table: string, column: string, aad = table) =>
  Promise.all(
    (await rowsOf(county, table)).map(async (row) =>
      JSON.stringify(await county.deps.privacy.open(String(row[column]), String(row.id), aad)),
    ),
  );

describe("Dawa moved on a month ago", () => {
  it("and her village is told a week before, once, of a day and of nobody", async () => {
    await dawaMovedOn();
    await night("2026-02-17");
    expect(await rowsOf(county, "retention")).toEqual([]);
    await night("2026-02-19");
    await night("2026-02-20");
    const [row, ...more] = await rowsOf(county, "retention");
    expect(more).toEqual([]);
    // Thirty days after she moved on, and a week after the village was told at the least.
    expect(new Date(Number(row?.due_at))).toEqual(new Date("2026-02-26T03:00:00+08:00"));
    const notices = (await rowsOf(county, "obligation")).filter(({ kind }) => kind === "retention");
    expect(notices.map(({ id, unit_code }) => [id, unit_code])).toEqual([
      [`retention/2026-02-26/${VILLAGE}`, VILLAGE],
    ]);
  });

  it("and nothing that she typed can be opened any more, while every count stays", async () => {
    const caseNumber = await dawaMovedOn();
    const figures = async () => {
      const answer = await county.fetch("/api/v1/summary?unit=511781&asOf=2026-01-26T09:00:00%2B08:00");
      return (await answer.json()) as object;
    };
    const before = await figures();
    await night("2026-02-19");
    await night("2026-02-28");
    const [home] = await rowsOf(county, "household");
    expect(home).toMatchObject({ phone_index: null, persons: 2 });
    expect(home?.sealed_off_at).not.toBeNull();
    expect(await opened("household", "sealed")).toEqual(["{}"]);
    expect(await opened("person", "sealed")).toEqual(['{"name":"已封存"}', '{"name":"已封存"}']);
    for (const row of await rowsOf(county, "person"))
      expect(row).toMatchObject({ id_index: null, name_index: null });
    expect((await rowsOf(county, "reading")).map(({ sealed }) => sealed)).toEqual([null]);
    // Who of the officials ended it stays on record; what they wrote about where she went does not.
    expect(await opened("observation", "end_sealed", "observation.end")).toEqual(
      Array(2).fill('{"actor":"wu-link","by":"示例吴"}'),
    );
    expect(await figures()).toEqual(before);
    const acts = (await rowsOf(county, "audit")).filter(({ act }) => act === "seal-off");
    expect(acts.map(({ subject_id }) => subject_id)).toEqual([caseNumber]);
    const notices = (await rowsOf(county, "obligation")).filter(({ kind }) => kind === "retention");
    expect(notices.map(({ met_at }) => met_at === null)).toEqual([false]);
  });

  it("and the pages of her case still open, and say nothing of her", async () => {
    const caseNumber = await dawaMovedOn();
    await night("2026-02-19");
    await night("2026-02-28");
    const li = await deskOf(county).signIn("clerk", "511781100");
    for (const path of [`case/${caseNumber}`, `observation/${caseNumber}-1`]) {
      const answer = await li.get(`/desk/units/${VILLAGE}/${path}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/达娃|示例市/);
    }
  });

  it("but is spared while a ticket about her case is open", async () => {
    const caseNumber = await dawaMovedOn();
    await night("2026-02-19");
    const { deps } = county;
    await deps.d1
      .prepare(
        "INSERT INTO ticket (id, unit_code, subject_id, sealed, opened_by, opened_at, due_at, recorded_at) VALUES ('DB-0001-0001', '511781', ?, '', 'official/x', 1, 2, 1)",
      )
      .bind(`${caseNumber}-2`)
      .run();
    expect(await hasOpenTicket(deps.db, [`${caseNumber}-2`])).toBe(true);
    await night("2026-02-28");
    expect((await opened("person", "sealed"))[0]).toContain("达娃");
    await deps.d1.prepare("UPDATE ticket SET closed_at = 3").run();
    await night("2026-03-02");
    expect((await opened("person", "sealed"))[0]).not.toContain("达娃");
  });

  it("but not while one of her household is still observed", async () => {
    const caseNumber = await observe(county, [dawa(), amina()]);
    await moveAway(`${caseNumber}-1`);
    await night("2026-02-20");
    await night("2026-03-10");
    expect(await rowsOf(county, "retention")).toEqual([]);
  });

  it("and by day nothing is sealed off", async () => {
    await dawaMovedOn();
    county.setNow("2026-03-10T15:00:00+08:00");
    const reads = county.meter.queries;
    await sealOffOld(county.deps, county.deps.now());
    expect(county.meter.queries).toBe(reads);
    expect(await rowsOf(county, "retention")).toEqual([]);
  });
});

it("seals off a registration found wrong, and a tip that was answered; the sender's code still opens", async () => {
  const { deps } = county;
  const { caseNumber } = await register(deps, household([chen()]), 7);
  await verifyHousehold(deps, { id: caseNumber, unitCode: VILLAGE, actor: "wu-link", outcome: "wrong" });
  const tip = await submitTip(deps, { clientId: clientId(3), values: wuTip(), door: "page" });
  await verifyTip(deps, {
    id: tip.tipNumber,
    unitCode: VILLAGE,
    actor: "wu-link",
    outcome: "true",
    answer: "示例答复",
  });
  await night("2026-02-18");
  await night("2026-02-26");
  expect((await rowsOf(county, "retention")).map(({ sealed_off_at }) => sealed_off_at !== null)).toEqual([
    true,
    true,
  ]);
  expect(await opened("person", "sealed")).toEqual(['{"name":"已封存"}']);
  expect(await opened("tip", "sealed")).toEqual(['{"text":"已封存"}']);
  const answer = await county.fetch("/tip/status", {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ code: tip.code, _go: "look" }).toString(),
  });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain("已封存");
});

it("goes on where it stopped, however many are over, a bounded number of rows a minute", async () => {
  const { deps, meter } = county;
  const caseNumber = await dawaMovedOn();
  // Four hundred more endings of the same night, of households that no longer have an open matter.
  await deps.d1
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
       INSERT INTO observation SELECT printf('WY-9999-%04d-1', i), printf('WY-9999-%04d', i), unit_code, returnee, kind, day0,
         day0_rule, day0_evidence, until_date, first_slot, last_slot, first_due_at, planned_due_at, last_due_at, held_at,
         opened_at, recorded_at, measures_ack_at, ended_at, ended_recorded_at + i, ending, NULL, sealed, end_sealed
       FROM observation JOIN n WHERE id = ?`,
    )
    .bind(`${caseNumber}-1`)
    .run();
  meter.read = 0;
  await night("2026-02-20", 1);
  expect(meter.read).toBeLessThan(2_000);
  expect((await rowsOf(county, "retention")).length).toBeLessThan(210);
  await night("2026-02-20", 3);
  expect((await rowsOf(county, "retention")).length).toBe(401);
});
