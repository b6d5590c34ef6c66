import { beforeEach, describe, expect, it } from "vitest";
import {
  findLetter,
  letterNonce,
  renewLetterLink,
  saveAnswer,
  withdrawLetter,
} from "../../../src/db/letter.ts";
import { sealOffLetters } from "../../../src/db/letter-seal.ts";
import { mintLink } from "../../../src/db/link.ts";
import { runBatch } from "../../../src/db/store.ts";
import { countFigures } from "../../../src/db/summary.ts";
import { dayOf } from "../../../src/domain/as-of.ts";
import { LETTER_ITEMS, planAnswer } from "../../../src/domain/letter.ts";
import { proveAnswer } from "../../../src/domain/letter-package.ts";
import { summarise } from "../../../src/domain/summary.ts";
import { enter, minute } from "../../support/alarm.ts";
import { amina, bashir, clientId } from "../../support/cast.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { observe, read } from "../../support/follow-up.ts";
import { inputValue, plainText } from "../../support/pages.ts";
import { rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

/*
 * 发函协查: Bashir is said to be in another county. Li of the town writes; who answers there has no account here; between
 * two deployments the link carries the case over. Here the other deployment is this one: what goes out comes back in.
 */
const TOWN = "511781100";
let county: DeskCounty;
let li: Signed;
let home = "";
beforeEach(async () => {
  county = await openDeskCounty("2026-01-27T10:00:00+08:00");
  await seedUnits(county);
  await enter(county, "li", { unitCode: TOWN, email: "li@sample.example" });
  await enter(county, "zhou", { unitCode: "511781", email: "zhou@sample.example" });
  home = await observe(county, [amina(), bashir()]);
  li = await county.signIn("clerk", TOWN, "示例李");
});

const FORM = {
  ...{ county: "示例省示例县指挥部", address: "示例路 1 号", email: "office@sample.example" },
  ...{ whereabouts: "示例县一组亲戚家", why: "请协助核实（示例）", dueDate: "2026-01-28", dueTime: "10:00" },
};
let sent = 0;
const formOf = (more: Record<string, string> = {}, items: readonly string[] = LETTER_ITEMS) =>
  new URLSearchParams([
    ...Object.entries({ clientId: clientId(40_000 + ++sent), ...FORM, ...more }),
    ...items.map((item): [string, string] => ["items", item]),
    ["persons", `${home}-2`],
  ]);
const postForm = (who: Signed, path: string, body: URLSearchParams) => who.post(path, {}, { body });
const textOf = async (answer: Response) => plainText(await answer.text());

/** Li writes about Bashir. @returns the letter's number and the way of its link */
async function write(more: Record<string, string> = {}, items?: readonly string[]) {
  const answer = await postForm(li, `/desk/letters/new/${home}-2`, formOf({ _go: "send", ...more }, items));
  const id = /\/desk\/letters\/(XH-\d{4}-\d{4})\?/.exec(answer.headers.get("Location") ?? "")?.[1] ?? "";
  return { status: answer.status, id, link: id ? await linkOf(id) : "" };
}
async function linkOf(id: string): Promise<string> {
  const page = await (await li.post(`/desk/letters/${id}/open`)).text();
  return /https:\/\/baobei\.example(\/l\/[\w-]{22})/.exec(page)?.[1] ?? "";
}
/** Without a session: another county. */
const there = (path: string, fields?: Record<string, string>) =>
  county.fetch(
    path,
    fields
      ? { method: "POST", body: new URLSearchParams(fields), redirect: "manual" }
      : { redirect: "manual" },
  );
const answer = (link: string, kind: string, more: Record<string, string> = {}) =>
  there(`${link}/answer`, { clientId: clientId(50_000 + ++sent), kind, by: "示例县值班", text: "", ...more });
/** What the town's figures say of its letters as of a moment. */
const lettersAt = async (iso: string) => {
  const asOf = new Date(iso);
  const question = { asOf, ...dayOf(asOf, "Asia/Shanghai"), zone: "Asia/Shanghai" };
  const unit = { code: TOWN, name: "太平镇", kind: "town" };
  return summarise(await countFigures(county.deps.db, unit, question), question).letters;
};
const everything = async () =>
  Object.fromEntries(
    await Promise.all(
      [
        "letter",
        "letter_answer",
        "received_letter",
        "household",
        "person",
        "link",
        "obligation",
        "audit",
        "submission",
      ].map(async (table) => [table, await rowsOf(county, table)] as const),
    ),
  );
const obligations = async (kind: string) =>
  (await rowsOf(county, "obligation")).filter((row) => row.kind === kind);
const acts = async () => (await rowsOf(county, "audit")).map(({ act }) => act);

describe("a letter that Li writes", { timeout: 30_000 }, () => {
  it("is begun on Bashir's page, seen whole before it is written, and that look is on record", async () => {
    const record = await textOf(await li.get(`/desk/people/${home}-2`));
    expect(record).toContain("发协查函");
    const form = await (await li.get(`/desk/letters/new/${home}-2`)).text();
    expect(form).not.toContain("巴希尔·示例");
    expect(inputValue(form, "dueDate")).toBe("2026-01-28");
    await read(county, `${home}-2`, { temperature: 36.8 });
    const preview = await postForm(li, `/desk/letters/new/${home}-2`, formOf({ _go: "check" }));
    const text = await textOf(preview);
    for (const said of [
      "巴希尔·示例",
      "36.8 ℃",
      "1391",
      "示例县一组亲戚家",
      "示例省示例县指挥部",
      "万源市太平镇",
    ])
      expect(text).toContain(said);
    expect(await rowsOf(county, "letter")).toEqual([]);
    expect(await acts()).toContain("preview-letter");
  });

  it("is one letter, one link, one thing owed by the other county, however often it is sent", async () => {
    const body = formOf({ _go: "send" });
    const both = [
      await postForm(li, `/desk/letters/new/${home}-2`, body),
      await postForm(li, `/desk/letters/new/${home}-2`, body),
    ];
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect(both[0]?.headers.get("Location")).toBe(both[1]?.headers.get("Location"));
    expect(both[0]?.headers.get("Location")).not.toMatch(/%|巴/);
    const [letter, ...others] = await rowsOf(county, "letter");
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ unit_code: TOWN, household_id: home, home_code: "511781100001" });
    const [owed] = await obligations("letter");
    expect(owed).toMatchObject({ id: `letter/${letter?.id}`, unit_code: TOWN, met_at: null });
    expect(owed?.due_at).toBe(new Date("2026-01-28T10:00:00+08:00").getTime());
    expect((await rowsOf(county, "link")).filter(({ purpose }) => purpose === "letter")).toHaveLength(1);
    const changed = await postForm(
      li,
      `/desk/letters/new/${home}-2`,
      formOf({ _go: "send", clientId: body.get("clientId") ?? "", why: "别的（示例）" }),
    );
    expect(changed.status).toBe(409);
    expect(await changed.text()).toContain("刚才已经发过一份");
    expect(await rowsOf(county, "letter")).toHaveLength(1);
  });

  it("passes on what was ticked alone, and nothing personal lies open in the database", async () => {
    const { link, id } = await write({}, ["name"]);
    const shown = await textOf(await there(`${link}/show`, {}));
    expect(shown).toContain("巴希尔·示例");
    for (const secret of ["1391", "示例县一组", "36."]) expect(shown).not.toContain(secret);
    await answer(link, "found", { text: "在我县表亲家（示例）" });
    const dump = JSON.stringify(await everything());
    for (const secret of ["巴希尔", "示例省", "请协助", "office@", "表亲", "示例县值班", link.slice(3)])
      expect([secret, dump.includes(secret)]).toEqual([secret, false]);
    const masked = await textOf(await li.get(`/desk/letters/${id}`));
    expect(masked).not.toContain("巴希尔·示例");
    expect(masked).toContain("示例省示例县指挥部");
  });

  it("can be taken as a file, each time on record, and mailed with number and link alone", async () => {
    const { id, link } = await write();
    const page = await (await li.post(`/desk/letters/${id}/open`)).text();
    expect(page).toContain("关于协查有关人员的函");
    const mail = /href="(mailto:[^"]+)"/.exec(page)?.[1]?.replace(/&amp;/g, "&") ?? "";
    expect(decodeURIComponent(mail)).toBe(
      `mailto:office@sample.example?subject=协查函 ${id}&body=协查函 ${id}\nhttps://baobei.example${link}`,
    );
    const file = await li.post(`/desk/letters/${id}/docx`);
    expect(file.headers.get("Content-Disposition")).toBe(`attachment; filename="baobei-${id}.docx"`);
    expect([...new Uint8Array(await file.arrayBuffer()).slice(0, 2)]).toEqual([0x50, 0x4b]);
    expect((await acts()).filter((act) => act === "open-letter" || act === "take-letter")).toHaveLength(3);
  });

  it("is not for a reporter or an inspector to write or open, and of another town's there is none", async () => {
    const { id, link } = await write();
    const wu = await county.signIn("reporter", TOWN);
    const inspector = await county.signIn("inspector", "511781");
    await answer(link, "found", { text: "示例二组亲戚家" });
    expect(await textOf(await wu.get(`/desk/letters/${id}`))).toContain("示例二组亲戚家");
    const masked = await textOf(await inspector.get(`/desk/letters/${id}`));
    expect(masked).toContain("已找到");
    expect(masked).not.toContain("示例二组亲戚家");
    const other = await county.signIn("supervisor", "511781101");
    for (const who of [wu, inspector]) {
      expect((await who.get(`/desk/letters/new/${home}-2`)).status).toBe(403);
      expect((await who.post(`/desk/letters/${id}/open`)).status).toBe(403);
      expect((await who.get(`/desk/letters/${id}`)).status).toBe(200);
    }
    expect((await other.get(`/desk/letters/${id}`)).status).toBe(404);
    expect((await other.get(`/desk/letters/new/${home}-2`)).status).toBe(404);
    expect(await (await other.get("/desk/letters")).text()).not.toContain(id);
    expect(await (await inspector.get("/desk/letters")).text()).toContain(id);
  });

  it("of the county is read by whoever sees its case; its link, its end and its reply are for who is over its own unit", async () => {
    const zhou = await county.signIn("clerk", "511781", "示例周");
    const wrote = await postForm(zhou, `/desk/letters/new/${home}-2`, formOf({ _go: "send" }));
    const id = /XH-\d{4}-\d{4}/.exec(wrote.headers.get("Location") ?? "")?.[0] ?? "";
    const link = /https:\/\/baobei\.example(\/l\/[\w-]{22})/.exec(
      await (await zhou.post(`/desk/letters/${id}/open`)).text(),
    )?.[1];
    if (!link) throw new Error("no link");
    await answer(link, "found");
    const village = await county.signIn("admin", "511781100001", "示例村");
    for (const who of [li, village]) {
      const page = await textOf(await who.get(`/desk/letters/${id}`));
      expect(page).toContain("巴*");
      for (const words of ["换新链接", "撤回此函", "已阅办"]) expect(page).not.toContain(words);
      const full = await (await who.post(`/desk/letters/${id}/open`)).text();
      expect(full).toContain("巴希尔·示例");
      expect(full).not.toContain("/l/");
      expect((await who.post(`/desk/letters/${id}/docx`)).status).toBe(200);
      const before = await everything();
      for (const act of ["renew", "withdraw", "read"]) {
        const refused = await who.post(`/desk/letters/${id}/${act}`);
        expect([act, refused.status]).toEqual([act, 403]);
        expect(await textOf(refused)).toContain("由发函单位或其上级办理");
      }
      const { session: _, ...after } = (await everything()) as Record<string, unknown>;
      expect(after).toEqual(before);
    }
    expect((await zhou.post(`/desk/letters/${id}/read`)).status).toBe(303);
    expect((await zhou.post(`/desk/letters/${id}/renew`)).status).toBe(303);
    // Above the unit that wrote: the county withdraws the town's.
    const own = await write({ why: "另一封（示例）" });
    expect((await zhou.post(`/desk/letters/${own.id}/withdraw`)).status).toBe(303);
  });

  it("is begun from where Bashir was said to be elsewhere, at the desk; a unit's own link says who writes", async () => {
    const at = `/desk/units/511781100001`;
    const page = await (await li.get(`${at}/observation/${home}-2`)).text();
    expect(page).not.toContain("写协查函");
    const end = { ending: "transferred", reason: "示例：已到外县", by: "示例李" };
    expect((await li.post(`${at}/observation/${home}-2/end`, end)).status).toBe(303);
    const way = `href="/desk/letters/new/${home}-2?lang=zh-Hans"`;
    for (const path of [`/observation/${home}-2`, `/case/${home}`])
      expect(await (await li.get(`${at}${path}`)).text()).toContain(way);
    expect(await (await li.get(`${at}/observation/${home}-1`)).text()).not.toContain("写协查函");
    const entry = { purpose: "unit", unitCode: "511781100001", nonce: "own", recordedAt: county.deps.now() };
    const { token, statement } = await mintLink(county.deps, { ...entry, purpose: "unit" });
    await runBatch(county.deps.db, [statement]);
    for (const path of [`/observation/${home}-2`, `/case/${home}`]) {
      const html = await (await there(`/u/${token}${path}`)).text();
      expect(html).not.toContain("/letters/");
      expect(html).toContain("登录工作台发协查函");
    }
    const wu = await county.signIn("reporter", TOWN);
    expect(await (await wu.get(`${at}/case/${home}`)).text()).not.toContain("/letters/new/");
  });

  it.each<[string, Record<string, string>, string]>([
    ["no county", { county: " " }, "f-county"],
    ["no reason", { why: "" }, "f-why"],
    ["a time that has passed", { dueDate: "2026-01-27", dueTime: "09:59" }, "f-dueTime"],
    ["a day that is none", { dueDate: "2026-02-30" }, "f-dueDate"],
    ["an e-mail that would say more than one", { email: "a@b.example?bcc=m@mallory.example" }, "f-email"],
    ["a county with a bell in its name", { county: "a\u0007b" }, "f-county"],
    ["a reason of two thousand characters", { why: "字".repeat(2_000) }, "f-why"],
    ["a client id that is none", { clientId: "1" }, "f-county"],
  ])("is sent back with %s, everything typed kept, nothing written", async (_, wrong, anchor) => {
    const before = await everything();
    const refused = await postForm(li, `/desk/letters/new/${home}-2`, formOf({ _go: "send", ...wrong }));
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain(`href="#${anchor}"`);
    expect(html).toContain("示例县一组亲戚家");
    expect(await everything()).toEqual(before);
  });
});

describe("the link of a letter", { timeout: 30_000 }, () => {
  it("shows nobody and changes nothing when it is looked at, by a preview or by a person", async () => {
    const { link, id } = await write();
    const before = await everything();
    const page = await there(link);
    expect([page.status, page.headers.get("Cache-Control"), page.headers.get("X-Robots-Tag")]).toEqual([
      ...[200, "no-store", "noindex"],
    ]);
    const html = await page.text();
    expect(html).toContain(id);
    for (const secret of ["巴希尔", "巴*", "1391", "示例县一组", "请协助核实（示例）", home])
      expect([secret, html.includes(secret)]).toEqual([secret, false]);
    await county.fetch(link, { method: "HEAD" });
    expect((await there(`${link}/show`)).status).toBe(303);
    expect(await everything()).toEqual(before);
  });

  it("shows Bashir once the button is pressed, and that is on record with the link's hash, not the link", async () => {
    const { link, id } = await write();
    const text = await textOf(await there(`${link}/show`, {}));
    expect(text).toContain("巴希尔·示例");
    const line = (await rowsOf(county, "audit")).find(({ act }) => act === "show-letter");
    expect(line).toMatchObject({ subject_id: id, unit_code: TOWN });
    expect(JSON.stringify(line)).not.toContain(link.slice(3));
  });

  it("takes answers without an account: received, then found; each is told once, and the case page says so", async () => {
    const { link, id } = await write();
    await minute(county, "2026-01-27T10:01:00+08:00");
    expect((await answer(link, "received")).status).toBe(303);
    expect((await obligations("letter"))[0]?.met_at).toBeNull();
    const told = await minute(county, "2026-01-27T10:02:00+08:00");
    expect(told.map(({ to }) => to)).toEqual(["li"]);
    expect(told[0]?.text).toContain(`协查函 ${id} 的回复`);
    county.setNow("2026-01-27T11:00:00+08:00");
    expect((await answer(link, "observing", { text: "已在我县观察（示例）" })).status).toBe(303);
    expect((await obligations("letter"))[0]?.met_at).toBe(county.deps.now().getTime());
    const again = await minute(county, "2026-01-27T11:01:00+08:00");
    expect(again.map(({ text }) => text).join()).not.toMatch(/示例县值班|巴希尔|\/l\//);
    expect(again).toHaveLength(1);
    expect(await textOf(await li.get(`/desk/people/${home}-2`))).toContain(
      `${id} 示例省示例县指挥部 · 已找到，并已纳入医学观察`,
    );
    const page = await textOf(await li.get(`/desk/letters/${id}`));
    expect(page).toContain("已在我县观察（示例）");
    expect((await li.post(`/desk/letters/${id}/read`)).status).toBe(303);
    expect((await obligations("reply")).filter(({ met_at }) => met_at === null)).toEqual([]);
    expect(await li.get("/desk").then(textOf)).not.toContain(id);
    expect(await lettersAt("2026-01-27T09:59:00+08:00")).toEqual({ sent: 0, answered: 0 });
    expect(await lettersAt("2026-01-27T10:59:00+08:00")).toEqual({ sent: 1, answered: 0 });
    expect(await lettersAt("2026-01-27T11:00:00+08:00")).toEqual({ sent: 1, answered: 1 });
  });

  it("keeps every version: a correction stands beside what it corrects, and the same form twice is one", async () => {
    const { link, id } = await write();
    const one = { clientId: clientId(60_001) };
    expect([(await answer(link, "found", one)).status, (await answer(link, "found", one)).status]).toEqual([
      303, 303,
    ]);
    expect((await answer(link, "not_found", one)).status).toBe(409);
    expect((await answer(link, "not_found")).status).toBe(303);
    expect((await rowsOf(county, "letter_answer")).map(({ version, kind }) => [version, kind])).toEqual([
      [1, "found"],
      [2, "not_found"],
    ]);
    const page = await textOf(await li.get(`/desk/letters/${id}`));
    expect(page).toMatch(/没有找到（更正）.*已找到/);
  });

  it("climbs when nobody answers: the town, then the county, by number alone; an answer is told as recovered", async () => {
    const { link, id } = await write();
    const late = await minute(county, "2026-01-28T10:00:00+08:00");
    expect(late.map(({ to }) => to)).toEqual(["li"]);
    expect(late[0]?.text).toContain(`协查函 ${id}`);
    expect((await minute(county, "2026-01-28T11:31:00+08:00")).map(({ to }) => to)).toContain("zhou");
    const zhou = await county.signIn("supervisor", "511781");
    const board = await textOf(await zhou.get("/desk"));
    expect(board).toContain(`协查函 ${id} 待复`);
    expect(await textOf(await zhou.get("/desk/letters"))).toMatch(/逾期/);
    await answer(link, "not_found");
    const mails = await minute(county, "2026-01-28T11:40:00+08:00");
    expect(mails.map(({ to }) => to)).toEqual(expect.arrayContaining(["li", "zhou"]));
    expect(mails.map(({ text }) => text).join()).toContain("已补办");
  });

  it.each<[string, (link: string, id: string) => Promise<string>, number, string]>([
    ["wrong", async () => "/l/AAAAAAAAAAAAAAAAAAAAAA", 404, "没有这封协查函"],
    ["cut short", async (link) => link.slice(0, -3), 404, "没有这封协查函"],
    [
      "a unit's own door",
      async () => {
        const entry = { purpose: "unit", unitCode: TOWN, nonce: "n", recordedAt: county.deps.now() } as const;
        const { token, statement } = await mintLink(county.deps, entry);
        await runBatch(county.deps.db, [statement]);
        return `/l/${token}`;
      },
      404,
      "没有这封协查函",
    ],
    [
      "withdrawn",
      async (link, id) => {
        expect((await li.post(`/desk/letters/${id}/withdraw`)).status).toBe(303);
        return link;
      },
      410,
      "已经停用",
    ],
    [
      "replaced",
      async (link, id) => {
        expect((await li.post(`/desk/letters/${id}/renew`)).status).toBe(303);
        const fresh = await linkOf(id);
        expect(fresh).not.toBe(link);
        expect((await there(fresh)).status).toBe(200);
        return link;
      },
      410,
      "已经停用",
    ],
    [
      "of last year",
      async (link) => {
        county.setNow("2026-03-01T10:00:00+08:00");
        return link;
      },
      410,
      "已经过期",
    ],
  ])(
    "that is %s says so calmly, whatever is asked of it, and answers nothing",
    async (_, spoil, status, words) => {
      const { link, id } = await write();
      const path = await spoil(link, id);
      const before = await everything();
      const page = await there(path);
      expect(page.status).toBe(status);
      const text = await textOf(page);
      expect(text).toContain(words);
      expect(text).toContain("请与发函单位联系");
      for (const act of ["show", "answer"])
        expect([act, (await there(`${path}/${act}`, { kind: "found", by: "x" })).status]).toEqual([
          act,
          status,
        ]);
      const carry = await county.fetch(`${path}/carry`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: "{}",
      });
      expect(carry.status).toBe(status);
      expect(await everything()).toEqual(before);
    },
  );

  it("that a chat has broken over two lines leads nowhere, and to no fault of ours", async () => {
    const { status, headers } = await there("/l/AAAA%0AAAAA/show");
    expect([status, headers.get("Location")]).toEqual([303, expect.stringMatching(/^\/l\/AAAA%0AAAAA/)]);
  });

  it("that is withdrawn as its link is made anew opens by neither", async () => {
    const { id } = await write();
    const { deps } = county;
    const read = await findLetter(deps, id);
    if (!read) throw new Error("no such letter");
    const now = deps.now();
    const act = (name: string) => ({
      ...{ id: name, actor: "示例", act: name, subjectId: id, unitCode: TOWN, recordedAt: now },
    });
    const expiresAt = new Date("2026-02-20T10:00:00+08:00");
    await renewLetterLink(deps, read, { nonce: "anew", now, expiresAt, act: act("renew-letter") });
    await withdrawLetter(deps, read, { now, act: act("withdraw-letter") });
    const links = (await rowsOf(county, "link")).filter(({ purpose }) => purpose === "letter");
    expect(links.map(({ revoked_at }) => revoked_at)).toEqual([now.getTime(), now.getTime()]);
  });

  it("that is withdrawn leaves nobody owing, and is withdrawn once", async () => {
    const { id } = await write();
    await li.post(`/desk/letters/${id}/withdraw`);
    expect((await li.post(`/desk/letters/${id}/withdraw`)).status).toBe(409);
    expect((await li.post(`/desk/letters/${id}/renew`)).status).toBe(409);
    expect((await obligations("letter"))[0]?.excused_at).not.toBeNull();
    const told = await minute(county, "2026-01-28T12:00:00+08:00");
    expect(told.map(({ text }) => text).join()).not.toContain("协查函");
  });

  it("that is withdrawn as an answer comes in, or answered twice at once: one wins, nothing is half written", async () => {
    const { link, id } = await write();
    const stale = await findLetter(county.deps, id);
    if (!stale) throw new Error("no letter");
    await Promise.all([1, 2, 3].map((n) => answer(link, "found", { text: `${n}` })));
    expect((await rowsOf(county, "letter_answer")).map(({ version }) => version)).toEqual([1, 2, 3]);
    expect((await obligations("letter")).filter(({ met_at }) => met_at !== null)).toHaveLength(1);
    await li.post(`/desk/letters/${id}/withdraw`);
    const before = await everything();
    const now = county.deps.now();
    const late = await saveAnswer(county.deps, {
      ...{ letter: stale, kind: "not_found", door: "link", words: { by: "示例", text: "" }, now },
      plan: planAnswer(stale, 3, "not_found", now),
      arrival: { id: "late", form: "letter-answer", formVersion: 1, door: "page", contentHash: "x" },
      act: { id: "late", actor: "x", act: "answer-letter", subjectId: id, unitCode: TOWN, recordedAt: now },
      settings: county.deps.settings,
    });
    expect(late).toBe("overtaken");
    expect(await everything()).toEqual(before);
  });

  it.each<[string, Record<string, string>]>([
    ["nothing chosen", { kind: "" }],
    ["a kind that is none", { kind: "released" }],
    ["nobody who answers", { by: " " }],
    ["words without end", { text: "字".repeat(1_001) }],
    ["characters that cannot be shown", { text: "\u0000" }],
    ["a client id that is none", { clientId: "x" }],
  ])("sends an answer back with %s, and nothing is written", async (_, wrong) => {
    const { link } = await write();
    const before = await everything();
    const refused = await answer(link, "found", wrong);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('id="problems"');
    expect(await everything()).toEqual(before);
  });

  it("takes no more than thirty answers, and none from another site's page", async () => {
    const { link } = await write();
    for (let n = 0; n < 30; n++) await answer(link, "found", { text: `${n}` });
    const full = await answer(link, "found");
    expect([full.status, await full.text()]).toEqual([409, expect.stringContaining("答复已满")]);
    const forged = await county.fetch(`${link}/answer`, {
      method: "POST",
      headers: { Origin: "https://mallory.example" },
      body: new URLSearchParams({ kind: "found" }),
    });
    expect(forged.status).toBe(403);
  });
});

describe("a letter that another deployment takes over", { timeout: 30_000 }, () => {
  const asked: string[] = [];
  /** The other county's service is this one: its doors answer there. */
  beforeEach(() => {
    asked.length = 0;
    county.deps.fetch = (async (input: RequestInfo | URL, init?: RequestInit) => {
      const url = new URL(String(input));
      asked.push(`${init?.method} ${url.pathname.replace(/[\w-]{22}/, "…")}`);
      return county.fetch(url.pathname, { ...init, signal: null });
    }) as typeof fetch;
  });
  const CASE = {
    ...{ unit: "511781100002", origin: "hubei", leftOn: "2026-01-24", transitWuhan: "no" },
    ...{ "arrivedAt.date": "2026-01-26", "arrivedAt.time": "20:00", transport: "car" },
    ...{ "persons.0.name": "巴希尔·示例", "persons.0.returnee": "yes", "persons.0.document.kind": "" },
    ...{ "persons.0.area": "no", "persons.0.contact": "no", "persons.0.symptoms": "no" },
    ...{ address: "示例县一组 3 号", hasPhone: "yes", phone: "13900000077", _go: "accept" },
  };
  const fetched = async (link: string) => {
    const answer = await li.post("/desk/letters/receive", { link: `https://baobei.example${link}` });
    const html = await answer.text();
    const signed = (inputValue(html, "package") ?? "")
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&amp;/g, "&");
    return { status: answer.status, html, signed };
  };
  const accept = (link: string, signed: string, more: Record<string, string> = {}) =>
    li.post("/desk/letters/receive", {
      link: `https://baobei.example${link}`,
      package: signed,
      ...CASE,
      ...more,
    });

  it("is shown first, registered on accept with its source, and answered back by itself, to the end", async () => {
    const { link, id } = await write();
    const before = (await rowsOf(county, "household")).length;
    const shown = await fetched(link);
    expect(shown.status).toBe(200);
    expect(shown.html).toContain("签名核验无误");
    expect(inputValue(shown.html, "persons.0.name")).toBe("巴希尔·示例");
    expect(await rowsOf(county, "household")).toHaveLength(before);
    expect(await rowsOf(county, "letter_answer")).toEqual([]);

    const accepted = await accept(link, shown.signed);
    const number = /received\/([A-Z]+-\d{4}-\d{4})/.exec(accepted.headers.get("Location") ?? "")?.[1] ?? "";
    expect([accepted.status, number]).toEqual([303, expect.stringMatching(/^WY-/)]);
    const taken = (await rowsOf(county, "household")).find((row) => row.id === number);
    expect(taken).toMatchObject({ source: "letter", unit_code: "511781100002" });
    expect((await rowsOf(county, "letter"))[0]?.received_at).not.toBeNull();
    const answers = await rowsOf(county, "letter_answer");
    expect(answers.map(({ letter_id, kind, door }) => [letter_id, kind, door])).toEqual(
      expect.arrayContaining([
        [number, "received", "desk"],
        [id, "received", "system"],
      ]),
    );
    expect(answers.find(({ letter_id }) => letter_id === number)?.posted_at).not.toBeNull();
    // What the other side would never take is not written down: later answers would wait behind it.
    const broken = { clientId: "x", kind: "found", by: "示例李", text: "" };
    expect((await li.post(`/desk/letters/received/${number}`, broken)).status).toBe(422);
    expect(await rowsOf(county, "letter_answer")).toHaveLength(2);

    expect(await textOf(await li.get(`/desk/people/${number}-1`))).toContain(`${id} 由外地来函登记`);
    const given = { clientId: clientId(70_001), kind: "observing", by: "示例县值班", text: "" };
    expect((await li.post(`/desk/letters/received/${number}`, given)).status).toBe(303);
    expect((await obligations("letter"))[0]?.met_at).not.toBeNull();
    expect((await rowsOf(county, "received_letter"))[0]?.answered_at).not.toBeNull();
    expect(await textOf(await li.get(`/desk/letters/${id}`))).toContain("由对方系统送来");
    expect(asked).toEqual(["POST /l/…/carry", "POST /l/…/answer", "POST /l/…/answer"]);
    expect(await textOf(await li.get("/desk/letters"))).toContain(number);
    const dump = JSON.stringify(await everything());
    for (const secret of ["巴希尔", "13900000077", link.slice(3), "示例县值班"])
      expect([secret, dump.includes(secret)]).toEqual([secret, false]);
  });

  it("comes in once: replayed, accepted by two at once, or fetched anew, it is the same one case", async () => {
    const { link } = await write();
    const { signed } = await fetched(link);
    const both = await Promise.all([accept(link, signed), accept(link, signed)]);
    expect(both.map(({ status }) => status).toSorted()[0]).toBe(303);
    const after = await everything();
    expect(after.received_letter).toHaveLength(1);
    expect(after.household).toHaveLength(2);
    const replayed = await accept(link, signed, { address: "别处" });
    expect(replayed.status).toBe(409);
    expect(await replayed.text()).toContain("已经接收过");
    const anew = await fetched(link);
    expect(anew.status).toBe(409);
    const { audit: _, ...rest } = await everything();
    const { audit: __, ...before } = after;
    expect(rest).toEqual(before);
  });

  it.each<[string, (signed: string) => string, number]>([
    ["altered", (signed) => signed.replace("巴希尔", "马洛丽"), 422],
    ["its signature altered", (signed) => signed.replace(/.("})$/, (_, end) => `x${end}`), 422],
    ["forged", () => JSON.stringify({ payload: "{}", signature: "0".repeat(64) }), 422],
    ["no package at all", () => "示例", 422],
  ])("is refused %s, and nothing changes", async (_, spoil, status) => {
    const { link } = await write();
    const { signed } = await fetched(link);
    const before = await everything();
    const refused = await accept(link, spoil(signed));
    expect(refused.status).toBe(status);
    expect(await refused.text()).toContain("没有通过核验");
    expect(await everything()).toEqual(before);
  });

  it("believes nobody that they are the other service by their word: only by what the hand-over gave them", async () => {
    const { link, id } = await write();
    const doors = async () => (await rowsOf(county, "letter_answer")).map(({ door }) => door);
    // Mallory has the link, and says so.
    expect((await answer(link, "not_found", { _door: "system" })).status).toBe(303);
    expect(await doors()).toEqual(["link"]);
    const token = link.slice(3);
    const said = { clientId: clientId(80_001), kind: "found", by: "示例县值班", text: "" };
    const letter = await findLetter(county.deps, id);
    if (!letter) throw new Error("no letter");
    const nonce = await letterNonce(county.deps, letter);
    const _proof = await proveAnswer({ ...said, number: id, nonce }, token);
    const other = await write({ why: "另一封（示例）" });
    const before = await everything();
    const forgeries: [string, string, Record<string, string>][] = [
      ["forged", link, { _proof: "0".repeat(64) }],
      ["with the link alone", link, { _proof: await proveAnswer({ ...said, number: id, nonce: "" }, token) }],
      ["altered in its kind", link, { _proof, kind: "not_found" }],
      ["altered in its words", link, { _proof, text: "示例：别的" }],
      ["under another id", link, { _proof, clientId: clientId(80_002) }],
      ["replayed under another letter", other.link, { _proof }],
    ];
    for (const [name, where, more] of forgeries) {
      const refused = await there(`${where}/answer`, { ...said, _door: "system", ...more });
      expect([name, refused.status]).toEqual([name, 422]);
      expect(await textOf(refused)).toContain("没有通过核验");
    }
    expect(await everything()).toEqual(before);
    const whole = { ...said, _door: "system", _proof };
    expect((await there(`${link}/answer`, whole)).status).toBe(303);
    expect((await there(`${link}/answer`, whole)).status).toBe(303);
    expect(await doors()).toEqual(["link", "system"]);
  });

  it("takes no word more once its case is sealed off", async () => {
    const { link } = await write();
    const accepted = await accept(link, (await fetched(link)).signed);
    const number = /received\/([A-Z]+-\d{4}-\d{4})/.exec(accepted.headers.get("Location") ?? "")?.[1] ?? "";
    await runBatch(county.deps.db, await sealOffLetters(county.deps, number, county.deps.now()));
    const before = await everything();
    const late = { clientId: clientId(1), kind: "found", by: "示例李", text: "示例三组" };
    expect((await li.post(`/desk/letters/received/${number}`, late)).status).toBe(410);
    expect(await everything()).toEqual(before);
  });

  it("is refused under another letter's link, and when it was fetched too long ago", async () => {
    const first = await write();
    const { signed } = await fetched(first.link);
    const second = await write({ why: "另一封（示例）" });
    const before = await everything();
    expect((await accept(second.link, signed)).status).toBe(422);
    county.setNow("2026-01-27T10:31:00+08:00");
    expect((await accept(first.link, signed)).status).toBe(410);
    const after = await everything();
    expect({ ...after, session: 0 }).toEqual({ ...before, session: 0 });
  });

  it("keeps what was answered while the other service is away, says so, and sends it once it is back", async () => {
    const { link } = await write();
    const { signed } = await fetched(link);
    const back = county.deps.fetch as typeof fetch;
    county.deps.fetch = (async () => {
      throw new TypeError("示例断网");
    }) as typeof fetch;
    const accepted = await accept(link, signed);
    const path = (accepted.headers.get("Location") ?? "").replace(/\?.*/, "");
    expect(await textOf(await li.get(path))).toContain("有 1 条答复还没有送到对方");
    expect((await rowsOf(county, "letter"))[0]?.received_at).toBeNull();
    county.deps.fetch = back;
    await li.post(`${path}/post`);
    await li.post(`${path}/post`);
    expect((await rowsOf(county, "letter"))[0]?.received_at).not.toBeNull();
    expect(await textOf(await li.get(path))).not.toContain("没有送到对方");
    expect((await rowsOf(county, "letter_answer")).filter(({ door }) => door === "system")).toHaveLength(1);
  });

  it.each<[string, string]>([
    ["nothing", ""],
    ["no link", "协查函 XH-0127-0031"],
    ["a unit's link", "https://baobei.example/u/AAAAAAAAAAAAAAAAAAAAAA"],
    ["plain http", "http://baobei.example/l/AAAAAAAAAAAAAAAAAAAAAA"],
    ["this machine", "https://127.0.0.1/l/AAAAAAAAAAAAAAAAAAAAAA"],
    ["the cloud's own address", "https://169.254.169.254/l/AAAAAAAAAAAAAAAAAAAAAA"],
  ])("is not asked for at %s", async (_, link) => {
    const refused = await li.post("/desk/letters/receive", { link });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('href="#f-link"');
    expect(asked).toEqual([]);
  });

  it.each<[string, () => Response]>([
    [
      "a redirect",
      () => new Response(null, { status: 302, headers: { Location: "https://mallory.example" } }),
    ],
    ["an error", () => new Response("x", { status: 503 })],
    ["a page", () => new Response("<html>")],
    ["fifty megabytes", () => new Response("x".repeat(50_000_000))],
  ])("is refused when the other side answers with %s", async (_, given) => {
    county.deps.fetch = (async () => given()) as typeof fetch;
    const refused = await li.post("/desk/letters/receive", {
      link: "https://elsewhere.example.cn/l/AAAAAAAAAAAAAAAAAAAAAA",
    });
    expect(refused.status).toBe(422);
    expect(await rowsOf(county, "received_letter")).toEqual([]);
  });

  it("is not registered outside the official's own towns, nor half filled in", async () => {
    const { link } = await write();
    const { signed } = await fetched(link);
    const before = await everything();
    const wrongs: Record<string, string>[] = [
      { unit: "511781101001" },
      { unit: "999" },
      { "arrivedAt.date": "" },
      { address: "" },
    ];
    for (const wrong of wrongs) {
      const refused = await accept(link, signed, wrong);
      expect([wrong, refused.status]).toEqual([wrong, 422]);
      expect(await refused.text()).toContain("巴希尔·示例");
    }
    expect(await everything()).toEqual(before);
  });
});
