import { problem } from "../../domain/problem.ts";
import { factory } from "../factory.ts";

/**
 * Refuses what was not posted from a page of this very site. A session's cookie is an authority that another site could
 * ride on, so whoever does not say where a post comes from is refused too.
 */
export const sameOrigin = factory.createMiddleware(async (c, next) => {
  if (c.req.method !== "GET" && c.req.method !== "HEAD") {
    const site = c.req.header("Sec-Fetch-Site");
    const origin = c.req.header("Origin");
    const own = new URL(c.req.url).origin;
    if (site ? site !== "same-origin" : origin !== own) throw problem.crossSite();
    if (origin && origin !== "null" && origin !== own) throw problem.crossSite();
  }
  await next();
});
