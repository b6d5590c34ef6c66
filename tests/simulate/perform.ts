import type { Channel } from "../../src/channels/channel.ts";
import { ProblemError } from "../../src/domain/problem.ts";
import type { Deps } from "../../src/http/factory.ts";
import { submitRegistration } from "../../src/http/submit.ts";
import {
  acknowledgeCluster,
  assignCareRole,
  endObservation,
  movePlacement,
  respond,
  verifyHousehold,
} from "../../src/http/submit-observation.ts";
import { type ReadingResult, submitReadings } from "../../src/http/submit-reading.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { type Meter, zero } from "../support/meter.ts";
import { type Act, type Cron, type HouseholdData, type Read, taken } from "./acts.ts";
import { dateOfDay, momentAt, nameOfSlot } from "./clock.ts";
import { addCost, type Costs } from "./cost.ts";

/*
 * Does with the real code what the script says, and notes where the answer is another than the oracle's.
 */
export type Stage = {
  deps: Deps;
  meter: Meter;
  /** Sets the clock that `deps` reads. */
  setNow: (now: Date) => void;
  /** Case numbers by household. */
  cases: Map<number, { id: string; village: string }>;
  mail: { posts: number; messages: number; refused: boolean; seen: Set<string> };
};
export type Performed = { wrong: string[]; costs: Costs; cases: [number, string][]; messages: number };

export const openStage = (deps: Deps, meter: Meter, setNow: (now: Date) => void): Stage => ({
  ...{ deps, meter, setNow, cases: new Map() },
  mail: { posts: 0, messages: 0, refused: false, seen: new Set() },
});

export async function perform(stage: Stage, acts: Act[]): Promise<Performed> {
  const done: Performed = { wrong: [], costs: {}, cases: [], messages: 0 };
  const mailed = stage.mail.messages;
  let list: Read[] = [];
  const flush = async () => {
    if (list.length === 0) return;
    const sending = list;
    list = [];
    await sendList(stage, sending, done);
  };
  for (const act of acts) {
    const [first] = list;
    const listed = act.do === "read" && !act.alone;
    // One list is one moment, and has everybody once, unless the very same is sent twice.
    if (
      first &&
      (!listed || minuteOf(first) !== minuteOf(act) || list.length >= 500 || clashes(list, act as Read))
    )
      await flush();
    stage.setNow(momentAt(minuteOf(act)));
    if (listed) list.push(act);
    else if (act.do === "read") await sendList(stage, [act], done);
    else if (act.do === "cron") await cron(stage, act, done);
    else note(done, act, await answerOf(stage, act, done));
  }
  await flush();
  done.messages = stage.mail.messages - mailed;
  return done;
}

const minuteOf = (act: Act) => Math.floor(act.key);
const clashes = (list: Read[], act: Read) =>
  list.some(
    (one) =>
      one.household === act.household &&
      one.place === act.place &&
      (one.client !== act.client || one.tenths !== act.tenths),
  );

function note(done: Performed, act: Act, answer: string): void {
  if (answer === act.expect || done.wrong.length > 20) return;
  const { expect, ...rest } = act;
  done.wrong.push(`expected "${expect}" and got "${answer}" for ${JSON.stringify(rest)}`);
}

async function answerOf(stage: Stage, act: Exclude<Act, Cron | Read>, done: Performed): Promise<string> {
  try {
    await doAct(stage, act, done);
    return "ok";
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}

async function doAct(stage: Stage, act: Exclude<Act, Cron | Read>, done: Performed): Promise<void> {
  const { deps } = stage;
  if (act.do === "register") {
    const { household } = act;
    const { caseNumber } = await submitRegistration(deps, {
      clientId: uuid("11", household.number),
      values: valuesOf(household),
      door: "page",
      unitCode: household.village,
    });
    stage.cases.set(household.number, { id: caseNumber, village: household.village });
    done.cases.push([household.number, caseNumber]);
    return;
  }
  const official = { scope: deps.settings.COUNTY_CODE, actor: "sample" };
  if (act.do === "ack") {
    return acknowledgeCluster(deps, { ...official, obligationId: act.cluster, text: "示例：已到现场" });
  }
  const home = stage.cases.get(act.household);
  const [id, scope] = [home?.id ?? "", home?.village ?? ""];
  if (act.do === "verify") {
    const { outcome, kind, rule } = act;
    const day0 = act.day0 === undefined ? undefined : dateOfDay(act.day0);
    return verifyHousehold(deps, {
      id,
      unitCode: scope,
      actor: "sample",
      outcome,
      kind,
      day0Rule: rule,
      day0,
    });
  }
  if (act.do === "assign") {
    const email = act.mail ? `doctor-${scope}@sample.example` : undefined;
    return assignCareRole(deps, {
      ...official,
      householdId: id,
      role: act.role,
      name: "示例医生",
      phone: "13900000000",
      email,
    });
  }
  const person = `${id}-${act.place}`;
  if (act.do === "move") return movePlacement(deps, { ...official, id: person, kind: act.kind });
  if (act.do === "end") {
    const reason = act.ending === "released" ? undefined : "示例：原因";
    return endObservation(deps, { ...official, scope, id: person, ending: act.ending, by: "李示例", reason });
  }
  return respond(deps, {
    ...official,
    obligationId: `response/${person}/${nameOfSlot(act.slot)}`,
    text: "示例：已上门",
  });
}

async function sendList(stage: Stage, list: Read[], done: Performed): Promise<void> {
  const { deps, meter } = stage;
  zero(meter);
  const results = await submitReadings(
    deps,
    list.map((act) => {
      const home = stage.cases.get(act.household);
      const household = { person: home?.id, stranger: "WY-0000-0000", unit: undefined, api: undefined }[
        act.door
      ];
      return {
        clientId: uuid("22", act.client),
        observationId: `${home?.id}-${act.place}`,
        slot: act.slot === undefined ? undefined : nameOfSlot(act.slot),
        temperature: act.tenths / 10,
        symptoms: act.symptoms,
        ...(act.symptoms ? { symptomText: "咳嗽（示例）" } : {}),
        needsHelp: false,
        door: act.door === "stranger" ? "person" : act.door,
        actor: "sample",
        household,
        scope: act.door === "unit" ? home?.village : undefined,
      };
    }),
  );
  const [first] = list;
  const name = list.length > 1 ? "list" : first?.sort;
  addCost(done.costs, `reading/${name}`, list.length, meter.read, meter.written);
  list.forEach((act, at) => {
    note(done, act, answered(results[at] as ReadingResult));
  });
}

function answered(result: ReadingResult): string {
  if (!result.ok) return result.problem.code;
  const { version, slot, late, abnormal } = result.receipt;
  return taken(version, slotNamed(slot), late, abnormal);
}

const slotNamed = (name: string) => {
  const day = Math.round(
    (Date.parse(`${name.slice(0, 10)}T00:00:00Z`) - Date.parse(`${dateOfDay(0)}T00:00:00Z`)) / 86_400_000,
  );
  return day * 2 + (name.endsWith("evening") ? 1 : 0);
};

/** One firing of the cron, perhaps twice over, perhaps dying between its stages. */
async function cron(stage: Stage, act: Cron, done: Performed): Promise<void> {
  const { deps, meter } = stage;
  const now = momentAt(act.now);
  const once = async () => {
    if (act.sweep) {
      const before = await words(deps);
      zero(meter);
      const moved = await sweepOverdue(deps, now);
      const { read, written } = meter;
      // Somebody who hears costs as much as something that moves: one village's fever may be told to five.
      const things = Math.max(moved, (await words(deps)) - before);
      if (!act.together) addCost(done.costs, sweepKind(things, written), things, read, written);
    }
    // A drain takes so many at a time; what is left would be the next minutes'.
    if (act.drain) while ((await drainOutbox(deps, now, { channel: counting(stage) })) > 0);
  };
  if (act.together) await Promise.all([once(), once()]);
  else for (let time = 0; time < act.times; time++) await once();
}

const sweepKind = (things: number, written: number) =>
  things === 0 && written === 0 ? "sweep/idle" : things < 10 ? "sweep/few" : "sweep/many";

/** Messages that wait, by a count that costs the sweep nothing. */
const words = async ({ d1 }: Deps): Promise<number> =>
  Number(
    (await d1.prepare("SELECT count(*) AS n FROM outbox WHERE state = 'ready'").first<{ n: number }>())?.n,
  );

/** Takes the mail and counts it. Now and then it is out of order, never twice running; a message twice is an error. */
const counting = ({ mail }: Stage): Channel => ({
  name: "counting",
  async send({ messages }) {
    mail.posts += 1;
    mail.refused = mail.posts % 41 === 0 && !mail.refused;
    if (mail.refused) return { kind: "later", problem: "sample" };
    for (const { id } of messages) {
      if (mail.seen.has(id)) throw new Error(`the message ${id} was sent twice`);
      mail.seen.add(id);
    }
    mail.messages += messages.length;
    return { kind: "sent", ids: messages.map(() => null) };
  },
});

const uuid = (kind: string, number: number) =>
  `51a70000-00${kind}-4000-8000-${String(number).padStart(12, "0")}`;

const valuesOf = ({ number, village, arrivedAt, leftOn, persons }: HouseholdData) => ({
  unit: village,
  filledBy: "self" as const,
  origin: "wuhan" as const,
  leftOn: dateOfDay(leftOn),
  arrivedAt: momentAt(arrivedAt).toISOString(),
  transport: "car" as const,
  address: "示例地址",
  hasPhone: true,
  phone: `139${String(number).padStart(8, "0")}`,
  persons: persons.map(({ returnee, symptoms }, at) => ({
    name: `示例${number}-${at + 1}`,
    returnee,
    area: false,
    contact: false,
    symptoms,
  })),
});
