import type { ExportRequest } from "../../db/export.ts";
import type { Cursor, Page, Which } from "../../db/export-page.ts";
import { countTaken, pageOf, whichOf } from "../../db/export-rows.ts";
import { findUnit } from "../../db/unit.ts";
import { type ExportKind, type LineRow, maskLine, type RowOf } from "../../domain/export.ts";
import { BOM, csvLine, type Sheet } from "../../domain/spreadsheet.ts";
import { localClock } from "../../domain/time.ts";
import { ABOUT_SENDER, mayReachSender } from "../../domain/tip-desk.ts";
import { columnsOf } from "../../views/desk/export-columns.ts";
import { EXPORT } from "../../views/desk/export-words.ts";
import type { Deps } from "../factory.ts";
import type { Desk } from "./door.tsx";
import { SHEET_TYPES, streamOf, xlsxOf } from "./sheet-file.ts";

/** Rows read at once: a page of the line list opens a thousand sealed texts. */
const PAGE = 500;

/** A file that is ready to leave: its first rows are read, the others are as they are asked for. */
export type ExportFile = { headers: Record<string, string>; body: ReadableStream<Uint8Array> };

/** Opens an export as a file. Nothing of it has left yet, and what it tells is as at the desk's moment. */
export async function openFile(deps: Deps, desk: Desk, one: ExportRequest): Promise<ExportFile> {
  const unit = await findUnit(deps.db, one.filter.unit);
  const which = whichOf(one.filter, unit?.kind === "grid", one.recordedAt, desk.zone, hiddenFrom(desk));
  // Since it was asked for, some may have come to another state or been merged: the mark says what is in the file.
  const counted = await countTaken(deps, one.kind, which, one.rows);
  const mark = markOf(desk, one, counted);
  const pages = pagesOf(deps, desk, one, { which, rows: counted.rows, mark });
  const first = await pages.next();
  async function* all() {
    if (first.done) return;
    yield first.value;
    yield* pages;
  }
  const sheet = sheetOf(desk, one, mark);
  const chunks = one.format === "csv" ? csvOf(desk, one, sheet, all()) : xlsxOf(sheet, all());
  return {
    headers: {
      "Content-Type": SHEET_TYPES[one.format],
      "Content-Disposition": `attachment; filename="baobei-${one.id}.${one.format}"`,
      "Cache-Control": "no-store",
    },
    body: streamOf(chunks),
  };
}

/** Pages of cells, no more rows than were counted. */
async function* pagesOf(
  deps: Deps,
  { now, zone, lang }: Desk,
  one: ExportRequest,
  { which, rows: counted, mark }: { which: Which; rows: number; mark: string },
): AsyncGenerator<string[][]> {
  const columns = columnsOf(one.kind, one.masked);
  let after: Cursor | undefined;
  for (let left = counted; left > 0; ) {
    const limit = Math.min(PAGE, left);
    const page: Page<ExportKind> = await pageOf(deps, one.kind, {
      which,
      after,
      limit,
      open: !one.masked,
      now,
      zone,
    });
    const rows = ofPersons(one.kind) && one.masked ? (page.rows as LineRow[]).map(maskLine) : page.rows;
    if (rows.length > 0)
      yield rows.map((row) =>
        columns.map(({ cell }) => cell(row as RowOf[ExportKind] & never, { lang, zone, mark }) ?? ""),
      );
    left -= page.rows.length;
    after = page.next;
    if (!after) return;
  }
}

/** Acts that this official learns of nowhere. */
export const hiddenFrom = ({ officer }: Pick<Desk, "officer">): readonly string[] =>
  mayReachSender(officer.unit.kind) ? [] : ABOUT_SENDER;

const ofPersons = (kind: ExportKind): boolean => kind === "line-list" || kind === "go-data";

/** The sheet: its name, heads, and who took it when, which stands on every page. */
function sheetOf({ lang }: Desk, one: ExportRequest, mark: string): Sheet {
  const heads = columnsOf(one.kind, one.masked).map(({ head, width }) => ({ text: head[lang], width }));
  // Where the first row must be the heads, the mark stands in each row instead.
  const bare = one.kind === "go-data";
  return { name: EXPORT.kinds[one.kind][lang], mark, heads, bare };
}

/** Who took what, when, under which number, and how many rows and persons it is. */
const markOf = (
  { officer, county, today, now, zone, lang }: Desk,
  one: ExportRequest,
  { rows, again }: { rows: number; again: number },
): string =>
  [
    `${county} ${EXPORT.kinds[one.kind][lang]}`,
    `${officer.unit.name} ${officer.name}`,
    `${today} ${localClock(now, zone)} ${EXPORT.exported[lang]}`,
    one.id,
    (again > 0 ? EXPORT.again(rows, again) : EXPORT.rows(rows))[lang],
    (one.masked ? EXPORT.masked : EXPORT.full)[lang],
    EXPORT.rule[lang],
  ].join(" · ");

async function* csvOf(
  { lang }: Desk,
  one: ExportRequest,
  { mark, heads }: Sheet,
  pages: AsyncIterable<string[][]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const head = heads.map(({ text }) => text);
  yield encoder.encode(`${BOM}${csvLine([`# ${mark}`])}${csvLine(head)}`);
  let sent = 0;
  for await (const rows of pages) {
    sent += rows.length;
    yield encoder.encode(rows.map(csvLine).join(""));
  }
  // A file that broke off has no last line.
  yield encoder.encode(csvLine([`# ${EXPORT.end(sent)[lang]} · ${one.id}`]));
}
