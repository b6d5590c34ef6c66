import { localClock, localDate } from "../domain/time.ts";
import type { Lang } from "../forms/define.ts";
import { Page, withLang } from "./layout.tsx";
import { words } from "./words.ts";

/** Every door of the demo county, as /dev/doors.json tells it. */
export type Doors = {
  register: string;
  poster: string[];
  tip: string;
  tipStatus: string;
  units: { code: string; name: string; url: string }[];
  /** The grid workers' rounds, of villages and grids. */
  rounds: { code: string; name: string; url: string }[];
  /** Households under observation or released; `people` are the ids that readings go by. */
  persons: { caseNumber: string; people: string[]; released: boolean; url: string }[];
  /** Officials of the demo; the address signs in as one. */
  officials: { email: string; name: string; role: string; unit: string; url: string }[];
  summary: string;
  apiKey: string;
  mail: string;
  openapi: string;
};

const DEV = {
  doors: words("本机演示的全部入口", "本機演示的全部入口", "Every door of the local demo"),
  mailbox: words("开发邮箱", "開發用信箱", "Development mailbox"),
  local: words(
    "只有本机演示才有这一页。这里的邮件不会发出。",
    "只有本機演示才有這一頁。這裡的郵件不會發出。",
    "Only a local start has this page. No mail leaves it.",
  ),
  none: words("还没有邮件。", "還沒有郵件。", "No mail yet."),
  noneTo: (to: string) => words(`没有寄给 ${to} 的邮件。`, `沒有寄給 ${to} 的郵件。`, `No mail to ${to}.`),
  count: (n: number) =>
    words(`${n} 封，新的在前`, `${n} 封，新的在前`, `${n} ${n === 1 ? "message" : "messages"}, newest first`),
  newer: words("较新的", "較新的", "Newer"),
  older: words("较早的", "較早的", "Older"),
  all: words("全部邮件", "全部郵件", "All mail"),
  only: words("只看这个收件人", "只看這個收件人", "Only this recipient"),
  to: words("收件人", "收件人", "To"),
  desk: words("登录工作台", "登入工作臺", "Sign in to the desk as"),
  household: words("住户", "住戶", "Household"),
  units: words("各单位入口", "各單位入口", "Units"),
  register: words("返乡报备", "返鄉報備", "Report a return home"),
  poster: words("海报", "海報", "Poster"),
  tip: words("提供线索", "提供線索", "Leave a tip"),
  tipStatus: words("查询线索", "查詢線索", "Look up a tip"),
  summary: words("汇总（JSON）", "彙總（JSON）", "Summary (JSON)"),
  openapi: words("接口说明（OpenAPI）", "介面說明（OpenAPI）", "OpenAPI"),
  key: words("演示密钥（整个县）", "演示密鑰（整個縣）", "Demo key (the whole county)"),
};

type Frame = { lang: Lang; county: string };

export const DevDoorsPage = ({ lang, county, doors }: Frame & { doors: Doors }) => (
  <Page lang={lang} title={DEV.doors[lang]} county={county} path="/dev">
    <h1>{DEV.doors[lang]}</h1>
    <p class="note">{DEV.local[lang]}</p>
    <ul class="doors">
      <Door href={withLang(doors.register, lang)} name={DEV.register[lang]} />
      {doors.officials.map(({ url, email, role, unit }) => (
        <Door href={url} name={`${DEV.desk[lang]} ${role} ${unit} (${email})`} />
      ))}
      {doors.poster.map((url, at) => (
        <Door href={withLang(url, lang)} name={`${DEV.poster[lang]} ${at + 1}`} />
      ))}
      {doors.persons.map(({ url, caseNumber }) => (
        <Door href={withLang(url, lang)} name={`${DEV.household[lang]} ${caseNumber}`} />
      ))}
      <Door href={withLang(doors.tip, lang)} name={DEV.tip[lang]} />
      <Door href={withLang(doors.tipStatus, lang)} name={DEV.tipStatus[lang]} />
      <Door href={withLang(doors.mail, lang)} name={DEV.mailbox[lang]} />
      <Door href={doors.summary} name={DEV.summary[lang]} />
      <Door href={doors.openapi} name={DEV.openapi[lang]} />
    </ul>
    <h2>{DEV.key[lang]}</h2>
    <p>
      <code>{doors.apiKey}</code>
    </p>
    <h2>
      {DEV.units[lang]} ({doors.units.length})
    </h2>
    <ul class="doors">
      {doors.units.map(({ code, name, url }) => (
        <Door href={withLang(url, lang)} name={`${name} ${code}`} />
      ))}
    </ul>
  </Page>
);

const Door = ({ href, name }: { href: string; name: string }) => (
  <li>
    <a href={href}>{name}</a>
  </li>
);

export type DevMailProps = Frame & {
  mails: { id: string; to: string; subject: string; text: string; recordedAt: Date }[];
  to?: string | undefined;
  zone: string;
  /** Which page of the list this is, from 1, and whether another follows. */
  page: number;
  more: boolean;
  total: number;
  /** Links of this service are made clickable; nothing else is. */
  publicUrl: string;
};

export const DevMailPage = (props: DevMailProps) => {
  const { lang, county, mails, to, zone, publicUrl, page, more, total } = props;
  const at = (n: number) => withLang(`/dev/mail?${to ? `to=${encodeURIComponent(to)}&` : ""}page=${n}`, lang);
  const path = to ? `/dev/mail?to=${encodeURIComponent(to)}` : "/dev/mail";
  return (
    <Page lang={lang} title={DEV.mailbox[lang]} county={county} path={path}>
      <h1>{DEV.mailbox[lang]}</h1>
      <p class="note">{DEV.local[lang]}</p>
      {to ? (
        <p>
          <a href={withLang("/dev/mail", lang)}>{DEV.all[lang]}</a>
        </p>
      ) : null}
      <p class="soft">{total > 0 ? DEV.count(total)[lang] : (to ? DEV.noneTo(to) : DEV.none)[lang]}</p>
      {mails.map((mail) => (
        <article class="mail">
          <h2>{mail.subject}</h2>
          <p class="soft">
            {localDate(mail.recordedAt, zone)} {localClock(mail.recordedAt, zone)} · {DEV.to[lang]}{" "}
            <a
              href={withLang(`/dev/mail?to=${encodeURIComponent(mail.to)}`, lang)}
              aria-label={`${DEV.only[lang]} ${mail.to}`}
            >
              {mail.to}
            </a>
          </p>
          <pre>{linked(mail.text, publicUrl)}</pre>
        </article>
      ))}
      <p>
        {page > 1 ? (
          <a class="link" href={at(page - 1)}>
            {DEV.newer[lang]}
          </a>
        ) : null}{" "}
        {more ? (
          <a class="link" href={at(page + 1)}>
            {DEV.older[lang]}
          </a>
        ) : null}
      </p>
    </Page>
  );
};

/** A message's text with this service's own addresses as links. */
function linked(text: string, publicUrl: string) {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part) => (part.startsWith(`${publicUrl}/`) ? <a href={part}>{part}</a> : part));
}
