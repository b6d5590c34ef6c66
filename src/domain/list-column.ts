import type { Heading } from "./sheet.ts";

/*
 * Which column of a bureau's list is what, by its heading. Bureaus write the same thing in many ways; what is not
 * known here an official matches by hand.
 */
export const LIST_FIELDS = [
  ...(["name", "idDocument", "phone", "sex", "age", "town", "village", "grid", "address"] as const),
  ...(["origin", "arrivedOn", "transport", "school", "workplace", "note"] as const),
] as const;
export type ListField = (typeof LIST_FIELDS)[number];

/** As `headingKey` leaves them: half width, lower case, without spaces and brackets. */
const NAMES: Record<ListField, string> = {
  name: "姓名 名字 学生姓名 人员姓名 返乡人员姓名 返乡人员 人员名单 学生名字 姓名全名 學生姓名 人員姓名 返鄉人員姓名 name fullname studentname",
  idDocument:
    "身份证号 身份证号码 身份证 证件号码 证件号 公民身份号码 公民身份证号码 身份号码 学生身份证号 学生身份证号码 身份证件号 身份证件号码 有效证件号码 身份證號 身份證號碼 身份證 身分證號 身分證號碼 身分證字號 證件號碼 證件號 公民身份號碼 id idnumber idno idcard idcardnumber documentnumber document nationalid",
  phone:
    "联系电话 联系方式 电话 电话号码 手机 手机号 手机号码 联系手机 本人电话 本人联系电话 移动电话 家长电话 家长联系电话 联系号码 聯繫電話 聯絡電話 聯繫方式 聯絡方式 電話 電話號碼 手機 手機號 手機號碼 行動電話 phone phonenumber mobile mobilephone telephone tel contactnumber contact",
  sex: "性别 性別 sex gender",
  age: "年龄 年齡 周岁 age",
  town: "乡镇 镇街 乡镇街道 镇 街道 乡 所在乡镇 所属乡镇 所在镇 乡镇名称 现住乡镇 镇街道 鄉鎮 鎮街 鄉鎮街道 鎮 鄉 所在鄉鎮 所屬鄉鎮 town township subdistrict",
  village:
    "村社区 村 社区 所在村 所属村 村名 所在社区 所在村社区 村居 行政村 现住村 村居委会 村委会 村委 居委会 村委會 村社區 社區 所屬村 所在社區 所在村社區 village community",
  grid: "网格 组 村民小组 社 所在组 小区 網格 組 村民小組 小區 grid group",
  address:
    "现住址 家庭住址 住址 地址 家庭地址 详细地址 居住地址 现居住地 现居住地址 现住地址 目前住址 居住地 返乡住址 返乡居住地 家庭详细住址 详细住址 現住址 詳細地址 現居住地 現居住地址 現住地址 返鄉住址 詳細住址 address homeaddress currentaddress residence",
  origin:
    "从何地返回 来源地 返回地 出发地 何地返回 从何处返回 来自 来自何地 返乡前居住地 外出地 来源 旅居地 务工地 出发地点 从何地返乡 何地返乡 就读地 从哪里返回 從何地返回 來源地 出發地 來自 來自何地 從何處返回 從何地返鄉 origin from camebackfrom comingfrom departure",
  arrivedOn:
    "返乡时间 抵达日期 返乡日期 抵达时间 到达时间 到达日期 返回时间 返回日期 回乡时间 回乡日期 到家时间 返家时间 返川时间 到家日期 返鄉時間 返鄉日期 抵達日期 抵達時間 到達時間 到達日期 返回時間 回鄉時間 回鄉日期 到家時間 arrived arrivedon arrivaldate dateofarrival arrival returndate",
  transport:
    "车次 交通工具 交通方式 返乡方式 车次航班 航班车次 车次航班号 航班 航班号 车牌号 乘坐交通工具 返回方式 乘坐车次 車次 返鄉方式 車次航班 航班車次 航班號 車牌號 transport train trainnumber flight flightnumber vehicle",
  school:
    "学校 就读学校 所在学校 学校名称 就读学校名称 毕业学校 學校 就讀學校 所在學校 學校名稱 school university",
  workplace: "工作单位 单位 所在单位 务工单位 工作單位 單位 所在單位 workplace employer",
  note: "备注 说明 备注说明 其他 其它 其他说明 備註 備注 說明 remark remarks note notes comment comments",
};

/** The field a heading stands for, or undefined where no bureau is known to write it so. */
export function fieldOfHeading(text: string): ListField | undefined {
  return FIELD_OF.get(headingKey(text)) ?? FIELD_OF.get(headingKey(text.slice(text.lastIndexOf("/") + 1)));
}

/** The columns of a list by what they hold; of two that hold the same the first. */
export function guessColumns(headings: readonly Heading[]): Record<ListField, string | undefined> {
  const guess = Object.fromEntries(LIST_FIELDS.map((field) => [field, undefined])) as Record<
    ListField,
    string | undefined
  >;
  for (const { text, column } of headings) {
    const field = fieldOfHeading(text);
    if (field) guess[field] ??= column;
  }
  return guess;
}

/** Fields that more than one column claims to be: an official says which one is meant. */
export function rivalColumns(headings: readonly Heading[]): { field: ListField; columns: string[] }[] {
  const columns = new Map<ListField, string[]>();
  for (const { text, column } of headings) {
    const field = fieldOfHeading(text);
    if (field) columns.set(field, [...(columns.get(field) ?? []), column]);
  }
  return [...columns]
    .filter(([, found]) => found.length > 1)
    .map(([field, found]) => ({ field, columns: found }));
}

/** One spelling of a heading: half width, lower case, without spaces, brackets, numbering and stars. */
export const headingKey = (text: string): string =>
  text.length > 60
    ? ""
    : text
        .normalize("NFKC")
        .replace(/^\s*\d{1,2}[.、)]/, "")
        .replace(/\((?:必填|选填|選填|必須|如有|required|optional)\)/gi, "")
        .replace(/[\s\p{P}\p{S}\p{Cf}]/gu, "")
        .toLowerCase();

const FIELD_OF: ReadonlyMap<string, ListField> = new Map(
  LIST_FIELDS.flatMap((field) => NAMES[field].split(" ").map((name) => [name, field] as const)),
);
