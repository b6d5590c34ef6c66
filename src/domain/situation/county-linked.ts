import { UNDER_CONTROL } from "./cases.ts";
import { defineReport, say, section, slot } from "./define.ts";
import { type Cases, counted, some, zero } from "./wording.ts";

const CONFIRMED = "case-status.confirmed";
const CONTACTS = "observation.contacts";
const CENTRAL = "observation.contactsCentral";

const LETTERS: Cases = [
  {
    when: (at) => !some("letters.sent")(at) && zero("screening.linkedElsewhere", "screening.letters")(at),
    say: `{place}外{screening.letters=没有需要发函的人员}。 | {place}外{screening.letters=沒有需要發函的人員}。`,
  },
  {
    when: (at) => !some("letters.sent")(at) && zero("screening.letters")(at),
    say: `对{place}外人员{screening.letters=尚未发函}。 | 對{place}外人員{screening.letters=尚未發函}。`,
  },
  ...counted(
    { held: ["letters.sent"], typed: ["screening.letters"] },
    ([letters]) => `对{place}外人员已发函{${letters}}封，请所在地落实医学观察。
      | 對{place}外人員已發函{${letters}}封，請所在地落實醫學觀察。`,
  ),
];

/** 003: a county's report on the confirmed and on who is linked to Hubei, in the county and outside it; as of now. */
export const countyLinked = defineReport({
  id: "county-linked",
  name: {
    "zh-Hans": "县级情况汇报（关联人员）",
    "zh-Hant": "縣級情況彙報（關聯人員）",
    en: "County report (linked persons)",
  },
  kinds: ["county"],
  source: "003",
  cutOff: "24:00",
  title: "{unit}新冠肺炎疫情防控情况汇报 | {unit}新冠肺炎疫情防控情況彙報",
  items: [
    slot("addressee", "抬头 | 抬頭"),
    section(
      "疫情总体情况 | 疫情總體情況",
      say([
        {
          when: zero(CONFIRMED),
          say: `截至目前，{our}{${CONFIRMED}=暂未发现确诊病例}。 | 截至目前，{our}{${CONFIRMED}=暫未發現確診病例}。`,
        },
        {
          say: `截至目前，{our}新冠肺炎确诊{${CONFIRMED}}例。 | 截至目前，{our}新冠肺炎確診{${CONFIRMED}}例。`,
        },
      ]),
      slot("patients", "病例情况（不写姓名、证件、电话） | 病例情況（不寫姓名、證件、電話）"),
      say(
        `经数据比对、上门核实和外地协查，与湖北、武汉有关联的人员，在{place}内的{registered.fromHubei}人，在{place}外的{screening.linkedElsewhere}人。
          | 經數據比對、上門核實和外地協查，與湖北、武漢有關聯的人員，在{place}內的{registered.fromHubei}人，在{place}外的{screening.linkedElsewhere}人。`,
        [
          {
            when: zero("observation.observing"),
            say: `{place}内{observation.observing=目前没有人在医学观察}； | {place}內{observation.observing=目前沒有人在醫學觀察}；`,
          },
          {
            say: `{place}内连同家属正在医学观察{observation.observing}人，早晚各测一次体温；
              | {place}內連同家屬正在醫學觀察{observation.observing}人，早晚各測一次體溫；`,
          },
        ],
        LETTERS,
        UNDER_CONTROL,
      ),
    ),
    section(
      "工作进展 | 工作進展",
      section(
        "组织推动 | 組織推動",
        say(
          `[领导小组开会{organisation.meetings}次，][组成督查组{organisation.inspectionTeams}个，]。
            | [領導小組開會{organisation.meetings}次，][組成督查組{organisation.inspectionTeams}個，]。`,
        ),
        slot("leadership", "组织推动 | 組織推動"),
      ),
      section(
        "外防输入 | 外防輸入",
        say(
          `[路口和车站设卡点{units.checkpoints}个，][集中隔离点{screening.isolationSites}个，]。
            | [路口和車站設卡點{units.checkpoints}個，][集中隔離點{screening.isolationSites}個，]。`,
          [
            {
              when: (at) => some(CONTACTS)(at) && at(CONTACTS) === at(CENTRAL),
              say: `密切接触者{${CENTRAL}}人{${CONTACTS}=全部}集中隔离。 | 密切接觸者{${CENTRAL}}人{${CONTACTS}=全部}集中隔離。`,
            },
            {
              when: zero(CONTACTS),
              say: `目前{${CONTACTS}=没有密切接触者}在观察。 | 目前{${CONTACTS}=沒有密切接觸者}在觀察。`,
            },
            {
              say: `[观察中的密切接触者{${CONTACTS}}人，其中集中隔离{${CENTRAL}}人。]
                | [觀察中的密切接觸者{${CONTACTS}}人，其中集中隔離{${CENTRAL}}人。]`,
            },
          ],
          "[居家隔离{observation.byKind.home}人。] | [居家隔離{observation.byKind.home}人。]",
        ),
        slot("control", "外防输入 | 外防輸入"),
      ),
      section(
        "内防扩散 | 內防擴散",
        say(
          `[劝停酒席{closures.banquets}起，]<关停[餐馆{closures.restaurants}家、][其他场所{closures.entertainment}家、]>。
            | [勸停酒席{closures.banquets}起，]<關停[餐館{closures.restaurants}家、][其他場所{closures.entertainment}家、]>。`,
        ),
        slot("screening", "内防扩散 | 內防擴散"),
      ),
      section("物资和保供 | 物資和保供", slot("supplies", "物资和保供 | 物資和保供")),
      section(
        "群防群治 | 群防群治",
        say(
          `[发放公开信{publicity.letters:wan}封，][使用大喇叭{publicity.loudspeakers}个，][媒体刊播信息{publicity.articles}条，][处置不实信息{closures.rumours}条，]。
            | [發放公開信{publicity.letters:wan}封，][使用大喇叭{publicity.loudspeakers}個，][媒體刊播信息{publicity.articles}條，][處置不實信息{closures.rumours}條，]。`,
        ),
        slot("publicity", "群防群治 | 群防群治"),
      ),
    ),
    section("存在问题 | 存在問題", slot("problems", "存在问题 | 存在問題")),
    section("下一步打算 | 下一步打算", slot("nextSteps", "下一步打算 | 下一步打算")),
  ],
});
