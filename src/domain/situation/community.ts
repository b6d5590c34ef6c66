import { UNWELL } from "./cases.ts";
import { defineReport, say, section, slot } from "./define.ts";

const STAFF =
  "organisation.committee+organisation.gridWorkers+organisation.areaControllers+organisation.propertyStaff+organisation.disinfectors";

/** 001 (状元社区): a community's report. */
export const community = defineReport({
  id: "community",
  name: { "zh-Hans": "社区情况汇报", "zh-Hant": "社區情況彙報", en: "Community report" },
  kinds: ["village", "grid"],
  source: "001",
  cutOff: "18:00",
  title: "{unit}疫情防控工作汇报 | {unit}疫情防控工作彙報",
  items: [
    slot("background", "背景 | 背景"),
    section(
      "组织力量 | 組織力量",
      say(
        `参加防控的有[两委干部{organisation.committee}人、][网格员{organisation.gridWorkers}人、][片区管控{organisation.areaControllers}人、][小区物业{organisation.propertyStaff}人、][消杀人员{organisation.disinfectors}人、]，[合计{${STAFF}:known}人]。
          | 參加防控的有[兩委幹部{organisation.committee}人、][網格員{organisation.gridWorkers}人、][片區管控{organisation.areaControllers}人、][小區物業{organisation.propertyStaff}人、][消殺人員{organisation.disinfectors}人、]，[合計{${STAFF}:known}人]。`,
        "[召开专题会议{organisation.meetings}次。] | [召開專題會議{organisation.meetings}次。]",
      ),
      slot("leadership", "组织力量 | 組織力量"),
    ),
    section(
      "摸排登记 | 摸排登記",
      say(
        `经逐户摸排，登记从湖北返乡{registered.fromHubei}人（其中从武汉返回{registered.byOrigin.wuhan}人），从湖北以外的外省返乡{registered.byOrigin.other_province}人。
          | 經逐戶摸排，登記從湖北返鄉{registered.fromHubei}人（其中從武漢返回{registered.byOrigin.wuhan}人），從湖北以外的外省返鄉{registered.byOrigin.other_province}人。`,
        `[正在医学观察{observation.observing}人，][已解除{observation.released}人，]。
          | [正在醫學觀察{observation.observing}人，][已解除{observation.released}人，]。`,
        UNWELL,
      ),
      slot("registration", "摸排登记 | 摸排登記"),
    ),
    section(
      "宣传引导 | 宣傳引導",
      say(
        `[使用小喇叭{publicity.loudspeakers}个，][出动宣传车{publicity.vehicles}台次，][张贴标语{publicity.banners}条，][发放传单{publicity.leaflets:wan}张，][入户走访{publicity.visits:wan}次，]。
          | [使用小喇叭{publicity.loudspeakers}個，][出動宣傳車{publicity.vehicles}台次，][張貼標語{publicity.banners}條，][發放傳單{publicity.leaflets:wan}張，][入戶走訪{publicity.visits:wan}次，]。`,
      ),
      slot("publicity", "宣传引导 | 宣傳引導"),
    ),
    section(
      "网格管控 | 網格管控",
      say(
        `<设[网格{units.grids}个、][卡点{units.checkpoints}个、]>。
          | <設[網格{units.grids}個、][卡點{units.checkpoints}個、]>。`,
      ),
      slot("grids", "网格管控 | 網格管控"),
    ),
    section(
      "消杀防疫 | 消殺防疫",
      say("[累计消杀{closures.disinfections}次。] | [累計消殺{closures.disinfections}次。]"),
      slot("disinfection", "消杀防疫 | 消殺防疫"),
    ),
    section(
      "场所监管 | 場所監管",
      say(
        `<劝停居民酒席[{closures.banquets}起、][{closures.banquetTables}桌、]，><关停[茶馆茶楼{closures.teahouses}家、][餐馆{closures.restaurants}家、][其他经营场所{closures.entertainment}家、]>。
          | <勸停居民酒席[{closures.banquets}起、][{closures.banquetTables}桌、]，><關停[茶館茶樓{closures.teahouses}家、][餐館{closures.restaurants}家、][其他經營場所{closures.entertainment}家、]>。`,
      ),
      slot("market", "场所监管 | 場所監管"),
    ),
    section("存在问题 | 存在問題", slot("problems", "存在问题 | 存在問題")),
    section("下一步打算 | 下一步打算", slot("nextSteps", "下一步打算 | 下一步打算")),
  ],
});
