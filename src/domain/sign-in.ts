import { MINUTE } from "./time.ts";

/*
 * Signing in without a password: a letter with a link and a code, or a passkey. How long things last, how often they may
 * be tried, and how what was typed is read.
 */
/** A letter's link and code live so long, in ms. */
export const SIGN_IN_LIFE = 10 * MINUTE;
/** After so many tries of its code a letter is dead, its link too. */
export const MAX_TRIES = 5;
/** Letters for one address: so many within ten minutes, so many within a day. */
export const MAX_LETTERS = { soon: 3, day: 10 };
/** What a passkey must sign is good for so long, in ms. */
export const CHALLENGE_LIFE = 5 * MINUTE;
/** Passkeys that one official may have at a time. */
export const MAX_PASSKEYS = 10;
/** The longest name of a passkey, in characters. */
export const MAX_LABEL = 60;

/** What is needed to write a sign-in's letter. Its token and code are in no table. */
export type SignInLetter = { id: string; officialId: string; token: string; code: string };

/** An address to write to, as it was meant; undefined where it cannot be one. At most 254 characters (RFC 5321). */
export function readEmail(typed: string): string | undefined {
  const address = typed.slice(0, 1000).normalize("NFKC").trim();
  return address.length <= 254 && /^[^\s@,;<>"\p{Cc}]+@[^\s@,;<>"\p{Cc}]+$/u.test(address)
    ? address
    : undefined;
}

/** A code's six digits as they were meant: full width, with spaces or a dash; undefined where it cannot be one. */
export function readCode(typed: string): string | undefined {
  const digits = typed
    .slice(0, 100)
    .normalize("NFKC")
    .replace(/[\s\p{Cf}\p{Pd}]/gu, "");
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

/**
 * Six digits out of 128 bits that nobody can foretell: 2^48 is so many times a million that no code is likelier than
 * another by more than one in 10^8. @param bits base64url
 */
export function codeOf(bits: string): string {
  const bytes = atob(bits.slice(0, 8).replace(/-/g, "+").replace(/_/g, "/"));
  let number = 0;
  for (let at = 0; at < 6; at++) number = number * 256 + bytes.charCodeAt(at);
  return String(number % 1_000_000).padStart(6, "0");
}

/**
 * Where to go after signing in: an address of the desk itself, in its one spelling; "/desk" for anything else, so that
 * a link can lead nowhere but here.
 */
export function deskBack(asked: string | undefined): string {
  const home = "/desk";
  if (!asked || asked.length > 500 || !/^\/desk(?:[/?]|$)/.test(asked) || /[\\\p{Cc}]/u.test(asked))
    return home;
  const here = "https://desk.invalid";
  if (!URL.canParse(asked, here)) return home;
  const { origin, pathname, search } = new URL(asked, here);
  if (origin !== here || !/^\/desk(?:\/|$)/.test(pathname) || pathname.includes("//")) return home;
  // Never back to signing in or out.
  return /^\/desk\/(?:sign-|signed-)/.test(pathname) ? home : `${pathname}${search}`;
}

/** Whom a passkey is made for: the host it is bound to, and the one origin that may ask for it. */
export type RelyingParty = { id: string; origin: string };

/**
 * The relying party of the county's address; undefined where that is an IP address, which WebAuthn does not take. The
 * local start is reached by 127.0.0.1 and by localhost: under the latter its passkeys can be tried.
 */
export function relyingParty(publicUrl: string): RelyingParty | undefined {
  const url = new URL(publicUrl);
  if (url.hostname === "127.0.0.1") url.hostname = "localhost";
  if (/^[\d.]+$|^\[/.test(url.hostname)) return undefined;
  return { id: url.hostname, origin: url.origin };
}

/** li***@demo.example: enough to know an address again, not enough to write to it. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return `${[...email.slice(0, at)].slice(0, 2).join("")}***${email.slice(at)}`;
}
