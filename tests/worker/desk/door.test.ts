import { beforeEach, describe, expect, it } from "vitest";
import { type DeskCounty, openDeskCounty } from "../../support/desk.ts";
import { seedUnits } from "../../support/worker.ts";

let county: DeskCounty;
beforeEach(async () => {
  county = await openDeskCounty();
  await seedUnits(county);
});

describe("the desk", () => {
  it("leads whoever is not signed in to the sign-in page, and back where they wanted to go", async () => {
    const answer = await county.desk("/desk/tips?state=open");
    expect(answer.status).toBe(303);
    expect(answer.headers.get("Location")).toBe(
      "/desk/sign-in?lang=zh-Hans&back=%2Fdesk%2Ftips%3Fstate%3Dopen",
    );
  });

  it("shows Li of the town a village's own page under her name, and no village of another town", async () => {
    const li = await county.signIn("clerk", "511781100", "示例李");
    expect((await li.get("/desk/units/511781100001")).status).toBe(200);
    expect((await li.get("/desk/units/511781101001")).status).toBe(404);
    expect((await li.get("/desk/units/999999999999")).status).toBe(404);
  });

  it("lets an inspector look and post nothing", async () => {
    const inspector = await county.signIn("inspector", "511781");
    expect((await inspector.get("/desk/units/511781100001")).status).toBe(200);
    expect((await inspector.post("/desk/units/511781100001/report", { clientId: "x" })).status).toBe(403);
  });

  it("lets a reporter settle, and excuse nobody from reporting: that is the clerk's", async () => {
    const post = async (role: "reporter" | "clerk") =>
      (await county.signIn(role, "511781100")).post("/desk/units/511781100/excuse", {
        ...{ clientId: "7e57c11e-0000-4000-8000-000000000001", unit: "511781100001", reason: "示例停课" },
        ...{ from: "2026-01-26", to: "2026-01-27" },
      });
    expect((await post("reporter")).status).toBe(403);
    expect((await post("clerk")).status).toBe(303);
  });

  it("refuses what another site posts with the official's own cookie", async () => {
    const li = await county.signIn("clerk", "511781100");
    const send = (headers: HeadersInit) => li.post("/desk/units/511781100001/report", {}, { headers });
    expect((await send({ Origin: "https://evil.example" })).status).toBe(403);
    expect((await send({ Origin: "" })).status).toBe(403);
    expect((await send({ "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await send({ "Sec-Fetch-Site": "same-site" })).status).toBe(403);
  });
});
