import { UNDER_CONTROL } from "./cases.ts";
import { defineReport, say, section, slot } from "./define.ts";
import { some, zero } from "./wording.ts";

/** 000: a district's report, cut at noon. */
export const district = defineReport({
  id: "district",
  name: {
    "zh-Hans": "区级情况汇报（12时）",
    "zh-Hant": "區級情況彙報（12時）",
    en: "District report (noon)",
  },
  kinds: ["county"],
  source: "000",
  cutOff: "12:00",
  title: "{unit}新冠肺炎疫情防控情况汇报 | {unit}新冠肺炎疫情防控情況彙報",
  items: [
    slot("background", "背景 | 背景"),
    section(
      "排查登记情况 | 排查登記情況",
      say(
        `截止{asOf}，{all}累计登记从湖北返乡{registered.fromHubei}人，其中从武汉返回{registered.byOrigin.wuhan}人；当日（自{from}起）新登记{registered.cumulative@window}人；累计解除随访{observation.released}人。
          | 截止{asOf}，{all}累計登記從湖北返鄉{registered.fromHubei}人，其中從武漢返回{registered.byOrigin.wuhan}人；當日（自{from}起）新登記{registered.cumulative@window}人；累計解除隨訪{observation.released}人。`,
        "目前观察中的密切接触者{observation.contacts}人， | 目前觀察中的密切接觸者{observation.contacts}人，",
        [
          {
            when: zero("observation.symptomatic"),
            say: `随访{observation.symptomatic=暂未发现体温或症状异常}的人员。
              | 隨訪{observation.symptomatic=暫未發現體溫或症狀異常}的人員。`,
          },
          {
            when: some("observation.symptomatic"),
            say: `随访中体温或症状异常的{observation.symptomatic}人，均在医学观察之中。
              | 隨訪中體溫或症狀異常的{observation.symptomatic}人，均在醫學觀察之中。`,
          },
          {
            say: "随访中体温或症状异常的{observation.symptomatic}人。 | 隨訪中體溫或症狀異常的{observation.symptomatic}人。",
          },
        ],
        UNDER_CONTROL,
        "健康筛查累计{screening.screened}人次。 | 健康篩查累計{screening.screened}人次。",
      ),
      slot("situation", "情况说明 | 情況說明"),
    ),
    section(
      "主要工作 | 主要工作",
      section(
        "组织领导 | 組織領導",
        say(
          `[已召开防控会议{organisation.meetings}次，][举办培训{organisation.trainings}场，][参训{organisation.trainees}人次，]。
            | [已召開防控會議{organisation.meetings}次，][舉辦培訓{organisation.trainings}場，][參訓{organisation.trainees}人次，]。`,
        ),
        slot("leadership", "组织领导 | 組織領導"),
      ),
      section(
        "排查管控 | 排查管控",
        say(
          `[在出入口、车站等处设测温卡点{units.checkpoints}个，][值守人员{screening.postStaff}人，][集中隔离点{screening.isolationSites}个，]。
            | [在出入口、車站等處設測溫卡點{units.checkpoints}個，][值守人員{screening.postStaff}人，][集中隔離點{screening.isolationSites}個，]。`,
          `[居家观察{observation.byKind.home}人，][集中观察{observation.byKind.central}人，][住院留观{observation.byKind.hospital}人，]。
            | [居家觀察{observation.byKind.home}人，][集中觀察{observation.byKind.central}人，][住院留觀{observation.byKind.hospital}人，]。`,
        ),
        slot("control", "排查管控 | 排查管控"),
      ),
      section(
        "消毒和环境整治 | 消毒和環境整治",
        say(
          `[公共场所消毒{closures.disinfections}次，][关停餐馆{closures.restaurants}家，][关停活禽宰杀点{closures.poultry}处，]。
            | [公共場所消毒{closures.disinfections}次，][關停餐館{closures.restaurants}家，][關停活禽宰殺點{closures.poultry}處，]。`,
        ),
        slot("environment", "环境整治 | 環境整治"),
      ),
      section(
        "宣传教育 | 宣傳教育",
        say(
          `<发放[致市民信函{publicity.letters:wan}份、][宣传单{publicity.leaflets:wan}张、]，>[播放广播{publicity.broadcastHours}小时，]。
            | <發放[致市民信函{publicity.letters:wan}份、][宣傳單{publicity.leaflets:wan}張、]，>[播放廣播{publicity.broadcastHours}小時，]。`,
        ),
        slot("publicity", "宣传教育 | 宣傳教育"),
      ),
      section("资金和物资 | 資金和物資", slot("supplies", "资金和物资 | 資金和物資")),
      section(
        "督导检查 | 督導檢查",
        say(
          `[派出督导组{organisation.inspectionTeams}个，][出动检查人员{organisation.inspections}人次，]。
            | [派出督導組{organisation.inspectionTeams}個，][出動檢查人員{organisation.inspections}人次，]。`,
        ),
        slot("inspection", "督导检查 | 督導檢查"),
      ),
    ),
    section("存在问题 | 存在問題", slot("problems", "存在问题 | 存在問題")),
    section("下一步安排 | 下一步安排", slot("nextSteps", "下一步安排 | 下一步安排")),
  ],
});
