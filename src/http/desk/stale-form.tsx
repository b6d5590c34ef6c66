import { problem } from "../../domain/problem.ts";
import { typedIn } from "../../domain/stale-form.ts";
import { StaleFormPage } from "../../views/desk/stale-form.tsx";
import type { AppContext } from "../factory.ts";
import { frameOf } from "../frame.ts";
import { chosenLang, readForm } from "../page-form.ts";
import { headersOf, problemJson } from "../problems.ts";

/**
 * What was posted when nobody is signed in any more: a page that still has all of it and can send it again. As large as
 * any form (64 KiB, a thousand fields), read by nobody else, kept nowhere. A script is told as scripts are.
 */
export async function staleForm(c: AppContext): Promise<Response> {
  const fault = problem.signInNeeded();
  const type = (c.req.header("Content-Type") ?? "").toLowerCase();
  if (type.startsWith("application/json")) return problemJson(c, fault.problem, c.get("lang"), "page");
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(type)) throw fault;
  const posted = await readForm(c);
  const lang = chosenLang(posted);
  if (lang) c.set("lang", lang);
  // A language switch is no answer: sent along, it would be pressed again.
  const entries = posted.filter(([name]) => name !== "_lang");
  const { pathname, search } = new URL(c.req.url);
  const page = StaleFormPage({
    frame: await frameOf(c),
    action: `${pathname}${search}`,
    entries,
    typed: typedIn(entries),
    file: type.startsWith("multipart/") && (await hasFile(c)),
  });
  return c.html(page, 401, headersOf(fault.problem));
}

/** The body is parsed already: readForm has. */
async function hasFile(c: AppContext): Promise<boolean> {
  const form = await c.req.formData();
  return [...form.values()].some((value) => typeof value !== "string" && (value as File).size > 0);
}
