import { type CandidateCursor, countCandidates, listCandidates } from "../../db/duplicate-list.ts";
import { listProblem } from "../../domain/list-problem.ts";
import { ProblemError } from "../../domain/problem.ts";
import { isPurpose, revealPerson } from "../../http/desk/case.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { idsOf, openPair, pairView } from "../../http/desk/duplicates.tsx";
import { type AppContext, factory } from "../../http/factory.ts";
import { formBodies, SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { keepApart, mergePersons, undoDuplicate } from "../../http/submit-duplicate.ts";
import { readFields } from "../../http/unit-door.ts";
import { RECORD } from "../../views/desk/case-words.ts";
import { DuplicatePage, type DuplicateProps } from "../../views/desk/duplicate.tsx";
import { DuplicatesPage } from "../../views/desk/duplicates.tsx";

/** Pairs on a page, and up to which open ones are counted. */
const SHOWN = 30;
const COUNTED = 200;

/*
 * /desk/duplicates: who may be registered twice, side by side. Whoever settles decides; both must be theirs to see.
 */
export const duplicateRoutes = factory
  .createApp()
  .use(formBodies)
  .get("/", async (c) => {
    const desk = openDesk(c);
    const deps = c.get("deps");
    const settled = c.req.query("state") === "settled";
    const [{ lines, next }, n] = await Promise.all([
      listCandidates(deps, desk.scope, { settled, after: cursorOf(c.req.query("before")), limit: SHOWN }),
      countCandidates(deps.db, desk.scope, COUNTED),
    ]);
    return c.html(
      <DuplicatesPage
        {...{ desk, settled, lines }}
        count={{ n, most: n === COUNTED }}
        all={desk.scope.code.length < 9}
        older={next && `${next.at}.${next.person}.${next.other}`}
      />,
    );
  })
  .get("/:a/:b", (c) => show(c, openDesk(c)))
  .post("/:a/:b/merge", (c) =>
    decide(c, (asked, { stands, reason }) => mergePersons(c.get("deps"), { ...asked, stands, reason })),
  )
  .post("/:a/:b/distinct", (c) =>
    decide(c, (asked, { reason }) => keepApart(c.get("deps"), { ...asked, reason })),
  )
  .post("/:a/:b/undo", (c) =>
    decide(c, (asked, { version = "" }) => undoDuplicate(c.get("deps"), { ...asked, version })),
  )
  .post("/:a/:b/reveal", async (c) => {
    const desk = openDesk(c, "reveal");
    const typed = await readFields(c, 500);
    const pair = await openPair(c, desk);
    const { purpose, text = "" } = typed;
    const refuse = (message: string, status: 422 | 429) =>
      show(c, desk, { errors: [{ path: "purpose", code: "required", message }], typed }, status);
    if (await slowed(c, desk.actor)) {
      c.header("Retry-After", String(SLOW_SECONDS));
      return refuse(RECORD.tooFast[desk.lang], 429);
    }
    if (!isPurpose(purpose)) return refuse(RECORD.choosePurpose[desk.lang], 422);
    if (pair.sides.some(({ home }) => home.sealedOffAt)) throw listProblem.sealedOff();
    // A line for each of the two, before anything is shown.
    for (const side of pair.sides) await revealPerson(c, desk, side, { purpose, text: text.trim() });
    return c.html(<DuplicatePage {...(await pairView(c, desk, pair, true))} desk={desk} />);
  })
  // A reader who comes back by the address bar, or switches the language, sees the two as they stand.
  .get("/:a/:b/:act{merge|distinct|undo|reveal}", (c) => show(c, openDesk(c)));

type Asked = Parameters<typeof keepApart>[1];

/** Somebody who came second is told calmly how it stands now, and who was first. */
async function decide(
  c: AppContext,
  act: (asked: Asked, typed: Record<string, string | undefined>) => Promise<void>,
): Promise<Response> {
  const desk = openDesk(c, "settle");
  const typed = await readFields(c, 500);
  const ids = idsOf(c);
  const { scope, actor, lang } = desk;
  try {
    await act({ scope, actor, lang, ids }, typed);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code, errors } = error.problem;
    if (code === "duplicate-settled") return show(c, desk, { beaten: true }, 409);
    if (code === "invalid" && errors) return show(c, desk, { errors, typed }, 422);
    throw error;
  }
  return c.redirect(desk.href(`/duplicates/${ids.join("/")}`), 303);
}

async function show(
  c: AppContext,
  desk: Desk,
  more: Pick<DuplicateProps, "errors" | "typed" | "beaten"> = {},
  status: 200 | 409 | 422 | 429 = 200,
): Promise<Response> {
  const view = await pairView(c, desk, await openPair(c, desk));
  return c.html(<DuplicatePage {...view} {...more} desk={desk} />, status);
}

/** ?before=1769335200000.WY-0217-4486-1.WY-0217-4487-1. Throws cursorUnknown. */
function cursorOf(before: string | undefined): CandidateCursor | undefined {
  if (!before) return undefined;
  const [, at = "", person = "", other = ""] =
    /^(\d{1,15})\.([A-Z0-9-]{1,24})\.([A-Z0-9-]{1,24})$/.exec(before) ?? [];
  if (!at) throw listProblem.cursorUnknown();
  return { at: Number(at), person, other };
}
