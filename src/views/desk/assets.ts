import boardJs from "../../client/board.client.js";
import css from "../../client/desk.css";
import passkeyJs from "../../client/passkey.client.js";
import peopleCss from "../../client/people.css";
import printCss from "../../client/print.css";
import reportCss from "../../client/report.css";
import reportPrintCss from "../../client/report-print.css";
import tablesCss from "../../client/tables.css";
import unitCss from "../../client/unit.css";
import { fingerprint, script, styles } from "../assets.ts";

/*
 * What the desk's own pages load beside the public stylesheet: one stylesheet (the unit pages' and its own), and a script
 * for each page that is better with one. They come from the officials' Worker, under /desk/assets.
 */
const STYLES = styles(unitCss) + styles(css) + styles(peopleCss) + styles(reportCss) + styles(tablesCss);
const BOARD_SCRIPT = script(boardJs);
const PASSKEY_SCRIPT = script(passkeyJs);

const PRINT_STYLES = styles(printCss);
const REPORT_PRINT_STYLES = styles(reportPrintCss);

export const DESK_ASSETS = {
  css: `/desk/assets/desk.${fingerprint(STYLES)}.css`,
  /** Alone on the pages that are there to be printed. */
  printCss: `/desk/assets/print.${fingerprint(PRINT_STYLES)}.css`,
  /** Alone on a situation report that is there to be printed. */
  reportPrintCss: `/desk/assets/report-print.${fingerprint(REPORT_PRINT_STYLES)}.css`,
  boardJs: `/desk/assets/board.${fingerprint(BOARD_SCRIPT)}.js`,
  passkeyJs: `/desk/assets/passkey.${fingerprint(PASSKEY_SCRIPT)}.js`,
};

/** What each address sends. */
export const DESK_SENT: Readonly<Record<string, { type: string; text: string }>> = {
  [DESK_ASSETS.css]: { type: "text/css", text: STYLES },
  [DESK_ASSETS.printCss]: { type: "text/css", text: PRINT_STYLES },
  [DESK_ASSETS.reportPrintCss]: { type: "text/css", text: REPORT_PRINT_STYLES },
  [DESK_ASSETS.boardJs]: { type: "text/javascript", text: BOARD_SCRIPT },
  [DESK_ASSETS.passkeyJs]: { type: "text/javascript", text: PASSKEY_SCRIPT },
};
