import { recordAct, recordActIf } from "../../db/audit.ts";
import { setLanguage } from "../../db/official.ts";
import { holdsPasskey, listPasskeys, removePasskey, renamePasskey } from "../../db/passkey.ts";
import { listSessions } from "../../db/session.ts";
import { runBatch } from "../../db/store.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { MAX_LABEL, relyingParty } from "../../domain/sign-in.ts";
import { LANGS } from "../../forms/define.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { answerJson } from "../../http/desk/json.ts";
import { registerChallenge, registerPasskey } from "../../http/desk/passkey.ts";
import { type AppContext, factory } from "../../http/factory.ts";
import { jsonBodies } from "../../http/guards.ts";
import { readJson } from "../../http/json-body.ts";
import { readFields } from "../../http/unit-door.ts";
import { MePage } from "../../views/desk/me.tsx";
import { ME } from "../../views/desk/me-words.ts";
import { withLang } from "../../views/layout.tsx";

/** More sessions of one official than anybody can tell apart. */
const MAX_SESSIONS = 20;

/** /desk/me: who I am, where I am signed in, passkeys, language. */
export const meRoutes = factory
  .createApp()
  .get("/me", (c) => showMe(c, openDesk(c)))
  .post("/me/language", async (c) => {
    const desk = openDesk(c);
    const { lang: asked } = await readFields(c);
    const lang = LANGS.find((one) => one === asked);
    if (!lang) throw problem.malformedForm();
    const { db } = c.get("deps");
    await runBatch(db, [
      setLanguage(db, desk.officer.id, lang),
      recordAct(db, line(c, desk, "change-language", lang)),
    ]);
    return c.redirect(withLang("/desk/me?done=saved", lang), 303);
  })
  .post("/me/passkey/challenge", (c) => answerJson(c, () => registerChallenge(c, openDesk(c))))
  .post("/me/passkey", jsonBodies, (c) =>
    answerJson(c, async () => registerPasskey(c, openDesk(c), await readJson(c))),
  )
  .post("/me/passkey/change", async (c) => {
    const desk = openDesk(c);
    const deps = c.get("deps");
    const { id = "", remove, ...rest } = await readFields(c);
    const [path = "label", typed = ""] = Object.entries(rest).find(([name]) => /^label-\d$/.test(name)) ?? [];
    const label = typed.trim().slice(0, MAX_LABEL);
    const officialId = desk.officer.id;
    const own = await listPasskeys(deps, officialId);
    if (!own.some((one) => one.id === id)) throw problem.notFound();
    // In front of what it tells of: of several at once the first alone finds the passkey in use.
    const told = (act: string) => recordActIf(deps.db, line(c, desk, act), holdsPasskey(id, officialId));
    if (remove) {
      const taken = removePasskey(deps.db, { id, officialId, now: desk.now });
      await runBatch(deps.db, [told("remove-passkey"), taken]);
      return c.redirect(desk.href("/me?done=passkey-removed"), 303);
    }
    if (!label) {
      const errors = [{ path, code: "required", message: ME.labelNeeded[desk.lang] }];
      return showMe(c, desk, errors, 422);
    }
    const { statement } = await renamePasskey(deps, { id, officialId, label });
    await runBatch(deps.db, [told("rename-passkey"), statement]);
    return c.redirect(desk.href("/me?done=saved"), 303);
  });

async function showMe(c: AppContext, desk: Desk, errors: FieldError[] = [], status: 200 | 422 = 200) {
  const deps = c.get("deps");
  const { id } = desk.officer;
  const [sessions, passkeys] = await Promise.all([
    listSessions(deps.db, id, { now: desk.now, limit: MAX_SESSIONS }),
    listPasskeys(deps, id),
  ]);
  const asked = c.req.query("done") ?? "";
  const page = (
    <MePage
      desk={desk}
      sessions={sessions.map(({ tokenHash, ...one }) => ({ ...one, here: tokenHash === desk.session }))}
      passkeys={passkeys}
      party={relyingParty(deps.settings.PUBLIC_URL)}
      done={isDone(asked) && errors.length === 0 ? asked : undefined}
      errors={errors}
    />
  );
  return c.html(page, status);
}

const isDone = (text: string): text is keyof typeof ME.done => Object.hasOwn(ME.done, text);

const line = (c: AppContext, { actor, officer, now }: Desk, act: string, detail?: string) => {
  const subject = { subjectId: officer.id, unitCode: officer.unit.code };
  return { id: c.get("deps").newId(), actor, act, ...subject, recordedAt: now, detail };
};
