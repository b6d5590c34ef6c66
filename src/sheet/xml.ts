import { SaxesParser } from "saxes";
import { ProblemError } from "../domain/problem-kind.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";

/*
 * The parts of a workbook as they stream by. saxes checks that they are well formed and knows no entity but XML's five;
 * what it would keep without bound is bounded here.
 */
export type XmlReader = {
  open?: (name: string, attributes: Record<string, string>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

const DEEPEST = 64;
const MOST_ATTRIBUTES = 64;
/** Characters of one text or tag: a cell has 32,767, and each may be written as &#x1F600;. */
const LONGEST = 1_000_000;

/**
 * Reads a part; names come without their prefix, since some writers have one. Throws sheetProblem.unsafe for a DTD,
 * damaged for what is not well formed, and what the reader throws.
 */
export function readXml(pieces: Iterable<Uint8Array>, reader: XmlReader): void {
  const parser = new SaxesParser();
  let depth = 0;
  let attributes = 0;
  let quiet = 0;
  parser.on("error", () => {
    throw sheetProblem.damaged();
  });
  parser.on("doctype", () => {
    throw sheetProblem.unsafe();
  });
  parser.on("opentagstart", () => {
    attributes = 0;
    depth += 1;
    if (depth > DEEPEST) throw sheetProblem.damaged();
  });
  parser.on("attribute", () => {
    attributes += 1;
    if (attributes > MOST_ATTRIBUTES) throw sheetProblem.damaged();
  });
  parser.on("opentag", (tag) => {
    quiet = 0;
    reader.open?.(local(tag.name), tag.attributes);
  });
  parser.on("closetag", (tag) => {
    quiet = 0;
    depth -= 1;
    reader.close?.(local(tag.name));
  });
  const text = (written: string) => reader.text?.(written);
  parser.on("text", text);
  parser.on("cdata", text);
  try {
    let decoder: TextDecoder | undefined;
    for (const piece of pieces) {
      decoder ??= decoderFor(piece);
      // A megabyte from one tight piece is handed on in parts, so that a tag that never ends is seen in time.
      for (let at = 0; at < piece.length; at += 65_536) {
        const part = decoder.decode(piece.subarray(at, at + 65_536), { stream: true });
        quiet += part.length;
        parser.write(part);
        if (quiet > LONGEST) throw sheetProblem.damaged();
      }
    }
    parser.write(decoder?.decode() ?? "").close();
  } catch (error) {
    throw error instanceof ProblemError ? error : sheetProblem.damaged();
  }
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

const decoderFor = ([first, second]: Uint8Array): TextDecoder => {
  const wide =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff && "utf-16be";
  return new TextDecoder(wide || "utf-8", { fatal: true, ignoreBOM: false });
};
