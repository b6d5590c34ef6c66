import rapidJs from "../client/rapid.client.js";
import rapidCss from "../client/rapid.css";
import workerJs from "../client/rapid-worker.client.js";
import { fingerprint, script, styles } from "./assets.ts";

/* Only who enters records one after another loads these, and only two Workers need to carry them. */
const RAPID_SCRIPT = script(rapidJs);
const RAPID_STYLES = styles(rapidCss);
export const RAPID_JS = `/assets/rapid.${fingerprint(RAPID_SCRIPT)}.js`;
export const RAPID_CSS = `/assets/rapid.${fingerprint(RAPID_STYLES)}.css`;

/** What each address sends. */
export const RAPID_SENT = {
  [RAPID_JS]: { type: "text/javascript", text: RAPID_SCRIPT },
  [RAPID_CSS]: { type: "text/css", text: RAPID_STYLES },
};

/** The service worker: it stands beside the page that it is for, since its address bounds its reach. */
export const RAPID_WORKER = script(workerJs);
