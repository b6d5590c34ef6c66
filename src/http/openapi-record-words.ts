import type { Words } from "../forms/define.ts";
import { MOST_RECORDS } from "./record-entry.ts";

/* The prose of the OpenAPI document about records. */
export const recordWords = {
  list: { "zh-Hans": "一次多条", "zh-Hant": "一次多條", en: "several at once" },
  each: {
    "zh-Hans": `一次最多 ${MOST_RECORDS} 条（不超过 256 KB）：每条单独回答，一条被拒不影响其他。`,
    "zh-Hant": `一次最多 ${MOST_RECORDS} 條（不超過 256 KB）：每條單獨回答，一條被拒不影響其他。`,
    en: `Up to ${MOST_RECORDS} at once (at most 256 KB): each is answered for itself, and one that is refused keeps no other from being filed.`,
  },
  step: {
    "zh-Hans": "由登记的单位或其上级办理。现在的状态不能再办这一步的，回答 409。",
    "zh-Hant": "由登記的單位或其上級辦理。現在的狀態不能再辦這一步的，回答 409。",
    en: "Taken by the unit that filed it, or one above. Where its state allows the step no more, 409.",
  },
  above: {
    "zh-Hans": "由登记单位的乡镇或县办理，密钥须属于该乡镇或县。现在的状态不能再办这一步的，回答 409。",
    "zh-Hant": "由登記單位的鄉鎮或縣辦理，密鑰須屬於該鄉鎮或縣。現在的狀態不能再辦這一步的，回答 409。",
    en: "Decided by the town or county of the unit that filed it: the key must be one of theirs. Where its state allows the step no more, 409.",
  },
  one: { "zh-Hans": "一条登记和它的经过", "zh-Hant": "一條登記和它的經過", en: "A record and its history" },
  history: {
    "zh-Hans": "现在的状态、可以办的步骤和经过；个人信息不在其中。",
    "zh-Hant": "現在的狀態、可以辦的步驟和經過；個人資訊不在其中。",
    en: "Its state, the steps that are open, and what happened. Nothing personal is in it.",
  },
  form: { "zh-Hans": "哪种登记", "zh-Hant": "哪種登記", en: "Which form" },
  number: { "zh-Hans": "登记编号", "zh-Hant": "登記編號", en: "The record's number" },
  occurred: {
    "zh-Hans": "什么时候的事，默认现在；不能在将来，最多三天前，不能早于上一步",
    "zh-Hant": "什麼時候的事，預設現在；不能在將來，最多三天前，不能早於上一步",
    en: "When it happened, now by default; not in the future, at most three days back, not before the last step",
  },
  answers: {
    "zh-Hans": "不涉及个人信息的回答",
    "zh-Hant": "不涉及個人資訊的回答",
    en: "The answers that are not personal",
  },
  due: {
    "zh-Hans": "下一步最迟什么时候办",
    "zh-Hant": "下一步最遲什麼時候辦",
    en: "By when the next step is owed",
  },
  ended: { "zh-Hans": "什么时候办结", "zh-Hant": "什麼時候辦結", en: "When it came to an end" },
  registered: {
    "zh-Hans": "由它而来的报备登记编号",
    "zh-Hant": "由它而來的報備登記編號",
    en: "The case number of the registration that it became",
  },
  notRegistered: {
    "zh-Hans": "登记已收到，但还不能报备这个人，需要修改的回答",
    "zh-Hant": "登記已收到，但還不能報備這個人，需要修改的回答",
    en: "The record is filed, but the person could not be registered: the answers to mend",
  },
  steps: {
    "zh-Hans": "现在可以办的步骤",
    "zh-Hant": "現在可以辦的步驟",
    en: "The steps that can be taken now",
  },
} satisfies Record<string, Words>;
