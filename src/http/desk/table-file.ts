import type { FigureValue } from "../../domain/figure-book.ts";
import { BOM, type Cell, csvLine, type Sheet } from "../../domain/spreadsheet.ts";
import type { FlatColumn } from "../../domain/table.ts";
import { isGroup } from "../../domain/table.ts";
import { localClock } from "../../domain/time.ts";
import type { Lang } from "../../forms/define.ts";
import { cutWords, figureText, namesOf, unfilledWords } from "../../views/desk/figure-parts.tsx";
import { FIGURE, TABLE } from "../../views/desk/figure-words.ts";
import type { OpenTable } from "../tables.ts";

/** Who takes a table away and when: it stands on every page of it. */
export type Taker = { county: string; by: string; lang: Lang; zone: string; today: string; now: Date };

/** A table as a sheet: its name, its heads in two rows, and who took it when. Counts only, nothing of persons. */
export function sheetOfTable(table: OpenTable, taker: Taker): Sheet {
  const { definition, filled } = table;
  const { lang } = taker;
  const heads = filled.columns.map(({ label }) => ({ text: label[lang], width: 12 }));
  return {
    name: definition.title[lang],
    mark: markOf(table, taker),
    heads: [{ text: definition.rowLabel[lang], width: 24 }, { text: TABLE.unit[lang], width: 16 }, ...heads],
    groups: [
      { text: "", span: 2 },
      ...definition.columns.map((one) =>
        isGroup(one) ? { text: one.label[lang], span: one.columns.length } : { text: "", span: 1 },
      ),
    ],
  };
}

/** What it is, whose, as of when, how complete, and who took it when. */
function markOf(
  { definition, unit, asOf, from, filled, completeness, forms }: OpenTable,
  taker: Taker,
): string {
  const { lang, now, zone, today, county, by } = taker;
  const { units, owed, reported: reportedBy, missing } = completeness;
  const reported = [
    FIGURE.completeness(units, owed, reportedBy)[lang],
    missing.length > 0
      ? `${FIGURE.missing(missing.length)[lang]}${namesOf(missing, lang)}`
      : FIGURE.noneMissing[lang],
  ];
  return [
    `${county} ${definition.title[lang]}`,
    unit.name,
    FIGURE.asOf(cutWords(asOf, taker, lang))[lang],
    TABLE.today(cutWords(from, taker, lang))[lang],
    ...(filled.reported ? reported : []),
    ...forms.flatMap((form) => [
      TABLE.filledForm(form, false)[lang],
      ...(form.missing.length > 0 ? [unfilledWords(form, lang)] : []),
    ]),
    `${by} ${today} ${localClock(now, zone)} ${TABLE.file[lang]}`.trim(),
  ].join(" · ");
}

/** Its rows: a line for each unit, what is of none of them, and the total. Unknown is —. */
export function rowsOfTable({ filled, unit, definition }: OpenTable, lang: Lang): Cell[][] {
  const line = (name: string, code: string, values: FigureValue[]): Cell[] => [
    ...[name, code],
    ...values.map((value, at) => cellOf(value, filled.columns[at])),
  ];
  const rest = definition.rows.kinds ? FIGURE.rest[lang] : `${unit.name} ${FIGURE.direct[lang]}`;
  return [
    ...filled.rows.map(({ unit: of, values }) => line(of.name, of.code, values)),
    ...(filled.rest ? [line(rest, "", filled.rest)] : []),
    line(TABLE.total[lang], unit.code, filled.total),
  ];
}

const cellOf = (value: FigureValue, column: FlatColumn | undefined): Cell =>
  value === null ? "—" : column?.as === "share" ? { share: value } : value;

/** The same as CSV: one row of heads, each with its group before it. */
export function csvOfTable(table: OpenTable, taker: Taker): string {
  const { lang } = taker;
  const { definition, filled } = table;
  const { mark } = sheetOfTable(table, taker);
  const heads = filled.columns.map(({ label, group }) =>
    group ? `${group[lang]} ${label[lang]}` : label[lang],
  );
  const rows = rowsOfTable(table, lang).map((cells) => csvLine(cells.map(textOf)));
  const head = csvLine([definition.rowLabel[lang], TABLE.unit[lang], ...heads]);
  return `${BOM}${csvLine([`# ${mark}`])}${head}${rows.join("")}`;
}

const textOf = (cell: Cell): string | number =>
  typeof cell === "object" ? figureText(cell.share, true) : cell;
