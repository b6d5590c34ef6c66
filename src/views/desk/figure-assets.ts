import chart from "chart.js/dist/chart.umd.min.js";
import chartsJs from "../../client/charts.client.js";
import css from "../../client/charts.css";
import { fingerprint, script, styles } from "../assets.ts";

/*
 * What the charts load beside the desk's own: the library as its makers built it, our script that draws, and a stylesheet.
 * They come from the figures' Worker, under /desk/figures/assets, and on no other page.
 */
const STYLES = styles(css);
const SCRIPT = script(chartsJs);
// Its map is not served: without this line nobody asks for it.
const LIBRARY = chart.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");

export const FIGURE_ASSETS = {
  css: `/desk/figures/assets/charts.${fingerprint(STYLES)}.css`,
  chartJs: `/desk/figures/assets/chart.${fingerprint(LIBRARY)}.js`,
  chartsJs: `/desk/figures/assets/charts.${fingerprint(SCRIPT)}.js`,
};

/** What each address sends. */
export const FIGURE_SENT: Readonly<Record<string, { type: string; text: string }>> = {
  [FIGURE_ASSETS.css]: { type: "text/css", text: STYLES },
  [FIGURE_ASSETS.chartJs]: { type: "text/javascript", text: LIBRARY },
  [FIGURE_ASSETS.chartsJs]: { type: "text/javascript", text: SCRIPT },
};
