import type { Lang } from "../forms/define.ts";
import type { FigureBook, FigureId, FigureValue } from "./figure-book.ts";

/*
 * 情况汇报: a text that states figures as of a moment, in the order and the wording that a level of government is used to.
 * Templates are data under domain/situation/; everything here is pure.
 */

/** The script a report is written in; officials' reports are Chinese (DOMAIN.md, seeds 000–004). */
export type ReportLang = Extract<Lang, "zh-Hans" | "zh-Hant">;

/**
 * A piece of a sentence: words as they are, or a figure as it is printed, with what it was counted from. A sum names its
 * parts with + between them. `text` may be words that rest on the figure, as 确诊病例 in 暂未发现确诊病例 does on its zero.
 */
export type Piece = string | { figure: FigureId; value: FigureValue; text: string };
/** A paragraph as it is shown: made of pieces, or written freely by officials (then `slot` says which one it is). */
export type Block =
  | { kind: "heading"; level: 1 | 2; text: string }
  | { kind: "text"; pieces: Piece[] }
  | { kind: "free"; slot: string; label: string; text: string };

/** 抬头: the free paragraph that says whom a report is for. It stands first, and flush as in a letter. */
export const ADDRESSEE = "addressee";

/** `county` follows 004, `county-linked` 003. */
export type ReportId =
  | "district"
  | "community"
  | "school"
  | "enterprise-zone"
  | "bureau"
  | "town"
  | "county"
  | "county-linked";

export type ReportContext = {
  lang: ReportLang;
  zone: string;
  /** What officials wrote into the free paragraphs, by slot. */
  free: Readonly<Record<string, string>>;
};

/** A report ready to be shown, printed or copied. `figures` are those that the text states, in the order it states them. */
export type SituationReport = {
  title: string;
  blocks: Block[];
  /** The text as it is copied: paragraphs parted by line ends. */
  text: string;
  figures: { id: FigureId; value: FigureValue; text: string }[];
};

/** A template: what it is called, for which kinds of unit it is meant, and how it is written. */
export type ReportTemplate = {
  id: ReportId;
  name: Readonly<Record<Lang, string>>;
  /** Kinds of unit that may use it; others are refused. */
  kinds: readonly string[];
  /** The seed in DOMAIN.md that it follows. */
  source: string;
  /** The clock time that its cut-off usually has: 12:00, 18:00, 24:00; "today" is since the one of the day before. */
  cutOff: string;
  /** Free paragraphs, in their place, kept from day to day. */
  slots: readonly { name: string; label: Readonly<Record<ReportLang, string>> }[];
  /** Every figure it may state. */
  figures: readonly FigureId[];
  write: (book: FigureBook, ctx: ReportContext) => { title: string; blocks: Block[] };
};
