import type { Lang } from "../forms/define.ts";

/*
 * A letter as HTML: plain enough for any reader of mail.
 */
/** A whole letter around its paragraphs. */
export const htmlOf = (lang: Lang, body: string) =>
  `<!doctype html>\n<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>\n<body style="font:16px/1.7 sans-serif;color:#111;background:#fff;overflow-wrap:anywhere">\n${body}\n</body></html>`;

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Text as HTML shows it. */
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
