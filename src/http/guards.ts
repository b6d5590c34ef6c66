import { bodyLimit } from "hono/body-limit";
import { problem } from "../domain/problem.ts";
import { SHEET_LIMITS } from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";
import { type AppContext, factory } from "./factory.ts";

/** The largest body any door reads, in bytes: a household of twenty with every field full stays well below. */
export const MAX_BODY = 64 * 1024;

/** Five hundred readings or fifty records at once, and the round of a village: the doors that take a list. */
export const MAX_LIST_BODY = 256 * 1024;

/** A bureau's list, and the small fields that come with its file: the doors that take a file. */
export const MAX_FILE_BODY = SHEET_LIMITS.bytes + MAX_BODY;
const TAKES_LIST = /^\/api\/v1\/(?:readings|records\/[^/]+\/[^/]+\/list)$/;
const TAKES_FILE = /^\/(?:desk|api\/v1)\/batches$/;

const tooLarge = () => {
  throw problem.tooLarge();
};
const fileTooLarge = () => {
  throw sheetProblem.tooLarge(SHEET_LIMITS.bytes);
};
const counted = {
  one: bodyLimit({ maxSize: MAX_BODY, onError: tooLarge }),
  list: bodyLimit({ maxSize: MAX_LIST_BODY, onError: tooLarge }),
  file: bodyLimit({ maxSize: MAX_FILE_BODY, onError: fileTooLarge }),
};
const BOUNDS = {
  one: { most: MAX_BODY, refuse: tooLarge },
  list: { most: MAX_LIST_BODY, refuse: tooLarge },
  file: { most: MAX_FILE_BODY, refuse: fileTooLarge },
};
export const limitBody = factory.createMiddleware((c, next) => {
  const { path } = c.req;
  const door = TAKES_LIST.test(path) ? "list" : TAKES_FILE.test(path) ? "file" : "one";
  const { headers } = c.req.raw;
  const declared = headers.get("Content-Length");
  // bodyLimit asks for the body's stream, which costs more than reading the body: only an undeclared length needs it.
  if (declared === null || headers.has("Transfer-Encoding")) return counted[door](c, next);
  const { most, refuse } = BOUNDS[door];
  return Number.parseInt(declared, 10) > most ? refuse() : next();
});

/*
 * Headers of every answer. Pages behind a token must not tell the next site where the reader came from. Written out,
 * because hono/secure-headers takes twice as long to set the same ones.
 */
const SAFE = Object.entries({
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Origin-Agent-Cluster": "?1",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=15552000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-DNS-Prefetch-Control": "off",
  "X-Download-Options": "noopen",
  "X-Frame-Options": "DENY",
  "X-Permitted-Cross-Domain-Policies": "none",
  "X-XSS-Protection": "0",
});
export const safeHeaders = factory.createMiddleware(async (c, next) => {
  await next();
  const { headers } = c.res;
  for (const [name, value] of SAFE) headers.set(name, value);
});

/**
 * Refuses a form posted from another site. Browsers too old to say where a post comes from are let in:
 * no door of this part acts on a cookie, so there is nothing to ride on.
 */
export const sameSite = factory.createMiddleware(async (c, next) => {
  if (c.req.method === "POST") {
    const site = c.req.header("Sec-Fetch-Site");
    const origin = c.req.header("Origin");
    if (site === "cross-site" || (origin && origin !== "null" && origin !== new URL(c.req.url).origin))
      throw problem.crossSite();
  }
  await next();
});

/**
 * True when this address or this link has sent too much in the last minute; generous, because a village shares one
 * address. The door answers 429 itself: a page must keep what was typed.
 */
export async function slowed(c: AppContext, link?: string): Promise<boolean> {
  const address = c.req.header("CF-Connecting-IP") ?? "local";
  const answers = await Promise.all([
    c.env.PER_ADDRESS?.limit({ key: address }),
    link ? c.env.PER_LINK?.limit({ key: link }) : undefined,
  ]);
  return answers.some((answer) => answer?.success === false);
}

/** How long a slowed sender is asked to wait, in seconds: the window of the two limits in wrangler.toml. */
export const SLOW_SECONDS = 60;

/** Refuses a body that is not of the named content type with 415, before anything is read. */
export function requireContentType(...accepted: string[]) {
  return factory.createMiddleware(async (c, next) => {
    if (c.req.method === "POST") {
      const type = (c.req.header("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
      if (!accepted.includes(type)) throw problem.wrongType();
    }
    await next();
  });
}
export const formBodies = requireContentType("application/x-www-form-urlencoded", "multipart/form-data");
export const jsonBodies = requireContentType("application/json");
