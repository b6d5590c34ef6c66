import { type FigureBook, type FigureId, WINDOW } from "../figure-book.ts";
import { findIndicator } from "../indicator.ts";
import { findTyped } from "../indicator-typed.ts";
import type { Block, Piece } from "../situation-report.ts";
import { printed } from "./numbers.ts";
import { inScript, joined, type Writer } from "./wording.ts";

/*
 * What stands around every report: first which units it speaks for and who is missing, last what came in after its
 * moment.
 */

/** Names of missing units that a report prints; the rest are counted. */
const NAMED = 100;

/** 本汇报涵盖…个单位，应报…个，已报…个；逾期未报…: the first block of every report. */
export function completenessOf({ completeness }: FigureBook, asOf: string, { hant }: Writer): Block {
  const { units, owed, reported, missing } = completeness;
  const open = owed - reported - missing.length;
  const w = (both: string) => inScript(both, hant);
  const stated = (figure: FigureId, value: number): Piece => ({
    figure,
    value,
    text: printed(value, "plain", hant),
  });
  const names = missing.slice(0, NAMED).map(({ name }) => name);
  const whom: Piece[] = [
    w("本汇报数据截至 | 本彙報數據截至") + asOf + w("，涵盖 | ，涵蓋"),
    stated("completeness.units", units),
  ];
  if (owed === 0) {
    // Before a county's first day there is nothing to be late with.
    const nothing = {
      figure: "dailyReports.owed",
      value: owed,
      text: w("没有应交的日报告 | 沒有應交的日報告"),
    };
    return { kind: "text", pieces: joined([...whom, w("个单位，当日 | 個單位，當日"), nothing, "。"]) };
  }
  const pieces: Piece[] = [
    ...whom,
    w("个单位：应报告的 | 個單位：應報告的"),
    stated("dailyReports.owed", owed),
    w("个，已报告的 | 個，已報告的"),
    stated("completeness.reported", reported),
    w("个 | 個"),
  ];
  if (open > 0) {
    pieces.push(w("，未到时限或免报的 | ，未到時限或免報的"));
    pieces.push(stated("dailyReports.pending+dailyReports.excused", open), w("个 | 個"));
  }
  pieces.push(w("；逾期未报告 | ；逾期未報告"));
  if (missing.length === 0) pieces.push(w("：无。 | ：無。"));
  else {
    pieces.push(stated("dailyReports.overdue", missing.length), w("个 | 個"));
    pieces.push(`：${names.join("、")}${missing.length > NAMED ? "等" : ""}。`);
  }
  return { kind: "text", pieces: joined(pieces) };
}

/**
 * 注：…其后补录 +3: the last block, where the book has late arrivals for a figure that the text states; that they are in the
 * figures where it takes them in.
 */
export function lateArrivals(book: FigureBook, blocks: Block[], { hant, at }: Writer): Block[] {
  const ids = statedIn(blocks);
  if (ids.some((id) => book.includesLate?.includes(id)))
    return [
      { kind: "text", pieces: [hant ? "註：以上數字含截止後補錄的。" : "注：以上数字含截止后补录的。"] },
    ];
  const late = [...new Set(ids)].filter((figure) => book.recordedAfter[figure]);
  if (late.length === 0) return [];
  const pieces = late.flatMap((figure, index): Piece[] => {
    const value = at(figure);
    const after = book.recordedAfter[figure] ?? 0;
    return [
      `${index === 0 ? (hant ? "註：" : "注：") : "；"}${figureName(figure, hant)}`,
      { figure, value, text: printed(value, "plain", hant) },
      `${hant ? "，其後補錄 " : "，其后补录 "}${after > 0 ? "+" : ""}${after}`,
    ];
  });
  return [{ kind: "text", pieces: joined([...pieces, "。"]) }];
}

/** So few that did not fill a form in are named; of more the figure's own page tells. */
const FORM_NAMED = 10;

/**
 * 注：填报的数字只合计已填的单位…: of each count form that the text states figures of and some of several units did not fill
 * in. The words lead to a figure of it, whose page names the units.
 */
export function filledNote({ filled = [] }: FigureBook, blocks: Block[], { hant, at }: Writer): Block[] {
  const ids = statedIn(blocks);
  const w = (both: string) => inScript(both, hant);
  const notes = filled.flatMap((one): Piece[][] => {
    const stated = ids.filter((id) => id.startsWith(`${one.form}.`));
    // Of several, one that is known: the page of an unknown one would say that nobody entered it.
    const figure = stated.find((id) => at(id) !== null) ?? stated[0];
    // Where nobody filled it in the figure is unknown, and says so itself.
    if (!figure || one.units < 2 || one.filled === 0 || one.missing.length === 0) return [];
    const names = one.missing.map(({ name }) => name).join("、");
    return [
      [
        `${one.title[hant ? "zh-Hant" : "zh-Hans"]}，${one.units}`,
        w("个单位 | 個單位") + (one.owed ? w("应填、 | 應填、") : "可填、"),
        { figure, value: at(figure), text: w(`已填${one.filled}个 | 已填${one.filled}個`) },
        one.missing.length > FORM_NAMED ? "" : `（未填：${names}）`,
      ],
    ];
  });
  const pieces = notes.flatMap((note, index) => [index === 0 ? "" : "；", ...note]);
  if (pieces.length === 0) return [];
  const lead = w("注：填报的数字只合计已填的单位： | 註：填報的數字只合計已填的單位：");
  return [{ kind: "text", pieces: joined([lead, ...pieces, "。"]) }];
}

/** The figures that a text states, the parts of sums by themselves. */
const statedIn = (blocks: Block[]): FigureId[] =>
  blocks
    .flatMap((block) => (block.kind === "text" ? block.pieces : []))
    .flatMap((piece) => (typeof piece === "string" ? [] : piece.figure.split("+")));

/** A figure's name: its indicator's, or its typed count's. */
function figureName(id: FigureId, hant: boolean): string {
  const window = id.endsWith(WINDOW);
  const whole = window ? id.slice(0, -WINDOW.length) : id;
  const found = findIndicator(whole) ?? findTyped(whole);
  return `${found?.name[hant ? "zh-Hant" : "zh-Hans"] ?? whole}${window ? (hant ? "（當日）" : "（当日）") : ""}`;
}
