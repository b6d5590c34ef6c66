import type { FigureBook, FigureValue } from "../../src/domain/figure-book.ts";
import { findTemplate, writeReport } from "../../src/domain/situation/index.ts";
import type { ReportId, ReportLang } from "../../src/domain/situation-report.ts";

export const ZONE = "Asia/Shanghai";
export const at = (local: string) => new Date(`${local}+08:00`);

/** A book of these figures alone; all others are unknown. All units have reported. */
export const bookOf = (
  values: Record<string, FigureValue>,
  more: Partial<FigureBook> & { name?: string; kind?: string } = {},
): FigureBook => ({
  unit: { code: "511781", name: more.name ?? "示例县", kind: more.kind ?? "county" },
  asOf: at("2020-01-28T18:00:00"),
  from: at("2020-01-27T18:00:00"),
  values,
  completeness: { units: 1, owed: 1, reported: 1, missing: [] },
  recordedAfter: {},
  ...more,
});

export const templateOf = (id: ReportId) => {
  const template = findTemplate(id);
  if (!template) throw new Error(`no template ${id}`);
  return template;
};

/** A report as it is written, with what it states besides its completeness: ids and what is printed. */
export function written(
  id: ReportId,
  book: FigureBook,
  { lang = "zh-Hans", free = {} }: { lang?: ReportLang; free?: Record<string, string> } = {},
) {
  const report = writeReport(templateOf(id), book, { lang, zone: ZONE, free });
  const stated = report.figures.filter(({ id }) => !/^(completeness|dailyReports)\./.test(id));
  return { ...report, ids: stated.map(({ id }) => id), printed: stated.map(({ text }) => text) };
}
