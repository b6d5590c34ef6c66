import type { Lang } from "../forms/define.ts";
import { problem } from "./problem.ts";

/*
 * What arrives, once. The client draws an id before it sends; the same id with the same content is the same
 * submission, however often the network repeats it.
 */
export type Door = "poster" | "page" | "unit" | "person" | "api" | "desk";

/** A submission as it is stored: keyed hashes of the client id and of the content, never the id or the content itself. */
export type Arrival = {
  id: string;
  form: string;
  formVersion: number;
  door: Door;
  contentHash: string;
};

/** How often another number is drawn when one is taken: with ten million numbers five misses do not happen. */
export const NUMBER_ATTEMPTS = 5;

/** The client id, lower case. Throws `invalid` on `clientId` for anything but a UUID, in a page's words; programs read http/problems.ts's. */
export function readClientId(clientId: string, lang?: Lang): string {
  const id = clientId.trim().toLowerCase();
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)) return id;
  throw problem.answer(
    "clientId",
    "uuid",
    {
      "zh-Hans": "请刷新页面后再提交",
      "zh-Hant": "請重新整理頁面後再提交",
      en: "Reload the page and send again.",
    },
    lang,
  );
}

/** The same JSON text for the same content, whatever the order of its keys; what is undefined does not count. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The field error of a unit code that no unit has. */
export const unknownUnit = (lang?: Lang) =>
  problem.answer("unit", "unit-not-found", problem.unitNotFound().problem.title, lang);
