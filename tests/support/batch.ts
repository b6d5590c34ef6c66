import { DESK_ORIGIN, type DeskCounty, type Signed } from "./desk.ts";
import { csv, encode, sampleId } from "./sheet.ts";

/* Bureaus' lists in a test: made up, 示例 in every name. */
export const HEADS = ["序号", "姓名", "身份证号码", "联系电话", "所在乡镇", "村（社区）", "住址"];
export const TEST_UNITS = [
  { town: "太平镇", village: "示例一社区" },
  { town: "太平镇", village: "示例二社区" },
  { town: "青花镇", village: "示例三社区" },
];

/** Somebody of a list, by a number: no two alike. */
export const listed = (
  n: number,
  more: Partial<Record<"name" | "id" | "phone" | "town" | "village", string>> = {},
) => {
  const place = TEST_UNITS[n % 3] as (typeof TEST_UNITS)[number];
  const { name, id, phone, town, village } = {
    ...{ name: `示例学生${n}`, id: sampleId(n), phone: `139${String(10_000_000 + n)}`, ...place },
    ...more,
  };
  return [String(n), name, id, phone, town, village, `示例路 ${n} 号`];
};

export const listFile = (
  rows: readonly (readonly string[])[],
  encoding: "utf-8" | "gb18030" = "utf-8",
  heads = HEADS,
): Uint8Array => encode(csv([heads, ...rows]), encoding);

/** Uploads a file as an official does; the path it leads to, or the page. */
export async function uploads(
  county: DeskCounty,
  who: Signed,
  bytes: Uint8Array,
  { source = "education", label = "示例第一批", name = "list.csv" } = {},
): Promise<{ status: number; path: string; id: string; html: string }> {
  const body = new FormData();
  body.set("source", source);
  body.set("label", label);
  body.set("file", new File([new Uint8Array(bytes)], name));
  const answer = await county.desk("/desk/batches", {
    method: "POST",
    body,
    headers: { Cookie: who.cookie, Origin: DESK_ORIGIN },
  });
  const path = (answer.headers.get("Location") ?? "").replace(/[?&]lang=.*/, "");
  const id = /PC-\d{4}-\d{4}/.exec(path)?.[0] ?? "";
  return { status: answer.status, path, id, html: path ? "" : await answer.text() };
}

/** Matches the columns as they are proposed. */
export async function matches(who: Signed, id: string): Promise<Response> {
  const html = await (await who.get(`/desk/batches/${id}/columns`)).text();
  const chosen = [...html.matchAll(/<select id="f-(\w+)"[\s\S]*?<\/select>/g)].map(([select, name = ""]) => [
    name,
    /value="(\w+)" selected/.exec(select)?.[1] ?? "",
  ]);
  const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";
  return who.post(`/desk/batches/${id}/columns`, { ...Object.fromEntries(chosen), version });
}

/** Looks at a list until it stands still; every look is a step. @returns how many it took */
export async function looksUntilDone(who: Signed, id: string): Promise<number> {
  for (let looks = 1; looks < 100; looks++)
    if (!(await who.get(`/desk/batches/${id}`)).headers.has("Refresh")) return looks;
  throw new Error("the list never stands still");
}

/** Agrees to a list as its page has it. */
export async function confirms(who: Signed, id: string): Promise<Response> {
  const html = await (await who.get(`/desk/batches/${id}`)).text();
  const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";
  return who.post(`/desk/batches/${id}/confirm`, { version });
}
