import { recordAct } from "../../db/audit.ts";
import type { Batch } from "../../db/batch.ts";
import { type ConflictRow, findClashes, findConflict, placesOf, settleRow } from "../../db/batch-settle.ts";
import { caseExists, findListed } from "../../db/listed.ts";
import { runBatch } from "../../db/store.ts";
import { isBatchNumber, rowNumber, settlesRows } from "../../domain/batch.ts";
import { batchProblem } from "../../domain/batch-problem.ts";
import { type ListedPerson, readListed } from "../../domain/batch-row.ts";
import { maskDocument, maskName, maskPhone } from "../../domain/mask.ts";
import { type FieldError, problem } from "../../domain/problem.ts";
import { readText } from "../../domain/tip.ts";
import { readCaseNumber } from "../../http/case-number.ts";
import { batchOf, faultText, whoSettled } from "../../http/desk/batches.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { type AppContext, type Deps, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { refusalOf } from "../../http/unit-acts.ts";
import { readFields } from "../../http/unit-door.ts";
import { BatchRowPage, type BatchRowProps, type SideView } from "../../views/desk/batch-row.tsx";
import { SETTLE } from "../../views/desk/batch-settle-words.ts";
import { BATCH } from "../../views/desk/batch-words.ts";
import { LISTED } from "../../views/unit-listed-words.ts";
import { momentWords } from "../../views/unit-words.ts";

const WORDS = 500;

/* /desk/batches/<number>/rows/<row>: a row that says something else than what is known, and what an official finds it to be. */
export const batchRowRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = openDesk(c, "manage");
    const { one, row } = await conflictOf(c, desk);
    return show(c, desk, one, row);
  })
  .post("/reveal", async (c) => {
    const desk = openDesk(c, "reveal");
    if (!desk.may("manage")) throw problem.notAllowed();
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    const { one, row } = await conflictOf(c, desk);
    return show(c, desk, one, row, { shown: true });
  })
  // Who comes back by the address bar, or switches the language, sees it masked.
  .get("/reveal", async (c) => {
    const desk = openDesk(c, "manage");
    const { one, row } = await conflictOf(c, desk);
    return show(c, desk, one, row);
  })
  .post("/", async (c) => {
    const desk = openDesk(c, "manage");
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    const typed = await readFields(c, 2_000);
    const deps = c.get("deps");
    const { one, row } = await conflictOf(c, desk);
    if (row.result !== "conflicting") return show(c, desk, one, row, { beaten: true }, 409);
    if (!settlesRows(one)) throw batchProblem.notReady();
    const read = await readSettlement(deps, desk, one, row, typed);
    if ("errors" in read) return show(c, desk, one, row, { errors: read.errors, typed }, 422);
    const acting = { actor: desk.actor, auditId: deps.newId(), now: desk.now };
    const done = await settleRow(deps, one, { row: row.row, ...read }, acting, deps.settings);
    const after = await conflictOf(c, desk);
    if (!done && after.row.result === "conflicting") throw batchProblem.notReady();
    if (!done) return show(c, desk, after.one, after.row, { beaten: true }, 409);
    return c.redirect(desk.href(`/batches/${one.id}/rows/${row.row}`), 303);
  });

/** The row of the address, in a list of this official's scope that was agreed to. Any other is not there. */
async function conflictOf(c: AppContext, desk: Desk): Promise<{ one: Batch; row: ConflictRow }> {
  const one = await batchOf(c, desk);
  const number = rowNumber(c.req.param("row"));
  const row = number && one.confirmedAt ? await findConflict(c.get("deps"), one.id, number) : undefined;
  if (!row) throw problem.caseNotFound();
  return { one, row };
}

/** Who it is, which village looks, or that it is wrong; otherwise what must be mended. */
async function readSettlement(
  deps: Deps,
  { lang }: Desk,
  one: Batch,
  row: ConflictRow,
  typed: Record<string, string>,
) {
  const errors: FieldError[] = [];
  const wrong = (path: string, message: string) => errors.push({ path, code: "required", message });
  const { what = "", unit = "" } = typed;
  let words = "";
  if (typed.words?.trim() || what === "rejected") {
    const fault = await refusalOf(async () => {
      words = readText(typed.words ?? "", "words", WORDS, lang);
    });
    errors.push(...(fault?.errors ?? []));
  }
  let personId: string | undefined;
  if (what.startsWith("known:")) {
    const { persons, rows } = await findClashes(deps, one, row);
    const ids = [
      ...persons.map(({ person }) => person.personId),
      ...rows.map((twin) => `${twin.batchId}/${twin.row}`),
    ];
    personId = ids.find((id) => what === `known:${id}`);
    if (!personId) wrong("what", SETTLE.choose[lang]);
  } else if (what === "other") {
    const id = readCaseNumber(typed.number ?? "");
    if (id && (await caseExists(deps.db, id, one.unitCode))) personId = id;
    else wrong("number", LISTED.wrongNumber[lang]);
  } else if (what === "new") {
    const places = await placesOf(deps.db, one.unitCode);
    if (!places.some(({ code }) => code === unit)) wrong("unit", SETTLE.chooseUnit[lang]);
  } else if (what !== "rejected") wrong("what", SETTLE.choose[lang]);
  if (errors.length > 0) return { errors };
  if (personId) return { result: "known" as const, personId, words };
  return what === "new"
    ? { result: "new" as const, unitCode: unit, words }
    : { result: "rejected" as const, words };
}

async function show(
  c: AppContext,
  desk: Desk,
  one: Batch,
  row: ConflictRow,
  more: Pick<BatchRowProps, "shown" | "beaten" | "errors" | "typed"> = {},
  status: 200 | 409 | 422 = 200,
) {
  const deps = c.get("deps");
  const { lang, zone, today } = desk;
  const conflicting = row.result === "conflicting";
  const { person } = readListed(row.cells, one.columns ?? {}, "9999-12-31");
  const clashes = conflicting ? await findClashes(deps, one, row) : { persons: [], rows: [] };
  const whole = more.shown ?? false;
  // On record first, each by themselves: whoever sees them was written down.
  if (whole) await putOnRecord(deps, desk, one, row, clashes);
  const others: SideView[] = clashes.persons.map(({ person: { personId }, home }) => {
    const of = home.people.find(({ id }) => id === personId);
    const { phone, contactPhone, address } = home.details;
    return {
      id: personId,
      ...sideOf({ name: of?.name ?? "", document: of?.document, phone: phone ?? contactPhone }, whole),
      place: whole ? (address ?? "") : "",
    };
  });
  for (const { batchId, row: number } of clashes.rows) {
    const twin = isBatchNumber(batchId) ? await findListed(deps, batchId, number) : undefined;
    if (!twin) continue;
    others.push({
      ...{ id: `${batchId}/${number}`, of: { list: batchId, row: number, own: batchId === one.id } },
      ...sideOf(twin.person, whole),
      place: whole ? placeOf(twin.person) : twin.unitName,
    });
  }
  const { settled, settledAt } = row;
  const result = BATCH.results[row.result as keyof typeof BATCH.results]?.[lang] ?? "";
  return c.html(
    <BatchRowPage
      {...more}
      desk={desk}
      one={{ id: one.id, label: one.details.label }}
      row={{
        ...{ row: row.row, result: row.result ?? "", unitCode: row.unitCode },
        why: row.found.map((fault) => faultText(fault, lang)),
      }}
      side={{ ...sideOf(person, whole), place: whole ? placeOf(person) : person.village || person.town }}
      others={others}
      units={conflicting ? await placesOf(deps.db, one.unitCode) : []}
      minutes={deps.settings.LISTED_MINUTES}
      open={settlesRows(one)}
      settled={
        settled && settledAt
          ? {
              line: SETTLE.done(
                [result, row.personId].filter(Boolean).join(" "),
                await whoSettled(c, settled.actor),
                momentWords(settledAt, zone, lang, today),
              )[lang],
              words: settled.words,
            }
          : undefined
      }
    />,
    status,
  );
}

async function putOnRecord(
  { db, newId }: Deps,
  { actor, now }: Desk,
  one: Batch,
  row: ConflictRow,
  { persons, rows }: Awaited<ReturnType<typeof findClashes>>,
): Promise<void> {
  const line = (act: string, subjectId: string, unitCode: string, detail?: string) =>
    recordAct(db, {
      ...{ id: newId(), actor, act, subjectId, unitCode, recordedAt: now },
      ...(detail ? { detail } : {}),
    });
  await runBatch(db, [
    line("reveal-listed/check", `${one.id}/${row.row}`, row.unitCode ?? one.unitCode),
    ...persons.map(({ person, home }) => line("reveal-person", person.personId, home.unitCode, "check")),
    ...rows.map((twin) =>
      line("reveal-listed/check", `${twin.batchId}/${twin.row}`, twin.unitCode ?? one.unitCode),
    ),
  ]);
}

const sideOf = (
  {
    name,
    document,
    phone,
  }: { name: string; document?: ListedPerson["document"] | undefined; phone?: string | undefined },
  whole: boolean,
) => ({
  name: whole ? name : name ? maskName(name) : "",
  document: document?.number ? (whole ? document.number : maskDocument(document.number)) : "",
  phone: phone ? (whole ? phone : maskPhone(phone)) : "",
});
const placeOf = ({ town, village, address }: ListedPerson) =>
  [town, village, address].filter(Boolean).join(" ");
