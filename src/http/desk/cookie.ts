import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { SESSION_LENGTH } from "../../domain/office.ts";
import { deskBack, SIGN_IN_LIFE } from "../../domain/sign-in.ts";
import type { AppContext } from "../factory.ts";

/** Bound to this very host and to https; browsers take 127.0.0.1 of the local start for as good. */
const SESSION = "__Host-baobei";

const options = { path: "/", httpOnly: true, secure: true, sameSite: "Lax" } as const;

/** The session's token of this request: 128 bits, base64url; undefined for anything that cannot be one. */
export function readSession(c: AppContext): string | undefined {
  const token = getCookie(c, SESSION);
  return token && /^[\w-]{22,43}$/.test(token) ? token : undefined;
}

export const writeSession = (c: AppContext, token: string): void =>
  setCookie(c, SESSION, token, { ...options, maxAge: SESSION_LENGTH / 1000 });

export const dropSession = (c: AppContext): void => {
  deleteCookie(c, SESSION, options);
};

/** Which letter a browser waits for, and where it wanted to go; gone with the letter's ten minutes. */
export type Waiting = { id: string; back: string };
const WAITING = "__Host-baobei-code";

export function readWaiting(c: AppContext): Waiting | undefined {
  const [, id, back] = /^([0-9a-f-]{36}) (.{1,500})$/.exec(getCookie(c, WAITING) ?? "") ?? [];
  return id && back ? { id, back: deskBack(back) } : undefined;
}

export const writeWaiting = (c: AppContext, { id, back }: Waiting): void =>
  setCookie(c, WAITING, `${id} ${back}`, { ...options, maxAge: SIGN_IN_LIFE / 1000 });

export const dropWaiting = (c: AppContext): void => {
  deleteCookie(c, WAITING, options);
};
