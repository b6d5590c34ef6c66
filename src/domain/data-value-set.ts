import { dayOf } from "./as-of.ts";
import { type FigureBook, type FigureId, figureOf, WINDOW } from "./figure-book.ts";
import { INDICATORS } from "./indicator.ts";
import { TYPED } from "./indicator-typed.ts";
import { addDays, momentOf } from "./time.ts";

/*
 * A unit's figures as DHIS2 takes them: one data value set of a day. DHIS2 has no word for unknown, so what is unknown is
 * left out and zero is sent; shares are left out too, for DHIS2 makes its own from numerator and denominator.
 */
export const DATA_SET = "baobei";

export type DataValueSet = {
  dataSetIdScheme: "CODE";
  dataElementIdScheme: "CODE";
  orgUnitIdScheme: "CODE";
  dataSet: typeof DATA_SET;
  /** The day, where it is over and nobody's report is missing: DHIS2 then takes the set for complete. */
  completeDate?: string;
  /** The local day that the moment speaks of, YYYYMMDD. */
  period: string;
  orgUnit: string;
  dataValues: {
    dataElement: FigureId;
    period: string;
    orgUnit: string;
    value: string;
    /** Of `completeness.reported`: who is missing, so that nobody takes the day for whole. */
    comment?: string;
  }[];
};

/** Missing units that a comment names; the number of all stands before them. */
const NAMED = 100;

/** Every figure of a book that is known, by its id: all up to the moment, and of a flow what came since the window began. */
export function dataValueSet(book: FigureBook, zone: string): DataValueSet {
  const { date } = dayOf(book.asOf, zone);
  const orgUnit = book.unit.code;
  const period = date.replaceAll("-", "");
  const { owed, missing } = book.completeness;
  const over = book.asOf >= momentOf(addDays(date, 1), "00:00", zone);
  return {
    ...{ dataSetIdScheme: "CODE", dataElementIdScheme: "CODE", orgUnitIdScheme: "CODE" },
    dataSet: DATA_SET,
    ...(over && owed > 0 && missing.length === 0 && { completeDate: date }),
    ...{ period, orgUnit },
    dataValues: dataElements().flatMap((dataElement) => {
      const value = figureOf(book, dataElement);
      if (value === null) return [];
      const told = dataElement === "completeness.reported" && missing.length > 0;
      const one = { dataElement, period, orgUnit, value: String(value) };
      return [told ? { ...one, comment: missingIn(missing) } : one];
    }),
  };
}

/** 缺报 missing 2: 511781100002 示例二社区; …, for whoever reads it in any language. */
function missingIn(missing: FigureBook["completeness"]["missing"]): string {
  const named = missing.slice(0, NAMED).map(({ code, name }) => `${code} ${name}`);
  return `缺报 missing ${missing.length}: ${named.join("; ")}${missing.length > NAMED ? "; …" : ""}`;
}

/** Every code that can come up as a data element, in the order of the catalogue. */
export function dataElements(): FigureId[] {
  const counted = INDICATORS.filter(
    ({ kind, paths }) => kind !== "share" && !paths.every((path) => path.includes("*")),
  );
  return [...counted, ...TYPED].flatMap(({ id, kind, window }) =>
    kind === "flow" && window === "all" ? [id, `${id}${WINDOW}`] : [id],
  );
}
