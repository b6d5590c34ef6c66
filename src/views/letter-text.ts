import type { LetterDetails } from "../domain/letter.ts";
import type { Block, ReportLang } from "../domain/situation-report.ts";
import { localDate } from "../domain/time.ts";
import { ITEM_WORDS, itemWords, NOT_GIVEN } from "./letter-item.ts";
import { dateWords, dayWords } from "./moment.ts";

export type LetterTextOf = {
  id: string;
  details: LetterDetails;
  dueAt: Date;
  recordedAt: Date;
  /** Where it is answered; none while it is only looked at. */
  link?: string | undefined;
};

/** A letter as a document: what stands on paper, in the file and in the text to copy. Official letters are Chinese. */
export function letterText(letter: LetterTextOf, { lang, zone }: { lang: ReportLang; zone: string }) {
  const { id, details, dueAt, recordedAt, link } = letter;
  const { to, from, why, case: of } = details;
  const say = (hans: string, hant: string) => (lang === "zh-Hant" ? hant : hans);
  const clock = { lang, today: localDate(recordedAt, zone) };
  const n = of.persons.length;
  const due = dateWords(dueAt, lang, zone, recordedAt);
  const items = ["name", "document", "day0", "reading", "triage"] as const;
  const line = (item: keyof typeof ITEM_WORDS, said: string | undefined) =>
    said ? [`${ITEM_WORDS[item][lang]}：${said}`] : [];
  const persons = of.persons.map(
    (person, at) =>
      `${at + 1}. ${items.flatMap((item) => line(item, itemWords(person, item, clock))).join("；") || NOT_GIVEN[lang]}。`,
  );
  const reach = [...line("phone", of.phone), ...line("whereabouts", of.whereabouts)];
  const heading = (text: string): Block => ({ kind: "heading", level: 1, text });
  const text = (said: string): Block => ({ kind: "text", pieces: [said] });
  const blocks: Block[] = [
    text(`${to.county}${to.address ? `（${to.address}）` : ""}：`),
    text(
      say(
        `据我地掌握，有 ${n} 名人员可能在你地。因疫情防控需要，现函请协查。`,
        `據我地掌握，有 ${n} 名人員可能在你地。因疫情防控需要，現函請協查。`,
      ),
    ),
    heading(say("一、涉及人员", "一、涉及人員")),
    ...persons.map(text),
    ...(reach.length > 0 ? [text(`${reach.join("；")}。`)] : []),
    heading(say("二、协查事项", "二、協查事項")),
    ...why.split("\n").filter(Boolean).map(text),
    heading(say("三、答复", "三、答覆")),
    text(
      link
        ? say(`请于 ${due} 前打开下面的链接答复，不用注册：`, `請於 ${due} 前打開下面的連結答覆，不用註冊：`)
        : say(`请于 ${due} 前答复。`, `請於 ${due} 前答覆。`),
    ),
    ...(link ? [text(link)] : []),
    text(say("函中信息仅用于疫情防控，请限于经办人知悉。", "函中資訊僅用於疫情防控，請限於經辦人知悉。")),
    text(`${from}　${dayWords(clock.today, lang, "")}`),
  ];
  const title = say("关于协查有关人员的函", "關於協查有關人員的函");
  const plain = blocks.map((block) => (block.kind === "text" ? block.pieces.join("") : block.text));
  return { title, blocks, text: [title, ...(id ? [id] : []), "", ...plain].join("\n") };
}
