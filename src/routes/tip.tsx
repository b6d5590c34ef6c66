import { getCookie, setCookie } from "hono/cookie";
import { tip } from "../../forms/tip.ts";
import { findTipByCode } from "../db/tip.ts";
import { markRead } from "../db/tip-message.ts";
import { unitPath } from "../db/unit.ts";
import { type FieldError, type Problem, ProblemError, problem } from "../domain/problem.ts";
import { MINUTE } from "../domain/time.ts";
import type { TipValues } from "../domain/tip.ts";
import { decodeForm } from "../forms/encode.ts";
import { validate } from "../forms/validate.ts";
import { type AppContext, type Deps, factory } from "../http/factory.ts";
import { frameOf, townsOf } from "../http/frame.ts";
import { formBodies, SLOW_SECONDS, sameSite, slowed } from "../http/guards.ts";
import { chosenLang, GOES_BACK, isClientId, lastOf, readForm } from "../http/page-form.ts";
import { headersOf, logFault, problemOf } from "../http/problems.ts";
import { addToTip, submitTip } from "../http/submit.ts";
import { HONEYPOT } from "../views/form.tsx";
import { withLang } from "../views/layout.tsx";
import { keptNotice, Notice } from "../views/notice.tsx";
import { TipGonePage, TipPage, TipReceiptPage, type TipReceiptShown } from "../views/tip.tsx";
import { TipCodePage, TipStatusPage } from "../views/tip-status.tsx";
import { TIP } from "../views/tip-words.ts";

const NEVER = { "Cache-Control": "no-store", "X-Robots-Tag": "noindex" };
const FORM_PAGE = { ...GOES_BACK, "X-Robots-Tag": "noindex" };
/** How long the sender's browser can show the receipt code: the time to find paper. */
const RECEIPT_MINUTES = 30;
const COOKIE = "tip_receipt";

export const tipRoutes = factory
  .createApp()
  // Asked for anew each time: the page carries a fresh client id, so that a tip sent twice without JavaScript is stored once.
  .get("/tip", async (c) => {
    const deps = c.get("deps");
    return c.html(<TipPage {...(await tipFrame(c))} input={{}} clientId={deps.newId()} />, 200, FORM_PAGE);
  })
  .post("/tip", sameSite, formBodies, leaveTip)
  .get("/tip/receipt", async (c) => {
    const frame = await frameOf(c);
    const receipt = await readReceipt(c);
    if (!receipt) return c.html(<TipGonePage {...frame} />, 200, NEVER);
    const link = `${c.get("deps").settings.PUBLIC_URL}/tip/status`;
    return c.html(<TipReceiptPage {...frame} receipt={receipt} link={link} />, 200, NEVER);
  })
  .post("/tip/receipt", sameSite, formBodies, (c) => {
    setReceipt(c, "", 0);
    return c.redirect(withLang("/tip/receipt", c.get("lang")), 303);
  })
  .get("/tip/status", async (c) => c.html(<TipCodePage {...(await frameOf(c))} />, 200, FORM_PAGE))
  .post("/tip/status", sameSite, formBodies, lookUp);

async function leaveTip(c: AppContext): Promise<Response> {
  const deps = c.get("deps");
  const entries = await readForm(c);
  c.set("lang", chosenLang(entries) ?? c.get("lang"));
  const lang = c.get("lang");
  const input = decodeForm(tip, entries);
  const sentId = lastOf(entries, "_client") ?? "";
  const clientId = isClientId(sentId) ? sentId : deps.newId();
  const page = { ...(await tipFrame(c)), input, clientId };
  if (lastOf(entries, "_lang") !== undefined) return c.html(<TipPage {...page} />, 200, FORM_PAGE);
  if (lastOf(entries, HONEYPOT))
    return c.html(<TipPage {...page} notice={<Notice title={TIP.trap[lang]} />} />, 422, FORM_PAGE);

  const again = (fault: Problem) =>
    c.html(
      <TipPage
        {...page}
        clientId={fault.code === "content-differs" ? deps.newId() : clientId}
        errors={fault.errors ?? []}
        notice={fault.errors ? undefined : <Notice {...noticeOf(fault, lang)} />}
      />,
      fault.status,
      headersOf(fault, FORM_PAGE),
    );
  if (await slowed(c)) return again(problem.slowDown(SLOW_SECONDS).problem);
  const judged = validate(tip, input, { lang, now: page.now, zone: page.zone });
  if (!judged.ok) return again(problem.invalid(judged.errors).problem);
  if (!judged.values.unit.startsWith(deps.settings.COUNTY_CODE)) {
    const title = problem.unitNotFound().problem.title;
    return again(problem.answer("unit", "unit-not-found", title, lang).problem);
  }
  return keepTip(c, clientId, judged.values, again);
}

async function keepTip(
  c: AppContext,
  clientId: string,
  values: TipValues,
  again: (fault: Problem) => Response | Promise<Response>,
): Promise<Response> {
  const deps = c.get("deps");
  const lang = c.get("lang");
  try {
    const { tipNumber, code, unitCode, verifyDueAt } = await submitTip(deps, {
      clientId,
      values,
      door: "page",
      lang,
    });
    const shown: TipReceiptShown & { until: number } = {
      tipNumber,
      code,
      unitName: await unitName(deps, unitCode),
      verifyDueAt: verifyDueAt.getTime(),
      top: unitCode === deps.settings.COUNTY_CODE,
      until: deps.now().getTime() + RECEIPT_MINUTES * MINUTE,
    };
    setReceipt(c, await deps.privacy.seal(shown, "receipt", "tip"), RECEIPT_MINUTES * 60);
    return c.redirect(withLang("/tip/receipt", lang), 303);
  } catch (error) {
    // Whatever went wrong, the page comes back with everything typed and the same client id: sending again is safe.
    logFault(error, c);
    return again(problemOf(error));
  }
}

/** Looks a tip up, or adds to it: `_go=add`. Everything comes in the body, so that no address or log holds a code. */
async function lookUp(c: AppContext): Promise<Response> {
  const deps = c.get("deps");
  const entries = await readForm(c);
  c.set("lang", chosenLang(entries) ?? c.get("lang"));
  const lang = c.get("lang");
  const frame = await frameOf(c);
  const code = (lastOf(entries, "code") ?? "").slice(0, 100);
  const typed = lastOf(entries, "text");
  const go = lastOf(entries, "_go");
  const switching = lastOf(entries, "_lang") !== undefined;
  const ask = (fault?: Problem) =>
    c.html(
      <TipCodePage {...frame} code={code} errors={fault ? errorsOf(fault, "code", lang) : []} />,
      fault ? fault.status : 200,
      fault ? headersOf(fault, FORM_PAGE) : FORM_PAGE,
    );
  if (switching && typed === undefined) return ask();
  if (!switching && (await slowed(c))) return ask(problem.slowDown(SLOW_SECONDS).problem);
  try {
    let fault: Problem | undefined;
    const sentId = lastOf(entries, "_client") ?? "";
    const adding = go === "add" && !switching;
    if (adding) fault = await adds(deps, { clientId: sentId, code, text: typed ?? "", lang });
    const found = await findTipByCode(deps, code, lang);
    const added = adding && !fault;
    // What the officials wrote counts as seen once it is shown; nobody else has the code.
    const answered = found.messages.some(({ author }) => author === "official");
    const fresh = answered ? await markRead(deps, found, frame.now) : new Set<string>();
    return c.html(
      <TipStatusPage
        {...frame}
        shown={{ ...found, unitName: await unitName(deps, found.holder) }}
        fresh={fresh}
        code={code}
        clientId={added || !isClientId(sentId) ? deps.newId() : sentId}
        text={added ? "" : (typed ?? "")}
        added={added}
        errors={fault ? errorsOf(fault, "text", lang) : []}
      />,
      fault ? fault.status : 200,
      NEVER,
    );
  } catch (error) {
    if (error instanceof ProblemError) return ask(error.problem);
    throw error;
  }
}

/** What is wrong with an addition itself; a wrong code is thrown on. */
async function adds(
  deps: Deps,
  request: Parameters<typeof addToTip>[1] & { lang: "zh-Hans" | "zh-Hant" | "en" },
): Promise<Problem | undefined> {
  try {
    const clientId = isClientId(request.clientId) ? request.clientId : deps.newId();
    await addToTip(deps, { ...request, clientId });
    return undefined;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, errors } = error.problem;
    if (code === "code-unknown" || errors?.[0]?.path === "code") throw error;
    return error.problem;
  }
}

/** A problem as the error of one field: its own words, or its title where it has none. */
const errorsOf = (fault: Problem, path: string, lang: "zh-Hans" | "zh-Hant" | "en"): FieldError[] =>
  fault.errors ?? [{ path, code: fault.code, message: fault.title[lang] }];

const noticeOf = (fault: Problem, lang: "zh-Hans" | "zh-Hant" | "en") =>
  fault.code === "content-differs"
    ? { title: TIP.sentBefore[lang], help: TIP.sentBeforeHelp[lang] }
    : keptNotice(fault, lang);

async function tipFrame(c: AppContext) {
  const deps = c.get("deps");
  const frame = await frameOf(c);
  const whole = { code: deps.settings.COUNTY_CODE, name: TIP.whole(frame.county)[frame.lang] };
  return { ...frame, units: [whole, ...(await townsOf(deps))] };
}

async function unitName(deps: Deps, code: string): Promise<string> {
  const path = await unitPath(deps.db, code);
  return (path.length > 1 ? path.slice(1) : path).map((unit) => unit.name).join(" ");
}

function setReceipt(c: AppContext, sealed: string, maxAge: number): void {
  setCookie(c, COOKIE, sealed, {
    path: "/tip",
    httpOnly: true,
    sameSite: "Lax",
    secure: new URL(c.req.url).protocol === "https:",
    maxAge,
  });
}

async function readReceipt(c: AppContext): Promise<TipReceiptShown | undefined> {
  const deps = c.get("deps");
  const sealed = getCookie(c, COOKIE);
  if (!sealed) return undefined;
  try {
    const shown = await deps.privacy.open<TipReceiptShown & { until: number }>(sealed, "receipt", "tip");
    return shown.until > deps.now().getTime() ? shown : undefined;
  } catch {
    // Altered, or sealed under a secret that is gone: there is nothing to show.
    return undefined;
  }
}
