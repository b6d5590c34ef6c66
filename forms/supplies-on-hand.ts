import { defineCountForm } from "../src/forms/define.ts";

/** 防控物资在手 (001–004): what there is, as of the day; no ledger of what came and went. */
export const suppliesOnHand = defineCountForm({
  name: "supplies-on-hand",
  version: 1,
  title: { "zh-Hans": "防控物资在手", "zh-Hant": "防控物資在手", en: "Supplies on hand" },
  count: {
    kinds: ["county", "town", "village", "school", "enterprise", "bureau", "checkpoint"],
    source: "Mechanisms, secondary 000–004",
    note: {
      "zh-Hans": "只填本单位手里的，上级不要把下级的再填一遍。",
      "zh-Hant": "只填本單位手裡的，上級不要把下級的再填一遍。",
      en: "Each unit enters what it holds itself, and not what units below it hold.",
    },
    order: 60,
  },
  groups: [
    {
      name: "standing",
      label: { "zh-Hans": "现在有的", "zh-Hant": "現在有的", en: "What there is now" },
      hint: {
        "zh-Hans": "填本单位现在手里的，用完的填 0。下级单位的由他们自己填。",
        "zh-Hant": "填本單位現在手裡的，用完的填 0。下級單位的由他們自己填。",
        en: "What your unit holds now, 0 where it has run out. Units below you enter theirs.",
      },
      fields: [
        {
          name: "masks",
          type: "integer",
          count: "stock",
          min: 0,
          max: 9_999_999,
          label: { "zh-Hans": "口罩", "zh-Hant": "口罩", en: "Masks" },
          measure: { "zh-Hans": "只", "zh-Hant": "隻", en: "masks" },
        },
        {
          name: "suits",
          type: "integer",
          count: "stock",
          min: 0,
          max: 999_999,
          label: { "zh-Hans": "防护服", "zh-Hant": "防護服", en: "Protective suits" },
          measure: { "zh-Hans": "套", "zh-Hant": "套", en: "suits" },
        },
        {
          name: "gloves",
          type: "integer",
          count: "stock",
          min: 0,
          max: 9_999_999,
          label: { "zh-Hans": "橡胶手套", "zh-Hant": "橡膠手套", en: "Rubber gloves" },
          measure: { "zh-Hans": "副", "zh-Hant": "副", en: "pairs" },
        },
        {
          name: "disinfectant",
          type: "integer",
          count: "stock",
          min: 0,
          max: 9_999_999,
          label: { "zh-Hans": "消毒液", "zh-Hant": "消毒液", en: "Disinfectant" },
          hint: {
            "zh-Hans": "84 消毒液、酒精等，折合成升，不满 1 升的不计",
            "zh-Hant": "84 消毒液、酒精等，折合成升，不滿 1 升的不計",
            en: "Bleach, alcohol and the like, in full litres",
          },
          measure: { "zh-Hans": "升", "zh-Hant": "升", en: "litres" },
        },
        {
          name: "thermometers",
          type: "integer",
          count: "stock",
          min: 0,
          max: 999_999,
          label: { "zh-Hans": "体温计、测温枪", "zh-Hant": "體溫計、測溫槍", en: "Thermometers" },
          measure: { "zh-Hans": "支", "zh-Hant": "支", en: "thermometers" },
        },
        {
          name: "sprayers",
          type: "integer",
          count: "stock",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "喷雾器", "zh-Hant": "噴霧器", en: "Sprayers" },
          measure: { "zh-Hans": "台", "zh-Hant": "臺", en: "sprayers" },
        },
      ],
    },
  ],
});
