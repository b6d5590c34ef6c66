import type { Mail } from "../../src/channels/channel.ts";
import { addContact } from "../../src/db/contact.ts";
import { listDevMail } from "../../src/db/dev-mail.ts";
import { openObligation } from "../../src/db/obligation.ts";
import { runBatch } from "../../src/db/store.ts";
import type { ObligationKind } from "../../src/domain/ladder.ts";
import { planObligation } from "../../src/domain/obligation.ts";
import type { Lang } from "../../src/forms/define.ts";
import { drainOutbox } from "../../src/jobs/drain.ts";
import { sweepOverdue } from "../../src/jobs/sweep.ts";
import { seedUnits, type TestCounty } from "./worker.ts";

/*
 * The cast as an alarm meets them. Addresses are samples; the id of a contact is its first name.
 */
export const CAST = {
  amina: { unitCode: "511781100001", email: "amina@sample.example" },
  bashir: { unitCode: "511781100002", email: "bashir@sample.example" },
  wu: { unitCode: "511781101001", email: "wu@sample.example" },
  li: { unitCode: "511781100", email: "li@sample.example" },
  zhou: { unitCode: "511781", email: "zhou@sample.example" },
} as const;
export type CastName = keyof typeof CAST;

/** The county with some of the cast as contacts of their units. */
export async function seedCast(county: TestCounty, names = Object.keys(CAST) as CastName[]): Promise<void> {
  await seedUnits(county);
  for (const name of names) await enter(county, name, CAST[name]);
}

export async function enter(
  { deps }: TestCounty,
  id: string,
  {
    unitCode,
    email,
    lang = "zh-Hans",
    role = "contact",
  }: {
    unitCode: string;
    email: string;
    lang?: Lang;
    role?: "contact" | "grid" | "duty" | "head" | "inspector";
  },
): Promise<void> {
  const { statement } = await addContact(deps, {
    id,
    unitCode,
    role,
    lang,
    name: `示例${id}`,
    email,
    recordedAt: new Date("2026-01-20T00:00:00+08:00"),
  });
  await runBatch(deps.db, [statement]);
}

/** Opens something owed; times are ISO with their offset. */
export async function owe(
  { deps }: TestCounty,
  kind: ObligationKind,
  unitCode: string,
  subjectId: string,
  openedAt: string,
  dueAt: string,
): Promise<string> {
  const row = planObligation(
    { kind, unitCode, subjectId, openedAt: new Date(openedAt), dueAt: new Date(dueAt) },
    { now: new Date(openedAt), settings: deps.settings },
  );
  await runBatch(deps.db, [openObligation(deps.db, row)]);
  return row.id;
}

/** Sweeps and drains at a moment, and answers who got which mail then. */
export async function minute(
  county: TestCounty,
  iso: string,
): Promise<{ to: string; subject: string; text: string }[]> {
  const { deps } = county;
  county.setNow(iso);
  const before = new Set((await listDevMail(deps, 1000)).map(({ id }) => id));
  await sweepOverdue(deps, deps.now());
  await drainOutbox(deps, deps.now());
  const mails = (await listDevMail(deps, 1000)).filter(({ id }) => !before.has(id));
  return mails
    .map(({ to, subject, text }) => ({ to: to.split("@")[0] ?? "", subject, text }))
    .sort((a, b) => (a.to + a.subject < b.to + b.subject ? -1 : 1));
}

/** Everything a channel was handed, in order; answers as told. */
export type Posted = { key: string; messages: Mail[] };
