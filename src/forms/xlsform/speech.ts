import { LANGS, type Lang, type Words } from "../define.ts";
import { type FormBook, LANGUAGE, type Remark, type SheetName, type SheetRow } from "./sheet.ts";

/** The language that a column, or default_language, names; undefined for one that this service does not speak. */
export function langOf(name: string): Lang | undefined {
  const known = LANGS.find((lang) => LANGUAGE[lang] === name);
  if (known) return known;
  const text = name.toLowerCase();
  if (/繁|traditional|hant|zh[-_](?:tw|hk|mo)/.test(text)) return "zh-Hant";
  if (/中文|汉语|漢語|普通话|chinese|mandarin|简|^zh\b|\((?:zh|cmn)\b/.test(text)) return "zh-Hans";
  return /english|英|^en\b|\(en\b/.test(text) ? "en" : undefined;
}

const FALLBACK: Record<Lang, readonly Lang[]> = {
  "zh-Hans": ["zh-Hant", "en"],
  "zh-Hant": ["zh-Hans", "en"],
  en: ["zh-Hans", "zh-Hant"],
};

/** The words of a workbook's columns in three languages; what falls back is told once a language, or with its place. */
export class Speech {
  private readonly losses: Remark[];
  private readonly bare: Lang;
  private readonly spoken = new Set<Lang>();
  private readonly other: string[] = [];

  constructor(book: FormBook, losses: Remark[]) {
    this.losses = losses;
    const chosen = book.settings.rows[0]?.cells.default_language;
    const labels = book.survey.rows.map(({ cells }) => cells.label ?? "").join("");
    const heads = [...book.survey.heads, ...book.choices.heads];
    const guess: Lang = /\p{Script=Han}/u.test(labels) ? "zh-Hans" : "en";
    this.bare = (chosen && langOf(chosen)) || guess;
    if (heads.includes("label")) this.spoken.add(this.bare);
    for (const head of new Set(heads)) {
      const [base = "", language] = head.split("::");
      if (!TRANSLATED.has(base) || !language) continue;
      const lang = langOf(language);
      if (lang) this.spoken.add(lang);
      else if (!this.other.includes(language)) this.other.push(language);
    }
    for (const language of this.other)
      losses.push({ sheet: "survey", row: 1, said: `words in ${language} are not carried over` });
    for (const lang of LANGS.filter((each) => !this.spoken.has(each))) {
      const from = FALLBACK[lang].find((each) => this.spoken.has(each));
      const stand = from ? LANGUAGE[from] : (this.other[0] ?? "the names");
      losses.push({
        sheet: "survey",
        row: 1,
        said: `no column is in ${LANGUAGE[lang]}; ${stand} stands in its place`,
      });
    }
  }

  /** What a row's column says; undefined where it says nothing. */
  words(sheet: SheetName, { row, cells }: SheetRow, column: string): Words | undefined {
    const said: Partial<Record<Lang, string>> = {};
    let strange: string | undefined;
    for (const [head, text] of Object.entries(cells)) {
      const [base, language, ...more] = head.split("::");
      if (base !== column || more.length > 0) continue;
      const lang = language ? langOf(language) : this.bare;
      if (!lang) strange ??= text;
      else if (said[lang] === undefined || language) {
        if (said[lang] !== undefined && said[lang] !== text)
          this.losses.push({
            sheet,
            row,
            column: head,
            said: `${LANGUAGE[lang]} is there twice; one is left out`,
          });
        said[lang] = text;
      }
    }
    if (Object.keys(said).length === 0 && strange === undefined) return undefined;
    return Object.fromEntries(
      LANGS.map((lang) => {
        const own = said[lang];
        if (own !== undefined) return [lang, own];
        if (this.spoken.has(lang))
          this.losses.push({
            sheet,
            row,
            column,
            said: `nothing in ${LANGUAGE[lang]}; another language stands there`,
          });
        return [lang, FALLBACK[lang].map((each) => said[each]).find(Boolean) ?? strange ?? ""];
      }),
    ) as Record<Lang, string>;
  }
}

/** The columns that are said in languages. */
export const TRANSLATED: ReadonlySet<string> = new Set([
  "label",
  "hint",
  "required_message",
  "constraint_message",
]);
