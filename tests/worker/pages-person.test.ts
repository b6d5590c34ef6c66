import { beforeEach, describe, expect, it } from "vitest";
import { submitRegistration, verifyHousehold } from "../../src/http/submit.ts";
import { amina, chen, clientId, household } from "../support/cast.ts";
import { openCounty, seedUnits, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
  await seedUnits(county);
});

const register = (persons = [amina()]) =>
  submitRegistration(county.deps, {
    clientId: clientId(1),
    values: household(persons),
    door: "page",
    unitCode: "511781100001",
  });
const open = (path: string) => county.fetch(`${path}?lang=zh-Hans`);

describe("a household's own page", () => {
  it("shows Amina her number, by when somebody comes, and nobody's name or phone", async () => {
    const { token, caseNumber } = await register();
    for (const path of [`/p/${token}`, `/p/${token}/receipt`]) {
      const answer = await open(path);
      expect(answer.headers.get("Cache-Control")).toBe("no-store");
      expect(answer.headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(answer.headers.get("X-Robots-Tag")).toBe("noindex");
      const html = await answer.text();
      expect(html).toContain(caseNumber);
      expect(html).toContain("今天 12:00 之前");
      expect(html).toContain("示例一社区");
      for (const secret of ["阿米娜", "13900000001", "示例一组 12 号", "19880214"])
        expect(html).not.toContain(secret);
    }
    expect(await (await open(`/p/${token}/receipt`)).text()).toContain(`https://baobei.example/p/${token}`);
  });

  it("tells Bashir that it is overdue, and from the verification on what was found", async () => {
    const { token, caseNumber } = await register();
    county.setNow("2026-01-25T13:00:00+08:00");
    expect(await (await open(`/p/${token}`)).text()).toContain("已逾期，应在 今天 12:00 之前核实");
    await verifyHousehold(county.deps, {
      id: caseNumber,
      unitCode: "511781100",
      actor: "sample",
      outcome: "found",
    });
    const html = await (await open(`/p/${token}`)).text();
    expect(html).toContain("今天 13:00 已核实");
    expect(html).not.toContain("已逾期");
  });

  it("gives Chen with fever the advice, and not Amina who is well", async () => {
    const { token } = await register([amina(), chen()]);
    expect(await (await open(`/p/${token}`)).text()).toContain("病情加重请拨打 120");
    const well = await submitRegistration(county.deps, {
      clientId: clientId(2),
      values: household([amina()], { phone: "13900000002" }),
      door: "page",
      unitCode: "511781100001",
    });
    expect(await (await open(`/p/${well.token}`)).text()).not.toContain("病情加重请拨打 120");
  });

  it("answers 404 to Mallory's guess, 410 to a link that was revoked or has run out", async () => {
    const { token } = await register();
    expect((await open("/p/AAAAAAAAAAAAAAAAAAAAAA")).status).toBe(404);
    expect((await open("/p/x")).status).toBe(404);
    county.setNow("2026-06-25T10:00:00+08:00");
    expect((await open(`/p/${token}`)).status).toBe(410);
    county.setNow("2026-01-25T10:00:00+08:00");
    await county.deps.d1.prepare("UPDATE link SET revoked_at = 1").run();
    const gone = await open(`/p/${token}/receipt`);
    expect(gone.status).toBe(410);
    expect(await gone.text()).toContain("报备过的内容没有丢");
  });
});
