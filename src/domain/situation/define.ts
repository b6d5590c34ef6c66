import type { FigureBook } from "../figure-book.ts";
import { ADDRESSEE, type Block, type ReportContext, type ReportTemplate } from "../situation-report.ts";
import { type ClockStyle, momentWords } from "./clock.ts";
import { completenessOf, filledNote, lateArrivals } from "./completeness.ts";
import { placeWords } from "./place.ts";
import { figuresIn, inScript, type Say, type Sentence, type Writer, writer } from "./wording.ts";

/*
 * A template as data: paragraphs, sections and free paragraphs in their order. A section that has nothing to say today is
 * left out, and the others are numbered on: 一、（一）.
 */
export type Item =
  /** A paragraph: its sentences, one after another. */
  | { say: readonly Say[] }
  /** A free paragraph: what officials call it, in both scripts. */
  | { slot: string; label: Sentence }
  | { heading: Sentence; items: readonly Item[] };

export type Outline = Omit<ReportTemplate, "slots" | "figures" | "write"> & {
  clock?: ClockStyle;
  title: Sentence;
  items: readonly Item[];
};

export const say = (...sentences: Say[]): Item => ({ say: sentences });
export const slot = (name: string, label: Sentence): Item => ({ slot: name, label });
export const section = (heading: Sentence, ...items: Item[]): Item => ({ heading, items });

/** A template out of its outline. */
export function defineReport({ title, items, clock = "hour", ...facts }: Outline): ReportTemplate {
  const all = flat(items);
  return {
    ...facts,
    slots: all.flatMap((item) =>
      "slot" in item
        ? [
            {
              name: item.slot,
              label: { "zh-Hans": inScript(item.label, false), "zh-Hant": inScript(item.label, true) },
            },
          ]
        : [],
    ),
    figures: figuresIn(all.flatMap((item) => ("say" in item ? item.say : []))),
    write: (book, ctx) => {
      const words = wordsOf(book, ctx, clock);
      const w = writer(book, ctx, words);
      const plain = w.say([title]).map((piece) => (typeof piece === "string" ? piece : piece.text));
      const body = blocksOf(items, 1, w, ctx);
      // Whom a report addresses stands above everything that it says.
      const to = body[0]?.kind === "free" && body[0].slot === ADDRESSEE ? body.slice(0, 1) : [];
      const blocks = [...to, completenessOf(book, words.asOf, w), ...body.slice(to.length)];
      return {
        title: plain.join(""),
        blocks: [...blocks, ...filledNote(book, blocks, w), ...lateArrivals(book, blocks, w)],
      };
    },
  };
}

function wordsOf(book: FigureBook, { zone, lang }: ReportContext, clock: ClockStyle) {
  const hant = lang === "zh-Hant";
  const asOf = momentWords(book.asOf, clock, { zone, hant });
  const from = momentWords(book.from, clock, { zone, hant });
  return { unit: book.unit.name, asOf, from, ...placeWords(book.unit, hant) };
}

function blocksOf(items: readonly Item[], level: 1 | 2, w: Writer, ctx: ReportContext): Block[] {
  let number = 0;
  return items.flatMap((item): Block[] => {
    if ("say" in item) {
      const pieces = w.say(item.say);
      return pieces.length > 0 ? [{ kind: "text", pieces }] : [];
    }
    if ("slot" in item) {
      const text = ctx.free[item.slot]?.trim();
      return text ? [{ kind: "free", slot: item.slot, label: inScript(item.label, w.hant), text }] : [];
    }
    const inner = blocksOf(item.items, 2, w, ctx);
    if (inner.length === 0) return [];
    const numeral = NUMERALS[number++] ?? String(number);
    const text = `${level === 1 ? `${numeral}、` : `（${numeral}）`}${inScript(item.heading, w.hant)}`;
    return [{ kind: "heading", level, text }, ...inner];
  });
}

const NUMERALS = [..."一二三四五六七八九十"];

const flat = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => ("heading" in item ? flat(item.items) : [item]));
