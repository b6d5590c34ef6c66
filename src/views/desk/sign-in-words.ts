import type { Words } from "../../forms/define.ts";

const words = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });

export const SIGN_IN = {
  title: words("登录工作台", "登入工作臺", "Sign in to the desk"),
  email: words("工作邮箱", "工作郵箱", "E-mail address"),
  emailHint: words(
    "管理员为您登记的邮箱。不用密码，我们发一封邮件给您。",
    "管理員為您登記的郵箱。不用密碼，我們發一封郵件給您。",
    "The one your administrator entered for you. No password: we send you a message.",
  ),
  emailNeeded: words(
    "请填写邮箱，例如 li@example.gov.cn",
    "請填寫郵箱，例如 li@example.gov.cn",
    "Enter an e-mail address, such as li@example.gov.cn",
  ),
  send: words("发送登录邮件", "發送登入郵件", "Send me a message"),
  slow: words(
    "这个邮箱申请得太多了。请用最近收到的那封邮件，或过一会儿再试。",
    "這個郵箱申請得太多了。請用最近收到的那封郵件，或過一會兒再試。",
    "This address was asked for too often. Use the last message that came, or try again later.",
  ),
  haveCode: words("输入收到的验证码", "輸入收到的驗證碼", "Type the code that came"),
  sentTitle: words("请查收邮件", "請查收郵件", "Look into your mailbox"),
  sent: words(
    "您填的邮箱如果登记过，登录邮件一分钟内就到。打开邮件里的链接，或者在这里输入六位验证码；10 分钟内有效。",
    "您填的郵箱如果登記過，登入郵件一分鐘內就到。打開郵件裡的連結，或者在這裡輸入六位驗證碼；10 分鐘內有效。",
    "If that address is registered, a message arrives within a minute. Open its link, or type its six digits here. It is good for 10 minutes.",
  ),
  code: words("六位验证码", "六位驗證碼", "Six-digit code"),
  codeNeeded: words("请输入邮件里的六位数字", "請輸入郵件裡的六位數字", "Type the six digits of the message"),
  wrong: (left: number) =>
    words(
      `验证码不对，还可以试 ${left} 次`,
      `驗證碼不對，還可以試 ${left} 次`,
      `That is not the code. ${left === 1 ? "1 try is" : `${left} tries are`} left.`,
    ),
  enter: words("登录", "登入", "Sign in"),
  again: words("没有收到？重新发送", "沒有收到？重新發送", "Nothing came? Ask again"),
  notComing: words(
    "一直收不到的，请看看垃圾邮件，或请管理员核对登记的邮箱。",
    "一直收不到的，請看看垃圾郵件，或請管理員核對登記的郵箱。",
    "If it never comes, look into the spam folder, or have your administrator check the address.",
  ),
  deadTitle: words("这次登录已经失效", "這次登入已經失效", "This can no longer be used"),
  dead: words(
    "链接和验证码只能用一次，10 分钟内有效，输错五次也会失效。请重新申请一封邮件。",
    "連結和驗證碼只能用一次，10 分鐘內有效，輸錯五次也會失效。請重新申請一封郵件。",
    "A link and its code work once, for 10 minutes, and not after five wrong tries. Ask for another message.",
  ),
  anew: words("重新申请", "重新申請", "Ask for another"),
  as: words("您将登录为", "您將登入為", "You are signing in as"),
  confirm: words(
    "不是您本人的，请关闭这个页面。",
    "不是您本人的，請關閉這個頁面。",
    "If this is not you, close this page.",
  ),
  outTitle: words("您已登出", "您已登出", "You are signed out"),
  out: words(
    "这台设备上的登录已经结束。",
    "這臺裝置上的登入已經結束。",
    "You are no longer signed in on this device.",
  ),
  outAll: words(
    "所有设备上的登录都已经结束。",
    "所有裝置上的登入都已經結束。",
    "You are no longer signed in on any device.",
  ),
  back: words("重新登录", "重新登入", "Sign in again"),
  passkey: words("用通行密钥登录", "用通行密鑰登入", "Sign in with a passkey"),
  passkeyHint: words(
    "在“我的登录”里登记过的手机或电脑，用指纹、面容或锁屏密码就能登录。",
    "在「我的登入」裡登記過的手機或電腦，用指紋、面容或鎖屏密碼就能登入。",
    "A phone or PC that you registered signs you in by fingerprint, face or screen lock.",
  ),
  or: words("或者用邮件登录", "或者用郵件登入", "Or sign in by e-mail"),
  passkeyFailed: words(
    "没有完成。请重试，或改用邮件登录。",
    "沒有完成。請重試，或改用郵件登入。",
    "That did not work. Try again, or sign in by e-mail.",
  ),
};
