import * as z from "zod/mini";
import type { IdDocument } from "../forms/define.ts";
import type { LetterCase } from "./letter.ts";
import { letterProblem } from "./letter-problem.ts";
import { isDate, MINUTE } from "./time.ts";

/*
 * A letter as it goes from one deployment of this service to another. Both know the link's token, and nobody else does:
 * the key of the signature comes from it (HKDF-SHA-256), so whoever holds the link can see that nothing was altered on
 * the way, and nobody without it can make one. The nonce is the letter's own: a county takes it in once.
 */
export type LetterPackage = {
  format: "baobei-letter/1";
  number: string;
  /** Who wrote, in words. */
  from: string;
  /** The address of the service it comes from: one served elsewhere is refused. */
  origin: string;
  why: string;
  nonce: string;
  /** ISO moments. */
  issuedAt: string;
  expiresAt: string;
  dueAt: string;
  case: LetterCase;
};

/** How long a fetched package may wait for somebody to accept it. */
export const PACKAGE_LIVES = 30 * MINUTE;
/** The largest package that is read, in characters: twenty persons with everything stay well below. */
export const PACKAGE_LENGTH = 32_000;

const text = (max: number) =>
  z.string().check(z.refine((said) => said.length > 0 && said.length <= max && !/[^\P{Cc}\n]/u.test(said)));
const moment = z.iso.datetime();
const day = z.string().check(z.refine(isDate));
const KINDS = [
  "id_card",
  "residence_permit",
  "hk_macao_permit",
  "taiwan_permit",
  "passport",
  "other",
  "none",
];
const Person = z.strictObject({
  name: z.optional(text(100)),
  document: z.optional(
    z.strictObject({
      kind: z.string().check(z.refine((kind) => KINDS.includes(kind))),
      number: z.optional(text(60)),
    }),
  ),
  day0: z.optional(day),
  reading: z.optional(
    z.strictObject({ date: day, celsius: z.number().check(z.refine((n) => n >= 30 && n <= 45)) }),
  ),
  triage: z.optional(z.strictObject({ area: z.boolean(), contact: z.boolean(), symptoms: z.boolean() })),
});
const Package = z.strictObject({
  format: z.literal("baobei-letter/1"),
  number: z.string().check(z.regex(/^XH-\d{4}-\d{4}$/)),
  from: text(200),
  origin: text(300),
  why: text(2000),
  nonce: z.string().check(z.regex(/^[A-Za-z0-9_-]{22}$/)),
  issuedAt: moment,
  expiresAt: moment,
  dueAt: moment,
  case: z.strictObject({
    persons: z.array(Person).check(z.minLength(1), z.maxLength(20)),
    phone: z.optional(text(40)),
    whereabouts: z.optional(text(400)),
  }),
});
const Signed = z.strictObject({ payload: z.string(), signature: z.string() });

/** What another deployment answers to a letter that it took over. */
export type SystemAnswer = Record<"number" | "nonce" | "clientId" | "kind" | "by" | "text", string>;

/**
 * What proves that an answer comes from who took the letter over: signed with the link's token and the package's nonce, which
 * no page shows and only a hand-over on record gives out. Altered, or under another letter, it does not hold.
 */
export const proveAnswer = (answer: SystemAnswer, token: string): Promise<string> => {
  const { number, nonce, clientId, kind, by, text: said } = answer;
  return signatureOf(
    JSON.stringify([number, nonce, clientId, kind, by, said]),
    token,
    "baobei/letter-answer/1",
  );
};
export const provesAnswer = async (proof: string, answer: SystemAnswer, token: string): Promise<boolean> =>
  same(proof, await proveAnswer(answer, token));

/** The package as text: {"payload":"<JSON>","signature":"<hexadecimal>"}. */
export async function signPackage(content: LetterPackage, token: string): Promise<string> {
  const payload = JSON.stringify(content);
  return JSON.stringify({ payload, signature: await signatureOf(payload, token) });
}

/**
 * Opens what `signPackage` made. Throws packageRefused for anything altered, forged, of another service or none at all,
 * packageExpired for one that was fetched too long ago.
 */
export async function openPackage(
  signed: string,
  { token, origin, now }: { token: string; origin: string; now: Date },
): Promise<LetterPackage> {
  if (signed.length > PACKAGE_LENGTH) throw letterProblem.packageRefused();
  const outer = Signed.safeParse(parsed(signed));
  // Only the very text that was signed: another spelling of the same JSON is an altered one.
  if (!outer.success || JSON.stringify(outer.data) !== signed) throw letterProblem.packageRefused();
  const { payload, signature } = outer.data;
  if (!same(signature, await signatureOf(payload, token))) throw letterProblem.packageRefused();
  const inner = Package.safeParse(parsed(payload));
  if (!inner.success || inner.data.origin !== origin) throw letterProblem.packageRefused();
  const { issuedAt, expiresAt } = inner.data;
  // A clock that is some minutes off is nobody's fault.
  if (Date.parse(issuedAt) > now.getTime() + 5 * MINUTE) throw letterProblem.packageRefused();
  if (Date.parse(expiresAt) <= now.getTime()) throw letterProblem.packageExpired();
  return inner.data as Omit<typeof inner.data, "case"> & {
    case: LetterCase & { persons: { document?: IdDocument }[] };
  };
}

async function signatureOf(payload: string, token: string, info = "baobei/letter/1"): Promise<string> {
  const bytes = new TextEncoder();
  const master = await crypto.subtle.importKey("raw", bytes.encode(token), "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    {
      name: "HKDF",
      hash: "SHA-256",
      salt: new Uint8Array(0),
      info: bytes.encode(info),
    },
    master,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign"],
  );
  const signed = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes.encode(payload)));
  return Array.from(signed, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** In the same time wherever they differ. */
function same(a: string, b: string): boolean {
  let differ = a.length ^ b.length;
  for (let at = 0; at < b.length; at++) differ |= (a.charCodeAt(at) || 0) ^ b.charCodeAt(at);
  return differ === 0;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
