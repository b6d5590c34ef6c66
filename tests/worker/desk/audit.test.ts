import { beforeEach, describe, expect, it } from "vitest";
import { recordAct } from "../../../src/db/audit.ts";
import { runBatch } from "../../../src/db/store.ts";
import { sealAudit } from "../../../src/jobs/audit-seal.ts";
import { actWords } from "../../../src/views/desk/audit-words.ts";
import { type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { zero } from "../../support/meter.ts";
import { plainText } from "../../support/pages.ts";
import { rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

let county: DeskCounty;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
});

const VILLAGE = "511781100001";
const page = async (who: Signed, query = "") => {
  const answer = await who.get(`/desk/audit${query}`);
  const html = await answer.text();
  return {
    status: answer.status,
    html,
    text: plainText(html),
    rows: html.match(/<th scope="row"/g)?.length ?? 0,
  };
};

/** Something somebody did, with words of their own where they are given. */
async function did(act: string, more: { by?: string; subject?: string; unit?: string; words?: string } = {}) {
  const { deps } = county;
  const id = deps.newId();
  const { by = "sample", subject = "WY-0217-4486", unit = VILLAGE, words } = more;
  const sealed = words ? await deps.privacy.seal({ text: words }, id, "audit") : null;
  await runBatch(deps.db, [
    recordAct(deps.db, {
      id,
      actor: by,
      act,
      subjectId: subject,
      unitCode: unit,
      recordedAt: deps.now(),
      sealed,
    }),
  ]);
}

/** So many lines in a unit, a second apart. */
const many = (count: number, unit: string, actor = "sample") =>
  county.deps.d1
    .prepare(
      `INSERT INTO audit (id, actor, act, subject_id, unit_code, recorded_at)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      SELECT ? || '/' || i, ?, 'open-tip', 'T-4471-' || i, ?, ? - i * 1000 FROM n`,
    )
    .bind(count, unit, actor, unit, county.deps.now().getTime())
    .run();

describe("the audit's page", () => {
  it("does not tell a village that somebody telephoned a tip in or asked who gave it; the town it tells", async () => {
    for (const act of ["enter-tip", "reveal-tip-sender", "open-tip"])
      await did(act, { subject: "T-4471-0932" });
    const wu = await county.signIn("supervisor", VILLAGE, "示例吴");
    const hidden = /代录线索|查看举报人联系方式/;
    for (const query of ["", "?subject=T-4471-0932", "?by=sample"]) {
      const { text } = await page(wu, query);
      expect(text).toContain("查看线索");
      expect(text).not.toMatch(hidden);
    }
    expect((await page(await county.signIn("inspector", "511781100"))).text).toMatch(hidden);
  });

  it("tells the inspector who did what, by name, with the words they gave", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    await did("verify-household/found", { by: `official/${li.id}` });
    await did("reveal-person/visit", { by: `official/${li.id}`, words: "示例：上门核实" });
    await did("some-new-act/x");
    const { text } = await page(await county.signIn("inspector", "511781"));
    expect(text).toContain("太平镇 示例李核实登记（属实）");
    expect(text).toContain("查看个人信息（上门）示例：上门核实");
    expect(text).toContain("some-new-act/x");
    const english = await page(await county.signIn("inspector", "511781"), "?lang=en");
    expect(english.text).toContain("Verified a registration (found)");
  });

  it("is looked through by official, number, unit and day, all in an address of codes", async () => {
    const zhou = await county.signIn("supervisor", "511781");
    const li = await county.signIn("clerk", "511781100", "示例李");
    await did("open-tip", { by: `official/${li.id}`, subject: "T-4471-0932" });
    await did("verify-household/found", { unit: "511781101001" });
    county.setNow("2026-01-25T12:00:00+08:00");
    await did("verify-household/moved", { subject: "WY-0217-4496" });
    const found = async (fields: Record<string, string>) => {
      const answer = await zhou.post("/desk/audit", fields);
      expect(answer.status).toBe(303);
      const there = answer.headers.get("Location") ?? "";
      expect(decodeURIComponent(there)).toMatch(/^\/desk\/audit\?[\w=&/-]+$/);
      const html = await (await zhou.get(there)).text();
      return [...html.matchAll(/data-head="做了什么">([^<]+)/g)]
        .map(([, act]) => act)
        .filter((act) => act !== "查看操作记录");
    };
    expect(await found({ by: `official/${li.id}` })).toEqual(["查看线索"]);
    expect(await found({ subject: " wy02174496 " })).toEqual(["核实登记（已离开）"]);
    expect(await found({ unit: "511781101" })).toEqual(["核实登记（属实）"]);
    expect(await found({ day: "2026-01-25", unit: VILLAGE })).toEqual(["核实登记（已离开）", "查看线索"]);
    expect(await found({ day: "2026-01-24" })).toEqual([]);
  });

  it("lets no name, phone or document into an address, and says what to mend", async () => {
    const zhou = await county.signIn("supervisor", "511781100");
    for (const [name, value] of Object.entries({ by: "示例李", unit: "511781101", day: "昨天" })) {
      const answer = await zhou.post("/desk/audit", { [name]: value });
      expect(answer.status).toBe(422);
    }
    for (const subject of [
      "示例李",
      "13900000001",
      "999999198802141020",
      "99999919880214102X",
      "' OR 1=1 --",
      "x".repeat(200),
    ]) {
      const answer = await zhou.post("/desk/audit", { subject });
      expect(answer.status).toBe(422);
      const html = await answer.text();
      expect(html).toContain("请填编号");
      expect(html.match(/href="[^"]*"/g)?.join()).not.toContain(encodeURIComponent(subject));
    }
    for (const before of ["x", "1", "99999999999999999.a", "1.\u0000", "-1.a", `1.${"a".repeat(300)}`])
      expect((await page(zhou, `?before=${encodeURIComponent(before)}`)).status).toBe(422);
    expect((await page(zhou, "?before=1.made-up")).text).toContain("没有记录");
  });

  it("shows a town its own subtree alone, whatever is asked for", async () => {
    await did("open-tip", { unit: "511781101001" });
    await did("verify-tip/true", { unit: VILLAGE });
    const town = await county.signIn("supervisor", "511781100");
    for (const query of ["", "?by=sample", "?subject=WY-0217-4486", "?day=2026-01-25"]) {
      const { text } = await page(town, query);
      expect(text).toContain("核实线索");
      expect(text).not.toContain("查看线索");
    }
    for (const role of ["reporter", "clerk"] as const)
      expect((await (await county.signIn(role, "511781")).get("/desk/audit")).status).toBe(403);
  });

  it("goes on page by page to the last line, each once", async () => {
    await many(120, VILLAGE);
    await many(60, "511781101001");
    for (const [unit, count] of [
      ["511781", 180],
      ["511781100", 120],
    ] as const) {
      const who = await county.signIn("inspector", unit);
      const seen: string[] = [];
      for (let query: string | undefined = ""; query !== undefined && seen.length < 500; ) {
        const { html, rows } = await page(who, query.replaceAll("&amp;", "&"));
        expect(rows).toBeLessThanOrEqual(50);
        seen.push(...[...html.matchAll(/>(T-4471-\d+)</g)].map(([, id]) => `${id}`));
        query = /href="\/desk\/audit(\?before=[^"]*)"/.exec(html)?.[1];
      }
      expect(seen).toHaveLength(count);
    }
  });

  it("reads a bounded number of rows, however busy the county beside a town is", async () => {
    await many(30_000, "511781101001", "busy");
    await many(60, VILLAGE, "busy");
    const look = async (unit: string, query = "") => {
      const who = await county.signIn("inspector", unit);
      await who.get("/desk/audit");
      zero(county.meter);
      const { text } = await page(who, query);
      return { text, read: county.meter.read };
    };
    expect((await look("511781")).read).toBeLessThanOrEqual(900);
    expect((await look("511781100")).read).toBeLessThanOrEqual(900);
    // Of somebody busy elsewhere a page may be empty, and says that there is more further back.
    const busy = await look("511781100", "?by=busy");
    expect(busy.read).toBeLessThanOrEqual(4_500);
  });

  it("tells how far the chain goes, and is itself on record once a day", async () => {
    const zhou = await county.signIn("supervisor", "511781");
    expect((await page(zhou)).text).toContain("记录链还没有封过");
    county.setNow("2026-01-25T10:10:00+08:00");
    await sealAudit(county.deps, county.deps.now());
    await did("open-tip");
    expect((await page(zhou)).text).toContain("记录链已封到 10:00（2026-01-25 第 1 段），待封 1 条");
    const looks = (await rowsOf(county, "audit")).filter(({ act }) => act === "look-audit");
    expect(looks).toHaveLength(1);
  });
});

it("says in words which role of a care team was filled", () => {
  expect(actWords("assign-care/doctor", "zh-Hans")).toBe("落实包保人（医生）");
  expect(actWords("assign-care/something-new", "en")).toBe("Named a care team member (something-new)");
});
