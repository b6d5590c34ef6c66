import { describe, expect, it } from "vitest";
import { MAX_LINES, type Message, type MessageLine, renderMessage } from "../../src/channels/messages.ts";
import { LANGS } from "../../src/forms/define.ts";

const ZONE = "Asia/Shanghai";
const line = (more: Partial<MessageLine> = {}): MessageLine => ({
  kind: "daily-report",
  subjectId: "2026-01-25",
  unitName: "示例二社区",
  parentName: "太平镇",
  dueAt: new Date("2026-01-25T16:00:00+08:00"),
  ...more,
});
const message = (more: Partial<Message> = {}): Message => ({
  lang: "zh-Hans",
  countyName: "万源市",
  unitName: "太平镇",
  detectedAt: new Date("2026-01-25T16:30:00+08:00"),
  sentAt: new Date("2026-01-25T16:31:00+08:00"),
  link: "https://baobei.example/u/AAAAAAAAAAAAAAAAAAAAAA",
  groups: [{ tone: "overdue", total: 1, lines: [line()] }],
  ...more,
});

describe("what Li of the town reads", () => {
  it("says who is late, since when, when it was seen and where to act", () => {
    const { subject, text } = renderMessage(message(), ZONE);
    expect(subject).toBe("【万源市报备】逾期 1 项");
    expect(text).toContain("1月25日的日报告，示例二社区（太平镇），应于 1月25日 16:00 前上报，至今没有收到");
    expect(text).toContain("系统发现时间：1月25日 16:30；发出时间：1月25日 16:31");
    expect(text).toContain("https://baobei.example/u/AAAAAAAAAAAAAAAAAAAAAA");
  });

  it("puts what is urgent first and counts every kind in the subject", () => {
    const { subject, text } = renderMessage(
      message({
        groups: [
          { tone: "notice", total: 2, lines: [line({ kind: "tip", subjectId: "T-4471-0932" })] },
          { tone: "urgent", total: 1, lines: [line({ kind: "registration", subjectId: "WY-0217-4486" })] },
          { tone: "recovered", total: 1, lines: [line({ metAt: new Date("2026-01-25T16:40:00+08:00") })] },
        ],
      }),
      ZONE,
    );
    expect(subject).toBe("【万源市报备】紧急 1 项，新任务 2 项，已补办 1 项");
    expect(text.indexOf("WY-0217-4486")).toBeLessThan(text.indexOf("T-4471-0932"));
    expect(text).toContain("已于 1月25日 16:40 补报");
  });

  it("stays short on the worst day: fifty lines, then how many more", () => {
    const lines = Array.from({ length: MAX_LINES + 7 }, (_, at) =>
      line({ kind: "registration", subjectId: `WY-0000-${String(at).padStart(4, "0")}` }),
    );
    const { text, html } = renderMessage(
      message({ groups: [{ tone: "overdue", total: 2000, lines }] }),
      ZONE,
    );
    expect(text.match(/WY-0000/g)).toHaveLength(MAX_LINES);
    expect(text).toContain("另有 1950 项，请打开链接查看");
    expect(html).toContain("另有 1950 项");
  });

  it("has the same in every language, with no word missing", () => {
    const seen = new Set<string>();
    for (const lang of LANGS) {
      for (const tone of ["urgent", "overdue", "notice", "recovered"] as const) {
        const { subject, text, html } = renderMessage(
          message({ lang, groups: [{ tone, total: 60, lines: Array(60).fill(line()) }] }),
          ZONE,
        );
        expect(`${subject}${text}${html}`).not.toMatch(/undefined|NaN|\[object/);
        expect(html).toContain(`<html lang="${lang}">`);
        seen.add(text);
      }
    }
    expect(seen.size).toBe(12);
  });

  it.each([
    ["daily-report", "2026-01-25", "前上报，至今没有收到", "补报", "nothing has arrived"],
    ["registration", "WY-0217-4486", "前核实，至今未核实", "核实", "not verified yet"],
    ["tip", "T-4471-0932", "前核实，至今未核实", "核实", "not verified yet"],
    ["follow-up", "WY-0217-4486-1", "前填报，至今没有收到", "补报", "nothing has arrived"],
    ["response", "WY-0217-4486-1", "前处置发热或不适，至今未处置", "处置", "none recorded yet"],
    ["cluster", "511781100S01/2026-01-25/cdc", "前确认收到，至今未确认", "确认", "not acknowledged yet"],
    ["release", "WY-0217-4486-1", "前办理解除，至今未办理", "办理", "not released yet"],
    ["care-role", "WY-0217-4486/grid", "前落实，至今未落实", "落实", "nobody appointed yet"],
    [
      "roster",
      "511781100/2026-01-26T08:00",
      "前排定值班人员，至今未排定",
      "排定",
      "nobody is on the roster yet",
    ],
  ] as const)(
    "says of a %s what was not done, and what was done after all",
    (kind, subjectId, open, done, english) => {
      const one = line({ kind, subjectId, metAt: new Date("2026-01-25T16:40:00+08:00") });
      const say = (tone: "overdue" | "recovered", lang: "zh-Hans" | "en" = "zh-Hans") =>
        renderMessage(message({ lang, groups: [{ tone, total: 1, lines: [one] }] }), ZONE).text;
      expect(say("overdue")).toContain(`应于 1月25日 16:00 ${open}`);
      expect(say("recovered")).toContain(`，已于 1月25日 16:40 ${done}\n`);
      expect(say("overdue", "en")).toContain(`was due by 25 Jan 16:00, ${english}`);
    },
  );

  it("says of what is urgent by when it is due, and of a tip nothing of fever", () => {
    const say = (kind: MessageLine["kind"], lang: Message["lang"] = "zh-Hans") =>
      renderMessage(message({ lang, groups: [{ tone: "urgent", total: 1, lines: [line({ kind })] }] }), ZONE)
        .text;
    expect(say("response")).toContain(
      "有发热或其他不适，请立即联系核实，最迟 1月25日 16:00 前处置发热或不适",
    );
    expect(say("tip")).toContain("请立即处置，最迟 1月25日 16:00 前核实");
    expect(say("tip")).not.toContain("发热");
    expect(say("cluster", "en")).toContain(
      "fever or other symptoms, make contact at once; acknowledgement due by 25 Jan 16:00",
    );
  });

  it("names the gap in a duty roster by its start", () => {
    const gap = line({ kind: "roster", subjectId: "511781100201/2026-01-26T08:00" });
    const say = (lang: Message["lang"]) =>
      renderMessage(message({ lang, groups: [{ tone: "notice", total: 1, lines: [gap] }] }), ZONE).text;
    expect(say("zh-Hans")).toContain(
      "值班空缺（1月26日 08:00 起），示例二社区（太平镇），请于 1月25日 16:00 前排定值班人员",
    );
    expect(say("en")).toContain("Duty roster gap from 26 Jan 08:00");
  });

  it.each([
    ["zh-Hans", "石塘镇：30 个单位中 27 个未报（1月25日的日报告，应于 1月25日 16:00 前上报）"],
    ["zh-Hant", "石塘镇：30 個單位中 27 個未報（1月25日的日報告，應於 1月25日 16:00 前上報）"],
    [
      "en",
      "石塘镇: 27 of 30 units have not reported (Daily report of 25 Jan, report was due by 25 Jan 16:00)",
    ],
  ] as const)("tells a storm in one line, in %s", (lang, expected) => {
    const storm = line({ unitName: "石塘镇", parentName: undefined, count: { silent: 27, of: 30 } });
    const { text } = renderMessage(
      message({ lang, groups: [{ tone: "overdue", total: 28, lines: [storm, line()] }] }),
      ZONE,
    );
    expect(text).toContain(`· ${expected}\n`);
    expect(text).not.toMatch(/另有|more/);
  });

  it("says whom it told before, when, and how that went", () => {
    const told = [
      { unitName: "石塘村", at: new Date("2026-01-25T16:00:00+08:00"), how: "delivered" as const },
      { unitName: "石塘镇", at: new Date("2026-01-24T22:00:00+08:00"), how: "failed" as const },
      { unitName: "太平镇", at: new Date("2026-01-25T16:20:00+08:00"), how: "acknowledged" as const },
    ];
    const { text, html } = renderMessage(
      message({ groups: [{ tone: "overdue", total: 1, lines: [line({ told, again: 3 })] }] }),
      ZONE,
    );
    const before =
      "此前已通知：石塘村（16:00 已送达，未签收）、石塘镇（1月24日 22:00 未送达）、太平镇（16:20 已签收）";
    expect(text).toContain("· 第 3 次提醒：1月25日的日报告，");
    expect(text).toContain(`\n  ${before}\n`);
    expect(html).toContain(before);
  });

  it("names no more than six of a long climb: the first and the latest", () => {
    const told = Array.from({ length: 40 }, (_, at) => ({
      unitName: `示例${at}村`,
      at: new Date("2026-01-25T16:00:00+08:00"),
      how: "sent" as const,
    }));
    const { text } = renderMessage(
      message({ groups: [{ tone: "overdue", total: 1, lines: [line({ told })] }] }),
      ZONE,
    );
    expect(text.match(/示例\d+村/g)).toEqual([
      "示例0村",
      "示例35村",
      "示例36村",
      "示例37村",
      "示例38村",
      "示例39村",
    ]);
    expect(text).toContain("等，另有 34 次");
  });

  it("leads to the alert's own page and to the unit's door, or to what of both there is", () => {
    const alertLink = "https://baobei.example/a/BBBBBBBBBBBBBBBBBBBBBB";
    const both = renderMessage(message({ alertLink }), ZONE);
    expect(both.text).toContain(`查看本次警报的经过并签收：\n${alertLink}\n`);
    expect(both.html).toContain(`<a href="${alertLink}">`);
    expect(both.html).toContain('<a href="https://baobei.example/u/AAAAAAAAAAAAAAAAAAAAAA">');
    const none = renderMessage(message({ link: undefined }), ZONE);
    expect(none.text).not.toMatch(/https?:|打开链接办理/);
    expect(none.html).not.toContain("<a ");
  });

  it("shows the county's own clock, whatever clock the server has", () => {
    const { text } = renderMessage(message({ lang: "en" }), "Asia/Urumqi");
    expect(text).toContain("report was due by 25 Jan 14:00, nothing has arrived");
  });

  it("names the form of a count, and folds a storm of them", () => {
    const check = line({
      ...{ kind: "count", subjectId: "morning-check/2026-01-27", unitName: "示例小学" },
      dueAt: new Date("2026-01-27T10:00:00+08:00"),
    });
    const say = (one: MessageLine, lang: Message["lang"] = "zh-Hans") =>
      renderMessage(message({ lang, groups: [{ tone: "overdue", total: 1, lines: [one] }] }), ZONE).text;
    expect(say(check)).toContain(
      "学校晨检 1月27日，示例小学（太平镇），应于 1月27日 10:00 前填报，至今没有收到",
    );
    expect(say(check, "zh-Hant")).toContain(
      "學校晨檢 1月27日，示例小学（太平镇），應於 1月27日 10:00 前填報",
    );
    expect(say(check, "en")).toContain(
      "Morning check of 27 Jan, 示例小学 (太平镇): this form was due by 27 Jan 10:00, nothing has arrived",
    );
    const storm = { ...check, unitName: "太平镇", parentName: undefined, count: { silent: 7, of: 8 } };
    expect(say(storm)).toContain(
      "太平镇：8 个单位中 7 个未报（学校晨检 1月27日，应于 1月27日 10:00 前填报）",
    );
  });

  it.each([
    ["zh-Hans", "出入证 CR-0217-4486，示例一社区（太平镇），应于 1月27日 15:40 前返回，至今未返回"],
    ["zh-Hant", "出入證 CR-0217-4486，示例一社区（太平镇），應於 1月27日 15:40 前返回，至今未返回"],
    ["en", "Pass CR-0217-4486, 示例一社区 (太平镇): coming back was due by 27 Jan 15:40, not done yet"],
  ] as const)("says of a record what its form says has to be done, in %s", (lang, expected) => {
    const pass = line({
      ...{ kind: "record", subjectId: "exit-pass/CR-0217-4486/2", about: "out", unitName: "示例一社区" },
      dueAt: new Date("2026-01-27T15:40:00+08:00"),
      metAt: new Date("2026-01-27T15:50:00+08:00"),
    });
    const say = (tone: "overdue" | "recovered") =>
      renderMessage(message({ lang, groups: [{ tone, total: 1, lines: [pass] }] }), ZONE).text;
    expect(say("overdue")).toContain(expected);
    expect(say("recovered")).not.toContain("undefined");
    if (lang === "zh-Hans") expect(say("recovered")).toContain("前返回，已于 1月27日 15:50 返回");
  });

  it("asks the town to decide by the words of the form", () => {
    const banquet = line({
      ...{ kind: "decision", subjectId: "banquet/YX-0217-4486/1", about: "filed", unitName: "太平镇" },
      parentName: undefined,
      dueAt: new Date("2026-01-27T15:40:00+08:00"),
    });
    const { text } = renderMessage(
      message({ groups: [{ tone: "notice", total: 1, lines: [banquet] }] }),
      ZONE,
    );
    expect(text).toContain("红白事 YX-0217-4486，太平镇，请于 1月27日 15:40 前审批");
  });

  it.each([
    ["count", "gone-form/2026-01-27", "gone-form 1月27日"],
    ["count", "", ""],
    ["record", "gone-form/CR-0217-4486/2", "CR-0217-4486"],
    ["record", "exit-pass/CR-0217-4486/9", "出入证 CR-0217-4486"],
    ["decision", "constructor", "constructor"],
  ] as const)("says something plain of a %s whose form is gone: %s", (kind, subjectId, said) => {
    for (const lang of LANGS)
      for (const tone of ["overdue", "notice", "recovered"] as const) {
        const one = line({ kind, subjectId, about: "no-such-state" });
        const { text } = renderMessage(message({ lang, groups: [{ tone, total: 1, lines: [one] }] }), ZONE);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
        if (lang === "zh-Hans") expect(text).toContain(`· ${said}，示例二社区`);
      }
  });

  it("lets no unit's name break the page", () => {
    const { html } = renderMessage(message({ unitName: '<script>"&' }), ZONE);
    expect(html).toContain("&lt;script&gt;&quot;&amp;");
    expect(html).not.toContain("<script>");
  });
});
