import type { IdDocument } from "../forms/define.ts";
import { maskDocument, maskName, maskPhone } from "./mask.ts";
import type { Day0Rule } from "./observation.ts";
import type { DeskAct } from "./office.ts";
import { HOUR, localClock, localDate } from "./time.ts";

/*
 * 导出: lists that officials take away. Each is asked for, counted and put on record before a byte leaves; beyond the day's
 * rows a second official must agree; it is taken once.
 */
export const EXPORT_KINDS = ["line-list", "go-data", "tips", "tickets", "audit"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];
export const EXPORT_FORMATS = ["xlsx", "csv"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
/**
 * The formats of a kind. What another system reads has its heads in the first row and no cell touched: CSV would need an
 * apostrophe before a phone or a document, so it is a workbook alone.
 */
export const formatsFor = (kind: ExportKind): readonly ExportFormat[] =>
  kind === "go-data" ? ["xlsx"] : EXPORT_FORMATS;
/** What a list is needed for. */
export const EXPORT_PURPOSES = ["visit", "handover", "report", "statistics", "other"] as const;
export type ExportPurpose = (typeof EXPORT_PURPOSES)[number];

const PERSON_STATES = ["waiting", "observing", "released", "transferred", "closed"] as const;
/** States that a kind's rows can be chosen by. */
export const EXPORT_STATES = {
  "line-list": PERSON_STATES,
  "go-data": PERSON_STATES,
  tips: ["open", "answered"],
  tickets: ["open", "closed"],
  audit: [],
} as const satisfies Record<ExportKind, readonly string[]>;

/** The most rows of one file. */
export const EXPORT_MOST = 20_000;
/** Where a state is asked for, so many rows are looked through at most. */
export const EXPORT_SCAN = 100_000;
/** How long a file can be fetched, in ms. */
export const EXPORT_WITHIN = 24 * HOUR;
/** Characters of a purpose in words, and of why one is refused. */
export const EXPORT_WORDS = 500;

/** Which rows are asked for: codes and local days alone. */
export type ExportFilter = { unit: string; state?: string; from?: string; to?: string };

/** The kinds an office may take away. */
export const kindsFor = (may: (act: DeskAct) => boolean): ExportKind[] =>
  may("export") ? EXPORT_KINDS.filter((kind) => kind !== "audit" || may("audit")) : [];

export type ExportState = "waiting" | "refused" | "taken" | "lapsed" | "ready";
/** How an export stands at a moment. */
export function exportState(
  one: {
    needsApproval: boolean;
    recordedAt: Date;
    approvedAt: Date | null;
    refusedAt: Date | null;
    takenAt: Date | null;
  },
  now: Date,
): ExportState {
  if (one.refusedAt) return "refused";
  if (one.takenAt) return "taken";
  if (one.needsApproval && !one.approvedAt) return "waiting";
  const since = (one.approvedAt ?? one.recordedAt).getTime();
  return now.getTime() - since < EXPORT_WITHIN ? "ready" : "lapsed";
}

/** An export's number, EX-20260125-103015-9A2C1B: the local day and time, and chance. */
export function exportNumber(now: Date, zone: string, uuid: string): string {
  const day = localDate(now, zone).replaceAll("-", "");
  const clock = `${localClock(now, zone).replace(":", "")}${String(now.getUTCSeconds()).padStart(2, "0")}`;
  return `EX-${day}-${clock}-${uuid.slice(-6).toUpperCase()}`;
}
export const isExportNumber = (text: string): boolean => /^EX-\d{8}-\d{6}-[0-9A-F]{6}$/.test(text);

/** A person of the line list, as the file's columns need it. */
export type LineRow = {
  id: string;
  village: string;
  town: string;
  origin: string;
  arrivedAt: number;
  symptomatic: boolean;
  state: "waiting" | "observing" | "due" | "held" | "released" | "transferred" | "closed";
  /** Absent once the personal data is sealed off. */
  name?: string;
  document?: string;
  phone?: string;
  day0?: string;
  untilDate?: string;
  day?: number;
  last?: { slot: string; temperature: number; abnormal: boolean };
  releasedAt?: number;
  recordedAt: number;
  /** 密切接触史, 疫区居住或旅行史: two of the three questions of triage; the third is `symptomatic`. */
  contact: boolean;
  area: boolean;
  documentKind?: IdDocument["kind"];
  /** What day 0 is: the last exposure, leaving the area, or the start of observation. */
  day0Rule?: Day0Rule;
  endedAt?: number;
  /** The person an official merged them into. */
  mergedInto?: string;
  /** The person who registered before with the same document, unless found to be somebody else. */
  sameDocumentAs?: string;
};
/** The same as lists show it. */
export const maskLine = (row: LineRow): LineRow => ({
  ...row,
  name: row.name && maskName(row.name),
  document: row.document && maskDocument(row.document),
  phone: row.phone && maskPhone(row.phone),
});
/** A tip; its sender is no part of it. */
export type TipRow = {
  id: string;
  unit: string;
  category: string;
  recordedAt: number;
  verifyDueAt: number;
  verifiedAt: number | null;
  outcome: string | null;
  place?: string;
  about?: string;
  text?: string;
  answer?: string;
};
export type TicketRow = {
  id: string;
  unit: string;
  subjectId: string | null;
  openedAt: number;
  dueAt: number;
  closedAt: number | null;
  asked: number;
  answered: number;
  title?: string;
  text?: string;
};
export type HistoryRow = {
  id: string;
  who: string;
  act: string;
  subjectId: string;
  unit: string;
  recordedAt: number;
  detail: string;
  words?: string;
};
/** Rows of each kind. */
export type RowOf = {
  "line-list": LineRow;
  "go-data": LineRow;
  tips: TipRow;
  tickets: TicketRow;
  audit: HistoryRow;
};
