import { problem } from "../domain/problem.ts";
import type { AppContext } from "../http/factory.ts";

/** Sends what stands under exactly this address. */
export function sending(assets: Readonly<Record<string, { type: string; text: string }>>) {
  return (c: AppContext): Response => {
    const sent = Object.hasOwn(assets, c.req.path) ? assets[c.req.path] : undefined;
    if (sent) return c.body(sent.text, 200, headers(sent.type));
    throw problem.notFound();
  };
}

function headers(type: string) {
  return {
    "Content-Type": `${type}; charset=utf-8`,
    "Cache-Control": "public, max-age=31536000, immutable",
  };
}
