import { LANGS, type Lang } from "../forms/define.ts";

/** The reader's language: ?lang= first, then Accept-Language in its order of preference; Simplified Chinese otherwise. */
export function readerLanguage(query: string | undefined, header: string | undefined): Lang {
  if (LANGS.includes(query as Lang)) return query as Lang;
  const wanted = (header ?? "")
    .slice(0, 200)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const q = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find(Boolean);
      return { tag: tag.toLowerCase(), q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ tag, q }) => tag && q > 0)
    .sort((a, b) => b.q - a.q);
  for (const { tag } of wanted) {
    if (/^zh-(hant|tw|hk|mo)/.test(tag)) return "zh-Hant";
    if (/^zh/.test(tag)) return "zh-Hans";
    if (/^en/.test(tag)) return "en";
  }
  return "zh-Hans";
}
