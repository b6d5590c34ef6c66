import { BATCH_SOURCES, BATCH_STATES, MOST_ROWS, ROW_ENDS, ROW_RESULTS } from "../domain/batch.ts";
import type { Lang, Words } from "../forms/define.ts";
import type { Schema } from "../forms/describe.ts";

/* Bureaus' lists as OpenAPI: sent in whole, asked after by number. */
type Context = { lang: Lang };
const text: Schema = { type: "string" };
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string): Schema => ({ content: { "application/json": { schema: ref(name) } } });

export function batchPaths({ lang }: Context, problems: (...statuses: string[]) => Schema): Schema {
  const id = {
    ...{ name: "id", in: "path", required: true, description: words.id[lang] },
    ...{ schema: { ...text, pattern: "^PC-[0-9]{4}-[0-9]{4}$" }, example: "PC-0127-0031" },
  };
  const asked = (name: string, schema: Schema, example: string | number, description: Words) => ({
    ...{ name, in: "query", required: false, description: description[lang], schema, example },
  });
  const of = { tags: ["submissions"], security: [{ key: [] }] };
  return {
    "/api/v1/batches": {
      post: {
        ...of,
        operationId: "createBatch",
        summary: words.create[lang],
        description: words.rules[lang],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: ref("Batch"),
              example: {
                ...{ source: "education", label: "示例第一批" },
                rows: [
                  {
                    name: "示例学生",
                    idDocument: "11010519491231002X",
                    village: "示例村",
                    address: "示例路 1 号",
                  },
                  { name: "示例同学", phone: "13900000000" },
                ],
              },
            },
          },
        },
        responses: {
          "201": { description: words.state[lang], ...json("BatchState") },
          ...problems("400", "401", "403", "405", "413", "415", "422", "429"),
        },
      },
    },
    "/api/v1/batches/{id}": {
      get: {
        ...of,
        operationId: "getBatch",
        summary: words.state[lang],
        description: words.progress[lang],
        parameters: [id],
        responses: {
          "200": { description: words.state[lang], ...json("BatchState") },
          ...problems("401", "404", "405", "429"),
        },
      },
    },
    "/api/v1/batches/{id}/rows": {
      get: {
        ...of,
        operationId: "getBatchRows",
        summary: words.rows[lang],
        description: words.rowsRules[lang],
        parameters: [
          id,
          asked("result", { ...text, enum: [...ROW_RESULTS] }, "rejected", words.result),
          asked("after", { type: "integer", minimum: 1 }, 500, words.after),
        ],
        responses: {
          "200": { description: words.rows[lang], ...json("BatchRows") },
          ...problems("400", "401", "404", "405", "422", "429"),
        },
      },
    },
  };
}

/** The shapes, named as components. */
export function batchSchemas(lang: Lang): Record<string, Schema> {
  const said = (schema: Schema, description: Words): Schema => ({
    ...schema,
    description: description[lang],
  });
  const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
    ...{ type: "object", properties, required, additionalProperties: false },
  });
  const count: Schema = { type: "integer", minimum: 0 };
  const moment: Schema = { type: ["string", "null"], format: "date-time" };
  const source: Schema = { ...text, enum: [...BATCH_SOURCES] };
  const value: Schema = { type: ["string", "number", "null"] };
  const fields = ["name", "idDocument", "phone", "town", "village", "address", "note"];
  return {
    Batch: object(
      {
        source,
        label: said({ ...text, maxLength: 60 }, words.label),
        unit: said({ ...text, pattern: "^[0-9]{6}[0-9A-Z]*$" }, words.unit),
        rows: {
          ...{ type: "array", minItems: 1, maxItems: MOST_ROWS },
          items: object(Object.fromEntries(fields.map((name) => [name, value])), []),
        },
      },
      ["source", "label", "rows"],
    ),
    BatchState: object({
      ...{ id: text, unit: text, source, label: text },
      state: { ...text, enum: [...BATCH_STATES] },
      rows: count,
      progress: said(object({ lastRow: count, stored: count, checked: count, applied: count }), words.upTo),
      results: said(object(Object.fromEntries(ROW_RESULTS.map((name) => [name, count]))), words.sum),
      outcomes: object({ found: count, notFound: count, open: count }),
      receivedAt: moment,
      confirmedAt: moment,
      finishedAt: moment,
      deskUrl: { ...text, format: "uri" },
    }),
    BatchRows: object({
      rows: {
        type: "array",
        items: object({
          row: count,
          result: { type: ["string", "null"], enum: [...ROW_RESULTS, null] },
          faults: {
            type: "array",
            items: object({ column: text, code: text }, ["code"]),
          },
          unit: { type: ["string", "null"] },
          outcome: said({ type: ["string", "null"], enum: [...ROW_ENDS, null] }, words.outcome),
          outcomeAt: moment,
          registered: said({ type: ["string", "null"] }, words.registered),
        }),
      },
      next: { type: ["integer", "null"] },
    }),
  };
}

const w = (hans: string, hant: string, en: string): Words => ({ "zh-Hans": hans, "zh-Hant": hant, en });
const words = {
  create: w("收一批部门反馈的名单", "收一批部門反饋的名單", "Send in a bureau's list"),
  rules: w(
    "各行按字段写明，至多一万行；也可以直接发送 CSV 或 XLSX 文件（Content-Type 为 text/csv 或 application/vnd.openxmlformats-officedocument.spreadsheetml.sheet，source、label、unit 写在地址里），至多 5 MB。需要 name，以及 idDocument、phone、village、address 中的一项。同样的内容再发一次，得到同一批，不重复登记。文件的列认不出时，要有人在工作台选定。核对完以后由工作人员在工作台确认交办。",
    "各行按欄位寫明，至多一萬行；也可以直接傳送 CSV 或 XLSX 檔案（Content-Type 為 text/csv 或 application/vnd.openxmlformats-officedocument.spreadsheetml.sheet，source、label、unit 寫在地址裡），至多 5 MB。需要 name，以及 idDocument、phone、village、address 中的一項。同樣的內容再傳一次，得到同一批，不重複登記。檔案的欄認不出時，要有人在工作台選定。核對完以後由工作人員在工作台確認交辦。",
    "Rows with named fields, ten thousand at most; or the CSV or XLSX file itself, 5 MB at most, with its content type, and source, label and unit in the address. name is needed, and one of idDocument, phone, village, address. The same content again is the same list, and nothing is entered twice. Columns of a file that are not known wait for a person at the desk. Once checked, an official agrees to it at the desk.",
  ),
  state: w("名单的进度和人数", "名單的進度和人數", "How the list stands"),
  progress: w(
    "每问一次至多再核对 500 行；不问也会每分钟继续。",
    "每問一次至多再核對 500 行；不問也會每分鐘繼續。",
    "Each call carries the check on by 500 rows at most; it also goes on by itself each minute.",
  ),
  rows: w("逐行结果", "逐行結果", "The rows"),
  rowsRules: w(
    "按名单的行号，每次至多 500 行，不含姓名、证件和电话。",
    "按名單的行號，每次至多 500 行，不含姓名、證件和電話。",
    "By the list's own rows, 500 at most, without names, documents and phones.",
  ),
  id: w("批次编号", "批次編號", "The list's number"),
  label: w("名单名称", "名單名稱", "Name of the list"),
  unit: w(
    "哪个单位的名单；不填为密钥的单位",
    "哪個單位的名單；不填為密鑰的單位",
    "Whose list it is; the key's own unit if left out",
  ),
  result: w("只要这种结果的行", "只要這種結果的行", "Rows of this result alone"),
  after: w("从这一行之后开始", "從這一行之後開始", "Begin after this row"),
  upTo: w("各步已到第几行", "各步已到第幾行", "The last row that each step has come to"),
  sum: w(
    "四项之和等于已核对的行数",
    "四項之和等於已核對的行數",
    "Together they are the rows that were checked",
  ),
  outcome: w(
    "查找结果；closed：收名单的单位已结束查找，没有人答复",
    "查找結果；closed：收名單的單位已結束查找，沒有人答覆",
    "How the search ended; closed: the office has ended it before anybody answered",
  ),
  registered: w(
    "已登记的人员编号；另一名单正在查找的为该名单的行",
    "已登記的人員編號；另一名單正在查找的為該名單的行",
    "The number of the person who was found; of somebody whom another list looks for, that list’s row",
  ),
};
