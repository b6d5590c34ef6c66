import { defineRecordForm, type Field } from "../../src/forms/define.ts";

const said = (text: string) => ({ "zh-Hans": text, "zh-Hant": text, en: text });
const asked = (name: string, label: string) => ({ name, label: said(label) });

/** A record form that the service does not have, with a question of every kind. */
export const gateVisit = defineRecordForm({
  name: "gate-visit",
  version: 1,
  title: said("来访登记"),
  record: {
    kinds: ["village"],
    source: "sample",
    noun: said("来访"),
    prefix: "ZZ",
    filed: said("已来"),
    steps: [{ name: "left", label: said("登记离开"), done: said("已离开"), from: ["filed"], by: "unit" }],
    figures: [],
  },
  groups: [
    {
      name: "visit",
      label: said("来访"),
      fields: [
        { ...asked("plate", "车牌"), type: "text", maxLength: 20, required: true },
        { ...asked("people", "几个人"), type: "integer", min: 1, max: 60, required: true },
        { ...asked("degrees", "体温"), type: "temperature" },
        { ...asked("cough", "咳嗽"), type: "yes_no" },
        {
          ...asked("signs", "症状"),
          type: "select_multiple",
          choices: [{ name: "tired", label: said("乏力") }],
        },
        { ...asked("on", "哪天"), type: "date" },
        { ...asked("at", "几点"), type: "datetime" },
        { ...asked("phone", "电话"), type: "phone", pii: true },
        { ...asked("paper", "证件"), type: "id_document", pii: true },
        { ...asked("to", "去哪里"), type: "unit", level: "village" },
        { ...asked("words", "备注"), type: "long_text", pii: true },
      ] satisfies Field[],
    },
  ],
});
