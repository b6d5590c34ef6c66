import {
  letterLink,
  letterOf,
  letterScript,
  openLetterPost,
  putLetterOnRecord,
} from "../../http/desk/letter-act.ts";
import { docxAnswer } from "../../http/desk/report-file.ts";
import { factory } from "../../http/factory.ts";
import { letterText } from "../../views/letter-text.ts";

/** /desk/letters/<number>/docx: a letter as a Word document, on record each time. */
export const letterFileRoutes = factory.createApp().post("/", async (c) => {
  const desk = await openLetterPost(c);
  const letter = await letterOf(c, desk);
  await putLetterOnRecord(c, desk, letter, "take-letter");
  const { lang, zone } = letterScript(desk);
  const text = letterText({ ...letter, link: await letterLink(c, desk, letter) }, { lang, zone });
  return docxAnswer(c, text, { lang, mark: letter.id, by: letter.details.from, name: letter.id });
});
