import { Inflate } from "fflate";
import type { SheetLimits } from "../domain/sheet.ts";
import { sheetProblem } from "../domain/sheet-problem.ts";

/*
 * A zip archive by its directory at the end (APPNOTE 4.3), which tells names and sizes before anything is unpacked, so
 * that parts are read in the order they are needed. fflate's own streaming reader takes them as they lie: the sheet may
 * come before its strings. What is unpacked is counted as it comes, whatever the directory says.
 */
export type Entry = { method: number; crc: number; packed: number; size: number; offset: number };
export type Archive = {
  names: string[];
  /** The bytes of a part in pieces, or undefined where there is none of that name. */
  unpack: (name: string) => Iterable<Uint8Array> | undefined;
};

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
/** So little packed is taken at a time that a thousandfold of it is no weight. */
const PIECE = 8192;
/** Small parts may be packed as tightly as they like. */
const RATIO_FROM = 4 * 1024 * 1024;

/** Throws sheetProblem.damaged, password and unpacksTooMuch. */
export function openArchive(bytes: Uint8Array, limits: SheetLimits): Archive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(bytes, view, limits);
  const budget = { left: limits.unpackedBytes };
  return {
    names: [...entries.keys()],
    unpack(name) {
      const entry = entries.get(keyOf(name));
      return entry && unpackEntry(bytes, view, entry, limits, budget);
    },
  };
}

function readDirectory(bytes: Uint8Array, view: DataView, limits: SheetLimits): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  if (count > limits.entries) throw sheetProblem.unpacksTooMuch();
  let at = view.getUint32(end + 16, true);
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY) throw sheetProblem.damaged();
    const name = view.getUint16(at + 28, true);
    const extra = view.getUint16(at + 30, true);
    const entry = {
      ...{ method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true) },
      ...{ packed: view.getUint32(at + 20, true), size: view.getUint32(at + 24, true) },
      offset: view.getUint32(at + 42, true),
    };
    if (view.getUint16(at + 8, true) & 1) throw sheetProblem.password();
    entries.set(keyOf(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name))), entry);
    at += 46 + name + extra + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Where the record at the end begins: the last, for a comment may look like one. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at -= 1)
    if (view.getUint32(at, true) === END) return at;
  throw sheetProblem.damaged();
}

/** Names are matched as Excel does: whatever their case, with either slash. */
const keyOf = (name: string): string => name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();

function* unpackEntry(
  bytes: Uint8Array,
  view: DataView,
  entry: Entry,
  limits: SheetLimits,
  budget: { left: number },
): Generator<Uint8Array> {
  const { offset, packed, size } = entry;
  // What says itself to be too much is not begun.
  if (size > limits.entryBytes || size > budget.left) throw sheetProblem.unpacksTooMuch();
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL) throw sheetProblem.damaged();
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (from + packed > bytes.length) throw sheetProblem.damaged();
  let total = 0;
  let crc = -1;
  for (const piece of inflated(bytes.subarray(from, from + packed), entry.method)) {
    total += piece.length;
    budget.left -= piece.length;
    const tight = total > RATIO_FROM && total > packed * limits.ratio;
    if (total > limits.entryBytes || budget.left < 0 || tight) throw sheetProblem.unpacksTooMuch();
    crc = crcOf(piece, crc);
    if (piece.length > 0) yield piece;
  }
  if (total !== size || (crc ^ -1) >>> 0 !== entry.crc) throw sheetProblem.damaged();
}

function* inflated(packed: Uint8Array, method: number): Generator<Uint8Array> {
  if (method === 0) {
    for (let at = 0; at < packed.length; at += PIECE * 16) yield packed.subarray(at, at + PIECE * 16);
    return;
  }
  if (method !== 8) throw sheetProblem.damaged();
  const pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => pieces.push(piece));
  for (let at = 0; at < packed.length; at += PIECE) {
    try {
      inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    } catch {
      throw sheetProblem.damaged();
    }
    yield* pieces.splice(0);
  }
}

const CRC = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
function crcOf(bytes: Uint8Array, start: number): number {
  let crc = start;
  for (const byte of bytes) crc = (CRC[(crc ^ byte) & 255] as number) ^ (crc >>> 8);
  return crc;
}
