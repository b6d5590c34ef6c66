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
  const pieces: Piece[] = [
    w("本汇报数据截至 | 本彙報數據截至") + asOf + w("，涵盖 | ，涵蓋"),
    stated("completeness.units", units),
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
  pieces.push(w("；未报告 | ；未報告"));
  if (missing.length === 0) pieces.push(w("：无。 | ：無。"));
  else {
    pieces.push(stated("dailyReports.overdue", missing.length), w("个 | 個"));
    pieces.push(`：${names.join("、")}${missing.length > NAMED ? "等" : ""}。`);
  }
  return { kind: "text", pieces: joined(pieces) };
}

/** 注：…其后补录 +3: the last block, where the book has late arrivals for a figure that the text states. */
export function lateArrivals(book: FigureBook, blocks: Block[], { hant, at }: Writer): Block[] {
  const said = blocks.flatMap((block) => (block.kind === "text" ? block.pieces : []));
  const ids = said.flatMap((piece) => (typeof piece === "string" ? [] : piece.figure.split("+")));
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

/** A figure's name: its indicator's, or its typed count's. */
function figureName(id: FigureId, hant: boolean): string {
  const window = id.endsWith(WINDOW);
  const whole = window ? id.slice(0, -WINDOW.length) : id;
  const found = findIndicator(whole) ?? findTyped(whole);
  return `${found?.name[hant ? "zh-Hant" : "zh-Hans"] ?? whole}${window ? (hant ? "（當日）" : "（当日）") : ""}`;
}
