import { getCookie, setCookie } from "hono/cookie";
import { tip as form } from "../../../forms/tip.ts";
import { countTips, listTips } from "../../db/tip-desk.ts";
import { listChildren, unitPath } from "../../db/unit.ts";
import { checkCaseNumber } from "../../domain/identity.ts";
import { type FieldError, type Problem, problem } from "../../domain/problem.ts";
import { MINUTE } from "../../domain/time.ts";
import { readTipCursor, TIP_PAGE, TIP_TABS, type TipTab, writeTipCursor } from "../../domain/tip-desk.ts";
import { decodeForm } from "../../forms/encode.ts";
import { validate } from "../../forms/validate.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { townsOf } from "../../http/frame.ts";
import { formBodies, SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { chosenLang, isClientId, lastOf, readForm } from "../../http/page-form.ts";
import { headersOf, logFault, problemOf } from "../../http/problems.ts";
import { submitTip } from "../../http/submit.ts";
import { readFields } from "../../http/unit-door.ts";
import { type CodeShown, NewTipPage, type NewTipProps, ReadOutPage } from "../../views/desk/tip-new.tsx";
import { TipsPage } from "../../views/desk/tips.tsx";
import { TIPS } from "../../views/desk/tips-words.ts";
import { withLang } from "../../views/layout.tsx";
import { keptNotice } from "../../views/notice.tsx";
import { deskTipRoutes } from "./tip.tsx";

/*
 * /desk/tips: the queue, and a tip entered for somebody on the telephone. One tip is tip.tsx's.
 */
export const deskTipsRoutes = factory
  .createApp()
  .get("/", (c) => queue(c))
  // Posted: a telephone typed here by mistake must stand in no address.
  .post("/", formBodies, async (c) => {
    const desk = openDesk(c);
    const { number: typed = "" } = await readFields(c, 200);
    const number = checkCaseNumber(typed);
    return number?.startsWith("T-") ? c.redirect(desk.href(`/tips/${number}`), 303) : queue(c, typed);
  })
  .get("/new", async (c) => {
    const desk = openDesk(c, "settle");
    return c.html(<NewTipPage {...(await newFrame(c, desk))} input={{}} clientId={c.get("deps").newId()} />);
  })
  .post("/new", formBodies, enter)
  .get("/receipt", async (c) => {
    const desk = openDesk(c, "settle");
    const shown = await readCode(c, desk);
    return shown ? c.html(<ReadOutPage desk={desk} shown={shown} />) : c.redirect(desk.href("/tips"), 303);
  })
  .post("/receipt", formBodies, async (c) => {
    const desk = openDesk(c, "settle");
    const shown = await readCode(c, desk);
    setCode(c, "", 0);
    return c.redirect(desk.href(shown && desk.sees(shown.holder) ? `/tips/${shown.tipId}` : "/tips"), 303);
  })
  .route("/", deskTipRoutes);

/** A tab that is not looked at is counted so far; the page itself says how many there are on the other. */
const COUNTED = 10;

/** @param typed what was looked for, and is no tip's number */
async function queue(c: AppContext, typed?: string): Promise<Response> {
  const desk = openDesk(c);
  const { db } = c.get("deps");
  const { lang, scope } = desk;
  const errors: FieldError[] =
    typed === undefined ? [] : [{ path: "number", code: "shape", message: TIPS.findWrong[lang] }];
  const tab: TipTab = TIP_TABS.find((one) => one === c.req.query("tab")) ?? "open";
  const cursor = c.req.query("after");
  const after = cursor === undefined ? undefined : readTipCursor(cursor);
  // An address that was altered: the list from its beginning, rather than a guess.
  if (cursor !== undefined && !after) return c.redirect(desk.href(`/tips?tab=${tab}`), 303);
  const own = desk.officer.unit.code;
  const [{ lines, next }, open, mine] = await Promise.all([
    listTips(db, { tab, scope, own, after }),
    tab === "open" && !after ? 0 : countTips(db, { tab: "open", scope, own }, COUNTED),
    tab === "mine" && !after ? 0 : countTips(db, { tab: "mine", scope, own }, COUNTED),
  ]);
  const here = { n: lines.length, more: next !== undefined && lines.length === TIP_PAGE };
  const counted = (n: number) => ({ n, more: n === COUNTED });
  return c.html(
    <TipsPage
      desk={desk}
      tab={tab}
      lines={lines}
      next={next && writeTipCursor(next)}
      continued={after !== undefined}
      counts={{
        open: tab === "open" && !after ? here : counted(open),
        mine: tab === "mine" && !after ? here : counted(mine),
      }}
      typed={typed?.slice(0, 40)}
      errors={errors}
      done={
        c.req.query("done") === "handed" ? (
          <div class="note" role="status">
            <p>
              <strong>{TIPS.done.handed[lang]}</strong>
            </p>
          </div>
        ) : undefined
      }
    />,
    errors.length > 0 ? 422 : 200,
  );
}

/** The same form, validation and client id as at the public's door; who entered it is on record. */
async function enter(c: AppContext): Promise<Response> {
  openDesk(c, "settle");
  const deps = c.get("deps");
  const entries = await readForm(c);
  c.set("lang", chosenLang(entries) ?? c.get("lang"));
  const desk: Desk = { ...openDesk(c, "settle"), lang: c.get("lang") };
  desk.href = (path) => withLang(desk.at(path), desk.lang);
  const { lang, now, zone } = desk;
  const input = decodeForm(form, entries);
  const sentId = lastOf(entries, "_client") ?? "";
  const clientId = isClientId(sentId) ? sentId : deps.newId();
  const page = { ...(await newFrame(c, desk)), input, clientId };
  if (lastOf(entries, "_lang") !== undefined) return c.html(<NewTipPage {...page} />);
  const again = (fault: Problem) =>
    c.html(
      <NewTipPage
        {...page}
        clientId={fault.code === "content-differs" ? deps.newId() : clientId}
        errors={fault.errors ?? []}
        notice={fault.errors ? undefined : noticeOf(fault, lang)}
      />,
      fault.status,
      headersOf(fault),
    );
  if (await slowed(c, desk.actor)) return again(problem.slowDown(SLOW_SECONDS).problem);
  const judged = validate(form, input, { lang, now, zone });
  if (!judged.ok) return again(problem.invalid(judged.errors).problem);
  const { values } = judged;
  if (!values.unit.startsWith(deps.settings.COUNTY_CODE)) {
    const { title } = problem.unitNotFound().problem;
    return again(problem.answer("unit", "unit-not-found", title, lang).problem);
  }
  try {
    const sent = { clientId, values, actor: desk.actor, lang };
    const { tipNumber, code, unitCode, verifyDueAt } = await submitTip(deps, { ...sent, door: "desk" });
    const path = await unitPath(deps.db, unitCode);
    const names = (path.length > 1 ? path.slice(1) : path).map(({ name }) => name);
    const shown: Kept = {
      ...{ tipId: tipNumber, code, holder: unitCode, unitName: names.join(" ") },
      ...{ dueAt: verifyDueAt.getTime(), until: now.getTime() + RECEIPT_MINUTES * MINUTE },
    };
    setCode(c, await deps.privacy.seal(shown, desk.actor, "tip-code"), RECEIPT_MINUTES * 60);
    return c.redirect(desk.href("/tips/receipt"), 303);
  } catch (error) {
    // Whatever went wrong, the page comes back with everything typed and the same client id: sending again is safe.
    logFault(error, c);
    return again(problemOf(error));
  }
}

const noticeOf = (fault: Problem, lang: Desk["lang"]): NewTipProps["notice"] =>
  fault.code === "content-differs" ? { title: TIPS.sentBefore[lang] } : keptNotice(fault, lang);

/** Where a caller's tip can be about: the county, its towns, and what lies directly below the official's own unit. */
async function newFrame(c: AppContext, desk: Desk) {
  const deps = c.get("deps");
  const { code, kind, name } = desk.officer.unit;
  const whole = { code: deps.settings.COUNTY_CODE, name: TIPS.whole(desk.county)[desk.lang] };
  const [towns, below] = await Promise.all([
    townsOf(deps),
    kind === "county" ? [] : listChildren(deps.db, code),
  ]);
  const own = [...(kind === "county" || kind === "town" ? [] : [{ code, name }]), ...below];
  return { desk, units: [...own, whole, ...towns] };
}

/** How long the official's browser can show the code: a telephone call. */
const RECEIPT_MINUTES = 30;
const COOKIE = "__Secure-tip-code";
type Kept = CodeShown & { holder: string; until: number };

const setCode = (c: AppContext, sealed: string, maxAge: number): void =>
  setCookie(c, COOKIE, sealed, {
    ...{ path: "/desk/tips", httpOnly: true, secure: true, sameSite: "Strict", maxAge },
  });

/** The code that this very official entered; sealed for them, so that whoever comes next to this browser reads nothing. */
async function readCode(c: AppContext, desk: Desk): Promise<Kept | undefined> {
  const { privacy, now } = c.get("deps");
  const sealed = getCookie(c, COOKIE);
  if (!sealed) return undefined;
  try {
    const kept = await privacy.open<Kept>(sealed, desk.actor, "tip-code");
    return kept.until > now().getTime() ? kept : undefined;
  } catch {
    // Altered, another official's, or sealed under a secret that is gone.
    return undefined;
  }
}
