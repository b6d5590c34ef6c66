import type { Message, MessageLine } from "../../src/channels/messages.ts";

/** A report of a village that did not come. */
export const sampleLine = (more: Partial<MessageLine> = {}): MessageLine => ({
  kind: "daily-report",
  subjectId: "2026-01-25",
  unitName: "示例二社区",
  parentName: "太平镇",
  dueAt: new Date("2026-01-25T16:00:00+08:00"),
  ...more,
});

/** What Li of the town is told of it. */
export const sampleMessage = (more: Partial<Message> = {}): Message => ({
  lang: "zh-Hans",
  countyName: "万源市",
  unitName: "太平镇",
  detectedAt: new Date("2026-01-25T16:30:00+08:00"),
  sentAt: new Date("2026-01-25T16:31:00+08:00"),
  link: "https://baobei.example/u/AAAAAAAAAAAAAAAAAAAAAA",
  alertLink: "https://baobei.example/a/BBBBBBBBBBBBBBBBBBBBBB",
  groups: [{ tone: "overdue", total: 1, lines: [sampleLine()] }],
  ...more,
});
