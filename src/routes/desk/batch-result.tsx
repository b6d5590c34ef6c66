import { recordAct } from "../../db/audit.ts";
import type { Batch } from "../../db/batch.ts";
import { pageRows } from "../../db/batch-row.ts";
import { runBatch } from "../../db/store.ts";
import { namesOf } from "../../db/unit.ts";
import { batchState, rowNumber } from "../../domain/batch.ts";
import { batchProblem } from "../../domain/batch-problem.ts";
import { problem } from "../../domain/problem.ts";
import { BOM, csvLine, type Sheet } from "../../domain/spreadsheet.ts";
import { localClock } from "../../domain/time.ts";
import { batchOf, rowView } from "../../http/desk/batches.ts";
import { type Desk, openDesk } from "../../http/desk/door.tsx";
import { SHEET_TYPES, streamOf, xlsxOf } from "../../http/desk/sheet-file.ts";
import { type Deps, factory } from "../../http/factory.ts";
import { SLOW_SECONDS, slowed } from "../../http/guards.ts";
import { readFields } from "../../http/unit-door.ts";
import { BatchResultPage } from "../../views/desk/batch-result.tsx";
import { outcomeWords } from "../../views/desk/batch-rows.tsx";
import { BATCH } from "../../views/desk/batch-words.ts";
import { isAgreed } from "../../views/desk/batches.tsx";

const SHOWN = 50;
/** Rows of the file read at once. */
const PAGE = 500;

/* /desk/batches/<number>/result: what goes back to the bureau, by its own rows and without whole names. */
export const batchResultRoutes = factory
  .createApp()
  .get("/", async (c) => {
    const desk = openDesk(c, "manage");
    const one = await agreedTo(await batchOf(c, desk));
    const deps = c.get("deps");
    const after = rowNumber(c.req.query("after")) ?? 0;
    const rows = await pageRows(deps, one.id, { after, upTo: one.checkedUpTo, limit: SHOWN + 1 });
    const shown = rows.slice(0, SHOWN);
    const names = await namesOf(deps.db, [one.unitCode]);
    return c.html(
      <BatchResultPage
        desk={desk}
        one={{ ...one, unitName: names.get(one.unitCode) ?? "" }}
        rows={shown.map((row) => rowView(row, one.columns ?? {}, desk.lang))}
        next={rows.length > SHOWN ? shown.at(-1)?.row : undefined}
      />,
    );
  })
  .post("/", async (c) => {
    const desk = openDesk(c, "export");
    if (await slowed(c, desk.actor)) throw problem.slowDown(SLOW_SECONDS);
    const typed = await readFields(c, 20);
    const one = await agreedTo(await batchOf(c, desk));
    const format = typed.format === "csv" ? "csv" : "xlsx";
    const deps = c.get("deps");
    // On record before a byte leaves.
    await runBatch(deps.db, [
      recordAct(deps.db, {
        ...{ id: deps.newId(), actor: desk.actor, act: "take-list-result", subjectId: one.id },
        ...{ unitCode: one.unitCode, recordedAt: desk.now, detail: `${one.rows} ${format} masked` },
      }),
    ]);
    const sheet = sheetOf(desk, one);
    const pages = pagesOf(deps, desk, one);
    const chunks = format === "csv" ? csvOf(desk, one, sheet, pages) : xlsxOf(sheet, pages);
    return c.body(streamOf(chunks), 200, {
      "Content-Type": SHEET_TYPES[format],
      "Content-Disposition": `attachment; filename="baobei-${one.id}.${format}"`,
      "Cache-Control": "no-store",
    });
  });

async function agreedTo(one: Batch): Promise<Batch> {
  if (!isAgreed(batchState(one))) throw batchProblem.notReady();
  return one;
}

async function* pagesOf(deps: Deps, { lang }: Desk, one: Batch): AsyncGenerator<string[][]> {
  for (let after = 0; ; ) {
    const rows = await pageRows(deps, one.id, { after, upTo: one.checkedUpTo, limit: PAGE });
    if (rows.length === 0) return;
    yield rows.map((row) => {
      const view = rowView(row, one.columns ?? {}, lang);
      return [
        ...[`${view.row}`, view.name, view.result ? BATCH.results[view.result][lang] : ""],
        ...[outcomeWords(view)?.[lang] ?? "", view.personId ?? "", view.unitName, view.why.join("；")],
      ];
    });
    after = rows.at(-1)?.row ?? one.lastRow;
  }
}

function sheetOf({ officer, county, today, now, zone, lang }: Desk, one: Batch): Sheet {
  const { columns } = BATCH;
  const mark = [
    `${county} ${BATCH.result[lang]} ${one.id}`,
    `${BATCH.sources[one.source][lang]} ${one.details.label}`,
    `${officer.unit.name} ${officer.name}`,
    `${today} ${localClock(now, zone)}`,
    BATCH.sum(one.rows)[lang],
  ].join(" · ");
  const heads = [
    { text: columns.row[lang], width: 8 },
    { text: columns.person[lang], width: 10 },
    { text: columns.result[lang], width: 10 },
    { text: columns.outcome[lang], width: 12 },
    { text: columns.number[lang], width: 18 },
    { text: columns.unit[lang], width: 18 },
    { text: columns.why[lang], width: 50 },
  ];
  return { name: BATCH.result[lang], mark, heads };
}

async function* csvOf(
  { lang }: Desk,
  one: Batch,
  { mark, heads }: Sheet,
  pages: AsyncIterable<string[][]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${BOM}${csvLine([`# ${mark}`])}${csvLine(heads.map(({ text }) => text))}`);
  for await (const rows of pages) yield encoder.encode(rows.map(csvLine).join(""));
  yield encoder.encode(csvLine([`# ${BATCH.end(one.rows)[lang]} · ${one.id}`]));
}
