import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPrivacy } from "../../src/db/privacy.ts";
import {
  codeOf,
  deskBack,
  maskedEmail,
  readCode,
  readEmail,
  relyingParty,
} from "../../src/domain/sign-in.ts";
import { typedIn } from "../../src/domain/stale-form.ts";
import { AsnParser, ECDSASigValue } from "../../src/http/desk/no-attestation.ts";
import { der } from "../support/authenticator.ts";

const always = <T>(arbitrary: fc.Arbitrary<T>, hold: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, hold), { numRuns: 500 });

describe("where signing in leads", () => {
  it("is the desk, whatever was asked for", () => {
    const parts = fc.array(
      fc.constantFrom(
        "/desk",
        "/",
        "//",
        "\\",
        "..",
        "%2e%2e",
        "%2f",
        "@",
        ":",
        "evil.example",
        "?",
        "#",
        "a",
        "\t",
        "\n",
      ),
    );
    const asked = fc.oneof(
      fc.string(),
      fc.webUrl(),
      parts.map((all) => all.join("")),
      parts.map((all) => `/desk/${all.join("")}`),
    );
    always(asked, (text) => {
      const back = deskBack(text);
      const there = new URL(back, "https://baobei.example/desk/sign-in");
      expect(there.origin).toBe("https://baobei.example");
      expect(there.pathname).toMatch(/^\/desk(\/|$)/);
      expect(`${there.pathname}${there.search}`).toBe(back);
      expect(deskBack(back)).toBe(back);
    });
  });

  it("is the page that was asked for, and never signing in or out again", () => {
    for (const path of [
      "/desk",
      "/desk/tips?state=open&lang=en",
      "/desk/units/511781100001/report?date=2026-01-25",
    ])
      expect(deskBack(path)).toBe(path);
    for (const path of [
      undefined,
      "",
      "/desk/sign-in?back=x",
      "/desk/sign-out",
      "/desk/signed-out",
      "/desktop",
      "/desk/../u/x",
    ])
      expect(deskBack(path)).toBe("/desk");
    expect(deskBack(`/desk/${"a".repeat(600)}`)).toBe("/desk");
  });
});

describe("what is typed to sign in", () => {
  it("is an address however it is spaced, and never a list of them", () => {
    expect(readEmail("  Li@example.gov.cn ")).toBe("Li@example.gov.cn");
    expect(readEmail("ｌｉ＠example.gov.cn")).toBe("li@example.gov.cn");
    for (const bad of [
      "",
      "li",
      "li@",
      "@x",
      "a@b,c@d",
      "a@b c@d",
      "Li <li@x>",
      "a@b\nBcc: c@d",
      `${"a".repeat(250)}@x.cn`,
    ])
      expect([bad, readEmail(bad)]).toEqual([bad, undefined]);
    always(fc.string(), (text) => {
      expect(readEmail(text) ?? "a@b").not.toMatch(/[\s,;<>]/);
    });
  });

  it("is a code of six digits, as phones and letters write them", () => {
    for (const good of ["012345", " 012 345 ", "０１２３４５", "012-345", "012\u200b345"])
      expect(readCode(good)).toBe("012345");
    for (const bad of ["", "12345", "1234567", "12345a", "-1.5e3"]) expect(readCode(bad)).toBeUndefined();
  });

  it("is a code that no letter shares by rule: each of the million is as likely", async () => {
    const privacy = await createPrivacy("dGVzdC1vbmx5LXNlY3JldC1uZXZlci11c2VkLWluLXByb2Q");
    const codes = await Promise.all(
      Array.from({ length: 4000 }, async (_, at) => codeOf(await privacy.derive("sign-in-code", `s-${at}`))),
    );
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(3980);
    const firsts = codes.reduce<number[]>(
      (sum, code) => sum.with(Number(code[0]), (sum[Number(code[0])] ?? 0) + 1),
      Array(10).fill(0),
    );
    for (const count of firsts) expect(Math.abs(count - 400)).toBeLessThan(100);
  });

  it("is shown to another administrator with its middle hidden", () => {
    expect(maskedEmail("li.sample@example.gov.cn")).toBe("li***@example.gov.cn");
    expect(maskedEmail("李@x.cn")).toBe("李***@x.cn");
  });
});

describe("a passkey's site", () => {
  it("is the county's host; an IP address has none, but for the local start", () => {
    expect(relyingParty("https://report.example.gov.cn")).toEqual({
      id: "report.example.gov.cn",
      origin: "https://report.example.gov.cn",
    });
    expect(relyingParty("http://127.0.0.1:8787")).toEqual({
      id: "localhost",
      origin: "http://localhost:8787",
    });
    for (const url of ["http://192.0.2.7", "https://[2001:db8::1]:8443"])
      expect(relyingParty(url)).toBeUndefined();
  });

  it("reads the two numbers of any signature, and nothing that is none", () => {
    always(
      fc
        .constantFrom(32, 48, 66)
        .chain((half) => fc.uint8Array({ minLength: 2 * half, maxLength: 2 * half })),
      (raw) => {
        const { r, s } = AsnParser.parse(der(raw), ECDSASigValue);
        const number = (part: Uint8Array) => BigInt(`0x${Buffer.from(part).toString("hex")}`);
        expect(number(r)).toBe(number(raw.subarray(0, raw.length / 2)));
        expect(number(s)).toBe(number(raw.subarray(raw.length / 2)));
      },
    );
    always(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      try {
        const { r, s } = AsnParser.parse(bytes, ECDSASigValue);
        expect(bytes[0]).toBe(0x30);
        expect(r.length * s.length).toBeGreaterThan(0);
      } catch (error) {
        expect((error as Error).message).toBe("not DER");
      }
    });
    const whole = der(new Uint8Array(64).fill(7));
    for (let end = 0; end < whole.length; end++)
      expect(() => AsnParser.parse(whole.subarray(0, end), ECDSASigValue)).toThrow("not DER");
    expect(() => AsnParser.parse(whole, class {})).toThrow("without attestation");
  });
});

describe("a form that came too late", () => {
  it("shows what a person typed, and not what the page put in", () => {
    expect(
      typedIn([
        ["clientId", "7e57c11e-0000-4000-8000-000000000001"],
        ["m.1.id", "x"],
        ["_action", "save"],
        ["version", "3"],
        ["reason", "停电（示例）"],
        ["temperature", "37.3"],
        ["note", "  "],
        ["other", "7e57c11e-0000-4000-8000-000000000001"],
      ]),
    ).toEqual(["停电（示例）", "37.3"]);
  });
});
