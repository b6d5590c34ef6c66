import { factory } from "../http/factory.ts";
import { SENT } from "../views/assets.ts";
import { RAPID_SENT } from "../views/unit-rapid-assets.ts";
import { ROUND_SENT } from "../views/unit-round-assets.ts";
import { sending } from "./sending.ts";

/** Stylesheets and scripts under their content's name; an old name is gone, not redirected. */
export const assetRoutes = factory
  .createApp()
  .get("/assets/:name", sending({ ...SENT, ...ROUND_SENT, ...RAPID_SENT }));
