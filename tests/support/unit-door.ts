import { mintLink } from "../../src/db/link.ts";
import { runBatch } from "../../src/db/store.ts";
import type { TestCounty } from "./worker.ts";

/** A unit's own link, as the demo makes it. @returns its token */
export async function linkOf({ deps }: TestCounty, unitCode: string, expiresAt?: Date): Promise<string> {
  const { token, statement } = await mintLink(deps, {
    purpose: "unit",
    unitCode,
    nonce: `nonce-${unitCode}`,
    expiresAt,
    recordedAt: deps.now(),
  });
  await runBatch(deps.db, [statement]);
  return token;
}

/** Posts a page's form as a browser does. */
export const post = (county: TestCounty, path: string, fields: Record<string, string>) =>
  county.fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin" },
    body: new URLSearchParams(fields).toString(),
  });

/** A page as a reader sees it: no tags, single blanks. */
export const textOf = (html: string): string =>
  html
    .replace(/<(style|script|title)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
