import { beforeEach, expect, it } from "vitest";
import { ASSETS } from "../../src/views/assets.ts";
import { openCounty, type TestCounty } from "../support/worker.ts";

let county: TestCounty;
beforeEach(async () => {
  county = await openCounty();
});

it("sends the stylesheet and the script under their content's name, to be kept for good", async () => {
  for (const [path, type] of [
    [ASSETS.css, "text/css"],
    [ASSETS.js, "text/javascript"],
  ] as const) {
    const answer = await county.fetch(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toContain(type);
    expect(answer.headers.get("Cache-Control")).toContain("immutable");
    expect((await answer.text()).length).toBeGreaterThan(100);
  }
});

it("answers 404 to a stylesheet of another version, so that no old page is dressed in new clothes", async () => {
  expect((await county.fetch("/assets/app.0000000000000000.css")).status).toBe(404);
});
