import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Outcome, PostKind } from "../../src/channels/channel.ts";
import { sendPost } from "../../src/channels/post.ts";
import { SECRETS } from "../support/bots.ts";
import { samplePost } from "../support/posts.ts";

/*
 * Receivers that behave badly, over a real line: each costs one attempt and a word on record, no more.
 */
const KINDS: PostKind[] = ["webhook", "wecom", "dingtalk", "feishu"];
const BOTS: PostKind[] = ["wecom", "dingtalk", "feishu"];
const MEGABYTE = Buffer.alloc(1024 * 1024, "x");

let server: Server;
let base: string;
let asked: string[];
let written: number;

const BEHAVIOUR: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  "/code": (_, response) =>
    response.end('{"errcode":310000,"code":19021,"errmsg":"https://secret.example/key"}'),
  "/redirect": (_, response) => response.writeHead(307, { location: "/stolen" }).end(),
  "/redirect-away": (_, response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
  "/html": (_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<html><title>登录</title></html>"),
  "/10mb": (_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const more = () => {
      while (!response.destroyed && written < 10) {
        written += 1;
        if (!response.write(MEGABYTE)) return;
      }
      if (!response.destroyed) response.end();
    };
    response.on("drain", more);
    more();
  },
  "/bomb": (_, response) => {
    response
      .writeHead(200, { "content-encoding": "gzip" })
      .end(gzipSync(Buffer.alloc(10 * 1024 * 1024, "x")));
  },
  "/not-gzip": (_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end("示例");
  },
  "/hang": () => {},
  "/hang-late": (_, response) => {
    response.writeHead(200).write('{"errcode":');
  },
  "/drop": (request) => request.socket.destroy(),
  "/drop-late": (request, response) => {
    response.writeHead(200, { "content-length": "1000" }).write('{"errcode":');
    setTimeout(() => request.socket.destroy(), 20);
  },
  "/nonsense": (request) => request.socket.end("HELLO\r\n\r\n"),
  "/gone": (_, response) => response.writeHead(410).end('{"errcode":0,"code":0}'),
  "/broken": (_, response) => response.writeHead(502).end("<html>Bad gateway</html>"),
  "/teapot": (_, response) => response.writeHead(418).end(),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://127.0.0.1");
    asked.push(pathname);
    request.resume();
    request.on("end", () => BEHAVIOUR[pathname]?.(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  written = 0;
});

const post = (kind: PostKind, path: string, ms = 5000): Promise<Outcome> =>
  sendPost(kind, { url: `${base}${path}`, secret: SECRETS[kind] }, samplePost("1"), {
    now: new Date("2026-01-25T16:31:00+08:00"),
    fetch,
    signal: AbortSignal.timeout(ms),
    allowPrivate: true,
  });

describe("a receiver that behaves badly", () => {
  it.each(Object.keys(BEHAVIOUR))("costs one attempt and a machine word: %s", async (path) => {
    // Only what never answers has to be given up soon, but not before it was reached.
    const patience = path.startsWith("/hang") ? 1000 : 5000;
    for (const outcome of await Promise.all(KINDS.map((kind) => post(kind, path, patience)))) {
      if (outcome.kind === "sent") continue;
      expect(outcome.problem).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
      expect(JSON.stringify(outcome)).not.toMatch(/127\.0\.0\.1|secret|example|errmsg/);
    }
    expect(asked).toEqual(KINDS.map(() => path));
  });

  it("is not followed elsewhere", async () => {
    for (const kind of KINDS)
      for (const path of ["/redirect", "/redirect-away"])
        expect(await post(kind, path)).toEqual({ kind: "refused", problem: "redirect" });
    expect(asked).not.toContain("/stolen");
  });

  it("is waited for no longer than the signal says, not even half-way through its answer", async () => {
    const slow = BOTS.flatMap((kind) => [post(kind, "/hang", 100), post(kind, "/hang-late", 100)]);
    for (const outcome of await Promise.all([post("webhook", "/hang", 100), ...slow]))
      expect(outcome).toEqual({ kind: "later", problem: "timeout" });
  });

  it("is asked again when the line was cut: nobody knows what was taken", async () => {
    for (const kind of BOTS)
      for (const path of ["/drop", "/drop-late", "/nonsense", "/not-gzip"])
        expect(await post(kind, path)).toEqual({ kind: "later", problem: "no-answer" });
    expect(await post("webhook", "/drop")).toEqual({ kind: "later", problem: "no-answer" });
  });

  it("is read no further than 64 KB", async () => {
    for (const kind of BOTS) {
      written = 0;
      expect(await post(kind, "/10mb")).toEqual({ kind: "later", problem: "not-json" });
      expect(written).toBeLessThan(10);
      expect(await post(kind, "/bomb")).toEqual({ kind: "later", problem: "not-json" });
    }
  });

  it("has taken a webhook when it says 200, whatever it goes on to say", async () => {
    for (const path of ["/10mb", "/html", "/code", "/bomb", "/hang-late", "/drop-late"])
      expect(await post("webhook", path)).toEqual({ kind: "sent", ids: [null] });
    expect(written).toBeLessThan(10);
  });

  it("is given up when it is gone, and asked again when it is only ill", async () => {
    for (const kind of KINDS) {
      expect(await post(kind, "/gone")).toEqual({ kind: "refused", problem: "http-410" });
      expect(await post(kind, "/broken")).toEqual({ kind: "later", problem: "http-502" });
    }
  });

  it("that is no page but a login in front of a bot is asked again", async () => {
    for (const kind of BOTS)
      expect(await post(kind, "/html")).toEqual({ kind: "later", problem: "not-json" });
  });

  it("that is not there at all is asked again", async () => {
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, "127.0.0.1", resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const outcome = await sendPost("wecom", { url: `http://127.0.0.1:${port}/` }, samplePost("1"), {
      now: new Date(),
      fetch,
      signal: AbortSignal.timeout(5000),
      allowPrivate: true,
    });
    expect(outcome).toEqual({ kind: "later", problem: "no-answer" });
  });
});
