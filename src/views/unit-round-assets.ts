import roundJs from "../client/round.client.js";
import { fingerprint, script } from "./assets.ts";

/* The round's script stands apart: only a grid worker loads it, and only two Workers need to carry it. */
const ROUND_SCRIPT = script(roundJs);
export const ROUND_JS = `/assets/round.${fingerprint(ROUND_SCRIPT)}.js`;

/** What its address sends. */
export const ROUND_SENT = { [ROUND_JS]: { type: "text/javascript", text: ROUND_SCRIPT } };
