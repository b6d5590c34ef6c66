import { signedIn } from "../../http/desk/door.tsx";
import { sameOrigin } from "../../http/desk/same-origin.ts";
import { factory } from "../../http/factory.ts";
import { DESK_SENT } from "../../views/desk/assets.ts";
import { sending } from "../sending.ts";
import { auditRoutes } from "./audit.tsx";
import { boardRoutes } from "./board.tsx";
import { caseRoutes } from "./case.tsx";
import { contactRoutes } from "./contacts.tsx";
import { linkRoutes } from "./links.tsx";
import { meRoutes } from "./me.tsx";
import { officialRoutes } from "./officials.tsx";
import { peopleRoutes } from "./people.tsx";
import { posterRoutes } from "./posters.tsx";
import { signInRoutes } from "./sign-in.tsx";
import { ticketRoutes } from "./tickets.tsx";
import { deskTipsRoutes } from "./tips.tsx";
import { unitSettingRoutes } from "./unit-setting.tsx";
import { unitListRoutes } from "./units.tsx";

/*
 * /desk: one place for officials; a unit's own pages, /desk/units/<code>, come from the units' Worker. Everything but the sign-in pages stands behind a session; what is posted must come
 * from a page of this site.
 */
export const deskRoutes = factory
  .createApp()
  .get("/assets/:name", sending(DESK_SENT))
  .use(sameOrigin)
  .route("/", signInRoutes)
  .use(signedIn)
  .route("/", boardRoutes)
  .route("/", meRoutes)
  .route("/", officialRoutes)
  .route("/", unitListRoutes)
  .route("/", contactRoutes)
  .route("/", linkRoutes)
  .route("/", posterRoutes)
  .route("/", unitSettingRoutes)
  .route("/", peopleRoutes)
  .route("/", caseRoutes)
  .route("/tickets", ticketRoutes)
  .route("/tips", deskTipsRoutes)
  .route("/audit", auditRoutes);
