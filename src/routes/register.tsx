import { registration } from "../../forms/registration.ts";
import { openLink } from "../db/link.ts";
import { findPostingPoint } from "../db/posting-point.ts";
import { findUnit, listChildren } from "../db/unit.ts";
import { type FieldError, type Problem, problem } from "../domain/problem.ts";
import type { RegistrationValues } from "../domain/registration.ts";
import { decodeForm } from "../forms/encode.ts";
import { validate } from "../forms/validate.ts";
import { type AppContext, type Deps, factory } from "../http/factory.ts";
import { frameOf, townsOf } from "../http/frame.ts";
import { formBodies, SLOW_SECONDS, sameSite, slowed } from "../http/guards.ts";
import { chosenLang, GOES_BACK, isClientId, lastOf, readForm, rowsAction } from "../http/page-form.ts";
import { headersOf, logFault, problemOf } from "../http/problems.ts";
import { submitRegistration } from "../http/submit.ts";
import { HONEYPOT } from "../views/form.tsx";
import { withLang } from "../views/layout.tsx";
import { keptNotice, Notice } from "../views/notice.tsx";
import { CheckPage, PickAgainPage, PickPage, type Place, RegisterPage } from "../views/register.tsx";
import { REGISTER } from "../views/words.ts";

const CACHED = { "Cache-Control": "public, max-age=300", Vary: "Accept-Language" };
const CACHED_BRIEFLY = { "Cache-Control": "public, max-age=60", Vary: "Accept-Language" };

/** A poster's door fixes the unit and is counted apart; the other asks for town and village first. */
type Door = { path: string; place: Place; posterToken?: string; postingPointId?: string };

export const registerRoutes = factory
  .createApp()
  .get("/register", async (c) => {
    const deps = c.get("deps");
    const { unit, town } = c.req.query();
    if (unit) return formPage(c, { path: "/register", place: await placeOf(deps, unit) }, CACHED);
    const found = town ? await villagesOf(deps, town) : { units: await townsOf(deps) };
    if (!found) throw problem.notFound();
    return c.html(<PickPage {...(await frameOf(c))} {...found} />, 200, CACHED);
  })
  .get("/r/:token", async (c) => formPage(c, await posterDoor(c, c.req.param("token")), CACHED_BRIEFLY))
  .post("/register", sameSite, formBodies, async (c) => {
    const sent = await readSent(c);
    const place = await placeOrNothing(c.get("deps"), lastOf(sent.entries, "_unit") ?? sent.unit);
    if (!place || sent.picking) return pickAgain(c, sent, place);
    return answer(c, sent, { path: "/register", place });
  })
  .post("/r/:token", sameSite, formBodies, async (c) => {
    const door = await posterDoor(c, c.req.param("token"));
    return answer(c, await readSent(c), door);
  });

async function formPage(c: AppContext, door: Door, headers: Record<string, string>) {
  const page = { ...(await frameOf(c)), ...door, input: {}, clientId: "" };
  return c.html(<RegisterPage {...page} fresh />, 200, headers);
}

/** A posted page: what was typed, and which button was pressed. */
async function readSent(c: AppContext) {
  const entries = await readForm(c);
  c.set("lang", chosenLang(entries) ?? c.get("lang"));
  const input = decodeForm(registration, entries);
  const sentId = lastOf(entries, "_client") ?? "";
  const page = lastOf(entries, "_page") ?? "";
  const action = lastOf(entries, "_action");
  const town = lastOf(entries, "_town") ?? (/^pick-(.+)$/.exec(page)?.[1] || undefined);
  const chosen = lastOf(entries, "_unit");
  return {
    entries,
    input,
    unit: typeof input.unit === "string" ? input.unit : "",
    clientId: isClientId(sentId) ? sentId : "",
    page,
    at: /^\d$/.exec(lastOf(entries, "_step") ?? "")?.[0],
    action,
    town: action === "change-unit" ? undefined : town,
    chosen,
    picking: action === "change-unit" || (chosen === undefined && /^pick/.test(page)),
  };
}
type Sent = Awaited<ReturnType<typeof readSent>>;

/** Everything that a button of the form or of the check page can ask for. */
async function answer(c: AppContext, sent: Sent, door: Door): Promise<Response> {
  const deps = c.get("deps");
  const { entries } = sent;
  const lang = c.get("lang");
  // The door decides the unit, whatever the page carried.
  const input = { ...sent.input, unit: door.place.code };
  const clientId = sent.clientId || deps.newId();
  const page = { ...(await frameOf(c)), ...door, input, clientId, at: sent.at };
  const form = (status: 200 | 422, more: Parameters<typeof RegisterPage>[0] | object = {}) =>
    c.html(<RegisterPage {...page} {...more} />, status, GOES_BACK);

  const rows = rowsAction(registration, input, sent.action);
  if (rows) return form(200, { input: rows.input, focus: rows.focus });
  const focus = lastOf(entries, "_change");
  if (focus !== undefined) return form(200, { focus, change: true });
  const switching = lastOf(entries, "_lang") !== undefined || sent.chosen !== undefined;
  if (switching && sent.page !== "check") return form(200);
  if (lastOf(entries, HONEYPOT)) return form(422, { notice: <Notice title={REGISTER.trap[lang]} /> });

  const judged = validate(registration, input, { lang, now: page.now, zone: page.zone });
  const go = lastOf(entries, "_go");
  const slow = !switching && (await slowed(c, door.posterToken));
  if (!judged.ok) {
    const errors = slow ? [] : judged.errors;
    return refused(
      c,
      slow ? problem.slowDown(SLOW_SECONDS).problem : problem.invalid(errors).problem,
      (fault) => (
        <RegisterPage
          {...page}
          errors={errors}
          notice={slow ? <Notice {...noticeOf(fault, lang)} /> : undefined}
        />
      ),
    );
  }
  const check = (fault?: Problem, id = clientId) => (
    <CheckPage
      {...page}
      clientId={id}
      values={judged.values}
      notice={fault ? <Notice {...noticeOf(fault, lang)} /> : undefined}
    />
  );
  if (slow) return refused(c, problem.slowDown(SLOW_SECONDS).problem, check);
  // Without a client id nothing is stored yet: the check page gives one, so that a second tap cannot register twice.
  if (go !== "submit" || switching || !sent.clientId) return c.html(check(), 200, GOES_BACK);
  return send(c, door, judged.values, clientId, (fault) => {
    if (fault.errors) return <RegisterPage {...page} errors={fault.errors} />;
    return check(fault, fault.code === "content-differs" ? deps.newId() : clientId);
  });
}

async function send(
  c: AppContext,
  door: Door,
  values: RegistrationValues,
  clientId: string,
  again: (fault: Problem) => ReturnType<typeof RegisterPage>,
): Promise<Response> {
  const lang = c.get("lang");
  try {
    const receipt = await submitRegistration(c.get("deps"), {
      clientId,
      values,
      door: door.posterToken ? "poster" : "page",
      unitCode: door.place.code,
      postingPointId: door.postingPointId,
      lang,
    });
    return c.redirect(withLang(`/p/${receipt.token}/receipt`, lang), 303);
  } catch (error) {
    // Whatever went wrong, the page comes back with everything typed and the same client id: sending again is safe.
    logFault(error, c);
    return refused(c, problemOf(error), again);
  }
}

const refused = (c: AppContext, fault: Problem, page: (fault: Problem) => ReturnType<typeof RegisterPage>) =>
  c.html(page(fault), fault.status, headersOf(fault, GOES_BACK));

const noticeOf = (fault: Problem, lang: "zh-Hans" | "zh-Hant" | "en") =>
  fault.code === "content-differs"
    ? { title: REGISTER.sentBefore[lang], help: REGISTER.sentBeforeHelp[lang] }
    : keptNotice(fault, lang);

/** The picker in the middle of a form. A unit that is not there is said on top. */
async function pickAgain(c: AppContext, sent: Sent, place: Place | undefined): Promise<Response> {
  const deps = c.get("deps");
  const lang = c.get("lang");
  const wrong = sent.chosen !== undefined || (sent.unit !== "" && !place);
  const found = (sent.town ? await villagesOf(deps, sent.town) : undefined) ?? { units: await townsOf(deps) };
  const errors: FieldError[] =
    wrong && !place
      ? [{ path: "unit", code: "unit-not-found", message: problem.unitNotFound().problem.title[lang] }]
      : [];
  return c.html(
    <PickAgainPage
      {...(await frameOf(c))}
      {...found}
      input={sent.input}
      clientId={sent.clientId}
      at={sent.at}
      keep={place?.code}
      errors={errors}
    />,
    errors.length > 0 ? 422 : 200,
    GOES_BACK,
  );
}

async function posterDoor(c: AppContext, token: string): Promise<Door> {
  const deps = c.get("deps");
  const link = await openLink(deps, token, "poster", deps.now());
  const [place, point] = await Promise.all([
    // A poster may hang at a school or a checkpoint too: its unit is whatever the link says.
    namedPlace(deps, link.unitCode),
    link.subjectId ? findPostingPoint(deps.db, link.subjectId) : undefined,
  ]);
  if (!place) throw problem.linkUnknown();
  return {
    path: `/r/${token}`,
    place: { ...place, point: point?.name },
    posterToken: token,
    ...(link.subjectId ? { postingPointId: link.subjectId } : {}),
  };
}

async function placeOf(deps: Deps, code: string): Promise<Place> {
  const place = await placeOrNothing(deps, code);
  if (!place) throw problem.notFound();
  return place;
}

/** A village of this county or what lies below one; undefined for anything else. */
async function placeOrNothing(deps: Deps, code: string): Promise<Place | undefined> {
  const within = /^\d{12}[A-Za-z0-9-]{0,12}$/.test(code) && code.startsWith(deps.settings.COUNTY_CODE);
  return within ? namedPlace(deps, code) : undefined;
}

/** A unit in words, its town's name in front. */
async function namedPlace(deps: Deps, code: string): Promise<Place | undefined> {
  const [towns, unit] = await Promise.all([townsOf(deps), findUnit(deps.db, code)]);
  if (!unit) return undefined;
  const town = towns.find((one) => one.code !== code && code.startsWith(one.code));
  return { code, name: town ? `${town.name} ${unit.name}` : unit.name };
}

async function villagesOf(deps: Deps, code: string) {
  if (!/^\d{9}$/.test(code)) return undefined;
  const [town, units] = await Promise.all([
    findUnit(deps.db, code),
    listChildren(deps.db, code, ["village"]),
  ]);
  return town ? { town: { code, name: town.name }, units } : undefined;
}
