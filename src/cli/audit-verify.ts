import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { type Checked, type Read, verifyChain } from "../db/audit-seal.ts";
import { createPrivacy, type Privacy } from "../db/privacy.ts";
import { BEGINNING, type Fault, type Seal } from "../domain/audit-chain.ts";
import { isDate } from "../domain/time.ts";
import { throughDoor } from "./d1.ts";
import { localSecrets, secretsFile } from "./secrets.ts";
import { asText } from "./sql-text.ts";

/*
 * npm run audit-verify: computes the audit's chain again and says, day by day, whether it holds. Ends with 1 where it does
 * not. MASTER_SECRET (and MASTER_SECRET_PREVIOUS) must be in the environment for the deployed database.
 */
const USAGE = `npm run audit-verify -- [--from DATE] [--to DATE] [--remote]
DATE is a local day such as 2026-01-25; without any the whole chain is looked at.`;

async function auditVerify(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      remote: { type: "boolean", default: false },
      from: { type: "string" },
      to: { type: "string" },
    },
  });
  const { remote, from, to } = values;
  if ([from, to].some((date) => date !== undefined && !isDate(date))) throw new Error(USAGE);
  const vars = remote ? process.env : await localSecrets(secretsFile());
  if (!vars.MASTER_SECRET)
    throw new Error("MASTER_SECRET must be in the environment, the same that was put in the deployment.");
  const privacy = await createPrivacy(vars.MASTER_SECRET, vars.MASTER_SECRET_PREVIOUS);
  return throughDoor(remote, (door) => verify((query) => door.query(asText(query)), privacy, { from, to }));
}

/** Prints what holds and what does not; whether all of it does. */
async function verify(read: Read, privacy: Privacy, { from, to }: Days): Promise<boolean> {
  const days = new Map<string, Checked[]>();
  let whole = true;
  let last: Seal | undefined;
  for await (const checked of verifyChain(read, privacy, { from, to })) {
    const { date } = checked.seal;
    if (!days.has(date))
      for (const [day, parts] of days) if (days.delete(day)) console.log(lineOf(day, parts));
    days.set(date, [...(days.get(date) ?? []), checked]);
    whole &&= holds(checked);
    last = checked.seal;
  }
  for (const [day, parts] of days) console.log(lineOf(day, parts));
  if (last)
    console.log(
      `The chain ends with ${last.hash}: whoever notes it down can tell later that nothing was cut off.`,
    );
  else console.log("Nothing is sealed in those days.");
  if (to === undefined && (last || from === undefined)) {
    const upto = last?.uptoAt ?? BEGINNING;
    const [open] = await read<{ n: number }>(
      sql`SELECT count(*) AS n FROM audit WHERE recorded_at > ${upto}`,
    );
    if (open?.n) console.log(`${rowsOf(open.n)} not sealed yet.`);
  }
  return whole;
}
type Days = { from?: string | undefined; to?: string | undefined };
const holds = ({ fault, uncovered }: Checked): boolean => !fault && uncovered === 0;

function lineOf(day: string, parts: Checked[]): string {
  const rows = parts.reduce((sum, { seal }) => sum + seal.rows, 0);
  const wrong = parts.filter((part) => !holds(part));
  if (wrong.length === 0)
    return `${day}  ok  ${rowsOf(rows)} in ${parts.length} part${parts.length === 1 ? "" : "s"}`;
  return [
    `${day}  DOES NOT HOLD`,
    ...wrong.map((part) => `  part ${part.seal.part}, ${spanOf(part)}: ${saidOf(part)}`),
  ].join("\n");
}

const spanOf = ({ seal: { afterAt, uptoAt } }: Checked): string =>
  `${afterAt < 0 ? "from the beginning" : `after ${iso(afterAt)}`} up to ${iso(uptoAt)}`;
const iso = (at: number) => new Date(at).toISOString();
const rowsOf = (n: number) => `${n} row${n === 1 ? "" : "s"}`;

function saidOf({ seal, fault, uncovered }: Checked): string {
  const gap = uncovered > 0 ? `${rowsOf(uncovered)} before it that no part covers; ` : "";
  return gap + (fault ? wordsOf(fault, seal.rows) : "the part itself holds");
}

function wordsOf(fault: Fault, sealed: number): string {
  switch (fault.kind) {
    case "missing":
      return `${rowsOf(fault.count)} missing of ${sealed} that were sealed`;
    case "added":
      return `${rowsOf(fault.count)} more than the ${sealed} that were sealed${
        fault.id ? `: ${fault.id} was added later` : ""
      } (or written late, by a run as at an earlier moment)`;
    case "altered":
      return `as many rows as were sealed (${sealed}), but one of them, or the seal itself, was altered`;
    case "broken":
      return "the part before it is not there any more";
  }
}

try {
  process.exitCode = (await auditVerify()) ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
