import { CONFIRMED_SUSPECTED_CONTACTS, UNWELL } from "./cases.ts";
import { defineReport, say, section, slot } from "./define.ts";
import { counted } from "./wording.ts";

const EDUCATION = {
  held: ["batches.education.received", "batches.education.persons"],
  typed: ["screening.educationBatches", "screening.educationPersons"],
};
const HEALTH = {
  held: ["batches.health.received", "batches.health.persons"],
  typed: ["screening.healthBatches", "screening.healthPersons"],
};

/** 002: a town's progress of the day, cut at 18:00. */
export const town = defineReport({
  id: "town",
  name: {
    "zh-Hans": "镇（街道）工作进展汇报（18:00）",
    "zh-Hant": "鎮（街道）工作進展彙報（18:00）",
    en: "Town report (18:00)",
  },
  kinds: ["town"],
  source: "002",
  cutOff: "18:00",
  clock: "clock",
  title: "{unit}疫情防控工作进展汇报 | {unit}疫情防控工作進展彙報",
  items: [
    slot("addressee", "抬头 | 抬頭"),
    section(
      "疫情排查 | 疫情排查",
      say(
        "截止{asOf}，{our}核查 | 截止{asOf}，{our}核查",
        counted(
          EDUCATION,
          ([lists, persons]) =>
            `教育部门反馈的武汉返乡名单{${lists}}批次{${persons}}人， | 教育部門反饋的武漢返鄉名單{${lists}}批次{${persons}}人，`,
        ),
        counted(
          HEALTH,
          ([lists, persons]) =>
            `卫健部门反馈名单{${lists}}批次{${persons}}人； | 衛健部門反饋名單{${lists}}批次{${persons}}人；`,
        ),
        `加上入户摸排，累计掌握从武汉方向返乡{registered.wuhanDirection}人（途经武汉的计算在内）。
          | 加上入戶摸排，累計掌握從武漢方向返鄉{registered.wuhanDirection}人（途經武漢的計算在內）。`,
        "返乡人员连同家属正在隔离和医学观察的共{observation.observing}人。 | 返鄉人員連同家屬正在隔離和醫學觀察的共{observation.observing}人。",
        CONFIRMED_SUSPECTED_CONTACTS,
        `从湖北以外的外省返乡{registered.byOrigin.other_province}人（其中途经武汉的，前面已经计入）。
          | 從湖北以外的外省返鄉{registered.byOrigin.other_province}人（其中途經武漢的，前面已經計入）。`,
        UNWELL,
      ),
      slot("measures", "对确诊、疑似和密切接触者的措施 | 對確診、疑似和密切接觸者的措施"),
    ),
    section(
      "采取措施 | 採取措施",
      section(
        "强化宣传 | 強化宣傳",
        say(
          `[张贴指挥部公告{publicity.notices}份，][发放彩页{publicity.leaflets:wan}份，][启用电子屏{publicity.screens}块，][录制音频{publicity.recordings}条，][配备巡回小喇叭{publicity.loudspeakers}个，]。
            | [張貼指揮部公告{publicity.notices}份，][發放彩頁{publicity.leaflets:wan}份，][啟用電子屏{publicity.screens}塊，][錄製音頻{publicity.recordings}條，][配備巡迴小喇叭{publicity.loudspeakers}個，]。`,
        ),
        slot("publicity", "强化宣传 | 強化宣傳"),
      ),
      section("联防联控 | 聯防聯控", slot("joint", "联防联控 | 聯防聯控")),
      section(
        "群防群治 | 群防群治",
        say(
          `<建成[村级网格{units.grids}个、][片区网格{organisation.sectorGrids}个、]，>[编入网格{organisation.gridHouseholds}户，]。
            | <建成[村級網格{units.grids}個、][片區網格{organisation.sectorGrids}個、]，>[編入網格{organisation.gridHouseholds}戶，]。`,
        ),
        slot("grids", "群防群治 | 群防群治"),
      ),
      section(
        "强化排查 | 強化排查",
        say("[村口和路口设卡{units.checkpoints}处。] | [村口和路口設卡{units.checkpoints}處。]"),
        slot("screening", "强化排查 | 強化排查"),
      ),
      section(
        "阻断传播 | 阻斷傳播",
        say(
          `[劝停酒席{closures.banquets}起，]<关停[餐馆{closures.restaurants}家、][其他场所{closures.entertainment}家、]，>[消毒{closures.disinfections}次，]。
            | [勸停酒席{closures.banquets}起，]<關停[餐館{closures.restaurants}家、][其他場所{closures.entertainment}家、]，>[消毒{closures.disinfections}次，]。`,
        ),
        slot("closures", "阻断传播 | 阻斷傳播"),
      ),
    ),
    section("存在问题 | 存在問題", slot("problems", "存在问题 | 存在問題")),
    section("下步建议 | 下步建議", slot("suggestions", "下步建议 | 下步建議")),
  ],
});
