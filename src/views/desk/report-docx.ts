import {
  AlignmentType,
  Document,
  Footer,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from "docx";
import { ADDRESSEE, type ReportLang } from "../../domain/situation-report.ts";
import type { ReportText } from "./report-body.tsx";

/*
 * A report as a Word document, set as official documents are (GB/T 9704): A4 with its margins, the title in 小标宋 of 22 pt,
 * text in 仿宋 of 16 pt on lines of 28 pt, first lines indented by two characters, headings in 黑体 and 楷体.
 */
const SHORT = 10.5;
/** Where a font is not to be had, Word takes the system's own Song or Ming in its place. */
const FONTS: Record<ReportLang, Record<"title" | "text" | "head" | "second" | "foot", string>> = {
  "zh-Hans": { title: "方正小标宋简体", text: "FangSong", head: "SimHei", second: "KaiTi", foot: "SimSun" },
  "zh-Hant": {
    title: "PMingLiU",
    text: "DFKai-SB",
    head: "Microsoft JhengHei",
    second: "DFKai-SB",
    foot: "PMingLiU",
  },
};
const TAGS = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW" } as const;

/** @param mark stands above every page: that it is a draft, or its number @param foot the last lines: why it was corrected, what proves it */
export function reportDocx(
  { title, blocks }: ReportText,
  { lang, mark, foot = [], by }: { lang: ReportLang; mark: string; foot?: readonly string[]; by: string },
): Promise<ArrayBuffer> {
  const fonts = FONTS[lang];
  // Digits are no Chinese words: told so, a line never breaks inside a number.
  const language = { value: "en-US", eastAsia: TAGS[lang] };
  const styled = (name: keyof typeof fonts, points: number) => ({
    // Digits and Latin letters in the same font as the characters around them.
    font: {
      ascii: fonts[name],
      hAnsi: fonts[name],
      eastAsia: fonts[name],
      cs: fonts[name],
      hint: "eastAsia",
    },
    size: points * 2,
    language,
  });
  const text = (words: string, indent = BODY.indent) =>
    new Paragraph({ ...BODY, indent, children: [new TextRun({ text: words, ...styled("text", 16) })] });
  const small = (words: string, alignment: (typeof AlignmentType)[keyof typeof AlignmentType], before = 0) =>
    new Paragraph({
      alignment,
      spacing: { before },
      children: [new TextRun({ text: words, ...styled("foot", SHORT) })],
    });
  const body = blocks.flatMap((block) => {
    if (block.kind === "heading") {
      const style = block.level === 1 ? styled("head", 16) : styled("second", 16);
      return [
        new Paragraph({ ...BODY, keepNext: true, children: [new TextRun({ text: block.text, ...style })] }),
      ];
    }
    if (block.kind === "text")
      return [text(block.pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join(""))];
    const indent = block.slot === ADDRESSEE ? FLUSH : BODY.indent;
    return block.text ? block.text.split("\n").map((line) => text(line, indent)) : [];
  });
  const number = new TextRun({ children: ["— ", PageNumber.CURRENT, " —"], ...styled("foot", 14) });
  const page = {
    size: { width: twips(210), height: twips(297) },
    margin: {
      top: twips(37),
      bottom: twips(35),
      left: twips(28),
      right: twips(26),
      header: twips(15),
      footer: twips(25),
    },
  };
  const file = new Document({
    title,
    creator: by,
    lastModifiedBy: by,
    styles: { default: { document: { run: styled("text", 16) } } },
    sections: [
      {
        properties: { page },
        headers: { default: new Header({ children: [small(mark, AlignmentType.RIGHT)] }) },
        footers: {
          default: new Footer({
            children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [number] })],
          }),
        },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { line: 36 * 20, lineRule: LineRuleType.EXACT, after: 28 * 20 },
            children: [new TextRun({ text: title, ...styled("title", 22) })],
          }),
          ...body,
          ...foot.map((words, at) => small(words, AlignmentType.LEFT, at === 0 ? 28 * 20 : 0)),
        ],
      },
    ],
  });
  return Packer.toArrayBuffer(file);
}

const BODY = {
  alignment: AlignmentType.BOTH,
  spacing: { line: 28 * 20, lineRule: LineRuleType.EXACT },
  // Characters for Word, twips for readers that know no characters: two of 16 pt.
  indent: { firstLineChars: 200, firstLine: 2 * 16 * 20 },
};

const FLUSH = { firstLineChars: 0, firstLine: 0 };

/** Twentieths of a point. */
function twips(millimetres: number): number {
  return Math.round((millimetres / 25.4) * 72 * 20);
}
