import type { Choice, Field, Lang, Words } from "./define.ts";

/*
 * Words that no single form owns: the kinds of document, yes and no, and what is said where an answer is not
 * right and the form has no words of its own. None of them repeats what was typed.
 */
const words = (hans: string, hant: string, en: string): Words => ({
  "zh-Hans": hans,
  "zh-Hant": hant,
  en,
});

export const yesWords = words("是", "是", "Yes");
export const noWords = words("否", "否", "No");

export const documentKinds = [
  { name: "id_card", label: words("居民身份证", "居民身份證", "Resident ID card") },
  {
    name: "residence_permit",
    label: words("港澳台居民居住证", "港澳臺居民居住證", "Residence permit (Hong Kong, Macao, Taiwan)"),
  },
  {
    name: "hk_macao_permit",
    label: words(
      "港澳居民来往内地通行证",
      "港澳居民來往內地通行證",
      "Mainland travel permit (Hong Kong, Macao)",
    ),
  },
  {
    name: "taiwan_permit",
    label: words("台湾居民来往大陆通行证", "臺灣居民來往大陸通行證", "Mainland travel permit (Taiwan)"),
  },
  { name: "passport", label: words("护照", "護照", "Passport") },
  { name: "other", label: words("其他证件", "其他證件", "Other document") },
  { name: "none", label: words("没有证件或不便提供", "沒有證件或不便提供", "None, or not to hand") },
] as const satisfies readonly Choice[];

/** A field's label without what stands in brackets, to open a sentence about it. */
export const shortLabel = (field: Pick<Field, "label">, lang: Lang): string =>
  withoutBrackets(field.label[lang]);
export const withoutBrackets = (text: string): string => text.replace(/\s*[（(][^）)]{0,60}[）)]/g, "");

/** What can be wrong with an answer; the code that an error carries. */
export const faults = {
  shape: words("内容的格式不对", "內容的格式不對", "is not in the right form"),
  missing: words("请填写", "請填寫", "needs an answer"),
  notText: words("请填写文字", "請填寫文字", "must be text"),
  characters: words(
    "含有不能识别的字符，请删去后重新输入",
    "含有不能識別的字元，請刪去後重新輸入",
    "has characters that cannot be read. Delete them and type it again",
  ),
  line: words("请写在一行里，不要换行", "請寫在一行裡，不要換行", "must be on one line"),
  notWhole: words("请填写整数，例如 3", "請填寫整數，例如 3", "must be a whole number, for example 3"),
  notNumber: words("请填写数字，例如 2.5", "請填寫數字，例如 2.5", "must be a number, for example 2.5"),
  notDate: words(
    "请按“年-月-日”填写日期，例如 2020-01-23",
    "請按「年-月-日」填寫日期，例如 2020-01-23",
    "must be a date, for example 2020-01-23",
  ),
  noSuchDate: words(
    "没有这一天，请核对年、月、日",
    "沒有這一天，請核對年、月、日",
    "is a date that does not exist. Check the year, month and day",
  ),
  year: words(
    "年份应在 1900 到 2100 之间",
    "年份應在 1900 到 2100 之間",
    "must have a year from 1900 to 2100",
  ),
  notMoment: words(
    "请填写完整的日期和时间，例如 2020-01-23 14:30",
    "請填寫完整的日期和時間，例如 2020-01-23 14:30",
    "must be a date and a time, for example 2020-01-23 14:30",
  ),
  noSuchTime: words(
    "没有这个时间，请按 00:00 到 23:59 填写",
    "沒有這個時間，請按 00:00 到 23:59 填寫",
    "is a time that does not exist. Use 00:00 to 23:59",
  ),
  choice: words("请从选项中选择", "請從選項中選擇", "must be one of the answers given"),
  yesNo: words("请选择“是”或“否”", "請選擇「是」或「否」", "must be yes or no"),
  phone: words(
    "请填写 11 位手机号，或带区号的座机号，例如 0818-1234567",
    "請填寫 11 位手機號，或帶區號的座機號，例如 0818-1234567",
    "must be a mobile number of 11 digits, or a landline with its area code such as 0818-1234567",
  ),
  unit: words("请重新选择地方", "請重新選擇地方", "must be chosen again"),
  village: words("请选到村（社区）", "請選到村（社區）", "must be a village or community"),
  town: words("请选到乡镇（街道）", "請選到鄉鎮（街道）", "must be a town or below"),
  temperature: words(
    "体温应在 34.0 到 43.0 ℃ 之间，请核对后重新填写",
    "體溫應在 34.0 到 43.0 ℃ 之間，請核對後重新填寫",
    "must be between 34.0 and 43.0 °C. Check it and enter it again",
  ),
  temperatureDecimals: words(
    "体温保留一位小数，例如 36.5",
    "體溫保留一位小數，例如 36.5",
    "must have one decimal, for example 36.5",
  ),
  documentKind: words("请选择证件类型", "請選擇證件類型", "needs the kind of document"),
  documentNumber: words("请填写证件号码", "請填寫證件號碼", "needs the number of the document"),
  documentNone: words(
    "已选没有证件，请删去号码，或改选证件类型",
    "已選沒有證件，請刪去號碼，或改選證件類型",
    "says that there is none. Delete the number, or choose the kind of document",
  ),
  idLength: words(
    "身份证号应为 18 位，末位可能是 X，请核对",
    "身份證號應為 18 位，末位可能是 X，請核對",
    "must have 18 characters: digits, and the last may be X",
  ),
  idDate: words(
    "身份证号中的出生日期不对，请核对第 7 到 14 位",
    "身份證號中的出生日期不對，請核對第 7 到 14 位",
    "has a birth date that cannot be. Check characters 7 to 14",
  ),
  idCheck: words(
    "身份证号有误，请逐位核对",
    "身份證號有誤，請逐位核對",
    "is not a valid number. Check it digit by digit",
  ),
  permit: words(
    "港澳台居民居住证号码以 810000、820000 或 830000 开头，请核对",
    "港澳臺居民居住證號碼以 810000、820000 或 830000 開頭，請核對",
    "must begin with 810000, 820000 or 830000 for a residence permit",
  ),
  documentShape: words(
    "证件号码应为 5 到 20 位字母或数字，请核对",
    "證件號碼應為 5 到 20 位字母或數字，請核對",
    "must have 5 to 20 letters or digits",
  ),
  body: words(
    "提交的内容格式不对，请重新填写",
    "提交的內容格式不對，請重新填寫",
    "The content is not in the right form",
  ),
} satisfies Record<string, Words>;

export const tooLong = (max: number): Words =>
  words(`最多 ${max} 个字`, `最多 ${max} 個字`, `must have at most ${max} characters`);

export const outOfRange = (min: number | undefined, max: number | undefined): Words => {
  if (min !== undefined && max !== undefined)
    return words(
      `请填写 ${min} 到 ${max} 之间的数`,
      `請填寫 ${min} 到 ${max} 之間的數`,
      `must be from ${min} to ${max}`,
    );
  if (min !== undefined) return words(`不能小于 ${min}`, `不能小於 ${min}`, `must be ${min} or more`);
  return words(`不能大于 ${max}`, `不能大於 ${max}`, `must be ${max} or less`);
};

/** For a repeating group: too few or too many rows. `noun` counts them (3 人, 3 person(s)). */
export const tooFewRows = (min: number, noun: Words): Words =>
  words(
    `至少填写 ${min} ${noun["zh-Hans"]}`,
    `至少填寫 ${min} ${noun["zh-Hant"]}`,
    `needs at least ${min} (${noun.en})`,
  );
export const tooManyRows = (max: number, noun: Words): Words =>
  words(
    `一次最多填写 ${max} ${noun["zh-Hans"]}，其余的请另填一份`,
    `一次最多填寫 ${max} ${noun["zh-Hant"]}，其餘的請另填一份`,
    `takes at most ${max} (${noun.en}) in one form. Use another form for the rest`,
  );
