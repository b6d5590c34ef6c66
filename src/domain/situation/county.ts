import { SUSPECTED_AND_CONFIRMED } from "./cases.ts";
import { FEVER_CLINICS } from "./clinics.ts";
import { defineReport, say, section, slot } from "./define.ts";
import { countedApart } from "./wording.ts";

/** 004: a county's report, cut at midnight. */
export const county = defineReport({
  id: "county",
  name: {
    "zh-Hans": "县级情况汇报（24时）",
    "zh-Hant": "縣級情況彙報（24時）",
    en: "County report (midnight)",
  },
  kinds: ["county"],
  source: "004",
  cutOff: "24:00",
  title: "{unit}新冠肺炎疫情防控工作汇报 | {unit}新冠肺炎疫情防控工作彙報",
  items: [
    slot("addressee", "抬头 | 抬頭"),
    slot("background", "背景 | 背景"),
    say(
      `截至{asOf}，{our}登记时已对{registered.measured}人进行体温检测；登记从湖北返乡{registered.fromHubei}人（其中从武汉返回{registered.byOrigin.wuhan}人），累计落实居家等医学观察{observation.opened}人（其中已解除{observation.released}人），目前在医院留观{observation.byKind.hospital}人。
        | 截至{asOf}，{our}登記時已對{registered.measured}人進行體溫檢測；登記從湖北返鄉{registered.fromHubei}人（其中從武漢返回{registered.byOrigin.wuhan}人），累計落實居家等醫學觀察{observation.opened}人（其中已解除{observation.released}人），目前在醫院留觀{observation.byKind.hospital}人。`,
      SUSPECTED_AND_CONFIRMED,
    ),
    section(
      "工作开展情况 | 工作開展情況",
      section(
        "组织领导 | 組織領導",
        say("[召开防控会议{organisation.meetings}次。] | [召開防控會議{organisation.meetings}次。]"),
        slot("leadership", "组织领导 | 組織領導"),
      ),
      section(
        "源头防控 | 源頭防控",
        say(
          countedApart(
            FEVER_CLINICS,
            ([
              clinics,
              triage,
            ]) => `[在车站、路口设检测点{units.checkpoints}个，][值守人员{screening.postStaff}人，]<开设[发热门诊{${clinics}}个、][预检分诊室{${triage}}个、]>。
            | [在車站、路口設檢測點{units.checkpoints}個，][值守人員{screening.postStaff}人，]<開設[發熱門診{${clinics}}個、][預檢分診室{${triage}}個、]>。`,
          ),
        ),
        slot("control", "源头防控 | 源頭防控"),
      ),
      section(
        "规范处置 | 規範處置",
        say(
          `[设置集中隔离点{screening.isolationSites}个，][发布信息{publicity.articles}条次，][处置不实信息{closures.rumours}条，][举办培训{organisation.trainings}场，][培训{organisation.trainees}人次，]。
            | [設置集中隔離點{screening.isolationSites}個，][發佈信息{publicity.articles}條次，][處置不實信息{closures.rumours}條，][舉辦培訓{organisation.trainings}場，][培訓{organisation.trainees}人次，]。`,
        ),
        slot("response", "规范处置 | 規範處置"),
      ),
      section(
        "后勤保障 | 後勤保障",
        say(
          "[出动市场检查人员{organisation.inspections}人次。] | [出動市場檢查人員{organisation.inspections}人次。]",
        ),
        slot("supplies", "后勤保障 | 後勤保障"),
      ),
    ),
    section("主要问题 | 主要問題", slot("problems", "主要问题 | 主要問題")),
    section("下一步打算 | 下一步打算", slot("nextSteps", "下一步打算 | 下一步打算")),
  ],
});
