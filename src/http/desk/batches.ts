import { type Batch, findBatch } from "../../db/batch.ts";
import type { BatchRow } from "../../db/batch-row.ts";
import { isBatchNumber, type RowFault } from "../../domain/batch.ts";
import { type ListColumns, readListed } from "../../domain/batch-row.ts";
import { maskDocument, maskName, maskPhone } from "../../domain/mask.ts";
import { problem } from "../../domain/problem.ts";
import type { Lang } from "../../forms/define.ts";
import { faultOfWord } from "../../sheet/row-word.ts";
import { sheetFaultWords } from "../../sheet/words.ts";
import type { BatchRowView } from "../../views/desk/batch-rows.tsx";
import { faultLine, isBatchFault } from "../../views/desk/batch-words.ts";
import type { AppContext } from "../factory.ts";
import { whoActed } from "../unit-acts.ts";
import type { Desk } from "./door.tsx";

/** The list of the address, in this official's scope. Any other is not there. */
export async function batchOf(c: AppContext, desk: Desk): Promise<Batch> {
  const id = c.req.param("id") ?? "";
  const one = isBatchNumber(id) ? await findBatch(c.get("deps"), id) : undefined;
  if (!one || !desk.sees(one.unitCode)) throw problem.caseNotFound();
  return one;
}

/** Who decided something about a list, by unit and name whoever looks. */
export const whoSettled = (c: AppContext, actor: string): Promise<string> =>
  whoActed(c, actor, { actor: "", lang: c.get("lang") });

/** A row as a page shows it: masked, and in words why. */
export function rowView(row: BatchRow, columns: ListColumns, lang: Lang): BatchRowView {
  const { person } = readListed(row.cells, columns, "9999-12-31");
  const found = row.elsewhere ?? row;
  return {
    row: row.row,
    result: row.result,
    name: person.name ? maskName(person.name) : "–",
    document: person.document ? maskDocument(person.document.number) : "",
    phone: person.phone ? maskPhone(person.phone) : "",
    unitName: row.unitName ?? "",
    why: row.found.map((fault) => faultText(fault, lang)),
    outcome: found.outcome,
    // A row of another list stands for nobody yet.
    personId: /^PC-/.test(found.personId ?? "") ? null : (found.personId ?? null),
    looking: row.result === "new" || row.elsewhere !== undefined,
  };
}

/** What was wrong with a row: our own words, or those of the file's reader. */
export const faultText = (fault: RowFault, lang: Lang): string =>
  isBatchFault(fault[1])
    ? faultLine(fault, lang)
    : sheetFaultWords({ ...faultOfWord(fault[1]), ...(fault[0] ? { column: fault[0] } : {}) })[lang];
