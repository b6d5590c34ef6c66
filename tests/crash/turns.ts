import { AsyncLocalStorage } from "node:async_hooks";
import type { Chance } from "../simulate/chance.ts";

/*
 * Who goes next. Every invocation of the Worker halts before each statement and each request; when all have come to a
 * halt, chance lets one go on. So any interleaving can happen, and the same seed gives the same.
 */
export const STAGES = ["sweep", "drain", "submit", "hook"] as const;
export type Stage = (typeof STAGES)[number];

/** One run of the Worker. What is stopped never hears again: its promises stay open and nobody waits for them. */
export type Invocation = {
  stage: Stage;
  /** The moment it was called, by the county's clock. */
  at: number;
  state: "running" | "ended" | "failed" | "stopped";
  /** By the count of turns. */
  begun: number;
  over?: number;
  /** Rounds that it sleeps through, as a machine that stalls. */
  sleeps: number;
  halted: Halt[];
  /** The database was made to lie to it: it may fail. */
  lied?: true;
  fault?: unknown;
};
type Halt = {
  ready: () => boolean;
  /** A machine may stall here; a request that takes long is ended by its signal. */
  long: boolean;
  go: () => Promise<unknown>;
  done: (value: unknown) => void;
  fail: (error: unknown) => void;
};

/** Who is running: what a request is told apart by, since nobody hands it down to `fetch`. */
export const running = new AsyncLocalStorage<Invocation>();

export type Turns = {
  /** How many turns there have been. */
  count: () => number;
  /** Begins an invocation; it runs until its first halt. */
  begin(stage: Stage, at: number, work: (invocation: Invocation) => Promise<unknown>): Invocation;
  /** Halts until its turn comes and `ready` says yes; then `go` is done and its outcome handed on. */
  halt<T>(
    invocation: Invocation,
    go: () => Promise<T>,
    how?: { ready?: () => boolean; long?: boolean },
  ): Promise<T>;
  /** Something that happens by itself among the turns, such as a server that takes a message. */
  beside(act: () => void): void;
  stop(invocation: Invocation): void;
  /** Goes on until everybody awake is over. @param stalls how often somebody falls asleep instead of going on */
  run(stalls?: number): Promise<void>;
  /** Another round: who sleeps is nearer to waking. */
  wake(): void;
  all: Invocation[];
};

export function openTurns(chance: Chance): Turns {
  const all: Invocation[] = [];
  let live: Invocation[] = [];
  const others: (() => void)[] = [];
  let turns = 0;
  let changed = () => {};

  const over = (invocation: Invocation, state: Invocation["state"]) => {
    if (invocation.state !== "running") return;
    invocation.state = state;
    invocation.over = ++turns;
    invocation.halted = [];
    live = live.filter((one) => one !== invocation);
    changed();
  };
  const awake = () => live.filter(({ sleeps }) => sleeps === 0);

  /** Until everybody awake has halted: between two halts there is nothing but our own code. */
  async function quiet(): Promise<void> {
    await settle();
    for (let waits = 0; awake().some(({ halted }) => halted.length === 0); waits++) {
      if (waits > 10_000) throw new Error("an invocation neither halts nor ends");
      await Promise.race([
        new Promise<void>((resolve) => {
          changed = resolve;
        }),
        after(10),
      ]);
      await settle();
    }
  }

  return {
    all,
    count: () => turns,
    begin(stage, at, work) {
      const invocation: Invocation = { stage, at, state: "running", begun: ++turns, sleeps: 0, halted: [] };
      all.push(invocation);
      live.push(invocation);
      running
        .run(invocation, () => work(invocation))
        .then(
          () => over(invocation, "ended"),
          (error) => {
            invocation.fault = error;
            over(invocation, "failed");
          },
        );
      return invocation;
    },
    halt<T>(invocation: Invocation, go: () => Promise<T>, { ready = () => true, long = true } = {}) {
      return new Promise<T>((done, fail) => {
        if (invocation.state !== "running") return;
        invocation.halted.push({ ready, long, go, done: done as (value: unknown) => void, fail });
        changed();
      });
    },
    beside(act) {
      others.push(act);
    },
    stop: (invocation) => over(invocation, "stopped"),
    wake() {
      for (const one of live) one.sleeps = Math.max(0, one.sleeps - 1);
    },
    async run(stalls = 0) {
      for (;;) {
        await quiet();
        const able = awake().flatMap((one) =>
          one.halted.filter(({ ready }) => ready()).map((halt) => ({ one, halt })),
        );
        const choice = able.length + others.length;
        if (choice === 0) {
          if (awake().length > 0) throw new Error("everybody waits for somebody else");
          return;
        }
        turns += 1;
        const at = chance.whole(0, choice - 1);
        const turn = able[at];
        if (turn?.halt.long && stalls > 0 && chance.happens(stalls)) turn.one.sleeps = chance.whole(1, 3);
        else if (turn) await take(turn.one, turn.halt);
        else others.splice(at - able.length, 1)[0]?.();
      }
    },
  };

  async function take(one: Invocation, halt: Halt): Promise<void> {
    one.halted = one.halted.filter((other) => other !== halt);
    try {
      const value = await halt.go();
      if (one.state === "running") halt.done(value);
    } catch (error) {
      if (one.state === "running") halt.fail(error);
    }
  }
}

// Long chains of promises are through after so many turns of the queue; a timer would cost a millisecond each time.
async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) await undefined;
}
const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
