import type { SheetFault, SheetFaultCode } from "../domain/sheet.ts";
import type { Words } from "../forms/define.ts";

/** What is said of each: 简体, 繁體, English; {n} a number, {d} the detail, {c} the column. */
const SAID: Record<SheetFaultCode, readonly [string, string, string]> = {
  "headings-missing": [
    "没有找到标题行，请在表里写上姓名、身份证号等标题",
    "沒有找到標題行，請在表裡寫上姓名、身分證號等標題",
    "no row of headings was found. Write headings such as name and ID number above the columns",
  ],
  "headings-unknown": [
    "把这一行当作标题，但其中没有认得的标题，请逐列对应",
    "把這一行當作標題，但其中沒有認得的標題，請逐欄對應",
    "taken for the headings, though none of them is known. Match the columns by hand",
  ],
  "heading-empty": ["这一列没有标题", "這一欄沒有標題", "this column has no heading"],
  "heading-doubled": [
    "标题与 {d} 列重复，请确认用哪一列",
    "標題與 {d} 欄重複，請確認用哪一欄",
    "the same heading as column {d}. Say which one is meant",
  ],
  "row-long": [
    "这一行比标题多出内容，可能错了列",
    "這一行比標題多出內容，可能錯了欄",
    "the row goes on beyond the headings: its cells may have shifted",
  ],
  "row-short": [
    "这一行只有 {n} 格，标题有 {d} 格",
    "這一行只有 {n} 格，標題有 {d} 格",
    "the row has {n} cells, the headings have {d}",
  ],
  quote: [
    "引号没有成对，请核对这一格",
    "引號沒有成對，請核對這一格",
    "a quotation mark without its pair. Check this cell",
  ],
  nul: ["有无效字符，已去掉", "有無效字元，已去掉", "had invalid characters (NUL), which were taken out"],
  "cell-long": ["内容太长，只读了前面部分", "內容太長，只讀了前面部分", "is too long and was cut off"],
  unreadable: [
    "有无法识别的乱码，请重新填写",
    "有無法識別的亂碼，請重新填寫",
    "has characters that cannot be read. Write it again",
  ],
  "error-cell": ["单元格显示错误 {d}", "儲存格顯示錯誤 {d}", "shows the error {d}"],
  "formula-empty": [
    "是公式，但没有保存结果，请在 Excel 中打开并保存后再上传",
    "是公式，但沒有儲存結果，請在 Excel 中開啟並儲存後再上傳",
    "is a formula without its result. Open the file in Excel, save it, and upload it again",
  ],
  "date-range": ["不是有效的日期", "不是有效的日期", "is no date there is"],
  "encoding-mixed": [
    "这一行的编码与全文不同（{d}），已按其编码读取",
    "這一行的編碼與全文不同（{d}），已按其編碼讀取",
    "is written in another encoding than the file ({d}), and was read in its own",
  ],
  formula: [
    "是公式，用的是保存的结果",
    "是公式，用的是儲存的結果",
    "is a formula: its saved result was taken",
  ],
  merged: [
    "{d} 是合并的单元格，内容只算在左上角一格",
    "{d} 是合併的儲存格，內容只算在左上角一格",
    "{d} is merged: its value counts for the first cell only",
  ],
  "row-hidden": [
    "这一行是隐藏的，也读取了",
    "這一行是隱藏的，也讀取了",
    "the row is hidden, and was read too",
  ],
  "column-hidden": [
    "这一列是隐藏的，也读取了",
    "這一欄是隱藏的，也讀取了",
    "the column is hidden, and was read too",
  ],
  "columns-left-out": [
    "从 {c} 列起还有 {n} 列，没有读取",
    "從 {c} 欄起還有 {n} 欄，沒有讀取",
    "{n} columns from {c} on were not read",
  ],
  "sheet-other": [
    "工作表“{d}”没有读取，需要的请另行上传",
    "工作表「{d}」沒有讀取，需要的請另行上傳",
    "the sheet “{d}” was not read. Upload it by itself where it is needed",
  ],
  "sheet-hidden": [
    "工作表“{d}”是隐藏的，没有读取",
    "工作表「{d}」是隱藏的，沒有讀取",
    "the sheet “{d}” is hidden and was not read",
  ],
};

/** A fault as a sentence that says where: 第 5 行 C 列：…. Nothing of what stands in the cell. */
export function sheetFaultWords({ code, row, column, detail = "", count = 0 }: SheetFault): Words {
  // The column is in the sentence itself.
  const at = code === "columns-left-out" ? undefined : column;
  const [hans, hant, en] = SAID[code].map((said) =>
    said
      .replace("{n}", String(count))
      .replace("{c}", column ?? "")
      .replace("{d}", () => detail),
  ) as [string, string, string];
  const chinese = [row && `第 ${row} 行`, at && `${at} 列`].filter(Boolean).join(" ");
  const english = [row && `row ${row}`, at && `column ${at}`].filter(Boolean).join(", ");
  const open = english && `${english[0]?.toUpperCase()}${english.slice(1)}`;
  return {
    "zh-Hans": chinese ? `${chinese}：${hans}` : hans,
    "zh-Hant": chinese ? `${chinese.replace("列", "欄")}：${hant}` : hant,
    en: open ? `${open}: ${en}` : `${en[0]?.toUpperCase()}${en.slice(1)}`,
  };
}
