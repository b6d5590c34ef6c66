import { hashToken } from "../db/privacy.ts";
import type { AppContext } from "./factory.ts";

/** A text answered as JSON with a tag made of its bytes: 304 without them where the asker has the same. */
export async function answerJson(
  c: AppContext,
  text: string,
  headers: { "Cache-Control": string; [name: string]: string },
): Promise<Response> {
  const tag = `"${(await hashToken(text)).slice(0, 22)}"`;
  const all = { Vary: "Authorization", ...headers, ETag: tag };
  const known = (c.req.header("If-None-Match") ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (known.includes(tag) || known.includes("*")) return c.body(null, 304, all);
  return c.body(text, 200, { ...all, "Content-Type": "application/json; charset=utf-8" });
}

/** What a key is answered is for its holder alone. */
export const PRIVATE = { "Cache-Control": "private, no-store" };
