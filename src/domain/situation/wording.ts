import { type FigureBook, type FigureId, type FigureValue, figureOf } from "../figure-book.ts";
import type { Piece, ReportContext } from "../situation-report.ts";
import { isStyle, printed } from "./numbers.ts";

/*
 * The notation templates are written in. A sentence stands in both scripts, "简体 | 繁體", with
 *   {registered.fromHubei}      a figure; ＿＿ where it is unknown
 *   {publicity.leaflets:wan}    printed in another style (numbers.ts)
 *   {a.x+a.y}                   a sum of figures, unknown if one of them is; {a.x+a.y:known} the sum of those that are
 *                               known, unknown if fewer than two are
 *   {case-status.confirmed=确诊病例}  words that rest on a figure, in place of its number
 *   {unit} {place} {our} {all} {asOf} {from}  words of this report
 *   [印发宣传单{…}张，]          a clause that is left out where a figure in it is unknown
 *   <关停[餐馆{…}家、][浴室{…}家、]，>  clauses that share words: these stay while one of them does
 * A sentence of nothing but clauses is left out with the last of them; a separator before the full stop goes too.
 */
export type Sentence = string;
/** Reads a figure of the book. */
export type At = (id: FigureId) => FigureValue;
/** The words of the first of them whose condition holds; without a condition it always does. */
export type Cases = readonly { when?: (at: At) => boolean; say: Sentence }[];
export type Say = Sentence | Cases;

const CLAUSE = /\[([^\]]*)\]/g;
const GROUP = /<([^>]*)>/g;
// A figure's id has a dot in it, a word has none.
const TOKEN = /\{([^}:=]+)(?::(\w+)|=([^}]+))?\}/g;

/** One of two scripts. */
export const inScript = (both: string, hant: boolean): string => (both.split("|")[hant ? 1 : 0] ?? "").trim();

/** The figures that sentences may state, each once, sums by their parts, in their order. */
export function figuresIn(says: readonly Say[]): FigureId[] {
  const sentences = says.flatMap((say) => (typeof say === "string" ? say : say.map((one) => one.say)));
  const tokens = sentences.flatMap((one) => [...one.matchAll(TOKEN)].map(([, id = ""]) => id));
  return [...new Set(tokens.filter(isFigure).flatMap((id) => id.split("+")))];
}

/** What writes sentences of one report. @param words what {unit} and the like stand for */
export function writer(book: FigureBook, { lang }: ReportContext, words: Readonly<Record<string, string>>) {
  const hant = lang === "zh-Hant";
  const at: At = (id) => {
    const value = figureOf(book, id);
    return value !== null && Number.isFinite(value) ? value : null;
  };

  const write = (say: Say): Piece[] => {
    const found = typeof say === "string" ? say : say.find(({ when }) => !when || when(at))?.say;
    if (!found) return [];
    const pieces: Piece[] = [];
    let end = 0;
    const text = withoutUnknown(inScript(found, hant));
    for (const token of text.matchAll(TOKEN)) {
      pieces.push(text.slice(end, token.index), pieceOf(token));
      end = token.index + token[0].length;
    }
    return [...pieces, text.slice(end)];
  };

  const withoutUnknown = (text: string): string => {
    let clauses = 0;
    const known = (part: string) =>
      part.replace(CLAUSE, (_, clause: string) => {
        if (statedIn(clause).some((one) => one.value === null)) return "";
        clauses += 1;
        return clause;
      });
    const grouped = text.replace(GROUP, (_, group: string) => {
      const before = clauses;
      const said = known(group);
      return clauses > before ? said : "";
    });
    const kept = known(grouped);
    const onlyClauses = text.includes("[") && statedIn(text.replace(CLAUSE, "")).length === 0;
    return onlyClauses && clauses === 0 ? "" : kept.replace(/[，、；]+(?=[，；。])/g, "");
  };

  const statedIn = (text: string) =>
    [...text.matchAll(TOKEN)].filter(([, id = ""]) => isFigure(id)).map(([, id = "", how]) => sumOf(id, how));

  const sumOf = (id: FigureId, how?: string): { id: FigureId; value: FigureValue } => {
    const parts = id.split("+");
    const known = how === "known" ? parts.filter((part) => at(part) !== null) : parts;
    if (how === "known" && known.length < 2) return { id, value: null };
    const value = known.map(at).reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
    return { id: known.join("+"), value };
  };

  const pieceOf = ([, id = "", how, instead]: RegExpMatchArray): Piece => {
    if (!isFigure(id)) return words[id] ?? "";
    const { id: figure, value } = sumOf(id, how);
    const style = how && isStyle(how) ? how : "plain";
    return { figure, value, text: instead ?? printed(value, style, hant) };
  };

  return { hant, at, say: (says: readonly Say[]) => joined(says.flatMap(write)) };
}
export type Writer = ReturnType<typeof writer>;

const isFigure = (id: string) => id.includes(".");

/** Neighbouring words made one, nothing empty left. */
export function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (typeof piece === "string" && typeof last === "string") out[out.length - 1] = last + piece;
    else if (piece !== "") out.push(piece);
  }
  return out;
}

/** Known to be zero; unknown is not zero. */
export const zero =
  (...ids: FigureId[]) =>
  (at: At) =>
    ids.every((id) => at(id) === 0);
/** Known, and more than zero. */
export const some = (id: FigureId) => (at: At) => (at(id) ?? 0) > 0;

/**
 * A sentence out of what the service holds where it holds some, and out of what was typed where it holds none: never out
 * of both, for the same list may be in either. Figures stand in the same order in both.
 */
export const counted = (
  { held, typed }: { held: FigureId[]; typed: FigureId[] },
  sentence: (ids: FigureId[]) => Sentence,
): Cases => [{ when: some(held[0] ?? ""), say: sentence(held) }, { say: sentence(typed) }];

/** What may have been filed one by one or typed as a number: what stands of it, what was ever filed, what was typed. */
export type Filed = { stands: FigureId; filed: FigureId; typed: FigureId };

/**
 * The same for what is filed as records, each of these by itself: where any was filed what stands is stated, though it be
 * none, for what was typed before is of another day. `sentence` gets the figures in the order of `sources`.
 */
export const countedApart = (
  [first, ...rest]: readonly Filed[],
  sentence: (ids: FigureId[]) => Sentence,
): Cases => {
  if (!first) return [{ say: sentence([]) }];
  const filed = (at: At) => some(first.filed)(at) || some(first.stands)(at);
  const then = (id: FigureId) => countedApart(rest, (ids) => sentence([id, ...ids]));
  const held = then(first.stands).map(({ when, say }) => ({
    say,
    when: (at: At) => filed(at) && (!when || when(at)),
  }));
  return [...held, ...then(first.typed)];
};
