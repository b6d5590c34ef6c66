import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { problem } from "../domain/problem.ts";
import { type AppContext, factory } from "./factory.ts";

/** The largest body any door reads, in bytes: a household of twenty with every field full stays well below. */
export const MAX_BODY = 64 * 1024;

export const limitBody = bodyLimit({
  maxSize: MAX_BODY,
  onError: () => {
    throw problem.tooLarge();
  },
});

/** Headers of every answer. Pages behind a token must not tell the next site where the reader came from. */
export const safeHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: "no-referrer",
  xFrameOptions: "DENY",
  crossOriginResourcePolicy: "same-origin",
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
