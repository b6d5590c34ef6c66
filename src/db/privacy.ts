/*
 * Personal data: sealed with AES-256-GCM, matched by blind index, links and codes derived and hashed.
 * Every key comes from one master secret by HKDF; a key id in front of each sealed text lets the secret rotate.
 */
const bytes = new TextEncoder();
const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Sealed under a key that nobody here has: the secret is wrong, not the row. */
export class UnknownKey extends Error {
  constructor() {
    super("sealed under an unknown key");
    this.name = "UnknownKey";
  }
}

export type Privacy = {
  /** Seals `value` as JSON for one row and column; "<key id>.<nonce>.<ciphertext>" in base64url. */
  seal(value: unknown, row: string, column: string): Promise<string>;
  /** Opens what `seal` made. Throws when it was altered, moved to another row or sealed under an unknown key. */
  open<T>(sealed: string, row: string, column: string): Promise<T>;
  /** Blind index of a normalised value, base64url; the purpose keeps ID numbers and phones apart. */
  index(purpose: string, value: string): Promise<string>;
  /** 128 bits nobody without the secret can foretell, the same each time for the same seed: base64url, 22 characters. */
  derive(purpose: string, seed: string): Promise<string>;
  /**
   * Keyed hash of bytes, 256 bits: "<key id>.<hash>" in base64url. Made with the key of an earlier one where `like` is
   * that; throws UnknownKey when nobody here has it.
   */
  sign(purpose: string, data: Uint8Array, like?: string): Promise<string>;
};

type Keys = { id: string; aes: CryptoKey; mac: CryptoKey };

/** @param secret 32 bytes in base64url @param previous the secret before it, still good for opening */
export async function createPrivacy(secret: string, previous?: string): Promise<Privacy> {
  const current = await keysOf(secret);
  const all = new Map([[current.id, current]]);
  if (previous) {
    const old = await keysOf(previous);
    all.set(old.id, old);
  }
  const mac = async (purpose: string, value: string) => {
    const signed = await crypto.subtle.sign("HMAC", current.mac, bytes.encode(`${purpose}\u0000${value}`));
    return base64url(new Uint8Array(signed, 0, 16));
  };
  return {
    async seal(value, row, column) {
      const nonce = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv: nonce, additionalData: bytes.encode(`${row}\u0000${column}`) },
        current.aes,
        bytes.encode(JSON.stringify(value)),
      );
      return `${current.id}.${base64url(nonce)}.${base64url(new Uint8Array(sealed))}`;
    },
    async open(sealed, row, column) {
      const [id = "", nonce = "", body = ""] = sealed.split(".");
      const keys = all.get(id);
      if (!keys) throw new UnknownKey();
      const plain = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: unbase64url(nonce), additionalData: bytes.encode(`${row}\u0000${column}`) },
        keys.aes,
        unbase64url(body),
      );
      return JSON.parse(text.decode(plain));
    },
    index: (purpose, value) => mac(`index/${purpose}`, value),
    derive: (purpose, seed) => mac(`derive/${purpose}`, seed),
    async sign(purpose, data, like) {
      const keys = like === undefined ? current : all.get(like.slice(0, like.indexOf(".")));
      if (!keys) throw new UnknownKey();
      const head = bytes.encode(`sign/${purpose}\u0000`);
      const whole = new Uint8Array(head.length + data.length);
      whole.set(head);
      whole.set(data, head.length);
      const signed = await crypto.subtle.sign("HMAC", keys.mac, whole);
      return `${keys.id}.${base64url(new Uint8Array(signed))}`;
    },
  };
}

/** What D1 keeps of a link's token: a plain hash is enough, because the token is 128 bits of chance. */
export async function hashToken(token: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.encode(token))));
}

async function keysOf(secret: string): Promise<Keys> {
  const master = await crypto.subtle.importKey("raw", unbase64url(secret), "HKDF", false, [
    "deriveKey",
    "deriveBits",
  ]);
  const from = (info: string) => ({
    name: "HKDF",
    hash: "SHA-256",
    salt: new Uint8Array(0),
    info: bytes.encode(info),
  });
  const [aes, mac, id] = await Promise.all([
    crypto.subtle.deriveKey(from("baobei/seal"), master, { name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]),
    crypto.subtle.deriveKey(
      from("baobei/mac"),
      master,
      { name: "HMAC", hash: "SHA-256", length: 256 },
      false,
      ["sign"],
    ),
    crypto.subtle.deriveBits(from("baobei/id"), master, 32),
  ]);
  return { id: base64url(new Uint8Array(id)), aes, mac };
}

export function base64url(data: Uint8Array): string {
  // Workers have it built in, at a tenth of the time; Node 24 does not yet.
  const { toBase64 } = data as { toBase64?: (options: object) => string };
  if (toBase64) return toBase64.call(data, { alphabet: "base64url", omitPadding: true });
  let binary = "";
  for (const byte of data) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function unbase64url(value: string): Uint8Array<ArrayBuffer> {
  const binary = atob(value.replace(/-/g, "+").replace(/_/g, "/"));
  const out = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) out[at] = binary.charCodeAt(at);
  return out;
}
