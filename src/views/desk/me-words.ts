import type { Words } from "../../forms/define.ts";

const words = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });

export const ME = {
  title: words("我的登录", "我的登入", "My sign-in"),
  name: words("姓名", "姓名", "Name"),
  unit: words("单位", "單位", "Unit"),
  role: words("岗位", "崗位", "Role"),
  language: words("界面语言", "介面語言", "Language"),
  save: words("保存", "儲存", "Save"),
  sessions: words("正在登录的设备", "正在登入的裝置", "Where I am signed in"),
  way: words("方式", "方式", "Way"),
  since: words("登录时间", "登入時間", "Since"),
  seen: words("最近使用", "最近使用", "Last used"),
  here: words("这台设备", "這臺裝置", "this device"),
  ways: {
    link: words("邮件链接", "郵件連結", "link in a message"),
    code: words("邮件验证码", "郵件驗證碼", "code in a message"),
    passkey: words("通行密钥", "通行密鑰", "passkey"),
    dev: words("演示登录", "演示登入", "demo"),
  },
  life: words(
    "12 小时不用，或登录满 7 天，就要重新登录。",
    "12 小時不用，或登入滿 7 天，就要重新登入。",
    "A sign-in ends after 12 hours without use, or after 7 days.",
  ),
  out: words("登出", "登出", "Sign out"),
  outAll: words("在所有设备上登出", "在所有裝置上登出", "Sign out everywhere"),
  passkeys: words("通行密钥", "通行密鑰", "Passkeys"),
  passkeysHint: words(
    "在自己的手机或电脑上登记一次，以后用指纹、面容或锁屏密码登录，不用等邮件。公用电脑上请不要登记。",
    "在自己的手機或電腦上登記一次，以後用指紋、面容或鎖屏密碼登入，不用等郵件。公用電腦上請不要登記。",
    "Register your own phone or PC once; it then signs you in by fingerprint, face or screen lock, without a message. Never on a shared PC.",
  ),
  label: words("名称", "名稱", "Name"),
  labelHint: words("例如：我的手机", "例如：我的手機", "Such as: my phone"),
  labelNeeded: words("请填写名称", "請填寫名稱", "Enter a name"),
  add: words("登记这台设备", "登記這臺裝置", "Register this device"),
  added: words("登记时间", "登記時間", "Since"),
  used: words("最近使用", "最近使用", "Last used"),
  never: words("还没有用过", "還沒有用過", "never"),
  rename: words("改名或删除", "改名或刪除", "Rename or remove"),
  remove: words("删除", "刪除", "Remove"),
  failed: words("没有完成，请重试。", "沒有完成，請重試。", "That did not work. Try again."),
  noPasskey: words(
    "这个浏览器或这个网址不能登记通行密钥。",
    "這個瀏覽器或這個網址不能登記通行密鑰。",
    "No passkey can be registered in this browser or at this address.",
  ),
  done: {
    "passkey-added": words("已经登记", "已經登記", "Registered"),
    "passkey-removed": words("已经删除", "已經刪除", "Removed"),
    saved: words("已经保存", "已經儲存", "Saved"),
  },
};
