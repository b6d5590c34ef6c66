import type { CountField, CountForm, FormDefinition, Group } from "./define.ts";

/* What a count form means to the engine: its fields, the form as it is filled in, and a form by its name. */

/** Every count of a form, in its order. */
export const countFields = (form: CountForm): CountField[] =>
  (form.groups as readonly { fields: readonly CountField[] }[]).flatMap(({ fields }) => [...fields]);

/** The form as pages and programs fill it in: its counts, and the reason that a correction owes. */
export const entryForm = (form: CountForm): FormDefinition => ({ ...form, groups: [...form.groups, WHY] });

/** A count form of this list by its name. */
export const countFormNamed = (forms: readonly CountForm[], name: string): CountForm | undefined =>
  forms.find((form) => form.name === name);

/** Free text, sealed like every other; so no count may be named `reason`. */
const WHY: Group = {
  name: "correction",
  label: { "zh-Hans": "更正", "zh-Hant": "更正", en: "Correction" },
  fields: [
    {
      name: "reason",
      type: "text",
      maxLength: 200,
      pii: true,
      example: "样本：核对后更正",
      label: { "zh-Hans": "更正的原因", "zh-Hant": "更正的原因", en: "Why it is corrected" },
      hint: {
        "zh-Hans": "这一天已经填过、现在要改的才写",
        "zh-Hant": "這一天已經填過、現在要改的才寫",
        en: "Only where the day was entered before and is changed now",
      },
    },
  ],
};
