import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { recordAct } from "../../db/audit.ts";
import {
  addPasskey,
  findPasskey,
  listPasskeys,
  putChallenge,
  signInByPasskey,
  waits,
} from "../../db/passkey.ts";
import { base64url, unbase64url } from "../../db/privacy.ts";
import { refusedBy } from "../../db/store.ts";
import { problem } from "../../domain/problem.ts";
import {
  CHALLENGE_LIFE,
  deskBack,
  MAX_LABEL,
  MAX_PASSKEYS,
  type RelyingParty,
  relyingParty,
} from "../../domain/sign-in.ts";
import { signInProblem } from "../../domain/sign-in-problem.ts";
import type { AppContext } from "../factory.ts";
import { SLOW_SECONDS, slowed } from "../guards.ts";
import type { Desk } from "./door.tsx";
import { ALGORITHMS, checkRegistration } from "./passkey-registration.ts";
import { beginAtDesk } from "./sign-in.ts";
import { newToken } from "./token.ts";

/*
 * Passkeys (WebAuthn): what a browser is asked to sign, and whether it did. Binary values are base64url in JSON. Who made
 * a device is not asked (attestation "none"); whether it knew its owner (user verification) is preferred, not needed.
 */
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"];

/** What navigator.credentials.get is asked for: any passkey of this site, so no address has to be typed. */
export async function signInChallenge(c: AppContext): Promise<object> {
  const { id: rpId } = partyOf(c);
  return { challenge: await newChallenge(c), rpId, timeout: CHALLENGE_LIFE, userVerification: "preferred" };
}

/**
 * Signs in whoever holds the passkey. Throws passkeyRefused, whatever it was refused for.
 * @returns where to go
 */
export async function signInWithPasskey(
  c: AppContext,
  body: Record<string, unknown>,
): Promise<{ to: string }> {
  const { db, now } = c.get("deps");
  const party = partyOf(c);
  if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
  const response = body.response as AuthenticationResponseJSON;
  const challenge = challengeIn(response);
  const id = textOf(response, "id");
  if (!challenge || !(await waits(db, { id: challenge, purpose: "sign-in", now: now() })))
    throw signInProblem.passkeyRefused();
  const known = id ? await findPasskey(db, id) : undefined;
  if (!known) throw signInProblem.passkeyRefused();
  const { verified, authenticationInfo } = await checked(() =>
    verifyAuthenticationResponse({
      response,
      ...expected(party, challenge),
      credential: { id: known.id, publicKey: unbase64url(known.publicKey), counter: known.counter },
      requireUserVerification: false,
    }),
  );
  if (!verified) throw signInProblem.passkeyRefused();
  const used = { id: known.id, counter: known.counter, newCounter: authenticationInfo.newCounter, challenge };
  if (!(await beginAtDesk(c, "passkey", (entry) => signInByPasskey(db, used, entry))))
    throw signInProblem.passkeyRefused();
  return { to: deskBack(typeof body.back === "string" ? body.back : undefined) };
}

/** What navigator.credentials.create is asked for. The account's id is the office's: it tells nobody anything. */
export async function registerChallenge(c: AppContext, { officer, county }: Desk): Promise<object> {
  const deps = c.get("deps");
  const { id } = partyOf(c);
  const own = await listPasskeys(deps, officer.id);
  if (own.length >= MAX_PASSKEYS) throw signInProblem.passkeysFull(MAX_PASSKEYS);
  return {
    challenge: await newChallenge(c, officer.id),
    rp: { id, name: county || id },
    user: {
      id: base64url(new TextEncoder().encode(officer.id)),
      name: officer.name,
      displayName: `${officer.name} · ${officer.unit.name}`,
    },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
    timeout: CHALLENGE_LIFE,
    attestation: "none",
    authenticatorSelection: {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "preferred",
    },
    excludeCredentials: own.map(({ id, transports }) => ({ type: "public-key", id, transports })),
  };
}

/** Registers the official's new passkey. Throws passkeyRefused, passkeyKnown or passkeysFull. */
export async function registerPasskey(
  c: AppContext,
  desk: Desk,
  body: Record<string, unknown>,
): Promise<{ to: string }> {
  const deps = c.get("deps");
  const { id: officialId, unit } = desk.officer;
  const party = partyOf(c);
  const response = body.response as RegistrationResponseJSON;
  const challenge = challengeIn(response);
  const label = (typeof body.label === "string" ? body.label : "").trim().slice(0, MAX_LABEL);
  const asked = { id: challenge ?? "", purpose: "register", officialId, now: desk.now } as const;
  if (!challenge || !(await waits(deps.db, asked))) throw signInProblem.passkeyRefused();
  const { id, publicKey, counter } = await checked(() => checkRegistration(response, challenge, party));
  const { transports } = response.response;
  const entry = {
    ...{ id, officialId, publicKey, counter, challenge, now: desk.now },
    transports: TRANSPORTS.filter(
      (known) => Array.isArray(transports) && transports.includes(known as never),
    ),
    label: label || desk.today,
  };
  const line = { subjectId: officialId, unitCode: unit.code, actor: desk.actor, recordedAt: desk.now };
  const history = recordAct(deps.db, { ...line, id: deps.newId(), act: "add-passkey" });
  const added = await addPasskey(deps, entry, history).catch((error) => {
    if (refusedBy(error) === "unique") throw signInProblem.passkeyKnown();
    throw error;
  });
  if (!added) throw signInProblem.passkeysFull(MAX_PASSKEYS);
  return { to: desk.href("/me?done=passkey-added") };
}

function partyOf(c: AppContext): RelyingParty {
  const party = relyingParty(c.get("deps").settings.PUBLIC_URL);
  if (!party) throw signInProblem.noPasskeys();
  return party;
}

async function newChallenge(c: AppContext, officialId?: string): Promise<string> {
  const { db, newId, now } = c.get("deps");
  if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
  const id = newToken(newId);
  await putChallenge(db, { id, purpose: officialId ? "register" : "sign-in", officialId, now: now() });
  return id;
}

const expected = ({ id, origin }: RelyingParty, challenge: string) => ({
  expectedChallenge: challenge,
  expectedOrigin: origin,
  expectedRPID: id,
});

/** The challenge that a response says it answers; whether it truly does is the library's to check. */
function challengeIn(response: unknown): string | undefined {
  const data = textOf((response as { response?: unknown } | undefined)?.response, "clientDataJSON");
  try {
    const { challenge } = JSON.parse(new TextDecoder().decode(unbase64url(data ?? ""))) as {
      challenge?: unknown;
    };
    return typeof challenge === "string" && /^[0-9a-f]{32}$/.test(challenge) ? challenge : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown, name: string): string | undefined {
  const found = (value as Record<string, unknown> | null | undefined)?.[name];
  return typeof found === "string" && found.length <= 4000 ? found : undefined;
}

/** The library throws for everything that is not as it must be; its words quote what was sent. */
async function checked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw signInProblem.passkeyRefused();
  }
}
