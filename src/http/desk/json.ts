import type { AppContext } from "../factory.ts";
import { logFault, problemJson, problemOf } from "../problems.ts";

/** What a page's own script asked for: an object as JSON, or application/problem+json in the words of a page. */
export async function answerJson(c: AppContext, work: () => Promise<object>): Promise<Response> {
  try {
    return c.json(await work());
  } catch (error) {
    logFault(error, c);
    return problemJson(c, problemOf(error), c.get("lang"), "page");
  }
}
