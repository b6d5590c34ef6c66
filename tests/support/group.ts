import { sql } from "drizzle-orm";
import type { Channel, Mail, PostKind } from "../../src/channels/channel.ts";
import { addContact, type NewContact } from "../../src/db/contact.ts";
import { runBatch } from "../../src/db/store.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { SECRETS, URLS } from "./bots.ts";
import type { TestCounty } from "./worker.ts";

/*
 * Groups with a bot, and owners of webhooks, as contacts of units; and the world around a drain that posts to them.
 */

/** Enters a bot or a webhook. Its address is its maker's unless the test has another. */
export async function enterGroup(
  { deps }: TestCounty,
  id: string,
  {
    unitCode,
    channel,
    ...more
  }: { unitCode: string; channel: PostKind } & Partial<Pick<NewContact, "url" | "secret" | "role" | "lang">>,
): Promise<void> {
  const { statement } = await addContact(deps, {
    id,
    unitCode,
    role: "contact",
    channel,
    lang: "zh-Hans",
    name: `示例群${id}`,
    url: URLS[channel],
    secret: SECRETS[channel],
    recordedAt: new Date("2026-01-20T00:00:00+08:00"),
    ...more,
  });
  await runBatch(deps.db, [statement]);
}

export type Asked = { at: number; url: string; headers: Headers; body: string };

/** The world outside: one handler a host, a mailbox that takes everything, and a wall clock that posts use up. */
export type World = {
  /** Milliseconds. */
  wall: number;
  asked: Asked[];
  mails: Mail[];
  /** Answers for a host; unknown ones are not there. */
  hosts: Map<string, typeof fetch>;
  /** What one post takes. */
  latency: number;
};
export const openWorld = (): World => ({ wall: 0, asked: [], mails: [], hosts: new Map(), latency: 40 });

/** Lets a host answer by itself, whatever it is asked. */
export const answers = (answer: (asked: Asked) => Response | Promise<Response>, world: World): typeof fetch =>
  (async () => answer(world.asked.at(-1) as Asked)) as typeof fetch;

/** Everything for one minute of the house: sweeps and drains as at a moment. @returns how many messages were taken */
export async function minuteIn(world: World, { deps }: TestCounty, at: Date): Promise<number> {
  world.wall = Math.max(world.wall, at.getTime());
  await sweepOverdue(deps, at);
  return drainOutbox(deps, at, outletsOf(world));
}

export function outletsOf(world: World) {
  const channel: Channel = {
    name: "test",
    async send({ messages }) {
      world.mails.push(...messages);
      return { kind: "sent", ids: messages.map(() => null) };
    },
  };
  const post = async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = String(input);
    const headers = new Headers(init?.headers as HeadersInit);
    world.asked.push({ at: world.wall, url, headers, body: String(init?.body) });
    try {
      const host = world.hosts.get(new URL(url).host);
      if (!host) throw new TypeError("nobody there");
      return await host(input, init);
    } finally {
      world.wall += world.latency;
    }
  };
  return { channel, fetch: post as typeof fetch, wall: () => new Date(world.wall) };
}

/** Every message of the queue, as it stands. */
export const queue = ({ deps }: TestCounty) =>
  deps.db.all<{ who: string; state: string; problem: string | null }>(
    sql`SELECT contact_id AS who, state, problem FROM outbox WHERE state <> 'merged' ORDER BY recorded_at, contact_id`,
  );
