import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pingAddress } from "../../src/domain/heartbeat.ts";
import { openPing } from "../../src/jobs/ping.ts";

/*
 * A monitor of the healthchecks kind on this machine, which tells what it was told.
 */
let monitor: Server;
let url = "";
let told: { path: string; body: string }[] = [];
let underWay = 0;
let mostAtOnce = 0;
/** How the monitor answers: a status after so many milliseconds, or never. */
let manner: { status: number; after: number } | "never" = { status: 200, after: 0 };

beforeEach(async () => {
  told = [];
  underWay = 0;
  mostAtOnce = 0;
  manner = { status: 200, after: 0 };
  monitor = createServer(async (request, response) => {
    mostAtOnce = Math.max(mostAtOnce, ++underWay);
    response.on("close", () => --underWay);
    let body = "";
    for await (const chunk of request) body += chunk;
    told.push({ path: request.url ?? "", body });
    if (manner === "never") return;
    await pause(manner.after);
    response.writeHead(manner.status).end("OK");
  });
  await new Promise<void>((listening) => monitor.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(monitor.address() as AddressInfo).port}`;
});
afterEach(async () => {
  monitor.closeAllConnections();
  await new Promise((closed) => monitor.close(closed));
});

/** What was logged while `work` ran. */
async function logged(work: () => Promise<unknown>): Promise<unknown[]> {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  try {
    await work();
    return log.mock.calls.map(([line]) => JSON.parse(String(line)));
  } finally {
    log.mockRestore();
  }
}

describe("the monitor that watches over the alarms", () => {
  it("hears that a run begins and that it ended well, at the addresses healthchecks publishes", async () => {
    const ping = openPing(`${url}/a1b2?create=1&rid=示例`);
    ping("start");
    await ping("success");
    expect(told).toEqual([
      { path: "/a1b2/start?create=1&rid=%E7%A4%BA%E4%BE%8B", body: "" },
      { path: "/a1b2?create=1&rid=%E7%A4%BA%E4%BE%8B", body: "" },
    ]);
  });

  it("hears of a run that was not clean, with the machine words", async () => {
    await openPing(`${url}/a1b2/`)("fail", "fault sweep\nstale-due 3");
    expect(told).toEqual([{ path: "/a1b2/fail", body: "fault sweep\nstale-due 3" }]);
  });

  it("is never told two things at once", async () => {
    manner = { status: 200, after: 30 };
    const ping = openPing(`${url}/a1b2`);
    await Promise.all([ping("start"), ping("start"), ping("success")]);
    expect([told.length, mostAtOnce]).toEqual([3, 1]);
  });

  it("is waited for a while and no longer, and the next ping goes out all the same", async () => {
    manner = "never";
    // Long enough to reach a busy machine's monitor, and nothing of the five seconds that are the rule.
    const ping = openPing(`${url}/a1b2`, 1500);
    const begin = performance.now();
    const said = await logged(async () => {
      ping("start");
      await ping("success");
    });
    expect(performance.now() - begin).toBeLessThan(8000);
    expect(told.map(({ path }) => path)).toEqual(["/a1b2/start", "/a1b2"]);
    expect(said).toEqual([
      { ping: "start", problem: "TimeoutError" },
      { ping: "success", problem: "TimeoutError" },
    ]);
  });

  it("fails no run: neither by an error, nor by not being there; the log does not know its address", async () => {
    manner = { status: 500, after: 0 };
    expect(await logged(() => openPing(`${url}/a1b2`)("success"))).toEqual([
      { ping: "success", problem: "http-500" },
    ]);
    const gone = "http://127.0.0.1:9/a1b2";
    expect(await logged(() => openPing(gone, 500)("success"))).toEqual([
      { ping: "success", problem: expect.stringMatching(/^\w+$/) },
    ]);
  });

  it("is told nothing where no address is set", async () => {
    const ping = openPing(undefined);
    ping("start");
    await ping("success");
    expect(told).toEqual([]);
  });
});

it("keeps the address of a check whole", () => {
  expect(pingAddress("https://hc.example/key/slug?create=1", "success")).toBe(
    "https://hc.example/key/slug?create=1",
  );
  expect(pingAddress("https://hc.example/key/slug?create=1", "fail")).toBe(
    "https://hc.example/key/slug/fail?create=1",
  );
  expect(pingAddress("https://hc.example", "start")).toBe("https://hc.example/start");
});
