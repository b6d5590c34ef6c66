import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { LANGS } from "../../src/forms/define.ts";
import { SECRETS, URLS } from "../support/bots.ts";
import { sampleMessage } from "../support/message.ts";
import { BOTS, compose, NOW, sendTo, shown } from "../support/posts.ts";

describe("a group's bot", () => {
  it.each(BOTS)("of %s is told county, counts, what, times and the alert's page", (kind) => {
    const text = shown(kind, compose(kind));
    expect(text.split("\n")).toEqual([
      "【万源市报备】逾期 1 项",
      "太平镇：",
      "· 1月25日的日报告，示例二社区（太平镇），应于 1月25日 16:00 前上报，至今没有收到",
      "系统发现时间：1月25日 16:30；发出时间：1月25日 16:31",
      "查看本次警报的经过并签收：",
      "https://baobei.example/a/BBBBBBBBBBBBBBBBBBBBBB",
    ]);
  });

  it.each(LANGS)("always has a word in it that a keyword bot can be set to, in %s", (lang) => {
    const keyword = { "zh-Hans": "报备", "zh-Hant": "報備", en: "Baobei" }[lang];
    for (const kind of BOTS) expect(shown(kind, compose(kind, sampleMessage({ lang })))).toContain(keyword);
  });

  it("signs as DingTalk and Feishu publish it, anew at each attempt, over the same content", async () => {
    const later = new Date(NOW.getTime() + 3_600_000);
    const ding = [
      await sendTo(() => new Response(), "dingtalk"),
      await sendTo(() => new Response(), "dingtalk", { now: later }),
    ];
    const urls = ding.map(({ asked }) => new URL(asked[0]?.url ?? ""));
    expect(urls[0]?.searchParams.get("access_token")).toBe("sample");
    expect(urls.map((url) => url.searchParams.get("timestamp"))).toEqual(["1769329860000", "1769333460000"]);
    expect(urls[0]?.searchParams.get("sign")).toBe(
      createHmac("sha256", SECRETS.dingtalk).update(`1769329860000\n${SECRETS.dingtalk}`).digest("base64"),
    );
    expect(ding[0]?.asked[0]?.body).toBe(ding[1]?.asked[0]?.body);

    const { asked } = await sendTo(() => new Response(), "feishu");
    const { timestamp, sign, ...content } = JSON.parse(asked[0]?.body ?? "");
    expect(timestamp).toBe("1769329860");
    expect(sign).toBe(createHmac("sha256", `1769329860\n${SECRETS.feishu}`).update("").digest("base64"));
    expect(content).toEqual(JSON.parse(compose("feishu").body));
  });

  it("without a secret is not signed: then a keyword or an address guards it", async () => {
    for (const kind of BOTS) {
      const { asked } = await sendTo(() => new Response(), kind, { endpoint: { url: URLS[kind] } });
      expect(asked[0]?.url).toBe(URLS[kind]);
      expect(asked[0]?.body).toBe(compose(kind).body);
    }
  });

  it.each([
    ["wecom", { errcode: 0, errmsg: "ok" }, { kind: "sent", ids: [null] }],
    [
      "wecom",
      { errcode: 45009 },
      { kind: "later", problem: "bot-45009", throttled: true, retryAfterSeconds: 60 },
    ],
    ["wecom", { errcode: 93000 }, { kind: "refused", problem: "bot-93000" }],
    ["wecom", { errcode: 40058 }, { kind: "refused", problem: "bot-40058" }],
    ["wecom", { errcode: -1 }, { kind: "later", problem: "bot--1" }],
    ["dingtalk", { errcode: 0 }, { kind: "sent", ids: [null] }],
    [
      "dingtalk",
      { status: 1111, errcode: 130101 },
      { kind: "later", problem: "bot-130101", throttled: true, retryAfterSeconds: 600 },
    ],
    [
      "dingtalk",
      { errcode: 660026 },
      { kind: "later", problem: "bot-660026", throttled: true, retryAfterSeconds: 600 },
    ],
    ["dingtalk", { errcode: 310000, errmsg: "sign not match" }, { kind: "refused", problem: "bot-310000" }],
    ["dingtalk", { errcode: 300001 }, { kind: "refused", problem: "bot-300001" }],
    ["dingtalk", { errcode: 500100 }, { kind: "later", problem: "bot-500100" }],
    ["feishu", { code: 0, msg: "success" }, { kind: "sent", ids: [null] }],
    ["feishu", { StatusCode: 0, StatusMessage: "success" }, { kind: "sent", ids: [null] }],
    [
      "feishu",
      { code: 11232 },
      { kind: "later", problem: "bot-11232", throttled: true, retryAfterSeconds: 60 },
    ],
    [
      "feishu",
      { code: 9499, msg: "too many request" },
      { kind: "later", problem: "bot-9499", throttled: true, retryAfterSeconds: 60 },
    ],
    ["feishu", { code: 9499, msg: "Bad Request" }, { kind: "refused", problem: "bot-9499" }],
    ["feishu", { code: 19021 }, { kind: "refused", problem: "bot-19021" }],
    ["feishu", { code: 19024 }, { kind: "refused", problem: "bot-19024" }],
    ["feishu", { code: 777 }, { kind: "later", problem: "bot-777" }],
  ] as const)("of %s that answers 200 with %o: %o", async (kind, body, expected) => {
    expect((await sendTo(() => Response.json(body), kind)).outcome).toEqual(expected);
    // Feishu says the same with status 400.
    if (expected.kind !== "sent")
      expect((await sendTo(() => Response.json(body, { status: 400 }), kind)).outcome).toEqual(expected);
  });

  it.each([
    "",
    "{}",
    "null",
    "[]",
    "0",
    '{"errcode":"0"}',
    '{"errcode":1e300,"code":1e300}',
    "<html>ok</html>",
    "\u0000",
  ])("that says nothing of use is asked again: %j", async (text) => {
    for (const kind of BOTS) {
      const { outcome } = await sendTo(() => new Response(text), kind);
      expect(outcome).toEqual({ kind: "later", problem: expect.stringMatching(/^(not-json|no-code)$/) });
    }
  });

  it("whose address is not one of a bot is never asked", async () => {
    for (const kind of BOTS) {
      const { outcome, asked } = await sendTo(() => new Response(), kind, {
        endpoint: { url: "https://169.254.169.254/" },
      });
      expect(outcome).toEqual({ kind: "refused", problem: "target-private" });
      expect(asked).toEqual([]);
    }
  });
});

/** Lines, groups and names as long, as many and as odd as they come. */
