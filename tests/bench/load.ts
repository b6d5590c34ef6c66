import { Agent, request } from "node:http";

export type Load = { perSecond: number; p50: number; p99: number; sent: number };

/**
 * Posts distinct bodies over `connections` kept-alive connections for a while.
 * @returns submissions a second and milliseconds; throws at the first answer that is not 201
 */
export async function load(
  url: string,
  { connections, milliseconds, body }: { connections: number; milliseconds: number; body: () => string },
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const took: number[] = [];
  const begin = performance.now();
  const sender = async () => {
    while (performance.now() - begin < milliseconds) {
      const text = body();
      const sent = performance.now();
      const status = await post(url, agent, text);
      if (status !== 201) throw new Error(`${url} answered ${status}`);
      took.push(performance.now() - sent);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, sender));
  } finally {
    agent.destroy();
  }
  return summed([{ took, seconds: (performance.now() - begin) / 1000 }]);
}

/** Several rounds as one. */
export function joined(rounds: Load[]): Load {
  const mean = (pick: (round: Load) => number) =>
    rounds.reduce((sum, round) => sum + pick(round), 0) / rounds.length;
  return {
    perSecond: mean(({ perSecond }) => perSecond),
    p50: mean(({ p50 }) => p50),
    p99: mean(({ p99 }) => p99),
    sent: rounds.reduce((sum, { sent }) => sum + sent, 0),
  };
}

function summed([{ took, seconds }]: [{ took: number[]; seconds: number }]): Load {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { perSecond: took.length / seconds, p50: at(0.5), p99: at(0.99), sent: took.length };
}

function post(url: string, agent: Agent, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const outgoing = request(url, { method: "POST", agent, headers }, (incoming) => {
      incoming.resume().on("end", () => resolve(incoming.statusCode ?? 0));
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
