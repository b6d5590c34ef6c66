import type { SheetFault, SheetRow } from "../domain/sheet.ts";

/** What was wrong with a file, in the order it was met; beyond `most` it is only counted. */
export class Faults {
  list: SheetFault[] = [];
  left = 0;
  readonly #most: number;
  constructor(most: number) {
    this.#most = most;
  }
  add(fault: SheetFault): void {
    if (this.list.length < this.#most) this.list.push(fault);
    else this.left += 1;
  }
}

/**
 * What stands in a file, before anybody asks which row the headings are: its rows that are not blank, as many as are
 * kept, and `count` of all of them; `widest`, the columns that the widest row uses, kept or not.
 */
export type Grid = {
  rows: SheetRow[];
  count: number;
  widest: number;
  faults: Faults;
  /** Of CSV: how many cells each row was written with, blank ones included. */
  widths?: Map<number, number>;
};

/** Rows above and below a list that are read besides its own. */
export const MARGIN = 40;
