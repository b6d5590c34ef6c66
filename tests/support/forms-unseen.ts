import { defineCountForm } from "../../src/forms/define.ts";

/** A count form that the service does not have, as somebody would add it: one file. */
export const supplies = defineCountForm({
  name: "supplies",
  version: 1,
  title: { "zh-Hans": "防护物资", "zh-Hant": "防護物資", en: "Supplies" },
  count: { kinds: ["town", "village"], source: "Mechanisms, secondary" },
  groups: [
    {
      name: "day",
      label: { "zh-Hans": "当天的", "zh-Hant": "當天的", en: "That day" },
      fields: [
        {
          name: "masksHandedOut",
          type: "integer",
          count: "flow",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "发放口罩", "zh-Hant": "發放口罩", en: "Masks handed out" },
          measure: { "zh-Hans": "只", "zh-Hant": "隻", en: "masks" },
        },
        {
          name: "masksInStore",
          type: "integer",
          count: "stock",
          min: 0,
          max: 99_999,
          label: { "zh-Hans": "库存口罩", "zh-Hant": "庫存口罩", en: "Masks in store" },
          measure: { "zh-Hans": "只", "zh-Hant": "隻", en: "masks" },
        },
      ],
    },
  ],
});
