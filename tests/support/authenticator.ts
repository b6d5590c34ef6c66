/*
 * A passkey made of software: what a phone would answer, signed with a true ES256 key of its own. Each part can be made
 * wrong, which a phone would not do.
 */
export type Authenticator = {
  id: string;
  /** The response to what navigator.credentials.create was asked. */
  create: (asked: { challenge: string }, wrong?: Wrong) => Promise<object>;
  /** The response to what navigator.credentials.get was asked; counts one further. */
  get: (asked: { challenge: string }, wrong?: Wrong) => Promise<object>;
};
export type Wrong = {
  origin?: string;
  rpId?: string;
  type?: string;
  challenge?: string;
  counter?: number;
  id?: string;
  /** Nobody touched it. */
  absent?: boolean;
  /** The signature is of something else. */
  signs?: string;
  format?: string;
};

export async function makeAuthenticator(origin: string, name = "sample-1"): Promise<Authenticator> {
  const pair = (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, [
    "sign",
    "verify",
  ])) as CryptoKeyPair;
  const jwk = (await crypto.subtle.exportKey("jwk", pair.publicKey)) as JsonWebKey;
  const id = utf8(name);
  let counter = 0;

  const clientData = (type: string, challenge: string, wrong: Wrong): Uint8Array<ArrayBuffer> =>
    utf8(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const authData = async (wrong: Wrong, attested?: Uint8Array) =>
    joined(
      await sha256(utf8(wrong.rpId ?? new URL(origin).hostname)),
      // User present, user verified; an attested key follows.
      Uint8Array.of((wrong.absent ? 0 : 0x05) | (attested ? 0x40 : 0)),
      uint32(wrong.counter ?? counter),
      attested ?? new Uint8Array(),
    );
  const said = (response: object, wrong: Wrong) => ({
    id: wrong.id ?? base64url(id),
    rawId: wrong.id ?? base64url(id),
    type: "public-key",
    response,
    clientExtensionResults: {},
  });

  return {
    id: base64url(id),
    async create({ challenge }, wrong = {}) {
      const cose = map([
        [int(1), int(2)], // kty: EC2
        [int(3), int(-7)], // alg: ES256
        [int(-1), int(1)], // crv: P-256
        [int(-2), bytes(unbase64url(jwk.x ?? ""))],
        [int(-3), bytes(unbase64url(jwk.y ?? ""))],
      ]);
      const attested = joined(new Uint8Array(16), Uint8Array.of(0, id.length), id, cose);
      const attestationObject = map([
        [text("fmt"), text(wrong.format ?? "none")],
        [text("attStmt"), map([])],
        [text("authData"), bytes(await authData(wrong, attested))],
      ]);
      const response = {
        clientDataJSON: base64url(clientData("webauthn.create", challenge, wrong)),
        attestationObject: base64url(attestationObject),
        transports: ["internal", "telepathy"],
      };
      return said(response, wrong);
    },
    async get({ challenge }, wrong = {}) {
      counter += 1;
      const client = clientData("webauthn.get", challenge, wrong);
      const data = await authData(wrong);
      const signed = joined(data, await sha256(wrong.signs ? utf8(wrong.signs) : client));
      const raw = new Uint8Array(
        await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, signed),
      );
      const response = {
        clientDataJSON: base64url(client),
        authenticatorData: base64url(data),
        signature: base64url(der(raw)),
      };
      return said(response, wrong);
    },
  };
}

/** r and s as devices sign them: a SEQUENCE of two INTEGERs, as short as they can be. */
export function der(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const half = raw.length / 2;
  const integer = (part: Uint8Array) => {
    let at = 0;
    while (at < part.length - 1 && part[at] === 0) at++;
    const short = part.subarray(at);
    const positive = (short[0] ?? 0) & 0x80 ? joined(Uint8Array.of(0), short) : short;
    return joined(Uint8Array.of(0x02, positive.length), positive);
  };
  const body = joined(integer(raw.subarray(0, half)), integer(raw.subarray(half)));
  return joined(Uint8Array.of(0x30, ...(body.length > 127 ? [0x81] : []), body.length), body);
}

/* CBOR (RFC 8949), as much as WebAuthn needs. */
const head = (major: number, value: number) =>
  value < 24
    ? Uint8Array.of((major << 5) | value)
    : value < 256
      ? Uint8Array.of((major << 5) | 24, value)
      : Uint8Array.of((major << 5) | 25, value >> 8, value & 255);
const int = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Uint8Array) => joined(head(2, value.length), value);
const text = (value: string) => joined(head(3, utf8(value).length), utf8(value));
const map = (pairs: [Uint8Array, Uint8Array][]) => joined(head(5, pairs.length), ...pairs.flat());

const utf8 = (value: string): Uint8Array<ArrayBuffer> => joined(new TextEncoder().encode(value));
const sha256 = async (value: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", value));
const uint32 = (value: number) => new Uint8Array(new Uint32Array([value]).buffer).reverse();
function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
const base64url = (value: Uint8Array) =>
  btoa(String.fromCharCode(...value))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const unbase64url = (value: string) =>
  Uint8Array.from(atob(value.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
