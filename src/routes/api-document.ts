import { anyoneObserved } from "../db/observation.ts";
import { listChildren } from "../db/unit.ts";
import { factory } from "../http/factory.ts";
import { openApiDocument } from "../http/openapi.ts";

/** The document that describes every door for programs. */
export const apiDocumentRoutes = factory.createApp().get("/openapi.json", async (c) => {
  const { deps, lang } = c.var;
  const { settings, db } = deps;
  const [town] = await listChildren(db, settings.COUNTY_CODE, ["town"]);
  const [village] = town ? await listChildren(db, town.code, ["village"]) : [];
  // Case numbers are no secret of a demo county; of any other they are.
  const person = settings.DEV && (await anyoneObserved(db, deps.now(), settings.TIME_ZONE));
  const document = openApiDocument({
    lang,
    now: deps.now(),
    zone: settings.TIME_ZONE,
    serverUrl: settings.PUBLIC_URL,
    county: settings.COUNTY_CODE,
    person: person || undefined,
    village: village?.code ?? `${settings.COUNTY_CODE}001001`,
  });
  return c.json(document, 200, {
    "Cache-Control": "public, max-age=60",
    "Content-Language": lang,
    Vary: "Accept-Language",
  });
});
