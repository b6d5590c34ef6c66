import { expect, inject, it } from "vitest";
import type { Asked } from "../crash/line.ts";
import { openMailServer } from "../crash/mail-server.ts";

/*
 * The crash harness's own few lines of a mail server, held against the pinned emulator. Two things that one cannot be asked
 * here: it forgets keys after 24 hours of real time, and nothing is ever half done in it.
 */
const KEY = { Authorization: "Bearer re_sample_key", "content-type": "application/json" };
const mail = (name: string, more = {}) => ({
  from: "Baobei <alarm@baobei.example>",
  to: [`${name}@sample.example`],
  subject: "示例",
  text: "示例",
  ...more,
});

/** What a server says to a post: its status, the name of an error, how many ids, and whether they are those of before. */
type Said = { status: number; name?: string; ids: number; again: boolean };

async function say(post: (key: string, body: string) => Promise<{ status: number; body: string }>) {
  const seen = new Set<string>();
  const said: Said[] = [];
  for (const [key, mails] of [
    ["one", [mail("amina"), mail("bashir")]],
    ["one", [mail("amina"), mail("bashir")]],
    ["one", [mail("amina")]],
    ["two", [mail("li")]],
    ["two", [mail("li", { subject: "示例二" })]],
    ["three", [mail("wu"), mail("wu", { subject: "" })]],
    ["three", [mail("wu")]],
    ["four", Array.from({ length: 101 }, () => mail("zhou"))],
    ["five", { not: "a list" }],
  ] as const) {
    const answer = await post(`crash/${key}`, JSON.stringify(mails));
    const { name, data = [] } = JSON.parse(answer.body) as { name?: string; data?: { id: string }[] };
    const again = data.length > 0 && data.every(({ id }) => seen.has(id));
    for (const { id } of data) seen.add(id);
    said.push({ status: answer.status, name, ids: data.length, again });
  }
  return said;
}

it("says to each post what the pinned emulator says", async () => {
  const server = inject("mailServer");
  const theirs = await say(async (key, body) => {
    const headers = { ...KEY, "idempotency-key": key };
    const answer = await fetch(`${server}/calm/emails/batch`, { method: "POST", headers, body });
    return { status: answer.status, body: await answer.text() };
  });
  const own = openMailServer();
  const ours = await say(async (key, body) => {
    const asked: Asked = {
      url: new URL("https://mail.sample.example"),
      headers: new Headers({ "idempotency-key": key }),
      body,
    };
    return own.arrive(asked, 0) ?? own.take(asked, 0);
  });
  expect(ours).toEqual(theirs);
  expect(own.taken.map(({ to }) => to.split("@")[0])).toEqual(["amina", "bashir", "li", "wu"]);
});

it("refuses a key that is still being worked on, and forgets one after a day", () => {
  const own = openMailServer();
  const asked: Asked = {
    url: new URL("https://mail.sample.example"),
    headers: new Headers({ "idempotency-key": "k" }),
    body: JSON.stringify([mail("amina")]),
  };
  expect(own.arrive(asked, 0)).toBeUndefined();
  expect(own.arrive(asked, 1)).toMatchObject({
    status: 409,
    body: expect.stringContaining("concurrent_idempotent_requests"),
  });
  own.take(asked, 2);
  expect(own.arrive(asked, 3)).toMatchObject({ status: 200 });
  expect(own.arrive(asked, 24 * 3_600_000 + 3)).toBeUndefined();
});
