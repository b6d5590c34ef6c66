import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPrivateHost, type PostKind, targetProblem } from "../../src/domain/target.ts";
import { SECRETS, URLS } from "../support/bots.ts";

const strict = { allowPrivate: false };
const webhookTo = (url: string) => targetProblem("webhook", { url, secret: SECRETS.webhook }, strict);
const octet = fc.integer({ min: 0, max: 255 });

/** Loopback, private and special blocks, an address out of each. */
const privateIpv4 = fc.oneof(
  fc.tuple(fc.constantFrom(0, 10, 127), octet, octet, octet),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
  fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
  fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
  fc.tuple(fc.constant(198), fc.constantFrom(18, 19), octet, octet),
  fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
);
/** The same address in every spelling that a URL parser knows. */
const spelled = ([a, b, c, d]: number[]) => {
  const number = ((a ?? 0) * 256 + (b ?? 0)) * 65536 + (c ?? 0) * 256 + (d ?? 0);
  const hex = (value = 0) => `0x${value.toString(16)}`;
  const octal = (value = 0) => `0${value.toString(8)}`;
  const group = (high = 0, low = 0) => (high * 256 + low).toString(16);
  return [
    `${a}.${b}.${c}.${d}`,
    `${a}.${b}.${c}.${d}.`,
    String(number),
    hex(number),
    octal(number),
    [hex(a), hex(b), hex(c), hex(d)].join("."),
    [octal(a), String(b), hex(c), octal(d)].join("."),
    `${a}.${b}.${(c ?? 0) * 256 + (d ?? 0)}`,
    `${a}.${number % 2 ** 24}`,
    `${a}．${b}。${c}｡${d}`,
    `[::ffff:${a}.${b}.${c}.${d}]`,
    `[::${group(a, b)}:${group(c, d)}]`,
    `[64:ff9b::${group(a, b)}:${group(c, d)}]`,
    `[2002:${group(a, b)}:${group(c, d)}::1]`,
  ];
};

describe("where an alert may be posted to", () => {
  it("takes a public receiver and each bot at its own place", () => {
    for (const kind of Object.keys(URLS) as PostKind[])
      expect(targetProblem(kind, { url: URLS[kind], secret: SECRETS[kind] }, strict)).toBeUndefined();
    expect(webhookTo("https://报备.示例.中国:8443/hook?x=1")).toBeUndefined();
    expect(webhookTo("https://8.8.8.8/hook")).toBeUndefined();
    expect(webhookTo("https://[2400:3200::1]/hook")).toBeUndefined();
  });

  it("takes no private address, however Mallory spells it", () => {
    fc.assert(
      fc.property(privateIpv4, (address) => {
        for (const host of spelled(address))
          expect([host, webhookTo(`https://${host}/`)]).toEqual([host, "private"]);
      }),
    );
  });

  it("takes no IPv6 address but public ones", () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    const first = fc.oneof(
      fc.integer({ min: 0, max: 0x1fff }),
      fc.integer({ min: 0x4000, max: 0xffff }),
      fc.constantFrom(0, 0xfc00, 0xfd12, 0xfe80, 0xff02, 0x2002),
    );
    fc.assert(
      fc.property(first, fc.array(group, { minLength: 7, maxLength: 7 }), (head, tail) => {
        const address = [head, ...tail].map((value) => value.toString(16)).join(":");
        expect(isPrivateHost(new URL(`https://[${address}]/`).hostname)).toBe(true);
      }),
    );
    for (const host of ["::", "::1", "2001:db8::1", "2001::1", "3fff::1", "fe80::1", "fd00::1"])
      expect(webhookTo(`https://[${host}]/`)).toBe("private");
  });

  it("leaves every public address alone", () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 8, 36, 59, 114, 171, 202, 223), octet, octet, octet, (...address) => {
        expect(isPrivateHost(address.join("."))).toBe(false);
      }),
    );
  });

  it.each([
    "localhost",
    "localhost.",
    "LOCALHOST",
    "ｌocalhost",
    "db.localhost",
    "printer.local",
    "metadata.google.internal",
    "router.home.arpa",
    "1.0.0.127.in-addr.arpa",
    "intranet",
    "intranet.",
    "files.lan",
    "baobei.test",
  ])("takes no name of a local network: %s", (host) => {
    expect(webhookTo(`https://${host}/hook`)).toBe("private");
  });

  it.each([
    ["http://hooks.example.com/", "not-https"],
    ["ftp://hooks.example.com/", "not-https"],
    ["file:///etc/passwd", "not-https"],
    ["javascript:alert(1)", "not-https"],
    ["https://li:secret@hooks.example.com/", "credentials"],
    ["https://li@hooks.example.com/", "credentials"],
    ["hooks.example.com", "not-a-url"],
    ["https://", "not-a-url"],
    ["", "not-a-url"],
    [`https://hooks.example.com/${"x".repeat(2048)}`, "not-a-url"],
  ])("says in a word why not: %s", (url, problem) => {
    expect(webhookTo(url)).toBe(problem);
  });

  it.each([
    ["wecom", URLS.dingtalk, "not-the-bots-host"],
    ["wecom", "https://qyapi.weixin.qq.com.evil.example.com/cgi-bin/webhook/send?key=1", "not-the-bots-host"],
    ["wecom", "https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=1", "not-the-bots-host"],
    ["wecom", "https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=1", "not-a-bots-path"],
    ["dingtalk", "https://api.dingtalk.com/robot/send", "not-the-bots-host"],
    ["dingtalk", "https://oapi.dingtalk.com/gettoken", "not-a-bots-path"],
    ["feishu", "https://open.feishu.cn/open-apis/im/v1/messages", "not-a-bots-path"],
    ["feishu", "https://127.0.0.1/open-apis/bot/v2/hook/1", "private"],
  ] as const)("takes a %s bot nowhere else: %s", (kind, url, problem) => {
    expect(targetProblem(kind, { url }, strict)).toBe(problem);
  });

  it.each([
    [undefined, "no-secret"],
    ["", "no-secret"],
    ["secret", "bad-secret"],
    ["whsec_", "bad-secret"],
    [`whsec_${Buffer.alloc(23).toString("base64")}`, "bad-secret"],
    [`whsec_${Buffer.alloc(65).toString("base64")}`, "bad-secret"],
    [`whsec_${Buffer.alloc(32).toString("base64")}!`, "bad-secret"],
    [`whsec_${Buffer.alloc(24).toString("base64")}`, undefined],
    [`whsec_${Buffer.alloc(25).toString("base64")}`, undefined],
    [`whsec_${Buffer.alloc(64).toString("base64")}`, undefined],
  ])("takes no webhook that could not be signed: %s", (secret, problem) => {
    expect(targetProblem("webhook", { url: URLS.webhook, secret }, strict)).toBe(problem);
  });

  it("takes loopback and other hosts where a setting allows them, but no password in an address", () => {
    const loose = { allowPrivate: true };
    expect(targetProblem("dingtalk", { url: "http://127.0.0.1:8790/robot" }, loose)).toBeUndefined();
    expect(
      targetProblem("webhook", { url: "http://localhost:1/", secret: SECRETS.webhook }, loose),
    ).toBeUndefined();
    expect(targetProblem("feishu", { url: "http://li:secret@127.0.0.1/" }, loose)).toBe("credentials");
    expect(targetProblem("feishu", { url: "ftp://127.0.0.1/" }, loose)).toBe("not-https");
    expect(targetProblem("webhook", { url: "http://127.0.0.1/" }, loose)).toBe("no-secret");
  });

  it("answers any text at all with a word", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.webUrl().map((url) => url.replace("http:", "https:")),
        ),
        (url) => {
          expect(webhookTo(url) ?? "").toMatch(/^[a-z-]*$/);
        },
      ),
    );
  });
});
