import type { RegistrationResponseJSON } from "@simplewebauthn/server";
import {
  decodeAttestationObject,
  decodeClientDataJSON,
  decodeCredentialPublicKey,
  isoUint8Array,
  parseAuthenticatorData,
  toHash,
} from "@simplewebauthn/server/helpers";
import { base64url, unbase64url } from "../../db/privacy.ts";
import type { RelyingParty } from "../../domain/sign-in.ts";

/*
 * A passkey's registration (WebAuthn Level 3, section 7.1), as far as attestation "none" goes: with it there is no
 * signature to check, only that the browser answered this very question for this very site. The library's own function
 * would bring six formats of certificates along, seven KB of what is uploaded. Signing in is checked by the library.
 */
/** EdDSA, ES256 and RS256, by COSE's numbers: what phones and PCs have. */
export const ALGORITHMS = [-8, -7, -257];
/** COSE's label for the algorithm. */
const ALG = 3;

export type Registered = { id: string; publicKey: string; counter: number };

/** What was registered. Throws an Error for anything that is not as it must be. @param challenge what was to be answered */
export async function checkRegistration(
  { id, rawId, type, response }: RegistrationResponseJSON,
  challenge: string,
  party: RelyingParty,
): Promise<Registered> {
  const client = decodeClientDataJSON(response.clientDataJSON);
  must(id === rawId && type === "public-key");
  must(client.type === "webauthn.create");
  must(client.challenge === challenge);
  must(client.origin === party.origin && !client.crossOrigin);
  const attestation = decodeAttestationObject(unbase64url(response.attestationObject));
  must(attestation.get("fmt") === "none" && attestation.get("attStmt").size === 0);
  const made = parseAuthenticatorData(attestation.get("authData"));
  must(
    isoUint8Array.areEqual(made.rpIdHash, await toHash(Uint8Array.from(new TextEncoder().encode(party.id)))),
  );
  must(made.flags.up);
  const { credentialID, credentialPublicKey, counter } = made;
  if (!credentialID || !credentialPublicKey) throw new Error("no key");
  must(credentialID.length > 0 && credentialID.length <= 1023 && base64url(credentialID) === id);
  must(
    ALGORITHMS.includes(
      Number(decodeCredentialPublicKey(Uint8Array.from(credentialPublicKey)).get(ALG as never)),
    ),
  );
  return { id, publicKey: base64url(credentialPublicKey), counter };
}

function must(holds: boolean): void {
  if (!holds) throw new Error("not as it must be");
}
