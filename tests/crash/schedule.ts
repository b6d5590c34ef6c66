import { Hono } from "hono";
import { ProblemError } from "../../src/domain/problem.ts";
import { MINUTE } from "../../src/domain/time.ts";
import type { AppEnv, Deps } from "../../src/http/factory.ts";
import { hookRoutes } from "../../src/routes/hooks.ts";
import { owingsOf, toldsOf } from "./books.ts";
import { leftovers, readAlerts, whatIsNext } from "./ending.ts";
import { readLetters } from "./letters.ts";
import { type Doings, drainNow, NotYet, openDoings, sweepNow, type Task } from "./perform.ts";
import { type Ground, openScene, type Scene, type SceneAsked } from "./scene.ts";
import type { Stops } from "./stops.ts";
import { type Tally, tally } from "./tally.ts";

export type Outcome = Tally &
  Pick<Stops, "points" | "places"> & {
    stops: number;
    turns: number;
    /** Posts that met their key still at work, and webhooks that came again. */
    atWork: number;
    again: number;
  };

/** The machine ends what runs longer. */
const LONGEST_RUN = 15 * MINUTE;
/** A schedule that is not through after so many quiet rounds never will be. */
const TAIL = 120;

/** One schedule from beginning to end. The same scene gives the same. */
export async function runSchedule(ground: Ground, asked: SceneAsked): Promise<Outcome> {
  const scene = await openScene(ground, asked);
  const { turns, stops, county, plot, mail, receiver } = scene;
  const doings = openDoings(plot);
  const real = globalThis.fetch;
  globalThis.fetch = scene.line.fetch;
  try {
    for (const [index, { at, ...round }] of plot.rounds.entries())
      await playRound(scene, doings, at, { index, ...round, stalls: asked.stalls });
    await comeToRest(scene, doings, ground.d1);
  } catch (error) {
    doings.wrong.push(`the schedule broke: ${error instanceof Error ? error.stack : error}`);
  } finally {
    globalThis.fetch = real;
  }
  for (const { state, lied, stage, fault } of turns.all)
    if (state === "failed" && !lied)
      doings.wrong.push(`a ${stage} failed: ${fault instanceof Error ? fault.stack : fault}`);
  const alerts = await readAlerts(ground.d1);
  const letters = readLetters(county, mail.taken, receiver.taken);
  const owings = owingsOf(plot.days, doings);
  const found = tally(toldsOf(owings, county, turns.all, scene.repeats), owings, letters, alerts, county);
  const left = await leftovers(ground.d1, plot, county, mail.taken, letters);
  return {
    ...found,
    wrong: [...found.wrong, ...doings.wrong, ...receiver.wrong, ...left],
    ...{ points: stops.points, places: stops.places, stops: stops.stopped(), turns: turns.count() },
    ...{ atWork: mail.atWork(), again: receiver.again() },
  };
}

/** Everything that goes on at one time on the county's clock, until all who are awake are over. */
async function playRound(
  scene: Scene,
  doings: Doings,
  at: number,
  { index = Infinity, sweeps = 1, drains = 1, hooks = 0, stalls = 0 },
): Promise<void> {
  const { turns, line, clock, chance, begin } = scene;
  clock.now = at;
  for (const one of turns.all) if (one.state === "running" && at - one.at > LONGEST_RUN) turns.stop(one);
  line.advance(at);
  turns.wake();
  const now = new Date(at);
  for (let n = 0; n < sweeps; n++) begin("sweep", (deps) => sweepNow(deps, now));
  for (let n = 0; n < drains; n++) begin("drain", (deps) => drainNow(deps, now, () => new Date(clock.now)));
  for (let n = 0; n < hooks; n++) hear(scene, doings);
  for (const task of doings.due(index)) {
    attempt(scene, task);
    if (chance.happens(0.2)) attempt(scene, task);
  }
  await turns.run(stalls);
}

/** From here on all is well, until nothing is left to be done. */
async function comeToRest(scene: Scene, doings: Doings, d1: D1Database): Promise<void> {
  const { line, stops, postman, clock } = scene;
  line.heal();
  stops.rest();
  for (let quiet = 0; quiet <= TAIL; quiet++) {
    const next = await whatIsNext(d1);
    if (next === undefined && postman.waiting() + doings.left() === 0) return;
    const soon = clock.now + MINUTE;
    const at = next === undefined || doings.left() > 0 ? soon : Math.max(next, soon);
    await playRound(scene, doings, at, { hooks: Math.min(postman.waiting(), 6) });
  }
  doings.wrong.push("it never comes to rest");
}

function attempt({ begin }: Scene, task: Task): void {
  const one = begin("submit", async (deps, invocation) => {
    try {
      await task.work(deps);
      task.answered ??= invocation;
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
      task.tries = task.tries.filter((other) => other !== invocation);
    }
  });
  task.tries.push(one);
}

/** A webhook of the mail service comes in as it does in the Worker itself. */
function hear({ postman, begin }: Scene, { wrong }: Doings): void {
  const event = postman.next();
  if (!event) return;
  begin("hook", async (deps) => {
    const answer = await door(deps).fetch(event.request);
    if (answer.ok) event.done();
    else if (answer.status !== 503)
      wrong.push(`a webhook was answered with ${answer.status}: ${await answer.text()}`);
  });
}

const door = (deps: Deps) =>
  new Hono<AppEnv>()
    .use(async (c, next) => {
      c.set("deps", deps);
      c.set("lang", "zh-Hans");
      await next();
    })
    .route("/", hookRoutes)
    .onError((error, c) => {
      if (error instanceof ProblemError) return c.text(error.problem.code, error.problem.status);
      throw error;
    });
