import { listDevMail } from "../db/dev-mail.ts";
import { DEMO_OFFICIALS, demoApiKey, listDoors, listPersonDoors } from "../db/door.ts";
import { findOfficerByEmail } from "../db/official.ts";
import { findUnit } from "../db/unit.ts";
import { problem } from "../domain/problem.ts";
import { type AppContext, type Deps, factory } from "../http/factory.ts";
import { sameSite } from "../http/guards.ts";
import { addSampleHouseholds } from "../http/sample-households.ts";
import { addSampleRecords } from "../http/sample-records.ts";
import { addSampleWeek } from "../http/sample-week.ts";
import { DevDoorsPage, DevMailPage, type Doors } from "../views/dev-pages.tsx";

/*
 * The doors of the local start: the development mailbox and every address of the demo. A setting that no deployment
 * carries opens them; without it there is no such page.
 */
/** Messages shown at once, and how far back a search for one recipient looks. */
const SHOWN = 500;
const A_PAGE = 30;
const SEARCHED = 5_000;

export const devRoutes = factory
  .createApp()
  .use(async (c, next) => {
    if (!c.get("deps").settings.DEV) throw problem.notFound();
    await next();
    c.header("Cache-Control", "no-store");
  })
  .get("/", async (c) => {
    const { settings, db } = c.get("deps");
    const county = await findUnit(db, settings.COUNTY_CODE);
    return c.html(
      <DevDoorsPage lang={c.get("lang")} county={county?.name ?? ""} doors={await doorsOf(c.get("deps"))} />,
    );
  })
  .get("/mail", async (c) => {
    const { settings, db } = c.get("deps");
    const county = await findUnit(db, settings.COUNTY_CODE);
    const to = c.req.query("to");
    const mails = await mailOf(c);
    const page = Math.min(Math.max(Number.parseInt(c.req.query("page") ?? "1", 10) || 1, 1), SHOWN);
    return c.html(
      <DevMailPage
        lang={c.get("lang")}
        county={county?.name ?? ""}
        mails={mails.slice((page - 1) * A_PAGE, page * A_PAGE)}
        page={page}
        more={mails.length > page * A_PAGE}
        total={mails.length}
        to={to}
        zone={settings.TIME_ZONE}
        publicUrl={settings.PUBLIC_URL}
      />,
    );
  })
  .get("/mail.json", async (c) =>
    c.json(
      (await mailOf(c)).map(({ id, from, to, subject, text, html, recordedAt }) => ({
        to,
        subject,
        text,
        html,
        at: recordedAt.toISOString(),
        from,
        id,
      })),
    ),
  )
  // npm start asks for this after it filled an empty database; asked again it adds nothing.
  .post("/households", sameSite, async (c) => {
    const deps = c.get("deps");
    if ((await listPersonDoors(deps, deps.now())).length > 0) return c.json({ added: 0 });
    const villages = (await villagesOf(deps)).map(({ code }) => code);
    return c.json({ added: await addSampleHouseholds(deps, villages) });
  })
  // And for this: the days before today, of which a test may ask alone.
  .post("/week", sameSite, async (c) => {
    const deps = c.get("deps");
    return c.json({ added: (await addSampleWeek(deps)) + (await addSampleRecords(deps)) });
  })
  .get("/doors.json", async (c) => c.json(await doorsOf(c.get("deps"))));

/** The newest messages, all or those to `?to=`. The address is sealed, so a search opens them first. */
async function mailOf(c: AppContext) {
  const to = c.req.query("to")?.trim().toLowerCase();
  const mails = await listDevMail(c.get("deps"), to ? SEARCHED : SHOWN);
  return to ? mails.filter((mail) => mail.to.toLowerCase() === to).slice(0, SHOWN) : mails;
}

/** Every door of the county, derived from its links. Villages without a poster come first. */
async function doorsOf(deps: Deps): Promise<Doors> {
  const { settings } = deps;
  const at = (path: string) => settings.PUBLIC_URL + path;
  const [units, posters, persons, apiKey, officials] = await Promise.all([
    listDoors(deps, "unit", deps.now()),
    listDoors(deps, "poster", deps.now()),
    listPersonDoors(deps, deps.now()),
    demoApiKey(deps, settings.COUNTY_CODE),
    officialsOf(deps),
  ]);
  const postered = new Set(posters.map(({ code }) => code));
  const plain = units.filter(({ code, kind }) => kind === "village" && !postered.has(code));
  const rest = units.filter((unit) => !plain.includes(unit));
  return {
    register: at("/register"),
    poster: posters.map(({ token }) => at(`/r/${token}`)),
    tip: at("/tip"),
    tipStatus: at("/tip/status"),
    units: [...plain, ...rest].map(({ code, name, token }) => ({ code, name, url: at(`/u/${token}`) })),
    persons: persons.map(({ token, ...person }) => ({ ...person, url: at(`/p/${token}`) })),
    rounds: units
      .filter(({ kind }) => kind === "village" || kind === "grid")
      .map(({ code, name, token }) => ({ code, name, url: at(`/u/${token}/round`) })),
    officials: officials.map(({ unitCode: unit, ...one }) => ({
      ...one,
      unit,
      url: at(`/dev/sign-in?${new URLSearchParams({ as: one.email })}`),
    })),
    summary: at(`/api/v1/summary?unit=${settings.COUNTY_CODE}`),
    apiKey,
    mail: at("/dev/mail"),
    openapi: at("/api/v1/openapi.json"),
  };
}

/** The demo's officials who hold an office still. */
async function officialsOf(deps: Deps) {
  const held = await Promise.all(DEMO_OFFICIALS.map(({ email }) => findOfficerByEmail(deps, email)));
  return DEMO_OFFICIALS.filter((_, at) => held[at]);
}

/** Villages with a link of their own and no poster, by code: sample households live in the last of them. */
async function villagesOf(deps: Deps) {
  const [units, posters] = await Promise.all([
    listDoors(deps, "unit", deps.now()),
    listDoors(deps, "poster", deps.now()),
  ]);
  const postered = new Set(posters.map(({ code }) => code));
  return units.filter(({ code, kind }) => kind === "village" && !postered.has(code));
}
