import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createProbe } from "node:net";
import { createEmulator } from "emulate";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Loopback address of the proxy before the Resend emulator. */
    mailServer: string;
  }
}

/** What the proxy does to a post, and how often: six in ten go wrong. */
const FAULTS = [
  ["429", 0.12],
  ["500 before", 0.1],
  ["500 after", 0.13],
  ["drop before", 0.1],
  ["drop after", 0.1],
  ["cut answer", 0.05],
] as const;

/**
 * Starts the pinned Resend emulator and, before it, a proxy on loopback: `/calm/…` passes everything, `/faulty/…` breaks
 * six in ten posts (seeded: the same ones each run), `/hang/…` never answers.
 */
export default async function startMailServer(project: TestProject): Promise<() => Promise<void>> {
  const emulator = await createEmulator({ service: "resend", port: await freePort() });
  const random = mulberry32(20260125);
  const proxy = createServer((request, response) => {
    handle(request, response, emulator.url, random).catch(() => response.destroy());
  });
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
  project.provide("mailServer", `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  return async () => {
    proxy.closeAllConnections();
    await new Promise((closed) => proxy.close(closed));
    await emulator.close();
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
  random: () => number,
): Promise<void> {
  const [, mood = "", path = ""] = /^\/(calm|faulty|hang)(\/.*)$/.exec(request.url ?? "") ?? [];
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (mood === "hang") return;
  const fault = mood === "faulty" && request.method === "POST" ? pick(random()) : undefined;
  if (fault === "429")
    return answer(
      response,
      429,
      { statusCode: 429, name: "rate_limit_exceeded", message: "slow down" },
      {
        "retry-after": "2",
      },
    );
  if (fault === "500 before") return answer(response, 500, { message: "no status in this one" });
  if (fault === "drop before") return void response.destroy();
  const upstream = await fetch(`${target}${path}`, {
    method: request.method,
    headers: Object.fromEntries(
      ["authorization", "content-type", "idempotency-key"].flatMap((name) =>
        request.headers[name] ? [[name, String(request.headers[name])]] : [],
      ),
    ),
    ...(request.method === "POST" ? { body: Buffer.concat(chunks) } : {}),
  });
  const body = Buffer.from(await upstream.arrayBuffer());
  if (fault === "500 after") return answer(response, 500, "<html>bad gateway</html>");
  if (fault === "drop after") return void response.destroy();
  response.writeHead(upstream.status, { "content-type": "application/json", "content-length": body.length });
  if (fault === "cut answer") {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    return;
  }
  response.end(body);
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, headers);
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

function pick(at: number): (typeof FAULTS)[number][0] | undefined {
  let rest = at;
  for (const [fault, share] of FAULTS) {
    if (rest < share) return fault;
    rest -= share;
  }
  return undefined;
}

/** A small seeded generator: the same faults in the same order each run. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The emulator wants its port beforehand. */
async function freePort(): Promise<number> {
  const probe = createProbe();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
