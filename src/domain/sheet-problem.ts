import { of } from "./problem-kind.ts";

/* Files of which nothing can be read: the catalogue of problem.ts, continued. What one row lacks is a fault of the sheet. */
const saveAs = {
  "zh-Hans": "请在 Excel 或 WPS 中打开，另存为 .xlsx 或 CSV 后再上传。",
  "zh-Hant": "請在 Excel 或 WPS 中開啟，另存為 .xlsx 或 CSV 後再上傳。",
  en: "Open it in Excel or WPS, save it as .xlsx or CSV, and upload that.",
};

/** What was sent in place of a table. */
const KINDS = {
  picture: ["这是一张图片", "這是一張圖片", "This is a picture"],
  pdf: ["这是 PDF 文件", "這是 PDF 檔", "This is a PDF"],
  web: [
    "这是网页格式的表格，只是改了扩展名",
    "這是網頁格式的表格，只是改了副檔名",
    "This is a web page under another name",
  ],
  word: ["这是 Word 文档", "這是 Word 文件", "This is a Word document"],
  xlsb: ["这是 .xlsb 表格", "這是 .xlsb 表格", "This is an .xlsb workbook"],
  ods: ["这是 .ods 表格", "這是 .ods 表格", "This is an .ods sheet"],
  archive: ["这是压缩包", "這是壓縮檔", "This is an archive"],
  other: ["这个文件不是表格", "這個檔案不是表格", "This file is not a table"],
} as const;
export type WrongKind = keyof typeof KINDS;

export const sheetProblem = {
  tooLarge: (bytes: number) => {
    const most = `${Math.floor(bytes / 1024 / 1024)} MB`;
    return of(
      "sheet-too-large",
      413,
      `文件太大，最多 ${most}，请分成几份上传`,
      `檔案太大，最多 ${most}，請分成幾份上傳`,
      `The file is too large. At most ${most}: send it in parts.`,
    );
  },
  empty: () => of("sheet-empty", 422, "文件是空的，没有内容", "檔案是空的，沒有內容", "The file is empty"),
  noRows: () =>
    of(
      "sheet-no-rows",
      422,
      "表里只有标题，没有人员",
      "表裡只有標題，沒有人員",
      "The table has headings only and no rows",
    ),
  password: () =>
    of(
      "sheet-password",
      422,
      "这是加了密码的文件，请去掉密码，另存为 .xlsx 或 CSV 后再上传",
      "這是加了密碼的檔案，請去掉密碼，另存為 .xlsx 或 CSV 後再上傳",
      "This file has a password. Take it off, save it as .xlsx or CSV, and upload that.",
    ),
  /** OLE2: .xls, WPS's .et, or a file with a password that does not say so. */
  oldFormat: () =>
    of(
      "sheet-old-format",
      415,
      "这是加了密码的文件或旧版 .xls，请另存为 .xlsx 或 CSV",
      "這是加了密碼的檔案或舊版 .xls，請另存為 .xlsx 或 CSV",
      "This is an old .xls, or has a password. Save it as .xlsx or CSV.",
    ),
  wrongKind: (kind: WrongKind) => {
    const [hans, hant, en] = KINDS[kind];
    return of(
      "sheet-wrong-kind",
      415,
      `${hans}，不能读取`,
      `${hant}，不能讀取`,
      `${en}. It cannot be read.`,
      {
        detail: saveAs,
      },
    );
  },
  damaged: () =>
    of(
      "sheet-damaged",
      422,
      "文件不完整或已损坏，请重新导出后再上传",
      "檔案不完整或已損壞，請重新匯出後再上傳",
      "The file is incomplete or damaged. Export it anew and upload it again.",
    ),
  unsafe: () =>
    of(
      "sheet-unsafe",
      422,
      "文件里有表格不该有的内容（DTD），不予读取",
      "檔案裡有表格不該有的內容（DTD），不予讀取",
      "The file holds what no table needs (a DTD) and is not read",
      { detail: saveAs },
    ),
  unpacksTooMuch: () =>
    of(
      "sheet-unpacks-too-much",
      413,
      "文件解压后太大，不予读取。请把名单复制到新的表格里再上传",
      "檔案解壓後太大，不予讀取。請把名單複製到新的表格裡再上傳",
      "The file unpacks to too much and is not read. Copy the list into a new workbook and upload that.",
    ),
  tooManyRows: (rows: number, most: number) =>
    of(
      "sheet-too-many-rows",
      413,
      `表里有 ${rows} 行，一次最多 ${most} 行，请分成几份上传`,
      `表裡有 ${rows} 行，一次最多 ${most} 行，請分成幾份上傳`,
      `The table has ${rows} rows. At most ${most} can be sent at once: send it in parts.`,
    ),
};
