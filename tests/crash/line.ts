import { MINUTE } from "../../src/domain/time.ts";
import type { Chance } from "../simulate/chance.ts";
import type { Stops } from "./stops.ts";
import { running, type Turns } from "./turns.ts";

/*
 * The line to the servers, in the place of `fetch`. A request halts before it leaves and before its answer is heard; in
 * between the server takes it in a turn of its own, so that another request can meet it half done.
 */
export type Asked = { url: URL; headers: Headers; body: string };
export type Answered = { status: number; headers: Record<string, string>; body: string };
export type Server = {
  name: string;
  host: string;
  /** After so many minutes it has taken even what it is slow to take. */
  slowest: number;
  /** As a request arrives: an answer at once, or nothing when it is to be taken. */
  arrive(asked: Asked, at: number): Answered | undefined;
  take(asked: Asked, at: number): Answered;
};

/** What goes wrong on the way, and how often of 100 when much does. */
const FAULTS = [
  ["busy", 8],
  ["broken before", 7],
  ["broken after", 8],
  ["lost before", 7],
  ["lost after", 8],
  ["slow", 7],
] as const;
type Fault = (typeof FAULTS)[number][0] | undefined;

export type Line = {
  fetch: typeof fetch;
  /** Servers take what was slow, each at its own time. @param now the county's clock, in ms */
  advance(now: number): void;
  /** From now on all is well. */
  heal(): void;
};

/** @param trouble from 0, all is well, to 1 @param now the county's clock, in ms */
export function openLine(
  servers: Server[],
  {
    turns,
    stops,
    chance,
    trouble,
    now,
  }: { turns: Turns; stops: Stops; chance: Chance; trouble: number; now: () => number },
): Line {
  let share = trouble;
  let late: { at: number; take: (at: number) => void }[] = [];
  const faultOf = (): Fault => {
    let at = chance.next() * 100;
    for (const [fault, often] of FAULTS) {
      at -= often * share;
      if (at < 0) return fault;
    }
    return undefined;
  };

  async function line(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const invocation = running.getStore();
    const url = new URL(String(input));
    const server = servers.find(({ host }) => host === url.host);
    if (!invocation || !server) throw new Error(`nobody is asked at ${url.host}`);
    const asked: Asked = { url, headers: new Headers(init.headers), body: String(init.body ?? "") };
    let answer: (() => Response) | undefined;
    const answers = (reply: Answered) => {
      answer = () =>
        new Response(reply.status === 204 ? null : reply.body, {
          status: reply.status,
          headers: reply.headers,
        });
    };
    const fails = (name: string) => {
      answer = () => {
        throw Object.assign(new Error("sample"), { name });
      };
    };
    const leave = () => {
      const fault = faultOf();
      if (fault === "lost before") return fails("TypeError");
      if (fault === "busy") return answers(BUSY);
      if (fault === "broken before") return answers(BROKEN);
      const atOnce = server.arrive(asked, now());
      if (atOnce) return answers(atOnce);
      if (fault === "slow") {
        late.push({
          at: now() + chance.whole(1, server.slowest) * MINUTE,
          take: (at) => void server.take(asked, at),
        });
        return fails("TimeoutError");
      }
      turns.beside(() => {
        const reply = server.take(asked, now());
        if (fault === "broken after") answers(BROKEN);
        else if (fault === "lost after") fails("TypeError");
        else answers(reply);
      });
    };
    const halted = <T>(what: string, act: () => T, ready?: () => boolean) =>
      turns.halt(
        invocation,
        async () => {
          const verdict = stops.ask(invocation, `${what} ${server.name}`, 1);
          if (!verdict || verdict.error) return act();
          if (verdict.side === "after") act();
          turns.stop(invocation);
          return undefined as T;
        },
        { ready, long: false },
      );
    await halted("POST", leave);
    return halted(
      "answer of",
      () => (answer as () => Response)(),
      () => answer !== undefined,
    );
  }
  return {
    fetch: line as typeof fetch,
    advance(to) {
      const due = late.filter(({ at }) => at <= to).sort((a, b) => a.at - b.at);
      late = late.filter(({ at }) => at > to);
      for (const { at, take } of due) take(at);
    },
    heal() {
      share = 0;
    },
  };
}

const BUSY: Answered = {
  status: 429,
  headers: { "content-type": "application/json", "retry-after": "45" },
  body: JSON.stringify({ statusCode: 429, name: "rate_limit_exceeded", message: "sample" }),
};
const BROKEN: Answered = { status: 500, headers: {}, body: "<html>bad gateway</html>" };
