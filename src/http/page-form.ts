import { problem } from "../domain/problem.ts";
import { type FormDefinition, LANGS, type Lang } from "../forms/define.ts";
import type { AppContext } from "./factory.ts";

/**
 * Headers of a page that holds a form, or that one was posted to: kept by the reader's own browser so that Back and
 * Forward show it as it was, and asked for anew otherwise. Pages with a receipt or behind a token are `no-store`.
 */
export const GOES_BACK = { "Cache-Control": "private, no-cache" };

/** More fields than any form of ours could send: twenty persons with every answer are below 300. */
const MAX_FIELDS = 1_000;

/**
 * The entries of a posted form, in order. Throws 400 for bytes that are not a form (bad escapes, bytes that are not
 * UTF-8, a broken multipart body) and 413 for more than a thousand fields; files are left out.
 */
export async function readForm(c: AppContext): Promise<[string, string][]> {
  const entries = /^multipart\//i.test(c.req.header("Content-Type") ?? "")
    ? await multipart(c)
    : urlencoded(await bytesOf(c));
  if (entries.length > MAX_FIELDS) throw problem.tooLarge();
  return entries;
}

/** The last value of a name, as browsers' own buttons mean it; undefined when it was not sent. */
export function lastOf(entries: readonly (readonly [string, string])[], name: string): string | undefined {
  for (let at = entries.length - 1; at >= 0; at--) if (entries[at]?.[0] === name) return entries[at]?.[1];
  return undefined;
}

async function bytesOf(c: AppContext): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await c.req.arrayBuffer());
  } catch {
    throw problem.malformedForm();
  }
}

/** Stricter than URLSearchParams, which turns broken escapes into U+FFFD and stores that in place of a name. */
function urlencoded(text: string): [string, string][] {
  const parts = text.split("&", MAX_FIELDS + 1).filter(Boolean);
  try {
    return parts.map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [decode(part), ""] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
    });
  } catch {
    throw problem.malformedForm();
  }
}

const decode = (text: string) => decodeURIComponent(text.replace(/\+/g, " "));

async function multipart(c: AppContext): Promise<[string, string][]> {
  try {
    const form = await c.req.formData();
    return [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  } catch {
    throw problem.malformedForm();
  }
}

/** The language whose switch was pressed. */
export const chosenLang = (entries: readonly (readonly [string, string])[]): Lang | undefined =>
  LANGS.find((lang) => lang === lastOf(entries, "_lang"));

export const isClientId = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

/**
 * What `_action=add-persons` and `_action=remove-persons-1` make of the input, and the row to look at next; undefined
 * for any other action. Bounds are the form's own.
 */
export function rowsAction(
  form: FormDefinition,
  input: Record<string, unknown>,
  action: string | undefined,
): { input: Record<string, unknown>; focus: string } | undefined {
  const [, verb, name = "", at = ""] = /^(add|remove)-([A-Za-z]+)(?:-(\d{1,3}))?$/.exec(action ?? "") ?? [];
  const group = form.groups.find((one) => one.repeat && one.name === name);
  if (!group?.repeat) return undefined;
  const rows: unknown[] = Array.isArray(input[name]) ? input[name] : [];
  while (rows.length < group.repeat.min) rows.push({});
  const next =
    verb === "add"
      ? [...rows, {}].slice(0, group.repeat.max)
      : rows.filter((_, row) => row !== Number(at) || rows.length <= (group.repeat?.min ?? 0));
  const look = verb === "add" ? next.length - 1 : Math.min(Number(at), next.length - 1);
  return { input: { ...input, [name]: next }, focus: `${name}.${look}` };
}
