import { cutOffOf } from "../../domain/cut-off.ts";
import type { Completeness, FigureId } from "../../domain/figure-book.ts";
import { ADDRESSEE, type Block, type Piece, type ReportLang } from "../../domain/situation-report.ts";
import type { FigureChange, StatedFigure } from "../../domain/snapshot.ts";
import type { Lang } from "../../forms/define.ts";
import { dayWords } from "../moment.ts";
import type { DeskView } from "./nav.tsx";
import { REPORT } from "./report-words.ts";

/** A report as its pages show it: what stands on paper, as it stands there. */
export type ReportText = { title: string; blocks: readonly Block[]; text: string };

type BodyProps = {
  report: ReportText;
  lang: ReportLang;
  /** Where a figure's own page is; left out on paper. */
  linkOf?: (id: FigureId) => string;
};

/** The document: title, headings, paragraphs; every figure leads to what it was counted from. */
export const ReportBody = ({ report: { title, blocks }, lang, linkOf }: BodyProps) => (
  <article class="report" lang={lang}>
    <h2 class="report-title">{title}</h2>
    {blocks.map((block) => {
      if (block.kind === "heading") return block.level === 1 ? <h3>{block.text}</h3> : <h4>{block.text}</h4>;
      if (block.kind === "text")
        return (
          <p>
            {block.pieces.map((piece) =>
              typeof piece === "string" || !linkOf ? (
                wordsOf(piece)
              ) : (
                <a class="stated" href={linkOf(piece.figure)}>
                  {piece.text}
                </a>
              ),
            )}
          </p>
        );
      const flush = block.slot === ADDRESSEE ? "flush" : undefined;
      return block.text.split("\n").map((line) => <p class={flush}>{line}</p>);
    })}
  </article>
);

const wordsOf = (piece: Piece) => (typeof piece === "string" ? piece : piece.text);

/** The text to be copied: a button where a script runs, the text itself where none does. */
export const CopyBox = ({ text, lang, script }: { text: string; lang: Lang; script: ReportLang }) => (
  <section class="copy" id="copy">
    <h2>{REPORT.toCopy[lang]}</h2>
    <p class="hint">{REPORT.copyHint[lang]}</p>
    <label class="vh" for="report-text">
      {REPORT.plainText[lang]}
    </label>
    <textarea id="report-text" lang={script} rows={8} readonly>
      {text}
    </textarea>
    <button type="button" class="second js-only" data-copy="report-text" data-done={REPORT.copied[lang]}>
      {REPORT.toCopy[lang]}
    </button>
  </section>
);

/** Names of the missing that a page shows before it only counts. */
const NAMED = 40;

/** Which units a report speaks for, said before anything else, and who is missing. */
export const SpeaksFor = ({ completeness, lang }: { completeness: Completeness; lang: Lang }) => {
  const { units, owed, reported, missing } = completeness;
  const comma = lang === "en" ? ", " : "、";
  const names = missing.slice(0, NAMED).map(({ name }) => name);
  return (
    <div class={`speaks-for note${missing.length > 0 ? " alarm" : ""}`}>
      <p>
        <strong>{REPORT.speaksFor[lang]}</strong>{" "}
        {REPORT.complete(units, owed, reported, missing.length)[lang]}
      </p>
      {missing.length > 0 ? (
        <p>{REPORT.missing(names.join(comma), missing.length - names.length)[lang]}</p>
      ) : null}
    </div>
  );
};

/** What differs, figure by figure. */
export const Changes = ({
  changes,
  nameOf,
  lang,
}: {
  changes: readonly FigureChange[];
  nameOf: (id: FigureId) => string;
  lang: Lang;
}) => (
  <table class="board changes">
    <thead>
      <tr>
        <th scope="col">{REPORT.figure[lang]}</th>
        <th scope="col">{REPORT.before[lang]}</th>
        <th scope="col">{REPORT.after[lang]}</th>
      </tr>
    </thead>
    <tbody>
      {changes.map(({ id, before, after }) => (
        <tr>
          <th scope="row">{nameOf(id)}</th>
          <td data-head={REPORT.before[lang]}>{said(before, lang)}</td>
          <td data-head={REPORT.after[lang]}>
            <strong>{said(after, lang)}</strong>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const said = (figure: StatedFigure | undefined, lang: Lang) => figure?.text ?? REPORT.notStated[lang];

/** A cut-off in words: 1月27日 24:00, of the day that ends there. */
export function cutOffWords(asOf: Date, { lang, zone, today }: Pick<DeskView, "lang" | "zone" | "today">) {
  const { date, clock } = cutOffOf(asOf, zone);
  return `${dayWords(date, lang, today)}${lang === "en" ? ", " : " "}${clock}`;
}
