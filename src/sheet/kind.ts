import { sheetProblem, type WrongKind } from "../domain/sheet-problem.ts";

/* What a file is, by its first bytes: its name says nothing. */
const SIGNS: [WrongKind, string][] = [
  ...(["\x89PNG", "\xff\xd8\xff", "GIF8", "BM", "II*\0", "MM\0*"].map((sign) => ["picture", sign]) as [
    WrongKind,
    string,
  ][]),
  ["pdf", "%PDF"],
  ["word", "{\\rtf"],
  ["archive", "Rar!"],
  ["archive", "7z\xbc\xaf"],
  ["archive", "\x1f\x8b"],
  ["web", "MIME-Version:"],
];
const OLE = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/** RIFF….WEBP and ….ftypheic. */
const PICTURE = /^(?:RIFF.{4}WEBP|.{4}ftyp(?:hei|mif|avi))/s;
/** Bytes that text has no use for; NUL is judged apart, since UTF-16 is full of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for.
const STRANGE = /[\x01-\x08\x0e-\x19\x1c-\x1f]/g;

/** "zip" or "text". Throws what is to be said of every other file, and of an empty one. */
export function kindOf(bytes: Uint8Array): "zip" | "text" {
  const head = latin(bytes, 0, 4096);
  if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06")) return "zip";
  if (latin(bytes, 0, 8) === OLE) throw oleProblem(bytes);
  const bare = head.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "");
  if (bytes.length === bare.length && blank(bare)) throw sheetProblem.empty();
  if (bare.length < head.length && blank(bare) && bytes.length <= 4096) throw sheetProblem.empty();
  const found = SIGNS.find(([, sign]) => head.startsWith(sign) && !(sign === "BM" && !head.includes("\0")));
  if (found) throw sheetProblem.wrongKind(found[0]);
  if (PICTURE.test(head)) throw sheetProblem.wrongKind("picture");
  const utf16 = /^(?:\xff\xfe|\xfe\xff)/.test(head);
  const written = bare.replaceAll("\0", "").trimStart();
  if (/^<(?:!doctype|html|head|meta|table|body|\?xml|style|!--)/i.test(written))
    throw sheetProblem.wrongKind("web");
  if (!utf16 && (head.match(STRANGE)?.length ?? 0) > head.length / 50) throw sheetProblem.wrongKind("other");
  return "text";
}

/** A workbook with a password keeps its package in a stream of this name (MS-OFFCRYPTO 2.3.4.4). */
function oleProblem(bytes: Uint8Array) {
  const name = [..."EncryptedPackage"].join("\0");
  for (let at = 0; at < bytes.length; at += 60_000) {
    if (latin(bytes, at, at + 60_100).includes(name)) return sheetProblem.password();
  }
  return sheetProblem.oldFormat();
}

const blank = (text: string) => /^[\s\0]*$/.test(text);

/** windows-1252 would turn some bytes into other characters; here each is its own. */
function latin(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < Math.min(to, bytes.length); at += 1000)
    text += String.fromCharCode(...bytes.subarray(at, Math.min(at + 1000, to)));
  return text;
}
