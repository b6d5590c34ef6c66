import { beforeEach, expect, it } from "vitest";
import { assignCareRole, endObservation, respond } from "../../../src/http/submit-observation.ts";
import { addToTip, submitTip, verifyTip } from "../../../src/http/submit-tip.ts";
import { sealOffOld } from "../../../src/jobs/retention.ts";
import { amina, bashir, chen, clientId, dawa, wuTip } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { freshId, observe, read, VILLAGE } from "../../support/follow-up.ts";
import { problemFrom, rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

let county: DeskCounty;
const said = new Map<string, string>();
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  said.clear();
  const { privacy } = county.deps;
  county.deps.privacy = {
    ...privacy,
    async seal(value, row, column) {
      const sealed = await privacy.seal(value, row, column);
      said.set(sealed, JSON.stringify(value));
      return sealed;
    },
  };
});

async function night(date: string, minutes = 3) {
  for (let minute = 0; minute < minutes; minute++) {
    county.setNow(`${date}T03:0${minute}:00+08:00`);
    await sealOffOld(county.deps, county.deps.now());
  }
}
const official = { scope: VILLAGE, actor: "wu-link" };
const moveAway = (id: string) =>
  endObservation(county.deps, { ...official, id, ending: "transferred", by: "示例吴", reason: "去了示例市" });

/** Everything that can be opened in the whole database, by table. */
async function dump() {
  const tables = (
    await county.deps.d1
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf%' AND name NOT LIKE 'd1_%'",
      )
      .all<{ name: string }>()
  ).results.map(({ name }) => name);
  const out: string[] = [];
  for (const table of tables)
    for (const row of await rowsOf(county, table))
      for (const [column, value] of Object.entries(row))
        if (value !== null) out.push(`${table}.${column}: ${said.get(String(value)) ?? value}`);
  return out;
}

/** A ticket about something, answered and closed, that names Dawa wherever somebody can write. @returns its number */
async function settledTicket(zhou: Signed, about: string): Promise<string> {
  const opened = await zhou.post("/desk/tickets/new", {
    ...{ clientId: freshId(), title: "达娃示例家", text: "达娃示例家没有人上门", units: VILLAGE, about },
    ...{ dueDate: "2026-01-26", dueTime: "16:30" },
  });
  const id = /DB-\d{4}-\d{4}/.exec(opened.headers.get("Location") ?? "")?.[0] ?? "";
  await zhou.post(`/desk/tickets/${id}/answer`, { unit: VILLAGE, text: "达娃示例已上门" });
  await zhou.post(`/desk/tickets/${id}/close`, { version: "0", closeText: "达娃示例已办" });
  expect((await rowsOf(county, "ticket"))[0]?.closed_at).not.toBeNull();
  return id;
}

/** A letter about Dawa, answered by the other county. @returns its number and the way of its link */
async function answeredLetter(zhou: Signed, caseNumber: string): Promise<{ id: string; link: string }> {
  const written = await zhou.post(`/desk/letters/new/${caseNumber}-1`, {
    ...{ clientId: freshId(), persons: `${caseNumber}-1`, items: "name", _go: "send" },
    ...{ county: "示例县（达娃示例老家）", why: "请找达娃示例", whereabouts: "达娃示例姐姐家" },
    ...{ dueDate: "2026-02-05", dueTime: "10:00" },
  });
  expect(written.status).toBe(303);
  const id = /XH-\d{4}-\d{4}/.exec(written.headers.get("Location") ?? "")?.[0] ?? "";
  const page = await (await zhou.post(`/desk/letters/${id}/open`)).text();
  const link = /\/l\/[\w-]{22}/.exec(page)?.[0] ?? "";
  const answer = { clientId: freshId(), kind: "found", by: "示例县", text: "达娃示例找到了" };
  await county.fetch(`${link}/answer`, { method: "POST", body: new URLSearchParams(answer) });
  expect((await rowsOf(county, "letter"))[0]?.answered_at).not.toBeNull();
  return { id, link };
}

it("leaves nothing of Dawa in the whole database, whatever happened to her household", async () => {
  const { deps } = county;
  const caseNumber = await observe(county, [dawa({ name: "达娃示例" }), amina({ name: "阿米娜示例" })]);
  const named = { role: "doctor", name: "示例医生", phone: "13900000077" };
  await assignCareRole(deps, { ...official, householdId: caseNumber, ...named });
  county.setNow("2026-01-25T20:00:00+08:00");
  await read(county, `${caseNumber}-1`, { symptoms: true, symptomText: "达娃示例咳嗽" });
  const zhou = await county.signIn("supervisor", "511781", "示例周");
  const ticket = await settledTicket(zhou, `registration/${caseNumber}`);
  await zhou.post(`/desk/people/${caseNumber}-1/reveal`, { purpose: "visit", text: "" });
  const fever = `response/${caseNumber}-1/2026-01-25/evening`;
  await respond(deps, { ...official, obligationId: fever, text: "达娃示例已送医" });
  const letter = await answeredLetter(zhou, caseNumber);
  county.setNow("2026-01-26T10:00:00+08:00");
  await moveAway(`${caseNumber}-1`);
  await moveAway(`${caseNumber}-2`);
  expect((await dump()).filter((line) => /达娃/.test(line)).length).toBeGreaterThan(5);
  await night("2026-02-19");
  await night("2026-02-28");
  expect((await dump()).filter((line) => /达娃|阿米娜|示例医生/.test(line))).toEqual([]);
  // What was asked of whom, when, and that it was answered and closed stays.
  const li = await county.signIn("clerk", "511781100", "示例李");
  for (const path of [
    `/desk/tickets/${ticket}`,
    `/desk/units/${VILLAGE}/ticket/${ticket}`,
    `/desk/units/${VILLAGE}/${fever}`,
    `/desk/units/${VILLAGE}/care/${caseNumber}/doctor`,
    `/desk/units/${VILLAGE}/round`,
    `/desk/units/${VILLAGE}`,
    `/desk/people/${caseNumber}-1`,
    `/desk/people?number=${caseNumber}`,
    `/desk/people?state=transferred`,
    `/desk/letters/${letter.id}`,
    `/desk/letters`,
  ])
    expect([path, (await li.get(path)).status]).toEqual([path, 200]);
  expect((await li.post(`/desk/people/${caseNumber}-1/reveal`, { purpose: "visit" })).status).toBe(410);
  // The link opens for thirty days after the answer was due; it ended with the case.
  county.setNow("2026-02-28T10:00:00+08:00");
  expect((await county.fetch(letter.link)).status).toBe(410);
});

it("leaves nothing of a tip either, nor of what its sender and officials wrote", async () => {
  const { deps } = county;
  const li = await county.signIn("clerk", "511781100", "示例李");
  const values = wuTip({
    place: "达娃示例家",
    about: "达娃示例",
    text: "达娃示例回来了",
    reachable: "达娃示例邻居",
  });
  const tip = await submitTip(deps, {
    clientId: clientId(3),
    values,
    door: "desk",
    actor: `official/${li.id}`,
  });
  const at = `/desk/tips/${tip.tipNumber}`;
  await addToTip(deps, { clientId: clientId(4), code: tip.code, text: "达娃示例又走了" });
  expect((await li.post(`${at}/write`, { _client: clientId(5), text: "达娃示例在家吗" })).status).toBe(303);
  const ticket = await settledTicket(await county.signIn("supervisor", "511781"), `tip/${tip.tipNumber}`);
  const verified = { outcome: "true", answer: "达娃示例已登记", note: "达娃示例住三楼" };
  expect((await li.post(`${at}/verify`, verified)).status).toBe(303);
  await night("2026-02-19");
  await night("2026-02-28");
  expect((await dump()).filter((line) => /达娃/.test(line))).toEqual([]);
  const zhou = await county.signIn("supervisor", "511781", "示例周");
  for (const path of [
    at,
    `/desk/tickets/${ticket}`,
    `/desk/units/${VILLAGE}/tip/${tip.tipNumber}`,
    "/desk/tips?tab=settled",
  ])
    expect([path, (await zhou.get(path)).status]).toEqual([path, 200]);
  const told = await zhou.post(`${at}/write`, { _client: clientId(6), text: "达娃示例" });
  expect(told.status).toBe(410);
});

it("asks the database little enough for twenty households a run: D1 takes a thousand queries", async () => {
  const caseNumber = await observe(county, [dawa(), amina(), chen(), bashir()]);
  county.setNow("2026-01-26T10:00:00+08:00");
  for (const place of [1, 2, 3, 4]) await moveAway(`${caseNumber}-${place}`);
  await night("2026-02-19");
  const { meter } = county;
  meter.queries = 0;
  await night("2026-02-28", 1);
  expect((await rowsOf(county, "household"))[0]?.sealed_off_at).not.toBeNull();
  expect(meter.queries).toBeLessThan(40);
});

it("takes no more words about what was sealed off", async () => {
  const { deps } = county;
  const caseNumber = await observe(county, [dawa()]);
  county.setNow("2026-01-25T20:00:00+08:00");
  await read(county, `${caseNumber}-1`, { symptoms: true });
  const tip = await submitTip(deps, { clientId: clientId(3), values: wuTip(), door: "page" });
  await verifyTip(deps, {
    ...official,
    id: tip.tipNumber,
    unitCode: VILLAGE,
    outcome: "true",
    answer: "示例答复",
  });
  county.setNow("2026-01-26T10:00:00+08:00");
  await moveAway(`${caseNumber}-1`);
  await night("2026-02-19");
  await night("2026-02-28");
  const problems = await Promise.all(
    [
      problemFrom(addToTip(deps, { clientId: clientId(4), code: tip.code, text: "达娃示例又来了" })),
      problemFrom(
        assignCareRole(deps, {
          ...official,
          householdId: caseNumber,
          role: "doctor",
          name: "示例吴",
          phone: "13900000077",
        }),
      ),
      problemFrom(
        respond(deps, {
          ...official,
          obligationId: `response/${caseNumber}-1/2026-01-25/evening`,
          text: "达娃示例",
        }),
      ),
    ].map((one) => one.catch((error: Error) => error.message)),
  );
  expect(problems.map((one) => (typeof one === "string" ? one : one.code))).toEqual(
    Array(3).fill("sealed-off"),
  );
});

it.each(["response", "care-role"])(
  "spares what an open ticket is about: a %s that nobody settled",
  async (kind) => {
    const caseNumber = await observe(county, [dawa()]);
    county.setNow("2026-01-25T20:00:00+08:00");
    await read(county, `${caseNumber}-1`, { symptoms: true });
    const about = (await rowsOf(county, "obligation")).find((one) => one.kind === kind)?.id;
    expect(about).toBeDefined();
    const { deps } = county;
    await deps.d1
      .prepare(
        "INSERT INTO ticket (id, unit_code, subject_id, sealed, opened_by, opened_at, due_at, recorded_at) VALUES ('DB-0001-0001', '511781', ?, '', 'official/x', 1, 2, 1)",
      )
      .bind(about)
      .run();
    county.setNow("2026-01-26T10:00:00+08:00");
    await moveAway(`${caseNumber}-1`);
    await night("2026-02-19");
    await night("2026-02-28");
    expect((await rowsOf(county, "household"))[0]?.sealed_off_at).toBeNull();
  },
);
