import { Zip, ZipDeflate } from "fflate";
import type { ExportRequest } from "../../db/export.ts";
import type { Cursor, Page } from "../../db/export-page.ts";
import { pageOf, whichOf } from "../../db/export-rows.ts";
import { findUnit } from "../../db/unit.ts";
import { type ExportKind, type LineRow, maskLine, type RowOf } from "../../domain/export.ts";
import {
  BOM,
  csvLine,
  HEAD_ROWS,
  SHEET_PATH,
  type Sheet,
  xlsxFoot,
  xlsxHead,
  xlsxParts,
  xlsxRow,
} from "../../domain/spreadsheet.ts";
import { localClock } from "../../domain/time.ts";
import { ABOUT_SENDER, mayReachSender } from "../../domain/tip-desk.ts";
import { columnsOf } from "../../views/desk/export-columns.ts";
import { EXPORT } from "../../views/desk/export-words.ts";
import type { Deps } from "../factory.ts";
import type { Desk } from "./door.tsx";

/** Rows read at once: a page of the line list opens a thousand sealed texts. */
const PAGE = 500;
const TYPES = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A file that is ready to leave: its first rows are read, the others are as they are asked for. */
export type ExportFile = { headers: Record<string, string>; body: ReadableStream<Uint8Array> };

/** Opens an export as a file. Nothing of it has left yet, and what it tells is as at the desk's moment. */
export async function openFile(deps: Deps, desk: Desk, one: ExportRequest): Promise<ExportFile> {
  const pages = pagesOf(deps, desk, one);
  const first = await pages.next();
  async function* all() {
    if (first.done) return;
    yield first.value;
    yield* pages;
  }
  const sheet = sheetOf(desk, one);
  const chunks = one.format === "csv" ? csvOf(desk, one, sheet, all()) : xlsxOf(sheet, all());
  return {
    headers: {
      "Content-Type": TYPES[one.format],
      "Content-Disposition": `attachment; filename="baobei-${one.id}.${one.format}"`,
      "Cache-Control": "no-store",
    },
    body: streamOf(chunks),
  };
}

/** Pages of cells, no more rows than were counted. */
async function* pagesOf(deps: Deps, desk: Desk, one: ExportRequest): AsyncGenerator<string[][]> {
  const { now, zone, lang } = desk;
  const unit = await findUnit(deps.db, one.filter.unit);
  const which = whichOf(one.filter, unit?.kind === "grid", one.recordedAt, zone, hiddenFrom(desk));
  const columns = columnsOf(one.kind, one.masked);
  let after: Cursor | undefined;
  for (let left = one.rows; left > 0; ) {
    const limit = Math.min(PAGE, left);
    const page: Page<ExportKind> = await pageOf(deps, one.kind, {
      which,
      after,
      limit,
      open: !one.masked,
      now,
      zone,
    });
    const rows = one.kind === "line-list" && one.masked ? (page.rows as LineRow[]).map(maskLine) : page.rows;
    if (rows.length > 0)
      yield rows.map((row) =>
        columns.map(({ cell }) => cell(row as RowOf[ExportKind] & never, { lang, zone }) ?? ""),
      );
    left -= page.rows.length;
    after = page.next;
    if (!after) return;
  }
}

/** Acts that this official learns of nowhere. */
export const hiddenFrom = ({ officer }: Pick<Desk, "officer">): readonly string[] =>
  mayReachSender(officer.unit.kind) ? [] : ABOUT_SENDER;

/** The sheet: its name, heads, and who took it when, which stands on every page. */
function sheetOf({ officer, county, today, now, zone, lang }: Desk, one: ExportRequest): Sheet {
  const mark = [
    `${county} ${EXPORT.kinds[one.kind][lang]}`,
    `${officer.unit.name} ${officer.name}`,
    `${today} ${localClock(now, zone)} ${EXPORT.exported[lang]}`,
    one.id,
    EXPORT.rows(one.rows)[lang],
    (one.masked ? EXPORT.masked : EXPORT.full)[lang],
    EXPORT.rule[lang],
  ].join(" · ");
  const heads = columnsOf(one.kind, one.masked).map(({ head, width }) => ({ text: head[lang], width }));
  return { name: EXPORT.kinds[one.kind][lang], mark, heads };
}

async function* csvOf(
  { lang }: Desk,
  one: ExportRequest,
  { mark, heads }: Sheet,
  pages: AsyncIterable<string[][]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const head = heads.map(({ text }) => text);
  yield encoder.encode(`${BOM}${csvLine([`# ${mark}`])}${csvLine(head)}`);
  for await (const rows of pages) yield encoder.encode(rows.map(csvLine).join(""));
  // A file that broke off has no last line.
  yield encoder.encode(csvLine([`# ${EXPORT.end(one.rows)[lang]} · ${one.id}`]));
}

async function* xlsxOf(sheet: Sheet, pages: AsyncIterable<string[][]>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const given = () => {
    const chunks = ready;
    ready = [];
    return chunks;
  };
  for (const [path, text] of Object.entries(xlsxParts(sheet))) {
    const part = new ZipDeflate(path);
    zip.add(part);
    part.push(encoder.encode(text), true);
  }
  const cells = new ZipDeflate(SHEET_PATH, { level: 1 });
  zip.add(cells);
  cells.push(encoder.encode(xlsxHead(sheet)));
  let row = HEAD_ROWS;
  for await (const rows of pages) {
    cells.push(encoder.encode(rows.map((texts) => xlsxRow(texts, ++row)).join("")));
    yield* given();
  }
  cells.push(encoder.encode(xlsxFoot(sheet)), true);
  zip.end();
  yield* given();
}

/** A stream that makes its next chunk when somebody wants it. What breaks it is told by its class alone. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      try {
        const { value, done } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        console.error(
          JSON.stringify({ fault: error instanceof Error ? error.name : typeof error, stage: "export" }),
        );
        controller.error(new Error("the export broke off"));
      }
    },
    cancel: async () => {
      await chunks.return(undefined);
    },
  });
}
