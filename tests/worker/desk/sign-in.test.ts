import { beforeEach, describe, expect, it } from "vitest";
import type { Channel, Outcome } from "../../../src/channels/index.ts";
import { listDevMail } from "../../../src/db/dev-mail.ts";
import { closeOffice, findOffice } from "../../../src/db/office.ts";
import { sendSignIn } from "../../../src/jobs/sign-in-mail.ts";
import { DESK_ORIGIN, type DeskCounty, openDeskCounty, type Signed } from "../../support/desk.ts";
import { plainText } from "../../support/pages.ts";
import { rowsOf } from "../../support/records.ts";
import { seedUnits } from "../../support/worker.ts";

let county: DeskCounty;
let li: Signed;
beforeEach(async () => {
  county = await openDeskCounty("2026-01-25T10:00:00+08:00");
  await seedUnits(county);
  li = await county.signIn("clerk", "511781100", "示例李");
});

type Fields = Record<string, string>;
/** A form posted by a browser that nobody is signed in at. */
const post = (path: string, fields: Fields = {}, headers: Fields = {}) =>
  county.desk(path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Origin: DESK_ORIGIN, ...headers },
  });
/** What an answer's cookie of a name says; "" where it takes it away. */
const cookieOf = (answer: Response, name: string) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => new RegExp(`^${name}=([^;]*)`).exec(cookie)?.[1])
    .find((value) => value !== undefined);
const mails = () => listDevMail(county.deps, 20);

/** Asks for a letter: the browser's cookie, and what the letter says. */
async function ask(email = li.email, back = "") {
  const answer = await post("/desk/sign-in", { email, back });
  const waiting = `__Host-baobei-code=${cookieOf(answer, "__Host-baobei-code")}`;
  const [mail] = await mails();
  const code =
    /\n(\d{3}) (\d{3})\n/
      .exec(mail?.text ?? "")
      ?.slice(1)
      .join("") ?? "";
  const link = /https:\/\/baobei\.example(\/desk\/sign-in\/[0-9a-f]{32})\n/.exec(mail?.text ?? "")?.[1] ?? "";
  return { answer, waiting, mail, code, link };
}
const type = (waiting: string, code: string) => post("/desk/sign-in/code", { code }, { Cookie: waiting });
const wrongOf = (code: string) => (code === "000000" ? "000001" : "000000");
const sessionOf = (answer: Response) => `__Host-baobei=${cookieOf(answer, "__Host-baobei")}`;
const acts = async () =>
  (await rowsOf(county, "audit")).map(({ act, actor, subject_id, detail }) => [
    act,
    actor,
    subject_id,
    detail,
  ]);

describe("signing in by a letter", () => {
  it("sends Li a link and a code, and nothing else about her", async () => {
    const { answer, mail, code, link } = await ask();
    expect(answer.status).toBe(303);
    expect(answer.headers.get("Location")).toBe("/desk/sign-in/code?lang=zh-Hans");
    expect(mail?.to).toBe(li.email);
    expect(mail?.subject).toBe("【万源市报备】登录工作台");
    expect(code).toMatch(/^\d{6}$/);
    expect(link).toMatch(/^\/desk\/sign-in\/[0-9a-f]{32}$/);
    expect(mail?.text + (mail?.html ?? "")).not.toMatch(/示例李|太平镇|sample\.example/);
  });

  it("signs her in with the code, under a fresh token, and takes her where she wanted to go", async () => {
    const { waiting, code } = await ask(li.email, "/desk/tips?state=open");
    const brought = li.cookie;
    const answer = await post(
      "/desk/sign-in/code",
      { code: ` ${code.slice(0, 3)}-${code.slice(3)} ` },
      {
        Cookie: `${waiting}; ${brought}`,
      },
    );
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/desk/tips?state=open"]);
    const session = sessionOf(answer);
    expect(session).not.toBe(brought);
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith("__Host-baobei="));
    for (const part of ["Path=/", "HttpOnly", "Secure", "SameSite=Lax"]) expect(cookie).toContain(part);
    expect((await county.desk("/desk/me", { headers: { Cookie: session } })).status).toBe(200);
    // What the browser brought along is over.
    expect((await li.get("/desk/me")).status).toBe(303);
    expect(await acts()).toEqual([["sign-in", `official/${li.id}`, li.id, "code"]]);
  });

  it("shows what a link is for, lets a mail scanner look as often as it likes, and signs in by the button", async () => {
    const { link } = await ask();
    for (let look = 0; look < 3; look++) {
      const page = await county.desk(link);
      expect(page.status).toBe(200);
      expect(page.headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(plainText(await page.text())).toContain("您将登录为");
    }
    const answer = await post(link);
    expect([answer.status, answer.headers.get("Location")]).toEqual([303, "/desk"]);
    expect((await county.desk("/desk/me", { headers: { Cookie: sessionOf(answer) } })).status).toBe(200);
  });

  it("lets one of many at once in, by link or by code", async () => {
    const { waiting, code, link } = await ask();
    const answers = await Promise.all([post(link), type(waiting, code), post(link), type(waiting, code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410]);
    expect((await rowsOf(county, "session")).length).toBe(2);
    expect((await post(link)).status).toBe(410);
    expect((await county.desk(link)).status).toBe(410);
    expect((await type(waiting, code)).status).toBe(410);
  });

  it("lets nobody in after ten minutes", async () => {
    const { waiting, code, link } = await ask();
    county.setNow("2026-01-25T10:10:00+08:00");
    expect((await type(waiting, code)).status).toBe(410);
    expect((await post(link)).status).toBe(410);
  });

  it("takes five tries of a code, however many come at once, and writes it down", async () => {
    const { waiting, code, link } = await ask();
    const answers = await Promise.all(Array.from({ length: 12 }, () => type(waiting, wrongOf(code))));
    const said = answers.map(({ status }) => status).sort();
    expect(said).toEqual([...Array(8).fill(410), 422, 422, 422, 422]);
    expect((await type(waiting, code)).status).toBe(410);
    expect((await post(link)).status).toBe(410);
    expect(await acts()).toEqual([["sign-in-blocked", "anybody", li.id, null]]);
  });

  it("counts down, and the fifth try may still be right", async () => {
    const { waiting, code } = await ask();
    for (const left of [4, 3, 2, 1]) {
      const answer = await type(waiting, wrongOf(code));
      expect(plainText(await answer.text())).toContain(`验证码不对，还可以试 ${left} 次`);
    }
    // What cannot be a code is no try.
    expect((await type(waiting, "12 34")).status).toBe(422);
    expect((await type(waiting, code)).status).toBe(303);
  });

  it("answers Mallory the same for an address that nobody has, and writes no letter", async () => {
    const known = await ask();
    const unknown = await ask("mallory@sample.example");
    expect(unknown.answer.status).toBe(known.answer.status);
    expect(unknown.answer.headers.get("Location")).toBe(known.answer.headers.get("Location"));
    expect(unknown.waiting).toMatch(/^__Host-baobei-code=[0-9a-f-]{36}%20%2Fdesk$/);
    expect((await mails()).length).toBe(1);
    const page = async ({ waiting }: { waiting: string }) =>
      (await county.desk("/desk/sign-in/code", { headers: { Cookie: waiting } })).text();
    expect(await page(unknown)).toBe(await page(known));
    for (const status of [422, 422, 422, 422, 410, 410])
      expect((await type(unknown.waiting, "123456")).status).toBe(status);
    expect((await rowsOf(county, "sign_in")).map(({ official_id }) => official_id)).toContain(null);
  });

  it("costs the database the same for a known and an unknown address", async () => {
    const cost = async (email: string) => {
      const before = { ...county.meter };
      await county.desk("/desk/sign-in", {
        method: "POST",
        body: new URLSearchParams({ email }),
        headers: { Origin: DESK_ORIGIN },
      });
      return [county.meter.batches - before.batches, county.meter.written - before.written];
    };
    county.deps.sendSignIn = async () => undefined;
    await cost("somebody@sample.example");
    expect(await cost("mallory@sample.example")).toEqual(await cost(li.email));
  });

  it("sends an address three letters in ten minutes and ten a day, known or not", async () => {
    for (const email of [li.email, "mallory@sample.example"]) {
      for (let sent = 0; sent < 10; sent++) {
        county.setNow(
          new Date(Date.parse("2026-01-25T10:00:00+08:00") + Math.floor(sent / 3) * 600_000).toISOString(),
        );
        const answer = await post("/desk/sign-in", { email });
        expect([email, sent, answer.status]).toEqual([email, sent, 303]);
        if (sent % 3 === 2)
          expect((await post("/desk/sign-in", { email: email.toUpperCase() })).status).toBe(429);
      }
      county.setNow("2026-01-25T20:00:00+08:00");
      const slow = await post("/desk/sign-in", { email });
      expect([slow.status, slow.headers.get("Retry-After")]).toEqual([429, "60"]);
      expect(await slow.text()).toContain(`value="${email}"`);
    }
    county.setNow("2026-01-26T12:00:00+08:00");
    expect((await post("/desk/sign-in", { email: li.email })).status).toBe(303);
  });

  it("asks for a true address in the reader's language and keeps what was typed", async () => {
    const answer = await post("/desk/sign-in?lang=en", { email: "li at example" });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain("<title>Error: Sign in to the desk");
    expect(html).toContain('href="#f-email"');
    expect(html).toContain('value="li at example"');
    expect((await post("/desk/sign-in?lang=zh-Hant", {})).status).toBe(422);
  });

  it("leads nowhere but to the desk", async () => {
    for (const back of [
      "https://evil.example",
      "//evil.example",
      "/desk//evil.example",
      "/desk/../r",
      "/\\evil.example",
    ]) {
      const page = await (await county.desk(`/desk/sign-in?${new URLSearchParams({ back })}`)).text();
      expect([back, page.includes("evil.example"), page.includes('name="back" value="/desk"')]).toEqual([
        back,
        false,
        true,
      ]);
    }
    const { code } = await ask();
    const [row] = await rowsOf(county, "sign_in");
    const forged = `__Host-baobei-code=${row?.id}%20https%3A%2F%2Fevil.example`;
    expect((await type(forged, code)).headers.get("Location")).toBe("/desk");
  });

  it("signs nobody in whose office ended after the letter left", async () => {
    const { waiting, code, link } = await ask();
    const held = await findOffice(county.deps, li.id);
    if (!held) throw new Error("no office");
    const act = { actor: "cli", now: county.deps.now(), auditId: county.deps.newId(), county: "511781" };
    expect(await closeOffice(county.deps, held, act)).toBe(true);
    expect((await post(link)).status).toBe(410);
    expect((await type(waiting, code)).status).toBe(410);
  });

  it("signs nobody in, and keeps nobody in, whose unit was closed", async () => {
    const { waiting, code, link } = await ask();
    const letters = (await mails()).length;
    await county.deps.d1.exec("UPDATE unit SET closed_at = 1 WHERE code = '511781100'");
    expect((await li.get("/desk")).headers.get("Location")).toMatch(/^\/desk\/sign-in/);
    expect((await county.desk(link)).status).toBe(410);
    expect((await post(link)).status).toBe(410);
    expect((await type(waiting, code)).status).toBe(410);
    expect((await post("/desk/sign-in", { email: li.email })).status).toBe(303);
    expect(await mails()).toHaveLength(letters);
    await county.deps.d1.exec("UPDATE unit SET closed_at = NULL WHERE code = '511781100'");
    expect((await li.get("/desk/me")).status).toBe(200);
  });

  it("refuses what another site posts, and a code without the browser that asked", async () => {
    const { code, link } = await ask();
    expect((await post(link, {}, { Origin: "https://evil.example" })).status).toBe(403);
    expect((await type("", code)).status).toBe(410);
    expect((await post(`/desk/sign-in/${"0".repeat(32)}`)).status).toBe(410);
    expect((await county.desk("/desk/sign-in/nonsense")).status).toBe(303);
  });
});

describe("a sign-in's letter", () => {
  const letter = { id: "s-1", officialId: "", token: "0".repeat(32), code: "012345" };
  const through = (outcomes: (Outcome | Error)[]) => {
    const keys: string[] = [];
    const channel: Channel = {
      name: "sample",
      async send({ key, messages }) {
        keys.push(`${key} ${messages[0]?.text.includes("012 345")}`);
        const outcome = outcomes[keys.length - 1] ?? ({ kind: "sent", ids: [null] } as const);
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
    };
    const send = () =>
      sendSignIn(county.deps, { ...letter, officialId: li.id }, { channel, pause: async () => undefined });
    return { keys, send };
  };
  const later = { kind: "later", problem: "http-503" } as const;

  it("is tried three times under one key, whatever went wrong before", async () => {
    const { keys, send } = through([new Error("li@sample.example"), later]);
    expect(await send()).toBe(true);
    expect(keys).toEqual(Array(3).fill("sign-in/s-1 true"));
  });

  it("is given up after that, and at once when it is refused", async () => {
    const lost = through([later, later, later, later]);
    expect(await lost.send()).toBe(false);
    expect(lost.keys.length).toBe(3);
    const refused = through([{ kind: "refused", problem: "http-422" }]);
    expect(await refused.send()).toBe(false);
    expect(refused.keys.length).toBe(1);
  });
});

describe("a session", () => {
  it("ends after twelve hours without use, and after seven days whatever happens", async () => {
    county.setNow("2026-01-25T21:59:00+08:00");
    expect((await li.get("/desk/me")).status).toBe(200);
    county.setNow("2026-01-26T09:58:00+08:00");
    expect((await li.get("/desk/me")).status).toBe(200);
    county.setNow("2026-01-26T21:58:00+08:00");
    expect((await li.get("/desk/me")).status).toBe(303);

    const wu = await county.signIn("reporter", "511781100001", "示例吴");
    const begun = county.deps.now().getTime();
    for (let hours = 11; hours < 168; hours += 11) {
      county.setNow(new Date(begun + hours * 3_600_000).toISOString());
      expect((await wu.get("/desk/me")).status).toBe(200);
    }
    county.setNow(new Date(begun + 168 * 3_600_000).toISOString());
    expect((await wu.get("/desk/me")).status).toBe(303);
  });

  it("is nobody's whose token was altered, made up, or is that of a session ended", async () => {
    const token = li.cookie.split("=")[1] ?? "";
    const made = [
      token.slice(0, -1) + (token.endsWith("a") ? "b" : "a"),
      "0".repeat(32),
      `${token}x`,
      "",
      "<script>",
    ];
    for (const value of made) {
      const answer = await county.desk("/desk/me", { headers: { Cookie: `__Host-baobei=${value}` } });
      expect([value, answer.status]).toEqual([value, 303]);
    }
    expect((await li.post("/desk/sign-out")).headers.get("Location")).toBe("/desk/signed-out?lang=zh-Hans");
    // The same cookie, replayed.
    expect((await li.get("/desk/me")).status).toBe(303);
    expect((await acts()).map(([act, , , detail]) => [act, detail])).toEqual([["sign-out", "here"]]);
  });

  it("is told of on Li's own page, and all of them end at once", async () => {
    const { waiting, code } = await ask();
    const second = sessionOf(await type(waiting, code));
    const text = plainText(await (await li.get("/desk/me")).text());
    for (const words of ["示例李", "太平镇", "经办员", "邮件验证码", "演示登录 · 这台设备"])
      expect(text).toContain(words);
    const out = await li.post("/desk/sign-out", { all: "1" });
    expect(out.headers.get("Location")).toBe("/desk/signed-out?all=1&lang=zh-Hans");
    expect(plainText(await (await county.desk("/desk/signed-out?all=1")).text())).toContain(
      "所有设备上的登录都已经结束",
    );
    for (const cookie of [li.cookie, second])
      expect((await county.desk("/desk/me", { headers: { Cookie: cookie } })).status).toBe(303);
    expect((await post("/desk/sign-out", {}, { Cookie: second })).status).toBe(303);
  });

  it("is ended by one of three clicks at once, and one line tells of it", async () => {
    const outs = await Promise.all(["", "1", ""].map((all) => li.post("/desk/sign-out", { all })));
    expect(outs.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect((await acts()).filter(([act]) => act === "sign-out")).toHaveLength(1);
  });

  it("speaks the language that Li chose, and her letters too", async () => {
    const saved = await li.post("/desk/me/language", { lang: "en" });
    expect(saved.headers.get("Location")).toBe("/desk/me?done=saved&lang=en");
    expect(plainText(await (await li.get("/desk/me")).text())).toContain("Where I am signed in");
    expect((await ask()).mail?.subject).toBe("【万源市报备】Sign in to the desk");
    expect((await li.post("/desk/me/language", { lang: "tlh" })).status).toBe(400);
  });
});
