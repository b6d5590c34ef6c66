import type { Channel, Mail, Outcome } from "../channels/channel.ts";
import { pickChannel } from "../channels/pick.ts";
import { signInLetter } from "../channels/sign-in-letter.ts";
import { putDevMail } from "../db/dev-mail.ts";
import { findOffice } from "../db/office.ts";
import { findUnit } from "../db/unit.ts";
import type { SignInLetter } from "../domain/sign-in.ts";
import type { Deps } from "../http/factory.ts";

/** Between one attempt and the next, in ms. Three attempts and these pauses fit into the 30 s that a Worker may go on. */
const PAUSES = [500, 1500];
const ABORT_MS = 10_000;
const ALL_MS = 27_000;

/** What a letter leaves through. */
export type LetterOutlet = { channel: Channel; pause: (ms: number) => Promise<unknown> };

/**
 * Sends a sign-in's letter at once: whoever waits for it has ten minutes, so it does not go through the outbox and its
 * minute. The same key at each attempt keeps it single. Never throws: what failed is logged by its class, and whoever
 * waits asks again. @returns whether it was taken
 */
export async function sendSignIn(
  deps: Deps,
  letter: SignInLetter,
  outlet: Partial<LetterOutlet> = {},
): Promise<boolean> {
  const problem = await attempts(deps, letter, outlet).catch((error) =>
    error instanceof Error ? error.name : typeof error,
  );
  if (problem === undefined) return true;
  console.error(JSON.stringify({ fault: problem, stage: "sign-in-mail" }));
  return false;
}

/** @returns what the last attempt failed of, a machine word; undefined once it was taken */
async function attempts(
  deps: Deps,
  letter: SignInLetter,
  { channel, pause = rest }: Partial<LetterOutlet>,
): Promise<string | undefined> {
  const mail = await compose(deps, letter);
  if (!mail) return "no-address";
  const through = channel ?? pickChannel(deps.settings, (mails) => putDevMail(deps, mails, deps.now()));
  const all = AbortSignal.timeout(ALL_MS);
  for (const wait of [...PAUSES, undefined]) {
    const outcome = await through
      .send(
        { key: `sign-in/${letter.id}`, messages: [mail] },
        AbortSignal.any([all, AbortSignal.timeout(ABORT_MS)]),
      )
      .catch(
        (error): Outcome => ({ kind: "later", problem: error instanceof Error ? error.name : "thrown" }),
      );
    if (outcome.kind === "sent") return undefined;
    if (outcome.kind !== "later" || wait === undefined || all.aborted) return outcome.problem;
    await pause(wait);
  }
  return "never";
}

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function compose(deps: Deps, { id, officialId, token, code }: SignInLetter): Promise<Mail | undefined> {
  const { COUNTY_CODE, MAIL_FROM, PUBLIC_URL } = deps.settings;
  const [office, county] = await Promise.all([findOffice(deps, officialId), findUnit(deps.db, COUNTY_CODE)]);
  if (!office) return undefined;
  return signInLetter({
    id: `sign-in/${id}`,
    from: MAIL_FROM,
    to: office.email,
    lang: office.lang,
    county: county?.name ?? "",
    code,
    link: `${PUBLIC_URL}/desk/sign-in/${token}`,
  });
}
