import { beforeEach, describe, expect, it } from "vitest";
import { endObservation, verifyHousehold } from "../../src/http/submit-observation.ts";
import { amina, bashir, chen, dawa, household } from "../support/cast.ts";
import { type Home, openHome, well } from "../support/home.ts";
import { observed, reads, releases, VILLAGE } from "../support/observed.ts";
import { inputValue, plainText } from "../support/pages.ts";
import { problemFrom, register } from "../support/records.ts";

let home: Home;
beforeEach(async () => {
  home = await openHome();
});

describe("afterwards", () => {
  /** Everybody's last evening, and past midnight. */
  async function lastDay() {
    home.county.setNow("2026-02-08T18:00:00+08:00");
    for (const place of [1, 2, 3]) await reads(home.county, `${home.caseNumber}-${place}`);
    home.county.setNow("2026-02-09T09:00:00+08:00");
  }

  it("says that the time is over and a release is due", async () => {
    await lastDay();
    const page = await home.text();
    expect(page).toContain("观察期已满，等待解除");
    expect(page).toContain("观察期的体温都填完了");
  });

  it("keeps asking Chen, whose last evening was a fever", async () => {
    await lastDay();
    home.county.setNow("2026-02-08T19:00:00+08:00");
    await reads(home.county, `${home.caseNumber}-3`, { temperature: 37.5 });
    home.county.setNow("2026-02-09T09:00:00+08:00");
    const { html } = await home.open();
    expect(plainText(html)).toContain("最近一次异常，观察继续");
    expect(inputValue(html, "m.3.temperature")).toBe("");
    expect(inputValue(html, "m.1.temperature")).toBeUndefined();
  });

  it("refuses a reading after the release clearly, and links to the notice", async () => {
    home.county.setNow("2026-02-08T18:00:00+08:00");
    const { html } = await home.open();
    await lastDay();
    for (const place of [1, 2, 3]) await releases(home.county, `${home.caseNumber}-${place}`);
    const before = (await home.stored()).length;
    const answer = await home.send(html, well(1));
    expect(answer.status).toBe(409);
    const page = await answer.text();
    expect(plainText(page)).toContain("观察已经结束，不用再填报");
    expect(plainText(page)).toContain("医学观察已解除");
    expect(page).toContain(`href="/p/${home.token}/release?lang=zh-Hans"`);
    expect(await home.stored()).toHaveLength(before);
    expect(await home.text("", "en")).toContain("Released from observation");
  });

  it("still asks those who are not released with the others", async () => {
    await lastDay();
    await releases(home.county, `${home.caseNumber}-1`);
    const { html } = await home.open();
    expect(plainText(html)).toContain("1. 阿*：已解除观察，2月9日");
    expect(html).toContain("/release?lang=");
  });

  it("says so when they were transferred, or the registration was closed", async () => {
    const end = (place: number, ending: "transferred" | "closed") =>
      endObservation(home.county.deps, {
        id: `${home.caseNumber}-${place}`,
        scope: VILLAGE,
        actor: "sample",
        ending,
        by: "李示例",
        reason: "示例",
      });
    await end(1, "transferred");
    await end(2, "transferred");
    await end(3, "closed");
    const page = await home.text();
    expect(page).toContain("医学观察已结束");
    expect(page).toContain("这里不用再填");
    expect(page).toContain("这份报备已经结束");
    expect(await problemFrom(reads(home.county, `${home.caseNumber}-1`))).toMatchObject({
      code: "observation-ended",
    });
  });

  it.each([
    ["wrong", "报备已结束", "这份报备已经结束"],
    ["moved", "已转到别处", "这里不用再填"],
  ] as const)(
    "tells a household found %s at the first visit, without a history it never had",
    async (outcome, title, help) => {
      const own = await register(home.county.deps, household([dawa()], { phone: "13900000002" }), 2);
      const { caseNumber: id } = own;
      await verifyHousehold(home.county.deps, { id, unitCode: VILLAGE, actor: "sample", outcome });
      const page = await (await home.county.fetch(`/p/${own.token}?lang=zh-Hans`)).text();
      expect(/<h1>(.*?)<\/h1>/.exec(page)?.[1]).toBe(title);
      expect(plainText(page)).toContain(help);
      expect(page).not.toContain("填过的体温");
      expect(page).not.toContain("居家医学观察");
    },
  );

  it("shows a large household's readings name by name", async () => {
    const five = [amina(), bashir(), chen({ temperature: 36.6 }), dawa(), bashir({ name: "吴示例" })].map(
      ({ document: _, ...person }) => person,
    );
    const large = await observed(home.county, five, { client: 3, phone: "13900000003" });
    await reads(home.county, `${large.caseNumber}-5`, { temperature: 37.6 });
    const page = await (await home.county.fetch(`/p/${large.token}?lang=zh-Hans`)).text();
    expect(plainText(page)).toContain("5. 吴* 37.6 发热");
    expect(page.match(/<th scope="col">/g)).toHaveLength(2);
  });

  it("leads from the receipt to the readings", async () => {
    const receipt = await (await home.county.fetch(`/p/${home.token}/receipt?lang=zh-Hans`)).text();
    expect(receipt).toMatch(new RegExp(`href="/p/${home.token}\\?lang=zh-Hans"[^>]*>现在报一次体温`));
  });
});
