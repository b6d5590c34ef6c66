import { beforeEach, describe, expect, it } from "vitest";
import { type DeskCounty, openDeskCounty } from "../../support/desk.ts";
import { seedUnits } from "../../support/worker.ts";

const VILLAGE = "511781100001";
let county: DeskCounty;
beforeEach(async () => {
  county = await openDeskCounty();
  await seedUnits(county);
});

const rows = async (query: string) => (await county.deps.d1.prepare(query).all()).results;
const acts = async () => (await rows("SELECT act FROM audit ORDER BY id")).map(({ act }) => act);
const manage = (path = "", unit = VILLAGE) => `/desk/manage/${unit}${path}`;
const newest = async () =>
  String(
    (await rows("SELECT token_hash FROM link WHERE revoked_at IS NULL ORDER BY recorded_at DESC"))[0]
      ?.token_hash,
  );
const doorOf = (page: string) => /https:\/\/baobei\.example(\/u\/[\w-]{22})/.exec(page)?.[1] ?? "";

describe("a unit's own link", () => {
  it("is made by Li, stands nowhere in the page, and is shown on record as a card with a code", async () => {
    const li = await county.signIn("clerk", "511781100");
    expect((await li.post(manage("/links"))).status).toBe(303);
    expect(await (await li.get(manage())).text()).not.toContain("/u/");
    const shown = await li.post(manage("/cards"));
    const card = await shown.text();
    expect(shown.headers.get("Cache-Control")).toBe("no-store");
    expect(shown.headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(card).toContain("<svg");
    expect(card).toContain("像钥匙一样保管");
    expect((await county.fetch(doorOf(card))).status).toBe(200);
    expect(await acts()).toEqual(["make-link", "show-link"]);
    expect(JSON.stringify(await rows("SELECT * FROM audit"))).not.toContain(doorOf(card).slice(3));
  });

  it("is made once, however often it is asked for", async () => {
    const li = await county.signIn("clerk", "511781100");
    await Promise.all([li.post(manage("/links")), li.post(manage("/links")), li.post(manage("/links"))]);
    expect(await rows("SELECT count(*) AS n FROM link")).toEqual([{ n: 1 }]);
    expect(await acts()).toEqual(["make-link"]);
  });

  it("opens nothing from the moment it is revoked", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/links"));
    const door = doorOf(await (await li.post(manage("/cards"))).text());
    const link = await newest();
    const blank = await li.post(manage("/links/revoke"), { link, note: "示例说明" });
    expect(blank.status).toBe(422);
    expect(await blank.text()).toContain("示例说明");
    const long = await li.post(manage("/links/revoke"), { link, reason: "lost", note: "x".repeat(10_000) });
    expect(long.status).toBe(422);
    expect((await county.fetch(door)).status).toBe(200);
    expect((await li.post(manage("/links/revoke"), { link, reason: "lost", note: "示例说明" })).status).toBe(
      303,
    );
    expect((await county.fetch(door)).status).toBe(410);
    expect(await rows("SELECT act, detail FROM audit WHERE act = 'revoke-link'")).toEqual([
      { act: "revoke-link", detail: "lost" },
    ]);
    expect(JSON.stringify(await rows("SELECT * FROM audit"))).not.toContain("示例说明");
    expect((await li.post(manage("/cards"))).status).toBe(200);
    expect(doorOf(await (await li.post(manage("/cards"))).text())).toBe("");
  });

  it("is replaced in one step: the old door is shut, the new one open", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/links"));
    const old = doorOf(await (await li.post(manage("/cards"))).text());
    county.setNow("2026-01-25T10:05:00+08:00");
    expect((await li.post(manage("/links/renew"), { link: await newest() })).status).toBe(303);
    const fresh = doorOf(await (await li.post(manage("/cards"))).text());
    expect(fresh).not.toBe(old);
    expect((await county.fetch(old)).status).toBe(410);
    expect((await county.fetch(fresh)).status).toBe(200);
  });

  it("is revoked by one of two officials at once; the other is told who and when, and nothing is made twice", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    const zhou = await county.signIn("supervisor", "511781", "示例周");
    await li.post(manage("/links"));
    const link = await newest();
    const answers = await Promise.all([
      li.post(manage("/links/renew"), { link }),
      zhou.post(manage("/links/revoke"), { link, reason: "seen" }),
      zhou.post(manage("/links/renew"), { link }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
    for (const loser of answers.filter(({ status }) => status === 409))
      expect(await loser.text()).toMatch(
        /这件事已经有人办了：(太平镇 示例李|万源市 示例周|您自己)，今天 10:00/,
      );
    const inUse = await rows("SELECT count(*) AS n FROM link WHERE revoked_at IS NULL");
    expect(Number(inUse[0]?.n)).toBeLessThanOrEqual(1);
  });

  it("is no inspector's, no reporter's and no other town's to make, show or revoke", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/links"));
    const link = await newest();
    const paths = ["/links", "/links/below", "/links/renew", "/links/revoke", "/cards", "/cards/below"];
    const status = async (who: typeof li) =>
      Promise.all(paths.map(async (path) => (await who.post(manage(path), { link, reason: "lost" })).status));
    expect(await status(await county.signIn("inspector", "511781"))).toEqual(paths.map(() => 403));
    expect(await status(await county.signIn("reporter", VILLAGE))).toEqual(paths.map(() => 403));
    expect(await status(await county.signIn("admin", "511781101"))).toEqual(paths.map(() => 404));
    // Nor is another unit's link by its hash behind a unit of one's own.
    const other = await county.signIn("admin", "511781101");
    const foreign = await other.post(manage("/links/revoke", "511781101001"), { link, reason: "lost" });
    expect(foreign.status).toBe(409);
    expect(await foreign.text()).toContain("这件事已经有人办了。");
    expect(await rows("SELECT count(*) AS n FROM link WHERE revoked_at IS NULL")).toEqual([{ n: 1 }]);
  });
});

describe("a whole town's links", () => {
  it("are made for every unit below that has none, and twice adds nothing", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/links"));
    await Promise.all([
      li.post(manage("/links/below", "511781100")),
      li.post(manage("/links/below", "511781100")),
    ]);
    await li.post(manage("/links/below", "511781100"));
    expect(await rows("SELECT unit_code FROM link ORDER BY unit_code")).toEqual(
      ["511781100001", "511781100002", "511781100S01"].map((unit_code) => ({ unit_code })),
    );
    expect(await acts()).toEqual(["make-link", "make-link", "make-link"]);
  });

  it("are printed four cards a sheet, each showing on record", async () => {
    const li = await county.signIn("clerk", "511781100");
    await li.post(manage("/links/below", "511781100"));
    const page = await (await li.post(manage("/cards/below", "511781100"))).text();
    expect(page.match(/<svg/g)).toHaveLength(3);
    expect(page.match(/class="sheet cards"/g)).toHaveLength(1);
    expect((await acts()).filter((act) => act === "show-link")).toHaveLength(3);
  });

  it("go on with the sixty-first on the next page", async () => {
    const { deps } = county;
    const { d1 } = deps;
    const at = deps.now().getTime();
    await d1.batch(
      Array.from({ length: 70 }, (_, n) =>
        d1
          .prepare("INSERT INTO unit VALUES (?, '示例社区', 'village', '511781101', ?, NULL)")
          .bind(`511781101${n + 100}`, at),
      ),
    );
    const li = await county.signIn("clerk", "511781101");
    await li.post(manage("/links/below", "511781101"));
    const first = await (await li.post(manage("/cards/below", "511781101"))).text();
    expect(first.match(/<svg/g)).toHaveLength(60);
    const after = /name="after" value="(\w+)"/.exec(first)?.[1] ?? "";
    const second = await (await li.post(manage("/cards/below", "511781101"), { after })).text();
    expect(second.match(/<svg/g)).toHaveLength(11);
    expect((await li.post(manage("/cards/below", "511781101"), { after: "' OR 1" })).status).toBe(200);
  });
});
