import type { Lang } from "../forms/define.ts";
import type { Mail } from "./channel.ts";
import { escapeHtml, htmlOf } from "./html.ts";

type LetterWords = {
  subject: (county: string) => string;
  greeting: string;
  code: string;
  link: string;
  life: string;
  ignore: string;
};

const WORDS: Record<Lang, LetterWords> = {
  "zh-Hans": {
    subject: (county) => `【${county}报备】登录工作台`,
    greeting: "有人用您的邮箱申请登录工作台。",
    code: "在打开着的登录页面输入验证码：",
    link: "或者打开下面的链接登录：",
    life: "10 分钟内有效，只能用一次。",
    ignore: "不是您本人申请的，请不用理会，也不要把验证码和链接告诉任何人：没有它们，谁也登录不了。",
  },
  "zh-Hant": {
    subject: (county) => `【${county}報備】登入工作臺`,
    greeting: "有人用您的郵箱申請登入工作臺。",
    code: "在打開著的登入頁面輸入驗證碼：",
    link: "或者打開下面的連結登入：",
    life: "10 分鐘內有效，只能用一次。",
    ignore: "不是您本人申請的，請不用理會，也不要把驗證碼和連結告訴任何人：沒有它們，誰也登入不了。",
  },
  en: {
    subject: (county) => `【${county}报备】Sign in to the desk`,
    greeting: "Somebody asked to sign in to the desk with your address.",
    code: "Type this code on the page that is open:",
    link: "Or open this link to sign in:",
    life: "Good for 10 minutes, once.",
    ignore:
      "If it was not you, do nothing, and tell nobody the code or the link: without them nobody can sign in.",
  },
};

/** The letter that signs an official in. The code alone is in it: no name, no unit. @param code six digits */
export function signInLetter({
  lang,
  county,
  code,
  link,
  ...envelope
}: {
  id: string;
  from: string;
  to: string;
  lang: Lang;
  county: string;
  code: string;
  link: string;
}): Mail {
  const words = WORDS[lang];
  const href = escapeHtml(link);
  const shown = `${code.slice(0, 3)} ${code.slice(3)}`;
  return {
    ...envelope,
    subject: words.subject(county),
    text: [
      words.greeting,
      `${words.code}\n${shown}`,
      `${words.link}\n${link}`,
      words.life,
      words.ignore,
    ].join("\n\n"),
    html: htmlOf(
      lang,
      [
        `<p>${words.greeting}</p>`,
        `<p>${words.code}<br><strong style="font-size:28px;letter-spacing:2px">${shown}</strong></p>`,
        `<p>${words.link}<br><a href="${href}">${href}</a></p>`,
        `<p>${words.life}</p>`,
        `<p>${words.ignore}</p>`,
      ].join("\n"),
    ),
  };
}
