import { recordAct } from "../db/audit.ts";
import { caseExists, findListed, listListed, saveOutcome } from "../db/listed.ts";
import { runBatch } from "../db/store.ts";
import { isBatchNumber, ROW_OUTCOMES, rowNumber } from "../domain/batch.ts";
import { type FieldError, problem } from "../domain/problem.ts";
import { readText } from "../domain/tip.ts";
import { readCaseNumber } from "../http/case-number.ts";
import { type AppContext, factory } from "../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../http/guards.ts";
import { refusalOf, whoActed } from "../http/unit-acts.ts";
import { openUnitDoor, readFields, sees, type UnitDoor } from "../http/unit-door.ts";
import { withLang } from "../views/layout.tsx";
import { ListedListPage, ListedPage, type ListedPageProps } from "../views/unit-listed.tsx";
import { LISTED } from "../views/unit-listed-words.ts";

/** How many the list shows; characters of an answer. */
const SHOWN = 100;
const WORDS = 500;

/* /u/<token>/listed: whom a bureau's list names here; found and registered, not found, or elsewhere. */
export const unitListedRoutes = factory
  .createApp()
  .get("/listed", async (c) => {
    const door = await openUnitDoor(c);
    const list = await listListed(c.get("deps"), door.unit.code, SHOWN);
    const own = list.filter(({ unitCode }) => sees(door, unitCode));
    return c.html(<ListedListPage door={door} list={own} limit={SHOWN} />);
  })
  .get("/listed/:batch/:row", async (c) => {
    const door = await openUnitDoor(c);
    return showListed(c, door, await listedOf(c, door));
  })
  .post("/listed/:batch/:row/reveal", async (c) => {
    const { purpose = "" } = await readFields(c);
    const door = await openUnitDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    const one = await listedOf(c, door);
    if (!Object.hasOwn(LISTED.purposes, purpose)) {
      const message = LISTED.choosePurpose[door.lang];
      return showListed(c, door, one, { errors: [{ path: "purpose", code: "required", message }] }, 422);
    }
    const { db, newId, now } = c.get("deps");
    // On record first: whoever sees it was written down.
    await runBatch(db, [
      recordAct(db, {
        ...{ id: newId(), actor: door.actor, act: `reveal-listed/${purpose}` },
        ...{ subjectId: `${one.batchId}/${one.row}`, unitCode: one.unitCode, recordedAt: now() },
      }),
    ]);
    return showListed(c, door, one, { shown: true });
  })
  .post("/listed/:batch/:row", async (c) => {
    const typed = await readFields(c);
    const door = await openUnitDoor(c);
    if (await slowed(c, door.token)) throw problem.slowDown(SLOW_SECONDS);
    const one = await listedOf(c, door);
    const read = await readAnswer(c, door, typed);
    if ("errors" in read) return showListed(c, door, one, { errors: read.errors, typed }, 422);
    const deps = c.get("deps");
    const { batchId, row, unitCode } = one;
    const { words, ...answer } = read;
    const details = { actor: door.actor, ...(words ? { words } : {}) };
    const done = await saveOutcome(deps, {
      ...{ batchId, row, unitCode, ...answer, details },
      ...{ at: door.now, auditId: deps.newId() },
    });
    if (!done) {
      const settled = await listedOf(c, door);
      const who = await whoActed(c, settled.answer?.actor ?? "", door);
      return showListed(c, door, settled, { beaten: who }, 409);
    }
    return c.redirect(door.href("/listed"), 303);
  });

/** The row of the address, owed within this door's subtree. Any other is not there. */
async function listedOf(c: AppContext, door: UnitDoor) {
  const { batch = "", row } = c.req.param();
  const number = rowNumber(row);
  const one = isBatchNumber(batch) && number ? await findListed(c.get("deps"), batch, number) : undefined;
  if (!one || !sees(door, one.unitCode)) throw problem.caseNotFound();
  return one;
}

/** A valid answer, or what must be mended: who was found has a number here; whoever was not is told in words. */
async function readAnswer(c: AppContext, door: UnitDoor, typed: Record<string, string>) {
  const { lang } = door;
  const errors: FieldError[] = [];
  const outcome = ROW_OUTCOMES.find((name) => name === typed.outcome);
  if (!outcome) errors.push({ path: "outcome", code: "required", message: LISTED.chooseOutcome[lang] });
  let words = "";
  if (typed.words?.trim() || (outcome && outcome !== "found")) {
    const fault = await refusalOf(async () => {
      words = readText(typed.words ?? "", "words", WORDS, lang);
    });
    errors.push(...(fault?.errors ?? []));
  }
  let personId: string | undefined;
  if (outcome === "found") {
    const id = readCaseNumber(typed.number ?? "");
    if (id && (await caseExists(c.get("deps").db, id, door.unit.code))) personId = id;
    else errors.push({ path: "number", code: "unknown", message: LISTED.wrongNumber[lang] });
  }
  return outcome && errors.length === 0 ? { outcome, words, ...(personId ? { personId } : {}) } : { errors };
}

function showListed(
  c: AppContext,
  door: UnitDoor,
  { answer, ...one }: Awaited<ReturnType<typeof listedOf>>,
  more: Pick<ListedPageProps, "errors" | "typed" | "beaten" | "shown"> = {},
  status: 200 | 409 | 422 = 200,
) {
  return c.html(
    <ListedPage
      {...more}
      door={door}
      one={one}
      answer={answer && { words: answer.words, byItself: answer.actor === "lists" }}
      register={withLang(`/register?unit=${one.unitCode}`, door.lang)}
    />,
    status,
  );
}
