import { describe, expect, it } from "vitest";
import { type Message, type MessageLine, renderMessage } from "../../src/channels/messages.ts";
import { composePost } from "../../src/channels/post.ts";
import { OBLIGATION_KINDS } from "../../src/domain/ladder.ts";
import { LANGS } from "../../src/forms/define.ts";

const ZONE = "Asia/Shanghai";
const POSTS = ["webhook", "wecom", "dingtalk", "feishu"] as const;
/** What Mallory would like to find in a message: it stands in every object that a message is made of. */
const SECRETS = {
  name: "示例姓名",
  phone: "13800000001",
  idNumber: "11010519491231002X",
  address: "示例路一号",
  temperature: "38.7",
  note: "示例备注",
  email: "li@example.com",
  url: "https://qyapi.weixin.qq.com/key",
  secret: "whsec_sample",
};
const TONES = ["urgent", "overdue", "notice", "recovered"] as const;

/** A message whose every field is told apart, with more in it than it has any business to carry. */
function marked(
  lang: Message["lang"],
  kind: MessageLine["kind"],
  tone: (typeof TONES)[number],
  mark: string,
): Message {
  const at = (minute: number) => new Date(`2026-01-25T16:${minute}:00+08:00`);
  const subjectId =
    kind === "roster" ? "U/2026-01-25T08:00" : kind === "daily-report" ? "2026-01-25" : `WY-${mark}`;
  const line = {
    ...SECRETS,
    kind,
    subjectId,
    unitName: `单位${mark}`,
    parentName: `上级${mark}`,
    about: `村${mark}`,
    dueAt: at(10),
    metAt: at(11),
    again: 7,
    told: [{ ...SECRETS, unitName: `曾${mark}`, at: at(12), how: "delivered" as const }],
  };
  const storm = { ...line, count: { ...SECRETS, silent: 27, of: 30 } };
  return {
    ...SECRETS,
    lang,
    countyName: `县${mark}`,
    unitName: `镇${mark}`,
    detectedAt: at(13),
    sentAt: at(14),
    link: `https://baobei.example/u/KEY${mark}`,
    alertLink: `https://baobei.example/a/${mark}`,
    groups: [{ ...SECRETS, tone, total: 2, lines: [line, storm] }],
  } as Message;
}

/** Everything a recipient or a wire-tapper sees, by channel. */
function everything(message: Message): [string, string][] {
  const { subject, text, html } = renderMessage(message, ZONE);
  const posts = POSTS.map((kind): [string, string] => [
    kind,
    composePost(kind, message, ZONE, { id: "1" }).body,
  ]);
  return [["mail", [subject, text, html].join("\n")], ...posts];
}
const every = <Value>(see: (message: Message, other: Message) => Value) =>
  LANGS.flatMap((lang) =>
    OBLIGATION_KINDS.flatMap((kind) =>
      TONES.map((tone) => see(marked(lang, kind, tone, "XA"), marked(lang, kind, tone, "QB"))),
    ),
  );

describe("what no channel carries", () => {
  it("is personal data, though it stood beside every field", () => {
    every((message) => {
      for (const [channel, seen] of everything(message))
        for (const value of Object.values(SECRETS))
          expect([channel, seen.includes(value)]).toEqual([channel, false]);
    });
  });

  it("is anything but names of units, numbers of cases, counts, times and links, between words that never change", () => {
    const FIELDS = /(单位|上级|村|曾|县|镇|WY-|\/a\/|\/u\/KEY)(XA|QB)/g;
    every((message, other) => {
      const bare = (one: Message) =>
        everything(one).map(([channel, seen]) => [channel, seen.replace(FIELDS, "$1")]);
      expect(bare(message)).toEqual(bare(other));
      for (const [, seen] of everything(message)) expect(seen.replace(FIELDS, "")).not.toContain("XA");
    });
  });

  it("is the key of a unit's door where a group reads along, or a program", () => {
    every((message) => {
      for (const [channel, seen] of everything(message))
        expect(seen.includes("/u/KEY")).toBe(channel === "mail");
    });
  });

  it("is missing of due, detected and sent in no alarm", () => {
    every((message) => {
      for (const [channel, seen] of everything(message)) {
        const clocks = channel === "webhook" ? ["T08:10", "T08:13", "T08:14"] : ["16:10", "16:13", "16:14"];
        for (const clock of clocks) expect([channel, seen.includes(clock)]).toEqual([channel, true]);
      }
    });
  });
});
