import { actorOf } from "../../db/official.ts";
import { findSession, signOut } from "../../db/session.ts";
import { findByLink, signInByLetter, tryCode } from "../../db/sign-in.ts";
import { runBatch } from "../../db/store.ts";
import { problem } from "../../domain/problem.ts";
import { deskBack, readCode, readEmail, relyingParty } from "../../domain/sign-in.ts";
import { dropSession, readSession, readWaiting } from "../../http/desk/cookie.ts";
import { answerJson } from "../../http/desk/json.ts";
import { signInChallenge, signInWithPasskey } from "../../http/desk/passkey.ts";
import { askForLetter, beginAtDesk } from "../../http/desk/sign-in.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { frameOf } from "../../http/frame.ts";
import { jsonBodies, SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { readJson } from "../../http/json-body.ts";
import { readFields } from "../../http/unit-door.ts";
import { CodePage, DeadPage, LinkPage, SignedOutPage, SignInPage } from "../../views/desk/sign-in.tsx";
import { SIGN_IN } from "../../views/desk/sign-in-words.ts";
import { withLang } from "../../views/layout.tsx";

/*
 * /desk/sign-in: a letter with a link and a code, or a passkey. /desk/sign-out. All that stands in front of a session.
 * An address that no office has is answered as any other.
 */
export const signInRoutes = factory
  .createApp()
  .use(async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  })
  .get("/sign-in", (c) => showSignIn(c, { back: deskBack(c.req.query("back")) }))
  .post("/sign-in", async (c) => {
    const { email = "", back: asked } = await readFields(c);
    const back = deskBack(asked);
    const refuse = (code: string, words: (typeof SIGN_IN)["slow"], status: 422 | 429) => {
      const errors = [{ path: "email", code, message: words[c.get("lang")] }];
      return showSignIn(c, { back, errors, typed: email.slice(0, 254) }, status);
    };
    const address = readEmail(email);
    if (!address) return refuse("email", SIGN_IN.emailNeeded, 422);
    const asks = !(await slowed(c)) && (await askForLetter(c, address, back));
    if (!asks) return refuse("slow-down", SIGN_IN.slow, 429);
    return c.redirect(withLang("/desk/sign-in/code", c.get("lang")), 303);
  })
  .get("/sign-in/code", async (c) => {
    const waiting = readWaiting(c);
    if (!waiting) return c.redirect(withLang("/desk/sign-in", c.get("lang")), 303);
    return c.html(<CodePage frame={await frameOf(c)} back={waiting.back} />);
  })
  .post("/sign-in/code", async (c) => {
    const { code: typed = "" } = await readFields(c);
    const waiting = readWaiting(c);
    if (!waiting) return showDead(c, "/desk");
    const { id, back } = waiting;
    const refuse = async (words: (typeof SIGN_IN)["codeNeeded"]) => {
      const frame = await frameOf(c);
      const errors = [{ path: "code", code: "code", message: words[frame.lang] }];
      return c.html(<CodePage frame={frame} back={back} errors={errors} typed={typed.slice(0, 20)} />, 422);
    };
    if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
    const code = readCode(typed);
    if (!code) return refuse(SIGN_IN.codeNeeded);
    const deps = c.get("deps");
    const tried = await tryCode(deps, { id, code, now: deps.now() });
    if (typeof tried === "number") return refuse(SIGN_IN.wrong(tried));
    const begun =
      tried === "right" && (await beginAtDesk(c, "code", (entry) => signInByLetter(deps.db, id, entry)));
    return begun ? c.redirect(back, 303) : showDead(c, back);
  })
  .get("/sign-in/:token{[0-9a-f]{32}}", async (c) => {
    const { token } = c.req.param();
    const deps = c.get("deps");
    const found = await findByLink(deps, token, deps.now());
    if (!found) return showDead(c, readWaiting(c)?.back ?? "/desk");
    return c.html(<LinkPage frame={await frameOf(c)} token={token} officer={found.officer} />);
  })
  .post("/sign-in/:token{[0-9a-f]{32}}", async (c) => {
    const deps = c.get("deps");
    const back = readWaiting(c)?.back ?? "/desk";
    if (await slowed(c)) throw problem.slowDown(SLOW_SECONDS);
    const found = await findByLink(deps, c.req.param("token"), deps.now());
    const begun =
      found && (await beginAtDesk(c, "link", (entry) => signInByLetter(deps.db, found.id, entry)));
    return begun ? c.redirect(back, 303) : showDead(c, back);
  })
  .post("/sign-in/passkey/challenge", (c) => answerJson(c, () => signInChallenge(c)))
  .post("/sign-in/passkey", jsonBodies, (c) =>
    answerJson(c, async () => signInWithPasskey(c, await readJson(c))),
  )
  .post("/sign-out", async (c) => {
    const all = (await readFields(c)).all === "1";
    await leave(c, all);
    return c.redirect(withLang(all ? "/desk/signed-out?all=1" : "/desk/signed-out", c.get("lang")), 303);
  })
  .get("/signed-out", async (c) =>
    c.html(<SignedOutPage frame={await frameOf(c)} all={c.req.query("all") === "1"} />),
  );

async function showSignIn(
  c: AppContext,
  more: { back: string; errors?: Parameters<typeof SignInPage>[0]["errors"]; typed?: string },
  status: 200 | 422 | 429 = 200,
) {
  if (status === 429) c.header("Retry-After", String(SLOW_SECONDS));
  const party = relyingParty(c.get("deps").settings.PUBLIC_URL);
  const page = (
    <SignInPage {...more} frame={await frameOf(c)} waiting={readWaiting(c) !== undefined} party={party} />
  );
  return c.html(page, status);
}

const showDead = async (c: AppContext, back: string) =>
  c.html(<DeadPage frame={await frameOf(c)} back={back} />, 410);

/** Whoever is not signed in any more is signed out all the same. */
async function leave(c: AppContext, all: boolean): Promise<void> {
  const { newId, now, ...store } = c.get("deps");
  const token = readSession(c);
  dropSession(c);
  const found = token && (await findSession(store, token, now()));
  if (!found) return;
  const { officer, tokenHash } = found;
  const act = {
    ...{ id: newId(), actor: actorOf(officer), act: "sign-out", subjectId: officer.id },
    ...{ unitCode: officer.unit.code, recordedAt: now(), detail: all ? "everywhere" : "here" },
  };
  await runBatch(store.db, signOut(store.db, all ? { officialId: officer.id } : { tokenHash }, act));
}
