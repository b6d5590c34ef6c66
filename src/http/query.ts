import { problem } from "../domain/problem.ts";
import type { Words } from "../forms/define.ts";
import type { AppContext } from "./factory.ts";

/**
 * What an address asks. Throws `invalid` on one of `names` that it says twice: nobody should guess which of two moments or
 * units was meant.
 */
export function queryOnce(c: AppContext, names: readonly string[]): Record<string, string> {
  for (const name of names)
    if ((c.req.queries(name) ?? []).length > 1) throw problem.answer(name, "repeated", TWICE, c.var.lang);
  return c.req.query();
}

const TWICE: Words = {
  "zh-Hans": "同一个参数写了不止一次，请只写一次",
  "zh-Hant": "同一個參數寫了不止一次，請只寫一次",
  en: "Said more than once. Say it once.",
};
