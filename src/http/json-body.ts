import { problem } from "../domain/problem.ts";
import type { Words } from "../forms/define.ts";
import type { AppContext } from "./factory.ts";

/** How deep a body may nest: a household's person's document is four. */
const MAX_DEPTH = 16;

/** The JSON object of a body. Throws 400 that says why for anything else; JSON.parse alone would keep the last of two equal keys. */
export async function readJson(c: AppContext): Promise<Record<string, unknown>> {
  const text = utf8(await c.req.raw.arrayBuffer());
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw problem.malformedJson();
  }
  const fault = faultOf(text);
  if (fault) throw problem.malformedJson(fault);
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw problem.malformedJson(NOT_AN_OBJECT);
  return body as Record<string, unknown>;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

function utf8(bytes: ArrayBuffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw problem.malformedJson(NOT_UTF8);
  }
}

/** What is wrong with JSON that parses: nested too deep, or a key twice in one object. */
function faultOf(text: string): Words | undefined {
  const open: (Set<string> | undefined)[] = [];
  let key = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') {
      const end = endOfString(text, at);
      if (key) {
        const sent = text.slice(at + 1, end);
        const name = sent.includes("\\") ? (JSON.parse(`"${sent}"`) as string) : sent;
        if (open.at(-1)?.has(name)) return KEY_TWICE;
        open.at(-1)?.add(name);
      }
      key = false;
      at = end;
    } else if (sign === "{" || sign === "[") {
      if (open.length === MAX_DEPTH) return TOO_DEEP;
      open.push(sign === "{" ? new Set() : undefined);
      key = sign === "{";
    } else if (sign === "}" || sign === "]") {
      open.pop();
      key = false;
    } else if (sign === ",") key = open.at(-1) !== undefined;
  }
  return undefined;
}

/** Where a string of valid JSON ends; most hold no backslash, and looking for the quote alone is quicker. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  const end = text.indexOf('"', at);
  if (text[end - 1] !== "\\") return end;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

const NOT_AN_OBJECT: Words = {
  "zh-Hans": "最外层应为一个 JSON 对象",
  "zh-Hant": "最外層應為一個 JSON 物件",
  en: "The outermost value must be an object",
};
const NOT_UTF8: Words = {
  "zh-Hans": "内容不是 UTF-8 编码",
  "zh-Hant": "內容不是 UTF-8 編碼",
  en: "The body is not UTF-8",
};
const KEY_TWICE: Words = {
  "zh-Hans": "同一个对象里有重复的键",
  "zh-Hant": "同一個物件裡有重複的鍵",
  en: "An object has the same key twice",
};
const TOO_DEEP: Words = { "zh-Hans": "嵌套太深", "zh-Hant": "巢狀太深", en: "The body nests too deep" };
