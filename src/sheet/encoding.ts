import type { Sheet, SheetLimits } from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";

/*
 * What a CSV is written in, by evidence: a byte order mark, then whether every byte holds as UTF-8, then line by line,
 * since lists are pasted together from files of both kinds.
 */
type Encoding = NonNullable<Sheet["encoding"]>;
/** `strange`: lines, counted from 1 by their ends, that are written in the other encoding than the file. */
export type Decoded = { text: string; encoding: Encoding; strange: Map<number, Encoding> };

/**
 * The text of a file in UTF-8, GB18030 or UTF-16. What cannot be decoded becomes U+FFFD. Throws sheetProblem.tooManyRows
 * where a file would have to be looked at line by line and has far more of them than a list.
 */
export function decodeText(bytes: Uint8Array, limits: SheetLimits): Decoded {
  const wide = wideEncoding(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), encoding: wide, strange: new Map() };
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const body = marked ? bytes.subarray(3) : bytes;
  const whole = attempt(body, "utf-8");
  return whole === undefined
    ? byLine(body, marked, limits)
    : { text: whole, encoding: "utf-8", strange: new Map() };
}

/** UTF-16 by its mark, or by NULs that stand at every second byte: half of all line ends and commas. */
function wideEncoding(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const nuls = [0, 0];
  const head = bytes.subarray(0, 4096);
  for (let at = 0; at < head.length; at += 1) if (head[at] === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  if (even + odd < head.length / 50) return undefined;
  if (odd > even * 20) return "utf-16le";
  return even > odd * 20 ? "utf-16be" : undefined;
}

function byLine(bytes: Uint8Array, marked: boolean, limits: SheetLimits): Decoded {
  const lines: { bytes: Uint8Array; utf8?: string; gb?: string }[] = [];
  let utf8 = marked ? 1 : 0;
  let gb = 0;
  let count = 0;
  for (const _ of linesOf(bytes)) count += 1;
  if (count > limits.rows * 5) throw sheetProblem.tooManyRows(count, limits.rows);
  for (const line of linesOf(bytes)) {
    const as = line.some((byte) => byte > 127)
      ? { utf8: attempt(line, "utf-8"), gb: attempt(line, "gb18030") }
      : { utf8: ascii.decode(line) };
    lines.push({ bytes: line, ...as });
    if (!("gb" in as)) continue;
    if (likelyUtf8(as.utf8)) utf8 += 1;
    else if (as.gb !== undefined) gb += 1;
  }
  const encoding = utf8 > gb ? "utf-8" : "gb18030";
  const strange = new Map<number, Encoding>();
  const texts = lines.map((line, at) => {
    if (!("gb" in line)) return line.utf8 ?? "";
    // A line that holds as both is UTF-8 where that gives Hanzi; GB18030 seldom does by chance.
    const own = likelyUtf8(line.utf8) ? "utf-8" : line.gb !== undefined ? "gb18030" : encoding;
    const chosen = own === "gb18030" && line.utf8 !== undefined ? encoding : own;
    if (chosen !== encoding) strange.set(at + 1, chosen);
    return (chosen === "utf-8" ? line.utf8 : line.gb) ?? new TextDecoder(chosen).decode(line.bytes);
  });
  return { text: texts.join(""), encoding, strange };
}

const ascii = new TextDecoder("utf-8");

/** Holds as UTF-8, and not by two-byte sequences alone, as GB18030 may by chance. */
const likelyUtf8 = (text: string | undefined): boolean =>
  text !== undefined && !/[\u0080-\u00b6\u00b8-\u07ff]/.test(text);

/** Lines with their ends: CR LF, LF or CR. No character of these encodings has such a byte inside it. */
function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === 0x0a || (bytes[at] === 0x0d && bytes[at + 1] !== 0x0a)) {
      yield bytes.subarray(from, at + 1);
      from = at + 1;
    }
  }
  if (from < bytes.length) yield bytes.subarray(from);
}

/** A decoder of its own each time: after a failure the runtime's may remember half a character. */
function attempt(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
