import { LANGS, type Lang, type Words } from "../forms/define.ts";
import { normalizePhone } from "./identity.ts";
import type { ChannelKind } from "./ladder.ts";
import { type FieldError, ProblemError, problem } from "./problem.ts";
import { type PostKind, type TargetProblem, targetProblem } from "./target.ts";
import { readText } from "./tip.ts";

/*
 * Who hears for a unit: the roles and ways that can be entered, what an entry must be, and how it is shown to those who
 * need not know the address itself.
 */

/** Every role but `care`, which a household's team gives. */
export const CONTACT_ROLES = ["contact", "duty", "head", "grid", "inspector"] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];
export const POST_KINDS: readonly PostKind[] = ["webhook", "wecom", "dingtalk", "feishu"];
export const CONTACT_CHANNELS: readonly ChannelKind[] = ["mail", ...POST_KINDS];

const NAME_LENGTH = 40;
const EMAIL_LENGTH = 200;
const SECRET_LENGTH = 200;

/** One address and nothing else: no name, no list. */
export const isEmail = (text: string): boolean =>
  [...text].length <= EMAIL_LENGTH && /^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;]+$/.test(text);

/** A contact as it was typed. */
export type AskedContact = Partial<
  Record<"role" | "channel" | "lang" | "name" | "email" | "phone" | "url" | "secret", string>
>;
/** A contact as it can be stored. */
export type PlannedContact = {
  role: ContactRole;
  channel: ChannelKind;
  lang: Lang;
  name: string;
  email?: string;
  phone?: string;
  url?: string;
  secret?: string;
};

/**
 * What a form says about a new contact. Throws `invalid` with every answer to mend: role, channel, name, lang, email,
 * phone, url or secret. What belongs to another channel is left out.
 * @param options allowPrivate: the setting ALLOW_PRIVATE_TARGETS
 */
export function planContact(
  asked: AskedContact,
  { allowPrivate, lang }: { allowPrivate: boolean; lang: Lang },
): PlannedContact {
  const errors: FieldError[] = [];
  const wrong = (path: string, code: string, words: Words) => {
    errors.push({ path, code, message: words[lang] });
  };
  const role = CONTACT_ROLES.find((one) => one === asked.role);
  if (!role) wrong("role", "required", SAY.role);
  const speaks = LANGS.find((one) => one === asked.lang);
  if (!speaks) wrong("lang", "required", SAY.lang);
  const name = textOr(asked.name ?? "", "name", lang, errors);
  const channel = CONTACT_CHANNELS.find((one) => one === asked.channel);
  if (!channel) wrong("channel", "required", SAY.channel);
  const email = (asked.email ?? "").trim();
  const phone = normalizePhone(asked.phone ?? "");
  const endpoint = { url: (asked.url ?? "").trim(), secret: (asked.secret ?? "").trim() };
  if (channel === "mail") {
    if (!isEmail(email)) wrong("email", "format", SAY.email);
    if (asked.phone?.trim() && !phone) wrong("phone", "format", SAY.phone);
  } else if (channel) {
    const found =
      endpoint.secret.length > SECRET_LENGTH
        ? "bad-secret"
        : targetProblem(channel, endpoint, { allowPrivate });
    if (found) wrong(/secret/.test(found) ? "secret" : "url", found, TARGET[found]);
  }
  if (errors.length > 0 || !role || !speaks || !channel) throw problem.invalid(errors);
  const who = { role, channel, lang: speaks, name };
  if (channel === "mail") return { ...who, email, ...(phone ? { phone } : {}) };
  return { ...who, url: endpoint.url, ...(endpoint.secret ? { secret: endpoint.secret } : {}) };
}

function textOr(text: string, path: string, lang: Lang, errors: FieldError[]): string {
  try {
    return readText(text.replace(/\s+/g, " "), path, NAME_LENGTH, lang);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    errors.push(...(error.problem.errors ?? []));
    return "";
  }
}

/** An address as those see it who need not know it: z***@example.gov.cn; of one that is posted to the host alone. */
export function addressMasked({ email, url }: { email?: string; url?: string }): string {
  if (url) return URL.canParse(url) ? `${new URL(url).host}/…` : "…";
  const at = (email ?? "").lastIndexOf("@");
  return at < 1 ? "***" : `${[...(email ?? "")][0]}***${(email ?? "").slice(at)}`;
}

const words = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });

const SAY = {
  role: words("请选择在单位里做什么", "請選擇在單位裡做什麼", "Choose what they do for the unit"),
  channel: words("请选择怎么通知", "請選擇怎麼通知", "Choose how they are told"),
  lang: words("请选择通知用的文字", "請選擇通知用的文字", "Choose the language of messages"),
  email: words(
    "邮箱地址不对，请核对",
    "電子郵件地址不對，請核對",
    "The e-mail address is not right. Check it.",
  ),
  phone: words(
    "请填写能打通的电话号码，没有可以不填",
    "請填寫能打通的電話號碼，沒有可以不填",
    "Enter a phone number that can be reached, or leave it empty",
  ),
};

const TARGET: Record<TargetProblem, Words> = {
  "not-a-url": words(
    "地址不对，应以 https:// 开头",
    "地址不對，應以 https:// 開頭",
    "Enter an address that begins with https://",
  ),
  "not-https": words(
    "地址必须以 https:// 开头",
    "地址必須以 https:// 開頭",
    "The address must begin with https://",
  ),
  credentials: words(
    "地址里不能带用户名和密码",
    "地址裡不能帶使用者名稱和密碼",
    "The address must not hold a user name or password",
  ),
  private: words(
    "不能发往内部网络的地址",
    "不能發往內部網路的地址",
    "An address of a private network cannot be posted to",
  ),
  "not-the-bots-host": words(
    "这不是该机器人的网址，请从群里重新复制",
    "這不是該機器人的網址，請從群裡重新複製",
    "This is not where that bot lives. Copy the address from the group again.",
  ),
  "not-a-bots-path": words(
    "机器人的网址不完整，请从群里重新复制",
    "機器人的網址不完整，請從群裡重新複製",
    "The bot's address is not complete. Copy it from the group again.",
  ),
  "no-secret": words(
    "请填写签名密钥（whsec_ 开头）",
    "請填寫簽名密鑰（whsec_ 開頭）",
    "Enter the signing secret (whsec_…)",
  ),
  "bad-secret": words(
    "签名密钥不对，请重新复制",
    "簽名密鑰不對，請重新複製",
    "The signing secret is not right. Copy it again.",
  ),
};
