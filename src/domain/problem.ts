import type { Lang, Words } from "../forms/define.ts";
import { type FieldError, of } from "./problem-kind.ts";

export { type FieldError, of, type Problem, ProblemError } from "./problem-kind.ts";

/* One catalogue of everything that can go wrong for a reader; alert-problem.ts and sign-in-problem.ts stand beside it. */
const api = (hans: string, hant: string, en: string) => ({ api: { "zh-Hans": hans, "zh-Hant": hant, en } });

export const problem = {
  invalid: (errors: FieldError[]) =>
    of(
      "invalid",
      422,
      `有 ${errors.length} 处需要修改`,
      `有 ${errors.length} 處需要修改`,
      `There is a problem with ${errors.length === 1 ? "1 answer" : `${errors.length} answers`}`,
      { errors },
    ),
  /** One answer to mend, found after the form itself was valid: words in the reader's language. */
  answer: (path: string, code: string, words: Words, lang: Lang = "zh-Hans") =>
    problem.invalid([{ path, code, message: words[lang] }]),
  malformedJson: (detail?: Words) =>
    of("malformed-json", 400, "内容不是有效的 JSON", "內容不是有效的 JSON", "The body is not valid JSON", {
      detail,
    }),
  malformedForm: () =>
    of(
      "malformed-form",
      400,
      "提交的内容无法读取，请返回重新填写",
      "提交的內容無法讀取，請返回重新填寫",
      "What was sent cannot be read. Go back and fill in the form again.",
    ),
  tooLarge: () =>
    of(
      "too-large",
      413,
      "内容太大，请减少后再提交",
      "內容太大，請減少後再提交",
      "The body is too large. Send less.",
    ),
  wrongType: () =>
    of("wrong-content-type", 415, "内容类型不对", "內容類型不對", "The content type is not accepted here"),
  wrongMethod: () =>
    of(
      "wrong-method",
      405,
      "这个地址不接受这种请求",
      "這個地址不接受這種請求",
      "This address does not take that method",
    ),
  notFound: () =>
    of("not-found", 404, "没有这个页面", "沒有這個頁面", "There is no such page", {
      ...api("没有这个接口", "沒有這個介面", "There is no such address"),
    }),
  unitNotFound: () =>
    of(
      "unit-not-found",
      422,
      "没有这个单位，请重新选择",
      "沒有這個單位，請重新選擇",
      "There is no such unit. Choose another.",
      api("没有这个单位代码", "沒有這個單位代碼", "No unit has this code"),
    ),
  linkUnknown: () =>
    of(
      "link-unknown",
      404,
      "这个链接不对，请核对后再打开",
      "這個連結不對，請核對後再打開",
      "This link is not right. Check it and open it again.",
    ),
  linkExpired: () =>
    of(
      "link-expired",
      410,
      "这个链接已经过期，请向村（社区）要新的",
      "這個連結已經過期，請向村（社區）要新的",
      "This link has expired. Ask the village for a new one.",
    ),
  linkRevoked: () =>
    of(
      "link-revoked",
      410,
      "这个链接已经停用，请向村（社区）要新的",
      "這個連結已經停用，請向村（社區）要新的",
      "This link is no longer in use. Ask the village for a new one.",
    ),
  caseNotFound: () =>
    of(
      "case-not-found",
      404,
      "您的范围内没有这个编号，请核对",
      "您的範圍內沒有這個編號，請核對",
      "There is no such number in your area. Check it.",
    ),
  codeUnknown: () =>
    of(
      "code-unknown",
      404,
      "没有查到，请核对查询码后再试",
      "沒有查到，請核對查詢碼後再試",
      "Nothing was found. Check the code and try again.",
    ),
  tipFull: () =>
    of(
      "tip-full",
      409,
      "这条线索的补充已满，请另外提交一条新线索",
      "這條線索的補充已滿，請另外提交一條新線索",
      "No more can be added to this tip. Send a new one.",
    ),
  contentDiffers: () =>
    of(
      "content-differs",
      409,
      "这份内容已经用同一编号提交过，但内容不同",
      "這份內容已經用同一編號提交過，但內容不同",
      "This client id was already used with other content",
      api(
        "同一 clientId 已提交过不同的内容",
        "同一 clientId 已提交過不同的內容",
        "This clientId was already used with other content",
      ),
    ),
  alreadySettled: () =>
    of(
      "already-settled",
      409,
      "这件事已经有人办好了",
      "這件事已經有人辦好了",
      "Somebody has already settled this",
    ),
  personNotFound: () =>
    of(
      "person-not-found",
      404,
      "这里没有这个人，请核对编号",
      "這裡沒有這個人，請核對編號",
      "There is no such person here. Check the number.",
    ),
  notObserved: () =>
    of(
      "not-observed",
      409,
      "还没有开始观察，村（社区）核实后才开始填报",
      "還沒有開始觀察，村（社區）核實後才開始填報",
      "Observation has not begun. Readings are entered once the village has verified the registration.",
    ),
  observationEnded: () =>
    of(
      "observation-ended",
      409,
      "观察已经结束，不用再填报",
      "觀察已經結束，不用再填報",
      "This observation has ended. No more readings are taken.",
    ),
  releaseTooEarly: (until: string) =>
    of(
      "release-too-early",
      409,
      `观察期到 ${until} 24 时为止，还不能解除`,
      `觀察期到 ${until} 24 時為止，還不能解除`,
      `The observation lasts until the end of ${until}. It is too early to release.`,
    ),
  releaseHeld: () =>
    of(
      "release-held",
      409,
      "最近一次体温或症状异常，不能解除",
      "最近一次體溫或症狀異常，不能解除",
      "The last reading was abnormal. Nobody can be released yet.",
    ),
  notReleased: () =>
    of(
      "not-released",
      404,
      "还没有解除医学观察，没有告知单",
      "還沒有解除醫學觀察，沒有告知單",
      "Nobody here has been released yet, so there is no notice",
    ),
  releaseUnknown: () =>
    of(
      "release-unknown",
      404,
      "没有查到这张告知单",
      "沒有查到這張告知單",
      "There is no such release notice",
      {
        detail: {
          "zh-Hans": "请核对核验码有没有看错。多次查不到的，请告诉村（社区），这张告知单不能作为凭据。",
          "zh-Hant": "請核對核驗碼有沒有看錯。多次查不到的，請告訴村（社區），這張告知單不能作為憑據。",
          en: "Check the digits of the code. If it is still not found, the notice proves nothing: tell the village.",
        },
      },
    ),
  tooMany: (most: number) =>
    of("too-many", 422, `一次最多 ${most} 条`, `一次最多 ${most} 條`, `At most ${most} can be sent at once`),
  unauthorized: () => of("unauthorized", 401, "需要有效的密钥", "需要有效的密鑰", "A valid key is needed"),
  keyNeeded: () =>
    of(
      "key-needed",
      401,
      "村（社区）及以下单位的数字不公开，需要密钥",
      "村（社區）及以下單位的數字不公開，需要密鑰",
      "Figures below a town are not public. A key is needed.",
    ),
  outOfScope: () =>
    of(
      "out-of-scope",
      403,
      "这个单位不在您的范围内",
      "這個單位不在您的範圍內",
      "This unit is outside your scope",
    ),
  signInNeeded: () => of("sign-in-needed", 401, "请先登录", "請先登入", "Sign in first"),
  notAllowed: () =>
    of(
      "not-allowed",
      403,
      "您的岗位不能做这件事，请找负责人",
      "您的崗位不能做這件事，請找負責人",
      "Your role cannot do this. Ask your supervisor.",
    ),
  crossSite: () =>
    of("cross-site", 403, "请从本站的页面提交", "請從本站的頁面提交", "Send this from a page of this site"),
  reportDate: (from: string, to: string) =>
    of(
      "report-date",
      422,
      `只能填报 ${from} 至 ${to} 的日报告`,
      `只能填報 ${from} 至 ${to} 的日報告`,
      `Only the days from ${from} to ${to} can be reported`,
      {
        detail: {
          "zh-Hans": "日期的格式应为 2026-01-25，不能是将来的日子，也不能早于 31 天前或单位录入系统的那一天",
          "zh-Hant": "日期的格式應為 2026-01-25，不能是將來的日子，也不能早於 31 天前或單位錄入系統的那一天",
          en: "Write the date as 2026-01-25; it cannot lie in the future, more than 31 days back, or before the day the unit was entered",
        },
      },
    ),
  notReporting: () =>
    of(
      "not-reporting",
      422,
      "这类单位不单独报日报告",
      "這類單位不單獨報日報告",
      "A unit of this kind sends no daily report of its own",
    ),
  slowDown: (seconds: number) =>
    of(
      "slow-down",
      429,
      `提交太快，请 ${seconds} 秒后再试`,
      `提交太快，請 ${seconds} 秒後再試`,
      `Too many at once. Try again in ${seconds} seconds.`,
      {
        retryAfterSeconds: seconds,
        ...api(
          `请求太多，请 ${seconds} 秒后再试`,
          `請求太多，請 ${seconds} 秒後再試`,
          `Too many requests. Try again in ${seconds} seconds.`,
        ),
      },
    ),
  unavailable: () =>
    of(
      "unavailable",
      503,
      "系统暂时繁忙，请稍后再试",
      "系統暫時繁忙，請稍後再試",
      "The service is busy. Try again shortly.",
      { retryAfterSeconds: 30 },
    ),
};
