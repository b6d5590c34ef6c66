import { FEVER_CLINICS } from "./clinics.ts";
import { defineReport, say, section, slot } from "./define.ts";
import { countedApart, zero } from "./wording.ts";

/** 001 (商务、宣传、卫健、生态环境): what a bureau's own units counted; what they did not count is not spoken of. */
export const bureau = defineReport({
  id: "bureau",
  name: { "zh-Hans": "部门情况汇报", "zh-Hant": "部門情況彙報", en: "Bureau report" },
  kinds: ["bureau"],
  source: "001",
  cutOff: "18:00",
  title: "{unit}疫情防控工作情况汇报 | {unit}疫情防控工作情況彙報",
  items: [
    slot("background", "背景 | 背景"),
    section(
      "组织领导 | 組織領導",
      say("[先后召开防控会议{organisation.meetings}次。] | [先後召開防控會議{organisation.meetings}次。]"),
      slot("leadership", "组织领导 | 組織領導"),
    ),
    section(
      "场所关停 | 場所關停",
      say(
        `截至{asOf}，[茶楼、茶馆已关停{closures.teahouses}家，][洗浴中心关停{closures.bathhouses}家，][活禽宰杀点关停{closures.poultry}家，][餐馆关停{closures.restaurants}家，][其他场所关停{closures.entertainment}家，]。
          | 截至{asOf}，[茶樓、茶館已關停{closures.teahouses}家，][洗浴中心關停{closures.bathhouses}家，][活禽宰殺點關停{closures.poultry}家，][餐館關停{closures.restaurants}家，][其他場所關停{closures.entertainment}家，]。`,
      ),
      slot("closures", "场所关停 | 場所關停"),
    ),
    section(
      "监督检查 | 監督檢查",
      say(
        `[组成检查组{organisation.inspectionTeams}个，][出动检查人员{organisation.inspections}人次，][指导消毒{closures.disinfections}次，]。
          | [組成檢查組{organisation.inspectionTeams}個，][出動檢查人員{organisation.inspections}人次，][指導消毒{closures.disinfections}次，]。`,
      ),
      slot("inspection", "监督检查 | 監督檢查"),
    ),
    section(
      "社会宣传 | 社會宣傳",
      say(
        `累计<设置[户外广告牌{publicity.billboards}块、][电子显示屏{publicity.screens}块、][标语横幅{publicity.banners}条、]，>[发出宣传单{publicity.leaflets:wan}张，][走访入户{publicity.visits:wan}次，][在微信群、QQ群发布信息{publicity.messages:wan}条，][派出宣传车{publicity.vehicles}台次，][使用小喇叭和流动音响{publicity.loudspeakers}个，][村村响广播{publicity.broadcastHours}小时，][印制防控指南{publicity.handbooks}份，]。
          | 累計<設置[戶外廣告牌{publicity.billboards}塊、][電子顯示屏{publicity.screens}塊、][標語橫幅{publicity.banners}條、]，>[發出宣傳單{publicity.leaflets:wan}張，][走訪入戶{publicity.visits:wan}次，][在微信群、QQ群發佈信息{publicity.messages:wan}條，][派出宣傳車{publicity.vehicles}台次，][使用小喇叭和流動音響{publicity.loudspeakers}個，][村村響廣播{publicity.broadcastHours}小時，][印製防控指南{publicity.handbooks}份，]。`,
        "[媒体刊发、转发信息{publicity.articles:odd}条次。] | [媒體刊發、轉發信息{publicity.articles:odd}條次。]",
        "[处置不实信息{closures.rumours}条。] | [處置不實信息{closures.rumours}條。]",
      ),
      slot("publicity", "社会宣传 | 社會宣傳"),
    ),
    section(
      "监测救治 | 監測救治",
      say(
        countedApart(
          FEVER_CLINICS,
          ([
            clinics,
            triage,
          ]) => `[发热门诊{${clinics}}个，][预检分诊室{${triage}}个，][集中隔离点{screening.isolationSites}个，][健康筛查{screening.screened:wan}人次，]。
          | [發熱門診{${clinics}}個，][預檢分診室{${triage}}個，][集中隔離點{screening.isolationSites}個，][健康篩查{screening.screened:wan}人次，]。`,
        ),
        [
          {
            when: zero("case-status.suspected", "case-status.confirmed"),
            say: `暂未发现{case-status.suspected=疑似病例}和{case-status.confirmed=确诊病例}[，与确诊病人密切接触的{case-status.contactsOfConfirmed}例]。
              | 暫未發現{case-status.suspected=疑似病例}和{case-status.confirmed=確診病例}[，與確診病人密切接觸的{case-status.contactsOfConfirmed}例]。`,
          },
          {
            when: (at) => at("case-status.suspected") !== null || at("case-status.confirmed") !== null,
            say: `[疑似病例{case-status.suspected}例，][确诊病例{case-status.confirmed}例，][与确诊病人密切接触的{case-status.contactsOfConfirmed}例，]。
              | [疑似病例{case-status.suspected}例，][確診病例{case-status.confirmed}例，][與確診病人密切接觸的{case-status.contactsOfConfirmed}例，]。`,
          },
        ],
      ),
      slot("treatment", "监测救治 | 監測救治"),
    ),
    section("存在问题 | 存在問題", slot("problems", "存在问题 | 存在問題")),
    section("下一步打算 | 下一步打算", slot("nextSteps", "下一步打算 | 下一步打算")),
  ],
});
