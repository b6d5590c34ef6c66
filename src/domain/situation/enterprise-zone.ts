import { UNWELL } from "./cases.ts";
import { defineReport, say, section, slot } from "./define.ts";

/** 001 (经济开发区): a zone of enterprises. */
export const enterpriseZone = defineReport({
  id: "enterprise-zone",
  name: { "zh-Hans": "园区、企业情况汇报", "zh-Hant": "園區、企業情況彙報", en: "Enterprise zone report" },
  kinds: ["enterprise", "town"],
  source: "001",
  cutOff: "18:00",
  title: "{unit}疫情防控工作情况汇报 | {unit}疫情防控工作情況彙報",
  items: [
    slot("background", "背景 | 背景"),
    section(
      "组织领导 | 組織領導",
      say(
        `[召开防控会议{organisation.meetings}次，][组成督查组{organisation.inspectionTeams}个，]。
          | [召開防控會議{organisation.meetings}次，][組成督查組{organisation.inspectionTeams}個，]。`,
      ),
      slot("leadership", "组织领导 | 組織領導"),
    ),
    section(
      "宣传教育 | 宣傳教育",
      say(
        `面向企业和职工[张贴公告{publicity.notices}份，][电子屏滚动宣传{publicity.screens:odd}处，][挂出横幅{publicity.banners:odd}条，][宣传车出动{publicity.vehicles}台次，][致企业信函{publicity.letters}封，]。
          | 面向企業和職工[張貼公告{publicity.notices}份，][電子屏滾動宣傳{publicity.screens:odd}處，][掛出橫幅{publicity.banners:odd}條，][宣傳車出動{publicity.vehicles}台次，][致企業信函{publicity.letters}封，]。`,
      ),
      slot("publicity", "宣传教育 | 宣傳教育"),
    ),
    section(
      "排查和责任落实 | 排查和責任落實",
      say(
        `截至{asOf}，登记从湖北返回园区{registered.fromHubei}人，其中从武汉返回{registered.byOrigin.wuhan}人；正在医学观察{observation.observing}人，已解除{observation.released}人。
          | 截至{asOf}，登記從湖北返回園區{registered.fromHubei}人，其中從武漢返回{registered.byOrigin.wuhan}人；正在醫學觀察{observation.observing}人，已解除{observation.released}人。`,
        UNWELL,
        `[设卡点{units.checkpoints}个，][消毒{closures.disinfections}次，]。
          | [設卡點{units.checkpoints}個，][消毒{closures.disinfections}次，]。`,
      ),
      slot("control", "排查和责任落实 | 排查和責任落實"),
    ),
    section("存在问题 | 存在問題", slot("problems", "存在问题 | 存在問題")),
    section("下一步打算 | 下一步打算", slot("nextSteps", "下一步打算 | 下一步打算")),
  ],
});
