import { Zip, ZipDeflate } from "fflate";
import {
  type Cell,
  headRows,
  SHEET_PATH,
  type Sheet,
  xlsxFoot,
  xlsxHead,
  xlsxParts,
  xlsxRow,
} from "../../domain/spreadsheet.ts";

/** What a sheet is sent as. */
export const SHEET_TYPES = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A sheet as an xlsx file, chunk by chunk, its rows read page by page. */
export async function* xlsxOf(
  sheet: Sheet,
  pages: AsyncIterable<Cell[][]> | Iterable<Cell[][]>,
): AsyncGenerator<Uint8Array> {
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
  let row = headRows(sheet);
  for await (const rows of pages) {
    cells.push(encoder.encode(rows.map((texts) => xlsxRow(texts, ++row)).join("")));
    yield* given();
  }
  cells.push(encoder.encode(xlsxFoot(sheet)), true);
  zip.end();
  yield* given();
}

/** A stream that makes its next chunk when somebody wants it. What breaks it is told by its class alone. */
export function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
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
