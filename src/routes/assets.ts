import { problem } from "../domain/problem.ts";
import { factory } from "../http/factory.ts";
import { SENT } from "../views/assets.ts";

/** Stylesheets and scripts under their content's name; an old name is gone, not redirected. */
export const assetRoutes = factory.createApp().get("/assets/:name", (c) => {
  const sent = Object.hasOwn(SENT, c.req.path) ? SENT[c.req.path] : undefined;
  if (sent) return c.body(sent.text, 200, headers(sent.type));
  throw problem.notFound();
});

const headers = (type: string) => ({
  "Content-Type": `${type}; charset=utf-8`,
  "Cache-Control": "public, max-age=31536000, immutable",
});
