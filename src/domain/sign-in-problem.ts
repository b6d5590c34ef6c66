import { of } from "./problem.ts";

/*
 * What can go wrong with signing in and with offices: the catalogue of problem.ts, continued.
 */
export const signInProblem = {
  passkeyRefused: () =>
    of(
      "passkey-refused",
      403,
      "这把通行密钥没有通过核验，请重试，或改用邮件登录",
      "這把通行密鑰沒有通過核驗，請重試，或改用郵件登入",
      "This passkey was not accepted. Try again, or sign in by e-mail.",
    ),
  passkeyKnown: () =>
    of(
      "passkey-known",
      409,
      "这把通行密钥已经登记过",
      "這把通行密鑰已經登記過",
      "This passkey is registered already",
    ),
  passkeysFull: (most: number) =>
    of(
      "passkeys-full",
      409,
      `最多登记 ${most} 把通行密钥，请先删除不用的`,
      `最多登記 ${most} 把通行密鑰，請先刪除不用的`,
      `At most ${most} passkeys can be registered. Remove one first.`,
    ),
  noPasskeys: () =>
    of(
      "no-passkeys",
      404,
      "本站的地址不能使用通行密钥",
      "本站的地址不能使用通行密鑰",
      "Passkeys cannot be used at this site's address",
    ),
  lastAdmin: () =>
    of(
      "last-admin",
      409,
      "这是全县最后一位管理员，请先任命另一位",
      "這是全縣最後一位管理員，請先任命另一位",
      "This is the county's last administrator. Appoint another one first.",
    ),
};
