import type { LetterItem, LetterPerson } from "../domain/letter.ts";
import type { Lang, Words } from "../forms/define.ts";
import { documentKinds } from "../forms/words.ts";
import { dayWords } from "./moment.ts";
import { words } from "./words.ts";

/* What a letter passes on about people, in words: on paper and on its pages. */
export const ITEM_WORDS = {
  name: words("姓名", "姓名", "Name"),
  document: words("证件", "證件", "Document"),
  phone: words("电话", "電話", "Phone"),
  whereabouts: words("据称现在何处", "據稱現在何處", "Said to be"),
  day0: words("观察起算日", "觀察起算日", "Day 0"),
  reading: words("最近一次体温", "最近一次體溫", "Last temperature"),
  triage: words("居住旅行史、接触史、症状", "居住旅行史、接觸史、症狀", "History and symptoms"),
} satisfies Record<LetterItem, Words>;
export const NOT_GIVEN = words("函中没有提供", "函中沒有提供", "Not passed on");
const TRIAGE = {
  area: words("有疫区居住旅行史", "有疫區居住旅行史", "has been in an affected area"),
  contact: words("接触过确诊或疑似病人", "接觸過確診或疑似病人", "was in contact with a case"),
  symptoms: words("登记时有症状", "登記時有症狀", "had symptoms when registered"),
  none: words("均无", "均無", "none"),
};

/** One thing that is passed on about a person, in words; undefined where it is not. */
export function itemWords(
  person: LetterPerson,
  item: "name" | "document" | "day0" | "reading" | "triage",
  { lang, today }: { lang: Lang; today: string },
): string | undefined {
  const { name, document, day0, reading, triage } = person;
  switch (item) {
    case "name":
      return name;
    case "document": {
      const kind = documentKinds.find((one) => one.name === document?.kind)?.label[lang];
      return document && document.kind !== "none"
        ? `${kind ?? ""} ${document.number ?? ""}`.trim()
        : undefined;
    }
    case "day0":
      return day0 && dayWords(day0, lang, today);
    case "reading":
      return reading && measured(reading.celsius, dayWords(reading.date, lang, today), lang);
    case "triage": {
      if (!triage) return undefined;
      const said = (["area", "contact", "symptoms"] as const).filter((one) => triage[one]);
      return said.length > 0
        ? said.map((one) => TRIAGE[one][lang]).join(lang === "en" ? ", " : "，")
        : TRIAGE.none[lang];
    }
  }
}

const measured = (celsius: number, day: string, lang: Lang) =>
  lang === "en" ? `${celsius.toFixed(1)} ℃ (${day})` : `${celsius.toFixed(1)} ℃（${day}）`;
