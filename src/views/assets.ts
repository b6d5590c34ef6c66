import css from "../client/app.css";
import js from "../client/form.client.js";
import personCss from "../client/person.css";
import unitCss from "../client/unit.css";

/*
 * Stylesheets and scripts, as they are sent: without comments and indentation, under a name that changes with the
 * content, so that a phone keeps them for good. What only officials' pages need stands apart from what a citizen loads.
 */
/** A stylesheet as it is sent. */
export const styles = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,>]) ?/g, "$1")
    .replace(/: /g, ":");
/** A script as it is sent. */
export const script = (text: string) =>
  text
    .replace(/^\s*(\/\/.*|\/\*.*\*\/|\/\*[\s\S]*?\*\/)?\n?/gm, "")
    .replace(/^\s+/gm, "")
    // The formatter's comma after a call's last argument is ES2017: a WeChat of 2018 cannot read it.
    .replace(/,(\s*\))/g, "$1");

export const STYLESHEET = styles(css);
export const SCRIPT = script(js);
const PERSON_STYLES = styles(personCss);
const UNIT_STYLES = styles(unitCss);

export const ASSETS = {
  css: `/assets/app.${fingerprint(STYLESHEET)}.css`,
  js: `/assets/form.${fingerprint(SCRIPT)}.js`,
  personCss: `/assets/person.${fingerprint(PERSON_STYLES)}.css`,
  unitCss: `/assets/unit.${fingerprint(UNIT_STYLES)}.css`,
};

/** What each address sends. */
export const SENT: Readonly<Record<string, { type: string; text: string }>> = {
  [ASSETS.css]: { type: "text/css", text: STYLESHEET },
  [ASSETS.js]: { type: "text/javascript", text: SCRIPT },
  [ASSETS.personCss]: { type: "text/css", text: PERSON_STYLES },
  [ASSETS.unitCss]: { type: "text/css", text: UNIT_STYLES },
};

/** FNV-1a over UTF-16 units, twice with other seeds: tells versions apart, protects nothing. */
export function fingerprint(text: string): string {
  const run = (seed: number) => {
    let value = seed;
    for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
    return value.toString(16).padStart(8, "0");
  };
  return run(0x811c9dc5) + run(0x9e3779b9);
}
