import { defineReport, say, section, slot } from "./define.ts";
import { type At, zero } from "./wording.ts";

const FEVER = "morning-check.fever@window";
const NOON_FEVER = "noon-check.fever@window";

/** 暂未发现 is no word for a day on which nobody was examined. */
const examined = (at: At) => !zero("morning-check.present@window")(at);

/** 001 (schools): what a school reports, with the day's morning check. */
export const school = defineReport({
  id: "school",
  name: { "zh-Hans": "学校情况汇报", "zh-Hant": "學校情況彙報", en: "School report" },
  kinds: ["school"],
  source: "001",
  cutOff: "18:00",
  title: "{unit}疫情防控工作情况汇报 | {unit}疫情防控工作情況彙報",
  items: [
    slot("background", "背景 | 背景"),
    section(
      "责任落实 | 責任落實",
      say(
        `[召开防控例会{organisation.meetings}次，][组织培训演练{organisation.trainings}次，][参训{organisation.trainees}人次，]。
          | [召開防控例會{organisation.meetings}次，][組織培訓演練{organisation.trainings}次，][參訓{organisation.trainees}人次，]。`,
      ),
      slot("leadership", "责任落实 | 責任落實"),
    ),
    section(
      "宣传动员 | 宣傳動員",
      say(
        `[印发宣传资料{publicity.leaflets:wan}份，][发出致家长信{publicity.letters:wan}封，][向家长群、学生群推送信息{publicity.messages:wan}条，]。
          | [印發宣傳資料{publicity.leaflets:wan}份，][發出致家長信{publicity.letters:wan}封，][向家長群、學生群推送信息{publicity.messages:wan}條，]。`,
      ),
      slot("publicity", "宣传动员 | 宣傳動員"),
    ),
    section(
      "晨检和因病缺勤 | 晨檢和因病缺勤",
      say(
        `{our}应到学生{morning-check.students}人，教职工{morning-check.staff}人。
          | {our}應到學生{morning-check.students}人，教職工{morning-check.staff}人。`,
        `自{from}至{asOf}，晨检{morning-check.present@window}人次，[午检{noon-check.present@window}人次，]因病缺勤登记{morning-check.absent@window}人次，[晨检后离校{noon-check.absent@window}人次，]
          | 自{from}至{asOf}，晨檢{morning-check.present@window}人次，[午檢{noon-check.present@window}人次，]因病缺勤登記{morning-check.absent@window}人次，[晨檢後離校{noon-check.absent@window}人次，]`,
        [
          {
            when: (at) => examined(at) && zero(FEVER, NOON_FEVER)(at),
            say: `{${FEVER}+${NOON_FEVER}=暂未发现发热}的师生。 | {${FEVER}+${NOON_FEVER}=暫未發現發熱}的師生。`,
          },
          {
            when: (at) => examined(at) && zero(FEVER)(at),
            say: `{${FEVER}=晨检暂未发现发热}的师生[，午检发热{${NOON_FEVER}}人次]。
              | {${FEVER}=晨檢暫未發現發熱}的師生[，午檢發熱{${NOON_FEVER}}人次]。`,
          },
          {
            say: `晨检发热{${FEVER}}人次[，午检发热{${NOON_FEVER}}人次]。
              | 晨檢發熱{${FEVER}}人次[，午檢發熱{${NOON_FEVER}}人次]。`,
          },
        ],
      ),
      slot("check", "晨检、缺勤随访和两小时报告 | 晨檢、缺勤隨訪和兩小時報告"),
    ),
    section(
      "校园环境 | 校園環境",
      say("[校园消毒{closures.disinfections}次。] | [校園消毒{closures.disinfections}次。]"),
      slot("environment", "校园环境 | 校園環境"),
    ),
    section("部门联动 | 部門聯動", slot("cooperation", "部门联动 | 部門聯動")),
    section("存在问题 | 存在問題", slot("problems", "存在问题 | 存在問題")),
    section("下一步打算 | 下一步打算", slot("nextSteps", "下一步打算 | 下一步打算")),
  ],
});
