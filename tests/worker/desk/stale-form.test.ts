import { beforeEach, describe, expect, it, vi } from "vitest";
import { DESK_ORIGIN, type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { plainText } from "../../support/pages.ts";
import { seedUnits } from "../../support/worker.ts";

let county: DeskCounty;
let li: Signed;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-24T09:00:00+08:00");
  await seedUnits(county);
  li = await county.signIn("clerk", "511781100", "示例李");
});

const EXCUSE = "/desk/units/511781100/excuse?lang=zh-Hans";
const typed = {
  clientId: "7e57c11e-0000-4000-8000-000000000001",
  unit: "511781100001",
  from: "2026-01-25",
  to: "2026-01-26",
  reason: '全村停电（示例）\r\n<b>第二行</b> & "引号"',
};
/** The fields of the page's own form, as a browser would send them again. */
const kept = (html: string): [string, string][] => {
  const form = /<form method="post"[^>]*id="again">([\s\S]*?)<\/form>/.exec(html)?.[1] ?? "";
  const fields = form.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"|<textarea name="([^"]*)" hidden="">\n([\s\S]*?)<\/textarea>/g,
  );
  return [...fields].map(([, name = "", value = "", box = "", text = ""]) => [
    unescaped(name || box),
    unescaped(box ? text : value),
  ]);
};
const unescaped = (html: string) =>
  html.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => SIGNS[name] ?? "");
const SIGNS: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  county.desk(path, {
    method: "POST",
    body,
    headers: { Origin: DESK_ORIGIN, Cookie: li.cookie, ...headers },
  });

describe("a form open since yesterday", () => {
  beforeEach(() => county.setNow("2026-01-25T10:00:00+08:00"));

  it("comes back with all that Li typed, and is sent again once she is signed in", async () => {
    const answer = await post(EXCUSE, new URLSearchParams(typed));
    expect(answer.status).toBe(401);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const html = await answer.text();
    expect(html).not.toContain("<b>第二行</b>");
    const text = plainText(html);
    for (const words of [
      "登录已过期，您填的内容还在",
      "全村停电（示例）",
      "2026-01-26",
      "在新窗口登录",
      "再次提交",
    ])
      expect(text).toContain(words);
    expect(text).not.toContain(typed.clientId);
    expect(html).toContain(`action="${EXCUSE}"`);
    expect(html).toMatch(/href="\/desk\/sign-in\?lang=zh-Hans" target="_blank" rel="noopener"/);
    expect(Object.fromEntries(kept(html))).toEqual(typed);

    const again = await county.signIn("clerk", "511781100", "示例李");
    // An excuse is one line.
    const one = kept(html).map(([name, value]) => [name, value.replace("\r\n", "，")]);
    const sent = await again.post(EXCUSE, Object.fromEntries(one));
    expect(sent.status).toBe(303);
  });

  it("keeps the same for a form with files, and says that a file is not kept", async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(typed)) form.append(name, value);
    form.append("picture", new File(["示例"], "sample.png"));
    const answer = await post(EXCUSE, form);
    expect(answer.status).toBe(401);
    const html = await answer.text();
    expect(plainText(html)).toContain("附带的文件没有保留");
    expect(Object.fromEntries(kept(html))).toEqual(typed);
  });

  it("is shown in the language that is switched to, and forgets the switch", async () => {
    const answer = await post(EXCUSE, new URLSearchParams({ ...typed, _lang: "en", _action: "save" }));
    const html = await answer.text();
    expect(html).toContain("Nothing you typed is lost");
    expect(Object.fromEntries(kept(html))).toEqual({ ...typed, _action: "save" });
  });

  it("tells a script as scripts are told", async () => {
    const answer = await post(EXCUSE, "{}", { "Content-Type": "application/json" });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ code: "sign-in-needed", title: "请先登录" });
    expect((await post(EXCUSE, "x", { "Content-Type": "text/plain" })).status).toBe(401);
  });

  it("is bounded: bytes, fields and what can be read at all", async () => {
    expect((await post(EXCUSE, new URLSearchParams({ reason: "字".repeat(20_000) }))).status).toBe(413);
    const many = new URLSearchParams(Array.from({ length: 1_001 }, (_, at) => [`f${at}`, "x"]));
    expect((await post(EXCUSE, many)).status).toBe(413);
    const broken = { "Content-Type": "application/x-www-form-urlencoded" };
    expect((await post(EXCUSE, "reason=%E5%85", broken)).status).toBe(400);
    expect((await post(EXCUSE, "--x", { "Content-Type": "multipart/form-data; boundary=y" })).status).toBe(
      400,
    );
  });

  it("is refused from another site, whose words never stand on our page", async () => {
    const answer = await post(EXCUSE, new URLSearchParams(typed), { Origin: "https://evil.example" });
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain("全村停电");
  });

  it("leaves no word of it in the log", async () => {
    const said = ["log", "warn", "error", "info", "debug"].map((level) =>
      vi.spyOn(console, level as "log").mockImplementation(() => undefined),
    );
    await post(EXCUSE, new URLSearchParams(typed));
    for (const spy of said) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });
});
