import type { Words } from "../forms/define.ts";

/*
 * One catalogue of everything that can go wrong for a reader. The edge turns it into a page or problem+json;
 * nothing here may carry personal data.
 */
export type Problem = {
  code: string;
  status: 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503;
  title: Words;
  detail?: Words;
  /** Which answers to mend: a path such as persons.0.name, and the words to show beside it. */
  errors?: FieldError[];
  retryAfterSeconds?: number;
};
export type FieldError = { path: string; code: string; message: string };

/** Thrown by guards and plans; the edge is the only one to catch it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

const of = (
  code: string,
  status: Problem["status"],
  hans: string,
  hant: string,
  en: string,
  more?: Partial<Problem>,
) => new ProblemError({ code, status, title: { "zh-Hans": hans, "zh-Hant": hant, en }, ...more });

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
  malformedJson: () =>
    of("malformed-json", 400, "内容不是有效的 JSON", "內容不是有效的 JSON", "The body is not valid JSON"),
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
  notFound: () => of("not-found", 404, "没有这个页面", "沒有這個頁面", "There is no such page"),
  unitNotFound: () =>
    of(
      "unit-not-found",
      422,
      "没有这个单位，请重新选择",
      "沒有這個單位，請重新選擇",
      "There is no such unit. Choose another.",
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
  contentDiffers: () =>
    of(
      "content-differs",
      409,
      "这份内容已经用同一编号提交过，但内容不同",
      "這份內容已經用同一編號提交過，但內容不同",
      "This client id was already used with other content",
    ),
  alreadySettled: () =>
    of(
      "already-settled",
      409,
      "这件事已经有人办好了",
      "這件事已經有人辦好了",
      "Somebody has already settled this",
    ),
  unauthorized: () => of("unauthorized", 401, "需要有效的密钥", "需要有效的密鑰", "A valid key is needed"),
  outOfScope: () =>
    of(
      "out-of-scope",
      403,
      "这个单位不在您的范围内",
      "這個單位不在您的範圍內",
      "This unit is outside your scope",
    ),
  crossSite: () =>
    of("cross-site", 403, "请从本站的页面提交", "請從本站的頁面提交", "Send this from a page of this site"),
  slowDown: (seconds: number) =>
    of(
      "slow-down",
      429,
      `提交太快，请 ${seconds} 秒后再试，填写的内容还在`,
      `提交太快，請 ${seconds} 秒後再試，填寫的內容還在`,
      `Too many at once. Try again in ${seconds} seconds; what you typed is kept.`,
      { retryAfterSeconds: seconds },
    ),
  unavailable: () =>
    of(
      "unavailable",
      503,
      "系统暂时繁忙，请稍后再试，内容没有丢",
      "系統暫時繁忙，請稍後再試，內容沒有丟",
      "The service is busy. Try again shortly.",
      { retryAfterSeconds: 30 },
    ),
};
