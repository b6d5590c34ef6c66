import type { County } from "./county.ts";
import { addressOf, NAMES, VILLAGES } from "./county.ts";
import type { TakenMail } from "./mail-server.ts";
import type { TakenHook } from "./receiver.ts";

/*
 * What the servers hold, read as its recipients would read it: who is told what of which thing owed.
 */
export type Tone = "notice" | "overdue" | "urgent" | "recovered";
export type Letter = {
  /** The server's own id of it. */
  id: string;
  ear: string;
  /** Of the message, as it stands in the link to its page. */
  outboxId: string;
  items: { tone: Tone; obligation: string }[];
};

export function readLetters(county: County, mails: TakenMail[], hooks: TakenHook[]): Letter[] {
  const nameOf = (address: string) => county.ears.find((ear) => addressOf(ear) === address)?.id ?? address;
  return [...mails.map((mail) => ({ ...readMail(mail), ear: nameOf(mail.to) })), ...hooks.map(readHook)];
}

const TITLES: [RegExp, Tone][] = [
  [/^紧急/, "urgent"],
  [/^逾期未办/, "overdue"],
  [/^新任务/, "notice"],
  [/^此前逾期/, "recovered"],
];

function readMail({ id, text }: TakenMail): Omit<Letter, "ear"> {
  const items: Letter["items"] = [];
  let tone: Tone | undefined;
  for (const line of text.split("\n")) {
    tone = TITLES.find(([title]) => title.test(line))?.[1] ?? (line === "" ? undefined : tone);
    if (!tone || !line.startsWith("· ")) continue;
    const [, number] = /返乡登记 (WY-\d{4}-\d{4})/.exec(line) ?? [];
    const [, month = "", day = "", village = ""] = /(\d+)月(\d+)日的日报告，(示例.村)/.exec(line) ?? [];
    if (number) items.push({ tone, obligation: `registration/${number}` });
    else if (village)
      items.push({
        tone,
        obligation: reportOf(`2026-${month.padStart(2, "0")}-${day.padStart(2, "0")}`, village),
      });
  }
  return { id, outboxId: outboxOf(text), items };
}

type Payload = {
  data: { link?: string; groups: { tone: Tone; lines: { kind: string; subject: string; unit: string }[] }[] };
};

function readHook({ id, ear, body }: TakenHook): Letter {
  const { data } = JSON.parse(body) as Payload;
  const items = data.groups.flatMap(({ tone, lines }) =>
    lines.map(({ kind, subject, unit }) => ({
      tone,
      obligation: kind === "daily-report" ? reportOf(subject, unit) : `${kind}/${subject}`,
    })),
  );
  return { id, ear, outboxId: outboxOf(data.link ?? ""), items };
}

const reportOf = (day: string, village: string) =>
  `daily-report/${day}/${VILLAGES.find((code) => NAMES[code] === village) ?? village}`;

/** The message's own id out of the link to its page. */
function outboxOf(text: string): string {
  const [, tag = ""] = /\/a\/([A-Za-z0-9_-]+)\./.exec(text) ?? [];
  const bytes = Uint8Array.from(atob(tag.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
    char.charCodeAt(0),
  );
  return new TextDecoder().decode(bytes);
}
