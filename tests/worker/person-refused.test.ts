import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../src/app.tsx";
import { dawa, household } from "../support/cast.ts";
import { blank, type Home, MORNING, openHome, well } from "../support/home.ts";
import { observed } from "../support/observed.ts";
import { inputValue, plainText, posted } from "../support/pages.ts";
import { register } from "../support/records.ts";

let home: Home;
beforeEach(async () => {
  home = await openHome();
});

describe("what is refused", () => {
  const none = async () => expect(await home.stored()).toEqual([]);

  it.each([
    ["25 °C", "25"],
    ["45 °C", "45"],
    ["a word", "正常"],
    ["two decimals", "36.55"],
    ["nothing", ""],
    ["a control character", "36.5\u0000"],
  ])("%s beside its field, in the reader's language, with everything typed kept", async (_, typed) => {
    const { html } = await home.open();
    for (const [lang, word] of [
      ["zh-Hans", "错误："],
      ["zh-Hant", "錯誤："],
      ["en", "Error: "],
    ] as const) {
      const answer = await home.send(html, [...well(1, typed), ...blank(2)], lang);
      expect(answer.status).toBe(422);
      const page = await answer.text();
      expect(page).toContain(`<title>${word}`);
      expect(page).toContain('href="#f-m.1.temperature"');
      expect(page).toContain('id="e-m.1.temperature"');
      if (!typed.includes("\u0000")) expect(inputValue(page, "m.1.temperature")).toBe(typed);
      expect(inputValue(page, "client.1")).toBe(inputValue(html, "client.1"));
    }
    await none();
  });

  it("one member's mistake keeps nobody else from being stored", async () => {
    const { html } = await home.open();
    const answer = await home.send(html, [...well(1), ...well(2, "365")]);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(inputValue(page, "m.2.temperature")).toBe("365");
    expect(inputValue(page, "client.1")).toBeUndefined();
    expect(plainText(page)).toContain("今天早测已填");
    expect(await home.stored()).toEqual([["1", 1, MORNING, 365, 0]]);
  });

  it("blank cards alone: each is asked for", async () => {
    const { html } = await home.open();
    const answer = await home.send(html, [...blank(1), ...blank(2), ...blank(3)]);
    expect(answer.status).toBe(422);
    expect((await answer.text()).match(/href="#f-m\.\d\.temperature"/g)).toHaveLength(3);
    await none();
  });

  it("a POST without any card, with a clear word", async () => {
    const answer = await home.county.fetch(`/p/${home.token}?lang=zh-Hans`, posted([["slot", MORNING]]));
    expect(answer.status).toBe(422);
    expect(plainText(await answer.text())).toContain("请至少填一个人的体温");
  });

  it("a card of Mallory's or of anybody else who does not live there", async () => {
    const other = await observed(home.county, [dawa()], { client: 2, phone: "13900000002" });
    for (const place of ["4", "99", "0", "x", `${other.caseNumber}-1`, "__proto__"]) {
      const cards = well(1).map(([name, value]): [string, string] => [
        name.replace(".1.", `.${place}.`),
        value,
      ]);
      const answer = await home.county.fetch(
        `/p/${home.token}?lang=zh-Hans`,
        posted([["slot", MORNING], ...cards]),
      );
      expect([place, answer.status]).toEqual([place, 404]);
      expect(plainText(await answer.text())).toContain("这里没有这个人");
    }
    await none();
  });

  it("other content under the same client id; pressed again it is a correction", async () => {
    const { html } = await home.open();
    await home.send(html, well(1));
    const answer = await home.send(html, well(1, "36.8"));
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(plainText(page)).toContain("刚才已经填过，和现在的不一样");
    expect(inputValue(page, "m.1.temperature")).toBe("36.8");
    expect((await home.send(page, well(1, "36.8"))).status).toBe(303);
    expect(await home.stored()).toEqual([
      ["1", 1, MORNING, 365, 0],
      ["1", 2, MORNING, 368, 0],
    ]);
  });

  it("a slot that is none, is yet to come or was before the first one", async () => {
    const { html } = await home.open();
    for (const slot of ["", "noon", "2026-02-30/morning", "2026-01-25/evening", "2026-01-24/evening"]) {
      const answer = await home.county.fetch(
        `/p/${home.token}?lang=zh-Hans`,
        posted([["slot", slot], ["client.1", inputValue(html, "client.1") ?? ""], ...well(1)]),
      );
      expect([slot, answer.status]).toEqual([slot, 422]);
      expect(await answer.text()).toContain('id="problems"');
    }
    await none();
  });

  it("a page left open: the slot closed meanwhile counts late, a day later it is said to be over", async () => {
    const { html } = await home.open();
    home.county.setNow("2026-01-25T12:30:00+08:00");
    const late = await home.send(html, well(1));
    expect(late.status).toBe(303);
    expect(plainText(await (await home.county.fetch(late.headers.get("Location") ?? "")).text())).toContain(
      "补报",
    );
    home.county.setNow("2026-01-26T12:30:00+08:00");
    const gone = await home.send(html, well(2));
    expect(gone.status).toBe(422);
    const page = await gone.text();
    expect(plainText(page)).toContain("已经过了补报时间，没有记下");
    // What was meant for one slot is not carried into another.
    expect(inputValue(page, "m.2.temperature")).toBe("");
    expect(await home.stored()).toEqual([["1", 1, MORNING, 365, 1]]);
  });

  it("readings before anybody came to verify", async () => {
    const { token: fresh } = await register(
      home.county.deps,
      household([dawa()], { phone: "13900000002" }),
      2,
    );
    const answer = await home.county.fetch(
      `/p/${fresh}?lang=zh-Hans`,
      posted([["slot", MORNING], ...well(1)]),
    );
    expect(answer.status).toBe(409);
    expect(plainText(await answer.text())).toContain("还没有开始观察");
    await none();
  });

  it("a database that fails: 503, everything typed kept and the same client id, so that sending again is safe", async () => {
    const { html } = await home.open();
    const client = inputValue(html, "client.1") ?? "";
    const cards: [string, string][] = [["slot", MORNING], ["client.1", client], ...well(1)];
    const { deps } = home.county;
    const db = Object.create(deps.db, {
      batch: { value: () => Promise.reject(new Error("D1_ERROR: sample")) },
    });
    const answer = await createApp(async () => ({ ...deps, db })).fetch(
      new Request(new URL(`/p/${home.token}?lang=zh-Hans`, "https://baobei.example"), posted(cards)),
      { DB: deps.d1 },
    );
    expect(answer.status).toBe(503);
    expect(answer.headers.get("Retry-After")).toBe("30");
    const page = await answer.text();
    expect(inputValue(page, "m.1.temperature")).toBe("36.5");
    expect(inputValue(page, "client.1")).toBe(client);
    expect((await home.send(page, well(1))).status).toBe(303);
    expect(await home.stored()).toHaveLength(1);
  });

  it("too many at once, with everything typed kept", async () => {
    const { html } = await home.open();
    const cards: [string, string][] = [
      ["slot", MORNING],
      ["client.1", inputValue(html, "client.1") ?? ""],
      ...well(1),
    ];
    const answer = await createApp(async () => home.county.deps).fetch(
      new Request(new URL(`/p/${home.token}?lang=zh-Hans`, "https://baobei.example"), posted(cards)),
      { DB: home.county.deps.d1, PER_LINK: { limit: async () => ({ success: false }) } },
    );
    expect(answer.status).toBe(429);
    expect(answer.headers.get("Retry-After")).toBe("60");
    expect(inputValue(await answer.text(), "m.1.temperature")).toBe("36.5");
    await none();
  });

  it("another site's form, another method, a body that is no form, a link revoked or run out", async () => {
    const cards = posted([["slot", MORNING], ...well(1)], { "Sec-Fetch-Site": "cross-site" });
    expect((await home.county.fetch(`/p/${home.token}`, cards)).status).toBe(403);
    expect((await home.county.fetch(`/p/${home.token}`, { method: "PUT" })).status).toBe(405);
    const json = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
    expect((await home.county.fetch(`/p/${home.token}`, json)).status).toBe(415);
    expect((await home.county.fetch("/p/AAAAAAAAAAAAAAAAAAAAAA", posted(well(1)))).status).toBe(404);
    home.county.setNow("2027-01-25T10:00:00+08:00");
    expect((await home.county.fetch(`/p/${home.token}`, posted(well(1)))).status).toBe(410);
    home.county.setNow("2026-01-25T10:00:00+08:00");
    await home.county.deps.d1.prepare("UPDATE link SET revoked_at = 1").run();
    for (const path of [`/p/${home.token}`, `/p/${home.token}/measures`])
      expect((await home.county.fetch(path, posted(well(1)))).status).toBe(410);
    expect((await home.county.fetch(`/p/${home.token}/release`)).status).toBe(410);
    await none();
  });
});

it("answers whatever is posted with a page: 2xx, 3xx or a 4xx that says what to mend, never a fault", {
  timeout: 30_000,
}, async () => {
  const name = fc.oneof(
    fc.constantFrom(
      "slot",
      "client.1",
      "m.1.temperature",
      "m.1.symptoms",
      "m.2.symptomText",
      "m.1.needsHelp",
      "correct",
      "_lang",
    ),
    fc.string({ maxLength: 12 }),
  );
  const value = fc.oneof(
    fc.constantFrom(
      "36.5",
      "yes",
      "no",
      MORNING,
      "1e400",
      "-0",
      "en",
      "7e57c11e-0000-4000-8000-000000009999",
    ),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(name, value), { maxLength: 12 }),
      fc.boolean(),
      async (entries, whole) => {
        const answer = await home.county.fetch(
          `/p/${home.token}`,
          posted(whole ? [...well(1), ...entries] : entries),
        );
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) expect(await answer.text()).toContain("<h");
      },
    ),
    { numRuns: 40 },
  );
  expect((await home.stored()).every((row) => row[2] === MORNING)).toBe(true);
});
