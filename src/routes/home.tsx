import { factory } from "../http/factory.ts";
import { frameOf } from "../http/frame.ts";
import { HomePage } from "../views/home.tsx";

/** The first page: which door for whom. */
export const homeRoutes = factory.createApp().get("/", async (c) =>
  c.html(<HomePage {...(await frameOf(c))} />, 200, {
    "Cache-Control": "public, max-age=300",
    Vary: "Accept-Language",
  }),
);
