import { beforeEach, describe, expect, it } from "vitest";
import { changeOffice, findOffice } from "../../../src/db/office.ts";
import { MAX_PASSKEYS } from "../../../src/domain/sign-in.ts";
import { type Authenticator, makeAuthenticator, type Wrong } from "../../support/authenticator.ts";
import { DESK_ORIGIN, type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { plainText } from "../../support/pages.ts";
import { rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

let county: DeskCounty;
let li: Signed;
let phone: Authenticator;
beforeEach(async () => {
  county = await openDeskCounty();
  await seedUnits(county);
  li = await county.signIn("clerk", "511781100", "示例李");
  phone = await makeAuthenticator(DESK_ORIGIN);
});

type Asked = { challenge: string } & Record<string, unknown>;
/** What a page's own script posts. */
const send = (path: string, body: object, cookie = "") =>
  county.desk(path, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { Origin: DESK_ORIGIN, "Content-Type": "application/json", Cookie: cookie },
  });
const asked = async (path: string, cookie = ""): Promise<Asked> => (await send(path, {}, cookie)).json();
const toRegister = () => asked("/desk/me/passkey/challenge", li.cookie);
const toSignIn = () => asked("/desk/sign-in/passkey/challenge");

const register = async (device = phone, wrong: Wrong = {}, label = "我的手机") =>
  send("/desk/me/passkey", { label, response: await device.create(await toRegister(), wrong) }, li.cookie);
const signIn = async (device = phone, wrong: Wrong = {}, back?: string) =>
  send("/desk/sign-in/passkey", { back, response: await device.get(await toSignIn(), wrong) });
const codeOf = async (answer: Response) => {
  expect(answer.headers.get("Content-Type")).toMatch(/^application\/problem\+json/);
  return `${answer.status} ${((await answer.json()) as { code: string }).code}`;
};
const signedIn = async (answer: Response) => {
  const [, token] = /__Host-baobei=([^;]+)/.exec(answer.headers.getSetCookie().join()) ?? [];
  return (await county.desk("/desk/me", { headers: { Cookie: `__Host-baobei=${token}` } })).status === 200;
};

describe("a passkey", () => {
  it("is asked for without an address, bound to the county's host, and without attestation", async () => {
    expect(await toRegister()).toMatchObject({
      rp: { id: "baobei.example", name: "万源市" },
      user: { name: "示例李" },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
      excludeCredentials: [],
    });
    expect(await toSignIn()).toEqual({
      challenge: expect.stringMatching(/^[0-9a-f]{32}$/),
      rpId: "baobei.example",
      timeout: 300_000,
      userVerification: "preferred",
    });
  });

  it("signs Li in once it is registered, each time anew", async () => {
    expect(await (await register()).json()).toEqual({ to: "/desk/me?done=passkey-added&lang=zh-Hans" });
    for (const back of ["/desk/tips", undefined]) {
      const answer = await signIn(phone, {}, back);
      expect([answer.status, await answer.json()]).toEqual([200, { to: back ?? "/desk" }]);
      expect(await signedIn(answer)).toBe(true);
    }
    const [row] = await rowsOf(county, "passkey");
    expect(row).toMatchObject({ id: phone.id, counter: 2, transports: '["internal"]' });
    expect(JSON.stringify(row)).not.toContain("我的手机");
    expect((await rowsOf(county, "audit")).map(({ act, detail }) => [act, detail])).toEqual([
      ["add-passkey", null],
      ["sign-in", "passkey"],
      ["sign-in", "passkey"],
    ]);
    expect((await toRegister()).excludeCredentials).toEqual([
      { type: "public-key", id: phone.id, transports: ["internal"] },
    ]);
  });

  it("is shown on Li's page, gets another name there, and is taken out of use", async () => {
    await register();
    expect(plainText(await (await li.get("/desk/me")).text())).toContain("我的手机");
    const change = (fields: Record<string, string>) =>
      li.post("/desk/me/passkey/change", { id: phone.id, ...fields });
    expect((await change({ "label-0": "  " })).status).toBe(422);
    expect((await change({ "label-0": "单位电脑" })).status).toBe(303);
    expect(plainText(await (await li.get("/desk/me")).text())).toContain("单位电脑");
    // Three clicks at once are one act.
    for (const answer of await Promise.all([1, 2, 3].map(() => change({ remove: "1" }))))
      expect([303, 404]).toContain(answer.status);
    expect(await codeOf(await signIn())).toBe("403 passkey-refused");
    expect((await change({ remove: "1" })).status).toBe(404);
    expect((await rowsOf(county, "audit")).map(({ act }) => act)).toEqual([
      "add-passkey",
      "rename-passkey",
      "remove-passkey",
    ]);
  });

  it("is nobody else's to rename or remove", async () => {
    await register();
    const mallory = await county.signIn("admin", "511781", "示例马");
    expect((await mallory.post("/desk/me/passkey/change", { id: phone.id, remove: "1" })).status).toBe(404);
    expect((await signIn()).status).toBe(200);
  });

  const wrongs: [string, Wrong][] = [
    ["another site's", { origin: "https://evil.example" }],
    ["another port's", { origin: "https://baobei.example:8443" }],
    ["bound to another host", { rpId: "evil.example" }],
    ["of another challenge", { challenge: "0".repeat(32) }],
    ["of no challenge", { challenge: "" }],
    ["of the other ceremony", { type: "webauthn.any" }],
    ["touched by nobody", { absent: true }],
  ];
  it.each(wrongs)("is refused that is %s, registering and signing in", async (_, wrong) => {
    expect(await codeOf(await register(phone, wrong))).toBe("403 passkey-refused");
    expect(await rowsOf(county, "passkey")).toEqual([]);
    await register();
    expect(await codeOf(await signIn(phone, wrong))).toBe("403 passkey-refused");
    expect((await rowsOf(county, "session")).length).toBe(1);
  });

  it("is refused that signs something else, or with another's key", async () => {
    await register();
    expect(await codeOf(await signIn(phone, { signs: "{}" }))).toBe("403 passkey-refused");
    const twin = await makeAuthenticator(DESK_ORIGIN);
    expect(await codeOf(await signIn(twin, { counter: 9 }))).toBe("403 passkey-refused");
    const stranger = await makeAuthenticator(DESK_ORIGIN, "sample-2");
    expect(await codeOf(await signIn(stranger))).toBe("403 passkey-refused");
    expect(await codeOf(await signIn(phone, { id: "x".repeat(5000) }))).toBe("403 passkey-refused");
  });

  it("answers a challenge once, within five minutes, of the kind it was put for", async () => {
    await register();
    const response = await phone.get(await toSignIn());
    const both = await Promise.all([1, 2].map(() => send("/desk/sign-in/passkey", { response })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect(await codeOf(await send("/desk/sign-in/passkey", { response }))).toBe("403 passkey-refused");
    const late = await phone.get(await toSignIn());
    county.setNow("2026-01-25T10:05:00+08:00");
    expect(await codeOf(await send("/desk/sign-in/passkey", { response: late }))).toBe("403 passkey-refused");
    expect(
      await codeOf(await send("/desk/sign-in/passkey", { response: await phone.get(await toRegister()) })),
    ).toBe("403 passkey-refused");
    // A challenge put for Li registers nobody else's passkey.
    const mallory = await county.signIn("clerk", "511781101", "示例马");
    const tablet = await makeAuthenticator(DESK_ORIGIN, "sample-3");
    const stolen = { label: "x", response: await tablet.create(await toRegister()) };
    expect(await codeOf(await send("/desk/me/passkey", stolen, mallory.cookie))).toBe("403 passkey-refused");
  });

  it("is refused whose counter went back: somebody has a copy", async () => {
    await register();
    await signIn();
    await signIn();
    expect(await codeOf(await signIn(phone, { counter: 2 }))).toBe("403 passkey-refused");
    expect(await codeOf(await signIn(phone, { counter: 1 }))).toBe("403 passkey-refused");
    expect((await signIn(phone, { counter: 7 })).status).toBe(200);
  });

  it("is refused with an attestation that nobody asked for, and what is no passkey at all", async () => {
    for (const format of ["packed", "tpm", "apple", "fido-u2f", "android-key", "android-safetynet", "示例"])
      expect([format, await codeOf(await register(phone, { format }))]).toEqual([
        format,
        "403 passkey-refused",
      ]);
    for (const body of [
      {},
      { response: null },
      { response: 1 },
      { response: { id: [], response: { clientDataJSON: 5 } } },
    ]) {
      expect(await codeOf(await send("/desk/sign-in/passkey", body))).toBe("403 passkey-refused");
      expect(await codeOf(await send("/desk/me/passkey", body, li.cookie))).toBe("403 passkey-refused");
    }
    const bad = await county.desk("/desk/sign-in/passkey", {
      method: "POST",
      body: "{",
      headers: { Origin: DESK_ORIGIN, "Content-Type": "application/json" },
    });
    expect(await codeOf(bad)).toBe("400 malformed-json");
  });

  it("is registered once, and ten of them at most", async () => {
    await register();
    expect(await codeOf(await register())).toBe("409 passkey-known");
    for (let made = 1; made < MAX_PASSKEYS; made++)
      expect(
        (await register(await makeAuthenticator(DESK_ORIGIN, `sample-${made + 10}`), {}, "")).status,
      ).toBe(200);
    expect(await codeOf(await send("/desk/me/passkey/challenge", {}, li.cookie))).toBe("409 passkeys-full");
  });

  it("needs a session to be registered, and a page of this site", async () => {
    expect(await codeOf(await send("/desk/me/passkey/challenge", {}))).toBe("401 sign-in-needed");
    const evil = { method: "POST", body: "{}", headers: { Origin: "https://evil.example" } };
    expect((await county.desk("/desk/sign-in/passkey/challenge", evil)).status).toBe(403);
  });

  it("goes with Li into her next office, and ends with it", async () => {
    await register();
    const held = await findOffice(county.deps, li.id);
    if (!held) throw new Error("no office");
    const act = { actor: "cli", now: county.deps.now(), auditId: county.deps.newId(), county: "511781" };
    const next = { id: county.deps.newId(), role: "supervisor", unitCode: "511781100" } as const;
    expect(await changeOffice(county.deps, held, next, act)).toBe(true);
    expect((await li.get("/desk/me")).status).toBe(303);
    expect(await signedIn(await signIn())).toBe(true);
    const [session] = (await rowsOf(county, "session")).filter(({ ended_at }) => ended_at === null);
    expect(session?.official_id).toBe(next.id);
  });

  it("signs nobody in whose unit was closed", async () => {
    await register();
    await county.deps.d1.exec("UPDATE unit SET closed_at = 1 WHERE code = '511781100'");
    expect(await codeOf(await signIn())).toBe("403 passkey-refused");
  });

  it("is not offered where the address of the site is a number", async () => {
    county.deps.settings = { ...county.deps.settings, PUBLIC_URL: "http://192.0.2.7:8787" };
    expect(await codeOf(await send("/desk/sign-in/passkey/challenge", {}))).toBe("404 no-passkeys");
    expect(await (await county.desk("/desk/sign-in")).text()).not.toContain("data-passkey");
    expect(await (await li.get("/desk/me")).text()).not.toContain("data-passkey");
  });
});
